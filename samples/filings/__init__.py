"""Applications with everything filed for them, and the report each must get: letters, proofs, certificates, records."""

from __future__ import annotations

import numpy as np

from samples.applications import INDICES_EACH, Case, applications
from samples.filings import letters, papers
from samples.filings.base import FIRST_INDEX, Filing, rows_of
from samples.planning import genuine_plan

__all__ = ["KINDS", "Filing", "filings"]

KINDS = (*letters.KINDS, *papers.KINDS)


def filings(n: int, seed: int) -> list[Filing]:
    """Return at least `n` applications: half of letters alone, half with what else may be filed."""
    found = [_of_letters(case) for case in applications(n // 2, seed)]
    number = 0
    while len(found) < n:
        plan = genuine_plan(FIRST_INDEX + number * INDICES_EACH, seed, one_country=True)
        rng = np.random.default_rng([seed, number, 21])
        found += KINDS[number % len(KINDS)](plan, rng)
        number += 1
    return found


def _of_letters(case: Case) -> Filing:
    """Return a case of samples.applications as a filing."""
    plans = (*case.plans, *case.unwritten)
    rows = {(row["application_number"], row["vin"]): row for plan in plans for row in rows_of(plan)}
    mine = tuple(row for (number, _), row in rows.items() if number == case.application)
    return Filing(case.name, case.application, mine, case.statuses, case.verdict, case.plans)
