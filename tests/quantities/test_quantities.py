from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document, Span
from kg.quantities import find_counts, find_quantities, find_quantity_values, find_specifications


def the_specification(text: str) -> str:
    (found,) = [s for s in find_specifications(text) if s.sure]
    return f"{found.name}={found.value}"


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("3mm", "3", "mm"),
        ("1.3kg", "1.3", "kg"),
        ("9800千瓦", "9800", "千瓦"),
        ("600千克", "600", "千克"),
        ("10万次", "100000", "次"),
        ("两百余米", "200", "米"),
        ("6100毫安时", "6100", "毫安时"),
        ("零下40摄氏度", "-40", "摄氏度"),
        ("240Wh/kg", "240", "Wh/kg"),
        ("98%", "98", "%"),
        ("1,800件", "1800", "件"),
        ("23.98万元", "239800", "元"),
    ],
)
def test_a_number_and_its_unit_are_read(text: str, number: str, unit: str) -> None:
    (found,) = find_quantities(text)
    assert (found.number, found.unit, found.text) == (number, unit, text)


@pytest.mark.parametrize(
    ("text", "comparison"),
    [
        ("超过10万次", "超过"),
        ("不低于300克", "不低于"),
        ("逾3000名", "逾"),
        ("90%以上", "以上"),
        ("至少5米", "至少"),
        ("约7千克", "约"),
    ],
)
def test_a_comparison_is_told_apart(text: str, comparison: str) -> None:
    (found,) = find_quantities(text)
    assert (found.comparison, found.text) == (comparison, text)


@pytest.mark.parametrize("text", ["2017年", "一个", "零部件", "第3名", "V2.1.0", "X9", "四周"])
def test_what_measures_nothing_is_no_quantity(text: str) -> None:
    assert find_quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("411家企业参加", "411家企业"),
        ("411家多家企业参加", "411家企业"),
        ("300余家投资机构与会", "300余家投资机构"),
        ("来自18个国家和地区的代表", "18个国家和地区"),
        ("5000多名嘉宾出席", "5000多名嘉宾"),
        ("与会代表2200余名，", "2200余名代表"),
        ("参展企业962家，", "962家企业"),
        ("展商只剩520家，", "520家展商"),
        ("汇聚企业198家，", "198家企业"),
        ("一万五千名观众冒雨前来", "一万五千名观众"),
        ("24位国家元首和政府首脑出席", "24位国家元首和政府首脑"),
        ("观众21.3万人次，", "21.3万人次观众"),
        ("嘉宾1700余人。", "1700余人"),
        ("接待8.6万人次。", "8.6万人次"),
        ("逾3000名渠道商与开发者到场", "逾3000名渠道商与开发者"),
        ("340余家供应链企业的代表", "340余家供应链企业"),
        ("50个国家级项目签约", "50个国家级项目"),
        ("四千余名代表", "四千余名代表"),
        ("460多位海外媒体高层人士出席", "460多位海外媒体高层人士"),
        ("来自九个县市区的企业", "九个县市区"),
        ("80余家境外企业参展", "80余家境外企业"),
        ("1500多名政商人士参加", "1500多名政商人士"),
        ("8家昆剧院团演出", "8家昆剧院团"),
        ("20家企业组团参展", "20家企业"),
        ("10万7千人次", "10万7千人次"),
        ("4100个人贡献者", "4100个人贡献者"),
        ("36國、1,500家廠商報名", "1,500家廠商"),
    ],
)
def test_a_count_is_written_with_its_noun(text: str, count: str) -> None:
    assert [c.text for c in find_counts(text)] == [count]


@pytest.mark.parametrize("text", ["三项议题", "一家企业", "12个奖项", "第三名选手"])
def test_what_takes_no_part_is_not_counted(text: str) -> None:
    assert find_counts(text) == ()


@pytest.mark.parametrize(
    ("text", "specification"),
    [
        ("其内弯半径为3mm，", "内弯半径=3mm"),
        ("弯折次数超过10万次", "弯折次数=超过10万次"),
        ("续航达60小时", "续航=60小时"),
        ("全长52.3米", "全长=52.3米"),
        ("整机重量仅1.3kg", "整机重量=1.3kg"),
        ("单表上限：64TB", "单表上限=64TB"),
        ("启动时间缩短至3.2秒", "启动时间=3.2秒"),
        ("时延从28毫秒压到了9毫秒", "时延=9毫秒"),
        ("将资源调度时延压缩至8毫秒", "资源调度时延=8毫秒"),
        ("吸水率不足8%", "吸水率=不足8%"),
        ("作业速度每小时2亩", "作业速度=每小时2亩"),
        ("参数规模达130亿，", "参数规模=130亿"),
        ("PUE值为1.09，", "PUE值=1.09"),
        ("分辨率1280×768，", "分辨率=1280×768"),
        ("集成4个高性能核", "高性能核=4个"),
        ("采用5纳米工艺", "工艺=5纳米"),
        ("0.8秒的翻译延迟", "翻译延迟=0.8秒"),
        ("起售价3499元", "起售价=3499元"),
        ("峰值性能每秒12.5亿亿次", "峰值性能=每秒12.5亿亿次"),
        ("识别准确率目前是93.6%", "识别准确率=93.6%"),
        ("放电保持率仍在90%以上", "放电保持率=90%以上"),
        ("内存带宽2.3TB每秒", "内存带宽=2.3TB每秒"),
        ("桅杆120米", "桅杆=120米"),
        ("车身尺寸为长4976毫米", "长=4976毫米"),
        ("5颗800万像素摄像头", "摄像头=800万像素"),
        ("整机尺寸为 166.9×76.0×8.8mm，", "整机尺寸=166.9×76.0×8.8mm"),
        ("长宽高为4.5米×2米×1.8米，", "长宽高=4.5米×2米×1.8米"),
    ],
)
def test_a_measured_property_has_name_and_value(text: str, specification: str) -> None:
    assert the_specification(text) == specification


def test_a_property_begins_after_the_thing_it_is_of() -> None:
    (found,) = find_specifications("云帆T60药箱容量60升", [Span(0, 5)])
    assert (found.name, found.name_span) == ("药箱容量", Span(5, 9))


def test_a_price_is_told_in_money() -> None:
    assert [s.value for s in find_specifications("各容量售价分别为64GB")] == []
    assert [s.value for s in find_specifications("到手价¥1999元")] == ["¥1999元"]


def test_a_sign_before_the_name_of_a_property_is_no_part_of_it() -> None:
    (found,) = find_specifications("S20+ 屏幕尺寸6.7英寸", [Span(0, 3)])
    assert found.name == "屏幕尺寸"


def test_the_time_a_work_took_is_no_property() -> None:
    assert [s for s in find_specifications("团队耗时七年研制") if s.name == "耗时"] == []


def test_values_carry_their_parts() -> None:
    document = Document(id="d", text="弯折次数超过10万次，411家企业参加。")
    specification, count = find_quantity_values(document)
    assert specification.value.parts == (
        ("comparison", "超过"), ("name", "弯折次数"), ("unit", "次"), ("value", "超过10万次")
    )  # fmt: skip
    assert (specification.text, count.value.text, count.value.parts) == (
        "弯折次数超过10万次",
        "411家企业",
        (("number", "411"),),
    )


ALPHABET = "012345.,一二十百千万亿两个家名位人次米克瓦kgmM%企业代表国家地区和的为达超过不足约，。从至到重量速度×/每小时"


@given(st.text(ALPHABET, max_size=40))
def test_any_text_gives_spans_in_order(text: str) -> None:
    end = 0
    for quantity in find_quantities(text):
        assert end <= quantity.span.start
        assert text[quantity.span.start : quantity.span.end] == quantity.text
        end = quantity.span.end
    for specification in find_specifications(text):
        assert specification.name in text
    for value in find_quantity_values(Document(id="d", text=text)):
        assert text[value.span.start : value.span.end] == value.text
