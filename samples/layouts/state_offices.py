"""Letters in the prose of Chinese offices: official papers, articles, vehicles and outlets within sentences."""

from __future__ import annotations

from collections.abc import Callable

from samples.content import Letter
from samples.layouts.closing import chinese_date, chinese_numerals, close, letterhead
from samples.layouts.wording import NOTICE, NOTICE_DATED, by_model, home_phone, wording_of
from samples.paper.sheet import Rule, Sheets
from samples.world.place import Outlet

_NUMERALS = "一二三四五六七八九十"


def red_headed(sheets: Sheets, letter: Letter) -> None:
    """An official paper of a state group: number at the left, who signed it at the right, everything in prose."""
    words = wording_of(letter)
    letterhead(sheets, letter)
    if letter.number:
        sheets.put(sheets.left, letter.number)
    signed = f"签发人：{words.choice(('赵立新', '孙启明', '何建平'))}"
    sheets.put(sheets.right - sheets.width(signed), signed)
    sheets.down(10)
    sheets.centre(
        words.choice(("关于出口二手车售后维修服务保障的函", "关于确认出口车辆境外售后服务的函")), size=5.4, bold=True
    )
    sheets.down(2)
    sheets.paragraph(f"{letter.exporter}：")
    aim = words.choice(("拟出口至{}", "计划销往{}", "拟向{}出口")).format(letter.country_text)
    aim = aim if letter.country_text else "拟出口"
    sheets.paragraph(
        f"根据{NOTICE}第一条要求，现就贵公司{aim}的我公司产品共{letter.count}{words.choice('辆台')}，"
        "售后维修服务事项函复如下。",
        indent=8.4,
    )
    sheets.paragraph(words.choice(("一、关于车辆", "一、车辆范围", "一、所涉产品")), indent=8.4, bold=True)
    for model, vehicles in by_model(letter.vehicles):
        listed = "、".join(f"{v.vin}（{chinese_date(v.registration_date)}注册登记）" for v in vehicles)
        name = words.choice(("车辆识别代号", "车架号", "VIN码"))
        sheets.paragraph(f"{vehicles[0].brand}{model}型{len(vehicles)}辆，{name}为：{listed}。", indent=8.4)
    sheets.paragraph(words.choice(("二、关于服务网点", "二、境外服务保障", "二、服务单位")), indent=8.4, bold=True)
    for outlet in letter.outlets:
        sheets.paragraph(_sentence_of(outlet, words.randrange(3)), indent=8.4)
    if letter.valid_until:
        sheets.paragraph(f"三、本函有效期至{chinese_date(letter.valid_until)}，逾期自动失效。", indent=8.4)
    sheets.paragraph("特此函复。", indent=8.4)
    close(sheets, (letter.issuer, chinese_numerals(letter.issued_on)), mark="")
    sheets.down(22)
    sheets.paragraph(f"（联系人：{words.choice(('王敏', '刘洋'))}，联系电话：{home_phone(words)}）")
    sheets.pages[-1].append(Rule(sheets.left, sheets.y - 4, sheets.right, sheets.y - 4))
    sheets.paragraph(f"抄送：{letter.city}商务局、工业和信息化局。")


def _sentence_of(outlet: Outlet, form: int) -> str:
    """Return one outlet as a sentence."""
    at = outlet.address
    if form == 0:
        where = f"，位于{at}" if at else ""
        return f"由{outlet.name}承担当地维修保养{where}，联系人{outlet.contact}，联系电话{outlet.phone}。"
    if form == 1:
        where = f"（地址：{at}）" if at else ""
        return f"我公司授权服务单位为{outlet.name}{where}，负责人：{outlet.contact}，电话：{outlet.phone}。"
    where = f"设在{at}的" if at else ""
    return f"当地维修由{where}{outlet.name}负责，服务热线{outlet.phone}，接洽人{outlet.contact}。"


def articles(sheets: Sheets, letter: Letter) -> None:
    """Articles of an undertaking: every particular stands within a numbered paragraph."""
    words = wording_of(letter)
    sheets.centre(
        words.choice(("售后维修服务承诺确认书", "出口车辆维修保障承诺书", "售后服务责任确认书")), size=6.6, bold=True
    )
    sheets.down(3)
    if letter.number:
        label = words.choice(("文本编号", "承诺书编号", "本文件编号"))
        sheets.paragraph(f"{label}：{letter.number}")
    place = f"在{letter.country_text}境内" if letter.country_text else "在境外"
    to = words.choice(("运往{}", "输往{}", "销往{}")).format(letter.country_text) if letter.country_text else "出口"
    vehicles = "；".join(
        f"（{number}）{v.brand}{v.model}，{words.choice(('车架号', '识别代号'))}{v.vin}，"
        f"{chinese_date(v.registration_date)}办理注册登记"
        for number, v in enumerate(letter.vehicles, 1)
    )
    outlets = "；".join(
        f"{o.name}，{'地址' + words.choice(('：', '为')) + o.address + '，' if o.address else ''}"
        f"{words.choice(('联系人', '负责人'))}{o.contact}，电话{o.phone}"
        for o in letter.outlets
    )
    until = f"，至{chinese_date(letter.valid_until)}终止" if letter.valid_until else ""
    texts = [
        f"承诺人{letter.issuer}系下述车辆的生产企业，受{letter.exporter}请求出具本承诺书。",
        f"本承诺书所称车辆由{letter.exporter}{to}，产地为中国，共{letter.count}台：{vehicles}。",
        f"承诺人保证上述车辆{place}享有维修保养服务，由下列机构提供：{outlets}。",
        "整车质量保证期为三年或十万公里，自车辆交付之日起计算；保修期满后备件供应不少于五年。",
        f"本承诺书自签署之日起生效{until}。",
        f"本承诺书依据{NOTICE_DATED}作出。",
    ]
    for number, text in enumerate(texts):
        if number != 2 or letter.outlets:
            sheets.paragraph(f"第{_NUMERALS[number]}条　{text}")
    close(sheets, (f"承诺人：{letter.issuer}", f"签署日期：{chinese_date(letter.issued_on)}"), mark="（公章）")


def inline_lists(sheets: Sheets, letter: Letter) -> None:
    """Short labelled lines where one line names all vehicles of a model, and one all that is to say of an outlet."""
    words = wording_of(letter)
    sheets.centre(words.choice(("售后维修服务确认书", "二手车出口售后服务确认单")), size=6.4, bold=True)
    if letter.number:
        number = f"（{words.choice(('确认字号', '编号', '字号'))}：{letter.number}）"
        sheets.centre(number)
    sheets.down(2)
    sheets.paragraph(f"{words.choice(('申报企业', '出口经营单位', '车辆出口人'))}：{letter.exporter}")
    if letter.country_text:
        sheets.paragraph(f"{words.choice(('拟销往国别', '目标国家', '车辆去向'))}：{letter.country_text}")
    name = words.choice(("VIN", "车架号", "车辆识别代号（VIN）"))
    for model, vehicles in by_model(letter.vehicles):
        sheets.paragraph(f"车型：{vehicles[0].brand} {model}")
        sheets.paragraph(f"{name}：{'、'.join(v.vin for v in vehicles)}　共{len(vehicles)}台", hang=6)
        days = "、".join(chinese_date(v.registration_date) for v in vehicles)
        sheets.paragraph(f"{words.choice(('注册登记日期', '初次登记日'))}（依次）：{days}", hang=6)
    sheets.paragraph(words.choice(("维修服务网络：", "当地维修力量：", "售后受托单位：")), bold=True)
    for number, o in enumerate(letter.outlets, 1):
        at = f"；{words.choice(('地址', '位置'))}：{o.address}" if o.address else ""
        sheets.paragraph(f"{number}）{o.name}{at}；联系人/电话：{o.contact} {o.phone}", hang=6)
    if letter.valid_until:
        sheets.paragraph(f"{words.choice(('有效期', '本确认有效至', '授权截止'))}：{chinese_date(letter.valid_until)}")
    sheets.paragraph(f"备注：以上车辆均在中国生产，出厂检验合格。本单依据{NOTICE_DATED}办理。")
    close(sheets, (letter.issuer, chinese_date(letter.issued_on)), mark="（章）")
    sheets.down(16)
    sheets.paragraph(f"{letter.city}经济开发区创新路18号　邮编130011　电话{home_phone(words)}　www.example-auto.cn")


def reply_prose(sheets: Sheets, letter: Letter) -> None:
    """A reply to the exporter's request: the request's number and date are quoted before the letter's own."""
    words = wording_of(letter)
    sheets.centre(letter.issuer, size=5.6, bold=True)
    sheets.centre(words.choice(("复　函", "回　函", "售后服务复函")), size=6.8, bold=True)
    sheets.down(2)
    if letter.number:
        number = f"{words.choice(('函复编号：', '复函字号：', '本函编号：'))}{letter.number}"
        sheets.put(sheets.right - sheets.width(number), number)
        sheets.down(9)
    sheets.paragraph(f"致{letter.exporter}：")
    asked = f"你司{letter.issued_on.year}年来函（SQ-{words.randint(1000, 9999)}号）收悉。"
    aim = f"，目的地{letter.country_text}" if letter.country_text else ""
    sheets.paragraph(
        f"{asked}你司申请出口我司下列车辆{aim}，经研究，现确认我司通过当地合作方提供售后维修服务。", indent=8.4
    )
    for v in letter.vehicles:
        day = chinese_date(v.registration_date)
        sheets.paragraph(
            f"{v.vin}：{v.brand}，{v.model}，{words.choice(('上牌于', '注册登记于', '初次登记于'))}{day}；", indent=8.4
        )
    sheets.paragraph(words.choice(("合作维修企业名单：", "承担维修的企业有：", "维修服务合作方：")), indent=8.4)
    for o in letter.outlets:
        sheets.paragraph(f"◆ {o.name}", indent=8.4)
        if o.address:
            sheets.paragraph(o.address, indent=14, hang=14)
        sheets.paragraph(f"{o.contact}　{o.phone}", indent=14)
    if letter.valid_until:
        sheets.paragraph(f"以上确认在{chinese_date(letter.valid_until)}前有效。", indent=8.4)
    close(sheets, (letter.issuer, chinese_date(letter.issued_on)), mark="")


LAYOUTS: dict[str, Callable[[Sheets, Letter], None]] = {
    "red_headed": red_headed,
    "articles": articles,
    "inline_lists": inline_lists,
    "reply_prose": reply_prose,
}
