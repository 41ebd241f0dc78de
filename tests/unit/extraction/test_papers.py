"""Proofs of modification and registration certificates on pages set by hand."""

from __future__ import annotations

import pytest

from tests.unit.extraction.sheet import letter_of
from verifier.letter import Kind, Letter

VIN = "LSVAA4182E2184847"
CLOSING = """
安平顺驰专用汽车有限公司
2026年3月12日
"""
PRODUCT = "公告批次：第402批\nCCC证书编号：2025011101234567"
LINES = f"""
改装真实性证明
车架号：{VIN}
底盘品牌：北辰牌    底盘型号：BC1030D6
改装车品牌：顺驰牌    改装车型号：SC5030XLC
{PRODUCT}
{CLOSING}
"""
COMPARED = f"""
车辆改装证明
项目 | 底盘 | 改装后
品牌 | 北辰牌 | 顺驰牌
型号 | BC1030D6 | SC5030XLC
车架号：{VIN}
{PRODUCT}
{CLOSING}
"""
SECTIONS = f"""
改装情况说明
一、底盘信息
品牌：北辰牌
型号：BC1030D6
二、改装后车辆信息
品牌：顺驰牌
型号：SC5030XLC
车架号：{VIN}
{PRODUCT}
{CLOSING}
"""
TABLE = f"""
关于车辆改装真实性的证明
车辆识别代号 | 底盘品牌 | 底盘型号 | 改装车品牌 | 改装车型号
{VIN} | 北辰牌 | BC1030D6 | 顺驰牌 | SC5030XLC
{PRODUCT}
{CLOSING}
"""
PROSE = f"""
改装车辆真实性证明
我公司以北辰汽车制造有限公司生产的北辰牌BC1030D6型底盘，改装生产顺驰牌SC5030XLC型专用汽车。
车辆识别代号为{VIN}。
该产品已列入工业和信息化部公告（第402批）。
该产品已取得强制性产品认证，证书编号2025011101234567。
{CLOSING}
"""


OWN_MODEL_PLAIN = f"""
专用汽车改装证明书
车辆制造企业名称 | 安平顺驰专用汽车有限公司
产品商标 | 顺驰牌
车辆型号 | SC5030XLC
车辆识别代号 | {VIN}
底盘企业 | 北辰汽车制造有限公司
底盘商标 | 北辰牌
底盘产品型号 | BC1030D6
所属公告批次（第402批）
强制性认证证书编号 | 2025011101234567
{CLOSING}
"""
TWO_STOREYS = f"""
改装车辆明细证明
 | | 底盘 | | 改装车 |
序号 | 车架号 | 厂牌 | 车型 | 厂牌 | 车型
1 | {VIN} | 北辰牌 | BC1030D6 | 顺驰牌 | SC5030XLC
公告批次 （第402批） | CCC证书编号 2025011101234567
{CLOSING}
"""
CARDS = f"""
车辆改装真实性证明
原车信息 | 改装后信息
品牌：北辰牌 | 品牌：顺驰牌
型号：BC1030D6 | 型号：SC5030XLC
VIN：{VIN}
{PRODUCT}
{CLOSING}
"""
TWINS = f"""
改装车辆证明
车辆识别代号 VIN | {VIN}
底盘品牌 Chassis brand | 北辰牌
底盘型号 Chassis type | BC1030D6
改装后品牌 Brand after conversion | 顺驰牌
改装车型号 Model after conversion | SC5030XLC
公告批次 Announcement | 第402批
CCC证书 CCC certificate | 2025011101234567
{CLOSING}
"""
CLAUSES = f"""
改装真实性承诺书
（一）车辆识别代号：{VIN}。
（二）所用底盘系北辰汽车制造有限公司生产的北辰牌BC1030D6。
（三）整车为顺驰牌SC5030XLC。
（四）产品公告批次：第402批。
（五）3C证书：2025011101234567。
{CLOSING}
"""
ARROW = f"""
事由：车辆改装证明
1. {VIN}：北辰牌BC1030D6底盘→顺驰牌SC5030XLC
{PRODUCT}
{CLOSING}
"""
CONVERSION = f"""
Certificate of Vehicle Conversion
1. Base vehicle (chassis)
Trade mark | 北辰牌
Model designation | BC1030D6
2. Completed vehicle
Trade mark | 顺驰牌
Model designation | SC5030XLC
VIN | {VIN}
MIIT announcement batch: 第402批
CCC certificate No.: 2025011101234567
{CLOSING}
"""


@pytest.mark.parametrize(
    "text",
    [
        LINES, COMPARED, SECTIONS, TABLE, PROSE, OWN_MODEL_PLAIN, TWO_STOREYS, CARDS, TWINS, CLAUSES, ARROW, CONVERSION,
    ],
)  # fmt: skip
def test_proof_says_the_same_whatever_its_look(text: str) -> None:
    letter = letter_of(text)
    assert letter.kind is Kind.MODIFICATION_PROOF
    assert _values(letter, "chassis_brand", "chassis_model", "modified_brand", "modified_model") == [
        "北辰牌", "BC1030D6", "顺驰牌", "SC5030XLC",
    ]  # fmt: skip
    assert _values(letter, "announcement", "ccc_certificate", "issuer") == [
        "第402批", "2025011101234567", "安平顺驰专用汽车有限公司",
    ]  # fmt: skip
    assert [vehicle.vin.value for vehicle in letter.vehicles] == [VIN]


def test_two_chassis_models_for_one_proof_leave_a_doubt() -> None:
    letter = letter_of(LINES.replace("车架号", "底盘型号：BC1030D7\n车架号"))
    assert letter.chassis_model is not None
    assert letter.chassis_model.doubt == "ambiguous"


UNTITLED = f"""
天津远航贸易有限公司：
车架号：{VIN}
原车为北辰牌BC1030D6，由我公司改装为救护车，改装后的品牌型号为顺驰牌SC5030XLC。
{PRODUCT}
{CLOSING}
"""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (UNTITLED, Kind.MODIFICATION_PROOF),
        (UNTITLED.replace("改装", "更换"), Kind.UNKNOWN),
        (UNTITLED.replace("原车为北辰牌BC1030D6，", ""), Kind.UNKNOWN),
        (UNTITLED.replace(VIN, "见附件"), Kind.UNKNOWN),
    ],
)
def test_paper_without_a_title_is_a_proof_where_it_says_all_of_one(text: str, kind: Kind) -> None:
    assert letter_of(text).kind is kind


def test_plain_model_is_the_modified_vehicles_only_where_the_chassis_is_named() -> None:
    letter = letter_of(f"改装真实性证明\n车辆型号：SC5030XLC\n车架号：{VIN}\n{CLOSING}")
    assert (letter.chassis_model, letter.modified_model) == (None, None)


def test_label_or_company_is_never_taken_for_a_brand_or_model() -> None:
    letter = letter_of(LINES.replace("北辰牌", "北辰汽车制造有限公司").replace("SC5030XLC", VIN))
    assert (letter.chassis_brand, letter.modified_model) == (None, None)


def test_signer_whose_date_is_misread_is_still_not_the_chassis_maker() -> None:
    text = COMPARED.replace("车架号", "生产企业 | 北辰汽车制造有限公司 | 安平顺驰专用汽车有限公司\n车架号")
    letter = letter_of(text.replace("专用汽车有限公司\n2026年3月12日", "专用汽车有限公司（公章）\n2026-V3-12"))
    assert _values(letter, "issuer") == ["安平顺驰专用汽车有限公司"]


NUMBERED = f"""
机动车登记证书
1.机动车所有人/身份证明名称/号码 | 王小明/居民身份证/110101197502020022
3.登记日期 | 2025-09-05    4.机动车登记编号 津A12345
注册登记机动车信息栏
5.车辆类型 | 小型轿车 | 6.车辆品牌 | 北辰牌
7.车辆型号 | BC7001A | 12.发动机型号 | TZ200XS
9.车辆识别代号/车架号 | {VIN} | 15.制造厂名称 | 北辰汽车制造有限公司
33.车辆出厂日期 | 2025-08-01 | 34.发证日期 | 2025-09-05
登记栏
{{entries}}
"""
TRANSFER = (
    "转让登记  姓名/名称：天津远航贸易有限公司  身份证明名称/号码：营业执照/9112  "
    "转让登记日期：2026-01-10  备注：转让登记待出口"
)
PLEDGE = "抵押登记  抵押权人姓名/名称：远方银行  抵押登记日期：2025-10-01"


@pytest.mark.parametrize(
    ("entries", "mortgaged"),
    [
        (TRANSFER, None),
        (f"{PLEDGE}\n{TRANSFER}", "yes"),
        (f"{PLEDGE}\n解除抵押  解除抵押日期：2025-12-01\n{TRANSFER}", "no"),
        (f"{TRANSFER}\n抵押权人姓名/名称：无  解除抵押日期：", None),
    ],
)
def test_certificate_is_read_with_its_later_entries(entries: str, mortgaged: str | None) -> None:
    letter = letter_of(NUMBERED.format(entries=entries))
    assert letter.kind is Kind.REGISTRATION_CERTIFICATE
    assert _values(letter, "owner", "manufacturer") == ["天津远航贸易有限公司", "北辰汽车制造有限公司"]
    (vehicle,) = letter.vehicles
    stated = (vehicle.vin, vehicle.brand, vehicle.model, vehicle.registration_date, vehicle.transfer_date)
    assert [field and field.value for field in stated] == [VIN, "北辰牌", "BC7001A", "2025-09-05", "2026-01-10"]
    assert (letter.mortgaged and letter.mortgaged.value) == mortgaged


def test_first_owner_stays_the_owner_without_a_transfer() -> None:
    letter = letter_of(NUMBERED.format(entries="（以下空白）"))
    assert _values(letter, "owner") == ["王小明"]
    assert letter.vehicles[0].transfer_date is None


ELECTRONIC = f"""
机动车登记证书（电子版）
所有人 | 天津远航贸易有限公司 | 号牌号码 | 津A12345
车辆品牌 | 北辰牌 | 车辆型号 | BC7001A
车辆识别代号 | {VIN} | 发动机号 | EN1234567
制造厂名称 | 北辰汽车制造有限公司 | 出厂日期 | 2025-08-01
序号 | 登记业务 | 登记日期 | 相关人
1 | 注册登记 | 2025-09-05 | 王小明
2 | 抵押登记 | 2025-10-01 | 远方银行
{{released}}
4 | 转让登记（待出口） | 2026-01-10 | 天津远航贸易有限公司
"""


@pytest.mark.parametrize(("released", "mortgaged"), [("", "yes"), ("3 | 解除抵押登记 | 2025-12-01 | 远方银行", "no")])
def test_entries_in_a_list_tell_registration_transfer_and_pledge(released: str, mortgaged: str) -> None:
    letter = letter_of(ELECTRONIC.format(released=released))
    (vehicle,) = letter.vehicles
    dates = [field and field.value for field in (vehicle.registration_date, vehicle.transfer_date)]
    assert (dates, letter.mortgaged and letter.mortgaged.value) == (["2025-09-05", "2026-01-10"], mortgaged)


def test_day_of_registration_is_found_where_the_reader_ran_labels_together() -> None:
    run = "机动车所有人/身份证明名称/号码王小明/居民身份证/110登记机关天津市车辆管理所 登记日期2025-09-05登记栏"
    letter = letter_of(f"机动车登记证书\n{run}\n车辆识别代号 | {VIN}\n{TRANSFER}")
    (vehicle,) = letter.vehicles
    dates = [field and field.value for field in (vehicle.registration_date, vehicle.transfer_date)]
    assert dates == ["2025-09-05", "2026-01-10"]


def test_day_of_an_entry_may_stand_in_the_line_under_it() -> None:
    broken = "转移登记（待出口）  姓名/名称：天津远航贸易有限公司\n转移登记日\n期：2026-01-10"
    letter = letter_of(NUMBERED.format(entries=broken))
    assert letter.vehicles[0].transfer_date is not None
    assert letter.vehicles[0].transfer_date.value == "2026-01-10"


@pytest.mark.parametrize(
    "title", ["中华人民共和国出口许可证", "机动车销售统一发票", "购销合同", "授权委托书", "装箱单", "营业执照"]
)
def test_other_papers_are_recognised_as_such(title: str) -> None:
    assert letter_of(f"^{title}\n购买方：天津远航贸易有限公司").kind is Kind.OTHER


def _values(letter: Letter, *names: str) -> list[str | None]:
    return [field.value if (field := getattr(letter, name)) else None for name in names]
