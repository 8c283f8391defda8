#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the image.
set -euo pipefail
root=${AUTOGRADER_ROOT:-/autograder}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq bubblewrap libseccomp2

new_enough='import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))'
python=
for candidate in python3 python3.13 python3.12 python3.11; do
    if "$candidate" -c "$new_enough" 2>/dev/null; then python=$candidate; break; fi
done
if [ -z "$python" ]; then
    apt-get install -y -qq python3.11 python3.11-venv
    python=python3.11
fi
"$python" -m venv "$root/venv"
"$root/venv/bin/pip" install -q --disable-pip-version-check -r "$here/requirements.txt"

# Student code runs as another user, who has no business here.
chmod -R go-rwx "$here/solutions" "$here/exercises" "$here/course_secret"

# For the build log: which isolation this machine allows. Each run says which one it used.
cd "$here"
AUTOGRADER_COURSE=$here PYTHONPATH=$here "$root/venv/bin/python" -B -P -c '
from autograder.pipeline import forbidden_paths
from autograder.sandbox import layers
for layer in layers(forbidden=forbidden_paths()):
    print("holds:" if layer.holds else "fails:", layer.name, "-", layer.detail)
'
