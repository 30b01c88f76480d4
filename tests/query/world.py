"""A small graph in which every bundled question has an answer, and one of hostile names."""

from __future__ import annotations

from pathlib import Path

from kg.model import Evidence, Knowledge, Span, Statement, Value
from kg.rdf import write_turtle
from tests.factories import document, entity, knowledge, statement

WIC, FORUM, EXPO = "forum/第四届世界互联网大会", "forum/数字经济分论坛", "forum/互联网之光博览会"
SERIES = "forum-series/世界互联网大会"
LI, WANG, ZHAO = "person/李群", "person/王晓", "person/赵明"
MAKER, BANK, OWNER, OFFICE = (
    "organization/维信诺",
    "organization/江南银行",
    "organization/江南集团",
    "organization/网信办",
)
SCREEN, TOWN, PROVINCE = "product/柔性屏", "place/乌镇", "place/浙江"


def told(text: str, doc_id: str = "news-1", **fields: object) -> Evidence:
    """Evidence that is the sentence ``text``; ``subject``, ``object``, ``trigger`` name words of it."""
    marks = {}
    for name in ("subject", "object", "trigger"):
        words = fields.pop(name, None)
        if isinstance(words, str):
            start = 10 + text.index(words)
            marks[name] = Span(start, start + len(words))
    return Evidence(doc_id=doc_id, span=Span(10, 10 + len(text)), text=text, rule="rule", **marks, **fields)  # type: ignore[arg-type]


def text(words: str) -> Value:
    return Value("text", words)


def world() -> Knowledge:
    screen = Value("specification", "厚度=3mm", (("name", "厚度"), ("unit", "mm"), ("value", "3")))
    edition = (("editionNumber", Value("count", "4", (("number", "4"),))), ("editionOf", SERIES))
    says = told("江南银行行长李群在大会上表示，合作已启动。", subject="李群", object="大会", trigger="表示")
    return knowledge(
        entities=(
            entity("第四届世界互联网大会", "Forum", cls="Conference", aliases=("第四届乌镇峰会",), properties=edition),
            entity("数字经济分论坛", "Forum", cls="SubForum"),
            entity("互联网之光博览会", "Forum", cls="Exhibition", aliases=("“互联网之光”博览会",)),
            entity("世界互联网大会", "ForumSeries", id=SERIES),
            entity("李群", "Person"),
            entity("王晓", "Person"),
            entity("赵明", "Person"),
            entity("维信诺", cls="Company"),
            entity("江南银行", cls="Company"),
            entity("江南集团", cls="Company"),
            entity("网信办", cls="GovernmentBody"),
            entity("柔性屏", "Product", cls="Device"),
            entity("乌镇", "Place"),
            entity("浙江", "Place"),
        ),
        statements=(*_occasions(says), *_dealings(screen)),
        documents=(document(title="乌镇时间", date="2017-12-03", source="环球网"), document("news-2")),
    )


def _occasions(says: Evidence) -> tuple[Statement, ...]:
    twice = (told("大会在乌镇举行。"), told("峰会3日在乌镇开幕。", "news-2"))
    return (
        statement(WIC, "location", TOWN, evidence=twice, confidence=0.98),
        statement(WIC, "startDate", Value("date", "2017-12-03")),
        statement(WIC, "endDate", Value("date", "2017-12-05")),
        statement(WIC, "organizer", OFFICE),
        statement(WIC, "participantCount", Value("count", "411家企业", (("number", "411"),))),
        statement(FORUM, "subEventOf", WIC),
        statement(FORUM, "theme", text("数据驱动增长")),
        statement(FORUM, "topic", text("算力")),
        statement(FORUM, "startDate", Value("dateTime", "2017-12-04T10:30:00+08:00")),
        statement(EXPO, "subEventOf", WIC),
        statement(LI, "speaksAt", WIC, evidence=(says,), confidence=0.7),
        statement(WANG, "attends", WIC, qualifiers=(("date", "2017-12-03"),)),
        statement(WANG, "congratulates", FORUM),
        statement(MAKER, "exhibitsAt", EXPO),
        statement(MAKER, "partnerOf", WIC),
        statement(SCREEN, "presentedAt", EXPO),
    )


def _dealings(screen: Value) -> tuple[Statement, ...]:
    return (
        statement(LI, "worksFor", BANK, qualifiers=(("role", "行长"),)),
        statement(ZHAO, "worksFor", BANK),
        statement(ZHAO, "founderOf", MAKER, qualifiers=(("role", "创始人"),)),
        statement(BANK, "cooperatesWith", MAKER),
        statement(BANK, "invests", MAKER, qualifiers=(("amount", "3亿元"), ("date", "2017-11"))),
        statement(BANK, "subsidiaryOf", OWNER),
        statement(BANK, "headquarteredIn", TOWN),
        statement(TOWN, "containedIn", PROVINCE),
        statement(MAKER, "releases", SCREEN),
        statement(SCREEN, "releaseDate", Value("date", "2017-12")),
        statement(SCREEN, "feature", text("可弯折")),
        statement(SCREEN, "specification", screen),
    )


HOSTILE = "<script>\"}) SERVICE\x1b[31m\u202e\t$forum ?x {};|,\r\n=cmd'\\"


def hostile() -> Knowledge:
    """Names and words that would break out of a careless writer."""
    return knowledge(
        entities=(
            entity(HOSTILE, id="organization/hostile", cls="Company", aliases=("a;b|c", "]]>&amp;")),
            entity("大会", "Forum", cls="Conference"),
        ),
        statements=(
            statement("organization/hostile", "attends", "forum/大会", evidence=(told(f"{HOSTILE}参加大会"),)),
            statement("forum/大会", "theme", text(HOSTILE)),
        ),
        documents=(document("news-1", title=HOSTILE),),
    )


def write_graph(folder: Path, graph: Knowledge) -> Path:
    """The graph.ttl of a graph, in ``folder``."""
    path = folder / "graph.ttl"
    path.write_bytes(write_turtle(graph).encode("utf-8"))
    return path
