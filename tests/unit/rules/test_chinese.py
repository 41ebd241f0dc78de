"""What officials read in Chinese holds no English words of ours: only values of the document and abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.unit.rules import builders as b
from tests.unit.rules.test_details import SITUATIONS
from verifier.examination import Finding
from verifier.integrity.fields import verdict_fields
from verifier.letter import Kind
from verifier.opening.structure import _ACTIONS
from verifier.report import ApplicationReport, Check, Report, to_json
from verifier.rules.catalogue import catalogue, named_field, words

WORD = re.compile(r"(?![0-9a-f]{12})\b(?=\w)[A-Za-z_]*[a-z][A-Za-z_]+", re.ASCII)
"""Two letters and more, not all of them capitals, as numbers of vehicles are, and no digest of a file."""
ABBREVIATIONS = frozenset({"PDF", "WMI", "CCC", "XFA", "VIN", "dpi", "JavaScript"})
"""Names that Chinese officials use as they are."""
SHOWN = frozenset({"shown", "pdf"})
"""What the findings of these situations say that the page shows, and how the names of other documents end."""
QUOTED = ("record.", "notice.")
"""Groups whose `expected` is the record's own value."""


def checks_of(report: Report | ApplicationReport) -> Iterator[Check]:
    """Yield every check of a report."""
    if isinstance(report, ApplicationReport):
        yield from report.checks
        for vehicle in report.vehicles:
            yield from vehicle.checks
    else:
        yield from report.checks


def values_of(told: object) -> Iterator[str]:
    """Yield every text among the values of a JSON object, no keys."""
    if isinstance(told, str):
        yield told
    for one in told.values() if isinstance(told, dict) else told if isinstance(told, list) else ():
        yield from values_of(one)


def own_words(check: Check, quoted: str) -> set[str]:
    """Return words of Latin letters in a check's Chinese texts that neither the document nor a record says."""
    own = quoted + (check.expected or "") * check.id.startswith(QUOTED) + "".join(e.text for e in check.evidence)
    found = set(WORD.findall(check.message_zh + check.advice_zh)) - ABBREVIATIONS - SHOWN
    return {word for word in found if word not in own}


@pytest.mark.parametrize("name", sorted(SITUATIONS))
def test_chinese_texts_hold_no_english_words_but_those_of_the_letter(name: str) -> None:
    report = SITUATIONS[name]()
    told: dict[str, Any] = to_json(report)
    quoted = " ".join([*values_of(told.get("fields")), *(seal["text"] or "" for seal in told.get("seals", ()))])
    assert {check.id: left for check in checks_of(report) if (left := own_words(check, quoted))} == {}


@pytest.mark.parametrize("identity", sorted(catalogue()))
def test_chinese_texts_themselves_hold_abbreviations_alone(identity: str) -> None:
    texts = " ".join(text for four in catalogue()[identity].texts.values() for text in (four[1], four[3]))
    assert set(WORD.findall(re.sub(r"{\w+}", "", texts))) <= ABBREVIATIONS


OVERLAYS = ("annotation", "form_field", "overlay", "optional_content")
ACTIVE = ("active_content", "embedded_file", "javascript", "launch", "xfa")
DETAILS = ("", "square changes", "shown by default", "attachment", "XFA", *(action[1:] for action in _ACTIONS))


@pytest.mark.parametrize("code", [*OVERLAYS, *ACTIVE])
@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("field", [None, "vehicles[0].vin"])
def test_objects_of_a_file_are_named_in_chinese(code: str, detail: str, field: str | None) -> None:
    finding = Finding(code, 1, b.BOX, field=field, detail=detail)
    for check in b.judge(b.examination(findings=(finding,))).checks:
        assert own_words(check, "") - {"Almaty", "Auto"} == set(), check.id
        if check.id in ("document.overlay", "document.active_content") and check.reason:
            assert "（）" not in check.message_zh


@pytest.mark.parametrize("kind", [Kind.CONFIRMATION_LETTER, Kind.MODIFICATION_PROOF, Kind.REGISTRATION_CERTIFICATE])
def test_the_kind_of_paper_is_said_in_each_language(kind: Kind) -> None:
    report = b.judge(b.examination(letter=b.letter(kind=kind)))
    (check,) = (one for one in report.checks if one.id == "document.kind")
    english, chinese = words()["kind"][kind]
    assert check.message == f"The kind of paper was recognised: {english}."
    assert check.message_zh == f"已识别文件种类：{chinese}。"


def test_every_field_that_a_row_may_be_about_has_a_name() -> None:
    names = {field.name for field in verdict_fields(b.letter())}
    assert len(names) > 8
    for name in (*names, "owner", "mortgaged", "outlets[1].address"):
        english, chinese = named_field(name)
        assert "_" not in english + chinese
        assert not set(WORD.findall(chinese)) - ABBREVIATIONS, name
