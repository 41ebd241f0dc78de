"""The reading stage: opened pages in, upright pages with lines, rules and second readings out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np

from verifier.examination import OpenedPage
from verifier.page import Line, Page, PageImage, Pixels, Source
from verifier.reading import lines, scripts, upright, vins
from verifier.reading.ink import colour_of, reading_plane
from verifier.reading.rules import find_rules
from verifier.recognition.engine import (
    DetectedText,
    RecognisedText,
    SecondReader,
    TextDetector,
    TextRecogniser,
)

PROBES = 3
"""How many runs of text are read to tell whether the page stands on its head."""
PROBE_RATIO = 7.0
"""Width to height of a good probe: seven characters tell which way is up, more only cost."""
SURE_READING = 0.9
"""Smallest character confidence of a VIN in its line at which the first reader need not look again."""
SURE_UPRIGHT = 0.85
"""Mean confidence of the probes above which a page needs no look from the other side."""


@dataclass(frozen=True, slots=True, eq=False)
class _Draft:
    """A page after the first reader, before the second."""

    page: Page
    pixels: Pixels
    plane: Pixels


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads pages with one detector, one recogniser and an independent second reader."""

    detector: TextDetector
    recogniser: TextRecogniser
    second_reader: SecondReader
    engine_version: str

    @property
    def version(self) -> str:
        """Everything the words depend on: engines, precision, model hash."""
        return f"{self.engine_version}; {self.second_reader.version}"

    def read(self, pages: tuple[OpenedPage, ...]) -> tuple[PageImage, ...]:
        """Return the pages upright, with their lines; one call to the second reader a document and script."""
        drafts = self._read_foreign_lines([self._read_page(page) for page in pages])
        return tuple(PageImage(draft.page, draft.pixels) for draft in self._read_vins(drafts))

    def _read_page(self, opened: OpenedPage) -> _Draft:
        colour = colour_of(opened.pixels)
        turned, found, rotation = self._turned(opened.pixels, reading_plane(opened.pixels, colour))
        straight = upright.straighten(turned, upright.skew_of(found))
        plane = reading_plane(straight.pixels, colour)
        rules = find_rules(plane, opened.dpi)
        height, width = plane.shape[:2]
        page = Page(
            number=opened.number,
            width_mm=width / opened.dpi * 25.4,
            height_mm=height / opened.dpi * 25.4,
            scale_known=opened.scale_known,
            dpi=opened.dpi,
            colour=colour,
            born_digital=opened.born_digital,
            rotation=rotation,
            homography=straight.homography,
            lines=(),
            rules=rules,
            pixels_sha256=hashlib.sha256(np.ascontiguousarray(opened.pixels).data).hexdigest(),
        )
        recognised = self._recognise(upright.moved(found, straight.to_upright), plane)
        cells = [cell for line in recognised for cell in lines.split_cells(line, rules, plane)]
        layer = tuple(replace(word, box=page.upright(word.box)) for word in opened.layer)
        return _Draft(replace(page, lines=lines.in_reading_order(cells), layer=layer), straight.pixels, plane)

    def _turned(self, pixels: Pixels, plane: Pixels) -> tuple[Pixels, tuple[DetectedText, ...], int]:
        """Return the page turned so that its text stands upright, what was detected, and the turn."""
        rotation = 0
        found = self.detector.detect(plane)
        if upright.lies_on_its_side(found):
            rotation = 90
            pixels, plane = _clockwise(pixels), _clockwise(plane)
            found = self.detector.detect(plane)
        if self._stands_on_its_head(found, plane):
            rotation += 180
            height, width = plane.shape[:2]
            pixels = cast(Pixels, np.ascontiguousarray(pixels[::-1, ::-1]))
            found = tuple(
                DetectedText((np.array([width, height]) - text.corners)[[2, 3, 0, 1]], text.score) for text in found
            )
        return pixels, found, rotation

    def _stands_on_its_head(self, found: Sequence[DetectedText], plane: Pixels) -> bool:
        probes = sorted(found, key=_misfit_as_probe)[:PROBES]
        if not probes:
            return False
        boxes = [lines.crop_box(text, plane) for text in probes]
        crops = [plane[y0:y1, x0:x1] for x0, y0, x1, y1 in boxes]
        upright_way = _sureness(self.recogniser.recognise(crops, width_scale=lines.WIDTH_SCALE))
        if upright_way >= SURE_UPRIGHT:
            return False
        flipped = [np.ascontiguousarray(crop[::-1, ::-1]) for crop in crops]
        return _sureness(self.recogniser.recognise(flipped, width_scale=lines.WIDTH_SCALE)) > upright_way

    def _recognise(self, found: Sequence[DetectedText], plane: Pixels) -> list[Line]:
        boxes = [lines.crop_box(text, plane) for text in found]
        crops = [plane[y0:y1, x0:x1] for x0, y0, x1, y1 in boxes]
        read = self.recogniser.recognise(crops, width_scale=lines.WIDTH_SCALE)
        return [lines.as_line(text, box, plane) for text, box in zip(read, boxes, strict=True) if text.text.strip()]

    def _read_foreign_lines(self, drafts: list[_Draft]) -> list[_Draft]:
        """Return the drafts with lines the first reader cannot spell read in Cyrillic where that fits."""
        places = [
            (number, index)
            for number, draft in enumerate(drafts)
            for index, line in enumerate(draft.page.lines)
            if scripts.is_foreign(line, draft.plane)
        ]
        boxes = [_line_box(drafts[n].page.lines[i], drafts[n].plane) for n, i in places]
        crops = [drafts[n].plane[y0:y1, x0:x1] for (n, _), (x0, y0, x1, y1) in zip(places, boxes, strict=True)]
        read = self.second_reader.read_lines(crops, scripts.CYRILLIC) if crops else ()
        for (number, index), box, text in zip(places, boxes, read, strict=True):
            if scripts.is_cyrillic(text.text):
                draft = drafts[number]
                improved = list(draft.page.lines)
                improved[index] = lines.as_line(text, box, draft.plane)
                drafts[number] = replace(draft, page=replace(draft.page, lines=tuple(improved)))
        return drafts

    def _read_vins(self, drafts: list[_Draft]) -> list[_Draft]:
        """Return the drafts with every VIN-like place read again tightly, and by the second reader."""
        places = [(n, place) for n, draft in enumerate(drafts) for place in vins.find_vin_places(draft.page.lines)]
        boxes = [vins.crop_box(drafts[n].page.lines[place.line], place, drafts[n].plane) for n, place in places]
        crops = [drafts[n].plane[y0:y1, x0:x1] for (n, _), (x0, y0, x1, y1) in zip(places, boxes, strict=True)]
        second = self.second_reader.read_vins(crops)
        doubtful = [
            k for k, (n, place) in enumerate(places) if vins.confidence_at(drafts[n].page.lines, place) < SURE_READING
        ]
        again = dict(zip(doubtful, self.recogniser.recognise([crops[k] for k in doubtful]), strict=True))
        for number, draft in enumerate(drafts):
            mine = [k for k, (n, _) in enumerate(places) if n == number]
            readings = []
            improved = list(draft.page.lines)
            for k in reversed(mine):  # from the right, so that earlier places keep their positions
                place = places[k][1]
                readings.append(lines.as_line(second[k], boxes[k], draft.plane, Source.SECOND_READER))
                if k in again:
                    tight = lines.as_line(again[k], boxes[k], draft.plane)
                    improved[place.line], loser = vins.keep_surer(improved[place.line], place, tight)
                    readings.append(loser)
            page = replace(
                draft.page,
                lines=tuple(improved),
                second_readings=tuple(line for line in reversed(readings) if line.text),
            )
            drafts[number] = replace(draft, page=page)
        return drafts


def _clockwise(pixels: Pixels) -> Pixels:
    return cast(Pixels, np.ascontiguousarray(np.rot90(pixels, -1)))


def _misfit_as_probe(text: DetectedText) -> float:
    """Return how far a run's shape is from the cheapest one that still tells which way is up."""
    width, height = np.ptp(text.corners, axis=0)
    return abs(float(np.log(max(width, 1.0) / max(height, 1.0) / PROBE_RATIO)))


def _sureness(read: Sequence[RecognisedText]) -> float:
    """Return the mean character confidence over several crops."""
    confidences = [c for text in read for c in text.character_confidences]
    return sum(confidences) / len(confidences) if confidences else 0.0


def _line_box(line: Line, plane: Pixels) -> tuple[int, int, int, int]:
    height, width = plane.shape[:2]
    return line.box.to_pixels(width=width, height=height)
