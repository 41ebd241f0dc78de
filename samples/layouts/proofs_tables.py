"""Further looks of proofs of modification as makers of special vehicles write them, in tables."""

from __future__ import annotations

from collections.abc import Callable

from samples.filed import Proof
from samples.layouts.choices import Wording
from samples.layouts.closing import chinese_date, close, grid
from samples.paper.sheet import Rule, Sheets

Look = Callable[[Sheets, Proof], None]


def factory_certificate(sheets: Sheets, proof: Proof) -> None:
    """The numbered form that a converter hands out with each vehicle."""
    word = Wording(proof.vins[0])
    title = word.one("专用汽车改装证明书", "改装车辆出厂证明", "车辆改装合格证明")
    sheets.centre(title, size=6.6, bold=True)
    sheets.down(2)
    if proof.number:
        sheets.paragraph(f"{word.one('证明编号', '编号', '证书编号')}：{proof.number}")
    rows = [
        (word.one("车辆制造企业名称", "改装企业名称", "生产企业名称"), proof.issuer),
        (word.one("车辆品牌", "整车品牌", "产品商标"), proof.modified_brand),
        (word.one("车辆型号", "整车型号", "产品型号"), proof.modified_model),
        *((word.one("车辆识别代号/车架号", "车辆识别代号(VIN)"), vin) for vin in proof.vins),
        (word.one("底盘生产企业", "底盘企业名称"), proof.chassis_maker),
        (word.one("底盘品牌", "底盘商标"), proof.chassis_brand),
        (word.one("底盘型号", "底盘产品型号"), proof.chassis_model),
        (word.one("改装项目", "改装内容", "上装内容"), proof.work),
        (word.one("公告批次", "产品公告批次", "所属公告批次"), proof.announcement or "/"),
        (word.one("CCC证书编号", "强制性认证证书编号", "3C证书编号"), proof.ccc or "/"),
    ]
    numbered = word.odds(0.6)
    rows = [(f"{n}. {label}" if numbered else label, value) for n, (label, value) in enumerate(rows, 1)]
    grid(sheets, (58, 104), rows, size=3.6, head=False)
    sheets.paragraph("上述车辆经检验合格，准予出厂。", indent=2 * sheets.size_mm)
    close(sheets, (proof.issuer, chinese_date(proof.issued_on)), mark=word.one("（盖章）", "", "（公章）"))


def announcement_extract(sheets: Sheets, proof: Proof) -> None:
    """What the ministry's announcement says of the product, extracted by its maker."""
    word = Wording(proof.vins[0])
    sheets.centre(
        word.one("改装车辆公告参数证明", "关于改装车辆公告信息的证明", "车辆改装证明（公告摘录）"), size=6.2, bold=True
    )
    sheets.down(2)
    sheets.paragraph(
        f"兹证明我公司生产的下列产品已列入《道路机动车辆生产企业及产品公告》{proof.announcement}，摘录如下：",
        indent=2 * sheets.size_mm,
    )
    rows = [
        ("企业名称", proof.issuer, word.one("商标", "产品商标", "中文品牌"), proof.modified_brand),
        (
            word.one("产品型号", "型号"),
            proof.modified_model,
            "产品名称",
            word.one("厢式运输车", "旅居车", "专用作业车"),
        ),
        (word.one("底盘商标", "底盘品牌"), proof.chassis_brand, "底盘型号", proof.chassis_model),
        ("底盘企业", proof.chassis_maker, word.one("3C证书号", "CCC证书号"), proof.ccc or "—"),
    ]
    grid(sheets, (26, 58, 26, 52), rows, size=3.4, head=False)
    label = word.one("车架号", "车辆识别代号", "所涉车辆VIN")
    sheets.paragraph(f"{label}：{'、'.join(proof.vins)}")
    sheets.paragraph(f"改装情况：{proof.work}。")
    close(sheets, (proof.issuer, word.one(chinese_date(proof.issued_on), proof.issued_on.isoformat())), mark="")


def bilingual_table(sheets: Sheets, proof: Proof) -> None:
    """A ruled table, every label in two languages over each other or with a stroke."""
    word = Wording(proof.vins[0])
    sheets.centre("改装车辆证明", size=6.4, bold=True)
    sheets.centre(word.one("Certificate of Vehicle Modification", "MODIFICATION CERTIFICATE"), size=4.6, bold=True)
    sheets.down(2)
    by = word.one(" / ", " ")
    rows = [
        (f"车辆识别代号{by}VIN", "，".join(proof.vins)),
        (f"{word.one('底盘品牌', '底盘厂牌')}{by}Chassis brand", proof.chassis_brand),
        (f"底盘型号{by}{word.one('Chassis model', 'Chassis type')}", proof.chassis_model),
        (f"底盘制造商{by}Chassis manufacturer", proof.chassis_maker),
        (
            f"{word.one('改装后品牌', '改装车品牌')}{by}{word.one('Modified brand', 'Brand after conversion')}",
            proof.modified_brand,
        ),
        (
            f"{word.one('改装后型号', '改装车型号')}{by}{word.one('Modified model', 'Model after conversion')}",
            proof.modified_model,
        ),
        (f"改装企业{by}Converter", proof.issuer),
        (f"公告批次{by}Announcement", proof.announcement or "—"),
        (f"CCC证书{by}CCC certificate", proof.ccc or "—"),
    ]
    grid(sheets, (66, 96), rows, size=3.5, head=False)
    close(sheets, (proof.issuer, proof.issuer_en, proof.issued_on.isoformat()), mark="")


def technical_sheet(sheets: Sheets, proof: Proof) -> None:
    """The main data before and after, more rows than brand and model."""
    word = Wording(proof.vins[0])
    sheets.centre(word.one("车辆改装前后参数对照证明", "改装车辆技术参数证明", "车辆改装技术证明"), size=6.2, bold=True)
    sheets.down(2)
    sheets.paragraph(f"{word.one('车辆识别代号（车架号）', '车架号', 'VIN代码')}：{'、'.join(proof.vins)}")
    heads = word.one(("底盘车", "改装车"), ("改装前", "改装后"), ("原底盘", "成品车"), ("原厂底盘", "专用车"))
    rows = [
        (word.one("参数", "项目", "名称"), *heads),
        (word.one("车辆品牌", "商标", "厂牌"), proof.chassis_brand, proof.modified_brand),
        (word.one("车辆型号", "型号", "产品型号"), proof.chassis_model, proof.modified_model),
        ("外廓尺寸(mm)", "5995×2160×2450", "5995×2260×3150"),
        ("总质量(kg)", "4495", "4495"),
        ("整备质量(kg)", "2300", "3105"),
        ("生产企业", proof.chassis_maker, proof.issuer),
    ]
    grid(sheets, (38, 62, 62), rows, size=3.5)
    facts = [("公告批次", proof.announcement or "无"), (word.one("CCC证书编号", "3C证书号"), proof.ccc or "无")]
    for label, value in facts:
        sheets.paragraph(f"{label}：{value}")
    close(sheets, (proof.issuer, chinese_date(proof.issued_on)), mark=word.one("（公章）", ""))


def two_storeyed_head(sheets: Sheets, proof: Proof) -> None:
    """A table of vehicles whose head has two rows: chassis and modified vehicle over brand and model."""
    word = Wording(proof.vins[0])
    sheets.centre(word.one("改装车辆明细证明", "关于改装车辆的证明", "改装车辆真实性证明"), size=6.4, bold=True)
    sheets.down(2)
    if proof.number:
        sheets.paragraph(f"文号：{proof.number}")
    sheets.paragraph(f"下列{len(proof.vins)}辆车由我公司{proof.work}，特此证明。", indent=2 * sheets.size_mm)
    brand, model = word.one(("品牌", "型号"), ("厂牌", "车型"), ("商标", "产品型号"))
    heads = word.one(("底盘", "改装车"), ("底盘车辆", "改装后车辆"), ("改装前", "改装后"))
    widths, size = (12, 52, 24, 28, 22, 24), 3.3
    _spanning(sheets, (64, 52, 46), ("", *heads), size)
    rows = [("序号", word.one("车架号", "车辆识别代号", "VIN"), brand, model, brand, model)]
    rows += [
        (str(n), vin, proof.chassis_brand, proof.chassis_model, proof.modified_brand, proof.modified_model)
        for n, vin in enumerate(proof.vins, 1)
    ]
    grid(sheets, widths, rows, size=size)
    sheets.paragraph(f"公告批次 {proof.announcement or '—'}    CCC证书编号 {proof.ccc or '—'}")
    close(sheets, (proof.issuer, chinese_date(proof.issued_on)), mark="")


def _spanning(sheets: Sheets, widths: tuple[float, ...], texts: tuple[str, ...], size: float) -> None:
    """Print one ruled row of heads, each in the middle of its columns."""
    x, top, height = sheets.left, sheets.y - size, size * 1.45 + 2.4
    for width, text in zip(widths, texts, strict=True):
        sheets.put(x + (width - sheets.width(text, size, True)) / 2, text, size=size, bold=True, y=top + size * 1.45)
        for a, b in (
            ((x, top), (x + width, top)),
            ((x, top), (x, top + height)),
            ((x + width, top), (x + width, top + height)),
        ):
            sheets.pages[-1].append(Rule(*a, *b))
        x += width
    sheets.down(height)


LOOKS: dict[str, Look] = {
    "factory_certificate": factory_certificate,
    "announcement_extract": announcement_extract,
    "bilingual_table": bilingual_table,
    "technical_sheet": technical_sheet,
    "two_storeyed_head": two_storeyed_head,
}
