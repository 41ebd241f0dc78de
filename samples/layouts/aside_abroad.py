"""Layouts in the languages of the destinations, once kept aside, since released to tuning."""

from __future__ import annotations

from collections.abc import Callable

from babel import Locale

from samples.content import Letter
from samples.layouts.closing import chinese_date, close, english_date, grid
from samples.paper.sheet import Rule, Sheets

_FRENCH, _RUSSIAN = Locale("fr"), Locale("ru")


def numbered_english(sheets: Sheets, letter: Letter) -> None:
    """An English business letter: sender's block at the right, subject line, numbered paragraphs, signature block."""
    sheets.left, sheets.right, sheets.size_mm = 30.0, 180.0, 4.0
    for line in (letter.issuer_en, "88 Automobile Avenue, High-tech Zone", "P. R. China", "export@maker.example"):
        size = 4.0 if line == letter.issuer_en else 3.4
        sheets.put(sheets.right - sheets.width(line, size), line, size=size, bold=line == letter.issuer_en)
        sheets.down(5.4)
    sheets.down(6)
    if letter.number:
        sheets.paragraph(f"Our ref: {letter.number}")
    sheets.paragraph(letter.exporter_en)
    sheets.down(4)
    sheets.paragraph("Dear Sirs,")
    to = f" to {letter.country_text_en}" if letter.country_text_en else ""
    sheets.paragraph(
        f"RE: CONFIRMATION OF AFTER-SALES SERVICE FOR {letter.count} USED VEHICLE(S) SHIPPED{to.upper()}", bold=True
    )
    sheets.paragraph(f"1. We built the units named in paragraph 3 and take note that you are going to ship them{to}.")
    sheets.paragraph("2. Repairs, warranty and parts will be handled locally by:")
    for letter_of, o in zip("abcdefgh", letter.outlets, strict=False):
        sheets.paragraph(f"({letter_of}) {o.name}", indent=8)
        if o.address:
            sheets.paragraph(o.address, indent=15, hang=15)
        sheets.paragraph(f"Attn. {o.contact}, phone {o.phone}", indent=15)
    sheets.paragraph("3. The units concerned:")
    for v in letter.vehicles:
        sheets.need(14)
        sheets.paragraph(f"Chassis {v.vin} - {v.brand_en} {v.model}", indent=8)
        sheets.paragraph(f"first registered {english_date(v.registration_date)}", indent=15)
    if letter.valid_until:
        sheets.paragraph(f"4. This undertaking lapses on {english_date(letter.valid_until)} unless renewed.")
    sheets.paragraph("Yours faithfully,")
    close(sheets, (f"For and on behalf of {letter.issuer_en}", f"Dated {english_date(letter.issued_on)}"), mark="")


def agreement_ru(sheets: Sheets, letter: Letter) -> None:
    """Clauses in two columns, Chinese at the left and Russian at the right, a rule between; lists across both."""
    sheets.left, sheets.right, sheets.size_mm = 18.0, 192.0, 3.7
    sheets.centre("售后维修服务确认书 / ПОДТВЕРЖДЕНИЕ СЕРВИСНОГО ОБСЛУЖИВАНИЯ", size=4.3, bold=True)
    sheets.down(3)
    country_ru = _RUSSIAN.territories.get(letter.country, "") if letter.country_text else ""
    to, to_ru = (f"运往{letter.country_text}", f", страна ввоза: {country_ru}") if letter.country_text else ("", "")
    clauses = [
        (f"编号：{letter.number}", f"Исх. № {letter.number}"),
        (
            f"制造商{letter.issuer}就{letter.exporter}{to}的汽车作如下保障：",
            f"Изготовитель {letter.issuer_en} настоящим подтверждает в отношении автомобилей, поставляемых "
            f"компанией {letter.exporter_en}{to_ru}:",
        ),
        (
            "1. 表列汽车在进口国享有维修与备件供应。",
            "1. Перечисленные ниже автомобили обеспечены ремонтом и запасными частями в стране ввоза.",
        ),
        (
            "2. 维修由表列服务站承担。",
            "2. Ремонт осуществляют указанные ниже станции технического обслуживания.",
        ),
    ]
    if letter.valid_until:
        day = letter.valid_until
        clauses.append((f"3. 有效期至{chinese_date(day)}。", f"3. Действительно до {day:%d.%m.%Y}."))
    _side_by_side(sheets, clauses)
    rows = [("VIN / Идентификационный номер", "型号 / Марка, модель", "登记 / Дата учёта")]
    rows += [(v.vin, f"{v.brand} {v.brand_en} {v.model}", f"{v.registration_date:%d.%m.%Y}") for v in letter.vehicles]
    grid(sheets, (60, 72, 42), rows, size=3.4)
    rows = [("服务站 / СТО", "地址 / Адрес", "电话 / Тел.")]
    rows += [(f"{o.name}\u2002{o.contact}", o.address, o.phone) for o in letter.outlets]
    grid(sheets, (62, 70, 42), rows, size=3.4)
    close(sheets, (letter.issuer, f"{letter.issued_on:%d.%m.%Y}"), mark="")


def _side_by_side(sheets: Sheets, clauses: list[tuple[str, str]]) -> None:
    left, right = sheets.left, (sheets.left + sheets.right) / 2 + 3
    top = sheets.y - 4
    for pair in clauses:
        pieces = [sheets.broken(text, right - left - 8) for text in pair]
        for number in range(max(map(len, pieces))):
            for x, lines in zip((left, right), pieces, strict=True):
                if number < len(lines):
                    sheets.put(x, lines[number])
            sheets.down(5.8)
        sheets.down(1.5)
    middle = right - 4
    sheets.pages[-1].append(Rule(middle, top, middle, sheets.y - 5, 0.2))
    sheets.down(4)


def attestation_fr(sheets: Sheets, letter: Letter) -> None:
    """A French attestation with the Chinese under each line in brackets."""
    sheets.left = 28.0
    sheets.centre("ATTESTATION DE SERVICE APRÈS-VENTE", size=5.6, bold=True)
    sheets.centre("（售后维修服务确认书）", size=4.6)
    sheets.down(4)
    if letter.number:
        sheets.paragraph(f"Réf. : {letter.number}")
    country = _FRENCH.territories.get(letter.country, letter.country_text_en)
    sheets.paragraph(f"Nous soussignés, {letter.issuer_en}, constructeur, attestons que les véhicules exportés par")
    sheets.paragraph(f"{letter.exporter_en}（{letter.exporter}）")
    sheets.paragraph("seront entretenus et réparés par le réseau désigné ci-dessous.")
    if letter.country_text:
        sheets.paragraph(f"Pays de destination : {country}（{letter.country_text}）")
    for v in letter.vehicles:
        sheets.need(22)
        sheets.paragraph(f"N° de châssis（车架号） : {v.vin}", bold=True)
        sheets.paragraph(f"Marque（品牌） : {v.brand_en}（{v.brand}）   Type（型号） : {v.model}", indent=6)
        sheets.paragraph(f"Date d’immatriculation（注册日期） : {v.registration_date:%d/%m/%Y}", indent=6)
    sheets.paragraph("Réseau après-vente（服务网点）", bold=True)
    for o in letter.outlets:
        sheets.paragraph(f"Atelier（名称） : {o.name}", indent=6, hang=6)
        if o.address:
            sheets.paragraph(f"Adresse（地址） : {o.address}", indent=6, hang=6)
        sheets.paragraph(f"Responsable（联系人） : {o.contact}   Tél. : {o.phone}", indent=6)
    if letter.valid_until:
        sheets.paragraph(f"Valable jusqu’au（有效期至） : {letter.valid_until:%d/%m/%Y}")
    close(sheets, (letter.issuer, letter.issuer_en, f"Fait le {letter.issued_on:%d/%m/%Y}"), mark="")


LAYOUTS: dict[str, Callable[[Sheets, Letter], None]] = {
    "numbered_english": numbered_english,
    "agreement_ru": agreement_ru,
    "attestation_fr": attestation_fr,
}
PLACES = {
    "agreement_ru": ("RU", "KZ", "KG", "UZ", "TJ", "TM", "BY", "AZ", "AM", "GE", "MN"),
    "attestation_fr": ("DZ", "MA", "NE", "CD", "CG", "CI", "SN", "ML", "GN"),
}
"""Layouts in a language of certain destinations only."""
