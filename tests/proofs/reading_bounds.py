"""Pages of 40 megapixels and of any aspect ratio: what the worst ones cost, each in a process of its own."""

from __future__ import annotations

import resource
import subprocess
import sys
from dataclasses import dataclass

SHAPES = {
    "square, print everywhere": (6320, 6320),
    "eight times as wide as high": (2_230, 17_840),
    "eight times as high as wide": (17_840, 2_230),
}
"""(height, width): the 40 megapixels and the aspect ratio of 8 beyond which the opener refuses a page."""
SMALLEST_PRINT = 30
PRINT_SHARE = 75
"""Print of this share of the longer side is the smallest that the detector sees: it makes the most lines."""


@dataclass(frozen=True, slots=True)
class Extreme:
    """A page and what reading it took."""

    name: str
    said: str


def extremes() -> list[Extreme]:
    """Return what the reader takes for each shape."""
    return [Extreme(f"worst page: {name}", _measured(*shape)) for name, shape in SHAPES.items()]


def _measured(height: int, width: int) -> str:
    command = [sys.executable, "-m", "tests.proofs.reading_bounds", str(height), str(width)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() or f"ended with {done.returncode}"


def main() -> int:
    """Read one page covered with print of the given height and width; print seconds and megabytes."""
    import numpy as np
    from PIL import Image, ImageDraw, ImageFont

    from verifier.assembly import build_verifier
    from verifier.examination import OpenedPage
    from verifier.record import Registry
    from verifier.sandbox import Sandbox

    height, width = int(sys.argv[1]), int(sys.argv[2])
    size = max(SMALLEST_PRINT, max(height, width) // PRINT_SHARE)
    tile = Image.new("RGB", (min(width, 48 * size), min(height, 48 * size)), "white")
    draw = ImageDraw.Draw(tile)
    font = ImageFont.truetype("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", size)
    for row in range(4, tile.height - size, size + size // 2):
        draw.text(
            (4, row),
            "车架号 LSVAA4182E2184847 名称 ООО «Памир Моторс» 2026年3月12日 " * 2,
            fill=(30, 30, 30),
            font=font,
        )
    one = np.asarray(tile)
    times = (-(-height // one.shape[0]), -(-width // one.shape[1]), 1)
    pixels = np.tile(one, times)[:height, :width]
    with Sandbox() as sandbox:
        reader = build_verifier(Registry(), sandbox).reader
        before = resource.getrusage(resource.RUSAGE_SELF)
        pages = reader.read((OpenedPage(1, np.ascontiguousarray(pixels), 200.0, True, False),))
        after = resource.getrusage(resource.RUSAGE_SELF)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    lines = len(pages[0].page.lines)
    sys.stdout.write(f"{seconds:.1f} CPU s, {after.ru_maxrss / 1024:.0f} MB, {lines} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main())
