# ruff: noqa: E501 - an office's words read best where they are chosen
"""A second set of offices, drawn up after the first was understood: a memo, a certificate, ticked boxes, an e-mail."""

from __future__ import annotations

from collections.abc import Callable

from babel import Locale

from samples.content import Letter
from samples.layouts.closing import chinese_date, close, english_date, grid
from samples.layouts.wording import NOTICE_DATED, Span, by_model, home_phone, span_table, wording_of
from samples.paper.sheet import Sheets

_PORTUGUESE, _RUSSIAN = Locale("pt"), Locale("ru")
_MONTHS = [
    "janeiro",
    "fevereiro",
    "março",
    "abril",
    "maio",
    "junho",
    "julho",
    "agosto",
    "setembro",
    "outubro",
    "novembro",
    "dezembro",
]


def memorandum(sheets: Sheets, letter: Letter) -> None:
    """An English memorandum: TO, FROM, DATE and RE over a rule, then sentences and a list of vehicles."""
    words = wording_of(letter)
    sheets.put(
        sheets.left, words.choice(("MEMORANDUM OF AFTER-SALES COMMITMENT", "AFTER-SALES SERVICE GUARANTEE")), size=5.2
    )
    sheets.down(10)
    heads = [
        ("TO", letter.exporter_en), ("FROM", letter.issuer_en), ("DATE", english_date(letter.issued_on)),
        (words.choice(("REF", "OUR REF", "MEMO NO.")), letter.number), ("RE", "After-sales maintenance of exported used cars"),
    ]  # fmt: skip
    for label, value in (pair for pair in heads if pair[1]):
        sheets.put(sheets.left, f"{label}:")
        sheets.put(sheets.left + 30, value)
        sheets.down(7)
    to = f" for delivery to customers in {letter.country_text_en}" if letter.country_text_en else ""
    sheets.paragraph(f"You export the vehicles below{to}. As their manufacturer we guarantee maintenance there.")
    for number, v in enumerate(letter.vehicles, 1):
        sheets.paragraph(
            f"({number}) VIN {v.vin} / {v.brand_en} / {v.model} / {words.choice(('reg.', 'registered'))} "
            f"{english_date(v.registration_date)}", hang=7,
        )  # fmt: skip
    if letter.outlets:
        sheets.paragraph(
            words.choice(("Your customers may turn to:", "Local repairers:", "Maintenance partners on site:"))
        )
    for o in letter.outlets:
        sheets.paragraph(f"- {o.name}", indent=5)
        if o.address:
            sheets.paragraph(o.address, indent=9, hang=9)
        sheets.paragraph(f"{o.contact}, {words.choice(('ph.', 'phone', 'T:'))} {o.phone}", indent=9)
    if letter.valid_until:
        sheets.paragraph(
            f"{words.choice(('We stand by this until', 'This guarantee ends on'))} {english_date(letter.valid_until)}."
        )
    close(sheets, (letter.issuer_en, "(company chop)"), mark="")


def certifying(sheets: Sheets, letter: Letter) -> None:
    """A certificate that begins 兹证明; VINs two a line under each model, one registration date a model's list."""
    words = wording_of(letter)
    sheets.centre("证　明", size=8.0, bold=True)
    sheets.centre("（出口车辆售后服务）", size=4.4)
    if letter.number:
        text = f"{words.choice(('证字第', '售后证字'))}　{letter.number}"
        sheets.put(sheets.right - sheets.width(text), text)
        sheets.down(9)
    where = f"出口{letter.country_text}" if letter.country_text else "出口"
    sheets.paragraph(
        f"兹证明{letter.exporter}{where}的下列车辆为我公司产品，我公司委托当地企业负责其维修保养。", indent=8.4
    )
    for model, vehicles in by_model(letter.vehicles):
        sheets.paragraph(
            f"{words.choice(('型号', '产品型号'))}：{vehicles[0].brand}{model}（{len(vehicles)}辆）", bold=True
        )
        for v in vehicles:
            sheets.paragraph(
                f"{v.vin}　　{chinese_date(v.registration_date)}{words.choice(('上牌', '注册登记', '初次登记'))}",
                indent=6,
            )
    for o in letter.outlets:
        at = f"（{o.address}）" if o.address else ""
        sheets.paragraph(f"{words.choice(('受托企业', '维修承担方', '受托维修单位'))}：{o.name}{at}")
        sheets.paragraph(
            f"{words.choice(('经理', '联系人', '负责人'))}：{o.contact}　　{words.choice(('电话', '手机'))}：{o.phone}",
            indent=6,
        )
    if letter.valid_until:
        sheets.paragraph(f"本证明{chinese_date(letter.valid_until)}前有效。", indent=8.4)
    sheets.paragraph(f"（依据{NOTICE_DATED}开具）", indent=8.4)
    close(sheets, (letter.issuer, chinese_date(letter.issued_on)), mark="")


def ticked(sheets: Sheets, letter: Letter) -> None:
    """A ruled form with ticked boxes, units behind values and remarks under them."""
    words = wording_of(letter)
    sheets.centre(words.choice(("二手车出口售后维修服务确认单", "售后服务保障确认单")), size=6.0, bold=True)
    sheets.down(2)
    rows: list[list[Span]] = [
        [Span("单据编码"), Span(letter.number, 3)], [Span("出口方"), Span(letter.exporter, 3)],
        [Span("确认事项"), Span("☑维修　☑保养　☑备件供应　□其他", 3)],
    ]  # fmt: skip
    if letter.country_text:
        rows.append(
            [Span(words.choice(("出口去向", "车辆目的国", "销售国别"))), Span(f"☑{letter.country_text}　□其他国家", 3)]
        )
    for number, v in enumerate(letter.vehicles, 1):
        rows.append([Span(f"车辆{number}", down=2), Span(f"车架号：{v.vin}", 2), Span(f"{v.brand}")])
        rows.append(
            [
                Span(f"型号：{v.model}", 2),
                Span(f"{words.choice(('登记', '上牌'))}：{chinese_date(v.registration_date)}"),
            ]
        )
    for number, o in enumerate(letter.outlets, 1):
        rows.append([Span(f"网点{number}", down=2), Span(o.name, 2), Span(o.phone)])
        rows.append([Span(o.address, 2), Span(o.contact)])
    if letter.valid_until:
        rows.append([Span("截止日期"), Span(chinese_date(letter.valid_until), 3)])
    span_table(sheets, (30, 52, 30, 50), rows, size=3.6)
    close(sheets, (letter.issuer, chinese_date(letter.issued_on)), mark="（盖章）")


def printed_mail(sheets: Sheets, letter: Letter) -> None:
    """A printed and stamped message: sender, addressee and subject in lines, sentences, the outlets indented."""
    words = wording_of(letter)
    sheets.paragraph(f"发件：{letter.issuer}海外业务联系人 <service@example-auto.cn>")
    sheets.paragraph(f"收件：{letter.exporter}")
    sheets.paragraph(
        f"主题：{words.choice(('关于出口车辆售后维修服务的确认', '售后服务确认书'))} {letter.number}".rstrip()
    )
    sheets.down(4)
    sheets.paragraph("您好：")
    to = f"贵司将车辆出口到{letter.country_text}" if letter.country_text else "贵司将车辆出口"
    sheets.paragraph(f"{to}，我司作为生产企业确认以下{letter.count}台车在当地可获得售后维修服务。")
    for v in letter.vehicles:
        day = v.registration_date
        sheets.paragraph(
            f"· {v.brand} {v.model} | {v.vin} | {words.choice(('注册', '登记'))} {day.year}/{day.month:02d}/{day.day:02d}"
        )
    sheets.paragraph(words.choice(("当地维修找：", "当地售后：", "服务商如下：")))
    for o in letter.outlets:
        sheets.paragraph(f"{o.name} | {o.address or '—'} | {o.contact} | {o.phone}", indent=6, hang=6)
    if letter.valid_until:
        sheets.paragraph(f"此确认的有效期截至{chinese_date(letter.valid_until)}。")
    close(sheets, (letter.issuer, chinese_date(letter.issued_on)), mark="（公章）")
    sheets.down(16)
    sheets.paragraph(f"{letter.city}汽车产业园 电话：{home_phone(words)} 邮编：130000")


def portuguese_letter(sheets: Sheets, letter: Letter) -> None:
    """A Portuguese letter with Chinese names in brackets, label lines, dates in words."""
    words = wording_of(letter)
    sheets.paragraph(letter.issuer_en, bold=True)
    sheets.centre(
        words.choice(("CARTA DE CONFIRMAÇÃO DE SERVIÇO PÓS-VENDA", "Confirmação de assistência pós-venda")),
        size=4.8,
        bold=True,
    )
    sheets.centre("售后维修服务确认书", size=4.4)
    sheets.down(2)
    if letter.number:
        sheets.paragraph(f"{words.choice(('N.º', 'Ref.ª', 'Referência'))}: {letter.number}")
    sheets.paragraph(
        f"Data: {letter.issued_on.day} de {_MONTHS[letter.issued_on.month - 1]} de {letter.issued_on.year}"
    )
    sheets.paragraph(f"Exportador: {letter.exporter_en} ({letter.exporter})")
    if letter.country_text:
        name = _PORTUGUESE.territories[letter.country]
        sheets.paragraph(f"{words.choice(('País de destino', 'Destino'))}: {name} ({letter.country_text})")
    for v in letter.vehicles:
        day = f"{v.registration_date.day} de {_MONTHS[v.registration_date.month - 1]} de {v.registration_date.year}"
        sheets.paragraph(f"Chassi: {v.vin}    Marca: {v.brand_en} ({v.brand})    Modelo: {v.model}")
        sheets.paragraph(f"Data de matrícula: {day}", indent=6)
    for o in letter.outlets:
        sheets.paragraph(f"{words.choice(('Oficina autorizada', 'Oficina', 'Prestador do serviço'))}: {o.name}")
        if o.address:
            sheets.paragraph(f"{words.choice(('Endereço', 'Morada'))}: {o.address}")
        sheets.paragraph(f"Responsável: {o.contact}    Telefone: {o.phone}")
    if letter.valid_until:
        until = letter.valid_until
        sheets.paragraph(f"Válido até {until.day} de {_MONTHS[until.month - 1]} de {until.year}.")
    close(sheets, (letter.issuer, letter.issuer_en), mark="")


def russian_form(sheets: Sheets, letter: Letter) -> None:
    """A Russian form: label cells at the left, vehicles and outlets in tables, Chinese twins under the labels."""
    words = wording_of(letter)
    sheets.centre(
        words.choice(("ГАРАНТИЙНОЕ ПИСЬМО О СЕРВИСНОМ ОБСЛУЖИВАНИИ", "ПОДТВЕРЖДЕНИЕ СЕРВИСНОГО ОБСЛУЖИВАНИЯ")),
        size=4.8,
        bold=True,
    )
    sheets.centre("售后维修服务确认书", size=4.6)
    sheets.down(2)
    country = f"{_RUSSIAN.territories[letter.country]} {letter.country_text}" if letter.country_text else ""
    rows = [
        (words.choice(("Номер документа 编号", "Номер 编号")), letter.number),
        ("Дата оформления 出具日期", f"{letter.issued_on:%d.%m.%Y}"),
        (words.choice(("Экспортёр 出口企业", "Отправитель 出口商")), f"{letter.exporter} {letter.exporter_en}"),
        (words.choice(("Страна назначения 目的国", "Куда поставляется 出口国")), country),
        ("Изготовитель 生产企业", f"{letter.issuer} {letter.issuer_en}"),
        ("Срок действия до 有效期至", f"{letter.valid_until:%d.%m.%Y}" if letter.valid_until else ""),
    ]
    grid(sheets, (58, 104), [row for row in rows if row[1]], size=3.5, head=False)
    rows4 = [("VIN 车架号", "Марка 品牌", "Модель 型号", "Первая регистрация 登记日期")]
    rows4 += [(v.vin, f"{v.brand} {v.brand_en}", v.model, f"{v.registration_date:%d.%m.%Y}") for v in letter.vehicles]
    grid(sheets, (50, 38, 34, 40), rows4, size=3.4)
    rows3 = [("Сервисная организация 服务网点", "Адрес 地址", "Контакт 联系人", "Телефон 电话")]
    rows3 += [(o.name, o.address, o.contact, o.phone) for o in letter.outlets]
    if letter.outlets:
        grid(sheets, (48, 52, 28, 34), rows3, size=3.4)
    close(sheets, (letter.issuer, f"{letter.issued_on:%d.%m.%Y}"), mark="（М.П. 公章）")


LAYOUTS: dict[str, Callable[[Sheets, Letter], None]] = {
    "memorandum": memorandum,
    "certifying": certifying,
    "ticked": ticked,
    "printed_mail": printed_mail,
    "portuguese_letter": portuguese_letter,
    "russian_form": russian_form,
}
ENGLISH = frozenset({"memorandum"})
PLACES = {
    "portuguese_letter": ("BR", "GQ", "CI", "ZA"),
    "russian_form": ("RU", "KZ", "KG", "UZ", "TJ", "TM", "BY", "AZ", "AM", "GE", "MN"),
}
