"""Use-cases: the audit is signed, exported and verified. An edit, a gap and a cut tail are found, the first one named.

Digests alone prove nothing against whoever may write the database: they could be made anew from any entry on. A
checkpoint kept elsewhere, signed with Ed25519 (RFC 8032), fixes everything up to its entry.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from sqlalchemy import Connection, select

from verifier.cases.decisions import digest_of
from verifier.errors import ConfigurationError, InvalidInputError, NotFoundError
from verifier.store import audit, cases
from verifier.store.audit import FIRST, Checkpoint, Entry
from verifier.store.case_tables import decisions
from verifier.store.clock import now
from verifier.store.database import Database

FORMAT = "verifier audit checkpoint 1"
"""First line of what is signed."""
RULING_ACTS = frozenset(["proposed", "decided", "seconded", "refused", "taken back"])


@dataclass(frozen=True, slots=True)
class Bad:
    """The first thing that does not fit: from `entry` on nothing is proven."""

    entry: int
    what: str


@dataclass(frozen=True, slots=True)
class Verification:
    """How far the chain goes, and the first thing that does not fit in it, None where everything does."""

    entries: int
    checkpoints: int
    bad: Bad | None


# --- signing --------------------------------------------------------------------------------------------


def signing_key(path: Path) -> Ed25519PrivateKey:
    """Return the key in a PEM file that only its owner can read, made where there is none.

    Raises ConfigurationError where it is no such key or cannot be read.
    """
    try:
        if not path.exists():
            _make_key(path)
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise ConfigurationError(f"VERIFIER_AUDIT_KEY: {path.name} is no usable key") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise ConfigurationError(f"VERIFIER_AUDIT_KEY: {path.name} is no Ed25519 key")
    return key


def _make_key(path: Path) -> None:
    """Write a new key whole or not at all; one that another process made meanwhile stays."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    content = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    partial = path.with_suffix(f".{os.getpid()}.partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(partial, path)
    except FileExistsError:
        pass
    finally:
        partial.unlink()


def public_key(key: Ed25519PrivateKey) -> str:
    """Return the public half as base64: what checkpoints are verified with."""
    return base64.b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def _signed(entry: int, digest: str, at: float) -> bytes:
    return f"{FORMAT}\n{entry}\n{digest}\n{at!r}\n".encode()


def checkpoint_of(entry: Entry, at: float, key: Ed25519PrivateKey) -> Checkpoint:
    """Return a signed statement that the chain goes up to `entry`."""
    signature = base64.b64encode(key.sign(_signed(entry.id, entry.digest, at))).decode()
    return Checkpoint(entry.id, entry.digest, at, public_key(key), signature)


def is_signed(checkpoint: Checkpoint, trusted: str) -> bool:
    """Return whether a checkpoint is signed by the key that is trusted."""
    if checkpoint.key != trusted:
        return False
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(trusted, validate=True))
        message = _signed(checkpoint.entry, checkpoint.digest, checkpoint.at)
        key.verify(base64.b64decode(checkpoint.signature, validate=True), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def make_checkpoint(database: Database, key_file: Path) -> Checkpoint:
    """Sign how far the chain goes, keep that here too, and return it; raises NotFoundError where nothing happened."""
    key = signing_key(key_file)
    with database.transaction() as connection:
        last = audit.last_entry(connection)
        if last is None:
            raise NotFoundError("an audit entry")
        made = checkpoint_of(last, now(connection), key)
        audit.put_checkpoint(connection, made)
    return made


def sign_what_is_new(database: Database, key_file: Path) -> None:
    """Keep a checkpoint here of what happened since the last one."""
    with database.reading() as connection:
        last, kept = audit.last_entry(connection), audit.list_checkpoints(connection)
    if last is not None and (not kept or kept[-1].entry < last.id):
        make_checkpoint(database, key_file)


def parse_checkpoint(text: str) -> Checkpoint:
    """Return a checkpoint from its JSON; raises InvalidInputError."""
    try:
        return msgspec.json.decode(text, type=Checkpoint)
    except msgspec.MsgspecError as error:
        raise InvalidInputError("no checkpoint of the audit") from error


# --- verifying ------------------------------------------------------------------------------------------


def verify(database: Database, outside: Iterable[Checkpoint], trusted: str) -> Verification:
    """Return what is wrong with the audit here, measured by its own digests, and by checkpoints kept elsewhere.

    `trusted` is the public key, base64. Decisions are held against their entries, too.
    """
    given = tuple(outside)
    with database.snapshot() as connection:
        known = (*given, *audit.list_checkpoints(connection))
        found = verify_chain(audit.entries(connection), known, trusted)
        bad = found.bad or _changed_decision(connection)
    return Verification(found.entries, found.checkpoints, bad)


def verify_chain(entries: Iterable[Entry], checkpoints: Iterable[Checkpoint], trusted: str) -> Verification:
    """Return what is wrong with a chain: the first entry that was altered, is missing or was cut off."""
    given = tuple(checkpoints)
    unsigned = sorted(one.entry for one in given if not is_signed(one, trusted))
    if unsigned:
        return Verification(0, len(given), Bad(unsigned[0], "its checkpoint is not signed by the trusted key"))
    signed = {one.entry: one for one in given}
    last, number = Entry(0, 0.0, "", "", "", "", "", FIRST), 0
    for entry, after in _with_next(entries):
        vouched = after is not None and after.previous == entry.digest
        vouched = vouched or (entry.id in signed and signed[entry.id].digest == entry.digest)
        bad = _misfit(last, entry, is_vouched=vouched)
        if bad is None and entry.id in signed and signed[entry.id].digest != entry.digest:
            bad = Bad(entry.id, "it, or one before it, is not what the checkpoint signed")
        if bad is not None:
            return Verification(number, len(given), bad)
        last, number = entry, number + 1
    beyond = max(signed, default=0)
    cut = Bad(last.id + 1, f"cut off: a checkpoint signed entry {beyond}") if beyond > last.id else None
    return Verification(number, len(given), cut)


def _with_next(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Entry | None]]:
    last: Entry | None = None
    for entry in entries:
        if last is not None:
            yield last, entry
        last = entry
    if last is not None:
        yield last, None


def _misfit(last: Entry, entry: Entry, *, is_vouched: bool) -> Bad | None:
    """Return what does not fit between two entries; one that something else vouches for is not the altered one."""
    if entry.computed != entry.digest:
        return Bad(entry.id, "altered: its contents do not have its digest")
    if entry.previous == last.digest:
        return None
    if entry.id > last.id + 1:
        return Bad(last.id + 1, "missing")
    guilty = last.id if is_vouched and last.id else entry.id
    return Bad(guilty, "altered: the entries around it do not follow one another")


def _changed_decision(connection: Connection) -> Bad | None:
    """Return the entry whose ruling is not in the database as it was recorded; an unrecorded one is named, too."""
    recorded: dict[int, tuple[int, str, str]] = {}
    for entry in audit.entries(connection):
        if entry.act in RULING_ACTS:
            for ruling in json.loads(entry.detail)["rulings"]:
                recorded[ruling["id"]] = (entry.id, ruling["digest"], ruling["state"])
    cases_known = connection.scalars(select(decisions.c.case_id).distinct())
    there = {one.id: one for one in cases.decisions_of(connection, cases_known)}
    for number, (entry_id, digest, state) in sorted(recorded.items(), key=lambda item: item[1][0]):
        one = there.get(number)
        if one is None or (digest_of(one), one.state) != (digest, state):
            return Bad(entry_id, f"decision {number} is not as it was recorded")
    unrecorded = sorted(there.keys() - recorded.keys())
    return Bad(0, f"decision {unrecorded[0]} was never recorded") if unrecorded else None


# --- export ---------------------------------------------------------------------------------------------


def export(database: Database, key_file: Path) -> Iterator[str]:
    """Yield the audit as JSON, an entry a line, and a checkpoint of its end as the last line."""
    made = make_checkpoint(database, key_file)
    with database.snapshot() as connection:
        for entry in audit.entries(connection):
            if entry.id <= made.entry:
                yield json.dumps(asdict(entry), ensure_ascii=False)
    yield json.dumps({"checkpoint": asdict(made)})


def verify_export(lines: Iterable[str], outside: Iterable[Checkpoint], trusted: str) -> Verification:
    """Return what is wrong with an exported audit; raises InvalidInputError where it is none."""
    entries: list[Entry] = []
    checkpoints = list(outside)
    try:
        for line in lines:
            fields = json.loads(line)
            if "checkpoint" in fields:
                checkpoints.append(Checkpoint(**fields["checkpoint"]))
            else:
                entries.append(Entry(**fields))
    except (ValueError, TypeError) as error:
        raise InvalidInputError("no export of the audit") from error
    ordered = all(a.id < b.id for a, b in pairwise(entries))
    if not ordered:
        first = next(b.id for a, b in pairwise(entries) if a.id >= b.id)
        return Verification(0, len(checkpoints), Bad(first, "out of order"))
    return verify_chain(entries, checkpoints, trusted)


def list_entries(
    database: Database, owners: frozenset[str], office_id: str, after: int, limit: int
) -> tuple[Entry, ...]:
    """Return acts on documents of some owners, or by people of an office, oldest first."""
    with database.reading() as connection:
        return audit.entries_of(connection, owners, office_id, after, limit)
