"""Finding the same ink pixels among all seals of the archive: new entries against every earlier one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from verifier.examination import Seal
from verifier.seals.ink import same_pixels
from verifier.seals.prints import SAME_DIAMETER, PrintShelf
from verifier.second_pass import SAME_INK
from verifier.store import archive
from verifier.store.archive import Entry, ShelvedPrint
from verifier.store.blobs import Blobs
from verifier.store.database import Database
from verifier.store.repositories import get_examination

Pair = tuple[int, int, float]


def pair_inks(database: Database) -> None:
    """Find and keep the pairs that new seals form with any seal of the archive; a run that died is made up for."""
    with database.transaction() as connection:
        buckets = archive.unpaired_buckets(connection)
    for bucket in buckets:
        with database.transaction() as connection:
            shelved = archive.prints_of(connection, bucket)
            archive.put_ink_pairs(connection, _pairs_among(_Pictures(connection, database.blobs), shelved))
            archive.mark_paired(connection, bucket, shelved[-1].entry)


def _pairs_among(pictures: _Pictures, shelved: Sequence[ShelvedPrint]) -> Iterator[Pair]:
    if len({one.entry for one in shelved}) < 2:
        return
    shelf = PrintShelf.of([one.print for one in shelved], [one.diameter_mm for one in shelved])
    for place, one in enumerate(shelved):
        if not one.paired:
            others = [shelved[other] for other in shelf.find(place, SAME_DIAMETER)]
            yield from _confirmed(pictures, (one.entry, one.seal), [(o.entry, o.seal) for o in others])


def _confirmed(pictures: _Pictures, mine: tuple[int, int], others: Sequence[tuple[int, int]]) -> Iterator[Pair]:
    """Yield those of `others` (entry, seal) whose pixels are the same: the picture itself decides."""
    if not others:
        return
    entries = archive.get_entries(pictures.connection, {mine[0], *(entry for entry, _ in others)})
    own = entries[mine[0]]
    seal = pictures.seal(own, mine[1])
    for number, place in others:
        other = entries[number]
        if (other.sha256, other.part_index) == (own.sha256, own.part_index):
            continue
        found = pictures.seal(other, place)
        likeness = same_pixels(seal, found) if seal and found else 0.0
        if likeness >= SAME_INK:
            yield own.id, other.id, likeness


@dataclass(frozen=True, slots=True)
class _Pictures:
    """Where the pictures of seals are kept."""

    connection: Connection
    blobs: Blobs

    def seal(self, entry: Entry, seal: int) -> Seal | None:
        """Return a seal with its stored picture, None where its examination is gone."""
        parts = get_examination(self.connection, entry.sha256, entry.made_with, self.blobs) or ()
        seals = next((part.seals for part in parts if part.part_index == entry.part_index), ())
        return seals[seal] if seal < len(seals) else None
