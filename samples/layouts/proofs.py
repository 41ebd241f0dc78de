"""Looks of proofs of modification: a form, tables, sections, sentences, two languages."""

from __future__ import annotations

from collections.abc import Callable

from samples.filed import Proof
from samples.layouts import aside_papers, proofs_wide
from samples.layouts.closing import chinese_date, chinese_numerals, close, english_date, grid
from samples.paper.sheet import Sheets


def form(sheets: Sheets, proof: Proof) -> None:
    """A ruled form, two labels and two values a row."""
    sheets.centre("改装真实性证明", size=6.8, bold=True)
    sheets.down(2)
    if proof.number:
        sheets.paragraph(f"编号：{proof.number}")
    rows = [
        ("底盘品牌", proof.chassis_brand, "底盘型号", proof.chassis_model),
        ("改装车品牌", proof.modified_brand, "改装车型号", proof.modified_model),
        ("底盘生产企业", proof.chassis_maker, "改装生产企业", proof.issuer),
    ]
    rows += [("车辆识别代号", vin, "申请企业", proof.exporter) for vin in proof.vins]
    rows.append(("公告批次", proof.announcement or "—", "CCC证书编号", proof.ccc or "—"))
    grid(sheets, (30, 52, 30, 50), rows, size=3.5, head=False)
    sheets.paragraph(f"改装内容：{proof.work}", indent=2 * sheets.size_mm)
    sheets.paragraph("我公司保证上述内容真实。", indent=2 * sheets.size_mm)
    close(sheets, (proof.issuer, chinese_date(proof.issued_on)))


def comparison(sheets: Sheets, proof: Proof) -> None:
    """A table of what the vehicle was and what it became."""
    sheets.centre("车辆改装证明", size=6.6, bold=True)
    sheets.down(2)
    sheets.paragraph(f"致：{proof.exporter}")
    sheets.paragraph(f"兹证明下列车辆由我公司改装，{proof.work}，改装前后信息如下：", indent=2 * sheets.size_mm)
    rows = [
        ("项目", "底盘", "改装车"),
        ("品牌", proof.chassis_brand, proof.modified_brand),
        ("型号", proof.chassis_model, proof.modified_model),
        ("生产企业", proof.chassis_maker, proof.issuer),
    ]
    grid(sheets, (36, 62, 64), rows, size=3.8)
    for vin in proof.vins:
        sheets.paragraph(f"车架号：{vin}")
    if proof.announcement:
        sheets.paragraph(f"产品公告批次：{proof.announcement}")
    if proof.ccc:
        sheets.paragraph(f"强制性产品认证证书编号：{proof.ccc}")
    close(sheets, (proof.issuer, proof.issued_on.isoformat()), mark="（公章）")


def vehicle_table(sheets: Sheets, proof: Proof) -> None:
    """One row a vehicle, its columns telling chassis and modified vehicle apart."""
    sheets.centre("关于车辆改装真实性的证明", size=6.2, bold=True)
    sheets.down(2)
    if proof.number:
        sheets.paragraph(f"文号：{proof.number}")
    sheets.paragraph(f"{proof.exporter}：")
    sheets.paragraph(f"下列车辆由我公司改装完成（{proof.work}），情况属实。", indent=2 * sheets.size_mm)
    rows = [("车辆识别代号", "底盘品牌", "底盘型号", "改装车品牌", "改装车型号")]
    rows += [
        (vin, proof.chassis_brand, proof.chassis_model, proof.modified_brand, proof.modified_model)
        for vin in proof.vins
    ]
    grid(sheets, (52, 24, 30, 26, 34), rows, size=3.4)
    if proof.announcement:
        sheets.paragraph(f"《道路机动车辆生产企业及产品公告》批次：{proof.announcement}")
    if proof.ccc:
        sheets.paragraph(f"CCC证书编号：{proof.ccc}")
    close(sheets, (proof.issuer, chinese_numerals(proof.issued_on)), mark="")


def prose(sheets: Sheets, proof: Proof) -> None:
    """Everything in sentences."""
    sheets.centre("改装车辆真实性证明", size=6.6, bold=True)
    sheets.down(2)
    sheets.paragraph(f"{proof.exporter}：")
    sheets.paragraph(
        f"我公司以{proof.chassis_maker}生产的{proof.chassis_brand}{proof.chassis_model}型底盘，改装生产"
        f"{proof.modified_brand}{proof.modified_model}型专用汽车，{proof.work}。",
        indent=2 * sheets.size_mm,
    )
    sheets.paragraph(f"车辆识别代号为{'、'.join(proof.vins)}。", indent=2 * sheets.size_mm)
    if proof.announcement:
        sheets.paragraph(f"该产品已列入工业和信息化部公告{proof.announcement}。", indent=2 * sheets.size_mm)
    if proof.ccc:
        sheets.paragraph(f"该产品已取得强制性产品认证，证书编号{proof.ccc}。", indent=2 * sheets.size_mm)
    sheets.paragraph("特此证明。", indent=2 * sheets.size_mm)
    close(sheets, (proof.issuer, chinese_date(proof.issued_on)), mark="")


def bilingual(sheets: Sheets, proof: Proof) -> None:
    """Labels in two languages, one a line."""
    sheets.centre("车辆改装真实性证明", size=6.2, bold=True)
    sheets.centre("Proof of Vehicle Modification", size=4.8, bold=True)
    sheets.down(2)
    if proof.number:
        sheets.paragraph(f"编号 No.: {proof.number}")
    sheets.paragraph(f"出口企业 Exporter: {proof.exporter}")
    for vin in proof.vins:
        sheets.paragraph(f"车架号 VIN: {vin}")
    sheets.paragraph(f"底盘品牌 Chassis brand: {proof.chassis_brand}")
    sheets.paragraph(f"底盘型号 Chassis model: {proof.chassis_model}")
    sheets.paragraph(f"改装后品牌 Modified brand: {proof.modified_brand}")
    sheets.paragraph(f"改装后型号 Modified model: {proof.modified_model}")
    if proof.announcement:
        sheets.paragraph(f"公告批次 Announcement batch: {proof.announcement}")
    if proof.ccc:
        sheets.paragraph(f"3C证书编号 CCC certificate No.: {proof.ccc}")
    close(sheets, (proof.issuer, proof.issuer_en, english_date(proof.issued_on)), mark="")


def sections(sheets: Sheets, proof: Proof) -> None:
    """A section for the chassis and one for the vehicle made of it; the same labels in both."""
    sheets.centre("改装情况说明", size=6.8, bold=True)
    sheets.down(2)
    sheets.paragraph(f"改装内容：{proof.work}")
    sheets.paragraph("一、底盘信息", bold=True)
    sheets.paragraph(f"品牌：{proof.chassis_brand}    型号：{proof.chassis_model}")
    sheets.paragraph(f"生产企业：{proof.chassis_maker}")
    sheets.paragraph("二、改装后车辆信息", bold=True)
    sheets.paragraph(f"品牌：{proof.modified_brand}    型号：{proof.modified_model}")
    for vin in proof.vins:
        sheets.paragraph(f"车辆识别代号（VIN）：{vin}")
    sheets.paragraph("三、准入信息", bold=True)
    if proof.announcement:
        sheets.paragraph(f"公告批次：{proof.announcement}")
    if proof.ccc:
        sheets.paragraph(f"CCC证书：{proof.ccc}")
    close(sheets, (proof.issuer, chinese_date(proof.issued_on)), mark="（盖章）")


def english(sheets: Sheets, proof: Proof) -> None:
    """Only in English, labels and values in an unruled table."""
    sheets.centre("Certificate of Vehicle Modification", size=6.0, bold=True)
    sheets.down(3)
    rows = [("Vehicle Identification Number", vin) for vin in proof.vins]
    rows += [
        ("Chassis make", proof.chassis_brand),
        ("Chassis model", proof.chassis_model),
        ("Brand after modification", proof.modified_brand),
        ("Model after modification", proof.modified_model),
    ]
    rows += [("Announcement", proof.announcement)] if proof.announcement else []
    rows += [("CCC certificate number", proof.ccc)] if proof.ccc else []
    grid(sheets, (66, 96), rows, size=3.9, ruled=False, head=False)
    sheets.paragraph("We confirm that the vehicle was converted by us as stated above.")
    close(sheets, (proof.issuer, proof.issuer_en, english_date(proof.issued_on)), mark="")


def before_and_after(sheets: Sheets, proof: Proof) -> None:
    """Numbered statements: what the vehicle was before, what it is after."""
    sheets.centre("改装车证明材料", size=6.6, bold=True)
    sheets.down(2)
    sheets.paragraph(f"1. 车架号：{'，'.join(proof.vins)}")
    sheets.paragraph(f"2. 改装前品牌型号：{proof.chassis_brand}{proof.chassis_model}（{proof.chassis_maker}）", hang=5)
    sheets.paragraph(f"3. 改装后品牌型号：{proof.modified_brand}{proof.modified_model}", hang=5)
    sheets.paragraph(f"4. 改装项目：{proof.work}")
    if proof.announcement:
        sheets.paragraph(f"5. 列入《公告》{proof.announcement}")
    if proof.ccc:
        sheets.paragraph(f"6. 3C证书号：{proof.ccc}")
    close(sheets, (proof.issuer, chinese_date(proof.issued_on)), mark="（盖章）")


def conversion_sheet(sheets: Sheets, proof: Proof) -> None:
    """A ruled sheet with a column for the chassis and one for what it became."""
    sheets.centre("汽车改装真实性证明书", size=6.4, bold=True)
    sheets.down(2)
    rows = [
        ("内容", "底盘车辆", "改装完成车辆"),
        ("厂牌", proof.chassis_brand, proof.modified_brand),
        ("车辆型号", proof.chassis_model, proof.modified_model),
        ("制造单位", proof.chassis_maker, proof.issuer),
    ]
    rows += [("VIN", vin, vin) for vin in proof.vins]
    grid(sheets, (30, 66, 66), rows, size=3.6)
    sheets.paragraph(f"公告：{proof.announcement or '—'}；CCC：{proof.ccc or '—'}")
    close(sheets, (proof.issuer, proof.issued_on.isoformat()), mark="（章）")


def english_prose(sheets: Sheets, proof: Proof) -> None:
    """Sentences in English. Kept aside."""
    sheets.centre("Proof of Modification", size=6.4, bold=True)
    sheets.down(3)
    sheets.paragraph(
        f"This is to certify that the vehicle {', '.join(proof.vins)} was built on a {proof.chassis_brand} "
        f"{proof.chassis_model} chassis and converted into a {proof.modified_brand} {proof.modified_model} by us."
    )
    if proof.announcement:
        sheets.paragraph(f"The product is listed in the Announcement, {proof.announcement}.")
    if proof.ccc:
        sheets.paragraph(f"It holds the China Compulsory Certificate No. {proof.ccc}.")
    close(sheets, (proof.issuer, proof.issuer_en, english_date(proof.issued_on)), mark="")


LOOKS: dict[str, Callable[[Sheets, Proof], None]] = {
    "form": form,
    "comparison": comparison,
    "vehicle_table": vehicle_table,
    "prose": prose,
    "bilingual": bilingual,
    "sections": sections,
    "english": english,
    "before_and_after": before_and_after,
    "conversion_sheet": conversion_sheet,
    "english_prose": english_prose,
    **proofs_wide.LOOKS,
    **aside_papers.PROOFS,
}
ASIDE = frozenset({"english_prose", *aside_papers.PROOFS})
"""Looks that nothing was tuned on. Second and third edition: english, before_and_after and conversion_sheet were
reserved at first, then looked at when proofs failed on them (docs/proof-08.md); they count as tuning since."""
