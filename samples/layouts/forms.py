"""Further Chinese layouts: numbered clauses, a form, outlets as a list."""

from __future__ import annotations

from collections.abc import Callable

from samples.content import Letter
from samples.layouts.closing import chinese_date, close, grid, letterhead
from samples.paper.sheet import Sheets


def clauses(sheets: Sheets, letter: Letter) -> None:
    """Numbered clauses."""
    sheets.centre("售后维修服务确认书", size=6.8, bold=True)
    sheets.down(3)
    if letter.number:
        sheets.paragraph(f"（{letter.number}）")
    sheets.paragraph(f"{letter.exporter}：")
    if letter.country_text:
        sheets.paragraph(f"一、出口目的国：{letter.country_text}")
    sheets.paragraph(f"二、车辆信息（共{letter.count}辆）：")
    for number, v in enumerate(letter.vehicles, 1):
        sheets.paragraph(
            f"{number}. VIN：{v.vin}，品牌型号：{v.brand}{v.model}，注册登记日期：{v.registration_date:%Y.%m.%d}",
            hang=5,
        )
    if letter.outlets:
        sheets.paragraph("三、境外售后服务网点：")
    for number, o in enumerate(letter.outlets, 1):
        at = f"，地址：{o.address}" if o.address else ""
        sheets.paragraph(f"（{number}）{o.name}{at}，电话：{o.phone}，联系人：{o.contact}", hang=8)
    sheets.paragraph("四、我公司保证上述网点具备维修能力并供应备件。")
    if letter.valid_until:
        sheets.paragraph(f"五、本确认书有效期至{chinese_date(letter.valid_until)}。")
    close(sheets, (letter.issuer, f"日期：{chinese_date(letter.issued_on)}"), mark="（盖章）")


def form(sheets: Sheets, letter: Letter) -> None:
    """One ruled form with everything in cells."""
    sheets.centre("二手车出口售后维修服务确认书", size=6.2, bold=True)
    sheets.down(2)
    rows = [("确认书编号", letter.number)] if letter.number else []
    rows += [("生产企业", letter.issuer), ("出口企业", letter.exporter)]
    if letter.country_text:
        rows.append(("出口国家（地区）", letter.country_text))
    for v in letter.vehicles:
        day = chinese_date(v.registration_date)
        rows.append(("车辆信息", f"车架号：{v.vin} 品牌：{v.brand} 型号：{v.model} 注册日期：{day}"))
    for o in letter.outlets:
        at = f" 地址：{o.address}" if o.address else ""
        rows.append(("服务网点", f"名称：{o.name}{at} 联系人：{o.contact} 电话：{o.phone}"))
    if letter.valid_until:
        rows.append(("有效期至", chinese_date(letter.valid_until)))
    grid(sheets, (40, 122), rows, size=3.8, head=False)
    sheets.paragraph("我公司对以上内容的真实性负责。", indent=8.4)
    close(sheets, (letter.issuer, chinese_date(letter.issued_on)), mark="（公章）")


def outlet_list(sheets: Sheets, letter: Letter) -> None:
    """Labelled lines, a vehicle table without rules, outlets as blocks."""
    letterhead(sheets, letter)
    sheets.centre("售后服务确认函", size=6.8, bold=True)
    sheets.down(2)
    if letter.number:
        sheets.paragraph(f"函号：{letter.number}")
    sheets.paragraph(f"致：{letter.city}商务主管部门")
    sheets.paragraph(f"申请企业：{letter.exporter}")
    if letter.country_text:
        sheets.paragraph(f"目的国家：{letter.country_text}")
    rows = [("车架号", "品牌型号", "登记日期")]
    rows += [(v.vin, f"{v.brand}{v.model}", chinese_date(v.registration_date)) for v in letter.vehicles]
    grid(sheets, (58, 60, 44), rows, size=3.8, ruled=False)
    for number, o in enumerate(letter.outlets, 1):
        sheets.paragraph(f"网点{number}：{o.name}", bold=True)
        if o.address:
            sheets.paragraph(f"地址：{o.address}", indent=5, hang=5)
        sheets.paragraph(f"联系人：{o.contact}；电话：{o.phone}", indent=5)
    if letter.valid_until:
        sheets.paragraph(f"有效期截止日：{chinese_date(letter.valid_until)}")
    close(sheets, (letter.issuer, chinese_date(letter.issued_on)), mark="")


LAYOUTS: dict[str, Callable[[Sheets, Letter], None]] = {"clauses": clauses, "form": form, "outlet_list": outlet_list}
