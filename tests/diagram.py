"""The README's picture of the ontology, drawn from ontology/kg.ttl: ``make docs`` writes it anew."""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

from kg.model import ENTITY_TYPES
from kg.schema import load_schema

BEGIN, END = "<!-- ontology: written by make docs -->", "<!-- /ontology -->"
_ENDS = (*ENTITY_TYPES, "ForumSeries", "Specification")


def diagram() -> str:
    """Mermaid: classes with their subclasses, properties as arrows, literal properties inside."""
    schema = load_schema()
    arrows: dict[tuple[str, str], list[str]] = defaultdict(list)
    literals: dict[str, list[str]] = defaultdict(list)
    for name, property_ in schema.properties.items():
        for domain in property_.domain:
            if domain not in _ENDS:
                continue
            ends = [end for end in property_.range if end in _ENDS]
            for end in ends:
                arrows[domain, end].append(name)
            if not ends:
                literals[domain].append(name)
    lines = ["```mermaid", "classDiagram"]
    for name in _ENDS:
        below = sorted(c for c in schema.classes if c != name and name in schema.classes[c].ancestors)
        inside = [f"    {p}" for p in sorted(literals[name])]
        lines += [f"  class {name} {{", *inside, "  }"] if inside else [f"  class {name}"]
        lines += [f'  note for {name} "{", ".join(below)}"'] if below else []
    lines += [f"  {a} --> {b} : {', '.join(sorted(names))}" for (a, b), names in sorted(arrows.items())]
    return "\n".join([*lines, "```"])


def written(readme: str) -> str:
    """The README with the diagram of today between its two marks."""
    before, _, rest = readme.partition(BEGIN)
    return f"{before}{BEGIN}\n{diagram()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    path = Path(sys.argv[-1])
    path.write_text(written(path.read_text("utf-8")), "utf-8")
