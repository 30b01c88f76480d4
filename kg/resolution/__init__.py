"""One thing, one node: brings the names of all documents together and says why."""

from kg.resolution.events import ResolutionEvent
from kg.resolution.resolver import Resolution, resolve

__all__ = ["Resolution", "ResolutionEvent", "resolve"]
