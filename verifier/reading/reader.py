"""The reading stage: opened pages in, upright pages with lines, rules and second readings out."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np

from verifier.errors import LimitExceededError
from verifier.examination import OpenedPage
from verifier.page import Colour, Page, PageImage, Pixels, Source
from verifier.reading import closing, leaders, lines, sheet, upright, vins
from verifier.reading.boxed import joined_boxes
from verifier.reading.codes import with_codes_unsqueezed
from verifier.reading.dense import with_dense_stretched
from verifier.reading.foreign import in_own_scripts
from verifier.reading.ink import colour_of, reading_plane, three_times
from verifier.reading.lines import WIDTH_SCALE, SeenLine
from verifier.reading.marks import boxes_across, read_marks
from verifier.reading.overprint import read_overprinted
from verifier.reading.repeats import recognise_distinct
from verifier.reading.rules import find_rules
from verifier.recognition.engine import (
    DetectedText,
    RecognisedText,
    SecondReader,
    TextDetector,
    TextRecogniser,
)
from verifier.words import page_on_grid

PROBES, MOST_PROBES = 3, 12
"""How many runs of text are read to tell whether the page stands on its head: at first, and where neither way reads
surely. A list of outlets in Arabic was turned because its names read as little one way as the other."""
SURELY_READ = 0.9
"""Confidence of the characters that count for a way up: what is read upside down has 0.4 to 0.8."""
PROBE_RATIO = 7.0
"""Width to height of a good probe: seven characters tell which way is up, more only cost."""
SURE_UPRIGHT = 0.85
"""Mean confidence of the probes above which a page needs no look from the other side."""
MOST_PRINT = 10_000
"""Line lengths of a page in line heights, together: a dense letter has 500, 10,000 cost 16 CPU seconds in float32."""


@dataclass(frozen=True, slots=True, eq=False)
class _Draft:
    """A page after the first reader, before the second."""

    page: Page
    pixels: Pixels
    plane: Pixels
    seen: tuple[SeenLine, ...]
    straightened: bool
    """Whether a scan's own pixels were turned by a few degrees."""


@dataclass(frozen=True, slots=True, eq=False)
class _Turned:
    """A page with its text the right way up: its colours turned only, its reading plane and runs straightened too.

    `skew` is what is left to straighten in degrees; `read` are the runs that were read to find the turn, by index.
    """

    pixels: Pixels
    plane: Pixels
    found: tuple[DetectedText, ...]
    rotation: int
    skew: float
    read: dict[int, RecognisedText]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads pages with one detector, one recogniser, one for what is crossed out of its sight, and an independent
    second reader.
    """

    detector: TextDetector
    recogniser: TextRecogniser
    overprint_reader: TextRecogniser
    second_reader: SecondReader
    engine_version: str

    @property
    def version(self) -> str:
        """Everything the words depend on: engines, precision, model hash."""
        return f"{self.engine_version}; {self.second_reader.version}"

    def read(self, pages: tuple[OpenedPage, ...]) -> tuple[PageImage, ...]:
        """Return the pages upright, with their lines; one call to the second reader a document and script."""
        drafts = self._in_own_scripts([self._read_page(page) for page in pages])
        captured = {page.number: page.pixels for page in pages}
        return tuple(
            PageImage(
                page_on_grid(draft.page),
                draft.pixels,
                captured[draft.page.number] if draft.straightened else None,
            )
            for draft in self._read_vins(drafts)
        )

    def _read_page(self, opened: OpenedPage) -> _Draft:
        flat = None if opened.born_digital else sheet.flattened(opened.pixels)
        pixels, dpi = (flat.pixels, flat.dpi) if flat else (opened.pixels, opened.dpi)
        colour = colour_of(pixels)
        turned = self._turned(pixels, reading_plane(pixels, colour))
        straight, plane = upright.straighten(turned.pixels, turned.skew), turned.plane
        rules = find_rules(plane, dpi)
        height, width = plane.shape[:2]
        page = Page(
            number=opened.number,
            width_mm=width / dpi * 25.4,
            height_mm=height / dpi * 25.4,
            scale_known=opened.scale_known and flat is None,
            dpi=dpi,
            colour=colour,
            born_digital=opened.born_digital,
            rotation=turned.rotation,
            homography=upright.through_photo(straight, turned.rotation, flat, opened.pixels),
            lines=(),
            rules=rules,
            pixels_sha256=hashlib.sha256(np.ascontiguousarray(opened.pixels).data).hexdigest(),
        )
        coloured = straight.pixels if colour is Colour.COLOUR else None
        turned, seen = self._recognise(turned, coloured, dpi, drawn=opened.born_digital)
        layer = tuple(replace(word, box=page.upright(word.box)) for word in opened.layer)
        marks = read_marks(coloured, turned.plane, turned.found, dpi, (self.detector, self.recogniser))
        across = set(boxes_across(turned.found, turned.plane, dpi))
        level = tuple(line for line in seen if line.box not in across)
        straightened = flat is None and page.homography is not None
        return _Draft(replace(page, layer=layer, marks=marks), straight.pixels, turned.plane, level, straightened)

    def _turned(self, pixels: Pixels, plane: Pixels) -> _Turned:
        """Return the page turned so that its text stands upright, what was detected, and the turn."""
        rotation = 0
        found = self.detector.detect(plane)
        if upright.lies_on_its_side(found):
            rotation = 90
            pixels, plane = _clockwise(pixels), three_times(_clockwise(plane[:, :, 0]))
            found = self.detector.detect(plane)
        skew = upright.skew_of(found)
        level, runs = _levelled(plane, found, skew)
        read, upside_down = self._probe(runs, level)
        if upside_down:
            rotation += 180
            read = read if level is plane else {}  # straightened anew, the page has other pixels
            height, width = plane.shape[:2]
            pixels, plane = _half_turn(pixels), three_times(_half_turn(plane[:, :, 0]))
            found = tuple(
                DetectedText((np.array([width, height]) - text.corners)[[2, 3, 0, 1]], text.score) for text in found
            )
            level, runs = _levelled(plane, found, skew)
        return _Turned(pixels, level, runs, rotation, skew, read)

    def _probe(self, found: Sequence[DetectedText], plane: Pixels) -> tuple[dict[int, RecognisedText], bool]:
        """Return what a few runs say the right way up, by their index, and whether that is upside down."""
        order = sorted(range(len(found)), key=lambda index: _misfit_as_probe(found[index]))
        read = self._read_probes(order[:PROBES], found, plane)
        if not read or _sureness(read.values()) >= SURE_UPRIGHT:
            return read, False
        other = self._read_probes(order[:PROBES], found, plane, half_turn=True)
        if max(_sureness(read.values()), _sureness(other.values())) < SURE_UPRIGHT:  # of a script it does not know, say
            read |= self._read_probes(order[PROBES:MOST_PROBES], found, plane)
            other |= self._read_probes(order[PROBES:MOST_PROBES], found, plane, half_turn=True)
        upside_down = _surely_read(other.values()) > _surely_read(read.values())
        return (other if upside_down else read), upside_down

    def _read_probes(
        self, probes: Sequence[int], found: Sequence[DetectedText], plane: Pixels, *, half_turn: bool = False
    ) -> dict[int, RecognisedText]:
        """Return what some runs say, as they stand or on their heads, by their index."""
        boxes = [lines.crop_box(found[index], plane) for index in probes]
        crops = [plane[y0:y1, x0:x1] for x0, y0, x1, y1 in boxes]
        turned = [_half_turn(crop) for crop in crops] if half_turn else crops
        return dict(zip(probes, self.recogniser.recognise(turned, width_scale=WIDTH_SCALE), strict=True))

    def _recognise(
        self, turned: _Turned, coloured: Pixels | None, dpi: float, *, drawn: bool
    ) -> tuple[_Turned, list[SeenLine]]:
        """Return a page without leaders and its runs as read; where colours show a seal, lines beside it are looked at
        closer.

        Of a page `drawn` by the file itself, print that is the same to the pixel is read once.
        """
        seen = self._read_runs(turned.found, turned.plane, turned.read, drawn=drawn)
        turned, seen = self._without_leaders(turned, seen, drawn=drawn)
        plane = turned.plane
        zones = closing.doubtful_zones(closing.closing_zones(coloured, dpi) if coloured is not None else (), seen)
        kept, fresh = closing.looked_closer(turned.found, zones, plane, self.detector)
        seen = [*(seen[index] for index in kept), *self._read_runs(fresh, plane, {}, drawn=drawn)]
        doubtful = [index for index, line in enumerate(seen) if closing.is_doubtful(line, zones)]
        overprinted = self.overprint_reader.recognise([seen[index].crop for index in doubtful])
        for index, other in zip(doubtful, overprinted, strict=True):
            seen[index] = closing.settled(seen[index], other)
        return turned, seen

    def _without_leaders(self, turned: _Turned, seen: list[SeenLine], *, drawn: bool) -> tuple[_Turned, list[SeenLine]]:
        """Return a page with paper where leaders stood and its runs; what no leader touches is not read again."""
        boxes = [line.box for line in seen]
        rows = leaders.find_leaders(turned.plane, boxes, leaders.suspects(seen))
        if not rows:
            return turned, seen
        plane = leaders.without_leaders(turned.plane, rows)
        found = leaders.split_at_leaders(self.detector.detect(plane), rows)
        kept, fresh = leaders.kept_beside(boxes, rows, [lines.crop_box(text, plane) for text in found])
        runs = (*(turned.found[index] for index in kept), *(found[index] for index in fresh))
        read = self._read_runs([found[index] for index in fresh], plane, {}, drawn=drawn)
        return replace(turned, plane=plane, found=runs, read={}), [*(seen[index] for index in kept), *read]

    def _read_runs(
        self, found: Sequence[DetectedText], plane: Pixels, read_already: Mapping[int, RecognisedText], *, drawn: bool
    ) -> list[SeenLine]:
        boxes = [lines.crop_box(text, plane) for text in found]
        if sum((x1 - x0) / (y1 - y0) for x0, y0, x1, y1 in boxes) > MOST_PRINT:
            raise LimitExceededError("more print on a page than any letter has")
        crops = [plane[y0:y1, x0:x1] for x0, y0, x1, y1 in boxes]
        fresh = [index for index in range(len(found)) if index not in read_already]
        unread = [crops[index] for index in fresh]
        if drawn:
            read_now = recognise_distinct(self.recogniser, unread, width_scale=WIDTH_SCALE)
        else:
            read_now = self.recogniser.recognise(unread, width_scale=WIDTH_SCALE)
        read = dict(read_already) | dict(zip(fresh, read_now, strict=True))
        seen = [SeenLine(boxes[index], crops[index], read[index]) for index in range(len(found))]
        return with_dense_stretched(seen, self.recogniser)

    def _in_own_scripts(self, drafts: list[_Draft]) -> list[_Draft]:
        """Return the drafts with their lines, each in its own alphabet, and read again where something crosses them."""
        seen = iter(in_own_scripts([line for d in drafts for line in d.seen], self.recogniser, self.second_reader))
        mine = [with_codes_unsqueezed([next(seen) for _ in draft.seen], self.recogniser) for draft in drafts]
        return [
            _laid_out(draft, read_overprinted(lines_seen, self.overprint_reader), self.recogniser)
            for draft, lines_seen in zip(drafts, mine, strict=True)
        ]

    def _read_vins(self, drafts: list[_Draft]) -> list[_Draft]:
        """Return the drafts with every VIN-like place read again tightly, and by the second reader."""
        drafts = [
            replace(draft, page=replace(draft.page, lines=tuple(map(vins.without_specks, draft.page.lines))))
            for draft in drafts
        ]
        places = [(n, place) for n, draft in enumerate(drafts) for place in vins.find_vin_places(draft.page.lines)]
        boxes = [vins.crop_box(drafts[n].page.lines[place.line], place, drafts[n].plane) for n, place in places]
        crops = [drafts[n].plane[y0:y1, x0:x1] for (n, _), (x0, y0, x1, y1) in zip(places, boxes, strict=True)]
        second = self._second_readings(drafts, places, crops)
        doubtful = [k for k, (n, place) in enumerate(places) if vins.is_doubtful(drafts[n].page.lines, place)]
        again = dict(zip(doubtful, self.recogniser.recognise([crops[k] for k in doubtful]), strict=True))
        for number, draft in enumerate(drafts):
            mine = [k for k, (n, _) in enumerate(places) if n == number]
            readings = []
            improved = list(draft.page.lines)
            for k in reversed(mine):  # from the right, so that earlier places keep their positions
                place = places[k][1]
                readings.append(lines.as_line(second[k], boxes[k], draft.plane, Source.SECOND_READER))
                if k in again:
                    tight = vins.without_specks(lines.as_line(again[k], boxes[k], draft.plane))
                    improved[place.line], loser = vins.keep_surer(improved[place.line], place, tight)
                    readings.append(loser)
            page = replace(
                draft.page,
                lines=tuple(improved),
                second_readings=tuple(line for line in reversed(readings) if line.text),
            )
            drafts[number] = replace(draft, page=page)
        return drafts

    def _second_readings(
        self, drafts: list[_Draft], places: list[tuple[int, vins.VinPlace]], crops: list[Pixels]
    ) -> list[RecognisedText]:
        """Return what the second reader makes of each place; where it gives another valid VIN it is asked again."""
        second = list(self.second_reader.read_vins(crops))
        disputed = [
            k for k, (n, place) in enumerate(places) if vins.disputes(drafts[n].page.lines, place, second[k].text)
        ]
        softly = self.second_reader.read_vins([vins.softened(crops[k]) for k in disputed])
        for k, again in zip(disputed, softly, strict=True):
            second[k] = max(second[k], again, key=lambda one: one.confidence)
        return second


def _laid_out(draft: _Draft, seen: Sequence[SeenLine], recogniser: TextRecogniser) -> _Draft:
    """Return the draft with what was read as lines and cells, in reading order."""
    read = [lines.as_line(line.read, line.box, draft.plane) for line in seen if line.read.text.strip()]
    cells = [cell for line in read for cell in lines.split_cells(line, draft.page.table_rules, draft.plane)]
    whole = joined_boxes(cells, draft.plane, recogniser)
    return replace(draft, page=replace(draft.page, lines=lines.in_reading_order(whole)), seen=())


def _clockwise(pixels: Pixels) -> Pixels:
    return cast(Pixels, np.ascontiguousarray(np.rot90(pixels, -1)))


def _half_turn(pixels: Pixels) -> Pixels:
    return cast(Pixels, np.ascontiguousarray(pixels[::-1, ::-1]))


def _misfit_as_probe(text: DetectedText) -> float:
    """Return how far a run's shape is from the cheapest one that still tells which way is up."""
    width, height = np.ptp(text.corners, axis=0)
    return abs(float(np.log(max(width, 1.0) / max(height, 1.0) / PROBE_RATIO)))


def _levelled(plane: Pixels, found: tuple[DetectedText, ...], skew: float) -> tuple[Pixels, tuple[DetectedText, ...]]:
    """Return a reading plane straightened, with the runs that were detected on it: lines that sink are read poorly."""
    straight = upright.straighten(np.ascontiguousarray(plane[:, :, 0]), skew)
    if straight.homography is None:
        return plane, found
    return three_times(straight.pixels), upright.moved(found, straight.to_upright)


def _sureness(read: Collection[RecognisedText]) -> float:
    """Return the mean character confidence over several crops."""
    confidences = [c for text in read for c in text.character_confidences]
    return sum(confidences) / len(confidences) if confidences else 0.0


def _surely_read(read: Collection[RecognisedText]) -> float:
    """Return how many characters of several crops are read surely, their mean confidence telling between equals."""
    return sum(c >= SURELY_READ for text in read for c in text.character_confidences) + _sureness(read)
