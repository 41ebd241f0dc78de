"""The closing lines beside a seal, looked at closer: a signature that runs over them breaks them for a detector
that sees the page at reading size, and not for one that sees them twice as large.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from verifier.page import Pixels
from verifier.reading.ink import LOOK_STEP, STRONG_TINT
from verifier.reading.lines import SeenLine, crop_box
from verifier.recognition.engine import DetectedText, RecognisedText, TextDetector

Zone = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels of the page."""

SEAL_MM = 20.0, 70.0
"""Sides of red ink that may be a seal: headlines are lower or wider, marks smaller. Worn seals break into parts."""
JOINED_MM = 4.0
"""Parts of one seal lie nearer to each other than this."""
MARGIN_MM = 80.0, 10.0
"""Left and right of a seal, above and below it, closing lines reach so far."""
MOST_ZONES = 3
"""Zones of a page that are looked at: a letter closes once, its copies have seals of their own."""
AT_EDGE = 0.3
"""A run that ends within this share of its height of a zone's side may go on beyond it."""
SAME_RUN = 0.9
"""Overlap over union from which both looks saw the same run, whose reading stays."""
TOUCHING = 0.5
"""Share of the smaller of two runs that both cover where they are about the same print; neighbours share 0.3."""
SURE = 0.95
"""Least confidence of a closing line's characters from which nothing was lost: crossed ones have 0.2 to 0.9."""
FEWEST_LINES = 2
WIDELY = 0.8
"""Share of a run's width that the closer look must have seen before its runs take that one's place."""
READABLE = 0.6
"""Least confidence of a longer reading that is preferred: print that a stroke crosses is lost, not invented."""


def closing_zones(pixels: Pixels, dpi: float) -> tuple[Zone, ...]:
    """Return where the lines beside red seals stand on an upright page."""
    small = np.ascontiguousarray(pixels[::LOOK_STEP, ::LOOK_STEP])
    red, green, blue = cv2.split(small)
    inked = (cv2.subtract(red, cv2.max(green, blue)) > STRONG_TINT // 2).astype(np.uint8)
    px = dpi / 25.4 / LOOK_STEP
    side = 2 * round(JOINED_MM * px / 2) + 1
    count, _, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(inked, np.ones((side, side), np.uint8)))
    low, high = (mm * px + side for mm in SEAL_MM)
    height, width = pixels.shape[:2]
    across, down = (round(mm * dpi / 25.4) for mm in MARGIN_MM)
    zones = []
    for x, y, w, h, _ in stats[1:count]:
        if low <= min(w, h) and max(w, h) <= high:
            x0, y0, x1, y1 = (int(v) * LOOK_STEP for v in (x, y, x + w, y + h))
            zones.append((max(x0 - across, 0), max(y0 - down, 0), min(x1 + across, width), min(y1 + down, height)))
    return tuple(sorted(zones, key=lambda zone: -zone[3])[:MOST_ZONES])


def looked_closer(
    found: Sequence[DetectedText], zones: Sequence[Zone], plane: Pixels, detector: TextDetector
) -> tuple[list[int], list[DetectedText]]:
    """Return which of the runs `found` on an upright page stay, by index, and the runs that take the others' places.

    A run is exchanged only where the closer look saw the same print, whole, within a zone.
    """
    boxes = [crop_box(run, plane) for run in found]
    closer: list[DetectedText] = []
    for zone in zones:
        here = [run for run in detector.detect_within(plane, zone) if _is_whole(crop_box(run, plane), zone)]
        closer += [run for run in here if all(_shared(crop_box(run, plane), crop_box(c, plane)) == 0 for c in closer)]
    fresh = []
    for run in closer:
        box = crop_box(run, plane)
        near = [other for other in boxes if _about(box, other)]
        if any(_union(box, other) >= SAME_RUN for other in near):
            continue
        if all(any(_inside(other, zone) for zone in zones) for other in near):
            fresh.append(run)
    places = [crop_box(run, plane) for run in fresh]
    lost = [box for box in boxes if 0 < _covered(box, places) < WIDELY]
    fresh = [run for run in fresh if all(not _about(crop_box(run, plane), box) for box in lost)]
    places = [crop_box(run, plane) for run in fresh]
    kept = [index for index, box in enumerate(boxes) if not any(_about(box, place) for place in places)]
    return kept, fresh


def doubtful_zones(zones: Sequence[Zone], seen: Sequence[SeenLine]) -> tuple[Zone, ...]:
    """Return the zones in which a line may have been lost, or characters of one: name and date make two sure lines."""
    found = []
    for zone in zones:
        here = [line.read.confidence for line in seen if line.read.text and _inside(line.box, zone)]
        if len(here) < FEWEST_LINES or min(here) < SURE:
            found.append(zone)
    return tuple(found)


def is_doubtful(line: SeenLine, zones: Sequence[Zone]) -> bool:
    """Return whether a line of a zone may have lost characters under a stroke."""
    return line.read.confidence < SURE and any(_inside(line.box, zone) for zone in zones)


def settled(line: SeenLine, overprinted: RecognisedText) -> SeenLine:
    """Return a closing line with the reading that lost less: the longer of two believable ones, else the surer.

    Where that is `overprinted`, by the reader for crossed print, nothing else needs to be tried.
    """
    first = line.read
    believable = min(first.confidence, overprinted.confidence) >= READABLE
    if believable and len(first.text) != len(overprinted.text):
        better = len(overprinted.text) > len(first.text)
    else:
        better = overprinted.confidence > first.confidence
    return replace(line, read=overprinted, settled=overprinted.confidence >= READABLE) if better else line


def _is_whole(box: Zone, zone: Zone) -> bool:
    """Return whether a run lies inside a zone with room beside it, so that the zone's side did not cut it."""
    spare = AT_EDGE * (box[3] - box[1])
    return box[0] >= zone[0] + spare and box[2] <= zone[2] - spare and _inside(box, zone)


def _inside(box: Zone, zone: Zone) -> bool:
    return box[0] >= zone[0] and box[1] >= zone[1] and box[2] <= zone[2] and box[3] <= zone[3]


def _about(one: Zone, other: Zone) -> bool:
    """Return whether two runs are about the same print."""
    return _shared(one, other) > TOUCHING * min(_area(one), _area(other))


def _covered(box: Zone, places: Sequence[Zone]) -> float:
    """Return the share of a run's width over which others about the same print run."""
    widths = [min(box[2], place[2]) - max(box[0], place[0]) for place in places if _about(box, place)]
    return sum(widths) / (box[2] - box[0])


def _area(box: Zone) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])


def _shared(one: Zone, other: Zone) -> int:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width * height if width > 0 and height > 0 else 0


def _union(one: Zone, other: Zone) -> float:
    """Return the overlap of two boxes as a share of what they cover together."""
    shared = _shared(one, other)
    return shared / (_area(one) + _area(other) - shared)
