"""Fusing what several strips read, and where the arc text starts."""

import dataclasses

import cv2
import numpy as np
import pytest

from tests.benchmarks.seals_art import Design
from tests.benchmarks.seals_scans import Scan, impression_scan
from verifier.page import Colour
from verifier.recognition.engine import RecognisedText
from verifier.seals.arc import other_spans, text_band, text_span, upright_turn
from verifier.seals.find import find_rims
from verifier.seals.layout import divide_arc
from verifier.seals.normalise import RADIUS, SIDE, normalise
from verifier.seals.reading import ArcText, fuse, is_read_as, read_arc
from verifier.seals.specimens import _carved_on

DESIGN = Design("江城利华客车有限公司", span_degrees=240.0, code="1101052233445")


def picture_at(degrees, over="clean", design=DESIGN):
    pixels = impression_scan(design, np.random.default_rng(3), Scan(dpi=200), wear=0.2, over=over, degrees=degrees)
    return normalise(pixels, find_rims(pixels, 200, Colour.COLOUR)[0].ring, has_colour=True)


@pytest.mark.parametrize("degrees", [0, 50, 135, 222, 310])
def test_the_text_is_found_wherever_the_seal_is_turned(degrees):
    span = text_span(picture_at(degrees))
    assert span.length * 360 == pytest.approx(255, abs=14)
    off = np.degrees(upright_turn(span)) - degrees
    assert abs((off + 180) % 360 - 180) < 6


def test_the_band_holds_the_characters_and_not_the_rim():
    picture = picture_at(20)
    low, high = text_band(picture, text_span(picture))
    assert 0.03 <= low <= 0.09
    assert 0.33 <= high <= 0.42


def test_strips_that_agree_are_surer_than_each_alone():
    fused = fuse([("江城公司", 0.8), ("江城公司", 0.7)])
    assert (fused.text, fused.alternatives) == ("江城公司", ())
    assert fused.confidence > 0.8


def test_strips_that_differ_are_all_shown_and_believed_less():
    fused = fuse([("江城公司", 0.9), ("红城公司", 0.8), ("江诚公司", 0.7)])
    assert fused.text == "江城公司"
    assert fused.alternatives == ("红城公司", "江诚公司")
    assert fused.confidence < 0.5


def test_two_against_one_wins():
    fused = fuse([("红城公司", 0.95), ("江城公司", 0.8), ("江城公司", 0.7)])
    assert fused.text == "江城公司"


def test_strips_that_differ_in_brackets_alone_agree():
    fused = fuse([("江城汽车集团公司", 0.9), ("江城汽车(集团公司", 0.8), ("江城汽车(集团)公司", 0.95)])
    assert fused.text == "江城汽车(集团)公司"
    assert fused.alternatives == ("江城汽车集团公司", "江城汽车(集团公司")
    assert fused.confidence > 0.99


def test_nothing_read_is_no_text():
    assert fuse([("", 0.0), ("公", 0.9)]).text is None


class RecordedReader:
    """Gives recorded texts, in order: the port's fake."""

    def __init__(self, *texts: str) -> None:
        self.texts = list(texts)

    def recognise(self, crops, *, width_scale=1.0):
        texts = [self.texts.pop(0) for _ in crops]
        return tuple(RecognisedText(t, 0.9, tuple(np.linspace(0, 1, len(t) + 1)), (0.9,) * len(t)) for t in texts)


def test_marks_and_stray_code_digits_at_the_ends_are_left_out():
    picture = picture_at(0)
    arc = read_arc(picture, RecordedReader("85'江城(中国)公司、1", "江城（中国）公司"), text_span(picture))
    assert arc.text == "江城(中国)公司"
    assert arc.alternatives == ()


def test_a_third_strip_is_read_only_where_two_differ():
    picture = picture_at(0)
    arc = read_arc(picture, RecordedReader("江城公司", "红城公司", "江城公司"), text_span(picture))
    assert (arc.text, arc.alternatives) == ("江城公司", ("红城公司",))


def test_script_variants_are_one_character():
    arc = read_arc(picture_at(0), RecordedReader("遠東汽車公司", "遠东汽车公司"), text_span(picture_at(0)))
    assert (arc.text, arc.alternatives) == ("远东汽车公司", ())


def test_a_name_in_latin_letters_on_the_same_arc_is_not_divided_with_the_chinese_one():
    name = "江城利华客车有限公司"
    chinese = picture_at(0, design=Design(name, span_degrees=170.0))
    latin = picture_at(180, design=Design("JIANGCHENGLIHUABUSCOLTD", span_degrees=110.0, text_width=0.5))
    both = dataclasses.replace(chinese, ink=np.maximum(chinese.ink, latin.ink))
    alone, beside = divide_arc(chinese, len(name)).span, divide_arc(both, len(name)).span
    assert text_span(both).length > alone.length + 0.1
    assert (beside.start, beside.length) == pytest.approx((alone.start, alone.length), abs=0.02)


@pytest.mark.parametrize("star", [True, False])
@pytest.mark.parametrize(
    ("name", "face", "text_width"),
    [
        ("长风辰星汽车集团（江城）股份有限公司", 5, 0.60),
        ("三海申翔商用车（云岭）股份有限公司", 0, 0.73),
    ],
)
def test_wide_gaps_about_a_city_in_brackets_do_not_end_the_name(name, face, text_width, star):
    design = Design(name, face=face, text_width=text_width, span_degrees=305.0, star=star, leaning=True)
    picture = picture_at(40, design=design)
    assert _carved_on(picture, name) == name
    assert divide_arc(picture, len(name)).span == text_span(picture)
    assert divide_arc(picture, len(name)).is_trusted


def test_the_foot_of_a_seal_does_not_stand_within_its_name():
    picture = picture_at(40, design=Design("江城HV动力汽车有限公司", face=4, text_width=0.8, span_degrees=300.0))
    assert divide_arc(picture, 10).span == text_span(picture)
    assert all(span.length <= text_span(picture).length + 0.01 for span in other_spans(picture))


@pytest.mark.parametrize(("name", "face"), [("一峰江远客车有限公司", 0), ("三一远航客车有限公司", 2)])
@pytest.mark.parametrize("code", ["", "1101052233445"])
def test_characters_of_strokes_along_the_arc_belong_to_the_text(name, face, code):
    span = text_span(picture_at(40, design=Design(name, face=face, span_degrees=240.0, code=code)))
    assert span.length * 360 == pytest.approx(263, abs=8)


def with_inner_rim(picture, depth=0.07, text_from=0.13):
    """Return a seal whose text begins further in, with a thin second rim between rim and text."""
    y, x = np.indices(picture.ink.shape) - (SIDE - 1) / 2
    inward = 1 - np.hypot(x, y) / RADIUS
    ink = np.where((inward > 0.02) & (inward < text_from), 0.0, picture.ink).astype(np.float32)
    ink[np.abs(inward - depth) < 0.012] = 0.9
    return dataclasses.replace(picture, ink=ink)


def test_a_second_rim_is_not_where_the_text_begins():
    picture = with_inner_rim(picture_at(20))
    low, high = text_band(picture, text_span(picture))
    assert 0.1 < low < 0.14
    assert high > 0.3
    assert divide_arc(picture, 10).is_trusted


def test_characters_that_stand_nowhere_near_equal_borders_are_not_trusted():
    picture = picture_at(20)
    level = cv2.GaussianBlur(picture.ink, (0, 0), 25) + 0.2
    assert divide_arc(picture, 10).is_trusted
    assert not divide_arc(dataclasses.replace(picture, ink=level), 10).is_trusted


@pytest.mark.parametrize(
    ("read", "is_so"),
    [
        ("海岳福安汽车(福建)有限公司", True),
        ("海兵福安汽车(福津)有限公司", True),
        ("海兵福安汽车福建有限公司", True),
        ("海兵副安汽车(福津)有限公司", False),
        ("海兵福安汽车有限公司", False),
        ("", False),
    ],
)
def test_an_arc_reads_as_a_name_does_on_its_own_impressions(read, is_so):
    own = [ArcText("海兵福安汽车(福津)有限公司", 0.8), ArcText("海岳福安汽车(福建)有限公司", 0.6, ("海兵福安",))]
    assert is_read_as(ArcText(read, 0.4), "海岳福安汽车（福建）有限公司", own) is is_so


@pytest.mark.parametrize(
    ("read", "impression", "is_so"),
    [
        ("远图汽车有限公司", "远图汽车有限公司", True),
        ("远图汽车有限公司", "NVA远图汽车有限公司", False),  # the impression's letters are read
        ("图汽车有限公司", "图汽车有限公司", False),  # a Chinese character is missing
        ("还图汽车有限公司", "还图汽车有限公司", False),
    ],
)
def test_latin_letters_that_an_impression_is_read_without_may_be_missing(read, impression, is_so):
    assert is_read_as(ArcText(read, 0.99), "NVA远图汽车有限公司", [ArcText(impression, 1.0)]) is is_so
