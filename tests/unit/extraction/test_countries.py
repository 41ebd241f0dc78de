"""Destinations: whole names, in labels, sentences and sections; what is near a country is none."""

from __future__ import annotations

import pytest

from tests.unit.extraction.sheet import letter_of

VIN, OTHER = "LSVAA4182E2184847", "LFV2A21J970002020"


def destinations(line: str) -> list[tuple[str, str | None]]:
    """Return (country, doubt) of a letter that says `line` of its destination."""
    letter = letter_of(f"售后维修服务确认书\n{line}\n车架号：{VIN}\n北辰汽车制造有限公司\n2026年3月12日")
    return [(country.value, country.doubt) for country in letter.export_countries]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("俄罗斯", "RU"),
        ("白俄罗斯", "BY"),
        ("白罗斯", "BY"),
        ("印度", "IN"),
        ("印度尼西亚", "ID"),
        ("苏丹", "SD"),
        ("南苏丹", "SS"),
        ("几内亚", "GN"),
        ("赤道几内亚", "GQ"),
        ("几内亚比绍", "GW"),
        ("巴布亚新几内亚", "PG"),
        ("马里", "ML"),
        ("索马里", "SO"),
        ("尼日尔", "NE"),
        ("尼日利亚", "NG"),
        ("刚果（金）", "CD"),
        ("刚果（布）", "CG"),
        ("哈萨克", "KZ"),
        ("吉尔吉斯坦", "KG"),
        ("柬埔塞", "KH"),
        ("乌兹别克", "UZ"),
        ("沙特", "SA"),
        ("蒙古国", "MN"),
        ("寮国", "LA"),
        ("阿拉伯联合酋长国", "AE"),
        ("Niger", "NE"),
        ("Nigeria", "NG"),
        ("Guinea", "GN"),
        ("Equatorial Guinea", "GQ"),
        ("UAE", "AE"),
        ("KSA", "SA"),
        ("Lao PDR", "LA"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Côte d'Ivoire", "CI"),
        ("Ivory Coast", "CI"),
        ("Республика Казахстан", "KZ"),
        ("République démocratique du Congo", "CD"),
        ("République du Congo", "CG"),
        ("República Democrática del Congo", "CD"),
        ("Estados Unidos Mexicanos", "MX"),
    ],
)
def test_a_name_is_that_country_and_no_other(name: str, code: str) -> None:
    assert destinations(f"出口国别：{name}") == [(code, None)]


def test_a_name_of_two_countries_is_ambiguous() -> None:
    assert [doubt for _, doubt in destinations("出口国别：刚果")] == ["ambiguous"]


@pytest.mark.parametrize(
    "place", ["海外", "境外", "中亚", "中亚五国", "全球", "欧洲", "非洲", "迪拜", "阿拉木图", "Central Asia"]
)
def test_regions_and_cities_are_no_countries(place: str) -> None:
    letter = letter_of(f"售后维修服务确认书\n出口国别：{place}\n车架号：{VIN}\n北辰汽车制造有限公司\n2026年3月12日")
    assert letter.export_countries == ()
    assert letter.mislabelled_country is not None
    assert letter.mislabelled_country.text == place


@pytest.mark.parametrize(
    "line",
    [
        "下列车辆拟向哈萨克斯坦出口，由我公司负责维修。",
        "下列车辆将出口哈萨克斯坦。",
        "The vehicles below are for export to the market of Kazakhstan.",
        "Market of destination | Kazakhstan",
        "The vehicle will be exported by Qingdao Hailian Auto Service Co., Ltd. to the Republic of Kazakhstan.",
        "Maintenance will be provided in the country of destination, Kazakhstan, through the outlets below.",
        "目的国/地区：哈萨克斯坦",
        "Страна назначения: Казахстан",
    ],
)
def test_the_destination_is_found_however_it_is_said(line: str) -> None:
    assert destinations(line) == [("KZ", None)]


@pytest.mark.parametrize(
    "line", ["生产国：中国", "公司地址：中国吉林省长春市", "Country of origin: China", "原产国：德国"]
)
def test_where_the_maker_is_is_no_destination(line: str) -> None:
    assert destinations(line) == []


def test_each_section_gives_its_country_to_its_vehicles() -> None:
    letter = letter_of(
        f"售后维修服务确认书\n一、出口国别：加纳\n车架号：{VIN}\n二、出口国别：亚美尼亚\n车架号：{OTHER}\n"
        "北辰汽车制造有限公司\n2026年3月12日"
    )
    assert [v.export_country.value for v in letter.vehicles if v.export_country] == ["GH", "AM"]
    assert letter.export_country is None


def test_a_vehicle_above_the_first_section_has_no_country_of_its_own() -> None:
    letter = letter_of(
        f"售后维修服务确认书\n车架号：{VIN}\n一、出口国别：加纳\n车架号：{OTHER}\n二、出口国别：亚美尼亚\n"
        "北辰汽车制造有限公司\n2026年3月12日"
    )
    assert [v.export_country.value if v.export_country else None for v in letter.vehicles] == [None, "GH"]
