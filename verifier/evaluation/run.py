"""A folder of letters with its truth, judged and scored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from verifier.batch.run import judge_rows
from verifier.evaluation.cache import examine_cached
from verifier.evaluation.figures import Rate, Trial, rate_of, worst_group
from verifier.evaluation.scoring import trials_of
from verifier.evaluation.truth import Truth, read_truth
from verifier.inputs import ManifestRow
from verifier.record import Records, Registry
from verifier.report import Report

TIMEOUT_SECONDS = 300.0
DIMENSIONS = ("layout", "font", "maker", "capture", "defect")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Every trial of a set of letters, and the reports they come from."""

    truths: tuple[Truth, ...]
    reports: tuple[Report, ...]
    trials: tuple[Trial, ...]

    def rate(self, figure: str, **group: str) -> Rate:
        """Return a figure's rate over all letters, or over those of a group."""
        return rate_of(self.trials, figure, **group)

    @property
    def figures(self) -> tuple[str, ...]:
        """Every figure tried, costs of single checks apart, in order of first appearance."""
        return tuple(dict.fromkeys(t.figure for t in self.trials if not t.figure.startswith("cost ")))

    @property
    def costs(self) -> tuple[tuple[str, int], ...]:
        """How many genuine letters each check flagged, dearest first."""
        counted: dict[str, int] = {}
        for trial in self.trials:
            if trial.figure.startswith("cost "):
                name = trial.figure.removeprefix("cost ")
                counted[name] = counted.get(name, 0) + 1
        return tuple(sorted(counted.items(), key=lambda pair: -pair[1]))


def evaluate(
    folder: Path,
    records: Records,
    registry: Registry,
    on: date,
    *,
    cache: Path,
    jobs: int,
    progress: Callable[[int, int], None],
) -> Evaluation:
    """Return how the verifier does on a folder with truth.jsonl; raises InvalidInputError."""
    truths = read_truth(folder)
    paths = [folder / truth.file for truth in truths]
    outcomes = examine_cached(paths, registry, cache, jobs=jobs, timeout_seconds=TIMEOUT_SECONDS, progress=progress)
    judged = judge_rows([ManifestRow(path) for path in paths], outcomes, (), records, registry, on)
    trials = [t for truth, report in zip(truths, judged.reports, strict=True) for t in trials_of(truth, report)]
    return Evaluation(truths, judged.reports, tuple(trials))


def as_markdown(evaluation: Evaluation) -> str:
    """Return the figures as tables: all letters, the part kept aside, the worst group of each figure."""
    lines = ["| figure | all | kept aside | worst group |", "|---|---|---|---|"]
    for figure in evaluation.figures:
        groups = [
            (found[1].value, f"{dimension} {found[0]}: {found[1]}")
            for dimension in DIMENSIONS
            if (found := worst_group(evaluation.trials, figure, dimension))
        ]
        worst = min(groups, default=(1.0, "—"))[1]
        lines.append(
            f"| {figure} | {evaluation.rate(figure)} | {evaluation.rate(figure, part='kept aside')} | {worst} |"
        )
    lines += ["", "What keeps genuine letters from passing without a person:", "", "| check | letters |", "|---|---|"]
    lines += [f"| {name} | {count} |" for name, count in evaluation.costs]
    return "\n".join(lines) + "\n"
