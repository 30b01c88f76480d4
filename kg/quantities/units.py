"""Units of measure, classifiers and the words that compare: the tables of the quantity grammar."""

from __future__ import annotations

import re

UNITS: dict[str, str] = {
    "length": "光年 公里 千米 海里 英里 英尺 英寸 吋 厘米 公分 毫米 微米 纳米 分米 米 寸 埃 km cm mm dm μm um nm m",
    "area": "平方公里 平方千米 平方米 平方厘米 平方度 公顷 公頃 亩 ㎡ km² m²",
    "volume": "立方米 毫升 升 mL ml L m³",
    "mass": "万吨 公斤 千克 公克 毫克 微克 克 斤 吨 公噸 噸 kg mg μg g t",
    "time": "个小时 小时 分钟 毫秒 微秒 纳秒 秒 分 个月 天 年 周 min ms μs ns s h",
    "temperature": "摄氏度 华氏度 毫开 ℃ °C 度 K",
    "ratio": "个百分点 百分点 % ％ ‰ 成 倍",
    "power": "千瓦 兆瓦 吉瓦 瓦 马力 匹 kW MW GW W",
    "energy": "千瓦时 兆瓦时 吉瓦时 瓦时 千卡 大卡 焦耳 千焦 兆焦 kWh MWh GWh Wh kJ J",
    "electricity": "毫安时 安时 毫安 微安 纳安 千伏 毫伏 微伏 伏 安 欧姆 mAh Ah mA A kV V Ω",
    "frequency": "兆赫兹 吉赫兹 千赫兹 赫兹 千赫 兆赫 吉赫 赫 转 THz GHz MHz kHz Hz rpm",
    "force": "千牛 牛·米 牛米 牛 kN N·m N",
    "pressure": "千帕 兆帕 吉帕 帕 巴 kPa MPa GPa Pa bar",
    "data": "兆字节 吉字节 千字节 太字节 字节 比特 Tbps Gbps Mbps kbps bps TB GB MB KB PB EB Tb Gb Mb bit 兆",
    "computing": "TOPS GOPS PFLOPS EFLOPS TFLOPS GFLOPS FLOPS petaflops teraflops MIPS tokens token qubit",
    "sound": "分贝 dBm dBi dB",
    "picture": "像素 尼特 流明 帧 nits nit ppi dpi fps",
    "money": "人民币 新台币 美元 欧元 英镑 日元 港元 港币 澳元 加元 韩元 卢布 元 圆",
}
"""Units by what they measure."""

PHYSICAL = frozenset(
    unit for kind, units in UNITS.items() if kind not in ("time", "ratio", "money") for unit in units.split()
)
"""Units of bodies: what is measured in them is a property even where no list knows its noun."""

CLASSIFIERS = """
人次 车次 架次 场次 人 个 個 名 位 家 所 座 支 台 套 件 条 條 款 颗 顆 枚 块 部 辆 輛 架 艘 列 项 項 种
種 类 册 本 页 篇 张 張 份 字 词 处 核 层 组 路 户 例 株 首 幅 场 间 間 对 副 轮 次 节 头 只 期 剂 挡 国
國
"""
"""Measure words of things that are counted."""

KEPT_BEFORE = (
    r"(?:不得?(?:超过|低于|少于|高于|大于|小于|足|到)|超过|超出|超|逾|低于|高于|大于|小于|少于|多于"
    r"|至少|至多|最[高低长短远近快慢多少大小薄厚深](?:可达|可|达|能达|能达到|约)?约?|低至|大?约|将近|接近|近)"
)
"""Comparisons before a number that belong to what is said (弯折次数超过10万次)."""

KEPT_AFTER = "(?:以上|以下|以内|之内|左右|上下|不等|见方|起步|起)"

PER = (
    "(?:每(?:秒|分钟?|小时|天|日|周|月|年|百?毫升|百?克|百?公里|千米|平方米|立方米|千克|公斤|吨|亩|公顷|瓶|台|只|杯|次|人|度"
    "|百万次?|千次?|万次?)(?:tokens?)?)"
)
"""A rate before a number: 每小时2亩, 每百毫升0.4克."""

_METRIC = "瓦克米卡牛帕赫伏安"
_CHINESE = "[零〇一二两兩三四五六七八九十百千]"
_SCALE = rf"(?:\s?[余餘多来]?\s?(?:[百千]?[万亿萬億]{{1,2}}|[百千](?![{_METRIC}])))?"
#: 10万|7千, 1亿|2000万
_REST = rf"(?:(?<=[万萬亿億])\d{{1,4}}(?:[百千万萬](?![{_METRIC}]))?)?"
NUMBER = (
    rf"(?:[百千万]分之{_CHINESE}{{1,4}}|\d+(?:[,，]\d{{3}})*(?:\.\d+)?{_SCALE}{_REST}"
    rf"|{_CHINESE}{{1,9}}(?:点{_CHINESE}{{1,4}})?(?:[余餘多]?[万亿萬億]{{1,2}}{_CHINESE}{{0,6}})?)"
)
"""One number; a 千 that belongs to its unit (千瓦, 千克) is left to the unit."""


def alternatives(words: str) -> str:
    """A pattern of any of the words, longest first; a Latin one may not run on into further letters."""
    ordered = sorted(set(words.split()), key=lambda word: (-len(word), word))
    return "|".join(
        re.escape(word) + ("(?![A-Za-z0-9])" if word[-1].isascii() and word[-1].isalpha() else "") for word in ordered
    )


_RATE = "每(?:秒|分钟?|小时|天|克|千克|公斤|平方米|立方米|平方厘米)"
_ALL = alternatives(" ".join(UNITS.values()))
UNIT = rf"(?:{_ALL})(?:/\s?\d*(?:[A-Za-z]{{1,3}}|[\u4e00-\u9fff]{{1,2}})|{_RATE})?(?:IACS)?"
CLASSIFIER = f"(?:{alternatives(CLASSIFIERS)})"
