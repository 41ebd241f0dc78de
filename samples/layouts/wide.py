"""Layouts of other offices: bilingual with Russian, long tables, several destinations, stated counts, columns."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from samples.content import Letter
from samples.layouts.closing import chinese_date, close, grid, letterhead
from samples.paper.sheet import Sheets


def bilingual_ru(sheets: Sheets, letter: Letter) -> None:
    """Chinese labels with their Russian ones, one a line, and tables whose heads say both."""
    sheets.centre("售后维修服务确认书", size=6.4, bold=True)
    sheets.centre("Письмо-подтверждение послепродажного обслуживания", size=4.4, bold=True)
    sheets.down(2)
    if letter.number:
        sheets.paragraph(f"编号 / № : {letter.number}")
    if letter.country_text:
        sheets.paragraph(f"出口目的国 / Страна назначения : {letter.country_text}")
    sheets.paragraph(f"出口企业 / Экспортёр : {letter.exporter}")
    rows = [("车架号 / VIN", "品牌 / Марка", "型号 / Модель", "注册日期 / Дата регистрации")]
    rows += [(v.vin, v.brand, v.model, f"{v.registration_date:%Y.%m.%d}") for v in letter.vehicles]
    grid(sheets, (52, 30, 36, 44), rows, size=3.5)
    for o in letter.outlets:
        sheets.paragraph(f"服务网点 / Сервисный центр : {o.name}")
        if o.address:
            sheets.paragraph(f"地址 / Адрес : {o.address}")
        sheets.paragraph(f"联系人 / Контактное лицо : {o.contact}")
        sheets.paragraph(f"电话 / Телефон : {o.phone}")
    if letter.valid_until:
        sheets.paragraph(f"有效期至 / Действительно до : {letter.valid_until:%Y.%m.%d}")
    close(sheets, (letter.issuer, f"{letter.issued_on:%Y.%m.%d}"), mark="")


def long_table(sheets: Sheets, letter: Letter) -> None:
    """Small print, a table that runs over pages with its head only on the first, outlets after it."""
    sheets.size_mm = 3.5
    letterhead(sheets, letter)
    sheets.centre("二手车出口售后服务确认函", size=5.6, bold=True)
    if letter.number:
        sheets.paragraph(f"发文字号：{letter.number}")
    sheets.paragraph(f"主送：{letter.city}商务局")
    where = f"（最终目的国：{letter.country_text}）" if letter.country_text else ""
    sheets.paragraph(f"我司为{letter.exporter}出口的下表车辆{where}提供售后服务保障。", indent=7)
    rows = [("No.", "厂牌型号", "车架号码", "上牌日期", "过户日期")]
    for number, v in enumerate(letter.vehicles, 1):
        days = v.registration_date.isoformat(), v.transfer_date.isoformat()
        rows.append((str(number), f"{v.brand}{v.model}", v.vin, *days))
    grid(sheets, (12, 48, 50, 26, 26), rows, size=3.2, repeat_head=False)
    rows = [("维修站名称", "详细地址", "负责人", "热线")]
    rows += [(o.name, o.address, o.contact, o.phone) for o in letter.outlets]
    if letter.outlets:
        grid(sheets, (46, 56, 26, 34), rows, size=3.2)
    if letter.valid_until:
        sheets.paragraph(f"有效期限至：{letter.valid_until.isoformat()}")
    close(sheets, (letter.issuer, f"签发日期：{letter.issued_on.isoformat()}"), mark="（印章）")


def columns(sheets: Sheets, letter: Letter) -> None:
    """Unruled columns, bold heads, generous white."""
    sheets.left, sheets.right = 28.0, 182.0
    sheets.centre("售 后 维 修 服 务 确 认 书", size=6.8, bold=True)
    sheets.down(4)
    pairs = [("文件编号", letter.number), ("申请单位", letter.exporter), ("拟出口国", letter.country_text)]
    for label, value in pairs:
        if value:
            sheets.put(sheets.left, label, bold=True)
            sheets.put(sheets.left + 34, value)
            sheets.down(8)
    rows = [("品牌", "型号", "识别代号", "初登日期")]
    rows += [(v.brand, v.model, v.vin, chinese_date(v.registration_date)) for v in letter.vehicles]
    grid(sheets, (26, 36, 54, 38), rows, ruled=False, size=3.8)
    sheets.paragraph("境外网点", bold=True)
    for o in letter.outlets:
        for label, value in (("名称", o.name), ("地址", o.address), ("电话", o.phone)):
            for number, line in enumerate(sheets.broken(value, sheets.right - sheets.left - 24) if value else ()):
                sheets.put(sheets.left, label if number == 0 else "")
                sheets.put(sheets.left + 22, line)
                sheets.down(6.4)
        sheets.down(2)
    if letter.valid_until:
        sheets.paragraph(f"有效期至：{chinese_date(letter.valid_until)}")
    close(sheets, (letter.issuer, chinese_date(letter.issued_on)), mark="")


def stated_count(sheets: Sheets, letter: Letter) -> None:
    """Says how many vehicles there are and how long it holds; VINs of one model in one paragraph."""
    letterhead(sheets, letter)
    sheets.centre("售后维修服务确认函", size=6.4, bold=True)
    sheets.down(2)
    if letter.number:
        sheets.paragraph(f"函号：{letter.number}")
    sheets.paragraph(f"收文单位：{letter.exporter}")
    where = f"销往{letter.country_text}的" if letter.country_text else ""
    sheets.paragraph(f"我公司生产并{where}车辆共计{letter.count}辆，其售后维修由下列单位负责。车辆如下：", indent=8.4)
    by_model = sorted(letter.vehicles, key=lambda v: (v.brand, v.model))
    for (brand, model), group in groupby(by_model, key=lambda v: (v.brand, v.model)):
        sheets.paragraph(f"车辆品牌：{brand}；车辆型号：{model}；车辆识别代号：", bold=True)
        sheets.paragraph("、".join(v.vin for v in group) + "。", indent=8.4)
    for number, o in enumerate(letter.outlets, 1):
        at = f"；地址：{o.address}" if o.address else ""
        sheets.paragraph(f"（{number}）服务单位：{o.name}{at}；联系方式：{o.contact}，{o.phone}", hang=8)
    if letter.valid_until:
        sheets.paragraph(f"有效截止日期：{chinese_date(letter.valid_until)}。")
    close(sheets, (letter.issuer, chinese_date(letter.issued_on)), mark="（签章）")


LAYOUTS: dict[str, Callable[[Sheets, Letter], None]] = {
    "bilingual_ru": bilingual_ru,
    "long_table": long_table,
    "columns": columns,
    "stated_count": stated_count,
}
