"""What the archive keeps at hand of an examination: its claims without words and ink, and what may be reused."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import replace

from verifier.examination import Examination, Seal, decode_examinations, encode_examinations
from verifier.formats.numbers import letter_number_key
from verifier.history import ink_names
from verifier.match import issuer_key
from verifier.page import Page
from verifier.record import Registry, Specimen
from verifier.seals.prints import ink_key_of
from verifier.store.archive import FiledPart, SealPrint

FAST = 1
"""zlib level: claims are read far more often than written."""


def file_part(seen: Examination, registry: Registry) -> FiledPart:
    """Return what the archive keeps at hand of one part of a document."""
    maker = issuer_key(seen.letter, registry) or ""
    return FiledPart(
        sha256=seen.sha256,
        part_index=seen.part_index,
        maker=maker,
        specimens=specimens_digest(seen, registry) if seen.registry_version == registry.registry_version else "",
        claims=pack_claims(seen),
        keys=tuple(sorted(set(reuse_keys_of(seen, maker)))),
        prints=tuple(_prints(seen, maker)),
    )


def pack_claims(seen: Examination) -> bytes:
    """Return an examination without words and ink, as stored: a twelfth of the whole."""
    light = replace(seen, pages=tuple(map(_bare, seen.pages)), seals=tuple(map(_dry, seen.seals)), opened_findings=())
    return zlib.compress(encode_examinations((light,)), FAST)


def unpack_claims(packed: bytes) -> Examination:
    """Return the examination that `pack_claims` stored."""
    (seen,) = decode_examinations(zlib.decompress(packed))
    return seen


def _bare(page: Page) -> Page:
    """Return a page without its words; one line stays, because a page without any is a page that says nothing."""
    return replace(page, lines=tuple(line.span(0, 1) if line.text else line for line in page.lines[:1]))


def _dry(seal: Seal) -> Seal:
    return replace(seal, ink=b"", ink_key=b"")


def specimens_digest(seen: Examination, registry: Registry) -> str:
    """Return a digest of the impressions that the letter's seals are compared with; it changes with any of them."""
    letter = seen.letter
    maker = registry.known_makers.named(letter.issuer.value) if letter.issuer else None
    if maker is None:
        return "no maker"
    used = sorted(
        (s.sha256, s.dpi, s.shape or "", s.diameter_mm or 0.0, *_places(s)) for s in registry.active_specimens(maker)
    )
    return hashlib.sha256(repr((maker.name, used)).encode()).hexdigest()


def _places(specimen: Specimen) -> tuple[object, ...]:
    """Return the characters' places that a registrar confirmed; nothing where the software's own hold."""
    layout = specimen.confirmed_layout
    return (layout.band, layout.boxes, layout.ring) if layout else ()


# --- what may be reused ----------------------------------------------------------------------------------


def reuse_keys_of(seen: Examination, maker: str) -> Iterator[int]:
    """Yield the keys under which another document that shares something is found.

    A key only finds candidates; whether something was reused is decided on the values themselves.
    """
    letter = seen.letter
    yield key_of("file", seen.sha256)
    if letter.number:
        yield key_of("number", maker, letter_number_key(letter.number.value))
    for vehicle in letter.vehicles:
        yield vin_key(vehicle.vin.value)
    for page in seen.pages:
        if page.lines:
            yield key_of("picture", page.pixels_sha256)


def vin_key(vin: str) -> int:
    """Return the key under which the letters of a vehicle are found."""
    return key_of("vin", vin)


def key_of(*parts: str) -> int:
    """Return a signed 64-bit digest: among 10^9 keys, two differ and collide with probability 0.03."""
    digest = hashlib.blake2b("\0".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _prints(seen: Examination, maker: str) -> Iterator[SealPrint]:
    """Yield the perceptual keys of the seals, one for each name that a seal is looked for under."""
    for index, seal in enumerate(seen.seals):
        names = ink_names(seen, seal, maker)
        packed = ink_key_of(seal) if names else None
        if packed is not None:
            for name in sorted(names):
                yield SealPrint(
                    index, key_of("ink", seen.letter.kind.value, name, seal.shape), seal.diameter_mm, packed
                )
