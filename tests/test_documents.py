from __future__ import annotations

import codecs
import io
import json
import sys
from pathlib import Path

import pytest

from kg.documents import read_documents
from kg.errors import InputError
from kg.model import Document

TEXT = "12月3日，大会在乌镇开幕。"


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(*inputs: str | Path) -> list[Document]:
    return list(read_documents(inputs))


def test_a_text_file_is_one_document_named_after_it(tmp_path: Path):
    write(tmp_path / "a.txt", TEXT + "\n第二行。")
    (document,) = read(tmp_path)
    assert (document.id, document.text) == ("a.txt", TEXT + "\n第二行。")


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
        (TEXT + "\n").encode("utf-16-le"),
        (TEXT + "\n").encode("utf-16-be"),
        ("\n" * 99 + TEXT).encode("utf-16-le"),
    ],
)
def test_encodings_are_recognised(tmp_path: Path, data: bytes):
    (document,) = read(write(tmp_path / "a.txt", data))
    assert document.text.strip() == TEXT


@pytest.mark.parametrize("at", [0, 1, 2, len(TEXT)])
def test_a_nul_makes_no_other_encoding_of_a_text(tmp_path: Path, at: int):
    text = TEXT[:at] + "\0" + TEXT[at:]
    assert [d.text for d in read(write(tmp_path / "a.txt", text))] == [text]


def test_bytes_of_no_encoding_are_an_error(tmp_path: Path):
    with pytest.raises(InputError, match=r"a\.txt: neither UTF-8 nor .*save it as UTF-8"):
        read(write(tmp_path / "a.txt", TEXT.encode() + b"\xff\xff\xff"))


def test_lines_are_documents_where_the_corpus_says_so(tmp_path: Path):
    write(tmp_path / "corpus.toml", 'split = "line"\nyear = 2017\ndate = 2017-12-04\nsource = "新华社"\n')
    write(tmp_path / "a.txt", f"{TEXT}\r\n\n{TEXT}二\n")
    first, second = read(tmp_path)
    assert (first.id, second.id) == ("a.txt#1", "a.txt#3")
    assert first.text == TEXT
    assert (first.year, first.date, first.source) == (2017, "2017-12-04", "新华社")


def test_settings_hold_below_their_folder_and_are_overridden_there(tmp_path: Path):
    write(tmp_path / "corpus.toml", 'year = 2017\nsource = "甲"')
    write(tmp_path / "sub" / "corpus.toml", "year = 2018")
    write(tmp_path / "sub" / "a.txt", TEXT)
    (document,) = read(tmp_path)
    assert (document.id, document.year, document.source) == ("sub/a.txt", 2018, "甲")


def test_a_file_named_alone_still_finds_its_settings(tmp_path: Path):
    write(tmp_path / "corpus.toml", 'split = "line"')
    assert [d.id for d in read(write(tmp_path / "a.txt", "一。\n二。"))] == ["a.txt#1", "a.txt#2"]


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("yaer = 2017", r"corpus\.toml: unknown key 'yaer'; known: date, source, split, year"),
        ('split = "word"', "unknown split 'word'; known: file, line"),
        ('date = "昨天"', "'昨天' is not a day; write it as 2017-12-04"),
        ("year = 17", "'17' is not a year"),
        ("year = \n", r"not TOML in UTF-8 \(.*line 1"),
        pytest.param("year = " + "[" * 3000, r"corpus\.toml: not TOML", id="deep"),
        pytest.param("year = " + "9" * 5000, r"corpus\.toml: not TOML", id="long"),
    ],
)
def test_wrong_settings_say_what_is_wrong(tmp_path: Path, toml: str, message: str):
    write(tmp_path / "corpus.toml", toml)
    write(tmp_path / "a.txt", TEXT)
    with pytest.raises(InputError, match=message):
        read(tmp_path)


def test_files_come_in_sorted_order_and_hidden_ones_stay_out(tmp_path: Path):
    for name in ("b.txt", "a/z.txt", "a.txt", ".git/x.txt", ".hidden.txt", "notes.md"):
        write(tmp_path / name, name)
    assert [d.id for d in read(tmp_path)] == ["a/z.txt", "a.txt", "b.txt"]


def test_json_lines(tmp_path: Path):
    rows = [{"id": 7, "title": "题", "text": TEXT, "date": "2017-12-04T08:00:00Z", "source": "报"}, {"text": "二"}]
    path = write(tmp_path / "a.jsonl", "\n".join(json.dumps(r, ensure_ascii=False) for r in rows))
    first, second = read(path)
    assert (first.id, first.title, first.date, first.source) == ("7", "题", "2017-12-04", "报")
    assert second.id == "a.jsonl#2"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", r"a\.jsonl:2: not JSON"),
        pytest.param("[" * 200_000, r"a\.jsonl:2: not JSON", id="deep"),
        pytest.param(f'{{"id": {"9" * 5000}, "text": "x"}}', r"a\.jsonl:2: not JSON", id="long"),
        ("[1]", r"a\.jsonl:2: not a JSON object"),
        ('{"content": "x"}', r"a\.jsonl:2: no text; a row needs a column 'text' .* here are: content"),
        ('{"text": "x", "date": "2017-02-30"}', r"a\.jsonl:2: '2017-02-30' is not a day"),
    ],
)
def test_a_wrong_json_line_is_named(tmp_path: Path, line: str, message: str):
    with pytest.raises(InputError, match=message):
        read(write(tmp_path / "a.jsonl", '{"text": "一"}\n' + line))


def test_csv_with_quotes_line_ends_and_long_fields(tmp_path: Path):
    long = "字" * 200_000
    path = write(tmp_path / "a.csv", f'id,text,date\n1,"甲,乙\n丙",2017年12月4日\n2,{long},\n3\n'.encode("gb18030"))
    with pytest.raises(InputError, match=r"a\.csv:5: no text"):
        read(path)
    first, second = read(write(path, f'id,text,date\n1,"甲,乙\n丙",2017/12/4\n2,{long},\n'))
    assert (first.text, first.date) == ("甲,乙\n丙", "2017-12-04")
    assert (second.text, second.date) == (long, None)


def test_csv_with_tabs_and_rows_that_spill(tmp_path: Path):
    assert [d.text for d in read(write(tmp_path / "a.csv", "id\ttext\n1\t甲\n"))] == ["甲"]
    with pytest.raises(InputError, match=r"b\.csv:2: 3 cells under 2 columns"):
        read(write(tmp_path / "b.csv", "id,text\n1,甲,乙\n"))


def test_parquet(tmp_path: Path):
    arrow = pytest.importorskip("pyarrow")
    import pyarrow.parquet as parquet

    parquet.write_table(arrow.table({"text": [TEXT, "二"], "extra": [1, 2]}), tmp_path / "a.parquet")
    assert [(d.id, d.text) for d in read(tmp_path)] == [("a.parquet#1", TEXT), ("a.parquet#2", "二")]
    with pytest.raises(InputError, match="not a Parquet file"):
        read(write(tmp_path / "b.parquet", b"PAR1"))


PAGE = """<!doctype html><html><head><meta charset="{charset}"><title>大会开幕_某网</title>
<meta property="article:published_time" content="2017-12-03T10:30:00+08:00"><style>p {{color: red}}</style>
<body><nav><a href="/">首页</a><a href="/x">国际新闻频道</a></nav>
<div class="main"><h1>大会在乌镇开幕</h1><p>12月3日，大会在浙江乌镇开幕，来自各国的嘉宾出席了会议。
<p>主办方介绍，本次<b>大会</b>为期三天，围绕五大板块展开交流探讨&nbsp;并发布报告。<br>第二行在这里。</p>
<script>var a = "大会";</script></div>
<div class="links"><ul><li><a href="1">另一条完全无关的新闻标题链接在这里等着人点击</a></li></ul></div>
<footer>版权所有，未经书面授权禁止使用，本网站一切内容均受法律保护。</footer></body></html>"""


@pytest.mark.parametrize(
    ("named", "encoding"),
    [("utf-8", "utf-8"), ("gb2312", "gb2312"), ("gb2312", "utf-8")],
    ids=["utf-8", "gb2312", "saved anew in utf-8"],
)
def test_a_web_page_gives_its_article(tmp_path: Path, named: str, encoding: str):
    (document,) = read(write(tmp_path / "a.html", PAGE.format(charset=named).encode(encoding)))
    assert document.title == "大会在乌镇开幕"
    assert document.date == "2017-12-03"
    assert document.text.splitlines() == [
        "大会在乌镇开幕",
        "12月3日，大会在浙江乌镇开幕，来自各国的嘉宾出席了会议。",
        "主办方介绍，本次大会为期三天，围绕五大板块展开交流探讨\xa0并发布报告。",
        "第二行在这里。",
    ]


@pytest.mark.parametrize(
    "odd",
    ["<![foo x]>", "<![[[>", "<![", "<![if !IE]>", "<!>", "<![CDATA[x]]>", pytest.param(f"&#{'9' * 5000};", id="&#9…")],
)
def test_what_no_web_page_should_hold_hides_none_of_its_text(tmp_path: Path, odd: str):
    (document,) = read(write(tmp_path / "a.html", f"<p>{TEXT}</p>{odd}<p>第二段。</p>"))
    assert document.text.startswith(TEXT)
    assert "第二段。" in document.text or odd == "<!["


def test_standard_input_is_one_document(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode("gb18030"))))
    assert [(d.id, d.text) for d in read("-")] == [("stdin", TEXT)]


def test_the_same_document_twice_is_read_once(tmp_path: Path):
    path = write(tmp_path / "a.txt", TEXT)
    assert len(read(tmp_path, path)) == 1


def test_one_id_for_two_texts_is_an_error_with_both_places(tmp_path: Path):
    write(tmp_path / "a.jsonl", '{"id": "x", "text": "一"}\n{"id": "x", "text": "二"}')
    with pytest.raises(InputError, match=r"a\.jsonl:2: the id 'x' already .*a\.jsonl:1\); give each"):
        read(tmp_path)


@pytest.mark.parametrize("other", [{"date": "2017-12-05"}, {"date": "2017-12-04", "title": "题"}, {"source": "报"}, {}])
def test_a_text_said_again_with_another_date_title_or_source_is_no_repetition(tmp_path: Path, other: dict[str, str]):
    rows = [{"id": "x", "text": "一", "date": "2017-12-04"}, {"id": "x", "text": "一", **other}]
    write(tmp_path / "a.jsonl", "\n".join(map(json.dumps, rows)))
    with pytest.raises(InputError, match=r"a\.jsonl:2: the id 'x' already .*title, date or source .*\.jsonl:1\)"):
        read(tmp_path)


def test_nothing_to_read_is_an_error(tmp_path: Path):
    with pytest.raises(InputError, match=r"no document here; expected \.txt, \.jsonl"):
        read(tmp_path)
    with pytest.raises(InputError, match="no such file or folder"):
        read(tmp_path / "none")
    with pytest.raises(InputError, match=r"a\.pdf: not a kind of file"):
        read(write(tmp_path / "a.pdf", "x"))
    with pytest.raises(InputError, match="no input was named"):
        read()


def test_files_are_read_one_by_one(tmp_path: Path):
    write(tmp_path / "a.txt", TEXT)
    write(tmp_path / "b.txt", b"\xff\xff\xff")
    assert next(read_documents([tmp_path])).id == "a.txt"
