"""Looks of the motor vehicle registration certificate: two editions in full, and a copy on one page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from samples.filed import Certificate, Mortgage, OwnerRow
from samples.layouts import aside_papers, certificates_wide
from samples.layouts.closing import chinese_date, grid
from samples.paper.sheet import Sheets


def numbered(sheets: Sheets, paper: Certificate) -> None:
    """The edition with numbered boxes: summary of registration, the vehicle, then the later entries."""
    _head(sheets, paper)
    first = paper.owners[0]
    rows = [
        ("1.机动车所有人/身份证明名称/号码", f"{first.name}/{first.identity}"),
        ("2.登记机关", paper.office),
        ("3.登记日期", f"{first.since.isoformat()}    4.机动车登记编号 {paper.plate}"),
    ]
    grid(sheets, (56, 106), rows, size=3.4, head=False)
    sheets.paragraph("注册登记机动车信息栏", bold=True)
    vehicle = [
        ("5.车辆类型", "小型轿车", "6.车辆品牌", paper.brand),
        ("7.车辆型号", paper.model, "8.车身颜色", "白"),
        ("9.车辆识别代号/车架号", paper.vin, "10.国产/进口", "国产"),
        ("11.发动机号", paper.engine, "13.燃料种类", "电"),
        ("15.制造厂名称", paper.manufacturer, "31.使用性质", "非营运"),
        ("32.车辆获得方式", "购买", "33.车辆出厂日期", paper.made_on.isoformat()),
        ("34.发证日期", first.since.isoformat(), "发证机关章", ""),
    ]
    grid(sheets, (34, 52, 30, 46), vehicle, size=3.2, head=False)
    _seal_below(sheets)
    sheets.turn_over()
    sheets.centre("登记栏", size=5.0, bold=True)
    for entry in _entries(paper):
        grid(sheets, (162,), [(entry,)], size=3.4, head=False)


def summary_rows(sheets: Sheets, paper: Certificate) -> None:
    """The edition with a summary block a registration and a transfer, the vehicle on the next page."""
    _head(sheets, paper)
    for number, owner in enumerate(paper.owners):
        sheets.paragraph("注册登记摘要信息栏" if number == 0 else "转移登记摘要信息栏", bold=True)
        rows = [
            ("机动车所有人", owner.name, "身份证明名称/号码", owner.identity),
            ("登记机关", paper.office, "登记日期", owner.since.isoformat()),
            ("机动车登记编号", paper.plate, "备注", "转让登记待出口" if number and paper.for_export else "—"),
        ]
        grid(sheets, (28, 56, 30, 48), rows, size=3.2, head=False)
    _seal_below(sheets)
    sheets.turn_over()
    sheets.paragraph("注册登记机动车信息栏", bold=True)
    vehicle = [
        ("车辆类型", "小型普通客车"), ("车辆品牌", paper.brand), ("车辆型号", paper.model),
        ("车辆识别代号/车架号", paper.vin), ("发动机号", paper.engine), ("制造厂名称", paper.manufacturer),
        ("使用性质", "非营运"), ("车辆出厂日期", chinese_date(paper.made_on)),
        ("发证日期", chinese_date(paper.owners[0].since)),
    ]  # fmt: skip
    grid(sheets, (52, 110), vehicle, size=3.5, head=False)
    sheets.paragraph("登记栏", bold=True)
    for mortgage in paper.mortgages:
        for entry in _mortgage(mortgage):
            sheets.paragraph(entry)
    sheets.paragraph("（以下空白）")


def one_page(sheets: Sheets, paper: Certificate) -> None:
    """A copy of registration page and later entries on one sheet, labels and values in lines."""
    _head(sheets, paper)
    first = paper.owners[0]
    sheets.paragraph(f"机动车所有人：{first.name}    身份证明：{first.identity}")
    sheets.paragraph(f"登记机关：{paper.office}    登记日期：{chinese_date(first.since)}")
    sheets.paragraph(f"机动车登记编号：{paper.plate}")
    sheets.paragraph(f"车辆品牌：{paper.brand}    车辆型号：{paper.model}")
    sheets.paragraph(f"车辆识别代号：{paper.vin}")
    sheets.paragraph(f"发动机号：{paper.engine}    车辆出厂日期：{chinese_date(paper.made_on)}")
    sheets.paragraph(f"制造厂名称：{paper.manufacturer}")
    sheets.down(3)
    sheets.paragraph("登记栏", bold=True)
    for entry in _entries(paper):
        sheets.paragraph(entry)
    _seal_below(sheets)


def _head(sheets: Sheets, paper: Certificate) -> None:
    sheets.centre("机动车登记证书", size=7.2, bold=True)
    sheets.put(sheets.right - sheets.width(paper.serial), paper.serial)
    sheets.down(8)


def _seal_below(sheets: Sheets) -> None:
    page = len(sheets.pages) - 1
    y = min(sheets.y + 16, 262.0)
    sheets.sealed_at = (page, 150.0, y)
    sheets.clear_at = (page, 150.0, y)
    sheets.down(40)


def _entries(paper: Certificate) -> Iterator[str]:
    """Yield transfers and pledges by day, as the office enters them."""
    rows = [(owner.since, 0, _transfer(owner, paper.for_export)) for owner in paper.owners[1:]]
    rows += [(m.entered_on, 1, entry) for m in paper.mortgages for entry in _mortgage(m)]
    for _, _, text in sorted(rows):
        yield text


def _transfer(owner: OwnerRow, for_export: bool) -> str:
    remark = "备注：转让登记待出口" if for_export else "备注：无"
    return (
        f"转让登记  姓名/名称：{owner.name}  身份证明名称/号码：{owner.identity}  "
        f"获得方式：购买  转让登记日期：{owner.since.isoformat()}  {remark}"
    )


def _mortgage(mortgage: Mortgage) -> Iterator[str]:
    yield f"抵押登记  抵押权人姓名/名称：{mortgage.to}  抵押登记日期：{mortgage.entered_on.isoformat()}"
    if mortgage.released_on:
        yield f"解除抵押  解除抵押日期：{mortgage.released_on.isoformat()}"


def photocopied_spread(sheets: Sheets, paper: Certificate) -> None:
    """Both pages of a spread on one sheet: vehicle first, then the owner, entries in a table. Kept aside."""
    _head(sheets, paper)
    first, last = paper.owners[0], paper.owners[-1]
    rows = [
        ("品牌", paper.brand, "型号", paper.model),
        ("车架号", paper.vin, "发动机号", paper.engine),
        ("制造厂名称", paper.manufacturer, "出厂日期", paper.made_on.isoformat()),
        ("所有人", first.name, "注册登记日期", chinese_date(first.since)),
    ]
    if len(paper.owners) > 1:
        rows.append(("现机动车所有人", last.name, "转让登记待出口日期", chinese_date(last.since)))
    grid(sheets, (26, 58, 30, 48), rows, size=3.2, head=False)
    for mortgage in paper.mortgages:
        for entry in _mortgage(mortgage):
            sheets.paragraph(entry)
    _seal_below(sheets)


LOOKS: dict[str, Callable[[Sheets, Certificate], None]] = {
    "numbered": numbered,
    "summary_rows": summary_rows,
    "one_page": one_page,
    "photocopied_spread": photocopied_spread,
    **certificates_wide.LOOKS,
    **aside_papers.CERTIFICATES,
}
ASIDE = frozenset({"photocopied_spread", *aside_papers.CERTIFICATES})
"""Looks that nothing was tuned on."""
