"""The text layer in the boxes of verdict fields, held against the pixels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from verifier.examination import Finding
from verifier.integrity.compare import contradicts, essence
from verifier.integrity.fields import VerdictField
from verifier.page import Box, LayerWord, Page

AS_LARGE = 2.0
"""Ratio of heights up to which words stacked on one another could pass for each other; watermarks are larger."""
STACKED = 0.5
"""Share of the smaller word that the other must cover for both to stand in one place."""
ROW_SHARE = 0.5
"""Share of the lower of word and box that must overlap in height for the word to stand in the box."""
SAME_ROW = 0.6
"""Words whose middles are closer than this many word heights stand in one row."""
UNDERSTOOD = 0.4
"""Share of the page's read characters that its visible layer must contain. Honest layers have over 0.9;
faces embedded without an alphabet give nonsense, below 0.2."""
_SCANNERS = frozenset(["invisible", "covered"])
"""How readers of scans hide their layer: unpainted, or painted beneath the picture."""


def find_layer_conflicts(
    pages: tuple[Page, ...], fields: Iterable[VerdictField], findings: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """Return a `layer_conflict` for each verdict field in whose box the layer says another value.

    `detail` is `visible`, or why the text is hidden. A page whose layer has no usable alphabet yields one
    `layer_unreadable` and is compared as noise.
    """
    nonsense = frozenset(page.number for page in pages if is_nonsense(page))
    told = tuple(Finding(code="layer_unreadable", page=number) for number in sorted(nonsense))
    by_number = {page.number: page for page in pages}
    conflicts = (
        conflict
        for field in fields
        if field.field.box is not None and (page := by_number.get(field.field.page)) is not None
        for conflict in _conflicts(page, field, field.field.box, findings, nonsense)
    )
    return (*told, *conflicts)


def _conflicts(
    page: Page,
    field: VerdictField,
    box: Box,
    findings: tuple[Finding, ...],
    nonsense: frozenset[int],
) -> Iterator[Finding]:
    """Yield at most one conflict for visible words, and one for each way words are hidden there."""
    inside = [word for word in page.layer if stands_in(word.box, box)]
    for hidden in dict.fromkeys(word.hidden for word in inside):
        words = [word for word in inside if word.hidden == hidden]
        said = text_of(words)
        noisy = page.number in nonsense or all(is_scanners(word, page, findings) for word in words)
        stacked = (w.text for w in _stacked(words) if contradicts(field, w.text, honest_noise=noisy))
        said = said if contradicts(field, said, honest_noise=noisy) else next(stacked, "")
        if said:
            yield Finding(
                code="layer_conflict",
                page=page.number,
                box=box,
                text=said,
                shown=field.field.text,
                field=field.name,
                detail=hidden or "visible",
            )


def _stacked(words: list[LayerWord]) -> Iterator[LayerWord]:
    """Yield the words that stand on one another and say different things; print doubled for weight says the same."""
    for index, word in enumerate(words):
        for other in words[:index]:
            smaller = min(word.box.area, other.box.area)
            as_large = 1 / AS_LARGE < word.box.height / max(other.box.height, 1e-9) < AS_LARGE
            together = as_large and word.box.overlap(other.box) >= STACKED * smaller > 0
            if together and essence(word.text) != essence(other.text):
                yield from (other, word)


def stands_in(word: Box, box: Box) -> bool:
    """Return whether a word stands in a field's box, or the field within the word."""
    height = min(word.y1, box.y1) - max(word.y0, box.y0)
    across = min(word.x1, box.x1) - max(word.x0, box.x0)
    return across > 0 and height >= ROW_SHARE * min(word.height, box.height)


def text_of(words: Iterable[LayerWord]) -> str:
    """Return words as a person reads them, whatever their order in the file: rows down, then across."""
    rows: list[list[LayerWord]] = []
    for word in sorted(words, key=lambda word: word.box.centre[1]):
        if rows and word.box.centre[1] - rows[-1][-1].box.centre[1] < SAME_ROW * word.box.height:
            rows[-1].append(word)
        else:
            rows.append([word])
    return " ".join(word.text for row in rows for word in sorted(row, key=lambda word: word.box.x0))


def is_scanners(word: LayerWord, page: Page, findings: tuple[Finding, ...]) -> bool:
    """Return whether a hidden word is what the reader of a scan left under or over its picture."""
    if word.hidden not in _SCANNERS:
        return False
    return not page.born_digital or any(
        finding.box is not None and finding.box.covers(word.box)
        for finding in findings
        if finding.code in ("page_image", "drawn_image") and finding.page == page.number
    )


def is_nonsense(page: Page) -> bool:
    """Return whether the visible layer shares too little with the pixels to be in a usable alphabet."""
    said = Counter(essence("".join(word.text for word in page.layer if word.hidden is None)))
    read = Counter(essence("".join(line.text for line in page.lines)))
    return bool(said and read) and (said & read).total() < UNDERSTOOD * min(read.total(), said.total())
