"""kg: a knowledge graph from Chinese news."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.api import Fact, Facts, KnowledgeGraph, QueryResult, TextExtraction, build, extract, load
    from kg.errors import KgError
    from kg.model import Document, Entity, Evidence, Mention, Relation, Span, Value

# public name -> where it lives; read when first asked for, so that "import kg" loads nothing
_HOMES = {
    **dict.fromkeys(
        ("Fact", "Facts", "KnowledgeGraph", "QueryResult", "TextExtraction", "build", "extract", "load"), "kg.api"
    ),
    "KgError": "kg.errors",
    **dict.fromkeys(("Document", "Entity", "Evidence", "Mention", "Relation", "Span", "Value"), "kg.model"),
}

__all__ = [
    "Document",
    "Entity",
    "Evidence",
    "Fact",
    "Facts",
    "KgError",
    "KnowledgeGraph",
    "Mention",
    "QueryResult",
    "Relation",
    "Span",
    "TextExtraction",
    "Value",
    "build",
    "extract",
    "load",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}; it has {', '.join(__all__)}")
    found: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
