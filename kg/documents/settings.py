"""``corpus.toml``: what a folder says about the documents in it."""

from __future__ import annotations

import datetime
import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, cast

from kg.errors import InputError

FILE_NAME = "corpus.toml"
_SPLITS = ("file", "line")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)|(\d{4})(\d{2})(\d{2})(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusSettings:
    """What holds for every document of a folder that does not say otherwise.

    Args:
        date: publication date, ISO 8601.
        year: the year meant where a text leaves it out.
        source: who published the texts.
        split: whether a ``.txt`` file is one document or each of its lines is.
    """

    date: str | None = None
    year: int | None = None
    source: str | None = None
    split: Literal["file", "line"] = "file"


def read_settings(folder: Path, above: CorpusSettings) -> CorpusSettings:
    """The settings of ``folder``: its ``corpus.toml`` where it has one, else those ``above``.

    Raises:
        InputError: where the file is no TOML or holds an unknown key or value.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        return above
    try:
        rows = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror}); check its permissions") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: not TOML in UTF-8 ({error}); see the README for an example") from error
    known = CorpusSettings.__slots__
    for key in rows:
        if key not in known:
            raise InputError(f"{path}: unknown key '{key}'; known: {', '.join(sorted(known))}")
    settings = replace(above, split=_split(rows.get("split", above.split), path))
    if "date" in rows:
        settings = replace(settings, date=iso_day(rows["date"], str(path)))
    if "year" in rows:
        settings = replace(settings, year=_year(rows["year"], path))
    if "source" in rows:
        settings = replace(settings, source=str(rows["source"]))
    return settings


def iso_day(value: object, place: str) -> str | None:
    """A publication date as ``2017-12-04``; None where there is none.

    Args:
        value: a date, or text that starts with a day such as ``2017/12/4`` or ``2017年12月4日``.
        place: what the message names.

    Raises:
        InputError: where there is something else.

    Example:
        >>> iso_day("2017年12月4日 10:30", "news.csv:2")
        '2017-12-04'
    """
    if isinstance(value, datetime.date):  # a datetime is a date too
        return value.isoformat()[:10]
    text = "" if value is None else str(value).strip()
    if not text:
        return None
    match = _DAY.match(text)
    if match:
        year, month, day = (int(part) for part in match.groups() if part)
        try:
            return datetime.date(year, month, day).isoformat()
        except ValueError:
            pass  # 2017-02-30: said below
    raise InputError(f"{place}: '{text}' is not a day; write it as 2017-12-04 or leave it out")


def _split(value: object, path: Path) -> Literal["file", "line"]:
    if value not in _SPLITS:
        raise InputError(f"{path}: unknown split '{value}'; known: {', '.join(_SPLITS)}")
    return cast('Literal["file", "line"]', value)


def _year(value: object, path: Path) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1000 <= value <= 9999:
        raise InputError(f"{path}: '{value}' is not a year; write it as 2017")
    return value
