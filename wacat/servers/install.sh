#!/bin/sh
# Makes the virtual environment from the hash-pinned lock: install.sh VENV LOCK STAMP
set -eu
venv=$1 lock=$2 stamp=$3
minimum="3.11"

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for candidate in ${PYTHON3:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null && new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    echo "WaCAT needs Python $minimum or newer; python3 here is" \
        "$(python3 -V 2>&1 || echo missing). Debian and Ubuntu: apt install python3 python3-venv" >&2
    exit 1
}

digest() {
    # The interpreter counts: its compiled packages fit no other.
    { cat "$lock"; "$1" -V; } | "$1" -c 'import hashlib, sys
print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())'
}

python=$(find_python)
if [ -x "$venv/bin/python" ] && [ -f "$stamp" ] && new_enough "$venv/bin/python" &&
    [ "$(cat "$stamp")" = "$(digest "$venv/bin/python")" ]; then
    touch "$stamp"
    exit 0
fi
rm -f "$stamp"

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "Python's venv is missing. Debian and Ubuntu: apt install python3-venv (or python$version-venv)" >&2
    exit 1
fi

# One that works is brought up to date, as quick as that is; any other is made anew.
if ! { [ -x "$venv/bin/python" ] && new_enough "$venv/bin/python" &&
    "$venv/bin/python" -m pip --version >/dev/null 2>&1; }; then
    "$python" -m venv --clear "$venv"
fi
echo "Installing the packages of $lock (about a minute the first time) ..."
# Of all that is installed a part is imported: that is compiled when it first is.
"$venv/bin/python" -m pip install --no-compile --quiet --disable-pip-version-check --no-input \
    --require-hashes --only-binary :all: -r "$lock"
digest "$venv/bin/python" >"$stamp.new"
mv "$stamp.new" "$stamp"
