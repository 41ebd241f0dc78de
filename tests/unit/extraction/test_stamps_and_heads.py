"""What stamps, pens and heads that were not read leave on a letter: each kept from the fields it is none of."""

from __future__ import annotations

import pytest

from tests.unit.extraction.sheet import LABELS, letter_of, placed
from tests.unit.extraction.test_glued_heads import cell, texts
from tests.unit.extraction.test_unseen_offices import CLOSING, FIRST, of, value
from verifier.extraction.cells import Row
from verifier.extraction.glued_heads import with_heads_apart
from verifier.extraction.outlet_looks import PERSON


@pytest.mark.parametrize("stamp", ["RECEIVED\n2026-05-03", "收件2026-05-03", "收文\n2026年5月3日"])
def test_the_day_of_receipt_is_not_that_of_issue(stamp: str) -> None:
    letter = letter_of(f"售后维修服务确认书\n车架号：{FIRST}\n{CLOSING}\n\n\n{stamp}")
    assert (value(letter.issued_on), letter.issued_on and letter.issued_on.doubt) == ("2026-03-12", None)


def test_another_later_day_still_leaves_a_doubt() -> None:
    letter = letter_of(f"售后维修服务确认书\n车架号：{FIRST}\n北辰汽车制造有限公司\n日期：2026年3月12日\n\n2026-05-03")
    assert letter.issued_on
    assert letter.issued_on.doubt == "conflict"


def test_a_stroke_before_a_year_is_no_figure_of_it() -> None:
    letter = letter_of(f"售后维修服务确认书\n车架号：{FIRST}\n北辰汽车制造有限公司\n72026年03月12日")
    assert value(letter.issued_on) == "2026-03-12"


def test_an_address_under_a_head_that_was_not_read() -> None:
    table = "服务网点 | | 电话\nGulf Star LLC | 7 Bole Road, Addis Ababa | +251 11 696 1835"
    (outlet,) = of(table).outlets
    assert (value(outlet.name), value(outlet.address)) == ("Gulf Star LLC", "7 Bole Road, Addis Ababa")


def test_heads_over_a_list_of_vins_are_parted_though_all_were_glued() -> None:
    rows = (
        Row(1, (cell("品牌", "北辰牌", "北辰牌", x=0.1, y=0.1), cell("车架号", FIRST, x=0.4, y=0.1))),
        Row(1, (cell("LFV2A21J970002020", x=0.4, y=0.125),)),
    )
    assert texts(with_heads_apart(rows, LABELS)) == [
        ["品牌", "车架号"],
        ["北辰牌", FIRST],
        ["北辰牌", "LFV2A21J970002020"],
    ]


def test_a_wide_caption_over_one_head_is_no_part_of_it() -> None:
    lines = [(0.12, 0.1, "售后维修服务确认书"), (0.12, 0.13, "出口国别：土耳其"), (0.12, 0.16, f"车架号：{FIRST}")]
    lines += [
        (0.3, 0.212, "Authorised service outlets in the country"),
        (0.12, 0.224, "Outlet"),
        (0.43, 0.222, "Address"),
    ]
    lines += [
        (0.75, 0.224, "Telephone"),
        (0.12, 0.25, "Pan Motors Co., Ltd."),
        (0.4, 0.25, "Büyükdere Cad. 152, Istanbul"),
    ]
    (outlet,) = placed([*lines, (0.74, 0.25, "+90 212 692 57 89")]).outlets
    assert (value(outlet.name), value(outlet.address)) == ("Pan Motors Co., Ltd.", "Büyükdere Cad. 152, Istanbul")


def test_a_page_number_goes_on_with_no_line() -> None:
    lines = [(0.12, 0.1, "Confirmation of after-sales service"), (0.12, 0.13, f"VIN: {FIRST}")]
    lines += [(0.12, 0.9, "1. Prime Auto Care Ltd.; Address: Rama IX Rd. 40, Chiang Mai; Tel.: +66 2 825")]
    letter = placed([*lines, (0.45, 0.92, "Page l of 2")])
    assert all("Page" not in (value(outlet.phone) or "") for outlet in letter.outlets)


@pytest.mark.parametrize(
    "text", ["J. Mensah", "J.Mensah", "Ким Д.С.", "Omar Al Haddad", "Ms. Tran Anh", "ZhangWei", "Бат-Эрдэнэ"]
)
def test_persons(text: str) -> None:
    assert PERSON.match(text)


@pytest.mark.parametrize("text", ["TENCHI", "Undertakings", "Tel", "Omar"])
def test_single_words_are_no_persons(text: str) -> None:
    assert not PERSON.match(text)


def test_the_last_line_of_a_name_is_no_serial_number_and_a_speck_no_line() -> None:
    lines = [
        (0.12, 0.1, "售后维修服务确认书"),
        (0.12, 0.13, "出口国别：乌兹别克斯坦"),
        (0.12, 0.16, f"车架号：{FIRST}"),
    ]
    lines += [(0.12, 0.2, "序号"), (0.27, 0.2, "网点名称"), (0.5, 0.2, "地址"), (0.78, 0.2, "电话"), (0.13, 0.23, "1")]
    lines += [
        (0.17, 0.23, "布哈拉东方汽车贸易与服务公"),
        (0.4, 0.23, "布哈拉市滨海路149号"),
        (0.75, 0.23, "+998 71 832 26 26"),
    ]
    (outlet,) = placed([*lines, (0.17, 0.245, "司"), (0.57, 0.262, "0")]).outlets
    assert (value(outlet.name), value(outlet.address)) == ("布哈拉东方汽车贸易与服务公司", "布哈拉市滨海路149号")


def test_a_telephone_that_lost_a_bracket_is_whole() -> None:
    table = "服务网点 | 地址 | 电话\nGulf Star LLC | 7 Bole Road, Tashkent | +998 71) 235-98-58"
    assert [value(outlet.phone) for outlet in of(table).outlets] == ["+998712359858"]


def test_a_heading_in_two_languages_is_no_outlet() -> None:
    assert not of("境外售后服务网点 / Пункты сервисного обслуживания за рубежом:").outlets


def test_a_town_that_ends_like_a_joining_word_stays_whole() -> None:
    (outlet,) = of(
        "维修由阿尔及尔丝路汽车服务有限公司（地址：阿尔及尔市滨海路8号，电话：+213 21 56 66 71）承担。"
    ).outlets
    assert value(outlet.name) == "阿尔及尔丝路汽车服务有限公司"


@pytest.mark.parametrize("line", ["编号：北辰函〔2026〕 335号", "^北辰函〔2026〕 335号"])
def test_a_number_with_white_behind_its_year(line: str) -> None:
    assert value(letter_of(f"售后维修服务确认书\n{line}\n车架号：{FIRST}\n{CLOSING}").number) == "北辰函〔2026〕335号"


@pytest.mark.parametrize("label", ["网点地址：", "地址："])
def test_a_name_ends_with_its_own_word_before_a_label(label: str) -> None:
    (outlet,) = of(f"1. 万象领航汽车养护有限公司{label}老挝万象市中央路203号，电话：+856 21 262 949").outlets
    assert value(outlet.name) == "万象领航汽车养护有限公司"


def test_a_sentence_about_the_letter_is_no_outlet() -> None:
    rows = "境外维修服务网点一览表\n1. 本确认书仅用于上述车辆办理出口许可证，不作他用，迪拜2号\n电话：+971 4 333 1820"
    assert all(value(outlet.name) is None for outlet in of(rows).outlets)
