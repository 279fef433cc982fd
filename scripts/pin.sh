#!/bin/sh
# Writes requirements/*.txt, name==version for the whole tree, from the direct pins in pyproject.toml.
#
#   scripts/pin.sh              after a change in pyproject.toml: every other pin stays
#   scripts/pin.sh --upgrade    move what lies below the direct pins to its newest release
#
# One version for every platform and Python from 3.11 on, with markers where a package exists on some only.
set -eu
cd "$(dirname "$0")/.."

compile() {
    .venv/bin/uv --quiet --system-certs pip compile pyproject.toml --universal --python-version 3.11 --fork-strategy fewest \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links "$@" >/dev/null
}

compile --output-file requirements/runtime.txt "$@"
compile --constraint requirements/runtime.txt --extra ocr --output-file requirements/ocr.txt "$@"
compile --constraint requirements/runtime.txt --extra test --output-file requirements/test.txt "$@"
