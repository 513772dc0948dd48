# Needs make and Python 3.11 or newer; everything else goes into .venv.

# The first of these that is new enough makes the environment.
PYTHON ?= python3 python3.14 python3.13 python3.12 python3.11
# Where to take torch from, if not from pip's usual index. PyPI's build for Linux on x86-64
# brings some 3 GB of GPU libraries. Without a GPU, give the index address that pytorch.org's
# "Get started" page shows for Linux, Pip and CPU:   make setup TORCH_INDEX=ADDRESS
TORCH_INDEX ?=
# Nothing is fetched from a model hub; `HF_HUB_OFFLINE=0 make run` allows it.
export HF_HUB_OFFLINE ?= 1

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/setup-complete
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
FROM_TORCH_INDEX := $(if $(TORCH_INDEX),--index-url "$(TORCH_INDEX)")

# The stamp holds the folder it was made in: an environment that was moved, or whose Python
# has gone, counts as unfinished.
$(shell test "$$(cat $(STAMP) 2>/dev/null)" = "$(CURDIR)" && $(BIN)/python -c '' 2>/dev/null \
	|| rm -f $(STAMP))

.DEFAULT_GOAL := help
.PHONY: help setup run test test-long check bench lock clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-9s %s\n", $$1, $$2}' Makefile

setup: $(STAMP) ## install everything into .venv (run and test do this themselves)

# Sets the shell's variable `python` to the first that is new enough.
define FIND_PYTHON
for python in $(PYTHON) ''; do "$$python" -c '$(NEW_ENOUGH)' 2>/dev/null && break; done; \
test -n "$$python" || { \
  echo "Python 3.11 or newer was not found: install it, or name it as in 'make setup PYTHON=/path/to/python3'." >&2; \
  exit 1; }
endef

# An unfinished environment has no stamp and is made anew, so an interrupted set-up recovers.
# torch comes first and alone, so that TORCH_INDEX is asked for nothing but torch; its builds differ
# from index to index, so no hash can be written down for it. What it still lacks comes third.
$(STAMP): pyproject.toml requirements.lock constraints.txt
	@test -e $@ || { \
	  $(FIND_PYTHON); \
	  echo "Creating $(VENV) with $$("$$python" --version)."; \
	  rm -rf $(VENV) && "$$python" -m venv $(VENV); }
	@rm -f $@
	@echo "Installing torch. The first time, this step and the next take a few minutes."
	@$(PIP) install -c constraints.txt --no-deps $(FROM_TORCH_INDEX) torch
	@echo "Installing the other packages, each checked against its hash in requirements.lock."
	@$(PIP) install --require-hashes --no-deps -r requirements.lock
	@$(PIP) install -c constraints.txt torch
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m pip --disable-pip-version-check check || { \
	  echo "requirements.lock does not fit pyproject.toml: run 'make lock'." >&2; exit 1; }
	@printf '%s\n' "$(CURDIR)" > $@
	@echo "Installed: $(BIN)/verbatim --help"

run: $(STAMP) ## open the web chat on http://127.0.0.1:7860
	$(BIN)/python app.py

test: $(STAMP) ## run the tests
	$(BIN)/python -m pytest -n 2 --dist loadfile

test-long: $(STAMP) ## run the tests that watch for a minute
	$(BIN)/python -m pytest -m long

check: $(STAMP) ## formatting, lint, types and the direction of imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --strict corpus index qa app.py
	$(BIN)/lint-imports --no-logo

bench: $(STAMP) ## measure speed and memory beside a plain baseline
	$(BIN)/python tests/bench/run.py
	$(BIN)/python tests/bench/pages.py

# Without UPGRADE, what is locked stays as long as pyproject.toml allows it.
LOCK := .lock
UV := uv==0.13.9
UPGRADE ?=
LOCKED = $(LOCK)/bin/uv pip compile --universal --python-version 3.11 --generate-hashes \
	--no-annotate --custom-compile-command 'make lock' --quiet $(UPGRADE)
TERMINAL := docs/deploy/requirements-terminal
lock: ## lock what is missing; UPGRADE=--upgrade moves everything to the newest
	rm -rf $(LOCK)
	$(FIND_PYTHON); "$$python" -m venv $(LOCK)
	$(LOCK)/bin/python -m pip --disable-pip-version-check -qq install $(UV)
	echo torch > $(LOCK)/left-out
	$(LOCKED) pyproject.toml --extra dev --excludes $(LOCK)/left-out -c constraints.txt \
	  -o requirements.lock
	$(LOCKED) $(TERMINAL).txt -c requirements.lock -o $(TERMINAL).lock
	rm -rf $(LOCK)

clean: ## remove .venv and everything that was built
	rm -rf $(VENV) $(LOCK) dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find corpus index qa tests -name __pycache__ -type d -prune -exec rm -rf {} +
