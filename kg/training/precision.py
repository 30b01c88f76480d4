"""Measures each rule's precision on annotated texts, their mentions given."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from kg.extraction import ExtractionSettings, Extractor
from kg.model import Mention, Reading, Relation
from kg.relations.patterns import PatternFinder
from kg.relations.precision import FILE
from kg.resources import resource
from kg.sentences import split_sentences
from kg.training.annotations import Annotated, Licence, read_annotations


def measure_rules(
    finder: PatternFinder, texts: Sequence[Annotated], read: Callable[[Annotated], Reading]
) -> dict[str, dict[str, int]]:
    """Rule id -> how many facts it read right and wrong; optional facts count as neither.

    Args:
        finder: the rules.
        texts: annotated.
        read: gives a text's reading, mentions as annotated.
    """
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for text in texts:
        licence = Licence(text)
        facts = {(r.evidence.rule, *_fact(r)) for r in finder.claims(read(text))}
        for rule, *fact in facts:
            verdict = licence.judge(*fact)
            if verdict is not None:
                (right if verdict else wrong)[rule] += 1
    # also those that no text tries: a rule without a row is taken for one of the user's own
    return {rule: {"right": right[rule], "wrong": wrong[rule]} for rule in sorted(rule.id for rule in finder.rules)}


def _fact(relation: Relation) -> Iterable[str]:
    object_ = relation.object
    return relation.subject.name, relation.predicate, object_.name if isinstance(object_, Mention) else object_.text


def main() -> None:
    """Writes ``seeds/patterns/precision.json`` anew from ``seeds/annotated``."""
    extractor = Extractor.load(ExtractionSettings(tagger=False))

    def read(text: Annotated) -> Reading:
        # annotations tell the type alone; the class is read off the head word, as for found mentions
        mentions = [replace(m, cls=extractor.mentions.class_of(m.text, m.type)) for m in text.mentions]
        return extractor.read(text.document, split_sentences(text.document), mentions)

    texts = [t for path in sorted(resource("seeds/annotated").glob("*.jsonl")) for t in read_annotations(path)]
    counts = measure_rules(PatternFinder.load(), texts, read)
    path = resource("seeds/patterns") / FILE
    path.write_text(json.dumps(counts, indent=1, sort_keys=True) + "\n", encoding="utf-8", newline="\n")
    print(f"{path.name}: {len(counts)} rules measured on {len(texts)} texts")


if __name__ == "__main__":
    main()
