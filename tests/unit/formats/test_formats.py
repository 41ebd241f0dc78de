"""Single values: VINs, dates, names, phones, countries, each with the traps of the field."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.formats import vin as vins
from verifier.formats.chinese import simplified
from verifier.formats.dates import find_dates, parse_date
from verifier.formats.names import normalise_name, unit_word
from verifier.formats.organisations import find_organisations
from verifier.formats.phones import countries_of, find_phones
from verifier.record import Maker, Makers

ALPHABET = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"


def valid_vin(text: str) -> str:
    """Return `text` with the check digit that GB 16735 asks for at position 9."""
    return next(made for digit in "0123456789X" if vins.is_valid(made := text[:8] + digit + text[9:]))


@given(st.text(ALPHABET, min_size=17, max_size=17))
def test_exactly_one_check_digit_fits(text: str) -> None:
    fitting = [digit for digit in "0123456789X" if vins.is_valid(text[:8] + digit + text[9:])]
    assert len(fitting) == 1


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from("0123456789"))
def test_a_changed_digit_is_caught_unless_the_weights_hide_it(text: str, place: int, digit: str) -> None:
    made = valid_vin(text)
    if place != 8 and made[place].isdigit() and made[place] != digit:
        changed = made[:place] + digit + made[place + 1 :]
        assert not vins.is_valid(changed) or (int(made[place]) - int(digit)) % 11 == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026年1月15日", date(2026, 1, 15)),
        ("二〇二六年一月十五日", date(2026, 1, 15)),
        ("二零二六年十二月三十一日", date(2026, 12, 31)),
        ("2026-01-15", date(2026, 1, 15)),
        ("2026.1.5", date(2026, 1, 5)),
        ("2026/01/15", date(2026, 1, 15)),
        ("20260115", date(2026, 1, 15)),
        ("15 January 2026", date(2026, 1, 15)),
        ("January 15, 2026", date(2026, 1, 15)),
        ("15 января 2026 г.", date(2026, 1, 15)),
        ("15th of March 2026", date(2026, 3, 15)),
        ("29 February 2028", date(2028, 2, 29)),
    ],
)
def test_dates_in_every_form(text: str, expected: date) -> None:
    mention = parse_date(text)
    assert mention.value == expected
    assert not mention.ambiguous


def test_day_and_month_that_may_be_exchanged_are_ambiguous() -> None:
    assert parse_date("03/04/2026").ambiguous
    assert not parse_date("23/04/2026").ambiguous


@pytest.mark.parametrize("text", ["2026年2月30日", "31/11/2026", "公告2025第11号", "LSVAA4182E2184847", ""])
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text) == ()


@given(st.dates(date(1990, 1, 1), date(2089, 12, 31)))
def test_iso_dates_are_read_back(day: date) -> None:
    assert parse_date(day.isoformat()).value == day


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("星馳汽車(集團)有限公司", "星驰汽车（集团）有限公司"),
        ("STAR MOTOR CO., LTD.", "Star Motor Company Limited"),
        ("北辰 汽车 有限公司", "北辰汽车有限公司"),
        ("宇通·达汽车有限公司", "宇通达汽车有限公司"),
    ],
)
def test_spellings_of_one_name(a: str, b: str) -> None:
    assert normalise_name(a) == normalise_name(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("华辰汽车有限公司", "华晨汽车有限公司"),
        ("北辰汽车有限公司", "北辰汽车股份有限公司"),
        ("北辰汽车有限公司", "北辰汽车销售有限公司"),
    ],
)
def test_other_names_stay_other(a: str, b: str) -> None:
    assert normalise_name(a) != normalise_name(b)
    assert Makers([Maker(b)]).named(a) is None


@pytest.mark.parametrize(
    "name",
    ["北辰汽车销售有限公司", "北辰进出口有限公司", "北辰汽车国际贸易有限公司", "Beichen Import & Export Co., Ltd."],
)
def test_units_that_may_not_issue_are_told_by_their_words(name: str) -> None:
    assert unit_word(name)


def test_a_former_name_finds_its_maker_and_a_current_one_wins() -> None:
    old, new = Maker("甲汽车有限公司", former_names=("乙汽车有限公司",)), Maker("乙汽车有限公司")
    assert Makers([old]).named("乙汽车有限公司") is old
    assert Makers([old, new]).named("乙汽车有限公司") is new


@pytest.mark.parametrize(
    ("number", "countries"),
    [("+998712774510", {"UZ"}), ("+97143331820", {"AE"}), ("+996312614580", {"KG"}), ("+6627445120", {"TH"})],
)
def test_dial_codes_tell_the_country(number: str, countries: set[str]) -> None:
    assert set(countries_of(number)) == countries


def test_plus_seven_is_russia_or_kazakhstan_by_its_next_digits() -> None:
    assert "KZ" in countries_of("+77273124567")
    assert "RU" in countries_of("+74951234567")


def test_phone_without_its_spaces_is_found() -> None:
    (mention,) = find_phones("联系人Budi Santoso，电话+62215257740。")
    assert mention.value == "+62215257740"


@given(st.text(max_size=40))
def test_simplifying_keeps_the_length_and_settles(text: str) -> None:
    once = simplified(text)
    assert len(once) == len(text)
    assert simplified(once) == once


@pytest.mark.parametrize(
    "name",
    [
        "Gulf Star Auto LLC",
        "ООО «Минск Авто»",
        'ТОО "Дала Мотор"',
        "ОсОО «Тянь-Шань Авто»",
        "Xəzər Avto Servis MMC",
        "Dunav Auto Servis d.o.o.",
        "Boğaziçi Oto Servis A.Ş.",
        "Taller Azteca S.A. de C.V.",
        "SARL Atlas Auto Services",
        "Công ty TNHH Ô tô Sài Gòn Xanh",
        "PT Nusantara Servis Otomotif",
        "Siam Charge Auto Service Co., Ltd.",
        "Highveld EV Service (Pty) Ltd",
        "比什凯克汽车服务公司",
        "阿尔腾汽车维修中心",
    ],
)
def test_organisations_of_many_languages_are_found_whole(name: str) -> None:
    for text in (
        name,
        f"1. {name}, 12 Main Street",
        f"repairs are done by {name} (tel. +1 234 5678)",
        f"维修由{name}承担",
    ):
        assert name in [text[one.start : one.stop] for one in find_organisations(text)]


@pytest.mark.parametrize("text", ["特此确认。", "12 March 2026", "We hereby confirm that", "+971 4 333 1820", ""])
def test_what_names_nobody(text: str) -> None:
    assert find_organisations(text) == ()


@given(st.text(max_size=60))
def test_organisations_stand_within_the_text_in_order(text: str) -> None:
    found = find_organisations(text)
    assert all(0 <= one.start < one.stop <= len(text) for one in found)
    assert all(a.stop <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    "text",
    [
        "el 12 de marzo del 2026", "marzo 12 de 2026", "12th day of March, 2026", "March the 12th, 2026",
        "«12» марта 2026 г.",
        "ngày 12 tháng 3 năm 2026", "12 مارس 2026", "١٢/٠٣/٢٠٢٦", "12 آذار 2026",
        "2026 жылғы 12 наурыз", "2026-yil 12-mart", "12-MAR-26", "12 März 2026", "12 березня 2026 р.",
        "2026年三月十二日",
        "2026 оны 3 дугаар сарын 12", "a los 12 días del mes de marzo de 2026",
        "2026-Mar-12", "12º de março de 2026",
    ],
)  # fmt: skip
def test_dates_as_offices_abroad_write_them(text: str) -> None:
    (mention,) = find_dates(text)
    assert mention.value == date(2026, 3, 12)
    assert not text[mention.start].isspace()
