"""Use-case: a seal beside the impressions registered for its maker, in pictures. Read only."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from PIL import Image

from verifier.cases.presenting import Presented
from verifier.cases.viewing import EFFORT, QUALITY
from verifier.errors import NotFoundError
from verifier.examination import Examination, Seal
from verifier.formats.names import normalise_name
from verifier.record import CharacterLayout, Registry, Specimen, SpecimenStatus
from verifier.report import Check
from verifier.seals.pictures import SealPictures, draw_pictures
from verifier.store import bearing
from verifier.store import documents as uploads
from verifier.store.database import Database
from verifier.store.documents import Owners, StoredUpload, is_among

PICTURES = ("crop", "ink", "specimen", "difference", "marked")
"""What `draw` can show: the fields of SealPictures."""
MOST_DRAWN = 64
"""Sets of pictures kept: 480 × 480 × 5, about 3 MB a set."""


@dataclass(frozen=True, slots=True)
class SealView:
    """A found seal and what it may be compared with."""

    part: int
    index: int
    """Position in the report's `seals`, from 0."""
    seal: Seal
    specimens: tuple[Specimen, ...]
    """Impressions of the maker it was compared with, the closest first; the issuer's where it was not."""
    same_ink: tuple[StoredUpload, ...]
    """Documents with the very same ink."""


def seal_views(database: Database, presented: Presented, registry: Registry, owners: Owners) -> tuple[SealView, ...]:
    """Return every seal of a document; other documents are named where they are these owners'."""
    same_ink = _same_ink(database, presented, owners)
    return tuple(
        SealView(part.part_index, index, seal, specimens_for(part, seal, registry), same_ink)
        for part in presented.seen
        for index, seal in enumerate(part.seals)
    )


def specimens_for(part: Examination, seal: Seal, registry: Registry) -> tuple[Specimen, ...]:
    """Return the impressions to lay over a seal, the closest first."""
    compared = seal.comparison
    wanted = compared.manufacturer if compared else _maker_of(part, registry)
    found = [one for one in registry.specimens if wanted and normalise_name(one.manufacturer) == normalise_name(wanted)]
    first = compared.specimen_sha256 if compared else ""
    return tuple(sorted(found, key=lambda one: (one.sha256 != first, one.status is not SpecimenStatus.ACTIVE)))


def _maker_of(part: Examination, registry: Registry) -> str | None:
    issuer = part.letter.issuer
    maker = registry.known_makers.named(issuer.value) if issuer else None
    return maker.name if maker else None


def _same_ink(database: Database, presented: Presented, owners: Owners) -> tuple[StoredUpload, ...]:
    """Return the documents that `seal.reuse` names; reports name them as their senders did."""
    failed = [c for c in _checks(presented) if c.id == "seal.reuse" and c.outcome == "fail"]
    names = {name for check in failed for name in (check.found or "").split(", ") if name}
    if not names:
        return ()
    with database.reading() as connection:
        related = bearing.bearing_on_stored(connection, presented.upload.sha256)
        found = uploads.uploads_of(connection, sorted(related))
    mine = (one for one in found if one.id != presented.upload.id and is_among(one.owner, owners))
    return tuple(one for one in mine if one.name in names)


def _checks(presented: Presented) -> Iterable[Check]:
    return (check for report in presented.reports for check in report.checks)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A seal and an impression, equal where their digests are."""

    ink: str
    specimen: str
    layout: CharacterLayout | None
    worst: int | None
    stored: bytes = field(compare=False)
    impression: Specimen = field(compare=False)


def draw(seal: Seal, specimen: Specimen, what: str) -> bytes:
    """Return one of PICTURES as WebP, 480 × 480, turned as the impression stands.

    Raises NotFoundError where either holds no seal that could be laid over the other.
    """
    worst = seal.comparison.worst_character if seal.comparison else None
    pair = _Pair(hashlib.sha256(seal.ink).hexdigest(), specimen.sha256, specimen.layout, worst, seal.ink, specimen)
    drawn = _drawn(pair) if seal.ink else None
    if drawn is None or what not in PICTURES:
        raise NotFoundError("a picture of the seal")
    written = io.BytesIO()
    Image.fromarray(getattr(drawn, what)).save(written, "WEBP", quality=QUALITY, method=EFFORT)
    return written.getvalue()


@lru_cache(maxsize=MOST_DRAWN)
def _drawn(pair: _Pair) -> SealPictures | None:
    return draw_pictures(pair.stored, pair.impression, pair.worst)
