"""Made-up corpora of any size, for the measurement of cost."""

from __future__ import annotations

import random
from collections.abc import Iterator

from kg.model import Document, EntityType, Extraction, Mention, Span

_CHARACTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]


def corpus(names: int, seed: int = 0) -> Iterator[Extraction]:
    """Extractions with about ``names`` distinct names, ten a document, of all types."""
    rng = random.Random(seed)

    def word(length: int) -> str:
        return "".join(rng.choices(_CHARACTERS, k=length))

    for number in range(names // 10):
        made: list[tuple[str, EntityType]] = [
            (f"北京{word(4)}科技有限公司", "Organization"),
            (f"{word(3)}集团", "Organization"),
            (f"{word(4)}大学", "Organization"),
            (f"{word(2)}协会", "Organization"),
            (f"第{rng.randint(1, 20)}届{word(4)}大会", "Forum"),
            (word(3), "Person"),
            (word(2), "Person"),
            (f"张{word(1)}", "Person"),
            (f"“{word(2)}”系统", "Product"),
            (f"{word(3)}市", "Place"),
        ]
        yield _extraction(f"d{number}", made)


def _extraction(id: str, made: list[tuple[str, EntityType]]) -> Extraction:
    mentions, text = [], ""
    for name, type in made:
        span = Span(len(text), len(text) + len(name))
        mentions.append(Mention(doc_id=id, span=span, text=name, type=type, name=name, finder="made"))
        text += name + "。"
    return Extraction(document=Document(id=id, text=text), mentions=tuple(mentions), relations=())
