"""What a PDF's objects carry beside its pages: actions, attachments, layers, signatures, picture masks.

Nothing of it is run or followed; pikepdf only lists objects. A file whose objects it cannot list is told by
a finding, since then nothing can be said about what the file hides.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

from verifier.errors import EncryptedFileError
from verifier.examination import Finding
from verifier.opening.drawn import clipped_text
from verifier.opening.limits import MAX_FORM_DEPTH, MAX_PAGES, MAX_STRUCTURE_OBJECTS
from verifier.opening.parts import PARSER_FAILURES
from verifier.opening.refusals import TooComplexError, TooManyPagesError

_ACTIONS = (
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/Rendition",
    "/RichMediaExecute",
    "/GoToE",
)
"""Action types that reach beyond turning pages (ISO 32000-1, table 198); links to pages and sites do not."""
_DEFAULT_OFF = "hidden by default"
MOST_RESOURCES = 2_000
"""Pictures and forms looked at per page, and entries of one array."""
MOST_STREAM_BYTES = 2_000_000
"""Of a script, a packet or a page's content that are looked through."""
_TAG = re.compile(r"<[^>]*>")
_ACTUAL_TEXT = re.compile(rb"/ActualText\s*(<[0-9A-Fa-f\s]*>|\((?:[^()\\]|\\.)*\))")
MOST_DIRECT_DEPTH = 8
"""Dictionaries within dictionaries; an action stands three deep (annotation, additional actions, action)."""


@dataclass(frozen=True, slots=True)
class Structure:
    """`masked` holds, per page number, the stored sizes of pictures that have a transparency mask."""

    findings: tuple[Finding, ...] = ()
    signed: bool = False
    masked: dict[int, frozenset[tuple[int, int]]] = field(default_factory=dict)


def read_structure(document: bytes) -> Structure:
    """Return what the objects of a PDF carry.

    Raises EncryptedFileError, and LimitExceededError where there are too many objects or pages.
    """
    try:
        with pikepdf.open(io.BytesIO(document)) as file:
            return _read(file)
    except pikepdf.PasswordError as error:
        raise EncryptedFileError from error
    except (*PARSER_FAILURES, pikepdf.PdfError, pikepdf.DependencyError):
        return Structure((Finding(code="structure_unreadable", detail="objects cannot be listed"),))


def _read(file: pikepdf.Pdf) -> Structure:
    if len(file.objects) > MAX_STRUCTURE_OBJECTS:
        raise TooComplexError(f"{len(file.objects)} objects")
    if len(file.pages) > MAX_PAGES:
        raise TooManyPagesError(f"{len(file.pages)} pages, at most {MAX_PAGES}")
    findings = dict.fromkeys((*_active(file), *_attached(file), *_optional(file), *_standing_for(file)))
    signatures = tuple(_signatures(file))
    masked = {number: frozenset(_masked_sizes(page)) for number, page in enumerate(file.pages, start=1)}
    return Structure((*findings, *signatures), bool(signatures), masked)


def _dictionaries(file: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield every dictionary of the file, those that stand directly within others too."""
    for top in file.objects:
        waiting: list[tuple[object, int]] = [(top, 0)]
        while waiting:
            thing, depth = waiting.pop()
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                yield thing
            if depth < MOST_DIRECT_DEPTH:
                waiting.extend((part, depth + 1) for part in _direct_parts(thing))


def _direct_parts(thing: object) -> list[object]:
    """Return the containers inside one, apart from those that are objects of their own."""
    parts: list[object]
    if isinstance(thing, pikepdf.Array):
        parts = [thing[index] for index in range(min(len(thing), MOST_RESOURCES))]
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        parts = [*_values(thing)]
    else:
        return []
    kinds = (pikepdf.Dictionary, pikepdf.Array)
    return [part for part in parts if isinstance(part, kinds) and not part.is_indirect]


def _values(thing: pikepdf.Object) -> Iterator[object]:
    for key in thing.keys():  # noqa: SIM118  # a pikepdf object iterates over something else
        yield thing.get(key)


def _active(file: pikepdf.Pdf) -> Iterator[Finding]:
    for thing in _dictionaries(file):
        action = str(thing.get("/S", ""))
        if action in _ACTIONS:
            yield Finding(code="active_content", text=_source(thing.get("/JS")), detail=action[1:])
    form = file.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
        packets = form.get("/XFA")
        parts = _array(packets) if isinstance(packets, pikepdf.Array) else [packets]
        text = " ".join(_source(part) for part in parts[:MOST_RESOURCES] if isinstance(part, pikepdf.Stream))
        yield Finding(code="active_content", text=clipped_text(_TAG.sub(" ", text)), detail="XFA")


def _source(thing: object) -> str:
    """Return the text of a script or packet, a string or a stream, as much as is carried along."""
    if isinstance(thing, pikepdf.Stream):
        return clipped_text(_bounded(thing).decode("utf-8", "replace"))
    return clipped_text(str(thing)) if isinstance(thing, pikepdf.String) else ""


def _bounded(stream: pikepdf.Stream) -> bytes:
    """Return a stream's bytes, nothing where it is too long to be looked through or broken."""
    if len(stream.read_raw_bytes()) > MOST_STREAM_BYTES:
        return b""
    try:
        return stream.read_bytes()[:MOST_STREAM_BYTES]
    except pikepdf.PdfError:
        return b""


def _standing_for(file: pikepdf.Pdf) -> Iterator[Finding]:
    """Yield an `actual_text` for each text that marked content or structure is said to stand for."""
    for thing in _dictionaries(file):
        if isinstance(thing.get("/ActualText"), pikepdf.String):
            yield Finding(code="actual_text", text=_source(thing.get("/ActualText")))
    for number, page in enumerate(file.pages, start=1):
        for part in _contents(page):
            for spelt in _ACTUAL_TEXT.findall(_bounded(part))[:MOST_RESOURCES]:
                yield Finding(code="actual_text", page=number, text=clipped_text(str(pikepdf.Object.parse(spelt))))


def _contents(page: pikepdf.Page) -> list[pikepdf.Stream]:
    contents = page.obj.get("/Contents")
    parts = _array(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return [part for part in parts[:MOST_RESOURCES] if isinstance(part, pikepdf.Stream)]


def _attached(file: pikepdf.Pdf) -> Iterator[Finding]:
    for thing in _dictionaries(file):
        if isinstance(thing.get("/EF"), pikepdf.Dictionary):
            name = str(thing.get("/UF", thing.get("/F", "")))
            yield Finding(code="embedded_file", text=clipped_text(name), detail="attachment")


def _optional(file: pikepdf.Pdf) -> Iterator[Finding]:
    properties = file.Root.get("/OCProperties")
    if not isinstance(properties, pikepdf.Dictionary):
        return
    off = _hidden_groups(properties)
    for group in _array(properties.get("/OCGs")):
        if isinstance(group, pikepdf.Dictionary):
            name = clipped_text(str(group.get("/Name", "")))
            detail = _DEFAULT_OFF if group.objgen in off else "shown by default"
            yield Finding(code="optional_content", text=name, detail=detail)


def _hidden_groups(properties: pikepdf.Object) -> frozenset[tuple[int, int]]:
    default = properties.get("/D")
    if not isinstance(default, pikepdf.Dictionary):
        return frozenset()
    base_off = str(default.get("/BaseState", "/ON")) == "/OFF"
    off = {group.objgen for group in _array(default.get("/OFF"))}
    on = {group.objgen for group in _array(default.get("/ON"))}
    every = {group.objgen for group in _array(properties.get("/OCGs"))}
    return frozenset((every - on) if base_off else off)


def _array(thing: object) -> list[pikepdf.Object]:
    return [part for part in thing if isinstance(part, pikepdf.Object)] if isinstance(thing, pikepdf.Array) else []


def _signatures(file: pikepdf.Pdf) -> Iterator[Finding]:
    """Yield one `signature` for each signature value; its validity is judged elsewhere."""
    for thing in _dictionaries(file):
        if "/ByteRange" in thing and "/Contents" in thing:
            yield Finding(code="signature", detail=str(thing.get("/SubFilter", "/unknown"))[1:])


def _masked_sizes(page: pikepdf.Page) -> Iterator[tuple[int, int]]:
    """Yield the stored sizes of the page's pictures that let something shine through."""
    waiting = [(page.obj.get("/Resources"), 0)]
    looked_at: set[tuple[int, int]] = set()
    for _ in range(MOST_RESOURCES):
        if not waiting:
            return
        resources, depth = waiting.pop()
        for thing in _placed(resources):
            if thing.objgen in looked_at:
                continue
            looked_at.add(thing.objgen)
            if str(thing.get("/Subtype")) == "/Form" and depth < MAX_FORM_DEPTH:
                waiting.append((thing.get("/Resources"), depth + 1))
            elif any(key in thing for key in ("/SMask", "/Mask")) or bool(thing.get("/ImageMask", False)):
                yield int(thing.get("/Width", 0)), int(thing.get("/Height", 0))


def _placed(resources: object) -> list[pikepdf.Stream]:
    objects = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    if not isinstance(objects, pikepdf.Dictionary):
        return []
    return [thing for thing in _values(objects) if isinstance(thing, pikepdf.Stream)]
