from __future__ import annotations

from dataclasses import replace

import pytest

from kg.model import Span
from kg.seeds import load_lexicon
from tests.resolution.builders import resolved, said


def labels(*texts: str) -> list[str]:
    resolution = resolved(*(said(str(i), text) for i, text in enumerate(texts)))
    return [e.label for e in resolution.knowledge.entities]


def test_an_organisation_is_called_by_its_fullest_name():
    assert labels("[机:青澜医疗]说。", "[机:青澜医疗]看。", "[机:厦门青澜医疗科技有限公司]。") == [
        "厦门青澜医疗科技有限公司"
    ]


def test_the_country_before_a_name_is_left_out_where_both_stand():
    assert labels("[机:法国蓝灯影业]说。", "[机:蓝灯影业]看。") == ["蓝灯影业"]
    assert labels("[机:法国蓝灯影业]说。") == ["法国蓝灯影业"]


def test_a_forum_is_called_with_its_edition_and_without_its_motto():
    assert labels("[会:第四届“天目大会·青山峰会”]。", "[会:第四届天目大会]。") == ["第四届天目大会"]
    assert labels("[会:2019年天目大会]。") == ["2019天目大会"]


def test_a_place_is_called_by_its_shortest_usual_name():
    assert labels("[地:浙江省]。[地:浙江]。") == ["浙江"]
    assert labels("[地:浙江省]。") == ["浙江"]


def test_a_person_is_called_by_the_full_name():
    assert labels("[人:蒂姆·劳森]说。[人:劳森]笑。") == ["蒂姆·劳森"]
    assert labels("[人:容见秋]说。[人:容老师]笑。") == ["容见秋"]


def test_short_forms_are_no_aliases():
    (forum,) = resolved(said("1", "[会:天目大会]。[会:天目大会=大会]。[会:天目大会=其]。")).knowledge.entities
    assert forum.aliases == ()


@pytest.mark.parametrize(
    ("text", "alias"),
    [
        ("[机:法国蓝灯影业]说。", "蓝灯影业"),
        ("[机:荷兰Van Loon Medical]说。", "Van Loon Medical"),
        ("[地:伦敦青石广场]", "青石广场"),
        ("[品:双门跑车Verrano GT]亮相。", "Verrano GT"),
    ],
)
def test_a_name_that_stands_in_the_label_is_an_alias(text: str, alias: str):
    (entity,) = resolved(said("1", text), known=load_lexicon()).knowledge.entities
    assert entity.aliases == (alias,)


@pytest.mark.parametrize(
    "text", ["[机:埃及国防部]", "[机:埃及国家审计署]", "[机:中国青澜大学]", "[品:双门跑车X5]", "[品:青澜X500]"]
)
def test_what_a_label_ends_with_is_no_alias_where_it_could_be_anothers(text: str):
    (entity,) = resolved(said("1", text), known=load_lexicon()).knowledge.entities
    assert entity.aliases == ()


def test_a_shorter_name_that_another_thing_bears_is_no_alias():
    texts = (said("1", "[机:法国蓝灯影业]。"), said("2", "[机:英国蓝灯影业]。"))
    assert [e.aliases for e in resolved(*texts).knowledge.entities] == [(), ()]


def test_a_known_name_after_a_country_needs_no_row_of_its_own():
    (entity,) = resolved(said("1", "[机:日本东京大学]。"), known=load_lexicon()).knowledge.entities
    assert (entity.label, entity.aliases) == ("东京大学", ("日本东京大学",))


def test_the_class_is_the_one_that_most_mentions_have():
    resolution = resolved(said("1", "[机:建设银行]。"), known=load_lexicon())
    assert resolution.knowledge.entities[0].cls == "Company"


def test_ids_stay_when_other_documents_come():
    texts = [said("1", "[机:天目科技]的[人:濮阳澈]。"), said("2", "[会:第四届天目大会]在[地:乌镇]。")]
    before = {e.id for e in resolved(*texts).knowledge.entities}
    after = {e.id for e in resolved(*texts, said("3", "[机:河西医院]。[会:河西论坛]。")).knowledge.entities}
    assert before < after


def test_the_id_from_before_a_merge_is_kept():
    short = said("1", "[机:青澜医疗]说。")
    (old,) = resolved(short).knowledge.entities
    (merged,) = resolved(short, said("2", "[机:厦门青澜医疗科技有限公司]。")).knowledge.entities
    assert merged.id != old.id
    assert merged.same_as == (old.id,)


def test_a_shared_former_name_is_nobodys_former_id():
    resolution = resolved(
        said("1", "[机:长三角医疗器械产业联盟]成立，[机:产业联盟]说。"),
        said("2", "[机:华南冷链产业联盟]成立，[机:产业联盟]说。"),
    )
    assert all(e.same_as == () for e in resolution.knowledge.entities)


def test_homonyms_have_ids_that_say_whose_they_are():
    resolution = resolved(
        said("1", "[机:天目科技]的[人:张伟]说。", ("张伟", "worksFor", "天目科技")),
        said("2", "[机:河西医院]的[人:张伟]说。", ("张伟", "worksFor", "河西医院")),
    )
    ids = [e.id for e in resolution.knowledge.entities if e.type == "Person"]
    assert ["张伟-河西医院" in ids[0], "张伟-天目科技" in ids[1]] in ([True, True], [False, False])
    assert {id.split("-")[1] for id in ids} == {"天目科技", "河西医院"}


def test_a_name_that_one_text_introduces_is_known_in_the_next():
    introduces = said("1", "[机:国际智能系统联合会]成立。")
    mention = introduces.mentions[0]
    short = replace(mention, span=Span(11, 15), text="IFIS", name="国际智能系统联合会")
    introduces = replace(
        introduces,
        document=replace(introduces.document, text="国际智能系统联合会成立。IFIS说。"),
        mentions=(mention, replace(short, span=Span(12, 16))),
    )
    (thing,) = resolved(introduces, said("2", "[机:IFIS]签约。")).knowledge.entities
    assert (thing.label, thing.aliases) == ("国际智能系统联合会", ("IFIS",))


def test_a_name_in_letters_gives_way_to_the_chinese_one_of_its_text():
    text = said("1", "[会:第四届天目大会]（[会:TMC 2025]）。")
    latin = tuple(replace(m, name="TMC 2025") for m in text.mentions)
    (forum,) = resolved(replace(text, mentions=latin), said("2", "[会:TMC 2025]。")).knowledge.entities
    assert forum.label == "第四届天目大会"


def test_a_product_is_called_without_its_epithet():
    (product,) = resolved(said("1", "[品:全球首款双目听诊眼镜]亮相。")).knowledge.entities
    assert (product.label, product.aliases) == ("双目听诊眼镜", ("全球首款双目听诊眼镜",))
    assert labels("[品:国内首个天目听诊系统]亮相。", "[品:天目听诊系统]上线。") == ["天目听诊系统"]


def test_an_epithet_stays_where_only_a_kind_or_a_title_would_be_left():
    assert labels("[品:全球首款手机]亮相。") == ["全球首款手机"]
    assert labels("他读[品:《第一部微博小说》]。") == ["第一部微博小说"]
