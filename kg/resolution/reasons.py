"""Why a thing goes by each of its names, told from the log of resolution."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from kg.errors import InputError
from kg.resolution.events import ResolutionEvent
from kg.resolution.forums import parse_forum
from kg.resolution.names import fold

LOG = "resolution.jsonl"
SPELLING = "another spelling"
SHORT_FORM = "so called in a text that names it in full"


def read_log(graph: Path) -> tuple[ResolutionEvent, ...]:
    """The log beside a graph that ``kg build`` wrote; empty where there is none.

    Args:
        graph: the folder, or the ``graph.ttl`` in it.

    Raises:
        InputError: where a line is none of the log's.
    """
    place = graph / LOG if graph.is_dir() else graph.with_name(LOG)
    if not place.is_file() or not (graph.is_dir() or graph.name == "graph.ttl"):
        return ()
    events = []
    try:
        lines = place.read_text("utf-8").split("\n")  # a name may hold the other line ends
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{place}: can't be read ({error}); build the graph again") from error
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        try:
            row = json.loads(line)
            events.append(
                ResolutionEvent(
                    kind=row["kind"],
                    type=row["type"],
                    names=tuple(row["names"]),
                    features=tuple(row["features"]),
                    detail=row["detail"],
                )
            )
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise InputError(f"{place}:{number}: no line of the log ({error!r}); build the graph again") from error
    return tuple(events)


def alias_reasons(label: str, aliases: Iterable[str], log: Iterable[ResolutionEvent]) -> dict[str, str]:
    """Alias -> why it is a name of the thing.

    Example:
        >>> merge = ResolutionEvent(
        ...     kind="merge", type="Organization", names=("青澜科技", "青澜"), features=("trade word",), detail="…"
        ... )
        >>> alias_reasons("青澜科技", ["青澜", "「青澜」科技"], [merge])
        {'青澜': 'trade word: …', '「青澜」科技': 'another spelling'}
    """
    given = list(aliases)
    own = {_key(name) for name in (label, *given)}
    found: dict[str, ResolutionEvent] = {}
    for event in log:
        if event.kind == "merge" or (event.kind == "override" and event.type == "same-as"):
            keys = [_key(name) for name in event.names]
            if own.issuperset(keys) or (event.kind == "override" and len(own.intersection(keys)) > 1):
                for key in keys[event.kind == "merge" :]:
                    found.setdefault(key, event)
    reasons = {}
    for alias in given:
        event_of = found.get(_key(alias))
        if fold(alias) == fold(label) or (event_of is None and _key(alias) == _key(label)):
            reasons[alias] = SPELLING
        elif event_of is None:
            # the other name of a pair of which the alias is the fuller one
            event_of = next((e for e in log if e.kind == "merge" and _key(e.names[0]) == _key(alias)), None)
            reasons[alias] = _told(event_of) if event_of else SHORT_FORM
        else:
            reasons[alias] = _told(event_of)
    return reasons


def _key(name: str) -> str:
    """Names of forums are linked by their series: without edition, year and motto."""
    return parse_forum(name).base or fold(name)


def _told(event: ResolutionEvent) -> str:
    features = ", ".join(event.features)
    return event.detail if features in event.detail else f"{features}: {event.detail}"
