"""A report as plain text, its columns aligned for Chinese and Latin letters alike."""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.evaluation.clusters import ClusterScore
from kg.evaluation.mistakes import Mistake
from kg.evaluation.scoring import Report, Score, rule_precision
from kg.terminal import safe

_WIDE = frozenset("WF")


def format_report(report: Report, *, errors: int = 0) -> str:
    """The figures of a report; with ``errors`` also that many mistakes of each kind."""
    parts = [_headline(report), _names(report), _predicates(report), _rules(report), _kinds(report)]
    if errors:
        parts.append(_mistakes(report, errors))
    return "\n\n".join(part for part in parts if part) + "\n"


def format_files(reports: Sequence[Report]) -> str:
    """One line a report: for the files of a quality run, side by side."""
    rows = [("", "entities", "P", "R", "F1", "relations", "P", "R", "F1")]
    for report in reports:
        entities, relations = report.entities, report.relations
        rows.append((report.name, str(entities.wanted), *_shares(entities), str(relations.wanted), *_shares(relations)))
    return table(rows)


def report_json(report: Report) -> str:
    """The figures and mistakes of a report as JSON, the same bytes every time."""
    content = {
        "entities": _numbers(report.entities) | {"interval": report.entity_interval},
        "relations": _numbers(report.relations) | {"interval": report.relation_interval},
        "names": _name_numbers(report.names),
        "by_predicate": {name: _numbers(score) for name, score in report.by_predicate},
        "by_rule": rule_precision(report),
        "mistakes": [
            {"kind": m.kind, "text": m.text, "wanted": m.wanted, "rules": m.rules, "document": m.document}
            for m in report.mistakes
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def table(rows: Iterable[Sequence[str]]) -> str:
    """Rows in columns: the first to the left, numbers to the right."""
    given = [tuple(map(safe, row)) for row in rows]
    widths = [max(width(cell) for cell in column) for column in zip(*given, strict=True)]
    lines = []
    for row in given:
        cells = [pad(row[0], widths[0]), *(pad(c, w, right=True) for c, w in zip(row[1:], widths[1:], strict=True))]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def width(text: str) -> int:
    """The columns that a terminal gives a text: two for a Chinese character.

    >>> width("F1 值")
    5
    """
    return sum(2 if unicodedata.east_asian_width(c) in _WIDE else 1 for c in text)


def pad(text: str, to: int, *, right: bool = False) -> str:
    """The text with blanks up to a width."""
    blanks = " " * max(0, to - width(text))
    return blanks + text if right else text + blanks


def _headline(report: Report) -> str:
    rows = [("", "P", "R", "F1", "95%", "right", "wrong", "found", "wanted")]
    for name, score, interval in (
        ("entities", report.entities, report.entity_interval),
        ("relations", report.relations, report.relation_interval),
    ):
        rows.append((name, *_shares(score), f"{interval[0]:.3f}-{interval[1]:.3f}", *_counts(score)))
    return table(rows)


def _predicates(report: Report) -> str:
    rows = [("predicate", "P", "R", "F1", "right", "wrong", "found", "wanted")]
    rows += [(name, *_shares(score), *_counts(score)) for name, score in report.by_predicate]
    return table(rows) if len(rows) > 1 else ""


def _rules(report: Report) -> str:
    rows = [("rule", "precision", "right", "wrong")]
    ordered = sorted(report.by_rule, key=lambda row: (-row[1].wrong, row[0]))
    rows += [(name, f"{score.precision:.3f}", str(score.right), str(score.wrong)) for name, score in ordered]
    return table(rows) if len(rows) > 1 else ""


def _kinds(report: Report) -> str:
    grouped = _grouped(report.mistakes)
    rows = [("mistakes", ""), *((kind, str(len(found))) for kind, found in sorted(grouped.items()))]
    return table(rows) if grouped else ""


def _mistakes(report: Report, errors: int) -> str:
    blocks = []
    for kind, found in sorted(_grouped(report.mistakes).items()):
        lines = [f"{kind} ({len(found)})"]
        for mistake in found[:errors]:
            lines.append(f"  {safe(mistake.text)}")
            lines += [f"      {label}: {safe(text)}" for label, text in _details(mistake) if text]
        blocks.append("\n".join(lines))
    return "\n".join(blocks)


def _details(mistake: Mistake) -> tuple[tuple[str, str], ...]:
    where = f"{mistake.document}: {mistake.sentence}" if mistake.sentence else mistake.document
    return ("wanted", mistake.wanted), ("rule", ", ".join(mistake.rules)), ("in", where)


def _grouped(mistakes: Iterable[Mistake]) -> dict[str, list[Mistake]]:
    grouped: dict[str, list[Mistake]] = defaultdict(list)
    for mistake in mistakes:
        grouped[mistake.kind].append(mistake)
    return grouped


def _names(report: Report) -> str:
    """How well names were brought together."""
    names = report.names
    if not names.mentions:
        return ""
    rows = [("names brought together", "precision", "recall", "F1")]
    rows += [
        (measure, f"{p:.3f}", f"{r:.3f}", f"{f1:.3f}")
        for measure, (p, r, f1) in (("B³", names.bcubed), ("pairs", names.pairwise))
    ]
    counts = f"{names.mentions} names of {names.entities} entities"
    wrong = f"{names.duplicates:.2f} duplicates per 100 entities, {len(names.merged)} false merges"
    return f"{table(rows)}\n{counts}: {wrong}"


def _name_numbers(names: ClusterScore) -> dict[str, object]:
    figures = (("bcubed", names.bcubed), ("pairwise", names.pairwise))
    keys = ("precision", "recall", "f1")
    return {
        "names": names.mentions,
        "entities": names.entities,
        **{kind: dict(zip(keys, (round(x, 6) for x in found), strict=True)) for kind, found in figures},
        "duplicates": round(names.duplicates, 6),
        "false_merges": len(names.merged),
    }


def _shares(score: Score) -> tuple[str, str, str]:
    return f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}"


def _counts(score: Score) -> tuple[str, str, str, str]:
    return str(score.right), str(score.wrong), str(score.found), str(score.wanted)


def _numbers(score: Score) -> dict[str, object]:
    return {
        "precision": round(score.precision, 6),
        "recall": round(score.recall, 6),
        "f1": round(score.f1, 6),
        "right": score.right,
        "wrong": score.wrong,
        "found": score.found,
        "wanted": score.wanted,
    }
