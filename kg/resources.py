"""Finds the ontology and the seeds: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

from kg.errors import InputError

_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """The folder or file ``name`` (``ontology/kg.ttl``, ``seeds/lexicon``) that this copy of kg ships.

    Raises:
        InputError: where the installation is incomplete.
    """
    for root in (_PACKAGE / "_resources", _PACKAGE.parent):
        if (root / name).exists():
            return root / name
    raise InputError(f"{_PACKAGE}: {name} is missing from this installation; install wuzhen-kg again")
