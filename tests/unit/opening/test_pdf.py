import io

import numpy as np
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.colors import Color, black, red, white
from reportlab.lib.utils import ImageReader

from tests.unit.opening.builders import (
    OTHER_VIN,
    VIN,
    appended,
    changed,
    letter,
    overlaid,
    page_picture,
    pdf,
    with_annotation,
)
from verifier.errors import (
    DamagedFileError,
    EncryptedFileError,
    LimitExceededError,
    UnreadableDocumentError,
)
from verifier.opening import limits, open_document

LETTER = pdf(letter)


def codes(opened):
    return [finding.code for finding in opened.findings]


def found(opened, code):
    return [finding for finding in opened.findings if finding.code == code]


def hidden(document):
    return {word.text: word.hidden for page in open_document(document).pages for word in page.layer}


# --- pages ---


def test_a_born_digital_page_is_drawn_at_200_dpi_with_its_words_in_place():
    (page,) = open_document(LETTER).pages
    assert (page.dpi, page.scale_known, page.born_digital) == (200.0, True, True)
    assert page.pixels.shape == (2339, 1654, 3)
    word = next(word for word in page.layer if word.text == VIN)
    assert word.hidden is None
    assert word.box.x0 == pytest.approx(72 / 595.28, abs=0.003)
    assert word.box.y1 == pytest.approx(1 - 700 / 841.89, abs=0.003)
    x0, y0, x1, y1 = word.box.to_pixels(width=1654, height=2339)
    assert page.pixels[y0:y1, x0:x1].min() < 60
    assert page.pixels[y1 + 12 : y1 + 40, x0:x1].min() == 255


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_words_stand_on_their_ink_on_turned_and_cropped_pages(turn):
    def turned(file):
        file.pages[0].obj.Rotate = turn
        file.pages[0].obj.CropBox = [50, 400, 450, 800]

    (page,) = open_document(changed(LETTER, turned)).pages
    height, width = page.pixels.shape[:2]
    ink = np.argwhere(page.pixels[:, :, 0] < 128)
    for y, x in ink[:: max(len(ink) // 200, 1)]:
        here = (x + 0.5) / width, (y + 0.5) / height
        assert any(
            w.box.x0 - 0.02 <= here[0] <= w.box.x1 + 0.02 and w.box.y0 - 0.02 <= here[1] <= w.box.y1 + 0.02
            for w in page.layer
        )


def test_a_scan_keeps_its_own_resolution_and_pixels():
    picture = page_picture(1240, 1754)
    scan = pdf(lambda sheet: sheet.drawImage(ImageReader(picture), 0, 0, 595.28, 841.89))
    opened = open_document(scan)
    (page,) = opened.pages
    assert page.dpi == pytest.approx(150, abs=0.5)
    assert not page.born_digital
    assert codes(opened) == ["page_image"]
    assert np.abs(page.pixels.astype(int) - np.asarray(picture)).mean() < 0.5


def test_a_scan_finer_than_seals_need_is_drawn_at_300_dpi():
    picture = page_picture(4960, 7016).convert("1")
    scan = pdf(lambda sheet: sheet.drawImage(ImageReader(picture), 0, 0, 595.28, 841.89))
    assert open_document(scan).pages[0].dpi == 300.0


def test_a_page_of_pixels_for_points_is_taken_for_a4():
    def metres(file):
        file.pages[0].obj.MediaBox = [0, 0, 2480, 3508]

    (page,) = open_document(changed(LETTER, metres)).pages
    assert not page.scale_known
    assert page.pixels.shape[0] == pytest.approx(297 / 25.4 * 200, abs=2)


@pytest.mark.parametrize(("share", "known"), [(318 / 210, False), (0.76, False), (2**0.5, True), (1.02, True)])
def test_a_scan_of_a4_on_a_page_of_no_paper_is_measured_by_a4(share, known):
    """A page blown up to 318 × 450 mm showed a seal of 26 mm as one of 40."""
    picture = ImageReader(page_picture(1240, 1754))

    def blown_up(file):
        page = file.pages[0]
        page.contents_add(f"q {share} 0 0 {share} 0 0 cm".encode(), prepend=True)
        page.contents_add(b"Q")
        page.obj.MediaBox = [0, 0, 595.28 * share, 841.89 * share]

    scan = pdf(lambda sheet: sheet.drawImage(picture, 0, 0, 595.28, 841.89))
    (page,) = open_document(changed(scan, blown_up)).pages
    assert page.scale_known is known
    assert page.dpi == pytest.approx(150 / share if known else 150, abs=0.5)


def test_a_photograph_on_a_page_of_its_own_shape_and_a_drawn_page_keep_the_size_they_state():
    picture = ImageReader(page_picture(1500, 2000))
    photo = changed(
        pdf(lambda sheet: sheet.drawImage(picture, 0, 0, 900, 1200)),
        lambda file: setattr(file.pages[0].obj, "MediaBox", pikepdf.Array([0, 0, 900, 1200])),
    )
    assert open_document(photo).pages[0].scale_known
    poster = changed(LETTER, lambda file: setattr(file.pages[0].obj, "MediaBox", pikepdf.Array([0, 0, 900, 1273])))
    assert open_document(poster).pages[0].scale_known


def test_a_blank_page_opens_and_is_white():
    (page,) = open_document(pdf(lambda sheet: None)).pages
    assert page.pixels.min() == 255
    assert page.layer == ()
    assert not page.born_digital


# --- what cannot be opened ---


def test_a_password_is_asked_for():
    with pytest.raises(EncryptedFileError):
        open_document(pdf(letter, password="secret"))


def test_a_file_protected_against_changes_only_is_opened():
    assert VIN in hidden(pdf(letter, password=""))


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_a_file_cut_off_is_damaged(share):
    with pytest.raises(DamagedFileError):
        open_document(LETTER[: int(len(LETTER) * share)])


def test_an_update_cut_off_is_damaged():
    update = appended(LETTER, b"BT ET")
    with pytest.raises(DamagedFileError):
        open_document(update[:-40])


def test_text_behind_a_pdf_header_is_damaged():
    with pytest.raises(DamagedFileError):
        open_document(b"%PDF-1.7\nDear Sirs,\n%%EOF\n")


def test_a_file_without_pages_is_damaged():
    def empty(file):
        del file.pages[0]

    with pytest.raises(DamagedFileError):
        open_document(changed(LETTER, empty))


def test_more_pages_than_any_letter_are_refused():
    with pytest.raises(LimitExceededError, match="pages"):
        open_document(pdf(*[letter] * (limits.MAX_PAGES + 1)))


def test_a_page_longer_than_any_letter_is_refused():
    def strip(file):
        file.pages[0].obj.MediaBox = [0, 0, 200, 14000]

    with pytest.raises(LimitExceededError):
        open_document(changed(LETTER, strip))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(LETTER)), st.binary(min_size=1, max_size=12))
def test_only_our_own_errors_leave_whatever_the_bytes(place, patch):
    document = LETTER[:place] + patch + LETTER[place + len(patch) :]
    try:
        open_document(document)
    except UnreadableDocumentError:
        return


# --- text that a person cannot see ---


def test_why_text_cannot_be_seen_is_told():
    def draw(sheet):
        letter(sheet)
        sheet.setFillColor(white)
        sheet.drawString(72, 600, "whiteword")
        sheet.setFillColor(black)
        sheet.drawString(-400, 580, "offpageword")
        sheet.setFont("Helvetica", 1)
        sheet.drawString(72, 560, "tinyword")
        sheet.setFont("Helvetica", 12)
        text = sheet.beginText(72, 540)
        text.setTextRenderMode(3)
        text.textLine("unpaintedword")
        text.setTextRenderMode(0)
        sheet.drawText(text)
        sheet.drawString(72, 520, "coveredword")
        sheet.setFillColor(white)
        sheet.rect(70, 516, 120, 16, stroke=0, fill=1)
        sheet.setFillColor(black)
        sheet.drawString(72, 520, "patch")
        sheet.setFillColor(Color(0, 0, 0, alpha=0.02))
        sheet.drawString(72, 500, "transparentword")

    words = hidden(pdf(draw))
    assert words["whiteword"] == "white"
    assert words["offpageword"] == "off_page"
    assert words["tinyword"] == "tiny"
    assert words["unpaintedword"] == "invisible"
    assert words["coveredword"] == "covered"
    assert words["transparentword"] == "transparent"
    assert words["patch"] is None
    assert words[VIN] is None


def test_text_outside_its_clip_is_clipped():
    def draw(sheet):
        letter(sheet)
        sheet.saveState()
        clip = sheet.beginPath()
        clip.rect(300, 300, 20, 20)
        sheet.clipPath(clip, stroke=0, fill=0)
        sheet.drawString(72, 500, "clippedword")
        sheet.restoreState()

    assert hidden(pdf(draw))["clippedword"] == "clipped"


def test_what_can_be_seen_is_not_called_hidden():
    def draw(sheet):
        sheet.setFillColor(Color(0.1, 0.1, 0.4))
        sheet.rect(60, 480, 300, 24, stroke=0, fill=1)
        sheet.setFillColor(white)
        sheet.drawString(72, 486, "header")
        sheet.setFillColor(Color(0.45, 0.45, 0.45))
        sheet.drawString(72, 450, "grey .")
        sheet.setFillColor(red)
        sheet.drawString(72, 420, "red")
        sheet.setFillColor(black)
        sheet.setFont("Helvetica", 5)
        sheet.drawString(72, 400, "smallprint")

    assert set(hidden(pdf(draw)).values()) == {None}


def test_the_layer_beneath_a_scan_does_not_make_it_born_digital():
    def draw(sheet):
        letter(sheet)
        sheet.drawImage(ImageReader(page_picture()), 0, 0, 595.28, 841.89)

    (page,) = open_document(pdf(draw)).pages
    assert {word.hidden for word in page.layer} == {"covered"}
    assert not page.born_digital


# --- seals that were never ink ---


def test_a_placed_picture_is_told_with_its_mask_and_red_art_as_one_group():
    def draw(sheet):
        letter(sheet)
        stamp = page_picture(100, 100).convert("RGBA")
        stamp.putalpha(90)
        sheet.drawImage(ImageReader(stamp), 400, 400, 60, 60, mask="auto")
        sheet.drawImage(ImageReader(page_picture(120, 80)), 100, 300, 60, 40)
        sheet.setStrokeColor(red)
        sheet.setFillColor(red)
        sheet.circle(300, 200, 57)
        sheet.rect(290, 190, 20, 20, fill=1)
        sheet.rect(72, 780, 450, 1, fill=1)

    opened = open_document(pdf(draw))
    images = {finding.detail: finding.box for finding in found(opened, "drawn_image")}
    assert images["soft_mask"].x0 == pytest.approx(400 / 595.28, abs=0.002)
    assert images["opaque"].x0 == pytest.approx(100 / 595.28, abs=0.002)
    (art,) = found(opened, "drawn_path")
    assert art.box.centre == pytest.approx((300 / 595.28, 1 - 200 / 841.89), abs=0.003)
    assert opened.pages[0].born_digital


def test_a_picture_inside_a_form_is_found_where_it_is_drawn():
    def draw(sheet):
        letter(sheet)
        sheet.beginForm("seal")
        sheet.drawImage(ImageReader(page_picture(100, 100)), 0, 0, 50, 50)
        sheet.endForm()
        sheet.translate(200, 300)
        sheet.scale(2, 2)
        sheet.doForm("seal")

    (image,) = found(open_document(pdf(draw)), "drawn_image")
    assert image.box.x0 == pytest.approx(200 / 595.28, abs=0.003)
    assert image.box.width == pytest.approx(100 / 595.28, abs=0.003)


# --- what lies on top, behind and before ---


def test_an_annotation_is_drawn_as_a_viewer_does_and_told():
    document = overlaid(LETTER, (70, 695, 260, 715), OTHER_VIN)
    opened = open_document(document)
    (note,) = found(opened, "annotation")
    assert note.text == OTHER_VIN
    assert note.detail == "freetext changes"
    assert note.box.x0 == pytest.approx(70 / 595.28, abs=0.002)
    plain = open_document(LETTER).pages[0].pixels
    assert (opened.pages[0].pixels != plain).any()


def test_an_annotation_for_paper_only_prints_otherwise():
    def for_paper(file):
        file.pages[0].obj.Annots[0].F = 4 | 32

    opened = open_document(changed(overlaid(LETTER, (70, 695, 260, 715), OTHER_VIN), for_paper))
    (note,) = found(opened, "annotation")
    assert note.detail == "freetext prints_otherwise"
    assert (opened.pages[0].pixels == open_document(LETTER).pages[0].pixels).all()


def test_links_are_no_finding():
    link = with_annotation(
        LETTER,
        Subtype=pikepdf.Name.Link,
        Rect=[70, 640, 300, 660],
        Border=[0, 0, 0],
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.com"),
    )
    assert codes(open_document(link)) == []


def test_a_form_field_tells_its_value():
    def draw(sheet):
        letter(sheet)
        sheet.acroForm.textfield(name="vin", value=OTHER_VIN, x=300, y=690, width=200, height=20)

    (field,) = found(open_document(pdf(draw)), "form_field")
    assert field.text == OTHER_VIN
    assert field.detail.startswith("widget")


def test_an_update_shows_where_it_changed_the_page():
    update = b"BT /F1 12 Tf 72 700 Td (%s) Tj ET" % OTHER_VIN.encode()
    revisions = found(open_document(appended(LETTER, update)), "revision")
    assert revisions[0].detail == "2 revisions"
    assert revisions[0].page is None
    row = 1 - 704 / 841.89
    (change,) = [r for r in revisions[1:] if r.box and r.page == 1 and r.box.y0 - 0.01 <= row <= r.box.y1 + 0.01]
    assert VIN in change.text  # what stood there before


def test_what_reaches_beyond_the_page_is_named():
    def arm(file):
        file.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        file.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=file.make_stream(b"<xdp/>"))
        file.attachments["other.pdf"] = b"%PDF-1.4"
        group = file.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="draft"))
        file.Root.OCProperties = pikepdf.Dictionary(OCGs=[group], D=pikepdf.Dictionary(OFF=[group]))

    opened = open_document(changed(LETTER, arm))
    assert {f.detail for f in found(opened, "active_content")} == {"JavaScript", "XFA"}
    assert [f.text for f in found(opened, "embedded_file")] == ["other.pdf"]
    assert [(f.text, f.detail) for f in found(opened, "optional_content")] == [("draft", "hidden by default")]
    assert not opened.signed


def test_a_signature_is_told():
    def sign(file):
        value = pikepdf.Dictionary(
            Type=pikepdf.Name.Sig,
            SubFilter=pikepdf.Name("/adbe.pkcs7.detached"),
            ByteRange=[0, 1, 2, 3],
            Contents=b"\x00" * 20,
        )
        file.Root.AcroForm = pikepdf.Dictionary(
            Fields=[file.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="s", V=file.make_indirect(value)))]
        )

    opened = open_document(changed(LETTER, sign))
    assert opened.signed
    assert found(opened, "signature")[0].detail == "adbe.pkcs7.detached"


def test_an_ordinary_letter_has_nothing_to_tell():
    assert open_document(LETTER).findings == ()


def test_builders_write_what_they_say():
    with pikepdf.open(io.BytesIO(LETTER)) as file:
        assert len(file.pages) == 1


# --- what a page hides of its scan ---


def scan_of(picture, *, change=lambda file: None):
    """Return a PDF of one scanned A4 page, changed."""
    image = ImageReader(picture)
    return changed(pdf(lambda sheet: sheet.drawImage(image, 0, 0, 595.28, 841.89)), change)


def boxed(media, crop=None, turn=0):
    def change(file):
        page = file.pages[0].obj
        page.MediaBox, page.Rotate = list(media), turn
        if crop:
            page.CropBox = list(crop)

    return change


@pytest.mark.parametrize(
    ("media", "crop", "turn", "side"),
    [
        ((0, 0, 595, 842), (0, 86, 595, 842), 0, "bottom"),
        ((0, 86, 595, 842), None, 0, "bottom"),
        ((0, 0, 595, 842), (0, 0, 595, 756), 0, "top"),
        ((0, 0, 595, 842), (60, 0, 595, 842), 0, "left"),
        ((0, 0, 595, 842), (0, 86, 595, 842), 90, "left"),
    ],
)
def test_a_scan_that_reaches_beyond_what_its_page_shows_is_told(media, crop, turn, side):
    cut = found(open_document(scan_of(page_picture(), change=boxed(media, crop, turn))), "cut_picture")
    assert [finding.detail for finding in cut] == [side]
    assert cut[0].text == ("21 mm" if side == "left" and not turn else "30 mm")


def test_a_strip_of_a_scan_that_lies_wholly_below_its_page_is_told():
    upper, lower = ImageReader(page_picture(827, 1000)), ImageReader(page_picture(827, 169))

    def strips(sheet):
        sheet.drawImage(upper, 0, 121.7, 595.28, 720.2)
        sheet.drawImage(lower, 0, 0, 595.28, 121.7)

    (cut,) = found(open_document(changed(pdf(strips), boxed((0, 122, 595, 842)))), "cut_picture")
    assert (cut.detail, cut.text) == ("bottom", "43 mm")


@pytest.mark.parametrize("media", [(0, 0, 595, 841), (6, 9, 589, 833), (-20, -30, 615, 872)])
def test_what_a_scanner_takes_in_beyond_the_paper_is_not(media):
    assert codes(open_document(scan_of(page_picture(), change=boxed(media)))) == ["page_image"]


def test_decoration_of_a_drawn_page_that_bleeds_over_its_edge_is_not():
    banner = ImageReader(page_picture(800, 200))

    def draw(sheet):
        letter(sheet)
        sheet.drawImage(banner, -40, 760, 680, 160)

    assert codes(open_document(pdf(draw))) == ["drawn_image"]


# --- scans that lie on one another ---


def test_a_scan_that_hides_a_part_of_another_is_told():
    below, above = ImageReader(page_picture()), ImageReader(page_picture(827, 800))

    def stacked(sheet):
        sheet.drawImage(below, 0, 0, 595.28, 841.89)
        sheet.drawImage(above, 0, 300, 595.28, 541.89)

    (laid,) = found(open_document(pdf(stacked)), "stacked_scan")
    assert laid.box.y1 == pytest.approx(541.89 / 841.89, abs=0.01)


def test_strips_and_layers_of_a_scan_hide_nothing():
    whole, upper, lower = (ImageReader(page_picture(827, height)) for height in (1169, 600, 580))

    def strips(sheet):
        sheet.drawImage(upper, 0, 415, 595.28, 427)
        sheet.drawImage(lower, 0, 0, 595.28, 418)

    def layers(sheet):
        for _ in range(2):
            sheet.drawImage(whole, 0, 0, 595.28, 841.89)

    for drawn in (strips, layers):
        assert found(open_document(pdf(drawn)), "stacked_scan") == []


@pytest.mark.parametrize(
    ("corners", "shares"),
    [
        (((0, 0), (595.28, 0), (595.28, 700), (400, 700), (400, 841.89), (0, 841.89)), ["6 %"]),
        (((0, 0), (595.28, 0), (595.28, 500), (0, 500)), ["41 %"]),
        (((4, 6), (591, 6), (591, 836), (4, 836)), []),
        (((-50, -50), (700, -50), (700, 900), (-50, 900)), []),
    ],
)
def test_a_clip_path_that_leaves_out_a_part_of_a_scan_is_told(corners, shares):
    image = ImageReader(page_picture())

    def clipped(sheet):
        path = sheet.beginPath()
        path.moveTo(*corners[0])
        for corner in corners[1:]:
            path.lineTo(*corner)
        path.close()
        sheet.clipPath(path, stroke=0, fill=0)
        sheet.drawImage(image, 0, 0, 595.28, 841.89)

    assert [finding.text for finding in found(open_document(pdf(clipped)), "cut_picture")] == shares
