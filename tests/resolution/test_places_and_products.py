from __future__ import annotations

import pytest

from kg.seeds import load_lexicon
from tests.resolution.builders import one, resolved, said, things


def across(kind: str, *names: str):
    return resolved(*(said(str(i), f"他第{i}次提到[{kind}:{name}]。") for i, name in enumerate(names)))


def within(kind: str, *names: str):
    return resolved(said("1", "".join(f"他提到[{kind}:{name}]。" for name in names)))


@pytest.mark.parametrize(
    "names",
    [("浙江", "浙江省"), ("孝丰", "孝丰镇"), ("京", "北京"), ("宁", "南京"), ("羊城", "广州"), ("臺灣", "台湾")],
)
def test_one_place(names: tuple[str, str]):
    assert one(across("地", *names), "Place", *names)


def test_a_venue_with_and_without_its_town():
    assert one(
        across("地", "武汉光谷科技会展中心", "光谷科技会展中心"), "Place", "武汉光谷科技会展中心", "光谷科技会展中心"
    )


def test_a_theatre_in_two_towns_is_two_theatres():
    assert len(things(across("地", "大剧院", "大剧院"), "Place", "大剧院")) == 2


def test_a_province_and_its_government_are_of_two_types():
    resolution = resolved(said("1", "[地:浙江省]的[机:浙江省人民政府]。"))
    assert {e.type for e in resolution.knowledge.entities} == {"Place", "Organization"}


@pytest.mark.parametrize(
    "names",
    [
        ("“飞天”遥感星座", "飞天"),
        ("“拾语”App", "拾语"),
        ("X9 Pro", "X9Pro"),
        ("沧溟-2000", "沧溟2000"),
        ("T/CAPA 017—2022《家用扶手安装规范》", "家用扶手安装规范"),
    ],
)
def test_one_product_in_any_document(names: tuple[str, str]):
    assert one(across("品", *names), "Product", *names)


@pytest.mark.parametrize(
    "names",
    [
        ("AN-5货运无人机", "AN-5"),
        ("语音助手“小瓷”", "小瓷"),
        ("槐序Q3", "Q3"),
        ("“山岳”8万吨模锻压机", "山岳"),
        ("“打盹儿”5.0版", "打盹儿"),
        ("“飞天”遥感星座", "“飞天”星座"),
    ],
)
def test_one_product_in_one_document(names: tuple[str, str]):
    assert one(within("品", *names), "Product", *names)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("X9", "X9 Pro"),
        ("萤火1.0", "萤火2.0"),
        ("世界互联网发展报告2016", "世界互联网发展报告2017"),
        ("5G NR独立组网标准", "5G NR非独立组网标准"),
        ("小米MIX 3", "小米MIX 3 5G版"),
        ("小龟出汴京", "小龟出汴京2"),
    ],
)
def test_versions_are_different_products(a: str, b: str):
    assert len(things(within("品", a, b), "Product", a, b)) == 2


def test_a_model_number_alone_is_found_in_texts_of_the_same_things():
    resolution = resolved(
        said("1", "[机:天目科技]在[会:河西大会]发布[品:山岳F600]。"),
        said("2", "[机:天目科技]在[会:河西大会]展出[品:F600]。"),
        said("3", "有人卖[品:F600]。"),
    )
    assert resolution.thing_of("1", "Product", "山岳F600") == resolution.thing_of("2", "Product", "F600")


def test_a_version_number_alone_belongs_to_many():
    assert len(things(across("品", "1.0版", "1.0版"), "Product", "1.0版")) == 2
    resolution = resolved(
        said("1", "[机:天目科技]发布[品:1.0版]。", ("天目科技", "releases", "1.0版")),
        said("2", "[机:天目科技]的[品:1.0版]。", ("天目科技", "releases", "1.0版")),
    )
    assert one(resolution, "Product", "1.0版")


def test_book_titles_lose_their_marks():
    (product,) = resolved(said("1", "他读[品:《食堂与债》]。")).knowledge.entities
    assert product.label == "食堂与债"


def test_a_county_named_in_full_is_what_its_short_name_means_there():
    resolution = resolved(said("1", "[地:东海县]下雨，[地:东海]起雾。"), said("2", "[地:东海]起浪。"))
    assert resolution.thing_of("1", "Place", "东海") == "place/东海县"
    assert resolution.thing_of("2", "Place", "东海") == "place/东海"


def test_a_known_product_with_its_known_maker_before_it():
    resolution = resolved(said("1", "他用[品:腾讯微信]，她也用[品:微信]。"), known=load_lexicon())
    assert one(resolution, "Product", "腾讯微信", "微信")


def test_a_state_is_not_the_city_of_its_name():
    resolution = resolved(said("1", "[地:纽约州]下雨。"), said("2", "[地:纽约]起雾。"), known=load_lexicon())
    assert not one(resolution, "Place", "纽约州", "纽约")


def test_a_village_is_not_the_river_of_its_name():
    assert len(things(across("地", "黄河", "黄河乡"), "Place", "黄河", "黄河乡")) == 2


def test_products_of_unrelated_makers_are_different():
    texts = (
        said("1", "[机:天目科技]发布[品:“雪豹”望远镜]。", ("天目科技", "releases", "“雪豹”望远镜")),
        said("2", "[机:河西医院]研制[品:雪豹]。", ("河西医院", "develops", "雪豹")),
    )
    resolution = resolved(*texts)
    assert not one(resolution, "Product", "“雪豹”望远镜", "雪豹")
    assert any("maker" in e.detail for e in resolution.log if e.kind == "refusal")
    together = said("3", "[机:天目科技]与[机:河西医院]签约。")
    assert one(resolved(*texts, together), "Product", "“雪豹”望远镜", "雪豹")
