# `make help` lists what one can do. Everything runs inside .venv in this folder.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := OMP_NUM_THREADS=1 $(BIN)/python

# What the verifier reads with, from Debian: Tesseract and the scripts of the destinations.
DEBIAN_RUNTIME := python3-venv tesseract-ocr tesseract-ocr-rus tesseract-ocr-kaz tesseract-ocr-ara \
	tesseract-ocr-vie tesseract-ocr-aze
# What only the generator and the tests need: faces to set letters in, programs that print them to PDF.
DEBIAN_TEST := tesseract-ocr-chi-sim fonts-noto-cjk fonts-noto-cjk-extra fonts-noto-core fonts-arphic-uming fonts-arphic-ukai \
	fonts-arphic-gbsn00lp fonts-arphic-gkai00mp fonts-wqy-microhei fonts-wqy-zenhei fonts-lxgw-wenkai \
	fonts-babelstone-han fonts-droid-fallback fonts-crosextra-carlito fonts-crosextra-caladea \
	fonts-liberation fonts-dejavu-core chromium librsvg2-bin libreoffice-draw-nogui postgresql

.PHONY: help
help:  ## List the targets
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-16s %s\n", $$1, $$2}'

# --- setting up ------------------------------------------------------------------------------------------

# OpenVINO reads at a third of the cost where the processor multiplies bfloat16, and at no less elsewhere.
BF16 := $(shell grep -qsE 'avx512_bf16|amx_bf16' /proc/cpuinfo && echo requirements-bf16.txt)

.PHONY: setup
setup: $(VENV)/.setup  ## Create .venv with everything the verifier needs (installs Debian packages when root)

.PHONY: setup-test
setup-test: $(VENV)/.setup-test  ## Add what only the tests and the generator need

$(VENV)/.setup: requirements.txt requirements-bf16.txt requirements-build.txt pyproject.toml
	@bash .ci/debian-packages $(DEBIAN_RUNTIME)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing the pinned Python packages into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements.txt $(BF16:%=-r %) -r requirements-build.txt
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
	uv pip compile --group bf16 --no-deps --generate-hashes --no-emit-index-url --no-header --no-annotate \
		--python-version 3.11 -o requirements-bf16.txt  # without its telemetry, which nothing here calls
	uv pip compile --group supply --generate-hashes --no-emit-index-url --no-header --no-annotate \
		--python-version 3.11 -o requirements-supply.txt  # tools in an environment of their own
	uv pip compile --group mutation -c requirements-test.txt -c requirements.txt --generate-hashes --no-emit-index-url \
		--no-header --no-annotate --python-version 3.11 -o requirements-mutation.txt

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

# --- handing it on ---------------------------------------------------------------------------------------

.PHONY: dist
dist: setup  ## Build wheel and sdist, models inside: dist/
	@rm -f dist/verifier-* && $(BIN)/python -m hatchling build -d dist

.PHONY: bundle
bundle: dist  ## Make dist/bundle: wheels and a script that installs them on a machine without network
	@BIN=$(BIN) bash deploy/bundle/make-bundle dist/bundle

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

# --- what it is built of ---------------------------------------------------------------------------------

SUPPLY := .cache/supply
PINNED := requirements.txt requirements-bf16.txt requirements-cluster.txt requirements-build.txt requirements-test.txt

$(SUPPLY)/.setup: requirements-supply.txt
	@$(PYTHON) -m venv $(SUPPLY)
	@$(SUPPLY)/bin/python -m pip install --quiet --require-hashes --no-deps -r requirements-supply.txt
	@touch $@

.PHONY: licences
licences: setup-test  ## List the licence of every delivered package; fails where one may not be delivered
	@$(RUN) -m tests.supply.licences

.PHONY: sbom
sbom: $(SUPPLY)/.setup  ## Write the bill of materials of what is delivered: sbom.json (CycloneDX)
	@$(SUPPLY)/bin/cyclonedx-py requirements requirements.txt --pyproject pyproject.toml --mc-type application \
		--output-reproducible --output-format JSON --output-file sbom.json

.PHONY: audit
audit: $(SUPPLY)/.setup  ## Ask for known holes in every pinned package (needs the network, not part of CI)
	@$(SUPPLY)/bin/pip-audit --strict --disable-pip --require-hashes --progress-spinner off $(PINNED:%=-r %)

MUTATION_TOOLS := .cache/mutation
$(MUTATION_TOOLS)/.setup: requirements-mutation.txt $(VENV)/.setup-test
	@$(PYTHON) -m venv $(MUTATION_TOOLS)
	@$(MUTATION_TOOLS)/bin/python -m pip install --quiet --require-hashes --no-deps -r requirements-mutation.txt
	@echo "import site; site.addsitedir('$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')')" \
		> $$($(MUTATION_TOOLS)/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/product.pth
	@touch $@

MUTATION ?= --sample 300 --seed 16 --write docs/mutation.md
.PHONY: mutation
mutation: $(MUTATION_TOOLS)/.setup  ## Change the core one expression at a time, see what the unit tests notice: docs/mutation.md
	@OMP_NUM_THREADS=1 nice $(MUTATION_TOOLS)/bin/python -m tests.supply.mutation $(MUTATION)

CORE := verifier/rules/*,verifier/formats/*,verifier/extraction/*,verifier/match.py,verifier/report.py,verifier/letter.py
.PHONY: coverage
coverage: setup-test  ## Say which branches of the core the unit tests and golden letters do not take
	@OMP_NUM_THREADS=1 $(BIN)/pytest -n 2 --dist worksteal -q --cov --cov-report= tests/unit tests/golden \
		verifier/rules verifier/formats verifier/extraction
	@$(BIN)/coverage report --include='$(CORE)' --show-missing --skip-covered --fail-under 94

.PHONY: test-unit
test-unit: setup-test  ## The quick tests alone: a minute on two cores
	@OMP_NUM_THREADS=1 $(BIN)/pytest -n 2 --dist worksteal -q tests/unit tests/golden verifier

# --- showing it ------------------------------------------------------------------------------------------

.PHONY: prove-02
prove-02: setup-test  ## Measure the main job on 200 generated letters and write docs/proof-02.md
	@$(RUN) -m tests.proofs.prove_02 --n 200 --seed 3 --jobs 2 --write docs/proof-02.md

PROVE_03 ?= --n 1000 --seed 2026 --applications 120 --write docs
.PHONY: prove-03
prove-03: setup-test  ## Make 1,000 letters, score the verifier on them, write docs/proof-03.md and docs/accuracy.md
	@$(RUN) -m tests.proofs.prove_03 $(PROVE_03) --jobs 2

BENCH ?= --n 20 --seed 15 --write docs
.PHONY: bench
bench: setup-test  ## Ours beside RapidOCR, pytesseract and ocrmypdf scripts, and how cost grows: docs/bench.md (15 minutes)
	@$(RUN) -m tests.benchmarks.bench $(BENCH)

.PHONY: bench-seals
bench-seals: setup-test  ## Measure comparing and reading seals on 200 makers kept aside, by print and scan
	@$(RUN) -m tests.benchmarks.seals_bench --n 200 --part aside --captures 200 300 150 phone grey bilevel

.PHONY: prove-06
prove-06: setup-test  ## Measure finding, telling apart and re-use of seals, write docs/proof-06.md (10 minutes on one core)
	@$(RUN) -m tests.proofs.prove_06 --n 200 --write docs/proof-06.md

.PHONY: prove-13
prove-13: setup-test  ## Attack files, paint over scans, write docs/proof-13.md (10 minutes on one core)
	@$(RUN) -m tests.proofs.prove_13 --letters 14 --scans 12 --seed 5 --write docs/proof-13.md

.PHONY: prove-13-scans
prove-13-scans: setup-test  ## Count the scans painted over that are seen, in every way of painting (10 minutes on one core)
	@$(RUN) -m tests.proofs.prove_13_scans --letters 24 --seed 1500

.PHONY: prove-07
prove-07: setup-test  ## Measure one exchanged character, write docs/proof-07.md (10 minutes on one core)
	@$(RUN) -m tests.proofs.prove_07 --minutes 10 --write docs/proof-07.md

.PHONY: train-comparator
train-comparator:  ## Train models/seal_comparator.onnx again; needs torch 2.13 and onnx in .venv, 10 CPU minutes
	@$(RUN) -m models.training.tiles --minutes 4 --seed 1 --out .cache/tiles
	@$(RUN) -m models.training.tiles --minutes 3 --seed 2 --phones 0.4 --out .cache/tiles
	@$(RUN) -m models.training.train_comparator --tiles .cache/tiles/*.npz --minutes 6 --seed 1

.PHONY: prove-10
prove-10: setup-test  ## Roles, races, kills and audit edits on both databases, write docs/proof-10.md (30 minutes)
	@$(RUN) -m tests.proofs.prove_10 --write docs/proof-10.md

.PHONY: train-overprint-reader
train-overprint-reader:  ## Train models/overprint_reader.onnx again; needs torch 2.13 and onnx in .venv, 50 CPU minutes
	@$(RUN) -m models.training.lines --minutes 8 --seed 1 --out .cache/lines
	@$(RUN) -m models.training.train_reader --lines .cache/lines/*.npz --minutes 42 --seed 1

KILLS ?= 200
.PHONY: prove-09
prove-09: setup-test  ## Kill the service's processes under load, on both databases, and write docs/proof-09.md
	@$(RUN) -m tests.proofs.prove_09 --kills $(KILLS) --write docs/proof-09.md

.PHONY: bench-service
bench-service: setup-test  ## Measure the service: hostile uploads, report reads, time to a verdict
	@$(RUN) -m tests.benchmarks.service

.PHONY: prove-08
prove-08: setup-test  ## Judge 620 applications, read proofs and certificates, split files, write docs/proof-08.md
	@$(RUN) -m tests.proofs.prove_08 --sets 620 --papers 110 --letters 10 --files 500 --write docs/proof-08.md

.PHONY: prove-12
prove-12: setup-test  ## Measure the archive: engines, deaths, judging again, reuse; write docs/proof-12.md (hours)
	@$(RUN) -m tests.proofs.prove_12 --write docs/proof-12.md

.PHONY: simulate
simulate: setup-test  ## Work out 10^8 letters on 1 to 1,000 cores from measured constants
	@$(RUN) -m tests.benchmarks.batch_simulate --letters 100000000

.PHONY: prove-04
prove-04: setup-test  ## Measure reading on 600 generated letters (10 minutes on one core) and write docs/proof-04.md
	@$(RUN) -m tests.proofs.prove_04 --n 600 --seed 2026 --write docs/proof-04.md

BENCH_READING ?= --every 2 --write docs
.PHONY: bench-reading
bench-reading: setup-test  ## Read pages of samples/bench.toml with every engine: docs/reading-bench.md (10 minutes)
	@$(RUN) -m tests.benchmarks.reading_bench $(BENCH_READING)

.PHONY: prove-05
prove-05: setup-test  ## Score extraction on 1,000 letters and write docs/proof-05.md
	@$(RUN) -m tests.proofs.prove_05 --n 1000 --seed 2026 --applications 120 --jobs 2 --write docs

.PHONY: understanding
understanding: setup-test  ## Try extraction on every layout without reading: the share of values that come out right
	@$(RUN) -m tests.proofs.understanding --letters 12

.PHONY: contact-sheets
contact-sheets: setup-test  ## Draw what the generator makes: docs/contact
	@$(RUN) -m samples.contact_sheet --out docs/contact

# --- the pages -------------------------------------------------------------------------------------------

.PHONY: vendor
vendor:  ## Fetch what the pages load (npm packages by version, checked against their sums; needs npm)
	@bash .ci/vendor

.PHONY: screenshots
screenshots: setup-test  ## Draw every page in Debian's Chromium into docs/screens
	@$(RUN) -m tests.browser.screenshots --out docs/screens

.PHONY: prove-11
prove-11: setup-test  ## Walk the pages in Chromium by mouse and keyboard, measure them, write docs/proof-11.md (5 minutes)
	@$(RUN) -m tests.proofs.prove_11 --write docs/proof-11.md

.PHONY: catalogue
catalogue: setup-test  ## Bring the messages of the pages into verifier/web/locale, new ones empty
	@$(BIN)/python -m tests.browser.catalogue

BLOCKS ?= 100
.PHONY: prove-14
prove-14: setup-test  ## Open hostile, odd and mutated files behind the wall, write docs/proof-14.md (an hour on one core)
	@$(RUN) -m tests.proofs.prove_14 --blocks $(BLOCKS) --verify 1000 --write docs/proof-14.md
