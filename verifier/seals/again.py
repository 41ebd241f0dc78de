"""A stored seal compared with today's impressions: from its normalised picture, without the page it stood on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from verifier.examination import Likeness, Seal
from verifier.page import Colour, Page
from verifier.recognition.comparator import CharacterComparator
from verifier.record import Maker, Specimen
from verifier.seals.compare import compare_seal, settled, unlike_any
from verifier.seals.examiner import RIM_MM
from verifier.seals.normalise import RADIUS, decode_ink, picture_of
from verifier.seals.reading import ArcText
from verifier.seals.rings import Ring


def compare_again(
    seal: Seal,
    page: Page,
    maker: Maker | None,
    specimens: tuple[Specimen, ...],
    comparator: Callable[[], CharacterComparator],
) -> Seal | None:
    """Return the seal with its comparison made anew; None where only the page itself can tell.

    `specimens` are those that may vouch for `maker`; `comparator` loads the model, once it is needed. The stored
    picture of an oval does not say what its proportions were, so ovals are examined again. Text and kind stay: they
    were read from the pixels alone.
    """
    if maker is None or seal.shape == "square" or seal.across:
        return replace(seal, comparison=None)
    pixels = decode_ink(seal.ink)
    if pixels is None or seal.shape != "round":
        return None
    width, height = (round(side * page.dpi / 25.4) for side in (page.width_mm, page.height_mm))
    radius = max((seal.diameter_mm - RIM_MM) * page.dpi / 25.4 / 2, 1.0)
    x, y = seal.box.centre
    has_colour = seal.colour == "red" and page.colour is Colour.COLOUR
    picture = picture_of(pixels, 1.0, RADIUS / min(radius, 1.5 * RADIUS), has_colour=has_colour)
    ring = Ring(x * width, y * height, radius, radius)
    compared = compare_seal(picture, ring, specimens, comparator(), page_size=(width, height))
    if compared is None:
        return replace(seal, comparison=unlike_any(maker.name, specimens))
    read = ArcText(seal.text, seal.text_confidence, seal.text_alternatives)
    found, before = settled(compared, read), seal.comparison
    if found.likeness is Likeness.SAME and before and before.specimen_sha256 == found.specimen_sha256:
        found = replace(found, reads_alike=before.reads_alike)
    return replace(seal, comparison=found)
