"""Letters for whole fleets: dense lists over pages, a list across a sheet in landscape."""

from __future__ import annotations

from collections.abc import Callable

from samples.content import Letter
from samples.layouts.closing import chinese_date, close, grid, letterhead
from samples.paper.sheet import Sheets

SUBTOTAL_EVERY = 20


def fleet_list(sheets: Sheets, letter: Letter) -> None:
    """Small rows, the head on every page, a subtotal after each twenty vehicles, the sum at the end."""
    sheets.size_mm, sheets.lead = 3.6, 1.6
    letterhead(sheets, letter)
    sheets.centre("批量出口车辆售后维修服务确认书", size=5.6, bold=True)
    if letter.number:
        sheets.paragraph(f"编号：{letter.number}")
    sheets.paragraph(f"申请出口企业：{letter.exporter}")
    if letter.country_text:
        sheets.paragraph(f"出口目的国：{letter.country_text}")
    for number, o in enumerate(letter.outlets, 1):
        at = f"，地址：{o.address}" if o.address else ""
        sheets.paragraph(f"服务网点{number}：{o.name}{at}，联系人：{o.contact}，电话：{o.phone}", hang=10)
    sheets.down(2)
    rows = [("序号", "车辆识别代号", "品牌", "型号", "注册登记日期", "转让登记日期")]
    for number, v in enumerate(letter.vehicles, 1):
        days = v.registration_date.isoformat(), v.transfer_date.isoformat()
        rows.append((str(number), v.vin, v.brand, v.model, *days))
        if number % SUBTOTAL_EVERY == 0:
            rows.append(("小计", f"{SUBTOTAL_EVERY}辆", "", "", "", ""))
    rows.append(("合计", f"{letter.count}辆", "", "", "", ""))
    grid(sheets, (13, 48, 26, 31, 22, 22), rows, size=2.9)
    if letter.valid_until:
        sheets.paragraph(f"本确认书有效期至{chinese_date(letter.valid_until)}。")
    close(sheets, (letter.issuer, chinese_date(letter.issued_on)))


def landscape_list(sheets: Sheets, letter: Letter) -> None:
    """A sheet across: one wide table whose rows name vehicle and outlet side by side."""
    sheets.lay_across()
    sheets.centre("出口车辆售后维修服务确认书", size=6.4, bold=True)
    sheets.down(1)
    head = [f"编号：{letter.number}"] if letter.number else []
    head += [f"出口企业：{letter.exporter}"]
    if letter.country_text:
        head.append(f"出口国家：{letter.country_text}")
    sheets.paragraph("　　".join(head))
    rows = [("序号", "品牌", "车辆型号", "车辆识别代号（VIN）", "注册登记日期", "出口国家")]
    for number, v in enumerate(letter.vehicles, 1):
        rows.append((str(number), v.brand, v.model, v.vin, v.registration_date.isoformat(), letter.country_text))
    grid(sheets, (16, 36, 50, 62, 42, 43), rows, size=3.7)
    rows = [("服务网点名称", "网点地址", "联系人", "联系电话")]
    rows += [(o.name, o.address, o.contact, o.phone) for o in letter.outlets]
    if letter.outlets:
        grid(sheets, (76, 90, 36, 47), rows, size=3.7)
    if letter.valid_until:
        sheets.paragraph(f"有效期至：{chinese_date(letter.valid_until)}")
    close(sheets, (letter.issuer, chinese_date(letter.issued_on)))


LAYOUTS: dict[str, Callable[[Sheets, Letter], None]] = {"fleet_list": fleet_list, "landscape_list": landscape_list}
