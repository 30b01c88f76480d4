"""Names for nodes: legible, safe in every RDF parser, made of content alone.

An id is the part of an IRI after the base: ``person/张群华``. The same content gives the same id
whatever the order of documents, the process or the Python version; different content gives
different ones.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2s

from kg.model import Evidence, Span, Value

KGR = "https://example.org/kg/id/"
"""The namespace of things (``kgr:``) where ``--base-iri`` gives no other; example.org is the reserved placeholder."""

_LONGEST = 60
"""Characters of a slug: longer names are cut and told apart by their hash."""

# Letters and digits that are legal, unescaped, in IRIs (RFC 3987) and in Turtle's local names.
# Listed by block rather than asked of unicodedata, whose categories grow with Python's version.
_LEGIBLE = (
    r"0-9A-Za-z"
    r"\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u024F"  # Latin with diacritics
    r"\u0391-\u03C9\u0410-\u044F\u0401\u0451"  # Greek, Cyrillic
    r"\u3005-\u3007\u3041-\u3096\u30A1-\u30FA\u30FC"  # 々〆〇, kana
    r"\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\U00020000-\U0002FFFD\U00030000-\U0003FFFD"  # Han
    r"\uAC00-\uD7A3"  # Hangul
)
_NOT_LEGIBLE = re.compile(rf"[^{_LEGIBLE}·_-]+")
PLAIN_LOCAL = re.compile(rf"[{_LEGIBLE}](?:[{_LEGIBLE}·_-]*[{_LEGIBLE}_-])?")
"""A local name that Turtle takes without an escape."""

_LOOKS_HASHED = re.compile(r"-[0-9a-f]{10}$")


def entity_id(type: str, key: str) -> str:
    """The id of a thing: its type and a legible form of ``key``.

    Args:
        type: the top class (``Person``, ``ForumSeries``).
        key: what tells it from all other things of its type; mostly its canonical name.

    A hash of the key follows wherever the legible form lost something, so two keys never share an id.

    >>> entity_id("Person", "张群华")
    'person/张群华'
    >>> entity_id("Product", "Mate 10")
    'product/Mate_10'
    >>> entity_id("Forum", "“互联网之光”博览会")
    'forum/互联网之光-博览会-51bbc65686'
    """
    return f"{id_folder(type)}/{_slug(key)}"


def id_folder(cls: str) -> str:
    """What the ids of a top class begin with: ``forum-series`` for ``ForumSeries``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", cls).lower()


def document_id(id: str) -> str:
    """The id of the node of the document called ``id``."""
    return entity_id("Document", id)


def statement_id(subject: str, predicate: str, object: str | Value) -> str:
    """The id of the one statement that says so."""
    end = _value_key(object) if isinstance(object, Value) else ("node", object)
    return f"statement/{_hash((subject, predicate, *end), 16)}"


def evidence_id(evidence: Evidence) -> str:
    """The id of this stretch of this document, as read by this rule."""
    marks = tuple(_span_key(span) for span in (evidence.subject, evidence.object, evidence.trigger))
    return f"evidence/{_hash((evidence.doc_id, _span_key(evidence.span), evidence.text, evidence.rule, *marks), 16)}"


def specification_id(value: Value) -> str:
    """The id of the node of a specification; one node for one measure, whatever has it."""
    return f"specification/{_slug(value.text, always_hash=_value_key(value))}"


def _value_key(value: Value) -> tuple[str, ...]:
    return (value.kind, value.text, *(part for pair in value.parts for part in pair))


def _span_key(span: Span | None) -> str:
    return f"{span.start},{span.end}" if span else ""


def _slug(key: str, always_hash: tuple[str, ...] | None = None) -> str:
    # a space becomes _, as in Wikipedia's addresses; a _ of the key itself is a loss, to keep the two apart
    plain = _NOT_LEGIBLE.sub("-", unicodedata.normalize("NFKC", key.replace("_", "-")).replace(" ", "_"))
    slug = plain[:_LONGEST].strip("-_·")
    if slug and slug.replace("_", " ") == key and not always_hash and not _LOOKS_HASHED.search(slug):
        return slug
    return f"{slug}-{_hash(always_hash or (key,), 10)}".lstrip("-")


def _hash(parts: tuple[str, ...], digits: int) -> str:
    """Hex digits of BLAKE2s (RFC 7693) over ``parts``, each with its length so that no two lists run together."""
    data = b"".join(b"%d:%s" % (len(raw), raw) for raw in (part.encode("utf-8", "surrogatepass") for part in parts))
    return blake2s(data).hexdigest()[:digits]
