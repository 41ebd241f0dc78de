"""A small sample of the proof of integrity: one letter, from generator to figures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from samples.captures.patching import KINDS
from samples.planning import genuine_plan
from tests.proofs.ideal import known_for
from tests.proofs.prove_13 import Proof, Tried, document, genuine_files, patched_scans

pytestmark = pytest.mark.acceptance


@pytest.fixture(scope="module")
def proof() -> Proof:
    """Return what is tried on one common letter, the attacks on files left to tests/integration."""
    plans = [replace(genuine_plan(2, 5, one_country=True), layout="form")]
    known = known_for(plans)
    attacked = [Tried("white_text", aside=False, verified=False, seen=True)]
    return Proof("", list(genuine_files(plans, known)), attacked, list(patched_scans(plans, known, 5)))


def test_the_genuine_letter_passes_drawn_and_scanned(proof: Proof) -> None:
    assert [tried.verified for _, tried, _ in proof.genuine] == [True, True]
    assert all(tried.verified for tried in proof.painted if tried.kind == "genuine scan")


def test_what_was_typed_over_a_scan_is_for_a_person(proof: Proof) -> None:
    assert {tried.kind for tried in proof.painted} == {"genuine scan", *KINDS}
    assert all(tried.seen and not tried.verified for tried in proof.painted if tried.kind == "typed")


def test_the_document_says_what_was_measured_and_what_cannot_be_seen(proof: Proof) -> None:
    text = document(proof)
    assert "| attacked files verified | 0 | 0.000 (0/1;" in text
    assert "leave no trace" in text
