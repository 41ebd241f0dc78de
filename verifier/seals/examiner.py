"""The stage: every seal of the read pages, what it is, whose it is, what it says."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from verifier.examination import Finding, Likeness, Seal, SealComparison
from verifier.formats.names import carved_name
from verifier.page import Box, Colour, PageImage, Pixels
from verifier.recognition.comparator import CharacterComparator
from verifier.recognition.engine import TextRecogniser
from verifier.record import Maker, Registry, Specimen
from verifier.seals.arc import ArcSpan, text_span
from verifier.seals.compare import Compared, compare_seal, settled, unlike_any
from verifier.seals.find import Found, Reduced, reduced, rims_of
from verifier.seals.kind import kind_of
from verifier.seals.likeness import is_slip, surely_same
from verifier.seals.medium import medium_of, on_file
from verifier.seals.normalise import SealPicture, encode_ink, normalise
from verifier.seals.polar import STAR_FLOOR
from verifier.seals.printed import printed_as
from verifier.seals.prints import print_of
from verifier.seals.reading import ArcText, is_read_as, read_arc, read_lines
from verifier.seals.rings import Ring
from verifier.seals.specimens import propose
from verifier.seals.squares import find_squares
from verifier.seals.straddling import WORK_DPI, Straddling, find_straddling

MOST_SEALS = 24
"""Seals examined per document, surest first: a page full of stamps must not cost minutes."""
SQUARE_SCORE = 0.6
OTHER_HUE = 0.3
"""Colourfulness of the ink, as a share of its darkness, from which it is a colour and not black."""
RIM_MM = 1.05
"""Width of a rim: rings are traced on its mid-line, diameters are given over its outer edge as registrars measure
them (38, 40 and 42 mm stamps measured 0.93 to 1.15 short)."""


@dataclass(frozen=True, slots=True)
class SealExaminer:
    """Finds, compares and reads seals; built once with the line reader and what the office has registered."""

    recogniser: TextRecogniser
    registry: Registry
    comparator: CharacterComparator
    impressions_read: dict[str, ArcText | None] = field(default_factory=dict, compare=False)
    """What impressions' arcs are read as, by digest: looked up where a seal's arc reads as no name."""

    def examine(
        self, images: tuple[PageImage, ...], drawn: tuple[Finding, ...], maker: Maker | None
    ) -> tuple[Seal, ...]:
        """Return the seals of all pages, page by page, surest first.

        `drawn` are the opener's findings, in the file's own page coordinates; `maker` is the issuer that the
        letter names, None where it is not known: then nothing is compared.
        """
        specimens = self.registry.active_specimens(maker)
        straddling = find_straddling(images)
        seals: list[Seal] = []
        for image in images:
            small = reduced(image.pixels, image.page.dpi)
            found = rims_of(small, image.page.colour, scale_known=image.page.scale_known)
            rims = _whole(found, image, straddling)[: MOST_SEALS - len(seals)]
            seals += [self._round(image, rim, drawn, maker, specimens) for rim in rims]
            seals += [_square(image, ring, drawn) for ring in _squares(image, small, rims)[: MOST_SEALS - len(seals)]]
        return (*seals, *_slices(images, straddling, drawn))

    def _round(
        self,
        image: PageImage,
        found: Found,
        drawn: tuple[Finding, ...],
        maker: Maker | None,
        specimens: tuple[Specimen, ...],
    ) -> Seal:
        """Return one round or oval seal, compared and read."""
        height, width = image.pixels.shape[:2]
        picture = normalise(image.pixels, found.ring, has_colour=found.coloured)
        compared = compare_seal(picture, found.ring, specimens, self.comparator, page_size=(width, height))
        if compared is None and specimens and found.ring.is_oval and not image.page.scale_known:
            round_seal = replace(found, ring=replace(found.ring, slanted=True), shape="round")
            return self._round(image, round_seal, drawn, maker, specimens)
        span = text_span(picture)
        arc = self._arc(picture, span, compared)
        has_star = found.evidence is not None and found.evidence.star >= STAR_FLOOR
        inner = read_lines(picture, self.recogniser, span, has_star)
        seal = _seal(image, found.ring, found.shape, found.score, drawn)
        ink = encode_ink(picture)
        printed = _printed(image, found)
        return replace(
            seal,
            colour="red" if found.coloured else seal.colour,
            printed_black=seal.printed_black and not found.coloured,
            medium="unknown" if printed and seal.medium == "ink" else seal.medium,
            printed=printed,
            kind=kind_of(found.shape, arc.text, inner, has_star=has_star),
            text=arc.text,
            text_confidence=arc.confidence,
            text_alternatives=arc.alternatives,
            inner_text=inner,
            comparison=self._comparison(maker, compared, specimens, arc, is_flat=image.page.scale_known),
            ink=ink,
            ink_key=print_of(ink) or b"",
        )

    def _arc(self, picture: SealPicture, span: ArcSpan, compared: Compared | None) -> ArcText:
        """Return the arc text; a specimen that matches tells where it starts, never what it says."""
        return read_arc(picture, self.recogniser, compared.span if compared and compared.fits else span)

    def _comparison(
        self,
        maker: Maker | None,
        compared: Compared | None,
        specimens: tuple[Specimen, ...],
        arc: ArcText,
        *,
        is_flat: bool,
    ) -> SealComparison | None:
        if maker is None:
            return None
        if compared is None:
            return unlike_any(maker.name, specimens, is_flat=is_flat)
        found, owner, measured = settled(compared, arc), compared.comparison.manufacturer, compared.measured
        if found.likeness is not Likeness.SAME or not surely_same(measured, measured.carved):
            return found
        said = carved_name(arc.text or "")
        if said == carved_name(owner) or is_slip(measured, measured.carved, said):
            return replace(found, reads_alike=True)
        own = [read for one in specimens if (read := self._impression(one))]
        return replace(found, reads_alike=is_read_as(arc, owner, own))

    def _impression(self, specimen: Specimen) -> ArcText | None:
        """Return what the arc of an impression is read as; None where no seal is found in its picture."""
        if specimen.sha256 not in self.impressions_read:
            proposal = propose(specimen)
            picture = proposal.picture if proposal else None
            read = read_arc(picture, self.recogniser, text_span(picture)) if picture else None
            self.impressions_read[specimen.sha256] = read
        return self.impressions_read[specimen.sha256]


def _printed(image: PageImage, found: Found) -> str | None:
    """Return how a coloured seal was printed, by the file's own pixels where the page was straightened."""
    if not found.coloured:
        return None
    if image.captured is None:
        return printed_as(image.pixels, found.ring)
    return printed_as(image.captured, on_file(found.ring, image, image.captured))


def _squares(image: PageImage, small: Reduced, rims: tuple[Found, ...]) -> tuple[Ring, ...]:
    """Return square seals that do not lie inside a round one."""
    found = find_squares(small.pixels, small.dpi, image.page.colour)
    squares = [square.scaled(small.shrink) for square in found]
    return tuple(
        square
        for square in squares
        if all(np.hypot(square.cx - f.ring.cx, square.cy - f.ring.cy) > 0.8 * f.ring.major for f in rims)
    )


def _whole(rims: tuple[Found, ...], image: PageImage, straddling: Straddling | None) -> tuple[Found, ...]:
    """Return the rims of a page that are not those of its slice of a seal across pages."""
    slices = [box for number, box in straddling.slices if number == image.page.number] if straddling else []
    height, width = image.pixels.shape[:2]
    boxes = [(rim, rim.ring.box(width=width, height=height)) for rim in rims]
    return tuple(rim for rim, box in boxes if not any(box.covers(cut) for cut in slices))


def _slices(
    images: tuple[PageImage, ...], straddling: Straddling | None, drawn: tuple[Finding, ...]
) -> tuple[Seal, ...]:
    """Return the slices of a seal across pages: named and placed; neither read nor compared."""
    if straddling is None:
        return ()
    pages = {image.page.number: image.page for image in images}
    return tuple(
        Seal(
            page=number,
            box=box,
            shape="oval" if straddling.is_oval else "round",
            colour="red",
            kind="unknown",
            medium=medium_of(box, pages[number], drawn),
            diameter_mm=round(straddling.diameter_px * 25.4 / WORK_DPI + RIM_MM, 2),
            score=round(straddling.score, 4),
            across=tuple(page for page, _ in straddling.slices),
        )
        for number, box in straddling.slices
    )


def _square(image: PageImage, ring: Ring, drawn: tuple[Finding, ...]) -> Seal:
    """Return a square seal: named as what it is, neither read nor compared."""
    seal = _seal(image, ring, "square", SQUARE_SCORE, drawn)
    return replace(seal, colour="red", printed_black=False, kind=kind_of("square", None, None, has_star=False))


def _seal(image: PageImage, ring: Ring, shape: str, score: float, drawn: tuple[Finding, ...]) -> Seal:
    """Return what place, size and ink tell, before anything is read."""
    height, width = image.pixels.shape[:2]
    box = _square_box(ring, width, height) if shape == "square" else ring.box(width=width, height=height)
    colour = _ink_colour(image.crop(box)) if image.page.colour is Colour.COLOUR else "none"
    return Seal(
        page=image.page.number,
        box=box,
        shape=shape,
        colour=colour,
        kind="unknown",
        medium=medium_of(box, image.page, drawn),
        diameter_mm=round(2 * ring.major * 25.4 / image.page.dpi + (RIM_MM if shape != "square" else 0.0), 2),
        score=round(score, 4),
        printed_black=image.page.colour is Colour.COLOUR and colour == "none",
    )


def _square_box(ring: Ring, width: int, height: int) -> Box:
    cos, sin = abs(np.cos(ring.tilt)), abs(np.sin(ring.tilt))
    half_x, half_y = ring.rx * cos + ring.ry * sin, ring.rx * sin + ring.ry * cos
    low = max(ring.cx - half_x, 0.0), max(ring.cy - half_y, 0.0)
    high = min(ring.cx + half_x, float(width)), min(ring.cy + half_y, float(height))
    return Box.from_pixels(*low, *high, width=width, height=height)


def _ink_colour(crop: Pixels) -> str:
    """Return `other` where the ink of a seal not seen as red has a hue, `none` where it is black or grey."""
    small = crop[::2, ::2].reshape(-1, 3).astype(np.float32)
    paper = np.percentile(small, 85, axis=0)
    dark = (paper - small).clip(0)
    strength = dark.max(axis=1)
    inked = strength > max(40.0, float(np.percentile(strength, 80)))
    if not inked.any():
        return "none"
    hue = (dark[inked].max(axis=1) - dark[inked].min(axis=1)) / strength[inked]
    return "other" if float(np.median(hue)) > OTHER_HUE else "none"
