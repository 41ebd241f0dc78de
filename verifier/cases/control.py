"""Use-case: control of the machine. Blind decisions on letters that it had verified measure its false accepts."""

from __future__ import annotations

import math
from dataclasses import dataclass

from verifier.cases.decisions import Ruled
from verifier.store import cases
from verifier.store.cases import WantedCases
from verifier.store.database import Database

QUANTILE = 1.959964
"""Of the normal distribution, for bounds of 95 %."""
MOST_CASES = 100_000


@dataclass(frozen=True, slots=True)
class Measured:
    """Control cases of an office: decided ones, those a person did not approve, those that wait."""

    judged: int
    disagreed: int
    waiting: int

    @property
    def bounds(self) -> tuple[float, float] | None:
        """95 % bounds of the false-accept rate (Wilson), None before the first decision."""
        n = self.judged
        if n == 0:
            return None
        share, z = self.disagreed / n, QUANTILE
        middle = (share + z * z / (2 * n)) / (1 + z * z / n)
        reach = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
        return max(0.0, middle - reach), min(1.0, middle + reach)


def measured(database: Database, office_id: str) -> Measured:
    """Return how often a person who did not know the verdict disagreed with *verified*, as of now."""
    with database.reading() as connection:
        decided, open_ = (cases.DECIDED,), cases.UNDECIDED
        judged = cases.list_cases(connection, WantedCases(office_id, decided, (cases.CONTROL,)), MOST_CASES)
        rulings = cases.decisions_of(connection, (case.id for case in judged))
        waiting = cases.list_cases(connection, WantedCases(office_id, open_, (cases.CONTROL,)), MOST_CASES)
    final = [one for one in rulings if one.state == cases.FINAL]
    disagreed = {one.case_id for one in final if one.outcome != Ruled.APPROVE.value}
    return Measured(len(judged), len(disagreed), len(waiting))
