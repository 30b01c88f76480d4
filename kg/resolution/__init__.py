"""One thing, one node: brings the names of all documents together and says why.

``resolve`` reads the extractions of all documents and gives the graph, a log of every merge,
refusal and split, and the thing that each name of each document became. ``read_overrides``
reads what the user knows better. ``read_log`` reads the log back, ``alias_reasons`` tells of
a thing's names why they are its.
"""

from kg.resolution.events import ResolutionEvent
from kg.resolution.overrides import Overrides, read_overrides
from kg.resolution.reasons import alias_reasons, read_log
from kg.resolution.resolver import Resolution, resolve

__all__ = ["Overrides", "Resolution", "ResolutionEvent", "alias_reasons", "read_log", "read_overrides", "resolve"]
