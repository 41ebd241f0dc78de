"""The queue of an office: what waits, the riskiest first, and the way to the next case."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request, Response

from verifier.cases import queue
from verifier.cases.queue import Filters
from verifier.store.cases import DECIDED, UNDECIDED
from verifier.web.auth import CurrentPerson
from verifier.web.deps import TheService
from verifier.web.pages.rendering import going_to, render
from verifier.web.pages.visiting import Visiting

router = APIRouter(prefix="/queue", include_in_schema=False)
PAGE = 25
STATES = {"": UNDECIDED, "open": ("open",), "awaiting_second": ("awaiting_second",), "decided": (DECIDED,)}
Number = Annotated[str, Query(max_length=128)]


@router.get("")
def show_queue(
    request: Request,
    service: TheService,
    visit: Visiting,
    person: CurrentPerson,
    state: Annotated[str, Query(pattern="^(open|awaiting_second|decided|)$")] = "",
    application: Number = "",
    mine: bool = False,
    cursor: Annotated[str | None, Query(pattern=r"^\d{1,9}-\d{1,15}$")] = None,
    none: bool = False,
) -> Response:
    """Show the office's cases."""
    after = None if cursor is None else (int(cursor.split("-")[0]), int(cursor.split("-")[1]))
    filters = Filters(STATES[state], application_number=application or None, mine=mine, after=after)
    page = queue.list_queue(service.database, person, filters, PAGE)
    chosen = {"state": state, "application": application, "mine": "1" if mine else ""}
    query = urlencode({name: value for name, value in chosen.items() if value})
    following = f"{page.next[0]}-{page.next[1]}" if page.next else None
    name = "queue_more.html" if cursor else "queue.html"
    return render(request, name, items=page.items, next=following, query=query, chosen=chosen, none=none, person=person)


@router.post("/next")
def take_next(
    request: Request,
    service: TheService,
    visit: Visiting,
    person: CurrentPerson,
    application: Annotated[str, Form(max_length=128)] = "",
) -> Response:
    """Take the riskiest free case in hand and go to it."""
    view = queue.pull(service.database, person, Filters(application_number=application or None))
    return going_to(request, "/queue?none=1" if view is None else f"/review/{view.case.document_id}")
