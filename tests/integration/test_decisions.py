"""Decisions on a real store of each sort: by whom, over what, once, taken back, never overwritten."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import func, select, text, update

from tests.service.parties import Parties, rulings
from tests.unit.rules import builders as b
from verifier.cases import corrections, decisions, keeping, queue, recording
from verifier.cases.corrections import Reading
from verifier.cases.decisions import (
    ChangedError,
    HeldError,
    NotDecidableError,
    OwnUploadError,
    Ruled,
    RulingError,
    SamePersonError,
)
from verifier.cases.opening import reopen_decided
from verifier.cases.queue import Filters
from verifier.errors import ForbiddenError, NotFoundError, StoreError
from verifier.record import Records
from verifier.store import case_tables as t
from verifier.store import cases, standing_decisions
from verifier.store.database import Database
from verifier.store.people import Role, change_person

pytestmark = pytest.mark.integration
UNDO = 600.0


@pytest.fixture
def parties(any_database: Database) -> Parties:
    """Return two offices with an empty queue, on each sort of store in turn."""
    return Parties(any_database)


def _standing(parties: Parties, sha256: str) -> dict[str, str]:
    with parties.database.reading() as connection:
        return standing_decisions.get_decisions(connection, [sha256])


def _approved(parties: Parties) -> queue.CaseView:
    """Return a case in which an override was agreed to by two."""
    view = parties.flagged_case(parties.north)
    case = decisions.decide(
        parties.database, parties.north["official"], view.case.id, 1, rulings(view, Ruled.APPROVE, "", "secret")
    )
    decisions.second(parties.database, parties.north["senior"], case.id, case.version, agrees=True, note="agreed")
    return queue.open_view(parties.database, parties.north["official"], case.id)


def test_one_official_rejects_but_approving_over_a_fail_takes_two(parties: Parties) -> None:
    north, database = parties.north, parties.database
    view = parties.flagged_case(north, vehicles=2)
    assert [vehicle.failing for vehicle in view.vehicles] == [("record.found",)] * 2
    case = decisions.decide(database, north["official"], view.case.id, 1, rulings(view, Ruled.REJECT))
    assert case.state == "decided"
    assert _standing(parties, case.sha256) == {case.sha256: "reject"}

    view = parties.flagged_case(north)
    case = decisions.decide(database, north["senior"], view.case.id, 1, rulings(view, Ruled.APPROVE))
    assert case.state == "awaiting_second"
    assert _standing(parties, case.sha256) == {}
    for person, error in (("official2", SamePersonError), ("senior", SamePersonError), ("auditor", ForbiddenError)):
        with pytest.raises(error):
            decisions.second(database, north[person], case.id, case.version, agrees=True, note="")
    case = decisions.second(database, north["senior2"], case.id, case.version, agrees=True, note="")
    assert case.state == "decided"
    assert _standing(parties, case.sha256) == {case.sha256: "approve"}


def test_a_second_person_may_refuse_and_the_case_is_open_again(parties: Parties) -> None:
    view = parties.flagged_case(parties.north)
    official, senior = parties.north["official"], parties.north["senior"]
    case = decisions.decide(parties.database, official, view.case.id, 1, rulings(view, Ruled.APPROVE))
    case = decisions.second(parties.database, senior, case.id, case.version, agrees=False, note="not so")
    assert case.state == "open"
    case = decisions.decide(parties.database, official, case.id, case.version, rulings(view, Ruled.RETURN))
    seen = queue.open_view(parties.database, official, case.id)
    assert [(one.outcome, one.state) for one in seen.decisions] == [("approve", "refused"), ("return", "final")]


def test_who_awaits_a_second_official_does_not_keep_them_from_the_case(parties: Parties) -> None:
    view = parties.flagged_case(parties.north)
    official, senior = parties.north["official"], parties.north["senior"]
    queue.hold(parties.database, official, view.case.id)
    case = decisions.decide(parties.database, official, view.case.id, 1, rulings(view, Ruled.APPROVE))
    assert queue.hold(parties.database, official, case.id).case.holder_id is None  # the page's request came late
    assert queue.open_view(parties.database, senior, case.id).may_second
    assert queue.hold(parties.database, senior, case.id).case.holder_id == senior.id


def test_what_merely_is_unsure_one_official_approves(parties: Parties) -> None:
    view = parties.doubtful_case(parties.north)
    assert [vehicle.failing for vehicle in view.vehicles] == [()]
    case = decisions.decide(parties.database, parties.north["official"], view.case.id, 1, rulings(view, Ruled.APPROVE))
    assert case.state == "decided"


def test_nobody_decides_corrects_or_is_given_what_they_uploaded(parties: Parties) -> None:
    north, database = parties.north, parties.database
    claim = parties.fresh_claim(north)
    parties.upload(north, claim, by="official")
    document = parties.upload(north, claim)  # the exporter sends the very same file
    parties.work()
    view = parties.case_of(north, document)
    assert not view.may_decide
    with pytest.raises(OwnUploadError):
        decisions.decide(database, north["official"], view.case.id, 1, rulings(view, Ruled.REJECT))
    with pytest.raises(OwnUploadError):
        queue.hold(database, north["official"], view.case.id)
    with pytest.raises(OwnUploadError):
        corrections.correct(database, north["official"], document, Reading(1, "number", "X"), b.ON)
    assert queue.pull(database, north["official"], Filters()) is None
    assert queue.pull(database, north["official2"], Filters()) is not None


def test_who_uploads_the_same_file_after_proposing_is_no_decider_any_more(parties: Parties) -> None:
    north, claim = parties.north, parties.fresh_claim(parties.north)
    document = parties.upload(north, claim)
    parties.work()
    view = parties.case_of(north, document)
    case = decisions.decide(parties.database, north["official"], view.case.id, 1, rulings(view, Ruled.APPROVE))
    parties.upload(north, claim, by="official")
    with pytest.raises(OwnUploadError):
        decisions.second(parties.database, north["senior"], case.id, case.version, agrees=True, note="")
    case = decisions.second(parties.database, north["senior"], case.id, case.version, agrees=False, note="")
    assert case.state == "open"


def test_another_office_finds_nothing(parties: Parties) -> None:
    view = parties.flagged_case(parties.north)
    stranger = parties.south["senior"]
    assert queue.pull(parties.database, stranger, Filters()) is None
    assert queue.list_queue(parties.database, stranger, Filters(), 50).items == ()
    acts: list[Callable[[], object]] = [
        lambda: queue.open_view(parties.database, stranger, view.case.id),
        lambda: queue.hold(parties.database, stranger, view.case.id),
        lambda: queue.let_go(parties.database, stranger, view.case.id),
        lambda: queue.history(parties.database, stranger, view.case.id),
        lambda: decisions.decide(parties.database, stranger, view.case.id, 1, rulings(view, Ruled.REJECT)),
        lambda: corrections.correct(parties.database, stranger, view.document.id, Reading(1, "number", "X"), b.ON),
    ]
    for act in acts:
        with pytest.raises(NotFoundError):
            act()


def test_the_database_itself_refuses_what_only_two_may_do(parties: Parties) -> None:
    north = parties.north
    view = parties.flagged_case(north)
    base = {"case_id": view.case.id, "vin": view.vehicles[0].vin, "outcome": "approve", "public_comment": "",
            "internal_note": "", "report_version": 1, "failing": "[]", "decided_at": 1.0}  # fmt: skip
    first, second = north["official"].id, north["senior"].id
    forbidden = [
        {"state": "final", "decided_by": first},
        {"state": "final", "decided_by": first, "seconded_by": first},
        {"state": "final", "decided_by": first, "seconded_by": second},  # never in one go
        {"state": "final", "decided_by": north["auditor"].id},
        {"state": "proposed", "decided_by": north["exporter"].id},
        {"state": "proposed", "decided_by": parties.south["senior"].id},
    ]
    for values in forbidden:
        with pytest.raises(StoreError), parties.database.transaction() as connection:
            connection.execute(t.decisions.insert().values(**base | values))
    decisions.decide(parties.database, north["official"], view.case.id, 1, rulings(view, Ruled.APPROVE))
    changes = [
        {"state": "final"},
        {"state": "final", "seconded_by": first},
        {"state": "final", "seconded_by": north["official2"].id},
        {"state": "final", "seconded_by": parties.south["senior"].id},
        {"outcome": "reject"},
        {"decided_by": second},
        {"failing": "[]"},
        {"public_comment": "other words"},
    ]
    for values in changes:
        with pytest.raises(StoreError), parties.database.transaction() as connection:
            connection.execute(update(t.decisions).values(**values))
    for statement in ("DELETE FROM decisions", "DELETE FROM audit", "UPDATE audit SET actor = 'x'"):
        with pytest.raises(StoreError), parties.database.transaction() as connection:
            connection.execute(text(statement))


def test_a_case_is_decided_as_it_was_seen_whole_and_with_a_reason(parties: Parties) -> None:
    view = parties.flagged_case(parties.north, vehicles=2)
    official, number = parties.north["official"], view.case.id
    whole = rulings(view, Ruled.REJECT)
    for wrong in (
        whole[:1],
        [*whole, whole[0]],
        rulings(view, Ruled.REJECT, " "),
        [replace(whole[0], vin="X"), whole[1]],
    ):
        with pytest.raises(RulingError):
            decisions.decide(parties.database, official, number, 1, wrong)
    with pytest.raises(ChangedError):
        decisions.decide(parties.database, official, number, 2, whole)
    queue.hold(parties.database, parties.north["official2"], number)
    with pytest.raises(HeldError):
        decisions.decide(parties.database, official, number, 1, whole)
    decisions.decide(parties.database, parties.north["official2"], number, 1, whole)
    with pytest.raises(NotDecidableError):
        decisions.decide(parties.database, official, number, 2, whole)


def test_of_many_who_decide_at_once_one_wins(parties: Parties) -> None:
    view = parties.flagged_case(parties.north)
    people = [parties.north[name] for name in ("official", "official2", "senior", "senior2")] * 4

    def race(place: int) -> bool:
        outcome = (Ruled.REJECT, Ruled.RETURN)[place % 2]
        try:
            decisions.decide(parties.database, people[place], view.case.id, 1, rulings(view, outcome, str(place)))
        except (ChangedError, NotDecidableError):
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(race, range(len(people))))
    assert won.count(True) == 1
    (decision,) = queue.open_view(parties.database, people[0], view.case.id).decisions
    assert decision.public_comment == str(won.index(True))


def test_the_queue_hands_out_the_riskiest_case_to_one_person(parties: Parties) -> None:
    north = parties.north
    mild, grave = parties.doubtful_case(north), parties.flagged_case(north, vehicles=3)
    assert grave.case.risk > mild.case.risk
    first = queue.pull(parties.database, north["official"], Filters())
    second = queue.pull(parties.database, north["official2"], Filters())
    assert first is not None
    assert second is not None
    assert (first.case.id, second.case.id) == (grave.case.id, mild.case.id)
    assert queue.pull(parties.database, north["senior"], Filters()) is None
    queue.let_go(parties.database, north["official"], first.case.id)
    again = queue.pull(parties.database, north["senior"], Filters())
    assert again is not None
    assert again.case.id == grave.case.id
    with parties.database.transaction() as connection:  # a quarter of an hour later
        connection.execute(update(t.cases).values(held_until=1.0))
    fallen = queue.pull(parties.database, north["official2"], Filters())
    assert fallen is not None
    assert fallen.case.id == grave.case.id


def test_a_decision_is_taken_back_in_time_by_whoever_made_it_and_stays_on_record(parties: Parties) -> None:
    view = _approved(parties)
    database, version = parties.database, view.case.version
    with pytest.raises(NotDecidableError):
        decisions.undo(database, parties.north["official2"], view.case.id, version, UNDO)
    with pytest.raises(NotDecidableError):
        decisions.undo(database, parties.north["official"], view.case.id, version, 0.0)
    assert decisions.published(database, view.document.id, UNDO) == ()
    assert [one.outcome for one in decisions.published(database, view.document.id, 0.0)] == [Ruled.APPROVE]
    case = decisions.undo(database, parties.north["senior"], view.case.id, version, UNDO)
    assert (case.state, _standing(parties, case.sha256)) == ("open", {})
    assert decisions.published(database, view.document.id, 0.0) == ()
    seen = queue.open_view(database, parties.north["official"], case.id)
    assert [one.state for one in seen.decisions] == ["withdrawn"]
    acts = [entry.act for entry, _ in queue.history(database, parties.north["official"], case.id)]
    assert acts == ["uploaded", "judged", "proposed", "seconded", "taken back"]


def test_judging_again_never_touches_a_decision_but_tells_of_a_new_fail(parties: Parties) -> None:
    north = parties.north
    view = parties.doubtful_case(north)
    decisions.decide(parties.database, north["official"], view.case.id, 1, rulings(view, Ruled.APPROVE))
    recording.judge_again(parties.database, view.document.id, "test")
    parties.work()
    assert parties.case_of(north, view.document.id).case.id == view.case.id  # nothing new: no new case
    vin = view.vehicles[0].vin
    other = replace(b.record(), vin=vin, application_number=f"AP-{vin}", export_country="RU", applicant="x")
    recording.put_records(parties.database, Records((other,)), "test")
    parties.work()
    reopened = parties.case_of(north, view.document.id)
    assert reopened.case.reason == "decided_earlier"
    assert "record.export_country" in reopened.vehicles[0].failing
    assert reopened.case.risk > view.case.risk
    assert _standing(parties, view.case.sha256) == {view.case.sha256: "approve"}
    with pytest.raises(NotDecidableError):
        decisions.undo(parties.database, north["official"], view.case.id, 2, UNDO)


def test_a_batch_that_judges_anew_tells_of_a_new_fail_once(parties: Parties) -> None:
    view = parties.doubtful_case(parties.north)
    decisions.decide(parties.database, parties.north["official"], view.case.id, 1, rulings(view, Ruled.APPROVE))
    assert reopen_decided(parties.database, view.case.sha256, []) == 0
    assert reopen_decided(parties.database, view.case.sha256, ["vin.reuse"]) == 1
    assert reopen_decided(parties.database, view.case.sha256, ["vin.reuse"]) == 0
    assert parties.case_of(parties.north, view.document.id).case.reason == "decided_earlier"


def test_two_offices_share_no_application(parties: Parties) -> None:
    parties.put_records(parties.north, parties.fresh_claim(parties.north), "AP-1")
    with pytest.raises(recording.OtherOfficeError):
        parties.put_records(parties.south, parties.fresh_claim(parties.south), "AP-1")


def test_a_deleted_document_leaves_its_decision_and_no_value(parties: Parties) -> None:
    view = _approved(parties)
    official = parties.north["official"]
    corrections.correct(parties.database, official, view.document.id, Reading(1, "exporter", "某公司"), b.ON)
    keeping.delete_document(parties.database, view.document.id, "test")
    with parties.database.reading() as connection:
        assert list(connection.scalars(select(t.corrections.c.value))) == [""]
        assert connection.scalar(select(func.count()).select_from(t.decisions)) == 1
        assert cases.undecided_case(connection, view.document.id) is None


def test_decisions_come_back_from_a_backup_whatever_became_of_the_people(parties: Parties, tmp_path_factory) -> None:  # type: ignore[no-untyped-def]
    view = _approved(parties)
    with parties.database.transaction() as connection:
        change_person(connection, parties.north["senior"].id, role=Role.AUDITOR.value, active=False)
    folder = tmp_path_factory.mktemp("backup")
    keeping.back_up(parties.database, folder / "saved")
    restored = Database(f"sqlite:///{folder}/restored.db", blobs=folder / "blobs")
    keeping.restore(restored, folder / "saved")
    seen = queue.open_view(restored, parties.north["official"], view.case.id)
    assert [(one.outcome, one.state) for one in seen.decisions] == [("approve", "final")]
    with pytest.raises(StoreError), restored.transaction() as connection:
        connection.execute(update(t.decisions).values(outcome="reject"))
