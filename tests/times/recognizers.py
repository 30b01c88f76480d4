"""Measures the time and number grammars on the Chinese cases of microsoft/Recognizers-Text.

    python tests/times/recognizers.py FOLDER [--missed]

FOLDER holds the JSON files of that project's Specs/DateTime/Chinese and Specs/Number/Chinese (MIT licence,
not part of this one). A case is right where some expression found in its text has the expected value,
either the one its authors give for the past or the one for the future. Their ranges end with the day
after the last; ours with the last, so both ends count.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from pathlib import Path

from kg.numerals import parse_number
from kg.times import TimeMention, find_times

FILES = ("DateParser", "DatePeriodParser", "DateTimeParser", "DateTimePeriodParser", "DurationParser", "HolidayParser")


def first_day(iso: str) -> dt.date:
    return dt.date.fromisoformat((iso[:10] + "-01-01")[:10])


def last_day(iso: str) -> dt.date:
    year, month = int(iso[:4]), int(iso[5:7] or 12)
    if len(iso) >= 10:
        return dt.date.fromisoformat(iso[:10])
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(1)


def is_right(mention: TimeMention, expected: dict[str, str]) -> bool:
    if "duration" in expected:
        return mention.days is not None and mention.days * 86400 == int(expected["duration"])
    if mention.start is None:
        return expected.get("date") == "0001-01-01"
    if "date" in expected:
        return mention.start[:10] == expected["date"]
    if "dateTime" in expected:
        return mention.start[:19].replace("T", " ") == expected["dateTime"]
    if "startDate" in expected:
        ends = last_day(mention.end or mention.start), first_day(mention.end or mention.start)
        allowed = {day.isoformat() for day in (*ends, ends[0] + dt.timedelta(1))}
        return first_day(mention.start).isoformat() == expected["startDate"] and expected["endDate"] in allowed
    start, end = expected.get("startDateTime"), expected.get("endDateTime")
    return (mention.start[:19].replace("T", " "), (mention.end or "")[:19].replace("T", " ")) == (start, end)


def measure(folder: Path, name: str) -> tuple[int, int, list[str]]:
    right, total, missed = 0, 0, []
    for case in json.loads((folder / f"{name}.json").read_text("utf-8-sig")):
        context = (case.get("Context") or {}).get("ReferenceDateTime")
        reference = dt.date.fromisoformat(context[:10]) if context else None
        mentions = find_times(case["Input"], reference=reference, default_year=None)
        for result in case["Results"]:
            value = result.get("Value") or {}
            wanted = [value[key] for key in ("FutureResolution", "PastResolution") if value.get(key)]
            if not wanted:
                continue
            total += 1
            if any(is_right(mention, expected) for mention in mentions for expected in wanted):
                right += 1
            else:
                found = [(mention.text, mention.start, mention.end) for mention in mentions]
                missed.append(f"{case['Input']} ({context}) wanted {wanted[0]}, found {found}")
    return right, total, missed


def measure_numbers(folder: Path) -> tuple[int, int, list[str]]:
    cases = json.loads((folder / "NumberModel.json").read_text("utf-8-sig"))
    results = [result for case in cases for result in case["Results"]]
    missed = []
    for result in results:
        value, wanted = parse_number(result["Text"]), float(result["Resolution"]["value"])
        if value is None or abs(value - wanted) > 1e-9 * max(1, abs(wanted)):
            missed.append(f"{result['Text']} wanted {wanted}, found {value}")
    return len(results) - len(missed), len(results), missed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--missed", action="store_true", help="list the cases that go wrong")
    arguments = parser.parse_args()
    for name in (*FILES, "NumberModel"):
        measured = measure_numbers(arguments.folder) if name == "NumberModel" else measure(arguments.folder, name)
        print(f"{name:22s} {measured[0]:4d} of {measured[1]:4d}  {measured[0] / measured[1]:.1%}")
        for line in measured[2] if arguments.missed else ():
            print("   ", line)


if __name__ == "__main__":
    main()
