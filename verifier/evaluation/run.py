"""A folder of letters with its truth, judged and scored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from verifier.batch.outcome import Outcome
from verifier.batch.run import Judged, judge_rows
from verifier.evaluation.cache import examine_cached
from verifier.evaluation.figures import Rate, Trial, rate_of
from verifier.evaluation.scoring import COST, application_trials, trials_of
from verifier.evaluation.truth import Truth, read_true_applications, read_truth
from verifier.examination import Examination
from verifier.inputs import ManifestRow
from verifier.record import Records, Registry
from verifier.report import Report
from verifier.rules.applications import judge_application

TIMEOUT_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Every trial of a set of letters, and the reports they come from."""

    truths: tuple[Truth, ...]
    reports: tuple[Report, ...]
    trials: tuple[Trial, ...]
    seen: tuple[Examination | None, ...] = ()
    """What was seen in each document; None where it could not be read."""

    def rate(self, figure: str, **group: str) -> Rate:
        """Return a figure's rate over all letters, or over those of a group."""
        return rate_of(self.trials, figure, **group)

    @property
    def figures(self) -> tuple[str, ...]:
        """Every figure tried, costs of single checks apart, in order of first appearance."""
        return tuple(dict.fromkeys(t.figure for t in self.trials if not t.figure.startswith(COST)))

    @property
    def costs(self) -> tuple[tuple[str, int, int], ...]:
        """(check, genuine letters it flagged, those that nothing else flagged), dearest first."""
        costs = [t for t in self.trials if t.figure.startswith(COST)]
        counted = Counter(t.figure.removeprefix(COST) for t in costs)
        alone = Counter(t.figure.removeprefix(COST) for t in costs if not t.right)
        return tuple(
            (name, n, alone[name]) for name, n in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
        )

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
    files = list(dict.fromkeys(truth.file for truth in truths))
    paths = [folder / file for file in files]
    outcomes = examine_cached(paths, registry, cache, jobs=jobs, timeout_seconds=TIMEOUT_SECONDS, progress=progress)
    judged = judge_rows([ManifestRow(path) for path in paths], outcomes, (), records, registry, on)
    by_part = _by_part(files, judged.reports)
    seen = _seen(files, outcomes)
    reports = tuple(by_part.get((truth.file, truth.part), by_part[truth.file, 1]) for truth in truths)
    trials = [t for truth, report in zip(truths, reports, strict=True) for t in trials_of(truth, report)]
    applications = _application_trials(folder, judged, records, registry, on)
    return Evaluation(
        truths, reports, (*trials, *applications), tuple(seen.get((truth.file, truth.part)) for truth in truths)
    )


def _by_part(files: Sequence[str], reports: Sequence[Report]) -> dict[tuple[str, int], Report]:
    """Return reports by (file, part); those of one file follow each other, in the order of the files."""
    found: dict[tuple[str, int], Report] = {}
    remaining = iter(reports)
    for file in files:
        first = next(remaining)
        found[file, 1] = first
        for part in range(2, first.document.part.of + 1):
            found[file, part] = next(remaining)
    return found


def _seen(files: Sequence[str], outcomes: Sequence[Outcome]) -> dict[tuple[str, int], Examination]:
    """Return what was seen, by (file, part); files that could not be read are left out."""
    return {
        (file, part): one
        for file, outcome in zip(files, outcomes, strict=True)
        if isinstance(outcome, tuple)
        for part, one in enumerate(outcome, 1)
    }


def _application_trials(
    folder: Path, judged: Judged, records: Records, registry: Registry, on: date
) -> Iterator[Trial]:
    """Yield what the expected application reports beside the letters say."""
    reports = {report.application: report for report in judged.applications}
    for truth in read_true_applications(folder):
        report = reports.get(truth.application) or judge_application(truth.application, records, (), on, registry)
        yield from application_trials(truth, report)
