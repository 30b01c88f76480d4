"""The words of RDF: namespaces, and literals that every parser reads back as they were written."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from kg.errors import InputError, OutputError
from kg.schema import KGO

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SCHEMA = "https://schema.org/"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
DCTERMS = "http://purl.org/dc/terms/"

PREFIXES = {
    "dcterms": DCTERMS,
    "kgo": KGO,
    "nif": NIF,
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": XSD,
}
"""The vocabularies of a graph, by prefix; each file declares all of them, so that diffs stay small."""

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DATE_TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_DATE_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
# no plus and no leading zero: rdflib rewrites those as it reads
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")


@lru_cache(maxsize=1024)
def term(curie: str) -> NamedNode:
    """The node of a vocabulary's term, ``rdfs:label``."""
    prefix, _, local = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def check_base(base_iri: str) -> str:
    """``base_iri`` itself, where ids can follow it.

    Raises:
        InputError: where it is no absolute IRI or ends in neither / nor #.
    """
    try:
        NamedNode(base_iri)
    except ValueError as error:
        raise InputError(f"--base-iri {base_iri!r}: {error}; give one like https://example.org/kg/id/") from error
    if base_iri[-1] not in "/#" or base_iri.startswith(KGO):
        raise InputError(f"--base-iri {base_iri!r}: ids can't follow it; end it with / (and keep it apart from {KGO})")
    return base_iri


def clean(text: str) -> str:
    """``text`` without what RDF/XML can't hold: such a character becomes U+FFFD.

    These are the control characters other than tab and line ends, lone surrogates, U+FFFE and U+FFFF.
    One character replaces one, so offsets stay true. The alternative, an escape in Turtle alone, lost:
    raptor refuses it and no conversion to XML, GraphML or GEXF would work.
    """
    return _NOT_IN_XML.sub("\ufffd", text)


def chinese(text: str) -> Literal:
    """Words of the news or of a lexicon: always ``@zh``, even where a name is in Latin letters."""
    return Literal(clean(text), language="zh")


def plain(text: str) -> Literal:
    """An identifier or other string that is in no language."""
    return Literal(clean(text))


def typed(text: str, datatype: str) -> Literal:
    """A literal of a datatype of XML Schema, such as ``decimal``."""
    return Literal(text, datatype=term(f"xsd:{datatype}"))


def number(text: str) -> Literal:
    """A number in the digits given: an xsd:integer where it is whole, else an xsd:decimal.

    A whole xsd:decimal lost: rdflib saves ``411`` as ``411.0``.

    Raises:
        OutputError: where ``text`` is no plain decimal number.
    """
    found = _DECIMAL.fullmatch(text)
    if not found:
        raise OutputError(f"number {text!r}: is no decimal number; write digits and at most one point")
    return typed(text, "decimal" if found[2] else "integer")


def number_or_plain(text: str) -> Literal:
    """A number where ``text`` is one, else a string; both keep their characters."""
    return number(text) if _DECIMAL.fullmatch(text) else plain(text)


def moment(text: str) -> Literal:
    """A date of the precision that ``text`` has: xsd:gYear, gYearMonth, date or dateTime.

    Raises:
        OutputError: where ``text`` is no date of ISO 8601.
    """
    found = moment_or_none(text)
    if found is None:
        raise OutputError(f"date {text!r}: is no date; write 2017, 2017-12, 2017-12-03 or 2017-12-03T10:30:00+08:00")
    return found


def moment_or_none(text: str) -> Literal | None:
    """As :func:`moment`, or None where ``text`` is no date."""
    try:
        if _DATE.fullmatch(text):
            date.fromisoformat(f"{text}-01-01"[:10])
            return typed(text, _DATE_TYPES[len(text)])
        if _DATE_TIME.fullmatch(text):
            datetime.fromisoformat(text)
            return typed(text, "dateTime")
    except ValueError:
        return None
    return None
