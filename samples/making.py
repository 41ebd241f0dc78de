"""One plan becomes one file, and what is known of where everything stands on its pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import cv2
import numpy as np

from samples.captures.files import as_file, joined
from samples.captures.lies import with_lie, with_overlays
from samples.captures.patching import as_received, patched, says_instead, text_quad
from samples.captures.producers import born_digital
from samples.captures.scanning import Points, Shot, captured
from samples.content import Plan, SealPlan
from samples.layouts import LAYOUTS
from samples.paper.dress import dressed
from samples.paper.faces import TYPES
from samples.paper.hand import by_hand, struck_through
from samples.paper.rendering import PAPER_DPI, Pixels, printed, stamped
from samples.paper.sheet import Sheets, Text

Place = tuple[int, float, float]
"""(page, x, y) of a seal's middle, mm from the top left."""
PX = PAPER_DPI / 25.4
TINTED_SHARE = 0.12
"""Of letters on coloured paper."""
SIZE_MM, MEASURE_MM = 4.2, 162.0
"""Of body print at scale 1, and of its lines' length, to which tables are drawn."""
TABLE_SCALES = (0.9, 1.1)
"""Tables follow the print's scale only so far: their columns are fixed."""
FOOT_MM = 47.0
"""How far above a page's lower edge the seals of pages before the closing one stand."""
DARK = 120
"""Print is darker than this in every channel."""


@dataclass(frozen=True, slots=True)
class Located:
    """Where something stands: page from 1, and its outline as fractions of the captured page."""

    page: int
    outline: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A letter's file, where texts and seals stand in it, and how much of the seal's arc lies on print."""

    document: bytes
    texts: tuple[tuple[str, Located], ...]
    seals: tuple[Located, ...]
    arc_print: float
    pages: int
    joined: Made | None = None
    """The second document of the file, its pages numbered after the first one's."""


def sheets_of(plan: Plan) -> Sheets:
    """Return the letter set and dressed."""
    dress = plan.dress
    sheets = Sheets(
        TYPES[plan.type_name], SIZE_MM * dress.scale, dress.left_mm, dress.left_mm + MEASURE_MM,
        lead=dress.lead, scale=float(np.clip(dress.scale, *TABLE_SCALES)),
    )  # fmt: skip
    sheets.down(dress.sunk_mm)
    LAYOUTS[plan.layout](sheets, plan.letter)
    dressed(sheets, dress)
    if plan.by_hand:
        sheets.pages = by_hand(sheets, plan.by_hand, np.random.default_rng([plan.seed, plan.index, 6]))
    if plan.struck:
        sheets.pages = struck_through(sheets, plan.struck, np.random.default_rng([plan.seed, plan.index, 7]))
    return sheets


def make(plan: Plan) -> Made:
    """Return the file of a plan, with the letter joined to it."""
    made = _make(plan)
    if plan.joined is None:
        return made
    second = _make(plan.joined)
    texts = tuple((text, replace(where, page=where.page + made.pages)) for text, where in second.texts)
    seals = tuple(replace(where, page=where.page + made.pages) for where in second.seals)
    moved = replace(second, document=b"", texts=texts, seals=seals)
    return replace(made, document=joined([made.document, second.document]), joined=moved)


def _make(plan: Plan) -> Made:
    sheets = sheets_of(plan)
    at = place_of_seal(plan, sheets)
    if plan.capture.form == "pdf_born":
        document = born_digital(sheets, plan.seal, at, plan.capture.producer)
        flat = np.diag([1 / sheets.width_mm, 1 / sheets.height_mm, 1.0])
        shots = [Shot(np.zeros((1, 1, 3), np.uint8), flat) for _ in sheets.pages]
    else:
        shots = _shots(plan, sheets, at)
        document = as_file([shot.pixels for shot in shots], plan.capture, sheets, plan.layer_swaps)
    if plan.overlay_swaps:
        document = with_overlays(document, sheets, plan.overlay_swaps)
    if plan.file_lie:
        document = with_lie(document, sheets, plan.file_lie, plan.lie_pairs)
    texts = tuple(_texts(plan, says_instead(sheets, plan.patches), shots))
    seals = (_outline(plan.seal, at, shots[at[0]]),) if plan.seal else ()
    return Made(document, texts, seals, _arc_print(plan, sheets, at), len(sheets.pages))


def place_of_seal(plan: Plan, sheets: Sheets) -> Place:
    """Return the middle of the seal: over the closing lines, on clear paper beside them, or half off the sheet."""
    rng = np.random.default_rng([plan.seed, plan.index, 4])
    page, x, y = sheets.sealed_at if plan.seal is None or plan.seal.over_print else sheets.clear_at
    slip = rng.normal(0, 2, 2)
    if plan.off_edge and plan.seal:
        return page, sheets.width_mm - plan.seal.diameter_mm * float(rng.uniform(0.25, 0.45)), y + float(slip[1])
    return page, x + float(slip[0]), y + float(slip[1])


def _shots(plan: Plan, sheets: Sheets, at: Place) -> list[Shot]:
    """Return the captured pages."""
    rng = np.random.default_rng([plan.seed, plan.index, 2])
    tone = _paper_tone(rng)
    shots = _pictures(plan, sheets, at, tone, int(rng.integers(1 << 30)))
    if plan.pasted_from:
        _paste(shots[at[0]].pixels, at, plan.pasted_from)
    if plan.patches:
        changed = _pictures(plan, says_instead(sheets, plan.patches), at, tone, int(rng.integers(1 << 30)))
        pairs = [
            (as_received(a, plan.capture), as_received(b, plan.capture)) for a, b in zip(shots, changed, strict=True)
        ]
        shots = [
            replace(shot, pixels=patched(shot, other, sheets, number, plan.patches, rng, plan.patch_kind))
            for number, (shot, other) in enumerate(pairs)
        ]
    return shots


def _paper_tone(rng: np.random.Generator) -> tuple[int, int, int]:
    """Return the colour of paper: mostly white, warm or cold by a little, now and then tinted stock."""
    if rng.random() < TINTED_SHARE:
        return int(rng.integers(240, 255)), int(rng.integers(240, 254)), int(rng.integers(232, 252))
    light, tint = int(rng.integers(243, 255)), int(rng.integers(0, 8))
    warm = light, light - tint // 3, light - tint
    return warm if rng.random() < 0.75 else (light - tint // 2, light - tint // 4, light)


def _pictures(plan: Plan, sheets: Sheets, at: Place, tone: tuple[int, int, int], seed: int) -> list[Shot]:
    shots = []
    for number in range(len(sheets.pages)):
        paper = _stamped(printed(sheets, number, tone), plan, number, len(sheets.pages), at)
        shots.append(captured(paper, plan.capture, np.random.default_rng([seed, number])))
    return shots


def _stamped(paper: Pixels, plan: Plan, number: int, pages: int, at: Place) -> Pixels:
    """Return a page with its seals: the closing page has the official one and others; longer letters have more."""
    if plan.seal is None or plan.pasted_from:
        return paper
    if number == at[0]:
        for further in plan.further_seals:
            paper = stamped(paper, further.seal, at[1] + further.dx, at[2] + further.dy)
        paper = stamped(paper, plan.seal, at[1], at[2])
    elif not plan.straddling:
        paper = stamped(paper, _another(plan.seal, number), at[1], paper.shape[0] / PX - FOOT_MM)
    if plan.straddling and pages > 1:
        paper = _straddled(paper, plan.seal, number, pages)
    return paper


def _another(seal: SealPlan, number: int) -> SealPlan:
    """Return another impression of the same seal."""
    return replace(seal, seed=seal.seed + 7 * (number + 1), degrees=(seal.degrees + 37 * (number + 1)) % 360)


def _straddled(paper: Pixels, seal: SealPlan, number: int, pages: int) -> Pixels:
    """Return a page with its share of one impression across the fanned right edges of all pages."""
    across = replace(_another(seal, 99), degrees=0.0)
    side = seal.diameter_mm + 6.0
    share = (number / pages, (number + 1) / pages)
    return stamped(paper, across, paper.shape[1] / PX - share[1] * side + side / 2, 120.0, share)


def _paste(page: Pixels, at: Place, source: Plan) -> None:
    """Copy the seal's pixels out of another letter's scan onto this one, as a picture editor would."""
    sheets = sheets_of(source)
    where = place_of_seal(source, sheets)
    scan = _shots(source, sheets, where)[where[0]].pixels
    px, half = source.capture.dpi / 25.4, round(24.5 * source.capture.dpi / 25.4)
    (ax, ay), (bx, by) = [(round(x * px), round(y * px)) for _, x, y in (where, at)]
    reach = min(half, ax, ay, bx, by, *(size - v for size, v in zip(page.shape[1::-1], (bx, by), strict=True)))
    reach = min(reach, scan.shape[1] - ax, scan.shape[0] - ay)
    target = page[by - reach : by + reach, bx - reach : bx + reach]
    np.minimum(target, scan[ay - reach : ay + reach, ax - reach : ax + reach], out=target)


# --- what is known of it ----------------------------------------------------------------------------------


def _texts(plan: Plan, sheets: Sheets, shots: list[Shot]) -> list[tuple[str, Located]]:
    """Return where verdict-bearing texts stand; those broken over lines are left out."""
    stated = dict(plan.patches)
    letter = plan.letter
    wanted = [letter.number, letter.issuer, letter.issuer_en, letter.country_text, letter.country_text_en]
    wanted += [v.vin for v in letter.vehicles] + [o.phone for o in letter.outlets]
    texts = {stated.get(text, text) for text in wanted if text}
    found = []
    for number, page in enumerate(sheets.pages):
        for mark in page:
            if isinstance(mark, Text) and not mark.degrees:
                for text in sorted(texts):
                    if text in mark.text:
                        quad = shots[number].to_page(text_quad(mark, sheets, text))
                        found.append((text, Located(number + 1, _rounded(quad))))
    return found


def _outline(seal: SealPlan, at: Place, shot: Shot) -> Located:
    turns = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    rx = seal.diameter_mm / 2
    ry = rx * (30 / 45 if seal.shape == "oval" else 1)
    tilt = np.radians(seal.degrees)
    ring = np.column_stack([rx * np.cos(turns), ry * np.sin(turns)])
    spun = ring @ np.array([[np.cos(tilt), np.sin(tilt)], [-np.sin(tilt), np.cos(tilt)]])
    return Located(at[0] + 1, _rounded(shot.to_page(spun + np.array(at[1:]))))


def _rounded(points: Points) -> tuple[tuple[float, float], ...]:
    return tuple((round(float(x), 5), round(float(y), 5)) for x, y in points)


@lru_cache(maxsize=8)
def _band(diameter_px: int) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """Return the mask of the ring on which the name stands."""
    side = diameter_px + 3
    mask = np.zeros((side, side), np.uint8)
    cv2.circle(mask, (side // 2, side // 2), round(diameter_px * 0.47), 1, -1)
    cv2.circle(mask, (side // 2, side // 2), round(diameter_px * 0.29), 0, -1)
    return mask


def _arc_print(plan: Plan, sheets: Sheets, at: Place) -> float:
    """Return the share of the name's ring that lies on print."""
    if plan.seal is None:
        return 0.0
    mask = _band(round(plan.seal.diameter_mm * PX))
    paper = printed(sheets, at[0], (255, 255, 255))
    x, y, half = round(at[1] * PX), round(at[2] * PX), mask.shape[0] // 2
    edge = half + 2
    wide = cv2.copyMakeBorder(paper, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=(255, 255, 255))
    y, x = y + edge, x + edge
    crop = wide[y - half : y - half + mask.shape[0], x - half : x - half + mask.shape[1]]
    dark = (crop.max(axis=2) < DARK) & (mask[: crop.shape[0], : crop.shape[1]] == 1)
    return float(dark.sum() / max(int(mask.sum()), 1))
