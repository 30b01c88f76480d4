"""The loader and checker of the lexicon, and the shipped lexicon itself."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from kg.errors import InputError, OntologyError, SeedError
from kg.model import ENTITY_TYPES
from kg.resources import resource
from kg.schema import load_schema
from kg.seeds import Lexicon, NameRef, known_classes, load_lexicon, read_lexicon
from kg.seeds.classes import classes_of
from kg.seeds.words import LISTS

CLASSES = {
    "Organization": "Organization",
    "Company": "Organization",
    "Hospital": "Organization",
    "Product": "Product",
    "Place": "Place",
}
NAMES = "name\tclass\taliases\twithin\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A lexicon without a file."""
    for part in ("names", "words"):
        (tmp_path / part).mkdir()
    return tmp_path


def names(folder: Path, *rows: str, file: str = "a.tsv") -> Path:
    """Writes a names file; columns are parted by a blank, ``-`` stands for an empty cell."""
    lines = ["\t".join("" if cell == "-" else cell for cell in row.split(" ")) for row in rows]
    path = folder / "names" / file
    path.write_text(NAMES + "".join(line + "\n" for line in lines), encoding="utf-8")
    return path


def words(folder: Path, name: str, text: str) -> None:
    (folder / "words" / f"{name}.tsv").write_text(text.replace(" ", "\t"), encoding="utf-8")


def read(folder: Path, *extra: Path) -> Lexicon:
    return read_lexicon(folder, CLASSES, extra)


def canonical(lexicon: Lexicon, form: str) -> list[str]:
    return [ref.name for ref in lexicon.forms.get(form, ())]


# --- names -------------------------------------------------------------------------


def test_every_form_of_a_row_leads_to_its_canonical_name(folder: Path) -> None:
    names(folder, "浙江 Place 浙江省|浙 中国")
    assert all(canonical(read(folder), form) == ["浙江"] for form in ("浙江", "浙江省", "浙"))


def test_a_question_mark_makes_one_alias_weak(folder: Path) -> None:
    names(folder, "小米集团 Company 小米公司|?小米 -")
    forms = read(folder).forms
    assert forms["小米"] == (NameRef("小米集团", "Company", True),)
    assert forms["小米公司"] == (NameRef("小米集团", "Company", False),)


def test_a_question_mark_makes_a_canonical_name_weak(folder: Path) -> None:
    names(folder, "?联想 Company 联想集团 -")
    lexicon = read(folder)
    assert lexicon.forms["联想"] == (NameRef("联想", "Company", True),)
    assert lexicon.names[0].weak_forms == {"联想"}


def test_a_name_keeps_its_file_and_line(folder: Path) -> None:
    path = names(folder, "杭州 Place - 浙江")
    assert read(folder).names[0].source == f"{path.as_posix()}:2"


def test_a_name_keeps_the_place_it_lies_in(folder: Path) -> None:
    names(folder, "杭州 Place 杭州市 浙江")
    assert read(folder).names[0].within == "浙江"


def test_a_form_of_two_things_lists_both(folder: Path) -> None:
    names(folder, "阿里地区 Place ?阿里 西藏", "阿里巴巴 Company ?阿里 -")
    assert canonical(read(folder), "阿里") == ["阿里地区", "阿里巴巴"]


def test_homonyms_of_two_entity_types_stand_beside_each_other(folder: Path) -> None:
    names(folder, "长城 Place - -", "长城 Company - -")
    assert [ref.cls for ref in read(folder).forms["长城"]] == ["Place", "Company"]


def test_a_row_repeated_in_another_file_counts_once(folder: Path) -> None:
    names(folder, "浙江 Place 浙江省 -")
    names(folder, "浙江 Place 浙江省 -", file="b.tsv")
    assert len(read(folder).names) == 1


def test_comments_and_blank_lines_are_skipped(folder: Path) -> None:
    (folder / "names" / "a.tsv").write_text(f"# facts\n\n{NAMES}# more\n浙江\tPlace\t\t\n\n", encoding="utf-8")
    assert canonical(read(folder), "浙江") == ["浙江"]


def test_windows_line_ends_and_a_byte_order_mark_are_no_trouble(folder: Path) -> None:
    (folder / "names" / "a.tsv").write_bytes(f"\ufeff{NAMES}浙江\tPlace\t\t\n".replace("\n", "\r\n").encode())
    assert canonical(read(folder), "浙江") == ["浙江"]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["浙江 Place -"], r"a\.tsv:2: 3 columns instead of 4; write name<TAB>class<TAB>aliases<TAB>within"),
        (
            ["浙江 Plcae - -"],
            r"a\.tsv:2: unknown class 'Plcae'; known: Company, Hospital, Organization, Place, Product",
        ),
        (["- Place - -"], r"a\.tsv:2: empty name; fill the first column"),
        (["? Place - -"], r"a\.tsv:2: empty name or alias"),
        (["浙江 Place 浙江省| -"], r"a\.tsv:2: empty name or alias"),
        (["浙江 Place ?浙江 -"], r"a\.tsv:2: '浙江' stands twice in the row"),
        (
            ["浙江 Place - -", "浙江 Place 浙江省 -"],
            r"a\.tsv:3: '浙江' stands otherwise at .*a\.tsv:2; make them one row",
        ),
        (["协和 Company - -", "协和 Hospital - -"], r"a\.tsv:3: '协和' stands otherwise"),
    ],
)
def test_a_bad_row_is_told_with_file_and_line(folder: Path, rows: list[str], message: str) -> None:
    names(folder, *rows)
    with pytest.raises(SeedError, match=message):
        read(folder)


@pytest.mark.parametrize("row", [" 浙江\tPlace\t\t", "浙江 \tPlace\t\t", "浙江\t Place\t\t", "浙江\tPlace\t\t中国 "])
def test_white_space_around_a_cell_is_refused(folder: Path, row: str) -> None:
    (folder / "names" / "a.tsv").write_text(f"{NAMES}{row}\n", encoding="utf-8")
    with pytest.raises(SeedError, match=r"a\.tsv:2: white space around a cell; remove it"):
        read(folder)


def test_another_header_is_refused(folder: Path) -> None:
    (folder / "names" / "a.tsv").write_text("name\tclass\n", encoding="utf-8")
    with pytest.raises(SeedError, match=r"a\.tsv:1: header is name<TAB>class; it must be name<TAB>class<TAB>aliases"):
        read(folder)


def test_a_file_without_a_header_is_refused(folder: Path) -> None:
    (folder / "names" / "a.tsv").write_text("# nothing\n", encoding="utf-8")
    with pytest.raises(SeedError, match=r"a\.tsv:1: no header line"):
        read(folder)


def test_a_file_in_another_encoding_is_refused(folder: Path) -> None:
    (folder / "names" / "a.tsv").write_bytes(f"{NAMES}浙江\tPlace\t\t\n".encode("gb18030"))
    with pytest.raises(InputError, match=r"a\.tsv: not UTF-8 at byte \d+; save it as UTF-8"):
        read(folder)


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        read(tmp_path / "lexicon")


# --- the user's own files ----------------------------------------------------------


def own(tmp_path: Path, *rows: str, file: str = "own.tsv") -> Path:
    (tmp_path / "mine" / "names").mkdir(parents=True, exist_ok=True)
    return names(tmp_path / "mine", *rows, file=file)


def test_an_extra_file_adds_names(folder: Path, tmp_path: Path) -> None:
    names(folder, "浙江 Place - -")
    lexicon = read(folder, own(tmp_path, "木棉科技 Company - -"))
    assert canonical(lexicon, "浙江") and canonical(lexicon, "木棉科技")


def test_an_extra_row_replaces_the_shipped_row_of_its_name(folder: Path, tmp_path: Path) -> None:
    names(folder, "小米集团 Company ?小米 -")
    lexicon = read(folder, own(tmp_path, "小米集团 Company 小米科技 -"))
    assert canonical(lexicon, "小米科技") == ["小米集团"]
    assert "小米" not in lexicon.forms


def test_an_extra_row_may_give_a_name_another_class(folder: Path, tmp_path: Path) -> None:
    names(folder, "长城 Place - -")
    lexicon = read(folder, own(tmp_path, "长城 Company - -"))
    assert [ref.cls for ref in lexicon.forms["长城"]] == ["Company"]


def test_the_last_extra_file_wins(folder: Path, tmp_path: Path) -> None:
    first = own(tmp_path, "长城 Company - -", file="1.tsv")
    last = own(tmp_path, "长城 Hospital - -", file="2.tsv")
    assert [ref.cls for ref in read(folder, first, last).forms["长城"]] == ["Hospital"]


def test_rows_in_conflict_within_one_extra_file_are_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(SeedError, match=r"own\.tsv:3: '长城' stands otherwise"):
        read(folder, own(tmp_path, "长城 Company - -", "长城 Hospital - -"))


def test_a_missing_extra_file_is_told(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.tsv: can't be read"):
        read(folder, tmp_path / "nowhere.tsv")


# --- word lists --------------------------------------------------------------------


def test_a_list_without_a_file_is_empty(folder: Path) -> None:
    lexicon = read(folder)
    assert set(lexicon.words) == set(LISTS)
    assert not any(lexicon.words.values())


def test_a_title_keeps_all_its_kinds(folder: Path) -> None:
    words(folder, "titles", "title kind\n院士 post\n院士 honorific\n")
    assert read(folder).lists.titles == {"院士": ("post", "honorific")}


def test_triggers_are_grouped(folder: Path) -> None:
    words(folder, "triggers", "group word\nhost 主办\nhost 合办\nattend 出席\n")
    lexicon = read(folder)
    assert lexicon.lists.triggers == {"host": {"主办", "合办"}, "attend": {"出席"}}
    assert lexicon.words["triggers"] == {"主办", "合办", "出席"}


def test_a_head_knows_its_class_and_strength(folder: Path) -> None:
    words(folder, "org-heads", "head class strength\n医院 Hospital strong\n中心 Organization weak\n")
    heads = read(folder).lists.org_heads
    assert (heads["医院"].cls, heads["医院"].strong, heads["中心"].strong) == ("Hospital", True, False)


def test_an_anaphor_knows_its_type_and_kind(folder: Path) -> None:
    words(folder, "anaphors", "form type kind\n该公司 Organization definite\n前者 any ordinal\n")
    assert read(folder).lists.anaphors["前者"] == ("前者", "any", "ordinal")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("titels", "title kind\n", r"titels\.tsv:1: unknown word list 'titels'; known: surnames, "),
        ("titles", "title kind\n院长 psot\n", r"titles\.tsv:2: unknown kind 'psot'; known: post, founder, "),
        ("titles", "title kind\n院长 post\n院长 post\n", r"titles\.tsv:3: '院长 post' stands already in line 2"),
        ("surnames", "surname kind\n王 common\n王 rare\n", r"surnames\.tsv:3: '王' stands already in line 2"),
        (
            "org-heads",
            "head class strength\n公司 Compnay strong\n",
            r"org-heads\.tsv:2: unknown class 'Compnay'; known: ",
        ),
        ("triggers", "group word\nhost\t\n", r"triggers\.tsv:2: 3 columns|triggers\.tsv:2: empty word"),
        ("triggers", "group word\nhost \n", r"triggers\.tsv:2: empty word; fill it or delete the line"),
    ],
)
def test_a_bad_word_row_is_told_with_file_and_line(folder: Path, name: str, text: str, message: str) -> None:
    words(folder, name, text)
    with pytest.raises(SeedError, match=message):
        read(folder)


# --- classes -----------------------------------------------------------------------


def test_the_quick_reading_of_the_ontology_equals_the_parsed_one() -> None:
    schema = load_schema()
    tops = {name: schema.top(name) for name in schema.classes} | {"ForumSeries": "Forum"}
    assert known_classes() == {name: top for name, top in tops.items() if top in ENTITY_TYPES}


def test_an_ontology_that_lacks_an_entity_type_is_told() -> None:
    with pytest.raises(OntologyError, match="no class kgo:Organization; declare it as owl:Class"):
        classes_of("kgo:Person a owl:Class .\n")


def test_a_circle_of_classes_does_not_hang() -> None:
    tops = "".join(f"kgo:{name} a owl:Class .\n" for name in ("Person", "Organization", "Forum", "Product", "Place"))
    circle = "kgo:A a owl:Class ; rdfs:subClassOf kgo:B .\nkgo:B a owl:Class ; rdfs:subClassOf kgo:A .\n"
    assert "A" not in classes_of(tops + circle)


# --- the shipped lexicon -----------------------------------------------------------


def test_the_shipped_lexicon_loads() -> None:
    assert len(load_lexicon().names) > 12_000


def test_the_shipped_lexicon_is_read_once() -> None:
    assert load_lexicon() is load_lexicon()


def test_the_lexicon_travels_to_worker_processes() -> None:
    lexicon = load_lexicon()
    assert pickle.loads(pickle.dumps(lexicon)) == lexicon


@pytest.mark.parametrize("name", sorted(LISTS))
def test_every_word_list_is_shipped(name: str) -> None:
    assert load_lexicon().words[name]


def test_messages_name_shipped_files_from_the_seeds_on() -> None:
    assert all(name.source.startswith("seeds/lexicon/names/") for name in load_lexicon().names)


def test_every_place_lies_in_a_place_of_the_lexicon() -> None:
    places = [name for name in load_lexicon().names if name.cls == "Place"]
    known = {name.name for name in places}
    assert [p.source for p in places if p.within and p.within not in known] == []


def test_no_place_lies_in_itself_or_in_a_circle() -> None:
    within = {name.name: name.within for name in load_lexicon().names if name.cls == "Place"}
    for place in within:
        seen, at = {place}, within[place]
        while at:
            assert at not in seen, place
            seen.add(at)
            at = within.get(at, "")


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("浙江省", "浙江"),
        ("内蒙古自治区", "内蒙古"),
        ("杭州市", "杭州"),
        ("恩施土家族苗族自治州", "恩施"),
        ("乌镇镇", "乌镇"),
        ("海淀区", "海淀"),
        ("大韩民国", "韩国"),
        ("加州", "加利福尼亚"),
        ("北京人民大会堂", "人民大会堂"),
        ("河北雄安新区", "雄安新区"),
    ],
)
def test_places_are_known_by_their_longer_names(form: str, name: str) -> None:
    assert canonical(load_lexicon(), form) == [name]


@pytest.mark.parametrize("form", ["朝阳", "和平", "大方", "公安", "中江"])
def test_short_place_names_that_are_ordinary_words_are_weak(form: str) -> None:
    assert all(ref.weak for ref in load_lexicon().forms.get(form, ()))


def test_a_place_name_that_several_places_share_names_no_parent() -> None:
    rows = [name for name in load_lexicon().names if name.name == "朝阳区"]
    assert [row.within for row in rows] == [""]


def test_no_single_character_stands_for_a_place() -> None:
    assert [f for f, refs in load_lexicon().forms.items() if len(f) == 1 and any(r.cls == "Place" for r in refs)] == []


def test_a_place_in_short_stands_for_a_place_of_the_lexicon() -> None:
    lexicon = load_lexicon()
    places = {name.name for name in lexicon.names if name.cls == "Place"}
    assert set(lexicon.lists.place_abbreviations.values()) <= places


def test_no_trigger_holds_a_gap() -> None:
    # the pattern language has its own gaps; here … would only ever match itself
    assert not any("…" in word for word in load_lexicon().words["triggers"])


def test_short_forms_are_no_names() -> None:
    lexicon = load_lexicon()
    assert sorted(set(lexicon.lists.anaphors) & set(lexicon.forms)) == []


def test_word_lists_lie_in_the_resources() -> None:
    shipped = {path.stem for path in resource("seeds/lexicon/words").glob("*.tsv")}
    assert shipped == set(LISTS)
