"""The verdict on a letter as a PDF that an exporter can file: what was judged, on which day, and what is open."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from verifier.cases.presenting import Presented, in_order
from verifier.report import Check, Report
from verifier.web.pages import words
from verifier.web.pages.language import Language, shown_time, translations
from verifier.web.pages.rendering import advice_of, message_of
from verifier.web.pages.shown import OPEN

FACE = "STSong-Light"
"""Adobe's name for the Chinese face that PDF readers bring along; nothing is embedded."""
MARGIN = 18 * mm
Gettext = Callable[[str], str]


def result_pdf(presented: Presented, language: Language) -> bytes:
    """Return the newest report of a document as a PDF of one or more A4 pages."""
    if FACE not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FACE))
    written = io.BytesIO()
    title = translations(language).gettext("Result of a letter's verification")
    document = SimpleDocTemplate(
        written, pagesize=A4, title=title, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN
    )
    document.build([_text(title, 16), Spacer(1, 4 * mm), *_content(presented, language)])
    return written.getvalue()


def _text(text: str, size: float = 10) -> Paragraph:
    style = ParagraphStyle("text", fontName=FACE, fontSize=size, leading=size * 1.5, wordWrap="CJK")
    return Paragraph(escape(text), style)


def _content(presented: Presented, language: Language) -> Iterator[Flowable]:
    gettext = translations(language).gettext
    yield _facts(presented, language)
    for report in presented.reports:
        yield from _part(report, language, gettext)
    yield Spacer(1, 6 * mm)
    yield _text(gettext("Made by the verifier. It issues no licence; the office decides."), 8.5)


def _facts(presented: Presented, language: Language) -> Table:
    gettext = translations(language).gettext
    upload, report = presented.upload, presented.reports[0]
    rows = [
        (gettext("File"), upload.name or ""),
        ("SHA-256", upload.sha256),
        (gettext("Application"), upload.application_number or "—"),
        (gettext("Verdict"), words.called(gettext, "verdict", upload.verdict)),
        (gettext("Received"), shown_time(upload.uploaded_at, language)),
        (gettext("Judged"), shown_time(presented.judged_at, language)),
        (gettext("Rules"), f"{report.versions.rules} · {report.versions.verifier}"),
    ]
    return _table([[_text(name), _text(value)] for name, value in rows], [32 * mm, 140 * mm])


def _part(report: Report, language: Language, gettext: Gettext) -> Iterator[Flowable]:
    if report.error:
        chinese = language is Language.ZH
        yield _text(report.error.message_zh if chinese else report.error.message)
        return
    yield Spacer(1, 5 * mm)
    opened = [check for check in in_order(report.checks) if check.outcome in OPEN]
    yield _text(gettext("What is open") if opened else gettext("Nothing is open: every check passed."), 12)
    if opened:
        rows = [_row(check, language, gettext) for check in opened]
        yield _table(rows, [42 * mm, 130 * mm])


def _row(check: Check, language: Language, gettext: Gettext) -> list[Paragraph]:
    subject = ", ".join((check.subject or {}).values())
    name = f"{words.called(gettext, 'check', check.id)} {subject}".strip()
    said = "\n".join(part for part in (message_of(check, language), advice_of(check, language)) if part)
    return [_text(name), _text(said)]


def _table(rows: list[list[Paragraph]], widths: list[float]) -> Table:
    table = Table(rows, colWidths=widths)
    table.setStyle(
        TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.lightgrey)])
    )
    return table
