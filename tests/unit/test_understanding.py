"""Stored readings understood anew: split as today, seals and findings with the document on whose page they stand."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.extraction.sheet import LABELS, page
from tests.unit.rules import builders as b
from verifier.examination import Examination, Finding
from verifier.letter import Kind
from verifier.pipeline import understand
from verifier.record import Maker, Registry

MODIFIER = "安平顺驰专用汽车有限公司"
LETTER = f"""
售后维修服务确认书
编号：BC-2026-001
出口国别：哈萨克斯坦
车架号：{b.VIN}
{b.MAKER}
2026年3月12日
"""
PROOF = f"""
改装真实性证明
底盘品牌：北辰牌    底盘型号：BC1030D6
车架号：{b.VIN}
{MODIFIER}
2026年3月12日
"""
REGISTRY = Registry(makers=(Maker(b.MAKER), Maker(MODIFIER, kind="modified")))


def stored(*, on_second_page: bool) -> tuple[Examination, ...]:
    """Return a file of two documents as an earlier version kept it: as one."""
    pages = (page(LETTER, 1), page(PROOF, 2))
    findings = (Finding("overlay", 2, b.BOX), Finding("revision"))
    seal = b.seal(page=2 if on_second_page else 1)
    letter = b.letter(issuer=b.field(b.MAKER))
    return (b.examination(pages=pages, letter=letter, seals=(seal,), opened_findings=findings),)


def test_one_stored_document_becomes_two() -> None:
    parts = understand(stored(on_second_page=False), LABELS, REGISTRY)
    assert parts is not None
    assert [part.letter.kind for part in parts] == [Kind.CONFIRMATION_LETTER, Kind.MODIFICATION_PROOF]
    assert [(part.part_index, part.part_of) for part in parts] == [(1, 2), (2, 2)]
    assert [len(part.seals) for part in parts] == [1, 0]
    assert [[finding.code for finding in part.opened_findings] for part in parts] == [
        ["revision"],
        ["overlay", "revision"],
    ]


def test_seals_of_another_maker_must_be_compared_again() -> None:
    assert understand(stored(on_second_page=True), LABELS, REGISTRY) is None


def test_understanding_again_changes_nothing() -> None:
    parts = understand(stored(on_second_page=False), LABELS, REGISTRY)
    assert parts is not None
    assert understand(parts, LABELS, REGISTRY) == parts


def test_two_stored_documents_become_one_where_today_sees_one() -> None:
    first = replace(stored(on_second_page=False)[0], pages=(page(LETTER, 1),), part_of=2)
    second = replace(first, pages=(page("附件：车辆清单\n车架号：LFV2A21J970002020", 2),), part_index=2, seals=())
    parts = understand((first, second), LABELS, REGISTRY)
    assert parts is not None
    assert [len(part.pages) for part in parts] == [2]
