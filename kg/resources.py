"""Finds the ontology and the seeds: beside the package in a checkout, inside it in a wheel.

Where the environment variable ``KG_RESOURCES`` names a folder, what lies there stands before what is shipped:
an ``ontology/kg.ttl`` of one's own brings classes and properties of one's own.
"""

from __future__ import annotations

import os
from pathlib import Path

from kg.errors import InputError

VARIABLE = "KG_RESOURCES"

_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """The folder or file ``name`` (``ontology/kg.ttl``, ``seeds/lexicon``) that this copy of kg ships.

    Raises:
        InputError: where the installation is incomplete, or ``KG_RESOURCES`` names no folder.
    """
    own = os.environ.get(VARIABLE)
    if own and not Path(own).is_dir():
        raise InputError(f"{VARIABLE}={own}: no such folder; name one that holds ontology/ or seeds/, or unset it")
    for root in ([Path(own)] if own else []) + [_PACKAGE / "_resources", _PACKAGE.parent]:
        if (root / name).exists():
            return root / name
    raise InputError(f"{_PACKAGE}: {name} is missing from this installation; install wuzhen-kg again")
