"""Whether a Latin name may be a Chinese one spelt in pinyin, as exporters' English names mostly are."""

from __future__ import annotations

import re
from functools import lru_cache

DISTINCTIVE = 6
"""Leading characters of a company's name that tell it from others: place and own name; what follows is its trade."""
REACH = 12
"""Letters within which the next syllable is looked for: "Binhai New Area" for 滨海."""
_NOT_OWN = re.compile(r"(?:汽车|机动车|进出口|出口|国际|贸易|商务|供应链|科技|实业|集团|有限|股份|公司).*$")


@lru_cache(maxsize=4096)
def spelt_share(chinese: str, latin: str) -> float:
    """Return the share of a Chinese name's own characters whose pinyin stands in a Latin name, in their order.

    >>> spelt_share("天津滨海新程商务有限公司", "Tianjin Binhai Xincheng Commerce Co., Ltd.")
    1.0
    >>> spelt_share("天津滨海新程商务有限公司", "Xinjiang Silu Yuantong Supply Chain Co., Ltd.") < 0.2
    True
    """
    from pypinyin import lazy_pinyin  # 0.4 seconds to load, and few letters are in Latin script only

    own = _NOT_OWN.sub("", chinese)[:DISTINCTIVE] or chinese[:DISTINCTIVE]
    letters = "".join(c for c in latin.lower() if c.isascii() and c.isalpha())
    position, found = 0, 0
    for syllable in lazy_pinyin(own):
        at = letters.find(syllable, position, position + REACH + len(syllable))
        if at >= 0:
            position, found = at + len(syllable), found + 1
    return found / max(len(own), 1)
