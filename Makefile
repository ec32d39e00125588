# Every target installs what it needs first, and does nothing when that is up to date.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: help setup runtime assets demo test eval bench lint types check lock docs clean

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 10

setup: $(VENV)/.dev  ## .venv with the package and everything to develop it, from the hashed lock
runtime: $(VENV)/.runtime  ## .venv with the package and what it needs to read

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "make: needs Python 3.11 or newer; name one with PYTHON=..." >&2; exit 1; }
	@echo "make: a fresh .venv from $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV) || { echo "make: no venv; on Debian: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/.runtime: $(BIN)/python requirements.lock pyproject.toml
	@echo "make: installing what reading needs (a minute or two)"
	@$(PIP) install --quiet --quiet --no-deps --require-hashes --requirement requirements.lock
	@$(PIP) install --quiet --quiet --no-deps --no-build-isolation --editable .
	@PYTHON=$(BIN)/python tools/assets
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	@echo "make: installing what tests and checks need"
	@$(PIP) install --quiet --quiet --no-deps --require-hashes --requirement requirements-dev.lock
	@touch $@

assets: $(BIN)/python  ## the map of the web application, by npm; again where set-up could not fetch it
	@PYTHON=$(BIN)/python tools/assets

demo: runtime  ## read the demo dossier
	@$(BIN)/probata read demo/reports --gazetteer demo/gazetteer.yml

test: setup  ## all tests; says what it leaves out
	@$(BIN)/python -m pytest $(ARGS)

eval: setup  ## the figures on the gold, against their floors
	@$(BIN)/python tools/eval.py $(ARGS)

bench: setup  ## speed, memory and start-up, on one core; then the web application on a large casebook
	@$(BIN)/python tools/bench.py $(ARGS)
	@$(BIN)/python tools/bench_review.py

lint: setup  ## ruff: style and form
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: setup  ## mypy, strict
	@$(BIN)/mypy

check: lint types test  ## what must pass before a commit

lock: setup  ## make both locks anew from pyproject.toml
	@tools/lock

docs: setup  ## the transcript in README.md and the vocabulary pages in docs/, made anew
	@$(BIN)/python tools/readme.py
	@$(BIN)/python tools/vocabulary.py

clean:  ## remove .venv and caches
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist src/*.egg-info
