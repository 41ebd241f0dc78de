"""Letters for several countries, each with its vehicles and its outlets."""

from __future__ import annotations

from collections.abc import Callable

from samples.content import Letter
from samples.layouts.aside_fourth import SEVERAL
from samples.layouts.closing import chinese_date, close, grid, letterhead
from samples.paper.sheet import Sheets

_NUMERALS = "一二三四五六七八九"


def several_sections(sheets: Sheets, letter: Letter) -> None:
    """A section a country: heading, vehicles in a table, outlets as lines."""
    letterhead(sheets, letter)
    sheets.centre("售后维修服务确认书", size=6.2, bold=True)
    sheets.down(2)
    if letter.number:
        sheets.paragraph(f"编号：{letter.number}")
    sheets.paragraph(f"致：{letter.exporter}")
    sheets.paragraph(
        f"我公司确认对下列共{letter.count}辆出口车辆按出口国别分别提供售后维修服务：", indent=2 * sheets.size_mm
    )
    for number, one in enumerate(letter.destinations):
        sheets.need(46)
        sheets.paragraph(f"{_NUMERALS[number]}、出口国别：{one.place.name}", bold=True)
        rows = [("车辆识别代号（VIN）", "品牌", "型号", "注册登记日期")]
        rows += [(v.vin, v.brand, v.model, v.registration_date.isoformat()) for v in one.vehicles]
        grid(sheets, (56, 28, 42, 36), rows, size=3.6)
        for o in one.outlets:
            sheets.paragraph(f"服务网点：{o.name}")
            if o.address:
                sheets.paragraph(f"地址：{o.address}")
            sheets.paragraph(f"联系人：{o.contact}    电话：{o.phone}")
    if letter.valid_until:
        sheets.paragraph(f"有效期至{chinese_date(letter.valid_until)}。")
    close(sheets, (letter.issuer, chinese_date(letter.issued_on)))


def several_in_table(sheets: Sheets, letter: Letter) -> None:
    """One table of all vehicles with a column for the country, one of all outlets likewise."""
    sheets.centre("汽车售后维修服务确认书", size=6.4, bold=True)
    sheets.down(2)
    if letter.number:
        sheets.paragraph(f"文号：{letter.number}")
    sheets.paragraph(f"出口企业：{letter.exporter}")
    rows = [("出口国", "车架号", "品牌", "型号", "注册日期")]
    rows += [
        (one.place.name, v.vin, v.brand, v.model, v.registration_date.isoformat())
        for one in letter.destinations
        for v in one.vehicles
    ]
    grid(sheets, (30, 52, 24, 32, 24), rows, size=3.4)
    rows = [("所在国", "服务网点名称", "地址", "联系人", "电话")]
    rows += [
        (one.place.name, o.name, o.address, o.contact, o.phone) for one in letter.destinations for o in one.outlets
    ]
    grid(sheets, (24, 42, 46, 22, 28), rows, size=3.2)
    if letter.valid_until:
        sheets.paragraph(f"有效期：至{letter.valid_until.isoformat()}止")
    close(sheets, (letter.issuer, chinese_date(letter.issued_on)), mark="（公章）")


LAYOUTS: dict[str, Callable[[Sheets, Letter], None]] = {
    "several_sections": several_sections,
    "several_in_table": several_in_table,
    **SEVERAL,
}
