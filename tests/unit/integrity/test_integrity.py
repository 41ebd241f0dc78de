"""Real files, opened and held against what their pixels show; the pixels' reading is given by the test."""

import pytest
from reportlab.lib.colors import black, white
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont

from tests.unit.opening.builders import (
    HEIGHT_POINTS,
    OTHER_VIN,
    VIN,
    WIDTH_POINTS,
    appended,
    changed,
    letter,
    overlaid,
    page_picture,
    pdf,
)
from verifier import integrity
from verifier.examination import Finding
from verifier.formats.vin import is_valid
from verifier.letter import Field, Kind, Letter, ServiceOutlet, VehicleClaim
from verifier.opening import open_document
from verifier.page import Box, Colour, Line, Page

ISSUER = "Sunrise Motor Works Ltd"
pdfmetrics.registerFont(TTFont("DejaVu", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"))
pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))


def box_at(x, y, width=140.0, height=14.0):
    """Return the box of text whose baseline starts at (x, y) points."""
    return Box(
        x / WIDTH_POINTS,
        1 - (y + height - 3) / HEIGHT_POINTS,
        (x + width) / WIDTH_POINTS,
        1 - (y - 3) / HEIGHT_POINTS,
    )


PLACES = {"vin": box_at(72, 700), "country": box_at(150, 650, 90), "issuer": box_at(72, 300, 150)}


def field(value, box, text=None):
    return Field(value=value, text=text or value, confidence=0.99, page=1, box=box)


def claims(vin=VIN, country=("KZ", "Kazakhstan"), issuer=ISSUER):
    return Letter(
        Kind.CONFIRMATION_LETTER,
        issuer=field(issuer, PLACES["issuer"]),
        export_country=field(country[0], PLACES["country"], country[1]),
        vehicles=(VehicleClaim(field(vin, PLACES["vin"])),),
        outlets=(ServiceOutlet(name=field("Auto Service Almaty", box_at(72, 400, 160))),),
    )


def genuine(sheet):
    letter(sheet)
    sheet.drawString(72, 400, "Auto Service Almaty")
    sheet.drawString(72, 300, ISSUER)


SHOWN = ("After-sales Service Confirmation Letter", VIN, "Export country: Kazakhstan", ISSUER)


def examined(document, claimed=None, shown=SHOWN):
    """Return the findings on a document whose pixels were read as `shown`."""
    opened = open_document(document)
    pages = tuple(
        Page(
            number=page.number,
            width_mm=210,
            height_mm=297,
            scale_known=True,
            dpi=page.dpi,
            colour=Colour.COLOUR,
            born_digital=page.born_digital,
            rotation=0,
            homography=None,
            lines=tuple(
                Line(text, Box(0.1, 0.1, 0.5, 0.12), 0.99, (0.1,) * (len(text) + 1), (0.99,) * len(text))
                for text in shown
            ),
            layer=page.layer,
        )
        for page in opened.pages
    )
    return integrity.examine(opened.findings, pages, claimed or claims())


def told(findings):
    return [(finding.code, finding.field) for finding in findings]


def hidden_beneath(text, y, x=72.0):
    """Return a drawing that hides `text` under white and shows the genuine letter."""

    def draw(sheet):
        sheet.drawString(x, y, text)
        sheet.setFillColor(white)
        sheet.rect(x - 2, y - 3, 220, 16, stroke=0, fill=1)
        sheet.setFillColor(black)
        genuine(sheet)

    return draw


def test_the_numbers_of_the_tests_are_what_they_should_be():
    assert is_valid(VIN)
    assert is_valid(OTHER_VIN)


def test_a_genuine_letter_has_no_findings():
    assert examined(pdf(genuine)) == ()


# --- the layer says otherwise ---


@pytest.mark.parametrize(
    ("claimed", "name"),
    [
        (claims(vin=OTHER_VIN), "vehicles[0].vin"),
        (claims(country=("UZ", "Uzbekistan")), "export_country"),
        (claims(issuer="Sunrise Motor Works Lta"), "issuer"),
        (claims(issuer="Golden Dragon Export Company"), "issuer"),
    ],
)
def test_a_visible_layer_that_says_otherwise_is_a_conflict(claimed, name):
    conflicts = [f for f in examined(pdf(genuine), claimed) if f.code == "layer_conflict"]
    assert [conflict.field for conflict in conflicts] == [name]
    assert conflicts[0].detail == "visible"
    assert conflicts[0].box is not None


@pytest.mark.parametrize(
    ("text", "y", "name"),
    [(OTHER_VIN, 700, "vehicles[0].vin"), ("Export country: Uzbekistan", 650, "export_country")],
)
def test_a_covered_value_beneath_another_is_a_conflict(text, y, name):
    findings = examined(pdf(hidden_beneath(text, y)))
    assert ("layer_conflict", name) in told(findings)
    assert ("hidden_text", name) in told(findings)


def test_white_and_off_page_values_that_are_shown_nowhere_are_told():
    def draw(sheet):
        genuine(sheet)
        sheet.drawString(-300, 500, OTHER_VIN)
        sheet.setFillColor(white)
        sheet.drawString(72, 200, "Uzbekistan")
        sheet.drawString(72, 180, "Kazakhstan only")

    findings = examined(pdf(draw))
    assert told(findings) == [("hidden_text", "vehicles[0].vin"), ("hidden_text", "export_country")]
    assert [finding.detail for finding in findings] == ["off_page", "white"]


@pytest.mark.parametrize(("text", "name"), [(OTHER_VIN, "vehicles[0].vin"), ("Mozambique", "export_country")])
def test_values_clipped_away_where_other_print_shows_through_are_told(text, name):
    def draw(sheet):
        genuine(sheet)
        sheet.drawString(72, 745, "Reference number, telephone and telefax")
        sheet.saveState()
        nothing = sheet.beginPath()
        nothing.rect(0, 0, 1, 1)
        sheet.clipPath(nothing, stroke=0, fill=0)
        sheet.drawString(74, 743, text)
        sheet.restoreState()

    hidden = [finding for finding in examined(pdf(draw)) if finding.code == "hidden_text"]
    assert [(finding.field, finding.detail) for finding in hidden] == [(name, "unread")]


def test_letters_of_another_alphabet_in_a_number_are_told():
    def draw(sheet):
        genuine(sheet)
        sheet.setFillColor(white)
        sheet.rect(70, 697, 150, 14, stroke=0, fill=1)
        sheet.setFillColor(black)
        sheet.setFont("DejaVu", 12)
        sheet.drawString(72, 700, VIN.replace("H", "Н"))

    found = [f for f in examined(pdf(draw)) if f.code == "homoglyph"]
    assert [finding.field for finding in found] == ["vehicles[0].vin"]
    assert found[0].shown == VIN
    assert "Н" in found[0].text


# --- honest layers ---


def test_a_scans_layer_that_mixes_alphabets_is_told_apart_from_a_drawn_one():
    def draw(sheet):
        sheet.drawImage(ImageReader(page_picture()), 0, 0, WIDTH_POINTS, HEIGHT_POINTS)
        text = sheet.beginText(72, 700)
        text.setTextRenderMode(3)
        text.setFont("DejaVu", 12)
        text.textOut(VIN.replace("H", "Н"))
        sheet.drawText(text)

    assert told(examined(pdf(draw))) == [("page_image", None), ("homoglyph_in_scan", "vehicles[0].vin")]


def test_a_number_that_two_parsers_argue_about_is_named():
    opened = open_document(pdf(genuine))
    argued = Finding("parser_conflict", 1, text=OTHER_VIN, shown=VIN)
    page = Page(1, 210, 297, True, 200, Colour.COLOUR, True, 0, None, (), layer=opened.pages[0].layer)
    (named,) = integrity.examine((argued,), (page,), claims())
    assert named.field == "vehicles[0].vin"


def scanned(*words):
    """Return a drawing of a scan whose reader left `words`, (x, y, text), unpainted."""

    def draw(sheet):
        sheet.drawImage(ImageReader(page_picture()), 0, 0, WIDTH_POINTS, HEIGHT_POINTS)
        text = sheet.beginText()
        text.setTextRenderMode(3)
        for x, y, word in words:
            text.setTextOrigin(x, y)
            text.textOut(word)
        sheet.drawText(text)

    return draw


@pytest.mark.parametrize(
    "vin", [VIN, VIN[:-1] + "S", "LSGHD52H4NDI23456", "L5GHD52H4NDl23456", "LSGHD 52H4ND 123456", "§§§"]
)
def test_the_noise_of_a_scanners_reader_is_no_finding(vin):
    words = [(72, 700, vin), (150, 650, "Kazakhstam"), (72, 300, "5unrise Motar W0rks"), (72, 400, "Auto")]
    findings = examined(pdf(scanned(*words)))
    assert told(findings) == [("page_image", None)]


def test_another_valid_number_or_country_in_a_scans_layer_is_a_conflict():
    findings = examined(pdf(scanned((72, 700, OTHER_VIN), (150, 650, "Uzbekistan"))))
    assert ("layer_conflict", "vehicles[0].vin") in told(findings)
    assert ("layer_conflict", "export_country") in told(findings)


@pytest.mark.parametrize(
    ("field_text", "layer_text"),
    [
        ("（中国）有限公司", "(中国)有限公司"),
        ("北京 汽车 有限公司", "北京汽车有限公司"),
        ("ＡＢＣ汽车·有限公司", "ABC汽车有限公司"),
    ],
)
def test_width_spaces_and_punctuation_are_no_difference(field_text, layer_text):
    def draw(sheet):
        letter(sheet)
        sheet.setFont("STSong-Light", 12)
        sheet.drawString(72, 300, layer_text)

    claimed = claims(issuer=field_text)
    assert "layer_conflict" not in [f.code for f in examined(pdf(draw), claimed, (*SHOWN, field_text))]


def test_a_long_name_inside_which_another_country_stands_is_no_conflict():
    def draw(sheet):
        genuine(sheet)
        sheet.setFillColor(white)
        sheet.rect(60, 640, 300, 20, stroke=0, fill=1)
        sheet.setFillColor(black)
        sheet.setFont("STSong-Light", 12)
        sheet.drawString(72, 650, "由中国出口至白俄罗斯的车辆")

    claimed = claims(country=("BY", "白俄罗斯"))
    conflicts = [f for f in examined(pdf(draw), claimed) if f.code == "layer_conflict"]
    assert [f.detail for f in conflicts] == ["covered"]  # the Kazakhstan under the patch


# --- overlays, forms, patches, updates ---


def test_an_annotation_over_a_verdict_field_names_it():
    findings = examined(overlaid(pdf(genuine), (70, 696, 260, 714), OTHER_VIN), claims(vin=OTHER_VIN))
    assert ("annotation", "vehicles[0].vin") in told(findings)
    assert ("layer_conflict", "vehicles[0].vin") in told(findings)


def test_an_annotation_elsewhere_is_only_noted():
    findings = examined(overlaid(pdf(genuine), (300, 100, 500, 120), "received 3 March"))
    assert told(findings) == [("annotation", None)]


@pytest.mark.parametrize(("value", "name"), [(VIN, None), (OTHER_VIN, "vehicles[0].vin")])
def test_a_form_field_counts_where_it_says_otherwise(value, name):
    def draw(sheet):
        sheet.drawString(72, 750, "After-sales Service Confirmation Letter")
        sheet.drawString(72, 650, "Export country: Kazakhstan")
        sheet.drawString(72, 300, ISSUER)
        sheet.acroForm.textfield(name="vin", value=value, x=70, y=696, width=160, height=18, fontSize=10)

    fields = [f.field for f in examined(pdf(draw)) if f.code == "form_field"]
    assert fields == [name]


def test_a_form_field_over_a_scan_counts_though_it_says_what_it_shows():
    words = scanned((72, 750, "After-sales Service Confirmation Letter"), (72, 650, "Export country: Kazakhstan"))

    def draw(sheet):
        words(sheet)
        sheet.acroForm.textfield(name="vin", value=VIN, x=70, y=696, width=160, height=18, fontSize=10)

    assert ("form_field", "vehicles[0].vin") in told(examined(pdf(draw)))


def test_a_number_patched_in_as_a_picture_is_told_and_a_seal_over_the_name_is_not():
    def draw(sheet):
        sheet.drawString(72, 650, "Export country: Kazakhstan")
        sheet.drawString(72, 300, ISSUER)
        sheet.drawImage(ImageReader(page_picture(280, 28)), 72, 697, 140, 14)
        sheet.drawImage(ImageReader(page_picture(200, 200)), 72, 250, 110, 110)

    found = [f for f in examined(pdf(draw)) if f.code == "overlay"]
    assert [finding.field for finding in found] == ["vehicles[0].vin"]


@pytest.mark.parametrize(("height", "told_of"), [(8, ["export_country"]), (2, [])], ids=["two thirds", "its edge"])
def test_a_picture_laid_on_a_scan_is_told_where_it_covers_a_good_part_of_a_value(height, told_of):
    scan = scanned((72, 700, VIN))

    def draw(sheet):
        scan(sheet)
        x, y = 72, 650
        sheet.drawImage(ImageReader(page_picture(300, 20)), x, y, 160, height)

    found = [f for f in examined(pdf(draw)) if f.code == "overlay"]
    assert [finding.field for finding in found] == told_of


@pytest.mark.parametrize(("mask", "told_of"), [(None, 1), ([0, 1, 0, 1, 0, 1], 0)], ids=["whole", "through a mask"])
def test_a_scan_that_hides_the_whole_scan_beneath_it_is_told(mask, told_of):
    issued, changed = ImageReader(page_picture()), ImageReader(page_picture(826))

    def draw(sheet):
        sheet.drawImage(issued, 0, 0, WIDTH_POINTS, HEIGHT_POINTS)
        sheet.drawImage(changed, 0, 0, WIDTH_POINTS, HEIGHT_POINTS, mask=mask)

    assert [finding.code for finding in examined(pdf(draw))].count("stacked_scan") == told_of


def test_an_update_counts_where_it_touches_a_verdict_field():
    content = b"BT /F1 12 Tf 72 700 Td (%s) Tj ET BT /F1 12 Tf 72 100 Td (page 1) Tj ET" % OTHER_VIN.encode()
    fields = {f.field for f in examined(appended(pdf(genuine), content)) if f.code == "revision"}
    assert {"vehicles[0].vin", "export_country", "issuer", None} <= fields


def test_turned_pages_are_compared_where_their_fields_stand():
    def turn(file):
        file.pages[0].obj.Rotate = 90

    opened = open_document(changed(overlaid(pdf(genuine), (70, 696, 260, 714), OTHER_VIN), turn))
    (note,) = [f for f in opened.findings if f.code == "annotation"]
    page = Page(1, 297, 210, True, 200, Colour.COLOUR, True, 270, None, ())
    upright = page.upright(note.box)
    assert upright.covers(PLACES["vin"], 0.8)
    (named,) = [f for f in integrity.examine(opened.findings, (page,), claims()) if f.code == "annotation"]
    assert named.field == "vehicles[0].vin"
