"""A small piece of invented news as a graph: three documents, a forum in the middle, a sub-forum, a product."""

from __future__ import annotations

from itertools import pairwise

from kg.model import Document, Entity, Evidence, Knowledge, Span, Statement, Value
from tests.factories import entity, knowledge

DOCUMENTS = {
    "云报-01": "5月8日，第三届云岭数字大会在青川开幕，大会由云岭省人民政府主办。澄心科技首席执行官苏禾在大会上发言。",
    "云报-02": "澄心科技在第三届云岭数字大会上发布听风翻译机，续航时间为12小时。"
    "“山海之声”分论坛同日举行，诗人陆砚秋出席。",
    "云报-03": "远帆书局的贺听澜没有到场，他在远帆书局担任总编辑。",
}

FORUM, SUBFORUM = "forum/第三届云岭数字大会", "forum/“山海之声”分论坛"
COMPANY, PUBLISHER, PROVINCE = "organization/澄心科技", "organization/远帆书局", "organization/云岭省人民政府"
SUHE, LU, HE = "person/苏禾", "person/陆砚秋", "person/贺听澜"
DEVICE, TOWN = "product/听风翻译机", "place/青川"


def _told(doc_id: str, subject: str, object: str, trigger: str = "") -> Evidence:
    """The sentence of a document that names all the given words, with their spans."""
    text = DOCUMENTS[doc_id]
    starts = [0, *(at + 1 for at, character in enumerate(text) if character == "。")]
    for start, end in pairwise(starts):
        sentence = text[start:end]
        if subject in sentence and object in sentence:
            break

    def span(words: str) -> Span | None:
        at = sentence.find(words)
        return Span(start + at, start + at + len(words)) if words and at >= 0 else None

    return Evidence(
        doc_id=doc_id,
        span=Span(start, end),
        text=sentence,
        rule="invented",
        subject=span(subject),
        object=span(object),
        trigger=span(trigger),
    )


def _fact(subject: str, predicate: str, object: str | Value, evidence: Evidence, **fields: object) -> Statement:
    given = {"confidence": 0.92, **fields}
    return Statement(subject=subject, predicate=predicate, object=object, evidence=(evidence,), **given)  # type: ignore[arg-type]


def _entities() -> tuple[Entity, ...]:
    return (
        entity("第三届云岭数字大会", "Forum", cls="Conference", aliases=("云岭数字大会", "Yunling Summit")),
        entity("“山海之声”分论坛", "Forum", cls="SubForum"),
        entity("澄心科技", cls="Company"),
        entity("远帆书局", cls="Organization"),
        entity("云岭省人民政府", cls="GovernmentBody"),
        entity("苏禾", "Person"),
        entity("陆砚秋", "Person"),
        entity("贺听澜", "Person"),
        entity("听风翻译机", "Product", cls="Device"),
        entity("青川", "Place"),
    )


def news() -> Knowledge:
    """The graph; 贺听澜 and 远帆书局 have nothing to do with the rest."""
    one, two = "云报-01", "云报-02"
    speech = _told(one, "苏禾", "大会", "发言")
    return knowledge(
        entities=_entities(),
        statements=(
            _fact(FORUM, "location", TOWN, _told(one, "第三届云岭数字大会", "青川", "在")),
            _fact(FORUM, "startDate", Value("date", "2023-05-08"), _told(one, "第三届云岭数字大会", "5月8日")),
            _fact(FORUM, "organizer", PROVINCE, _told(one, "大会", "云岭省人民政府", "主办")),
            _fact(SUHE, "speaksAt", FORUM, speech, confidence=0.55),
            _fact(SUHE, "worksFor", COMPANY, _told(one, "苏禾", "澄心科技"), qualifiers=(("role", "首席执行官"),)),
            _fact(COMPANY, "releases", DEVICE, _told(two, "澄心科技", "听风翻译机", "发布")),
            _fact(DEVICE, "presentedAt", FORUM, _told(two, "听风翻译机", "第三届云岭数字大会")),
            _fact(
                DEVICE, "specification", Value("specification", "续航时间=12小时"), _told(two, "听风翻译机", "12小时")
            ),
            _fact(SUBFORUM, "subEventOf", FORUM, _told(two, "“山海之声”分论坛", "同日")),
            _fact(LU, "attends", SUBFORUM, _told(two, "陆砚秋", "“山海之声”分论坛", "出席")),
            _fact(HE, "worksFor", PUBLISHER, _told("云报-03", "贺听澜", "远帆书局"), qualifiers=(("role", "总编辑"),)),
        ),
        documents=tuple(
            Document(id=id, text=text, title=f"要闻 {id}", date=f"2023-05-0{at + 8}" if at < 2 else None, source="云报")
            for at, (id, text) in enumerate(DOCUMENTS.items())
        ),
    )
