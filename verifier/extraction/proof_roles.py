"""Which of the two products of a proof a word, a heading or a column speaks of: the chassis, or what was made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from verifier.extraction.cells import Cell, Row
from verifier.extraction.layout import Layout

CHASSIS, MODIFIED = "chassis", "modified"
_CHASSIS = re.compile(
    r"底盘|原车|改装前|改装之前|改制前|基础车|基型车|基准车|chassis|base\s*vehicle|incomplete|original|before", re.I
)
_MODIFIED = re.compile(
    r"改装后|改装之后|改制后|改装车|改装成|改装完成|完成车|整车|成品车|专用车|modified|after|completed|converted", re.I
)
LONGEST_HEADING, LONGEST_HEADING_LATIN = 22, 48
"""Characters of a line or column head that says whether chassis or modified vehicle follows."""
FARTHEST = 0.2
"""Share of the page width between a value and the head over it: the widest heads span two columns of 30 mm each."""
_ATTRIBUTE = re.compile(
    r"品牌|厂牌|商标|型号|车型|公司|企业|单位|厂家|制造|生产|代号|编号|公告|证书|证明|说明|内容|项目"
    r"|\b(?:brand|make|model|type|trade\s*mark|number|no|manufacturer|maker|certificate|proof|statement|co|ltd)\b",
    re.I,
)
"""Words of a label: what holds one names a value, and heads nothing."""
_HAS_VALUE = re.compile(r"[:：].*\w|[。；;]")
_CHASSIS_LEAD = re.compile(
    r"底盘|原车|改装前|改装之前|基础车|基型车|购[入买置]|采购|[采选使]用|利用|基于|由(?=.{0,40}生产的)|以(?=.{2})"
    r"|\bchassis\b|base\s+vehicle|\b(?:built|based)\s+(?:up)?on\b|\bfrom\b|before|original",
    re.I,
)
_MODIFIED_LEAD = re.compile(
    r"改装(?!前|之前|所|用|内容|项目)|改[制造]|加工|改为|变[更为]|成为|形成|制成|整车|成品|完成车|专用车|生产(?!企业|厂|的)|制造(?!商|厂|的)"
    r"|[→⇒➔]|->|=>|convert|modif|\binto\b|\bafter\b|complete|finished",
    re.I,
)
_CHASSIS_BEHIND = re.compile(r"\s*(?:型|系列)?[^，,。；;：:、→⇒]{0,8}?(?:底盘|chassis)", re.I)
"""What follows the designation of a chassis: …型底盘, …二类底盘."""
_TRADE_OF_COMPANY = re.compile(r"(?:改装|专用|制造|生产|加工)(?:车辆?|汽车)?(?=[\u4e00-\u9fff]{0,8}(?:公司|厂))")
"""What the company that signs does, inside its name: 湖山凯达改装车有限公司."""


@dataclass(frozen=True, slots=True)
class Heads:
    """A row that says what stands under it: one role for all of it, or several, each over its own columns."""

    row: int
    cells: tuple[tuple[str, Cell], ...]

    def role_over(self, cell: Cell) -> str | None:
        """Return the role of the head that a cell stands under, None where none is near; a lone one heads all."""
        role, head = min(self.cells, key=lambda one: _apart(one[1], cell))
        return role if len(self.cells) == 1 or _apart(head, cell) <= FARTHEST else None

    def in_turn(self, place: int, number: int) -> str | None:
        """Return the role of the head at `place` where as many groups of columns stand under as many heads."""
        ordered = sorted(self.cells, key=lambda one: one[1].box.x0)
        return ordered[place][0] if number == len(ordered) > 1 else None


def _apart(head: Cell, cell: Cell) -> float:
    return min(abs(head.box.x0 - cell.box.x0), abs(head.box.centre[0] - cell.box.centre[0]))


def role_of(text: str) -> str | None:
    """Return the role that a short text names, None where it names none or both."""
    if len(text.strip()) > (LONGEST_HEADING_LATIN if text.isascii() else LONGEST_HEADING):
        return None
    chassis, modified = bool(_CHASSIS.search(text)), bool(_MODIFIED.search(text))
    return None if chassis == modified else CHASSIS if chassis else MODIFIED


def find_heads(layout: Layout) -> tuple[Heads, ...]:
    """Return the rows that name a role and nothing of a product: headings of sections, heads of columns."""
    found = []
    for number, row in enumerate(layout.rows):
        cells = tuple(
            (role, cell)
            for cell in row.cells
            if not _ATTRIBUTE.search(cell.text) and not _HAS_VALUE.search(cell.text) and (role := role_of(cell.text))
        )
        if cells and _heads_only(row, cells):
            found.append(Heads(number, cells))
    return tuple(found)


def _heads_only(row: Row, cells: tuple[tuple[str, Cell], ...]) -> bool:
    """Return whether a row is one heading, or heads of both roles with no more than the head of the labels beside."""
    if len(row.cells) == 1:
        return True
    return len({role for role, _ in cells}) > 1 and not any(_HAS_VALUE.search(cell.text) for cell in row.cells)


def role_above(number: int, cell: Cell, heads: tuple[Heads, ...]) -> str | None:
    """Return the role of the last heads above a row, for the column that a cell stands in."""
    above = [one for one in heads if one.row < number]
    return above[-1].role_over(cell) if above else None


def role_in_words(before: str, behind: str) -> str | None:
    """Return the role of a product in running text by what stands `before` it, and right `behind`.

    Words nearest before it count; names of companies say nothing (湖山改装车有限公司).
    """
    if _CHASSIS_BEHIND.match(behind):
        return CHASSIS
    before = _TRADE_OF_COMPANY.sub("", before)
    leads = [(match.end(), CHASSIS) for match in _CHASSIS_LEAD.finditer(before)]
    leads += [(match.end(), MODIFIED) for match in _MODIFIED_LEAD.finditer(before)]
    return max(leads)[1] if leads else None


def after_chassis(text: str, start: int) -> int:
    """Return where text goes on after the word for a chassis behind a designation that ends at `start`."""
    match = _CHASSIS_BEHIND.match(text, start)
    return match.end() if match else start
