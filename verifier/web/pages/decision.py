"""A case as its page shows it: what is to be decided, what was, who may do what now. Pure."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass

from verifier.cases.queue import CaseView
from verifier.store.cases import AWAITING_SECOND, DECIDED, FINAL, OPEN, PROPOSED, StoredDecision
from verifier.store.people import Person

LIVING = (PROPOSED, FINAL)


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What the decision panel shows."""

    view: CaseView
    living: dict[str, StoredDecision]
    """The ruling that stands or is proposed, by VIN."""
    earlier: tuple[StoredDecision, ...]
    """Refused and withdrawn ones, and those of earlier cases."""
    held_by: str | None
    """Somebody else who has the case in hand."""
    may_undo: bool
    undo_until: float | None

    @property
    def is_open(self) -> bool:
        """Whether it waits for a first decision."""
        return self.view.case.state == OPEN

    @property
    def awaits_second(self) -> bool:
        """Whether it waits for a second person."""
        return self.view.case.state == AWAITING_SECOND

    @property
    def is_decided(self) -> bool:
        """Whether it is decided."""
        return self.view.case.state == DECIDED

    @property
    def common(self) -> tuple[str, ...]:
        """Checks that fail for every vehicle: told once."""
        counted = Counter(check for one in self.view.vehicles for check in set(one.failing))
        return tuple(check for check, number in counted.items() if number == len(self.view.vehicles) > 1)


def decision_view(view: CaseView, person: Person, undo_seconds: float) -> DecisionView:
    """Return the panel of a case for one person, as of now."""
    now = time.time()
    living = {one.vin: one for one in view.decisions if one.case_id == view.case.id and one.state in LIVING}
    earlier = tuple(one for one in view.decisions if one.id not in {two.id for two in living.values()})
    mine = bool(living) and all(person.id in (one.decided_by, one.seconded_by) for one in living.values())
    finals = [one.final_at for one in living.values() if one.final_at is not None]
    until = min(finals) + undo_seconds if finals else None
    holder = view.case.holder_id if (view.case.held_until or 0.0) > now else None
    return DecisionView(
        view,
        living,
        earlier,
        view.names.get(holder, "…") if holder and holder != person.id else None,
        mine and view.case.state in (AWAITING_SECOND, DECIDED) and (until is None or now <= until),
        until,
    )
