"""Chinese brands in running text, apart from the words that lead to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from verifier.formats.distance import differing_places
from verifier.letter import VehicleClaim

SURELY, POORLY, SHORTEST = 0.85, 0.7, 2
"""Confidence of a brand read surely, and below which one is read poorly; characters without which one may be another:
of seven listings of 捷岭牌 in a copier's scan one was read 捷呤牌, with 0.61."""
AMID_CHINESE = r"(?<=[\u4e00-\u9fff])[A-Z](?=[\u4e00-\u9fff])"
"""A Latin letter that is a character of a Chinese name: 途E行牌."""
OF_BRAND = rf"(?:(?![为系的属])[\u4e00-\u9fff—-]|{AMID_CHINESE})"
"""A character of a Chinese brand: 该车为长鹏牌 names 长鹏牌."""
BRAND = re.compile(
    rf"(?:(?<=[的为系台辆属])|(?<![\u4e00-\u9fff])|(?<=品牌))(?![台辆部—-])(?:{OF_BRAND}){{1,8}}"
    r"(?:[/／]\s?[A-Za-z]{2,15}|[（(][A-Za-z]{2,15}[)）])?(?<![上品号车招])牌"
)
"""A brand of some characters, perhaps with its Latin twin: 恒越牌, 恒越/HENGYUE牌, 恒越（HENGYUE）牌."""
_LEADS = re.compile(
    r"^(?:[一二两三四五六七八九十\d]{1,3}(?:辆|台|部)|日?(?:商标)?品牌|兹确认|兹证明|现确认|兹有|现有|今有|另有|我公司|本公司|我司|我厂|本厂|生产|制造|品牌|型号|下列|以下|下述|所列|上述|如下|前述|该批?|本批|这批|共计|合计|确为|均为|分别为|所购|所产|即|的|之|为|系|是)+"
)

_SAID_OF = re.compile(r"^.{1,8}(?:均为|皆为|全为|都是|所造之|皆|之)(?=.{1,6}牌$)")
"""What a sentence says before it names the brand: 两辆车均为楚风牌, 甲方所造之龟山牌."""

_NO_BRANDS = frozenset({"品牌", "厂牌", "号牌", "车牌", "铭牌"})
"""Words that end as brands do."""


def find_brands(text: str, start: int = 0) -> list[tuple[int, int]]:
    """Return where brands like 星驰牌 stand, without the words that lead to them."""
    found = ((without_lead(text, *match.span()), match.end()) for match in BRAND.finditer(text, start))
    return [(begin, stop) for begin, stop in found if text[begin:stop] not in _NO_BRANDS]


def without_lead(text: str, start: int, stop: int) -> int:
    """Return where a brand begins behind the words that lead to it: 我公司生产的丰驰牌."""
    for leads in (_LEADS, _SAID_OF):
        lead = leads.match(text[start:stop])
        start = start + lead.end() if lead and start + lead.end() < stop - 1 else start
    return start


def with_brands_agreed(claims: Sequence[VehicleClaim]) -> tuple[VehicleClaim, ...]:
    """Return the vehicles, a brand that was read poorly as another one of the letter was read surely, but for one
    character: a maker's list says few brands many times.
    """
    sure = {claim.brand.value for claim in claims if claim.brand and claim.brand.confidence >= SURELY}
    return tuple(_agreed(claim, sure) for claim in claims)


def _agreed(claim: VehicleClaim, sure: set[str]) -> VehicleClaim:
    brand = claim.brand
    if brand is None or brand.confidence >= POORLY or brand.value in sure or len(brand.value) < SHORTEST:
        return claim
    near = [value for value in sure if len(value) == len(brand.value) and differing_places(value, brand.value) == 1]
    return replace(claim, brand=replace(brand, value=near[0])) if len(near) == 1 else claim
