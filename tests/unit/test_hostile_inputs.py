"""Tables, stored examinations and kept outcomes, mutated: only the verifier's own errors come out, or ValueError."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from samples.hostile.mutation import mutant
from tests.unit.rules import builders as b
from verifier.batch.outcome import decode_outcomes
from verifier.errors import InvalidInputError
from verifier.examination import decode_examinations, encode_examinations
from verifier.inputs import read_lists, read_manifest, read_records, read_specimens

SAMPLES = Path(__file__).parents[2] / "samples"
MUTANTS = 300
ODD = (
    b"", b"\xef\xbb\xbf", b"\x00", b"vin\n", b'"', b"vin,vin,vin\n1,2,3\n", "vin，brand\n".encode(), b"\xff\xfe\x00a",
    b"a" * 200_000, b",".join([b"vin"] * 20_000) + b"\n", b"vin\r" * 1000, b"=cmd|' /C calc'!A0\n",
)  # fmt: skip


_OTHER_TABLES = {
    "manifest.csv": b"path,application_number,received_on,kind,earlier_verdict\na.pdf,AP-1,2026-03-01,,verified\n",
    "announcements.csv": b"announcement,brand,model,valid_from,valid_to\n400,Brand,M1,2026-01-01,\n",
    "ccc.csv": b"certificate,holder,brand,model,valid_from,valid_to\n2026011101,Maker,Brand,M1,2026-01-01,2027-01-01\n",
}


def tables(name: str) -> list[bytes]:
    """Return the odd tables, then mutants of the sample's first rows."""
    file = SAMPLES / name
    whole = file.read_bytes() if file.exists() else _OTHER_TABLES[file.name]
    seed = b"".join(whole.splitlines(keepends=True)[:6])
    return [*ODD, *(mutant([seed], 7, index) for index in range(MUTANTS))]


@pytest.mark.parametrize(
    ("name", "read"),
    [("records.csv", read_records), ("specimens.csv", read_specimens), ("manifest.csv", read_manifest)],
)
def test_a_table_is_read_or_refused_by_name(tmp_path, name, read):
    told = []
    for content in tables(name):
        (tmp_path / name).write_bytes(content)
        try:
            read(tmp_path / name)
        except InvalidInputError as error:
            told.append(error.detail)
    assert len(told) > len(ODD) // 2
    assert all(name in detail and len(detail) < 5_000 for detail in told)


@pytest.mark.parametrize("name", ["makers.csv", "announcements.csv", "ccc.csv"])
def test_a_list_is_read_or_refused(tmp_path, name):
    refused = 0
    for content in tables(f"lists/{name}"):
        (tmp_path / name).write_bytes(content)
        try:
            read_lists(tmp_path)
        except InvalidInputError:
            refused += 1
    assert refused > len(ODD) // 2


def test_a_stored_examination_comes_back_or_is_a_value_error():
    whole = encode_examinations((b.examination(),))
    came_back = 0
    for index in range(1_000):
        try:
            came_back += isinstance(decode_examinations(mutant([whole], 9, index)), tuple)
        except ValueError:
            continue
    assert came_back < 1_000


def test_a_kept_outcome_comes_back_or_is_a_value_error():
    chance = random.Random(3)
    for _ in range(1_000):
        with pytest.raises(ValueError):  # noqa: PT011  # the decoder's own is a ValueError
            decode_outcomes(chance.randbytes(chance.randrange(200)) + b"\xc1")
