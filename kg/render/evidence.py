"""Turns a graph's evidence into the page's second block: sentences and marks, by far most of its bytes."""

from __future__ import annotations

from collections import Counter

from kg.model import Document, Evidence, Knowledge, Span, Statement
from kg.render.options import PageOptions
from kg.render.ranking import Selection
from kg.render.tables import Json, Table

Sentence = tuple[int, str]


def document_rows(knowledge: Knowledge, selection: Selection) -> list[list[str | None]]:
    """The documents that tell any of the facts: id, title, date, source."""
    known = {document.id: document for document in knowledge.documents}
    return [_document(doc_id, known.get(doc_id)) for doc_id in _document_ids(selection)]


def evidence_block(selection: Selection, options: PageOptions) -> Json:
    """What the page reads once a panel or the document filter needs it.

    A fact's row is the count of all its sentences, then the kept ones, each as sentence, rule, and
    the marks of subject, object and trigger as pairs of offsets into the sentence (-1 where absent).
    """
    documents = _document_ids(selection)
    sentences: Table[Sentence] = Table()
    rules: Table[str] = Table()
    room = options.most_characters
    rows: list[list[object]] = []
    for statement in selection.statements:
        found = _sentences(statement)
        row: list[object] = [len(found)]
        for item in _spread_out(found)[: options.most_sentences]:
            sentence = (documents.number(item.doc_id), item.text)
            room -= 0 if sentence in sentences else len(item.text)
            if room < 0:
                break
            row.append([sentences.number(sentence), rules.number(item.rule), *_marks(item)])
        rows.append(row)
    return {
        "sentences": list(sentences),
        "rules": list(rules),
        "facts": rows,
    }


def _sentences(statement: Statement) -> list[Evidence]:
    """The evidence of each sentence once: where several rules read the fact in it, the one with the most marks."""
    best: dict[tuple[str, Span], Evidence] = {}
    for item in statement.evidence:
        key = (item.doc_id, item.span)
        if key not in best or _mark_count(item) > _mark_count(best[key]):
            best[key] = item
    return list(best.values())


def _mark_count(item: Evidence) -> int:
    return sum(mark >= 0 for mark in _marks(item))


def _spread_out(found: list[Evidence]) -> list[Evidence]:
    """Sentences in turns of one a document, so that the first few come from as many documents as can be."""
    turns: Counter[str] = Counter()
    keyed = []
    for item in found:
        keyed.append((turns[item.doc_id], item))
        turns[item.doc_id] += 1
    return [item for _, item in sorted(keyed, key=lambda pair: pair[0])]


def _document_ids(selection: Selection) -> Table[str]:
    return Table(sorted({item.doc_id for fact in selection.statements for item in fact.evidence}))


def _document(doc_id: str, document: Document | None) -> list[str | None]:
    if document is None:
        return [doc_id, None, None, None]
    return [doc_id, document.title, document.date, document.source]


def _marks(item: Evidence) -> list[int]:
    """Offsets of the three spans in the sentence; a span that lies outside it is not marked."""
    marks: list[int] = []
    for span in (item.subject, item.object, item.trigger):
        if span is None or not item.span.contains(span):
            marks += (-1, -1)
        else:
            marks += (span.start - item.span.start, span.end - item.span.start)
    return marks
