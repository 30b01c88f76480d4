from __future__ import annotations

import time
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Document
from kg.sentences import LONG_QUOTE, MAX_SENTENCE, split_sentences


def cut(text: str) -> list[str]:
    return [s.text for s in split_sentences(Document(id="d", text=text))]


def test_marks_and_line_ends_end_a_sentence():
    assert cut("大会开幕。谁来了？欢迎！\n会期三天") == ["大会开幕。", "谁来了？", "欢迎！", "会期三天"]


def test_runs_of_marks_stay_together():
    assert cut("真的吗？！是的……好。") == ["真的吗？！", "是的……", "好。"]


def test_white_space_is_outside_the_spans():
    sentences = split_sentences(Document(id="d", text="\u3000\u3000大会开幕。 \n 会期三天。\ufeff"))
    assert [(s.span.start, s.span.end) for s in sentences] == [(2, 7), (10, 15)]


def test_a_short_quotation_is_not_cut():
    assert cut("他说：“欢迎！大家请坐。”同时，展览开放。") == ["他说：“欢迎！大家请坐。”", "同时，展览开放。"]


def test_a_quotation_stays_with_its_speaker():
    assert cut("“路很长。”公司创始人李某在会上说。掌声响起。") == [
        "“路很长。”公司创始人李某在会上说。",
        "掌声响起。",
    ]


def test_a_slogan_inside_a_clause_ends_nothing():
    assert cut("主题为“未来已来！”的论坛开幕。") == ["主题为“未来已来！”的论坛开幕。"]
    assert cut("电影《你好，李焕英！》上映。") == ["电影《你好，李焕英！》上映。"]


def test_a_long_quotation_is_cut_at_its_own_ends():
    quote = "我们走了很久。" * (LONG_QUOTE // 7 + 1)
    assert len(cut(f"他说：“{quote}”")) > 5


def test_a_quotation_that_never_closes_hides_nothing():
    assert cut("他说：“第一句。第二句。第三句。") == ["他说：“第一句。", "第二句。", "第三句。"]


def test_dots_in_numbers_names_and_addresses_end_nothing():
    for text in (
        "增长3.5%，见www.example.com?a=b！",
        "Alibaba Cloud Co., Ltd. Beijing",
        "由Dr. Smith主持",
        "Yahoo!公司参会",
    ):
        assert cut(text) == [text]


def test_an_english_sentence_ends_at_its_stop():
    assert cut("The forum opened today. Many came.") == ["The forum opened today.", "Many came."]


def test_straight_quotes_pair_up():
    assert cut('他说:"好。走吧。"大会闭幕。') == ['他说:"好。走吧。"', "大会闭幕。"]


def test_long_sentences_are_cut_at_semicolons_then_commas():
    assert cut("甲公司主办；乙公司承办。") == ["甲公司主办；乙公司承办。"]
    clause = "某某公司在会上发布了新一代产品并与多家企业签署协议"
    assert all(s.endswith(("；", "。")) for s in cut("；".join([clause] * 9) + "。"))
    assert len(cut("；".join([clause] * 9) + "。")) == 9
    pieces = cut("，".join([clause] * 40) + "。")
    assert all(len(s) <= MAX_SENTENCE for s in pieces)
    assert all(s.endswith(("，", "。")) for s in pieces)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet='大会A a.。！？!?；，“”‘’"（）《》…\n\u3000：说1', max_size=400))
def test_spans_are_exact_ordered_and_complete(text: str):
    sentences = split_sentences(Document(id="d", text=text))
    assert all(text[s.span.start : s.span.end] == s.text for s in sentences)
    assert all(a.span.end <= b.span.start for a, b in pairwise(sentences))
    assert "".join("".join(s.text.split()) for s in sentences) == "".join(text.split())
    assert [s.index for s in sentences] == list(range(len(sentences)))
    assert all(len(s.text) <= MAX_SENTENCE for s in sentences)


def test_time_is_linear_on_hostile_text():
    def seconds(text: str) -> float:
        document = Document(id="d", text=text)
        start = time.perf_counter()
        split_sentences(document)
        return time.perf_counter() - start

    for unit in ("“", "”。", "（。", "，", "好", "；", '"。', "。”", "说"):
        small = max(min(seconds(unit * 20_000) for _ in range(3)), 1e-4)
        assert min(seconds(unit * 160_000) for _ in range(2)) < 8 * 6 * small, unit
