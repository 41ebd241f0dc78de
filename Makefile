# `make help` lists what one can do. Everything runs inside .venv in this folder.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := OMP_NUM_THREADS=1 $(BIN)/python

# What the verifier reads with, from Debian: Tesseract and the scripts of the destinations.
DEBIAN_RUNTIME := python3-venv tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-rus tesseract-ocr-kaz tesseract-ocr-ara
# What only the generator and the tests need: faces to set letters in, programs that print them to PDF.
DEBIAN_TEST := fonts-noto-cjk fonts-noto-cjk-extra fonts-noto-core fonts-arphic-uming fonts-arphic-ukai \
	fonts-arphic-gbsn00lp fonts-arphic-gkai00mp fonts-wqy-microhei fonts-wqy-zenhei fonts-lxgw-wenkai \
	fonts-liberation fonts-dejavu-core chromium librsvg2-bin libreoffice-draw-nogui

.PHONY: help
help:  ## List the targets
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-16s %s\n", $$1, $$2}'

# --- setting up ------------------------------------------------------------------------------------------

.PHONY: setup
setup: $(VENV)/.setup  ## Create .venv with everything the verifier needs (installs Debian packages when root)

.PHONY: setup-test
setup-test: $(VENV)/.setup-test  ## Add what only the tests and the generator need

$(VENV)/.setup: requirements.txt requirements-build.txt pyproject.toml
	@bash .ci/debian-packages $(DEBIAN_RUNTIME)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing the pinned Python packages into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements.txt -r requirements-build.txt
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.setup-test: $(VENV)/.setup requirements-test.txt
	@bash .ci/debian-packages $(DEBIAN_TEST)
	@$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements-test.txt
	@touch $@

.PHONY: requirements
requirements:  ## Pin every dependency again, with hashes (needs uv)
	uv pip compile pyproject.toml --override requirements-overrides.txt --generate-hashes --no-emit-index-url \
		--no-header --no-annotate --python-version 3.11 -o requirements.txt
	uv pip compile pyproject.toml --group test --override requirements-overrides.txt --generate-hashes \
		--no-emit-index-url --no-header --no-annotate --python-version 3.11 -c requirements.txt -o requirements-test.txt
	uv pip compile --group build --generate-hashes --no-emit-index-url --no-header --no-annotate \
		--python-version 3.11 -c requirements.txt -o requirements-build.txt

# --- using it --------------------------------------------------------------------------------------------

SAMPLE_INPUTS := --records samples/records.csv --seals samples/specimens.csv --lists samples/lists

.PHONY: demo
demo: setup  ## Set up and verify the samples, with a table at the end
	@$(RUN) -m verifier verify samples/letters/*.pdf samples/letters/*.jpg $(SAMPLE_INPUTS) --on 2026-04-01 || test $$? -le 3

.PHONY: samples
samples: setup-test  ## Make the checked-in samples again
	@$(RUN) -m samples.checked_in

N ?= 200
SEED ?= 7
OUT ?= .cache/letters/$(SEED)-$(N)
.PHONY: letters
letters: setup-test  ## Make generated letters with their truth: make letters N=200 SEED=7 OUT=folder
	@$(RUN) -m samples.generate --n $(N) --seed $(SEED) --out $(OUT) --jobs 2

# --- holding it together ---------------------------------------------------------------------------------

.PHONY: lint
lint: setup-test  ## Style, types, import directions
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

.PHONY: test
test: setup-test  ## Set up and pass the tests
	@OMP_NUM_THREADS=1 $(BIN)/pytest -n 2 --dist worksteal

# --- showing it ------------------------------------------------------------------------------------------

.PHONY: prove-02
prove-02: setup-test  ## Measure the main job on 200 generated letters and write docs/proof-02.md
	@$(RUN) -m tests.proofs.prove_02 --n 200 --seed 3 --jobs 2 --write docs/proof-02.md

.PHONY: prove-03
prove-03: setup-test  ## Make 1,000 letters, score the verifier on them, write docs/proof-03.md and docs/accuracy.md
	@$(RUN) -m tests.proofs.prove_03 --n 1000 --seed 2026 --applications 120 --jobs 2 --write docs

.PHONY: prove-05
prove-05: setup-test  ## Score extraction on 1,000 letters and write docs/proof-05.md
	@$(RUN) -m tests.proofs.prove_05 --n 1000 --seed 2026 --applications 120 --jobs 2 --write docs

.PHONY: contact-sheets
contact-sheets: setup-test  ## Draw what the generator makes: docs/contact
	@$(RUN) -m samples.contact_sheet --out docs/contact
