"""Looks of papers kept aside: written before anything was measured on them, and never looked at singly."""

from __future__ import annotations

from collections.abc import Callable

from samples.filed import Certificate, OtherPaper, Proof
from samples.layouts.choices import Wording
from samples.layouts.closing import chinese_date, chinese_numerals, close, english_date, grid
from samples.paper.sheet import Sheets


def _linden(sheets: Sheets, proof: Proof) -> None:
    word = Wording(proof.vins[0])
    sheets.centre(word.one("改装证明", "车辆改装证明函", "改装车辆证明书"), size=6.8, bold=True)
    sheets.down(2)
    if proof.number:
        sheets.paragraph(f"{word.one('编号', '函号', '证明编号')}：{proof.number}")
    sheets.paragraph(f"{word.one('委托单位', '申请单位', '出口企业')}：{proof.exporter}")
    rows = [
        (word.one("车辆识别代号", "车架号", "VIN码"), "类别", word.one("品牌", "商标"), word.one("型号", "车辆型号"))
    ]
    sorts = word.one(("底盘", "改装车"), ("原车", "改装后"), ("底盘车辆", "改装车辆"))
    for vin in proof.vins:
        rows.append((vin, sorts[0], proof.chassis_brand, proof.chassis_model))
        rows.append((vin, sorts[1], proof.modified_brand, proof.modified_model))
    grid(sheets, (58, 30, 34, 40), rows, size=3.4)
    sheets.paragraph(f"改装单位对上述车辆{proof.work}，底盘由{proof.chassis_maker}提供。", indent=2 * sheets.size_mm)
    if proof.announcement:
        sheets.paragraph(f"{word.one('公告批次', '产品公告批次')}：{proof.announcement}")
    if proof.ccc:
        sheets.paragraph(f"{word.one('CCC证书编号', '3C证书编号', '认证证书编号（CCC）')}：{proof.ccc}")
    close(sheets, (proof.issuer, word.one(chinese_date, chinese_numerals)(proof.issued_on)))


def _aspen(sheets: Sheets, proof: Proof) -> None:
    word = Wording(proof.vins[0])
    sheets.centre(word.one("车辆改装真实性证明", "改装车辆情况说明", "改装情况证明"), size=6.4, bold=True)
    if word.odds(0.5):
        sheets.centre(word.one("Proof of Modification", "Vehicle Modification Statement"), size=4.4, bold=True)
    sheets.down(3)
    pairs = [
        (word.one("申请人", "出口企业", "车主单位"), proof.exporter),
        (word.one("车辆识别代号", "车架号", "车辆识别代号（VIN）"), "；".join(proof.vins)),
        (word.one("底盘厂牌型号", "原车厂牌型号", "底盘品牌型号"), f"{proof.chassis_brand} {proof.chassis_model}"),
        (
            word.one("改装后厂牌型号", "改装车厂牌型号", "整车品牌型号"),
            f"{proof.modified_brand} {proof.modified_model}",
        ),
        (word.one("底盘制造厂", "底盘生产厂家"), proof.chassis_maker),
        (word.one("改装厂", "改装单位"), proof.issuer),
        (word.one("改装部位", "改装内容"), proof.work),
        (word.one("公告期数", "公告批次"), proof.announcement or "—"),
        (word.one("3C认证证书编号", "CCC证书号码", "强制认证证书"), proof.ccc or "—"),
    ]
    ruled = word.odds(0.5)
    grid(sheets, (52, 110), pairs, size=3.8, ruled=ruled, head=False)
    close(sheets, (proof.issuer, word.one(proof.issued_on.isoformat(), english_date(proof.issued_on))), mark="（盖章）")


def _alder(sheets: Sheets, paper: Certificate) -> None:
    word = Wording(paper.vin)
    sheets.centre("机动车登记证书", size=7.0, bold=True)
    sheets.put(sheets.left, f"{word.one('登记证书编号', '证书编号')}：{paper.serial}")
    sheets.down(8)
    for number, owner in enumerate(paper.owners):
        kind = "注册登记" if number == 0 else word.one("转让登记", "转移登记")
        rows = [
            ("登记类型", kind, "登记日期", word.one(owner.since.isoformat(), chinese_date(owner.since))),
            ("机动车所有人", owner.name, "身份证明", owner.identity),
            ("登记机关", paper.office, "登记编号", paper.plate),
        ]
        grid(sheets, (28, 58, 26, 50), rows, size=3.2, head=False)
    rows = [
        ("车辆品牌", paper.brand, "车辆型号", paper.model),
        ("车辆识别代号", paper.vin, "发动机号码", paper.engine),
        ("制造厂名称", paper.manufacturer, "出厂日期", paper.made_on.isoformat()),
    ]
    grid(sheets, (28, 58, 26, 50), rows, size=3.2, head=False)
    for mortgage in paper.mortgages:
        sheets.paragraph(f"抵押登记：抵押权人{mortgage.to}，抵押登记日期{chinese_date(mortgage.entered_on)}")
        if mortgage.released_on:
            sheets.paragraph(f"解除抵押登记，日期：{chinese_date(mortgage.released_on)}")
    _sealed(sheets)


def _hazel(sheets: Sheets, paper: Certificate) -> None:
    word = Wording(paper.vin)
    first = paper.owners[0]
    sheets.centre("中华人民共和国机动车登记证书", size=6.2, bold=True)
    sheets.down(4)
    sheets.paragraph("注册登记摘要信息栏", bold=True)
    sheets.paragraph(f"1.机动车所有人/身份证明名称/号码　{first.name}／{first.identity}")
    sheets.paragraph(f"2.登记机关　{paper.office}")
    sheets.paragraph(
        f"3.登记日期　{word.one(first.since.isoformat(), chinese_date(first.since))}　4.机动车登记编号　{paper.plate}"
    )
    sheets.paragraph("注册登记机动车信息栏", bold=True)
    lines = [
        "5.车辆类型　小型轿车", f"6.车辆品牌　{paper.brand}", f"7.车辆型号　{paper.model}",
        f"9.车辆识别代号/车架号　{paper.vin}", f"11.发动机号　{paper.engine}", f"15.制造厂名称　{paper.manufacturer}",
        f"33.车辆出厂日期　{paper.made_on.isoformat()}",
    ]  # fmt: skip
    for line in lines:
        sheets.paragraph(line)
    _sealed(sheets)
    sheets.turn_over()
    sheets.centre("登记栏", size=5.0, bold=True)
    entries = [
        (o.since, _transferred(o.name, o.identity, o.since.isoformat(), for_export=paper.for_export))
        for o in paper.owners[1:]
    ]
    for mortgage in paper.mortgages:
        entries.append(
            (
                mortgage.entered_on,
                ("抵押登记", f"抵押权人姓名/名称：{mortgage.to}", f"抵押登记日期：{mortgage.entered_on.isoformat()}"),
            )
        )
        if mortgage.released_on:
            entries.append((mortgage.released_on, ("解除抵押", f"解除抵押日期：{mortgage.released_on.isoformat()}")))
    for _, lines in sorted(entries):
        for line in lines:
            sheets.paragraph(line)
        sheets.down(3)


def _transferred(name: str, identity: str, since: str, *, for_export: bool) -> tuple[str, ...]:
    head = "转让登记（待出口）" if for_export else "转让登记"
    return head, f"姓名/名称：{name}", f"身份证明名称/号码：{identity}", f"转让登记日期：{since}"


def _sealed(sheets: Sheets) -> None:
    page, y = len(sheets.pages) - 1, min(sheets.y + 16, 258.0)
    sheets.sealed_at = sheets.clear_at = (page, 150.0, y)
    sheets.down(40)


def _acacia(sheets: Sheets, paper: OtherPaper) -> None:
    sheets.centre(paper.title, size=6.2, bold=True)
    sheets.down(3)
    half = (len(paper.lines) + 1) // 2
    cells = [tuple(line.replace("：", " ", 1).split(" ", 1)) for line in paper.lines]
    rows = [(*(one if len(one) == 2 else (one[0], "")),) for one in cells]
    grid(sheets, (46, 116), rows[:half], size=3.5, ruled=False, head=False)
    grid(sheets, (46, 116), rows[half:], size=3.5, head=False)
    close(sheets, (chinese_date(paper.issued_on), paper.signed_by), mark="")


def _juniper(sheets: Sheets, paper: OtherPaper) -> None:
    sheets.put(sheets.left, f"{paper.signed_by}", size=3.6)
    sheets.down(9)
    sheets.centre(paper.title, size=5.6, bold=True)
    sheets.put(sheets.right - sheets.width("第一联"), "第一联")
    sheets.down(8)
    for number, line in enumerate(paper.lines, 1):
        sheets.paragraph(f"{number}　{line}")
    sheets.paragraph(f"日期：{paper.issued_on.isoformat()}")
    close(sheets, (paper.signed_by,), mark="（章）")


PROOFS: dict[str, Callable[[Sheets, Proof], None]] = {"linden": _linden, "aspen": _aspen}
CERTIFICATES: dict[str, Callable[[Sheets, Certificate], None]] = {"alder": _alder, "hazel": _hazel}
OTHERS: dict[str, Callable[[Sheets, OtherPaper], None]] = {"acacia": _acacia, "juniper": _juniper}
