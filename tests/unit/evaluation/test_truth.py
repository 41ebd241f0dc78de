"""The truth beside an office's own letters: a table as spreadsheets write it, or JSON lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from verifier.errors import InvalidInputError
from verifier.evaluation.truth import read_truth

HEADER = "file,genuine,defect,issuer,vins,export_country,note"


def _folder(path: Path, *rows: str, header: str = HEADER) -> Path:
    for name in ("a.jpg", "b.pdf"):
        (path / name).write_bytes(b"letter")
    (path / "truth.csv").write_text("\ufeff" + "\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


def test_a_table_says_what_letters_hold(tmp_path: Path) -> None:
    vins = "LXC00000000000001 LXC00000000000002"
    first, second = read_truth(_folder(tmp_path, f"a.jpg,是,,江州星驰汽车有限公司,{vins},KZ,x", "b.pdf,no,seal,,,,"))
    assert first.should_pass
    assert [vehicle.vin for vehicle in first.fields.vehicles] == vins.split()
    assert (first.fields.issuer, first.fields.export_country) == ("江州星驰汽车有限公司", "KZ")
    assert not second.should_pass
    assert dict(second.groups) == {"part": "tuning", "defect": "seal"}


@pytest.mark.parametrize(
    ("rows", "header", "named"),
    [
        (["a.jpg,perhaps,,,,,"], HEADER, "line 2"),
        (["c.jpg,yes,,,,,"], HEADER, "c.jpg"),
        (["a.jpg"], "file", "genuine"),
    ],
)
def test_a_broken_table_names_what_is_wrong(tmp_path: Path, rows: list[str], header: str, named: str) -> None:
    with pytest.raises(InvalidInputError, match=named):
        read_truth(_folder(tmp_path, *rows, header=header))


def test_lines_need_no_more_than_file_and_genuine(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"letter")
    (tmp_path / "truth.jsonl").write_text('{"file": "a.jpg", "genuine": true}\n', encoding="utf-8")
    assert read_truth(tmp_path)[0].should_pass


def test_no_truth_at_all_is_said(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="truth"):
        read_truth(tmp_path)
