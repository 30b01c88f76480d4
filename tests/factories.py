"""Builders of the data types, each with defaults for what a test does not care about."""

from __future__ import annotations

from kg.model import Document, Entity, EntityType, Evidence, Knowledge, Mention, Span, Statement, Value

TEXT = "12月3日，第四届世界互联网大会在浙江乌镇开幕，乌镇互联网医院院长张群华出席。"


def document(id: str = "news-1", text: str = TEXT, **fields: object) -> Document:
    return Document(id=id, text=text, **fields)  # type: ignore[arg-type]


def mention(name: str, type: EntityType = "Organization", *, at: int = 0, **fields: object) -> Mention:
    """A mention whose text is its name, ``at`` a place in the document."""
    text = str(fields.pop("text", name))
    given = {"doc_id": "news-1", "span": Span(at, at + len(text)), "finder": "test", **fields}
    return Mention(text=text, type=type, name=name, **given)  # type: ignore[arg-type]


def evidence(text: str = TEXT, doc_id: str = "news-1", *, at: int = 0, **fields: object) -> Evidence:
    """Evidence of the sentence ``text``, ``at`` a place in the document."""
    given = {"rule": "test", **fields}
    return Evidence(doc_id=doc_id, span=Span(at, at + len(text)), text=text, **given)  # type: ignore[arg-type]


def entity(label: str, type: str = "Organization", **fields: object) -> Entity:
    """An entity whose id is made of its type and label."""
    given = {"id": f"{type.lower()}/{label}", "cls": type, **fields}
    return Entity(type=type, label=label, **given)  # type: ignore[arg-type]


def statement(subject: str, predicate: str, object: str | Value, **fields: object) -> Statement:
    given = {"confidence": 0.9, "evidence": (evidence(),), **fields}
    return Statement(subject=subject, predicate=predicate, object=object, **given)  # type: ignore[arg-type]


def knowledge(
    entities: tuple[Entity, ...] = (), statements: tuple[Statement, ...] = (), documents: tuple[Document, ...] = ()
) -> Knowledge:
    """The three in the order that :class:`Knowledge` promises."""
    return Knowledge(
        entities=tuple(sorted(entities, key=lambda e: e.id)),
        statements=tuple(sorted(statements)),
        documents=tuple(sorted(documents, key=lambda d: d.id)),
    )


def span_of(part: str, text: str = TEXT) -> Span:
    """Where ``part`` first stands in ``text``."""
    start = text.index(part)
    return Span(start, start + len(part))


def sample() -> Knowledge:
    """A small graph with one fact of every shape: node, role, date, hour, text, count, specification."""
    forum, person = "forum/第四届世界互联网大会", "person/张群华"
    hospital, phone = "organization/乌镇互联网医院", "product/移动版智能健康终端"
    told = evidence(
        subject=span_of("张群华"), object=span_of("乌镇互联网医院"), trigger=span_of("院长"), rule="title-and-name"
    )
    screen = Value(
        "specification", "内弯半径=3mm", (("comparison", "超过"), ("name", "内弯半径"), ("unit", "mm"), ("value", "3"))
    )
    return knowledge(
        entities=(
            entity(
                "第四届世界互联网大会",
                "Forum",
                cls="Conference",
                aliases=("第四届“世界互联网大会·乌镇峰会”",),
                properties=(
                    ("editionNumber", Value("count", "4", (("number", "4"),))),
                    ("editionOf", "forum-series/世界互联网大会"),
                ),
            ),
            entity("世界互联网大会", "ForumSeries", id="forum-series/世界互联网大会"),
            entity("张群华", "Person"),
            entity("乌镇互联网医院", cls="Hospital", aliases=("互联网医院",), same_as=("organization/互联网医院",)),
            entity("移动版智能健康终端", "Product", cls="Device"),
            entity("乌镇", "Place"),
        ),
        statements=(
            statement(forum, "location", "place/乌镇"),
            statement(forum, "startDate", Value("dateTime", "2017-12-03T10:30:00+08:00")),
            statement(forum, "endDate", Value("date", "2017-12-05"), confidence=1.0),
            statement(forum, "theme", Value("text", "发展数字经济促进开放共享——携手共建网络空间命运共同体")),
            statement(forum, "participantCount", Value("count", "411家企业", (("number", "411"),))),
            statement(person, "worksFor", hospital, evidence=(told,), qualifiers=(("role", "院长"),)),
            statement(person, "attends", forum, qualifiers=(("date", "2017-12-03"),)),
            statement(hospital, "releases", phone, evidence=(evidence(), evidence(doc_id="news-2", at=7))),
            statement(phone, "specification", screen),
            statement(phone, "releaseDate", Value("date", "2017-12")),
        ),
        documents=(
            document(title="乌镇时间", date="2017-12-03", source="环球网"),
            document("news-2", text="前文。　　　　" + TEXT),
        ),
    )
