"""Layouts of the fourth kept-aside edition in English and in languages of the destinations, named after trees too."""

from __future__ import annotations

from collections.abc import Callable

from babel import Locale

from samples.content import Letter
from samples.layouts.aside_fourth import foot, right_of, sign_off
from samples.layouts.closing import chinese_date, english_date, grid
from samples.paper.sheet import Rule, Sheets
from samples.world.native import NATIVE

_SPANISH, _FRENCH, _RUSSIAN, _ARABIC = (Locale(code) for code in ("es", "fr", "ru", "ar"))


def _named(letter: Letter, locale: Locale) -> str:
    return locale.territories.get(letter.country, letter.country_text_en) if letter.country_text else ""


def elm(sheets: Sheets, letter: Letter) -> None:
    """A cover sheet with a block of reference and subject, signed; two annexes on pages of their own."""
    foot(sheets, f"{letter.issuer_en}  |  No. 6 Innovation Road, P.R. China  |  Fax +86 000 8888 0000")
    sheets.put(
        sheets.left, letter.issuer_en, size=min(5.2, 5.2 * 160 / sheets.width(letter.issuer_en, 5.2, True)), bold=True
    )
    sheets.down(12)
    rows = [
        ("To:", letter.exporter_en),
        ("Our file:", letter.number),
        ("Date:", f"{letter.issued_on:%d-%b-%Y}"),
        ("Subject:", "Manufacturer's undertaking on overseas servicing"),
        ("Enclosures:", "Annex I (automobiles), Annex II (workshops)"),
    ]
    grid(sheets, (30, 132), [row for row in rows if row[1]], size=3.9, ruled=False, head=False)
    sheets.pages[-1].append(Rule(sheets.left, sheets.y - 4, sheets.right, sheets.y - 4, 0.5))
    sheets.down(5)
    going = f" and bound for {letter.country_text_en}" if letter.country_text_en else ""
    sheets.paragraph("Dear Madam or Sir,")
    sheets.paragraph(
        f"{letter.issuer_en} undertakes that the {letter.count} automobile(s) of our manufacture set out in Annex I, "
        f"acquired by you second-hand{going}, shall be looked after by the workshops set out in Annex II."
    )
    if letter.valid_until:
        sheets.paragraph(f"The undertaking holds good until {english_date(letter.valid_until)}.")
    sheets.paragraph("Yours truly,")
    sign_off(sheets, (letter.issuer_en, "Company chop"), sheets.left + 40)
    sheets.turn_over()
    sheets.paragraph("ANNEX I", bold=True)
    cars = [("Item", "Vehicle identification no.", "Marque", "Type designation", "Put on register")]
    cars += [
        (f"I.{n}", v.vin, v.brand_en, v.model, english_date(v.registration_date))
        for n, v in enumerate(letter.vehicles, 1)
    ]
    grid(sheets, (14, 50, 30, 32, 36), cars, size=3.3)
    sheets.need(40)
    sheets.paragraph("ANNEX II", bold=True)
    shops = [("Item", "Workshop", "Premises", "Ask for", "Dial")]
    shops += [(f"II.{n}", o.name, o.address, o.contact, o.phone) for n, o in enumerate(letter.outlets, 1)]
    grid(sheets, (14, 42, 44, 26, 36), shops, size=3.3)


def larch(sheets: Sheets, letter: Letter) -> None:
    """A Russian letter with outgoing number and addressee above, sentences; each followed by its Chinese."""
    right = sheets.left + 82
    sheets.put(sheets.left, f"Исх. № {letter.number or 'б/н'}")
    sheets.put(right, "Кому:")
    sheets.down(6.5)
    sheets.put(sheets.left, f"от {letter.issued_on:%d.%m.%Y} г.")
    for line in sheets.broken(letter.exporter_en, sheets.right - right):
        sheets.put(right, line)
        sheets.down(6.5)
    sheets.put(right, letter.exporter)
    sheets.down(13)
    sheets.centre("Гарантийное письмо о сервисной поддержке", size=5.2, bold=True)
    sheets.centre("关于售后服务支持的保证函", size=4.6)
    sheets.down(3)
    to = f" в страну {_named(letter, _RUSSIAN)}" if letter.country_text else ""
    to_zh = f"发往{letter.country_text}的" if letter.country_text else "外销的"
    sheets.paragraph(
        f"Завод-изготовитель {letter.issuer_en} гарантирует обслуживание вывозимых{to} автомобилей:", indent=8
    )
    sheets.paragraph(f"生产厂{letter.issuer}保证为{to_zh}以下汽车提供维修：", indent=8)
    for number, v in enumerate(letter.vehicles, 1):
        sheets.need(20)
        day = f"{v.registration_date:%d.%m.%Y}"
        sheets.paragraph(f"{number}. {v.brand_en} {v.model}, кузов (VIN) {v.vin}, поставлен на учёт {day}", hang=6)
        sheets.paragraph(f"{v.brand}{v.model}，车身号同上，{chinese_date(v.registration_date)}登记", indent=6, hang=6)
    sheets.paragraph("Обслуживают на месте（当地维修单位）：", bold=True)
    for o in letter.outlets:
        sheets.paragraph(f"– {o.name}", indent=4, hang=8)
        at = f"местонахождение（所在地）{o.address}; " if o.address else ""
        sheets.paragraph(f"{at}спросить（找）{o.contact}, звонить（致电）{o.phone}", indent=8, hang=8)
    if letter.valid_until:
        sheets.paragraph(f"Письмо действует по {letter.valid_until:%d.%m.%Y}（函件效期同此日）.")
    sign_off(sheets, (letter.issuer, "М.П.（盖章处）"), sheets.left + 50)


def maple(sheets: Sheets, letter: Letter) -> None:
    """French over Chinese in a grid of four columns throughout: file, each car, each garage; the day at the top."""
    sheets.size_mm, sheets.left, sheets.right = 3.7, 20.0, 190.0
    right_of(sheets, f"Établi le {letter.issued_on:%d/%m/%Y}　制表 {letter.issued_on:%Y.%m.%d}")
    sheets.down(9)
    sheets.centre("FICHE D’ENGAGEMENT DU CONSTRUCTEUR", size=5.2, bold=True)
    sheets.centre("汽车生产企业服务承诺表", size=4.8, bold=True)
    sheets.down(3)
    until = f"{letter.valid_until:%d/%m/%Y}" if letter.valid_until else "—"
    country = f"{_named(letter, _FRENCH)} {letter.country_text}".strip() or "—"
    rows = [
        ("Dossier 卷号", letter.number or "—", "Pays d’arrivée 到达国", country),
        ("Constructeur 生产企业", letter.issuer, "Vendeur 外贸企业", letter.exporter),
        ("Quantité 台数", str(letter.count), "Fin d’engagement 承诺终止", until),
    ]
    _four(sheets, "Dossier　案卷", rows)
    for n, v in enumerate(letter.vehicles, 1):
        rows = [
            ("N° de série VIN 车辆编号", v.vin, "Mise en circulation 上路登记", f"{v.registration_date:%d/%m/%Y}"),
            ("Marque 牌子", f"{v.brand_en} {v.brand}", "Modèle 款式型号", v.model),
        ]
        _four(sheets, f"Voiture　车 {n}", rows)
    for n, o in enumerate(letter.outlets, 1):
        rows = [
            ("Réparateur 修理商", o.name, "Sis à 位于", o.address or "—"),
            ("Gérant 店主", o.contact, "Appeler 通话", o.phone),
        ]
        _four(sheets, f"Garage　修理厂 {n}", rows)
    sign_off(sheets, ("Cachet　印鉴", letter.issuer, letter.issuer_en), 105.0, gap=10)


def _four(sheets: Sheets, title: str, rows: list[tuple[str, str, str, str]]) -> None:
    sheets.need(36)
    sheets.paragraph(title, bold=True)
    grid(sheets, (32, 54, 34, 50), rows, size=3.2, head=False)


def spruce(sheets: Sheets, letter: Letter) -> None:
    """Spanish articles, each with its Chinese under it; captions stand over their values in two columns."""
    sheets.left, sheets.right, sheets.size_mm = 26.0, 184.0, 3.9
    sheets.centre(letter.issuer, size=5.0, bold=True)
    sheets.centre("CONSTANCIA DE ASISTENCIA TÉCNICA　技术服务证明", size=4.8, bold=True)
    sheets.down(4)
    country = f"{_named(letter, _SPANISH)}（{letter.country_text}）" if letter.country_text else ""
    pairs = [
        ("Expediente　档案编号", letter.number), ("Extendida el　开具于", f"{letter.issued_on:%d-%m-%Y}"),
        ("Interesado　申请企业", letter.exporter), ("Con rumbo a　驶往国家", country),
    ]  # fmt: skip
    _captioned(sheets, [pair for pair in pairs if pair[1]])
    sheets.paragraph("PRIMERO. El fabricante reconoce como propios los automóviles siguientes.", bold=True)
    sheets.paragraph("第一条　生产企业确认下列汽车为其产品。")
    rows = [("Ítem 项", "Chasis 车架编码", "Automóvil 汽车", "Inscrito el 登记于")]
    rows += [
        (str(n), v.vin, f"{v.brand_en} {v.model}（{v.brand}）", f"{v.registration_date:%d-%m-%Y}")
        for n, v in enumerate(letter.vehicles, 1)
    ]
    grid(sheets, (16, 54, 56, 32), rows, size=3.4)
    sheets.paragraph("SEGUNDO. De su reparación y repuestos se encargan los talleres siguientes.", bold=True)
    sheets.paragraph("第二条　维修与备件由下列修理厂负责。")
    for o in letter.outlets:
        sheets.need(26)
        found = [("Taller　修理厂", o.name), ("Domicilio　住所", o.address)]
        found += [("Encargado　主管", o.contact), ("Fono　电话号", o.phone)]
        _captioned(sheets, [pair for pair in found if pair[1]])
    if letter.valid_until:
        day = letter.valid_until
        sheets.paragraph(f"TERCERO. Vence el {day:%d-%m-%Y}.　第三条　本证明于{chinese_date(day)}失效。")
    sign_off(sheets, (letter.issuer, letter.issuer_en), sheets.right - 40)


def _captioned(sheets: Sheets, pairs: list[tuple[str, str]]) -> None:
    """Print captions small over their values, two to a row."""
    half = (sheets.right - sheets.left) / 2
    for start in range(0, len(pairs), 2):
        row = pairs[start : start + 2]
        values = [sheets.broken(value, half - 6) for _, value in row]
        sheets.need(12 + 6 * max(map(len, values)))
        for column, (caption, _) in enumerate(row):
            sheets.put(sheets.left + half * column, caption, size=2.9)
        for n in range(max(map(len, values))):
            sheets.down(5.6)
            for column, lines in enumerate(values):
                if n < len(lines):
                    sheets.put(sheets.left + half * column, lines[n])
        sheets.down(8.5)


def yew(sheets: Sheets, letter: Letter) -> None:
    """Three columns: Chinese caption, value, Arabic caption; everything in such rows, cars and workshops numbered."""
    right_of(sheets, "تعهد الشركة المصنعة بخدمات الصيانة", 5.4)
    sheets.down(9)
    sheets.put(sheets.left, "生产企业维修服务承诺", size=5.6, bold=True)
    sheets.down(10)
    until = chinese_date(letter.valid_until) if letter.valid_until else ""
    country = f"{letter.country_text}　{_named(letter, _ARABIC)}" if letter.country_text else ""
    rows = [
        ("承诺编号", letter.number, "رقم التعهد"),
        ("落款日期", chinese_date(letter.issued_on), "التاريخ"),
        ("出口单位名称", letter.exporter, "اسم المصدر"),
        ("进口目的国", country, "بلد الاستيراد"),
        ("承诺到期日", until, "ينتهي في"),
    ]
    for n, v in enumerate(letter.vehicles, 1):
        rows += [
            (f"车辆{n}：VIN", v.vin, "رقم الشاسيه"),
            ("厂牌与车型", f"{v.brand}　{v.model}", "الماركة والطراز"),
            ("国内注册日", chinese_date(v.registration_date), "تاريخ الترخيص"),
        ]
    for n, o in enumerate(letter.outlets, 1):
        rows += [
            (f"维修厂{n}", o.name, "الورشة"),
            ("厂址", o.address, "الموقع"),
            ("主管人员", o.contact, "المدير"),
            ("联络号码", o.phone, "الاتصال"),
        ]
    grid(sheets, (38, 84, 40), [row for row in rows if row[1]], size=3.6, head=False)
    sign_off(sheets, (letter.issuer, "ختم الشركة　公司盖章"), 105.0)


LAYOUTS: dict[str, Callable[[Sheets, Letter], None]] = {
    "elm": elm,
    "larch": larch,
    "maple": maple,
    "spruce": spruce,
    "yew": yew,
}
ENGLISH = frozenset({"elm"})
PLACES = {
    "larch": ("RU", "KZ", "KG", "UZ", "TJ", "TM", "BY", "AZ", "AM", "GE", "MN"),
    "maple": ("DZ", "MA", "NE", "CD", "CG", "CI", "SN", "ML", "GN"),
    "spruce": ("MX", "CL", "PE", "CO", "GQ"),
    "yew": tuple(NATIVE),
}
"""Layouts in a language of certain destinations only."""
