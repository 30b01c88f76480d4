"""Counts of those who take part, with their nouns: 411家企业, 2200余名代表, 28个国家和地区."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import rjieba

from kg.model import Span
from kg.quantities.measures import Quantity, find_quantities
from kg.quantities.units import alternatives

PEOPLE = """
人 人士 人员 嘉宾 来宾 贵宾 代表 代表团 代表队 与会者 参会者 参与者 出席者 观众 听众 读者 游客 旅客 访客 市民 居民
村民 群众 网友 粉丝 用户 客户 玩家 专家 学者 教授 院士 科学家 学人 研究员 研究人员 科研人员 科技工作者 工程师 设计师
建筑师 规划师 律师 医生 医师 护士 药师 教师 老师 讲师 导师 学生 大学生 中学生 小学生 研究生 留学生 毕业生 同学 学员
师生 校友 家长 孩子 儿童 少年 青年 青少年 老人 老兵 志愿者 义工 会员 委员 理事 成员 党员 官员 大使 使节 领事 参赞 议员
部长 省长 市长 县长 负责人 干部 领导 领导人 首脑 政要 高管 企业家 企业主 创业者 创始人 投资人 投资者 股东 合伙人 买家
卖家 买手 商人 业者 从业者 开发者 程序员 极客 博主 主播 记者 编辑 作家 诗人 译者 艺术家 画家 书法家 音乐家 舞者 演员
影人 导演 编剧 歌手 模特 运动员 选手 跑者 骑手 车手 棋手 水手 乐手 球员 球迷 教练 裁判 评委 工匠 匠人 传承人 厨师 农户
大户 农民 渔民 牧民 工人 职工 员工 获奖者 得主 候选人 爱好者 发烧友 收藏家 藏家 患者 病人 家属 亲属 军人 官兵 战士
消防员 飞行员 航天员 宇航员 船员 司机 国家元首 元首 政府首脑 参观者 观光客 业主 店主 船主 船长 机长 工作者 技术人员
从业人员 外宾 来客 友人 乡亲 同行 手艺人 非遗传承人 大师 名家 作者 撰稿人 经理人 分析师 开发人员 贡献者 校长
"""
BODIES = """
企业 公司 机构 单位 厂商 厂家 展商 参展商 展团 客商 采购商 供应商 经销商 代理商 运营商 渠道商 开发商 制造商 服务商
贸易商 零售商 商户 商家 商号 商铺 摊主 摊位 展位 门店 店铺 品牌 老字号 工作室 实验室 研究所 研究院 媒体 报社 杂志社
出版社 书店 画廊 旅行社 酒店 餐馆 高校 大学 院校 学校 中学 小学 幼儿园 学院 医院 诊所 博物馆 图书馆 美术馆 科技馆
档案馆 剧院 剧团 乐团 院团 俱乐部 协会 学会 商会 联盟 社团 团体 组织 社会组织 基金会 基金 银行 券商 保险公司 合作社
农场 牧场 车企 药企 央企 国企 民企 外企 工厂 部门 委办局 政府 使馆 园区 开发区 国家 成员国 地区 经济体 省 省份 省市
省区市 市 城市 区县 县区 县 县市 县市区 市县 市县区 州 镇 村 村庄 街道 社区 队 队伍 团队 战队 船队 车队 赛队 参赛队
球队 小组 项目 作品 参赛作品 影片 案例 匠 政党 政治组织 国际组织 庄园 酒庄 茶企 酒企 独立书店
"""
"""Nouns of those who take part in an occasion."""

_NO_END = "(?![级性化型式界主家业士]|组(?!团|织[活了])|团(?![队体组])|贡献者)"
_GROUP = f"(?:(?:{alternatives(PEOPLE + BODIES)}){_NO_END})"
_PERSON = f"(?:(?:{alternatives(PEOPLE)}){_NO_END})"
_MODIFIER = r"[^\s，。、；：！？（）()“”《》的了着过在将从向被把是有等]"
_AND_MORE = f"(?:[和及与暨]{_MODIFIER}{{0,4}}?{_GROUP}{{1,2}})?"
_NOUN = re.compile(rf"(?P<modifier>{_MODIFIER}{{0,8}}?)(?P<head>{_GROUP}{{1,2}}{_AND_MORE})")
#: What 位 and 名 count: of 460位海外媒体高层人士 the media are none.
_PERSONS = re.compile(rf"(?P<modifier>{_MODIFIER}{{0,8}}?)(?P<head>{_PERSON}{{1,2}}{_AND_MORE})")
_TOTALS = "已有|共有|共计|合计|总计|多达|只剩|只有|仅有|达到|约有|还有|已|共|有|达|计|为|约|近|仅"
_NOUN_BEFORE = re.compile(rf"{_MODIFIER}{{0,6}}(?P<head>{_GROUP})(?:{_TOTALS})?$")
_ATTENDING = re.compile(
    "^(?:其中)?(?:参展|参会|与会|到会|到场|报名|参赛|出席|参加|入驻|签约|汇聚|聚集|吸引|迎来|集结|邀请|设摊|设展)(?=..)"
)
_BARE = frozenset(("人", "人次"))
_ORIGIN = re.compile("来自[^，。；：、]{1,20}?的")
_DOUBLED = re.compile("多[家名位个]")
_WINDOW = 16
_SIMPLIFIED = str.maketrans(
    "廠國業機構單號觀眾賓專學選員隊會館區團組織醫師個", "厂国业机构单号观众宾专学选员队会馆区团组织医师个"
)
_IS_TRADITIONAL = re.compile("[國業機單號觀眾賓專學選員隊會館區團醫師]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A counted group.

    Args:
        span: from the number, or the noun before it, to the last word.
        text: as a reader writes it down: ``411家企业``, also for 企业411家.
        number: the number in digits.
        comparison: 逾, 近 …; part of ``text`` too.
        noun: what is counted; empty for 900人.
    """

    span: Span
    text: str
    number: str
    comparison: str
    noun: str


def find_counts(text: str, quantities: Iterable[Quantity] | None = None) -> tuple[Count, ...]:
    """All counts of people, bodies and places, in order; ``quantities`` are those of the text, where known."""
    simplified = text.translate(_SIMPLIFIED) if _IS_TRADITIONAL.search(text) else text
    found = []
    for quantity in find_quantities(text) if quantities is None else quantities:
        place = _place(simplified, quantity) if quantity.kind == "count" else None
        if place is not None:
            span, noun = place
            words = re.sub(r"\s", "", quantity.text) + text[noun.start : noun.end]
            comparison, number = quantity.comparison, quantity.number
            found.append(
                Count(span=span, text=words, number=number, comparison=comparison, noun=text[noun.start : noun.end])
            )
    return tuple(found)


def _place(text: str, quantity: Quantity) -> tuple[Span, Span] | None:
    """The spans of a whole count and of its noun (empty for 900人), or None where it counts something else."""
    start, end = quantity.span.start, quantity.span.end
    if quantity.unit == "人":
        return quantity.span, Span(end, end)
    noun = (quantity.unit in "位名" and _noun_after(text, end, _PERSONS)) or _noun_after(text, end)
    if noun:
        return Span(start, noun.end), noun
    noun = _noun_before(text, start)
    if noun and not text.startswith("的", end):
        return Span(noun.start, end), noun
    origin = _ORIGIN.match(text, end)
    noun = _noun_after(text, origin.end()) if origin else None
    if noun:  # the inner count of 1800名来自120个国家的代表 has its own words
        return quantity.span, noun
    return (quantity.span, Span(end, end)) if quantity.unit in _BARE else None


def _noun_after(text: str, start: int, pattern: re.Pattern[str] = _NOUN) -> Span | None:
    """The noun phrase at an offset; the modifier before its head must be nominal."""
    if _DOUBLED.match(text, start):  # 411家多家企业
        start += 2
    match = pattern.match(text, start, start + _WINDOW)
    return Span(*match.span()) if match and _is_nominal(match["modifier"]) else None


def _noun_before(text: str, end: int) -> Span | None:
    """The noun right before a count (参展企业|962家), without its participle."""
    match = _NOUN_BEFORE.search(text, max(0, end - _WINDOW), end)
    if match is None:
        return None
    noun = _ATTENDING.sub("", text[match.start() : match.end("head")])
    if not _is_nominal(noun.removesuffix(match["head"])):
        noun = match["head"]
    return Span(match.end("head") - len(noun), match.end("head"))


def _is_nominal(modifier: str) -> bool:
    """Whether a modifier holds no verb but a last one (投资机构, 参展企业)."""
    tags = [tag for _, tag in rjieba.tag(modifier)] if modifier else []
    return not any(tag[0] in "vpudrcy" and tag != "vn" for tag in tags[:-1]) and tags[-1:] not in (["p"], ["d"])
