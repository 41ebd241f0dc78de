"""A small sample of proof 10: roles, races, kills and edits, and that the search for leaks would find one."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tests.proofs.chains import EDITS, edit_at_random, make_history
from tests.proofs.deeds import kill_everywhere, race
from tests.proofs.prove_10 import Proof, Sequences, Sizes, document, store
from tests.proofs.roles import Sent, Witness, run_sequences
from tests.service.rooms import rooms

pytestmark = pytest.mark.acceptance
SMALL = Sizes(sequences=12, steps=6, races=6, rounds=1, edits=5 * len(EDITS), history=3)


def test_roles_leak_nothing_races_have_one_winner_kills_lose_nothing_edits_are_found(tmp_path: Path) -> None:
    with rooms(tmp_path / "rooms", control_share=0.5) as made:
        witness = run_sequences(made, SMALL.sequences, SMALL.steps)
        assert witness.leaks == []
        assert witness.answers > SMALL.sequences
        _would_be_found(witness)
    with store(tmp_path / "store", "SQLite") as (parties, url):
        raced = race(parties, url, tmp_path / "store" / "blobs", SMALL.races)
        assert (raced.one_winner, raced.wrong) == (SMALL.races, ())
        killed = kill_everywhere(parties, SMALL.rounds, every=13)
        assert killed.wrong == []
        assert killed.kills.total() > 10
    with store(tmp_path / "audit", "SQLite") as (parties, _):
        make_history(parties, SMALL.history)
        edited = edit_at_random(parties, SMALL.edits, seed=1)
    assert edited.missed == []
    assert edited.total == SMALL.edits
    proof = Proof(Sequences.of(Witness(made)), {"SQLite": raced}, {"SQLite": killed}, {"SQLite": edited})
    assert proof.holds
    assert "| SQLite | 6 | 24 |" in document(proof, SMALL)


def _would_be_found(witness: Witness) -> None:
    """Another's digest, a note of the office, a colleague's name: each in an answer is found."""
    party = witness.rooms.parties.north
    claim = witness.rooms.parties.fresh_claim(party)
    sent = Sent("0" * 26, "north", "exporter", claim, "their-file.pdf", "AP-theirs", False, "secret-note-1")
    witness.remember(sent)
    before = len(witness.leaks)
    for who, where, word in (
        ("exporter", "south", sent.sha256),
        ("senior", "south", claim.vins[0]),
        ("admin", "north", sent.name),
        ("exporter", "north", sent.secret),
        ("exporter", "north", party["official"].name),
    ):
        witness.look(
            httpx.Response(200, text=f'{{"x": "{word}"}}', request=httpx.Request("GET", "http://x/")), who, where
        )
    witness.look(httpx.Response(200, text=sent.name, request=httpx.Request("GET", "http://x/")), "official", "north")
    assert len(witness.leaks) - before == 5
