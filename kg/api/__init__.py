"""kg in Python and notebooks: what ``import kg`` gives.

``building`` makes graphs, ``sources`` takes whatever holds texts; ``graph`` is :class:`KnowledgeGraph`, a
thin face of ``facts``, ``walking``, ``answers``, ``frames``, ``networks`` and ``merging``; ``reading``
shows one text with what was read in it. ``html`` writes all that notebooks show.
"""

from kg.api.answers import QueryResult, Row
from kg.api.building import build, extract, load
from kg.api.facts import Fact, Facts
from kg.api.graph import KnowledgeGraph
from kg.api.reading import TextExtraction
from kg.api.reasons import MarkedExplanation

__all__ = [
    "Fact",
    "Facts",
    "KnowledgeGraph",
    "MarkedExplanation",
    "QueryResult",
    "Row",
    "TextExtraction",
    "build",
    "extract",
    "load",
]
