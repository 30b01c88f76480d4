"""An example plug-in: teahouses named after a dynasty (唐风茶楼) are places, and 新址是 tells who moved in."""

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.mentions.candidates import Candidate, SentenceView
from kg.model import Evidence, Reading, Relation

TEAHOUSE = re.compile(r"[唐宋元明清]风茶楼")


class DynastyFinder:
    """Finds the teahouses, and which organization has moved into one."""

    def find_mentions(self, view: SentenceView) -> Iterator[Candidate]:
        for found in TEAHOUSE.finditer(view.text):
            yield Candidate(found.start(), found.end(), "Place", "dynasties", cls="Place")

    def find_relations(self, reading: Reading) -> Iterator[Relation]:
        for first, second in pairwise(reading.mentions):
            between = reading.document.text[first.span.end : second.span.start]
            if first.type == "Organization" and TEAHOUSE.fullmatch(second.text) and between == "的新址是":
                for sentence in (s for s in reading.sentences if s.span.contains(first.span)):
                    evidence = Evidence(doc_id=sentence.doc_id, span=sentence.span, text=sentence.text,
                                        rule="dynasties", subject=first.span, object=second.span)  # fmt: skip
                    yield Relation(predicate="headquarteredIn", subject=first, object=second,
                                   evidence=evidence, confidence=0.8)  # fmt: skip
