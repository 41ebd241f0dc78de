"""What changed between two judgements of a document, check by check, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from verifier.store.judgements import Judgement, Row, unpack_checks


class Cause(StrEnum):
    """Why a judgement came out otherwise."""

    RULES = "rules"
    RECORDS = "records"
    DAY = "day"
    """The day it is judged on: validity ran out, a date is no longer ahead."""
    OTHERS = "other documents"
    """Another document of the archive shares something with it, or no longer does."""
    SPECIMENS = "specimens"
    LISTS = "lists"
    EXTRACTION = "extraction"
    READING = "reading"
    FIRST = "first judgement"


@dataclass(frozen=True, slots=True)
class CheckChange:
    """One check of one subject that came out otherwise; None where there was no such row."""

    id: str
    subject: str
    before: str | None
    now: str | None
    reason: str
    because: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A document whose judgement is another one than before."""

    document: str
    sha256: str
    part: int
    application: str
    maker: str
    verdict_before: str | None
    verdict_now: str | None
    decision: str | None
    """What an official decided: it stands, whatever the verdict is now."""
    judged_before: str | None
    judged_now: str
    rules_before: str | None
    rules_now: str
    because: tuple[Cause, ...]
    checks: tuple[CheckChange, ...]

    @property
    def turns(self) -> str:
        """The change of verdict in words."""
        return f"{self.verdict_before or 'not judged'} → {self.verdict_now or 'not processed'}"


Outcomes = Mapping[tuple[str, str], tuple[str, str]]
"""(check, subject) → (outcome, reason)"""


def outcomes_of(rows: Iterable[Row]) -> dict[tuple[str, str], tuple[str, str]]:
    """Return check rows by check and subject; the same subject twice keeps the graver outcome."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for identity, subject, outcome, reason in rows:
        known = found.get((identity, subject))
        if known is None or _GRAVITY.index(outcome) < _GRAVITY.index(known[0]):
            found[identity, subject] = outcome, reason
    return found


_GRAVITY = ("fail", "unsure", "note", "pass", "skipped")


def suspects(before: Judgement, now: Judgement) -> tuple[Cause, ...]:
    """Return what is not the same in two judgements: only that can have changed an outcome."""
    old, new = (msgspec.json.decode(one.versions, type=dict[str, str]) for one in (before, now))
    differs = {
        Cause.RECORDS: before.snapshot != now.snapshot,
        Cause.DAY: before.judged_on != now.judged_on,
        Cause.OTHERS: before.others != now.others,
        Cause.SPECIMENS: old["registry"] != new["registry"],
        Cause.LISTS: old["lists"] != new["lists"],
        Cause.EXTRACTION: old["models"] != new["models"],
        Cause.READING: old["reader"] != new["reader"],
        Cause.RULES: (old["rules"], old["verifier"]) != (new["rules"], new["verifier"]),
    }
    return tuple(cause for cause, is_so in differs.items() if is_so)


def differences(before: Outcomes, now: Outcomes) -> Iterator[tuple[str, str]]:
    """Yield (check, subject) of the rows that came out otherwise, in a fixed order."""
    for place in sorted(before.keys() | now.keys()):
        if before.get(place) != now.get(place):
            yield place


def explain(
    before: Outcomes, now: Outcomes, possible: Sequence[Cause], undone: Mapping[Cause, Outcomes]
) -> tuple[CheckChange, ...]:
    """Return the changed rows with their causes.

    `undone` holds, by cause, how it comes out today with that one thing as it was before: where a row then is as
    before, that was it. What cannot be undone (older rules, registry, readings) is named where nothing else fits.
    """
    rest = tuple(cause for cause in possible if cause not in undone) or tuple(possible)
    found = []
    for place in differences(before, now):
        causes = tuple(c for c, outcomes in undone.items() if outcomes.get(place) == before.get(place)) or rest
        was, is_ = before.get(place), now.get(place)
        found.append(
            CheckChange(*place, was[0] if was else None, is_[0] if is_ else None, (is_ or was or ("", ""))[1], causes)
        )
    return tuple(found)


def outcomes_before(judgement: Judgement) -> Outcomes:
    """Return the check rows of a stored judgement."""
    return outcomes_of(unpack_checks(judgement.checks))
