"""Fictional vehicle makers: names, world manufacturer identifiers, vehicles and what their seals look like."""

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


MAKERS: tuple[Maker, ...] = (
    Maker(
        "xingchi",
        "江州星驰汽车有限公司",
        "Jiangzhou Xingchi Automobile Co., Ltd.",
        "星驰牌",
        "XINGCHI",
        ("LXC", "HXC"),
        "340299",
        "江州市",
        ("XC7001A", "XC7152BEV", "XC6480PHEV"),
        code="3402990017453",
    ),
    Maker(
        "yunling",
        "云岭远航新能源汽车股份有限公司",
        "Yunling Yuanhang Auto New Energy Co., Ltd.",
        "远航牌",
        "YUANHANG",
        ("LYH",),
        "530199",
        "云岭市",
        ("YH7000BEVC", "YH6500SHEV"),
        diameter_mm=42.0,
        code="5301990042816",
        face="song2",
    ),
    Maker(
        "beichen",
        "北辰金驰汽车工业有限公司",
        "Beichen Jinchi Automobile Industry Co., Ltd.",
        "金驰牌",
        "JINCHI",
        ("LBJ", "LB9"),
        "120199",
        "北辰市",
        ("JC1030D6", "JC6491A", "JC7180E"),
        diameter_mm=38.0,
    ),
    Maker(
        "haichuan",
        "海川奥腾汽车有限公司",
        "Haichuan Aoteng Automobile Co., Ltd.",
        "奥腾牌",
        "AOTENG",
        ("LHA",),
        "370299",
        "海川市",
        ("AT7151GD", "AT6470MHEV", "AT7000BEV1"),
        shape="oval",
        diameter_mm=45.0,
        star=False,
    ),
    Maker(
        "yuehai",
        "粤海宇通达汽车制造有限公司",
        "Yuehai Yutongda Automobile Manufacturing Co., Ltd.",
        "宇通达牌",
        "YUTONGDA",
        ("LYD",),
        "440199",
        "粤海市",
        ("YTD6450V", "YTD7160C"),
        star=False,
        face="sans",
    ),
    Maker(
        "longquan",
        "龙泉瑞特乘用车有限责任公司",
        "Longquan Ruite Auto Passenger Vehicle Co., Ltd.",
        "瑞特牌",
        "RUITE",
        ("LRT",),
        "330799",
        "龙泉市",
        ("RT7004BEV", "RT6463HEV"),
        code="3307990081226",
    ),
    Maker(
        "jinyuan",
        "晋源众和汽车集团有限公司",
        "Jinyuan Zhonghe Automobile Group Co., Ltd.",
        "众和牌",
        "ZHONGHE",
        ("LJZ",),
        "140199",
        "晋源市",
        ("ZH6520T", "ZH7201F", "ZH1020S"),
        diameter_mm=42.0,
        face="bold",
        former_names="晋源众和客车有限公司",
    ),
    Maker(
        "liaonan",
        "辽南威盛商用车股份有限公司",
        "Liaonan Weisheng Auto Commercial Vehicle Co., Ltd.",
        "威盛牌",
        "WEISHENG",
        ("LLW", "HLW"),
        "210299",
        "辽南市",
        ("WS5041XXY", "WS1045H"),
        code="2102990036904",
        face="song2",
    ),
    Maker(
        "ningjiang",
        "宁江未来智能汽车有限公司",
        "Ningjiang Weilai Automobile Intelligence Co., Ltd.",
        "未来牌",
        "NJFUTURE",
        ("LNW",),
        "320199",
        "宁江市",
        ("WL7002BEVA", "WL6490BEV"),
        code="3201990055127",
    ),
    Maker(
        "fuqing",
        "福清启明汽车工业有限公司",
        "Fuqing Qiming Automobile Industry Co., Ltd.",
        "启明牌",
        "QIMING",
        ("LFM",),
        "350199",
        "福清市",
        ("QM7150H", "QM6460E"),
        diameter_mm=38.0,
        face="kai",
    ),
    Maker(
        "chengyang",
        "庆阳长风汽车有限公司",
        "Qingyang Changfeng Automobile Co., Ltd.",
        "长风牌",
        "CHANGFENG",
        ("LCF",),
        "620999",
        "庆阳市",
        ("CF6470A", "CF7163"),
        shape="oval",
        diameter_mm=45.0,
        star=False,
        face="sans",
    ),
    Maker(
        "xiangbei",
        "湘北晨光新能源汽车有限公司",
        "Xiangbei Chenguang Auto New Energy Co., Ltd.",
        "晨光牌",
        "CHENGUANG",
        ("LXG",),
        "430699",
        "湘北市",
        ("CG7001BEV", "CG6482PHEV"),
        code="4306990012278",
    ),
)
BY_KEY = {maker.key: maker for maker in MAKERS}
