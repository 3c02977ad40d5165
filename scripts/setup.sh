#!/bin/sh
# Make .venv and install a list of requirements into it: sh scripts/setup.sh requirements.txt
# What is installed is remembered in .venv/installed, so that a second call has nothing to do.
set -eu
cd "$(dirname "$0")/.."
list="$1"

wanted() { (pwd; cat requirements.txt constraints.txt; [ "$list" = requirements.txt ] || cat "$list") | cksum; }
stamp=".venv/installed/$list"
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(wanted)" ] && [ -x .venv/bin/python ]; then
    exit 0
fi

python=""
for name in python3.11 python3.12 python3.13 python3.14 python3; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python="$name"
        break
    fi
done
if [ -z "$python" ]; then
    found="$(python3 --version 2>/dev/null || echo "none")"
    echo "Comptoir needs Python 3.11 or newer; found: $found. Install a newer Python and run this again." >&2
    exit 1
fi

# A folder that was moved or half made is made again: the programs in it know the path they were made for.
if ! .venv/bin/python -c '' 2>/dev/null || [ "$(cat .venv/made_for 2>/dev/null)" != "$(pwd)" ]; then
    echo "Making .venv with $("$python" --version)."
    rm -rf .venv
    if ! "$python" -m venv .venv; then
        echo "Python's venv module is missing. On Debian and Ubuntu: apt-get install python3-venv." >&2
        exit 1
    fi
    pwd > .venv/made_for
fi
echo "Installing $list. This takes a minute the first time."
if ! .venv/bin/python -m pip install --disable-pip-version-check --quiet -r "$list" -c constraints.txt; then
    echo "The packages of $list could not be installed; the lines above say why." >&2
    exit 1
fi
mkdir -p .venv/installed
# the list for tests holds the list to run: both are installed then
wanted > "$stamp"
[ "$list" = requirements.txt ] || { list=requirements.txt; wanted > .venv/installed/requirements.txt; }
