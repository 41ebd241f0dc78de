"""Pictures and red line art placed on a PDF page: what a seal looks like when it was never ink."""

from __future__ import annotations

from collections.abc import Iterable

from verifier.examination import Finding
from verifier.opening.limits import MAX_TEXT
from verifier.opening.objects import IMAGE, PATH, PaintedObject
from verifier.opening.scale import MM_PER_INCH
from verifier.opening.sheet import Sheet
from verifier.page import Box

FULL_PAGE_SHARE = 0.8
"""Share of the page that pictures must cover for it to be a scan; scanners crop at most a finger's width."""
STRIP_WIDTH = 0.85
"""Pictures this wide on a scan are its strips."""
OVERSCAN = 0.025
"""Share of a page's side by which the pictures that make up a scan may reach beyond it: scanners take in 1–2 % more
than the paper, and pages are rounded. On A4 it is 7 mm, less than a line with its margin."""
LEAST_CLIPPED = 0.003
"""Share of a scan's picture that a clip path may leave out: two square centimetres of A4."""
STACKED, ALL_HIDDEN = 0.05, 0.95
"""Share of the page by which one picture of a scan lies on another, and share of that other from which it hides all."""
RED_OVER = 60
"""Of 255: red above the larger of green and blue. Seal inks and their usual RGB values start at 100."""
RED_AT_LEAST = 120
SMALLEST_ART_MM = 8.0
"""Red marks below this are ticks and bullets, no seals."""
RULE_ASPECT = 6.0
"""Red art more than this times as long as high is a rule under a letterhead."""
ART_GAP_MM = 3.0
"""Parts of one seal stand closer together than this (rim, star, characters)."""
MOST_ART_PARTS = 2_000
"""Red paths of one page that are grouped; line art beyond it is a picture, grouped as one."""


def find_images(objects: Iterable[PaintedObject]) -> tuple[PaintedObject, ...]:
    """Return the pictures that show on the page, their boxes clipped to it."""
    page = Box(0, 0, 1, 1)
    return tuple(o for o in objects if o.kind == IMAGE and o.box.overlap(page) > 0)


def is_scan(images: tuple[PaintedObject, ...]) -> bool:
    """Return whether pictures cover the page: one of them, or strips that add up."""
    page = Box(0, 0, 1, 1)
    wide = [image.box.overlap(page) for image in images if image.box.width >= STRIP_WIDTH]
    return sum(wide) >= FULL_PAGE_SHARE


def page_picture(images: tuple[PaintedObject, ...]) -> PaintedObject | None:
    """Return the one picture that covers the page, None where several or none do."""
    page = Box(0, 0, 1, 1)
    whole = [image for image in images if image.box.overlap(page) >= FULL_PAGE_SHARE]
    return whole[0] if len(whole) == 1 else None


def scan_dpi(images: tuple[PaintedObject, ...], sheet: Sheet) -> float:
    """Return the resolution of the sharpest picture that makes up a scanned page."""
    return max(_dpi(image, sheet) for image in images if image.box.width >= STRIP_WIDTH)


def _dpi(image: PaintedObject, sheet: Sheet) -> float:
    """Return stored pixels per inch of paper; a picture may lie turned, so its area tells."""
    area = image.box.area * sheet.width_inches * sheet.height_inches
    return float((image.size[0] * image.size[1] / area) ** 0.5) if area > 0 else 0.0


def image_findings(
    number: int,
    images: tuple[PaintedObject, ...],
    masked: frozenset[tuple[int, int]],
    *,
    scanned: bool,
) -> tuple[Finding, ...]:
    """Return a `page_image` for each picture the page consists of, a `drawn_image` for each other one.

    `masked` holds the stored sizes of the page's pictures with a transparency mask: detail `soft_mask`, else
    `opaque`.
    """
    return tuple(
        Finding(
            code="page_image" if scanned and image.box.width >= STRIP_WIDTH else "drawn_image",
            page=number,
            box=image.box,
            detail="soft_mask" if image.size in masked else "opaque",
        )
        for image in images
    )


def cut_findings(number: int, objects: Iterable[PaintedObject], sheet: Sheet) -> tuple[Finding, ...]:
    """Return a `cut_picture` for each side on which a scanned page hides part of its pictures: beyond its crop box.

    A viewer and the readers see nothing of it. `box` is the page's edge there, `text` how much is hidden.
    """
    wide = [o.box for o in objects if o.kind == IMAGE and o.box.width >= STRIP_WIDTH]
    x0, y0 = min(box.x0 for box in wide), min(box.y0 for box in wide)
    x1, y1 = max(box.x1 for box in wide), max(box.y1 for box in wide)
    width, height = sheet.width_inches * MM_PER_INCH, sheet.height_inches * MM_PER_INCH
    sides = (
        (-x0, width, Box(0, 0, OVERSCAN, 1), "left"),
        (-y0, height, Box(0, 0, 1, OVERSCAN), "top"),
        (x1 - 1, width, Box(1 - OVERSCAN, 0, 1, 1), "right"),
        (y1 - 1, height, Box(0, 1 - OVERSCAN, 1, 1), "bottom"),
    )
    return tuple(
        Finding("cut_picture", number, edge, text=f"{share * length:.0f} mm", detail=side)
        for share, length, edge, side in sides
        if share > OVERSCAN
    )


def stacked_findings(number: int, images: tuple[PaintedObject, ...]) -> tuple[Finding, ...]:
    """Return a `stacked_scan` for each picture of a scanned page that hides a part of another under it, and not all.

    A scanner's strips stand beside one another, and the layers of a compact file cover the page alike.
    """
    wide = [image.box for image in images if image.box.width >= STRIP_WIDTH]
    return tuple(
        Finding("stacked_scan", number, upper)
        for index, upper in enumerate(wide)
        for lower in wide[:index]
        if upper.overlap(lower) >= STACKED and upper.overlap(lower) < ALL_HIDDEN * lower.area
    )


def clipped_findings(number: int, images: tuple[PaintedObject, ...]) -> tuple[Finding, ...]:
    """Return a `cut_picture` for each picture of a scan of which a clip path leaves out a part."""
    return tuple(
        Finding("cut_picture", number, image.box, text=f"{100 * image.clipped:.0f} %", detail="clip path")
        for image in images
        if image.box.width >= STRIP_WIDTH and image.clipped > LEAST_CLIPPED
    )


def path_findings(number: int, objects: Iterable[PaintedObject], sheet: Sheet) -> tuple[Finding, ...]:
    """Return a `drawn_path` for each group of red line art large enough to be a seal."""
    red = [o.box for o in objects if o.kind == PATH and _is_red(o) and not _is_rule(o.box, sheet)]
    groups = _grouped(red, sheet) if len(red) <= MOST_ART_PARTS else [Box.around(red)]
    return tuple(
        Finding(code="drawn_path", page=number, box=box, detail="red")
        for box in groups
        if min(_sides_mm(box, sheet)) >= SMALLEST_ART_MM and not _is_rule(box, sheet)
    )


def _is_red(painted: PaintedObject) -> bool:
    red, green, blue, alpha = painted.fill
    return alpha > 0 and red >= RED_AT_LEAST and red - max(green, blue) >= RED_OVER


def _sides_mm(box: Box, sheet: Sheet) -> tuple[float, float]:
    return (
        box.width * sheet.width_inches * MM_PER_INCH,
        box.height * sheet.height_inches * MM_PER_INCH,
    )


def _is_rule(box: Box, sheet: Sheet) -> bool:
    short, long = sorted(_sides_mm(box, sheet))
    return long >= SMALLEST_ART_MM and long > RULE_ASPECT * short


def _grouped(boxes: list[Box], sheet: Sheet) -> list[Box]:
    """Return the boxes of parts that stand together; one pass per merge, top to bottom."""
    gap_x = ART_GAP_MM / MM_PER_INCH / sheet.width_inches
    gap_y = ART_GAP_MM / MM_PER_INCH / sheet.height_inches
    groups: list[Box] = []
    for box in sorted(boxes, key=lambda part: -part.area):
        grown = Box(box.x0 - gap_x, box.y0 - gap_y, box.x1 + gap_x, box.y1 + gap_y)
        near = [group for group in groups if grown.overlap(group) > 0]
        groups = [group for group in groups if grown.overlap(group) <= 0]
        groups.append(Box.around([box, *near]))
    return groups


def clipped_text(text: str) -> str:
    """Return what is carried along of an object's text."""
    return text[:MAX_TEXT]
