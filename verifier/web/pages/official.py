"""Pages of officials: one letter with its pictures, checks, seals, file findings and history."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from verifier.cases import corrections, hinting, presenting, presenting_history, presenting_seals, queue
from verifier.cases.presenting import Presented
from verifier.cases.presenting_cases import case_of, veil_blind, veiled
from verifier.cases.presenting_registry import current_registry
from verifier.cases.presenting_seals import SealView
from verifier.cases.queue import CaseView
from verifier.cases.viewing import PICTURE_TYPE
from verifier.errors import NotFoundError
from verifier.web import shapes
from verifier.web.deps import Service, TheService
from verifier.web.pages.decision import decision_view
from verifier.web.pages.rendering import Visit, render
from verifier.web.pages.review import review_of
from verifier.web.pages.visiting import Visiting

router = APIRouter(prefix="/review/{document}", include_in_schema=False)
KEEP = {"Cache-Control": "private, max-age=600"}
Part = Annotated[int, Path(ge=1, le=1000)]
Index = Annotated[int, Path(ge=0, le=999)]


def seen_by(service: Service, visit: Visit, document: str) -> tuple[Presented, CaseView | None]:
    """Return a document and its case as whoever asks may see them.

    What is judged blind comes without anything that the machine concluded.
    """
    assert visit.principal
    person = visit.principal.known
    case = None if person is None else case_of(service.database, person, document)
    found = presenting.present(service.database, document, visit.principal.limited_to, person)
    return (veiled(found) if case and case.is_blind else found), case


def presented_to(service: Service, visit: Visit, document: str) -> Presented:
    """Return a document as whoever asks may see it."""
    return seen_by(service, visit, document)[0]


@router.get("")
def show_review(request: Request, document: shapes.Identifier, service: TheService, visit: Visiting) -> Response:
    """Show a letter for review: its first failing check in view, its place on the page framed."""
    presented, case = seen_by(service, visit, document)
    assert visit.principal
    person = visit.principal.known
    corrected = [one for one in corrections.list_corrections(service.database, document) if one.withdrawn_at is None]
    return render(
        request,
        "review.html",
        review=review_of(presented),
        decision=decision_view(case, person, service.settings.undo_seconds) if person and case else None,
        corrected=corrected,
        document=document,
    )


@router.get("/print/{page}.webp")
def show_likeness_of_print(
    document: shapes.Identifier, page: shapes.PageNumber, service: TheService, visit: Visiting
) -> Response:
    """Return a page whose print is coloured by how unlike the rest it is; nothing of it while it is judged blind."""
    presented, case = seen_by(service, visit, document)
    if case and case.is_blind:
        raise NotFoundError(f"print of page {page}")
    picture = service.viewer.likeness_of_print(presented.upload, page)
    return Response(picture, media_type=PICTURE_TYPE, headers=KEEP)


@router.get("/seals")
def show_seals(request: Request, document: shapes.Identifier, service: TheService, visit: Visiting) -> Response:
    """Show every seal of the letter beside its maker's impressions."""
    presented = presented_to(service, visit, document)
    registry = current_registry(service.database)
    assert visit.principal
    views = presenting_seals.seal_views(service.database, presented, registry, visit.principal.limited_to)
    hints = {(view.part, view.index): hinting.likeliest(service.database, view.seal) for view in views}
    return render(request, "seals.html", presented=presented, views=views, hints=hints)


@router.get("/seals/{part}/{index}/{what}.webp")
def show_seal_picture(
    document: shapes.Identifier,
    part: Part,
    index: Index,
    what: Annotated[str, Path(pattern="^[a-z]{1,12}$")],
    service: TheService,
    visit: Visiting,
    specimen: Annotated[str, Query(pattern="^[0-9a-f]{64}$")],
) -> Response:
    """Return one picture of a seal and an impression, turned alike."""
    presented = presented_to(service, visit, document)
    view = seal_view(service, visit, presented, part, index)
    chosen = next((one for one in view.specimens if one.sha256 == specimen), None)
    if chosen is None:
        raise NotFoundError("impression")
    picture = presenting_seals.draw(view.seal, chosen, what)
    return Response(picture, media_type=PICTURE_TYPE, headers=KEEP)


def seal_view(service: Service, visit: Visit, presented: Presented, part: int, index: int) -> SealView:
    """Return one seal of a document; raises NotFoundError."""
    assert visit.principal
    registry = current_registry(service.database)
    for view in presenting_seals.seal_views(service.database, presented, registry, visit.principal.limited_to):
        if (view.part, view.index) == (part, index):
            return view
    raise NotFoundError("seal")


@router.get("/history")
def show_history(request: Request, document: shapes.Identifier, service: TheService, visit: Visiting) -> Response:
    """Show what the letter's maker and exporter filed before, and what did not agree."""
    presented, view = seen_by(service, visit, document)
    assert visit.principal
    filed = presenting_history.filed_before(service.database, presented, visit.principal.limited_to)
    person = visit.principal.known
    thread = presenting.thread_of(service.database, presented, visit.principal.limited_to)
    acts = queue.history(service.database, person, view.case.id) if person and view else ()
    is_blind = view is not None and view.is_blind
    return render(
        request,
        "history.html",
        presented=presented,
        filed=filed,
        thread=veil_blind(service.database, thread, person),
        versions=() if is_blind else presenting.list_versions(service.database, document),
        acts=acts,
        related=view.related if view else (),
    )
