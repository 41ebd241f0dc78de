"""What a fictional vehicle maker is."""

from __future__ import annotations

import re
from dataclasses import dataclass

_KIND = re.compile("汽车|乘用车|商用车|智能|客车|重工|电动车|有限公司")
_KIND_EN = re.compile(
    r" (?:Auto|Bus|Commercial|Electric|Heavy|Motor|NEV|New Energy|Off-road|Passenger|Special|Vehicle)"
)
"""What a maker is begins where one of these stands in its name."""


@dataclass(frozen=True, slots=True)
class Maker:
    """One maker; `diameter_mm` is the long axis of an oval seal, `models` pairs a sales name with a type code."""

    key: str
    name: str
    name_en: str
    brand: str
    brand_en: str
    wmi: tuple[str, ...]
    region: str
    city: str
    models: tuple[str, ...]
    shape: str = "round"
    diameter_mm: float = 40.0
    star: bool = True
    code: str = ""
    face: str = "song"
    english_on_seal: bool = False
    former_names: str = ""

    @property
    def group(self) -> str:
        """The beginning that all companies of the maker's group share."""
        return _KIND.split(self.name)[0]

    @property
    def group_en(self) -> str:
        """The same in English."""
        return _KIND_EN.split(self.name_en)[0]

    @property
    def sales_name(self) -> str:
        """The maker's sales company, which may not issue letters."""
        return self.group + "汽车销售有限公司"

    @property
    def sales_name_en(self) -> str:
        """The sales company's English name."""
        return self.group_en + " Automobile Sales Co., Ltd."
