"""Tables: a pair of CSV files for ``neo4j-admin database import``, and Parquet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from kg.errors import OutputError
from kg.exporting.network import Network, NetworkEdge, NetworkNode
from kg.model import Entity, Knowledge, Statement

_EDGE_HEADER = (
    ":START_ID", ":END_ID", ":TYPE", "label", "confidence:double", "role", "date", "amount", "documents:string[]",
    "sentences:string[]",
)  # fmt: skip


def neo4j_nodes(network: Network) -> Iterator[str]:
    """The nodes, with the header that neo4j-admin reads; a node has its class and top class as labels."""
    predicates = network.predicates
    lists = [f"{name}:string[]" for name in predicates]
    return _csv(["id:ID", ":LABEL", "label", "aliases:string[]", *lists], (_node(n, predicates) for n in network.nodes))


def neo4j_relationships(network: Network) -> Iterator[str]:
    """The edges, one a fact; their type is the predicate as Neo4j spells it (``WORKS_FOR``)."""
    return _csv(_EDGE_HEADER, map(_edge, network.edges))


def _node(node: NetworkNode, predicates: Sequence[str]) -> list[str]:
    labels = ";".join(dict.fromkeys((node.cls, node.type)))
    return [node.id, labels, node.label, _list(node.aliases), *(_list(node.value(p)) for p in predicates)]


def _edge(edge: NetworkEdge) -> list[str]:
    type = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", edge.predicate).upper()
    sure = "" if edge.confidence is None else f"{edge.confidence:g}"
    said = (_list(dict.fromkeys(edge.documents)), _list(dict.fromkeys(edge.sentences)))
    return [edge.source, edge.target, type, edge.label, sure, edge.role, edge.date, edge.amount, *said]


def _list(texts: Iterable[str]) -> str:
    # neo4j-admin splits lists at ; and knows no escape for it
    return ";".join(text.replace(";", "；") for text in texts)


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for row in (header, *rows):
        # a line end in a cell needs --multiline-fields, and is never part of a name
        writer.writerow([" ".join(cell.splitlines()) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def things_rows(knowledge: Knowledge) -> list[dict[str, object]]:
    """A row a thing: id, label, type, class, aliases."""
    return [_thing(entity) for entity in knowledge.entities]


def facts_rows(knowledge: Knowledge) -> list[dict[str, object]]:
    """A row a fact, with the names of its ends and a list of its evidence."""
    names = {entity.id: entity for entity in knowledge.entities}
    return [_fact(statement, names) for statement in knowledge.statements]


def write_parquet(rows: list[dict[str, object]], kind: str, path: Path) -> None:
    """Writes rows of ``things`` or ``facts``; every file has all columns, even an empty one.

    Raises:
        OutputError: where pyarrow is missing.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise OutputError(f"{path}: Parquet needs pyarrow, which is not installed; pip install pyarrow") from error
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows, schema=_schema(pyarrow, kind)), path)


def _schema(pyarrow: Any, kind: str) -> Any:
    text, texts = pyarrow.string(), pyarrow.list_(pyarrow.string())
    evidence = pyarrow.struct(
        {"document": text, "begin": pyarrow.int64(), "end": pyarrow.int64(), "sentence": text, "rule": text}
    )
    columns = {
        "things": {"id": text, "label": text, "type": text, "class": text, "aliases": texts},
        "facts": {
            "subject_id": text, "subject": text, "subject_class": text, "predicate": text,
            "object_id": text, "object": text, "object_class": text,
            "role": text, "date": text, "amount": text, "confidence": pyarrow.float64(),
            "evidence": pyarrow.list_(evidence),
        },
    }  # fmt: skip
    return pyarrow.schema(columns[kind])


def _thing(entity: Entity) -> dict[str, object]:
    return {
        "id": entity.id,
        "label": entity.label,
        "type": entity.type,
        "class": entity.cls,
        "aliases": list(entity.aliases),
    }


def _fact(statement: Statement, names: dict[str, Entity]) -> dict[str, object]:
    subject = names[statement.subject]
    end = names[statement.object] if isinstance(statement.object, str) else statement.object
    qualifiers = dict(statement.qualifiers)
    return {
        "subject_id": subject.id,
        "subject": subject.label,
        "subject_class": subject.cls,
        "predicate": statement.predicate,
        "object_id": end.id if isinstance(end, Entity) else None,
        "object": end.label if isinstance(end, Entity) else end.text,
        "object_class": end.cls if isinstance(end, Entity) else end.kind,
        **{name: qualifiers.get(name) for name in ("role", "date", "amount")},
        "confidence": statement.confidence,
        "evidence": [
            {"document": e.doc_id, "begin": e.span.start, "end": e.span.end, "sentence": e.text, "rule": e.rule}
            for e in statement.evidence
        ],
    }
