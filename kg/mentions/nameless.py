"""What no finder's word makes a name: sides of regions, firms from somewhere, so many of a kind."""

from __future__ import annotations

import re
from collections.abc import Collection

from kg.mentions.candidates import Candidate

#: 内蒙古东北部, 黑龙江西北方向: no region, but a side of one; 北京时间: the clock of all the country; 周边县城: any.
_NO_PLACE = re.compile(
    "[东西南北华中]{2}(?:[部侧面角端麓坡岸]|方向)|(?:北京|格林[尼威]治)(?:标准)?时间"
    "|(?:周边|附近|周围|当地|沿线|偏远|贫困)*(?:县城|山区|牧区|林区|库区|农村|乡村|乡镇|村庄|村镇|市区)"
)
#: 中国公司, 这家慕尼黑公司: a firm from there; 大西洋公司 and 长江公司 may be names.
_FROM_SOMEWHERE = re.compile("(?P<place>.{1,7}[^洋海江河山湖])(?:公司|企业|厂商|媒体|车企|药企)")
#: 众多实体零售店, 一批机器人: so many of a kind, no name.
_SO_MANY = re.compile("众多|许多|诸多|大批|一大?批|一些|不少|[\\d一二三四五六七八九十百千万]*[余多数][家个款名]|某[些个家]|各大|各类")
#: 海外纺织行业协会, 香港新闻界与工商界: any of them, or all.
_ANY = re.compile(
    "(?:海外|国外|境外|海内外|国内外|各国|各地|相关|有关|部分).{0,6}(?:行业协会|商会|机构|企业|公司|媒体|高校|院校|部门|团体)"
    "|.*(?:新闻|工商|企业|文化|科技|学术|教育|金融|产业|文艺|体育|医学|法律|传媒|出版|经济)界"
)
#: 发布微博, 官方微博: a message, or where it stands.
_MESSAGE = re.compile("(?<=发布|发表|转发|官方|认证)微[博信]")
#: 欧洲三大车展之一: one of a kind that is no thing itself.
_ONE_OF_THEM = "之一"
#: 报告会是由中国科协主办的巡讲报告会。: what a named forum is, and no other one; 本次展会是第二届… tells its name.
_IS_A = re.compile(
    "(?:^|[，。；])(?![本此这该])[^，。；]{1,40}(?:会|坛|展|节|赛|周|礼|活动|盛典)[”》）]?(?:也|还|则|又|正|就)?是[^，。；]{0,80}的$"
)
#: 围绕“…”主题展开: what goes on is a verb, unless the fair opens (车展开幕).
_UNFOLDS = re.compile("(?<=展)(?:开(?![幕馆展锣门始业得])|[示望]|出(?!现)|现(?!场))")
_HAS_EDITION = re.compile("第?[一二三四五六七八九十\\d]+届|首届|[12]\\d{3}|[“《A-Za-z]")
_CLAUSE_ENDS = tuple("，。；！？：")
#: 欧洲医学会影像分会 is a branch of it, “年度经济人物” a title that somebody is given: neither is a forum.
_NO_FORUM = re.compile(".*(?:(?:协|学|商|联合|研究)会.*分会|人物)")
#: 7000mAh金沙江电池: how big the part is, is not its name.
_SIZED = re.compile(r"\d[\d.]*(?:m?[Aa][Hh]|万?像素|毫安时?)\S+")
#: 十四届|全国政协: the term of a body that its name goes without; 宁波市十四届、十五届政协: and cut off from it.
_TERM = re.compile("第?[一二三四五六七八九十\\d]+届(?:全国|[^，。]{2,4}[省市县区州])?(?:政协|人大|人民代表大会|人民政协).*|.*[一二三四五六七八九十\\d]届")


def is_no_name(text: str, found: Candidate, places: Collection[str]) -> bool:
    """Whether the candidate, whoever proposes it, is no name.

    Args:
        text: the folded sentence.
        places: the forms of known places.
    """
    if found.finder != "gazetteer" and _SO_MANY.match(text, found.start, found.end):
        return True
    if found.type == "Place":
        match = _NO_PLACE.match(text, found.start)
        return match is not None and found.end <= match.end()
    message = _MESSAGE.match(text, found.start)
    if message is not None and found.end == message.end():
        return True
    if text.startswith(_ONE_OF_THEM, found.end):
        return True
    if found.type == "Forum":
        no_forum = _NO_FORUM.fullmatch(text, found.start, found.end) or _UNFOLDS.match(text, found.end)
        return no_forum is not None or _says_what_it_is(text, found)
    if found.type == "Product":
        return _SIZED.fullmatch(text, found.start, found.end) is not None
    if found.type != "Organization":
        return False
    if _TERM.fullmatch(text, found.start, found.end):
        return True
    if found.finder != "gazetteer" and _ANY.fullmatch(text, found.start, found.end):
        return True
    match = _FROM_SOMEWHERE.fullmatch(text, found.start, found.end)
    return match is not None and match["place"] in places


def _says_what_it_is(text: str, found: Candidate) -> bool:
    """Whether a forum that stands before it is said to be such a one."""
    return (
        text.startswith(_CLAUSE_ENDS, found.end)
        and text.endswith("的", 0, found.start)
        and found.finder != "gazetteer"
        and not _HAS_EDITION.search(text, found.start, found.end)
        and _IS_A.search(text[: found.start]) is not None
    )
