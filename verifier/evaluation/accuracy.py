"""The accuracy report: every figure with its bounds, what genuine letters stumble over, what failed."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.evaluation.figures import Rate, rate_of, worst_group
from verifier.evaluation.run import Evaluation

DIMENSIONS = ("layout", "font", "maker", "capture", "defect")
MOST_EXAMPLES = 12
"""Failures named for each figure; the rest are counted."""
GENERATED = (
    "Generated letters are a proxy: read the figures as upper bounds until real scans come. “Kept aside” are letters "
    "whose layout, typeface, maker, capture or forgery is reserved in `samples/holdout.toml`, which nothing was "
    "tuned on: they are counted, and neither named nor pictured.",
    "",
)
PASSING = "genuine verified"
REFUSING = "forgery not verified"


def as_markdown(evaluation: Evaluation) -> str:
    """Return the figures: all letters, both parts, the worst group of each; then the error budget."""
    parts = ("tuning", "kept aside") if any(truth.kept_aside for truth in evaluation.truths) else ()
    lines = ["| " + " | ".join(("figure", "all", *parts, "worst group")) + " |", "|---" * (3 + len(parts)) + "|"]
    for figure in evaluation.figures:
        rates = (evaluation.rate(figure), *(evaluation.rate(figure, part=part) for part in parts))
        lines.append("| " + " | ".join((figure, *map(str, rates), _worst(evaluation, figure))) + " |")
    return "\n".join([*lines, *_budget(evaluation)]) + "\n"


def whole_report(evaluation: Evaluation, command: str) -> str:
    """Return the accuracy report of a set of letters, ready for docs/."""
    lines = [
        "# Accuracy",
        "",
        f"`{command}` · {_letters(evaluation)}. Bounds are Wilson's, 95 %.",
        "",
        *(GENERATED if any(truth.kept_aside for truth in evaluation.truths) else ()),
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


def _letters(evaluation: Evaluation) -> str:
    genuine = [truth for truth in evaluation.truths if truth.genuine]
    waiting = sum(not truth.should_pass for truth in genuine)
    return (
        f"{len(evaluation.truths)} letters, {len(genuine)} of them genuine; of these {waiting} honestly need a person "
        "(no colour to judge a seal by, a seal drawn by the file)"
    )


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
    yield from ("", f"What keeps genuine letters (n = {letters}) from passing without a person:", "")
    yield from ("| check | flagged by it | flagged by it alone |", "|---|---|---|")
    for name, count, alone in evaluation.costs:
        yield f"| {name} | {Rate(count, letters)} | {Rate(alone, letters)} |"


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
        failed = [trial for trial in evaluation.failures(figure) if ("part", "kept aside") not in trial.groups]
        if failed:
            yield f"**{figure}** ({len(failed)})"
            yield ""
            yield from (f"- {trial.example}" for trial in failed[:MOST_EXAMPLES])
            yield ""
