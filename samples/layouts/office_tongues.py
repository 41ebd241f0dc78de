# ruff: noqa: E501 - an office's words read best where they are chosen
"""Letters in two languages: one over the other in each cell, side by side, or Chinese with the destination's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from babel import Locale

from samples.content import Letter
from samples.layouts.closing import chinese_date, close, english_date, grid
from samples.layouts.wording import wording_of
from samples.paper.sheet import Sheets
from samples.world.native import NATIVE

_SPANISH, _FRENCH, _RUSSIAN, _ARABIC = (Locale(code) for code in ("es", "fr", "ru", "ar"))
_RUSSIAN_MONTHS = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]
_SPANISH_MONTHS = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]
_FRENCH_MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]


def _named(letter: Letter, locale: Locale) -> str:
    return locale.territories.get(letter.country, letter.country_text_en) if letter.country_text else ""


def over_each_other(sheets: Sheets, letter: Letter) -> None:
    """Every cell of the tables holds Chinese over English, labels and values alike."""
    words = wording_of(letter)
    sheets.centre("售后维修服务确认书", size=6.0, bold=True)
    sheets.centre(
        words.choice(("Confirmation of After-sales Maintenance", "AFTER-SALES SERVICE CONFIRMATION")),
        size=4.4,
        bold=True,
    )
    sheets.down(2)
    number = words.choice(("编号 Ref. No.", "确认书编号 Confirmation No.", "文件号 Document No."))
    country = words.choice(("目的国 Destination country", "出口国家 Export country", "出口目的地 Export destination"))
    rows = [
        (number, letter.number), ("出口企业 Exporter", f"{letter.exporter} {letter.exporter_en}"),
        (country, f"{letter.country_text} {letter.country_text_en}" if letter.country_text else ""),
        ("签发日期 Date of issue", f"{chinese_date(letter.issued_on)} {english_date(letter.issued_on)}"),
    ]  # fmt: skip
    grid(sheets, (44, 118), [row for row in rows if row[1]], size=3.5, head=False)
    rows4 = [("车辆识别代号 VIN", "品牌 Brand", "型号 Model", "注册登记日期 Date of registration")]
    rows4 += [(v.vin, f"{v.brand} {v.brand_en}", v.model, v.registration_date.isoformat()) for v in letter.vehicles]
    grid(sheets, (48, 34, 36, 44), rows4, size=3.4)
    if letter.outlets:
        rows3 = [("服务网点 Service outlet", "地址 Address", "联系人及电话 Contact and telephone")]
        rows3 += [(o.name, o.address, f"{o.contact} {o.phone}") for o in letter.outlets]
        grid(sheets, (52, 64, 46), rows3, size=3.4)
    if letter.valid_until:
        until = f"{chinese_date(letter.valid_until)} {english_date(letter.valid_until)}"
        grid(sheets, (44, 118), [("有效期至 Valid until", until)], size=3.5, head=False)
    close(sheets, (letter.issuer, letter.issuer_en), mark="")


def facing_columns(sheets: Sheets, letter: Letter) -> None:
    """Chinese paragraphs in the left column, English ones in the right; vehicles and outlets in tables below."""
    words = wording_of(letter)
    sheets.centre("售后服务确认函  Service Confirmation Letter", size=5.0, bold=True)
    sheets.down(3)
    where, to = letter.country_text, letter.country_text_en
    pairs = [
        (f"{words.choice(('编号', '函件编号'))}：{letter.number}", f"{words.choice(('Letter No.', 'Ref.'))}: {letter.number}"),
        (f"致：{letter.exporter}", f"To: {letter.exporter_en}"),
        (
            f"我公司确认，贵公司{'出口至' + where if where else '出口'}的下列{letter.count}台车辆由我公司生产，"
            "售后维修服务由下列网点提供。",
            f"We confirm that the {letter.count} vehicles below, {'exported to ' + to if to else 'to be exported'}, were "
            "made by us and are serviced by the workshops listed.",
        ),
    ]  # fmt: skip
    middle = (sheets.left + sheets.right) / 2 + 2
    size = 3.6 * sheets.scale
    for chinese, english in pairs if letter.number else pairs[1:]:
        columns = [sheets.broken(text, middle - sheets.left - 7, size=size) for text in (chinese, english)]
        for x, lines in zip((sheets.left, middle), columns, strict=True):
            for number, line in enumerate(lines):
                sheets.put(x, line, size=size, y=sheets.y + 1.5 * size * number)
        sheets.down(1.5 * size * max(map(len, columns)) + 2)
    rows = [("VIN 车架号", "Make 品牌", "Type 车型", "Registered 登记日期")]
    rows += [(v.vin, f"{v.brand}/{v.brand_en}", v.model, v.registration_date.isoformat()) for v in letter.vehicles]
    grid(sheets, (50, 42, 36, 34), rows, size=3.4)
    if letter.outlets:
        sheets.paragraph("维修网点 / Workshops", bold=True)
    for number, o in enumerate(letter.outlets, 1):
        sheets.paragraph(f"{number}. {o.name}", bold=True)
        at = f"地址 Add.: {o.address}    " if o.address else ""
        sheets.paragraph(f"{at}联系 Contact: {o.contact}    电话 Tel: {o.phone}", indent=5, hang=5)
    if letter.valid_until:
        sheets.paragraph(f"有效期 Validity: {letter.valid_until.isoformat()}")
    close(sheets, (letter.issuer, letter.issuer_en, letter.issued_on.isoformat()), mark="")


def russian_letter(sheets: Sheets, letter: Letter) -> None:
    """A Russian letter with the Chinese names in brackets; vehicles in a list, outlets in sentences."""
    words = wording_of(letter)
    sheets.centre(letter.issuer, size=4.8, bold=True)
    sheets.centre(letter.issuer_en, size=3.8)
    sheets.down(3)
    if letter.number:
        sheets.paragraph(f"{words.choice(('Исх. №', 'Регистрационный №', 'Номер письма:'))} {letter.number}")
    day = letter.issued_on
    sheets.paragraph(f"Дата: {day.day} {_RUSSIAN_MONTHS[day.month - 1]} {day.year} г.")
    sheets.centre(
        words.choice(("ПИСЬМО-ПОДТВЕРЖДЕНИЕ", "Подтверждение послепродажного обслуживания")), size=5.2, bold=True
    )
    sheets.centre("（售后维修服务确认书）", size=4.2)
    sheets.down(2)
    sheets.paragraph(f"Экспортёр: {letter.exporter} ({letter.exporter_en})")
    if letter.country_text:
        label = words.choice(("Страна назначения", "Страна ввоза", "Страна поставки"))
        sheets.paragraph(f"{label}: {_named(letter, _RUSSIAN)} ({letter.country_text})")
    sheets.paragraph("Настоящим подтверждаем, что следующие автомобили нашего производства обеспечены сервисом:")
    for number, v in enumerate(letter.vehicles, 1):
        sheets.paragraph(
            f"{number}) {v.brand} ({v.brand_en}), модель {v.model}, VIN {v.vin}, "
            f"{words.choice(('дата регистрации', 'зарегистрирован'))} {v.registration_date:%d.%m.%Y}", hang=6,
        )  # fmt: skip
    for o in letter.outlets:
        at = f", адрес: {o.address}" if o.address else ""
        lead = words.choice(("Сервисный центр", "Станция техобслуживания", "Обслуживание выполняет"))
        sheets.paragraph(f"{lead}: {o.name}{at}, контактное лицо: {o.contact}, тел. {o.phone}.")
    if letter.valid_until:
        sheets.paragraph(f"Письмо действительно до {letter.valid_until:%d.%m.%Y}.")
    close(sheets, (letter.issuer, f"{letter.issued_on:%d.%m.%Y}"), mark="")


def spanish_letter(sheets: Sheets, letter: Letter) -> None:
    """A Spanish letter in sentences, dates in words, its vehicles in a table with Chinese heads beside."""
    words = wording_of(letter)
    sheets.paragraph(f"{letter.issuer_en}", bold=True)
    sheets.paragraph(letter.issuer)
    if letter.number:
        sheets.paragraph(f"{words.choice(('Referencia', 'Nuestra ref.', 'Carta N.º'))}: {letter.number}")
    sheets.paragraph(_in_words(letter.issued_on, _SPANISH_MONTHS, " de "))
    sheets.down(2)
    sheets.centre(
        words.choice(("CONFIRMACIÓN DE SERVICIO POSVENTA", "Carta de confirmación de servicio posventa")),
        size=5.0,
        bold=True,
    )
    sheets.centre("售后维修服务确认函", size=4.4)
    to = f" a {_named(letter, _SPANISH)}（{letter.country_text}）" if letter.country_text else ""
    sheets.paragraph(
        f"Confirmamos que los {letter.count} vehículos usados exportados{to} por {letter.exporter_en}（{letter.exporter}）"
        "fueron fabricados por nuestra empresa en China y reciben servicio posventa en destino."
    )
    rows = [("VIN / 车架号", "Marca / 品牌", "Modelo / 型号", "Matriculación / 注册日期")]
    rows += [(v.vin, f"{v.brand} {v.brand_en}", v.model, v.registration_date.isoformat()) for v in letter.vehicles]
    grid(sheets, (50, 40, 34, 38), rows, size=3.4)
    for o in letter.outlets:
        at = f", con domicilio en {o.address}" if o.address else ""
        lead = words.choice(("El taller autorizado es", "El servicio lo presta", "Taller autorizado:"))
        sheets.paragraph(f"{lead} {o.name}{at}. Contacto: {o.contact}. Teléfono: {o.phone}.")
    if letter.valid_until:
        sheets.paragraph(f"Esta carta es válida hasta el {_in_words(letter.valid_until, _SPANISH_MONTHS, ' de ')}.")
    close(sheets, (letter.issuer, letter.issuer_en), mark="")


def french_letter(sheets: Sheets, letter: Letter) -> None:
    """A French letter with place and date at the right, label lines, dates in words."""
    words = wording_of(letter)
    dated = f"Fait le {_in_words(letter.issued_on, _FRENCH_MONTHS, ' ')}"
    sheets.put(sheets.right - sheets.width(dated), dated)
    sheets.down(8)
    if letter.number:
        sheets.paragraph(f"{words.choice(('Réf.', 'N/Réf.', 'Référence'))} : {letter.number}")
    sheets.centre(
        words.choice(("ATTESTATION DE SERVICE APRÈS-VENTE", "Lettre de confirmation du service après-vente")),
        size=5.0,
        bold=True,
    )
    sheets.centre("（售后维修服务确认书）", size=4.2)
    sheets.down(2)
    sheets.paragraph(
        f"{words.choice(('Exportateur', 'Société exportatrice'))} : {letter.exporter_en} ({letter.exporter})"
    )
    if letter.country_text:
        label = words.choice(("Pays de destination", "Destination", "Pays d'importation"))
        sheets.paragraph(f"{label} : {_named(letter, _FRENCH)} ({letter.country_text})")
    sheets.paragraph("Pays d'origine : Chine (中国)")
    for number, v in enumerate(letter.vehicles, 1):
        sheets.paragraph(f"Véhicule {number} : {v.brand_en} {v.model} ({v.brand})", bold=True)
        day = _in_words(v.registration_date, _FRENCH_MONTHS, " ")
        sheets.paragraph(f"N° de châssis (VIN) : {v.vin}    Immatriculé le {day}", indent=6)
    for o in letter.outlets:
        sheets.paragraph(f"{words.choice(('Garage agréé', 'Atelier agréé', 'Prestataire'))} : {o.name}")
        if o.address:
            sheets.paragraph(f"Adresse : {o.address}", indent=6, hang=6)
        sheets.paragraph(f"Contact : {o.contact}    Tél. : {o.phone}", indent=6)
    if letter.valid_until:
        sheets.paragraph(f"Valable jusqu'au {_in_words(letter.valid_until, _FRENCH_MONTHS, ' ')}.")
    close(sheets, (letter.issuer, letter.issuer_en), mark="")


def arabic_english(sheets: Sheets, letter: Letter) -> None:
    """English labels with Arabic under them, outlets as the destination writes them, in label lines."""
    words = wording_of(letter)
    sheets.centre("AFTER-SALES SERVICE CONFIRMATION", size=5.0, bold=True)
    sheets.centre("تأكيد خدمات ما بعد البيع", size=5.0)
    sheets.down(3)
    pairs = [
        (words.choice(("Ref. No.", "Letter No.", "Reference")), letter.number), ("Date", english_date(letter.issued_on)),
        ("Exporter", letter.exporter_en),
        (words.choice(("Destination", "Export country")), f"{letter.country_text_en} - {_named(letter, _ARABIC)}" if letter.country_text else ""),
    ]  # fmt: skip
    for label, value in pairs:
        if value:
            sheets.paragraph(f"{label}: {value}")
    rows = [("Chassis No. رقم الهيكل", "Brand الماركة", "Model الطراز", "Registration date تاريخ التسجيل")]
    rows += [(v.vin, v.brand_en, v.model, english_date(v.registration_date)) for v in letter.vehicles]
    grid(sheets, (48, 34, 36, 44), rows, size=3.4)
    for o in letter.outlets:
        sheets.paragraph(f"Service center مركز الخدمة: {o.name}")
        if o.address:
            sheets.paragraph(f"Address العنوان: {o.address}")
        sheets.paragraph(f"Contact: {o.contact}    Tel: {o.phone}")
    if letter.valid_until:
        sheets.paragraph(f"Valid until {english_date(letter.valid_until)}")
    close(sheets, (letter.issuer_en, letter.issuer), mark="")


def _in_words(day: date, months: list[str], between: str) -> str:
    return between.join((str(day.day), months[day.month - 1], str(day.year)))


LAYOUTS: dict[str, Callable[[Sheets, Letter], None]] = {
    "over_each_other": over_each_other,
    "facing_columns": facing_columns,
    "russian_letter": russian_letter,
    "spanish_letter": spanish_letter,
    "french_letter": french_letter,
    "arabic_english": arabic_english,
}
PLACES = {
    "russian_letter": ("RU", "KZ", "KG", "UZ", "TJ", "TM", "BY", "AZ", "AM", "GE", "MN"),
    "spanish_letter": ("MX", "CL", "PE", "CO", "GQ"),
    "french_letter": ("DZ", "MA", "NE", "CD", "CG", "CI", "SN", "ML", "GN"),
    "arabic_english": tuple(NATIVE),
}
ALWAYS_NATIVE = frozenset({"arabic_english"})
