from __future__ import annotations

import pytest

from kg.model import Value
from kg.resolution.forums import parse_forum
from kg.seeds import load_lexicon
from tests.resolution.builders import day, one, resolved, said, things

WIC = "世界互联网大会"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("第四届世界互联网大会", (WIC, 4, None)),
        ("第四届“世界互联网大会·乌镇峰会”", (WIC, 4, None)),
        ("2017年世界互联网大会", (WIC, None, 2017)),
        ("世界互联网大会2017", (WIC, None, 2017)),
        ("首届濠江论坛", ("濠江论坛", 1, None)),
        ("第18届贵阳车展", ("贵阳车展", 18, None)),
        ("第十八届貴陽車展", ("贵阳车展", 18, None)),
        ("2006年第25届国际数学家大会", ("国际数学家大会", 25, 2006)),
        ("二〇〇二年国际数学家大会", ("国际数学家大会", None, 2002)),
        ("’99《财富》全球论坛·上海", ("财富全球论坛", None, 1999)),
        ("MWC19", ("mwc", None, 2019)),
        ("COP28", ("cop", 28, None)),
        ("第三次会员代表大会", ("会员代表大会", 3, None)),
        ("5G专网分论坛", ("5g专网分论坛", None, None)),
        ("第十届", ("", 10, None)),
        ("党的十九大", ("中国共产党全国代表大会", 19, None)),
        ("十九大", ("中国共产党全国代表大会", 19, None)),
    ],
)
def test_names_in_parts(name: str, expected: tuple[str, int | None, int | None]):
    parsed = parse_forum(name)
    assert (parsed.base, parsed.edition, parsed.year) == expected


@pytest.mark.parametrize("name", ["二○○二年国际数学家大会", "2002年国际数学家大会", "2002国际数学家大会"])
def test_a_written_year_is_told_in_figures(name: str):
    (forum,) = resolved(said("1", f"[会:{name}]开幕。")).knowledge.entities
    assert forum.label == "2002国际数学家大会"


def test_spellings_of_one_edition():
    texts = ("第四届世界互联网大会", "第4届世界互联网大会", "第四届“世界互联网大会·乌镇峰会”", "第四屆世界互聯網大會")
    resolution = resolved(*(said(str(i), f"[会:{name}]开幕。") for i, name in enumerate(texts)))
    assert one(resolution, "Forum", *texts)
    assert resolution.knowledge.entities[0].label == "第四届世界互联网大会"


def test_two_editions_are_two_things_of_one_series():
    resolution = resolved(said("1", "[会:第三届世界互联网大会]闭幕。"), said("2", "[会:第四届世界互联网大会]开幕。"))
    series, third, fourth = resolution.knowledge.entities
    assert (third.id, fourth.id) == ("forum/第三届世界互联网大会", "forum/第四届世界互联网大会")
    assert (series.id, series.cls) == ("forum-series/世界互联网大会", "ForumSeries")
    assert fourth.properties == (
        ("editionNumber", Value("count", "4", (("number", "4"),))),
        ("editionOf", "forum-series/世界互联网大会"),
    )


def test_one_edition_alone_makes_no_series():
    (forum,) = resolved(said("1", "[会:第四届世界互联网大会]开幕。")).knowledge.entities
    assert forum.properties == (("editionNumber", Value("count", "4", (("number", "4"),))),)


def test_number_and_year_meet_where_a_text_dates_the_edition():
    resolution = resolved(
        said("1", "[会:第二届世界人工智能大会]开幕。", ("第二届世界人工智能大会", "startDate", day("2019-08-29"))),
        said("2", "[会:2019世界人工智能大会]在沪举行。"),
        said("3", "[会:2018世界人工智能大会]在沪举行。"),
    )
    assert one(resolution, "Forum", "第二届世界人工智能大会", "2019世界人工智能大会")
    assert not one(resolution, "Forum", "2018世界人工智能大会", "2019世界人工智能大会")


def test_number_and_year_meet_by_the_documents_own_date():
    resolution = resolved(
        said("1", "[会:第二届世界人工智能大会]开幕。", date="2019-08-29"), said("2", "[会:2019世界人工智能大会]举行。")
    )
    assert one(resolution, "Forum", "第二届世界人工智能大会", "2019世界人工智能大会")


def test_a_text_that_looks_back_dates_no_edition():
    resolution = resolved(
        said("1", "从[会:第一届世界互联网大会]到[会:第四届世界互联网大会]。", date="2017-12-03"),
        said("2", "[会:2017世界互联网大会]。"),
    )
    assert len(things(resolution, "Forum", "第一届世界互联网大会", "2017世界互联网大会")) == 2


def test_a_name_without_edition_is_the_one_that_its_text_names():
    resolution = resolved(
        said("1", "[会:第四届世界互联网大会]开幕，[会:世界互联网大会]是盛会。"),
        said("2", "[会:第三届世界互联网大会]。"),
    )
    assert resolution.thing_of("1", "Forum", WIC) == "forum/第四届世界互联网大会"


def test_a_name_without_edition_is_the_one_of_its_texts_year():
    resolution = resolved(
        said("1", "[会:第四届世界互联网大会]开幕。", date="2017-12-03"),
        said("2", "[会:第三届世界互联网大会]开幕。", date="2016-11-16"),
        said("3", "[会:世界互联网大会]迎来嘉宾。", date="2017-12-04"),
        said("4", "[会:世界互联网大会]在乌镇举行。", (WIC, "startDate", day("2016-11-16"))),
        said("5", "[会:世界互联网大会]永久会址。"),
    )
    assert resolution.thing_of("3", "Forum", WIC) == "forum/第四届世界互联网大会"
    assert resolution.thing_of("4", "Forum", WIC) == "forum/第三届世界互联网大会"
    assert resolution.thing_of("5", "Forum", WIC) == "forum-series/世界互联网大会"


def test_the_series_takes_no_facts():
    resolution = resolved(
        said("1", "[会:第三届世界互联网大会]，[会:第四届世界互联网大会]。"),
        said("2", "[会:世界互联网大会]由[机:某省网信办]主办。", (WIC, "organizer", "某省网信办")),
    )
    (fact,) = resolution.knowledge.statements
    assert fact.subject == "forum/世界互联网大会"
    forum = next(e for e in resolution.knowledge.entities if e.id == fact.subject)
    assert ("editionOf", "forum-series/世界互联网大会") in forum.properties


def test_a_name_without_any_edition_stays_a_forum():
    (forum,) = resolved(said("1", "[会:世界互联网大会]。"), said("2", "[会:世界互联网大会]。")).knowledge.entities
    assert (forum.type, forum.properties) == ("Forum", ())


def test_two_years_of_one_name_are_two_forums():
    resolution = resolved(
        said("1", "[会:达沃斯论坛]开幕。", ("达沃斯论坛", "startDate", day("2018-01-23"))),
        said("2", "[会:达沃斯论坛]开幕。", ("达沃斯论坛", "startDate", day("2019-01-22"))),
    )
    assert len(things(resolution, "Forum", "达沃斯论坛")) == 2


def test_short_names_of_a_series():
    resolution = resolved(
        said("1", "[会:第七届中国（洛阳）特种机器人博览会]开幕，[会:特博会]迎客。"),
        said("2", "[会:第七届特博会]闭幕。"),
        said("3", "[会:第八届特博会]筹备。"),
    )
    assert one(resolution, "Forum", "第七届中国（洛阳）特种机器人博览会", "特博会", "第七届特博会")
    assert not one(resolution, "Forum", "第七届特博会", "第八届特博会")


def test_a_launch_goes_by_several_common_nouns():
    resolution = resolved(
        said("1", "[会:天目领先成果发布活动]举行。"),
        said("2", "[会:天目领先成果发布会]举行。"),
        said("3", "[会:天目领先成果发布]结束。"),
        said("4", "[会:“湖上第一张照片”全球新闻发布会]。"),
        said("5", "[会:“湖上第一张照片”发布会]。"),
    )
    assert one(resolution, "Forum", "天目领先成果发布活动", "天目领先成果发布会", "天目领先成果发布")
    assert one(resolution, "Forum", "“湖上第一张照片”全球新闻发布会", "“湖上第一张照片”发布会")


def test_the_name_in_the_bracket_gives_the_year():
    resolution = resolved(
        said("1", "[会:第十一届萨赫勒国际农业展]（[会:SAHEL-AGRI 2024]）落幕。"), said("2", "[会:SAHEL-AGRI 2024]。")
    )
    assert one(resolution, "Forum", "第十一届萨赫勒国际农业展", "SAHEL-AGRI 2024")


def test_an_occasion_of_a_forum_is_not_the_forum():
    resolution = resolved(said("1", "[会:若水大会]上，[会:若水大会颁奖典礼]举行。"))
    assert not one(resolution, "Forum", "若水大会", "若水大会颁奖典礼")


def test_the_quoted_words_name_a_sub_forum():
    resolution = resolved(said("1", "[会:“老厂新生”平行论坛]举行。[会:老厂新生]座无虚席。"))
    assert one(resolution, "Forum", "“老厂新生”平行论坛", "老厂新生")


def test_the_same_short_form_in_two_texts_about_two_forums():
    resolution = resolved(
        said("1", "[会:天目大会]开幕，[会:天目大会=大会]闭幕。"),
        said("2", "[会:河西大会]开幕，[会:河西大会=大会]闭幕。"),
    )
    assert {e.label: e.aliases for e in resolution.knowledge.entities} == {"天目大会": (), "河西大会": ()}


def test_a_text_abbreviates_its_own_fair_and_not_the_known_one():
    text = "[会:北岭文化产业博览交易会]开幕，本届[会:文博会]很热闹。"
    resolution = resolved(said("1", text), known=load_lexicon())
    assert {e.label: e.aliases for e in resolution.knowledge.entities} == {"北岭文化产业博览交易会": ("文博会",)}


def test_a_generic_name_in_two_texts_is_two_things_unless_they_share_the_forum():
    apart = resolved(said("1", "[会:颁奖典礼]举行。"), said("2", "[会:颁奖典礼]落幕。"))
    assert len(things(apart, "Forum", "颁奖典礼")) == 2
    together = resolved(
        said("1", "[会:天目大会]的[会:颁奖典礼]。", ("颁奖典礼", "subEventOf", "天目大会")),
        said("2", "[会:颁奖典礼]为[会:天目大会]落幕。", ("颁奖典礼", "subEventOf", "天目大会")),
    )
    assert one(together, "Forum", "颁奖典礼")


@pytest.mark.parametrize(
    "told", ["[会:天目大会]创办于2014年。", "它的前身是[会:天目大会]。", "历届[会:天目大会]都很热闹。"]
)
def test_a_name_spoken_of_as_the_series_is_the_series(told: str):
    resolution = resolved(said("1", f"[会:第四届天目大会]开幕。{told}"))
    assert resolution.thing_of("1", "Forum", "天目大会") == "forum-series/天目大会"


def test_a_course_is_none_of_its_lectures():
    resolution = resolved(said("1", "[会:“天目讲坛”第300讲]开讲。[会:“天目讲坛”]人气旺。"))
    assert not one(resolution, "Forum", "“天目讲坛”第300讲", "“天目讲坛”")


def test_a_contest_is_neither_its_final_nor_the_meeting_of_its_winners():
    resolution = resolved(
        said("1", "[会:“青山杯”创业大赛]开赛，[会:“青山杯”创业大赛总决赛]落幕，[会:“青山杯”获奖项目对接会]召开。")
    )
    names = ("“青山杯”创业大赛", "“青山杯”创业大赛总决赛", "“青山杯”获奖项目对接会")
    assert len(things(resolution, "Forum", *names)) == 3


def test_the_name_of_a_cup_is_the_contest():
    resolution = resolved(said("1", "[会:“青山杯”获奖项目对接会]召开，[会:“青山杯”创业大赛]的[会:“青山杯”]得主到场。"))
    assert one(resolution, "Forum", "“青山杯”", "“青山杯”创业大赛")


def test_an_earlier_meeting_by_a_shorter_name_is_another():
    resolution = resolved(said("1", "[会:湖泊保护外交会议]闭幕。2000年，[会:外交会议]曾无果而终。"))
    assert not one(resolution, "Forum", "湖泊保护外交会议", "外交会议")


def test_two_letters_in_brackets_are_the_series_of_the_edition_they_stand_behind():
    resolution = resolved(said("1", "[会:首届电子游戏展（G3）]开幕，[会:G3]很热闹。", date="1995-05-11"))
    assert one(resolution, "Forum", "首届电子游戏展（G3）", "G3")


def test_what_began_long_ago_is_the_series_not_the_edition_at_hand():
    resolution = resolved(said("1", "1900年起步于巴黎的[会:国际棋史大会]首度落脚亚洲，[会:第22届大会]开幕。"))
    assert not one(resolution, "Forum", "国际棋史大会", "第22届大会")
