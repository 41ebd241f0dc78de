"""How many scans painted over `document.tampering` sees, in every way of painting, and how many genuine ones it doubts.

Run: python -m tests.proofs.prove_13_scans --letters 30 --seed 57 [--part kept_aside] [--read] [--ways genuine,wiped]

One page of a letter, the one with its first vehicle number, which is painted over. Places are those the generator
printed at; with `--read` the real reader finds them (a second a page and more).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from samples.captures.patching import WAYS, as_received, patched, says_instead
from samples.captures.tools import saved_after
from samples.content import Capture, Plan
from samples.making import _pictures, as_file, place_of_seal, sheets_of
from samples.paper.rendering import Pixels
from samples.paper.sheet import Sheets, Text
from samples.planning import CAPTURES, genuine_plan
from samples.world.vehicles import one_character_off
from tests.proofs.setting import lines_of, rules_of
from verifier.evaluation.figures import Rate
from verifier.examination import Opened
from verifier.extraction import Labels, extract
from verifier.integrity import find_traces
from verifier.opening.document import open_whole
from verifier.page import Colour, Page
from verifier.record import Makers
from verifier.settings import models_folder

SCANNERS = (
    "scan_300", "scan_200", "pdf_scan_240", "scan_200_png", "pdf_scan_300", "scan_150", "low_quality", "noisy",
    "pdf_scan_200_layer", "faded", "grey", "bleed_through", "stained", "photocopy", "shaded",
)  # fmt: skip
"""Straight captures, so that the generator's places are the picture's."""
FINER = "finer"
"""A way of saving of this proof's own: again as JPEG, 4 to 12 qualities finer than the scanner's."""
AGAIN = ("genuine", "wiped", "cloned", "matched", "wiped_characters", "matched_characters", "twin_characters")
MOST_VEHICLES = 14
TONE = (252, 250, 246)
Places = Callable[[Opened, Sheets, int], tuple[Page, ...]]


@dataclass(frozen=True, slots=True)
class Tried:
    """One page judged: how it was painted over, whether it is of what is kept aside, what was found on it."""

    way: str
    aside: bool
    findings: int


def main() -> int:
    """Paint over, judge, count and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=30)
    parser.add_argument("--seed", type=int, default=57)
    parser.add_argument("--part", choices=["tuning", "kept_aside"], default="tuning")
    parser.add_argument("--read", action="store_true")
    every = ("genuine", *WAYS, "genuine_resaved", *(f"{way}+{FINER}" for way in AGAIN))
    parser.add_argument("--ways", default=",".join(every))
    given = parser.parse_args()
    places = _reader() if given.read else _printed
    tried: list[Tried] = []
    for plan in _plans(given.letters, given.seed, given.part):
        tried += _judged(plan, given.ways.split(","), places)
        sys.stderr.write(f"\r{len(tried)} pages")
    sys.stdout.write("\n".join(_table(tried)) + "\n")
    return 0


def _plans(count: int, seed: int, part: str) -> Iterator[Plan]:
    """Yield genuine letters that were scanned straight, with vehicles few enough for one page."""
    index = found = 0
    while found < count:
        index += 1
        plan = genuine_plan(index, seed, part="tuning" if part == "tuning" else "all", one_country=True)
        if len(plan.letter.vehicles) > MOST_VEHICLES or (part == "kept_aside" and not plan.kept_aside):
            continue
        found += 1
        capture = CAPTURES[SCANNERS[index % len(SCANNERS)]]
        quality = int(np.clip(capture.quality + np.random.default_rng([seed, index]).integers(-6, 7), 28, 95))
        capture = replace(capture, quality=quality, layer=False)
        yield replace(plan, capture=capture, further_seals=(), straddling=False)


def _judged(plan: Plan, ways: list[str], places: Places) -> Iterator[Tried]:
    rng = np.random.default_rng([plan.seed, plan.index, 3])
    vin = plan.letter.vehicles[0].vin
    pairs = ((vin, one_character_off(vin, rng)),)
    sheets = sheets_of(plan)
    page = next(n for n, marks in enumerate(sheets.pages) if any(isinstance(m, Text) and vin in m.text for m in marks))
    at, seed = place_of_seal(plan, sheets), plan.seed + plan.index
    genuine = _pictures(plan, sheets, at, TONE, seed)[page]
    other = _pictures(plan, says_instead(sheets, pairs), at, TONE, seed + 1000)[page]
    received = as_received(genuine, plan.capture), as_received(other, plan.capture)
    for way in ways:
        paint, _, after = way.partition("+")
        rng = np.random.default_rng([plan.seed, plan.index, 4])
        if paint in WAYS:
            pixels, shows = patched(*received, sheets, page, pairs, rng, paint), pairs
            after = after or WAYS[paint].after
        else:
            pixels, shows = genuine.pixels if way == "genuine" else received[0].pixels, ()
            after = after or paint.partition("_")[2]
        document = as_file(*_saved(pixels, plan.capture, after, rng), sheets, ())
        yield Tried(way, plan.kept_aside, _findings(document, says_instead(sheets, shows), page, places))


def _saved(pixels: Pixels, capture: Capture, after: str, rng: np.random.Generator) -> tuple[list[Pixels], Capture]:
    if after == FINER:
        return [pixels], replace(capture, quality=min(capture.quality + int(rng.integers(4, 13)), 96))
    changed, written = saved_after(pixels, capture, after, rng)
    return [changed], written


def _findings(document: bytes, sheets: Sheets, page: int, places: Places) -> int:
    opened = open_whole(document)
    pages = places(opened, sheets, page)
    return len(find_traces(opened.pages, pages, extract(pages, Labels.load(models_folder()), Makers())))


def _printed(opened: Opened, sheets: Sheets, page: int) -> tuple[Page, ...]:
    """Return the page as the generator printed it."""
    (one,) = opened.pages
    return (
        Page(
            1, sheets.width_mm, sheets.height_mm, one.scale_known, one.dpi, Colour.COLOUR, False, 0, None,
            lines_of(sheets, page + 1), rules=rules_of(sheets, page + 1),
        ),
    )  # fmt: skip


def _reader() -> Places:
    from verifier.assembly import build_verifier
    from verifier.record import Registry
    from verifier.sandbox import Sandbox

    with Sandbox() as sandbox:
        reader = build_verifier(Registry(), sandbox).reader
    return lambda opened, sheets, page: tuple(image.page for image in reader.read(opened.pages))


def _table(tried: list[Tried]) -> Iterator[str]:
    yield "| way | for a person |"
    yield "|---|---|"
    for way in dict.fromkeys(one.way for one in tried):
        yield f"| {way} | {Rate.of(one.findings > 0 for one in tried if one.way == way)} |"


if __name__ == "__main__":
    sys.exit(main())
