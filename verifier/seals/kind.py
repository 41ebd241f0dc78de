"""What sort of seal it is, from its shape and from what it says."""

from __future__ import annotations

import re

from verifier.formats.chinese import has_chinese

SPECIAL_WORDS = ("专用", "合同", "财务", "业务章", "发票", "报关", "检验", "质检", "资料", "项目")
"""Words of special-purpose seals; they stand under the star, in the middle or at the arc's end."""
UNIT_ENDINGS = ("部", "处", "科", "室", "中心", "办事处")
"""A seal whose arc ends so belongs to a unit, not to the company. A branch (分公司) may be a listed maker of its own:
its seal is official, and the rules ask whether its name is listed."""
PERSONAL_WORDS = ("名章", "法人章", "法人代表", "之印", "印章")
COMPANY_WORDS = ("公司", "集团", "厂", "汽车", "LTD", "CO", "INC", "GMBH", "CORP")
OFFICIAL_SHAPES = ("round", "oval")


_OF_NAMES = re.compile(r"专用(?=汽车|车|作业|机械|设备)")
"""专用汽车 in a maker's name says what it builds, not what its seal is for."""


def kind_of(shape: str, arc: str | None, inner: str | None, *, has_star: bool) -> str:
    """Return official, special_purpose, personal or unknown.

    A sales company's own round seal is its official one: its name says whose it is, the rules what follows.
    """
    said = _OF_NAMES.sub("", f"{arc or ''} {inner or ''}")
    if any(word in said for word in SPECIAL_WORDS):
        return "special_purpose"
    if shape == "square" or any(word in said for word in PERSONAL_WORDS):
        return "personal"
    if arc is not None and arc.endswith(UNIT_ENDINGS):
        return "special_purpose"
    if inner and has_chinese(inner):
        return "unknown"
    names_company = arc is not None and any(word in arc.upper() for word in COMPANY_WORDS)
    return "official" if shape in OFFICIAL_SHAPES and (has_star or names_company) else "unknown"
