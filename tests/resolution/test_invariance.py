"""The graph depends on what the texts say, not on their order, their names or their number of files."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Extraction, Knowledge
from tests.resolution.builders import day, resolved, said

NAMES = {
    "机": (
        "厦门青澜医疗科技有限公司",
        "青澜医疗",
        "青澜",
        "远汀汽车",
        "远汀软件",
        "远汀",
        "法学院",
        "IBM",
        "浙江省人民政府",
    ),
    "会": ("第三届天目大会", "第四届天目大会", "2019天目大会", "天目大会", "颁奖典礼", "“老厂新生”分论坛", "老厂新生"),
    "人": ("张伟", "濮阳澈", "蒂姆·劳森", "劳森", "容老师", "容见秋"),
    "品": ("“飞天”遥感星座", "飞天", "1.0版", "X9", "X9 Pro"),
    "地": ("浙江", "浙江省", "乌镇"),
}
MARKED = [f"[{kind}:{name}]" for kind, names in NAMES.items() for name in names]


@st.composite
def texts(draw: st.DrawFn) -> Extraction:
    names = draw(st.lists(st.sampled_from(MARKED), min_size=1, max_size=6))
    gap = draw(st.sampled_from(["，", "和", "（", "。"]))
    plain = {m[1]: m[3:-1] for m in names}
    facts = []
    if "人" in plain and "机" in plain and draw(st.booleans()):
        facts.append((plain["人"], "worksFor", plain["机"]))
    if "会" in plain and draw(st.booleans()):
        facts.append((plain["会"], "startDate", day(draw(st.sampled_from(["2018-01-02", "2019-05-06"])))))
    date = draw(st.sampled_from([None, "2018-01-03", "2019-05-07"]))
    return said("x", gap.join(names), *facts, date=date)


def renamed(extraction: Extraction, id: str) -> Extraction:
    def of(value: object) -> object:
        return replace(value, doc_id=id) if hasattr(value, "doc_id") else value  # type: ignore[type-var]

    return Extraction(
        document=replace(extraction.document, id=id),
        mentions=tuple(of(m) for m in extraction.mentions),  # type: ignore[misc]
        relations=tuple(
            replace(r, subject=of(r.subject), object=of(r.object), evidence=of(r.evidence))
            for r in extraction.relations
        ),
    )


def without_documents(knowledge: Knowledge) -> object:
    statements = [
        (s.subject, s.predicate, s.object, s.confidence, sorted((e.span, e.text) for e in s.evidence))
        for s in knowledge.statements
    ]
    return knowledge.entities, statements


@settings(max_examples=120, deadline=None)
@given(st.lists(texts(), min_size=1, max_size=7), st.randoms(use_true_random=False))
def test_order_and_names_of_documents_change_nothing(extractions: list[Extraction], rng: random.Random):
    first = [renamed(e, f"a{i}") for i, e in enumerate(extractions)]
    ids = [f"{rng.random()}.txt#{i}" for i in range(len(extractions))]
    second = [renamed(e, id) for e, id in zip(extractions, ids, strict=True)]
    rng.shuffle(second)
    one, other = resolved(*first), resolved(*second)
    assert without_documents(one.knowledge) == without_documents(other.knowledge)
    assert one.log == other.log


@settings(max_examples=60, deadline=None)
@given(st.lists(texts(), min_size=1, max_size=7))
def test_every_id_is_one_thing_and_every_end_exists(extractions: list[Extraction]):
    resolution = resolved(*(renamed(e, str(i)) for i, e in enumerate(extractions)))
    ids = [e.id for e in resolution.knowledge.entities]
    assert len(ids) == len(set(ids))
    assert ids == sorted(ids)
    for statement in resolution.knowledge.statements:
        assert statement.subject in ids
        assert not isinstance(statement.object, str) or statement.object in ids
    former = [id for e in resolution.knowledge.entities for id in e.same_as]
    assert not set(former) & set(ids)
    assert len(former) == len(set(former))
