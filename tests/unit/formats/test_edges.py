"""Values at the edge of what they may be: numerals, look-alikes, dial codes, names that end one character earlier."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.formats import vin as vins
from verifier.formats.dates import find_dates, parse_date
from verifier.formats.gazetteer import Gazetteer
from verifier.formats.names import differing_share, misread_characters, unit_word
from verifier.formats.numbers import announcement_key, certificate_key, han_number, letter_number_key, number_key
from verifier.formats.organisations import find_organisations
from verifier.formats.phones import countries_of, find_phones
from verifier.record import Maker, Makers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二〇二六年正月一日", (2026, 1, 1)),
        ("二〇二六年十月十日", (2026, 10, 10)),
        ("二〇二六年十二月二十日", (2026, 12, 20)),
        ("二〇二六年九月廿三日", (2026, 9, 23)),
        ("二〇二六年七月卅一日", (2026, 7, 31)),
        ("二〇二六年三月三十日", (2026, 3, 30)),
        ("二二六年三月九日", (2026, 3, 9)),
        ("12/25/2026", (2026, 12, 25)),
        ("25.12.2026", (2026, 12, 25)),
    ],
)
def test_numerals_and_orders(text: str, expected: tuple[int, int, int]) -> None:
    assert parse_date(text).value == date(*expected)


@pytest.mark.parametrize(
    ("text", "ambiguous"),
    [("12/11/2026", True), ("13/11/2026", False), ("11/11/2026", False), ("12.11.2026", False), ("12-11-2026", True)],
)
def test_only_what_could_be_exchanged_is_ambiguous(text: str, ambiguous: bool) -> None:
    assert parse_date(text).ambiguous is ambiguous


def test_a_date_is_one_and_stands_where_it_stands() -> None:
    first, second = find_dates("于2026年1月2日至2026-03-04")
    assert (first.start, first.stop, second.start, second.stop) == (1, 10, 11, 21)
    with pytest.raises(ValueError, match="not a date: '2026-01-02 2026-03-04'"):
        parse_date("2026-01-02 2026-03-04")
    with pytest.raises(ValueError, match="not a date"):
        parse_date("")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10),
        ("十九", 19),
        ("二十", 20),
        ("百二十", 120),
        ("一百零五", 105),
        ("九百九十九", 999),
        ("两百", 200),
        ("三", 3),
    ],
)
def test_chinese_numbers(text: str, number: int) -> None:
    assert han_number(text) == number


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("第12批", "12"), ("批次012", "12"), ("Batch No. 402", "402"), ("公告（2026年第7号）", "2026-7"),
        ("2026年第7号第402批", "402"), ("工信部2025第11号", "2025-11"), ("没有", "没有"), ("第一百二十三批", "123"),
    ],
)  # fmt: skip
def test_announcements(text: str, key: str) -> None:
    assert announcement_key(text) == key


def test_numbers_are_compared_without_what_carries_no_meaning() -> None:
    assert number_key("bc〔2026〕_7 号") == "BC20267号"
    assert [certificate_key(text) for text in ("3C No. 2025-01", "CCCNO201", "201CCC")] == ["202501", "201", "201CCC"]


# --- VINs, phones -----------------------------------------------------------------------------------------


@given(st.sampled_from(["1HGCM82633A004352", "LSVAA4182E2184847"]), st.integers(0, 16), st.sampled_from("0158BS2Z6G"))
def test_neighbours_are_valid_and_one_look_alike_away(vin: str, place: int, other: str) -> None:
    misread = vin[:place] + other + vin[place + 1 :]
    found = vins.valid_neighbours(misread)
    assert len(set(found)) == len(found)
    for one in found:
        ((read, meant),) = [(a, b) for a, b in zip(misread, one, strict=True) if a != b]
        assert vins.is_valid(one)
        assert any(read in group and meant in group for group in vins.LOOKALIKES)


@pytest.mark.parametrize("place", range(17))
def test_every_place_of_a_vin_has_its_neighbours(place: int) -> None:
    vin = "1HGCM82633A004352"
    for group in vins.LOOKALIKES:
        for other in group:
            misread = vin[:place] + other + vin[place + 1 :]
            if vin[place] in group and other != vin[place]:
                assert vin in vins.valid_neighbours(misread)


def test_model_years_repeat_after_thirty_years() -> None:
    assert vins.model_years("LSVAA4182E2184847", latest=2026) == (1984, 2014)
    assert vins.model_years("LSVAA4182E2184847", latest=2013) == (1984,)
    assert vins.model_years("LSVAA418", latest=2026) == ()
    assert vins.model_years("LSVAA41820", latest=2026) == ()


@pytest.mark.parametrize(
    ("text", "value", "countries"),
    [
        ("+996 312 555 010", "+996312555010", ("KG",)),
        ("0077272501122", "+77272501122", ("KZ",)),
        ("＋7 495 123 45 67", "+74951234567", ("RU",)),
        ("电话：312 555 010", "312555010", ()),
        ("Tel: 8 (727) 250-11-22", "87272501122", ()),
    ],
)
def test_phones(text: str, value: str, countries: tuple[str, ...]) -> None:
    (found,) = find_phones(text)
    assert (found.value, found.countries) == (value, countries)
    assert text[found.start : found.stop].strip("()") != ""
    assert "".join(c for c in text[found.start : found.stop] if c.isdigit()).lstrip("0") == value.lstrip("+0")


def test_dial_codes_that_several_countries_share() -> None:
    assert set(countries_of("+7000")) >= {"RU", "KZ"}
    assert countries_of("312555010") == ()
    assert countries_of("+800 1234 5678") == ()
    assert find_phones("312 555 010") == ()  # nothing says that it is one
    assert find_phones("电话 12345") == ()
    assert find_phones("+1234567890123456789") == ()


# --- names ------------------------------------------------------------------------------------------------


def test_shares_are_of_the_longer_name() -> None:
    assert differing_share("北辰", "北辰汽车") == pytest.approx(0.5)
    assert differing_share("北辰汽车", "北辰") == pytest.approx(0.5)
    assert differing_share("", "") == 0.0
    assert differing_share("", "北") == 1.0
    assert differing_share("北 辰", "北辰") == 0.0


def test_a_misreading_keeps_two_thirds_of_a_name() -> None:
    assert misread_characters("甲乙丙汽车厂", "甲乙丙汽车厂") == 0
    assert misread_characters("甲乙丁戊车厂", "甲乙丙汽车厂") == 2
    assert misread_characters("甲丁戊己车厂", "甲乙丙汽车厂") is None
    assert misread_characters("甲乙销售公司", "甲乙销售公式") == 1


def test_a_current_name_wins_over_a_former_one() -> None:
    old, new = Maker("乙厂", former_names=("甲厂",)), Maker("甲厂", "Jia Works")
    assert Makers([old, new]).named("甲厂") is new
    assert Makers([old, Maker("丙厂", former_names=("甲厂",))]).named("甲厂") is old
    assert Makers([old, new]).named("JIA works") is new
    assert Makers([old, new]).named("丁厂") is None


@pytest.mark.parametrize(
    ("name", "word"),
    [("Star Export Ltd", "export"), ("Star Overseas Division", "overseas division"), ("Exporters Star", None),
     ("星驰汽贸", "汽贸"), ("Star Distribution", "distribution")],
)  # fmt: skip
def test_words_of_units(name: str, word: str | None) -> None:
    assert unit_word(name) == word


def test_apostrophes_and_yo_are_folded() -> None:
    names = Gazetteer.of([("Cote d'Ivoire", "CI"), ("Орел", "X")])
    assert [m.code for m in names.find("Cote d’Ivoire, Орёл")] == ["CI", "X"]
    assert names.parse("COTE D’IVOIRE") == "CI"
    assert Gazetteer.of([("Орёл", "X")]).parse("Орел") == "X"


def test_a_gazetteer_takes_the_longest_name_and_whole_words() -> None:
    names = Gazetteer.of(
        [("Niger", "NE"), ("Nigeria", "NG"), ("Guinea", "GN"), ("Guinea-Bissau", "GW"), ("Nige", "XX")]
    )
    assert names.lengths["n"] == (7, 5, 4)
    assert [(m.code, m.start, m.stop) for m in names.find("to Nigeria, Niger")] == [("NG", 3, 10), ("NE", 12, 17)]
    assert [m.code for m in names.find("Guinea - Bissau")] == ["GW"]
    assert names.find("Nigerian") == ()
    assert [m.code for m in names.find("toNiger")] == ["NE"]  # the space was lost
    assert names.parse(" (niger). ") == "NE"
    with pytest.raises(ValueError, match="not a known name: 'Nigerr'"):
        names.parse("Nigerr")
    assert Gazetteer.of([("A", "1"), ("a", "2")]).parse("A") == "2"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gulf Star Auto, LLC is ours", ["Gulf Star Auto, LLC"]),
        ("Gulf Star (Dubai) LLC", ["Gulf Star (Dubai) LLC"]),
        ("by Almaty AutoLLC today", ["Almaty AutoLLC"]),
        ("ООО «Авто Сервис Плюс» в Москве", ["ООО «Авто Сервис Плюс»"]),
        ("Taller de la Paz y Hijos SAC", ["Taller de la Paz y Hijos SAC"]),
        ("Auto Center and", ["Auto Center"]),
        ("contact us today", []),
        ("Gulf Star （Dubai） LLC", ["Gulf Star （Dubai） LLC"]),
        ("“Gulf Star” LLC", ["“Gulf Star” LLC"]),
        ("Auto Service 24", ["Auto Service 24"]),
        ("Gulf Star Ltd. Co. Almaty", ["Gulf Star Ltd. Co."]),
        ("LLC", []),
        ("由阿拉木图汽车服务公司负责", ["阿拉木图汽车服务公司"]),
        ("1. 塔什干维修站", ["塔什干维修站"]),
        ("某公司", []),
        ("好某公司", ["好某公司"]),
    ],
)
def test_organisations(text: str, found: list[str]) -> None:
    assert [text[one.start : one.stop] for one in find_organisations(text)] == found


def test_only_a_legal_form_makes_a_company() -> None:
    assert [one.formed for one in find_organisations("Gulf Star LLC; Auto Center; 塔什干维修站; 塔什干汽车公司")] == [
        True, False, False, True,
    ]  # fmt: skip


def test_numbers_of_letters_are_one_whichever_of_two_like_characters_was_read() -> None:
    assert letter_number_key("HO2026030422") == letter_number_key("H02026030422")
    assert letter_number_key("IL-1") == letter_number_key("1I-L")
    assert letter_number_key("SH-2026-5") != letter_number_key("5H-2026-S")  # S and 5 are told apart
