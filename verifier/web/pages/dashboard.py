"""Statistics: figures, charts with their tables, and the same as files for spreadsheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from verifier.cases import control
from verifier.cases.control import Measured
from verifier.cases.statistics import Row, Statistics, statistics
from verifier.web.deps import Service, TheService
from verifier.web.pages import words
from verifier.web.pages.charts import shares, weekly
from verifier.web.pages.exporter import today
from verifier.web.pages.exports import CSV_TYPE, XLSX_TYPE, Cell, as_csv, as_xlsx
from verifier.web.pages.language import Language, shown_country, translations
from verifier.web.pages.rendering import Visit, may, render
from verifier.web.pages.visiting import Visiting

router = APIRouter(prefix="/dashboard", include_in_schema=False)
USUAL_DAYS = 84
LONGEST_DAYS = 731
MOST_REASONS = 12
Day = Annotated[date | None, Query()]


def figures(service: Service, visit: Visit, since: date | None, until: date | None) -> Statistics:
    """Return the figures of the documents that whoever asks may see."""
    assert visit.principal
    last = until or today()
    first = max(since or last - timedelta(days=USUAL_DAYS - 1), last - timedelta(days=LONGEST_DAYS))
    return statistics(service.database, min(first, last), last, visit.principal.limited_to)


@router.get("")
def show_dashboard(
    request: Request, service: TheService, visit: Visiting, since: Day = None, until: Day = None
) -> Response:
    """Show a period in charts, each with its table."""
    found = figures(service, visit, since, until)
    counted = Counter[str]()
    for reason in found.reasons:
        counted[reason.check] += reason.documents
    top = counted.most_common(MOST_REASONS)
    return render(
        request,
        "dashboard.html",
        found=found,
        volumes=weekly(found.weeks),
        through=shares(found.weeks),
        top=top,
        months=sorted({reason.month for reason in found.reasons}),
        cells={(reason.check, reason.month): reason.documents for reason in found.reasons},
        most=max((number for _, number in top), default=1),
        measured=measured_for(service, visit),
    )


def measured_for(service: Service, visit: Visit) -> Measured | None:
    """Return what blind decisions say of the machine, for those who may know it."""
    assert visit.principal
    if visit.principal.known is None or not may(visit.principal, "GET", "/v1/control"):
        return None
    return control.measured(service.database, visit.principal.known.office_id)


@router.get(".csv")
def as_table(service: TheService, visit: Visiting, since: Day = None, until: Day = None) -> Response:
    """Return the period as one CSV."""
    found = figures(service, visit, since, until)
    rows = [row for _, several in sheets(found, visit.language) for row in (*several, [])]
    return _file(as_csv(rows), CSV_TYPE, found, "csv")


@router.get(".xlsx")
def as_workbook(service: TheService, visit: Visiting, since: Day = None, until: Day = None) -> Response:
    """Return the period as a workbook."""
    found = figures(service, visit, since, until)
    return _file(as_xlsx(sheets(found, visit.language)), XLSX_TYPE, found, "xlsx")


def _file(content: bytes, media: str, found: Statistics, ending: str) -> Response:
    name = f"statistics-{found.since}-{found.until}.{ending}"
    return Response(content, media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def sheets(found: Statistics, language: Language) -> Iterator[tuple[str, list[list[Cell]]]]:
    """Yield (name, rows) of every table, headings first."""
    gettext = translations(language).gettext
    head: list[Cell] = [words.called(gettext, "verdict", verdict) for verdict in ("verified", "flagged", "unreadable")]
    countries = tuple(
        Row(shown_country(row.name, language), row.verified, row.flagged, row.unreadable) for row in found.countries
    )
    for name, rows in (
        (gettext("Week"), found.weeks),
        (gettext("Maker"), found.makers),
        (gettext("Exporter"), found.exporters),
        (gettext("Export country"), countries),
    ):
        lines: list[list[Cell]] = [[row.name, row.verified, row.flagged, row.unreadable] for row in rows]
        yield name, [[name, *head], *lines]
    reasons: list[list[Cell]] = [
        [reason.month, words.called(gettext, "check", reason.check), reason.documents] for reason in found.reasons
    ]
    yield gettext("Reasons"), [[gettext("Month"), gettext("Check"), gettext("Documents")], *reasons]
