"""The atoms that Chinese time expressions are made of.

An expression is a run of atoms from coarse to fine: 2017年 | 12月 | 3日 | 上午 | 10时30分. One
compiled alternation finds all atoms in one pass; what they mean together is worked out in
:mod:`kg.times.expressions` and :mod:`kg.times.discourse`.

Most lookarounds below keep out a word that only looks like a time: 以前年度, 说明天气, 一号线, 首次月球.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Span

_CN = "[一二三四五六七八九十]"
_CN_DIGIT = "[〇零一二三四五六七八九]"
_NO_TAIL = r"(?:(?<![\d.第十])|(?<=\d)(?=[一二三四五六七八九十]))"
"""Not the end of a longer number: the 一月 of 十一月; 大会2013十一月 has its month after a year."""
_MONTH = r"(?:[1１][0-2０-２]|[0０]?[1-9１-９]|十[一二]?|[正一二三四五六七八九])"
_DAY = r"(?:[3３][01０１]|[12１２]\d|[0０]?[1-9１-９]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_FEW = rf"(?:\d{{1,3}}|[两半]|{_CN}{{1,3}})"
_WEEK = "(?:周|星期|礼拜)"

TO = r"\s?(?:—{1,3}|–|-|－|~|～|〜|起?至|到)\s?"
"""Source of what stands between the two ends of a range."""

_LISTED = rf"\s?(?:{TO}|[、和与及])\s?"

_LASTING = ("为期", "历时", "连续", "一连", "展期", "会期")
_NO_LENGTH = "".join(f"(?<!{word})" for word in _LASTING)

ERAS = {
    "洪武": 1368, "永乐": 1403, "宣德": 1426, "成化": 1465, "弘治": 1488, "正德": 1506, "嘉靖": 1522, "隆庆": 1567,
    "万历": 1573, "天启": 1621, "崇祯": 1628, "顺治": 1644, "康熙": 1662, "雍正": 1723, "乾隆": 1736, "嘉庆": 1796,
    "道光": 1821, "咸丰": 1851, "同治": 1862, "光绪": 1875, "宣统": 1909, "民国": 1912,
}  # fmt: skip
"""First years of the reigns of Ming and Qing, and of the Republic."""

ATOMS: tuple[tuple[str, str], ...] = (
    # 2017-12-03, 2017.12.3, 2017/12/03, 2017 12 03, day first 3.12.2017; no version, no address
    (
        "numeric",
        r"(?<![A-Za-z\d_./])(?<!\D-)(?:[12]\d{3}(?P<s>[-./－．／])\d{1,2}(?P=s)\d{1,2}|[12]\d{3} \d\d \d\d"
        r"|\d{1,2}(?P<t>[-./])\d{1,2}(?P=t)[12]\d{3})(?![\d/]|\.\d)",
    ),
    ("century", rf"(?:(?:\d{{1,2}}|{_CN}{{1,3}}|上|本)世纪)?(?:[1-9]0|{_CN}十)年代"),
    (
        "year",
        r"(?<![\d.])[12１２]\d{3}\s?年"
        rf"|(?<!\d)\d\d\s?年(?=\s?{_MONTH}\s?月)|(?<!\d)0\d\s?年|公元\d{{3}}年|(?<=在)\d{{3}}年"
        rf"|{_CN_DIGIT}{{3,4}}年|[零〇]{_CN_DIGIT}年|[二两]千[零〇]?{_CN}{{0,4}}年"
        rf"|(?<![A-Za-z\d.])[12]\d{{3}}(?={TO}[12]\d{{3}}(?:年|(?![\w.\-/])))|(?<=\d[至到\-—])[12]\d{{3}}(?![\w.\-/])",
    ),
    # the months of a reign are lunar ones: they are passed over
    ("era", rf"(?:{'|'.join(ERAS)})(?:元|\d+|{_CN}{{1,4}})年(?:(?:{_CN}{{1,4}}|\d+)月(?:{_CN}{{1,4}}[日]?)?)?"),
    (
        "relative_year",
        "今年|去年|(?<![以之])前年|(?<![文说声])明年|(?<![以之今])后年|来年|当年|同年|次年|翌年|上年(?=同期|度)|本年度",
    ),
    (
        "lunar",
        rf"[农阴]历(?:(?:{_CN_DIGIT}{{4}}|\d{{4}})年)?(?:{_CN}{{1,4}}月)?(?:初?{_CN}{{1,4}})?|[正腊冬]月(?:初?{_CN}{{1,4}})?"
        rf"|{_CN}{{1,2}}月初{_CN}|大年(?:初{_CN}|三十)",
    ),
    (
        "month",
        rf"{_NO_TAIL}{_MONTH}\s?月份?(?![球亮饼台经薪嫂牙])|{_NO_TAIL}{_MONTH}(?={TO}{_MONTH}\s?月)",
    ),
    ("relative_month", "上上个?月|下下个?月|[本当同次下上]月(?!球)|[上下]个月|这个月"),
    (
        "month_part",
        r"[上中下]旬|(?<=[月年份])(?:初(?![中步级选赛稿])|底|末)"
        r"|(?<!\w)[年月][初底末]|年底|岁末",
    ),
    ("month_week", rf"(?<=月)的?(?:第{_CN}周|(?:第{_CN}|最后一)个{_WEEK}[一二三四五六日天])"),
    (
        "day",
        rf"(?<![\d.第A-Za-z]){_NO_LENGTH}{_DAY}\s?日(?![均常报元本志益])"
        rf"|(?:(?<![\w”」》）)\-])|(?<=[在于到至月从自\-—]))(?:\d{{1,2}}|{_CN}{{2,3}}|(?<=月){_CN})\s?号(?!\w?[馆楼线厅院机舱门店井矿令台])"
        rf"|(?<=月)(?:三十一?|二?十[一二三四五六七八九]?|[二三四五六七八九])(?![日号月个年位届天名家项种人余多万千百])"
        rf"|(?<![\d.第]){_DAY}(?={_LISTED}{_DAY}(?:{_LISTED}{_DAY}){{0,6}}\s?日)",
    ),
    (
        "deictic",
        "大[前后]天|(?<![如至迄当])今[天日](?!头条|俄罗斯|美国|资本)|今[晨早晚夜](?!报)|今(?=起)|昨[天日晨早晚夜午]|昨(?=，)"
        "|(?<![目之以日此先眼年月周天提])前[天日晚](?![津空])|(?<![说声证表标文透照])明[天日早晚晨](?!之)"
        "|(?<![先之以然此最前])后天",
    ),
    (
        "anaphoric",
        "(?<![相应适担充])当[天日晚夜]|(?<![共合不如会协相])同日(?![本方])|同一天|(?<![本此每首多一这那历两三])次日"
        r"|翌日|隔[天日]|(?<!\w)第二天|此?前一[天日]",
    ),
    (
        "weekday",
        rf"(?<!每)(?:上上个?|下下个?|[上下]个?|本|这个?)?{_WEEK}(?:[一二三四五六日天](?![体期围年代])|末(?=[，。、举开]))"
        rf"|(?:上上个?|下下个?|[上下]个?|本){_WEEK}末",
    ),
    ("week", rf"(?:上上个?|下下个?|[上下]个?|本|这一?){_WEEK}(?![年期刊边末岁一二三四五六日天])"),
    (
        "clock",
        r"(?<![\d:：.])(?:[01]?\d|2[0-4])[:：][0-5]\d(?![\d:：])"
        rf"|(?<![\d.A-Za-z])\d{{1,2}}\s?[点时](?:整|半|一刻|[0-5]?\d\s?分?|{_CN}{{1,3}}分)?(?![\d速段代装尚间光期])"
        rf"|[一二两三四五六七八九十]{{1,3}}[点时](?:整|半|一刻|{_CN}{{1,3}}分?)?(?![代间])",
    ),
    (
        "part",
        "凌晨|清晨|早晨|早上|早间|上午|中午|午间|正午|午后|下午|傍晚|晚间|晚上|夜间|深夜|夜里|午夜"
        "|(?<=[日号])[晨早晚夜午]",
    ),
    (
        "period",
        rf"前[两二三]个?季度|[第首]?[一二三四1-4]季度|[上下]半年|前(?:\d{{1,2}}|{_CN}{{1,2}})个月",
    ),
    (
        "stretch",
        rf"(?:过去|最近|近|未来|今后|接下来|此后|(?<![此之以目提])前|(?<![马以])上(?!一)|(?<![最前之以此今])后)的?\s?{_FEW}\s?"
        rf"(?:天|日|{_WEEK}|个{_WEEK}|个月|年)(?![级代度初底末])",
    ),
    ("offset", rf"(?<!第){_FEW}(?:天|日|周|个星期|个月|年)[以之]?[前后](?![夕往期沿])"),
    (
        "duration",
        rf"(?<![\d.第每])(?:{_FEW}[余多来]?(?:天(?![津府河山水堂坛宫])|周(?![年岁刊一二三四五六日])|个星期|个半?月|年(?![级代度初底末中月]))半?"
        rf"|(?:{'|'.join(f'(?<={word})' for word in _LASTING)})\s?{_FEW}日|(?<![\d月十廿]){_CN}日(?![\w]))",
    ),
    (
        "holiday",
        "元旦|国庆(?:节|期间|当天|前夕|假期)|国庆(?=[，、长黄])|五一(?![大村])|劳动节|儿童节|教师节|妇女节|植树节|情人节|愚人节"
        "|青年节|建军节|建党节|万圣节|圣诞节?|平安夜|光棍节|女生节|双十[一二]|双1[12]|父亲节|母亲节|感恩节"
        "|世界(?:读书|水|地球|环境|电信)日|清明节?|春节|除夕|元宵节?|端午节?|中秋节?|重阳节?|七夕|腊八节?|新年",
    ),
)
"""Kind and pattern of each atom; the first that matches at a place wins."""

_STARTS = (
    r"\d零〇一二两三四五六七八九十半公民上本今去前明后来当同次翌正农阴腊冬大下这中年月岁初底末的第首昨隔此周星礼"
    "凌清早午傍晚夜深晨过最近未接元洪永宣成弘嘉隆崇顺康雍乾道咸同光国劳儿教妇植情愚青建万圣平光女双父母感世春除端重新"
)
"""Every character that an atom can begin with: a cheap gate before the alternation (a test compares)."""

_ATOM = re.compile(f"(?=[{_STARTS}])(?:" + "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in ATOMS) + ")")
_TRADITIONAL = str.maketrans("後週禮個號點時兩間內農曆", "后周礼个号点时两间内农历")
_IS_TRADITIONAL = re.compile("[後週禮個號點時兩農]")


@dataclass(frozen=True, slots=True)
class Atom:
    """One piece of a time expression; ``word`` is in simplified characters."""

    kind: str
    word: str
    span: Span


def find_atoms(text: str) -> list[Atom]:
    """All atoms of ``text`` in order, in one linear pass."""
    folded = text.translate(_TRADITIONAL) if _IS_TRADITIONAL.search(text) else text
    return [Atom(m.lastgroup or "", m[0], Span(m.start(), m.end())) for m in _ATOM.finditer(folded)]
