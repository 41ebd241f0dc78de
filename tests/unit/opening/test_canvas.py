"""A scan in a PDF is drawn as it is stored, with the steps of its compression; other pages are drawn as before."""

import io

import numpy as np
import pikepdf
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from tests.unit.opening.builders import changed, pdf
from verifier.opening import open_document
from verifier.opening.jpeg import luminance_steps

NOISE = np.random.default_rng(0).integers(60, 256, (1169, 827, 3)).astype(np.uint8)


def jpeg(pixels=NOISE, **options):
    stored = io.BytesIO()
    Image.fromarray(pixels).save(stored, "JPEG", **{"quality": 82} | options)
    return stored.getvalue()


def decoded(stored):
    return np.asarray(Image.open(io.BytesIO(stored)).convert("RGB"))


def scan(stored, width=595.28, height=841.89, x=0.0, y=0.0, page=None):
    """A page with one picture, by default of 100 dpi on A4; `page` is its size in points."""
    picture = ImageReader(io.BytesIO(stored))

    def draw(sheet):
        sheet.setPageSize(page or (width, height))
        sheet.drawImage(picture, x, y, width, height)

    return pdf(draw)


def page_of(document):
    (page,) = open_document(document).pages
    return page


@pytest.mark.parametrize(
    "size",
    [(595.28, 841.89), (595.2, 841.92), (595.0, 842.0), (595.44, 841.68), (595.276, 841.8898)],
    ids=str,
)
def test_a_scan_is_drawn_pixel_for_pixel_however_its_page_is_rounded(size):
    page = page_of(scan(jpeg(), *size))
    assert np.array_equal(page.pixels, decoded(jpeg()))
    assert page.dpi == pytest.approx(100, abs=0.2)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_drawn_pixel_for_pixel_and_tells_no_steps(turn):
    def turned(file: pikepdf.Pdf):
        file.pages[0].rotate(turn, relative=False)

    page = page_of(changed(scan(jpeg()), turned))
    assert np.array_equal(page.pixels, np.rot90(decoded(jpeg()), -turn // 90))
    assert page.steps == ()


def test_a_scan_with_a_margin_stands_on_whole_pixels_of_its_page():
    page = page_of(scan(jpeg(), 595.28, 841.89, 7.3, 11.2, page=(612, 864)))
    scanned = decoded(jpeg())
    top, left = (round(share * side) for share, side in zip((10.91 / 864, 7.3 / 612), page.pixels.shape, strict=False))
    assert np.array_equal(page.pixels[top : top + 1169, left : left + 827], scanned)


@pytest.mark.parametrize("size", [(595.28, 420.0), (350.0, 494.8)], ids=["another resolution down", "over 330 dpi"])
def test_a_scan_that_cannot_be_read_at_its_own_pixels_tells_no_steps(size):
    large = np.repeat(np.repeat(NOISE, 2, axis=0), 2, axis=1) if size[0] < 400 else NOISE
    assert page_of(scan(jpeg(large), *size)).steps == ()


def test_the_steps_are_those_of_the_file_itself():
    table = list(range(3, 67))
    stored = jpeg(qtables=[table, table], quality=-1)
    steps = page_of(scan(stored)).steps
    assert steps == page_of(stored).steps == luminance_steps(stored)
    assert sorted(steps) == table
    assert steps == tuple(Image.open(io.BytesIO(stored)).quantization[0])


def test_pictures_that_are_no_jpeg_or_were_turned_since_tell_none():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert page_of(jpeg(exif=exif)).steps == ()
    lossless = io.BytesIO()
    Image.fromarray(NOISE).save(lossless, "PNG")
    assert page_of(lossless.getvalue()).steps == ()
    assert page_of(scan(lossless.getvalue())).steps == ()


def test_a_header_cut_off_anywhere_is_read_without_an_error():
    stored = jpeg()
    whole = luminance_steps(stored)
    assert len(whole) == 64
    assert {luminance_steps(stored[:at]) for at in range(700)} == {(), whole}


def test_a_header_of_another_kind_of_garbage_tells_nothing():
    rng = np.random.default_rng(4)
    stored = bytearray(jpeg()[:700])
    for _ in range(300):
        spoilt = stored.copy()
        for at in rng.integers(0, len(spoilt), 6):
            spoilt[at] = int(rng.integers(256))
        steps = luminance_steps(bytes(spoilt))
        assert len(steps) in (0, 64)
        assert all(0 < step < 65536 for step in steps)
