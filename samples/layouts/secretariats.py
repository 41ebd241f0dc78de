# ruff: noqa: E501
"""Layouts kept aside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from samples.content import Letter
from samples.layouts.closing import (
    SEAL_ROOM_MM,
    chinese_date,
    chinese_numerals,
    close,
    close_about,
    english_date,
    grid,
    letterhead,
)
from samples.layouts.wording import NOTICE, by_model, home_phone, wording_of
from samples.paper.sheet import Rule, Sheets


def avocet(sheets: Sheets, letter: Letter) -> None:
    """A layout kept aside."""
    words = wording_of(letter)
    reference = words.choice(("Ref. No. 文件号", "Our Ref. 编号", "No. 函号"))
    heads = [f"{reference}: {letter.number}"] if letter.number else []
    heads.append(f"Date 日期: {english_date(letter.issued_on)} / {chinese_date(letter.issued_on)}")
    for head in heads:
        sheets.put(sheets.right - sheets.width(head, 3.6), head, size=3.6)
        sheets.down(6)
    sheets.down(4)
    sheets.centre("售后维修服务确认书", size=6.2, bold=True)
    titles = ("CONFIRMATION OF AFTER-SALES MAINTENANCE SERVICE", "Letter of Confirmation on After-sales Service")
    sheets.centre(words.choice(titles), size=4.4, bold=True)
    sheets.down(2)
    sheets.paragraph(f"致 To: {letter.exporter} ({letter.exporter_en})", hang=10)
    to_cn = f"出口至{letter.country_text}的" if letter.country_text else "出口的"
    to_en = f" to be exported to {letter.country_text_en}" if letter.country_text_en else " to be exported"
    sheets.paragraph(f"我公司作为制造商，确认贵公司{to_cn}下列车辆可在当地获得售后维修服务。")
    sheets.paragraph(
        f"We, as the manufacturer, confirm that the following vehicles{to_en} by your company are entitled to local after-sales maintenance service."
    )
    sheets.down(2)
    rows = [("No.", "品牌 Brand", "型号 Model", "车辆识别代号 VIN", "注册登记日期 Date of Registration")]
    rows += [
        (str(n), f"{v.brand} {v.brand_en}", v.model, v.vin, v.registration_date.isoformat())
        for n, v in enumerate(letter.vehicles, 1)
    ]
    grid(sheets, (12, 32, 32, 50, 36), rows, size=3.4)
    if letter.outlets:
        served = ("当地售后维修服务商 Local after-sales service providers:", "维修网点 Service outlets:")
        sheets.paragraph(words.choice(served), bold=True)
    for number, o in enumerate(letter.outlets, 1):
        sheets.paragraph(f"{number}. 名称 Name: {o.name}", hang=5)
        if o.address:
            sheets.paragraph(f"地址 Address: {o.address}", indent=5, hang=5)
        sheets.paragraph(f"联系人 Contact: {o.contact}    电话 Tel: {o.phone}", indent=5, hang=5)
    if letter.valid_until:
        sheets.paragraph(f"本函有效期至{chinese_date(letter.valid_until)}。")
        sheets.paragraph(f"This letter is valid until {english_date(letter.valid_until)}.")
    close(sheets, (letter.issuer, letter.issuer_en, "授权签字及公章 Authorized signature and seal"), mark="")


def bittern(sheets: Sheets, letter: Letter) -> None:
    """A layout kept aside."""
    words = wording_of(letter)
    sheets.put(sheets.left, letter.issuer, size=4.6, bold=True)
    sheets.down(6)
    address = f"地址：{letter.city}经济技术开发区长江路9号　邮编：400023　电话：{home_phone(words)}　传真：{home_phone(words)}"
    for line in sheets.broken(address, sheets.right - sheets.left, size=3.1):
        sheets.put(sheets.left, line, size=3.1)
        sheets.down(5)
    sheets.pages[-1].append(Rule(sheets.left, sheets.y - 2, sheets.right, sheets.y - 2, 0.4))
    sheets.down(8)
    sheets.centre(words.choice(("关于出口车辆售后维修服务的确认函", "售后维修服务确认函")), size=5.8, bold=True)
    if letter.number:
        sheets.centre(f"（{letter.number}）")
    sheets.down(3)
    sheets.paragraph(f"{letter.exporter}：")
    to = f"销往{letter.country_text}[1]" if letter.country_text else "销往境外"
    parts, vin = [], words.choice(("车架号", "车辆识别代号"))
    for model, vehicles in by_model(letter.vehicles):
        vins = "、".join(f"{v.vin}（{chinese_date(v.registration_date)}登记）" for v in vehicles)
        parts.append(
            f"{vehicles[0].brand}{model}型汽车{len(vehicles)}辆，{vin}{'为' if len(vehicles) == 1 else '分别为'}{vins}"
        )
    sheets.paragraph(
        f"来函收悉。贵公司拟将我公司制造的车辆{to}，计有：{'；'.join(parts)}。经我公司售后服务部核实，以上车辆的出厂信息属实。",
        indent=8.4,
    )
    if letter.outlets:
        told = "；".join(
            f"{o.name}{'，地址' + o.address if o.address else ''}，联系人{o.contact}，电话{o.phone}"
            for o in letter.outlets
        )
        sheets.paragraph(
            f"车辆到达目的地后，用户可向我公司在当地的{words.choice(('特约维修商', '合作服务商', '授权服务站'))}[{2 if letter.country_text else 1}]寻求维修和保养：{told}。",
            indent=8.4,
        )
    sheets.paragraph("维修所需零部件由我公司国际备件中心供应，技术问题由我公司工程师远程支持。", indent=8.4)
    if letter.valid_until:
        sheets.paragraph(f"本函在{chinese_date(letter.valid_until)}之前有效。", indent=8.4)
    sheets.paragraph("此致", indent=8.4)
    sheets.paragraph("敬礼")
    close(sheets, (f"{letter.issued_on:%Y.%m.%d}", letter.issuer), mark="")
    sheets.need(26)
    sheets.down(14)
    sheets.pages[-1].append(Rule(sheets.left, sheets.y - 5, sheets.left + 50, sheets.y - 5))
    sheets.size_mm = 3.1
    notes = ["指车辆最终注册使用的国家。"] if letter.country_text else []
    notes += ["网点信息以本函出具之日为准。"] if letter.outlets else []
    for number, note in enumerate(notes, 1):
        sheets.paragraph(f"[{number}] {note}")


def curlew(sheets: Sheets, letter: Letter) -> None:
    """A layout kept aside."""
    words = wording_of(letter)
    sheets.centre(words.choice(("售后维修服务确认书", "车辆售后维修服务确认书")), size=6.4, bold=True)
    sheets.centre(letter.issuer, size=4.4)
    sheets.down(2)
    facts = [
        (words.choice(("确认书编号", "文件编号")), letter.number),
        (words.choice(("签发日期", "出具日期")), _slashed(letter.issued_on)),
        (words.choice(("出口商", "受益人（出口企业）")), letter.exporter),
        (words.choice(("目的国家", "出口目的国")), letter.country_text),
        ("有效期至", _slashed(letter.valid_until) if letter.valid_until else ""),
    ]
    grid(sheets, (44, 118), [fact for fact in facts if fact[1]], size=3.6, head=False)
    labels = (words.choice(("车架号", "VIN码")), "品牌", "型号", words.choice(("首次登记日期", "注册登记日期")))
    blocks = [
        ("车辆", labels, [(v.vin, v.brand, v.model, _slashed(v.registration_date)) for v in letter.vehicles]),
        (words.choice(("服务网点", "维修网点")), ("名称", "地址", "联系人", "电话"), [(o.name, o.address, o.contact, o.phone) for o in letter.outlets]),
    ]  # fmt: skip
    for title, names, columns in blocks:
        for first in range(0, len(columns), 2):
            pair = columns[first : first + 2]
            sheets.need(38)
            heads = [f"{title}{first + k + 1}" for k in range(len(pair))]
            rows = [("项目", *heads)] + [(name, *(column[k] for column in pair)) for k, name in enumerate(names)]
            grid(sheets, (30, 66, 66)[: len(pair) + 1], rows, size=3.6)
    sheets.paragraph(
        f"我公司确认：以上{letter.count}辆车由我公司制造，交付后在目的国的保养、维修及配件供应由上列网点负责。"
    )
    signer = f"{words.choice(('总经理', '售后总监', '副总经理'))}：＿＿＿＿＿＿＿"
    close(sheets, (f"{letter.issuer}（公章）", signer), mark="")


def _slashed(day: date) -> str:
    return f"{day:%Y/%m/%d}"


def dunlin(sheets: Sheets, letter: Letter) -> None:
    """A layout kept aside."""
    words = wording_of(letter)
    letterhead(sheets, letter)
    if letter.number:
        sheets.put(sheets.right - sheets.width(letter.number), letter.number)
        sheets.down(10)
    titles = ("关于确认二手车出口售后维修服务的函", "关于二手车出口售后维修服务有关事项的函")
    sheets.centre(words.choice(titles), size=5.6, bold=True)
    sheets.down(2)
    sheets.paragraph(f"主送：{letter.exporter}")
    sheets.paragraph(
        f"按照{NOTICE}要求，我公司对贵公司申请出口的{letter.count}辆我公司产品的售后维修服务事项确认如下：", indent=8.4
    )
    points: list[tuple[str, tuple[tuple[float, ...], list[tuple[str, ...]]] | None]] = []
    if letter.country_text:
        points.append((f"出口国别：{letter.country_text}。", None))
    name, vin = words.choice(("品牌型号", "车辆品牌及型号")), words.choice(("车辆识别代号", "车辆识别代号/车架号"))
    rows = [("序号", name, vin, words.choice(("注册登记日期", "初次登记日期")), "备注")]
    rows += [
        (str(n), f"{v.brand} {v.model}", v.vin, v.registration_date.isoformat(), "")
        for n, v in enumerate(letter.vehicles, 1)
    ]
    points.append(("车辆信息见下表。", ((14, 46, 52, 32, 18), rows)))
    places = [("网点名称", "服务内容", "地址", "联系人及电话")]
    places += [(o.name, "维修、保养", o.address, f"{o.contact} {o.phone}") for o in letter.outlets]
    if letter.outlets:
        points.append(("境外售后维修服务网点见下表。", ((44, 22, 54, 42), places)))
    if letter.valid_until:
        points.append((f"本函有效期截至{chinese_date(letter.valid_until)}。", None))
    for number, (text, table) in enumerate(points):
        sheets.need(24 if table else 8)
        sheets.paragraph(f"{'一二三四'[number]}、{text}", indent=8.4)
        if table:
            sheets.down(2)
            grid(sheets, *table, size=3.4)
    sheets.paragraph("特此函告。", indent=8.4)
    close(sheets, (letter.issuer, chinese_numerals(letter.issued_on)), mark="")
    sheets.need(34)
    sheets.down(20)
    for y in (sheets.y - 5, sheets.y + 3, sheets.y + 11):
        sheets.pages[-1].append(Rule(sheets.left, y, sheets.right, y))
    sheets.put(sheets.left + 2, f"抄送：{letter.city}商务局，本公司国际业务部。", size=3.6)
    sheets.put(sheets.left + 2, f"{letter.issuer}办公室", size=3.6, y=sheets.y + 8)
    printed = f"{chinese_date(letter.issued_on)}印发"
    sheets.put(sheets.right - 2 - sheets.width(printed, 3.6), printed, size=3.6, y=sheets.y + 8)


def godwit(sheets: Sheets, letter: Letter) -> None:
    """A layout kept aside."""
    words = wording_of(letter)
    sheets.centre("售后维修服务确认书（存根）", size=4.6, bold=True)
    kept = [f"编号：{letter.number}"] if letter.number else []
    kept += [f"领用单位：{letter.exporter}", f"车辆：{letter.count}辆", f"经办：{words.choice(('马骏', '林芳'))}"]
    sheets.paragraph("　".join(kept))
    for x in range(round(sheets.left), round(sheets.right), 4):
        sheets.pages[-1].append(Rule(x, sheets.y, x + 2.4, sheets.y))
    sheets.down(16)
    sheets.centre("售后维修服务确认书", size=7.0, bold=True)
    if letter.number:
        text = f"{words.choice(('编号', '字第', 'No.'))}　{letter.number}"
        sheets.put(sheets.right - sheets.width(text), text)
        sheets.down(8)
    sheets.paragraph(f"{letter.exporter}：")
    aim = f"你单位出口{letter.country_text}" if letter.country_text else "你单位出口"
    sheets.paragraph(f"{aim}的下列车辆，经查为我公司制造，准予由我公司境外服务网点提供售后维修服务。", indent=8.4)
    vin, registered = words.choice(("车辆识别代号", "车架号码")), words.choice(("注册登记", "登记日期"))
    for v in letter.vehicles:
        sheets.need(2 * sheets.size_mm * sheets.lead)
        sheets.paragraph(f"{vin} {v.vin}", indent=8.4)
        sheets.paragraph(f"{v.brand}　{v.model}　{registered} {_padded(v.registration_date)}", indent=8.4)
    if letter.outlets:
        sheets.down(2)
        sheets.paragraph(words.choice(("服务网点及联系办法", "境外服务网点")), bold=True)
    for o in letter.outlets:
        sheets.paragraph("　".join(part for part in (o.name, o.address) if part), indent=8.4)
        sheets.paragraph(f"{o.contact}　{o.phone}", indent=8.4)
    if letter.valid_until:
        sheets.paragraph(f"（有效期至 {_padded(letter.valid_until)}）")
    close(sheets, (f"{letter.issuer}（章）", _padded(letter.issued_on)), mark="")


def _padded(day: date) -> str:
    return f"{day:%Y}年{day:%m}月{day:%d}日"


def lapwing(sheets: Sheets, letter: Letter) -> None:
    """A layout kept aside."""
    words = wording_of(letter)
    sheets.put(sheets.left, letter.issuer_en, size=4.8, bold=True)
    sheets.down(6)
    sheets.put(sheets.left, f"Automotive Industrial Park, P.R. China  |  Tel +86 {home_phone(words)[1:]}", size=3.2)
    sheets.down(12)
    sheets.paragraph(_american(letter.issued_on))
    if letter.number:
        sheets.paragraph(f"{words.choice(('Letter No.', 'Reference', 'File No.'))} {letter.number}")
    sheets.down(3)
    sheets.paragraph(letter.exporter_en)
    sheets.paragraph("People's Republic of China")
    sheets.down(3)
    subject = words.choice(
        ("Confirmation of after-sales service", "After-Sales Maintenance Service Confirmation Letter")
    )
    sheets.paragraph(f"Subject: {subject}", bold=True)
    sheets.paragraph("Dear Sirs,")
    to = f" to {letter.country_text_en}" if letter.country_text_en else ""
    sheets.paragraph(
        f"With reference to your planned export{to} of vehicles of our manufacture, we hereby confirm that maintenance, repair and genuine spare parts will be available to their owners through the service providers named below."
    )
    sheets.down(2)
    vin, registered = (
        words.choice(("VIN", "Chassis No. (VIN)")),
        words.choice(("Registered on", "Date of first registration")),
    )
    rows = [("Make", "Model", vin, registered)]
    rows += [(v.brand_en, v.model, v.vin, _american(v.registration_date)) for v in letter.vehicles]
    grid(sheets, (34, 36, 50, 42), rows, size=3.5)
    rows3 = [(words.choice(("Service provider", "Authorised repairer")), "Address", "Contact")]
    rows3 += [(o.name, o.address, f"{o.contact}, {o.phone}") for o in letter.outlets]
    if letter.outlets:
        grid(sheets, (50, 62, 50), rows3, size=3.5)
    if letter.valid_until:
        sheets.paragraph(f"This confirmation remains valid through {_american(letter.valid_until)}.")
    sheets.need(SEAL_ROOM_MM + 2 * sheets.size_mm * sheets.lead)
    sheets.paragraph("Yours faithfully,")
    sheets.paragraph("For and on behalf of")
    title = words.choice(("Director, Overseas Service Department", "General Manager, After-sales Service"))
    lines = (letter.issuer_en, title)
    widest = max(map(sheets.width, lines))
    close_about(sheets, lines, sheets.left + widest / 2, min(sheets.left + widest + 26, sheets.right - 20), flush=True)


def _american(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


LAYOUTS: dict[str, Callable[[Sheets, Letter], None]] = {
    "avocet": avocet,
    "bittern": bittern,
    "curlew": curlew,
    "dunlin": dunlin,
    "godwit": godwit,
    "lapwing": lapwing,
}
ENGLISH = frozenset({"lapwing"})
