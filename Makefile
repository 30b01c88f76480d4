# make graph     builds the graph of seeds/corpus into out/      (needs Python 3.11 or newer, nothing else)
# make test      runs all tests            make lint       style, types, import contract
# make quality   scores the annotated texts and compares with the committed figures
PYTHON ?= python3
VENV   ?= .venv
OUT    ?= out
TESTS  ?= tests
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# one fact of each of five kinds
FIVE_FACTS := SELECT (MIN(?line) AS ?fact) { \
  VALUES ?p { kgo:organizer kgo:location kgo:speaksAt kgo:worksFor kgo:releases } \
  ?s ?p ?o ; rdfs:label ?a . ?o rdfs:label ?b BIND(CONCAT(?a, " ", STRAFTER(STR(?p), "ology\#"), " ", ?b) AS ?line) \
} GROUP BY ?p ORDER BY ?fact

.PHONY: graph test lint quality resolution benchmark speed baseline precision screenshots docs notebooks lock clean
.DELETE_ON_ERROR:

graph: $(VENV)/run.stamp
	@$(BIN)/kg build seeds/corpus --out $(OUT)
	@echo && echo "Five of its facts:"
	@$(BIN)/kg query $(OUT) '$(FIVE_FACTS)'
	@echo && echo "The page:   $(OUT)/graph.html" && echo "The Turtle: $(OUT)/graph.ttl"

test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -n 2 $(TESTS)

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

quality: $(VENV)/dev.stamp
	$(BIN)/python -m tests.quality

# whether each thing is one node: names of all annotated texts, false merges and pieces one by one
resolution: $(VENV)/dev.stamp
	$(BIN)/python -m tests.gold.resolution

# a hundred thousand and a million names: some minutes
benchmark: $(VENV)/dev.stamp
	KG_BENCHMARKS=1 $(BIN)/python -m pytest -q -s tests/resolution/test_cost.py

# extraction beside jieba.posseg on the same texts: some minutes
speed: $(VENV)/dev.stamp
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.speed

# after figures rose on purpose: commits to them
baseline: $(VENV)/dev.stamp
	$(BIN)/python -m tests.quality --write

# how often each rule is right on the annotated texts: its confidence
precision: $(VENV)/dev.stamp
	$(BIN)/python -m kg.training.precision

screenshots: $(VENV)/dev.stamp
	$(BIN)/kg build seeds/corpus --out $(OUT)
	$(BIN)/python -m tests.browser.screenshots $(OUT)/graph.html docs

docs: $(VENV)/dev.stamp
	$(BIN)/python -m tests.diagram --write README.md
	mkdir -p $(OUT) && $(BIN)/pylode ontology/kg.ttl -o $(OUT)/ontology.html

notebooks: $(VENV)/dev.stamp
	$(BIN)/python -m tests.notebooks

# new versions of everything, tried by make test before they are committed
lock: $(VENV)/dev.stamp
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --no-emit-index-url --no-annotate \
	  --custom-compile-command "make lock" pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --no-emit-index-url --no-annotate \
	  --custom-compile-command "make lock" --all-extras --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

$(VENV)/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kg needs Python 3.11 or newer; make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/run.stamp: $(VENV)/made.stamp requirements.lock pyproject.toml
	$(PIP) -r requirements.lock
	$(PIP) --no-deps --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements-dev.lock
	$(PIP) -r requirements-dev.lock
	@touch $@

clean:
	rm -rf $(VENV) $(OUT)
