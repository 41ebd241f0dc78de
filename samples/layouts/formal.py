"""Formal papers: columns in two languages, a framed certificate, schedules, cards, an official memo."""

from __future__ import annotations

from collections.abc import Callable

from samples.content import Letter
from samples.layouts.closing import chinese_date, chinese_numerals, close, english_date, grid, letterhead
from samples.paper.sheet import Rule, Sheets


def two_column(sheets: Sheets, letter: Letter) -> None:
    """Chinese in the left half, English in the right half, row by row."""
    left, middle = sheets.left, (sheets.left + sheets.right) / 2 + 2
    sheets.centre("售后维修服务确认书", size=6.0, bold=True)
    sheets.centre("AFTER-SALES MAINTENANCE CONFIRMATION", size=4.4, bold=True)
    sheets.down(3)
    for zh, value, en, value_en in (
        ("证书编号：", letter.number, "Certificate No.: ", letter.number),
        ("出口企业：", letter.exporter, "Exporter: ", letter.exporter_en),
        ("目的国：", letter.country_text, "Destination: ", letter.country_text_en),
    ):
        if value:
            pieces = [sheets.broken(text, middle - left - 6, size=3.7) for text in (zh + value, en + value_en)]
            for number in range(max(map(len, pieces))):
                for x, lines in zip((left, middle), pieces, strict=True):
                    if number < len(lines):
                        sheets.put(x, lines[number], size=3.7)
                sheets.down(6)
    rows = [("车辆识别代号 VIN", "品牌 Make", "型号 Model", "登记日期 Registered")]
    rows += [(v.vin, f"{v.brand} / {v.brand_en}", v.model, v.registration_date.isoformat()) for v in letter.vehicles]
    grid(sheets, (52, 42, 36, 32), rows, size=3.4)
    rows = [("服务网点 Service station", "地址 Address", "电话 Tel.")]
    rows += [(o.name, o.address, o.phone) for o in letter.outlets]
    if letter.outlets:
        grid(sheets, (54, 70, 38), rows, size=3.4)
    if letter.valid_until:
        sheets.paragraph(f"有效期至 Valid to: {letter.valid_until.isoformat()}")
    close(sheets, (letter.issuer, letter.issuer_en, letter.issued_on.isoformat()), mark="")


def framed_certificate(sheets: Sheets, letter: Letter) -> None:
    """A framed page with a large title; values on underlined blanks in running text."""
    _frame(sheets)
    sheets.down(6)
    sheets.centre("确 认 书", size=10.0, bold=True)
    sheets.centre("（二手车出口售后维修服务）", size=4.6)
    sheets.down(3)
    if letter.number:
        sheets.paragraph(f"No：{letter.number}")
    where = f"出口至   {letter.country_text}   " if letter.country_text else "出口"
    sheets.paragraph(
        f"兹确认我公司   {letter.issuer}   生产的下列车辆，由   {letter.exporter}   {where}，"
        "我公司承诺在当地提供维修、保养及零配件供应服务。",
        indent=8.4,
    )
    for v in letter.vehicles:
        day = chinese_date(v.registration_date)
        sheets.paragraph(f"车辆型号   {v.model}   车架号   {v.vin}   注册日期   {day}   品牌   {v.brand}", hang=4)
    sheets.paragraph("当地服务机构：", bold=True)
    for o in letter.outlets:
        sheets.paragraph(o.name, indent=8)
        sheets.paragraph(f"{o.address}    {o.contact}    {o.phone}".strip(), indent=8, hang=8)
    if letter.valid_until:
        sheets.paragraph(f"本确认书有效期至   {chinese_date(letter.valid_until)}   。")
    close(sheets, (letter.issuer, chinese_numerals(letter.issued_on)), mark="")


def _frame(sheets: Sheets) -> None:
    x0, y0, x1, y1 = 14.0, 14.0, 196.0, 283.0
    for inset, width in ((0.0, 0.9), (2.0, 0.25)):
        corners = [
            (x0 + inset, y0 + inset),
            (x1 - inset, y0 + inset),
            (x1 - inset, y1 - inset),
            (x0 + inset, y1 - inset),
        ]
        for (ax, ay), (bx, by) in zip(corners, [*corners[1:], corners[0]], strict=True):
            sheets.pages[-1].append(Rule(ax, ay, bx, by, width, (120, 30, 30)))


def schedules(sheets: Sheets, letter: Letter) -> None:
    """An English letter that refers to Schedule A (vehicles) and Schedule B (outlets) under it."""
    letterhead(sheets, letter, english=True)
    sheets.put(sheets.right - sheets.width(english_date(letter.issued_on)), english_date(letter.issued_on))
    if letter.number:
        sheets.put(sheets.left, f"Document No.: {letter.number}")
    sheets.down(10)
    sheets.centre("LETTER OF CONFIRMATION - AFTER-SALES SERVICE", size=4.8, bold=True)
    to = f" Export destination: {letter.country_text_en}." if letter.country_text_en else ""
    sheets.paragraph(
        f"At the request of {letter.exporter_en} we confirm that maintenance of the vehicles in Schedule A is provided "
        f"by the service centres in Schedule B.{to}"
    )
    sheets.paragraph("Schedule A - Vehicles", bold=True)
    rows = [("Chassis No.", "Make and Model", "First registration")]
    rows += [(v.vin, f"{v.brand_en} {v.model}", english_date(v.registration_date)) for v in letter.vehicles]
    grid(sheets, (58, 60, 44), rows, size=3.6, ruled=False)
    if letter.outlets:
        sheets.paragraph("Schedule B - Service centres", bold=True)
    for number, o in enumerate(letter.outlets, 1):
        sheets.paragraph(f"B{number}. {o.name}", bold=True)
        if o.address:
            sheets.paragraph(f"Location: {o.address}", indent=6, hang=6)
        sheets.paragraph(f"Person in charge: {o.contact}    Hotline: {o.phone}", indent=6)
    if letter.valid_until:
        sheets.paragraph(f"This confirmation expires on {english_date(letter.valid_until)}.")
    close(sheets, (letter.issuer_en, "(official seal)"), mark="")


def vehicle_cards(sheets: Sheets, letter: Letter) -> None:
    """Each vehicle and each outlet a ruled card of label and value."""
    sheets.centre("出口车辆售后维修服务确认书", size=6.2, bold=True)
    sheets.down(2)
    head = [("确认函编号", letter.number), ("出口商", letter.exporter), ("出口目的地", letter.country_text)]
    grid(sheets, (40, 122), [pair for pair in head if pair[1]], size=3.8, head=False)
    for v in letter.vehicles:
        rows = [
            ("车辆品牌", v.brand, "车辆型号", v.model),
            ("车架号", v.vin, "登记日期", chinese_date(v.registration_date)),
        ]
        grid(sheets, (24, 60, 28, 50), rows, size=3.5, head=False)
    for o in letter.outlets:
        rows = [("服务商", o.name, "电话", o.phone), ("地址", o.address, "联系人", o.contact)]
        grid(sheets, (24, 66, 22, 50), rows, size=3.5, head=False)
    if letter.valid_until:
        grid(sheets, (40, 122), [("有效期至", chinese_date(letter.valid_until))], size=3.8, head=False)
    close(sheets, (f"出具单位：{letter.issuer}", f"出具日期：{chinese_date(letter.issued_on)}"), mark="")


def memo(sheets: Sheets, letter: Letter) -> None:
    """An official paper: red head, number under it, addressee, numbered paragraphs, the list in the text."""
    letterhead(sheets, letter)
    if letter.number:
        sheets.centre(letter.number)
    sheets.centre(f"{letter.issuer}关于出口车辆售后维修服务的确认书", size=5.0, bold=True)
    sheets.down(3)
    sheets.paragraph(f"{letter.city}商务局：")
    aim = f"拟出口{letter.country_text}" if letter.country_text else "拟出口"
    sheets.paragraph(f"{letter.exporter}{aim}我公司产品{letter.count}台，现就其售后维修服务确认如下。", indent=8.4)
    sheets.paragraph("一、车辆", indent=8.4, bold=True)
    for v in letter.vehicles:
        sheets.paragraph(f"{v.vin}（{v.brand}{v.model}，{chinese_date(v.registration_date)}注册登记）", indent=8.4)
    sheets.paragraph("二、服务网点", indent=8.4, bold=True)
    for o in letter.outlets:
        sheets.paragraph(f"{o.name}，{o.address}，{o.contact}，电话{o.phone}。".replace("，，", "，"), indent=8.4)
    if letter.valid_until:
        sheets.paragraph(f"三、本确认书有效期至{chinese_date(letter.valid_until)}。", indent=8.4)
    close(sheets, (letter.issuer, chinese_numerals(letter.issued_on)), mark="")


LAYOUTS: dict[str, Callable[[Sheets, Letter], None]] = {
    "two_column": two_column,
    "framed_certificate": framed_certificate,
    "schedules": schedules,
    "vehicle_cards": vehicle_cards,
    "memo": memo,
}
ENGLISH = frozenset({"schedules"})
