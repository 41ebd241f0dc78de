import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.opening.builders import OTHER_VIN, VIN
from verifier.formats.vin import ALPHABET
from verifier.integrity.compare import contradicts, distance_within, latinised, vins_in
from verifier.integrity.fields import Sort, VerdictField
from verifier.letter import Field


def stated(sort, value, text=None):
    return VerdictField("f", sort, Field(value, text or value, 0.99, 1, None))


@pytest.mark.parametrize("noise", [True, False])
@pytest.mark.parametrize(
    ("sort", "value", "text", "said"),
    [
        (Sort.VIN, VIN, VIN, f"车架号：{VIN}，"),
        (Sort.VIN, VIN, VIN, " ".join(VIN)),
        (Sort.VIN, VIN, VIN, VIN.lower()),
        (Sort.VIN, VIN, VIN, "no number at all"),
        (Sort.VIN, VIN, VIN, VIN[:9]),
        (Sort.COUNTRY, "KZ", "哈萨克斯坦", "出口国别：哈萨克斯坦共和国"),
        (Sort.COUNTRY, "BY", "白俄罗斯", "白俄罗斯"),
        (Sort.COUNTRY, "KZ", "哈萨克斯坦", "由中国出口至"),
        (Sort.DATE, "2026-01-15", "2026年1月15日", "二〇二六年一月十五日"),
        (Sort.DATE, "2026-01-15", "2026年1月15日", "15 January 2026"),
        (Sort.DATE, "2026-04-03", "03/04/2026", "3/4/2026"),
        (Sort.NAME, "华辰汽车有限公司", "华辰汽车有限公司", "华 辰 汽 车 有 限 公 司"),
        (Sort.NAME, "A（中国）Ltd", "A（中国）Ltd", "a(中国) ltd."),
        (Sort.CODE, "BYD7009BEV1", "BYD7OO9BEVl", "BYD7009BEV1"),
        (Sort.PROSE, "Almaty, Abay ave. 10", "AImaty, Abay ave. l0", "Almaty, Abay ave. 10"),
    ],
)
def test_the_same_value_is_no_contradiction_however_it_is_written(sort, value, text, said, noise):
    assert not contradicts(stated(sort, value, text), said, honest_noise=noise)


@pytest.mark.parametrize(
    ("sort", "value", "said", "in_noise"),
    [
        (Sort.VIN, VIN, OTHER_VIN, True),
        (Sort.VIN, VIN, VIN[:-1] + "7", False),
        (Sort.VIN, VIN[:-1] + "7", VIN, True),
        (Sort.COUNTRY, "KZ", "乌兹别克斯坦", True),
        (Sort.COUNTRY, "RU", "白俄罗斯", True),
        (Sort.DATE, "2026-01-15", "2026年1月16日", False),
        (Sort.NAME, "华辰汽车有限公司", "华晨汽车有限公司", False),
        (Sort.NAME, "河北冀驰汽车有限公司", "湖北翼驰汽车有限公司", False),
        (Sort.NAME, "河北冀驰汽车有限公司", "凯雷特（成都）汽车有限公司", True),
        (Sort.NAME, "河北冀驰新能源汽车制造有限公司", "广东粤骐新能源汽车制造有限公司", True),
        (Sort.NAME, "Hebei Jichi Automobile Co., Ltd.", "Shandong Luyuan Automobile Co., Ltd.", True),
        (Sort.NAME, "Hebei Jichi Automobile Co., Ltd.", "Hebci Jiohi Autornobile Co., Ltd.", False),
        (Sort.CODE, "商修〔2026〕15号", "商修〔2031〕88号", False),
        (Sort.PROSE, "Almaty, Abay ave. 10", "Tashkent, Navoi street 7", False),
    ],
)
def test_another_value_is_a_contradiction(sort, value, said, in_noise):
    assert contradicts(stated(sort, value), said, honest_noise=False)
    assert contradicts(stated(sort, value), said, honest_noise=True) == in_noise


@given(st.text(ALPHABET, min_size=17, max_size=17), st.text("·：， 。", max_size=3))
def test_a_number_never_contradicts_itself(vin, around):
    assert not contradicts(stated(Sort.VIN, vin), around + vin + around, honest_noise=False)


@given(st.text(max_size=30), st.sampled_from(list(Sort)), st.booleans())
def test_a_text_never_contradicts_itself(text, sort, noise):
    value = {"VIN": VIN, "COUNTRY": "KZ", "DATE": "2026-01-15"}.get(sort.name, text)
    if sort in (Sort.NAME, Sort.CODE, Sort.PROSE):
        assert not contradicts(stated(sort, value), text, honest_noise=noise)
    else:
        contradicts(stated(sort, value), text, honest_noise=noise)


def test_private_alphabets_say_nothing():
    assert not contradicts(
        stated(Sort.NAME, "华辰汽车有限公司"), "\ue001\ue002\ue003汽\ue005\ue006\ue007", honest_noise=False
    )


@given(st.text("abcd", max_size=8), st.text("abcd", max_size=8), st.text("abcd", max_size=8))
def test_distance_within_finds_the_part(before, part, after):
    assert distance_within(part, before + part + after) == 0


def test_latin_looks_are_made_latin():
    assert latinised("ＬＳＧНD") == "LSGHD"
    assert vins_in(VIN.replace("H", "Н")) == (VIN,)
