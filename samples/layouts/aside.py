"""Layouts of the third kept-aside edition, since released to tuning (samples/holdout.toml)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from samples.content import Letter
from samples.layouts.aside_abroad import LAYOUTS as ABROAD
from samples.layouts.closing import chinese_date, close, grid
from samples.paper.sheet import Figure, Ink, Rule, Sheets, Text
from samples.world.place import Outlet

RED: Ink = (205, 24, 30)
BLUE: Ink = (22, 62, 128)
GREY: Ink = (96, 98, 104)


def _in_ink(sheets: Sheets, x: float, y: float, text: str, size: float, ink: Ink, bold: bool = False) -> None:
    sheets.pages[-1].append(Text(x, y, size, text, bold, ink))


def _across(sheets: Sheets, y: float, width: float, ink: Ink) -> None:
    sheets.pages[-1].append(Rule(sheets.left - 6, y, sheets.right + 6, y, width, ink))


def official_letter(sheets: Sheets, letter: Letter) -> None:
    """The letter form of official papers (GB/T 9704): double red rules, number at the right, annexes, copies to."""
    sheets.headed = True
    sheets.size_mm, sheets.left, sheets.right, sheets.lead = 5.2, 28.0, 184.0, 1.7
    size = min(9.0, 150 / len(letter.issuer))
    width = sheets.width(letter.issuer, size, bold=True)
    _in_ink(sheets, (210 - width) / 2, 34, letter.issuer, size, RED, bold=True)
    _across(sheets, 38.6, 1.0, RED)
    _across(sheets, 40.2, 0.3, RED)
    _across(sheets, 277.4, 0.3, RED)
    _across(sheets, 279.0, 1.0, RED)
    sheets.y, sheets.bottom = 50, 268
    if letter.number:
        sheets.put(sheets.right - sheets.width(letter.number), letter.number)
        sheets.down(16)
    aim = f"向{letter.country_text}出口" if letter.country_text else "出口"
    for line in sheets.broken(f"关于为{letter.exporter}{aim}车辆提供售后维修服务的确认函", 140, size=6.6, bold=True):
        sheets.centre(line, size=6.6, bold=True)
    sheets.down(4)
    sheets.paragraph(f"{letter.city}商务局：")
    sheets.paragraph(
        f"依据二手车出口管理有关规定，现就{letter.exporter}拟{aim}的{letter.count}辆我公司产品"
        "（明细见附件1）函告如下：我公司在目的国设有维修服务网点（名单见附件2），由其承担上述车辆的维修、"
        "保养和备件供应。",
        indent=2 * sheets.size_mm,
    )
    if letter.valid_until:
        sheets.paragraph(f"本函在{chinese_date(letter.valid_until)}前有效。", indent=2 * sheets.size_mm)
    sheets.paragraph("特此函达。", indent=2 * sheets.size_mm)
    sheets.down(4)
    sheets.paragraph("附件：1.车辆明细　2.境外维修服务网点名单", indent=2 * sheets.size_mm)
    close(sheets, (letter.issuer, chinese_date(letter.issued_on)), mark="")
    _copies_to(sheets, letter)
    _annexes(sheets, letter)


def _copies_to(sheets: Sheets, letter: Letter) -> None:
    for y, width in ((255.0, 0.45), (262.0, 0.25), (269.0, 0.45)):
        sheets.pages[-1].append(Rule(sheets.left, y, sheets.right, y, width))
    sheets.put(sheets.left + 2, f"抄送：{letter.exporter}。", size=4.2, y=260.0)
    printed = f"{chinese_date(letter.issued_on)}印发"
    sheets.put(sheets.left + 2, "综合管理部", size=4.2, y=267.0)
    sheets.put(sheets.right - 2 - sheets.width(printed, 4.2), printed, size=4.2, y=267.0)


def _annexes(sheets: Sheets, letter: Letter) -> None:
    sheets.turn_over()
    sheets.paragraph("附件1", bold=True)
    sheets.centre("车辆明细", size=6.2, bold=True)
    rows = [("序号", "车型", "车架号", "首次注册登记日期")]
    for number, v in enumerate(letter.vehicles, 1):
        rows.append((str(number), f"{v.brand} {v.model}", v.vin, chinese_date(v.registration_date)))
    grid(sheets, (14, 48, 54, 40), rows, size=3.7)
    sheets.need(60)
    sheets.paragraph("附件2", bold=True)
    sheets.centre("境外维修服务网点名单", size=6.2, bold=True)
    rows = [("国别", "网点名称", "通讯地址", "联系人及电话")]
    rows += [(letter.country_text or "—", o.name, o.address, f"{o.contact} {o.phone}") for o in letter.outlets]
    grid(sheets, (24, 44, 50, 38), rows, size=3.6)


def group_letterhead(sheets: Sheets, letter: Letter) -> None:
    """A group's paper in two colours: mark and name at the left, a coloured stripe, addresses in the foot."""
    sheets.headed = True
    page = sheets.pages[-1]
    page.append(Figure(((24, 14), (32, 14), (28, 24), (20, 24)), BLUE))
    page.append(Figure(((33, 14), (37, 14), (33, 24), (29, 24)), RED))
    size = min(5.4, 140 / max(len(letter.issuer), 1))
    _in_ink(sheets, 41, 19.5, letter.issuer, size, BLUE, bold=True)
    latin = min(3.2, 3.2 * 140 / sheets.width(letter.issuer_en, 3.2))
    _in_ink(sheets, 41, 24.4, letter.issuer_en, latin, GREY)
    page.append(Figure(((20, 28), (150, 28), (150, 29.2), (20, 29.2)), BLUE))
    page.append(Figure(((150, 28), (190, 28), (190, 29.2), (150, 29.2)), RED))
    foot = f"总部：{letter.city}高新区汽车大道88号　生产基地：{letter.city}临港工业园　客服 400-800-0000"
    _in_ink(sheets, (210 - sheets.width(foot, 2.8)) / 2, 282, foot, 2.8, GREY)
    sheets.y, sheets.left, sheets.bottom = 44, 30.0, 270
    sheets.put(sheets.left, chinese_date(letter.issued_on))
    if letter.number:
        sheets.put(sheets.right - sheets.width(f"我方编号 {letter.number}"), f"我方编号 {letter.number}")
    sheets.down(12)
    sheets.paragraph("事由：出口车辆售后维修服务确认", bold=True)
    sheets.paragraph(f"尊敬的{letter.exporter}：")
    where = f"交付{letter.country_text}市场" if letter.country_text else "交付海外市场"
    sheets.paragraph(f"感谢贵司选择我司产品。贵司计划{where}的车辆，我司确认由以下伙伴承担售后维修。")
    for number, o in enumerate(letter.outlets, 1):
        sheets.paragraph(f"伙伴{number}　{o.name}", indent=4, bold=True)
        if o.address:
            sheets.paragraph(f"位于{o.address}", indent=11, hang=11)
        sheets.paragraph(f"{o.contact} / {o.phone}", indent=11)
    sheets.paragraph("涉及车辆：")
    for v in letter.vehicles:
        sheets.need(16)
        sheets.paragraph(f"▪ {v.vin}", indent=4)
        sheets.paragraph(f"{v.brand} / {v.model} / 登记于{chinese_date(v.registration_date)}", indent=9)
    if letter.valid_until:
        sheets.paragraph(f"以上承诺有效至{chinese_date(letter.valid_until)}。")
    sheets.paragraph("顺颂商祺")
    close(sheets, (letter.issuer, "（公司印章）"), mark="")


def erp_printout(sheets: Sheets, letter: Letter) -> None:
    """What a company's system prints: grey key cells, a bar code, a line of print time and user, pairs in a grid."""
    sheets.headed = True
    sheets.size_mm, sheets.left, sheets.right, sheets.y = 3.5, 14.0, 196.0, 20.0
    _bars(sheets, letter.number or letter.vehicles[0].vin)
    sheets.put(sheets.left, "售后服务确认单", size=6.4, bold=True)
    sheets.down(7)
    sheets.put(sheets.left, f"打印时间 {letter.issued_on.isoformat()} 09:41:27    操作员 SH0137    模板 V3.2", size=2.7)
    sheets.down(9)
    until = letter.valid_until.isoformat() if letter.valid_until else "——"
    pairs = [
        ("单据号", letter.number, "单据状态", "已审核"),
        ("开具单位", letter.issuer, "开具日期", letter.issued_on.isoformat()),
        ("客户名称", letter.exporter, "运抵国", letter.country_text),
        ("数量(台)", str(letter.count), "有效期至", until),
    ]
    _keyed(sheets, pairs)
    rows = [("行", "VIN码", "车型代码", "商标", "注册日")]
    for number, v in enumerate(letter.vehicles, 1):
        rows.append((f"{number:04d}", v.vin, v.model, v.brand, f"{v.registration_date:%Y/%m/%d}"))
    grid(sheets, (16, 60, 46, 30, 30), rows, size=3.2)
    for number, o in enumerate(letter.outlets, 1):
        rows = [(f"服务商{number}", o.name, "热线", o.phone), ("服务地址", o.address, "对接人", o.contact)]
        _keyed(sheets, rows)
    close(sheets, ("确认单位盖章：", letter.issuer), mark="")


def _keyed(sheets: Sheets, rows: list[tuple[str, str, str, str]]) -> None:
    """Print rows of two keys and two values, the keys on grey."""
    widths = (22.0, 84.0, 22.0, 54.0)
    sheets.need(9.0 * len(rows))
    top = sheets.y - 3.3
    for x, width in ((sheets.left, widths[0]), (sheets.left + widths[0] + widths[1], widths[2])):
        height = 0.0
        for row in rows:
            lines = max(
                len(sheets.broken(c, w - 3, size=3.3 * sheets.scale, bold=True))
                for c, w in zip(row, widths, strict=True)
            )
            height += lines * 3.3 * sheets.scale * 1.45 + 2.4
        corners = ((x, top), (x + width, top), (x + width, top + height), (x, top + height))
        sheets.pages[-1].append(Figure(corners, (228, 230, 233)))
    grid(sheets, widths, rows, size=3.3, head=False)


def _bars(sheets: Sheets, text: str) -> None:
    """Draw a bar code's look for `text` at the top right, with the text under it."""
    x = 140.0
    for character in text[:22]:
        code = ord(character) * 2654435761 % 4096
        for bit in range(6):
            wide = 0.24 + 0.24 * (code >> (2 * bit) & 1)
            sheets.pages[-1].append(Figure(((x, 12), (x + wide, 12), (x + wide, 21), (x, 21)), (20, 20, 22)))
            x += wide + 0.24 + 0.12 * (code >> (2 * bit + 1) & 1)
            if x > 194:
                return


def city_annex(sheets: Sheets, letter: Letter) -> None:
    """A short letter, the vehicles in it; the outlets on a page of their own, a heading a city."""
    sheets.down(8)
    sheets.centre("承　诺　与　确　认", size=8.0, bold=True)
    sheets.centre("——出口汽车售后维修服务确认书", size=4.8)
    sheets.down(6)
    if letter.number:
        sheets.paragraph(f"登记号〔{letter.number}〕")
    goal = f"，运往{letter.country_text}" if letter.country_text else ""
    sheets.paragraph(
        f"{letter.issuer}（下称“本公司”）就{letter.exporter}经办{goal}的车辆，确认海外维修保障由附页所列各站点落实。"
        f"所涉车辆计{letter.count}台，依次为：",
        indent=8.4,
    )
    listed = [
        f"{v.brand}{v.model}（识别代号{v.vin}，{chinese_date(v.registration_date)}初次注册）" for v in letter.vehicles
    ]
    sheets.paragraph("；".join(listed) + "。", indent=8.4)
    if letter.valid_until:
        sheets.paragraph(f"本确认自签发日起至{chinese_date(letter.valid_until)}止有效。", indent=8.4)
    close(sheets, (letter.issuer, chinese_date(letter.issued_on)), mark="")
    sheets.turn_over()
    title = f"附页　{letter.country_text}维修站点" if letter.country_text else "附页　维修站点"
    sheets.centre(title, size=5.6, bold=True)
    for city, group in groupby(letter.outlets, key=_city):
        if city:
            sheets.paragraph(f"【{city}】", bold=True)
        for o in group:
            sheets.paragraph(f"站点　{o.name}", indent=6)
            if o.address:
                sheets.paragraph(f"门牌　{o.address}", indent=6, hang=14)
            sheets.paragraph(f"负责　{o.contact}　　直线　{o.phone}", indent=6)


def _city(outlet: Outlet) -> str:
    """Return the city that an outlet's address starts or ends with, as far as commas tell."""
    parts = [part.strip() for part in outlet.address.replace("，", ",").split(",")]
    return (parts[0] if parts[0][:2].lower() in ("г.", "دب") else parts[-1]) if len(parts) > 1 else ""


def vin_columns(sheets: Sheets, letter: Letter) -> None:
    """Numbers in a compact list of three columns, grouped by model; destination and outlets in a box above."""
    sheets.size_mm = 3.9
    sheets.centre(letter.issuer, size=5.4, bold=True)
    sheets.centre("整车出口售后维修服务确认", size=5.4, bold=True)
    sheets.down(1)
    top = sheets.y - 5
    for label, value in (("呈报企业", letter.exporter), ("文书编号", letter.number), ("输往国家", letter.country_text)):
        if value:
            sheets.paragraph(f" {label}　{value}")
    for o in letter.outlets:
        at = f"（{o.address}）" if o.address else ""
        sheets.paragraph(f" 维修机构　{o.name}{at}", hang=20)
        sheets.paragraph(f"咨询　{o.contact}　{o.phone}", indent=20)
    for a, b in (((20, top), (190, top)), ((20, sheets.y - 3), (190, sheets.y - 3))):
        sheets.pages[-1].append(Rule(*a, *b, 0.6))
    sheets.down(4)
    sheets.paragraph(f"下列{letter.count}个车辆识别代号所对应的车辆适用本确认：")
    by_model = sorted(letter.vehicles, key=lambda v: (v.brand, v.model, v.registration_date))
    for (brand, model, day), group in groupby(by_model, key=lambda v: (v.brand, v.model, v.registration_date)):
        sheets.need(16)
        sheets.paragraph(f"{brand}　{model}　（{chinese_date(day)}注册）", bold=True)
        vins = [v.vin for v in group]
        for start in range(0, len(vins), 3):
            sheets.need(6.5)
            for column, vin in enumerate(vins[start : start + 3]):
                sheets.put(sheets.left + 3 + 54 * column, vin)
            sheets.down(6.5)
    if letter.valid_until:
        sheets.paragraph(f"确认期限：{chinese_date(letter.issued_on)}至{chinese_date(letter.valid_until)}")
    close(sheets, (f"{letter.issuer}（章）", chinese_date(letter.issued_on)), mark="")


def landscape_register(sheets: Sheets, letter: Letter) -> None:
    """A register across the sheet: particulars at the left, the list in two blocks side by side."""
    sheets.lay_across()
    sheets.size_mm, sheets.left, sheets.right, sheets.headed = 3.8, 18.0, 279.0, True
    page = sheets.pages[-1]
    page.append(Figure(((18, 16), (279, 16), (279, 17.5), (18, 17.5)), GREY))
    sheets.put(18, letter.issuer, size=4.6, bold=True, y=14.0)
    sheets.y = 27
    sheets.centre("二手车出口售后维修服务确认登记表", size=6.0, bold=True)
    facts = (("登记编号", letter.number), ("出口单位", letter.exporter), ("目的地国家", letter.country_text))
    sheets.paragraph("　".join(f"〔{label}〕{value}" for label, value in facts if value))
    half = (len(letter.vehicles) + 1) // 2 if len(letter.vehicles) > 3 else len(letter.vehicles)
    blank = ("", "", "")
    cells = [(v.vin, f"{v.brand}{v.model}", f"{v.registration_date:%Y.%m.%d}") for v in letter.vehicles]
    head = ("车辆识别代号", "厂牌型号", "登记日期")
    second = cells[half:] + [blank] * (2 * half - len(cells))
    if half < len(cells):
        rows = [(*a, *b) for a, b in zip([head, *cells[:half]], [head, *second], strict=True)]
        grid(sheets, (54, 50, 26, 54, 50, 26), rows, size=3.3)
    else:
        grid(sheets, (80, 90, 60), [head, *cells], size=3.6)
    for o in letter.outlets:
        at = f"　〔地点〕{o.address}" if o.address else ""
        sheets.paragraph(f"〔维修服务方〕{o.name}{at}　〔联络〕{o.contact} {o.phone}", hang=6)
    if letter.valid_until:
        sheets.paragraph(f"〔效期〕至{letter.valid_until.isoformat()}")
    close(sheets, (letter.issuer, letter.issued_on.isoformat()), mark="")


LAYOUTS: dict[str, Callable[[Sheets, Letter], None]] = {
    "official_letter": official_letter,
    "group_letterhead": group_letterhead,
    "erp_printout": erp_printout,
    "city_annex": city_annex,
    "vin_columns": vin_columns,
    "landscape_register": landscape_register,
    **ABROAD,
}
ENGLISH = frozenset({"numbered_english"})
