# ruff: noqa: E501 - an office's words read best where they are chosen
"""Letters as export desks write them for customs abroad: certificates, boxed sheets, declarations, deeds, annexes."""

from __future__ import annotations

from collections.abc import Callable

from samples.content import Letter
from samples.layouts.closing import chinese_date, close, english_date, grid, letterhead
from samples.layouts.signing import (
    at_right,
    box_pair,
    engine_number,
    home_town,
    in_words,
    named,
    ordinal_date,
    sign_left,
    small_head,
)
from samples.layouts.wording import NOTICE, home_phone, wording_of
from samples.paper.sheet import Sheets

_RUSSIAN_DAY, _SPANISH_DAY = "d MMMM y 'г.'", "d 'de' MMMM 'de' y"


def whom_concern(sheets: Sheets, letter: Letter) -> None:
    """An English certificate to whom it may concern: letterhead, schedule with engine numbers, lettered dealers."""
    words = wording_of(letter)
    phone = f"Tel: +86-{home_phone(words)[1:]}    Fax: +86-{home_phone(words)[1:]}    www.{home_town(letter).lower()}auto.example"
    small_head(
        sheets, letter.issuer_en, (f"No. 66 Industrial Avenue, {home_town(letter)}, P. R. China", phone), centred=True
    )
    if letter.number:
        at_right(sheets, f"{words.choice(('Certificate No.', 'Cert. No.', 'Ref. No.'))}: {letter.number}")
    sheets.down(4)
    sheets.centre("TO WHOM IT MAY CONCERN", size=5.6, bold=True)
    titles = ("Certificate of After-Sales Maintenance Service", "AFTER-SALES MAINTENANCE SERVICE CONFIRMATION LETTER")
    sheets.centre(words.choice(titles), size=4.2)
    sheets.down(2)
    to = f" to {letter.country_text_en}" if letter.country_text_en else ""
    sheets.paragraph(
        f"This is to certify that the motor vehicle(s) described hereunder, manufactured by us and to be exported{to} by "
        f"{letter.exporter_en}, will be provided with after-sales maintenance service by our authorised dealer(s)."
    )
    sheets.down(3)
    make, chassis = words.choice(("Make and Model", "Make / Model")), words.choice(("Chassis No.", "Chassis / VIN No."))
    registered = words.choice(("Date of 1st Registration", "Reg. Date"))
    rows = [("S/N", make, chassis, "Engine No.", "Colour", registered)]
    rows += [
        (str(number), f"{v.brand_en} {v.model}", v.vin, engine_number(words), words.choice(("White", "Grey", "Black", "Silver")), english_date(v.registration_date))
        for number, v in enumerate(letter.vehicles, 1)
    ]  # fmt: skip
    grid(sheets, (11, 34, 46, 30, 17, 24), rows, size=3.2)
    if letter.outlets:
        where = f" in {letter.country_text_en}" if letter.country_text_en else ""
        sheets.paragraph(f"{words.choice(('Our authorised service dealer(s)', 'The service dealer(s)'))}{where}:")
    for letter_of, o in zip("abcdefgh", letter.outlets, strict=False):
        at = f"{o.address}. " if o.address else ""
        sheets.paragraph(f"{letter_of}) {o.name}, {at}Contact person: {o.contact}, Tel: {o.phone}", indent=5, hang=10)
    if letter.valid_until:
        sheets.paragraph(f"This certificate is valid up to {english_date(letter.valid_until)}.")
    sheets.paragraph("It is issued at the request of the exporter for presentation to the authorities concerned.")
    person = words.choice(("Zhang Wei", "Liu Min", "Chen Jianguo", "Wu Haiyan"))
    lines = ["For and on behalf of", letter.issuer_en, "Authorised signature: ____________________"]
    lines += [f"Name: {person}", "Title: Director, After-sales Dept.", f"Date: {english_date(letter.issued_on)}"]
    sign_left(sheets, lines, over=1)


def boxed_sheet(sheets: Sheets, letter: Letter) -> None:
    """A bilingual sheet like an invoice: boxes with small captions, lines of goods with a total, workshops in a box."""
    words = wording_of(letter)
    sheets.size_mm *= 0.9
    sheets.centre("售后维修服务确认书", size=5.4, bold=True)
    sheets.centre("AFTER-SALES MAINTENANCE SERVICE CONFIRMATION", size=4.0, bold=True)
    until = letter.valid_until.isoformat() if letter.valid_until else "—"
    where = f"{letter.country_text} / {letter.country_text_en}" if letter.country_text else ""
    number = (words.choice(("编号 No.", "单号 Sheet No.", "确认书号 Confirmation No.")), letter.number or "—")
    destination = words.choice(("最终目的国 Country of final destination", "目的国 Country of destination"))
    boxes = [
        (("生产企业 Manufacturer", f"{letter.issuer}\n{letter.issuer_en}"), number),
        (("出口商 Exporter", f"{letter.exporter}\n{letter.exporter_en}"), ("日期 Date", letter.issued_on.isoformat())),
        ((destination, where), ("有效期至 Valid until", until)),
    ]
    for left, right in boxes if where else boxes[:2]:
        box_pair(sheets, left, right)
    if not where and letter.valid_until:
        box_pair(sheets, ("原产国 Country of origin", "中国 China"), boxes[2][1])
    sheets.down(9)
    frame = words.choice(("车架号 Frame No. (VIN)", "车架号 VIN"))
    registered = words.choice(("注册登记日期 Date registered", "登记日期 Reg. date"))
    rows = [("项 Item", "车型 Description", frame, registered, "数量 Qty")]
    rows += [
        (str(n), f"{v.brand} {v.brand_en} {v.model}", v.vin, v.registration_date.isoformat(), "1")
        for n, v in enumerate(letter.vehicles, 1)
    ]
    grid(sheets, (14, 56, 48, 30, 14), [*rows, ("", "合计 TOTAL", "", "", str(letter.count))], size=3.4)
    if letter.outlets:
        rows2 = [("境外维修网点 Overseas service workshop", "电话 Tel.", "联系人 Attn.")]
        rows2 += [(f"{o.name}, {o.address}" if o.address else o.name, o.phone, o.contact) for o in letter.outlets]
        grid(sheets, (92, 38, 32), rows2, size=3.4)
    sheets.paragraph("兹确认上列车辆由本企业生产，并由上列网点提供维修。We confirm the above.")
    close(sheets, (letter.issuer, "Authorised signature and seal"), mark="")


def outgoing_ru(sheets: Sheets, letter: Letter) -> None:
    """A Russian outgoing letter: number and day in one line at the left, addressee at the right, two tables."""
    words = wording_of(letter)
    address = f"КНР, г. {letter.city}, тел. +86 {home_phone(words)[1:]}"
    small_head(sheets, letter.issuer, (letter.issuer_en, address), centred=False)
    day = words.choice((f"{letter.issued_on:%d.%m.%Y}", in_words(letter.issued_on, _RUSSIAN_DAY, "ru")))
    sheets.paragraph(f"Исх. № {letter.number} от {day}" if letter.number else f"от {day}")
    for line in ("Экспортёру:", letter.exporter, letter.exporter_en):
        at_right(sheets, line)
    sheets.down(3)
    titles = ("Подтверждение сервисного обслуживания", "ПИСЬМО О ПОСЛЕПРОДАЖНОМ ОБСЛУЖИВАНИИ")
    sheets.centre(words.choice(titles), size=4.8, bold=True)
    sheets.centre("售后维修服务确认书", size=4.2)
    sheets.down(2)
    to = f", поставляемых в страну: {named(letter, 'ru')} ({letter.country_text})," if letter.country_text else ""
    sheets.paragraph(
        f"Завод-изготовитель подтверждает послепродажное обслуживание автомобилей{to} согласно перечню:", indent=8
    )
    sheets.down(3)
    vin = words.choice(("Идентификационный номер (VIN)", "VIN-код"))
    rows = [
        ("№ п/п", vin, "Марка, модель", "Цвет", words.choice(("Дата первичной регистрации", "Дата постановки на учёт")))
    ]
    for n, v in enumerate(letter.vehicles, 1):
        colour = words.choice(("белый", "чёрный", "серый"))
        rows.append((f"{n}", v.vin, f"{v.brand_en} ({v.brand}) {v.model}", colour, f"{v.registration_date:%d.%m.%Y}"))
    grid(sheets, (13, 48, 50, 18, 33), rows, size=3.3)
    if letter.outlets:
        sheets.paragraph(
            words.choice(("Обслуживание производится по адресам:", "Перечень станций технического обслуживания:"))
        )
        sheets.down(2)
        rows2 = [("Наименование СТО", "Адрес", "Телефон, контактное лицо")]
        rows2 += [(o.name, o.address, f"{o.phone}, {o.contact}") for o in letter.outlets]
        grid(sheets, (54, 60, 48), rows2, size=3.3)
    if letter.valid_until:
        sheets.paragraph(
            f"Письмо действует по {in_words(letter.valid_until, _RUSSIAN_DAY, 'ru')} включительно.", indent=8
        )
    sign_left(sheets, ("С уважением,", "Генеральный директор ____________ /Ван Цзюнь/", letter.issuer, "М.П."), over=2)


def declaration_es(sheets: Sheets, letter: Letter) -> None:
    """A Spanish declaration: place and day first, heads PRIMERO, SEGUNDO, TERCERO, the file's number at the end."""
    words = wording_of(letter)
    sheets.centre(words.choice(("DECLARACIÓN DE SERVICIO POSVENTA", "DECLARACIÓN DEL FABRICANTE")), size=5.2, bold=True)
    sheets.centre("（售后维修服务确认书）", size=4.0)
    sheets.down(3)
    sheets.paragraph(
        f"En {home_town(letter)}, República Popular China, a {in_words(letter.issued_on, _SPANISH_DAY, 'es')}."
    )
    sheets.paragraph(f"{letter.issuer_en} ({letter.issuer}), fabricante de vehículos, DECLARA:")
    sheets.down(2)
    to = f", con destino a {named(letter, 'es')} ({letter.country_text})" if letter.country_text else ""
    sheets.paragraph(
        f"PRIMERO.- Que los vehículos usados que exporta {letter.exporter_en} ({letter.exporter}){to}, fueron fabricados por esta empresa:"
    )
    for n, v in enumerate(letter.vehicles, 1):
        number = words.choice(("bastidor", "número de chasis", "VIN"))
        car = f"Marca {v.brand_en} ({v.brand}), modelo {v.model}, {number} {v.vin}"
        sheets.paragraph(f"{n}. {car}, primera matriculación {v.registration_date:%d/%m/%Y}.", indent=6, hang=12)
    sheets.down(2)
    if letter.outlets:
        where = words.choice(("los talleres siguientes", "los siguientes puntos de servicio"))
        sheets.paragraph(f"SEGUNDO.- Que el mantenimiento y la reparación se prestarán en {where}:")
    for o in letter.outlets:
        sheets.paragraph(f"• {o.name}", indent=6)
        parts = (o.address, f"Tel. {o.phone}", f"Sr./Sra. {o.contact}")
        sheets.paragraph(" — ".join(part for part in parts if part), indent=10, hang=10)
    sheets.down(2)
    day = in_words(letter.valid_until, _SPANISH_DAY, "es") if letter.valid_until else ""
    until = f" y mantiene su vigencia hasta el {day}" if day else ""
    number = f" con el número {letter.number}" if letter.number else ""
    sheets.paragraph(f"{'TERCERO' if letter.outlets else 'SEGUNDO'}.- Que la presente se expide{number}{until}.")
    close(sheets, (letter.issuer, "Firma y sello del fabricante"), mark="")


def deed_clauses(sheets: Sheets, letter: Letter) -> None:
    """A bilingual deed: each numbered clause in Chinese, then in English; two schedules before the signature."""
    words = wording_of(letter)
    sheets.centre("售后维修服务承诺书", size=6.0, bold=True)
    sheets.centre("DEED OF AFTER-SALES SERVICE COMMITMENT", size=4.4, bold=True)
    if letter.number:
        sheets.centre(f"{words.choice(('编号 No.', '承诺书编号 Deed No.'))} {letter.number}", size=3.8)
    sheets.down(3)
    sheets.paragraph(f"承诺人 Promisor：{letter.issuer} {letter.issuer_en}")
    sheets.paragraph(f"受诺人 Promisee：{letter.exporter} {letter.exporter_en}")
    where, to = letter.country_text, letter.country_text_en
    made = "all of which were manufactured by the Promisor"
    clauses = [
        (
            f"受诺人将附表一所列车辆出口{'至' + where if where else ''}，该等车辆均由承诺人制造。",
            f"The Promisee exports the vehicles in Schedule 1{' to ' + to if to else ''}, {made}.",
        ),
        (
            "承诺人委托附表二所列网点提供维修、保养及配件服务。",
            "The Promisor entrusts the outlets in Schedule 2 with repair, maintenance and spare parts.",
        ),
    ]
    if letter.valid_until:
        until = f"本承诺书自签署之日起生效，至{chinese_date(letter.valid_until)}止。"
        expires = f"This Deed takes effect upon signing and expires on {ordinal_date(letter.valid_until)}."
        clauses.append((until, expires))
    for n, (chinese, english) in enumerate(clauses, 1):
        sheets.paragraph(f"{n}. {chinese}", hang=6)
        sheets.paragraph(english, indent=6, hang=6)
    sheets.down(2)
    sheets.paragraph("附表一 Schedule 1　车辆 Vehicles", bold=True)
    sheets.down(2)
    registered = words.choice(("首次注册日期 First registration", "注册登记日 Registered on"))
    rows = [("型号 Model", "品牌 Brand", registered, "车辆识别代号 VIN")]
    rows += [(v.model, f"{v.brand} {v.brand_en}", chinese_date(v.registration_date), v.vin) for v in letter.vehicles]
    grid(sheets, (36, 40, 38, 48), rows, size=3.4)
    if letter.outlets:
        sheets.need(30)
        sheets.paragraph("附表二 Schedule 2　服务网点 Service outlets", bold=True)
    for o in letter.outlets:
        sheets.paragraph(f"名称 Name: {o.name}")
        if o.address:
            sheets.paragraph(f"地址 Address: {o.address}", indent=6, hang=6)
        sheets.paragraph(f"联系人 Contact: {o.contact}　　电话 Phone: {o.phone}", indent=6)
    signed = words.choice(("签署日期 Signed on", "日期 Date"))
    close(sheets, (letter.issuer, f"{signed}: {ordinal_date(letter.issued_on)}"), mark="")


def dealer_annex(sheets: Sheets, letter: Letter) -> None:
    """A Chinese letter whose last page, after the seal, is an annex: the service network of the country."""
    words = wording_of(letter)
    letterhead(sheets, letter)
    sheets.headed = True
    if letter.number:
        at_right(sheets, letter.number)
    sheets.centre(
        words.choice(("关于出口车辆售后维修服务的确认函", "出口二手车售后维修服务确认书")), size=5.6, bold=True
    )
    sheets.down(2)
    sheets.paragraph(f"{letter.exporter}：")
    to = f"拟出口{letter.country_text}" if letter.country_text else "拟出口"
    sheets.paragraph(f"根据{NOTICE}要求，我公司对贵公司{to}的以下车辆予以确认：", indent=8.4)
    for n, v in enumerate(letter.vehicles, 1):
        day = f"{chinese_date(v.registration_date)}{words.choice(('登记注册', '初次登记'))}"
        sheets.paragraph(f"{n}、{v.brand}{v.model}，车架号{v.vin}，{day}。", indent=8.4, hang=8.4)
    sheets.paragraph(
        f"上述车辆系我公司生产，在{words.choice(('当地', '目的国'))}由附件所列服务商承担售后维修。", indent=8.4
    )
    if letter.valid_until:
        sheets.paragraph(f"本函有效期截至{chinese_date(letter.valid_until)}。", indent=8.4)
    if letter.outlets:
        sheets.paragraph("附件：境外售后服务网络一览表", indent=8.4)
    close(sheets, (letter.issuer, chinese_date(letter.issued_on)), mark="（公章）")
    if not letter.outlets:
        return
    sheets.turn_over()
    sheets.paragraph("附件")
    sheets.centre("境外售后服务网络一览表", size=5.2, bold=True)
    sheets.down(3)
    rows = [("国别", "服务商名称", "地址", "联系方式")]
    rows += [(letter.country_text, o.name, o.address, f"{o.contact} {o.phone}") for o in letter.outlets]
    grid(sheets, (20, 44, 46, 52), rows, size=3.4)
    sheets.paragraph(f"生产企业服务热线：{home_phone(words)}（仅限中国境内）")


LAYOUTS: dict[str, Callable[[Sheets, Letter], None]] = {
    "whom_concern": whom_concern,
    "boxed_sheet": boxed_sheet,
    "outgoing_ru": outgoing_ru,
    "declaration_es": declaration_es,
    "deed_clauses": deed_clauses,
    "dealer_annex": dealer_annex,
}
ENGLISH = frozenset({"whom_concern"})
PLACES = {
    "outgoing_ru": ("RU", "KZ", "KG", "UZ", "TJ", "TM", "BY", "AZ", "AM", "GE"),
    "declaration_es": ("MX", "CL", "PE", "CO", "GQ"),
}
