"""What a worker finished survives it: whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.unit.rules import builders as b
from verifier.batch.outcome import Done, decode_outcomes, encode_outcomes, error_of
from verifier.batch.spool import LATE, Spool
from verifier.errors import DamagedFileError, ProcessingError
from verifier.words import page_on_grid

KEY = "a" * 64
SEEN = (replace(b.examination(), pages=(page_on_grid(b.page()),)),)
"""What a reader hands over: words stand on the grid that they are stored on."""


def test_outcomes_travel_as_they_were() -> None:
    seen = Done(3, KEY, SEEN)
    failed = Done(4, KEY, DamagedFileError("page 2"))
    first, second = decode_outcomes(encode_outcomes([seen, failed]))
    assert first == seen
    assert isinstance(second.outcome, DamagedFileError)
    assert second.outcome.detail == "page 2"
    assert isinstance(error_of("of a later version", "x"), ProcessingError)


def test_first_of_two_stays_and_a_torn_file_is_none(tmp_path: Path) -> None:
    spool = Spool(str(tmp_path))
    assert spool.get(KEY) is None
    spool.put(Done(0, KEY, SEEN))
    spool.put(Done(0, KEY, ProcessingError("later")))
    kept = spool.get(KEY)
    assert kept is not None
    assert kept.outcome == SEEN
    (tmp_path / f"{KEY}.done").write_bytes((tmp_path / f"{KEY}.done").read_bytes()[:40])
    assert spool.get(KEY) is None


def test_notes_are_counted_and_forgotten_with_the_document(tmp_path: Path) -> None:
    spool = Spool(str(tmp_path))
    assert [spool.note(KEY, LATE), Spool(str(tmp_path)).note(KEY, LATE)] == [1, 2]
    spool.put(Done(0, KEY, (b.examination(),)))
    spool.drop([KEY])
    assert list(tmp_path.iterdir()) == []
