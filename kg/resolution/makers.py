"""Who makes a product tells it from others of its name.

A search dog called 摆渡 and a film of that name have makers that no text ever brings together. Makers
that some text names side by side may well make one thing together (a company and its laboratory, an
author and a publisher): they are one circle, and products are kept apart only across circles.
"""

from __future__ import annotations

from kg.resolution.clusters import Clusters
from kg.resolution.homonyms import ANCHORS
from kg.resolution.reading import Reading


def mark_makers(reading: Reading, clusters: Clusters) -> None:
    """Marks each product of which a document tells the maker with the maker's circle.

    Args:
        reading: all documents.
        clusters: the things; organizations must have been linked.
    """
    first: dict[tuple[str, str | int], int] = {}
    standing: list[int] = []
    for node, occurrence in enumerate(reading.occurrences):
        person = occurrence.type == "Person"
        key: tuple[str, str | int] = ("Person", occurrence.key) if person else ("", clusters.find(node))
        standing.append(first.setdefault(key, node))
    makers: dict[int, list[int]] = {}
    for document in reading.documents:
        for maker, relation, product in document.relations:
            if ("object", relation.predicate) in ANCHORS["Product"] and isinstance(product, int):
                makers.setdefault(product, []).append(standing[maker])
    making = {maker for found in makers.values() for maker in found}
    circles = Clusters(len(reading.occurrences))
    for document in reading.documents:
        together = [standing[o] for o in document.occurrences if standing[o] in making]
        for other in together[1:]:
            circles.join(together[0], other)
    for product, found in makers.items():
        clusters.mark(product, {"maker": reading.occurrences[circles.find(found[0])].name})
