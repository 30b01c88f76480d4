"""The pattern language: what each sign matches, what is refused, and that matching stays linear."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Sentence, Span
from kg.relations.language import UNITS, Compiled, PatternSyntaxError, compile_pattern
from kg.relations.patterns import PatternFinder
from tests.examples import read_example

GROUPS = {"host": frozenset({"主办", "联合主办"}), "empty": frozenset()}
P, O, F, L, D, POST = (UNITS[n] for n in ("Person", "Organization", "Forum", "Place", "Date", "Post"))  # noqa: E741


def compiled(pattern: str) -> Compiled:
    return compile_pattern(pattern, GROUPS)


def matched(pattern: str, text: str) -> str | None:
    match = compiled(pattern).regex.search(text)
    return match[0] if match else None


def refused(pattern: str) -> str:
    with pytest.raises(PatternSyntaxError) as caught:
        compiled(pattern)
    return str(caught.value)


# --- what each sign matches --------------------------------------------------------


def test_words_match_themselves() -> None:
    assert matched("主办", "联合主办的") == "主办"


def test_signs_of_regular_expressions_stand_for_themselves() -> None:
    assert matched("A+.B*", "A+.B*") == "A+.B*" and matched("A+", "AA") is None


def test_white_space_in_a_pattern_means_nothing() -> None:
    assert matched("主 办", "主办") == "主办"


def test_round_brackets_choose() -> None:
    assert matched("(主办|承办)方", "承办方") == "承办方"


def test_square_brackets_may_be_absent() -> None:
    assert [matched("[共同]主办", t) for t in ("共同主办", "主办")] == ["共同主办", "主办"]


def test_a_bang_forbids_what_follows() -> None:
    assert matched("主办!(方)", "主办方") is None and matched("主办!(方)", "主办的") == "主办"


def test_an_at_sign_is_any_word_of_the_group_longest_first() -> None:
    assert matched("@host", "联合主办") == "联合主办"


def test_a_variable_matches_one_unit_of_its_type() -> None:
    assert matched("{who:Person}说", f"{O}{P}说") == f"{P}说"


def test_a_variable_may_be_of_either_type() -> None:
    assert matched("{who:Person|Organization}", O) == O


@pytest.mark.parametrize("joined", ["、", "和", "与", "，", "以及", "", "、和"])
def test_a_plus_matches_a_list_however_it_is_joined(joined: str) -> None:
    text = f"{P}{joined}{P}"
    assert matched("{who:Person+}", text) == text or joined == "、和"


def test_a_list_ends_with_what_its_count_says() -> None:
    assert matched("{who:Person+}出席", f"{P}、{P}等嘉宾出席") == f"{P}、{P}等嘉宾出席"


def test_a_list_of_people_passes_over_their_posts() -> None:
    assert matched("{who:Person+}", f"{P}、{O}{POST}{P}") == f"{P}、{O}{POST}{P}"


def test_a_gap_stays_in_its_clause() -> None:
    assert matched("在…举行", "在浙江举行") and matched("在…举行", "在浙江，举行") is None


def test_a_gap_passes_places_and_dates_but_no_named_thing() -> None:
    assert matched("在…举行", f"在{L}{D}举行") and matched("在…举行", f"在{F}举行") is None


def test_a_gap_has_a_length() -> None:
    assert matched("在…2举行", "在十二举行") and matched("在…2举行", "在十二月举行") is None


def test_a_far_gap_crosses_commas_but_no_full_stop() -> None:
    assert matched("在……举行", "在浙江，举行") and matched("在……举行", "在浙江。举行") is None


def test_a_far_gap_never_skips_a_nearer_thing_of_a_type_that_the_pattern_names() -> None:
    assert matched("{a:Person}……{f:Forum}", f"{P}和{P}在{F}") == f"{P}在{F}"


def test_the_widest_gap_skips_anything_but_a_full_stop() -> None:
    assert matched("{a:Person}………{f:Forum}", f"{P}和{P}在{F}") == f"{P}和{P}在{F}"


def test_a_noun_gap_holds_neither_marks_nor_particles() -> None:
    assert matched("旗下~{o:Organization}", f"旗下公司{O}") and matched("旗下~{o:Organization}", f"旗下的{O}") is None


def test_text_reaches_to_the_next_mark_of_a_clause() -> None:
    match = compiled("主题为{t:text}(，|$)").regex.search("主题为智联世界，会期三天")
    assert match and match["t"] == "智联世界"


def test_a_quote_is_what_stands_inside_quotation_marks() -> None:
    match = compiled("“{t:quote}”").regex.search("以“发展，共享”为主题")
    assert match and match["t"] == "发展，共享"


def test_a_circumflex_is_where_the_sentence_begins() -> None:
    assert matched("^由", "由此") and matched("^由", "理由") is None


# --- what is refused ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("(主办", "'(' is never closed"),
        ("主办)", "')' closes nothing"),
        ("[主办)", "')' closes nothing"),
        ("主办|承办", "'|' stands outside brackets"),
        ("@nothing", "unknown word group @nothing; known: empty, host"),
        ("{f:Meeting}", "unknown type 'Meeting'; known: Person"),
        ("{f:Forum}{f:Forum}", "stands twice"),
        ("{f}", "can't read '{f}'"),
        ("!主办", "can't read '!主办'"),
    ],
)
def test_a_wrong_pattern_is_told(pattern: str, told: str) -> None:
    assert told in refused(pattern)


@given(st.text(alphabet="主办@!…~()[]|{}:+^$ aP", max_size=20))
def test_any_pattern_compiles_or_is_refused(pattern: str) -> None:
    try:
        compiled(pattern)
    except PatternSyntaxError as error:
        assert str(error)


# --- what a sentence needs ---------------------------------------------------------


@given(st.text(alphabet=f"主办由在{P}{O}{F}，", max_size=30))
def test_a_sentence_that_lacks_what_a_pattern_needs_never_matches(text: str) -> None:
    pattern = compiled("{f:Forum}…由{o:Organization}[联合](主办|办)@host")
    if not all(not need.isdisjoint(text) for need in pattern.needs):
        assert pattern.regex.search(text) is None


def test_what_may_be_absent_is_not_needed() -> None:
    assert compiled("[共同]主办").needs == (frozenset("主"), frozenset("办"))


# --- linear time -------------------------------------------------------------------


@cache
def finder() -> PatternFinder:
    return PatternFinder.load()


#: Repeated, each makes a sentence that much in it can begin to match and nothing ends.
NASTY = {
    "people": "[马云|Person]、",
    "posts": "[马云|Person]、[快手|Organization]创始人、董事长兼",
    "particles": "[马云|Person]、兼兼的院长",
    "forums": "在[云栖大会|Forum]上，",
    "hosts": "[阿里|Organization]和[腾讯|Organization]联合主办的",
    "lists": "围绕数字经济、前沿技术、",
    "quotes": "以“智联”为主题的“",
    "verbs": "发布推出主办出席表示合作投资收购",
    "brackets": "[阿里|Organization]（",
    "dates": "{3日|2017-12-03}[云栖大会|Forum]在",
}
#: Something for every rule, so that none is passed over for want of a word.
EVERY_WORD = (
    "由[阿里|Organization]主办承办出席表示致辞发布推出研发投资收购合作举行开幕闭幕贺信主题议题板块等功能总部旗下创办院长参展"
    "[马云|Person][乌镇|Place][云栖大会|Forum][小冰|Product]{三天|3}{411家|411家}<重3克|重=3克>{4日|2017-12-04}"
)


def _seconds(text: str) -> float:
    """The least of three times, for ``text`` as one sentence however long."""
    reading = read_example(text)
    whole = Sentence(doc_id="example", index=0, span=Span(0, len(reading.document.text)), text=reading.document.text)
    reading = replace(reading, sentences=(whole,))
    times = []
    for _ in range(3):
        began = process_time()
        finder().find(reading)
        times.append(process_time() - began)
    return min(times)


@pytest.mark.parametrize("name", NASTY)
def test_time_grows_with_the_length_of_a_sentence_and_no_faster(name: str) -> None:
    text = NASTY[name]
    _seconds(EVERY_WORD + text * 8)  # warm
    for _ in range(3):  # the machine may be busy
        short, long = _seconds(EVERY_WORD + text * 100), _seconds(EVERY_WORD + text * 800)
        if long <= 2.6**3 * short:  # three doublings; quadratic time would be 64 times
            return
    pytest.fail(f"{short:.4f} s, then {long:.4f} s for eight times the text")


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet=f"主办由在的和、，。“”（）{P}{O}{F}{L}{D}{POST}举行出席", max_size=200))
def test_no_text_is_too_nasty_for_any_rule(text: str) -> None:
    began = process_time()
    for rule in finder().rules:
        for _ in re.finditer(rule.compiled.regex, text):
            pass
    assert process_time() - began < 2.0
