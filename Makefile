# Verbs for people; .ci/run calls `make check` and `make test`. `make` alone lists them.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
export NO_MKDOCS_2_WARNING := 1

.PHONY: help setup site serve test quick golden check fix scripts browser wheel lock bench clean bench-search

help: ## list the verbs
	@grep -E '^[a-z-]+:.*##' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z-]+):.*## /make \1\t/' | expand -t 20

setup: $(VENV)/dev ## make .venv with everything that building, testing and checking need

site: $(VENV)/run ## turn digests/ into site/
	$(BIN)/broadsheet build

serve: $(VENV)/run ## preview the site with live reload
	$(BIN)/broadsheet serve

test: $(VENV)/dev browser ## run every test
	$(BIN)/python -m pytest

quick: $(VENV)/dev ## run the tests that take no browser and no more than a few seconds
	$(BIN)/python -m pytest -m "not slow and not browser"

golden: $(VENV)/dev ## write the golden files anew; read what changed before you commit it
	$(BIN)/python -m pytest -q --refresh-golden -m "not browser" tests/readers tests/pages tests/exports

check: $(VENV)/dev ## look for mistakes without running the program
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	.ci/check-assets

fix: $(VENV)/dev ## mend what ruff can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

scripts: ## make the search of scripts/search/ that readers get
	.ci/bundle >theme_overrides/assets/js/search-engine.js.new
	mv theme_overrides/assets/js/search-engine.js.new theme_overrides/assets/js/search-engine.js

browser: ## install Chromium, Firefox and Node from Debian's packages if one is missing
	@.ci/browser
	@.ci/node

wheel: $(VENV)/dev ## build dist/broadsheet-*.whl and its sdist
	rm -rf dist
	$(BIN)/python -m build --no-isolation --outdir dist

lock: $(VENV)/dev ## pin the newest versions that pyproject.toml, requirements/*.in and package.json allow
	$(call compile,requirements/run.txt,pyproject.toml requirements/build.in)
	$(call compile,requirements/dev.txt,pyproject.toml requirements/build.in requirements/dev.in)
	@! grep -nE '://|^--|file:/' requirements/*.txt
	.ci/lock-scripts

BENCH := --quick
bench: $(VENV)/dev bench/.venv/peers ## measure builds beside Hugo and stock Material: BENCH="--sizes 1000,20000"
	$(BIN)/python -m bench.run $(BENCH)

bench-search: $(VENV)/dev bench/.venv/peers browser ## measure the search beside Pagefind and Material: BENCH="--sizes 1000"
	$(BIN)/python -m bench.search.run $(BENCH)

clean: ## remove everything that can be made again
	rm -rf $(VENV) node_modules site dist .broadsheet .mypy_cache .ruff_cache .pytest_cache .hypothesis

# The lock names versions and their hashes, and no host: a machine's own settings say where packages come from.
compile = $(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe --no-header \
	--no-annotate --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	--output-file $(1) $(2)

# Each stamp stands for a locked install, so that a second `make` has nothing to do.
$(VENV)/run: requirements/run.txt pyproject.toml | $(VENV)/pyvenv.cfg
	$(call install,run)

$(VENV)/dev: requirements/dev.txt pyproject.toml | $(VENV)/pyvenv.cfg
	$(call install,dev)
	touch $(VENV)/run

bench/.venv/peers: bench/requirements.txt
	test -x bench/.venv/bin/python || .ci/venv bench/.venv
	bench/.venv/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --no-deps -r $<
	touch $@

install = $(PIP) install --require-hashes --no-deps -r requirements/$(1).txt && \
	$(PIP) install --no-deps --no-build-isolation --editable . && touch $(VENV)/$(1)

$(VENV)/pyvenv.cfg:
	.ci/venv $(VENV)
