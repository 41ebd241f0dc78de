import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.unit.opening.builders import encoded, page_picture
from verifier.errors import (
    DamagedFileError,
    LimitExceededError,
    UnreadableDocumentError,
    UnsupportedFormatError,
)
from verifier.opening import limits, open_document


def only_page(document):
    (page,) = open_document(document).pages
    return page


def test_pixels_come_out_as_they_went_in():
    picture = page_picture()
    page = only_page(encoded(picture, "PNG", dpi=(100, 100)))
    assert (page.pixels == np.asarray(picture)).all()
    assert page.dpi == pytest.approx(100, abs=0.1)
    assert page.scale_known
    assert not page.born_digital


@pytest.mark.parametrize("dpi", [None, (1, 1), (9600, 9600)])
def test_without_a_sane_resolution_the_page_is_taken_for_a4(dpi):
    options = {"dpi": dpi} if dpi else {}
    page = only_page(encoded(page_picture(), "PNG", **options))
    assert not page.scale_known
    assert page.dpi == pytest.approx(100, abs=0.5)


@pytest.mark.parametrize(("dpi", "known"), [(66, False), (82, True), (70.7, True)])
def test_a_resolution_that_makes_no_paper_of_a_scan_of_a4_is_made_up(dpi, known):
    page = only_page(encoded(page_picture(), "PNG", dpi=(dpi, dpi)))
    assert page.scale_known is known
    assert page.dpi == pytest.approx(dpi if known else 100, abs=0.5)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_turns_the_picture_and_its_resolution(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    page = only_page(encoded(page_picture(), "JPEG", exif=exif, dpi=(100, 100), quality=95))
    stands = orientation < 5
    assert page.pixels.shape[:2] == ((1169, 827) if stands else (827, 1169))
    rows, columns = np.nonzero(page.pixels[:, :, 0] < 100)
    top, left = rows.mean() < page.pixels.shape[0] / 2, columns.mean() < page.pixels.shape[1] / 2
    expected = {1: (1, 1), 2: (1, 0), 3: (0, 0), 4: (0, 1), 5: (1, 1), 6: (1, 0), 7: (0, 0), 8: (0, 1)}
    assert (top, left) == tuple(map(bool, expected[orientation]))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "I"])
def test_a_picture_of_any_mode_becomes_eight_bit_rgb(mode):
    picture = page_picture()
    if mode.startswith("I"):
        grey = np.asarray(picture.convert("L"), dtype=np.uint16).astype("<u2") * 257
        picture = Image.fromarray(grey if mode == "I;16" else grey.astype(np.int32))
    else:
        picture = picture.convert(mode)
    page = only_page(encoded(picture, "TIFF" if mode == "I" else "PNG"))
    assert page.pixels.dtype == np.uint8
    assert page.pixels[60, 60].max() < 10
    assert page.pixels[1000, 700].min() > 245


def test_cmyk_jpeg_is_converted():
    page = only_page(encoded(page_picture().convert("CMYK"), "JPEG", quality=95))
    assert page.pixels[60, 60].max() < 40
    assert page.pixels[1000, 700].min() > 230


def test_what_is_transparent_shows_white():
    layered = page_picture().convert("RGBA")
    layered.putalpha(0)
    assert (only_page(encoded(layered, "PNG")).pixels == 255).all()


def test_print_under_transparent_places_is_told():
    layered = page_picture().convert("RGBA")
    other = Image.new("RGBA", (60, 12), (20, 20, 20, 0))
    layered.paste(other, (400, 500))
    (finding,) = open_document(encoded(layered, "PNG")).findings
    assert finding.code == "see_through"
    width, height = layered.size
    assert finding.box.x0 * width == pytest.approx(400)
    assert finding.box.y1 * height == pytest.approx(512)


def test_transparent_paper_hides_nothing():
    layered = page_picture().convert("RGBA")
    layered.paste(Image.new("RGBA", (60, 12), (255, 255, 255, 0)), (400, 500))
    assert open_document(encoded(layered, "PNG")).findings == ()


def test_every_tiff_frame_is_a_page_and_thumbnails_are_none():
    frames = [page_picture(colour=colour) for colour in ("white", "#eeeeee", "#dddddd")]
    document = encoded(frames[0], "TIFF", save_all=True, append_images=frames[1:], dpi=(100, 100))
    opened = open_document(document)
    assert [page.number for page in opened.pages] == [1, 2, 3]
    assert [int(page.pixels[-1, -1, 0]) for page in opened.pages] == [255, 238, 221]


def test_fax_pixels_are_made_square():
    page = only_page(encoded(page_picture(1728, 1078).convert("1"), "TIFF", dpi=(204, 98)))
    assert page.dpi == pytest.approx(204)
    assert page.pixels.shape[0] == pytest.approx(1078 * 204 / 98, abs=2)


def test_too_many_frames_are_refused():
    frames = [Image.new("1", (64, 64))] * (limits.MAX_PAGES + 1)
    document = encoded(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    with pytest.raises(LimitExceededError, match="pages"):
        open_document(document)


@pytest.mark.parametrize("size", [(20000, 10000), (14000, 14000)])
def test_two_hundred_megapixels_are_refused_undecoded(size):
    document = encoded(Image.new("1", size), "PNG")
    with pytest.raises(LimitExceededError, match="megapixels"):
        open_document(document)


def test_a_strip_is_no_page():
    with pytest.raises(LimitExceededError):
        open_document(encoded(Image.new("L", (1600, 60)), "PNG"))


def test_a_dot_is_no_page():
    with pytest.raises(DamagedFileError):
        open_document(encoded(Image.new("L", (1, 1)), "PNG"))


def test_animations_are_refused():
    frames = [page_picture(100, 141), page_picture(100, 141, "red")]
    document = encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=100)
    with pytest.raises(UnsupportedFormatError, match="animation"):
        open_document(document)


def test_a_jpeg_of_thousands_of_scans_is_refused():
    document = encoded(page_picture(), "JPEG", progressive=True)
    scan = document[document.index(b"\xff\xda") : -2]
    with pytest.raises(LimitExceededError, match="scans"):
        open_document(document[:-2] + scan[:40] * 100 + document[-2:])


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_a_file_cut_off_is_damaged(kind):
    document = encoded(page_picture(), kind)
    with pytest.raises(DamagedFileError):
        open_document(document[: len(document) * 2 // 3])


SMALL = {kind: encoded(page_picture(64, 90), kind) for kind in ("PNG", "JPEG", "TIFF", "WEBP")}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(SMALL)), st.integers(4, 2000), st.binary(min_size=1, max_size=8))
def test_only_our_own_errors_leave_whatever_the_bytes(kind, place, patch):
    document = bytearray(SMALL[kind])
    place %= len(document)
    document[place : place + len(patch)] = patch
    try:
        opened = open_document(bytes(document))
    except UnreadableDocumentError:
        return
    assert all(page.pixels.ndim == 3 for page in opened.pages)


def test_builders_write_what_they_say():
    assert Image.open(io.BytesIO(SMALL["TIFF"])).format == "TIFF"
