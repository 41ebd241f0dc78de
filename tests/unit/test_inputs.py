"""The contract's CSV inputs: what is read, and what is refused with its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from verifier.errors import InvalidInputError
from verifier.inputs import RECORD_COLUMNS, read_lists, read_manifest, read_records, read_specimens

HEADER = ",".join(RECORD_COLUMNS)
ROW = "lsvaa4182e2184847,北辰牌,BC7001A,北辰汽车制造有限公司,2025-12-20,,kz,天津远航贸易有限公司,2026-01-25,AP1"


def written(folder: Path, *lines: str, name: str = "records.csv", encoding: str = "utf-8") -> Path:
    """Return a file with these lines."""
    path = folder / name
    path.write_text("\n".join(lines), encoding=encoding)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_record_is_read_with_blank_cells_as_none(tmp_path: Path, encoding: str) -> None:
    (record,) = read_records(
        written(tmp_path, HEADER + ",note", ROW + ",unknown columns are ignored", encoding=encoding)
    ).vehicles
    assert (record.vin, record.export_country) == ("LSVAA4182E2184847", "KZ")
    assert record.registration_date == date(2025, 12, 20)
    assert record.transfer_date is None
    assert record.owner is None


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((HEADER.replace("model,", ""), ROW), "model"),
        ((HEADER, ROW.replace("2025-12-20", "20.12.2025")), "row 2, column registration_date"),
        ((HEADER, ROW.replace(",kz,", ",Kasachstan,")), "row 2, column export_country"),
        ((HEADER, ROW, "," + ROW.split(",", 1)[1]), "row 3, column vin"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(tmp_path: Path, lines: tuple[str, ...], said: str) -> None:
    with pytest.raises(InvalidInputError, match=said):
        read_records(written(tmp_path, *lines))


def test_file_in_another_encoding_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"records\.csv"):
        read_records(written(tmp_path, HEADER, ROW, encoding="gb18030"))


def test_missing_picture_of_a_specimen_is_named(tmp_path: Path) -> None:
    path = written(
        tmp_path, "manufacturer,manufacturer_en,wmi,image", "北辰,Beichen,LBC,none.png", name="specimens.csv"
    )
    with pytest.raises(InvalidInputError, match=r"specimens\.csv, row 2, column image"):
        read_specimens(path)


def test_lists_that_are_not_there_are_none_and_not_empty(tmp_path: Path) -> None:
    written(tmp_path, "name,name_en,former_names,kind,valid_from,valid_to", "甲,,乙；丙,vehicle,,", name="makers.csv")
    lists = read_lists(tmp_path)
    assert lists.makers is not None
    assert lists.makers[0].former_names == ("乙", "丙")
    assert lists.announcements is None


def test_manifest_paths_stand_beside_it(tmp_path: Path) -> None:
    (row,) = read_manifest(written(tmp_path, "path,received_on", "in/a.pdf,2026-02-01", name="manifest.csv"))
    assert row.path == tmp_path / "in" / "a.pdf"
    assert row.received_on == date(2026, 2, 1)
