"""The graph as users of Python and notebooks hold it."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, overload

from kg.api.answers import QueryResult, result_of
from kg.api.facts import Fact, Facts, facts_of
from kg.api.reasons import MarkedExplanation
from kg.errors import InputError
from kg.ids import KGR
from kg.model import Document, Entity, Knowledge, Rejected
from kg.schema import load_schema

if TYPE_CHECKING:
    import networkx
    import pandas

    from kg.api.walking import Links
    from kg.pipeline import BuildResult
    from kg.query import OpenGraph
    from kg.rdf.bridge import Graph
    from kg.resolution import ResolutionEvent

Frame = Literal["facts", "entities", "evidence"]


@dataclass(frozen=True, repr=False)
class KnowledgeGraph:
    """Things, facts and the sentences that tell them; made by :func:`kg.build` or :func:`kg.load`.

    It never changes: what narrows or joins graphs gives a new one. It iterates over its facts, ``len`` counts
    them, ``in`` asks for a thing by any of its names. In a notebook it shows itself as an interactive picture.

    Args:
        knowledge: the data, in the types of :mod:`kg.model`.
        base_iri: what the ids of things follow in RDF.
        built: what else the build told; None for a graph that was loaded.

    >>> import kg
    >>> graph = kg.build(["乌镇互联网医院院长张群华出席第四届世界互联网大会。"])
    >>> for fact in graph.facts(predicate="worksFor"):
    ...     print(fact)
    张群华 —worksFor→ 乌镇互联网医院（院长）
    """

    knowledge: Knowledge
    base_iri: str = KGR
    built: BuildResult | None = field(default=None, compare=False)

    def __len__(self) -> int:
        return len(self.knowledge.statements)

    def __bool__(self) -> bool:
        return bool(self.knowledge.entities)

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._facts)

    def __contains__(self, name: object) -> bool:
        """Whether a thing is called ``name``, or a fact of this graph is given."""
        from kg.query import find_things

        if isinstance(name, Fact):
            return name in self._facts
        return isinstance(name, str) and bool(find_things(self._store, name))

    def __repr__(self) -> str:
        counts = (len(self.documents), len(self.entities), len(self))
        return "<KnowledgeGraph: {:,} documents, {:,} things, {:,} facts>".format(*counts)

    def __reduce__(self) -> tuple[object, ...]:
        # the open store and other things made on the way stay behind
        return KnowledgeGraph, (self.knowledge, self.base_iri, self.built)

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The things, by id."""
        return self.knowledge.entities

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents, by id; without their texts where the graph was loaded."""
        return self.knowledge.documents

    @property
    def rejected(self) -> tuple[Rejected, ...]:
        """What looked like a fact and was none, with the reason; empty for a graph that was loaded."""
        return self.built.rejected if self.built else ()

    @property
    def log(self) -> tuple[ResolutionEvent, ...]:
        """What was merged and kept apart, with the reason; empty for a graph that was loaded."""
        return self.built.log if self.built else ()

    @property
    def report(self) -> dict[str, object]:
        """Counts and times of the build, as in ``report.json``; empty for a graph that was loaded."""
        return deepcopy(self.built.report) if self.built else {}

    def find(self, name: str) -> Entity:
        """The one thing that is called ``name``: a label, another form of it, or an IRI.

        Raises:
            QueryError: where nothing is called so, or several things are.
        """
        from kg.query import find_thing

        return self._things[find_thing(self._store, name).iri.removeprefix(self.base_iri)]

    def facts(self, thing: str | None = None, *, predicate: str | None = None) -> Facts:
        """The facts, or those of one thing, at either end, or of one predicate (and its subproperties).

        Raises:
            QueryError: where nothing, or more than one thing, is called ``thing``.
            OntologyError: where the ontology has no such predicate.
        """
        chosen = self._facts
        if thing is not None:
            found = self.find(thing)
            chosen = tuple(f for f in chosen if found in (f.subject, f.object))
        if predicate is not None:
            schema = load_schema()
            below = {name for name, each in schema.properties.items() if predicate in each.ancestors}
            below |= {predicate} if predicate in {f.predicate for f in chosen} else {schema.property_(predicate).name}
            chosen = tuple(f for f in chosen if f.predicate in below)
        return Facts(chosen)

    def timeline(self, thing: str | None = None) -> Facts:
        """The facts that have a date, of one thing or all, by date; see :attr:`kg.Fact.date`."""
        dated = (fact for fact in self.facts(thing) if fact.date)
        return Facts(tuple(sorted(dated, key=lambda fact: fact.date or "")))

    def query(self, query: str, /, **values: str) -> QueryResult:
        """Asks in SPARQL; prefixes of the ontology (``kgo:``) and schema.org need no declaration.

        Args:
            query: SPARQL, a .rq file, or the name of a bundled question, such as ``who-spoke-at``.
            values: for the query's parameters (``$forum``): of a thing its name or IRI, else a text or number.

        Raises:
            QueryError: where the query does not parse or can't be run, or a value does not fit.
        """
        from kg.query import ask

        return result_of(ask(self._store, query, values))

    def explain(self, one: str, other: str | None = None) -> MarkedExplanation:
        """Why the graph says so: the facts of a thing, or between two, each with its marked sentences.

        Raises:
            QueryError: where nothing, or more than one thing, has such a name.
        """
        from kg.explain import explain

        return MarkedExplanation.of(explain(self._store, one, other, log=self.log))

    def neighbors(self, name: str, *, predicate: str | None = None) -> tuple[Entity, ...]:
        """The things that share a fact with a thing, by their names.

        Args:
            name: of the thing.
            predicate: where given, only facts of this predicate count.

        Raises:
            QueryError: where nothing, or more than one thing, has such a name.
        """
        links = self._links.get(self.find(name).id, ())
        near = {other for other, fact in links if predicate in (None, fact.predicate)}
        return tuple(sorted((self._things[id] for id in near), key=lambda e: (e.label, e.id)))

    def subgraph(self, *names: str, hops: int = 1) -> KnowledgeGraph:
        """The graph of the things at most ``hops`` facts away from the named ones, and their facts.

        Raises:
            QueryError: where nothing, or more than one thing, has such a name.
        """
        from kg.api.walking import part_of, within

        things = within(self._links, [self.find(name).id for name in names], hops)
        return KnowledgeGraph(part_of(self.knowledge, things), self.base_iri)

    def path(self, one: str, other: str) -> Facts:
        """A shortest chain of facts from one thing to another, whichever way each fact points; empty if none.

        Raises:
            QueryError: where nothing, or more than one thing, has such a name.
        """
        from kg.api.walking import shortest

        return Facts(facts_of(self.knowledge, shortest(self._links, self.find(one).id, self.find(other).id)))

    def merge(self, other: KnowledgeGraph) -> KnowledgeGraph:
        """Both graphs as one: what has one id is one thing, and so is what one graph knows as an alias.

        A build of all texts together sees more (editions, persons of one name): prefer it where texts are at hand.

        Raises:
            InputError: where a document's id means different documents, or the base IRIs differ.
        """
        from kg.api.merging import merge

        if self.base_iri != other.base_iri:
            raise InputError(f"base IRIs differ: {self.base_iri} and {other.base_iri}; build both with one --base-iri")
        return KnowledgeGraph(merge(self.knowledge, other.knowledge), self.base_iri)

    def to_networkx(self) -> networkx.MultiDiGraph:
        """The graph for networkx: an edge a fact between things, its key the predicate.

        Nodes have ``label``, ``type`` (top class), ``class``, ``aliases`` and what was told of them in words,
        dates and numbers (``startDate``, ``theme``); edges ``predicate``, ``label`` (in Chinese), ``role``,
        ``date``, ``confidence``, ``document`` and ``evidence`` (sentences). Ids and attributes are text,
        ``confidence`` a float; several values stand side by side as ``a | b``. GraphML and GEXF take it as it is.
        """
        from kg.api.networks import to_multigraph

        return to_multigraph(self.knowledge, load_schema())

    def project(self, of: str = "Person", through: str = "attends") -> networkx.Graph:
        """A simple weighted graph: things of a class, linked where they share something.

        By default people, linked by the forums that both attended (or spoke at). An edge has ``weight``, how
        many they share; ``strength``, where each shared thing counts 1/(n-1) for its n members, so that a
        congress of hundreds ties less than a round table (Newman, Phys. Rev. E 64, 016132, 2001); ``shared``,
        the names. Who shares nothing is a node without edges.

        Args:
            of: a class of the ontology, its subclasses included.
            through: a property that leads from these to what they share, its subproperties included.

        Raises:
            OntologyError: where there is no such class or property, or it leads to words.
        """
        from kg.api.networks import project

        return project(self.knowledge, load_schema(), of, through)

    def to_pandas(self, what: Frame = "facts") -> pandas.DataFrame:
        """The graph as a frame.

        Args:
            what: ``facts`` (subject, predicate, object, role, date, confidence, document, sentence and more),
                ``entities`` (id, label, type, class, aliases, facts) or ``evidence`` (a row a sentence of a
                fact, with document, offsets, rule and the words that named the ends).

        Raises:
            InputError: where pandas is not installed, or there is no such frame.
        """
        from kg.api.frames import entities_frame, evidence_frame, facts_frame

        if what == "facts":
            return facts_frame(self._facts)
        if what == "entities":
            return entities_frame(self.knowledge)
        if what == "evidence":
            return evidence_frame(self._facts, self.knowledge)
        raise InputError(f"{what}: no such frame; there are: facts, entities, evidence")

    @property
    def rdf(self) -> Graph:
        """The graph for rdflib; a new one at each access, so keep it in a variable."""
        from kg.rdf import to_triples
        from kg.rdf.bridge import to_rdflib

        return to_rdflib(to_triples(self.knowledge, base_iri=self.base_iri))

    def save(self, path: str | Path) -> Path:
        """Writes the graph, whole or not at all: Turtle, or the page where ``path`` ends in .html.

        For other formats see ``kg export``.

        Raises:
            OutputError: where it can't be written.
        """
        from kg.api.writing import save

        return save(self, Path(path))

    @overload
    def to_html(self, path: None = None) -> str: ...
    @overload
    def to_html(self, path: str | Path) -> None: ...
    def to_html(self, path: str | Path | None = None) -> str | None:
        """The interactive page, as one file that needs no network; the text itself where no path is given."""
        from kg.api.writing import page_of, write_page

        if path is None:
            return page_of(self)
        write_page(self, Path(path))
        return None

    def _repr_html_(self) -> str:
        from kg.api.writing import fragment_of

        return fragment_of(self)

    @cached_property
    def _facts(self) -> tuple[Fact, ...]:
        return facts_of(self.knowledge)

    @cached_property
    def _things(self) -> dict[str, Entity]:
        return {entity.id: entity for entity in self.knowledge.entities}

    @cached_property
    def _links(self) -> Links:
        from kg.api.walking import links_of

        return links_of(self.knowledge)

    @cached_property
    def _store(self) -> OpenGraph:
        from kg.query import open_turtle
        from kg.rdf import write_turtle

        return open_turtle(write_turtle(self.knowledge, base_iri=self.base_iri))
