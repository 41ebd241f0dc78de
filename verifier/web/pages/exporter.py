"""Pages of exporters: letters are sent, what to mend is seen, applications are complete or not."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response

from verifier.cases import decisions, dossiers, presenting
from verifier.cases.presenting import Presented
from verifier.cases.presenting_cases import veil_blind, veiled
from verifier.report import VehicleStatus
from verifier.store.documents import Wanted
from verifier.web import shapes
from verifier.web.deps import Service, TheService
from verifier.web.pages.language import SHANGHAI
from verifier.web.pages.rendering import Visit, render
from verifier.web.pages.result_pdf import result_pdf
from verifier.web.pages.shown import mending, shown_checks, shown_facts
from verifier.web.pages.visiting import Visiting

router = APIRouter(include_in_schema=False)
PAGE = 25
"""Rows of a list."""
LONGEST_NUMBER = 128


@router.get("/letters")
def show_letters(
    request: Request,
    service: TheService,
    visit: Visiting,
    cursor: shapes.Cursor = None,
    verdict: Annotated[str, Query(max_length=20)] = "",
    application: Annotated[str, Query(max_length=LONGEST_NUMBER)] = "",
) -> Response:
    """Show where letters are dropped and what became of earlier ones."""
    assert visit.principal
    wanted = Wanted(visit.principal.limited_to, cursor, verdict=verdict or None, application_number=application or None)
    found, following = presenting.list_letters(service.database, wanted, PAGE)
    shown = veil_blind(service.database, found, visit.principal.known)
    letters = [one for one, own in zip(shown, found, strict=True) if not verdict or one is own]
    query = f"verdict={verdict}&application={quote(application)}"
    name = "letters_more.html" if cursor else "letters.html"
    return render(request, name, letters=letters, next=following, query=query, verdict=verdict, application=application)


@router.get("/letters/{document}/row")
def show_row(request: Request, document: shapes.Identifier, service: TheService, visit: Visiting) -> Response:
    """Show one row of the list as it is now."""
    assert visit.principal
    letter = presenting.find_letter(service.database, document, visit.principal.limited_to)
    (shown,) = veil_blind(service.database, [letter], visit.principal.known)
    return render(request, "letter_row.html", letter=shown)


@router.get("/letters/{document}")
def show_letter(request: Request, document: shapes.Identifier, service: TheService, visit: Visiting) -> Response:
    """Show the verdict on a letter and what to mend, with pictures of the places."""
    assert visit.principal
    presented = presented_for(service, visit, document)
    checks = shown_checks(presented)
    thread = presenting.thread_of(service.database, presented, visit.principal.limited_to)
    return render(
        request,
        "letter.html",
        letter=presented.upload,
        presented=presented,
        mending=mending(checks),
        facts=[shown_facts(report) for report in presented.reports],
        thread=veil_blind(service.database, thread, visit.principal.known),
        rulings=decisions.published(service.database, document, service.settings.undo_seconds),
    )


def presented_for(service: Service, visit: Visit, document: str) -> Presented:
    """Return a document without what only officials see, whoever looks: these pages are the exporter's view."""
    assert visit.principal
    person = visit.principal.known
    found = presenting.present(service.database, document, visit.principal.limited_to, person)
    (upload,) = veil_blind(service.database, [found.upload], person)
    return presenting.without_official(found if upload is found.upload else veiled(found))


@router.get("/letters/{document}/result.pdf")
def show_result(document: shapes.Identifier, service: TheService, visit: Visiting) -> Response:
    """Return the verdict as a PDF for the exporter's file."""
    assert visit.principal
    presented = presented_for(service, visit, document)
    content = result_pdf(presented, visit.language)
    headers = {"Content-Disposition": f'attachment; filename="result-{document[:8]}.pdf"'}
    return Response(content, media_type="application/pdf", headers=headers)


@router.get("/applications")
def show_applications(
    request: Request,
    service: TheService,
    visit: Visiting,
    after: Annotated[str | None, Query(max_length=LONGEST_NUMBER)] = None,
) -> Response:
    """Show the applications that have records."""
    assert visit.principal
    found = dossiers.list_applications(service.database, after, PAGE + 1, visit.principal.known)
    following = found[PAGE - 1] if len(found) > PAGE else None
    name = "applications_more.html" if after else "applications.html"
    return render(request, name, numbers=found[:PAGE], next=quote(following) if following else None)


@router.get("/applications/{application:path}")
def show_application(
    request: Request, application: shapes.ApplicationNumber, service: TheService, visit: Visiting
) -> Response:
    """Show which vehicle of an application still lacks what."""
    assert visit.principal
    dossier = dossiers.open_dossier(
        service.database, application, visit.principal.limited_to, today(), visit.principal.known
    )
    records = {record.vin: record for record in dossier.records}
    letters = {upload.sha256: upload for upload in dossier.documents}
    lacking = [records.get(one.vin) for one in dossier.report.vehicles if one.status is VehicleStatus.MISSING]
    shown = veil_blind(service.database, dossier.documents, visit.principal.known)
    return render(
        request,
        "application.html",
        is_blind=any(one is not own for one, own in zip(shown, dossier.documents, strict=True)),
        dossier=dossier,
        records=records,
        letters=letters,
        lacking_from=[((record and record.letter_manufacturer) or "",) for record in lacking],
    )


def today() -> date:
    """Return the office's day."""
    return datetime.now(SHANGHAI).date()
