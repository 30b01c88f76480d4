"""The words of a SPARQL text, as far as parameters and safety need them: no parser, a tokenizer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.errors import QueryError

# The order matters: what stands in an IRI, a string or a comment is no parameter and no keyword.
_TOKEN = re.compile(
    r"""
      (?P<iri> < (?: [^<>"{}|^`\\\x00-\x20] | \\u[0-9A-Fa-f]{4} | \\U[0-9A-Fa-f]{8} )* > )
    | (?P<string> \"{3} (?: \"{0,2} (?: [^"\\] | \\. ) )* \"{3}
                | '{3} (?: '{0,2} (?: [^'\\] | \\. ) )* '{3}
                | " (?: [^"\\\n\r] | \\. )* "
                | ' (?: [^'\\\n\r] | \\. )* ' )
    | (?P<comment> \# [^\n\r]* )
    | (?P<language> @ [A-Za-z][A-Za-z0-9-]* )
    | (?P<name> [\w.-]* : (?: [\w.:·-] | %[0-9A-Fa-f]{2} | \\. )* )
    | (?P<parameter> \$ [\w·]+ )
    | (?P<variable> \? [\w·]+ )
    | (?P<word> \w+ )
    | (?P<bracket> [][(){}] )
    | (?P<operator> [-+*/|&!^] )
    """,
    re.VERBOSE | re.DOTALL,
)
# `1<2)SERVICE#>` is an IRI to this tokenizer and a comparison to a parser; an expression ends in a bracket
_SERVICE_IN_IRI = re.compile(r"\).*service", re.IGNORECASE)
# pyoxigraph's parser calls itself for each, and ends the process where the stack does: in 8 MB, at some 3,000
_DEEPEST, _LONGEST_CHAIN = 300, 2000
_LINKS = frozenset(("BIND", "EXISTS", "FILTER", "MINUS", "OPTIONAL", "UNION"))


def parameters(text: str) -> tuple[str, ...]:
    """The names of the parameters (``$forum``) in a query, in order, each once.

    >>> parameters('SELECT ?p { ?p kgo:attends $forum . ?p rdfs:label "$no" } # $no')
    ('forum',)
    """
    return tuple(dict.fromkeys(found[0][1:] for found in _tokens(text) if found.lastgroup == "parameter"))


def fill(text: str, values: Mapping[str, str]) -> str:
    """``text`` with terms of SPARQL in the place of parameters; others stay, and are variables.

    Args:
        text: the query.
        values: by name, a term as N-Triples spells it; nothing is escaped here.
    """
    pieces, last = [], 0
    for found in _tokens(text):
        if found.lastgroup == "parameter" and found[0][1:] in values:
            pieces += [text[last : found.start()], values[found[0][1:]]]
            last = found.end()
    return "".join([*pieces, text[last:]])


def refuse_service(text: str, place: str) -> None:
    """Stops a query that would call another server: kg uses no network.

    Raises:
        QueryError: where it holds SERVICE.
    """
    for found in _tokens(text):
        kind, token = found.lastgroup, found[0]
        if (kind == "word" and token.upper() == "SERVICE") or (kind == "iri" and _SERVICE_IN_IRI.search(token)):
            line = text.count("\n", 0, found.start()) + 1
            raise QueryError(f"{place}:{line}: SERVICE asks another server; kg answers from this graph alone, drop it")


def refuse_too_deep(text: str, place: str) -> None:
    """Stops what the parser would end the process for.

    Raises:
        QueryError: where brackets are nested, or operators and clauses strung together, beyond all use.
    """
    depth = links = 0
    for found in _tokens(text):
        kind, token = found.lastgroup, found[0]
        deepest, problem = depth, ""
        if kind in ("bracket", "iri"):  # an IRI to this tokenizer may be a comparison
            deepest = depth + sum(map(token.count, "([{"))
            depth = max(deepest - sum(map(token.count, ")]}")), 0)
        elif kind == "operator" or (kind == "word" and token.upper() in _LINKS):
            links += 1
        if deepest > _DEEPEST:
            problem = f"brackets nested more than {_DEEPEST} deep"
        elif links > _LONGEST_CHAIN:
            problem = f"more than {_LONGEST_CHAIN} operators and clauses"
        if problem:
            line = text.count("\n", 0, found.start()) + 1
            raise QueryError(f"{place}:{line}: {problem}; ask in several queries, or list values by VALUES")


def _tokens(text: str) -> Iterator[re.Match[str]]:
    return _TOKEN.finditer(text)
