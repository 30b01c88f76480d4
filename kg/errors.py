"""The errors that a user can cause and mend.

Every message says place, problem and remedy in one line:
``seeds/lexicon/titles.tsv:12: unknown type 'Compnay'; known: Company, …``.
Anything that is not a :class:`KgError` is a bug and keeps its traceback.
"""

from __future__ import annotations


class KgError(Exception):
    """Base of all; the command line prints it on stderr and exits with 1."""


class InputError(KgError):
    """A text, a table or a path that can't be read."""


class SeedError(KgError):
    """A lexicon row, a pattern or a model that can't be used."""


class OntologyError(KgError):
    """A class or property that the ontology lacks or contradicts."""


class QueryError(KgError):
    """A query that can't be parsed or run, or a name that is not in the graph."""


class OutputError(KgError):
    """A result that can't be written."""
