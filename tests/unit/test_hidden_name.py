"""A seal as another reading of the issuer's name: only where print is uncertain, and for one character."""

from __future__ import annotations

import pytest

from verifier.examination import Seal
from verifier.hidden_name import with_hidden_name
from verifier.letter import Field, Kind, Letter
from verifier.page import Box
from verifier.record import Maker, Makers

NAME = "福清启明汽车工业有限公司"
MAKERS = Makers([Maker(NAME), Maker("福清启明汽车销售有限公司")])
BOX = Box(0.5, 0.7, 0.7, 0.8)


def letter(name: str, confidence: float) -> Letter:
    return Letter(Kind.CONFIRMATION_LETTER, issuer=Field(name, name, confidence, 1, BOX))


def seal(
    text: str | None = NAME, confidence: float = 0.97, kind: str = "official", across: tuple[int, ...] = ()
) -> Seal:
    return Seal(1, BOX, "round", "red", kind, "ink", 40.0, 1.0, text, confidence, across=across)


def test_the_seal_settles_one_hidden_character() -> None:
    issuer = with_hidden_name(letter("福清房明汽车工业有限公司", 0.5), (seal(),), MAKERS).issuer
    assert issuer
    assert (issuer.value, issuer.doubt) == (NAME, None)
    assert issuer.text == "福清房明汽车工业有限公司"
    assert issuer.readings[-1].text == "福清房明汽车工业有限公司"


def test_more_hidden_characters_leave_the_doubt() -> None:
    issuer = with_hidden_name(letter("福清房明车工业有限公司", 0.4), (seal(),), MAKERS).issuer
    assert issuer
    assert (issuer.value, issuer.doubt) == (NAME, "conflict")


@pytest.mark.parametrize(
    ("name", "confidence", "sealed"),
    [
        ("福清房明汽车工业有限公司", 0.93, seal()),  # print is sure: another company
        ("江川远大客车有限公司", 0.4, seal()),  # nothing in common
        ("福清启明汽车销售有限公司", 0.4, seal()),  # a listed maker of its own
        ("福清房明汽车销售有限公司", 0.4, seal()),  # a unit's word is not read away
        ("福清房明汽车工业有限公司", 0.5, seal(confidence=0.6)),
        ("福清房明汽车工业有限公司", 0.5, seal(kind="special_purpose")),
        ("福清房明汽车工业有限公司", 0.5, seal(across=(1, 2))),
        ("福清房明汽车工业有限公司", 0.5, seal("福清房明汽车工业有限公司")),
        ("福清房明汽车工业有限公司", 0.5, seal(None)),
    ],
)
def test_otherwise_the_print_stands(name: str, confidence: float, sealed: Seal) -> None:
    assert with_hidden_name(letter(name, confidence), (sealed,), MAKERS) == letter(name, confidence)


def test_no_issuer_is_taken_from_a_seal() -> None:
    nameless = Letter(Kind.CONFIRMATION_LETTER)
    assert with_hidden_name(nameless, (seal(),), MAKERS) is nameless


@pytest.mark.parametrize(
    ("printed", "name", "settled"),
    [("湖北已立汽车有限公司", "湖北己立汽车有限公司", True), ("湖北土立汽车有限公司", "湖北士立汽车有限公司", False)],
)
def test_characters_that_no_reader_tells_apart_are_settled_by_the_seal(printed: str, name: str, settled: bool) -> None:
    issuer = with_hidden_name(letter(printed, 0.97), (seal(name),), Makers([Maker(name)])).issuer
    assert issuer
    assert (issuer.value == name, issuer.doubt) == (settled, None)
