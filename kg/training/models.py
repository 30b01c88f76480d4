"""Learns all shipped models from annotated texts, in the order in which they build on one another.

What one model learns from another's output is that output on texts which the other has not
seen: the texts are split by file, and each part is read by a tagger trained on the others.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from kg.errors import InputError
from kg.extraction import ExtractionSettings, Extractor
from kg.mentions.finder import MentionStage, make_stage
from kg.mentions.tagger import Found, LearnedTagger
from kg.model import Reading
from kg.relations.patterns import PatternFinder
from kg.relations.scorer import write_model
from kg.relations.stack import MODEL as STACK
from kg.relations.stack import write_stack
from kg.schema import load_schema
from kg.seeds import load_lexicon
from kg.sentences import split_sentences
from kg.training.annotations import Annotated, fold_of, read_annotations
from kg.training.choice import train_choice
from kg.training.facts import Case
from kg.training.joined import joined_cases
from kg.training.relations import train_scorer
from kg.training.stack import train_stack
from kg.training.tagger import train_tagger

FOLDS = 3
RELATION_FOLDS = 5
#: Two that vote find spans half a point of F1 better than one, and cost a quarter of the speed.
NETWORKS = 2
Say = Callable[[str], None]


class ReplayTagger:
    """Answers with tags made before: those of a tagger that has not seen the sentence."""

    def __init__(self, tags: dict[str, list[Found]]) -> None:
        self._tags = tags

    def find(self, sentences: Sequence[str], doc_of: Sequence[int] | None = None) -> list[list[Found]]:
        """The tags of each sentence."""
        return [self._tags[sentence] for sentence in sentences]


def train_models(paths: Sequence[Path], out: Path, say: Say) -> None:
    """Writes ``tagger.model``, ``choice.json``, ``relations.npz`` and ``stack.npz`` into ``out``.

    Raises:
        InputError: where a file can't be read, or the files are fewer than the folds.
    """
    if len(paths) < FOLDS:
        raise InputError(f"{len(paths)} files are too few to cross-validate; give {FOLDS} or more, one topic each")
    paths = sorted(paths)
    texts = [(path, text) for path in paths for text in read_annotations(path)]
    out.mkdir(parents=True, exist_ok=True)
    lexicon = load_lexicon()
    replay = ReplayTagger(_unseen_tags(paths, say))
    say("learning to choose among mentions")
    known = [text for _, text in texts]
    weights = train_choice(lexicon, None, known) | train_choice(lexicon, replay, known)
    _write_json(out / "choice.json", weights)
    say("training the scorer of relations")
    readings = readings_of(known, make_stage(lexicon, replay, weights))
    folds = fold_of(paths, RELATION_FOLDS)
    cases = [Case(text=t, reading=r, fold=folds[p]) for (p, t), r in zip(texts, readings, strict=True)]
    cases += joined_cases(cases)
    trained = train_scorer(cases, load_schema(), lexicon.lists)
    write_model(trained.model, out / "relations.npz")
    write_stack(train_stack(PatternFinder.load(), cases, trained.held_out), out / STACK)
    say("training the tagger on all texts")
    train_tagger(paths, out / "tagger.model", networks=NETWORKS)


def _write_json(path: Path, data: object) -> None:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=0) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def _unseen_tags(paths: Sequence[Path], say: Say) -> dict[str, list[Found]]:
    """Sentence -> the tags of a tagger that was trained on the other files."""
    folds = fold_of(paths, FOLDS)
    tags: dict[str, list[Found]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for fold in range(FOLDS):
            say(f"training a tagger without part {fold + 1} of {FOLDS}")
            model = Path(folder) / f"{fold}.model"
            train_tagger([p for p in paths if folds[p] != fold], model)
            held = [t.document for p in paths if folds[p] == fold for t in read_annotations(p)]
            sentences = [(i, s.text) for i, d in enumerate(held) for s in split_sentences(d)]
            found = LearnedTagger.load(model).find([s for _, s in sentences], [i for i, _ in sentences])
            tags.update(zip((s for _, s in sentences), found, strict=True))
    return tags


def readings_of(texts: Sequence[Annotated], stage: MentionStage) -> list[Reading]:
    """What the mention stage makes of annotated texts, named as annotated where it is right."""
    extractor = Extractor.load(ExtractionSettings(tagger=False))
    documents = [(t.document, split_sentences(t.document)) for t in texts]
    return [
        extractor.read(document, sentences, text.rename(mentions))
        for text, (document, sentences), mentions in zip(texts, documents, stage.find(documents), strict=True)
    ]
