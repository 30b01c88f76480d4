"""Reads and checks the data that teaches kg to read: ``seeds/lexicon``.

``load_lexicon`` gives names and word lists; ``tables`` reads a table, ``names``, ``words``
and ``classes`` know what must stand in it.
"""

from kg.seeds.classes import known_classes
from kg.seeds.lexicon import Lexicon, load_lexicon, read_lexicon
from kg.seeds.names import Name, NameRef
from kg.seeds.words import Anaphor, Head, WordLists

__all__ = [
    "Anaphor",
    "Head",
    "Lexicon",
    "Name",
    "NameRef",
    "WordLists",
    "known_classes",
    "load_lexicon",
    "read_lexicon",
]
