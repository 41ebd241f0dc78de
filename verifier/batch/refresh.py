"""Bringing entries of the archive up to date before they are judged again: each from the first stage that changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

import msgspec
from sqlalchemy import Connection

from verifier.batch.filing import file_part, specimens_digest, unpack_claims
from verifier.batch.place import Place
from verifier.batch.shards import Shard
from verifier.examination import Examination
from verifier.extraction import Labels
from verifier.match import issuer_key
from verifier.pipeline import issuing_maker, understand
from verifier.recognition.comparator import CharacterComparator, load_comparator
from verifier.record import Registry
from verifier.seals.again import compare_again
from verifier.settings import models_folder
from verifier.store import archive, repositories
from verifier.store.archive import Entry, FiledPart
from verifier.store.database import Database


class Stage(StrEnum):
    """The first stage that has to be repeated."""

    RULES = "rules"
    """Nothing but judging."""
    SEALS = "seals"
    """Impressions of the letter's maker were registered, retired or changed."""
    EXTRACTION = "extraction"
    """Labels or the like changed: what the words claim is worked out again."""
    READING = "reading"
    """Only the document itself can tell."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What became of one entry; `filed` is None where nothing changed or the document must be read again."""

    entry: int
    stage: Stage
    filed: FiledPart | None = None


@dataclass(frozen=True, slots=True, eq=False)
class RefreshWork:
    """Works out again what a shard of entries claims, where today's stages say something else."""

    place: Place
    registry: Registry

    def process(self, shard: Shard[int], *, killable: bool) -> bytes:
        """Return what became of each entry, in the shard's order."""
        database = self.place.open()
        with database.reading() as connection:
            entries = archive.get_entries(connection, shard.items)
            return msgspec.msgpack.encode([self._refreshed(connection, database, entries[i]) for i in shard.items])

    def _refreshed(self, connection: Connection, database: Database, entry: Entry) -> Refreshed:
        seen = unpack_claims(entry.claims)
        stage = stage_of(entry, seen, self.registry, _labels().version)
        if stage is Stage.RULES:
            return Refreshed(entry.id, stage)
        parts = repositories.get_examination(connection, entry.sha256, entry.made_with, database.blobs)
        now = None if parts is None else self._again(parts, stage, entry.specimens)
        mine = next((part for part in now or () if part.part_index == entry.part_index), None)
        if mine is None:
            return Refreshed(entry.id, Stage.READING)
        return Refreshed(entry.id, stage, file_part(mine, self.registry))

    def _again(
        self, parts: tuple[Examination, ...], stage: Stage, compared_with: str
    ) -> tuple[Examination, ...] | None:
        """Return the parts of a file as they are seen today; None where the document itself is needed."""
        if stage is Stage.EXTRACTION:
            understood = understand(parts, _labels(), self.registry)
            if understood is None:
                return None
            parts = understood
        compared = [
            part if specimens_digest(part, self.registry) == compared_with else seals_again(part, self.registry)
            for part in parts
        ]
        return None if None in compared else tuple(part for part in compared if part is not None)


@lru_cache(maxsize=1)
def _labels() -> Labels:
    return Labels.load(models_folder())


@lru_cache(maxsize=1)
def _comparator() -> CharacterComparator:
    return load_comparator(models_folder())


def stage_of(entry: Entry, seen: Examination, registry: Registry, labels_version: str) -> Stage:
    """Return the first stage that an entry has to repeat; what was read is kept whatever the reader is today."""
    if seen.models_version != labels_version:
        return Stage.EXTRACTION
    if specimens_digest(seen, registry) != entry.specimens or (issuer_key(seen.letter, registry) or "") != entry.maker:
        return Stage.SEALS
    return Stage.RULES


def seals_again(seen: Examination, registry: Registry) -> Examination | None:
    """Return an examination with its seals compared with today's impressions; None where the page must be seen."""
    maker = issuing_maker(seen.letter, registry)
    specimens = registry.active_specimens(maker)
    pages = {page.number: page for page in seen.pages}
    seals = [compare_again(seal, pages[seal.page], maker, specimens, _comparator) for seal in seen.seals]
    if None in seals:
        return None
    compared = tuple(seal for seal in seals if seal is not None)
    return replace(seen, seals=compared, registry_version=registry.registry_version)


# --- the driver's side ----------------------------------------------------------------------------------


def read_refreshed(answer: bytes) -> list[Refreshed]:
    """Return what `RefreshWork.process` packed."""
    return msgspec.msgpack.decode(answer, type=list[Refreshed])


def keep_refreshed(database: Database, refreshed: Iterable[Refreshed]) -> None:
    """File anew what changed; the examination itself, words and pictures, stays as it was read."""
    changed = {one.entry: one.filed for one in refreshed if one.filed is not None}
    if changed:
        with database.transaction() as connection:
            for entry in archive.get_entries(connection, changed).values():
                archive.refile(connection, entry, changed[entry.id])


FILED_TOGETHER = 100


def file_all(database: Database, registry: Registry) -> int:
    """File every examination that is not filed yet (the service keeps them, too); return how many documents."""
    count = 0
    while True:
        with database.transaction() as connection:
            waiting = archive.unfiled(connection, FILED_TOGETHER)
            for one in waiting:
                parts = repositories.get_examination(connection, one.sha256, one.made_with, database.blobs) or ()
                _file(connection, one, parts, registry)
        count += len(waiting)
        if not waiting:
            return count


def _file(connection: Connection, one: archive.Unfiled, parts: Sequence[Examination], registry: Registry) -> None:
    filing = archive.Filing(one.name, one.application or "", one.made_with, one.examined_at)
    for seen in parts:
        archive.put_entry(connection, file_part(seen, registry), filing)
