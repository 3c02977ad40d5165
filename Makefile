# setup: the programs Comptoir runs on · run: the app, on http://localhost:8501 · test: every test
# run-cluster: one shop on PostgreSQL, three apps and a worker, on http://localhost:8501 to 8503
PORT ?= 8501

.PHONY: setup run run-cluster test check bench screenshots
.DEFAULT_GOAL := run

setup:
	@sh scripts/setup.sh requirements.txt

run: setup
	@PORT="$(PORT)" sh scripts/run.sh

run-cluster: setup
	@.venv/bin/python scripts/cluster.py --port "$(PORT)" $(ARGS)

test:
	@sh scripts/setup.sh requirements-test.txt
	@sh scripts/test_programs.sh
ifdef ARGS
	@.venv/bin/python -m pytest $(ARGS)
else
	@.venv/bin/python -m pytest -n 2 --dist loadfile -m "not browser"
	@.venv/bin/python -m pytest -m browser
endif

check:
	@sh scripts/setup.sh requirements-test.txt
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

bench:
	@sh scripts/setup.sh requirements-test.txt
	@.venv/bin/python -m bench $(ARGS)

screenshots:
	@sh scripts/setup.sh requirements-test.txt
	@sh scripts/test_programs.sh
	.venv/bin/python scripts/screenshots.py $(ARGS)
