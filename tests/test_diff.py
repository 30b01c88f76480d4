"""``kg diff``: what was added, removed and changed."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kg.diff import Difference, compare
from kg.model import Knowledge, Value
from tests.factories import entity, evidence, knowledge, statement
from tests.query.world import hostile, world


def graph(*facts: tuple[str, str], **fields: object) -> Knowledge:
    things = sorted({name for pair in facts for name in pair})
    return knowledge(
        tuple(entity(name) for name in things),
        tuple(statement(f"organization/{a}", "cooperatesWith", f"organization/{b}", **fields) for a, b in facts),
    )


def told(old: Knowledge, new: Knowledge) -> list[str]:
    return [str(each) for each in compare(old, new)]


def test_a_graph_does_not_differ_from_itself() -> None:
    assert compare(world(), world()) == ()


def test_things_come_before_facts() -> None:
    assert told(graph(), graph(("甲", "乙"))) == [
        "+ thing 乙 (Organization)",
        "+ thing 甲 (Organization)",
        "+ fact 甲 —cooperatesWith→ 乙",
    ]


def test_what_was_added_is_removed_the_other_way() -> None:
    there = compare(graph(("甲", "乙")), world())
    back = compare(world(), graph(("甲", "乙")))
    swapped = {"added": "removed", "removed": "added", "changed": "changed"}
    assert {(swapped[each.change], each.key) for each in there} == {(each.change, each.key) for each in back}


def test_a_changed_confidence_is_a_change() -> None:
    (change,) = told(graph(("甲", "乙"), confidence=0.9), graph(("甲", "乙"), confidence=0.5))
    assert change == "~ fact 甲 —cooperatesWith→ 乙  (confidence: 0.9 → 0.5)"


def test_a_further_sentence_is_a_change() -> None:
    more = graph(("甲", "乙"), evidence=(evidence(), evidence(doc_id="news-2")))
    (change,) = compare(graph(("甲", "乙")), more)
    assert change.change == "changed"
    assert [part for part, _, _ in change.details] == ["evidence"]


def test_a_role_that_came_is_a_change() -> None:
    (change,) = told(graph(("甲", "乙")), graph(("甲", "乙"), qualifiers=(("role", "院长"),)))
    assert change.endswith("(role: ∅ → 院长)")


def test_a_new_name_or_class_is_a_change() -> None:
    old, new = entity("甲", aliases=("甲公司",)), entity("甲", aliases=("甲公司", "甲集团"), cls="Company")
    (change,) = compare(knowledge((old,)), knowledge((new,)))
    assert change.details == (("aliases", "甲公司", "甲公司、甲集团"), ("class", "Organization", "Company"))


def test_a_merge_shows_what_a_thing_was() -> None:
    (change,) = compare(knowledge((entity("甲"),)), knowledge((entity("甲", same_as=("organization/乙",)),)))
    assert change.details == (("formerly", "", "organization/乙"),)


def test_what_resolution_knows_is_compared() -> None:
    old, new = (entity("会", "Forum", properties=(("editionNumber", Value("count", n)),)) for n in "34")
    (change,) = compare(knowledge((old,)), knowledge((new,)))
    assert change.details == (("known", "editionNumber=3", "editionNumber=4"),)


def test_a_fact_that_ends_in_words_is_named_by_them() -> None:
    changes = compare(
        knowledge((entity("会", "Forum", id="forum/会"),)),
        knowledge((entity("会", "Forum", id="forum/会"),), (statement("forum/会", "theme", Value("text", "开放")),)),
    )
    assert [str(each) for each in changes] == ["+ fact 会 —theme→ 开放"]


def test_hostile_names_do_not_reach_a_terminal_raw() -> None:
    assert all(line.isprintable() for line in told(knowledge(), hostile()))


def test_json_has_old_and_new() -> None:
    change = Difference(change="changed", what="thing", name="甲", key=("a",), details=(("label", "甲", "乙"),))
    assert change.as_dict()["details"] == {"label": {"old": "甲", "new": "乙"}}


@given(st.permutations(world().statements), st.permutations(world().entities))
def test_the_order_of_a_graph_does_not_matter(statements: list, entities: list) -> None:  # type: ignore[type-arg]
    shuffled = replace(world(), statements=tuple(statements), entities=tuple(entities))
    assert compare(world(), shuffled) == ()
