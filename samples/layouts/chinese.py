"""The common Chinese looks: label lines, ruled tables, prose, bilingual labels, an annex."""

from __future__ import annotations

from collections.abc import Callable

from samples.content import Letter
from samples.layouts.closing import chinese_date, chinese_numerals, close, grid, letterhead
from samples.paper.sheet import Sheets


def label_lines(sheets: Sheets, letter: Letter) -> None:
    """Labels and values, one a line."""
    sheets.centre("售后维修服务确认书", size=7.0, bold=True)
    sheets.down(3)
    if letter.number:
        sheets.paragraph(f"编号：{letter.number}")
    sheets.paragraph(f"致：{letter.exporter}")
    sheets.paragraph("我公司确认对下列出口车辆在目的国提供售后维修服务，具体信息如下：", indent=8.4)
    if letter.country_text:
        sheets.paragraph(f"出口国别：{letter.country_text}")
    for vehicle in letter.vehicles:
        sheets.paragraph(f"车辆品牌：{vehicle.brand}    车辆型号：{vehicle.model}")
        sheets.paragraph(f"车辆识别代号：{vehicle.vin}")
        sheets.paragraph(f"注册登记日期：{chinese_date(vehicle.registration_date)}")
    if letter.outlets:
        sheets.paragraph("境外售后维修服务网点信息：")
    for outlet in letter.outlets:
        sheets.paragraph(f"服务提供方：{outlet.name}")
        if outlet.address:
            sheets.paragraph(f"网点地址：{outlet.address}")
        sheets.paragraph(f"联系人：{outlet.contact}    联系电话：{outlet.phone}")
    if letter.valid_until:
        sheets.paragraph(f"本确认书有效期至{chinese_date(letter.valid_until)}。")
    close(sheets, (letter.issuer, chinese_date(letter.issued_on)))


def ruled_table(sheets: Sheets, letter: Letter) -> None:
    """Two ruled tables under a title."""
    sheets.centre("汽车售后维修服务确认书", size=6.6, bold=True)
    sheets.down(2)
    sheets.paragraph(f"文号：{letter.number}" if letter.number else "（一式两份）")
    sheets.paragraph(f"{letter.city}商务局：")
    sheets.paragraph(f"兹确认由{letter.exporter}申请出口的以下车辆，由我公司提供售后维修服务。", indent=8.4)
    if letter.country_text:
        grid(sheets, (42, 120), (("出口国（地区）", letter.country_text),), head=False)
    rows = [("序号", "车辆识别代号（VIN）", "品牌", "型号", "注册登记日期")]
    for number, v in enumerate(letter.vehicles, 1):
        rows.append((str(number), v.vin, v.brand, v.model, v.registration_date.isoformat()))
    grid(sheets, (12, 54, 24, 40, 32), rows, size=3.6)
    _outlet_table(sheets, letter)
    if letter.valid_until:
        sheets.paragraph(f"有效期：至{letter.valid_until.isoformat()}止")
    close(sheets, (letter.issuer, chinese_date(letter.issued_on)), mark="（公章）")


def _outlet_table(sheets: Sheets, letter: Letter, ruled: bool = True) -> None:
    if not letter.outlets:
        return
    rows = [("网点名称", "地址", "联系人", "联系电话")]
    rows += [(o.name, o.address, o.contact, o.phone) for o in letter.outlets]
    grid(sheets, (46, 56, 26, 34), rows, size=3.5, ruled=ruled)


def prose(sheets: Sheets, letter: Letter) -> None:
    """Everything in sentences."""
    letterhead(sheets, letter)
    sheets.centre("关于出口车辆售后维修服务的确认函", size=6.0, bold=True)
    sheets.down(2)
    if letter.number:
        sheets.put(sheets.right - sheets.width(letter.number), letter.number)
        sheets.down(8)
    sheets.paragraph(f"{letter.exporter}：")
    where = f"出口至{letter.country_text}的" if letter.country_text else "出口的"
    sheets.paragraph(f"贵公司拟{where}下列由我公司生产的车辆，其售后维修服务由我公司在当地的服务网点承担：", indent=8.4)
    for v in letter.vehicles:
        day = chinese_date(v.registration_date)
        sheets.paragraph(f"{v.brand}{v.model}型汽车，车架号{v.vin}，于{day}注册登记；", indent=8.4)
    for o in letter.outlets:
        where = f"，地址：{o.address}" if o.address else ""
        sheets.paragraph(f"服务网点：{o.name}{where}，联系人{o.contact}，电话{o.phone}。", indent=8.4)
    if letter.valid_until:
        sheets.paragraph(f"本函自出具之日起生效，有效期至{chinese_date(letter.valid_until)}。", indent=8.4)
    sheets.paragraph("特此确认。", indent=8.4)
    close(sheets, (letter.issuer, chinese_numerals(letter.issued_on)), mark="")


def bilingual(sheets: Sheets, letter: Letter) -> None:
    """Chinese and English side by side in labels."""
    sheets.centre("售后维修服务确认书", size=6.4, bold=True)
    sheets.centre("After-sales Service Confirmation Letter", size=5.0, bold=True)
    sheets.down(2)
    if letter.number:
        sheets.paragraph(f"编号 No.: {letter.number}")
    if letter.country_text:
        sheets.paragraph(f"出口目的国 Country of Destination: {letter.country_text} {letter.country_text_en}".rstrip())
    sheets.paragraph(f"出口企业 Exporter: {letter.exporter} {letter.exporter_en}")
    sheets.down(2)
    rows = [("车架号 VIN", "品牌 Brand", "型号 Model", "注册日期 Registration Date")]
    rows += [(v.vin, f"{v.brand} {v.brand_en}", v.model, v.registration_date.isoformat()) for v in letter.vehicles]
    grid(sheets, (52, 40, 36, 34), rows, size=3.5)
    if letter.outlets:
        sheets.paragraph("境外服务网点 Overseas Service Outlets")
        rows = [("服务提供方 Provider", "地址 Address", "联系方式 Contact")]
        rows += [(o.name, o.address, f"{o.contact} {o.phone}") for o in letter.outlets]
        grid(sheets, (52, 64, 46), rows, size=3.5)
    if letter.valid_until:
        sheets.paragraph(f"有效期至 Valid until: {letter.valid_until.isoformat()}")
    close(sheets, (letter.issuer, letter.issuer_en, letter.issued_on.isoformat()), mark="")


def annex(sheets: Sheets, letter: Letter) -> None:
    """A letter whose vehicles stand in an unruled list on a page of their own, before the closing."""
    sheets.centre("售后维修服务确认书", size=7.0, bold=True)
    sheets.down(3)
    if letter.number:
        sheets.paragraph(f"编号：{letter.number}")
    sheets.paragraph(f"致：{letter.city}商务局、{letter.exporter}")
    where = f"目的国为{letter.country_text}，" if letter.country_text else ""
    count = letter.count
    sheets.paragraph(
        f"我公司生产的车辆共{count}辆拟办理出口，{where}车辆清单见附件。我公司确认提供售后维修服务。", indent=8.4
    )
    if letter.country_text:
        sheets.paragraph(f"目的国：{letter.country_text}")
    _outlet_table(sheets, letter)
    sheets.turn_over()
    sheets.paragraph("附件：车辆清单", bold=True)
    rows = [("序号", "车辆识别代码", "品牌", "车辆型号", "初次登记日期")]
    for number, v in enumerate(letter.vehicles, 1):
        rows.append((str(number), v.vin, v.brand, v.model, v.registration_date.isoformat()))
    grid(sheets, (12, 54, 24, 40, 32), rows, size=3.7, ruled=False)
    if letter.valid_until:
        sheets.paragraph(f"本确认书有效期至{chinese_date(letter.valid_until)}。")
    close(sheets, (letter.issuer, chinese_date(letter.issued_on)))


LAYOUTS: dict[str, Callable[[Sheets, Letter], None]] = {
    "label_lines": label_lines,
    "ruled_table": ruled_table,
    "prose": prose,
    "bilingual": bilingual,
    "annex": annex,
}
