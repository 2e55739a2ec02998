# From Valley to Bowl. `make film` and `make test` need nothing but Python 3.11 or newer: they set up the rest.

PYTHON ?= python3
QUALITY ?= high
CUT ?=
WORKERS ?=
MANIMGL ?=
FFMPEG ?=
TEST_WORKERS ?= auto

export PYTHON QUALITY CUT WORKERS TEST_WORKERS

.PHONY: film slides page docs benchmark test check clean options

film: options
	@sh bnviz/setup.sh voice
	@.venv/bin/bnviz film --quality $(QUALITY) $(if $(CUT),--cut $(CUT)) $(if $(WORKERS),--workers $(WORKERS))

slides: options
	@sh bnviz/setup.sh voice slides
	@.venv/bin/bnviz slides --quality $(QUALITY) $(if $(CUT),--cut $(CUT)) $(if $(WORKERS),--workers $(WORKERS))

page: options
	@sh bnviz/setup.sh voice
	@.venv/bin/bnviz page --quality $(QUALITY) $(if $(CUT),--cut $(CUT)) $(if $(WORKERS),--workers $(WORKERS))

# The site, into build/site. The first time the networks that its words speak of are trained, which takes minutes.
docs:
	@sh bnviz/setup.sh voice docs
	@.venv/bin/sphinx-build -W --keep-going -q -b html -d build/doctrees docs build/site
	@echo build/site/index.html

benchmark:
	@sh bnviz/setup.sh voice benchmark
	@.venv/bin/python -m benchmarks $(if $(MANIMGL),--manimgl $(MANIMGL)) $(if $(FFMPEG),--ffmpeg $(FFMPEG))

test: options
	@sh bnviz/setup.sh voice slides data fonts-cjk cluster benchmark docs test browser office
	@.venv/bin/pytest -n $(TEST_WORKERS) --maxprocesses 8 --dist loadgroup --durations 30

check:
	@sh bnviz/setup.sh voice slides data fonts-cjk cluster benchmark docs test
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports

clean:
	rm -rf .venv build *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

# Looked at before anything is set up.
options:
	@case $$QUALITY in low | medium | high | 4k) ;; *) \
	    echo "QUALITY is '$$QUALITY'; it must be low, medium, high or 4k" >&2; exit 2 ;; esac
	@case $$WORKERS in 0* | *[!0-9]*) \
	    echo "WORKERS is '$$WORKERS'; it must be a whole number from 1 on" >&2; exit 2 ;; esac
	@case $$TEST_WORKERS in auto | logical) ;; '' | *[!0-9]*) \
	    echo "TEST_WORKERS is '$$TEST_WORKERS'; it must be auto, logical or a whole number" >&2; exit 2 ;; esac
