"""How much and how many: measures, counts and measured properties of Chinese news.

``find_quantities`` finds every number with a unit or a classifier in one linear pass; ``find_counts`` keeps
those that count people, bodies or places and adds their nouns (411家企业); ``find_specifications`` adds the
name of what is measured (内弯半径=3mm); ``find_quantity_values`` does both for a document.
"""

from kg.quantities.counts import Count, find_counts
from kg.quantities.measures import Quantity, find_quantities
from kg.quantities.specifications import Specification, find_specifications
from kg.quantities.values import find_quantity_values

__all__ = [
    "Count",
    "Quantity",
    "Specification",
    "find_counts",
    "find_quantities",
    "find_quantity_values",
    "find_specifications",
]
