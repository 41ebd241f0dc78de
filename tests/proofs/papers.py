"""Papers scored: what was read of proofs and certificates, which planted defect was seen, where files are split."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from samples.papers import read_truths
from tests.proofs.harness import JUDGED_ON, ROOT, known_of, show_progress
from verifier.evaluation.cache import examine_cached
from verifier.evaluation.figures import Trial
from verifier.examination import Examination
from verifier.extraction import Labels
from verifier.extraction.parts import split_pages
from verifier.formats.names import normalise_name, spellings
from verifier.formats.numbers import announcement_key
from verifier.letter import Field
from verifier.page import Page
from verifier.report import Outcome, Report, Verdict
from verifier.second_pass import Examined, judge_documents
from verifier.settings import models_folder

OF_VEHICLE = ("brand", "model", "registration_date", "transfer_date")
MOST_TOGETHER = 5
"""Documents in one file."""
KINDS = {"modification_proof": "proof", "registration_certificate": "certificate", "other": "other paper"}


@dataclass(frozen=True, slots=True)
class ScoredPapers:
    """Trials of every figure, and what was seen, for files put together from it."""

    trials: tuple[Trial, ...]
    seen: tuple[tuple[Examination, ...], ...]


def scored_papers(folder: Path, jobs: int) -> ScoredPapers:
    """Return how the verifier does on a folder of papers."""
    truths = read_truths(folder)
    records, registry = known_of(folder)
    paths = [folder / str(truth["file"]) for truth in truths]
    cache = ROOT / ".cache" / "readings"
    outcomes = examine_cached(paths, registry, cache, jobs=jobs, timeout_seconds=300, progress=show_progress)
    parts = [outcome for outcome in outcomes if isinstance(outcome, tuple)]
    documents = [Examined(str(t["file"]), p[0]) for t, p in zip(truths, parts, strict=True)]
    reports = judge_documents(documents, (), records, registry, JUDGED_ON)
    trials = [
        trial
        for truth, part, report in zip(truths, parts, reports, strict=True)
        for trial in paper_trials(truth, part, report)
    ]
    return ScoredPapers(tuple(trials), tuple(parts))


def paper_trials(truth: dict[str, Any], parts: tuple[Examination, ...], report: Report) -> Iterator[Trial]:
    """Yield how one paper was read and judged; `parts` are the documents that its file came apart into."""
    groups = (
        ("look", f"{truth['kind']} {truth['look']}"),
        ("capture", truth["capture"]),
        ("part", "kept aside" if truth["kept_aside"] else "tuning"),
        ("defect", truth["defect"] or "none"),
    )

    def trial(figure: str, right: bool, seen: object = "") -> Trial:
        return Trial(figure, right, groups, f"{truth['file']}: {seen}")

    kind = KINDS[truth["kind"]]
    yield trial(f"{kind} kind", report.kind == truth["kind"], report.kind)
    yield trial("one document stays one", len(parts) == 1, [len(part.pages) for part in parts])
    for name, wanted, found in _fields(truth["fields"], parts[0]):
        yield trial(f"{kind} fields", wanted == found, f"{name}: {found}, not {wanted}")
    if truth["must_trip"]:
        failed = {c.id for c in report.checks if c.outcome in (Outcome.FAIL, Outcome.UNSURE)}
        yield trial(f"{kind}: planted id among the fails", bool(failed & set(truth["must_trip"])), sorted(failed))
        yield trial("nothing planted comes out verified", report.verdict is not Verdict.VERIFIED, truth["defect"])
    elif kind == "proof":
        flagging = sorted({c.id for c in report.checks if c.outcome in (Outcome.FAIL, Outcome.UNSURE)})
        yield trial("genuine proof verified", report.verdict is Verdict.VERIFIED, flagging)


def _fields(wanted: dict[str, Any], seen: Examination) -> Iterator[tuple[str, object, object]]:
    """Yield (name, as printed, as read), both in the form in which the rules compare."""
    letter = seen.letter
    vehicle = letter.vehicles[0] if letter.vehicles else None
    for name, value in wanted.items():
        if name == "issuer":
            continue  # no field of proofs in the contract; its seal is judged
        if name == "vins":
            yield name, value, [claim.vin.value for claim in letter.vehicles]
            continue
        owner: object = vehicle if name in OF_VEHICLE else letter
        field: Field | None = getattr(owner, name, None)
        key = announcement_key if name == "announcement" else normalise_name
        found = (field and not field.doubt and key(field.value)) or None
        # a dash inside a name is drawn like the numeral 一, and the rules take either
        yield name, found if value and found in spellings(value) else value and key(value), found


# --- files that hold several ------------------------------------------------------------------------------


def split_trials(
    documents: Sequence[tuple[Page, ...]], n: int, seed: int, names: Sequence[str] = (), aside: Sequence[bool] = ()
) -> Iterator[Trial]:
    """Yield, for `n` files put together from read documents, whether they come apart where they were joined.

    Readings are of pages, so pages read once stand in any file: only their numbers are new. `names` of the documents
    are shown with files that come apart elsewhere; `aside` tells which documents' looks are kept aside.
    """
    labels = Labels.load(models_folder())
    rng = np.random.default_rng(seed)
    for number in range(n):
        together = int(rng.integers(2, min(MOST_TOGETHER, len(documents)) + 1))
        places = [int(i) for i in rng.choice(len(documents), together, replace=False)]
        chosen = [documents[i] for i in places]
        about = " + ".join(names[i] for i in places) if names else f"file {number}"
        pages = _renumbered([page for one in chosen for page in one])
        groups = [len(group) for group in split_pages(pages, labels)]
        wanted = [len(one) for one in chosen]
        part = "kept aside" if aside and any(aside[i] for i in places) else "tuning"
        group = (("part", part),)
        yield Trial("files split", groups == wanted, group, f"{about}: {groups}, not {wanted}")
        begun = {sum(wanted[:k]) for k in range(1, len(wanted))}
        seen = {sum(groups[:k]) for k in range(1, len(groups))}
        for place in range(1, len(pages)):
            yield Trial("page breaks", (place in begun) == (place in seen), group, f"{about}, page {place + 1}")
            if place in begun:
                yield Trial("no two documents as one", place in seen, group, f"{about}, page {place + 1}")


def _renumbered(pages: Sequence[Page]) -> tuple[Page, ...]:
    return tuple(replace(page, number=number) for number, page in enumerate(pages, 1))
