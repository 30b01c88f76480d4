"""Graphs for the tests of the Python face."""

from __future__ import annotations

import pytest

from kg.api import KnowledgeGraph
from kg.model import Value
from tests.factories import document, entity, evidence, knowledge, sample, statement

HOSTILE = '<img src=x onerror="alert(1)">\u202e\x1b[31m$x$'


@pytest.fixture
def graph():
    """One fact of every shape."""
    return KnowledgeGraph(sample())


@pytest.fixture
def hostile():
    """A graph whose names, values and sentences try to be markup."""
    told = evidence(HOSTILE, rule=HOSTILE, doc_id=HOSTILE)
    return KnowledgeGraph(
        knowledge(
            entities=(
                entity(HOSTILE, "Person", id="person/hostile", aliases=(f"{HOSTILE}2",)),
                entity(HOSTILE, id="organization/hostile"),
            ),
            statements=(
                statement(
                    "person/hostile",
                    "worksFor",
                    "organization/hostile",
                    evidence=(told,),
                    qualifiers=(("role", HOSTILE),),
                ),
                statement("organization/hostile", "theme", Value("text", HOSTILE)),
            ),
            documents=(document(HOSTILE, text=HOSTILE, title=HOSTILE),),
        )
    )
