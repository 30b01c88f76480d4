"""Asks a graph in SPARQL: pyoxigraph inside, in memory or on disk.

    graph = open_graph("out")
    for person, role in ask(graph, "who-spoke-at", {"forum": "第四届世界互联网大会"}).rows(): …

``asking`` runs queries, ``questions`` knows those that ship with kg, ``names`` finds things by name,
``answers`` writes results, ``protocol`` speaks SPARQL over HTTP.
"""

from kg.query.answers import FORMATS, Answer, Format
from kg.query.asking import ask, check_syntax, run
from kg.query.graph import OpenGraph, open_graph, open_turtle
from kg.query.names import Named, find_thing, find_things
from kg.query.questions import Parameter, Question, bundled_questions, find_question

__all__ = [
    "FORMATS",
    "Answer",
    "Format",
    "Named",
    "OpenGraph",
    "Parameter",
    "Question",
    "ask",
    "bundled_questions",
    "check_syntax",
    "find_question",
    "find_thing",
    "find_things",
    "open_graph",
    "open_turtle",
    "run",
]
