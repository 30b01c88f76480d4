"""Which forums are editions of a series that the graph has as a node of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from kg.resolution.clusters import Clusters
from kg.resolution.editions import Identity, Series


@dataclass(frozen=True, slots=True)
class ForumRole:
    """What a forum is in its series; ``series`` is its label where the series is a node."""

    identity: Identity | None
    series: str | None


@dataclass(slots=True)
class ForumRoles:
    """The roles of all forums.

    Args:
        forums: cluster -> its role.
        members: label of a series -> occurrences that mean the series itself.
        series_nodes: all of those.
    """

    forums: dict[int, ForumRole] = field(default_factory=dict)
    members: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    series_nodes: set[int] = field(default_factory=set)


def forum_roles(
    placed: Mapping[int, Series],
    clusters: Clusters,
    label_of: Callable[[int], str | None],
    with_facts: Collection[int],
) -> ForumRoles:
    """Finds the series worth a node: those with two editions, or named by themselves beside an edition.

    A name without edition that says facts (held where, by whom) speaks of some edition: it stays a
    forum of the series, since a series takes no part in such facts.
    """
    roles = ForumRoles()
    for root, series in placed.items():
        identities = {clusters.find(node): identity for node, identity in series.identities.items()}
        label = label_of(root)
        numbered = any(identity.edition for identity in identities.values())
        several = len(identities) > 1 or (bool(identities) and bool(series.bare))
        named = label if several and (numbered or len(identities) > 1) else None
        for cluster, identity in identities.items():
            roles.forums.setdefault(cluster, ForumRole(identity, named))
        if named:
            roles.members.setdefault(named, [])
            for node in series.bare:
                if node in with_facts:
                    roles.forums.setdefault(clusters.find(node), ForumRole(None, named))
                else:
                    roles.members[named].append(node)
                    roles.series_nodes.add(node)
    return roles
