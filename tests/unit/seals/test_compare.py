"""One to one: the same seal, another company's, one look-alike character, 专用章, no specimen."""

import dataclasses

import cv2
import numpy as np
import pytest

from tests.benchmarks.seals_art import Design
from tests.benchmarks.seals_bench import comparator, page_of, recogniser
from tests.benchmarks.seals_scans import Scan, impression_scan, specimen_image
from verifier.examination import Likeness
from verifier.page import Colour
from verifier.record import Maker, Registry, Specimen
from verifier.seals.align import masked_correlation
from verifier.seals.compare import Compared, compare_seal, seen_together, settled, unlike_any
from verifier.seals.core import AGREEING_LINE
from verifier.seals.examiner import SealExaminer
from verifier.seals.find import find_rims
from verifier.seals.likeness import judge, surely_same
from verifier.seals.normalise import SIDE, evenly_lit, normalise
from verifier.seals.reading import ArcText
from verifier.seals.rings import Ring
from verifier.seals.specimens import check_specimen, prepare
from verifier.seals.tiles import TileScore

NAME = "华辰启明汽车制造有限公司"
DESIGN = Design(NAME, face=2, span_degrees=230.0)


def specimen_of(design, seed=0):
    return Specimen(design.name, specimen_image(design, np.random.default_rng(seed)), f"{seed:064d}")


SPECIMEN = specimen_of(DESIGN)
RING, PAGE = Ring(500.0, 500.0, 230.0, 230.0, 0.0), (1000, 1000)


def compared(design, seed=1, dpi=300, specimens=(SPECIMEN,), over="clean", **more):
    rng = np.random.default_rng(seed)
    pixels = impression_scan(design, rng, Scan(dpi=dpi), wear=0.3, over=over, **more)
    ring = find_rims(pixels, dpi, Colour.COLOUR)[0].ring
    picture = normalise(pixels, ring, has_colour=True)
    return compare_seal(picture, ring, specimens, comparator(), page_size=(pixels.shape[1], pixels.shape[0]))


@pytest.mark.parametrize("degrees", [0.0, 77.0, 180.0, 291.0])
@pytest.mark.parametrize("dpi", [200, 300])
def test_the_same_seal_matches_at_any_rotation(degrees, dpi):
    result = compared(DESIGN, degrees=degrees, dpi=dpi)
    assert result.comparison.likeness is Likeness.SAME
    assert result.comparison.reason == "matches"
    assert result.comparison.characters == len(NAME) == result.comparison.characters_usable


def test_one_look_alike_character_is_never_the_same_and_is_pointed_at():
    result = compared(dataclasses.replace(DESIGN, name=NAME.replace("辰", "晨")))
    assert result.comparison.likeness is not Likeness.SAME
    assert result.comparison.worst_character == NAME.index("辰")
    assert result.comparison.worst_box is not None
    assert 0 < result.comparison.worst_box.area < 0.03


def test_another_company_is_another_seal():
    result = compared(dataclasses.replace(DESIGN, name="云岭星辉客车工业集团公司"))
    assert result.comparison.likeness is Likeness.DIFFERENT
    assert result.comparison.reason == "other_seal"


def test_the_makers_contract_seal_is_not_its_official_one():
    result = compared(dataclasses.replace(DESIGN, bottom="合同专用章"))
    assert result.comparison.likeness is not Likeness.SAME


@pytest.mark.parametrize("shape", ["round", "oval"])
@pytest.mark.parametrize("over", ["clean", "inner", "print"])
def test_a_line_in_the_middle_is_never_overlooked(shape, over):
    own = DESIGN if shape == "round" else Design(NAME, face=2, shape="oval", diameter_mm=45.0, star=False)
    for seed in range(3):
        special = dataclasses.replace(own, bottom="财务专用章")
        result = compared(special, seed=seed, dpi=200, specimens=(specimen_of(own),), over=over)
        assert result.comparison.likeness is not Likeness.SAME
        assert result.measured.core.line > AGREEING_LINE


def test_the_best_of_several_impressions_counts():
    other = specimen_of(dataclasses.replace(DESIGN, name="云岭星辉客车工业集团公司"), seed=5)
    result = compared(DESIGN, specimens=(other, SPECIMEN))
    assert result.comparison.specimen_sha256 == SPECIMEN.sha256


def test_print_over_the_arc_is_never_a_difference():
    for seed in range(4):
        result = compared(DESIGN, seed=seed, over="print")
        assert result.comparison.likeness is not Likeness.DIFFERENT


def test_red_print_over_a_seal_is_told_from_a_mismatch():
    for seed in range(4):
        result = compared(DESIGN, seed=seed, over="red")
        assert result.comparison.likeness is Likeness.UNSURE
        assert result.comparison.reason in ("red_print", "character_differs")
    other = compared(dataclasses.replace(DESIGN, name="云岭星辉客车工业集团公司"))
    assert other.comparison.reason == "other_seal"


def test_what_print_hides_on_the_impression_itself_is_not_judged():
    pixels = impression_scan(DESIGN, np.random.default_rng(3), Scan(dpi=300), wear=0.2, over="inner").copy()
    pixels[:, pixels.shape[1] // 2 :][pixels.shape[0] // 3 : pixels.shape[0] // 2] = 25  # a black bar over the arc
    cut = Specimen(NAME, pixels, "c" * 64)
    assert prepare(cut).printed.any()
    genuine = compared(DESIGN, specimens=(cut,))
    assert genuine.comparison.likeness is not Likeness.DIFFERENT
    assert genuine.comparison.hidden


def test_what_lies_off_the_page_is_unknown_and_no_difference():
    pixels = impression_scan(DESIGN, np.random.default_rng(1), Scan(dpi=300), wear=0.3)
    whole = find_rims(pixels, 300, Colour.COLOUR)[0].ring
    cut = pixels[:, : round(whole.cx + 0.45 * whole.major)].copy()
    picture = normalise(cut, whole, has_colour=True)
    result = compare_seal(picture, whole, (SPECIMEN,), comparator(), page_size=cut.shape[1::-1])
    assert result.comparison.likeness is Likeness.UNSURE
    assert result.comparison.reason == "hidden_under_print"
    assert 2 <= len(result.comparison.hidden) < len(NAME)


def nearly_alike(logit):
    """Return a comparison that one character leaves open, by the comparator alone, another being little more alike."""
    found = compared(DESIGN)
    logits = (logit, logit - 1.5, *found.measured.logits[2:])
    measured = dataclasses.replace(found.measured, logits=logits)
    comparison = dataclasses.replace(found.comparison, likeness=Likeness.UNSURE, reason="character_differs")
    return dataclasses.replace(found, comparison=comparison, measured=measured)


@pytest.mark.parametrize(
    ("read", "confidence", "likeness"),
    [(NAME, 0.99, Likeness.SAME), (NAME, 0.7, Likeness.UNSURE), (NAME[:-1], 0.99, Likeness.UNSURE)],
)
def test_what_misses_the_limit_by_little_is_settled_by_a_sure_reading(read, confidence, likeness):
    compared = nearly_alike(-3.2)
    assert compared.comparison.likeness is Likeness.UNSURE
    assert settled(compared, ArcText(read, confidence)).likeness is likeness


def test_a_character_that_looks_only_nearly_the_same_is_not_settled_by_a_sure_reading():
    assert settled(nearly_alike(-2.0), ArcText(NAME, 0.95)).likeness is Likeness.UNSURE


def test_a_character_that_differs_is_never_settled():
    other = compared(dataclasses.replace(DESIGN, name=NAME.replace("辰", "晨")))
    assert settled(other, ArcText(NAME, 1.0)).likeness is not Likeness.SAME


def slanted(design, dpi=250):
    """Return a seal as a photograph shows it that was taken from the side."""
    pixels = impression_scan(design, np.random.default_rng(4), Scan(dpi=dpi), wear=0.2, degrees=25.0)
    size = (pixels.shape[1], round(0.8 * pixels.shape[0]))
    image = page_of(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dpi)
    return dataclasses.replace(image, page=dataclasses.replace(image.page, scale_known=False))


def examined(image):
    maker = Maker(NAME)
    examiner = SealExaminer(recogniser(), Registry(registered=(maker,), specimens=(SPECIMEN,)), comparator())
    return examiner.examine((image,), (), maker)[0]


def test_a_round_seal_on_a_slanted_photograph_is_compared_as_the_round_one_it_is():
    seal = examined(slanted(DESIGN))
    assert (seal.shape, seal.comparison.likeness) == ("round", Likeness.SAME)
    forged = examined(slanted(dataclasses.replace(DESIGN, name=NAME.replace("辰", "晨"))))
    assert forged.comparison.likeness is not Likeness.SAME


def test_on_a_flat_scan_an_oval_is_no_round_seal():
    flat = slanted(DESIGN)
    seal = examined(dataclasses.replace(flat, page=dataclasses.replace(flat.page, scale_known=True)))
    assert (seal.shape, seal.comparison.reason) == ("oval", "other_seal")


def half_hidden(free=0.5, logit=-6.0, hidden=(4,)):
    tiles = [TileScore(0.97, 0.1, 0.1, 1.0, 1.0)] * len(NAME)
    logits = [-6.0] * len(NAME)
    for place in hidden:
        tiles[place], logits[place] = TileScore(0.95, 0.1, 0.1, free, 1.0), logit
    found = compared(DESIGN)
    comparison = dataclasses.replace(
        found.comparison, likeness=Likeness.UNSURE, reason="hidden_under_print", hidden=tuple(hidden)
    )
    measured = dataclasses.replace(found.measured, tiles=tuple(tiles), logits=tuple(logits))
    return Compared(comparison, found.prepared, found.alignment, measured)


@pytest.mark.parametrize(
    ("seen", "arc", "likeness"),
    [
        (half_hidden(), ArcText(NAME, 0.99), Likeness.SAME),
        (half_hidden(), ArcText(NAME.replace("汽", "气"), 0.99), Likeness.UNSURE),
        (half_hidden(), ArcText(NAME, 0.7), Likeness.UNSURE),
        (half_hidden(), ArcText(None, 0.0), Likeness.UNSURE),
        (half_hidden(free=0.2), ArcText(NAME, 0.99), Likeness.UNSURE),
        (half_hidden(logit=-1.0), ArcText(NAME, 0.99), Likeness.UNSURE),
        (half_hidden(hidden=(0, 3, 5, 8)), ArcText(NAME, 0.99), Likeness.UNSURE),
    ],
)
def test_a_half_hidden_character_is_settled_only_where_ink_and_arc_agree(seen, arc, likeness):
    assert settled(seen, arc).likeness is likeness


def test_without_a_usable_specimen_nothing_is_claimed():
    assert unlike_any("甲", ()).reason == "no_specimen"
    blank = Specimen("甲", np.full((300, 300, 3), 255, np.uint8), "0")
    assert unlike_any("甲", (blank,)).likeness is Likeness.UNSURE
    assert compared(DESIGN, specimens=(blank,)) is None


def test_another_shape_is_another_seal():
    oval = specimen_of(Design(NAME, shape="oval", diameter_mm=45.0, star=False), seed=7)
    assert prepare(oval) is not None
    assert compared(DESIGN, specimens=(oval,)) is None
    assert unlike_any(NAME, (oval,)).likeness is Likeness.DIFFERENT
    assert unlike_any(NAME, (oval,), is_flat=False).likeness is Likeness.UNSURE


def test_a_good_impression_registers_and_poor_ones_say_why():
    assert check_specimen(SPECIMEN.image, 300) == ()
    assert check_specimen(np.full((400, 400, 3), 255, np.uint8), 300) == ("no_seal",)
    grey = np.repeat(SPECIMEN.image[..., 1:2], 3, axis=2)
    assert "no_colour" in check_specimen(grey, 300)
    assert "coarse" in check_specimen(SPECIMEN.image[::2, ::2].copy(), 150)
    assert "several_seals" in check_specimen(np.hstack([SPECIMEN.image, SPECIMEN.image]), 300)
    printed = SPECIMEN.image.copy()
    printed[200:260, 100:] = 20
    assert "overprinted" in check_specimen(printed, 300)


def test_correlation_of_flat_or_empty_planes_is_zero():
    flat = np.ones((20, 20), np.float32)
    assert masked_correlation(flat, flat, flat) == 0.0
    assert masked_correlation(flat, np.eye(20, dtype=np.float32), np.zeros((20, 20), np.float32)) == 0.0


def test_a_character_counts_as_any_impression_of_the_die_bears_it_out():
    one, other = nearly_alike(-2.0), nearly_alike(-5.0)
    logits = (*other.measured.logits[:-1], 1.0)
    other = dataclasses.replace(other, measured=dataclasses.replace(other.measured, logits=logits))
    together = seen_together(one, [one, other], RING, PAGE)
    assert together.comparison.likeness is Likeness.SAME
    assert seen_together(one, [one], RING, PAGE).comparison.reason == "character_differs"


def test_a_character_unlike_all_impressions_stays_unlike():
    one, other = nearly_alike(-2.0), nearly_alike(-2.5)
    found = seen_together(one, [one, other], RING, PAGE).comparison
    assert (found.likeness, found.reason, found.worst_character) == (Likeness.UNSURE, "character_differs", 0)


def test_an_impression_that_lies_badly_bears_nothing_out():
    one, other = nearly_alike(-2.0), nearly_alike(-5.0)
    badly = dataclasses.replace(other, alignment=dataclasses.replace(other.alignment, score=0.8))
    assert seen_together(one, [one, badly], RING, PAGE).comparison.likeness is Likeness.UNSURE


def test_an_impression_of_another_die_bears_nothing_out():
    one, other = nearly_alike(-2.0), nearly_alike(-5.0)
    unlike = dataclasses.replace(other.measured, logits=(-5.0, *(6.0,) * (len(other.measured.logits) - 1)))
    carved_again = dataclasses.replace(other, measured=unlike)
    assert seen_together(one, [one, carved_again], RING, PAGE).comparison.likeness is Likeness.UNSURE


@pytest.mark.parametrize("colour", [(150, 60, 75), (60, 60, 60)])
def test_rules_of_the_page_across_a_seal_are_no_ink_of_it(colour):
    pixels = impression_scan(DESIGN, np.random.default_rng(1), Scan(dpi=300), wear=0.3).copy()
    ring = find_rims(pixels, 300, Colour.COLOUR)[0].ring
    middle = round(ring.cy)
    for row in (middle - 12, middle - 4):
        pixels[row : row + 3] = colour
    picture = normalise(pixels, ring, has_colour=True)
    found = compare_seal(picture, ring, (SPECIMEN,), comparator(), page_size=pixels.shape[1::-1]).comparison
    assert found.likeness is not Likeness.DIFFERENT
    assert found.reason in ("matches", "hidden_under_print")


def test_carved_brackets_are_characters_of_their_own():
    design = Design("博世凯龙（中国）汽车有限公司", face=2, span_degrees=250.0)
    assert prepare(specimen_of(design)).layout.count == 14
    bare = Design("博世凯龙中国汽车有限公司", face=2, span_degrees=250.0)
    specimen = dataclasses.replace(specimen_of(bare), manufacturer=design.name)
    assert prepare(specimen).layout.count == 12
    assert [prepare(one).carved for one in (specimen_of(design), specimen)] == [design.name, bare.name]


@pytest.mark.parametrize("instead", ["丨", "八", "〔", "一"])
def test_another_character_in_the_place_of_a_bracket_is_not_the_same(instead):
    design = Design("长陵（成都）汽车有限公司", face=2, span_degrees=230.0)
    specimen = specimen_of(design)
    assert compared(design, specimens=(specimen,)).comparison.likeness is Likeness.SAME
    other = dataclasses.replace(design, name=design.name.replace("（", instead))
    assert compared(other, specimens=(specimen,)).comparison.likeness is not Likeness.SAME


def test_a_hands_shadow_across_a_seal_is_taken_off():
    pixels = impression_scan(DESIGN, np.random.default_rng(4), Scan(dpi=250), wear=0.2, over="clean")
    across = np.linspace(-1, 1, pixels.shape[1])
    shadow = 1 - 0.55 / (1 + np.exp(-across / 0.1))
    shaded = np.clip(pixels * shadow[None, :, None], 0, 255).astype(np.uint8)
    assert examined(page_of(shaded, 250)).comparison.likeness is Likeness.SAME


def test_a_picture_that_is_lit_evenly_stays_as_it_is():
    pixels = impression_scan(DESIGN, np.random.default_rng(4), Scan(dpi=250), wear=0.2, over="inner")
    square = cv2.resize(pixels, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    assert evenly_lit(square) is square


def test_an_impression_whose_characters_were_not_told_apart_vouches_for_no_seal(monkeypatch):
    alone = compared(DESIGN)
    doubtful = dataclasses.replace(alone.prepared, layout=dataclasses.replace(alone.prepared.layout, misfit=0.6))
    monkeypatch.setattr("verifier.seals.compare.prepare", lambda _: doubtful)
    result = compared(DESIGN).comparison
    assert (result.likeness, result.reason) == (Likeness.UNSURE, "poor_image")


@pytest.mark.parametrize(
    ("logit", "free", "likeness"),
    [(-5.5, 0.7, Likeness.SAME), (-4.0, 0.7, Likeness.UNSURE), (-5.5, 1.0, Likeness.UNSURE)],
)
def test_what_print_leaves_over_part_of_a_character_is_no_stroke_where_the_arc_reads_the_owner(logit, free, likeness):
    measured = compared(DESIGN).measured
    covered = TileScore(likeness=0.72, missing=0.5, added=1.2, free=free, inked=1.0)
    measured = dataclasses.replace(measured, tiles=(covered, *measured.tiles[1:]), logits=(logit, *measured.logits[1:]))
    assert judge(measured) == (Likeness.UNSURE, "character_differs")
    assert judge(measured, owner_read=0.9)[0] is likeness


@pytest.mark.parametrize(
    ("logits", "owner_read", "likeness"),
    [
        ((-1.7, -2.6), 0.995, Likeness.SAME),
        ((-1.7, -2.6), 0.9, Likeness.UNSURE),
        ((-1.2, -5.0), 0.995, Likeness.UNSURE),
        ((-1.7, -1.7), 0.995, Likeness.UNSURE),
        ((-3.2, -3.2), 0.9, Likeness.SAME),
        ((-3.2, -3.2), 0.0, Likeness.UNSURE),
        ((-2.85, -5.69), 0.9996, Likeness.UNSURE),
        ((-3.6, -6.3), 0.9996, Likeness.UNSURE),
        ((-4.7, -6.8), 0.0, Likeness.SAME),
    ],
)
def test_one_worn_character_is_the_same_where_the_arc_leaves_no_doubt(logits, owner_read, likeness):
    measured = compared(DESIGN).measured
    measured = dataclasses.replace(measured, logits=(*logits, *(-6.0 for _ in measured.logits[2:])))
    assert judge(measured, owner_read=owner_read)[0] is likeness


@pytest.mark.parametrize(
    ("logit", "owner_read", "likeness"),
    [
        (-3.84, 0.0, Likeness.UNSURE),
        (-4.1, 0.0, Likeness.SAME),
        (-3.6, 0.9, Likeness.SAME),
        (-3.2, 0.995, Likeness.UNSURE),
    ],
)
def test_characters_of_a_coarse_scan_have_to_be_more_alike(logit, owner_read, likeness):
    measured = compared(DESIGN).measured
    coarse = dataclasses.replace(measured.seal, enlargement=1.8)
    measured = dataclasses.replace(measured, seal=coarse, logits=(logit, *(-5.5 for _ in measured.logits[1:])))
    assert judge(measured, owner_read=owner_read)[0] is likeness


@pytest.mark.parametrize(("code", "is_same"), [("4201067811509", True), ("", False)])
def test_a_seal_without_the_code_of_its_impression_is_of_another_die(code, is_same):
    coded = dataclasses.replace(DESIGN, code="4201067811509")
    specimen = dataclasses.replace(SPECIMEN, image=specimen_image(coded, np.random.default_rng(0)), sha256="c" * 64)
    result = compared(dataclasses.replace(coded, code=code), specimens=(specimen,))
    assert (result.measured.core.code > 0.7) is is_same
    assert (result.comparison.likeness is Likeness.SAME) is is_same


def test_every_letter_must_be_surely_the_same_brackets_apart():
    measured = compared(DESIGN).measured
    measured = dataclasses.replace(measured, logits=(-6.0,) * len(NAME))
    nearly = dataclasses.replace(measured, logits=(-6.0, -4.0, *(-6.0,) * (len(NAME) - 2)))
    assert surely_same(measured, NAME)
    assert not surely_same(measured, NAME + "厂")
    assert not surely_same(nearly, NAME)
    assert surely_same(nearly, NAME[0] + "（" + NAME[2:])
