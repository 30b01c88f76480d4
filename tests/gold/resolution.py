"""Resolution alone, on the names of all annotated files together: ``python -m tests.gold.resolution``.

Each file was annotated by itself, so ``across.tsv`` says which of its names are those of another file
and which only look so. Prints the measures, every false merge and every thing in several pieces.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from pathlib import Path

from kg.evaluation.clusters import ClusterScore, Item, gold_extractions, score_clusters
from kg.model import Extraction
from kg.resolution import resolve
from kg.schema import load_schema
from kg.seeds import load_lexicon

#: Written later and by others, who did not see the files before; no name was looked at for a rule.
LATER = (
    "assembly", "awards", "business", "circles", "daily", "deals", "digests", "digital", "enterprise", "expo",
    "fairs", "feature", "firms", "gadgets", "general", "guests", "halls", "local", "makers", "markets",
    "meetups", "pages", "panels", "phones", "policies", "policy", "portraits", "prizes", "regions", "research",
    "showings", "specs", "streets", "studies", "summits", "takeovers", "technews", "venues",
)  # fmt: skip
GOLD = Path(__file__).parent
ALL = sorted(
    [*(GOLD.parents[1] / "seeds/annotated").glob("*.jsonl"), *GOLD.glob("dev-*.jsonl")], key=lambda path: path.name
)
FILES = [path for path in ALL if path.stem not in LATER]
ACROSS = GOLD / "across.tsv"


def read_rows(paths: Iterable[Path] = FILES) -> list[dict[str, object]]:
    """The annotated texts, each with its file's name before its number as its id."""
    return [
        {**json.loads(line), "id": f"{path.stem}:{number}"}
        for path in paths
        for number, line in enumerate(path.read_text("utf-8").splitlines())
    ]


def across_files(gold: Mapping[Item, Hashable]) -> dict[Item, Hashable]:
    """The gold entity of each name, with what ``across.tsv`` says of names in several files."""
    same: dict[Hashable, Hashable] = {}
    apart: set[Hashable] = set()
    for line in ACROSS.read_text("utf-8").splitlines():
        if not line.startswith(("#", "kind\t")):
            kind, type, names, _ = line.split("\t")
            keys = [(type, name) for name in names.split("|")]
            if kind == "same":
                same.update(dict.fromkeys(keys, keys[0]))
            else:
                apart.update(keys)
    return {
        item: (key, item[0].partition(":")[0]) if key in apart else same.get(key, key) for item, key in gold.items()
    }


def assign(extractions: Iterable[Extraction]) -> dict[Item, str]:
    """The thing of each name."""
    given = list(extractions)
    return resolve(given, schema=load_schema(), lexicon=load_lexicon()).by_name(given)


def measure(*, together: bool = True, files: Sequence[Path] = FILES) -> ClusterScore:
    """The measures over all files as one corpus, or over each file as one."""
    if not together:
        scores = []
        for path in files:
            extractions, gold = gold_extractions(read_rows([path]))
            scores.append(score_clusters(across_files(gold), assign(extractions)))
        return sum(scores, ClusterScore())
    extractions, gold = gold_extractions(read_rows(files))
    return score_clusters(across_files(gold), assign(extractions))


def headline(score: ClusterScore) -> str:
    """The measures in one line."""
    return (
        f"B³ P {score.bcubed[0]:.3f} R {score.bcubed[1]:.3f} F1 {score.bcubed[2]:.3f}, pairs F1 {score.pairwise[2]:.3f}, "
        f"{score.duplicates:.2f} duplicates per 100 entities, {len(score.merged)} false merges"
    )


def main() -> None:
    """Prints all."""
    score = measure()
    print("all files:", headline(score))
    print("each file:", headline(measure(together=False)))
    later = [path for path in ALL if path.stem in LATER]
    print("each later file:", headline(measure(together=False, files=later)))
    for merged in score.merged:
        print("false merge:", " | ".join(map(str, merged)))
    for pieces in score.split:
        print("in pieces:", " / ".join(pieces))


if __name__ == "__main__":
    main()
