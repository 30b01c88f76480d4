from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.resolution import Overrides, read_overrides
from kg.schema import load_schema
from kg.seeds import load_lexicon
from tests.resolution.builders import one, resolved, said

TEXT = said("1", "[机:泊云]收购[机:泊云网络]，[人:宿华]加入[机:天目科技]。", ("宿华", "worksFor", "天目科技"))
OTHER = said("2", "[机:砺山网库]说。[机:一木堂]说。[机:天目科技有限公司]说。")


def read(folder: Path, text: str) -> Overrides:
    path = folder / "overrides.toml"
    path.write_text(text, "utf-8")
    return read_overrides(path, load_schema())


def notes(resolution) -> dict[str, str]:
    return {e.type: e.detail for e in resolution.log if e.kind == "override"}


def test_the_file_is_read(tmp_path: Path):
    overrides = read(
        tmp_path,
        """
same-as = [["甲", "乙"]]
different-from = [["丙", "丁"]]
[rename]
"甲" = "甲公司"
[type]
"甲" = "Hospital"
[[false-fact]]
subject = "宿华"
predicate = "worksFor"
object = "甲"
""",
    )
    assert overrides == Overrides(
        same_as=(("甲", "乙"),),
        different_from=(("丙", "丁"),),
        rename=(("甲", "甲公司"),),
        types=(("甲", "Hospital"),),
        false_facts=(("宿华", "worksFor", "甲"),),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("same_as = []", "unknown key 'same_as'; known: same-as, different-from, rename, type, false-fact"),
        ('same-as = ["甲", "乙"]', "same-as must be a list of lists of two or more names"),
        ('[type]\n"甲" = "Hospitel"', "unknown class 'Hospitel' for '甲'; known: .*Hospital"),
        ('[type]\n"甲" = "ForumSeries"', "no name is of class 'ForumSeries' for '甲'; known: .*SubForum"),
        ('[[false-fact]]\nsubject="甲"\npredicate=["a"]\nobject=1', "are texts"),
        ('[[false-fact]]\nsubject = "甲"', "needs subject, predicate and object"),
        ('[[false-fact]]\nsubject="甲"\npredicate="worksfor"\nobject="乙"', "unknown predicate 'worksfor'; known:"),
        pytest.param("same-as = " + "[" * 3000, "not TOML", id="deep"),
        pytest.param("same-as = " + "9" * 5000, "not TOML", id="long"),
        ("[rename]\n甲 = 乙", r"not TOML in UTF-8 \(.*; put names in double quotes"),
    ],
)
def test_a_wrong_file_is_an_error(tmp_path: Path, text: str, message: str):
    with pytest.raises(InputError, match=message):
        read(tmp_path, text)
    with pytest.raises(InputError, match="can't be read"):
        read_overrides(tmp_path / "none.toml", load_schema())


def test_same_as_joins_what_nothing_else_would():
    resolution = resolved(TEXT, OTHER, overrides=Overrides(same_as=(("砺山网库", "一木堂"),)))
    assert one(resolution, "Organization", "砺山网库", "一木堂")
    assert notes(resolution) == {"same-as": "obeyed"}


def test_different_from_keeps_apart_what_would_be_joined():
    assert one(resolved(TEXT, OTHER), "Organization", "天目科技", "天目科技有限公司")
    resolution = resolved(TEXT, OTHER, overrides=Overrides(different_from=(("天目科技", "天目科技有限公司"),)))
    assert not one(resolution, "Organization", "天目科技", "天目科技有限公司")
    assert any("different-from" in e.detail for e in resolution.log if e.kind == "refusal")


def test_names_of_the_lexicon_that_are_parted_keep_their_own_labels():
    text = said("1", "[机:苹果公司]发布，[机:苹果]丰收。")
    parted = resolved(text, known=load_lexicon(), overrides=Overrides(different_from=(("苹果公司", "苹果"),)))
    assert [e.label for e in parted.knowledge.entities] == ["苹果", "苹果公司"]


def test_rename_sets_the_label_by_any_name():
    resolution = resolved(TEXT, OTHER, overrides=Overrides(rename=(("天目科技", "天目"),)))
    (thing,) = [e for e in resolution.knowledge.entities if "天目" in e.label]
    assert (thing.label, thing.id) == ("天目", "organization/天目")
    assert set(thing.aliases) == {"天目科技", "天目科技有限公司"}


def test_type_sets_the_class_and_moves_the_thing():
    resolution = resolved(TEXT, OTHER, overrides=Overrides(types=(("一木堂", "Hospital"), ("砺山网库", "Software"))))
    found = {e.label: (e.type, e.cls) for e in resolution.knowledge.entities}
    assert found["一木堂"] == ("Organization", "Hospital")
    assert found["砺山网库"] == ("Product", "Software")


def test_a_false_fact_stays_out_by_any_name():
    overrides = Overrides(false_facts=(("宿华", "worksFor", "天目"),), same_as=(("天目", "天目科技"),))
    text = said("3", "[人:宿华]是[机:天目]的。", ("宿华", "worksFor", "天目"))
    assert len(resolved(TEXT, text).knowledge.statements) >= 1
    assert resolved(TEXT, text, overrides=overrides).knowledge.statements == ()


def test_a_line_that_no_longer_applies_is_reported():
    resolution = resolved(
        TEXT,
        overrides=Overrides(
            same_as=(("甲", "乙"),), rename=(("丙", "丁"),), false_facts=(("宿华", "worksFor", "泊云"),)
        ),
    )
    assert notes(resolution) == {
        "same-as": "no longer applies: 甲, 乙 is not in the corpus",
        "rename": "no longer applies: 丙 is not in the corpus",
        "false-fact": "no longer applies: 宿华 worksFor 泊云 is not in the corpus",
    }
