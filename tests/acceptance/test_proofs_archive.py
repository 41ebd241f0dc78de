"""A small sample of the archive's proof: the same code on a few documents."""

from __future__ import annotations

import pytest

from tests.benchmarks.batch_simulate import Plan, report
from tests.proofs.prove_12 import SMALL, document, rows

pytestmark = pytest.mark.acceptance


def test_sample_of_the_proof_holds() -> None:
    measured = tuple(rows(SMALL))
    figures = {name: value for name, _, value in measured}
    assert figures["results equal, `seconds` aside"] == "equal"
    deaths = next(value for name, value in figures.items() if "kill −9" in name)
    assert deaths.startswith("1.000 (1/1")
    assert "| asked for |" in document(SMALL, measured)


def test_simulation_names_what_is_full_first() -> None:
    assert Plan(1, database="SQLite").first_full == "reading"
    assert Plan(10_000).first_full != "reading"
    assert Plan(1000, drivers=2).pace >= Plan(1000).pace
    assert "busiest" in report(10**8)
