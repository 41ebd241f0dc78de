"""Who exports and to whom a letter is addressed, whatever stands around the names."""

from __future__ import annotations

import pytest

from tests.unit.extraction.sheet import letter_of

NAME = "满洲里北疆通商有限公司"


@pytest.mark.parametrize(
    "rows",
    [
        f"{NAME}拟将北辰牌汽车2辆（清单见附件1）出口至土耳其，上述车辆均系我公司生产。",
        f"出口公司 | {NAME} | 目的国 | 土耳其",
        f"申请企业名称：{NAME}",
        f"致：北辰市商务局、{NAME}\n贵公司出口的车辆由我公司生产。",
        f"{NAME}：贵司出口到阿尔及利亚的下表车辆由我公司生产。",
        f"Отправитель出口商 | {NAME}",
        f"致：{NAME} Manzhouli Beijiang Tongshang Co., Ltd.\n贵公司出口的车辆由我公司生产。",
    ],
)
def test_the_exporter(rows: str) -> None:
    letter = letter_of(f"售后维修服务确认书\n{rows}\n北辰汽车制造有限公司（盖章）\n2026年3月12日")
    assert letter.exporter
    assert letter.exporter.value == NAME


@pytest.mark.parametrize(
    "sentence",
    [
        "At the requestof Manzhouli Beijiang Tongshang Co., Ltd. we confirm the following.",
        "Maintenance will be provided for the vehicles exported to KuwaitbyManzhouli Beijiang Tongshang Co., Ltd.:",
        "Que los vehículos usadosque exporta Manzhouli Beijiang Tongshang Co., Ltd., fueron fabricados aquí.",
        "Nous attestons que les véhicules exportéspar\nManzhouli Beijiang Tongshang Co., Ltd. seront entretenus.",
    ],
)
def test_the_exporter_behind_words_that_lost_their_white(sentence: str) -> None:
    letter = letter_of(f"售后维修服务确认书\n{sentence}\n北辰汽车制造有限公司（盖章）\n2026年3月12日")
    assert letter.exporter
    assert letter.exporter.value == "Manzhouli Beijiang Tongshang Co., Ltd."


def test_an_authority_alone_stays_the_addressee() -> None:
    letter = letter_of("售后维修服务确认书\n致：北辰市商务局、北辰海关\n北辰汽车制造有限公司（盖章）\n2026年3月12日")
    assert letter.addressee
    assert letter.addressee.value == "北辰市商务局、北辰海关"


def test_a_sentence_about_the_parties_names_none() -> None:
    letter = letter_of(
        "售后维修服务确认书\n本确认书一式两份，出口企业与我公司各执一份。\n北辰汽车制造有限公司（盖章）\n2026年3月12日"
    )
    assert letter.exporter is None


@pytest.mark.parametrize("line", ["主题：售后服务确认书BC202650003", "售后证字 BC202650003"])
def test_the_number_behind_what_the_paper_is_called(line: str) -> None:
    letter = letter_of(f"北辰汽车制造有限公司\n{line}\n2026年3月12日")
    assert letter.number
    assert letter.number.value == "BC202650003"


@pytest.mark.parametrize("label", ["表号", "书号", "档号", "承诺书编号"])
def test_the_number_under_whatever_word(label: str) -> None:
    letter = letter_of(f"售后维修服务确认书\n{label}：BC-2026-001\n北辰汽车制造有限公司（盖章）\n2026年3月12日")
    assert letter.number
    assert letter.number.value == "BC-2026-001"


def test_an_engine_s_number_is_not_the_letter_s() -> None:
    letter = letter_of(
        "售后维修服务确认书\n发动机号 | G4200200 | 排量 | 1498 mL\n北辰汽车制造有限公司（盖章）\n2026年3月12日"
    )
    assert letter.number is None


def test_a_number_behind_the_text_on_the_last_page() -> None:
    letter = letter_of(
        "售后维修服务确认书\n兹确认。", "（承诺书编号：BC202600017）\n北辰汽车制造有限公司（盖章）\n2026年3月12日"
    )
    assert letter.number
    assert letter.number.value == "BC202600017"


@pytest.mark.parametrize(
    "lead",
    [
        "For and on behalf of ", "Signed for and on behalf of ", "Company seal of ", "Official seal: ", "Issued by: ",
        "Yours faithfully, ", "In the name and on behalf of ", "Signature and stamp of ", "Manufacturer's seal: ",
    ],
)  # fmt: skip
def test_words_of_an_english_closing_are_no_part_of_who_signs(lead: str) -> None:
    name = "Beichen Automobile Manufacturing Co., Ltd."
    letter = letter_of(
        f"CONFIRMATION LETTER OF AFTER-SALES SERVICE\nVIN LSVAA4182E2184847\n\n{lead}{name}\n12 March 2026"
    )
    assert letter.issuer
    assert letter.issuer.value == name


def test_an_english_name_behind_the_chinese_one_is_its_twin_and_no_branch() -> None:
    letter = letter_of("售后维修服务确认书\n2026年3月12日\n生产企业：华信汽车制造厂Huaxin Automobile Works")
    assert letter.issuer
    assert letter.issuer.value == "华信汽车制造厂"


@pytest.mark.parametrize("words", ["有关出口企业", "相关企业", "the applicant"])
def test_words_that_name_nobody_are_no_exporter(words: str) -> None:
    assert letter_of(f"售后维修服务确认书\n（出口企业：{words}）\n北辰汽车制造有限公司\n2026年3月12日").exporter is None


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("编号：（2026） 恒越确字第547号", "(2026)恒越确字第547号"),
        ("编号：No.0012345", "No.0012345"),
        ("Our ref: No.SHE202600921", "No.SHE202600921"),
    ],
)
def test_the_number_is_whole(said: str, number: str) -> None:
    letter = letter_of(f"售后维修服务确认书\n{said}\n北辰汽车制造有限公司（盖章）\n2026年3月12日")
    assert letter.number
    assert letter.number.value == number
