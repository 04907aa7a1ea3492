# `make NAME` is `.venv/bin/inv NAME`, with all it needs set up first. Options go in ARGS: make new ARGS='"A headline" --kind transcript'
PYTHON ?= python3
ARGS ?=

VENV := .venv
INV := $(VENV)/bin/inv
READY := $(VENV)/.ready
READY_TEST := $(VENV)/.ready-test

.DEFAULT_GOAL := help
.SUFFIXES:
.NOTPARALLEL:
MAKEFLAGS += --no-builtin-rules --no-print-directory

# A stamp that outlived its .venv (the system's Python was replaced, a copy was made without it) counts for nothing.
WHOLE := $(shell test -x $(VENV)/bin/python && test -x $(INV) || echo FORCE)
# npm writes this when all is in its place.
WHOLE_TEST := $(shell test -e node_modules/.package-lock.json || echo FORCE)

define set_up
@command -v "$(PYTHON)" >/dev/null 2>&1 || { \
  echo "Pressroom needs Python 3.11 or newer, and there is no $(PYTHON) on PATH: install it (Debian, Ubuntu: sudo apt install python3 python3-venv), or name one: make PYTHON=/path/to/python3" >&2; exit 2; }
@"$(PYTHON)" bootstrap.py
endef

.PHONY: help setup test lock FORCE

help: $(READY)
	@$(INV)

test: $(READY_TEST)
	@$(INV) test $(ARGS)

# Looks again even where the stamp says that all is well.
setup: FORCE
	$(set_up)

# New versions: within requirements*.in, and of what package.json names; needs uv.
lock: $(READY_TEST)
	uv pip compile --quiet --upgrade --universal --generate-hashes --python-version 3.11 --custom-compile-command "make lock" requirements.in -o requirements.txt
	uv pip compile --quiet --upgrade --universal --generate-hashes --python-version 3.11 --custom-compile-command "make lock" -c requirements.txt requirements-test.in -o requirements-test.txt
	uv pip compile --quiet --upgrade --universal --generate-hashes --python-version 3.11 --custom-compile-command "make lock" -c requirements.txt requirements-bench.in -o requirements-bench.txt
	$(VENV)/bin/npm install --save-dev --package-lock-only axe-core@latest vnu-jar@latest

$(READY): requirements.txt bootstrap.py $(WHOLE)
	$(set_up)

$(READY_TEST): requirements.txt requirements-test.txt package-lock.json bootstrap.py $(WHOLE) $(WHOLE_TEST)
	$(set_up) --test

# Else the rule for any name below would try to make these.
Makefile bootstrap.py requirements.txt requirements-test.txt package-lock.json: ;

%: $(READY) FORCE
	@$(INV) $@ $(ARGS)
