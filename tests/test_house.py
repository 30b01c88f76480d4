"""The house: what is documented is there, what is there is documented, and every room keeps its place."""

from __future__ import annotations

import ast
import importlib
import json
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import click
import pytest

from kg.cli import COMMANDS
from kg.cli import cli as group
from tests.diagram import diagram, written

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
SOURCES = sorted((ROOT / "kg").rglob("*.py"))


def command(name: str) -> click.Command:
    found = group.get_command(click.Context(group), name)
    assert found is not None
    return found


@cache
def examples() -> dict[str, str]:
    """The README's examples that say which file they are."""
    found = re.findall(r"<!-- example: (\S+) -->\n```\w+\n(.*?)```", README, re.DOTALL)
    return dict(found)


# --- the README --------------------------------------------------------------------


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_names_the_command(name: str) -> None:
    assert f"`kg {name} " in README


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_names_every_option_of_the_command(name: str) -> None:
    (row,) = (line for line in README.splitlines() if line.startswith(f"| `kg {name} "))
    options = {o for p in command(name).params if isinstance(p, click.Option) for o in p.opts if o.startswith("--")}
    assert {o for o in options if not re.search(rf"{o}\b", row)} == set()


def test_the_readme_names_no_option_that_is_not_there() -> None:
    known = {o for name in COMMANDS for p in command(name).params for o in p.opts} | {"--help", "--strict"}
    assert set(re.findall(r"--[a-z][a-z-]+", README)) <= known


def test_the_readme_names_every_make_target() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)) - {"clean"}
    assert targets <= set(re.findall(r"make ([a-z]+)", README))


def test_the_readmes_diagram_is_that_of_the_ontology() -> None:
    assert written(README) == README, "run make docs"
    assert diagram() in README


def test_files_that_the_readme_links_exist() -> None:
    assert all((ROOT / path).exists() for path in re.findall(r"\]\(([^)#:]+)\)", README))


def test_the_readme_tells_what_provenance_costs(seeds_graph: Path, tmp_path: Path) -> None:
    from kg.rdf import read_turtle, write_turtle
    from kg.rdf.bridge import load_triples

    knowledge = read_turtle(seeds_graph)
    plain = tmp_path / "graph.ttl"
    plain.write_text(write_turtle(knowledge, provenance="none"), "utf-8")
    facts = len(knowledge.statements)
    words = " ".join(README.split())
    for path, sentence in (
        (seeds_graph, "The seeds' graph holds {facts} facts in {triples:,} triples: about {each} for each fact"),
        (plain, "writes the plain facts alone: {triples:,} triples, about {each} for each"),
    ):
        triples = len(list(load_triples(path)))
        assert sentence.format(facts=facts, triples=triples, each=round(triples / facts)) in words


def test_the_readmes_rule_does_what_it_says(tmp_path: Path) -> None:
    from kg.relations.patterns import PatternFinder
    from tests.examples import read_example
    from tests.relations.conftest import told

    path = tmp_path / "rules.toml"
    path.write_text(examples()["rules.toml"], "utf-8")
    (row,) = tomllib.loads(examples()["rules.toml"])["rule"]
    facts, _ = PatternFinder.load((path,)).find(read_example(row["example"]))
    assert set(row["expect"]) <= {told(r) for r in facts if r.evidence.rule == row["id"]}


def test_the_readmes_name_loads_with_its_weak_form(tmp_path: Path) -> None:
    from kg.seeds import load_lexicon

    path = tmp_path / "names.tsv"
    path.write_text(examples()["names.tsv"], "utf-8")
    forms = load_lexicon((path,)).forms
    assert [(r.cls, r.weak) for r in (*forms["纸鸢社"], *forms["纸鸢"])] == [
        ("Association", False),
        ("Association", True),
    ]


def test_the_readmes_overrides_load(tmp_path: Path) -> None:
    from kg.resolution import read_overrides
    from kg.schema import load_schema

    (text,) = re.findall(r"```toml\n(same-as.*?)```", README, re.DOTALL)
    path = tmp_path / "overrides.toml"
    path.write_text(text, "utf-8")
    assert read_overrides(path, load_schema()).false_facts == (("宿华", "worksFor", "腾讯"),)


# --- the package -------------------------------------------------------------------


def _public_without_docstring(path: Path) -> list[str]:
    def missing(node: ast.AST, prefix: str) -> list[str]:
        out = []
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.ClassDef) and not child.name.startswith("_"):
                overload = any("overload" in ast.dump(d) for d in child.decorator_list)
                if ast.get_docstring(child) is None and not overload:
                    out.append(f"{prefix}{child.name}")
                if isinstance(child, ast.ClassDef):
                    out += missing(child, f"{prefix}{child.name}.")
        return out

    tree = ast.parse(path.read_text("utf-8"))
    return [] if ast.get_docstring(tree) and not missing(tree, "") else [str(path), *missing(tree, "")]


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_public_name_has_a_docstring(path: Path) -> None:
    assert _public_without_docstring(path) == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_nothing_is_caught_unseen(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None and ast.unparse(node.type) not in ("Exception", "BaseException"), node.lineno


def test_rooms_import_in_one_direction() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_every_public_name_of_the_package_is_there() -> None:
    kg = importlib.import_module("kg")
    assert all(getattr(kg, name) is not None for name in kg.__all__)


def test_the_architecture_page_names_every_room() -> None:
    import kg

    rooms = {p.stem for p in (ROOT / "kg").iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}
    assert {r for r in rooms if not r.startswith("__") and not re.search(rf"\b{r}\b", kg.__doc__ or "")} == set()


# --- the seeds ---------------------------------------------------------------------


def test_every_lexicon_file_loads_and_holds_rows() -> None:
    from kg.seeds import load_lexicon

    lexicon = load_lexicon()
    names = {Path(n.source.rpartition(":")[0]).name for n in lexicon.names}
    assert names == {p.name for p in (ROOT / "seeds/lexicon/names").glob("*.tsv")}
    assert all(lexicon.words[p.stem] for p in (ROOT / "seeds/lexicon/words").glob("*.tsv"))


def test_every_pattern_file_loads() -> None:
    from kg.relations.patterns import PatternFinder

    files = {rule.place.rpartition(":")[0].rpartition("/")[2] for rule in PatternFinder.load().rules}
    with_rules = {p.name for p in (ROOT / "seeds/patterns").glob("*.toml") if "[[rule]]" in p.read_text("utf-8")}
    assert files == with_rules


def test_every_annotated_text_is_read() -> None:
    from kg.training.annotations import read_annotations

    files = sorted((ROOT / "seeds/annotated").glob("*.jsonl"))
    assert files and all(read_annotations(path) for path in files)


def test_no_model_learns_from_a_text_that_measures() -> None:
    learnt, measuring = (
        {json.loads(line)["text"] for path in ROOT.glob(pattern) for line in path.read_text("utf-8").splitlines()}
        for pattern in ("seeds/annotated/*.jsonl", "tests/gold/dev-*.jsonl")
    )
    assert len(measuring) == 24
    assert not learnt & measuring


# --- what ships --------------------------------------------------------------------


def test_locked_versions_hold_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    locked = {_plain(line) for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines() if "==" in line}
    assert {_plain(line) for line in project["dependencies"]} <= locked


def test_both_locks_agree() -> None:
    run, dev = (
        dict(line.split(" ;")[0].split("==") for line in (ROOT / name).read_text("utf-8").splitlines() if "==" in line)
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    assert {name for name, version in run.items() if dev.get(name) != version} == set()


def test_the_wheel_takes_along_what_the_package_reads() -> None:
    target = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    read = {f"seeds/{p.name}" for p in (ROOT / "seeds").iterdir()} - {"seeds/corpus", "seeds/annotated"}
    assert read | {"ontology"} <= set(target["force-include"])


def test_no_path_of_a_machine_is_committed() -> None:
    files = [
        *SOURCES,
        *(ROOT / "notebooks").glob("*"),
        *(ROOT / "tests").rglob("*.py"),
        ROOT / "README.md",
        ROOT / "Makefile",
    ]
    pattern = re.compile("/" + r"(?:home|root|work|Users)/\w")
    assert [f.name for f in files if f.is_file() and pattern.search(f.read_text("utf-8"))] == []


def test_the_baseline_holds_every_gold_file() -> None:
    baseline = json.loads((ROOT / "tests/gold/baseline.json").read_text("utf-8"))
    assert set(baseline) == {p.stem for p in (ROOT / "tests/gold").glob("*.jsonl")} | {"dev"}


def _plain(requirement: str) -> str:
    return re.split(r"[=<>!~ ;\[]", requirement)[0].lower().replace("_", "-")
