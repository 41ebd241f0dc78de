"""What defects are made of: each takes a genuine plan and plants exactly one thing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from samples.content import Plan

Planter = Callable[[Plan, np.random.Generator], Plan]
Defects = dict[str, tuple[Planter, tuple[str, ...]]]
"""By name: how to plant it, and the checks of which at least one must see it."""


def printed(plan: Plan, **changes: object) -> Plan:
    """Return the plan with other fields printed on the letter."""
    return replace(plan, letter=replace(plan.letter, **changes))  # type: ignore[arg-type]


def recorded(plan: Plan, **changes: object) -> Plan:
    """Return the plan with other fields in the office's records."""
    return replace(plan, records=replace(plan.records, **changes))  # type: ignore[arg-type]


def first_recorded(plan: Plan, **changes: object) -> Plan:
    """Return the plan with another record of its first vehicle."""
    first, *others = plan.records.vehicles
    return recorded(plan, vehicles=(replace(first, **changes), *others))  # type: ignore[arg-type]
