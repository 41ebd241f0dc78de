# ruff: noqa: E501 - an office's words read best where they are chosen
"""Offices with forms of their own: instructions under a form, annexes, blanks to fill, a printed spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from samples.content import Letter
from samples.layouts.closing import SEAL_ROOM_MM, chinese_date, chinese_numerals, close, close_about, grid, letterhead
from samples.layouts.wording import NOTICE, Span, blanks, by_model, home_phone, made_on, span_table, wording_of
from samples.paper.sheet import Rule, Sheets

_MERGED_ROWS = 12
"""Rows that one merged cell spans at most, so that they stay on a page."""
_CELL_MM = 58.0
"""Height of the cell in which a form is closed: text, name, date and room for a seal."""
_NUMERALS = "一二三四五六七八九十"


def form_with_instructions(sheets: Sheets, letter: Letter) -> None:
    """A government-like form in three sections, closed in its last cell, with instructions for filling it in below."""
    words = wording_of(letter)
    sheets.centre(words.choice(("二手车出口售后维修服务确认表", "出口二手车售后维修服务确认书")), size=6.2, bold=True)
    if letter.number:
        sheets.put(sheets.left, f"{words.choice(('编号', '确认表编号', '表号'))}：{letter.number}", size=3.6)
    filled = f"填表日期：{chinese_date(letter.issued_on)}"
    sheets.put(sheets.right - sheets.width(filled, 3.6), filled, size=3.6)
    sheets.down(8)
    rows: list[list[Span]] = [
        [Span("一、基本情况", 6, bold=True)],
        [Span(words.choice(("出口企业名称", "申请企业名称")), 2), Span(letter.exporter, 4)],
        [Span("车辆生产企业名称", 2), Span(letter.issuer, 4)],
    ]
    if letter.country_text:
        country = Span(words.choice(("出口国家（地区）", "出口国别（地区）")), 2)
        rows.append([country, Span(letter.country_text, 2), Span("车辆数量"), Span(f"{letter.count}辆")])
    rows.append([Span("二、车辆情况", 6, bold=True)])
    rows.append([Span("序号"), Span("车辆识别代号（VIN）", 2), Span("品牌"), Span("型号"), Span("注册登记日期")])
    for number, v in enumerate(letter.vehicles, 1):
        day = Span(chinese_date(v.registration_date))
        rows.append([Span(str(number)), Span(v.vin, 2), Span(v.brand), Span(v.model), day])
    if letter.outlets:
        rows.append([Span(words.choice(("三、境外售后维修服务网点情况", "三、境外维修服务网点")), 6, bold=True)])
    for number, o in enumerate(letter.outlets, 1):
        serial = Span(str(number), down=2, centred=True)
        rows.append([serial, Span("网点名称"), Span(o.name, 2), Span("联系电话"), Span(o.phone)])
        rows.append([Span("详细地址"), Span(o.address, 2), Span("联系人"), Span(o.contact)])
    if letter.valid_until:
        rows.append([Span("确认有效期", 2), Span(f"至{chinese_date(letter.valid_until)}", 4)])
    span_table(sheets, (12, 30, 26, 30, 30, 34), rows, size=3.5)
    size = 3.5 * sheets.scale
    sheets.down(-2.6 * size)
    _closing_cell(sheets, letter, size)
    sheets.size_mm = 3.2 * sheets.scale
    notes = [
        "填表说明：", "1．本表由列入《道路机动车辆生产企业及产品公告》的汽车生产企业填写并加盖公章。",
        "2．注册登记日期应与《机动车登记证书》一致；一份出口申请涉及多辆车的，应逐车填写。",
        "3．网点情况如有变更，请及时告知出口企业。",
    ]  # fmt: skip
    sheets.need(len(notes) * sheets.size_mm * sheets.lead)
    for note in notes:
        sheets.paragraph(note, hang=5 if note[0].isdigit() else 0)


def _closing_cell(sheets: Sheets, letter: Letter, size: float) -> None:
    """Draw the cell with the maker's statement, its name and the date; the pen stands at the cell's upper edge."""
    sheets.need(_CELL_MM)
    top, text_left = sheets.y, sheets.left + 26
    corners = ((sheets.left, top), (sheets.right, top), (sheets.right, top + _CELL_MM), (sheets.left, top + _CELL_MM))
    for (x0, y0), (x1, y1) in zip(corners, (*corners[1:], corners[0]), strict=True):
        sheets.pages[-1].append(Rule(x0, y0, x1, y1))
    sheets.pages[-1].append(Rule(text_left - 2, top, text_left - 2, top + _CELL_MM))
    for number, line in enumerate(("生产企业", "确认意见")):
        sheets.put(sheets.left + 3, line, size=size, y=top + 24 + 6 * number)
    stated = "经核对，上述车辆为我公司生产，我公司将通过上述网点在出口目的地提供售后维修服务，所填内容真实、准确。"
    y = top + 7
    for line in sheets.broken(stated, sheets.right - text_left - 4, size=size):
        sheets.put(text_left, line, size=size, y=y)
        y += size * 1.6
    middle = sheets.right - 8 - sheets.width(letter.issuer, size) / 2
    for number, line in enumerate((letter.issuer, "（公章）", chinese_date(letter.issued_on))):
        sheets.put(middle - sheets.width(line, size) / 2, line, size=size, y=top + 34 + 7 * number)
    page = len(sheets.pages) - 1
    sheets.sealed_at, sheets.clear_at = (page, middle, top + 37), (page, text_left + 22, top + 37)
    sheets.y = top + _CELL_MM + 7


def annexes_to_authority(sheets: Sheets, letter: Letter) -> None:
    """A letter to the commerce authority that names the exporter in its text; vehicles and outlets in two annexes."""
    words = wording_of(letter)
    letterhead(sheets, letter)
    if letter.number:
        sheets.centre(letter.number)
    sheets.down(3)
    for line in words.choice((("关于出具二手车出口售后维修服务", "确认书的函"), ("关于出口车辆售后维修服务的确认函",))):
        sheets.centre(line, size=5.8, bold=True)
    sheets.down(3)
    sheets.paragraph(f"{letter.city}商务局：")
    aim = f"出口至{letter.country_text}" if letter.country_text else "出口"
    name = letter.vehicles[0].brand if letter.vehicles else ""
    sheets.paragraph(
        f"{letter.exporter}拟将{name}汽车{letter.count}辆（清单见附件1）{aim}，上述车辆均系我公司生产。按照{NOTICE}的规定，现将有关情况确认如下：",
        indent=8.4,
    )
    sheets.paragraph("一、我公司负责上述车辆在目的国的售后维修服务，并保证备件供应和技术支持。", indent=8.4)
    if letter.outlets:
        sheets.paragraph("二、承担维修服务的网点名称、地址及联系方式见附件2。", indent=8.4)
    if letter.valid_until:
        sheets.paragraph(f"本函自出具之日起生效，有效期至{chinese_date(letter.valid_until)}。", indent=8.4)
    sheets.paragraph(words.choice(("特此确认。", "专此函达。")), indent=8.4)
    sheets.down(2)
    sheets.paragraph("附件：1．出口车辆清单", indent=8.4)
    if letter.outlets:
        sheets.paragraph("2．境外维修服务网点一览表", indent=8.4 + sheets.width("附件："))
    close(sheets, (letter.issuer, chinese_numerals(letter.issued_on)), mark="")
    if sheets.y + 28 < sheets.bottom:
        sheets.down(20)
        contact = (
            f"联系人：{words.choice(('李雪', '郑凯', '许文博'))}　电话：{home_phone(words)}　传真：{home_phone(words)}"
        )
        sheets.paragraph(f"（{contact}）", indent=8.4)
    sheets.turn_over()
    sheets.paragraph("附件1")
    sheets.centre("出口车辆清单", size=5.4, bold=True)
    sheets.down(2)
    brand, vin = words.choice(("厂牌", "车辆品牌")), words.choice(("车辆识别代号", "车架号"))
    rows = [("序号", brand, "车辆型号", vin, "注册登记日期", "备注")]
    for n, v in enumerate(letter.vehicles, 1):
        rows.append((str(n), v.brand, v.model, v.vin, v.registration_date.isoformat(), ""))
    grid(sheets, (12, 26, 32, 50, 28, 14), rows, size=3.4)
    if letter.outlets:
        if words.choice((True, False)):
            sheets.turn_over()
        sheets.need(50)
        sheets.paragraph("附件2")
        sheets.centre("境外维修服务网点一览表", size=5.4, bold=True)
        sheets.down(2)
        rows4 = [("序号", words.choice(("维修服务单位", "服务网点名称")), "地　址", "联系人", "联系电话")]
        rows4 += [(str(n), o.name, o.address, o.contact, o.phone) for n, o in enumerate(letter.outlets, 1)]
        grid(sheets, (12, 42, 50, 26, 32), rows4, size=3.4)


def technical_sheet(sheets: Sheets, letter: Letter) -> None:
    """A block of technical particulars for every vehicle; a manager signs with name and title."""
    words = wording_of(letter)
    sheets.put(sheets.left, letter.issuer, size=3.8, bold=True)
    sheets.pages[-1].append(Rule(sheets.left, sheets.y + 2, sheets.right, sheets.y + 2, 0.4))
    sheets.down(14)
    sheets.centre(words.choice(("车辆售后维修服务确认书", "出口车辆售后维修服务确认书")), size=6.4, bold=True)
    sheets.down(2)
    pairs = [
        (words.choice(("确认书号", "书号", "单号")), letter.number),
        (words.choice(("委托单位", "出口单位")), letter.exporter),
        (words.choice(("销往国家", "出口国（地区）")), letter.country_text),
    ]
    for label, value in (pair for pair in pairs if pair[1]):
        sheets.paragraph(f"{label}：{value}")
    sheets.down(3)
    for v in letter.vehicles:
        electric = "BEV" in v.model
        power = ("电机号", f"TZ{v.vin[-6:]}") if electric else ("发动机号", f"{words.choice('EGK')}4{v.vin[-6:]}")
        rating = ("额定功率", "150 kW") if electric else ("排量", f"{words.choice((1498, 1998))} mL")
        cells = [
            ("车架号", v.vin), ("品牌", v.brand), ("车型", v.model), power, rating,
            ("车身颜色", words.choice(("珍珠白", "银灰", "曜石黑", "深蓝"))), ("出厂日期", made_on(v)),
            ("注册登记日期", chinese_date(v.registration_date)), ("座位数", "5"), ("行驶里程", f"{words.randint(12, 4800)} km"),
        ]  # fmt: skip
        rows = [[Span(text) for pair in cells[k : k + 2] for text in pair] for k in range(0, len(cells), 2)]
        span_table(sheets, (28, 58, 28, 48), rows, size=3.5)
    served = ("上列车辆的维修、保养及备件供应由下列网点承担：", "上列车辆在当地的售后维修由以下网点负责：")
    sheets.paragraph(words.choice(served))
    for o in letter.outlets:
        sheets.need(sheets.size_mm * sheets.lead * 3)
        sheets.paragraph(f"■ {o.name}", bold=True)
        if o.address:
            sheets.paragraph(f"地址：{o.address}", indent=6, hang=6)
        sheets.paragraph(f"电话：{o.phone}　　接洽人：{o.contact}", indent=6, hang=6)
    if letter.valid_until:
        sheets.paragraph(f"有效期：{letter.issued_on.isoformat()}至{letter.valid_until.isoformat()}")
    manager = f"售后服务部部长：{words.choice(('周海涛', '郭立群', '徐敏'))}"
    close(sheets, (f"{letter.issuer}（盖章）", manager, letter.issued_on.isoformat()), mark="")


def filled_blanks(sheets: Sheets, letter: Letter) -> None:
    """A word processor's template whose underlined blanks were filled in, date with spaces between its parts."""
    words = wording_of(letter)
    sheets.centre("售后维修服务确认书", size=7.0, bold=True)
    sheets.down(3)
    if letter.number:
        blanks(sheets, (("编号：", letter.number),))
    blanks(sheets, ((words.choice(("致：", "出口企业：")), letter.exporter),))
    sheets.paragraph(
        f"兹确认下列机动车{letter.count}辆系我公司生产，我公司同意为其出口后提供售后维修服务，具体信息如下：",
        indent=8.4,
    )
    if letter.country_text:
        blanks(sheets, ((words.choice(("出口国别：", "出口目的国：")), letter.country_text),))
    vin, outlet = words.choice(("车辆识别代号：", "车架号：")), words.choice(("境外维修网点名称：", "服务网点："))
    for number, v in enumerate(letter.vehicles, 1):
        tail = f"（{number}）" if len(letter.vehicles) > 1 else ""
        blanks(sheets, ((f"车辆品牌{tail}：", v.brand), ("车辆型号：", v.model)))
        blanks(sheets, ((vin, v.vin), ("注册登记日期：", _spaced(v.registration_date))))
    for o in letter.outlets:
        blanks(sheets, ((outlet, o.name),))
        if o.address:
            blanks(sheets, (("网点地址：", o.address),))
        blanks(sheets, (("联系人：", o.contact), ("联系电话：", o.phone)))
    if letter.valid_until:
        blanks(sheets, (("本确认书有效期至：", _spaced(letter.valid_until)),))
    sheets.paragraph("本确认书一式两份，出口企业与我公司各执一份。", indent=8.4)
    lines = (f"生产企业（公章）：{letter.issuer}", f"日期：{_spaced(letter.issued_on)}")
    left, widest = sheets.left + 8, max(map(sheets.width, lines))
    close_about(sheets, lines, left + widest / 2, min(left + widest + 26, sheets.right - 22), flush=True)


def _spaced(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def solemn_pledge(sheets: Sheets, letter: Letter) -> None:
    """A pledge in numbered promises, vehicles by model, outlets in running text; the date stands before the name."""
    words = wording_of(letter)
    sheets.centre(words.choice(("售后维修服务确认暨承诺书", "出口车辆售后维修服务承诺书")), size=6.4, bold=True)
    sheets.down(3)
    sheets.paragraph(f"{letter.exporter}：")
    to = f"向{letter.country_text}出口" if letter.country_text else "出口"
    sheets.paragraph(
        f"贵司{to}的下述{letter.count}辆汽车由我司生产。我司本着对用户负责的态度，郑重承诺如下：", indent=8.4
    )
    vin = words.choice(("车辆识别代号", "车架号"))
    for model, vehicles in by_model(letter.vehicles):
        listed = "，".join(f"{v.vin}（注册登记日期{chinese_date(v.registration_date)}）" for v in vehicles)
        sheets.paragraph(f"{vehicles[0].brand}{model}，共{len(vehicles)}辆，{vin}：{listed}。", indent=8.4)
    outlets = "；".join(
        f"{o.name}{'（地址：' + o.address + '）' if o.address else ''}，联系人{o.contact}，联系电话{o.phone}"
        for o in letter.outlets
    )
    promises = ["对上述车辆提供与国内同类产品同等的售后维修服务，不因车辆转让、出口而免除责任。"]
    promises += [f"上述车辆在当地的维修保养由我司指定的下列服务商承担：{outlets}。"] if letter.outlets else []
    promises.append("保证维修所需备件、专用工具和技术资料的供应，常用备件到货时间不超过三十日。")
    promises.append("如服务商发生变更，我司将在变更前书面通知贵司，并保证服务不中断。")
    promises += [f"本承诺书有效期至{chinese_date(letter.valid_until)}。"] if letter.valid_until else []
    for number, promise in enumerate(promises):
        sheets.paragraph(f"{_NUMERALS[number]}、{promise}", indent=8.4)
    sheets.paragraph("特此承诺。", indent=8.4)
    if letter.number:
        sheets.paragraph(f"（{words.choice(('承诺书编号', '本承诺书编号', '存档编号'))}：{letter.number}）", indent=8.4)
    close(sheets, (chinese_date(letter.issued_on), letter.issuer, "授权代表（签字）："), mark="")
    sheets.need(10 + 3 * sheets.size_mm * sheets.lead)
    sheets.down(10)
    sheets.paragraph(f"通讯地址：{letter.city}高新技术产业开发区汽车大道66号　邮编：230601")
    sheets.paragraph(f"电话：{home_phone(words)}　传真：{home_phone(words)}")


def spreadsheet_print(sheets: Sheets, letter: Letter) -> None:
    """A spreadsheet printed across the sheet: merged headings, merged models, makers of the table named below it."""
    words = wording_of(letter)
    sheets.lay_across()
    day = f"{letter.issued_on.year}/{letter.issued_on.month}/{letter.issued_on.day}"
    country = Span(words.choice(("出口国家", "目的国"))), Span(letter.country_text, 2)
    last = country if letter.country_text else (Span("合计（辆）"), Span(str(letter.count), 2))
    rows: list[list[Span]] = [
        [Span(letter.issuer, 6, bold=True, centred=True)],
        [Span(words.choice(("出口车辆售后维修服务确认书", "二手车出口售后维修服务确认单")), 6, bold=True, centred=True)],
        [Span(words.choice(("编号", "单号"))), Span(letter.number, 2), Span(words.choice(("开具日期", "出具日期"))), Span(day, 2)],
        [Span(words.choice(("出口商", "出口公司"))), Span(letter.exporter, 2), *last],
        [Span(text, bold=True, centred=True) for text in ("车型", "品牌", "车架号（VIN）", "注册登记日期", "转让登记日期", "备注")],
    ]  # fmt: skip
    for model, vehicles in by_model(letter.vehicles):
        for first in range(0, len(vehicles), _MERGED_ROWS):
            part = vehicles[first : first + _MERGED_ROWS]
            for number, v in enumerate(part):
                head = [] if number else [Span(model, down=len(part), centred=True)]
                days = [Span(f"{d.year}/{d.month}/{d.day}") for d in (v.registration_date, v.transfer_date)]
                rows.append([*head, Span(v.brand), Span(v.vin), *days, Span("")])
    if letter.outlets:
        rows.append([Span(words.choice(("海外售后服务网点", "境外维修网点")), 6, bold=True, centred=True)])
        heads = (("服务商名称", 2), ("地址", 2), ("联系人", 1), ("电话", 1))
        rows.append([Span(text, across, bold=True, centred=True) for text, across in heads])
        rows += [[Span(o.name, 2), Span(o.address, 2), Span(o.contact), Span(o.phone)] for o in letter.outlets]
    if letter.valid_until:
        until = letter.valid_until
        rows.append([Span("有效期至"), Span(f"{until.year}/{until.month}/{until.day}", 5)])
    total = sheets.right - sheets.left
    span_table(sheets, [total * share for share in (0.17, 0.13, 0.23, 0.16, 0.16, 0.15)], rows, size=3.3)
    roles = (("制表", ("吴倩", "丁磊")), ("审核", ("沈洋", "高鹏")), ("批准", ("冯国栋", "蒋建华")))
    sheets.need(6 + SEAL_ROOM_MM)
    sheets.paragraph("　　　　".join(f"{role}：{words.choice(names)}" for role, names in roles))
    close_about(sheets, (f"{letter.issuer}（盖章）",), sheets.right - 70, sheets.left + 70)


LAYOUTS: dict[str, Callable[[Sheets, Letter], None]] = {
    "form_with_instructions": form_with_instructions,
    "annexes_to_authority": annexes_to_authority,
    "technical_sheet": technical_sheet,
    "filled_blanks": filled_blanks,
    "solemn_pledge": solemn_pledge,
    "spreadsheet_print": spreadsheet_print,
}
