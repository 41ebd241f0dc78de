"""Chinese layouts of the fourth kept-aside edition. They bear names of trees, which tell nothing of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from samples.content import Letter
from samples.layouts.closing import SEAL_ROOM_MM, chinese_date, chinese_numerals, grid
from samples.paper.sheet import Figure, Ink, Rule, Sheets, Text
from samples.world.place import Outlet
from samples.world.vehicles import Vehicle

SLATE: Ink = (70, 74, 82)
PALE: Ink = (232, 236, 240)
SEAL_REACH_MM = 27.0
"""From the end of the closing lines to the middle of a seal that stands clear of them."""


def sign_off(sheets: Sheets, lines: Sequence[str], middle: float, *, gap: float = 14.0) -> None:
    """Print closing lines about `middle` mm, anywhere across the sheet, and note where a seal goes."""
    sheets.need(SEAL_ROOM_MM)
    sheets.down(gap)
    widest, top = max(sheets.width(line) for line in lines), sheets.y
    middle = min(max(middle, sheets.left + widest / 2), sheets.right - widest / 2)
    for line in lines:
        sheets.put(middle - sheets.width(line) / 2, line)
        sheets.down(sheets.size_mm * 2.1)
    page, side = len(sheets.pages) - 1, 1 if middle < sheets.width_mm / 2 else -1
    beside = middle + side * (widest / 2 + SEAL_REACH_MM)
    sheets.sealed_at = (page, middle, (top + sheets.y) / 2 - sheets.size_mm * 1.5)
    sheets.clear_at = (page, min(max(beside, 46.0), sheets.width_mm - 36), top + 9)


def foot(sheets: Sheets, text: str) -> None:
    """Print the company's contact line over the foot of the first page and keep what follows above it."""
    size = min(2.9, 2.9 * 168 / sheets.width(text, 2.9))
    y = sheets.height_mm - 19
    sheets.bottom = y - 8
    sheets.pages[0].append(Rule(sheets.left, y - 4, sheets.right, y - 4, 0.3, SLATE))
    sheets.pages[0].append(Text((sheets.width_mm - sheets.width(text, size)) / 2, y, size, text, ink=SLATE))


def right_of(sheets: Sheets, text: str, size: float | None = None) -> None:
    """Print `text` flush right on the pen's line."""
    sheets.put(sheets.right - sheets.width(text, size), text, size=size)


def birch(sheets: Sheets, letter: Letter) -> None:
    """Particulars down, vehicles across, three to a block; workshops likewise; the day above, the name below left."""
    foot(sheets, f"{letter.city}经济技术开发区创新大道6号　邮政编码 000000　传真 0000-8888000")
    right_of(sheets, f"签署日：{chinese_date(letter.issued_on)}")
    sheets.down(11)
    sheets.centre("整车出口　售后保障确认", size=6.8, bold=True)
    sheets.down(2)
    heads = [("本函序列", letter.number), ("受函单位", letter.exporter), ("车辆去向", letter.country_text)]
    for label, value in heads:
        if value:
            sheets.paragraph(f"● {label}　{value}", hang=8)
    sheets.paragraph("下表车辆系我司制造，其在当地的检修、质保与配件供应由后表单位办理。", indent=2 * sheets.size_mm)
    for start in range(0, len(letter.vehicles), 3):
        sheets.need(44)
        _across(sheets, _of_vehicles(letter.vehicles[start : start + 3]), 44)
    for start in range(0, len(letter.outlets), 2):
        sheets.need(50)
        _across(sheets, _of_outlets(letter.outlets[start : start + 2]), 66)
    if letter.valid_until:
        sheets.paragraph(f"上述保障的确认于{chinese_date(letter.valid_until)}到期。")
    sign_off(sheets, ("制造企业（章）：", letter.issuer), sheets.left + 45)


def _across(sheets: Sheets, rows: list[tuple[str, ...]], width: float) -> None:
    grid(sheets, (30, *(width for _ in rows[0][1:])), rows, size=3.3, head=False)


def _of_vehicles(group: Sequence[Vehicle]) -> list[tuple[str, ...]]:
    return [
        ("整车VIN", *(v.vin for v in group)),
        ("车辆商标", *(v.brand for v in group)),
        ("产品型号", *(v.model for v in group)),
        ("首次上户日", *(chinese_date(v.registration_date) for v in group)),
    ]


def _of_outlets(pair: Sequence[Outlet]) -> list[tuple[str, ...]]:
    return [
        ("承修单位", *(o.name for o in pair)),
        ("坐落", *(o.address for o in pair)),
        ("经办", *(o.contact for o in pair)),
        ("话机", *(o.phone for o in pair)),
    ]


def cedar(sheets: Sheets, letter: Letter) -> None:
    """A sheet across: vehicles at the left, workshops at the right, each a ruled table of its own."""
    sheets.lay_across()
    sheets.size_mm, sheets.left, sheets.right = 4.0, 16.0, 281.0
    sheets.put(16, letter.issuer, size=4.8, bold=True)
    right_of(sheets, f"出具于 {letter.issued_on:%Y/%m/%d}")
    sheets.down(4)
    sheets.pages[-1].append(Rule(16, sheets.y, 281, sheets.y, 0.5, SLATE))
    sheets.down(9)
    sheets.centre("二手车出口维修服务保障函", size=6.2, bold=True)
    heads = [("函件编码", letter.number), ("出口方", letter.exporter), ("销往国别", letter.country_text)]
    sheets.paragraph("；".join(f"{label}：{value}" for label, value in heads if value) + "。")
    sheets.down(3)
    top, lowest = sheets.y, sheets.y
    if letter.outlets:
        sheets.left = 166.0
        rows = [("驻地维修商", "所在街址", "联系")]
        rows += [(o.name, o.address, f"{o.contact}\u2002{o.phone}") for o in letter.outlets]
        grid(sheets, (34, 37, 44), rows, size=3.3)
        sheets.left, lowest, sheets.y = 16.0, sheets.y, top
    rows4 = [("项", "车辆识别码", "厂牌／型号", "上牌日")]
    rows4 += [
        (f"{n}", v.vin, f"{v.brand}／{v.model}", f"{v.registration_date:%Y/%m/%d}")
        for n, v in enumerate(letter.vehicles, 1)
    ]
    grid(sheets, (10, 52, 55, 26), rows4, size=3.3)
    sheets.y = max(sheets.y, lowest) if len(sheets.pages) == 1 else sheets.y
    if letter.valid_until:
        sheets.paragraph(f"本函效力止于 {letter.valid_until:%Y/%m/%d}。")
    sign_off(sheets, (letter.issuer, "（加盖公司印章后生效）"), 148.0, gap=12)


def rowan(sheets: Sheets, letter: Letter) -> None:
    """A reply to the exporter's request: the day under the title, vehicles within a sentence, workshops likewise."""
    sheets.left, sheets.right, sheets.lead = 29.0, 181.0, max(sheets.lead, 1.9)
    sheets.centre("关于出口车辆境外维修保障事项的复函", size=6.4, bold=True)
    sheets.centre(chinese_numerals(letter.issued_on), size=4.2)
    if letter.number:
        sheets.centre(f"（{letter.number}）", size=4.0)
    sheets.down(4)
    sheets.paragraph(f"{letter.exporter}：")
    indent = 2 * sheets.size_mm
    sheets.paragraph("来函已悉。经核，现答复如下：", indent=indent)
    cars = [
        f"{v.brand}{v.model}一辆，底盘钢印号{v.vin}，{chinese_date(v.registration_date)}完成注册"
        for v in letter.vehicles
    ]
    sheets.paragraph(f"其一，来函所附车辆确为我公司出厂，即：{'；'.join(cars)}。", indent=indent)
    goal = f"上述车辆将运抵{letter.country_text}使用，" if letter.country_text else "上述车辆将运往境外使用，"
    sheets.paragraph(f"其二，{goal}维修、保养及备件由当地以下单位负责。", indent=indent)
    for o in letter.outlets:
        at = f"，设在{o.address}" if o.address else ""
        sheets.paragraph(f"{o.name}{at}，可与{o.contact}联系，致电{o.phone}。", indent=indent)
    if letter.valid_until:
        sheets.paragraph(f"其三，本复函所述事项至{chinese_numerals(letter.valid_until)}有效。", indent=indent)
    sheets.paragraph("专此函复。", indent=indent)
    sign_off(sheets, (letter.issuer,), sheets.right - 30, gap=20)


def poplar(sheets: Sheets, letter: Letter) -> None:
    """A form to be ticked: columns A to D under grey bars, boxes drawn before each choice."""
    sheets.size_mm, sheets.left, sheets.right = 3.9, 20.0, 190.0
    sheets.centre("出口汽车维修服务保障确认表", size=6.2, bold=True)
    sheets.put(sheets.left, f"表号：{letter.number}" if letter.number else "表号：（免填）")
    right_of(
        sheets, f"填表日期：{letter.issued_on.year} 年 {letter.issued_on.month:02d} 月 {letter.issued_on.day:02d} 日"
    )
    sheets.down(8)
    _bar(sheets, "A栏　基本情况")
    _ticks(sheets, "车辆属性", ("新车", "二手车", "试验样车"), 1)
    _ticks(sheets, "承修方式", ("授权服务商", "驻外小组", "委托修理厂"), 0)
    sheets.paragraph(f"办理出口的企业：{letter.exporter}")
    if letter.country_text:
        sheets.paragraph(f"车辆最终使用国：{letter.country_text}")
    if letter.valid_until:
        sheets.paragraph(f"保障确认截止：{letter.valid_until.isoformat()}")
    _bar(sheets, f"B栏　车辆（{letter.count}辆）")
    rows = [("车辆VIN号", "牌名", "公告型号", "注册日")]
    rows += [(v.vin, v.brand, v.model, f"{v.registration_date:%Y-%m-%d}") for v in letter.vehicles]
    grid(sheets, (58, 34, 44, 34), rows, size=3.5)
    _bar(sheets, "C栏　境外承修单位")
    for mark, o in zip("甲乙丙丁戊己庚辛", letter.outlets, strict=False):
        sheets.need(24)
        sheets.paragraph(f"{mark}　单位全称：{o.name}", hang=8)
        if o.address:
            sheets.paragraph(f"详址：{o.address}", indent=8, hang=8)
        sheets.paragraph(f"接待人：{o.contact}　　服务电话：{o.phone}", indent=8)
    sheets.need(SEAL_ROOM_MM + 14)
    _bar(sheets, "D栏　汽车生产企业确认")
    sheets.paragraph("以上各栏所填属实，本企业予以确认。")
    sign_off(sheets, (f"生产企业：{letter.issuer}", "（公章）"), 128.0, gap=12)


def _bar(sheets: Sheets, text: str) -> None:
    sheets.need(18)
    y, height = sheets.y - sheets.size_mm * 1.1, sheets.size_mm * 1.6
    corners = ((sheets.left, y), (sheets.right, y), (sheets.right, y + height), (sheets.left, y + height))
    sheets.pages[-1].append(Figure(corners, PALE))
    sheets.paragraph(f" {text}", bold=True)
    sheets.down(1.5)


def _ticks(sheets: Sheets, label: str, choices: Sequence[str], ticked: int) -> None:
    """Print choices behind square boxes, one of them ticked."""
    side, page = sheets.size_mm * 0.8, sheets.pages[-1]
    sheets.put(sheets.left, f"{label}：")
    for number, choice in enumerate(choices):
        x, y = sheets.left + 30 + 44 * number, sheets.y - side
        corners = ((x, y), (x + side, y), (x + side, y + side), (x, y + side))
        for (ax, ay), (bx, by) in zip(corners, (*corners[1:], corners[0]), strict=True):
            page.append(Rule(ax, ay, bx, by))
        if number == ticked:
            page.append(Rule(x + 0.4, y + side * 0.5, x + side * 0.4, y + side - 0.4, 0.5))
            page.append(Rule(x + side * 0.4, y + side - 0.4, x + side + 0.6, y - 0.5, 0.5))
        sheets.put(x + side + 1.5, choice)
    sheets.down(sheets.size_mm * sheets.lead)


def willow(sheets: Sheets, letter: Letter) -> None:
    """A block a destination: its name in a bar, what goes there and who serves it in one table under it."""
    sheets.centre(letter.issuer, size=5.6, bold=True)
    sheets.centre("出口车辆维修服务分国保障函", size=5.2)
    sheets.down(3)
    if letter.number:
        right_of(sheets, f"函编 {letter.number}")
        sheets.down(8)
    sheets.paragraph(f"{letter.exporter}并{letter.city}商务主管部门：")
    sheets.paragraph(
        f"下列{letter.count}辆汽车为我公司所产，按前往的国家分列，维修一并落实。", indent=2 * sheets.size_mm
    )
    for one in letter.destinations:
        sheets.need(56)
        _bar(sheets, f"前往国家　{one.place.name}　（{len(one.vehicles)}辆）")
        rows = [("车辆", "VIN编码", "注册时间")]
        rows += [(f"{v.brand}　{v.model}", v.vin, chinese_date(v.registration_date)) for v in one.vehicles]
        grid(sheets, (60, 58, 44), rows, size=3.5)
        for o in one.outlets:
            at = f"（{o.address}）" if o.address else ""
            sheets.paragraph(f"承接维修：{o.name}{at}　{o.contact}　{o.phone}", hang=4)
        sheets.down(3)
    if letter.valid_until:
        sheets.paragraph(f"此函用至{chinese_date(letter.valid_until)}。")
    sign_off(sheets, (letter.issuer, chinese_numerals(letter.issued_on)), 140.0)


def hornbeam(sheets: Sheets, letter: Letter) -> None:
    """Questions and answers as a quality department files them: a four-column head, vehicles and workshops by model."""
    sheets.size_mm = 3.9
    sheets.centre("产品境外服务保障说明书", size=6.0, bold=True)
    sheets.down(2)
    until = chinese_date(letter.valid_until) if letter.valid_until else "未限定"
    head = [
        ("说明书号", letter.number or "—", "编制日期", chinese_date(letter.issued_on)),
        ("编制企业", letter.issuer, "提供给", letter.exporter),
        ("进口国", letter.country_text or "—", "失效日期", until),
    ]
    grid(sheets, (24, 62, 22, 54), head, size=3.5, head=False)
    sheets.paragraph("问：哪些车辆适用？", bold=True)
    by_model = sorted(letter.vehicles, key=lambda v: (v.brand, v.model))
    for (brand, model), group in groupby(by_model, key=lambda v: (v.brand, v.model)):
        sheets.need(16)
        sheets.paragraph(f"答：{brand}{model}——", indent=4)
        for v in group:
            sheets.paragraph(f"VIN代码 {v.vin}　办理注册 {chinese_date(v.registration_date)}", indent=12)
    sheets.paragraph("问：车辆在当地由谁维修？", bold=True)
    for o in letter.outlets:
        sheets.paragraph(f"答：{o.name}。", indent=4, hang=12)
        at = f"到店地址 {o.address}　" if o.address else ""
        sheets.paragraph(f"{at}店长 {o.contact}　报修 {o.phone}", indent=12, hang=12)
    sign_off(sheets, (letter.issuer, "（公司公章）"), 150.0)


LAYOUTS: dict[str, Callable[[Sheets, Letter], None]] = {
    "birch": birch,
    "cedar": cedar,
    "rowan": rowan,
    "poplar": poplar,
    "hornbeam": hornbeam,
}
SEVERAL: dict[str, Callable[[Sheets, Letter], None]] = {"willow": willow}
"""For letters to several countries."""
