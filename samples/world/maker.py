"""What a fictional vehicle maker is."""

from __future__ import annotations

import re
from dataclasses import dataclass


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
    def sales_name(self) -> str:
        """The maker's sales company, which may not issue letters."""
        return re.split("汽车|乘用车|商用车|智能", self.name)[0] + "汽车销售有限公司"

    @property
    def sales_name_en(self) -> str:
        """The sales company's English name."""
        return self.name_en.split(" Auto")[0] + " Automobile Sales Co., Ltd."
