"""The learned scorer: the shipped model, its file, and training on a handful of texts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kg.errors import SeedError
from kg.model import Mention, Reading
from kg.relations.columns import make_columns
from kg.relations.scorer import RelationModel, RelationScorer, ScoredPair, read_model, write_model
from kg.relations.trees import Forest
from kg.resources import resource
from kg.schema import load_schema
from kg.seeds import load_lexicon
from kg.sentences import split_sentences
from kg.training.annotations import Annotated
from kg.training.boosting import BoostSettings, boost
from kg.training.facts import Truth
from kg.training.joined import join, joined_cases
from kg.training.logistic import fit_line
from kg.training.relations import RelationSettings, make_cases, train_scorer
from tests.factories import document, mention


def reading(text: str, **named: str) -> Reading:
    """A text with its mentions: ``name=type``."""
    doc = document(text=text)
    mentions = [mention(name, kind, at=text.index(name)) for name, kind in named.items()]  # type: ignore[arg-type]
    return Reading(
        document=doc, sentences=split_sentences(doc), mentions=tuple(sorted(mentions, key=lambda m: m.span))
    )


@pytest.fixture(scope="module")
def scorer() -> RelationScorer:
    return RelationScorer.load()


HOSTED = reading("第三届海风论坛由蓝岸集团主办。", 第三届海风论坛="Forum", 蓝岸集团="Organization")
POST = reading(
    "蓝岸集团董事长李某某出席第三届海风论坛并致辞。",
    蓝岸集团="Organization", 李某某="Person", 第三届海风论坛="Forum",
)  # fmt: skip


def probability(pairs: list[ScoredPair], subject: str, predicate: str, object_: str) -> float:
    found = [
        p.probability
        for p in pairs
        if (p.subject.name, p.predicate) == (subject, predicate)
        and isinstance(p.object, Mention)
        and p.object.name == object_
    ]
    return max(found, default=0.0)


def test_a_plain_fact_is_probable(scorer):
    assert probability(scorer.score(HOSTED), "第三届海风论坛", "organizer", "蓝岸集团") > 0.7


def test_its_rivals_are_not(scorer):
    pairs = scorer.score(HOSTED)
    assert all(p.probability < 0.5 for p in pairs if p.predicate != "organizer")


def test_post_and_speech_are_read_from_one_sentence(scorer):
    pairs = scorer.score(POST)
    assert probability(pairs, "李某某", "worksFor", "蓝岸集团") > 0.8
    spoke = probability(pairs, "李某某", "speaksAt", "第三届海风论坛")
    assert spoke > max(0.2, probability(pairs, "蓝岸集团", "organizer", "第三届海风论坛"))


def test_what_things_are_called_hardly_matters(scorer):
    """Names are hidden; the layer below has seen them, and their neighbours remember a little."""
    other = reading("第九届山月大会由红石中学主办。", 第九届山月大会="Forum", 红石中学="Organization")
    chances = [probability(scorer.score(r), f, "organizer", o) for r, f, o in (
        (other, "第九届山月大会", "红石中学"), (HOSTED, "第三届海风论坛", "蓝岸集团"),
    )]  # fmt: skip
    assert chances[0] == pytest.approx(chances[1], abs=0.1)


def test_batching_changes_nothing(scorer):
    assert scorer.score_many([HOSTED, POST, HOSTED]) == [scorer.score(HOSTED), scorer.score(POST), scorer.score(HOSTED)]


def test_nothing_is_scored_where_nothing_is_named(scorer):
    assert scorer.score(reading("今天天气很好。")) == []
    assert scorer.score_many([]) == []


def test_the_shipped_model_is_small():
    assert resource("seeds/models/relations.npz").stat().st_size < 2_500_000


def test_each_predicate_has_a_threshold(scorer):
    assert set(scorer.model.thresholds) == set(scorer.model.predicates)
    assert all(0 < t < 1 for t in scorer.model.thresholds.values())


def test_a_model_is_written_and_read_alike_and_to_equal_bytes(scorer, tmp_path: Path):
    write_model(scorer.model, tmp_path / "a.npz")
    again = read_model(tmp_path / "a.npz")
    write_model(again, tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    assert np.array_equal(again.keys, scorer.model.keys)


def test_another_file_is_no_model(tmp_path: Path):
    (tmp_path / "x.npz").write_text("no model")
    with pytest.raises(SeedError, match="write it anew with 'kg train'"):
        read_model(tmp_path / "x.npz")


def annotated(number: int) -> Annotated:
    """Texts of one pattern: A主办B, and C陪同B where nothing is told."""
    forum, host, guest = f"第{number}届论坛", f"甲{number}公司", f"乙{number}公司"
    text = f"{forum}由{host}主办，{guest}陪同参观。"
    named = {forum: "Forum", host: "Organization", guest: "Organization"}
    found = [mention(n, k, at=text.index(n)) for n, k in named.items()]  # type: ignore[arg-type]
    return Annotated(
        document=document(id=f"t{number}", text=text), mentions=tuple(sorted(found, key=lambda m: m.span)),
        optional=frozenset(), relations=frozenset({(forum, "organizer", host)}), optional_relations=frozenset(),
    )  # fmt: skip


def read_annotated(text: Annotated) -> Reading:
    return Reading(document=text.document, sentences=split_sentences(text.document), mentions=text.mentions)


def trained(count: int = 40) -> RelationModel:
    texts = [annotated(i) for i in range(count)]
    cases = make_cases(texts, [i % 4 for i in range(count)], read_annotated)
    settings = RelationSettings(boost=BoostSettings(trees=30, depth=2))
    return train_scorer(cases, load_schema(), load_lexicon().lists, settings).model


def test_training_learns_which_company_hosts():
    scorer = RelationScorer.of(trained(), load_lexicon().lists)
    pairs = scorer.score(read_annotated(annotated(99)))
    assert probability(pairs, "第99届论坛", "organizer", "甲99公司") > 0.8
    assert probability(pairs, "第99届论坛", "organizer", "乙99公司") < 0.2


def test_joined_cases_hold_what_their_parts_hold():
    parts = make_cases([annotated(1), annotated(2)], [0, 0], read_annotated)
    (whole,) = joined_cases(parts)
    assert whole.joined and whole.fold == 0
    assert whole.text.relations == parts[0].text.relations | parts[1].text.relations
    text = whole.reading.document.text
    assert [text[m.span.start : m.span.end] for m in whole.reading.mentions] == [
        m.text for part in parts for m in part.reading.mentions
    ]
    assert all(text[m.span.start : m.span.end] == m.text for m in whole.text.mentions)
    assert [text[s.span.start : s.span.end] for s in whole.reading.sentences] == [
        s.text for part in parts for s in part.reading.sentences
    ]
    assert [s.index for s in whole.reading.sentences] == [0, 1]


def test_parts_of_other_folds_are_not_joined():
    assert joined_cases(make_cases([annotated(1), annotated(2)], [0, 1], read_annotated)) == []


def test_a_name_that_two_parts_share_is_one_thing():
    full, short = annotated(1), annotated(2)
    host = next(m for m in short.mentions if m.type == "Organization")
    full = replace(full, mentions=(*full.mentions, replace(host, name="甲1公司")))
    whole = join(make_cases([full, short], [0, 0], read_annotated))
    assert ("第2届论坛", "organizer", "甲1公司") in whole.text.relations


def test_training_twice_gives_equal_bytes(tmp_path: Path):
    for name in ("a", "b"):
        write_model(trained(20), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_found_name_is_led_to_the_annotated_one():
    text = annotated(1)
    assert Truth(text).name(mention("“甲1公司”")) == "甲1公司"


def test_a_more_general_fact_holds_and_an_optional_one_is_not_asked_for():
    text = Annotated(
        document=document(), mentions=(), optional=frozenset({"丁"}),
        relations=frozenset({("甲", "speaksAt", "乙")}), optional_relations=frozenset({("丙", "attends", "乙")}),
    )  # fmt: skip
    truth = Truth(text)
    assert truth.status(("甲", "attends", "乙")) == 1
    assert truth.status(("丙", "attends", "乙")) == -1
    assert truth.status(("丁", "attends", "乙")) == -1
    assert truth.status(("戊", "attends", "乙")) == 0


def test_boosted_trees_learn_what_no_line_parts():
    random = np.random.Generator(np.random.PCG64(0))
    points = random.random((2000, 2)).astype(np.float32)
    target = ((points[:, 0] > 0.5) ^ (points[:, 1] > 0.5)).astype(float)
    forest = boost(points, target, BoostSettings(trees=60, depth=3, columns=1.0, rate=0.2))
    assert ((forest.margins(points) > 0) == (target == 1)).mean() > 0.95


def test_a_forest_without_trees_says_what_it_starts_with():
    empty = np.zeros((0, 1), np.float32)
    none = Forest(start=0.5, feature=empty.astype(np.uint16), threshold=empty, leaf=np.zeros((0, 2), np.float32))
    assert none.margins(np.zeros((3, 1), np.float32)).tolist() == [0.5] * 3


def test_calibration_draws_overconfident_margins_down():
    margin = np.array([4.0] * 60 + [-4.0] * 40)
    right = np.array([True] * 45 + [False] * 15 + [False] * 40)
    slope, intercept = fit_line(margin, right)
    assert 0.6 < 1 / (1 + np.exp(-(4 * slope + intercept))) < 0.85


def test_columns_of_a_sentence_know_its_lists():
    text = "甲公司、乙公司和丙公司参加。"
    read = reading(text, 甲公司="Organization", 乙公司="Organization", 丙公司="Organization")
    columns = make_columns([read], RelationScorer.load().vocabulary)
    assert columns.head.tolist() == columns.strict_head.tolist() == [0, 0, 0]
    assert columns.tail.tolist() == [2, 2, 2]
