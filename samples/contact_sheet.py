"""Contact sheets of what the generator makes, but for what is kept aside: python -m samples.contact_sheet --out DIR."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw

from samples.content import Plan
from samples.forgeries import DEFECTS
from samples.generate import fitted
from samples.layouts import LAYOUTS, several
from samples.making import make
from samples.paper.faces import TYPES, load
from samples.planning import CAPTURES, HOLDOUT, careful_plan, genuine_plan

SEED = 1
THUMB = (300, 424)
COLUMNS = 8
QUALITY = 66
EXAMPLES = 2
"""Letters shown of each layout: other makers, faces and dresses."""


def main() -> int:
    """Write a sheet of layouts, one of captures and one of forgeries."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    layouts = [name for name in LAYOUTS if name not in HOLDOUT["layouts"] for _ in range(EXAMPLES)]
    _write(out / "layouts.jpg", layouts, _of_layout)
    _write(out / "captures.jpg", [name for name in CAPTURES if name not in HOLDOUT["captures"]], _of_capture)
    _write(out / "forgeries.jpg", [name for name in DEFECTS if name not in HOLDOUT["defects"]], _of_defect)
    return 0


def _of_layout(number: int, name: str) -> Plan:
    index = number
    while (
        plan := genuine_plan(index, SEED, part="tuning")
    ).layout != name:  # its own maker, face, dress and place come with it
        index += 100
    return replace(plan, capture=CAPTURES["scan_150"])


def _of_capture(number: int, name: str) -> Plan:
    plan = genuine_plan(500 + number, SEED, part="tuning", one_country=True)
    plan = plan if plan.layout not in several.LAYOUTS else replace(plan, layout="label_lines")
    capture = CAPTURES[name]
    embeddable = capture.form != "pdf_born" or TYPES[plan.type_name].embeddable
    return replace(plan, capture=capture, type_name=plan.type_name if embeddable else "song")


def _of_defect(number: int, name: str) -> Plan:
    plant, _ = DEFECTS[name]
    return plant(careful_plan(4 * number, SEED), np.random.default_rng([SEED, number]))


def _write(path: Path, names: list[str], plan_of: Callable[[int, str], Plan]) -> None:
    pictures = [(name, _first_page(make(fitted(plan_of(number, name))).document)) for number, name in enumerate(names)]
    _joined(pictures).save(path, quality=QUALITY)
    sys.stderr.write(f"{path}\n")


def _first_page(document: bytes) -> Image.Image:
    if document.startswith(b"%PDF"):
        with pypdfium2.PdfDocument(document) as pdf:
            return pdf[0].render(scale=1.4).to_pil().convert("RGB")
    return Image.open(io.BytesIO(document)).convert("RGB")


def _joined(pictures: Iterable[tuple[str, Image.Image]]) -> Image.Image:
    shown = list(pictures)
    rows = -(-len(shown) // COLUMNS)
    cell = (THUMB[0] + 14, THUMB[1] + 34)
    sheet = Image.new("RGB", (cell[0] * COLUMNS, cell[1] * rows), (205, 208, 212))
    draw, font = ImageDraw.Draw(sheet), load(TYPES["hei"].other, 17)
    for number, (name, picture) in enumerate(shown):
        x, y = number % COLUMNS * cell[0] + 7, number // COLUMNS * cell[1] + 26
        picture.thumbnail(THUMB, Image.Resampling.LANCZOS)
        sheet.paste(picture, (x + (THUMB[0] - picture.width) // 2, y))
        draw.text((x, y - 22), name, font=font, fill=(20, 20, 24))
    return sheet


if __name__ == "__main__":
    sys.exit(main())
