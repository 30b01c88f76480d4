from __future__ import annotations

import pytest

from kg.seeds import load_lexicon
from tests.resolution.builders import one, resolved, said, things

LINE = "。"


def named(*texts: str):
    return resolved(*(said(f"d{i}", text) for i, text in enumerate(texts)))


@pytest.mark.parametrize(
    "names",
    [
        ("华为技术有限公司", "华为"),
        ("厦门青澜医疗科技有限公司", "青澜医疗"),
        ("远汀汽车集团股份有限公司", "远汀汽车集团", "远汀汽车"),
        ("明谷管理咨询（上海）有限公司", "明谷管理咨询"),
        ("吉林松江农业大学", "松江农大"),
        ("中国影像艺术研究会", "影像艺术研究会"),
        ("法国蓝灯影业", "蓝灯影业"),
        ("武汉青鹭医院", "青鹭医院"),
        ("涪渝农村商业银行", "涪渝农商行"),
        ("Solvanta AS", "Solvanta"),
        ("Open Robot Trust", "ORT"),
        ("港運科技有限公司", "港运科技"),
        ("ＩＢＭ", "IBM"),
        ("“蓝点”兴趣小组", "「蓝点」兴趣小组"),
        ("马士基·中国", "马士基•中国"),
    ],
)
def test_by_rule_in_any_document(names: tuple[str, ...]):
    assert one(named(*(f"[机:{name}]发布公告。" for name in names)), "Organization", *names)


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("国家互联网信息办公室", "国家网信办"),
        ("西北寒区工程研究院", "寒研院"),
        ("湘水出版投资控股集团有限公司", "湘水集团"),
        ("华东瓯江医学院附属第二医院", "瓯医二院"),
        ("宁波曜石精密机械股份有限公司", "曜石精机"),
        ("中国科学院国家天文台", "国家天文台"),
        ("上海博物馆", "上博"),
        ("北京大学", "北大"),
        ("佛山鲸落声学有限公司", "鲸落"),
        ("霜叶管理咨询（上海）有限公司", "霜叶咨询"),
        ("砺山大学大气物理研究所", "大气所"),
        ("中国和平统一促进会", "和统会"),
        ("汕头云之鲜", "云之鲜"),
        ("东海岛屿碳汇联盟", "联盟"),
        ("云岭省文化和旅游厅", "文旅厅"),
    ],
)
def test_by_abbreviation_in_one_text(full: str, short: str):
    assert one(named(f"[机:{full}]宣布开放。[机:{short}]说。"), "Organization", full, short)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("中国银行", "中国建设银行"),
        ("中国建设银行", "中国工商银行"),
        ("中国银行", "中国工商银行"),
        ("清华大学", "清华大学出版社"),
        ("清华大学", "清华大学附属中学"),
        ("清华大学出版社", "清华大学附属中学"),
        ("北京大学", "北京科技大学"),
        ("浙江省", "浙江省人民政府"),
        ("华为", "华为云"),
        ("砺山集团", "砺山集团云南分公司"),
        ("中国工商银行", "中国工商银行北京市分行"),
        ("寒研院", "寒研院团委"),
        ("豫见证券", "豫见证券研究所"),
        ("金融时报", "金融时报集团"),
        ("墨西哥卫生部", "卫生部"),
        ("上海青禾科技有限公司", "北京青禾科技有限公司"),
        ("交通大学", "上海交通大学"),
        ("青禾", "青禾创投"),
    ],
)
def test_guards_across_documents(a: str, b: str):
    assert len(things(named(f"[机:{a}]发布公告。", f"[机:{b}]发布公告。"), "Organization", a, b)) == 2


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("中国银行", "中国建设银行"),
        ("清华大学", "清华大学出版社"),
        ("华为", "华为云"),
        ("砺山集团", "砺山集团云南分公司"),
        ("寒研院", "寒研院团委"),
        ("砺山大学", "兰州砺山大学材料学院"),
        ("世界棋牌协会", "世界棋牌作家协会"),
        ("优酷土豆股份有限公司", "土豆股份有限公司"),
        ("砺山总公司", "砺山总公司中南公司"),
        ("青禾矿", "青禾矿一工区爆破班"),
        ("远汀理工", "远汀理工兽医学院"),
        ("云岭省劳动厅", "云岭省劳动和社会保障厅"),
        ("旅游厅", "文化和旅游厅"),
    ],
)
def test_guards_inside_one_document(a: str, b: str):
    assert len(things(named(f"[机:{a}]宣布开放。[机:{b}]说。"), "Organization", a, b)) == 2


def test_huawei_is_huawei_technologies_and_its_cloud_is_another():
    resolution = resolved(said("1", "[机:华为技术有限公司]与[机:华为云]亮相，[机:华为]称。"), known=load_lexicon())
    assert one(resolution, "Organization", "华为技术有限公司", "华为")
    assert not one(resolution, "Organization", "华为", "华为云")


def test_a_common_noun_is_the_end_of_a_name_rather_than_picked_from_another():
    resolution = named("[机:砺山医学院]与[机:东海中医科学院]签约。[机:医学院]说。")
    assert one(resolution, "Organization", "砺山医学院", "医学院")


def test_a_known_company_is_not_its_own_film_studio():
    assert not one(
        resolved(said("1", "[机:阿里巴巴影业]说，[机:阿里巴巴]听。"), known=load_lexicon()),
        "Organization",
        "阿里巴巴影业",
        "阿里巴巴",
    )


def test_the_lexicon_gives_both_names_to_one_thing():
    resolution = resolved(
        said("1", "[机:国家网信办]发布。"), said("2", "[机:中国国家互联网信息办公室]发布。"), known=load_lexicon()
    )
    (thing,) = resolution.knowledge.entities
    assert thing.label == "国家互联网信息办公室"
    assert thing.aliases == ("中国国家互联网信息办公室", "国家网信办")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("联想集团", "联想控股"),
        ("优酷", "优酷土豆"),
        ("港交所", "联交所"),
        ("麦当劳", "麦当劳中国"),
        ("西门子", "西门子中国"),
        ("贵州茅台", "茅台集团"),
        ("顺丰控股", "顺丰航空"),
        ("梅赛德斯-奔驰", "戴姆勒"),
        ("国家新闻出版署", "国家版权局"),
    ],
)
def test_parents_subsidiaries_and_sisters_are_no_aliases_in_the_lexicon(a: str, b: str):
    assert not one(resolved(said("1", f"[机:{a}]说，[机:{b}]听。"), known=load_lexicon()), "Organization", a, b)


def test_a_legal_name_with_its_place_is_the_company_that_the_lexicon_knows():
    resolution = resolved(said("1", "[机:浙江零跑科技股份有限公司]上市。"), known=load_lexicon())
    assert [e.label for e in resolution.knowledge.entities] == ["零跑汽车"]


def test_a_company_is_called_as_readers_call_it():
    (thing,) = resolved(said("1", "[机:Meta Platforms]发布。"), known=load_lexicon()).knowledge.entities
    assert thing.label == "Meta"


@pytest.mark.parametrize(("a", "b"), [("经济学人", "经济学人集团"), ("《财富》", "《南粤财富》杂志社")])
def test_a_paper_its_group_and_its_namesake_elsewhere_are_different(a: str, b: str):
    assert not one(resolved(said("1", f"[机:{a}]说，[机:{b}]听。"), known=load_lexicon()), "Organization", a, b)


def test_texts_about_two_editions_do_not_bring_short_names_together():
    resolution = named(
        "[会:第三届天目论坛]由[机:湖州竹协]协办，[机:东海岛屿羽毛球联合会]出席。",
        "[会:第四届天目论坛]上，[机:羽联会]致辞。",
    )
    assert not one(resolution, "Organization", "羽联会", "东海岛屿羽毛球联合会")


def test_what_stands_before_the_full_name_alone_is_no_free_abbreviation_of_it():
    assert not one(named("[机:瓯音]收购对手。[机:瓯海音讯]退出。"), "Organization", "瓯音", "瓯海音讯")
    assert one(named("[机:瓯音]收购对手。[机:瓯海音讯]说，[机:瓯音]不评论。"), "Organization", "瓯音", "瓯海音讯")


def test_the_text_says_so_in_a_bracket():
    resolution = named("[机:欧岭开源社区]（[机:openRidge]）和[机:镜湖软件有限公司]（以下简称“[机:本溪软]”）签约。")
    assert one(resolution, "Organization", "欧岭开源社区", "openRidge")
    assert one(resolution, "Organization", "镜湖软件有限公司", "本溪软")


def test_a_bracket_with_something_else_says_nothing():
    assert not one(named("[机:砺山集团]（[机:天山网库]代表）出席。"), "Organization", "砺山集团", "天山网库")


def test_what_stands_in_a_list_is_two_things():
    resolution = named("[机:泊云]、[机:泊云网络]联合主办。")
    assert not one(resolution, "Organization", "泊云", "泊云网络")
    assert any(e.kind == "refusal" and "listed together" in e.detail for e in resolution.log)


def test_what_is_related_is_two_things():
    text = said("1", "[机:泊云]是[机:泊云网络]的子公司。", ("泊云", "subsidiaryOf", "泊云网络"))
    assert not one(resolved(text), "Organization", "泊云", "泊云网络")


def test_a_short_name_with_two_candidates_is_refused():
    resolution = named("[机:云远汀汽车]发布。", "[机:云远汀软件]发布。", "[机:云远汀]发布。")
    assert len(things(resolution, "Organization", "云远汀汽车", "云远汀软件", "云远汀")) == 3
    (refusal,) = [e for e in resolution.log if e.kind == "refusal"]
    assert refusal.names == ("云远汀", "云远汀汽车", "云远汀软件")


def test_the_better_reason_wins():
    resolution = named("[机:砺山云计算有限公司]说，[机:砺山]会来。", "[机:砺山集团]开会。")
    assert one(resolution, "Organization", "砺山", "砺山集团")
    assert not one(resolution, "Organization", "砺山", "砺山云计算有限公司")


def test_a_short_name_may_stand_for_different_things_in_different_documents():
    resolution = named(
        "[机:长三角医疗器械产业联盟]成立，[机:产业联盟]说。", "[机:华南冷链产业联盟]成立，[机:产业联盟]说。"
    )
    assert len(things(resolution, "Organization", "产业联盟")) == 2


def test_a_faculty_in_two_documents_is_two_faculties():
    resolution = named("[机:法学院]开学。", "[机:法学院]招生。")
    assert len(things(resolution, "Organization", "法学院")) == 2


def test_one_company_and_one_fruit():
    resolution = resolved(said("1", "[机:苹果]发布手机。"), said("2", "山东[品:苹果]上市。"), known=load_lexicon())
    assert {e.type for e in resolution.knowledge.entities} == {"Organization", "Product"}


def test_an_unresolved_short_name_is_found_in_texts_of_the_same_things():
    resolution = named(
        "[会:天目论坛]由[机:湖州竹协]主办，[机:东海岛屿羽毛球联合会]出席。",
        "[会:天目论坛]上，[机:湖州竹协]与[机:羽联会]签约。",
        "[机:羽联会]没有回应。",
    )
    assert one(resolution, "Organization", "羽联会", "东海岛屿羽毛球联合会")


def test_every_merge_has_its_reason():
    resolution = named("[机:厦门青澜医疗科技有限公司]发布。", "[机:青澜医疗]发布。")
    (merge,) = [e for e in resolution.log if e.kind == "merge"]
    assert merge.names == ("厦门青澜医疗科技有限公司", "青澜医疗")
    assert merge.features == ("trade word",)
    assert merge.as_dict()["detail"] == "the same without the word for its trade (科技, 半导体)"


def test_an_ambiguous_short_form_is_what_its_text_introduces():
    resolution = resolved(
        said("1", "[机:智能驾驶事业群组]（[机:IDG]）成立。"), said("2", "[机:IDG]投资。"), known=load_lexicon()
    )
    assert resolution.thing_of("1", "Organization", "IDG") == resolution.thing_of(
        "1", "Organization", "智能驾驶事业群组"
    )
    assert resolution.thing_of("2", "Organization", "IDG") == "organization/IDG资本"


def test_another_spelling_beside_a_known_name_is_the_known_thing():
    resolution = resolved(said("1", "[机:台灣超微]（[机:AMD]）说。"), said("2", "[机:AMD]说。"), known=load_lexicon())
    assert one(resolution, "Organization", "台灣超微", "AMD")


def test_what_a_text_says_outright_goes_before_what_is_likely():
    resolution = resolved(
        said("1", "[机:Parrot]（中文名“[机:鹦哥]”）旗下有[机:鹦哥云仓]。", ("鹦哥云仓", "subsidiaryOf", "Parrot"))
    )
    assert one(resolution, "Organization", "Parrot", "鹦哥")
    assert not one(resolution, "Organization", "鹦哥", "鹦哥云仓")
