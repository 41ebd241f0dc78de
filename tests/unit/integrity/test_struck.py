"""Values struck through and blocks crossed out, beside rules, underlines and signatures that strike nothing."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from samples.paper.faces import TYPES
from verifier.integrity.struck import find_struck
from verifier.letter import Field, Kind, Letter, ServiceOutlet, VehicleClaim
from verifier.page import Box, Colour, Line, Page, PageImage

WIDTH, HEIGHT, LEFT, TOP, STEP, SIZE = 1240, 1754, 120, 150, 60, 30
DPI = 150
TEXTS = (
    "LYDN3PWR9SH001540",
    "LYDN3PWR4SH011540",
    "哈萨克斯坦北方汽车维修服务有限公司",
    "阿拉木图市热尔托克桑大街四十三号附二",
    "中亚快修连锁第一门店",
    "阿斯塔纳市共和国大道十二号一层",
    "2026-03-12",
)
FIRST_VIN, SECOND_VIN, NAME, ADDRESS, OTHER_NAME, OTHER_ADDRESS, DATE = range(len(TEXTS))
INKS = [(30, 30, 32), (34, 50, 150), (180, 30, 40)]
Point = tuple[float, float]


def row_box(row: int) -> tuple[float, float, float, float]:
    """Left, top, right and foot of a printed line, pixels."""
    length = ImageFont.truetype(TYPES["song"].other.path, SIZE).getlength(TEXTS[row])
    y = TOP + row * STEP
    return LEFT, y, LEFT + length, y + SIZE + 6


def page_with(*strokes: tuple[Point, ...], ink: tuple[int, int, int] = INKS[0], quality: int = 85) -> PageImage:
    """A JPEG of printed lines with strokes of a pen, each through its points."""
    face = ImageFont.truetype(TYPES["song"].other.path, SIZE)
    picture = Image.new("RGB", (WIDTH, HEIGHT), (250, 249, 245))
    draw = ImageDraw.Draw(picture)
    lines = []
    for row, text in enumerate(TEXTS):
        x0, y0, x1, y1 = row_box(row)
        draw.text((x0, y0), text, font=face, fill=(30, 30, 32))
        box = Box.from_pixels(x0, y0, x1, y1, width=WIDTH, height=HEIGHT)
        edges = tuple(np.linspace(box.x0, box.x1, len(text) + 1).tolist())
        lines.append(Line(text, box, 0.99, edges, (0.99,) * len(text)))
    for points in strokes:
        draw.line(points, fill=ink, width=3, joint="curve")
    soft = cv2.GaussianBlur(np.asarray(picture), (0, 0), 0.7)
    _, stored = cv2.imencode(".jpg", soft[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    pixels = np.ascontiguousarray(cv2.imdecode(stored, cv2.IMREAD_COLOR)[..., ::-1])
    page = Page(1, 210, 297, True, DPI, Colour.COLOUR, False, 0, None, tuple(lines))
    return PageImage(page, pixels)


def found_on(image: PageImage) -> set[str | None]:
    def field(row: int) -> Field:
        line = image.page.lines[row]
        return Field(line.text, line.text, 0.99, 1, line.box)

    letter = Letter(
        Kind.CONFIRMATION_LETTER,
        vehicles=(VehicleClaim(vin=field(FIRST_VIN)), VehicleClaim(vin=field(SECOND_VIN))),
        outlets=(
            ServiceOutlet(name=field(NAME), address=field(ADDRESS)),
            ServiceOutlet(name=field(OTHER_NAME), address=field(OTHER_ADDRESS)),
        ),
        issued_on=field(DATE),
    )
    return {finding.field for finding in find_struck((image,), letter)}


def through(row: int, *, rise: float = 0.0, at: float = 0.5) -> tuple[Point, ...]:
    """A stroke by hand along a line, at a share of its height, bowed a little."""
    x0, y0, x1, y1 = row_box(row)
    shares = np.linspace(0, 1, 30)
    across = x0 - 12 + (x1 - x0 + 30) * shares
    down = y0 + at * (y1 - y0) + rise * (shares - 0.5) + 2.0 * np.sin(3 * shares)
    return tuple(zip(across.tolist(), down.tolist(), strict=True))


def slanted(first: int, last: int) -> tuple[Point, ...]:
    """A stroke from the left end of one line to the right end of another."""
    x0, top, x1, _ = row_box(first)
    _, _, other, foot = row_box(last)
    return (x0, top), (max(x1, other), foot)


def test_print_alone_is_struck_nowhere():
    assert found_on(page_with()) == set()


@pytest.mark.parametrize("ink", INKS)
@pytest.mark.parametrize(("row", "field"), [(SECOND_VIN, "vehicles[1].vin"), (NAME, "outlets[0].name")])
def test_a_value_struck_through_is_found_in_any_ink(row: int, field: str, ink: tuple[int, int, int]):
    assert found_on(page_with(through(row, rise=6), ink=ink)) == {field}


def test_a_block_of_outlets_that_is_crossed_out_is_found_once():
    assert found_on(page_with(slanted(NAME, OTHER_ADDRESS))) == {"outlets[0].name"}


def test_an_underline_strikes_nothing():
    assert found_on(page_with(through(NAME, at=1.0), through(SECOND_VIN, at=0.97))) == set()


def test_rules_between_lines_strike_nothing():
    rules = [((LEFT - 10, TOP + row * STEP - 12), (900, TOP + row * STEP - 12)) for row in range(len(TEXTS))]
    assert found_on(page_with(*rules)) == set()


def test_a_signature_over_the_closing_date_strikes_nothing():
    assert found_on(page_with(through(DATE))) == set()


def test_a_stroke_beside_the_outlets_crosses_nothing():
    x0, top, x1, _ = row_box(NAME)
    assert found_on(page_with(((x1 + 60, top), (x1 + 300, top + 200)), ((x0, top - 8), (x0 + 60, top + 200)))) == set()
