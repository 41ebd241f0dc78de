"""Further looks of the registration certificate: other printing generations, order of pages, rows of pledges."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from samples.filed import Certificate, Mortgage, OwnerRow
from samples.layouts.choices import Wording
from samples.layouts.closing import chinese_date, grid
from samples.paper.sheet import Sheets

Look = Callable[[Sheets, Certificate], None]


def roman_blocks(sheets: Sheets, paper: Certificate) -> None:
    """The book: block I the registration, blocks II to IV for owners after it, the vehicle over the page."""
    word = Wording(paper.vin)
    sheets.centre("机动车登记证书", size=7.0, bold=True)
    sheets.put(sheets.right - sheets.width(f"编号：{paper.serial}"), f"编号：{paper.serial}")
    sheets.down(8)
    sheets.centre("注册登记摘要信息栏", size=4.4, bold=True)
    for number, owner in enumerate(paper.owners):
        if number == 1:
            sheets.centre(
                word.one("转移登记摘要信息栏", "过户、转入登记摘要信息栏", "转让登记摘要信息栏"), size=4.4, bold=True
            )
        numbered = number == 0
        label = ("1." if numbered else "") + "机动车所有人/身份证明名称/号码"
        block = [("ⅠⅡⅢⅣ"[number], label, f"{owner.name}/{owner.identity}")]
        grid(sheets, (10, 62, 90), block, size=3.2, head=False)
        sheets.down(-3.2 * 1.6)
        labels = (
            ("2.登记机关", "3.登记日期", "4.机动车登记编号") if numbered else ("登记机关", "登记日期", "机动车登记编号")
        )
        row = (labels[0], paper.office, labels[1], owner.since.isoformat(), labels[2], paper.plate)
        grid(sheets, (22, 46, 22, 24, 26, 22), [row], size=3.0, head=False)
    for number in range(len(paper.owners), 4):
        grid(sheets, (10, 62, 90), [("ⅠⅡⅢⅣ"[number], "机动车所有人/身份证明名称/号码", "")], size=3.2, head=False)
    sheets.turn_over()
    _vehicle_page(sheets, paper)
    _stamp(sheets)
    if paper.mortgages:
        sheets.turn_over()
        sheets.centre("登记栏", size=4.8, bold=True)
        for mortgage in paper.mortgages:
            for lines in _pledge_lines(mortgage):
                sheets.paragraph("  ".join(lines))


def _vehicle_page(sheets: Sheets, paper: Certificate) -> None:
    sheets.centre("注册登记机动车信息栏", size=4.4, bold=True)
    rows = [
        ("5.车辆类型", "小型普通客车", "6.车辆品牌", paper.brand),
        ("7.车辆型号", paper.model, "8.车身颜色", "灰"),
        ("9.车辆识别代号/车架号", paper.vin, "10.国产/进口", "国产"),
        ("11.发动机号", paper.engine, "12.发动机型号", "TZ180XS"),
        ("13.燃料种类", "电", "14.排量/功率", "ml/ 100 kw"),
        ("15.制造厂名称", paper.manufacturer, "16.转向形式", "方向盘"),
        ("17.轮距", "前 1580 后 1585 mm", "18.轮胎数", "4"),
        ("26.核定载客", "5 人", "27.核定载质量", "kg"),
        ("31.使用性质", "非营运", "32.车辆获得方式", "购买"),
        ("33.车辆出厂日期", paper.made_on.isoformat(), "34.发证机关章", ""),
    ]
    grid(sheets, (34, 56, 30, 42), rows, size=3.1, head=False)
    text = f"35.发证日期 {paper.owners[0].since.isoformat()}"
    sheets.put(sheets.right - sheets.width(text), text)
    sheets.down(8)


def entry_boxes(sheets: Sheets, paper: Certificate) -> None:
    """The page of the vehicle, then a ruled box an entry with its facts one under the other."""
    word = Wording(paper.vin)
    first = paper.owners[0]
    sheets.centre("机动车登记证书", size=7.0, bold=True)
    rows = [
        ("机动车所有人", first.name),
        ("身份证明名称/号码", first.identity),
        ("登记机关", paper.office),
        (word.one("登记日期", "注册登记日期"), _day(first.since, word)),
        ("机动车登记编号", paper.plate),
    ]
    grid(sheets, (48, 114), rows, size=3.4, head=False)
    _vehicle_page(sheets, paper)
    _stamp(sheets)
    sheets.turn_over()
    sheets.centre("登 记 栏" if word.odds(0.5) else "登记栏", size=4.8, bold=True)
    for lines in _entries(paper, word):
        sheets.need(34)
        for line in lines:
            sheets.put(sheets.left + 3, line, size=3.5)
            sheets.down(6.4)
        sheets.paragraph("-" * 60)


def electronic(sheets: Sheets, paper: Certificate) -> None:
    """The printout of an electronic certificate: rows of labels and values, a list of the changes."""
    word = Wording(paper.vin)
    first, last = paper.owners[0], paper.owners[-1]
    sheets.centre(word.one("机动车登记证书（电子版）", "电子机动车登记证书"), size=6.0, bold=True)
    sheets.down(3)
    rows = [
        ("所有人", last.name, "身份证明号码", last.identity.partition("/")[2]),
        ("号牌号码", paper.plate, "使用性质", "非营运"),
        ("车辆品牌", paper.brand, "车辆型号", paper.model),
        ("车辆识别代号", paper.vin, "发动机号", paper.engine),
        ("制造厂名称", paper.manufacturer, "出厂日期", paper.made_on.isoformat()),
        (word.one("初次登记日期", "注册登记日期"), first.since.isoformat(), "登记机关", paper.office),
    ]
    grid(sheets, (30, 56, 30, 46), rows, size=3.2, head=False)
    sheets.paragraph("登记信息", bold=True)
    changes = [(first.since, "注册登记", first.name)]
    changes += [(o.since, "转让登记" + ("（待出口）" if paper.for_export else ""), o.name) for o in paper.owners[1:]]
    for mortgage in paper.mortgages:
        changes.append((mortgage.entered_on, "抵押登记", mortgage.to))
        if mortgage.released_on:
            changes.append((mortgage.released_on, "解除抵押登记", mortgage.to))
    rows = [("序号", "登记业务", "登记日期", "相关人")]
    rows += [(str(n), kind, day.isoformat(), who) for n, (day, kind, who) in enumerate(sorted(changes), 1)]
    grid(sheets, (16, 46, 34, 66), rows, size=3.2)
    _stamp(sheets)


def entries_first(sheets: Sheets, paper: Certificate) -> None:
    """A copy whose page of entries was laid on the glass before that of the vehicle."""
    word = Wording(paper.vin)
    first = paper.owners[0]
    sheets.centre("机动车登记证书", size=6.6, bold=True)
    sheets.paragraph(f"机动车所有人/身份证明名称/号码  {first.name}/{first.identity}")
    sheets.paragraph(f"登记机关  {paper.office}    登记日期  {first.since.isoformat()}")
    sheets.paragraph("登记栏", bold=True)
    for lines in _entries(paper, word):
        sheets.paragraph("　".join(lines))
    sheets.turn_over()
    _vehicle_page(sheets, paper)
    _stamp(sheets)


def side_by_side(sheets: Sheets, paper: Certificate) -> None:
    """Both pages of the open book on one sheet laid across: registration left, vehicle right."""
    word = Wording(paper.vin)
    first = paper.owners[0]
    sheets.lay_across()
    sheets.centre("机动车登记证书", size=6.0, bold=True)
    left = [
        ("机动车所有人", first.name), ("身份证明", first.identity), ("登记机关", paper.office),
        ("登记日期", _day(first.since, word)), ("机动车登记编号", paper.plate), ("", ""), ("", ""), ("", ""),
    ]  # fmt: skip
    right = [
        ("车辆类型", "小型轿车"), ("车辆品牌", paper.brand), ("车辆型号", paper.model), ("车辆识别代号", paper.vin),
        ("发动机号", paper.engine), ("制造厂名称", paper.manufacturer), ("使用性质", "非营运"),
        ("车辆出厂日期", paper.made_on.isoformat()),
    ]  # fmt: skip
    for (a, b), (c, d) in zip(left, right, strict=True):
        for x, text in ((0, a), (32, b), (128, c), (164, d)):
            if text:
                sheets.put(sheets.left + x, text, size=3.4)
        sheets.down(7.4)
    sheets.down(3)
    for lines in _entries(paper, word):
        sheets.paragraph("  ".join(lines))
    page = len(sheets.pages) - 1
    sheets.sealed_at = sheets.clear_at = (page, 236.0, min(sheets.y + 14, 176.0))


def _day(day: date, word: Wording) -> str:
    return word.one(day.isoformat(), chinese_date(day), day.strftime("%Y/%m/%d"), day.strftime("%Y.%m.%d"))


def _entries(paper: Certificate, word: Wording) -> Iterator[tuple[str, ...]]:
    """Yield the later entries by day, each as its lines."""
    name = word.one("转让登记", "转移登记")
    found = [(owner.since, 0, _transfer_lines(owner, name, paper.for_export)) for owner in paper.owners[1:]]
    for mortgage in paper.mortgages:
        days = (mortgage.entered_on, mortgage.released_on or mortgage.entered_on)
        found += [(day, 1, lines) for day, lines in zip(days, _pledge_lines(mortgage), strict=False)]
    for _, _, lines in sorted(found):
        yield lines


def _transfer_lines(owner: OwnerRow, name: str, for_export: bool) -> tuple[str, ...]:
    return (
        name + ("（待出口）" if for_export else ""),
        f"姓名/名称：{owner.name}",
        f"身份证明名称/号码：{owner.identity}",
        f"{name}日期：{owner.since.isoformat()}",
    )


def _pledge_lines(mortgage: Mortgage) -> Iterator[tuple[str, ...]]:
    yield (
        "抵押登记",
        f"抵押权人姓名/名称：{mortgage.to}",
        "身份证明名称/号码：营业执照/9131",
        f"抵押登记日期：{mortgage.entered_on.isoformat()}",
    )
    if mortgage.released_on:
        yield "解除抵押登记", f"解除抵押日期：{mortgage.released_on.isoformat()}"


def _stamp(sheets: Sheets) -> None:
    page, y = len(sheets.pages) - 1, min(sheets.y + 16, 258.0)
    sheets.sealed_at = sheets.clear_at = (page, 150.0, y)
    sheets.down(40)


LOOKS: dict[str, Look] = {
    "roman_blocks": roman_blocks,
    "entry_boxes": entry_boxes,
    "electronic": electronic,
    "entries_first": entries_first,
    "side_by_side": side_by_side,
}
