"""Every way in which a PDF is attacked, by one name each: what is done to the file, what shows, what must see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from samples.captures.hiding import HIDING
from samples.captures.lies import told, with_lying_fonts
from samples.captures.overlaying import OVERLAYING, updated
from samples.captures.pen import Lie
from samples.content import Pairs
from samples.paper.sheet import Sheets


@dataclass(frozen=True, slots=True)
class Attack:
    """One kind; `shows` says that a viewer shows what is stated instead; `trips` are the checks that may see it."""

    name: str
    apply: Callable[[bytes, Sheets, Pairs], bytes]
    shows: bool
    trips: tuple[str, ...]
    drawn_only: bool = False
    """Whether it needs text that the file draws itself."""


def _by(lie: Lie) -> Callable[[bytes, Sheets, Pairs], bytes]:
    return partial(_told, lie)


def _told(lie: Lie, document: bytes, sheets: Sheets, pairs: Pairs) -> bytes:
    return told(document, sheets, pairs, lie)


def _lying_fonts(document: bytes, sheets: Sheets, pairs: Pairs) -> bytes:
    return with_lying_fonts(document)


ATTACKS: tuple[Attack, ...] = (
    *(Attack(name, _by(lie), False, trips) for name, (lie, trips) in HIDING.items()),
    *(Attack(name, _by(lie), True, trips) for name, (lie, trips) in OVERLAYING.items()),
    Attack("update", updated, True, ("document.revisions", "document.overlay", "document.text_layer")),
    Attack("to_unicode", _lying_fonts, False, ("document.text_layer",), drawn_only=True),
)
