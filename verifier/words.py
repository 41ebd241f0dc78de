"""A page's words on the grid that they are kept on, and packed for storage.

Words are put on the grid as they are read, so that storing them loses nothing and a judgement made from the
archive is the one that was made at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
from numpy.typing import NDArray

from verifier.page import Box, LayerWord, Line, Page, Source

BOX_STEPS = 4096
"""Steps of a page's width or height: 0.05 mm on A4."""
EDGE_STEPS = 2048
"""Steps of a page's width for borders of characters: 0.1 mm on A4, a fortieth of a character."""
CONFIDENCE_STEPS = 255
"""A confidence is 1 - (step / 255)²: 0.0003 apart at 0.99, 0.008 in the worst place."""
_OFFSET = 16384
"""Added to steps before they are kept as 16 bits without sign: layer words may stand off the page."""


def page_on_grid(page: Page) -> Page:
    """Return the page with every word, rule and confidence as storing them will give back."""
    return replace(
        page,
        lines=tuple(_line_on_grid(line) for line in page.lines),
        second_readings=tuple(_line_on_grid(line) for line in page.second_readings),
        marks=tuple(_line_on_grid(line) for line in page.marks),
        layer=tuple(replace(word, box=_box_on_grid(word.box)) for word in page.layer),
        rules=tuple(_box_on_grid(box) for box in page.rules),
    )


def _line_on_grid(line: Line) -> Line:
    return Line(
        text=line.text,
        box=_box_on_grid(line.box),
        confidence=_confidence(_step(line.confidence)),
        edges=tuple(round(edge * EDGE_STEPS) / EDGE_STEPS for edge in line.edges),
        character_confidences=tuple(_confidence(_step(c)) for c in line.character_confidences),
        source=line.source,
    )


def _box_on_grid(box: Box) -> Box:
    """Return the box with its sides on the grid, at least one step wide and high; far off the page is far enough."""
    limit = 2 * BOX_STEPS
    x0, y0, x1, y1 = (min(max(round(side * BOX_STEPS), -limit), limit) for side in box)
    return Box(*(side / BOX_STEPS for side in (x0, y0, max(x1, x0 + 1), max(y1, y0 + 1))))


def _step(confidence: float) -> int:
    return round(CONFIDENCE_STEPS * float(np.sqrt(min(max(1.0 - confidence, 0.0), 1.0))))


def _confidence(step: int) -> float:
    return 1.0 - (step / CONFIDENCE_STEPS) ** 2


@dataclass(frozen=True, slots=True)
class PackedWords:
    """Lines or layer words as arrays, low bytes before high ones: like beside like compresses best."""

    texts: tuple[str, ...]
    boxes: bytes
    edges: bytes = b""
    confidences: bytes = b""
    remarks: tuple[str, ...] = ()
    """Sources of lines or hidden states of layer words; empty where all are usual."""


@dataclass(frozen=True, slots=True)
class PackedPage:
    """A page for storage: `page` without its words, and these."""

    page: Page
    lines: PackedWords
    second_readings: PackedWords
    layer: PackedWords
    rules: bytes
    marks: PackedWords = PackedWords((), b"")
    """Not in what was stored before marks were read."""


def packed(page: Page) -> PackedPage:
    """Return a page on the grid, packed."""
    bare = replace(page, lines=(), second_readings=(), marks=(), layer=(), rules=())
    lines, second, marks = map(_packed_lines, (page.lines, page.second_readings, page.marks))
    return PackedPage(bare, lines, second, _packed_layer(page.layer), _packed_boxes(page.rules), marks)


def unpacked(kept: PackedPage) -> Page:
    """Return the page that was packed. Raises ValueError where the parts do not fit together."""
    return replace(
        kept.page,
        lines=_unpacked_lines(kept.lines),
        second_readings=_unpacked_lines(kept.second_readings),
        marks=_unpacked_lines(kept.marks),
        layer=_unpacked_layer(kept.layer),
        rules=_unpacked_boxes(kept.rules),
    )


def _packed_lines(lines: Sequence[Line]) -> PackedWords:
    steps = [[round(edge * EDGE_STEPS) for edge in line.edges] for line in lines]
    deltas = [step - before for line in steps for before, step in zip([0, *line[:-1]], line, strict=True)]
    confidences = bytes(_step(c) for line in lines for c in (line.confidence, *line.character_confidences))
    remarks = tuple(str(line.source) for line in lines)
    usual = all(line.source is Source.OCR for line in lines)
    return PackedWords(
        texts=tuple(line.text for line in lines),
        boxes=_packed_boxes(line.box for line in lines),
        edges=_packed_steps(deltas),
        confidences=confidences,
        remarks=() if usual else remarks,
    )


def _unpacked_lines(kept: PackedWords) -> tuple[Line, ...]:
    deltas, found = _unpacked_steps(kept.edges), list[Line]()
    edge = confidence = 0
    sources = kept.remarks or (Source.OCR,) * len(kept.texts)
    for text, box, source in zip(kept.texts, _unpacked_boxes(kept.boxes), sources, strict=True):
        edges = np.cumsum(deltas[edge : edge + len(text) + 1]) / EDGE_STEPS
        whole, *single = (_confidence(step) for step in kept.confidences[confidence : confidence + len(text) + 1])
        found.append(Line(text, box, whole, tuple(edges.tolist()), tuple(single), Source(source)))
        edge, confidence = edge + len(text) + 1, confidence + len(text) + 1
    return tuple(found)


def _packed_layer(words: Sequence[LayerWord]) -> PackedWords:
    remarks = tuple(word.hidden or "" for word in words)
    texts = tuple(word.text for word in words)
    return PackedWords(texts, _packed_boxes(word.box for word in words), remarks=remarks if any(remarks) else ())


def _unpacked_layer(kept: PackedWords) -> tuple[LayerWord, ...]:
    hidden = kept.remarks or ("",) * len(kept.texts)
    words = zip(kept.texts, _unpacked_boxes(kept.boxes), hidden, strict=True)
    return tuple(LayerWord(text, box, why or None) for text, box, why in words)


def _packed_boxes(boxes: Iterable[Box]) -> bytes:
    """Return the boxes' left and upper sides, then their widths and heights."""
    sides = np.array([[round(side * BOX_STEPS) for side in box] for box in boxes], np.int64).reshape(-1, 4)
    sides[:, 2:] -= sides[:, :2]
    return _packed_steps(sides.T.ravel())


def _unpacked_boxes(kept: bytes) -> tuple[Box, ...]:
    sides = _unpacked_steps(kept).reshape(4, -1).T.copy()
    sides[:, 2:] += sides[:, :2]
    return tuple(Box(*(side / BOX_STEPS for side in box)) for box in sides.tolist())


def _packed_steps(steps: Sequence[int] | NDArray[np.int64]) -> bytes:
    words = (np.asarray(steps, np.int64) + _OFFSET).astype("<u2")
    return words.view(np.uint8).reshape(-1, 2).T.tobytes()


def _unpacked_steps(kept: bytes) -> NDArray[np.int64]:
    words = np.frombuffer(kept, np.uint8).reshape(2, -1).T.copy().view("<u2").ravel()
    return cast("NDArray[np.int64]", words.astype(np.int64) - _OFFSET)
