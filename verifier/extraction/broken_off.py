"""What a line's end breaks in two: the rest stands in the next line, wherever that begins."""

from __future__ import annotations

import re

from verifier.formats.dates import find_dates
from verifier.formats.phones import is_possible, is_whole

_NUMBER_BEGUN = re.compile(r"(?:\+|00)\s?\d[\d\s()（）-]*$")
_NUMBER_REST = re.compile(r"\s*(?P<rest>[(（]?\d[\d\s()（）-]*)[.。,，;；]?\s*$")
_OPEN = re.compile(r"[（(][^（()）]{0,60}$")
_CLOSES = re.compile(r"[^（()）:：]{1,60}[)）][\s.。,，;；]*$")
_TO_BEGUN = re.compile(r"(?:出口|销售|运送|发运|运|销|输|发)(?:至|往|到)\s*$")
_NAME = re.compile(r"[\u4e00-\u9fff]{2,}|[A-ZА-Я]")
"""出口至 at a line's end, and what may name the country."""
_LABELS = (
    "车辆识别代号", "注册登记日期", "初次登记日期", "转让登记日期", "转移登记日期", "转让登记待出口日期",
    "目的国", "出口国别", "有效期至", "服务网点名称", "服务网点地址", "联系电话",
)  # fmt: skip
"""Labels that a line's end may break: 注册登 / 记日期：2026.01.11."""
FEWEST_BEGUN, FEWEST_LEFT = 2, 2
"""Characters of a broken label on either side."""
LONGEST_DATE = 24
"""Characters of a date in words."""


def goes_on_in(above: str, below: str) -> bool:
    """Return whether a line is the rest of the number, date, bracket or destination that the one above begins.

    >>> goes_on_in("Hotline: +7 423 265", "71 08")
    True
    >>> goes_on_in("Hotline: +7 423 265 71 08", "2")
    False
    >>> goes_on_in("电话：+856", "(21) 466-32-41;")
    True
    >>> goes_on_in("由宁波远航国际贸易有限公司出口至", "墨西哥。该车在当地的维修由")
    True
    >>> goes_on_in("Immatriculé le 14", "décembre 2025")
    True
    >>> goes_on_in("车辆型号：QC7150E 注册登", "记日期：2026.01.11")
    True
    """
    if _is_broken_label(above.rstrip(), below.lstrip()):
        return True
    if _TO_BEGUN.search(above) and _NAME.match(below):
        return True
    bracket = _OPEN.search(above) and _CLOSES.match(below)
    return bool(bracket) or _is_rest_of_number(above, below) or _is_rest_of_date(above, below)


def _is_broken_label(above: str, below: str) -> bool:
    cuts = ((label, at) for label in _LABELS for at in range(FEWEST_BEGUN, len(label) - FEWEST_LEFT + 1))
    return any(above.endswith(label[:at]) and below.startswith(label[at:]) for label, at in cuts)


def _is_rest_of_number(above: str, below: str) -> bool:
    """Return whether both lines together are a number of its country's length, and the first alone is none."""
    begun, rest = _NUMBER_BEGUN.search(above), _NUMBER_REST.match(below)
    if begun is None or rest is None or is_whole(begun.group()):
        return False
    return is_possible(begun.group() + rest["rest"])


def _is_rest_of_date(above: str, below: str) -> bool:
    tail, rest = above[-LONGEST_DATE:] + " ", below.rstrip(" .。")
    if len(rest) > LONGEST_DATE or not any(map(str.isdigit, rest)):
        return False
    dates = find_dates(tail + rest)
    return any(one.start < len(tail.rstrip()) and len(tail) < one.stop >= len(tail + rest) for one in dates)
