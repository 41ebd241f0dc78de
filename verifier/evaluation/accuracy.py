"""The accuracy report: every figure with its bounds, what genuine letters stumble over, what failed."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.evaluation.figures import Rate, rate_of, worst_group
from verifier.evaluation.run import Evaluation

DIMENSIONS = ("layout", "font", "maker", "capture", "defect")
MOST_EXAMPLES = 12
"""Failures named for each figure; the rest are counted."""
PASSING = "genuine verified"
REFUSING = "forgery not verified"


def as_markdown(evaluation: Evaluation) -> str:
    """Return the figures: all letters, both parts, the worst group of each; then the error budget."""
    lines = ["| figure | all | tuning | kept aside | worst group |", "|---|---|---|---|---|"]
    for figure in evaluation.figures:
        tuning, aside = (evaluation.rate(figure, part=part) for part in ("tuning", "kept aside"))
        lines.append(f"| {figure} | {evaluation.rate(figure)} | {tuning} | {aside} | {_worst(evaluation, figure)} |")
    return "\n".join([*lines, *_budget(evaluation)]) + "\n"


def whole_report(evaluation: Evaluation, command: str) -> str:
    """Return the accuracy report of a set of letters, ready for docs/."""
    lines = [
        "# Accuracy",
        "",
        f"`{command}` · {len(evaluation.truths)} letters. Bounds are Wilson's, 95 %. Generated letters are a proxy: "
        "read the figures as upper bounds until real scans come. “Kept aside” are letters whose layout, typeface, "
        "maker, "
        "capture or forgery is reserved in `samples/holdout.toml`, which nothing was tuned on.",
        "",
        as_markdown(evaluation),
        "## Straight through, group by group",
        "",
        "Genuine letters that came out verified without a person, and forgeries that did not.",
        "",
        *_groups(evaluation, PASSING, ("capture", "layout", "maker")),
        *_groups(evaluation, REFUSING, ("defect",)),
        "## What failed",
        "",
        *_examples(evaluation),
    ]
    return "\n".join(lines) + "\n"


def _worst(evaluation: Evaluation, figure: str) -> str:
    groups: list[tuple[float, str]] = []
    for dimension in DIMENSIONS:
        found = worst_group(evaluation.trials, figure, dimension)
        if found:
            groups.append((found[1].value, f"{dimension} {found[0]}: {found[1]}"))
    return min(groups, default=(1.0, "—"))[1]


def _budget(evaluation: Evaluation) -> Iterator[str]:
    """Yield the error budget: what each check costs in genuine letters."""
    letters = evaluation.rate(PASSING).n
    yield from ("", "What keeps genuine letters from passing without a person:", "", "| check | letters |", "|---|---|")
    for name, count in evaluation.costs:
        yield f"| {name} | {Rate(count, letters)} |"


def _groups(evaluation: Evaluation, figure: str, dimensions: tuple[str, ...]) -> Iterator[str]:
    for dimension in dimensions:
        names = sorted(
            {name for t in evaluation.trials if t.figure == figure for kind, name in t.groups if kind == dimension}
        )
        yield from (f"| {dimension} | {figure} |", "|---|---|")
        rates = [(rate_of(evaluation.trials, figure, **{dimension: name}), name) for name in names]
        yield from (f"| {name} | {rate} |" for rate, name in sorted(rates, key=lambda pair: (pair[0].value, pair[1])))
        yield ""


def _examples(evaluation: Evaluation) -> Iterator[str]:
    for figure in evaluation.figures:
        failed = evaluation.failures(figure)
        if failed:
            yield f"**{figure}** ({len(failed)})"
            yield ""
            yield from (f"- {trial.example}" for trial in failed[:MOST_EXAMPLES])
            yield ""
