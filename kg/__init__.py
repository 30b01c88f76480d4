"""kg: a knowledge graph from Chinese news.

>>> import kg
>>> graph = kg.build(["12月3日，第四届世界互联网大会在浙江乌镇开幕。"])
>>> "乌镇" in graph
True

The way of a text, and the rooms that it goes through::

    documents     files, tables and web pages -> Document
    sentences     Document -> Sentence, offsets exact
    mentions      gazetteer, heads, marks, persons and a learned tagger -> Mention
    reference     大会, 该公司, 其 -> what they mean
    times, quantities    dates, counts and measures -> ValueMention
    relations     rules of seeds/patterns and a learned scorer -> Relation, Rejected
      extraction  puts these together: Document -> Extraction, one document alone
    resolution    names of all documents -> Entity, each merge and refusal logged
    statements    relations of all documents -> Statement, evidence merged
      pipeline    puts these together: documents -> Knowledge
    rdf, render, exporting    Knowledge -> Turtle, the page, other formats
      output      the folder of a build, whole or not at all

A graph is used through ``query`` (SPARQL), ``explain``, ``diff``, ``serving``, ``validation`` (SHACL),
``evaluation`` (against annotated texts), and from Python through ``api``. ``training`` learns the models,
``plugins`` brings in the finders of others, ``cli`` is the command line.

What all know: ``model`` (the data types, where the rooms meet), ``errors``, ``ids`` (names of nodes),
``schema`` and ``ontology`` (ontology/kg.ttl), ``seeds`` (the lexicon), ``resources`` (where these lie),
``folding``, ``traditional`` and ``numerals`` (characters and numbers), ``neural`` (the weights inside jieba),
``terminal`` (tables).

Two phases: ``extract`` looks at one document, is pure and picklable; ``resolve`` brings documents together.
Imports point one way, ``cli > api > pipeline > extraction > rooms > seeds, schema > model``; the rooms of
one line do not know each other (the contract stands in pyproject.toml). To add a name or a rule, no room
changes: see README.md.
"""

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
