"""Letters worded by people who never saw the software: one sentence or form each, as they wrote it."""

from __future__ import annotations

import pytest

from tests.unit.extraction.sheet import MAKER, letter_of, placed
from verifier.letter import Field, Kind, Letter
from verifier.record import Maker

FIRST, SECOND, THIRD = "LSVAA4182E2184847", "LFV2A21J970002020", "LGXC16AF4K0123458"
CLOSING = "北辰汽车制造有限公司（盖章）\n2026年3月12日"


def value(field: Field | None) -> str | None:
    """Return a field's value."""
    return field.value if field else None


def of(rows: str, closing: str = CLOSING, maker: Maker = MAKER) -> Letter:
    """Return what a letter with these rows in its middle claims."""
    return letter_of(f"售后维修服务确认书\n{rows}\n\n{closing}", makers=[maker])


@pytest.mark.parametrize(
    "name", ["Delsol Vehículos Eléctricos Co., Ltd.", "Société Automobile Marenne (Anhui) Co., Ltd."]
)
def test_a_name_with_accents_is_whole(name: str) -> None:
    assert value(letter_of(f"CONFIRMATION\nFabricante: {name}\n\n{name}\n13 April 2026").issuer) == name


@pytest.mark.parametrize("name", ["Автомобильная компания «Нордек», ООО", "«Хангар Автомашин» ХХК"])
def test_a_known_maker_signs_in_whatever_script(name: str) -> None:
    letter = of(f"出口国：俄罗斯\n车架号：{FIRST}", f"{name}\n27 января 2026 г.", Maker(name))
    assert value(letter.issuer) == name


def test_a_month_whose_l_was_read_as_a_figure() -> None:
    letter = of("出口国：智利", "北辰汽车制造有限公司\n2026年4月16日 / 16 Apri1 2026")
    assert value(letter.issued_on) == "2026-04-16"


@pytest.mark.parametrize(
    "sentence",
    [
        "This Confirmation is issued on 20 May 2026 by Eavon Mobility Co., Ltd. at the request of X.",
        "Se expide la presente el 20 de mayo de 2026 para los trámites de licencia de exportación.",
        "La présente lettre est établie à Hefei le 20 mai 2026 pour servir et valoir ce que de droit.",
    ],
)
def test_a_sentence_that_goes_on_behind_the_day_of_issue(sentence: str) -> None:
    assert value(letter_of(f"CONFIRMATION\n{sentence}\n\nEavon Mobility Co., Ltd.").issued_on) == "2026-05-20"


def test_another_papers_day_of_issue_is_not_this_ones() -> None:
    sentence = "The registration certificate of the vehicle was issued on 20 May 2026 by the police."
    assert letter_of(f"CONFIRMATION\n{sentence}\n\nEavon Mobility Co., Ltd.").issued_on is None


def test_each_group_of_vehicles_states_its_own_count() -> None:
    letter = of(
        f"（一）日邕 RYB6450B，注册登记日期2025年10月24日，共2辆，车架号为：\n{FIRST}\n{SECOND}\n"
        f"（二）日邕RYB7180C，注册登记日期2025年11月13日，共1辆，车架号为：\n{THIRD}"
    )
    assert value(letter.stated_vehicle_count) == "3"


def test_a_period_of_validity_ends_with_its_last_day() -> None:
    assert value(of("5、本声明有效期自2026年5月12日起至2027年5月11日止；").valid_until) == "2027-05-11"


def test_words_before_a_brand_are_no_part_of_it() -> None:
    (vehicle,) = of(f"两台车为东驰牌LHD1031D6轻型载货汽车，车架号{FIRST}，均于2025年12月19日注册登记。").vehicles
    assert (value(vehicle.brand), value(vehicle.model)) == ("东驰牌", "LHD1031D6")


def test_a_sentence_about_a_vehicle_is_no_designation() -> None:
    rows = f"Vehicle. One motor vehicle of the brand Eavon, model EVN6510REEV, bearing number {FIRST}."
    (vehicle,) = letter_of(f"CONFIRMATION\n{rows}\n\nEavon Mobility Co., Ltd.").vehicles
    assert value(vehicle.model) == "EVN6510REEV"
    assert value(vehicle.brand) in (None, "Eavon")


def test_a_designation_ends_where_the_vehicles_number_follows() -> None:
    rows = (
        f"河套和晟汽车制造有限公司确认：出口至吉尔吉斯斯坦共和国的一辆Hesheng HSN1040K5载货汽车（车辆识别代号{FIRST}，"
        "注册登记日期2025年9月25日）为本公司产品。\nПОДТВЕРЖДЕНИЕ\n"
        f"Настоящим завод-изготовитель подтверждает, что грузовой автомобиль: Hesheng HSN1040K5 (VIN {FIRST}, дата "
        "регистрации 25.09.2025), вывозимый в Кыргызскую Республику, обслуживается в ОсОО «Ош Трак Сервис»."
    )
    (vehicle,) = of(rows).vehicles
    assert value(vehicle.model) == "HSN1040K5"


def test_a_destination_within_what_looks_like_a_label() -> None:
    letter = of("就上述车辆出口蒙古国事宜确认：上表所列服务网点均为我公司签约维修站，提供维修服务。")
    assert value(letter.export_country) == "MN"
    assert letter.mislabelled_country is None


def test_destinations_behind_dashes_and_outlets_behind_countries() -> None:
    letter = letter_of(
        "Confirmation Letter - After-Sales Service\nVehicles\n"
        f"• Sundrift SDF6450, VIN {FIRST}, registered October 13, 2025 – destination Ghana\n"
        "Service outlets\n• Ghana: Gold Coast Vehicle Services, Ring Road West, Accra, phone +233 30 222 9047\n\n"
        "Sundrift Motor Co., Ltd."
    )
    assert [country.value for country in letter.export_countries] == ["GH"]
    assert [value(outlet.name) for outlet in letter.outlets] == ["Gold Coast Vehicle Services"]


@pytest.mark.parametrize(
    ("sentence", "address"),
    [
        (
            "柬埔寨的售后维修服务由汇通汽车服务有限公司承担，该公司位于柬埔寨金边市森速区俄罗斯大道1019号，"
            "服务热线+855 23886417。",
            "柬埔寨金边市森速区俄罗斯大道1019号",
        ),
        (
            "售后维修服务由Garage Central SARL提供。该网点地址为Rue des Brasseurs, Zone 4, Abidjan, "
            "电话 +225 27 21 35 60 44。",
            "Rue des Brasseurs, Zone 4, Abidjan",
        ),
    ],
)
def test_where_an_outlet_of_a_sentence_lies(sentence: str, address: str) -> None:
    (outlet,) = of(sentence).outlets
    assert value(outlet.address) == address


def test_heads_that_leave_the_word_day_out() -> None:
    rows = f"车辆识别代号 | 车辆型号 | 注册登记 | 转让登记（待出口）\n{FIRST} | YSZ4250P66 | 2025.09.15 | 2026.02.24"
    (vehicle,) = of(rows).vehicles
    assert (value(vehicle.registration_date), value(vehicle.transfer_date)) == ("2025-09-15", "2026-02-24")


@pytest.mark.parametrize(
    "sentence",
    [
        "黑河龙江汽车贸易有限公司近日向我公司提出，拟将一辆星泽HDX7001EVS型轿车出口至柬埔寨王国。",
        "议题：黑河龙江汽车贸易有限公司申请办理二手车出口俄罗斯联邦售后维修服务确认。",
        "根据黑河龙江汽车贸易有限公司的委托，我司对下表车辆予以确认，出口国：白俄罗斯。",
        "我公司现对黑河龙江汽车贸易有限公司申报的二手车出口业务出具售后维修服务确认书。",
    ],
)
def test_who_asks_for_the_letter_exports(sentence: str) -> None:
    assert value(of(sentence).exporter) == "黑河龙江汽车贸易有限公司"


def test_the_company_whose_letter_is_answered_exports() -> None:
    rows = "黑河龙江汽车贸易有限公司：\n贵公司来函收悉。经核查，来函所列车辆1辆为我公司生产。"
    assert value(of(rows).exporter) == "黑河龙江汽车贸易有限公司"


def test_a_turkish_title_is_known() -> None:
    assert letter_of(f"SATIŞ SONRASI BAKIM HİZMETİ TEYİT YAZISI\nŞasi No (VIN) | {FIRST}").kind is (
        Kind.CONFIRMATION_LETTER
    )


@pytest.mark.parametrize("number", ["KW出维字第0067号", "（2026）铁鹿售证字第31号", "MH-NG-003", "HS-26-RU/KG-01"])
def test_a_number_of_few_figures_that_stands_alone(number: str) -> None:
    assert value(of(number).number) == number.replace("（", "(").replace("）", ")")


@pytest.mark.parametrize("text", ["A-1", "BC-7001", "CN-CHINA-EV"])
def test_a_few_letters_and_figures_are_no_number(text: str) -> None:
    assert of(text).number is None


@pytest.mark.parametrize(
    "day", ["12 March 2026 (company seal)", "12 марта 2026 г. (печать)", "12 de marzo de 2026 (sello)"]
)
def test_where_the_seal_goes_may_stand_behind_the_day(day: str) -> None:
    assert (
        value(letter_of(f"CONFIRMATION\nNo. SJ/AS/6971/2026\n\nEavon Mobility Co., Ltd.\n{day}").issued_on)
        == "2026-03-12"
    )


def test_a_label_that_a_line_breaks_is_that_label() -> None:
    card = f"车辆1 车辆识别代号：{FIRST} | 品牌：麒程牌 | 车辆型号：QC7150E 注册登"
    rows = f"{card}\n记日期：2026.01.11 转让登记日期：2026.02.15"
    letter = of(rows, "北辰汽车制造有限公司\n2026.02.26（公章）")
    assert value(letter.issued_on) == "2026-02-26"
    assert [value(vehicle.registration_date) for vehicle in letter.vehicles] == ["2026-01-11"]


def test_the_second_line_of_heads_dates_no_letter() -> None:
    letter = placed(
        [
            (0.3, 0.05, "After-Sales Service Confirmation Letter"),
            (0.50, 0.100, "Vehicle"), (0.62, 0.100, "First registration"), (0.80, 0.100, "Transfer"),
            (0.10, 0.107, "# Chassis No. (VIN)"), (0.38, 0.107, "Brand"),
            (0.50, 0.114, "model"), (0.62, 0.114, "date"), (0.80, 0.114, "date"),
            (0.10, 0.140, FIRST), (0.38, 0.140, "XINGLAN"), (0.50, 0.140, "XL1157B"), (0.62, 0.140, "2026-05-07"),
            (0.80, 0.140, "2026-05-21"),
            (0.10, 0.165, SECOND), (0.38, 0.165, "XINGLAN"), (0.50, 0.165, "XL6202P"), (0.62, 0.165, "2026-03-02"),
            (0.80, 0.165, "2026-04-18"),
            (0.6, 0.40, "北辰汽车制造有限公司"), (0.6, 0.43, "2026-05-30"),
        ]
    )  # fmt: skip
    assert letter.issued_on is not None
    assert (letter.issued_on.value, letter.issued_on.doubt) == ("2026-05-30", None)


def test_heads_of_serial_and_name_that_lost_their_white() -> None:
    letter = placed(
        [
            (0.4, 0.05, "售后维修服务确认书"), (0.10, 0.10, "境外售后服务网点："),
            (0.10, 0.13, "编号服务机构"), (0.36, 0.13, "网点地址"), (0.66, 0.13, "联系人"), (0.80, 0.13, "联系电话"),
            (0.14, 0.16, "Oasis Motors Ltd."), (0.36, 0.16, "No. 209, Ngara Rd, Mombasa"), (0.66, 0.16, "John"),
            (0.80, 0.16, "+254 722 033759"),
            (0.6, 0.40, "北辰汽车制造有限公司"),
        ]
    )  # fmt: skip
    assert [value(outlet.name) for outlet in letter.outlets] == ["Oasis Motors Ltd."]


def test_contact_address_is_an_address() -> None:
    heads = "服务商名称 | 联系地址 | 负责人 | 联系电话"
    row = "Oasis Motors Ltd. | 184 Independence Ave, Accra | John Mwangi | +233 24 144 0413"
    (outlet,) = of(f"附件2\n{heads}\n{row}").outlets
    assert (value(outlet.address), value(outlet.contact)) == ("184 Independence Ave, Accra", "John Mwangi")


def test_brand_and_designation_apart_under_one_head_are_both() -> None:
    letter = placed(
        [
            (0.4, 0.05, "售后维修服务确认书"),
            (0.10, 0.10, "序号"), (0.20, 0.10, "车架号（VIN）"), (0.50, 0.10, "厂牌型号"), (0.76, 0.10, "注册日期"),
            (0.10, 0.13, "1"), (0.20, 0.13, FIRST), (0.50, 0.13, "瀚原"), (0.56, 0.13, "HA6528SHEV"),
            (0.76, 0.13, "2025-11-26"),
            (0.6, 0.40, "北辰汽车制造有限公司"),
        ]
    )  # fmt: skip
    assert [(value(v.brand), value(v.model)) for v in letter.vehicles] == [("瀚原", "HA6528SHEV")]


def test_a_stamp_that_says_accepted_dates_no_letter() -> None:
    rows = "青岛市商务局受理\n2026年04月13日\n售后维修服务确认书\n出口国：智利"
    assert value(letter_of(f"{rows}\n\n\n\n\n{CLOSING}").issued_on) == "2026-03-12"


@pytest.mark.parametrize(
    "sentence",
    [
        "本确认书自2026年9月1日起生效。",
        "This letter is effective from 1 September 2026.",
        "Письмо вступает в силу с 1 сентября 2026 г.",
    ],
)
def test_a_letter_may_hold_from_a_later_day_on(sentence: str) -> None:
    assert value(of(sentence).valid_from) == "2026-09-01"


@pytest.mark.parametrize(
    "sentence", ["本确认书自签发之日起生效，有效期至2026年9月1日。", "自2026年3月12日起至2026年9月1日止有效。"]
)
def test_a_letter_that_holds_from_its_issue_names_no_later_day(sentence: str) -> None:
    assert of(sentence).valid_from is None


def test_a_time_of_service_ends_before_the_letter() -> None:
    rows = "在2026年1月1日至2026年3月31日期间，由下列网点为2辆车辆提供售后维修服务。\n有效期至：2027年4月3日"
    assert value(of(rows).valid_until) == "2026-03-31"


def test_a_certificate_of_conformity_is_no_confirmation_of_service() -> None:
    outlet = "服务网点：Taller Norte SpA，电话：+56 2 2985 8162"
    rows = f"兹证明下列车辆系我公司生产，出厂检验合格。\n车架号：{FIRST}\n{outlet}"
    assert letter_of(f"车辆出厂合格证明\n{rows}\n\n{CLOSING}").kind is Kind.UNKNOWN


PLAIN = (
    "兹证明由深圳远桥汽车科技有限公司出口至智利的下列两辆车辆系我公司生产，各项指标符合国家标准，可正常出口。"
    "上述车辆的相关资料由我公司存档备查，如有疑问请与我公司联系。"
)


@pytest.mark.parametrize(("more", "silent"), [("", True), ("我公司在当地的网点提供售后维修。", False)])
def test_a_letter_whose_text_is_silent_on_service_is_known(more: str, silent: bool) -> None:
    assert of(f"{PLAIN}{more}\n车架号：{FIRST}").says_no_service is silent


def test_sections_that_lead_to_their_country_say_where_their_vehicles_go() -> None:
    sections = (
        ("一、出口至喀麦隆共和国", FIRST, "瀚原HA1207C6", "Garage Sahel SARL | Douala"),
        ("二、出口至乌兹别克斯坦共和国", SECOND, "瀚原HA6202BEV", "Avto Markaz MChJ | Toshkent"),
    )
    rows = [
        f"{heading}\n序号 | VIN | 品牌型号\n1 | {vin} | {model}\n网点名称 | 地址\n{outlet}"
        for heading, vin, model, outlet in sections
    ]
    assert [value(vehicle.export_country) for vehicle in of("\n".join(rows)).vehicles] == ["CM", "UZ"]


def test_how_many_there_are_is_no_part_of_a_brand() -> None:
    (vehicle,) = of(f"兹确认一辆星澜牌XL6470PHEV轿车（车架号{FIRST}）出口至塔吉克斯坦。").vehicles
    assert value(vehicle.brand) == "星澜牌"


@pytest.mark.parametrize(
    ("item", "address", "contact"),
    [
        (
            "Service is rendered by ООО «Зубр Автосервис», located at г. Минск, ул. Тимирязева, 123. Please contact "
            "Алексей Ковальчук on +375 17 308 21 55.",
            "г. Минск, ул. Тимирязева, 123",
            None,
        ),
        (
            "a) ООО «Памир Моторс», г. Душанбе, пр. Рудаки, 84. Contact person: Фаррух Назаров, tel. +992 37 224 5167.",
            "г. Душанбе, пр. Рудаки, 84",
            "Фаррух Назаров",
        ),
        (
            "b) Taller Norte S.A. de C.V., Calle Reforma 415, Monterrey. Contact person: María López, telephone "
            "+52 81 8344 1902.",
            "Calle Reforma 415, Monterrey",
            "María López",
        ),
    ],
)
def test_a_house_number_ends_the_sentence(item: str, address: str, contact: str | None) -> None:
    letter = letter_of(f"CONFIRMATION OF AFTER-SALES SERVICE\nService outlets\n{item}\n\nEavon Mobility Co., Ltd.")
    (outlet,) = letter.outlets
    assert (value(outlet.address), value(outlet.contact)) == (address, contact)


def test_a_form_that_lists_outlets_is_about_service() -> None:
    lines = f"申请企业：满洲里北疆通商有限公司\n目的国家：尼日利亚\n车架号：{FIRST}\n品牌型号：瑞特牌RT6463HEV"
    outlet = "1：Lagos Bridge Motors Ltd.\n地址：12 Oregun Road, Ikeja, Lagos\n电话：+234 803 555 0142"
    closing = "龙泉市经济开发区创新路十八号\n北辰汽车制造有限公司\n2026年3月12日"
    assert not letter_of(f"售后服务确认函\n{lines}\n网点{outlet}\n\n{closing}").says_no_service
    assert letter_of(f"售后服务确认函\n{lines}\n销售网点{outlet}\n\n{closing}").says_no_service
