"""What nbgrader's commands load before they do anything."""

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

CONSTRAINTS = Path(__file__).parents[2] / "constraints.txt"
COMMANDS = "import nbgrader.apps, jsonschema, sys; print('rfc3987_syntax' in sys.modules)"


def test_no_command_loads_the_grammar_of_iris(tmp_path):
    """A second and a half for each; found on the path, newer versions of jsonschema load it."""
    (tmp_path / "rfc3987_syntax.py").write_text("def is_valid_syntax_iri(text): return True\n")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-W", "ignore", "-c", COMMANDS]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_version_that_does_not_is_the_one_that_is_pinned():
    """Also for whoever installs tomorrow."""
    assert f"jsonschema=={version('jsonschema')}" in CONSTRAINTS.read_text().splitlines()
