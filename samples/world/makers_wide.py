# ruff: noqa: E501 - one maker a row reads best
"""More fictional makers, one a row: joint ventures with oval seals, seals without star or code, long and short names."""

from __future__ import annotations

from samples.world.maker import Maker

_ROWS = """
hengchi | 恒川驰远汽车集团股份有限公司 | Hengchuan Chiyuan Automobile Group Corp., Ltd. | 驰远牌 | CHIYUAN | LHG | 420199 | 恒川市 | CY7151A CY6470BEV | round 42 star | 4201990023471 | song
qingyuan | 清原腾达客车有限公司 | Qingyuan Tengda Bus Co., Ltd. | 腾达牌 | TENGDA | LTG | 210499 | 清原市 | TD6859H TD6119BEV | round 40 star | 2104990011820 | kai
donglan | 东岚—奥维汽车有限公司 | Donglan Aowei Automotive Co., Ltd. | 奥维牌 | AOWEI | LDA | 310199 | 东岚市 | AW7150F AW6480PHEV | oval 45 plain | | song
boteng | 渤腾汽车有限公司 | Boteng Automobile Co., Ltd. | 渤腾牌 | BOTENG | HBT | 120199 | 渤州市 | BT7000BEV BT1040D | round 38 star | | bold
jiahe | 嘉禾新能源汽车科技有限公司 | Jiahe New Energy Vehicle Technology Co., Ltd. | 嘉禾牌 | JIAHE | LJH | 330499 | 嘉禾市 | JH7001BEVA JH6460EV | round 40 plain | 3304990050012 | sans
ruiling | 瑞岭重型汽车制造有限责任公司 | Ruiling Heavy Vehicle Manufacturing Co., Ltd. | 瑞岭牌 | RUILING | LRL | 370199 | 瑞岭市 | RL3310N RL4250D | round 42 star | 3701990008765 | song2
anping | 安平三江汽车有限公司 | Anping Sanjiang Automobile Co., Ltd. | 三江牌 | SANJIANG | LAP | 131199 | 安平市 | SJ7160A SJ6451C | round 40 star | 1311990034509 | song
chuannan | 川南凯越商用车有限公司 | Chuannan Kaiyue Commercial Vehicle Co., Ltd. | 凯越牌 | KAIYUE | LCK | 511599 | 川南市 | KY1049S KY5031XXY | round 40 star | | kai
fengyi | 丰翼智行汽车有限公司 | Fengyi Zhixing Automobile Co., Ltd. | 丰翼牌 | FENGYI | HFY | 440199 | 丰翼市 | FY7002BEV FY6501REEV | round 40 plain | | sans
guanghe | 广和汽车工业股份有限公司 | Guanghe Automotive Industry Co., Ltd. | 广和牌 | GUANGHE | LGH | 440699 | 广和市 | GH7181M GH6450P | round 42 star | 4406990071136 | song
huaxin | 华信通汽车制造厂 | Huaxintong Automobile Works | 华信通牌 | HUAXINTONG | LHX | 410199 | 华信市 | HXT6500A HXT1031B | round 40 star | 4101990002918 | song2
jinlu | 津路汽车股份有限公司 | Jinlu Automobile Co., Ltd. | 津路牌 | JINLU | LJU | 120299 | 津路市 | JL7150C JL7000EV | round 38 star | 1202990041777 | song
kunlun | 昆仑天域越野汽车有限公司 | Kunlun Tianyu Off-road Vehicle Co., Ltd. | 天域牌 | TIANYU | LKT | 650199 | 昆仑市 | TY6480G TY6490D | round 40 star | 6501990009981 | bold
lushan | 庐山—诺德汽车有限公司 | Lushan Nuode Automotive Co., Ltd. | 诺德牌 | NUODE | LLN | 360499 | 庐山市 | ND7150A ND6452T | oval 45 plain | | song2
mingyang | 明阳众泰达汽车有限公司 | Mingyang Zhongtaida Automobile Co., Ltd. | 众泰达牌 | ZHONGTAIDA | LMZ | 330799 | 明阳市 | ZT6440M ZT7000BEV | round 40 star | 3307990060431 | kai
nanfeng | 南峰汽车（集团）有限公司 | Nanfeng Automobile (Group) Co., Ltd. | 南峰牌 | NANFENG | LNF | 361099 | 南峰市 | NF7160 NF6471 | round 42 star | 3610990000157 | song
pinghai | 平海新程电动汽车有限公司 | Pinghai Xincheng Electric Vehicle Co., Ltd. | 新程牌 | XINCHENG | HPX | 441399 | 平海市 | XC5040EV XC7001EVA | round 40 plain | 4413990027640 | sans
qishan | 岐山长河专用汽车有限公司 | Qishan Changhe Automobile Co., Ltd. | 长河牌 | CHANGHE | L69 | 610399 | 岐山市 | CH5020XL CH5031C | round 38 star | | kai
ruiyang | 瑞阳汽车有限公司 | Ruiyang Automobile Co., Ltd. | 瑞阳牌 | RUIYANG | LRY | 341199 | 瑞阳市 | RY7151B RY6481E | round 40 star | 3411990015523 | song
songyuan | 松源众联汽车有限公司 | Songyuan Zhonglian Automobile Co., Ltd. | 众联牌 | ZHONGLIAN | LSL | 220799 | 松源市 | LH7150D LH6460T | oval 45 plain | | bold
tianhe | 天河奔程汽车有限公司 | Tianhe Bencheng Automobile Co., Ltd. | 奔程牌 | BENCHENG | LTB | 440199 | 天河市 | BC7001EV BC6490H | round 40 star | 4401990093318 | song
wanjia | 万嘉汽车工业有限公司 | Wanjia Automobile Industry Co., Ltd. | 万嘉牌 | WANJIA | LWJ | 510199 | 万嘉市 | WJ1022A WJ6420B | round 40 star | 5101990048802 | song2
xianghe | 祥和宏图汽车制造股份有限公司 | Xianghe Hongtu Automobile Manufacturing Co., Ltd. | 宏图牌 | HONGTU | LXH | 131099 | 祥和市 | HT7150G HT6440S | round 42 star | 1310990055614 | bold
zhongyuan | 中原飞跃汽车有限公司 | Zhongyuan Feiyue Automobile Co., Ltd. | 飞跃牌 | FEIYUE | LZF | 410299 | 中原市 | FY7160K FY6430L | round 40 star | 4102990077290 | song
"""


def maker_of(row: str) -> Maker:
    """Return the maker of one row: cells parted by bars, the seal as `shape diameter star-or-plain`."""
    cells = [cell.strip() for cell in row.split("|")]
    key, name, name_en, brand, brand_en, wmi, region, city, models, seal, code, face = cells
    shape, diameter, middle = seal.split()
    return Maker(
        key, name, name_en, brand, brand_en, tuple(wmi.split()), region, city, tuple(models.split()),
        shape=shape, diameter_mm=float(diameter), star=middle == "star", code=code, face=face,
    )  # fmt: skip


WIDE: tuple[Maker, ...] = tuple(maker_of(row) for row in _ROWS.strip().splitlines())
