# Two commands: `make run` and `make test`. Everything is installed into .venv and node_modules of this checkout;
# a stamp file says what is done, so the second time starts in seconds.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON := .venv/bin/python
PACKAGES := .venv/.packages-installed
CHECKOUT := .venv/.checkout-installed
FRONT_END_PACKAGES := node_modules/.packages-installed
ASSETS := .venv/.assets-built
ASSET_SOURCES := $(shell find frontend src/overread/web -path '*/build/*' -prune -o -type f \( -name '*.html' -o -name '*.mjs' \
	-o -name '*.css' -o -name '*.js' -o -name '*.txt' \) -print 2>/dev/null)
WITH_NODE := PATH="$(CURDIR)/.venv/bin:$$PATH"
WORKERS ?= 2

.PHONY: help run test lint types imports tests assets lock screenshots install tools

help:  ## show this
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

install: $(CHECKOUT) $(ASSETS)  ## install everything into .venv and node_modules

run: install  ## start the installation: database, web, worker (Ctrl-C stops it)
	@OVERREAD_DEMO="$${OVERREAD_DEMO:-1}" exec .venv/bin/overread serve $(ARGS)

test: install tools lint types imports tests  ## lint, types, import rules and every test with its coverage

lint: $(CHECKOUT)
	@echo "» lint"
	@.venv/bin/ruff check --quiet .
	@.venv/bin/ruff format --check --quiet .

types: $(CHECKOUT)
	@echo "» types"
	@.venv/bin/mypy --no-error-summary

imports: $(CHECKOUT)
	@echo "» import rules"
	@mkdir -p build
	@.venv/bin/lint-imports --no-cache > build/imports.txt 2>&1 || { cat build/imports.txt; exit 1; }

tests: $(CHECKOUT) $(ASSETS)
	@echo "» tests"
	@rm -f build/coverage.json build/tests.xml build/.coverage*
	@.venv/bin/python -m pytest -n $(WORKERS) --cov --cov-report=json:build/coverage.json --junitxml=build/tests.xml -q -rs $(ARGS)
	@.venv/bin/python scripts/check_coverage.py build/coverage.json

tools: $(CHECKOUT)
	@scripts/install_test_tools

assets: $(ASSETS)  ## build the style sheet, scripts and the radiology viewer

screenshots: install  ## pictures of every page, in build/screenshots
	@if [ -f scripts/screenshots.py ]; then $(PYTHON) scripts/screenshots.py; else echo "scripts/screenshots.py is not there yet"; fi

lock: $(CHECKOUT)  ## renew requirements.lock (needs uv on the path)
	@uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --group dev \
		pyproject.toml -o requirements.lock

$(PACKAGES): requirements.lock scripts/make_venv
	@scripts/make_venv
	@echo "» Python packages (the first time takes a few minutes)"
	@$(PYTHON) -m pip install --quiet --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@touch $@

$(CHECKOUT): $(PACKAGES) pyproject.toml
	@$(PYTHON) -m pip install --quiet --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@mkdir -p build
	@touch $@

$(FRONT_END_PACKAGES): package.json package-lock.json .npmrc $(PACKAGES)
	@scripts/provide_node
	@echo "» front-end packages"
	@$(WITH_NODE) npm ci --silent
	@touch $@

ifneq ($(wildcard package.json),)
$(ASSETS): $(FRONT_END_PACKAGES) $(ASSET_SOURCES)
	@echo "» style sheet, scripts, viewer"
	@$(WITH_NODE) npm run --silent build
	@touch $@
else
$(ASSETS): $(CHECKOUT)
	@touch $@
endif
