"""The queue of an office, its cases, decisions and corrections."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Response

from verifier.cases import control, decisions, queue
from verifier.cases.decisions import ChangedError, Ruling
from verifier.cases.queue import CaseView, Filters
from verifier.errors import NotFoundError, RequestError
from verifier.web import shapes
from verifier.web.auth import CurrentPerson
from verifier.web.case_shapes import Act, Agreement, Case, Cases, Control, History, Rulings, ShownCase
from verifier.web.deps import TheService
from verifier.web.problems import problems

router = APIRouter(prefix="/v1", tags=["cases"])
CaseNumber = Annotated[int, Path(ge=1, le=2**53, description="The case's number.")]
IfMatch = Annotated[str | None, Header(max_length=40, description="The ETag of the case as it was read.")]
State = Annotated[str, Query(pattern="^(open|awaiting_second|decided|closed)$")]


class PreconditionRequiredError(RequestError):
    """A change of a case without saying which state of it is meant."""

    code = "if_match_missing"
    cause = "the request lacks If-Match"
    cause_zh = "请求缺少 If-Match"
    advice = "send the ETag of the case as it was read"
    advice_zh = "请附上读取案件时的 ETag"
    http_status = 428


def case_version(if_match: str | None) -> int:
    """Return the version that If-Match names; raises PreconditionRequiredError, ChangedError."""
    if if_match is None:
        raise PreconditionRequiredError
    bare = if_match.strip().removeprefix("W/").strip('"')
    if not bare.isascii() or not bare.isdigit():
        raise ChangedError
    return int(bare)


def _shown(response: Response, view: CaseView) -> Case:
    response.headers["ETag"] = view.etag
    return Case.of(view)


@router.get("/cases", responses=problems(), summary="List cases")
def list_cases(
    service: TheService,
    person: CurrentPerson,
    limit: shapes.Limit = 50,
    state: State | None = None,
    reason: Annotated[str | None, Query(pattern="^(flagged|decided_earlier)$")] = None,
    application: Annotated[str | None, Query(max_length=128)] = None,
    mine: bool = False,
    cursor: Annotated[
        str | None, Query(pattern=r"^\d{1,9}-\d{1,15}$", description="`next` of the page before.")
    ] = None,
) -> Cases:
    """Return the office's cases, the riskiest first; by default those that are undecided."""
    after = None if cursor is None else (int(cursor.split("-")[0]), int(cursor.split("-")[1]))
    base = Filters(reason=reason, application_number=application, mine=mine, after=after)
    filters = base if state is None else Filters((state,), reason, application, mine, after)
    page = queue.list_queue(service.database, person, filters, limit)
    items = [ShownCase.of(one.case, is_blind=one.is_blind) for one in page.items]
    return Cases(items=items, next=None if page.next is None else f"{page.next[0]}-{page.next[1]}")


@router.post("/queue", responses=problems(404), summary="Take the next case")
def take_next(
    response: Response,
    service: TheService,
    person: CurrentPerson,
    application: Annotated[str | None, Query(max_length=128)] = None,
) -> Case:
    """Take the riskiest case that is free, for a quarter of an hour; 404 where none waits."""
    view = queue.pull(service.database, person, Filters(application_number=application))
    if view is None:
        raise NotFoundError("a case that waits")
    return _shown(response, view)


@router.get("/cases/{case}", responses=problems(404), summary="Show a case")
def show_case(case: CaseNumber, response: Response, service: TheService, person: CurrentPerson) -> Case:
    """Return a case of the office."""
    return _shown(response, queue.open_view(service.database, person, case))


@router.put("/cases/{case}/lease", responses=problems(404, 409), summary="Hold a case")
def hold_case(case: CaseNumber, response: Response, service: TheService, person: CurrentPerson) -> Case:
    """Take a certain case in hand, or keep it there for another quarter of an hour."""
    return _shown(response, queue.hold(service.database, person, case))


@router.delete("/cases/{case}/lease", status_code=204, responses=problems(404), summary="Give a case back")
def let_go(case: CaseNumber, service: TheService, person: CurrentPerson) -> None:
    """Give a case back to the queue."""
    queue.let_go(service.database, person, case)


@router.post("/cases/{case}/decisions", status_code=201, responses=problems(404, 409, 412, 428), summary="Decide")
def decide(
    case: CaseNumber,
    asked: Rulings,
    response: Response,
    service: TheService,
    person: CurrentPerson,
    if_match: IfMatch = None,
) -> Case:
    """Decide on every vehicle of a case. Approving over a failing check awaits a second, senior official."""
    rulings = [Ruling(one.vin, one.outcome, one.public_comment, one.internal_note) for one in asked.rulings]
    decisions.decide(service.database, person, case, case_version(if_match), rulings)
    return _shown(response, queue.open_view(service.database, person, case))


@router.post("/cases/{case}/second", status_code=201, responses=problems(404, 409, 412, 428), summary="Second")
def second(
    case: CaseNumber,
    asked: Agreement,
    response: Response,
    service: TheService,
    person: CurrentPerson,
    if_match: IfMatch = None,
) -> Case:
    """Agree, as a second senior official, with overriding the machine, or refuse."""
    version = case_version(if_match)
    decisions.second(service.database, person, case, version, agrees=asked.agrees, note=asked.note)
    return _shown(response, queue.open_view(service.database, person, case))


@router.post("/cases/{case}/undo", status_code=201, responses=problems(404, 409, 412, 428), summary="Take back")
def undo(
    case: CaseNumber, response: Response, service: TheService, person: CurrentPerson, if_match: IfMatch = None
) -> Case:
    """Take back an own decision while that is possible; the history keeps it."""
    decisions.undo(service.database, person, case, case_version(if_match), service.settings.undo_seconds)
    return _shown(response, queue.open_view(service.database, person, case))


@router.get("/cases/{case}/history", responses=problems(404), summary="Show a case's history")
def show_history(case: CaseNumber, service: TheService, person: CurrentPerson) -> History:
    """Return every act on the case's document, oldest first."""
    found = queue.history(service.database, person, case)
    return History(items=[Act(id=one.id, at=shapes.moment(one.at), actor=name, act=one.act) for one, name in found])


@router.get("/control", responses=problems(), summary="Show the control of the machine")
def show_control(service: TheService, person: CurrentPerson) -> Control:
    """Return the measured false-accept rate: blind decisions on letters that the machine had verified."""
    figures = control.measured(service.database, person.office_id)
    bounds = figures.bounds
    return Control(
        judged=figures.judged,
        disagreed=figures.disagreed,
        waiting=figures.waiting,
        share=None if bounds is None else figures.disagreed / figures.judged,
        low=None if bounds is None else bounds[0],
        high=None if bounds is None else bounds[1],
    )
