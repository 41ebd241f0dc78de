"""Letters in Chinese and a language of the destination, and an English form."""

from __future__ import annotations

from collections.abc import Callable

from babel import Locale

from samples.content import Letter
from samples.layouts.closing import chinese_date, close, english_date, grid, letterhead
from samples.paper.sheet import Sheets
from samples.world.native import NATIVE

_SPANISH, _FRENCH, _RUSSIAN, _ARABIC = (Locale(code) for code in ("es", "fr", "ru", "ar"))


def _named(letter: Letter, locale: Locale) -> str:
    """Return the destination in a language, nothing where the letter names none."""
    return locale.territories.get(letter.country, letter.country_text_en) if letter.country_text else ""


def bilingual_es(sheets: Sheets, letter: Letter) -> None:
    """Chinese and Spanish in one table of label and value, the vehicles in another."""
    letterhead(sheets, letter)
    sheets.centre("售后维修服务确认书", size=5.8, bold=True)
    sheets.centre("Carta de confirmación del servicio posventa", size=4.8, bold=True)
    sheets.down(3)
    country = f"{letter.country_text} / {_named(letter, _SPANISH)}" if letter.country_text else ""
    rows = [
        ("编号 / N.º de carta", letter.number),
        ("出口企业 / Exportador", f"{letter.exporter} / {letter.exporter_en}"),
        ("目的国 / País de destino", country),
    ]
    grid(sheets, (52, 110), [row for row in rows if row[1]], size=3.7, head=False)
    rows4 = [("车架号 / N.º de bastidor", "品牌 / Marca", "型号 / Modelo", "登记日期 / Fecha de matrícula")]
    rows4 += [(v.vin, f"{v.brand} {v.brand_en}", v.model, f"{v.registration_date:%d/%m/%Y}") for v in letter.vehicles]
    grid(sheets, (54, 40, 32, 36), rows4, size=3.5)
    for o in letter.outlets:
        sheets.paragraph(f"服务网点 / Taller autorizado: {o.name}")
        if o.address:
            sheets.paragraph(f"地址 / Dirección: {o.address}")
        sheets.paragraph(f"联系人 / Contacto: {o.contact}    电话 / Teléfono: {o.phone}")
    if letter.valid_until:
        sheets.paragraph(f"有效期至 / Válido hasta el: {letter.valid_until:%d/%m/%Y}")
    close(sheets, (letter.issuer, letter.issuer_en, f"{letter.issued_on:%d/%m/%Y}"), mark="")


def bilingual_fr(sheets: Sheets, letter: Letter) -> None:
    """The Chinese letter first, then the same in French on the lower half, one table for both."""
    sheets.centre("汽车售后服务确认函", size=6.2, bold=True)
    sheets.centre("Lettre de confirmation du service après-vente", size=4.6)
    sheets.down(2)
    if letter.number:
        sheets.paragraph(f"编号 N° {letter.number}")
    where = f"出口到{letter.country_text}的" if letter.country_text else "出口的"
    sheets.paragraph(f"{letter.exporter}：贵司{where}下表车辆由我公司生产，售后维修由下表服务商承担。", indent=8)
    to = f" à destination de : {_named(letter, _FRENCH)}" if letter.country_text else ""
    sheets.paragraph(
        f"Nous confirmons à {letter.exporter_en} que les véhicules ci-dessous, exportés{to}, sont entretenus par les "
        "garages ci-dessous."
    )
    rows = [("车架号\u2002VIN / châssis", "品牌\u2002Marque", "车型\u2002Modèle", "注册日期\u2002Immatriculation")]
    rows += [(v.vin, f"{v.brand} {v.brand_en}", v.model, v.registration_date.isoformat()) for v in letter.vehicles]
    grid(sheets, (54, 40, 32, 36), rows, size=3.5, ruled=False)
    rows = [("服务商\u2002Garage", "地址\u2002Adresse", "电话\u2002Téléphone")]
    rows += [(o.name, o.address, f"{o.phone}（{o.contact}）") for o in letter.outlets]
    if letter.outlets:
        grid(sheets, (52, 66, 44), rows, size=3.5, ruled=False)
    if letter.valid_until:
        sheets.paragraph(f"有效期至 Valable jusqu'au {letter.valid_until.isoformat()}")
    close(sheets, (letter.issuer, letter.issued_on.isoformat()), mark="（盖章）")


def trilingual_ru(sheets: Sheets, letter: Letter) -> None:
    """Every line in Chinese, Russian and English under each other; vehicles one by one."""
    sheets.size_mm = 3.8
    for text, size in (("售后维修服务确认书", 6.0), ("Подтверждение сервисного обслуживания", 4.4)):
        sheets.centre(text, size=size, bold=True)
    sheets.centre("Confirmation of after-sales service", size=4.0)
    sheets.down(2)
    heads = [("编号 / Номер / No.", letter.number), ("出口商 / Экспортёр / Exporter", letter.exporter)]
    if letter.country_text:
        names = f"{letter.country_text} / {_named(letter, _RUSSIAN)} / {letter.country_text_en}"
        heads.append(("目的国 / Страна назначения / Destination", names))
    for label, value in heads:
        if value:
            sheets.paragraph(label, bold=True)
            sheets.paragraph(value, indent=6)
    for number, v in enumerate(letter.vehicles, 1):
        sheets.need(20)
        sheets.paragraph(f"{number}) VIN: {v.vin}")
        sheets.paragraph(f"品牌 / Марка / Brand: {v.brand} ({v.brand_en})", indent=6)
        sheets.paragraph(f"型号 / Модель / Model: {v.model}", indent=6)
        sheets.paragraph(f"注册日期 / Дата регистрации / Registered: {v.registration_date:%d.%m.%Y}", indent=6)
    rows = [("服务商 / Сервисный центр / Service centre", "地址 / Адрес / Address", "电话 / Телефон / Tel.")]
    rows += [(f"{o.name} ({o.contact})", o.address, o.phone) for o in letter.outlets]
    if letter.outlets:
        grid(sheets, (56, 64, 42), rows, size=3.4)
    if letter.valid_until:
        sheets.paragraph(f"有效期至 / Действительно до / Valid until: {letter.valid_until:%d.%m.%Y}")
    close(sheets, (letter.issuer, letter.issuer_en, f"{letter.issued_on:%d.%m.%Y}"), mark="")


def bilingual_ar(sheets: Sheets, letter: Letter) -> None:
    """Chinese labels with Arabic ones at the right edge, outlets as the destination writes them."""
    sheets.centre("售后维修服务确认书", size=6.4, bold=True)
    sheets.centre("خطاب تأكيد خدمة ما بعد البيع", size=5.4)
    sheets.down(3)
    lines = [("编号", letter.number, "الرقم"), ("出口企业", letter.exporter, "المصدر")]
    if letter.country_text:
        lines.append(("目的国", f"{letter.country_text}　{_named(letter, _ARABIC)}", "بلد المقصد"))
    for label, value, arabic in lines:
        if value:
            sheets.put(sheets.right - sheets.width(arabic), arabic)
            sheets.paragraph(f"{label}：{value}")
    rows = [("车架号 رقم الهيكل", "品牌 العلامة", "型号 الطراز", "注册日期 تاريخ التسجيل")]
    rows += [(v.vin, v.brand, v.model, v.registration_date.isoformat()) for v in letter.vehicles]
    grid(sheets, (56, 34, 34, 38), rows, size=3.6)
    rows = [("服务网点 مركز الخدمة", "地址 العنوان", "联系人 المسؤول", "电话 الهاتف")]
    rows += [(o.name, o.address, o.contact, o.phone) for o in letter.outlets]
    if letter.outlets:
        grid(sheets, (48, 50, 26, 38), rows, size=3.4)
    if letter.valid_until:
        sheets.paragraph(f"有效期至：{chinese_date(letter.valid_until)}")
    close(sheets, (letter.issuer, chinese_date(letter.issued_on)))


def english_form(sheets: Sheets, letter: Letter) -> None:
    """An English form: numbered boxes with small captions over their values."""
    sheets.size_mm = 3.7
    sheets.centre("AFTER-SALES MAINTENANCE SERVICE CONFIRMATION", size=5.0, bold=True)
    sheets.down(3)
    rows = [
        ("1. Manufacturer", letter.issuer_en),
        ("2. Exporter", letter.exporter_en),
        ("3. Country of destination", letter.country_text_en),
        ("4. Reference number", letter.number),
        ("5. Number of vehicles", str(letter.count)),
        ("6. Date of issue", english_date(letter.issued_on)),
        ("7. Valid until", english_date(letter.valid_until) if letter.valid_until else ""),
    ]
    grid(sheets, (52, 110), [row for row in rows if row[1]], size=3.7, head=False)
    for number, v in enumerate(letter.vehicles, 1):
        pairs = [("VIN", v.vin, "Make", v.brand_en)]
        pairs += [("Type", v.model, "Registered", english_date(v.registration_date))]
        sheets.need(30)
        sheets.paragraph(f"8.{number} Vehicle", bold=True)
        grid(sheets, (22, 62, 26, 52), pairs, size=3.5, head=False)
    for number, o in enumerate(letter.outlets, 1):
        sheets.need(36)
        sheets.paragraph(f"9.{number} Service outlet", bold=True)
        pairs2 = [("Name", o.name), ("Address", o.address), ("Contact person", o.contact), ("Telephone", o.phone)]
        grid(sheets, (36, 126), [pair for pair in pairs2 if pair[1]], size=3.5, head=False)
    close(sheets, (letter.issuer_en, "Authorised seal"), mark="")


LAYOUTS: dict[str, Callable[[Sheets, Letter], None]] = {
    "bilingual_es": bilingual_es,
    "bilingual_fr": bilingual_fr,
    "trilingual_ru": trilingual_ru,
    "bilingual_ar": bilingual_ar,
    "english_form": english_form,
}
ENGLISH = frozenset({"english_form"})
PLACES = {
    "bilingual_es": ("MX", "CL", "PE", "CO", "GQ"),
    "bilingual_fr": ("DZ", "MA", "NE", "CD", "CG", "CI", "SN", "ML", "GN"),
    "trilingual_ru": ("RU", "KZ", "KG", "UZ", "TJ", "TM", "BY", "AZ", "AM", "GE", "MN"),
    "bilingual_ar": tuple(NATIVE),
}
"""Layouts in a language of certain destinations only."""
