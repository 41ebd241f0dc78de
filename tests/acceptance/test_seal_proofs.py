"""A small sample of the proofs of seals: the same code on a few makers."""

from __future__ import annotations

import pytest

from tests.proofs import prove_06, prove_07


@pytest.mark.acceptance
def test_one_exchanged_character_is_not_accepted_and_genuine_seals_pass() -> None:
    done = prove_07.measured(9, "aside")
    figures = {asked: rate for asked, _, rate in prove_07.figures(done)}
    assert figures["one look-alike character accepted, ≥200 dpi"].hits == 0
    assert figures["genuine passes, ≥200 dpi, clean or under a signature"].hits >= 1
    text = prove_07.document("command", {"kept aside": done})
    assert "95 %" in text


@pytest.mark.acceptance
def test_other_seals_are_refused_and_the_table_is_whole() -> None:
    rows = list(prove_06.rows(8, 1))
    refused = next(row for row in rows if row.startswith("| another company's seal matches"))
    assert "| 0.000 (0/" in refused
    assert all(row.count("|") == 4 for row in rows)
