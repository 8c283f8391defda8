"""scripts/lite.py before it builds anything; the site itself: tests/browser/test_lite.py."""

import subprocess
import sys

from tests.course import ROOT


def refused(*given) -> str:
    """The one sentence that the script ends with."""
    command = [sys.executable, ROOT / "scripts" / "lite.py", *given]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    return done.stderr.strip()


def test_a_folder_that_publish_did_not_write_is_refused(tmp_path):
    said = refused("--course", tmp_path, "--out", tmp_path / "site")
    assert said == f"{tmp_path} holds no START.ipynb. Run `autograder publish` first."
    assert not (tmp_path / "site").exists()


def test_nothing_is_written_over_files_of_others(tmp_path):
    (tmp_path / "START.ipynb").touch()
    (tmp_path / "home").mkdir()
    thesis = tmp_path / "home" / "thesis.tex"
    thesis.touch()
    assert "holds other files" in refused("--course", tmp_path, "--out", tmp_path / "home")
    assert thesis.exists()
