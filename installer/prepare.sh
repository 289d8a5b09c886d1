#!/bin/sh
# Finds a Python that is new enough and lets prepare.py do the rest.
# PYTHON=/path/to/python names another.
set -eu
here=$(dirname -- "$0")
new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
for python in ${PYTHON:+"$PYTHON"} python3 python3.13 python3.12 python3.11 python; do
    if "$python" -c "$new_enough" >/dev/null 2>&1; then
        exec "$python" "$here/prepare.py" "$@"
    fi
done
echo "Valuer needs Python 3.11 or newer; none was found on this machine." >&2
echo "Install one (Debian 12 and Ubuntu 24.04 have it: sudo apt-get install python3 python3-venv)" >&2
echo "or name it: make PYTHON=/path/to/python3.11 ..." >&2
exit 1
