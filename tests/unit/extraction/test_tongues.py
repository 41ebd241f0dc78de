"""Letters in the languages of the countries that vehicles go to: the same claims, whatever the wording."""

from __future__ import annotations

import pytest

from tests.unit.extraction.sheet import letter_of
from verifier.letter import Field, Kind

VIN, SECOND = "LSVAA4182E2184847", "LFV2A21J970002020"
RU_FORM = f"""
Подтверждение послепродажного обслуживания
Исх. № BC-2026-001 от «12» марта 2026 г.
На № 45/7 от 01.02.2026
Экспортёр: Tianjin Yuanhang Trading Co., Ltd.
Настоящим подтверждаем, что автомобили, поставляемые в Республику Казахстан, изготовлены нашим заводом.
№ п/п | VIN | Марка | Модель | Дата первой регистрации
1 | {VIN} | BEICHEN | BC7001A | 20.12.2025
Перечень сервисных центров:
№ | Название СТО | Адрес | Контактное лицо | Телефон
1 | Almaty Auto | Abay 10, Almaty | A. Omarov | +7 727 312 45 67
С уважением,
北辰汽车制造有限公司
М.П.
"""
ES_FORM = f"""
Carta de confirmación de servicio posventa
Oficio N.º: BC-2026-001
Tianjin, a 12 de marzo de 2026
Exportador: Tianjin Yuanhang Trading Co., Ltd.
País de destino: Kazajistán
Bastidor | Marca | Modelo | Primera matriculación
{VIN} | BEICHEN | BC7001A | 20/12/2025
Taller autorizado | Dirección | Contacto | Teléfono
Almaty Auto | Abay 10, Almaty | A. Omarov | +7 727 312 45 67

北辰汽车制造有限公司
Firma y sello
"""
PT = f"""
Carta de Confirmação de Serviço Pós-venda
Nossa referência: BC-2026-001
Local e data: Tianjin, 12 de março de 2026
O exportador: Tianjin Yuanhang Trading Co., Ltd.
Certificamos que os veículos com destino ao Cazaquistão foram fabricados por nós.
Chassi n.º: {VIN}
Marca: BEICHEN
Modelo: BC7001A
Data do primeiro registo: 20/12/2025
Oficina autorizada: Almaty Auto
Endereço: Abay 10, Almaty
Contato: A. Omarov
Telefone: +7 727 312 45 67
北辰汽车制造有限公司
Carimbo e assinatura
"""
VI = f"""
Giấy xác nhận dịch vụ hậu mãi / 售后维修服务确认书
Số: BC-2026-001
Nhà xuất khẩu: Tianjin Yuanhang Trading Co., Ltd.
Nước nhập khẩu: Kazakhstan
Số khung | Nhãn hiệu | Số loại | Ngày đăng ký lần đầu
{VIN} | BEICHEN | BC7001A | 20/12/2025
Cơ sở bảo dưỡng: Almaty Auto
Địa chỉ: Abay 10, Almaty
Người liên hệ: A. Omarov
Điện thoại: +7 727 312 45 67
Thiên Tân, ngày 12 tháng 3 năm 2026
北辰汽车制造有限公司
"""
AR = f"""
售后维修服务确认书
شهادة تأكيد خدمة ما بعد البيع
رقم المرجع: BC-2026-001
التاريخ: 12 مارس 2026
المصدر: Tianjin Yuanhang Trading Co., Ltd.
بلد المقصد: كازاخستان
رقم الهيكل: {VIN}
الماركة: BEICHEN
الطراز: BC7001A
تاريخ التسجيل الأول: 20/12/2025
مركز الخدمة: Almaty Auto
العنوان: Abay 10, Almaty
الهاتف: +7 727 312 45 67
北辰汽车制造有限公司
"""
FR = f"""
Attestation de service après-vente
售后维修服务确认书
N° BC-2026-001 du 12 mars 2026
Société exportatrice : Tianjin Yuanhang Trading Co., Ltd.
Véhicules exportés à destination du Kazakhstan
Numéro de châssis : {VIN}
Marque, modèle : BEICHEN BC7001A
Première immatriculation : 20/12/2025
Réparateur agréé : Almaty Auto
Adresse : Abay 10, Almaty
Téléphone : +7 727 312 45 67
Pour Beichen Automobile Manufacturing Co., Ltd.
Le directeur général
"""
EN_CERT = f"""
Beichen Automobile Manufacturing Co., Ltd.
CERTIFICATE OF AFTER-SALES MAINTENANCE SERVICE No. BC-2026-001
To whom it may concern
We certify that the vehicle below, exported to Kazakhstan by Tianjin Yuanhang Trading Co., Ltd., is of our manufacture.
Make and model | VIN | Engine No. | Date of first registration
BEICHEN BC7001A | {VIN} | AB12345 | 20 December 2025
Authorised workshop in the country of destination:
Almaty Auto, Abay 10, Almaty, Mr. A. Omarov, Tel. +7 727 312 45 67
Done at Tianjin, this 12th day of March 2026
For Beichen Automobile Manufacturing Co., Ltd.
Name: Zhang Wei
Position: Director
"""
EN_BOXES = f"""
AFTER-SALES SERVICE CONFIRMATION
1. Exporter | 2. Certificate No.
Tianjin Yuanhang Trading Co., Ltd. | BC-2026-001
3. Country of destination | 4. Date of issue
Kazakhstan | 2026-03-12
5. VIN | 6. Make | 7. Model | 8. Date of registration
{VIN} | BEICHEN | BC7001A | 2025-12-20
9. Workshop | 10. Address | 11. Telephone
Almaty Auto | Abay 10, Almaty | +7 727 312 45 67
Beichen Automobile Manufacturing Co., Ltd.
"""
BI_RU = f"""
售后维修服务确认书 / Письмо-подтверждение
确认书编号 / Номер подтверждения: BC-2026-001
签发日期 / Дата выдачи: 12.03.2026
出口商 / Экспортёр: 天津远航贸易有限公司
目的国 / Страна назначения: 哈萨克斯坦 / Казахстан
车辆识别代号 Идентификационный номер (VIN): {VIN}
品牌型号 Марка, модель: 北辰牌 (BEICHEN) BC7001A
首次登记日期 Дата первой регистрации: 20.12.2025
维修单位 Наименование СТО: Almaty Auto
地址 Адрес: Abay 10, Almaty
电话 Телефон: +7 727 312 45 67
北辰汽车制造有限公司
"""
TWO_VIN_CELL = f"""
After-sales Maintenance Service Confirmation Letter
Ref. BC-2026-001 dated 12 March 2026
Exporter of record: Tianjin Yuanhang Trading Co., Ltd.
Destined for: Kazakhstan
Description | Chassis numbers | Registered
BEICHEN BC7001A | {VIN}, {SECOND} | 20 December 2025
Service dealer: Almaty Auto, Abay 10, Almaty. Phone +7 727 312 45 67
Beichen Automobile Manufacturing Co., Ltd.
"""
LETTERS = {
    "ru_form": RU_FORM,
    "es_form": ES_FORM,
    "pt": PT,
    "vi": VI,
    "ar": AR,
    "fr": FR,
    "en_cert": EN_CERT,
    "en_boxes": EN_BOXES,
    "bi_ru": BI_RU,
    "two_vin_cell": TWO_VIN_CELL,
}
BODY = f"""
售后维修服务确认书
%s
出口国别：哈萨克斯坦
车架号：{VIN} 品牌：北辰牌 型号：BC7001A 注册日期：2025年12月20日
服务网点：Almaty Auto 地址：Abay 10, Almaty 电话：+7 727 312 45 67
特此确认。
一
二
三
四
五
六
七
八
九
十
北辰汽车制造有限公司（盖章）
%s
"""


def value(field: Field | None) -> str | None:
    """Return what a field claims, None where it claims nothing."""
    return field.value if field else None


@pytest.mark.parametrize("rows", LETTERS.values(), ids=LETTERS)
def test_the_same_claims_in_every_language(rows: str) -> None:
    letter = letter_of(rows)
    assert letter.kind is Kind.CONFIRMATION_LETTER
    assert (value(letter.number), value(letter.issued_on)) == ("BC-2026-001", "2026-03-12")
    assert value(letter.export_country) == "KZ"
    assert letter.exporter
    assert "Yuanhang" in letter.exporter.value or "远航" in letter.exporter.value
    vehicle = letter.vehicles[0]
    assert (vehicle.vin.value, value(vehicle.model)) == (VIN, "BC7001A")
    assert (value(vehicle.registration_date), vehicle.registration_date.doubt if vehicle.registration_date else "") == (
        "2025-12-20",
        None,
    )
    assert vehicle.brand
    assert "BEICHEN" in vehicle.brand.value or "北辰" in vehicle.brand.value
    (outlet,) = letter.outlets
    told = tuple(value(field) for field in (outlet.name, outlet.address, outlet.phone, outlet.country))
    assert told == ("Almaty Auto", "Abay 10, Almaty", "+77273124567", "KZ")


@pytest.mark.parametrize(
    "head",
    [
        "Исх. № BC-2026-001 от 12.03.2026",
        "№ BC-2026-001 от «12» марта 2026 г.",
        "Ref. No. BC-2026-001 dated 12 March 2026",
        "Our ref. BC-2026-001 of 12 March 2026",
        "N° BC-2026-001 du 12 mars 2026",
        "Ref.: BC-2026-001 | Tianjin, 12 March 2026",
        "Número BC-2026-001, de fecha 12 de marzo de 2026",
        "Số: BC-2026-001 ngày 12 tháng 3 năm 2026",
        "Исх. № BC-2026-001\nот 12.03.2026",
        "Outgoing No. BC-2026-001\nOf 12 March 2026",
    ],
)
def test_number_and_day_in_one_line(head: str) -> None:
    letter = letter_of(BODY % (head, ""))
    assert (value(letter.number), value(letter.issued_on)) == ("BC-2026-001", "2026-03-12")


@pytest.mark.parametrize(
    "closing",
    [
        "Done at Tianjin, this 12th day of March 2026",
        "En Tianjin, República Popular China, a 12 de marzo de 2026.",
        "Given under our hand and seal this 12th day of March 2026.",
        "Feito em Tianjin, aos 12 de março de 2026",
        "Выдано в г. Тяньцзинь «12» марта 2026 г.",
        "Thiên Tân, ngày 12 tháng 3 năm 2026",
        "حرر في تيانجين بتاريخ 12 مارس 2026",
        "12 March 2026, Tianjin",
        "IN WITNESS WHEREOF this letter is signed on 12 March 2026.",
    ],
)
def test_how_a_letter_says_when_it_was_signed(closing: str) -> None:
    assert value(letter_of(BODY % ("编号：BC-2026-001", closing)).issued_on) == "2026-03-12"


@pytest.mark.parametrize(
    "line",
    [
        "Registered on 12 March 2026",
        "Delivered on 12 March 2026",
        "Made in China, registered on 12 March 2026",
        "На № 45-6/7 от 12.03.2026",
        "Your ref. AB-12345 dated 12 March 2026",
        "Действительно до 12 марта 2026 г.",
    ],
)
def test_dates_of_other_things_are_no_day_of_signing(line: str) -> None:
    assert letter_of(BODY % ("编号：BC-2026-001", line)).issued_on is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Que la presente se expide con el número BC-2026-001 y mantiene su vigencia.",
        "This letter is issued under No. BC-2026-001.",
        "Письмо выдано за № BC-2026-001.",
        "A presente é emitida sob o número BC-2026-001.",
    ],
)
def test_a_sentence_may_state_the_number(sentence: str) -> None:
    assert value(letter_of(BODY % ("", sentence + "\n2026年3月12日")).number) == "BC-2026-001"


def test_two_numbers_in_sentences_leave_none() -> None:
    said = "This letter is issued under No. BC-2026-001.\nIt was registered under No. BC-2026-002.\n2026年3月12日"
    assert letter_of(BODY % ("", said)).number is None


def test_a_vin_behind_a_bare_number_sign_is_a_vin() -> None:
    letter = letter_of(f"售后维修服务确认书\n出口国别：阿联酋\nN.º: {VIN}\n北辰汽车制造有限公司\n2026年3月12日")
    assert [vehicle.vin.value for vehicle in letter.vehicles] == [VIN]
    assert letter.number is None


def test_who_signs_for_the_maker_is_no_outlet() -> None:
    letter = letter_of(BODY % ("", "Name: Zhang Wei\nTitle: Director\nDate: 12 March 2026"))
    assert [value(outlet.name) for outlet in letter.outlets] == ["Almaty Auto"]


@pytest.mark.parametrize(
    ("dated", "doubt"),
    [("Issued on 10/01/2026", "ambiguous"), ("Fait le 10/01/2026", None), ("Date d'émission : 10/01/2026", None)],
)
def test_only_a_language_that_knows_one_order_settles_it(dated: str, doubt: str | None) -> None:
    letter = letter_of(f"售后维修服务确认书\n出口国别：阿联酋\n车架号：{VIN}\n北辰汽车制造有限公司\n{dated}")
    assert letter.issued_on
    assert (letter.issued_on.value, letter.issued_on.doubt) == ("2026-01-10", doubt)


def test_a_sentence_about_the_exporter_names_none() -> None:
    letter = letter_of(BODY % ("", "本确认书一式两份，出口企业与我公司各执一份。\n2026年3月12日"))
    assert letter.exporter is None


def test_a_name_under_a_label_at_the_right_margin_exports_and_signs_nothing() -> None:
    rows = (
        "北辰汽车制造有限公司\n | | Экспортёру:\n | | 远航贸易有限公司\n售后维修服务确认书\n"
        f"Страна назначения: Казахстан\nVIN: {VIN}\n\n北辰汽车制造有限公司\n12.03.2026"
    )
    letter = letter_of(rows)
    assert (value(letter.exporter), value(letter.issuer)) == ("远航贸易有限公司", "北辰汽车制造有限公司")
