"""Proofs and certificates as a user files them: three documents in one file, workers, a resumed run, a record made."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from samples.captures.files import joined
from samples.filing import Paper, filed, genuine_certificate, genuine_proof, other_paper
from samples.papers import make_paper, sheets_of, truth_of_paper, write_office
from samples.planning import CAPTURES
from samples.truth import write_lines
from samples.world.modifiers import MODIFIERS
from tests.acceptance.conftest import Run
from tests.proofs.papers import scored_papers, split_trials
from verifier.evaluation.figures import rate_of

pytestmark = pytest.mark.acceptance
SEED = 5


def _scanned(paper: Paper, look: str) -> Paper:
    scan = replace(paper, look=look, capture=CAPTURES["pdf_scan_240"], type_name="song")
    return filed(scan, len(sheets_of(scan).pages))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with three papers in one file, a proof in another, and the office's tables."""
    papers = [
        _scanned(genuine_proof(1, SEED), "vehicle_table"),
        _scanned(genuine_certificate(2, SEED), "one_page"),
        _scanned(other_paper(3, SEED), "plain"),
    ]
    single = _scanned(genuine_proof(4, SEED), "english")
    (tmp_path / "filed").mkdir()
    (tmp_path / "filed" / "all.pdf").write_bytes(joined([make_paper(paper).document for paper in papers]))
    (tmp_path / "filed" / "proof.pdf").write_bytes(make_paper(single).document)
    write_office([*papers, single], tmp_path, MODIFIERS)
    return tmp_path


def _results(path: Path) -> list[dict[str, Any]]:
    reports = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [{name: value for name, value in report.items() if name != "seconds"} for report in reports]


def _inputs(folder: Path) -> list[object]:
    return ["--records", folder / "records.csv", "--seals", folder / "specimens.csv", "--lists", folder / "lists"]


def test_documents_of_a_file_are_judged_apart_whatever_the_workers(
    verifier: Callable[..., Run], folder: Path, tmp_path: Path
) -> None:
    first, again = tmp_path / "first.jsonl", tmp_path / "again.jsonl"
    manifest = tmp_path / "half.csv"
    manifest.write_text(f"path\n{folder / 'filed' / 'proof.pdf'}\n", encoding="utf-8")
    verifier("batch", manifest, *_inputs(folder), "--out", again, "--jobs", 1, "--on", "2026-06-01")
    run = verifier("batch", folder / "filed", *_inputs(folder), "--out", first, "--jobs", 2, "--on", "2026-06-01")
    assert run.exit_code == 1, run.stderr
    kinds = [
        (report["kind"], report["document"]["part"]["index"], report["document"]["part"]["of"])
        for report in _results(first)
    ]
    assert kinds == [
        ("modification_proof", 1, 3),
        ("registration_certificate", 2, 3),
        ("other", 3, 3),
        ("modification_proof", 1, 1),
    ]
    arguments = ["batch", folder / "filed", *_inputs(folder), "--out", again, "--jobs", 1, "--resume"]
    verifier(*arguments, "--on", "2026-06-01")
    assert _results(again) == _results(first)

    certificate = next(report for report in _results(first) if report["kind"] == "registration_certificate")
    values = {name: field["value"] for name, field in certificate["fields"].items() if isinstance(field, dict)}
    assert {"owner", "manufacturer", "brand", "model", "vin", "registration_date"} <= set(values)
    digest = certificate["document"]["sha256"][:16]
    typed = ["--set", "application_number=AP9", "--set", f"applicant={values['owner']}"]
    confirmed = verifier("records", "confirm", digest, "--part", 2, "--official", "office 3", *typed)
    assert confirmed.exit_code == 0, confirmed.stderr
    (report,) = verifier("application", "AP9", "--json", "--on", "2026-06-01").reports
    assert [vehicle["vin"] for vehicle in report["vehicles"]] == [values["vin"]]

    histories = verifier("history", *_inputs(folder), "--json", "--on", "2026-06-01").reports
    assert {"exporter", "manufacturer"} == {history["role"] for history in histories}
    assert verifier("records", "confirm", "ffff", "--official", "office 3").exit_code != 0


def test_small_sample_of_the_proof(tmp_path: Path) -> None:
    papers = [
        _scanned(genuine_proof(11, SEED), "factory_certificate"),
        _scanned(genuine_certificate(12, SEED), "electronic"),
        _scanned(other_paper(13, SEED), "ruled"),
    ]
    pages = [len(sheets_of(paper).pages) for paper in papers]
    for paper in papers:
        (tmp_path / paper.name).write_bytes(make_paper(paper).document)
    truths = [truth_of_paper(paper, number) for paper, number in zip(papers, pages, strict=True)]
    write_lines(tmp_path / "truth.jsonl", truths)
    write_office(papers, tmp_path, MODIFIERS)
    scored = scored_papers(tmp_path, 1)
    for figure in ("proof kind", "proof fields", "certificate kind", "certificate fields", "other paper kind"):
        assert rate_of(scored.trials, figure).value >= 0.85, [t.example for t in scored.trials if not t.right]
    documents = [tuple(page for part in parts for page in part.pages) for parts in scored.seen]
    assert rate_of(split_trials(documents, 20, SEED), "files split").value >= 0.9
