"""Invented news of any length, with the facts that it tells: for measuring, and for networks to look at.

People, companies, forums and products are made up from syllables; the same seed gives the same news. Four fields
have people of their own and a few who wander between fields, so that a network of meetings has communities and
bridges. The sentences are plainer than a newspaper's: figures on them are a ceiling, not what to expect of real news.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

FIELDS = {
    "数字经济": ("数据平台", "云系统"),
    "智慧医疗": ("问诊机器人", "影像系统"),
    "绿色能源": ("储能设备", "光伏组件"),
    "文化旅游": ("导览软件", "沉浸式展演系统"),
}
CITIES = ("乌镇", "杭州", "宁波", "苏州", "成都", "青岛", "厦门", "贵阳")
SURNAMES = "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严魏姜"
GIVEN = ("明远", "志华", "思源", "嘉禾", "文博", "晓岚", "建国", "雨泽", "子涵", "立群", "海燕", "一诺", "若曦", "俊杰")
FIRST = ("云岫", "木棉", "北岭", "南浦", "青禾", "望川", "松江", "鹿鸣", "海晏", "星槎", "麦浪", "竹溪", "白石", "长庚")
KINDS = ("科技有限公司", "研究院", "大学")
POSTS = {"科技有限公司": ("董事长", "总经理", "首席执行官"), "研究院": ("院长", "副院长"), "大学": ("校长", "教授")}
NUMERALS = ("", *"一二三四五六七八九")


@dataclass(frozen=True)
class Expert:
    """A person with a post, at home in one field."""

    name: str
    employer: str
    post: str
    field: str


class Newsroom:
    """Writes items; each is a row of an annotated file: id, date, text, entities, relations."""

    def __init__(self, seed: int = 1, *, experts: int = 48) -> None:
        self._random = Random(seed)
        self._editions: Counter[str] = Counter()
        names = [surname + given for surname in SURNAMES for given in GIVEN]
        fields = list(FIELDS)
        self.experts = tuple(
            self._expert(name, fields[number % len(fields)])
            for number, name in enumerate(self._random.sample(names, experts))
        )

    def _expert(self, name: str, field: str) -> Expert:
        kind = self._random.choice(KINDS)
        return Expert(name, self._random.choice(FIRST) + kind, self._random.choice(POSTS[kind]), field)

    def items(self, count: int) -> Iterator[dict[str, Any]]:
        """``count`` items, one forum each."""
        for number in range(count):
            yield _Item(self, number).row()

    def edition(self, series: str) -> int:
        """The number of the next edition of a series; one a year."""
        self._editions[series] += 1
        return self._editions[series]

    def guests(self, field: str, most: int) -> list[Expert]:
        """People of one field, and now and then one who wandered in."""
        at_home = [expert for expert in self.experts if expert.field == field]
        others = [expert for expert in self.experts if expert.field != field]
        wandering = self._random.sample(others, 1) if self._random.random() < 0.25 else []
        return self._random.sample(at_home, min(most, len(at_home))) + wandering


def numeral(number: int) -> str:
    """A number below 100 as Chinese writes it.

    >>> numeral(4), numeral(12), numeral(30)
    ('四', '十二', '三十')
    """
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else NUMERALS[tens] + "十") + NUMERALS[ones]


class _Item:
    """One item in the making: its sentences, its things and its facts."""

    def __init__(self, room: Newsroom, number: int) -> None:
        self.room, self.random, self.number = room, room._random, number
        self.field = self.random.choice(list(FIELDS))
        self.guests = room.guests(self.field, self.random.randint(3, 5))
        self.things: dict[tuple[str, str], None] = {}
        self.facts: dict[tuple[str, str, str], None] = {}
        self.city = self.random.choice(CITIES)
        self.series = f"{self.city}{self.field}{self.random.choice(('大会', '论坛', '峰会', '博览会'))}"
        self.edition = room.edition(self.series)
        self.day = (2010 + self.edition, self.random.randint(1, 12), self.random.randint(2, 26))

    def row(self) -> dict[str, Any]:
        year, month, day = self.day
        forum, city, host = self._forum()
        opening = self.random.choice(
            (
                f"{month}月{day}日，{forum}在{city}开幕，由{host}主办。",
                f"由{host}主办的{forum}于{month}月{day}日在{city}举行。",
                f"{month}月{day}日，由{host}主办的{forum}在{city}拉开帷幕。",
            )
        )
        self._tell(forum, "startDate", f"{year}-{month:02}-{day:02}")
        self._tell(forum, "location", city)
        self._tell(forum, "organizer", host)
        text = opening + self._guest_list(forum) + self._speech(forum) + self._launch(forum)
        return {
            "id": f"item-{self.number + 1}",
            "date": f"{year}-{month:02}-{day + 1:02}",
            "text": text,
            "entities": [{"name": name, "type": kind, "forms": [name]} for name, kind in self.things],
            "relations": [list(fact) for fact in self.facts],
        }

    def _forum(self) -> tuple[str, str, str]:
        city = self.city
        forum = f"第{numeral(self.edition)}届{self.series}"
        host = self.random.choice(FIRST) + self.random.choice(("研究院", "大学"))
        self._thing(forum, "Forum"), self._thing(city, "Place"), self._thing(host, "Organization")
        return forum, city, host

    def _guest_list(self, forum: str) -> str:
        for guest in self.guests:
            self._thing(guest.name, "Person"), self._thing(guest.employer, "Organization")
            self._tell(guest.name, "worksFor", guest.employer)
            self._tell(guest.name, "attends", forum)
        names = "、".join(f"{guest.employer}{guest.post}{guest.name}" for guest in self.guests)
        return self.random.choice((f"{names}等出席大会。", f"{names}出席了本届活动。", f"出席开幕式的有{names}。"))

    def _speech(self, forum: str) -> str:
        guest = self.guests[0]
        self._tell(guest.name, "speaksAt", forum)
        said = self.random.choice(("未来三年是关键时期", "标准要走在市场前面", "合作比竞争更重要"))
        return self.random.choice((f"{guest.name}在会上表示，{said}。", f"{guest.name}在致辞中说，{said}。"))

    def _launch(self, forum: str) -> str:
        maker = self.guests[-1].employer
        product = f"“{self.random.choice(FIRST)}”{self.random.choice(FIELDS[self.field])}"
        self._thing(product, "Product")
        self._tell(maker, "releases", product)
        self._tell(product, "presentedAt", forum)
        return self.random.choice((f"会上，{maker}发布了{product}。", f"{maker}在大会上推出{product}。"))

    def _thing(self, name: str, kind: str) -> None:
        self.things[name, kind] = None

    def _tell(self, subject: str, predicate: str, end: str) -> None:
        self.facts[subject, predicate, end] = None
