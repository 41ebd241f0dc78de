"""`batch` and `reverify` as a user runs them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.acceptance.conftest import Run

pytestmark = pytest.mark.acceptance


def test_batch_of_a_url_then_reverify(verifier: Callable[..., Run], tmp_path: Path, records: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "words.pdf").write_bytes(b"a text that calls itself a PDF\n" * 20)
    out = tmp_path / "results.jsonl"
    run = verifier("batch", folder.as_uri(), "--out", out, "--records", records, "--on", "2026-03-01", "--jobs", "1")
    assert (run.exit_code, run.stdout) == (3, "")
    names = [json.loads(line)["document"]["name"] for line in out.read_text(encoding="utf-8").splitlines()]
    assert names == ["empty.pdf", "words.pdf"]
    assert (tmp_path / "results.applications.jsonl").is_file()

    again = verifier("reverify", "--out", tmp_path / "again.jsonl", "--on", "2026-03-01", "--jobs", "1")
    assert again.exit_code == 0
    assert "0 judged again, 0 changed" in again.stderr
    assert {path.name for path in tmp_path.glob("again.*")} == {
        "again.jsonl", "again.changes.jsonl", "again.changes.parquet", "again.changes.xlsx", "again.changes.html",
    }  # fmt: skip


def test_wrong_engines_are_named(verifier: Callable[..., Run], tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"")
    unknown = verifier("batch", tmp_path, "--out", tmp_path / "r.jsonl", "--engine", "ray://here:1")
    assert (unknown.exit_code, "ray://here:1" in unknown.stderr) == (2, True)
    remote = verifier("batch", tmp_path, "--out", tmp_path / "r.jsonl", "--engine", "dask://10.1.2.3:8786")
    assert (remote.exit_code, "VERIFIER_DASK_CA" in remote.stderr) == (2, True)
