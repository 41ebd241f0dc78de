# ruff: noqa: E501 - an office's words read best where they are chosen
"""Layouts kept aside."""

from __future__ import annotations

from collections.abc import Callable

from samples.content import Letter
from samples.layouts.closing import chinese_date, close, english_date, grid
from samples.layouts.signing import (
    at_right,
    engine_number,
    home_town,
    in_words,
    named,
    ordinal_date,
    sign_left,
    small_head,
)
from samples.layouts.wording import NOTICE_DATED, home_phone, wording_of
from samples.paper.sheet import Rule, Sheets

_PORTUGUESE_DAY = "d 'de' MMMM 'de' y"


def osprey(sheets: Sheets, letter: Letter) -> None:
    """A layout kept aside."""
    words = wording_of(letter)
    lines = (
        letter.issuer_en, f"Add: West Zone, Auto Industry Park, {home_town(letter)}, China   P.C.: 230601",
        f"T: +86 {home_phone(words)[1:]}   F: +86 {home_phone(words)[1:]}   E: overseas@example-motor.cn",
    )  # fmt: skip
    small_head(sheets, letter.issuer, lines, centred=False)
    subjects = (
        "After-sales service for vehicles to be exported",
        "Confirmation Letter of After-sales Maintenance Service",
    )
    heads = [
        (words.choice(("Ref.", "Our Ref.", "Ref. No.")), letter.number),
        ("Date", words.choice((ordinal_date, english_date))(letter.issued_on)),
        ("To", f"{letter.exporter_en} ({letter.exporter})"),
        ("Subject", words.choice(subjects)),
    ]
    for label, value in (head for head in heads if head[1]):
        sheets.put(sheets.left + 22, ":")
        sheets.put(sheets.left, label)
        for line in sheets.broken(value, sheets.right - sheets.left - 26):
            sheets.put(sheets.left + 26, line)
            sheets.down(sheets.size_mm * 1.6)
    sheets.down(3)
    sheets.paragraph("Dear Sirs,")
    to = f", destined for {letter.country_text_en} ({letter.country_text})" if letter.country_text else ""
    what = "vehicle is a genuine product" if letter.count == 1 else f"{letter.count} vehicles are genuine products"
    sheets.paragraph(f"We hereby confirm that the following {what} of our company{to}.")
    for v in letter.vehicles:
        sheets.paragraph(
            f"- {v.model} ({v.brand_en} {v.brand}), VIN code: {v.vin}, date of first registration: {ordinal_date(v.registration_date)}",
            indent=4, hang=7
        )  # fmt: skip
    if letter.outlets:
        where = words.choice(("service station", "service centre")) + "s" * (len(letter.outlets) > 1)
        sheets.paragraph(f"During the service period, maintenance will be offered by the following {where}:")
    for n, o in enumerate(letter.outlets):
        sheets.paragraph(f"({'ABCDEFGH'[n]}) {o.name}", indent=4)
        if o.address:
            sheets.paragraph(f"Add: {o.address}", indent=12, hang=12)
        sheets.paragraph(f"Attn: {o.contact}   Tel: {o.phone}", indent=12)
    if letter.valid_until:
        sheets.paragraph(f"This letter shall be effective until {ordinal_date(letter.valid_until)}.")
    sheets.paragraph("Thank you for your attention to this matter.")
    close(sheets, (letter.issuer, chinese_date(letter.issued_on)), mark="（盖章）")


def tern(sheets: Sheets, letter: Letter) -> None:
    """A layout kept aside."""
    sheets.lay_across()
    words = wording_of(letter)
    sheets.centre(words.choice(("出口车辆售后维修服务确认书（车辆明细）", "售后维修服务确认书")), size=5.8, bold=True)
    sheets.down(1)
    where = f"　　出口国别：{letter.country_text}" if letter.country_text else ""
    sheets.put(sheets.left, f"出口企业：{letter.exporter}{where}", size=3.7)
    number = f"{words.choice(('编号', '文件编号'))}：{letter.number}" if letter.number else ""
    sheets.put(sheets.right - sheets.width(number, 3.7), number, size=3.7)
    sheets.down(8)
    rows = [
        ("序号", "车辆识别代号（车架号）", "厂牌型号", "发动机/驱动电机号", "车身颜色", "行驶里程(km)",
        words.choice(("注册登记日期", "初次登记日期")), "备注")
    ]  # fmt: skip
    rows += [
        (
            str(n), v.vin, f"{v.brand}{v.model}", engine_number(words), words.choice(("白", "灰", "黑", "蓝")),
            str(words.randint(12, 3900)), v.registration_date.isoformat(), "",
        )
        for n, v in enumerate(letter.vehicles, 1)
    ]  # fmt: skip
    grid(sheets, _shares(sheets, (12, 50, 46, 42, 20, 27, 30, 13)), rows, size=3.5)
    if letter.outlets:
        rows2 = [("境外售后维修服务网点", "详细地址", "联系人", "联系电话")]
        rows2 += [(o.name, o.address, o.contact, o.phone) for o in letter.outlets]
        grid(sheets, _shares(sheets, (72, 90, 38, 40)), rows2, size=3.5)
    until = f"本确认书有效期至{chinese_date(letter.valid_until)}。" if letter.valid_until else ""
    sheets.paragraph(f"以上车辆由我公司生产，依{NOTICE_DATED}确认由上列网点承担售后维修服务。{until}")
    close(sheets, (f"生产企业：{letter.issuer}", f"填表日期：{letter.issued_on:%Y.%m.%d}"), mark="（公章）")


def _shares(sheets: Sheets, parts: tuple[int, ...]) -> list[float]:
    """Return widths of columns that fill the measure, in mm."""
    return [(sheets.right - sheets.left) * part / sum(parts) for part in parts]


def quail(sheets: Sheets, letter: Letter) -> None:
    """A layout kept aside."""
    words = wording_of(letter)
    day = letter.issued_on
    sheets.put(sheets.left, letter.issuer, bold=True)
    sheets.down(sheets.size_mm * 1.5)
    sheets.put(sheets.left, letter.issuer_en, size=3.4)
    sheets.down(8)
    if letter.number:
        sheets.paragraph(f"Số: {letter.number}")
    at_right(sheets, f"{home_town(letter)}, ngày {day:%d} tháng {day:%m} năm {day.year}")
    sheets.down(3)
    titles = ("THƯ XÁC NHẬN DỊCH VỤ SAU BÁN HÀNG", "GIẤY XÁC NHẬN DỊCH VỤ BẢO DƯỠNG SỬA CHỮA")
    sheets.centre(words.choice(titles), size=4.8, bold=True)
    sheets.centre("售后维修服务确认书", size=4.6, bold=True)
    sheets.down(2)
    sheets.paragraph(f"Kính gửi 致: {letter.exporter} ({letter.exporter_en})")
    if letter.country_text:
        label = words.choice(("Nước nhập khẩu 目的国", "Xuất khẩu sang 出口至"))
        sheets.paragraph(f"{label}: {named(letter, 'vi')} ({letter.country_text})")
    sheets.paragraph("Công ty chúng tôi xác nhận các xe sau do công ty sản xuất 兹确认以下车辆由我公司生产:")
    sheets.down(2)
    rows = [
        ("STT 序号", "Nhãn hiệu 品牌", words.choice(("Số loại 型号", "Kiểu loại 型号")), "Số khung 车架号",
        "Ngày đăng ký 注册登记日期")
    ]  # fmt: skip
    rows += [
        (str(n), f"{v.brand_en} {v.brand}", v.model, v.vin, f"{v.registration_date:%d/%m/%Y}")
        for n, v in enumerate(letter.vehicles, 1)
    ]
    grid(sheets, (16, 38, 32, 46, 30), rows, size=3.4)
    if letter.outlets:
        sheets.paragraph("Cơ sở bảo dưỡng, sửa chữa 维修服务网点:", bold=True)
    for n, o in enumerate(letter.outlets, 1):
        sheets.paragraph(f"{n}. {o.name}")
        if o.address:
            sheets.paragraph(f"Địa chỉ 地址: {o.address}", indent=6, hang=6)
        sheets.paragraph(f"Người liên hệ 联系人: {o.contact}　Điện thoại 电话: {o.phone}", indent=6, hang=6)
    if letter.valid_until:
        sheets.paragraph(f"Có giá trị đến ngày 有效期至: {letter.valid_until:%d/%m/%Y}")
    close(sheets, ("ĐẠI DIỆN NHÀ SẢN XUẤT 生产企业代表", letter.issuer, "(Ký tên, đóng dấu 签字盖章)"), mark="")


def wren(sheets: Sheets, letter: Letter) -> None:
    """A layout kept aside."""
    words = wording_of(letter)
    address = f"Zona Industrial, {home_town(letter)}, R. P. China — Tel. +86 {home_phone(words)[1:]}"
    small_head(sheets, letter.issuer_en, (letter.issuer, address), centred=True)
    at_right(sheets, f"{home_town(letter)}, {in_words(letter.issued_on, _PORTUGUESE_DAY, 'pt')}")
    sheets.down(2)
    title = words.choice(("DECLARAÇÃO DE ASSISTÊNCIA TÉCNICA", "Declaração de Garantia de Assistência Técnica"))
    sheets.centre(f"{title} N.º {letter.number}" if letter.number else title, size=4.4, bold=True)
    sheets.centre("售后维修服务确认书", size=4.0)
    sheets.down(3)
    to = f" para {named(letter, 'pt')} ({letter.country_text})" if letter.country_text else ""
    sheets.paragraph(
        f"Declaramos, para os devidos fins, que os veículos abaixo, exportados{to} por {letter.exporter_en} ({letter.exporter}), "
        "são de nossa fabricação e contam com assistência técnica no país de destino.", indent=10,
    )  # fmt: skip
    sheets.down(3)
    rows = [
        ("Item", "Marca/Modelo", "Ano", words.choice(("Nº do chassi (VIN)", "Chassi")),
        words.choice(("Data do primeiro registro", "Data de emplacamento")))
    ]  # fmt: skip
    rows += [
        (f"{n:02d}", f"{v.brand_en} ({v.brand}) {v.model}", str(v.registration_date.year), v.vin, f"{v.registration_date:%d/%m/%Y}")
        for n, v in enumerate(letter.vehicles, 1)
    ]  # fmt: skip
    grid(sheets, (13, 54, 14, 48, 33), rows, size=3.4)
    if letter.outlets:
        sheets.paragraph(
            words.choice(("Rede de assistência técnica:", "Assistências técnicas autorizadas:")), bold=True
        )
    for o in letter.outlets:
        at = f", situada em {o.address}" if o.address else ""
        sheets.paragraph(f"• {o.name}{at}; contato: {o.contact}; fone: {o.phone}.", hang=4)
    if letter.valid_until:
        sheets.paragraph(
            f"A presente declaração é válida até {in_words(letter.valid_until, _PORTUGUESE_DAY, 'pt')}.", indent=10
        )
    sheets.paragraph("Por ser expressão da verdade, firmamos a presente.", indent=10)
    sign_left(sheets, ("Atenciosamente,", letter.issuer, letter.issuer_en, "Diretor de Pós-venda"), over=1)


def siskin(sheets: Sheets, letter: Letter) -> None:
    """A layout kept aside."""
    words = wording_of(letter)
    sheets.centre("售后维修服务确认书", size=5.6, bold=True)
    titles = ("AFTER-SALES MAINTENANCE SERVICE CONFIRMATION", "Letter of Confirmation on After-sales Service")
    sheets.centre(words.choice(titles), size=4.2)
    sheets.down(3)
    pairs = [(f"编号：{letter.number}", f"No.: {letter.number}")] if letter.number else []
    pairs += [
        (f"致：{letter.exporter}", f"To: {letter.exporter_en}"),
        ("兹就下列出口车辆确认如下：", "We confirm the following for the vehicles exported:"),
    ]
    if letter.country_text:
        pairs.append((f"一、目的国家：{letter.country_text}", f"1. Destination country: {letter.country_text_en}"))
    n = 1 + bool(letter.country_text)
    pairs.append(
        (f"{'一二三四'[n - 1]}、车辆信息（共{letter.count}辆）", f"{n}. Vehicle information ({letter.count} in total)")
    )
    for v in letter.vehicles:
        pairs.append((f"车架号：{v.vin}", f"VIN: {v.vin}"))
        pairs.append((f"{v.brand} {v.model}", f"{v.brand_en} {v.model}"))
        registered = (chinese_date(v.registration_date), english_date(v.registration_date))
        pairs.append((f"注册登记日期：{registered[0]}", f"Date of registration: {registered[1]}"))
    if letter.outlets:
        pairs.append((f"{'一二三四'[n]}、售后维修服务网点", f"{n + 1}. After-sales maintenance outlets"))
    for o in letter.outlets:
        pairs.append((f"网点名称：{o.name}", f"Outlet: {o.name}"))
        if o.address:
            pairs.append((f"地址：{o.address}", f"Address: {o.address}"))
        pairs.append((f"联系人：{o.contact}", f"Contact: {o.contact}"))
        pairs.append((f"电话：{o.phone}", f"Telephone: {o.phone}"))
    if letter.valid_until:
        pairs.append(
            (f"有效期至{chinese_date(letter.valid_until)}。", f"Valid until {english_date(letter.valid_until)}.")
        )
    for pair in pairs:
        _beside(sheets, pair)
    close(sheets, (letter.issuer, letter.issuer_en, letter.issued_on.isoformat()), mark="")


def _beside(sheets: Sheets, pair: tuple[str, str]) -> None:
    """Print one text in each half of the measure, a rule between them, as high as the longer one."""
    middle = (sheets.left + sheets.right) / 2
    size = 3.6 * sheets.scale
    step = size * 1.55
    halves = [sheets.broken(text, middle - sheets.left - 5, size=size) for text in pair]
    height = step * max(map(len, halves)) + 1.2
    sheets.need(height)
    for x, lines in zip((sheets.left, middle + 4), halves, strict=True):
        for number, line in enumerate(lines):
            sheets.put(x, line, size=size, y=sheets.y + step * number)
    top = sheets.y - size
    sheets.pages[-1].append(Rule(middle, top, middle, top + height, 0.2))
    sheets.down(height)


def plover(sheets: Sheets, letter: Letter) -> None:
    """A layout kept aside."""
    words = wording_of(letter)
    sheets.size_mm *= 0.9
    sent = in_words(letter.issued_on, "EEEE, MMMM d, y", "en")
    subjects = ("After-sales service confirmation", "Confirmation of maintenance service for export vehicles")
    subject = words.choice(subjects)
    heads = [
        ("From:", f"Overseas Service, {letter.issuer_en} <aftersales@example-auto.cn>"),
        ("Sent:", f"{sent} {words.randint(9, 11)}:{words.randint(10, 59)} AM"),
        ("To:", f"{letter.exporter_en} <export@example-trade.cn>"),
        ("Subject:", f"{subject} - {letter.number}" if letter.number else subject),
    ]
    for label, value in heads:
        sheets.put(sheets.left, label, bold=True)
        sheets.paragraph(value, indent=22, hang=22)
    sheets.pages[-1].append(Rule(sheets.left, sheets.y - 3, sheets.right, sheets.y - 3, 0.4))
    sheets.down(4)
    sheets.paragraph("Dear colleagues,")
    to = f" to {letter.country_text_en}" if letter.country_text_en else ""
    sheets.paragraph(
        f"As requested, we confirm after-sales maintenance for the cars you are shipping{to}. Please print this message; we return it with our seal."
    )
    sheets.down(2)
    for n, v in enumerate(letter.vehicles, 1):
        day = in_words(v.registration_date, "MMM d, y", "en")
        registered = f"{words.choice(('plated', 'registered on', 'reg. date'))} {day}"
        sheets.paragraph(f"{n}) {v.brand_en} {v.model}, VIN {v.vin}, {registered}", hang=6)
    sheets.down(2)
    if letter.outlets:
        sheets.paragraph(words.choice(("Who looks after the cars locally:", "Local service partner details:")))
    for o in letter.outlets:
        for line in (o.name, o.address, f"{o.contact}, {o.phone}"):
            if line:
                sheets.paragraph(line, indent=6, hang=6)
        sheets.down(2)
    if letter.valid_until:
        sheets.paragraph(f"The arrangement is good through {in_words(letter.valid_until, 'MMMM d, y', 'en')}.")
    person = words.choice(("Lily Sun", "Kevin Zhao", "Tony Ma"))
    sign_left(sheets, ("Best regards,", f"{person}, Overseas Service", letter.issuer_en), over=2)


LAYOUTS: dict[str, Callable[[Sheets, Letter], None]] = {
    "osprey": osprey, "tern": tern, "quail": quail, "wren": wren, "siskin": siskin, "plover": plover,
}  # fmt: skip
ENGLISH = frozenset({"plover"})
PLACES = {"quail": ("VN",), "wren": ("BR", "GQ")}
