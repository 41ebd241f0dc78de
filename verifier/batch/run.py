"""One batch from folder or manifest to results: examine what is new, remember it, judge everything together."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from verifier import cases
from verifier.batch.engine import Outcome, examine_files
from verifier.errors import InvalidInputError, ProcessingError, VerifierError
from verifier.inputs import ManifestRow, read_manifest
from verifier.record import Records, Registry
from verifier.report import ApplicationReport, Report, to_json
from verifier.rules import error_report
from verifier.second_pass import Examined, judge_applications, judge_documents
from verifier.store import repositories
from verifier.store.database import Database
from verifier.store.repositories import StoredDocument

DOCUMENT_SUFFIXES = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp"})
"""What a folder is searched for; the content decides, a manifest may name any file."""

Progress = Callable[[int, int], None]
"""Called with (done, total) after every document."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of a set of documents."""

    reports: tuple[Report, ...]
    applications: tuple[ApplicationReport, ...]


def find_documents(source: Path) -> tuple[ManifestRow, ...]:
    """Return the documents of a folder (searched through) or manifest, in path order.

    Raises InvalidInputError where there is neither.
    """
    if source.is_dir():
        files = (path for path in source.rglob("*") if path.suffix.lower() in DOCUMENT_SUFFIXES and path.is_file())
        return tuple(ManifestRow(path) for path in sorted(files))
    if source.is_file():
        return tuple(sorted(read_manifest(source), key=lambda row: str(row.path)))
    raise InvalidInputError(f"{source} is neither a folder nor a manifest")


def judge_rows(
    rows: Sequence[ManifestRow],
    outcomes: Sequence[Outcome],
    archive: Iterable[Examined],
    records: Records,
    registry: Registry,
    on: date,
) -> Judged:
    """Return the reports of examined files in their order, and of every application they touch."""
    examined = [
        Examined(row.path.name, seen, row.application_number)
        for row, outcome in zip(rows, outcomes, strict=True)
        if not isinstance(outcome, VerifierError)
        for seen in outcome
    ]
    judged = list(judge_documents(examined, archive, records, registry, on))
    numbers = sorted({number for report in judged for number in report.applications})
    applications = judge_applications(numbers, zip(examined, judged, strict=True), records, registry, on)
    remaining = iter(judged)
    reports: list[Report] = []
    for row, outcome in zip(rows, outcomes, strict=True):
        if isinstance(outcome, VerifierError):
            reports.append(error_report(outcome, registry, on, name=row.path.name, sha256=_digest_of(row.path)))
        else:
            reports += [next(remaining) for _ in outcome]
    return Judged(tuple(reports), applications)


def _digest_of(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def examine_rows(
    rows: Sequence[ManifestRow],
    database: Database,
    registry: Registry,
    made_with: str,
    *,
    jobs: int,
    timeout_seconds: float,
    progress: Progress,
) -> list[Outcome]:
    """Return the outcome of every document, read anew only where the archive has it not.

    What is examined is kept at once: after an interruption the same call goes on where it stopped.
    """
    outcomes: list[Outcome] = [ProcessingError("not examined")] * len(rows)
    pending: list[int] = []
    with database.transaction() as connection:
        for index, row in enumerate(rows):
            stored = repositories.get_examination(connection, _digest_of(row.path), made_with, database.blobs)
            if stored is None:
                pending.append(index)
            else:
                outcomes[index] = stored
    done = len(rows) - len(pending)
    progress(done, len(rows))
    paths = [rows[index].path for index in pending]
    for position, outcome in examine_files(paths, registry, jobs=jobs, timeout_seconds=timeout_seconds):
        index = pending[position]
        outcomes[index] = outcome
        if not isinstance(outcome, VerifierError):
            row = rows[index]
            cases.remember(database, made_with, [StoredDocument(row.path.name, row.application_number, outcome)])
        done += 1
        progress(done, len(rows))
    return outcomes


def write_results(out: Path, judged: Judged) -> None:
    """Write results.jsonl and results.applications.jsonl, each whole or not at all."""
    _write_lines(out, map(to_json, judged.reports))
    _write_lines(out.with_suffix(".applications.jsonl"), map(to_json, judged.applications))


def _write_lines(path: Path, objects: Iterable[dict[str, object]]) -> None:
    partial = path.with_name(path.name + ".partial")
    try:
        with partial.open("w", encoding="utf-8") as file:
            for one in objects:
                file.write(json.dumps(one, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        raise ProcessingError(f"{path} cannot be written: {error.strerror}") from error
