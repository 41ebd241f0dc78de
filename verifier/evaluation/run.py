"""A folder of letters with its truth, judged and scored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from verifier.batch.run import judge_rows
from verifier.evaluation.cache import examine_cached
from verifier.evaluation.figures import Rate, Trial, rate_of
from verifier.evaluation.scoring import trials_of
from verifier.evaluation.truth import Truth, read_truth
from verifier.examination import Examination
from verifier.inputs import ManifestRow
from verifier.record import Records, Registry
from verifier.report import Report

TIMEOUT_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Every trial of a set of letters, and the reports they come from."""

    truths: tuple[Truth, ...]
    reports: tuple[Report, ...]
    trials: tuple[Trial, ...]
    seen: tuple[Examination | None, ...] = ()
    """What was seen in the first part of each file; None where it could not be read."""

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
        counted = Counter(t.figure.removeprefix("cost ") for t in self.trials if t.figure.startswith("cost "))
        return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))

    def failures(self, figure: str) -> tuple[Trial, ...]:
        """Return the trials of a figure that went wrong."""
        return tuple(t for t in self.trials if t.figure == figure and not t.right)


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
    seen = tuple(outcome[0] if isinstance(outcome, tuple) else None for outcome in outcomes)
    return Evaluation(truths, judged.reports, tuple(trials), seen)
