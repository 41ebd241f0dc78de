"""What stands in the lines that the overprint reader learns from: half of it is what letters say, half is anything.

Made-up names, so that no company is learnt by heart; rare and look-alike characters in many of them, so that a
forged name is read as it stands and not as the usual one.
"""

from __future__ import annotations

import calendar

import cv2
import numpy as np
from numpy.typing import NDArray

from models.training.characters import glyph
from models.training.tiles import Pen

PLACES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
INDUSTRY = (
    "汽车", "汽车工业", "汽车制造", "新能源汽车", "客车", "商用车", "乘用车", "重型汽车", "汽车集团", "专用汽车",
    "越野车", "智能汽车", "电动汽车", "车辆", "机电", "动力", "汽车科技", "轻型商用车",
)  # fmt: skip
FORMS = (
    "有限公司", "股份有限公司", "有限责任公司", "集团有限公司", "制造厂", "集团股份有限公司", "销售有限公司",
    "进出口有限公司", "有限公司乘用车分公司", "总公司", "国际贸易有限公司",
)  # fmt: skip
FORM_SHARES = (0.4, 0.2, 0.15, 0.06, 0.04, 0.03, 0.04, 0.03, 0.02, 0.01, 0.02)
TAILS = ("", "", "", "（盖章）", "(盖章)", "（公章）")
LEADS = ("", "", "", "出具单位：", "单位名称：", "确认单位（盖章）：", "制造商：", "生产企业：", "致：")
PHRASES = (
    "兹确认本公司生产的下列车辆", "在出口目的国境内由授权服务网点", "提供售后维修服务", "特此确认", "联系电话",
    "联系人", "地址", "出口国别", "车辆识别代号", "注册登记日期", "授权代表签字",
    "服务网点", "有效期至", "法定代表人", "日期",
)  # fmt: skip
SYLLABLES = (
    "an", "bei", "chang", "da", "feng", "guang", "hai", "jin", "ka", "long", "ming", "ning", "ping", "qing", "rui",
    "shan", "tai", "wei", "xin", "yun", "zhong", "hua",
)  # fmt: skip
TRADES = (
    "Automobile", "Motor", "Vehicle", "Auto Industry", "New Energy Automobile", "Bus", "Truck", "Commercial Vehicle",
)  # fmt: skip
LIMITED = ("Co., Ltd.", "Co.,Ltd.", "Co., Ltd", "Group Co., Ltd.", "Company Limited", "Corporation", "Corp., Ltd.")
MONTHS = tuple(calendar.month_name)[1:]
CHINESE_DIGITS = "〇一二三四五六七八九"
VIN_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"


def name(rng: np.random.Generator, pen: Pen) -> str:
    """Return a maker's name as seals carve it."""
    if rng.random() < 0.3:
        return anything(rng, pen, 6, 18)
    place = str(rng.choice(list(PLACES))) if rng.random() < 0.15 else ""
    own = place + anything(rng, pen, 2, 5)
    return own + str(rng.choice(INDUSTRY)) + str(rng.choice(FORMS, p=FORM_SHARES))


def anything(rng: np.random.Generator, pen: Pen, least: int, most: int) -> str:
    """Return characters picked at random, usual ones more often; look-alikes of usual ones among them."""
    picked = []
    for _ in range(int(rng.integers(least, most))):
        kind = rng.random()
        pool = pen.common if kind < 0.25 else (pen.all[:3000] if kind < 0.75 else pen.all)
        character = str(pool[int(rng.integers(len(pool)))])
        twins = pen.alike.get(character, ())
        picked.append(str(twins[int(rng.integers(len(twins)))]) if twins and rng.random() < 0.3 else character)
    return "".join(picked)


def line(rng: np.random.Generator, pen: Pen) -> str:
    """Return a line of a letter."""
    kind = rng.random()
    if kind < 0.33:
        return str(rng.choice(LEADS)) + name(rng, pen) + str(rng.choice(TAILS))
    if kind < 0.58:
        return date(rng)
    if kind < 0.68:
        return english_name(rng)
    if kind < 0.78:
        return code(rng)
    if kind < 0.9:
        return "，".join(str(rng.choice(PHRASES)) for _ in range(int(rng.integers(1, 3)))) + anything(rng, pen, 0, 8)
    return anything(rng, pen, 3, 16)


def date(rng: np.random.Generator) -> str:
    """Return a date as letters write it, labelled or alone."""
    year, month, day = int(rng.integers(2019, 2031)), int(rng.integers(1, 13)), int(rng.integers(1, 32))
    pad = bool(rng.random() < 0.3)
    m, d = (f"{month:02}", f"{day:02}") if pad else (str(month), str(day))
    chinese = "".join(CHINESE_DIGITS[int(c)] for c in str(year))
    forms = (
        f"{year}年{m}月{d}日", f"{year}年{m}月{d}日", f"{chinese}年{_spoken(month)}月{_spoken(day)}日",
        f"{chinese}年{_spoken(month)}月{_spoken(day)}日", f"{year}-{month:02}-{day:02}", f"{year}.{m}.{d}",
        f"{year}/{month:02}/{day:02}", f"{day} {MONTHS[month - 1]} {year}", f"{MONTHS[month - 1]} {day}, {year}",
        f"{day:02}.{month:02}.{year}",
    )  # fmt: skip
    written = str(rng.choice(forms))
    if written.isascii():
        return str(rng.choice(("", "", "Date: ", "Issued on: "))) + written
    return str(rng.choice(("", "", "", "日期：", "出具日期："))) + written


def _spoken(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else CHINESE_DIGITS[tens] + "十") + (
        CHINESE_DIGITS[ones] if ones else ""
    )


def english_name(rng: np.random.Generator) -> str:
    """Return an English company name."""
    own = " ".join(
        "".join(rng.choice(SYLLABLES) for _ in range(int(rng.integers(1, 4)))).capitalize()
        for _ in range(int(rng.integers(1, 3)))
    )
    said = f"{own} {rng.choice(TRADES)} {rng.choice(LIMITED)}"
    return said.upper() if rng.random() < 0.15 else said


def code(rng: np.random.Generator) -> str:
    """Return a chassis number, a telephone number or a letter's number."""
    kind = rng.random()
    if kind < 0.4:
        return "".join(rng.choice(list(VIN_LETTERS), 17))
    if kind < 0.7:
        groups = [str(rng.integers(10 ** (n - 1), 10**n)) for n in rng.integers(2, 5, int(rng.integers(2, 4)))]
        return f"+{rng.integers(1, 999)} " + " ".join(groups)
    letters = "".join(rng.choice(list(VIN_LETTERS[:23]), int(rng.integers(2, 5))))
    year, number = rng.integers(2023, 2028), rng.integers(1, 9999)
    return str(
        rng.choice(
            (f"{letters}-{year}-{number:04}", f"{letters}售后〔{year}〕{number}号", f"{letters}{year}{number:05}")
        )
    )


def any_glyph(rng: np.random.Generator) -> NDArray[np.uint8]:
    """Return some character's picture."""
    drawn = glyph(str(rng.choice(list("汽车有限公司股份责任集团制造工业新能源"))), int(rng.integers(3)))
    return np.asarray(cv2.copyMakeBorder(drawn, 10, 10, 10, 10, cv2.BORDER_CONSTANT), np.uint8)
