"""What officials read in place of the machine: forms, places, and the machine's reading beside it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.rules import builders as b
from verifier.cases.corrected import (
    CorrectionError,
    by_official,
    corrected,
    keys_of,
    machine_value,
    normalised,
    with_value,
)
from verifier.letter import Letter, Reading
from verifier.page import Source
from verifier.report import Outcome
from verifier.store.corrections import Correction


def correction(field: str, value: str, part: int = 1) -> Correction:
    """Return a correction that holds."""
    return Correction(1, "document", part, field, value, "null", "person", 1.0, None)


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("vehicles.0.vin", " lsv aa4182 e2184847", b.VIN),
        ("issued_on", "2026年1月5日", "2026-01-05"),
        ("vehicles.0.registration_date", "2026-01-05", "2026-01-05"),
        ("export_country", "kz", "KZ"),
        ("outlets.1.country", "KZ", "KZ"),
        ("issuer", "  北辰汽车  有限公司 ", "北辰汽车 有限公司"),
        ("pages", "1,2;3", "[[1, 2], [3]]"),
        ("kind", "modification_proof", "modification_proof"),
        ("number", "", ""),
    ],
)
def test_a_value_is_kept_as_the_report_writes_it(field: str, value: str, kept: str) -> None:
    assert normalised(field, value) == kept


@given(field=st.text(max_size=30), value=st.text(max_size=40))
def test_whatever_is_sent_is_a_field_with_a_value_or_refused(field: str, value: str) -> None:
    try:
        kept = normalised(field, value)
    except CorrectionError:
        return
    if field not in ("kind", "pages"):
        assert isinstance(with_value(b.letter(), field, kept), Letter)


def test_the_machine_s_reading_stays_beside_the_official_s() -> None:
    machine = b.field("误读", confidence=0.4, doubt="low_confidence")
    read = by_official(machine, "正确")
    assert read is not None
    assert (read.value, read.text, read.source, read.doubt, read.box) == ("正确", "误读", Source.OFFICIAL, None, b.BOX)
    assert (read.readings[0].text, read.readings[0].confidence) == ("误读", 0.4)
    assert by_official(machine, "") is None
    assert json.loads(machine_value([b.examination()], 1, "vehicles.0.vin"))["value"] == b.VIN


def test_rows_are_added_changed_and_taken_away() -> None:
    letter = with_value(b.letter(), "vehicles.1.vin", "1M8GDM9AXKP042788")
    assert [vehicle.vin.value for vehicle in letter.vehicles] == [b.VIN, "1M8GDM9AXKP042788"]
    assert [vehicle.vin.value for vehicle in with_value(letter, "vehicles.0.vin", "").vehicles] == ["1M8GDM9AXKP042788"]
    outlet = with_value(letter, "outlets.0.address", "Abay 11").outlets[0]
    assert outlet.address is not None
    assert outlet.address.value == "Abay 11"
    country = with_value(letter, "export_country", "RU")
    assert [one.value for one in country.export_countries] == ["RU"]


def test_a_seal_compared_with_another_maker_s_impression_vouches_for_nobody() -> None:
    """The issuer is read otherwise: what was the right seal for one maker must not pass for another."""
    seen = b.examination()
    read = corrected((seen,), [correction("issuer", "别家汽车有限公司")], b.registry())[0]
    assert read.seals[0].comparison is None
    report = b.judge(read)
    assert b.rows(report, "seal.specimen")[0].outcome is Outcome.UNSURE


def test_an_official_settles_what_two_readers_saw_differently() -> None:
    field = b.field(b.VIN, readings=(Reading("1M8GDM9AXKP042788", 0.9, Source.SECOND_READER),))
    unsure = b.judge(b.examination(letter=b.letter(vehicles=(b.vehicle(field),))))
    assert b.rows(unsure, "vin.reading")[0].outcome is Outcome.UNSURE
    settled = by_official(field, b.VIN)
    passed = b.judge(b.examination(letter=b.letter(vehicles=(b.vehicle(settled),))))
    assert b.rows(passed, "vin.reading")[0].outcome is Outcome.PASS


def test_a_document_is_found_by_what_was_read_in_it() -> None:
    found = keys_of([correction("vehicles.3.vin", b.VIN), correction("kind", "other"), correction("number", "")])
    assert found == {("vin", b.VIN)}


def test_without_corrections_nothing_is_made_anew() -> None:
    parts = (replace(b.examination(), part_index=1),)
    assert corrected(parts, [], b.registry()) is parts
