"""Papers that come along with letters and are none: invoices, contracts, licences."""

from __future__ import annotations

from collections.abc import Callable

from samples.filed import OtherPaper
from samples.layouts import aside_papers, others_wide
from samples.layouts.closing import chinese_date, close
from samples.paper.sheet import Sheets


def plain(sheets: Sheets, paper: OtherPaper) -> None:
    """A title, lines, a closing."""
    sheets.centre(paper.title, size=6.6, bold=True)
    sheets.down(3)
    for line in paper.lines:
        sheets.paragraph(line)
    close(sheets, (paper.signed_by, chinese_date(paper.issued_on)), mark="（章）")


LOOKS: dict[str, Callable[[Sheets, OtherPaper], None]] = {
    "plain": plain,
    "ruled": others_wide.ruled,
    "unsigned": others_wide.unsigned,
    **aside_papers.OTHERS,
}
ASIDE = frozenset(aside_papers.OTHERS)
"""Looks that nothing was tuned on."""
