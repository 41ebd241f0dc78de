"""Pages of officials: one letter with its pictures, checks, seals, file findings and history."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from verifier.cases import judging, presenting, presenting_history, presenting_seals
from verifier.cases.presenting import Presented
from verifier.cases.presenting_seals import SealView
from verifier.errors import ForbiddenError, NotFoundError
from verifier.web import shapes
from verifier.web.deps import Service, TheService
from verifier.web.pages.rendering import Visit, render
from verifier.web.pages.review import review_of
from verifier.web.pages.visiting import Visiting

router = APIRouter(prefix="/review/{document}", include_in_schema=False)
KEEP = {"Cache-Control": "private, max-age=600"}
Part = Annotated[int, Path(ge=1, le=1000)]
Index = Annotated[int, Path(ge=0, le=999)]


def presented_to(service: Service, visit: Visit, document: str) -> Presented:
    """Return a document for an official; raises ForbiddenError for anybody else."""
    if visit.principal is None or not visit.principal.is_official:
        raise ForbiddenError
    return presenting.present(service.database, document, visit.principal.limited_to, official=True)


@router.get("")
def show_review(request: Request, document: shapes.Identifier, service: TheService, visit: Visiting) -> Response:
    """Show a letter for review: its first failing check in view, its place on the page framed."""
    presented = presented_to(service, visit, document)
    return render(request, "review.html", review=review_of(presented))


@router.get("/seals")
def show_seals(request: Request, document: shapes.Identifier, service: TheService, visit: Visiting) -> Response:
    """Show every seal of the letter beside its maker's impressions."""
    presented = presented_to(service, visit, document)
    registry = judging.load_registry(service.database)
    views = presenting_seals.seal_views(service.database, presented, registry)
    return render(request, "seals.html", presented=presented, views=views)


@router.get("/seals/{part}/{index}/{what}.png")
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
    view = seal_view(service, presented, part, index)
    chosen = next((one for one in view.specimens if one.sha256 == specimen), None)
    if chosen is None:
        raise NotFoundError("impression")
    picture = presenting_seals.draw(view.seal, chosen, what)
    return Response(picture, media_type="image/png", headers=KEEP)


def seal_view(service: Service, presented: Presented, part: int, index: int) -> SealView:
    """Return one seal of a document; raises NotFoundError."""
    registry = judging.load_registry(service.database)
    for view in presenting_seals.seal_views(service.database, presented, registry):
        if (view.part, view.index) == (part, index):
            return view
    raise NotFoundError("seal")


@router.get("/history")
def show_history(request: Request, document: shapes.Identifier, service: TheService, visit: Visiting) -> Response:
    """Show what the letter's maker and exporter filed before, and what did not agree."""
    presented = presented_to(service, visit, document)
    filed = presenting_history.filed_before(service.database, presented)
    assert visit.principal
    thread = presenting.thread_of(service.database, presented, visit.principal.limited_to)
    versions = presenting.list_versions(service.database, document)
    return render(request, "history.html", presented=presented, filed=filed, thread=thread, versions=versions)
