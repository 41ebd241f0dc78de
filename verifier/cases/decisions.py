"""Use-cases: an official decides, a second one agrees or not, a decision is taken back while that is possible."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import Connection

from verifier.errors import ForbiddenError, RequestError
from verifier.store import cases, events, standing_decisions
from verifier.store.cases import (
    AWAITING_SECOND,
    DECIDED,
    FINAL,
    OPEN,
    PROPOSED,
    NewDecision,
    StoredCase,
    StoredDecision,
)
from verifier.store.clock import now
from verifier.store.database import Database
from verifier.store.people import Person, Role

LONGEST_COMMENT = 4000


class Ruled(StrEnum):
    """What becomes of a vehicle's letter."""

    APPROVE = "approve"
    REJECT = "reject"
    RETURN = "return"
    """For resubmission: the public comment says what to mend."""


class ChangedError(RequestError):
    """The case is not any more as it was seen: read it again."""

    code = "case_changed"
    cause = "the case was changed meanwhile"
    cause_zh = "该案件已被更新"
    advice = "read it again and decide on what it is now"
    advice_zh = "请重新打开后再作决定"
    http_status = 412


class HeldError(RequestError):
    """Somebody else has it in hand."""

    code = "case_held"
    cause = "somebody else has this case in hand"
    cause_zh = "该案件正由他人办理"
    advice = "take the next one"
    advice_zh = "请办理下一案件"
    http_status = 409


class NotDecidableError(RequestError):
    """Not in the state that this act needs."""

    code = "case_state"
    cause = "the case is not in a state for that"
    cause_zh = "该案件当前状态不允许此操作"
    advice = "read it again"
    advice_zh = "请重新打开该案件"
    http_status = 409


class RulingError(RequestError):
    """Rulings that are not one for each of the case's vehicles, or lack a reason."""

    code = "rulings_incomplete"
    cause = "one ruling for each vehicle is needed, with a public comment unless it is approved"
    cause_zh = "须对每辆车作出决定；不予通过或退回时须填写对外意见"
    advice = "rule on every vehicle of the case"
    advice_zh = "请对案件中的每辆车作出决定"
    http_status = 422


class OwnUploadError(ForbiddenError):
    """Nobody decides what they uploaded."""

    code = "own_upload"
    cause = "nobody decides what they uploaded"
    cause_zh = "不得对本人上传的材料作出决定"
    advice = "leave it to somebody else"
    advice_zh = "请由他人办理"


class SamePersonError(ForbiddenError):
    """Two must be two."""

    code = "same_person"
    cause = "the second person must be another one, a senior official"
    cause_zh = "复核人须为另一名高级工作人员"
    advice = "leave it to another senior official"
    advice_zh = "请由另一名高级工作人员复核"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is decided on one vehicle, '' for a document without any; the note stays inside the office."""

    vin: str
    outcome: Ruled
    public_comment: str = ""
    internal_note: str = ""


def decide(database: Database, person: Person, case_id: int, version: int, rulings: Sequence[Ruling]) -> StoredCase:
    """Record one ruling for every vehicle of a case and return the case: decided, or awaiting a second person.

    `version` is the case's as it was seen. Raises NotFoundError, ChangedError, HeldError, NotDecidableError,
    RulingError, OwnUploadError.
    """
    with database.transaction() as connection:
        case = _in_hand(connection, person, case_id, version, OPEN)
        vehicles = {vehicle.vin: vehicle for vehicle in cases.vehicles_of(connection, case_id)}
        _refuse_incomplete(rulings, set(vehicles))
        overrides = any(r.outcome is Ruled.APPROVE and vehicles[r.vin].failing for r in rulings)
        at = now(connection)
        state = AWAITING_SECOND if overrides else DECIDED
        closed = {"holder_id": None, "held_until": None, "closed_at": None if overrides else at}
        if not cases.win(connection, case, state=state, **closed):
            raise ChangedError
        for ruling in sorted(rulings, key=lambda one: one.vin):
            new = NewDecision(
                case_id, ruling.vin, ruling.outcome.value, ruling.public_comment.strip(), ruling.internal_note.strip(),
                case.report_version, vehicles[ruling.vin].failing, person.id, at, final=not overrides,
            )  # fmt: skip
            cases.put_decision(connection, new)
        _note(connection, at, person, "proposed" if overrides else "decided", case)
        _stand(connection, case)
        return cases.get_case(connection, case_id)


def _refuse_incomplete(rulings: Sequence[Ruling], vins: set[str]) -> None:
    whole = len(rulings) == len(vins) and {ruling.vin for ruling in rulings} == vins
    explained = all(ruling.outcome is Ruled.APPROVE or ruling.public_comment.strip() for ruling in rulings)
    texts = [text for ruling in rulings for text in (ruling.public_comment, ruling.internal_note)]
    if not whole or not explained or any(len(text) > LONGEST_COMMENT or "\x00" in text for text in texts):
        raise RulingError


def _in_hand(connection: Connection, person: Person, case_id: int, version: int, *states: str) -> StoredCase:
    """Return a case that this person may act on now."""
    case = cases.get_case(connection, case_id, {person.office_id}, lock=True)
    if not person.decides:
        raise ForbiddenError
    if person.id in cases.uploaders_of(connection, case.sha256):
        raise OwnUploadError
    if case.version != version:
        raise ChangedError
    if case.state not in states:
        raise NotDecidableError
    if case.holder_id not in (None, person.id) and (case.held_until or 0.0) > now(connection):
        raise HeldError
    return case


def second(database: Database, person: Person, case_id: int, version: int, *, agrees: bool, note: str) -> StoredCase:
    """Confirm or refuse, as a second senior official, what overrides the machine; return the case.

    Refused rulings stay on record and the case is open again. Raises as `decide`, and SamePersonError.
    """
    with database.transaction() as connection:
        case = _in_hand(connection, person, case_id, version, AWAITING_SECOND)
        proposed = _living(connection, case_id, PROPOSED)
        if person.role is not Role.SENIOR_OFFICIAL or any(one.decided_by == person.id for one in proposed):
            raise SamePersonError
        if agrees and {one.decided_by for one in proposed} & cases.uploaders_of(connection, case.sha256):
            raise OwnUploadError  # who proposed it has uploaded the same file since: it can only be refused
        if len(note) > LONGEST_COMMENT or "\x00" in note:
            raise RulingError
        at = now(connection)
        closed = {"holder_id": None, "held_until": None, "closed_at": at if agrees else None}
        if not cases.win(connection, case, state=DECIDED if agrees else OPEN, **closed):
            raise ChangedError
        agreed = {"state": FINAL if agrees else cases.REFUSED, "final_at": at if agrees else None}
        told = {"seconded_by": person.id, "seconded_at": at, "second_note": note.strip()}
        cases.change_decisions(connection, (one.id for one in proposed), **agreed, **told)
        _note(connection, at, person, "seconded" if agrees else "refused", case)
        _stand(connection, case)
        return cases.get_case(connection, case_id)


def undo(database: Database, person: Person, case_id: int, version: int, undo_seconds: float) -> StoredCase:
    """Take back what this person decided or proposed in a case and return it, open again; the history keeps it.

    A final decision only within `undo_seconds`. Raises as `decide`.
    """
    with database.transaction() as connection:
        case = _in_hand(connection, person, case_id, version, AWAITING_SECOND, DECIDED)
        living, at = _living(connection, case_id, PROPOSED, FINAL), now(connection)
        mine = all(person.id in (one.decided_by, one.seconded_by) for one in living)
        in_time = all(one.final_at is None or at - one.final_at <= undo_seconds for one in living)
        if not living or not mine or not in_time or _has_later(connection, case):
            raise NotDecidableError
        if not cases.win(connection, case, state=OPEN, holder_id=None, held_until=None, closed_at=None):
            raise ChangedError
        taken = {"state": cases.WITHDRAWN, "withdrawn_by": person.id, "withdrawn_at": at}
        cases.change_decisions(connection, (one.id for one in living), **taken)
        _note(connection, at, person, "taken back", case)
        _stand(connection, case)
        return cases.get_case(connection, case_id)


def _has_later(connection: Connection, case: StoredCase) -> bool:
    """Return whether a later case of the same document began meanwhile."""
    return any(other.id > case.id for other in cases.cases_of(connection, case.document_id))


def _living(connection: Connection, case_id: int, *states: str) -> list[StoredDecision]:
    return [one for one in cases.decisions_of(connection, [case_id]) if one.state in states]


def _note(connection: Connection, at: float, person: Person, act: str, case: StoredCase) -> None:
    """Write into the audit what was done, with a digest of each ruling that stands now or did until now."""
    rulings = [
        {"id": one.id, "outcome": one.outcome, "state": one.state, "digest": digest_of(one)}
        for one in cases.decisions_of(connection, [case.id])
    ]
    events.put_audit(connection, at, person.id, act, case.document_id, {"case": case.id, "rulings": rulings})


def digest_of(decision: StoredDecision) -> str:
    """Return the SHA-256 of what was decided, by whom, when and on which grounds."""
    d = decision
    fields = [d.case_id, d.vin, d.outcome, d.public_comment, d.internal_note, d.failing, d.decided_by, d.decided_at]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode()).hexdigest()


def _stand(connection: Connection, case: StoredCase) -> None:
    """Tell the archive what stands on the document, so that judging again shows it."""
    final = standing(cases.decisions_on(connection, case.document_id))
    if not final:
        standing_decisions.remove_decision(connection, case.sha256)
        return
    last = final[-1]
    outcomes = {one.outcome for one in final}
    worst = next(o.value for o in (Ruled.REJECT, Ruled.RETURN, Ruled.APPROVE) if o.value in outcomes)
    standing_decisions.put_decision(
        connection, case.sha256, worst, last.decided_by, datetime.fromtimestamp(last.decided_at, UTC)
    )


def standing(decided: Iterable[StoredDecision]) -> tuple[StoredDecision, ...]:
    """Return the rulings that stand, the last final one of each vehicle, in the order in which they were made."""
    last = {one.vin: one for one in decided if one.state == FINAL}
    return tuple(sorted(last.values(), key=lambda one: one.id))


@dataclass(frozen=True, slots=True)
class Published:
    """A ruling as the exporter is told of it: nothing of who decided, of notes or of what the machine found."""

    vin: str
    outcome: Ruled
    comment: str
    decided_at: float


def published(database: Database, document_id: str, undo_seconds: float) -> tuple[Published, ...]:
    """Return the rulings on a document that stand and cannot be undone any more."""
    with database.reading() as connection:
        at = now(connection)
        final = standing(cases.decisions_on(connection, document_id))
    settled = [one for one in final if one.final_at is not None and at - one.final_at > undo_seconds]
    return tuple(Published(one.vin, Ruled(one.outcome), one.public_comment, one.decided_at) for one in settled)
