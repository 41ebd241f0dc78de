# ruff: noqa: E501 - one maker a row reads best
"""Makers that nothing is tuned on: English names that do not follow the Chinese ones, long and short names, ovals."""

from __future__ import annotations

from samples.world.maker import Maker
from samples.world.makers_wide import maker_of

_ROWS = """
aurelion | 奥瑞隆汽车（中国）有限公司 | Aurelion Motors (China) Co., Ltd. | 奥瑞隆牌 | AURELION | LAR | 320599 | 吴澜市 | AR7151E AR6471PHEV | oval 45 plain | | song
bohai | 渤原重工集团股份有限公司 | Boyuan Heavy Industries Group Corporation | 渤原牌 | BOYUAN | LBY | 210299 | 渤原市 | BY3251K BY4181N | round 42 star | 2102990066120 | song2
skyline | 天际远景新能源汽车集团股份有限公司 | Skyline Vision NEV Group Co., Ltd. | 天际远景牌 | SKYLINE | LSV | 330199 | 临杭市 | TJ7003BEV TJ6480SHEV | round 42 plain | 3301990120457 | sans
deyi | 德屹—曼施商用车（中国）有限公司 | Deyi Mansch Commercial Vehicles (China) Ltd. | 曼施牌 | MANSCH | LDM | 370199 | 德屹市 | DM4250 DM5180XXY | oval 45 plain | | song2
hetian | 河田汽车工业（集团）股份有限公司 | Hetian Automobile Industry (Group) Company Limited | 河田牌 | HETIAN | LHE | 350299 | 河田市 | HT6450V HT7180L | round 42 star | 3502990014488 | kai
kairui | 凯睿（江南）汽车制造有限公司 | Kairui (Jiangnan) Automotive Manufacturing Co., Ltd. | 凯睿牌 | KAIRUI | LKR | 320299 | 江南市 | KR7000BEV3 KR6490M | round 40 star | 3202990078391 | bold
longma | 龙骧汽车有限公司 | Loong Motor Works Limited | 龙骧牌 | LOONG | HLM | 511899 | 龙骧市 | LM6420C LM1030E | round 38 star | | song
meridian | 子午线电动车有限公司 | Meridian Electric Mobility Co., Ltd. | 子午线牌 | MERIDIAN | LZW | 440399 | 鹏湾市 | ZW7001EV ZW6461EV | round 40 plain | 4403990101753 | song
shuofang | 朔方特种越野汽车制造厂有限责任公司 | Shuofang Special Off-road Vehicle Works | 朔方牌 | SHUOFANG | L29 | 640199 | 朔方市 | SF2031 SF6481Y | round 40 star | 6401990004026 | kai
zhanhong | 展鸿汽车集团有限公司乘用车分公司 | Zhanhong Automobile Group Co., Ltd. Passenger Vehicle Branch | 展鸿牌 | ZHANHONG | LZH | 430199 | 展鸿市 | ZH7163B ZH6482D | round 42 star | 4301990090215 | song2
"""

ASIDE: tuple[Maker, ...] = tuple(maker_of(row) for row in _ROWS.strip().splitlines())
