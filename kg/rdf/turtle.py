"""Writes Turtle that a person likes to read and to diff.

Each predicate and object stand on a line of their own that ends in ``;``, and the full stop on
the next: what is added or taken away changes no neighbouring line.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from kg.ids import PLAIN_LOCAL, id_folder
from kg.rdf.nodes import Layout, Node, Section
from kg.rdf.terms import PREFIXES, RDF, XSD

_INNER = ("specification", "statement", "evidence", "document")


def turtle_lines(layout: Layout, sections: Iterator[Section]) -> Iterator[str]:
    """The file in pieces, each of whole lines."""
    words = _Words(layout)
    for prefix, namespace in sorted(words.prefixes.items()):
        yield f"@prefix {prefix}: <{namespace}> .\n"
    for section in sections:
        title = f"\n\n### {section.title}\n"
        for node in section.nodes:
            yield title
            yield words.node(node)
            title = ""


class _Words:
    """The spelling of terms in one file; IRIs recur, so theirs is remembered."""

    def __init__(self, layout: Layout) -> None:
        tops = {cls for cls, about in layout.schema.classes.items() if not about.parents}
        folders = {id_folder(cls) for cls in tops}.union(_INNER)
        self.prefixes = {
            **{folder: f"{layout.base_iri}{folder}/" for folder in folders},
            **PREFIXES,
            "kgr": layout.base_iri,
        }
        self._by_namespace = {namespace: prefix for prefix, namespace in self.prefixes.items()}
        self._iris: dict[str, str] = {f"{RDF}type": "a"}

    def node(self, node: Node) -> str:
        lines = [f"\n{self._iri(node.subject.value)}\n"]
        lines += [f"    {self._iri(p.value)} {self._term(end)} ;\n" for p, end in node.pairs]
        return "".join([*lines, "    .\n"])

    def _term(self, term: NamedNode | Literal) -> str:
        if isinstance(term, NamedNode):
            return self._iri(term.value)
        if term.language:
            return str(term)
        datatype = term.datatype.value
        if datatype == f"{XSD}string":
            return str(term)
        if datatype == f"{XSD}integer" or (datatype == f"{XSD}decimal" and "." in term.value):
            return term.value
        return f"{Literal(term.value)}^^{self._iri(datatype)}"

    def _iri(self, iri: str) -> str:
        spelled = self._iris.get(iri)
        if spelled is None:
            cut = max(iri.rfind("/"), iri.rfind("#")) + 1
            prefix, local = self._by_namespace.get(iri[:cut]), iri[cut:]
            spelled = f"{prefix}:{local}" if prefix and PLAIN_LOCAL.fullmatch(local) else f"<{iri}>"
            self._iris[iri] = spelled
        return spelled
