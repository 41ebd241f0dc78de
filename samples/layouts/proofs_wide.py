"""Further looks of proofs of modification, as special-vehicle makers write them; their words change from paper to paper."""

from __future__ import annotations

from collections.abc import Callable

from samples.filed import Proof
from samples.layouts.closing import chinese_date, chinese_numerals, close, english_date, grid
from samples.layouts.wording import Wording
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
            f"{number}. {vin}：{proof.chassis_brand}{proof.chassis_model}底盘{arrow}{proof.modified_brand}{proof.modified_model}",
            hang=5,
        )
    sheets.paragraph(f"作业内容：{proof.work}")
    if proof.announcement:
        sheets.paragraph(f"{word.one('公告批次', '《公告》批次')}：{proof.announcement}")
    if proof.ccc:
        sheets.paragraph(f"CCC：{proof.ccc}")
    close(sheets, (proof.issuer, proof.issued_on.isoformat()), mark="（章）")


LOOKS: dict[str, Look] = {
    "factory_certificate": factory_certificate,
    "announcement_extract": announcement_extract,
    "statement": statement,
    "english_form": english_form,
    "bilingual_table": bilingual_table,
    "cards": cards,
    "clauses": clauses,
    "technical_sheet": technical_sheet,
    "two_storeyed_head": two_storeyed_head,
    "memo": memo,
}
