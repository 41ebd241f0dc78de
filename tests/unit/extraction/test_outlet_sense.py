"""What no provider's name and no address is: a letter without outlets must never look complete for words nearby."""

from __future__ import annotations

import pytest

from tests.unit.extraction.sheet import letter_of
from verifier.letter import ServiceOutlet

VIN = "LSVAA4182E2184847"
CLOSING = "北辰汽车制造有限公司（盖章）\n2026年3月12日"
PHONE = "+971 4 333 1820"


def outlets(rows: str) -> tuple[ServiceOutlet, ...]:
    """Return the outlets of a letter with these rows under its VIN."""
    return letter_of(f"售后维修服务确认书\n出口国别：阿联酋\n车架号：{VIN}\n{rows}\n\n{CLOSING}").outlets


def is_complete(rows: str) -> bool:
    """Return whether an outlet has a name and an address."""
    return any(outlet.name and outlet.address for outlet in outlets(rows))


@pytest.mark.parametrize(
    "rows",
    [
        f"1、海湾之星汽车贸易公司（迪拜店）\n联系人：Omar Haddad\n电话：{PHONE}",
        f"售后服务网点：海湾之星汽车贸易公司（迪拜旗舰店）\n电话：{PHONE}",
        f"1、海湾之星汽车贸易公司（迪拜市分公司），电话：{PHONE}",
        f"Service outlets:\n1. Gulf Star Auto LLC (Dubai Branch)\nTel: {PHONE}",
        f"Service outlets:\n1. Gulf Star Auto LLC, Dubai, UAE, tel. {PHONE}",
        f"Service outlet: Gulf Star Auto LLC\nAddress: United Arab Emirates\nTel: {PHONE}",
        f"Service outlet: Gulf Star Auto LLC\nAddress: to be advised\nTel: {PHONE}",
        f"Service outlets:\n1. Gulf Star Auto LLC, 2 branches, tel. {PHONE}",
    ],
    ids=["shop", "chief shop", "branch", "Latin branch", "town alone", "country alone", "placeholder", "figures"],
)
def test_a_name_with_its_shop_or_town_has_no_address(rows: str) -> None:
    assert not is_complete(rows)


@pytest.mark.parametrize(
    "address", ["待定", "详见官网", "阿联酋", "迪拜", "www.gulfstar.ae", "service@gulfstar.ae", "营业时间8:00", "N/A"]
)
def test_a_cell_under_an_address_head_may_hold_none(address: str) -> None:
    assert not is_complete(f"网点名称 | 地址 | 电话\n海湾之星汽车服务公司 | {address} | {PHONE}")


@pytest.mark.parametrize(
    "name",
    [
        "当地授权服务商",
        "待定",
        "阿联酋服务网点",
        "我公司",
        "Our authorised dealer",
        VIN,
        "认",
        "Официальный дилер",
        "nuestros talleres autorizados",
        "réseau agréé à l'étranger",
        "oficinas autorizadas no exterior",
        "bengkel resmi",
        "Yurt dışı yetkili servis",
        "Trung tâm bảo hành ủy quyền",
        "مراكز الخدمة المعتمدة",
        "Засварын газрууд",
    ],
)
def test_a_cell_under_a_name_head_may_name_nobody(name: str) -> None:
    assert not is_complete(f"网点名称 | 地址 | 电话\n{name} | 迪拜市谢赫扎耶德路14号 | {PHONE}")


def test_sentences_under_a_table_are_no_outlet() -> None:
    rows = (
        f"网点名称 | 地址 | 电话\n海湾之星汽车服务公司 | 迪拜市谢赫扎耶德路14号 | {PHONE}\n"
        "我公司对上述车辆在目的国的维修予以确认 | We confirm the service of the above vehicles in the country."
    )
    assert [outlet.name.value for outlet in outlets(rows) if outlet.name] == ["海湾之星汽车服务公司"]


def test_an_exporter_is_no_outlet_and_where_it_exports_to_no_address() -> None:
    assert not outlets(
        "The vehicles will be exported by Khorgos Sunrise Auto Trading Co., Ltd. to the United Arab Emirates. "
        "Our authorized outlets in that country provide after-sales maintenance."
    )
    assert not outlets("我公司在该国的授权服务网点为车辆提供售后维修服务。")


def test_a_vehicle_with_its_brand_is_no_outlet() -> None:
    assert not outlets(f"（1）VIN{VIN}，星驰牌XC7001BEV，2026年1月5日注册登记；")


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        (
            f"1、海湾之星汽车贸易公司（迪拜店），阿联酋迪拜市谢赫扎耶德路14号，电话：{PHONE}",
            "海湾之星汽车贸易公司(迪拜店)",
        ),
        (
            f"2. 海湾之星汽车贸易公司 (迪拜店)\n地址：阿联酋迪拜市谢赫扎耶德路14号\n联系电话：{PHONE}",
            "海湾之星汽车贸易公司 (迪拜店)",
        ),
        (
            f"Service outlets:\n1. Vega Service Dubai (Gulf Star LLC), Al Khor Area 2, Dubai, tel. {PHONE}",
            "Vega Service Dubai (Gulf Star LLC)",
        ),
        (
            f"网点名称 | 地址 | 电话\nVega Auto (Abu Dhabi) | Musaffah M-17, Abu Dhabi | {PHONE}",
            "Vega Auto (Abu Dhabi)",
        ),
    ],
    ids=["with its address", "address under it", "who runs it", "no person"],
)
def test_brackets_belong_to_the_name(rows: str, name: str) -> None:
    (outlet,) = outlets(rows)
    assert outlet.name is not None
    assert outlet.name.value == name
    assert outlet.address


def test_an_address_ends_before_a_telephone_with_brackets() -> None:
    (outlet,) = outlets("Service outlets:\nVega Auto SARL / 12 Rue du Port, Dakar, Senegal / +221 (33) 597-2766")
    assert outlet.address is not None
    assert outlet.address.value == "12 Rue du Port, Dakar, Senegal"


def test_a_telephone_goes_on_in_brackets_on_the_next_line() -> None:
    (outlet,) = outlets("（1）海湾之星汽车服务公司，地址：老挝万象市友谊路74号，电话：+856\n(21) 466-3241;")
    assert outlet.phone is not None
    assert outlet.phone.value == "+856214663241"


def test_a_telephone_behind_a_house_number_is_the_outlets() -> None:
    (outlet,) = outlets(
        "网点名称 | 网点地址及电话\nСТО «Орёл» | Таджикистан, г. Душанбе, пр. Айни, 173 00992-37-6108961"
    )
    assert outlet.phone is not None
    assert (outlet.phone.value, outlet.country.value if outlet.country else None) == ("+992376108961", "TJ")
