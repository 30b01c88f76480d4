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
#: 发布微博, 官方微博: a message, or where it stands.
_MESSAGE = re.compile("(?<=发布|发表|转发|官方|认证)微[博信]")


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
    match = _FROM_SOMEWHERE.fullmatch(text, found.start, found.end) if found.type == "Organization" else None
    return match is not None and match["place"] in places
