"""Reading pages with the real models and the real Tesseract."""

from __future__ import annotations

from functools import cache
from typing import cast

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from verifier.examination import OpenedPage
from verifier.page import Page, Pixels
from verifier.reading.reader import Reader
from verifier.reading.upright import upright_picture
from verifier.recognition.overprint import load_overprint_reader
from verifier.recognition.ppocr import load_ppocr
from verifier.recognition.tesseract import load_tesseract
from verifier.settings import models_folder

DPI = 200
WIDTH, HEIGHT = 1654, 1200
VIN = "LSVAA4182E2184847"
TEXT = (
    "售后维修服务确认书",
    "出口国别：哈萨克斯坦",
    f"车架号：{VIN}",
    "北辰汽车制造有限公司（盖章）",
    "二〇二六年三月十二日",
)
ARABIC = SANS = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
SONG = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
NASKH = "/usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf"


@cache
def reader() -> Reader:
    """Return the reader as the product builds it."""
    engine = load_ppocr()
    overprint_reader = load_overprint_reader(models_folder())
    return Reader(engine.detector, engine.recogniser, overprint_reader, load_tesseract(), engine.version)


def printed(*rows: str, size: int = 40, face: str = SONG) -> Pixels:
    """Return a white page with rows of black print."""
    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(face, size)
    for index, row in enumerate(rows):
        draw.text((150, 120 + index * 2 * size), row, fill=(25, 25, 28), font=font)
    return cast(Pixels, np.asarray(image).copy())


def read(pixels: Pixels) -> Page:
    """Return the page as read."""
    return reader().read((OpenedPage(1, pixels, float(DPI), True, False),))[0].page


def text_of(page: Page) -> str:
    """Return all lines without spaces."""
    return "\n".join("".join(line.text.split()) for line in page.lines)


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_page_is_read_whichever_way_it_lies(turns: int) -> None:
    page = read(cast(Pixels, np.ascontiguousarray(np.rot90(printed(*TEXT), turns))))
    assert page.rotation == (90 * turns) % 360
    assert VIN in text_of(page)
    assert "哈萨克斯坦" in text_of(page)


def test_a_page_of_names_in_a_script_that_the_first_reader_does_not_know_is_not_turned() -> None:
    pixels = printed("附表：埃及售后服务网点一览表", "", "", "陕西泰和商用车股份有限公司")
    image = Image.fromarray(pixels)
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(NASKH, 30)
    for row in range(4):
        for column, text in enumerate(["شركة النيل لخدمات", "شارع التحرير 154", "عمر صالح", "مركز الهرم"]):
            draw.text((150 + 330 * column, 500 + 60 * row), text, fill=(25, 25, 28), font=font)
    page = read(cast(Pixels, np.asarray(image).copy()))
    assert page.rotation == 0
    assert "附表：埃及售后服务网点一览表" in text_of(page)


@pytest.mark.parametrize("degrees", [168.0, 192.0])
def test_a_page_on_its_head_is_seen_as_such_though_it_slants(degrees: float) -> None:
    matrix = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), degrees, 1.0)
    slanted = cv2.warpAffine(printed(*TEXT, size=16), matrix, (WIDTH, HEIGHT), borderValue=(255, 255, 255))
    assert read(cast(Pixels, slanted)).rotation == 180


@pytest.mark.parametrize("degrees", [-6.0, 3.0])
def test_skewed_page_is_straightened(degrees: float) -> None:
    matrix = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), degrees, 1.0)
    skewed = cv2.warpAffine(printed(*TEXT), matrix, (WIDTH, HEIGHT), borderValue=(255, 255, 255))
    (image,) = reader().read((OpenedPage(1, cast(Pixels, skewed), float(DPI), True, False),))
    assert image.page.homography is not None
    assert image.captured is skewed
    assert VIN in text_of(image.page)


def test_a_straight_page_keeps_its_pixels() -> None:
    (image,) = reader().read((OpenedPage(1, printed(*TEXT), float(DPI), True, False),))
    assert image.captured is None


def test_boxes_refer_to_the_upright_picture() -> None:
    matrix = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), 4.0, 1.0)
    skewed = cv2.warpAffine(printed(*TEXT), matrix, (WIDTH, HEIGHT), borderValue=(255, 255, 255))
    lying = cast(Pixels, np.ascontiguousarray(np.rot90(skewed)))
    page = read(lying)
    picture = upright_picture(lying, page)
    line = next(line for line in page.lines if VIN in line.text.replace(" ", ""))
    x0, y0, x1, y1 = line.box.to_pixels(width=picture.shape[1], height=picture.shape[0])
    (again,) = reader().recogniser.recognise([picture[y0:y1, x0:x1]])
    assert VIN in again.text.replace(" ", "")


def test_second_reader_looks_at_every_vin() -> None:
    page = read(printed(*TEXT))
    assert [line.text.replace(" ", "") for line in page.second_readings] == [VIN]


def test_print_under_a_dark_red_seal_is_read() -> None:
    pixels = printed(*TEXT)
    seal = np.zeros(pixels.shape[:2], np.uint8)
    cv2.circle(seal, (400, 400), 155, 255, 12)
    cv2.circle(seal, (400, 440), 60, 255, -1)
    inked = (pixels * np.array([0.74, 0.1, 0.2])).astype(np.uint8)  # ink lets part of the paper's light through
    pixels[seal > 0] = inked[seal > 0]
    said = text_of(read(pixels))
    assert "北辰汽车制造有限公司" in said
    assert "六年三月十二日" in said


def test_russian_between_chinese_labels_is_read_in_its_own_alphabet() -> None:
    said = text_of(read(printed("名称：ООО «Памир Моторс» 地址：г. Душанбе, ул. Рудаки, 84", size=36)))
    assert said.startswith("名称")
    assert "地址" in said
    assert "ПамирМоторс" in said
    assert "Душанбе" in said


def test_arabic_beside_latin_letters_is_read_in_its_own_script() -> None:
    said = text_of(read(printed("Export country: Iraq - العراق", "Address: بغداد", size=36, face=ARABIC)))
    assert "Exportcountry:Iraq-العراق" in said
    assert "Address:بغداد" in said


def test_letters_with_two_marks_are_read_by_the_second_reader() -> None:
    said = read(printed("Công ty TNHH Dịch vụ Ô tô Sông Hồng", "410 Nguyễn Thị Minh Khai", size=34, face=SANS)).lines
    assert [line.text for line in said] == ["Công ty TNHH Dịch vụ Ô tô Sông Hồng", "410 Nguyễn Thị Minh Khai"]


def test_accents_of_the_first_readers_own_alphabet_stay_its_own() -> None:
    rows = ("Taller Norte, Ciudad de México", "Avenida Nazaré 1410, São Paulo")
    assert text_of(read(printed(*rows, size=34, face=SANS))).split() == ["".join(row.split()) for row in rows]


def test_a_poorly_read_vin_is_never_handed_to_another_alphabet() -> None:
    blurred = cast(Pixels, cv2.GaussianBlur(printed("ТОО «Дала Мотор»", VIN, size=30), (0, 0), 3.2))
    said = text_of(read(blurred))
    assert "Дала" in said
    assert not [c for line in said.splitlines() if sum(x.isdigit() for x in line) > 5 for c in line if c > "\u0400"]


def test_blank_page_has_no_lines() -> None:
    assert read(np.full((HEIGHT, WIDTH, 3), 255, np.uint8)).lines == ()


@pytest.mark.parametrize("size", [20, 60])
def test_small_and_large_print_is_read(size: int) -> None:
    """7 and 22 points at 200 dpi, on a page of A4's height."""
    page = cast(Pixels, np.vstack([printed(*TEXT, size=size), np.full((1139, WIDTH, 3), 255, np.uint8)]))
    said = text_of(read(page))
    assert VIN in said
    assert "哈萨克斯坦" in said


def test_close_latin_letters_are_not_lost() -> None:
    said = "Nous attestons que les 7 véhicules ci-dessous, construits par notre société et destinés au pays"
    wide = printed("", said, size=24, face=SANS)
    narrow = cv2.resize(wide, None, fx=0.66, fy=1.0, interpolation=cv2.INTER_AREA)
    page = read(cast(Pixels, cv2.copyMakeBorder(narrow, 0, 0, 0, 400, cv2.BORDER_REPLICATE)))
    assert said.replace(" ", "") in text_of(page)


def test_a_designation_behind_a_russian_label_keeps_its_letters() -> None:
    codes = ("YCM7042A3", "HSV7069BEV1")
    said = text_of(read(printed(*(f"车辆型号／Модель：{code}" for code in codes), size=34, face=SONG)))
    assert [code for code in codes if code in said] == list(codes)


def test_a_designation_in_a_russian_line_is_read_in_latin_letters() -> None:
    rows = {
        "KG8683PALA1": "Модель автомобиля — KG8683PALA1, 2026 г.",
        "SZ0161": "Марка и модель: Северный SZ0161 (дизель)",
        "CA0457HED": "Модель автомобиля — CA0457HED (дизель)",
        "NL0746RW5": "Модель автомобиля — NL0746RW5, 2026 г.",
    }
    said = text_of(read(printed(*rows.values(), size=30, face=SANS)))
    assert [code for code in rows if code in said] == list(rows)
    assert said.count("дизель") == 2  # and nothing but designations is


def test_a_mark_across_the_page_is_no_line_of_the_letter() -> None:
    page = printed(*TEXT)
    marked = stamped(page, "CHANGHE", (30, 30, 30), 35.0)
    assert not any("CHANG" in line.text for line in read(marked).lines)


def stamped(page: Pixels, text: str, colour: tuple[int, int, int], slant: float) -> Pixels:
    """Return a page with a framed stamp over its title."""
    font = ImageFont.truetype(SONG, 90)
    stamp = Image.new("RGBA", (round(font.getlength(text)) + 60, 160), (0, 0, 0, 0))
    draw = ImageDraw.Draw(stamp)
    draw.text((30, 10), text, font=font, fill=(*colour, 230))
    draw.rectangle((4, 4, stamp.width - 5, stamp.height - 5), outline=(*colour, 230), width=8)
    turned = stamp.rotate(slant, expand=True)
    image = Image.fromarray(page)
    image.paste(turned, (700, 30), turned)
    return cast(Pixels, np.asarray(image))


@pytest.mark.parametrize("slant", [0.0, 20.0, -12.0])
@pytest.mark.parametrize("colour", [(200, 30, 40), (40, 40, 160)], ids=["red", "blue"])
@pytest.mark.parametrize("text", ["作废", "DRAFT"])
def test_what_a_stamp_says_is_read_apart_from_the_letter(text: str, colour: tuple[int, int, int], slant: float) -> None:
    page = read(stamped(printed(*TEXT), text, colour, slant))
    assert text in {mark.text for mark in page.marks}
    assert "出口国别" in text_of(page)


def test_a_page_without_stamps_has_no_marks() -> None:
    assert read(printed(*TEXT)).marks == ()


KAI = "/usr/share/fonts/truetype/arphic/ukai.ttc"


def watermarked(
    page: Pixels, text: str, ink: tuple[int, int, int], slant: float, *, millimetres: float = 25.0
) -> Pixels:
    """Return a page with a pale word beneath its print, scanned: noise and JPEG."""
    font = ImageFont.truetype(SONG if text.isascii() else KAI, round(millimetres / 25.4 * DPI))
    word = Image.new("L", (round(font.getlength(text)) + 40, round(millimetres * 1.5 / 25.4 * DPI)))
    ImageDraw.Draw(word).text((20, 10), text, fill=255, font=font)
    turned = word.rotate(slant, expand=True, resample=Image.Resampling.BICUBIC)
    over = Image.new("L", (page.shape[1], page.shape[0]))
    over.paste(turned, ((over.width - turned.width) // 2, (over.height - turned.height) // 2))
    share = np.asarray(over, np.float32)[:, :, None] / 255
    inked = page * (1 - share * (1 - np.array(ink, np.float32) / 255))
    return scanned(inked)


def scanned(page: NDArray[np.float32]) -> Pixels:
    noise = np.random.default_rng(1).normal(-6, 3, page.shape[:2])[:, :, None]
    pixels = np.clip(page + noise, 0, 255).astype(np.uint8)
    _, stream = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 80])
    return cast(Pixels, cv2.imdecode(stream, cv2.IMREAD_COLOR))


def full_page() -> Pixels:
    """Return a page of dense print."""
    return printed(*(f"第{n}条 {row}，本公司授权下列单位提供售后维修服务。" for n, row in enumerate(TEXT * 2)), size=36)


@pytest.mark.parametrize("slant", [0.0, 30.0, 55.0, -25.0])
@pytest.mark.parametrize("text", ["样本 SAMPLE", "DRAFT"])
@pytest.mark.parametrize(
    "ink", [(160, 160, 160), (222, 222, 222), (255, 190, 190), (170, 190, 255)], ids=["grey", "pale", "red", "blue"]
)
def test_what_a_pale_watermark_says_is_read_apart_from_the_letter(
    text: str, ink: tuple[int, int, int], slant: float
) -> None:
    page = read(watermarked(full_page(), text, ink, slant))
    assert set(text.split()) & {mark.text for mark in page.marks}
    assert "授权下列单位提供售后维修服务" in text_of(page)


@pytest.mark.parametrize(("text", "slant"), [("草　稿", 30.0), ("样　本", -30.0), ("作　废", 45.0)])
def test_a_watermark_whose_characters_stand_far_apart_is_one_word(text: str, slant: float) -> None:
    marks = read(watermarked(full_page(), text, (190, 190, 190), slant)).marks
    assert text.replace("\u3000", "") in {mark.text for mark in marks}


def test_a_watermark_is_read_beside_shaded_cells_and_a_fold() -> None:
    sheet = full_page().astype(np.float32)
    sheet[90:170, 100:1500] *= 0.9
    sheet[700:740] *= 0.93
    marks = read(watermarked(cast(Pixels, sheet), "作废", (190, 190, 190), 30.0)).marks
    assert "作废" in {mark.text for mark in marks}


def test_shading_folds_and_print_that_shows_through_are_no_marks() -> None:
    sheet = full_page().astype(np.float32)
    behind = 255 - (255 - full_page()[:, ::-1].astype(np.float32)) * 0.15
    sheet = np.minimum(sheet, behind)
    sheet[90:170, 100:1500] *= 0.9
    sheet[700:740] *= 0.93
    assert read(scanned(sheet)).marks == ()
