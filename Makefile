# The two commands of the README are `make run` and `make test`; each sets up what it needs, once.

PYTHON ?= python3
FILE ?=
BIN := .venv/bin
PREPARED_BY := packaging/prepare.py packaging/constraints.txt pyproject.toml

.PHONY: run test check format lint types contracts kokoro bench bundle clean

run: .venv/run-ready
	@$(BIN)/sottovoce $(FILE)

test: .venv/test-ready
	$(BIN)/python -m pytest -q

check: .venv/test-ready lint types contracts
	$(BIN)/python -m pytest -q --cov --cov-report=term:skip-covered

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
	$(BIN)/python -m pytest -q -m kokoro

bench: .venv/bench-ready
	$(BIN)/python -m tests.benchmarks

bundle: .venv/bundle-ready
	$(BIN)/python packaging/make_bundle.py

.venv/%-ready: $(PREPARED_BY)
	@$(PYTHON) packaging/prepare.py $*

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache *.egg-info
