"""Every look of a paper prints all that its truth says, and the same for the same paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from samples.filed import Certificate, Proof
from samples.filing import Paper, genuine_certificate, genuine_proof, other_paper
from samples.layouts import certificates, others, proofs
from samples.layouts.choices import Wording
from samples.paper.sheet import Text
from samples.papers import sheets_of
from tests.proofs.setting import lines_of, pages_as_set


def _printed(paper: Paper) -> str:
    marks = [mark for page in sheets_of(paper).pages for mark in page]
    return "".join("".join(mark.text.split()) for mark in marks if isinstance(mark, Text))


@pytest.mark.parametrize("look", sorted(proofs.LOOKS))
def test_proof_prints_both_products_and_every_vehicle(look: str) -> None:
    for index in range(4):
        paper = replace(genuine_proof(index, 5), look=look)
        content = paper.content
        assert isinstance(content, Proof)
        wanted = (content.chassis_model, content.modified_model, content.issuer, content.ccc, *content.vins)
        printed = _printed(paper)
        assert [text for text in wanted if text not in printed] == []


@pytest.mark.parametrize("look", sorted(certificates.LOOKS))
def test_certificate_prints_owners_vehicle_and_maker(look: str) -> None:
    paper = replace(genuine_certificate(3, 5), look=look)
    content = paper.content
    assert isinstance(content, Certificate)
    printed = _printed(paper)
    wanted = (content.vin, content.brand, content.model, content.manufacturer, content.owners[-1].name)
    assert [text for text in wanted if text not in printed] == []


@pytest.mark.parametrize("look", sorted(others.LOOKS))
def test_other_paper_prints_its_title(look: str) -> None:
    for index in range(12):
        paper = replace(other_paper(index, 5), look=look)
        assert "".join(paper.content.title.split()) in _printed(paper)  # type: ignore[union-attr]


def test_wording_is_the_same_for_the_same_paper_only() -> None:
    def words(key: str) -> list[int]:
        word = Wording(key)
        return [word.one(*range(100)) for _ in range(8)]

    assert words("LSVAA4182E2184847") == words("LSVAA4182E2184847") != words("LFV2A21J970002020")


def test_wide_white_parts_a_line_where_it_stands() -> None:
    sheets = sheets_of(replace(genuine_proof(1, 5), look="sections"))
    whole, torn = lines_of(sheets, 1), lines_of(sheets, 1, torn=True)
    (line,) = [line for line in whole if "品牌" in line.text and "型号" in line.text][:1]
    right = next(part for part in torn if part.text.startswith("型号") and abs(part.box.y0 - line.box.y0) < 1e-6)
    assert right.box.x1 == pytest.approx(line.box.x1, abs=0.002)
    assert len(pages_as_set(sheets)) == len(sheets.pages)
