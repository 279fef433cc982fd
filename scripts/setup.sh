#!/bin/sh
# Installs into .venv everything that requirements/SET.txt pins, and the project itself, editable.
#
#   scripts/setup.sh [runtime|test|ocr]
#
# Nothing is resolved: the pins name the whole tree. A second run with the same pins returns at once.
# PYTHON chooses the interpreter (3.11 or newer) that a new .venv is made with.
set -eu
cd "$(dirname "$0")/.."

set_name=${1:-runtime}
pins=requirements/$set_name.txt
if [ ! -f "$pins" ]; then
    echo "setup: there is no $pins; choose runtime, test or ocr" >&2
    exit 2
fi

# What an installed set was made from. The folder is part of it because the commands in .venv/bin name it: a moved
# checkout is installed anew.
fingerprint() { cat "requirements/$1.txt" requirements/bootstrap.txt pyproject.toml scripts/setup.sh | cksum; echo "$PWD"; }

stamp=.venv/installed-$set_name
if [ -x .venv/bin/python ] && [ "$(cat "$stamp" 2>/dev/null)" = "$(fingerprint "$set_name")" ]; then
    exit 0
fi

if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    for python in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            break
        fi
        python=
    done
    if [ -z "$python" ]; then
        echo "setup: Python 3.11 or newer was not found; name one: make setup PYTHON=/path/to/python3.11" >&2
        exit 2
    fi
    "$python" -m venv --clear .venv
fi

export PIP_DISABLE_PIP_VERSION_CHECK=1
pip() { .venv/bin/python -m pip --quiet "$@"; }
# uv installs the same pins several times faster; where only pip is configured to reach a registry, pip does it.
install() { .venv/bin/uv --quiet --system-certs pip install --no-config --python .venv/bin/python "$@" || pip install "$@"; }

echo "setup: installing $pins into .venv"
pip install -r requirements/bootstrap.txt

# torch is fetched by pip, which honours a machine's own wheel folders (pip's find-links) where its small CPU build
# may lie. It is the one package installed with its own requirements: the registry's build for machines with an
# NVIDIA card needs the CUDA packages of exactly its version, which no other machine wants.
torch=$(grep '^torch==' "$pins")
if ! .venv/bin/python -c "from importlib.metadata import version as v; assert '$torch' == 'torch==' + v('torch').split('+')[0]" \
    2>/dev/null; then
    wheels=.venv/wheels
    rm -rf "$wheels"
    pip download --no-deps --dest "$wheels" "$torch"
    install --constraint "$pins" "$wheels"/torch-*.whl
    rm -rf "$wheels"
fi

install --no-deps -r "$pins"
install --no-deps --no-build-isolation --editable .

fingerprint "$set_name" >"$stamp"
# Every set contains the runtime set: tests/test_packaging.py holds them to that.
fingerprint runtime >.venv/installed-runtime
