"""Outlets in every shape, and what only looks like one."""

from __future__ import annotations

import pytest

from tests.unit.extraction.sheet import letter_of
from verifier.letter import ServiceOutlet

VIN = "LSVAA4182E2184847"
CLOSING = "北辰汽车制造有限公司（盖章）\n2026年3月12日"
WANTED = ("Gulf Star Auto LLC", "Al Khor Industrial Area 2, Dubai", "+97143331820", "AE")


def outlets(rows: str) -> tuple[ServiceOutlet, ...]:
    """Return the outlets of a letter with these rows in its middle."""
    return letter_of(f"售后维修服务确认书\n出口国别：阿联酋\n车架号：{VIN}\n{rows}\n\n{CLOSING}").outlets


def told(outlet: ServiceOutlet) -> tuple[str | None, ...]:
    """Return name, address, phone and country as normalised."""
    fields = (outlet.name, outlet.address, outlet.phone, outlet.country)
    return tuple(field.value if field else None for field in fields)


@pytest.mark.parametrize(
    "rows",
    [
        "服务网点：Gulf Star Auto LLC\n地址：Al Khor Industrial Area 2, Dubai\n电话：+971 4 333 1820",
        "网点1：Gulf Star Auto LLC\n地址：Al Khor Industrial Area 2, Dubai\n电话：+971 4 333 1820",
        "服务网点 / Сервисный центр : Gulf Star Auto LLC\n地址 / Адрес : Al Khor Industrial Area 2, Dubai\n"
        "电话 / Телефон : +971 4 333 1820",
        "境外服务网点：\n1. Gulf Star Auto LLC, Al Khor Industrial Area 2, Dubai; contact: Omar, tel. +971 4 333 1820",
        "Schedule B: outlets\nB1. Gulf Star Auto LLC – Al Khor Industrial Area 2, Dubai – Omar – +971 4 333 1820",
        "维修单位\nGulf Star Auto LLC\nAl Khor Industrial Area 2, Dubai\n+971 4 333 1820",
        "Gulf Star Auto LLC | Al Khor Industrial Area 2, Dubai | Omar Haddad | +971 4 333 1820",
        "我公司在当地的售后维修由Gulf Star Auto LLC（地址：Al Khor Industrial Area 2, Dubai，"
        "电话：+971 4 333 1820）承担。",
        "Repairs are carried out by Gulf Star Auto LLC, located at Al Khor Industrial Area 2, Dubai (telephone "
        "+971 4 333 1820).",
        "服务提供方 | 详细地址 | 联系方式\n"
        "Gulf Star Auto LLC | Al Khor Industrial Area 2, Dubai | Omar, +971 4 333 1820",
    ],
    ids=["labels", "numbered", "twins", "items", "schedule", "block", "no header", "sentence", "english", "table"],
)
def test_one_outlet_whatever_its_shape(rows: str) -> None:
    assert [told(outlet) for outlet in outlets(rows)] == [WANTED]


@pytest.mark.parametrize(
    "rows",
    [
        "地址：中国吉林省长春市开发区1号 电话：+86 431 8888 0000",
        "收货人：Gulf Trading LLC，地址：Al Khor 2, Dubai，电话：+971 4 333 1820",
        "特此确认。",
        "境外服务网点信息",
        "第1页 共1页",
    ],
)
def test_what_only_looks_like_an_outlet(rows: str) -> None:
    assert [o for o in outlets(rows) if o.name] == []


def test_the_issuer_and_the_exporter_are_no_outlets() -> None:
    rows = "出口企业：天津远航贸易有限公司\n服务网点如下\n北辰汽车制造有限公司 地址：长春市开发区1号"
    assert all(o.name is None for o in outlets(rows))


def test_a_name_keeps_the_word_that_also_begins_a_label() -> None:
    (outlet,) = outlets("名称：里海汽车服务公司地址：阿塞拜疆巴库市28号 电话：+994 12 404 1010")
    assert told(outlet) == ("里海汽车服务公司", "阿塞拜疆巴库市28号", "+994124041010", "AZ")


def test_a_stated_country_that_its_address_contradicts_is_in_doubt() -> None:
    (outlet,) = outlets("所在国 | 服务网点名称 | 地址\n阿联酋 | Vostok Avto | г. Москва, ул. Ленина, 12")
    assert outlet.country is not None
    assert outlet.country.doubt == "conflict"


@pytest.mark.parametrize(
    ("address", "phone", "code"),
    [
        ("Route du Niger, Matam, Conakry", "+224 622 55 01 42", "GN"),
        ("Calle de Argelia 9, Malabo", "+240 333 09 21 45", "GQ"),
        ("Abay 10", "+7 727 312 45 67", "KZ"),
        ("Lenina 12", "+7 495 740 22 19", "RU"),
        ("阿尔及利亚阿尔及尔市迪杜什穆拉德街18号", "+213 21 63 44 20", "DZ"),
    ],
)
def test_streets_are_called_after_places_they_do_not_lie_in(address: str, phone: str, code: str) -> None:
    (outlet,) = outlets(f"服务网点：Garage Kaloum SARL\n地址：{address}\n电话：{phone}")
    assert told(outlet)[3] == code


def test_a_phone_of_another_country_leaves_the_outlet_undecided() -> None:
    (outlet,) = outlets("服务网点：Gulf Star Auto LLC\n地址：Shuwaikh, Kuwait City\n电话：+84 24 3869 1200")
    assert outlet.country is None


def test_outlets_under_a_country_lie_there() -> None:
    rows = "境外服务网点\n（一）阿联酋\n1. Al Noor Motors, Street 7\n（二）约旦\n2. Petra Cars LLC, Street 9"
    assert [told(outlet)[3] for outlet in outlets(rows)] == ["AE", "JO"]


def test_labels_on_the_next_page_end_the_table_of_vehicles() -> None:
    header = "品牌 | 型号 | 识别代号 | 初登日期"
    first = f"售后维修服务确认书\n出口国别：阿联酋\n{header}\n北辰牌 | BC7001A | {VIN} | 2026年1月3日"
    second = (
        "境外网点\n名称 | Gulf Star Auto LLC\n地址 | Al Khor Industrial Area 2, Dubai\n电话 | +971 4 333 1820\n\n"
        + CLOSING
    )
    assert [told(outlet) for outlet in letter_of(first, second).outlets] == [WANTED]


def test_a_half_hidden_closing_date_is_no_address_of_the_maker() -> None:
    text = f"售后维修服务确认书\n出口国别：阿联酋\n车架号：{VIN}\n服务网点：Gulf Auto LLC，地址：Al Khor 2, Dubai\n\n"
    letter = letter_of(f"{text}特此确认。\n北辰汽车制造有限公司\n年三月四日")
    assert letter.issuer
    assert letter.issuer.value == "北辰汽车制造有限公司"
    assert [outlet.name.value for outlet in letter.outlets if outlet.name] == ["Gulf Auto LLC"]


def test_an_address_ends_with_its_house_where_a_person_stands_behind_it() -> None:
    (outlet,) = outlets(
        "当地服务机构：\n博斯普鲁斯汽车服务公司\n阿联酋迪拜市阿塔图尔克大街84号 Mehmet Yilmaz +971 4 333 1820"
    )
    assert told(outlet)[:3] == ("博斯普鲁斯汽车服务公司", "阿联酋迪拜市阿塔图尔克大街84号", "+97143331820")
    assert outlet.contact
    assert outlet.contact.value == "Mehmet Yilmaz"


def test_a_telephone_broken_off_behind_its_label_still_belongs_to_its_outlet() -> None:
    (outlet,) = outlets(
        "二、服务网点\n阿联酋之星汽车公司，阿联酋迪拜市鲁达基大街84号‚ Omar Aziz ,电话\n+971 4 333 1820。"
    )
    assert told(outlet) == ("阿联酋之星汽车公司", "阿联酋迪拜市鲁达基大街84号", "+97143331820", "AE")


@pytest.mark.parametrize(
    ("address", "code"),
    [("25 Giải Phóng, Hà Nội", "VN"), ("410 Nguyễn Trãi, TP. Hồ Chí Minh", "VN"), ("شارع فلسطين، بغداد", "IQ")],
)
def test_towns_are_known_as_their_own_country_writes_them(address: str, code: str) -> None:
    (outlet,) = outlets(f"服务网点名称：Sao Vang Garage\n地址：{address}\n联系人：Nguyễn Văn Hải")
    assert outlet.country
    assert outlet.country.value == code


def test_a_plus_sign_read_twice_is_one() -> None:
    (outlet,) = outlets(
        "服务网点名称：Gulf Star Auto LLC\n地址：Al Khor Industrial Area 2, Dubai\n电话：++971 4 333 1820"
    )
    assert told(outlet) == WANTED


def test_an_unknown_column_of_words_names_the_outlets_where_no_other_does() -> None:
    (outlet,) = outlets(
        "序号 | 承接主体 | 地址 | 电话\n1 | Gulf Star Auto LLC | Al Khor Industrial Area 2, Dubai | +971 4 333 1820"
    )
    assert told(outlet) == WANTED


@pytest.mark.parametrize("verb", ["委托", "授权", "已指定"])
def test_who_has_others_do_the_service_is_no_outlet(verb: str) -> None:
    (outlet,) = outlets(
        f"维修保养由北方进出口集团有限公司{verb}海湾之星汽车维修公司（地址：阿联酋迪拜市工业二区14号）承担，"
        "电话+971 4 333 1820。"
    )
    assert told(outlet)[0] == "海湾之星汽车维修公司"


def test_a_short_name_that_begins_with_the_word_for_workshops_is_no_heading() -> None:
    (outlet,) = outlets(
        "维修服务合作方：\nTalleres Bioko S.L.\nCalle de Argelia 9, Malabo\nJosé Obiang +240 333 09 21 45"
    )
    assert told(outlet)[:2] == ("Talleres Bioko S.L.", "Calle de Argelia 9, Malabo")


def test_an_address_begins_behind_the_words_that_lead_to_it() -> None:
    (outlet,) = outlets(
        "售后维修服务由Gulf Star Auto LLC提供，其地址为Al Khor Industrial Area 2, Dubai，电话：+971 4 333 1820。"
    )
    assert told(outlet) == WANTED


@pytest.mark.parametrize(
    ("rows", "name", "contact"),
    [
        (
            "维修机构海湾之星汽车维修公司（阿联酋迪拜市拉斯霍尔工业二区14号仓库）\n电话：+971 4 333 1820",
            "海湾之星汽车维修公司",
            None,
        ),
        ("Станция техобслуживания:海湾之星汽车维修公司, адрес: Al Khor Area 2, Dubai", "海湾之星汽车维修公司", None),
        (
            "服务站：海湾之星汽车服务中心 Omar Haddad\n地址：Al Khor Area 2, Dubai",
            "海湾之星汽车服务中心",
            "Omar Haddad",
        ),
        (
            "Garage Gulf Star SARL | +971 4 333 1820\n网点1\nAl Khor Area 2, Dubai | Omar Haddad",
            "Garage Gulf Star SARL",
            "Omar Haddad",
        ),
    ],
    ids=["no colon", "longer label", "person behind", "two lines"],
)
def test_names_apart_from_what_stands_beside(rows: str, name: str, contact: str | None) -> None:
    (outlet,) = outlets(rows)
    assert (outlet.name.value if outlet.name else None) == name
    assert outlet.address
    assert (outlet.contact.value if outlet.contact else None) == contact


def test_a_town_behind_its_postcode_is_no_street() -> None:
    letter = letter_of(
        "售后维修服务确认书\n车架号：LSVAA4182E2184847\n出口国：墨西哥\n网点名称：Taller Regio Motors, S. de R.L.\n"
        "地址：Av. Ruiz Cortines 620, 64480 Monterrey, Nuevo León\n电话：+52 55 7746 9497\n北辰汽车制造有限公司"
    )
    assert [outlet.country and outlet.country.value for outlet in letter.outlets] == ["MX"]


def test_the_town_in_the_next_line_goes_on_with_the_address() -> None:
    letter = letter_of(
        "售后维修服务确认书\n车架号：LSVAA4182E2184847\n出口国：肯尼亚\n"
        "服务网点：Savanna EV Garage Ltd.，地址：Enterprise Road 44, Industrial Area,\n\n"
        "Nairobi，联系人Grace Wanjiru，电话+254 20 555 8120。\n本函自出具之日起生效。\n北辰汽车制造有限公司"
    )
    (outlet,) = letter.outlets
    fields = (outlet.name, outlet.address, outlet.contact, outlet.phone, outlet.country)
    assert [field.value if field else None for field in fields] == [
        "Savanna EV Garage Ltd.",
        "Enterprise Road 44, Industrial Area",
        "Grace Wanjiru",
        "+254205558120",
        "KE",
    ]
