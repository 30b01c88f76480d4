"""``make quality``: scores the annotated texts of tests/gold and compares with the committed figures.

Neither models nor the measured precision of rules have seen the dev files; the seeds they have.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from kg.documents import read_documents
from kg.evaluation import Report, Score, combine, evaluate, format_files, read_gold
from kg.extraction import ExtractionSettings
from kg.pipeline import build_knowledge
from kg.schema import load_schema

GOLD = Path(__file__).with_name("gold")
BASELINE = GOLD / "baseline.json"
SEEDS = Path(__file__).parent.parent / "seeds" / "corpus"
#: How far a figure may fall before the run fails: less than two facts of a hundred.
MARGIN = 0.015


def score_gold() -> list[Report]:
    """A report for each gold file, built with the defaults."""
    reports = []
    for path in sorted(GOLD.glob("*.jsonl")):
        # the seed items come as lines of one text, with the year beside it
        documents = read_documents([str(SEEDS if path.stem == "seeds" else path)])
        knowledge = build_knowledge(documents, ExtractionSettings()).knowledge
        reports.append(evaluate(knowledge, read_gold(path), load_schema()))
    return reports


def figures(reports: list[Report]) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 of entities and relations, a file and the dev files together."""
    dev = combine([r for r in reports if not r.name.startswith("seeds")], "dev")
    return {r.name: {**_figures("entities", r.entities), **_figures("relations", r.relations)} for r in [*reports, dev]}


def _figures(what: str, score: Score) -> dict[str, float]:
    return {
        f"{what} precision": round(score.precision, 3),
        f"{what} recall": round(score.recall, 3),
        f"{what} F1": round(score.f1, 3),
    }


def fallen(now: dict[str, dict[str, float]], before: dict[str, dict[str, float]]) -> list[str]:
    """A line for each F1, and each precision of relations, that fell by more than the margin."""
    return [
        f"{name}: {figure} fell from {old:.3f} to {now.get(name, {}).get(figure, 0.0):.3f}"
        for name, row in before.items()
        for figure, old in row.items()
        if "recall" not in figure and now.get(name, {}).get(figure, 0.0) < old - MARGIN
    ]


def main() -> int:
    """Prints the table; 1 where a figure fell."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--write", action="store_true", help="commit to the figures of this run")
    reports = score_gold()
    now = figures(reports)
    print(format_files(reports))
    print("The models that ship have seen the seeds, but none of the dev texts.")
    if arguments.parse_args().write:
        BASELINE.write_text(json.dumps(now, indent=1) + "\n", "utf-8")
        return 0
    lost = fallen(now, json.loads(BASELINE.read_text("utf-8")))
    print(*lost, sep="\n", file=sys.stderr)
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
