PYTHON ?= python

.PHONY: check format lint types contracts test campaign bench

check: format lint types contracts test

format:
	$(PYTHON) -m ruff format --check .

lint:
	$(PYTHON) -m ruff check .

types:
	$(PYTHON) -m mypy

contracts:
	$(PYTHON) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"

test:
	$(PYTHON) -m pytest

campaign:
	$(PYTHON) -m pytest -n 0 -m campaign

bench:
	$(PYTHON) -m tests.benchmarks --minute
