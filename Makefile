# From Valley to Bowl. `make film` and `make test` need nothing but Python 3.11 or newer: they set up the rest.

PYTHON ?= python3
QUALITY ?= high
WORKERS ?=
TEST_WORKERS ?= auto

export PYTHON

.PHONY: film slides page benchmark test check clean

film:
	@sh bnviz/setup.sh voice
	@.venv/bin/bnviz film --quality $(QUALITY) $(if $(WORKERS),--workers $(WORKERS))

slides:
	@sh bnviz/setup.sh voice slides
	@.venv/bin/bnviz slides --quality $(QUALITY) $(if $(WORKERS),--workers $(WORKERS))

page:
	@sh bnviz/setup.sh voice
	@.venv/bin/bnviz page --quality $(QUALITY) $(if $(WORKERS),--workers $(WORKERS))

benchmark:
	@sh bnviz/setup.sh voice benchmark
	@.venv/bin/python -m benchmarks

test:
	@sh bnviz/setup.sh voice slides cluster benchmark test browser
	@.venv/bin/pytest -n $(TEST_WORKERS) --maxprocesses 8 --dist loadgroup

check:
	@sh bnviz/setup.sh voice slides cluster benchmark test
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports

clean:
	rm -rf .venv build *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
