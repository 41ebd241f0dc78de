"""Further looks of proofs of modification, in sentences, blocks and clauses; their words change from paper to paper."""

from __future__ import annotations

from collections.abc import Callable

from samples.filed import Proof
from samples.layouts import proofs_tables
from samples.layouts.choices import Wording
from samples.layouts.closing import chinese_date, chinese_numerals, close, english_date, grid
from samples.paper.sheet import Sheets

Look = Callable[[Sheets, Proof], None]


def statement(sheets: Sheets, proof: Proof) -> None:
    """A statement in several sentences, in one of three voices."""
    word = Wording(proof.vins[0])
    sheets.centre(word.one("关于车辆改装情况的声明", "改装真实性声明", "车辆改装情况证明"), size=6.4, bold=True)
    sheets.down(2)
    sheets.paragraph(f"{word.one('致：', '')}{proof.exporter}：")
    vins = "、".join(proof.vins)
    chassis, modified = proof.chassis_brand + proof.chassis_model, proof.modified_brand + proof.modified_model
    body = word.one(
        f"贵公司委托我公司改装的车辆（车辆识别代号：{vins}），底盘为{proof.chassis_maker}出品的{chassis}，经我公司{proof.work}后，"
        f"成为{modified}车辆，改装过程符合国家标准。",
        f"兹有车架号为{vins}的车辆，原车为{chassis}，由我公司{proof.work}，改装后的品牌型号为{modified}，与公告一致。",
        f"我公司购入{chassis}二类底盘（{proof.chassis_maker}制造），在此基础上{proof.work}，完成车型为{modified}，"
        f"VIN：{vins}。",
    )
    sheets.paragraph(body, indent=2 * sheets.size_mm)
    listed = word.one(
        f"该车型见工业和信息化部公告{proof.announcement}，强制性产品认证证书号{proof.ccc}。",
        f"上述车型公告批次为{proof.announcement}，CCC证书编号为{proof.ccc}。",
        f"公告：{proof.announcement}；3C证书：{proof.ccc}。",
    )
    if proof.announcement and proof.ccc:
        sheets.paragraph(listed, indent=2 * sheets.size_mm)
    sheets.paragraph("我公司对上述内容的真实性负责。", indent=2 * sheets.size_mm)
    close(sheets, (proof.issuer, word.one(chinese_date, chinese_numerals)(proof.issued_on)), mark="")


def english_form(sheets: Sheets, proof: Proof) -> None:
    """A conversion certificate in English with a block for the base vehicle and one for the completed one."""
    word = Wording(proof.vins[0])
    title = word.one("VEHICLE CONVERSION CERTIFICATE", "Certificate of Vehicle Conversion", "Statement of Modification")
    sheets.centre(title, size=5.8, bold=True)
    sheets.down(3)
    if proof.number:
        sheets.paragraph(f"{word.one('Certificate No.', 'Ref. No.', 'Reference')}: {proof.number}")
    sheets.paragraph(f"{word.one('Issued to', 'Customer', 'Exporter')}: {proof.exporter}")
    make, model = word.one(("Make", "Model"), ("Brand", "Type"), ("Trade mark", "Model designation"))
    sheets.paragraph(word.one("1. Base vehicle (chassis)", "A. Chassis", "Part I - Base Vehicle"), bold=True)
    grid(sheets, (60, 102), [(make, proof.chassis_brand), (model, proof.chassis_model)], size=3.7, head=False)
    sheets.paragraph(
        word.one("2. Completed vehicle", "B. Converted vehicle", "Part II - Vehicle After Conversion"), bold=True
    )
    rows = [(make, proof.modified_brand), (model, proof.modified_model)]
    rows += [(word.one("VIN", "Vehicle identification number", "Chassis number"), vin) for vin in proof.vins]
    grid(sheets, (60, 102), rows, size=3.7, head=False)
    if proof.announcement:
        sheets.paragraph(f"{word.one('MIIT announcement batch', 'Announcement No.')}: {proof.announcement}")
    if proof.ccc:
        sheets.paragraph(f"{word.one('CCC certificate No.', 'China Compulsory Certificate')}: {proof.ccc}")
    close(sheets, (proof.issuer, proof.issuer_en, english_date(proof.issued_on)), mark="")


def cards(sheets: Sheets, proof: Proof) -> None:
    """Two blocks side by side without rules: what it was on the left, what it is on the right."""
    word = Wording(proof.vins[0])
    sheets.centre(word.one("车辆改装真实性证明", "改装真实性证明材料", "改装车辆情况证明"), size=6.4, bold=True)
    sheets.down(3)
    middle = (sheets.left + sheets.right) / 2 + 3
    heads = word.one(
        ("底盘信息", "改装车信息"), ("原车信息", "改装后信息"), ("改装前", "改装后"), ("基础车辆", "完成车辆")
    )
    brand, model = word.one(("品牌", "型号"), ("厂牌", "车辆型号"), ("车辆品牌", "车型"))
    left = (f"{brand}：{proof.chassis_brand}", f"{model}：{proof.chassis_model}", f"企业：{proof.chassis_maker}")
    right = (f"{brand}：{proof.modified_brand}", f"{model}：{proof.modified_model}", f"企业：{proof.issuer}")
    for number, (a, b) in enumerate(zip((heads[0], *left), (heads[1], *right), strict=True)):
        sheets.put(sheets.left, a, bold=number == 0, size=3.6)
        sheets.put(middle, b, bold=number == 0, size=3.6)
        sheets.down(7.5)
    sheets.down(3)
    for vin in proof.vins:
        sheets.paragraph(f"{word.one('车架号码', '车辆识别代号', 'VIN')}：{vin}")
    sheets.paragraph(f"改装说明：{proof.work}")
    if proof.announcement:
        sheets.paragraph(f"{word.one('公告批次', '公告', '产品公告')}：{proof.announcement}")
    if proof.ccc:
        sheets.paragraph(f"{word.one('3C证书', 'CCC认证证书编号', '强制性产品认证证书')}：{proof.ccc}")
    close(sheets, (proof.issuer, chinese_date(proof.issued_on)), mark=word.one("（盖章）", ""))


def clauses(sheets: Sheets, proof: Proof) -> None:
    """Clauses that a converter vouches for, one after the other."""
    word = Wording(proof.vins[0])
    sheets.centre(word.one("改装真实性承诺书", "车辆改装真实性保证书", "改装真实性声明书"), size=6.6, bold=True)
    sheets.down(2)
    sheets.paragraph("本公司就下列改装车辆作如下说明：", indent=2 * sheets.size_mm)
    style = word.one("（{}）", "{}、", "{}. ")
    numerals = "一二三四五六七" if "." not in style else "1234567"
    was = word.one("底盘为", "所用底盘系", "改装所采用的底盘为")
    became = word.one("改装后车辆为", "改装完成后为", "整车为")
    texts = [
        f"车辆识别代号：{'、'.join(proof.vins)}。",
        f"{was}{proof.chassis_maker}生产的{proof.chassis_brand}{proof.chassis_model}。",
        f"{became}{proof.modified_brand}{proof.modified_model}。",
        f"改装内容为{proof.work}。",
    ]
    texts += [f"产品公告批次：{proof.announcement}。"] if proof.announcement else []
    texts += [f"强制性产品认证证书编号：{proof.ccc}。"] if proof.ccc else []
    for numeral, text in zip(numerals, texts, strict=False):
        sheets.paragraph(style.format(numeral) + text, hang=6)
    close(sheets, (proof.issuer, chinese_numerals(proof.issued_on)), mark="（盖章）")


def memo(sheets: Sheets, proof: Proof) -> None:
    """A short note: each vehicle with what it was and became in one line."""
    word = Wording(proof.vins[0])
    sheets.paragraph(f"{word.one('发件', '发自', '出具单位')}：{proof.issuer}")
    sheets.paragraph(f"{word.one('收件', '致', '主送')}：{proof.exporter}")
    sheets.paragraph(f"{word.one('事由', '主题')}：车辆改装证明")
    sheets.down(4)
    arrow = word.one("→", "改为", "改装为")
    for number, vin in enumerate(proof.vins, 1):
        sheets.paragraph(
            f"{number}. {vin}：{proof.chassis_brand}{proof.chassis_model}底盘{arrow}"
            f"{proof.modified_brand}{proof.modified_model}",
            hang=5,
        )
    sheets.paragraph(f"作业内容：{proof.work}")
    if proof.announcement:
        sheets.paragraph(f"{word.one('公告批次', '《公告》批次')}：{proof.announcement}")
    if proof.ccc:
        sheets.paragraph(f"CCC：{proof.ccc}")
    close(sheets, (proof.issuer, proof.issued_on.isoformat()), mark="（章）")


LOOKS: dict[str, Look] = {
    **proofs_tables.LOOKS,
    "statement": statement,
    "english_form": english_form,
    "cards": cards,
    "clauses": clauses,
    "memo": memo,
}
