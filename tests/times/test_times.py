from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document
from kg.times import TimeMention, find_time_values, find_times
from kg.times.grammar import _ATOM, ATOMS, find_atoms

TODAY = dt.date(2017, 12, 4)  # a Monday


def times(text: str, reference: dt.date | None = TODAY, year: int | None = None) -> tuple[TimeMention, ...]:
    return find_times(text, reference=reference, default_year=year)


def the_time(text: str, reference: dt.date | None = TODAY, year: int | None = None) -> TimeMention:
    (found,) = times(text, reference, year)
    return found


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("2017年12月3日", "2017-12-03"),
        ("２０１７年１２月３日", "2017-12-03"),
        ("二〇一七年十二月三日", "2017-12-03"),
        ("2017-12-03", "2017-12-03"),
        ("2017.12.3", "2017-12-03"),
        ("2017/12/03", "2017-12-03"),
        ("17年12月3日", "2017-12-03"),
        ("2017 年 12 月 3 日", "2017-12-03"),
        ("2017年12月", "2017-12"),
        ("2017年", "2017"),
        ("民国三年", "1914"),
        ("光绪二十四年", "1898"),
    ],
)
def test_a_full_date_needs_no_reference(text: str, start: str) -> None:
    assert the_time(text, reference=None).start == start


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("今天", "2017-12-04"),
        ("昨晚", "2017-12-03"),
        ("前天", "2017-12-02"),
        ("大后天", "2017-12-07"),
        ("明日", "2017-12-05"),
        ("上周五", "2017-12-01"),
        ("下周三", "2017-12-13"),
        ("本周日", "2017-12-10"),
        ("下下週日", "2017-12-24"),
        ("去年12月", "2016-12"),
        ("今年6月", "2017-06"),
        ("上月", "2017-11"),
        ("下个月", "2018-01"),
        ("本月1日", "2017-12-01"),
        ("上月28日", "2017-11-28"),
        ("明年3月1日", "2018-03-01"),
        ("三年前", "2014"),
        ("教师节", "2017-09-10"),
        ("今年国庆节", "2017-10-01"),
        ("母亲节", "2017-05-14"),
    ],
)
def test_a_relative_date_counts_from_the_reference(text: str, start: str) -> None:
    assert the_time(text).start == start


@pytest.mark.parametrize("text", ["6月底", "6月中旬", "6月初", "6月份"])
def test_a_part_of_a_month_is_as_fine_as_the_month(text: str) -> None:
    assert (the_time(text).start, the_time(text).grain) == ("2017-06", "month")


@pytest.mark.parametrize("text", ["年初", "今年底", "年底"])
def test_a_part_of_a_year_is_as_fine_as_the_year(text: str) -> None:
    assert the_time(text).start == "2017"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("12月3日至5日", "2017-12-03", "2017-12-05"),
        ("2017年12月3日—5日", "2017-12-03", "2017-12-05"),
        ("11月5日-10日", "2017-11-05", "2017-11-10"),
        ("11月5—10日", "2017-11-05", "2017-11-10"),
        ("11月28日至12月2日", "2017-11-28", "2017-12-02"),
        ("11月28日至2日", "2017-11-28", "2017-12-02"),
        ("5日起至10日", "2017-12-05", "2017-12-10"),
        ("2016年12月30日到1月2日", "2016-12-30", "2017-01-02"),
        ("12月2日（周六）至3日（周日）", "2017-12-02", "2017-12-03"),
        ("10月18日、19日", "2017-10-18", "2017-10-19"),
        ("10月18、19、20日", "2017-10-18", "2017-10-20"),
        ("3月至5月", "2017-03", "2017-05"),
        ("2016—2018年", "2016", "2018"),
        ("一季度", "2017-01", "2017-03"),
        ("前三季度", "2017-01", "2017-09"),
        ("去年下半年", "2016-07", "2016-12"),
        ("上周", "2017-11-27", "2017-12-03"),
        ("20世纪80年代", "1980", "1989"),
        ("近三年", "2014-12-04", "2017-12-04"),
        ("未来两天", "2017-12-05", "2017-12-06"),
    ],
)
def test_a_range_has_both_ends(text: str, start: str, end: str) -> None:
    assert (the_time(text).start, the_time(text).end, the_time(text).kind) == (start, end, "range")


def test_listed_days_apart_stay_two_dates() -> None:
    assert [time.start for time in times("9月5日、15日")] == ["2017-09-05", "2017-09-15"]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("12月3日上午10时30分", "2017-12-03T10:30:00+08:00"),
        ("昨天下午3点半", "2017-12-03T15:30:00+08:00"),
        ("今晚八点", "2017-12-04T20:00:00+08:00"),
        ("12月3日17:05", "2017-12-03T17:05:00+08:00"),
        ("凌晨2时", "2017-12-04T02:00:00+08:00"),
    ],
)
def test_an_hour_makes_a_date_time(text: str, start: str) -> None:
    assert (the_time(text).start, the_time(text).kind) == (start, "dateTime")


def test_a_range_of_hours_keeps_its_day() -> None:
    time = the_time("12月3日下午2点至4点")
    assert (time.start, time.end) == ("2017-12-03T14:00:00+08:00", "2017-12-03T16:00:00+08:00")


def test_an_hour_of_elsewhere_leaves_the_day() -> None:
    assert the_time("当地时间6月13日上午10时").start == "2017-06-13"


def test_a_part_of_the_day_alone_adds_no_hour() -> None:
    assert the_time("3日下午").start == "2017-12-03"


@pytest.mark.parametrize(
    ("text", "days"),
    [("为期三天", 3), ("历时四天", 4), ("3天", 3), ("一周", 7), ("为期5日", 5), ("两个月", 60), ("半年", 180)],
)
def test_a_duration_is_told_in_days(text: str, days: int) -> None:
    assert (the_time(text).days, the_time(text).start, the_time(text).kind) == (days, None, "duration")


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("大会12月1日开幕，次日闭幕。", ["2017-12-01", "2017-12-02"]),
        ("8月2日召开发布会。当天签约。", ["2017-08-02", "2017-08-02"]),
        ("11月26日开幕。28日晚闭幕。", ["2017-11-26", "2017-11-28"]),
        ("月底有两场，28日在南宁。", ["2017-12", "2017-12-28"]),
        ("9月1日发布，两天后开售。", ["2017-09-01", "2017-09-03"]),
        ("2015年成立，次年上市。", ["2015", "2016"]),
    ],
)
def test_a_text_goes_on_from_the_day_it_last_named(text: str, starts: list[str]) -> None:
    assert [time.start for time in times(text)] == starts


def test_a_left_out_year_is_that_of_the_full_date_before_it() -> None:
    assert [time.start for time in times("2015年3月1日开工，6月2日完工。")] == ["2015-03-01", "2015-06-02"]


@pytest.mark.parametrize(
    ("text", "reference", "start"),
    [
        ("12月3日，大会开幕", dt.date(2018, 1, 5), "2017-12-03"),
        ("大会将于11月3日开幕", dt.date(2018, 1, 5), "2018-11-03"),
        ("大会定于1月5日开幕", dt.date(2017, 12, 20), "2018-01-05"),
        ("1月5日，大会开幕", dt.date(2017, 12, 20), "2017-01-05"),
        ("30日，大会开幕", dt.date(2017, 12, 2), "2017-11-30"),
        ("将于9日开幕", dt.date(2017, 12, 4), "2017-12-09"),
    ],
)
def test_a_left_out_part_is_told_by_the_reference(text: str, reference: dt.date, start: str) -> None:
    assert the_time(text, reference).start == start


def test_without_a_reference_the_default_year_is_taken() -> None:
    assert the_time("12月3日", reference=None, year=2016).start == "2016-12-03"


@pytest.mark.parametrize("text", ["上午9点到晚上", "从昨日8时到凌晨", "九九九九年12月31日，次日"])
def test_odd_ends_of_a_time_break_nothing(text: str) -> None:
    assert times(text)


def test_both_hours_of_a_range_elsewhere_are_left_out() -> None:
    assert the_time("美东时间2017年12月3日9时至11时").start == "2017-12-03"
    assert the_time("美东时间2017年12月3日9时至11时").end in (None, "2017-12-03")


def test_a_full_date_of_another_sentence_tells_no_year() -> None:
    told = times("公司成立于1998年3月5日，4月6日开业。大会5月7日举行。", reference=None)
    assert [time.start for time in told] == ["1998-03-05", "1998-04-06", None]


@pytest.mark.parametrize("text", ["3日", "昨天", "上周五", "12月3日", "中秋节", "农历八月十五", "2月30日"])
def test_what_cannot_be_told_has_no_start(text: str) -> None:
    year = 2017 if text == "2月30日" else None
    assert the_time(text, reference=None, year=year).start is None


@pytest.mark.parametrize(
    "text",
    [
        "两会期间",
        "嫦娥五号",
        "1号馆",
        "2号线",
        "今日头条",
        "目前天津",
        "说明天气",
        "首次月球探测",
        "V2.1.0",
        "第3年",
        "十分",
        "一点建议",
        "每周一次",
        "月饼",
    ],
)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert times(text) == ()


def test_a_month_in_words_may_follow_a_year_in_digits() -> None:
    assert [atom.word for atom in find_atoms("木棉大会2013十一月十三日开幕") if atom.kind == "month"] == ["十一月"]


def test_spans_give_the_words_in_the_text() -> None:
    text = "由甲方主办的大会於12月3日至5日在乌镇举行，後天閉幕。"
    assert (
        [text[t.span.start : t.span.end] for t in times(text)]
        == [t.text for t in times(text)]
        == ["12月3日至5日", "後天"]
    )


def test_an_event_has_no_vague_stretch_for_its_dates() -> None:
    document = Document(id="d", text="近三年，大会12月3日至5日举行，为期三天。", date="2017-12-04")
    values = find_time_values(document)
    assert [(v.value.text, v.end.text if v.end else None, v.days) for v in values] == [
        ("2017-12-03", "2017-12-05", None),
        ("三天", None, 3),
    ]


ALPHABET = "012345９年月日号天周星期点时分:：-—至到、和（）()今昨明前后去次当第一二三五十〇上下本半个初底季度晚"


@pytest.mark.parametrize("text", "昨日 前天 上周去年 次年 周三 上月 前年母亲节 三年前 近三年 2月29日 5月3日".split())
@pytest.mark.parametrize("reference", [dt.date.min, dt.date(1, 12, 31), dt.date.max])
def test_at_the_ends_of_the_calendar_nothing_breaks(text: str, reference: dt.date) -> None:
    for time in find_times(f"{text}，次日，", reference=reference, default_year=1):
        assert re.match(r"(?!0000)\d{4}(?!\d)", time.start or "2017")


def test_a_document_of_the_year_1_has_values() -> None:
    document = Document(id="d", text="昨日前天上周去年前年，今日，", date="0001-01-01")
    assert [v.value.text for v in find_time_values(document)] == ["0001-01-01"]


@given(st.text(ALPHABET, max_size=30), st.sampled_from([None, TODAY, dt.date(2020, 2, 29), dt.date.min, dt.date.max]))
def test_any_text_gives_ordered_spans_and_valid_dates(text: str, reference: dt.date | None) -> None:
    end = 0
    for time in find_times(text, reference=reference, default_year=2017):
        assert end <= time.span.start < time.span.end
        assert time.text == text[time.span.start : time.span.end]
        end = time.span.end
        for iso in (time.start, time.end):
            if iso:
                (dt.datetime if "T" in iso else dt.date).fromisoformat((iso + "-01-01")[:10] if len(iso) < 10 else iso)


@given(st.text(ALPHABET, max_size=30))
def test_the_gate_before_the_atoms_keeps_none_out(text: str) -> None:
    ungated = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in ATOMS))
    assert [m.span() for m in _ATOM.finditer(text)] == [m.span() for m in ungated.finditer(text)]
    assert all(atom.span.end > atom.span.start for atom in find_atoms(text))
