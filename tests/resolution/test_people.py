from __future__ import annotations

from kg.seeds import load_lexicon
from tests.resolution.builders import one, resolved, said, things


def test_a_common_name_in_two_companies_is_two_persons():
    resolution = resolved(
        said("1", "[机:天目科技]的[人:张伟]说。", ("张伟", "worksFor", "天目科技")),
        said("2", "[机:河西医院]的[人:张伟]说。", ("张伟", "worksFor", "河西医院")),
    )
    assert len(things(resolution, "Person", "张伟")) == 2
    assert [e.label for e in resolution.knowledge.entities if e.type == "Person"] == ["张伟", "张伟"]
    assert any(e.kind == "split" and e.names == ("张伟",) for e in resolution.log)


def test_a_common_name_without_any_link_is_two_persons():
    assert len(things(resolved(said("1", "[人:张伟]说。"), said("2", "[人:张伟]笑。")), "Person", "张伟")) == 2


def test_a_reprint_names_the_same_person():
    assert one(resolved(said("1", "[人:张伟]说。"), said("2", "[人:张伟]说。")), "Person", "张伟")


def test_an_employer_links():
    resolution = resolved(
        said("1", "[机:天目科技有限公司]的[人:张伟]说。", ("张伟", "worksFor", "天目科技有限公司")),
        said("2", "[机:天目科技]的[人:张伟]说。", ("张伟", "worksFor", "天目科技")),
    )
    assert one(resolution, "Person", "张伟")


def test_a_shared_forum_links_one_without_employer():
    resolution = resolved(
        said("1", "[机:天目科技]的[人:张伟]在[会:河西大会]说。", ("张伟", "worksFor", "天目科技")),
        said("2", "[会:河西大会]上，[人:张伟]说。"),
    )
    assert one(resolution, "Person", "张伟")


def test_a_rare_name_in_unrelated_texts_is_two_persons():
    resolution = resolved(said("1", "[人:濮阳澈]说。"), said("2", "[人:濮阳澈]笑。"))
    assert len(things(resolution, "Person", "濮阳澈")) == 2


def test_two_editions_of_a_series_link_the_texts_that_name_them():
    resolution = resolved(
        said("1", "[会:第三届天目大会]上，[人:濮阳澈]说。"), said("2", "[会:第四届天目大会]上，[人:濮阳澈]笑。")
    )
    assert one(resolution, "Person", "濮阳澈")


def test_a_reprint_names_the_same_person_in_short():
    texts = (said("1", "[人:西尔维娅·劳森]到场。"), said("2", "[人:劳森]说。"), said("3", "[人:劳森]说。"))
    assert len(resolved(*texts).knowledge.entities) == 2


def test_one_paper_links_nobody_in_its_texts():
    outlet = "[机:科技日报]讯，"
    texts = (said("1", outlet + "[人:濮阳澈]说。"), said("2", outlet + "[人:濮阳澈]笑。"))
    assert len(things(resolved(*texts, known=load_lexicon()), "Person", "濮阳澈")) == 2


def test_a_foreign_name_in_full_is_one_person():
    assert one(
        resolved(said("1", "[人:西尔维娅·劳森]说。"), said("2", "[人:西尔维娅·劳森]笑。")), "Person", "西尔维娅·劳森"
    )


def test_an_ambiguous_last_name_is_the_known_persons_where_the_text_names_what_shows_it():
    resolution = resolved(
        said("1", "[机:谷歌]的[人:施密特]说。"),
        said("2", "[机:国际物理学联合会]的[人:施密特]说。"),
        said("3", "[机:上港]的[人:施密特]说。"),
        said("4", "[人:埃里克·施密特]笑。[人:施密特]说。"),
        known=load_lexicon(),
    )
    assert sorted(e.label for e in resolution.knowledge.entities if e.type == "Person") == [
        "埃里克·施密特", "施密特", "施密特",
    ]  # fmt: skip


def test_a_rare_name_with_two_employers_is_two_persons():
    resolution = resolved(
        said("1", "[机:天目科技]的[人:濮阳澈]说。", ("濮阳澈", "worksFor", "天目科技")),
        said("2", "[机:河西医院]的[人:濮阳澈]说。", ("濮阳澈", "worksFor", "河西医院")),
    )
    assert len(things(resolution, "Person", "濮阳澈")) == 2


def test_short_names_inside_one_text():
    resolution = resolved(
        said("1", "[人:蒂姆·库克]到场。[人:库克]说。[人:蒂姆]笑。"),
        said("2", "[人:鲁小凡]到场。[人:小凡]说。"),
        said("3", "[人:容见秋]到场。[人:容老师]说。"),
        said("4", "[人:王峻涛]到场。[人:老王]说。"),
        said("5", "[人:濮阳澈教授]到场。[人:濮阳澈]说。"),
    )
    assert one(resolution, "Person", "蒂姆·库克", "库克", "蒂姆")
    assert one(resolution, "Person", "鲁小凡", "小凡")
    assert one(resolution, "Person", "容见秋", "容老师")
    assert one(resolution, "Person", "王峻涛", "老王")
    assert one(resolution, "Person", "濮阳澈教授", "濮阳澈")


def test_a_short_name_that_fits_two_is_refused():
    resolution = resolved(said("1", "[人:王峻涛]和[人:王小川]到场。[人:老王]说。"))
    assert len(things(resolution, "Person", "王峻涛", "王小川", "老王")) == 3
    assert any(e.kind == "refusal" and e.names == ("老王", "王小川", "王峻涛") for e in resolution.log)


def test_a_last_name_alone_is_found_in_the_corpus_where_the_texts_share_something():
    resolution = resolved(
        said("1", "[机:天目科技]的[人:蒂姆·劳森]说。", ("蒂姆·劳森", "worksFor", "天目科技")),
        said("2", "[机:天目科技]的[人:劳森]说。", ("劳森", "worksFor", "天目科技")),
    )
    assert one(resolution, "Person", "蒂姆·劳森", "劳森")


def test_spellings_of_one_person():
    resolution = resolved(
        said("1", "[人:让-吕克·莫罗]（[人:Jean-Luc Moreau]）说。"),
        said("2", "[人:让‑吕克•莫罗]说。"),
        said("3", "[人:Jean-Luc Moreau]说。"),
    )
    (person,) = resolution.knowledge.entities
    assert person.label == "让-吕克·莫罗"


def test_a_title_in_the_lexicon_names_the_person():
    resolution = resolved(
        said("1", "[人:习近平]致贺。[人:习主席]说。"), said("2", "[人:习近平]说。"), known=load_lexicon()
    )
    (person,) = resolution.knowledge.entities
    assert (person.label, person.aliases) == ("习近平", ("习主席",))
