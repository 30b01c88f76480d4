"""The mention stage: exact offsets, equal however batched, names without what introduces them."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import SeedError
from kg.mentions import finder
from kg.mentions.candidates import Candidate
from kg.mentions.finder import MentionStage, load_weights, make_stage
from kg.mentions.spans import Span
from kg.model import Document, Mention
from kg.seeds import load_lexicon
from kg.sentences import split_sentences
from tests.mentions.conftest import view

NEWS = "第四届世界互联网大会在乌镇开幕，浙江大学校长吴朝晖出席。华为发布全球首款折叠屏手机Mate X。"
_ALPHABET = "第四届世界互联网大会在乌镇开幕院长张群华说华为发布《报告》“小冰”首款手机Mate 60，。、（）\n　🙂"


@cache
def stage() -> MentionStage:
    return make_stage(load_lexicon(), None, load_weights())


def read(*texts: str) -> list[tuple[Mention, ...]]:
    documents = [Document(id=f"d{i}", text=text) for i, text in enumerate(texts)]
    return stage().find([(d, tuple(split_sentences(d))) for d in documents])


def candidates(text: str) -> list[Candidate]:
    document = Document(id="d", text=text)
    ((sentences,),) = [stage().candidates([(document, tuple(split_sentences(document)))])]
    return [c for _, found in sentences for c in found]


def found(text: str) -> set[tuple[str, str]]:
    return {(m.name, m.type) for m in read(text)[0]}


def test_names_of_common_knowledge_are_found_with_their_type() -> None:
    assert {("浙江大学", "Organization"), ("第四届世界互联网大会", "Forum")} <= found(NEWS)


def test_a_mention_has_the_class_of_the_lexicon() -> None:
    assert {m.cls for m in read(NEWS)[0] if m.name == "浙江大学"} == {"EducationalInstitution"}


@pytest.mark.parametrize(
    ("text", "name", "kind", "named"),
    [
        ("西北部有雪", "西北", "Place", False),
        ("西北方向有雪", "西北", "Place", False),
        ("西北有雪", "西北", "Place", True),
        ("北京时间9月11日", "北京", "Place", False),
        ("北京的时间", "北京", "Place", True),
        ("台江周边县城很远", "周边县城", "Place", False),
        ("贵州山区很远", "山区", "Place", False),
        ("这家慕尼黑公司很小", "慕尼黑公司", "Organization", False),
        ("多家中国企业参展", "中国企业", "Organization", False),
        ("大西洋公司很大", "大西洋公司", "Organization", True),
        ("木棉公司很大", "木棉公司", "Organization", True),
        ("旗下众多实体零售企业亏损", "众多实体零售企业", "Organization", False),
        ("总裁发布微博说", "微博", "Product", False),
        ("总裁推出微博新版", "微博", "Product", True),
    ],
)
def test_a_side_a_clock_a_kind_and_a_firm_from_somewhere_have_no_name(
    text: str, name: str, kind: str, named: bool
) -> None:
    assert ((name, kind) in {(text[c.start : c.end], c.type) for c in candidates(text)}) is named


def test_a_text_without_names_has_no_mention() -> None:
    assert found("今天天气很好，大家都很高兴。") == set()


def test_an_empty_text_has_no_mention() -> None:
    assert read("") == [()]


@settings(deadline=None)
@given(st.one_of(st.text(alphabet=_ALPHABET, max_size=80), st.text(max_size=80)))
def test_offsets_are_exact_for_any_text(text: str) -> None:
    for mention in read(text)[0]:
        assert text[mention.span.start : mention.span.end] == mention.text != ""
        assert mention.name


@settings(deadline=None)
@given(st.text(alphabet=_ALPHABET, max_size=120))
def test_mentions_are_in_order_and_apart(text: str) -> None:
    mentions = read(text)[0]
    assert all(a.span.end <= b.span.start for a, b in pairwise(mentions))


@settings(deadline=None, max_examples=30)
@given(st.lists(st.text(alphabet=_ALPHABET, max_size=60), max_size=4))
def test_documents_read_together_are_read_as_if_alone(texts: list[str]) -> None:
    together = read(*texts)
    alone = [read(text)[0] for text in texts]
    assert [[(m.span, m.type, m.name) for m in d] for d in together] == [
        [(m.span, m.type, m.name) for m in d] for d in alone
    ]


@pytest.mark.parametrize("text", ["全球首款折叠屏手机", "《折叠屏手机》", "这款折叠屏手机"])
def test_a_products_name_leaves_out_what_introduces_it(text: str) -> None:
    assert finder._plain_name(text, "Product") == "折叠屏手机"


@pytest.mark.parametrize("content", [[1], {"plain": {"Person": 1.0}}, {"plain": 3}])
def test_damaged_or_missing_weights_are_told(tmp_path: Path, content: object) -> None:
    (tmp_path / finder.MODEL).write_text(json.dumps(content), "utf-8")
    with pytest.raises(SeedError, match=r"choice\.json: .*; write it anew with 'kg train'"):
        load_weights(tmp_path)


@pytest.mark.parametrize(
    ("text", "name"),
    [("“全球首款木棉终端”产品", "木棉终端"), ("首款“木棉”终端新品", "“木棉”终端"), ("“小棉”二代", "“小棉”二代")],
)
def test_quotation_marks_around_the_whole_name_are_no_part_of_it(text: str, name: str) -> None:
    assert finder._plain_name(text, "Product") == name


def test_a_forum_and_its_part_without_a_mark_between_are_two() -> None:
    glued = "第三届木棉大会“棉花之光”博览会"
    spans = finder._parted(view(f"在{glued}上"), Span(1, 1 + len(glued), "Forum"), frozenset())
    assert [glued[s.start - 1 : s.end - 1] for s in spans] == ["第三届木棉大会", "“棉花之光”博览会"]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("主办第四届“木棉大会·棉乡峰会”。", "第四届“木棉大会·棉乡峰会”"),
        ("主办首届“木棉大会·棉乡峰会”。", "首届“木棉大会·棉乡峰会”"),
        ("主办的“木棉大会·棉乡峰会”。", "木棉大会·棉乡峰会"),
    ],
)
def test_an_edition_outside_the_marks_belongs_to_the_forum_inside(text: str, whole: str) -> None:
    start = text.index("木棉")
    (span,) = finder._parted(view(text), Span(start, text.index("”"), "Forum"), frozenset())
    assert text[span.start : span.end] == whole


def test_a_quoted_forum_is_not_its_opening() -> None:
    assert ("2016年度国际学生论坛", "Forum") in found("6月13日，“2016年度国际学生论坛”开幕式在北岭会议中心举行。")


@pytest.mark.parametrize(
    ("text", "said", "name"),
    [
        ("助理廖频博士发言", "廖频博士", "廖频"),
        ("教育厅总督学孟庆旭致辞", "学孟庆旭", "孟庆旭"),
        ("教育厅长欧阳庆旭致辞", "欧阳庆旭", "欧阳庆旭"),
    ],
)
def test_the_tagger_takes_no_title_into_a_name(text: str, said: str, name: str) -> None:
    class Fixed:
        def find(self, texts: list[str], documents: list[int]) -> list[list[tuple[int, int, str, float]]]:
            return [[(t.index(said), t.index(said) + len(said), "Person", 0.9)] for t in texts]

    document = Document(id="d", text=text)
    tagged = replace(stage(), tagger=Fixed())  # type: ignore[arg-type]
    ((sentences,),) = [tagged.candidates([(document, tuple(split_sentences(document)))])]
    assert {text[c.start : c.end] for _, found in sentences for c in found if c.finder == "tagger"} == {name}
