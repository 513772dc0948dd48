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

# An unfinished environment has no stamp and is made anew, so an interrupted set-up recovers.
# torch comes first and alone, so that TORCH_INDEX is asked for nothing but torch.
$(STAMP): pyproject.toml constraints.txt
	@test -e $@ || { \
	  for python in $(PYTHON) ''; do "$$python" -c '$(NEW_ENOUGH)' 2>/dev/null && break; done; \
	  test -n "$$python" || { \
	    echo "Python 3.11 or newer was not found: install it, or name it as in 'make setup PYTHON=/path/to/python3'." >&2; \
	    exit 1; }; \
	  echo "Creating $(VENV) with $$("$$python" --version)."; \
	  rm -rf $(VENV) && "$$python" -m venv $(VENV); }
	@rm -f $@
	@echo "Installing torch. The first time, this step and the next take a few minutes."
	@$(PIP) install -c constraints.txt --no-deps $(FROM_TORCH_INDEX) torch
	@echo "Installing the other packages at the versions pinned in constraints.txt."
	@$(PIP) install -c constraints.txt hatchling editables
	@$(PIP) install -c constraints.txt --no-build-isolation --editable '.[dev]'
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

# Everything moves to its newest release but torch, which stays at the version pinned now:
# to move it, change its line in constraints.txt first.
LOCK := .lock
LOCK_PIP := $(LOCK)/bin/python -m pip --disable-pip-version-check -qq
lock: $(STAMP) ## write constraints.txt anew from the newest releases
	rm -rf $(LOCK)
	$(BIN)/python -m venv $(LOCK)
	$(LOCK_PIP) install --upgrade pip setuptools
	$(LOCK_PIP) install --no-deps $(FROM_TORCH_INDEX) "$$(grep '^torch==' constraints.txt)"
	$(LOCK_PIP) install '.[dev]'
	sed '/^[^#]/,$$d' constraints.txt > $(LOCK)/constraints.txt
	$(LOCK_PIP) freeze --all --exclude pip --exclude verbatim-archive \
	  | sed -E '/^(cuda-|nvidia-|triton)/d; s/\+[a-z0-9.]+$$//' >> $(LOCK)/constraints.txt
	mv $(LOCK)/constraints.txt constraints.txt
	rm -rf $(LOCK)

clean: ## remove .venv and everything that was built
	rm -rf $(VENV) $(LOCK) dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find corpus index qa tests -name __pycache__ -type d -prune -exec rm -rf {} +
