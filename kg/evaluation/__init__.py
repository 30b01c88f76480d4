"""How good a graph is, measured against annotated texts.

``evaluate`` scores a graph against ``read_gold``'s annotations; ``combine`` adds reports up;
``format_report`` and ``report_json`` show them. ``clusters`` scores the bringing together of names alone.
"""

from kg.evaluation.gold import Gold, read_gold
from kg.evaluation.mistakes import Mistake
from kg.evaluation.scoring import Report, Score, combine, evaluate, rule_precision
from kg.evaluation.table import format_files, format_report, report_json

__all__ = [
    "Gold",
    "Mistake",
    "Report",
    "Score",
    "combine",
    "evaluate",
    "format_files",
    "format_report",
    "read_gold",
    "report_json",
    "rule_precision",
]
