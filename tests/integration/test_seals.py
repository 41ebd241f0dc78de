"""The seal stage with the real line reader: found, compared, read, named."""

import dataclasses

import numpy as np
import pytest

from tests.benchmarks.seals_art import Design
from tests.benchmarks.seals_bench import comparator, page_of
from tests.benchmarks.seals_scans import Scan, impression_scan, specimen_image
from verifier.examination import Finding, Likeness
from verifier.page import Box
from verifier.recognition.ppocr import load_ppocr
from verifier.record import Maker, Registry, Specimen, SpecimenStatus
from verifier.seals.examiner import SealExaminer
from verifier.seals.prints import print_of

pytestmark = pytest.mark.integration

NAME = "华辰启明汽车制造有限公司"
DESIGN = Design(NAME, span_degrees=235.0)
MAKER = Maker(NAME)
SPECIMEN = Specimen(NAME, specimen_image(DESIGN, np.random.default_rng(0)), "a" * 64)


@pytest.fixture(scope="module")
def recogniser():
    return load_ppocr().recogniser


def page(design, mode="colour", dpi=300, seed=2, **more):
    pixels = impression_scan(design, np.random.default_rng(seed), Scan(dpi=dpi, mode=mode), wear=0.3, **more)
    return page_of(pixels, dpi, mode)


@pytest.fixture
def examiner(recogniser):
    return SealExaminer(recogniser, Registry(registered=(MAKER,), specimens=(SPECIMEN,)), comparator())


@pytest.mark.parametrize("over", ["clean", "inner"])
def test_a_genuine_seal_is_known_and_read(examiner, over):
    (seal,) = examiner.examine((page(DESIGN, over=over),), (), MAKER)
    assert (seal.kind, seal.shape, seal.colour, seal.medium) == ("official", "round", "red", "ink")
    assert seal.text == NAME
    assert seal.comparison.likeness is Likeness.SAME
    assert seal.comparison.manufacturer == NAME
    assert seal.diameter_mm == pytest.approx(40.0, rel=0.015)
    assert not seal.printed_black
    assert seal.ink_key == print_of(seal.ink)


def test_the_text_is_read_from_the_pixels_even_where_a_near_name_is_registered(examiner):
    forged = dataclasses.replace(DESIGN, name=NAME.replace("辰", "晨"))
    (seal,) = examiner.examine((page(forged),), (), MAKER)
    assert seal.text == forged.name
    assert seal.comparison.likeness is not Likeness.SAME


def test_without_a_maker_nothing_is_compared(examiner):
    (seal,) = examiner.examine((page(DESIGN),), (), None)
    assert seal.comparison is None
    assert seal.text == NAME


def test_a_retired_impression_vouches_for_nothing(recogniser):
    retired = dataclasses.replace(SPECIMEN, status=SpecimenStatus.RETIRED)
    examiner = SealExaminer(recogniser, Registry(registered=(MAKER,), specimens=(retired,)), comparator())
    (seal,) = examiner.examine((page(DESIGN),), (), MAKER)
    assert (seal.comparison.likeness, seal.comparison.reason) == (Likeness.UNSURE, "no_specimen")


def test_a_contract_seal_is_named_as_one(examiner):
    (seal,) = examiner.examine((page(dataclasses.replace(DESIGN, bottom="合同专用章")),), (), MAKER)
    assert seal.kind == "special_purpose"
    assert "专用章" in seal.inner_text
    assert seal.comparison.likeness is not Likeness.SAME


def test_black_on_a_colour_scan_is_printed_black(examiner):
    (seal,) = examiner.examine((page(DESIGN, ink=(35, 35, 35)),), (), MAKER)
    assert (seal.colour, seal.printed_black) == ("none", True)


def test_a_blue_seal_is_of_another_colour(examiner):
    (seal,) = examiner.examine((page(DESIGN, ink=(40, 60, 190)),), (), MAKER)
    assert (seal.colour, seal.printed_black) == ("other", False)


def test_a_grey_scan_has_no_colour_and_is_not_black(examiner):
    (seal,) = examiner.examine((page(DESIGN, mode="grey"),), (), MAKER)
    assert (seal.colour, seal.printed_black) == ("none", False)


def test_seals_of_all_pages_are_listed_with_their_medium(examiner):
    first = page(DESIGN)
    personal = page(Design("张三", diameter_mm=20.0, shape="square"), degrees=3.0)
    second = dataclasses.replace(personal, page=dataclasses.replace(personal.page, number=2))
    drawn = (Finding(code="drawn_image", page=1, box=Box(0.05, 0.05, 0.95, 0.95)),)
    seals = examiner.examine((first, second), drawn, MAKER)
    assert [(s.page, s.kind, s.medium) for s in seals] == [
        (1, "official", "pdf_image"),
        (2, "personal", "ink"),
    ]
