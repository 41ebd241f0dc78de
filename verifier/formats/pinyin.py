"""Whether a Latin name may be a Chinese one spelt in pinyin, as exporters' English names mostly are."""

from __future__ import annotations

import re
from functools import lru_cache

DISTINCTIVE = 6
"""Leading characters of a company's name that tell it from others: place and own name; what follows is its trade."""
REACH = 12
"""Letters within which the next syllable is looked for: "Binhai New Area" for 滨海."""
EXONYMS = {
    "霍尔果斯": "khorgos", "乌鲁木齐": "urumqi", "哈尔滨": "harbin", "喀什": "kashgar", "拉萨": "lhasa",
    "呼和浩特": "hohhot", "二连浩特": "erenhot", "齐齐哈尔": "qiqihar", "内蒙古": "innermongolia",
    "西藏": "tibet", "香港": "hongkong", "澳门": "macau", "陕西": "shaanxi", "阿拉山口": "alashankou",
    "伊宁": "ghulja", "吐鲁番": "turpan", "哈密": "hami", "锡林郭勒": "xilingol", "鄂尔多斯": "ordos",
    "日喀则": "shigatse",
}  # fmt: skip
"""Places whose usual Latin spelling is not their pinyin; exporters of used cars sit at such borders."""
_NOT_OWN = re.compile(r"(?:汽车|机动车|进出口|出口|国际|贸易|商务|供应链|科技|实业|集团|有限|股份|公司).*$")


@lru_cache(maxsize=4096)
def spelt_share(chinese: str, latin: str) -> float:
    """Return the share of a Chinese name's own characters whose pinyin stands in a Latin name, in their order.

    >>> spelt_share("天津滨海新程商务有限公司", "Tianjin Binhai Xincheng Commerce Co., Ltd.")
    1.0
    >>> round(spelt_share("霍尔果斯陆港汽车出口有限公司", "Khorgos Land Port Vehicle Export Co., Ltd."), 2)
    0.67
    >>> spelt_share("天津滨海新程商务有限公司", "Xinjiang Silu Yuantong Supply Chain Co., Ltd.") < 0.2
    True
    """
    from pypinyin import lazy_pinyin  # 0.4 seconds to load, and few letters are in Latin script only

    own = _NOT_OWN.sub("", chinese)[:DISTINCTIVE] or chinese[:DISTINCTIVE]
    letters = "".join(c for c in latin.lower() if c.isascii() and c.isalpha())
    position, found = 0, 0
    place = next((place for place in EXONYMS if own.startswith(place) and EXONYMS[place] in letters), "")
    if place:
        position, found = letters.index(EXONYMS[place]) + len(EXONYMS[place]), len(place)
    for syllable in lazy_pinyin(own[len(place) :]):
        at = letters.find(syllable, position, position + REACH + len(syllable))
        if at >= 0:
            position, found = at + len(syllable), found + 1
    return found / max(len(own), 1)
