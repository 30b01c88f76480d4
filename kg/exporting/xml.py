"""GraphML and GEXF, for Gephi, Cytoscape, yEd and networkx.

Written here: networkx puts the day's date into GEXF, and takes several times as long.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from kg.exporting.network import Network, NetworkEdge, NetworkNode
from kg.rdf.terms import clean

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NODE_FIELDS = {"label": "string", "type": "string", "class": "string", "aliases": "string"}
_EDGE_FIELDS = {
    "predicate": "string",
    "label": "string",
    "confidence": "double",
    "role": "string",
    "date": "string",
    "amount": "string",
    "sources": "int",
    "documents": "string",
    "sentences": "string",
}
_JOINED = " | "


def graphml(network: Network) -> Iterator[str]:
    """GraphML: a directed graph that may have several edges between two nodes."""
    fields = {"node": {**_NODE_FIELDS, **dict.fromkeys(network.predicates, "string")}, "edge": _EDGE_FIELDS}
    yield _HEAD + '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for kind, of_kind in fields.items():
        for name, type in of_kind.items():
            key = _attribute(f"{kind}-{name}")
            yield f'<key id={key} for="{kind}" attr.name={_attribute(name)} attr.type="{type}"/>\n'
    yield '<graph id="kg" edgedefault="directed">\n'
    for node in network.nodes:
        yield f"<node id={_attribute(node.id)}>{_data('node', _node_values(node))}</node>\n"
    for number, edge in enumerate(network.edges):
        ends = f"source={_attribute(edge.source)} target={_attribute(edge.target)}"
        yield f'<edge id="e{number}" {ends}>{_data("edge", _edge_values(edge))}</edge>\n'
    yield "</graph>\n</graphml>\n"


def gexf(network: Network) -> Iterator[str]:
    """GEXF 1.2, Gephi's own; occasions and dated facts have a time, for its timeline."""
    fields = {**_NODE_FIELDS, **dict.fromkeys(network.predicates, "string")}
    del fields["label"]  # an attribute of the element itself
    yield _HEAD + '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
    yield '<graph defaultedgetype="directed" mode="dynamic" timeformat="date">\n'
    yield _declared("node", fields)
    edge_fields = {name: type for name, type in _EDGE_FIELDS.items() if name != "label"}
    yield _declared("edge", edge_fields)
    yield "<nodes>\n"
    for node in network.nodes:
        head = f"id={_attribute(node.id)} label={_attribute(node.label)}{_time(*_days(node))}"
        yield f"<node {head}>{_attvalues('node', fields, _node_values(node))}</node>\n"
    yield "</nodes>\n<edges>\n"
    for number, edge in enumerate(network.edges):
        ends = f"source={_attribute(edge.source)} target={_attribute(edge.target)} label={_attribute(edge.label)}"
        time = _time(edge.date, edge.date)
        yield f'<edge id="e{number}" {ends}{time}>{_attvalues("edge", edge_fields, _edge_values(edge))}</edge>\n'
    yield "</edges>\n</graph>\n</gexf>\n"


def _node_values(node: NetworkNode) -> dict[str, str]:
    known = {"label": node.label, "type": node.type, "class": node.cls, "aliases": _JOINED.join(node.aliases)}
    return {**known, **{name: _JOINED.join(texts) for name, texts in node.values}}


def _edge_values(edge: NetworkEdge) -> dict[str, str]:
    return {
        "predicate": edge.predicate,
        "label": edge.label,
        "confidence": "" if edge.confidence is None else f"{edge.confidence:g}",
        "role": edge.role,
        "date": edge.date,
        "amount": edge.amount,
        "sources": str(len(set(edge.documents))),
        "documents": _JOINED.join(dict.fromkeys(edge.documents)),
        "sentences": _JOINED.join(dict.fromkeys(edge.sentences)),
    }


def _data(kind: str, values: Mapping[str, str]) -> str:
    return "".join(
        f"<data key={_attribute(f'{kind}-{name}')}>{escape(clean(text), _RETURN)}</data>"
        for name, text in values.items()
        if text
    )


def _declared(kind: str, fields: Mapping[str, str]) -> str:
    names = {"int": "integer"}
    rows = "".join(
        f'<attribute id="{kind}-{number}" title={_attribute(name)} type="{names.get(type, type)}"/>\n'
        for number, (name, type) in enumerate(fields.items())
    )
    return f'<attributes class="{kind}" mode="static">\n{rows}</attributes>\n'


def _attvalues(kind: str, fields: Mapping[str, str], values: Mapping[str, str]) -> str:
    rows = "".join(
        f'<attvalue for="{kind}-{number}" value={_attribute(values[name])}/>'
        for number, name in enumerate(fields)
        if values.get(name)
    )
    return f"<attvalues>{rows}</attvalues>"


def _days(node: NetworkNode) -> tuple[str, str]:
    """When a node begins and ends: an occasion's days; a product has no end."""
    starts, ends = node.value("startDate"), node.value("endDate")
    if node.value("releaseDate"):
        return min(node.value("releaseDate")), ""
    return min(starts, default=""), max(ends, default=max(starts, default=""))


def _time(start: str, end: str) -> str:
    """The attributes of time; Gephi wants whole days, so a month or year is filled up."""
    first = f' start="{_day(start, last=False)}"' if start else ""
    return first + (f' end="{_day(end, last=True)}"' if end else "")


def _day(date: str, *, last: bool) -> str:
    year, month, day = [*date[:10].split("-"), "", ""][:3]
    month = month or ("12" if last else "01")
    if not day:
        day = f"{calendar.monthrange(int(year), int(month))[1]:02}" if last else "01"
    return f"{year}-{month}-{day}"


_RETURN = {"\r": "&#13;"}


def _attribute(text: str) -> str:
    return quoteattr(clean(text), {"\r": "&#13;"})
