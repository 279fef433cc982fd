# What each target does in detail: CONTRIBUTING.md. The logic lives in scripts/.
PORT ?= 8000
DATA ?= data
ARGS ?=

.PHONY: setup run test lint eval bench pin

setup:         ; @scripts/setup.sh runtime
run: setup     ; @.venv/bin/wenbao serve --data "$(DATA)" --port "$(PORT)" --samples-if-empty samples $(ARGS)
test:          ; @scripts/setup.sh test && .venv/bin/python -m pytest -q -n 2 --dist loadfile $(ARGS)
lint:          ; @scripts/setup.sh test && .venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy
eval:          ; @scripts/setup.sh test && .venv/bin/python -m eval run --in-process $(ARGS)
bench:         ; @scripts/setup.sh test && .venv/bin/python -m eval.bench $(ARGS)
pin:           ; @scripts/setup.sh test && scripts/pin.sh $(ARGS)
