# setup: the programs Comptoir runs on · run: the app, on http://localhost:8501 · test: every test
# run-cluster: one shop on PostgreSQL, three apps and a worker, on http://localhost:8501 to 8503
# kill-test: a shop killed a thousand times, docs/kill-tests.md · nightly: that, and many lives of orders against a model
PORT ?= 8501

.PHONY: setup run run-cluster test check bench screenshots kill-test nightly
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
	@.venv/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not browser"
	@.venv/bin/python -m pytest -m browser tests/browser
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

kill-test:
	@sh scripts/setup.sh requirements-test.txt
	.venv/bin/python -m tests.faults.killing --write docs/kill-tests.md $(ARGS)

nightly:
	@sh scripts/setup.sh requirements-test.txt
	COMPTOIR_MODEL_EXAMPLES=2000 COMPTOIR_MODEL_STEPS=30 .venv/bin/python -m pytest tests/faults/test_model.py
	.venv/bin/python -m tests.faults.killing --write docs/kill-tests.md --seed $$(date +%Y%m%d)00
