"""Reads measured properties: 内弯半径为3mm, 续航达60小时, 4个高性能核."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable
from dataclasses import dataclass

import rjieba

from kg.model import Span
from kg.quantities.measures import Quantity, find_quantities
from kg.quantities.units import PHYSICAL, alternatives

ATTRIBUTES = """
半径 直径 口径 管径 底径 轴径 径 尺寸 面积 体积 容积 大小 高度 厚度 宽度 长度 深度 总长 全长 机长 车长
片长 时长 篇幅 壁厚 高 宽 长 厚 重 深 重量 质量 自重 净重 毛重 干重 载重 承重 负重 粒重 排量 载荷 轴距
翼展 座级 行程 航程 里程 续航 续航力 距离 测距 射程 潜深 水深 精度 误差 偏差 分辨率 刷新率 灵敏度 敏感度
特异度 准确率 识别率 成功率 透光率 国产化率 导电率 费率 利率 效率 占比 率 比 速度 时速 车速 转速 航速
速率 带宽 吞吐量 频率 主频 频次 加速 制动距离 功率 功耗 电耗 油耗 能耗 耗时 用时 时间 时延 延迟 延时
寿命 周期 保质期 生育期 有效期 间隔 次数 容量 电量 装机 推力 拉力 压力 风压 动力 牵引力 拖拽力 接触力
扭矩 力 抗压强度 抗拉强度 强度 硬度 密度 浓度 湿度 温度 温 电压 电流 电阻 电容 信噪比 降噪深度 视场
视场角 角度 角 自由度 内存 显存 硬盘 存储 缓存 算力 运算能力 能力 参数 参数量 参数规模 规模 上下文窗口
窗口 上限 下限 峰值 阈值 数值 值 系数 指数 含量 含糖量 热量 蛋白质 数量 数 量 像素 亮度 色域 色温 对比度
照度 音量 噪声 噪音 焦距 光圈 变焦 倍率 增益 海拔 坡度 波长 屏占比 摄像头 镜头 屏幕 电池 保护效力 疗效
周长 间距 负载 载客量 臂展 跨度 待机 性能 得分 评分 占用 产能 库容 落差 流量 通量 航时 升限 吨位 总吨 舱容
安装包 额度 保费 售价 起售价 起价 首发价 合约价 机价 原价 定价 预售价 指导价 到手价 标价 单价 均价 价格 规格
定员 样本 问卷 条目 语言 语种
病种 币种
"""
"""Nouns of measured properties; a longer name ends with one of them (海平面|推力)."""

PARTS = """
核 核心 高性能核 机械臂 通道 摄像头 镜头 传感器 接口 屏 直屏 屏幕 曲面屏 显示屏 触控屏 工艺 制程 平台
高压平台 快充 充电 分辨率 刷新率 内存 显存 硬盘 存储 电池 带宽 算力 功率 像素 延迟 时延 主频 电机 发动机
推力 扬声器 麦克风 参数 窗口 上下文
"""
"""Nouns of parts and properties that come after their measure (4个|高性能核, 5纳米|工艺)."""

ADVERBS = "目前 可 已 也 还 仍 则 却 均 都 就 才 将 竟 更 反倒 一般 约 分别 分 整体 最多 最终"
CHANGES = """
缩短 压缩 缩 降低 下降 降 提升 提高 增加 增 升 扩大 扩 延长 控制 保持 维持 稳定 限制 做 拉 打 压 撑 来 冲 跑 跌 涨 加 提
拓展
"""
LINKS = """
高达 长达 多达 可达 达到 达至 达 在 设为 定为 约为 仅为 为 是 仅需 只需 只有 仅有 只要 只 仅 不过 有 需 要 共 合计 : ：
"""
"""What may stand between the name of a property and its value, and belongs to neither."""

OPENERS = """
其中 其 将 把 使 让 令 并且 而且 同时 此外 另外 不仅 不但 并 且 而 但 则 每款 新版 现款 官方 实测 目前 眼下 标准版 据称
号称 是 有 以及 及 和 与 的
"""
DEVICES = """
系统 设备 装置 产品 仪器 机器 机器人 大模型 模型 手机 眼镜 耳机 手表 手带 手环 平板 相机 电视 笔记本 新车 汽车
轿车 飞机 客机 直升机 无人机
火箭 卫星 飞船 船 舰 潜水器 潜器 网箱 望远镜 新机 机组 列车 反应堆 盾构机 药品 药物 疫苗 品种
"""
"""What may stand before the name of a property and is no part of it: 该系统|单舱容量, AR眼镜|重量."""

_CHANGED = f"(?:{alternatives(CHANGES)})了?[至到在为]了?"
_REACHED = f"(?:(?:{alternatives(ADVERBS)}|(?<![性功动智热])能)*(?:{_CHANGED}|{alternatives(LINKS)})*)"
_ASIDE = "(?:（[^）]{1,12}）)?"
_WORDS = r"[^，。；;！？、（）()“”「」『』《》【】|｜\n\r\t—…▍·①-⑳]"
_TAIL = re.compile(rf"(?P<name>{_WORDS}{{1,30}}?){_ASIDE}\s?{_REACHED}\s?$")
_FROM = re.compile(r"[从由][^从由]{1,10}$")
#: 尺寸为长4976毫米、宽1920毫米: the first of several measures.
_OF_SIZE = re.compile("^.*(?:尺寸|大小|规格|数据)[^长宽高厚直]{0,4}(?=(?:长|宽|高|厚|直径)$)")
_LEAD = re.compile(rf"^(?:[这该此](?:[款台颗枚架艘辆部件套种条座型只])?|\w{{0,4}}实测|{alternatives(OPENERS)})+")
_DEVICE = re.compile(rf"^[A-Za-z0-9]{{0,6}}(?:{alternatives(DEVICES)})(?:(?=..)|(?<=..)(?=[高长重宽厚深]$))")
_ATTRIBUTE = re.compile(f"(?:{alternatives(ATTRIBUTES)})$")
_AFTER = re.compile(
    rf"的?(?!\d[\d.]*(?:英?寸|万?像素))(?P<name>[^，。；;！？、（）()“”「」《》\s的和与及]{{0,4}}?(?:{alternatives(PARTS)}))(?!.?[率度业家型])"
)
#: A price is told in money: of 各容量售价分别为64GB the number is none.
_PRICE, _MONEY = re.compile("价格?$"), re.compile("[元圆镑币铢]|卢[比布]|法郎|比索|%|倍|折")
_BREAKS = frozenset(("uj", "ul", "uz", "ud", "uv", "ug", "p", "c", "r", "y", "e", "o"))
_OF_WORK = frozenset(("耗时", "历时", "用时", "时长", "规模", "能力", "数量", "价格", "窗口", "占比", "总数"))
"""Names that say nothing by themselves: how long the work took, how much was paid."""

_MAX_NAME = 18
_REACH = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Specification:
    """A measured property as name and value.

    Args:
        name: 弯折次数.
        value: with its comparison, as the text has it: 超过10万次.
        number: the number in digits: 100000.
        unit: 次.
        comparison: 超过, else empty.
        sure: whether the name ends with the noun of a property, or with any noun before a physical unit; else
            it is the clause's words.
    """

    name: str
    value: str
    number: str
    unit: str
    comparison: str
    sure: bool
    name_span: Span
    value_span: Span


def find_specifications(
    text: str, names: Iterable[Span] = (), quantities: Iterable[Quantity] | None = None
) -> tuple[Specification, ...]:
    """All measured properties of a text, in order.

    Args:
        text: any text.
        names: the spans of things named in it: the name of a property begins after them
            (翎禾T60|药箱容量60升).
        quantities: those of the text, where they are known already.
    """
    ends = sorted({span.end for span in names})
    found = []
    for quantity in find_quantities(text) if quantities is None else quantities:
        before, after = _before(text, quantity, ends), _after(text, quantity)
        specification = before if before and (before.sure or not after) else after
        if specification is not None:
            found.append(specification)
    return tuple(found)


def _before(text: str, quantity: Quantity, ends: list[int]) -> Specification | None:
    start = quantity.span.start
    index = bisect.bisect_right(ends, start)
    left = max(start - _REACH, ends[index - 1] if index else 0, 0)
    match = _TAIL.search(text, left, start)
    if match is None:
        return None
    name = _trim(match["name"])
    if not name or len(name) > _MAX_NAME or name in _OF_WORK:
        return None
    if quantity.unit and _PRICE.search(name) and not _MONEY.search(quantity.unit):
        return None
    offset = match.start("name") + match["name"].rindex(name)
    sure = bool(_ATTRIBUTE.search(name)) or (quantity.unit in PHYSICAL and rjieba.tag(name)[-1][1] == "n")
    return _specification(quantity, name, Span(offset, offset + len(name)), sure=sure)


def _after(text: str, quantity: Quantity) -> Specification | None:
    match = _AFTER.match(text, quantity.span.end)
    if match is None:
        return None
    return _specification(quantity, match["name"], Span(*match.span("name")), sure=True)


def _specification(quantity: Quantity, name: str, span: Span, *, sure: bool) -> Specification:
    return Specification(
        name=name,
        value=re.sub(r"\s", "", quantity.text),
        number=quantity.number,
        unit=quantity.unit,
        comparison=quantity.comparison,
        sure=sure,
        name_span=span,
        value_span=quantity.span,
    )


def _trim(words: str) -> str:
    """The noun phrase at the end of a clause's beginning: what stands after the last particle."""
    words = _OF_SIZE.sub("", _FROM.split(words)[0]).rsplit("将", 1)[-1].rsplit("：", 1)[-1]
    name = ""
    for word, tag in reversed(rjieba.tag(words)):
        if (tag in _BREAKS and not word.startswith("每")) or (tag == "f" and word in "下时中后里内前"):
            break
        name = word + name
    return _DEVICE.sub("", _LEAD.sub("", name)).strip(" +")
