# The two commands of the README are `make run` and `make test`; each sets up what it needs, once.

# the first that is new enough, oldest first: what is pinned was tested with that
PYTHON ?= $(or $(shell for python in python3.11 python3.12 python3.13 python3; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo "$$python" && break; done),python3)
FILE ?=
BIN := .venv/bin
PREPARED_BY := packaging/prepare.py packaging/constraints.txt pyproject.toml
PYTEST := $(BIN)/python -m pytest -q
# on every core, a file's tests together; what is seen and heard on a desk of its own comes after,
# with nothing beside it, whether or not the others passed: one run tells all
SPREAD := -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder -m "not end_to_end and not kokoro"
DESK := -m "end_to_end and not kokoro"

.PHONY: run desktop test check format lint types contracts kokoro bench bundle clean

run: .venv/run-ready
	@$(BIN)/sottovoce $(FILE)

desktop: .venv/run-ready
	@$(BIN)/python packaging/install_desktop.py

test: .venv/test-ready
	failed=0; $(PYTEST) $(SPREAD) || failed=1; $(PYTEST) $(DESK) || failed=1; exit $$failed

check: .venv/test-ready lint types contracts
	failed=0; $(PYTEST) $(SPREAD) --cov --cov-report= || failed=1; \
	$(PYTEST) $(DESK) --cov --cov-append --cov-report=term:skip-covered || failed=1; exit $$failed

lint: .venv/test-ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: .venv/test-ready
	$(BIN)/mypy

contracts: .venv/test-ready
	$(BIN)/lint-imports

format: .venv/test-ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

kokoro: .venv/test-ready
	$(PYTEST) -m kokoro

bench: .venv/bench-ready
	$(BIN)/python -m tests.benchmarks

bundle: .venv/bundle-ready
	$(BIN)/python packaging/make_bundle.py

.venv/%-ready: $(PREPARED_BY)
	@$(PYTHON) packaging/prepare.py $*

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache *.egg-info
