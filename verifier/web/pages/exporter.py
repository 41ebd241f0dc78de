"""Pages of exporters: letters are sent, what to mend is seen, applications are complete or not."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from verifier.cases import dossiers, presenting, submissions
from verifier.cases.submissions import Submission
from verifier.errors import RequestError
from verifier.report import VehicleStatus
from verifier.store.documents import Wanted
from verifier.web import shapes
from verifier.web.deps import Service, TheService
from verifier.web.multipart import LARGEST_REQUEST, Form, received_form
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
    wanted = Wanted(
        visit.principal.limited_to, cursor, verdict=verdict or None, application_number=application or None
    )
    found, following = presenting.list_letters(service.database, wanted, PAGE)
    query = f"verdict={verdict}&application={quote(application)}"
    name = "letters_more.html" if cursor else "letters.html"
    return render(
        request, name, letters=found, next=following, query=query, verdict=verdict, application=application
    )


@router.post("/letters", max_body_size=LARGEST_REQUEST)
async def send_letters(request: Request, service: TheService, visit: Visiting) -> Response:
    """Accept letters from a form: for browsers without scripts."""
    content_type = request.headers.get("content-type", "")
    async with received_form(content_type, request.stream(), service.database.blobs) as form:
        await run_in_threadpool(_submit, service, visit, form)
    return RedirectResponse("/letters", 303)


def _submit(service: Service, visit: Visit, form: Form) -> None:
    assert visit.principal
    if not form.files:
        raise RequestError("no file was sent")
    application = form.fields.get("application", "").strip()[:LONGEST_NUMBER] or None
    asked = Submission(tuple(form.files), visit.principal.owner, visit.principal.name, application)
    submissions.submit(service.database, asked, most_waiting=service.settings.queue_limit)


@router.get("/letters/{document}/row")
def show_row(request: Request, document: shapes.Identifier, service: TheService, visit: Visiting) -> Response:
    """Show one row of the list as it is now."""
    assert visit.principal
    letter = presenting.find_letter(service.database, document, visit.principal.limited_to)
    return render(request, "letter_row.html", letter=letter)


@router.get("/letters/{document}")
def show_letter(request: Request, document: shapes.Identifier, service: TheService, visit: Visiting) -> Response:
    """Show the verdict on a letter and what to mend, with pictures of the places."""
    assert visit.principal
    presented = presenting.present(service.database, document, visit.principal.limited_to, official=False)
    checks = shown_checks(presented)
    return render(
        request,
        "letter.html",
        letter=presented.upload,
        presented=presented,
        mending=mending(checks),
        facts=[shown_facts(report) for report in presented.reports],
        thread=presenting.thread_of(service.database, presented, visit.principal.limited_to),
    )


@router.get("/letters/{document}/result.pdf")
def show_result(document: shapes.Identifier, service: TheService, visit: Visiting) -> Response:
    """Return the verdict as a PDF for the exporter's file."""
    assert visit.principal
    presented = presenting.present(service.database, document, visit.principal.limited_to, official=False)
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
    found = dossiers.list_applications(service.database, after, PAGE + 1)
    following = found[PAGE - 1] if len(found) > PAGE else None
    name = "applications_more.html" if after else "applications.html"
    return render(request, name, numbers=found[:PAGE], next=quote(following) if following else None)


@router.get("/applications/{application:path}")
def show_application(
    request: Request, application: shapes.ApplicationNumber, service: TheService, visit: Visiting
) -> Response:
    """Show which vehicle of an application still lacks what."""
    assert visit.principal
    dossier = dossiers.open_dossier(service.database, application, visit.principal.limited_to, today())
    records = {record.vin: record for record in dossier.records}
    letters = {upload.sha256: upload for upload in dossier.documents}
    lacking = [records.get(one.vin) for one in dossier.report.vehicles if one.status is VehicleStatus.MISSING]
    return render(
        request,
        "application.html",
        dossier=dossier,
        records=records,
        letters=letters,
        lacking_from=[((record and record.letter_manufacturer) or "",) for record in lacking],
    )


def today() -> date:
    """Return the office's day."""
    return datetime.now(SHANGHAI).date()
