# Every task of the project. `make help` lists them. All of them work in .venv, which the first one creates.

VENV := .venv
PYTHON := $(VENV)/bin/python
PIP_INSTALL := $(PYTHON) -m pip install --quiet --disable-pip-version-check --no-input --no-deps
WORKERS ?= 2
DAY ?= 2026-08-03

# What `make evaluate` scores; benchmarks/labelled/README.md describes each set.
SETS ?= public synthetic development clinic heldout apart

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test coverage postgresql check lint format types contracts policies docs lexicon lock sbom evaluate clean

help: ## list what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' Makefile | while IFS='|' read -r name what; do printf 'make %-10s %s\n' "$$name" "$$what"; done

demo: $(VENV)/.runtime ## set up, check the two example notes, write both reports as HTML to demo-output/, open a workspace
	@mkdir -p demo-output
	@$(call demo,a spinal cord stimulator trial,stimulator-trial,--code 63650 --stage trial)
	@$(call demo,a lumbar laminectomy,lumbar-laminectomy,--code 63047)
	@echo "-- The same two reports as web pages, the note beside the criteria. Open them in a browser:"
	@for page in demo-output/*.html; do echo "   $(CURDIR)/$$page"; done
	@echo
	@echo "-- The workspace, with a practice of invented patients:"
	@$(DEMONSTRATION) --stop >/dev/null
	@$(DEMONSTRATION) --background --port 0
	@if [ -n "$$CI" ]; then echo "   It answers. In CI it is stopped again:"; $(DEMONSTRATION) --stop; \
		else echo "   It goes on in the background until: $(DEMONSTRATION) --stop"; fi

test: check postgresql ## everything that must hold: the checks, then all tests with coverage
	@echo "-- Running every test on $(WORKERS) processes"
	@tools/with-chromium $(PYTHON) -m pytest -n $(WORKERS) --cov --cov-report=
	@$(PYTHON) -m coverage report --format=total | sed 's/.*/-- Tests cover & of 100 lines and branches (make coverage lists the rest); the engine must be covered whole/'
	@$(PYTHON) -m coverage report --include='src/praxigen/engine/*' --fail-under=100 --skip-covered
	@echo "make test: all checks and tests passed"

coverage: ## where the last `make test` did not go, file by file
	@$(PYTHON) -m coverage report --skip-covered

postgresql: $(VENV)/.dev ## the tests of the workspace once more, on a PostgreSQL server of their own
	@echo "-- Running the tests of the workspace on PostgreSQL"
	@tools/with-postgresql $(PYTHON) -m pytest -q -n $(WORKERS) tests/web

check: lint format types contracts policies ## what needs no test run: lint, format, types, import contracts, policy files

lint: $(VENV)/.dev
	@echo "-- ruff check"
	@$(PYTHON) -m ruff check --quiet --output-format=concise .

format: $(VENV)/.dev
	@echo "-- ruff format"
	@$(PYTHON) -m ruff format --check --quiet .

types: $(VENV)/.dev
	@echo "-- mypy, strict"
	@$(PYTHON) -m mypy --no-error-summary

contracts: $(VENV)/.dev
	@echo "-- which package may import which"
	@$(VENV)/bin/lint-imports --no-logo

policies: $(VENV)/.dev
	@echo "-- praxigen library lint"
	@$(VENV)/bin/praxigen library lint

docs: $(VENV)/.dev ## write the parts of the documentation that are made from tests and from real output
	@PYTHONPATH=tests $(PYTHON) -m spec.manual
	@PYTHONPATH=tests $(PYTHON) -m support.screens
	@PYTHONPATH=tests $(PYTHON) -m support.deadline_table
	@PYTHONPATH=tests $(PYTHON) -m support.examples
	@PYTHONPATH=tests $(PYTHON) -m support.roles
	@for kind in guideline requirement rule literature payers procedures law; do \
		$(VENV)/bin/praxigen library schema $$kind > docs/schemas/$$kind.schema.json || exit 1; \
	done

evaluate: $(VENV)/.runtime ## score the reader and the engine on the labelled notes of benchmarks/
	@for set in $(SETS); do \
		echo "-- praxigen evaluate benchmarks/labelled/$${set}_labels.jsonl --notes benchmarks/labelled/$${set}_notes.jsonl"; \
		$(VENV)/bin/praxigen evaluate benchmarks/labelled/$${set}_labels.jsonl \
			--notes benchmarks/labelled/$${set}_notes.jsonl || exit 1; echo; \
	done

# The names and versions come from pyproject.toml. `make lock UPGRADE=1` takes the newest versions that it allows.
LOCK := $(PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-header $(if $(UPGRADE),--upgrade)

lexicon: $(VENV)/.runtime ## compile the lexicon and the rules after an edit, so that a check starts fast again
	@$(PYTHON) -m praxigen.lexicon
	@$(PYTHON) -m praxigen.reading

lock: $(VENV)/.dev ## write requirements/*.txt anew from pyproject.toml
	@echo "-- Locking names, versions and hashes"
	@$(LOCK) pyproject.toml -o requirements/runtime.txt
	@$(LOCK) --group build -c requirements/runtime.txt -o requirements/build.txt
	@$(LOCK) pyproject.toml --extra ocr -c requirements/runtime.txt -o requirements/ocr.txt
	@$(LOCK) pyproject.toml --extra web -c requirements/runtime.txt -o requirements/web.txt
	@$(LOCK) pyproject.toml --extra postgresql -c requirements/runtime.txt -o requirements/postgresql.txt
	@$(LOCK) --group dev -c requirements/runtime.txt -c requirements/build.txt -c requirements/web.txt \
		-o requirements/dev.txt
	@$(LOCK) --group sbom -c requirements/dev.txt -c requirements/web.txt -o requirements/sbom.txt

sbom: $(VENV)/.runtime ## list every part with version and hash for other programs: sbom/*.cdx.json, in CycloneDX
	@$(PIP_INSTALL) --require-hashes -r requirements/sbom.txt
	@mkdir -p sbom
	@for set in $(PARTS); do \
		PYTHONWARNINGS=ignore $(VENV)/bin/cyclonedx-py requirements requirements/$$set.txt --pyproject pyproject.toml --mc-type application \
			--spec-version 1.6 --output-reproducible --output-file sbom/$$set.cdx.json || exit 1; \
		echo "-- sbom/$$set.cdx.json"; \
	done

clean: ## remove everything that the other targets made
	rm -rf $(VENV) demo-output sbom build dist htmlcov .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache \
		.import_linter_cache .hypothesis src/praxigen/_compiled
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# What `make sbom` lists: what praxigen needs, what the workspace, scanned pages and PostgreSQL need besides.
PARTS := runtime web ocr postgresql

# Each set of packages is installed again when its list changes.
$(PYTHON):
	@tools/environment $(VENV)

$(VENV)/.runtime: requirements/runtime.txt requirements/ocr.txt requirements/web.txt requirements/build.txt pyproject.toml | $(PYTHON)
	@echo "-- Installing what praxigen needs (requirements/runtime.txt, each file checked against its hash)"
	@$(PIP_INSTALL) --require-hashes -r requirements/runtime.txt -r requirements/build.txt
	@echo "-- Installing what reads scanned pages (requirements/ocr.txt)"
	@$(PIP_INSTALL) --require-hashes -r requirements/ocr.txt || \
		echo "-- No OCR engine for this system: scanned pages and pictures stay unread; everything else works"
	@echo "-- Installing what the workspace needs (requirements/web.txt)"
	@$(PIP_INSTALL) --require-hashes -r requirements/web.txt
	@echo "-- Installing praxigen itself"
	@$(PIP_INSTALL) --no-build-isolation --editable .
	@$(PYTHON) -m praxigen.lexicon
	@$(PYTHON) -m praxigen.reading
	@$(PYTHON) -m praxigen.library
	@$(PYTHON) -m praxigen.codesets
	@$(PYTHON) -m compileall -q src
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	@echo "-- Installing what the checks and tests need (requirements/dev.txt)"
	@$(PIP_INSTALL) --require-hashes -r requirements/dev.txt
	@$(PIP_INSTALL) --require-hashes -r requirements/postgresql.txt || \
		echo "-- No PostgreSQL driver for this system: its tests are left out"
	@touch $@

DEMONSTRATION := $(VENV)/bin/praxigen serve --demo --data demo-output/workspace --key-file demo-output/keys/master.key

# 1: what is requested  2: the note  3: the options that say so. Open criteria end a check with 1, which is no fault.
define demo
	ask="examples/$(2).txt --payer qualcare $(3) --date-of-service $(DAY)"; \
	echo "-- Checking an example note for $(1):"; \
	echo "   praxigen check $$ask"; echo; \
	for form in "" "--output demo-output/$(2).html"; do \
		$(VENV)/bin/praxigen check $$ask $$form || test $$? -eq 1 || exit 1; echo; \
	done
endef
