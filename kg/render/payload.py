"""Turns a graph into the page's data: things, facts and terms.

Columns instead of records, and tables for whatever repeats: 50,000 things and 120,000 facts take
a tenth of the room of pyvis's own lists of dictionaries, and parse in a fraction of the time.
``assets/graph.js`` is the reader of this format.
"""

from __future__ import annotations

from kg.model import Knowledge, Statement
from kg.render.boxes import label_boxes
from kg.render.dating import fact_dates
from kg.render.evidence import document_rows
from kg.render.layout import place
from kg.render.ranking import Selection, main_thing
from kg.render.tables import Json, Table
from kg.schema import OntologyClass, OntologyProperty, Schema


def graph_block(knowledge: Knowledge, selection: Selection, schema: Schema) -> Json:
    """All that the first view needs."""
    used = {entity.cls for entity in selection.entities}
    classes = Table(sorted(used | {_top(cls, schema) for cls in used}))
    predicates = Table(sorted({statement.predicate for statement in selection.statements}))
    literals: Table[str] = Table()
    facts = _facts(selection, predicates, literals)
    dates = fact_dates(knowledge, selection.statements)
    days = Table(sorted({date for date in dates if date}))
    return {
        "left_out": selection.left_out,
        "classes": [[*_term(cls, schema.classes.get(cls)), classes.number(_top(cls, schema))] for cls in classes],
        "predicates": [[*_term(name, schema.properties.get(name)), _is_symmetric(name, schema)] for name in predicates],
        "documents": document_rows(knowledge, selection),
        "literals": list(literals),
        "dates": list(days),
        "things": _things(selection, classes),
        "facts": facts | {"date": [days.number(date) if date else -1 for date in dates]},
    }


def _things(selection: Selection, classes: Table[str]) -> Json:
    entities = selection.entities
    boxes = label_boxes([entity.label for entity in entities], selection.degree)
    points = place(boxes, _links(selection), main_thing(selection))
    return {
        "id": [entity.id for entity in entities],
        "label": [entity.label for entity in entities],
        "class": [classes.number(entity.cls) for entity in entities],
        "x": [x for x, _ in points],
        "y": [y for _, y in points],
        "aliases": [[index, *entity.aliases] for index, entity in enumerate(entities) if entity.aliases],
    }


def _facts(selection: Selection, predicates: Table[str], literals: Table[str]) -> Json:
    """The facts, without their dates; an object below 0 is the literal -1 - object."""
    statements = selection.statements
    return {
        "subject": [selection.number[statement.subject] for statement in statements],
        "predicate": [predicates.number(statement.predicate) for statement in statements],
        "object": [_object(statement, selection, literals) for statement in statements],
        "confidence": [round(statement.confidence * 1000) for statement in statements],
        "qualifiers": [
            [index, *(part for pair in statement.qualifiers for part in pair)]
            for index, statement in enumerate(statements)
            if statement.qualifiers
        ],
    }


def _object(statement: Statement, selection: Selection, literals: Table[str]) -> int:
    if isinstance(statement.object, str):
        thing = selection.number.get(statement.object)
        return -1 - literals.number(statement.object) if thing is None else thing
    return -1 - literals.number(statement.object.text)


def _links(selection: Selection) -> list[tuple[int, int]]:
    """Pairs of things that share a fact, once each."""
    pairs = {
        (min(ends), max(ends))
        for statement in selection.statements
        if isinstance(statement.object, str) and statement.object in selection.number
        for ends in [(selection.number[statement.subject], selection.number[statement.object])]
    }
    return sorted(pair for pair in pairs if pair[0] != pair[1])


def _top(cls: str, schema: Schema) -> str:
    return schema.top(cls) if cls in schema.classes else cls


def _is_symmetric(predicate: str, schema: Schema) -> int:
    return int(predicate in schema.properties and schema.properties[predicate].symmetric)


def _term(name: str, term: OntologyClass | OntologyProperty | None) -> list[object]:
    """A term and its names; a graph from elsewhere may use terms that the ontology lacks."""
    return [name, term.label_zh, term.label_en] if term else [name, name, name]
