"""What officials do about a case from its page: hold, decide, agree, take back, correct, register a seal."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request, Response
from starlette.datastructures import FormData

from verifier.cases import corrections, decisions, queue, recording
from verifier.cases.corrections import Reading
from verifier.cases.decisions import LONGEST_COMMENT, Ruled, Ruling, RulingError
from verifier.cases.presenting_cases import case_of
from verifier.errors import NotFoundError
from verifier.page import Box
from verifier.store.people import Person
from verifier.web import shapes
from verifier.web.auth import CurrentPerson
from verifier.web.deps import Service, TheService
from verifier.web.pages import words
from verifier.web.pages.decision import DecisionView, decision_view
from verifier.web.pages.exporter import today
from verifier.web.pages.language import Language, translations
from verifier.web.pages.official import presented_to, seal_view
from verifier.web.pages.rendering import render
from verifier.web.pages.visiting import Visiting
from verifier.web.registry import specimen_row

router = APIRouter(prefix="/review/{document}", include_in_schema=False)
Version = Annotated[int, Form(ge=1, le=2**31)]
Note = Annotated[str, Form(max_length=LONGEST_COMMENT)]
FieldName = Annotated[str, Query(max_length=60)]
MOST_VEHICLES = 500
SEAL_MARGIN = 0.15
"""Of the seal's size, left around it in a picture for the registry."""


def _case_number(service: Service, person: Person, document: str) -> int:
    view = case_of(service.database, person, document)
    if view is None:
        raise NotFoundError("case")
    return view.case.id


def _shown(request: Request, service: Service, person: Person, document: str) -> Response:
    return render(request, "decision.html", decision=decided_now(service, person, document), document=document)


def decided_now(service: Service, person: Person, document: str) -> DecisionView | None:
    """Return the case of a document as its page shows it."""
    view = case_of(service.database, person, document)
    return None if view is None else decision_view(view, person, service.settings.undo_seconds)


@router.post("/hold")
def hold(
    request: Request, document: shapes.Identifier, service: TheService, visit: Visiting, person: CurrentPerson
) -> Response:
    """Take the case in hand, or keep it there."""
    queue.hold(service.database, person, _case_number(service, person, document))
    return render(request, "held.html", decision=decided_now(service, person, document))


@router.post("/release")
def release(
    request: Request, document: shapes.Identifier, service: TheService, visit: Visiting, person: CurrentPerson
) -> Response:
    """Give the case back to the queue."""
    queue.let_go(service.database, person, _case_number(service, person, document))
    return Response(headers={"HX-Redirect": "/queue"})


@router.post("/decisions")
async def decide(
    request: Request, document: shapes.Identifier, service: TheService, visit: Visiting, person: CurrentPerson
) -> Response:
    """Decide on every vehicle of the case."""
    form = await request.form(max_fields=6 * MOST_VEHICLES)
    version = str(form.get("version", ""))
    if not version.isdecimal():
        raise RulingError
    case = _case_number(service, person, document)
    decisions.decide(service.database, person, case, int(version), _rulings(form))
    return _shown(request, service, person, document)


def _rulings(form: FormData) -> list[Ruling]:
    """Return the rulings of a form; raises RulingError where one is missing."""
    number = str(form.get("vehicles", ""))
    if not number.isdecimal() or int(number) > MOST_VEHICLES:
        raise RulingError
    return [_ruling(form, index) for index in range(int(number))]


def _ruling(form: FormData, index: int) -> Ruling:
    def given(name: str) -> str:
        return str(form.get(f"{name}-{index}", "")).strip()

    if given("outcome") not in tuple(Ruled):
        raise RulingError
    reason = given("reason")
    code = f"[{reason}] {_reason_text(reason)}" if reason in words.REASONS else ""
    comment = "\n".join(part for part in (code, given("comment")) if part)
    return Ruling(given("vin"), Ruled(given("outcome")), comment, given("note"))


def _reason_text(code: str) -> str:
    """Return a reason in both languages: its reader's is not known."""
    english = words.REASONS[code]
    return f"{translations(Language.ZH).gettext(english)} / {english}"


@router.post("/second")
def second(
    request: Request,
    document: shapes.Identifier,
    service: TheService,
    visit: Visiting,
    person: CurrentPerson,
    version: Version,
    agrees: Annotated[bool, Form()],
    note: Note = "",
) -> Response:
    """Agree, as a second senior official, with overriding the machine, or refuse."""
    case = _case_number(service, person, document)
    decisions.second(service.database, person, case, version, agrees=agrees, note=note)
    return _shown(request, service, person, document)


@router.post("/undo")
def undo(
    request: Request,
    document: shapes.Identifier,
    service: TheService,
    visit: Visiting,
    person: CurrentPerson,
    version: Version,
) -> Response:
    """Take an own decision back while that is possible."""
    case = _case_number(service, person, document)
    decisions.undo(service.database, person, case, version, service.settings.undo_seconds)
    return _shown(request, service, person, document)


@router.get("/correction")
def show_correction(
    request: Request,
    document: shapes.Identifier,
    visit: Visiting,
    field: FieldName,
    part: Annotated[int, Query(ge=0, le=1000)] = 1,
    value: Annotated[str, Query(max_length=400)] = "",
) -> Response:
    """Show the form in which a reading is corrected, in its place."""
    return render(request, "correction.html", document=document, field=field, part=part, value=value)


@router.post("/corrections")
def correct(
    document: shapes.Identifier,
    service: TheService,
    visit: Visiting,
    person: CurrentPerson,
    field: Annotated[str, Form(max_length=60)],
    value: Annotated[str, Form(max_length=400)] = "",
    part: Annotated[int, Form(ge=0, le=1000)] = 1,
) -> Response:
    """Keep what an official reads and show the letter as it is judged now."""
    corrections.correct(service.database, person, document, Reading(part, field, value), today())
    return Response(headers={"HX-Refresh": "true"})


@router.post("/corrections/{correction}/withdrawal")
def take_back(
    document: shapes.Identifier,
    correction: Annotated[int, Path(ge=1, le=2**53)],
    service: TheService,
    visit: Visiting,
    person: CurrentPerson,
) -> Response:
    """Have the machine's reading hold again."""
    corrections.take_back(service.database, person, document, correction, today())
    return Response(headers={"HX-Refresh": "true"})


@router.post("/seals/{part}/{index}/registration")
def enrol(
    request: Request,
    document: shapes.Identifier,
    part: Annotated[int, Path(ge=1, le=1000)],
    index: Annotated[int, Path(ge=0, le=999)],
    service: TheService,
    visit: Visiting,
    person: CurrentPerson,
    manufacturer: Annotated[str, Form(min_length=1, max_length=300)],
) -> Response:
    """Register a seal of the letter, as it was captured, as an impression of its maker."""
    presented = presented_to(service, visit, document)
    seal = seal_view(service, visit, presented, part, index).seal
    picture = service.viewer.cutout(presented.upload, seal.page, _around(seal.box))
    row = {"manufacturer": manufacturer.strip(), "manufacturer_en": "", "wmi": "", "shape": seal.shape}
    table, name = specimen_row(row)
    result = recording.register_seals(service.database, table, {name: picture}, person.id)
    return render(request, "enrolled.html", result=result)


def _around(box: Box) -> Box:
    across, down = SEAL_MARGIN * box.width, SEAL_MARGIN * box.height
    return Box(max(box.x0 - across, 0), max(box.y0 - down, 0), min(box.x1 + across, 1), min(box.y1 + down, 1))
