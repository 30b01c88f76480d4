"""Why the graph says so, as marked sentences in a notebook."""

from __future__ import annotations

from dataclasses import fields
from itertools import islice

from kg.api.html import MOST_ROWS, block, marked, note, text_html
from kg.explain import Explanation, Fact


class MarkedExplanation(Explanation):
    """A :class:`kg.explain.Explanation` that a notebook shows with the words marked."""

    __slots__ = ()

    @classmethod
    def of(cls, explanation: Explanation) -> MarkedExplanation:
        """The same explanation."""
        return cls(**{field.name: getattr(explanation, field.name) for field in fields(explanation)})

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        about = " · ".join(filter(None, (self.about, ", ".join(self.classes), self.iri)))
        parts = [f"<p><b>{text_html(about)}</b></p>"]
        if self.aliases:
            parts.append(note(f"又称 also: {'、'.join(self.aliases)}"))
        parts += [_fact(fact) for fact in islice(self.facts, MOST_ROWS)]
        if len(self.facts) > MOST_ROWS:
            parts.append(note(f"{MOST_ROWS} of {len(self.facts):,} facts"))
        if not self.facts:
            parts.append(note("no facts with evidence"))
        return block(*parts)


def _fact(fact: Fact) -> str:
    said = [f"{name.partition(' ')[0]} {value}" for name, value in fact.qualifiers]
    sure = [] if fact.confidence is None else [f"{fact.confidence:g}"]
    aside = f"（{'；'.join([*said, *sure])}）" if said or sure else ""
    head = text_html(f"{fact.subject} — {fact.predicate} → {fact.object}{aside}")
    sources = "".join(
        f'<li>{marked(source.pieces())} <span style="opacity:.6;font-size:.85em">'
        f"{text_html(f'{source.document} @{source.begin} · {source.rule}')}</span></li>"
        for source in fact.sources
    )
    return f'<div style="margin-top:.6em"><b>{head}</b><ul style="margin:.2em 0">{sources}</ul></div>'
