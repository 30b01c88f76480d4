from __future__ import annotations

import datetime as dt

import pytest

from kg.times import reference_date


@pytest.mark.parametrize(
    "text",
    [
        "新华社北京4月3日电（记者 张三）大会3日开幕。",
        "【本报上海3日讯】大会开幕。",
        "中新社成都2017年4月3日电 大会开幕。",
        "标题一行\n本报柳州4月3日讯（记者 李四）鞭响处。",
        "2017年4月3日，成都——在今天揭幕的大会上",
        "【南通，2017年4月3日】甲公司今天举行发布会。",
    ],
)
def test_the_dateline_tells_the_day(text: str) -> None:
    reference = reference_date(text, "2017-04-04", None)
    assert (reference.date, reference.source) == (dt.date(2017, 4, 3), "dateline")


def test_a_dateline_takes_its_year_from_the_corpus() -> None:
    assert reference_date("新华社北京4月3日电 大会开幕。", None, 2016).date == dt.date(2016, 4, 3)


def test_a_december_dateline_printed_in_january_is_of_the_year_before() -> None:
    assert reference_date("新华社北京12月31日电 大会开幕。", "2018-01-01", None).date == dt.date(2017, 12, 31)


def test_a_dateline_far_from_the_known_date_is_none() -> None:
    assert reference_date("1949年10月1日电文原件展出。", "2019-09-30", None).source == "metadata"


def test_without_a_dateline_the_known_date_is_taken() -> None:
    assert reference_date("昨日，大会开幕。", "2017-04-04", 2016).date == dt.date(2017, 4, 4)


def test_a_date_after_the_byline_is_better_than_none() -> None:
    assert reference_date("（记者 张三）8月2日，大会开幕。", None, 2017).date == dt.date(2017, 8, 2)


def test_without_a_day_the_corpus_tells_the_year() -> None:
    reference = reference_date("12月3日，大会开幕。", None, 2017)
    assert (reference.date, reference.year, reference.source) == (None, 2017, "corpus")


@pytest.mark.parametrize(
    "text",
    [
        "9月24日，2022中国博物馆大会启动。",
        "2022年第三届木棉论坛24日在南宁举行。",
        "木棉論壇開幕\n2022年09月24日 09:12 来源：晚报\n木棉论坛24日举行。",
        "木棉论坛开幕（2022-09-24）\n木棉论坛24日举行。",
    ],
)
def test_without_anything_the_opening_tells_the_year(text: str) -> None:
    assert (reference_date(text, None, None).year, reference_date(text, None, None).source) == (2022, "text")


@pytest.mark.parametrize(
    "text",
    [
        "来自2000多家企业的代表到会。",
        "大会6月21日开幕，据介绍2017年总产值达1500亿元。",
        "4月28日，《全国国土规划纲要（2016—2030年）》印发。",
        "到2035年建成的大会展区4月28日开工。",
        "2020年度人物颁奖盛典2月1日举行。",
        "1998年3月5日，公司成立。大会4月28日举行。",
    ],
)
def test_years_of_other_things_tell_nothing(text: str) -> None:
    assert reference_date(text, None, None).source == "none"
