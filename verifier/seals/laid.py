"""A registered impression laid on a seal, and drawn anew as the seal was stamped: twice, harder or wetter, softly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from verifier.seals.align import Alignment, align, fit_of, relaid
from verifier.seals.doubling import as_doubled_as
from verifier.seals.normalise import SealPicture
from verifier.seals.planes import Plane
from verifier.seals.pressure import as_hard_as
from verifier.seals.softness import as_soft_as
from verifier.seals.specimens import PreparedSpecimen, softened


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """An impression as soft as the seal, and how it lies on it."""

    prepared: PreparedSpecimen
    ink: Plane
    alignment: Alignment


def lay(seal: SealPicture, prepared: PreparedSpecimen) -> Laid:
    ink = softened(prepared.ink, prepared.enlargement, seal.enlargement)
    return Laid(prepared, ink, align(ink, prepared.spectrum, seal))


def _doubly_laid(seal: SealPicture, laid: Laid) -> Laid:
    """Return an impression drawn twice where the seal was set down twice, as it is where that fits no better."""
    ink = as_doubled_as(laid.ink, seal, laid.alignment.matrix)
    if ink is laid.ink:
        return laid
    alignment = relaid(ink, seal, laid.alignment.matrix)
    return replace(laid, ink=ink, alignment=alignment) if alignment.score > laid.alignment.score else laid


def _firmly_laid(seal: SealPicture, laid: Laid) -> Laid:
    """Return an impression with strokes as bold as the seal's, as it is where that fits no better."""
    return _redrawn(as_hard_as(laid.ink, seal, laid.alignment.matrix), seal, laid)


def _softly_laid(seal: SealPicture, laid: Laid) -> Laid:
    """Return an impression drawn as softly as the seal was captured, as it is where that fits no better."""
    return _redrawn(as_soft_as(laid.ink, seal, laid.alignment.matrix), seal, laid)


def _redrawn(ink: Plane, seal: SealPicture, laid: Laid) -> Laid:
    """Return an impression with other ink, lying where it did."""
    if ink is laid.ink:
        return laid
    fit = max(laid.alignment.score, fit_of(ink, seal, laid.alignment.matrix))
    return replace(laid, ink=ink, alignment=replace(laid.alignment, score=fit))


DRAWN_AS: tuple[Callable[[SealPicture, Laid], Laid], ...] = (_doubly_laid, _firmly_laid, _softly_laid)
"""The ways of drawing an impression anew, in the order in which a seal comes about: stamped, inked, captured."""
