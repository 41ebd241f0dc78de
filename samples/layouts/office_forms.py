# ruff: noqa: E501 - an office's words read best where they are chosen
"""Forms that offices draw up: questions and answers, merged cells, four columns, cards, lists without rules."""

from __future__ import annotations

from collections.abc import Callable

from samples.content import Letter
from samples.layouts.closing import chinese_date, close, grid
from samples.layouts.wording import Span, home_phone, made_on, span_table, wording_of
from samples.paper.sheet import Sheets

_SMALL = 2.9
"""Print of captions over values, mm."""


def questions(sheets: Sheets, letter: Letter) -> None:
    """Questions of the commerce department, answered one by one."""
    words = wording_of(letter)
    sheets.centre(words.choice(("二手车出口售后维修服务确认问答", "售后维修服务确认书（问答式）")), size=6.0, bold=True)
    sheets.down(2)
    ask, reply = words.choice((("问", "答"), ("询问事项", "确认内容"), ("Q", "A")))
    asked: list[tuple[str, list[str]]] = []
    if letter.number:
        asked.append((words.choice(("本确认书编号是什么？", "文件编号？")), [letter.number]))
    asked.append((words.choice(("车辆由哪家企业出口？", "出口企业是谁？")), [letter.exporter]))
    if letter.country_text:
        country = words.choice(("车辆出口到哪个国家？", "目的国是哪里？", "车辆最终使用国家？"))
        asked.append((country, [letter.country_text]))
    vehicles = [
        f"品牌{v.brand}，型号{v.model}，车架号{v.vin}，注册登记日期{chinese_date(v.registration_date)}"
        for v in letter.vehicles
    ]
    asked.append((words.choice(("涉及哪些车辆？", "车辆信息？")), vehicles))
    outlets = [
        f"{o.name}{'，' + o.address if o.address else ''}，联系人{o.contact}，电话{o.phone}" for o in letter.outlets
    ]
    if outlets:
        asked.append((words.choice(("当地由谁提供维修服务？", "境外服务网点有哪些？")), outlets))
    if letter.valid_until:
        asked.append((words.choice(("本确认有效至何时？", "有效期到哪一天？")), [chinese_date(letter.valid_until)]))
    for number, (question, answers) in enumerate(asked, 1):
        sheets.paragraph(f"{ask}{number}：{question}", bold=True)
        if len(answers) == 1:
            sheets.paragraph(f"{reply}：{answers[0]}", hang=8)
        else:
            sheets.paragraph(f"{reply}：")
            for index, answer in enumerate(answers, 1):
                sheets.paragraph(f"（{index}）{answer}", indent=8, hang=8)
    close(sheets, (letter.issuer, chinese_date(letter.issued_on)), mark="（盖章）")


def merged_certificate(sheets: Sheets, letter: Letter) -> None:
    """One ruled form with headings across it, headers of two levels and cells that span rows."""
    words = wording_of(letter)
    sheets.centre(words.choice(("售后维修服务确认书", "境外售后服务确认证明")), size=6.8, bold=True)
    sheets.down(2)
    rows: list[list[Span]] = []
    if letter.number:
        rows.append([Span(words.choice(("证明编号", "编 号", "确认书编号")), 2, bold=True), Span(letter.number, 4)])
    rows.append([Span(words.choice(("出口企业", "申请出口企业", "出口主体")), 2, bold=True), Span(letter.exporter, 4)])
    if letter.country_text:
        rows.append(
            [
                Span(words.choice(("出口国别", "拟出口国（地区）", "目的国家")), 2, bold=True),
                Span(letter.country_text, 4),
            ]
        )
    rows.append([Span(words.choice(("车辆信息", "一、车辆基本信息", "出口车辆明细")), 6, bold=True, centred=True)])
    rows.append(
        [
            Span("序号", down=2, centred=True), Span(words.choice(("车架号", "车辆识别代号")), 2, 2, centred=True),
            Span("车辆名称", 2, centred=True), Span(words.choice(("注册登记日期", "登记日期")), down=2, centred=True),
        ]
    )  # fmt: skip
    rows.append([Span("品牌", centred=True), Span("型号", centred=True)])
    for number, v in enumerate(letter.vehicles, 1):
        day = chinese_date(v.registration_date)
        rows.append([Span(str(number)), Span(v.vin, 2), Span(v.brand), Span(v.model), Span(day)])
    if letter.outlets:
        rows.append([Span(words.choice(("境外售后服务网点", "二、服务网点信息")), 6, bold=True, centred=True)])
    for number, o in enumerate(letter.outlets, 1):
        parts = [("名称", o.name), ("地址", o.address), ("联系人及电话", f"{o.contact} {o.phone}")]
        parts = [part for part in parts if part[1]]
        for index, (label, value) in enumerate(parts):
            head = [Span(f"网点{number}", down=len(parts), centred=True)] if index == 0 else []
            rows.append([*head, Span(label), Span(value, 4)])
    if letter.valid_until:
        rows.append(
            [Span(words.choice(("有效期限", "有效期至")), 2, bold=True), Span(chinese_date(letter.valid_until), 4)]
        )
    span_table(sheets, (16, 24, 34, 26, 30, 34), rows, size=3.6)
    close(sheets, (letter.issuer, chinese_date(letter.issued_on)), mark="（公章）")


def four_columns(sheets: Sheets, letter: Letter) -> None:
    """Label and value twice a row, for the letter, each vehicle and each outlet, all in one ruled form."""
    words = wording_of(letter)
    sheets.centre(words.choice(("出口二手车售后维修服务确认表", "售后服务确认登记表")), size=6.2, bold=True)
    sheets.down(2)
    number = words.choice(("确认表编号", "表单编号", "编号"))
    rows: list[list[Span]] = [
        [Span(number), Span(letter.number), Span(words.choice(("填表日期", "出具日期"))), Span(letter.issued_on.isoformat())],
        [Span(words.choice(("生产企业全称", "生产企业"))), Span(letter.issuer, 3)],
        [Span(words.choice(("出口企业", "出口商名称"))), Span(letter.exporter), Span("车辆数量"), Span(f"{letter.count}台")],
    ]  # fmt: skip
    origin = [Span("原产国"), Span("中国")]
    country = [Span(words.choice(("出口国", "目的国", "目的地国"))), Span(letter.country_text)]
    rows.append([*country, *origin] if letter.country_text else [Span("原产国"), Span("中国", 3)])
    for v in letter.vehicles:
        rows.append([Span("车架号"), Span(v.vin), Span("发动机/电机号"), Span(f"TZ{v.vin[-6:]}A")])
        rows.append([Span("品牌"), Span(v.brand), Span("车辆型号"), Span(v.model)])
        rows.append([Span("注册登记日期"), Span(chinese_date(v.registration_date)), Span("出厂日期"), Span(made_on(v))])
    for o in letter.outlets:
        rows.append([Span(words.choice(("服务网点", "服务商全称"))), Span(o.name, 3)])
        if o.address:
            rows.append([Span(words.choice(("详细地址", "网点地址"))), Span(o.address, 3)])
        rows.append([Span("联系人"), Span(o.contact), Span("联系电话"), Span(o.phone)])
    if letter.valid_until:
        rows.append([Span("有效期至"), Span(letter.valid_until.isoformat()), Span("质保期"), Span("36个月")])
    span_table(sheets, (30, 56, 30, 46), rows, size=3.5)
    sheets.paragraph(f"填表人：{words.choice(('陈静', '吴昊'))}　　联系方式：{home_phone(words)}")
    close(sheets, (letter.issuer, chinese_date(letter.issued_on)), mark="（盖章）")


def captions(sheets: Sheets, letter: Letter) -> None:
    """A private maker's sheet: small captions over larger values, three side by side, no rules."""
    words = wording_of(letter)
    sheets.put(sheets.left, letter.issuer, size=3.6)
    sheets.down(10)
    sheets.centre(words.choice(("车辆售后维修保障确认书", "海外售后服务确认书")), size=7.2, bold=True)
    sheets.down(4)
    shared = [(words.choice(("文件编号", "确认编号", "编号")), letter.number)]
    shared += [(words.choice(("目的国", "出口国家", "目的市场")), letter.country_text)] if letter.country_text else []
    shared.append((words.choice(("签发日期", "出具日期")), chinese_date(letter.issued_on)))
    _captioned(sheets, [pair for pair in shared if pair[1]])
    until = [("有效期至", chinese_date(letter.valid_until))] if letter.valid_until else []
    _captioned(sheets, [(words.choice(("出口企业", "客户名称")), letter.exporter), *until])
    for v in letter.vehicles:
        sheets.need(30)
        _captioned(sheets, [("车架号 VIN", v.vin), ("品牌", v.brand), ("车型", v.model)])
        _captioned(
            sheets, [("注册登记日期", chinese_date(v.registration_date)), ("生产日期", made_on(v)), ("产地", "中国")]
        )
    for o in letter.outlets:
        sheets.need(30)
        _captioned(sheets, [(words.choice(("服务网点名称", "服务提供方")), o.name)])
        if o.address:
            _captioned(sheets, [(words.choice(("网点地址", "地址")), o.address)])
        _captioned(sheets, [("联系人", o.contact), ("联系电话", o.phone)])
    close(sheets, (letter.issuer, chinese_date(letter.issued_on)), mark="")


def _captioned(sheets: Sheets, pairs: list[tuple[str, str]]) -> None:
    """Print captions side by side and their values under them."""
    step = (sheets.right - sheets.left) / max(len(pairs), 2)
    step = (sheets.right - sheets.left) / 3 if len(pairs) == 3 else step
    sheets.need(14)
    for index, (caption, _) in enumerate(pairs):
        sheets.put(sheets.left + index * step, caption, size=_SMALL)
    sheets.down(5.4)
    size = 3.8
    values = [sheets.broken(value, step * (2 if len(pairs) == 1 else 1) - 3, size=size) for _, value in pairs]
    for index, lines in enumerate(values):
        for number, line in enumerate(lines):
            sheets.put(sheets.left + index * step, line, size=size, y=sheets.y + 5.2 * number)
    sheets.down(5.2 * max(map(len, values)) + 3.4)


def bare_register(sheets: Sheets, letter: Letter) -> None:
    """Lists without rules: vehicles with columns that no one asked for, outlets with wrapped contact details."""
    words = wording_of(letter)
    sheets.centre(letter.issuer, size=5.0, bold=True)
    sheets.centre(words.choice(("出口车辆售后服务确认清单", "售后维修服务确认及车辆清单")), size=5.6, bold=True)
    sheets.down(2)
    left = f"{words.choice(('清单编号', '编号', '单号'))}：{letter.number}" if letter.number else ""
    right = f"制表日期：{chinese_date(letter.issued_on)}"
    sheets.put(sheets.left, left)
    sheets.put(sheets.right - sheets.width(right), right)
    sheets.down(8)
    to = f"　　{words.choice(('目的国', '发运国家', '出口国别'))}：{letter.country_text}" if letter.country_text else ""
    sheets.paragraph(f"{words.choice(('出口企业', '委托方'))}：{letter.exporter}{to}")
    head = (
        "序号",
        words.choice(("车架号", "VIN")),
        "品牌",
        "型号",
        "颜色",
        "出厂日期",
        words.choice(("登记日期", "注册日期")),
    )
    rows = [head]
    for number, v in enumerate(letter.vehicles, 1):
        day = v.registration_date.isoformat()
        made = f"{made_on(v)}".replace("年", "-").replace("月", "-").replace("日", "")
        rows.append((str(number), v.vin, v.brand, v.model, words.choice("白黑灰蓝"), made, day))
    grid(sheets, (11, 44, 22, 28, 12, 22, 24), rows, size=3.2, ruled=False)
    if letter.outlets:
        sheets.paragraph(words.choice(("境外服务网点：", "以上车辆由下列网点提供维修：")))
        outlet_rows = [(words.choice(("网点名称", "服务商")), "所在地址", words.choice(("联系方式", "联系信息")))]
        outlet_rows += [(o.name, o.address, f"联系人：{o.contact} 电话：{o.phone}") for o in letter.outlets]
        grid(sheets, (52, 64, 46), outlet_rows, size=3.4, ruled=False)
    if letter.valid_until:
        sheets.paragraph(f"确认有效期至：{chinese_date(letter.valid_until)}")
    close(sheets, (letter.issuer, chinese_date(letter.issued_on)), mark="（盖章）")


def outlet_block(sheets: Sheets, letter: Letter) -> None:
    """A table whose rows are vehicles and whose last columns, the same for all of them, name country and outlet."""
    words = wording_of(letter)
    sheets.centre(words.choice(("车辆售后维修服务确认书", "售后维修服务确认明细表")), size=6.2, bold=True)
    sheets.down(2)
    if letter.number:
        sheets.paragraph(f"{words.choice(('编号', '确认号', '文号'))}：{letter.number}")
    sheets.paragraph(f"应{letter.exporter}申请，我公司对下表所列出口车辆提供售后维修服务：", indent=8.4)
    outlets = letter.outlets
    said = [f"{o.name}{'，地址：' + o.address if o.address else ''}，电话：{o.phone}（{o.contact}）" for o in outlets]
    head = [
        Span(words.choice(("车辆识别代号", "车架号")), bold=True), Span(words.choice(("品牌型号", "厂牌型号")), bold=True),
        Span("注册登记日期", bold=True), Span(words.choice(("目的国", "出口国")), bold=True),
        Span(words.choice(("维修服务网点", "售后服务网点")), bold=True),
    ]  # fmt: skip
    rows = [head]
    count = len(letter.vehicles)
    for index, v in enumerate(letter.vehicles):
        row = [Span(v.vin), Span(f"{v.brand} {v.model}"), Span(v.registration_date.isoformat())]
        if count > 6:
            row += [Span(letter.country_text), Span("见下" if said else "—")]
        elif index == 0:
            row += [
                Span(letter.country_text, down=count),
                Span(" ".join(said) if len(said) == 1 else "见下" if said else "—", down=count),
            ]
        rows.append(row)
    span_table(sheets, (42, 34, 26, 20, 42), rows, size=3.3)
    if count > 6 or len(said) != 1:
        for text in said:
            sheets.paragraph(f"网点：{text}", hang=10)
    if letter.valid_until:
        sheets.paragraph(f"本确认书自出具之日起生效，{chinese_date(letter.valid_until)}到期。", indent=8.4)
    close(sheets, (letter.issuer, chinese_date(letter.issued_on)), mark="（公章）")


LAYOUTS: dict[str, Callable[[Sheets, Letter], None]] = {
    "questions": questions,
    "merged_certificate": merged_certificate,
    "four_columns": four_columns,
    "captions": captions,
    "bare_register": bare_register,
    "outlet_block": outlet_block,
}
