"""Everything seen in one document, as plain data that can be stored and judged again without its pixels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import msgspec
import numpy as np

from verifier.letter import Letter
from verifier.page import Box, LayerWord, Page, Pixels
from verifier.words import PackedPage, packed, unpacked


class Likeness(StrEnum):
    """Three-valued answer of a comparison."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the file carries that a viewer of the page would not expect.

    `code` names it (see integrity/): `hidden_text`, `layer_conflict`, `annotation`, `form_field`,
    `overlay`, `revision`, `active_content`, `embedded_file`, `signature`, `drawn_image`, `drawn_path` …
    `field` is the verdict field whose box it touches ("vehicles[3].vin"), None elsewhere. `text` is what the
    object says, `shown` what the pixels show there.
    """

    code: str
    page: int | None = None
    box: Box | None = None
    text: str = ""
    shown: str = ""
    field: str | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class OpenedPage:
    """A page as the sandbox child hands it over: pixels in the file's own orientation, plain data beside."""

    number: int
    pixels: Pixels
    dpi: float
    scale_known: bool
    born_digital: bool
    layer: tuple[LayerWord, ...] = ()
    steps: tuple[int, ...] = ()
    """Of the JPEG whose pixels these are as it stores them: 64 steps of its brightness, row by row. Else empty."""


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A document, opened: what the sandbox child returns. Boxes refer to the file's own orientation."""

    sha256: str
    media_type: str
    pages: tuple[OpenedPage, ...]
    findings: tuple[Finding, ...] = ()
    signed: bool = False
    """Whether the file carries a PDF signature (its validity is judged in integrity/)."""


@dataclass(frozen=True, slots=True)
class SealComparison:
    """One seal against the registered impressions of one maker, best impression first.

    Scores are normalised cross-correlations in [-1, 1]; `worst_character` is the index, clockwise from the
    arc's start, of the tile least like the specimen, `worst_box` its place on the page.
    """

    manufacturer: str
    specimen_sha256: str
    likeness: Likeness
    reason: str
    score: float
    characters: int = 0
    characters_usable: int = 0
    worst_character: int | None = None
    worst_score: float | None = None
    worst_box: Box | None = None
    hidden: tuple[int, ...] = ()
    """Characters under print, which the comparison could not judge."""
    reads_alike: bool = False
    """Whether every character is surely the same and the arc is read as the owner's name, however unsurely, or as the
    owner's impressions are read: there are typefaces that no reader knows. So it is where the reader slips in one
    letter that is the carved one beyond doubt."""
    die: float = 0.0
    """How far the ink is like that of the impression beyond the carved shape, in [−1, 1]: what their die is worn by."""
    uneven: float = 1.0
    """How unevenly the ink lies against that of the impression, as a share of it (`seals.registered`): 0 where it is
    that scan's own pixels, 1 where their fine ink is no reason to ask, or too little of it is seen."""


@dataclass(frozen=True, slots=True)
class Seal:
    """One seal found on a page."""

    page: int
    box: Box
    shape: str
    """round, oval, square."""
    colour: str
    """red, other, none (a capture without colour, or black ink: see `printed_black`)."""
    kind: str
    """official, special_purpose, personal, unknown."""
    medium: str
    """ink, pdf_image, vector, e_seal, unknown."""
    diameter_mm: float
    score: float
    """How surely this is a seal, in [0, 1]."""
    text: str | None = None
    """Read from this seal's pixels alone, clockwise; None where nothing could be read."""
    text_confidence: float = 0.0
    inner_text: str | None = None
    """Straight text inside the rim: 合同专用章, a registration code."""
    printed_black: bool = False
    """True where a capture that keeps colours shows this seal without any."""
    comparison: SealComparison | None = None
    ink: bytes = b""
    """The seal normalised on its ring's mid-line, 480×480 RGB, as PNG or WebP: for judging again."""
    printed: str | None = None
    """flat (one tone) or speckled (pixel noise), as programs draw, or screened (a printer's dots), where its ink does
    not look stamped."""
    ink_key: bytes = b""
    """The ink's perceptual key (`seals.prints.print_of`), by which the same pixels are found again; empty where there
    is no ink, or where an earlier version looked."""
    text_alternatives: tuple[str, ...] = ()
    """What other strips of the same arc read, where they differ from `text`; best first."""
    across: tuple[int, ...] = ()
    """Pages that share this impression (骑缝章), of which this is one page's slice; empty for whole seals."""


@dataclass(frozen=True, slots=True)
class Examination:
    """What was seen in one document (or one part of a file that holds several)."""

    sha256: str
    media_type: str
    part_index: int
    part_of: int
    pages: tuple[Page, ...]
    letter: Letter
    seals: tuple[Seal, ...]
    findings: tuple[Finding, ...]
    """What the file hides, each finding with the verdict field it bears on."""
    signed: bool
    reader_version: str
    """Backend, precision and model hash; with `models_version` it says whether reading must be repeated."""
    models_version: str
    registry_version: str
    """The seal registry that `seals[].comparison` was made with."""
    opened_findings: tuple[Finding, ...] = ()
    """The opener's findings before fields were known, in the file's own page coordinates."""
    traces: tuple[Finding, ...] = ()
    """What the pixels of scans betray (`tampering`), in upright coordinates; part of `findings` too."""
    seconds_open: float = 0.0
    seconds_read: float = 0.0
    seconds_total: float = 0.0


MARK = b"seen"
"""How stored examinations begin; the byte after it is the version of their form."""
VERSION = 2
"""1 had no mark and every word as a tree of floating-point numbers: 40 kB a page. It is still read."""


def encode_examinations(parts: tuple[Examination, ...]) -> bytes:
    """Return what was seen in a file as MessagePack bytes, to be compressed and stored.

    Words are kept as `verifier.words` packs them: what was put on the grid comes back as it was.
    """
    bare = tuple(replace(part, pages=()) for part in parts)
    pages = tuple(tuple(packed(page) for page in part.pages) for part in parts)
    return MARK + bytes([VERSION]) + msgspec.msgpack.encode((bare, pages), enc_hook=plain_number)


def decode_examinations(stored: bytes) -> tuple[Examination, ...]:
    """Return the examinations stored by this or an earlier version's `encode_examinations`.

    Raises ValueError where the bytes are none, or were stored by a later version.
    """
    if not stored.startswith(MARK):
        return msgspec.msgpack.decode(stored, type=tuple[Examination, ...])
    version, body = stored[len(MARK) : len(MARK) + 1], stored[len(MARK) + 1 :]
    if version != bytes([VERSION]):
        raise ValueError(f"form {version!r} of stored examinations is not {VERSION}: a later version wrote it")
    parts, pages = msgspec.msgpack.decode(body, type=tuple[tuple[Examination, ...], tuple[tuple[PackedPage, ...], ...]])
    return tuple(
        replace(part, pages=tuple(unpacked(page) for page in own)) for part, own in zip(parts, pages, strict=True)
    )


def plain_number(value: object) -> float | int:
    """Return a NumPy number as Python's own: geometry computes with NumPy, storage knows it not."""
    if isinstance(value, np.floating):
        return float(value)
    if isinstance(value, np.integer):
        return int(value)
    raise TypeError(f"{type(value).__name__} does not belong into an examination")
