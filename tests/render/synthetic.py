"""Invented graphs of any size, the same at every call: news around forums, with Chinese names and sentences."""

from __future__ import annotations

from random import Random

from kg.model import Document, Entity, Evidence, Knowledge, Span, Statement, Value

_PLACES = "江海川湖云岭溪桥林山城原泉沙石关港湾平阳"
_FIELDS = [
    "数字经济",
    "人工智能",
    "卫星互联网",
    "智慧医疗",
    "新材料",
    "量子通信",
    "绿色能源",
    "工业软件",
    "网络安全",
    "文化旅游",
]
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
_GIVEN = "明华志远嘉欣文博子涵雨泽思源晓东建国丽娜俊杰海燕一诺若曦"
_COMPANIES = ["科技有限公司", "集团", "信息技术公司", "研究院", "大学", "报社", "医院"]
_COMPANY_CLASSES = [
    "Company",
    "Company",
    "Company",
    "ResearchInstitute",
    "EducationalInstitution",
    "MediaOutlet",
    "Hospital",
]
_PRODUCTS = ["智能终端", "云平台", "操作系统", "机器人", "发展报告", "芯片"]
_RULES = ("title-and-name", "hosted-by", "takes-part", "launches")


class _Maker:
    """Collects things and facts; every choice comes from one seeded generator."""

    def __init__(self, things: int) -> None:
        self.random = Random(20171203)
        self.things = things
        self.entities: dict[str, Entity] = {}
        self.statements: list[Statement] = []
        self.documents: list[Document] = []

    def entity(self, type: str, cls: str, label: str) -> str:
        id = f"{type.lower()}/{label}"
        while id in self.entities:
            label += self.random.choice(_GIVEN)
            id = f"{type.lower()}/{label}"
        aliases = (label[:4] + "简称",) if self.random.random() < 0.1 else ()
        self.entities[id] = Entity(id=id, type=type, cls=cls, label=label, aliases=aliases)
        return id

    def label(self, id: str) -> str:
        return self.entities[id].label

    def pick(self, characters: str, count: int) -> str:
        return "".join(self.random.choice(characters) for _ in range(count))

    def fact(self, subject: str, predicate: str, object: str | Value, words: str, *, role: str = "") -> None:
        document = self.documents[-1]
        name = object.text if isinstance(object, Value) else self.label(object)
        text = f"{document.date}，{self.label(subject)}{words}{name}，引起与会者的广泛关注。"
        start = self.random.randrange(400)
        first, second = text.index(self.label(subject)), text.rindex(name)
        evidence = Evidence(
            doc_id=document.id,
            span=Span(start, start + len(text)),
            text=text,
            rule=self.random.choice(_RULES),
            subject=Span(start + first, start + first + len(self.label(subject))),
            object=Span(start + second, start + second + len(name)),
        )
        self.statements.append(
            Statement(
                subject=subject,
                predicate=predicate,
                object=object,
                confidence=round(self.random.uniform(0.5, 0.99), 3),
                evidence=(evidence,),
                qualifiers=(("role", role),) if role else (),
            )
        )

    def forum(self, number: int) -> str:
        """One forum with its people, organisations, products and place: about 24 things."""
        choose, pick = self.random.choice, self.pick
        day = f"20{self.random.randrange(15, 25)}-{self.random.randrange(1, 13):02}-{self.random.randrange(1, 29):02}"
        self.documents.append(
            Document(id=f"news-{number:05}", text="", title=f"要闻第{number}号", date=day, source="某报")
        )
        place = self.entity("Place", "Place", pick(_PLACES, 2))
        forum = self.entity(
            "Forum",
            choose(["Conference", "Exhibition", "SubForum"]),
            f"第{number % 30 + 1}届{pick(_PLACES, 2)}{choose(_FIELDS)}大会",
        )
        self.fact(forum, "location", place, "在以下地点举行：")
        self.fact(forum, "startDate", Value("date", day), "开幕的日子是")
        self.fact(forum, "theme", Value("text", f"{choose(_FIELDS)}，共享未来"), "的主题是")
        for _ in range(self.random.randrange(4, 8)):
            self.organization(forum)
        return forum

    def organization(self, forum: str) -> None:
        kind = self.random.randrange(len(_COMPANIES))
        name = self.pick(_PLACES, 2) + self.pick(_GIVEN, 2) + _COMPANIES[kind]
        organization = self.entity("Organization", _COMPANY_CLASSES[kind], name)
        if self.random.random() < 0.4:
            self.fact(forum, "organizer", organization, "的主办方是")
        else:
            self.fact(organization, "exhibitsAt", forum, "参展")
        for _ in range(self.random.randrange(3)):
            person = self.entity("Person", "Person", self.pick(_SURNAMES, 1) + self.pick(_GIVEN, 2))
            self.fact(
                person,
                "worksFor",
                organization,
                "任职于",
                role=self.random.choice(["院长", "首席执行官", "记者", "教授"]),
            )
            self.fact(person, self.random.choice(["attends", "speaksAt"]), forum, "出席")
        if self.random.random() < 0.6:
            product = self.entity("Product", "Device", self.pick(_PLACES, 2) + self.random.choice(_PRODUCTS))
            self.fact(organization, "releases", product, "发布")
            self.fact(product, "presentedAt", forum, "亮相于")


def synthetic(things: int) -> Knowledge:
    """A graph of exactly so many things: forums with what belongs to them, loosely tied to one another."""
    maker = _Maker(things)
    forums: list[str] = []
    while len(maker.entities) < things:
        forum = maker.forum(len(forums))
        if forums:
            maker.fact(forum, "subEventOf", forums[int(maker.random.random() ** 2 * len(forums))], "作为分论坛属于")
        forums.append(forum)
    kept = dict(list(maker.entities.items())[:things])
    statements = [
        statement
        for statement in maker.statements
        if statement.subject in kept and (isinstance(statement.object, Value) or statement.object in kept)
    ]
    return Knowledge(
        entities=tuple(sorted(kept.values(), key=lambda entity: entity.id)),
        statements=tuple(sorted(statements, key=lambda each: (each.subject, each.predicate, str(each.object)))),
        documents=tuple(maker.documents),
    )
