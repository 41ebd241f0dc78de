"""The audit chain and its checkpoints: what verifying says, and the key that signs."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from verifier.cases import auditing
from verifier.errors import ConfigurationError, InvalidInputError
from verifier.store.audit import FIRST, Entry


def chain(length: int) -> list[Entry]:
    """Return a chain that holds."""
    made, previous = [], FIRST
    for number in range(1, length + 1):
        bare = Entry(number, float(number), "who", "did", "what", "{}", previous, "")
        made.append(replace(bare, digest=bare.computed))
        previous = made[-1].digest
    return made


def test_a_whole_chain_holds_up_to_its_checkpoint() -> None:
    key = Ed25519PrivateKey.generate()
    entries = chain(5)
    kept = [auditing.checkpoint_of(entries[-1], 9.0, key)]
    found = auditing.verify_chain(entries, kept, auditing.public_key(key))
    assert (found.entries, found.checkpoints, found.bad) == (5, 1, None)
    cut = auditing.verify_chain(entries[:3], kept, auditing.public_key(key))
    assert cut.bad == auditing.Bad(4, "cut off: a checkpoint signed entry 5")


def test_an_empty_chain_holds_unless_a_checkpoint_knows_better() -> None:
    key = Ed25519PrivateKey.generate()
    kept = auditing.checkpoint_of(chain(2)[1], 9.0, key)
    assert auditing.verify_chain([], [], "").bad is None
    bad = auditing.verify_chain([], [kept], auditing.public_key(key)).bad
    assert bad is not None
    assert bad.entry == 1


@pytest.mark.parametrize(
    "change", [{"entry": 1}, {"digest": "0" * 64}, {"at": 1.5}, {"signature": "AA=="}, {"key": "x"}]
)
def test_a_checkpoint_is_believed_as_it_was_signed(change: dict[str, object]) -> None:
    key = Ed25519PrivateKey.generate()
    entries = chain(2)
    forged = replace(auditing.checkpoint_of(entries[1], 9.0, key), **change)  # type: ignore[arg-type]
    assert auditing.verify_chain(entries, [forged], auditing.public_key(key)).bad is not None


def test_the_key_is_made_once_and_readable_to_its_owner_alone(tmp_path: Path) -> None:
    place = tmp_path / "new" / "key.pem"
    first = auditing.public_key(auditing.signing_key(place))
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert auditing.public_key(auditing.signing_key(place)) == first
    place.write_text("no key")
    with pytest.raises(ConfigurationError):
        auditing.signing_key(place)


@pytest.mark.parametrize("lines", [["{}"], ["["], ['{"checkpoint": {"entry": 1}}']])
def test_what_is_no_export_is_refused(lines: list[str]) -> None:
    with pytest.raises(InvalidInputError):
        auditing.verify_export(lines, [], "")
    with pytest.raises(InvalidInputError):
        auditing.parse_checkpoint(lines[0])
