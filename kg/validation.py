"""Checks a graph against ``ontology/shapes.ttl`` (SHACL) and says in plain words what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kg.errors import OntologyError
from kg.resources import resource

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

KGS = "https://example.org/kg/shapes#"
"""The namespace of the shapes."""

Severity = Literal["violation", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong (``violation``) or odd (``warning``) with one node.

    Args:
        node: the node, as the graph abbreviates it (``kgr:person/张群华``).
        label: its name, empty where it has none.
        problem: what is wrong, to be read after the node.
    """

    severity: Severity
    node: str
    label: str
    problem: str

    def __str__(self) -> str:
        name = f"{self.node} “{self.label}”" if self.label else self.node
        return f"{self.severity}: {name} {self.problem}"


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """What a check found; ``str()`` of it is the report that a user reads.

    Args:
        path: the graph.
        triples: how many were checked.
        findings: violations first.
    """

    path: str
    triples: int
    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings do not count."""
        return not any(finding.severity == "violation" for finding in self.findings)

    def __str__(self) -> str:
        counts = [sum(f.severity == kind for f in self.findings) for kind in ("violation", "warning")]
        verdict = "conforms" if self.conforms else "does not conform"
        head = f"{self.path}: {verdict} ({self.triples} triples, {counts[0]} violations, {counts[1]} warnings)"
        return "\n".join([head, *map(str, self.findings)])


def validate(path: Path | str, *, ontology: Path | None = None, shapes: Path | None = None) -> ValidationReport:
    """Checks the graph in ``path`` (a file in any RDF format, or the folder of a build).

    Some 100 MB and ten seconds for each 100,000 triples, most of it spent in pyshacl.

    Args:
        path: the graph.
        ontology: where it is not the one that ships with kg.
        shapes: where they are not those that ship with kg.

    Raises:
        InputError: where the graph can't be read.
        OntologyError: where the shapes are no SHACL.
    """
    import pyshacl
    from pyshacl.errors import ReportableRuntimeError
    from rdflib import Graph

    from kg.rdf.bridge import load_triples, to_rdflib

    path = Path(path)
    path = path / "graph.ttl" if path.is_dir() else path
    graph = to_rdflib(load_triples(path))
    count = len(graph)
    # the ontology is mixed in here, in place: pyshacl would first copy the graph
    graph += to_rdflib(load_triples(ontology or resource("ontology/kg.ttl")))
    rules = to_rdflib(load_triples(shapes or resource("ontology/shapes.ttl")))
    try:
        _, results, text = pyshacl.validate(graph, shacl_graph=rules, inplace=True)
    except ReportableRuntimeError as error:
        results, text = None, str(error)
    if not isinstance(results, Graph):
        raise OntologyError(f"{shapes}: is not SHACL: {text}; mend that shape")
    return ValidationReport(str(path), count, tuple(sorted(set(_Results(results, graph, rules)))))


class _Results:
    """The results of pyshacl, put into words."""

    def __init__(self, results: Graph, graph: Graph, rules: Graph) -> None:
        from rdflib import SH

        self._results, self._graph, self._rules, self._sh = results, graph, rules, SH

    def __iter__(self) -> Iterator[Finding]:
        from rdflib import RDF, RDFS, Literal

        for result in self._results.subjects(RDF.type, self._sh.ValidationResult):
            if isinstance(self._of(result, "focusNode"), Literal):
                continue  # why a value fails sh:node; the node that has the value is reported for itself
            component = _short(self._of(result, "sourceConstraintComponent")).removesuffix("ConstraintComponent")
            # a constraint over the whole graph reports the node at fault as its value
            node = self._of(result, "value" if component == "sh:SPARQL" else "focusNode")
            label = min(map(str, self._graph.objects(node, RDFS.label)), default="")
            is_warning = self._of(result, "resultSeverity") == self._sh.Warning
            problem = _PROBLEMS.get(component, _Results._message)(self, result)
            yield Finding("warning" if is_warning else "violation", _short(node), label, problem)

    def _of(self, result: Node | None, name: str) -> Node | None:
        """What a result, or a shape, says under one of SHACL's terms."""
        for graph in (self._results, self._rules):
            found = graph.value(result, self._sh[name], any=True)
            if found is not None:
                return found
        return None

    def _path(self, result: Node) -> str:
        return _short(self._of(result, "resultPath"))

    def _asked(self, result: Node, name: str) -> str:
        """The parameter ``name`` of the shape that a result broke."""
        return _short(self._of(self._of(result, "sourceShape"), name))

    def _message(self, result: Node) -> str:
        said = [str(text) for text in self._results.objects(result, self._sh.resultMessage)]
        return min(said, key=lambda text: (not text.isascii(), text))

    def _lacks(self, result: Node) -> str:
        return f"lacks {self._path(result)}"

    def _lacks_value(self, result: Node) -> str:
        return f"lacks the {self._path(result)} {self._asked(result, 'hasValue')}"

    def _has_too_many(self, result: Node) -> str:
        return f"has more than {self._asked(result, 'maxCount')} {self._path(result)}"

    def _is_of_no_class(self, result: Node) -> str:
        wanted = self._asked(result, "class")
        if self._of(result, "resultPath") is not None:
            return f"{self._has(result)}, which is no {wanted}"
        used = self._asked(result, "targetSubjectsOf")
        return f"is no {wanted}, as what has {used} must be" if used else f"is no {wanted}"

    def _is_of_neither_class(self, result: Node) -> str:
        used = self._asked(result, "targetSubjectsOf")
        return f"is of no class that may have {used}" if used else self._does_not_fit(result)

    def _does_not_fit(self, result: Node) -> str:
        from rdflib import RDFS

        shape = self._of(self._of(result, "sourceShape"), "node")
        labels = [label for label in self._rules.objects(shape, RDFS.label) if getattr(label, "language", "") == "en"]
        fit = str(labels[0]) if labels else _short(shape) or self._asked(result, "datatype") or "fit value"
        return f"{self._has(result)}, which is no {fit}"

    def _has(self, result: Node) -> str:
        return f"has the {self._path(result)} {_short(self._of(result, 'value'))}"

    def _is_out_of_range(self, result: Node) -> str:
        least, most = (self._asked(result, f"{end}Inclusive") for end in ("min", "max"))
        return f"{self._has(result)}, which is not between {least} and {most}"

    def _is_not_below(self, result: Node) -> str:
        return f"{self._has(result)}, which is not below its {self._asked(result, 'lessThan')}"

    def _repeats(self, result: Node) -> str:
        return f"repeats its {self._asked(result, 'disjoint')} as {self._path(result)}"

    def _is_of_two(self, result: Node) -> str:
        return "is of two classes that exclude each other"


_PROBLEMS: dict[str, Callable[[_Results, Node], str]] = {
    "sh:MinCount": _Results._lacks,
    "sh:HasValue": _Results._lacks_value,
    "sh:MaxCount": _Results._has_too_many,
    "sh:Class": _Results._is_of_no_class,
    "sh:Or": _Results._is_of_neither_class,
    "sh:Node": _Results._does_not_fit,
    "sh:Datatype": _Results._does_not_fit,
    "sh:MinInclusive": _Results._is_out_of_range,
    "sh:MaxInclusive": _Results._is_out_of_range,
    "sh:LessThan": _Results._is_not_below,
    "sh:Disjoint": _Results._repeats,
    "sh:Not": _Results._is_of_two,
}


def _short(node: object) -> str:
    """A node as a reader knows it: ``kgo:attends``, ``person/张群华``, ``"院长"@zh``; empty for None."""
    from rdflib import Literal, URIRef

    from kg.rdf.terms import PREFIXES

    if isinstance(node, Literal):
        tail = f"@{node.language}" if node.language else f"^^{_short(node.datatype)}" if node.datatype else ""
        return str(node) if tail in ("^^xsd:integer", "^^xsd:decimal") else f'"{node}"{tail}'
    if not isinstance(node, URIRef):
        return "" if node is None else str(node)
    for prefix, namespace in (*PREFIXES.items(), ("sh", "http://www.w3.org/ns/shacl#"), ("kgs", KGS)):
        if node.startswith(namespace):
            return f"{prefix}:{node.removeprefix(namespace)}"
    return "/".join(node.split("/")[-2:])
