"""Matplotlib's list of its own fonts, made once per version and shown to every sandbox.

A sandbox starts with an empty configuration folder, and matplotlib would look through all its
fonts again each time, for a quarter of a second. Fonts of the machine are not in the list: a
sandbox does not see them.
"""

import importlib.metadata
import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from autograder.course import cache_folder

MAKE_SECONDS = 60.0
MAKE = """
import sys
from matplotlib import font_manager, get_data_path
fonts = font_manager.fontManager
for name in ("ttflist", "afmlist"):
    own = [font for font in getattr(fonts, name) if font.fname.startswith(get_data_path())]
    setattr(fonts, name, own)
font_manager.json_dump(fonts, f"{sys.argv[1]}/fontlist-v{fonts.__version__}.json")
"""


def font_list() -> tuple[str, bytes] | None:
    """The list: (file name, content). None where it cannot be made or kept: nothing needs it."""
    folder = cache_folder("fonts", f"matplotlib-{importlib.metadata.version('matplotlib')}")
    if folder is None:
        return None
    with suppress(OSError, subprocess.SubprocessError):
        if not _kept(folder):
            _make(folder)
        for path in _kept(folder):
            return path.name, path.read_bytes()
    return None


def _kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("fontlist-v*.json"))


def _make(folder: Path) -> None:
    """Make the list aside and move it to its place at once: others may be starting as well."""
    with tempfile.TemporaryDirectory(dir=folder) as aside:
        subprocess.run(
            [sys.executable, "-I", "-B", "-c", MAKE, aside],
            env={"MPLCONFIGDIR": aside, "MPLBACKEND": "Agg", "LANG": "C.UTF-8"},
            capture_output=True,
            check=True,
            timeout=MAKE_SECONDS,
        )
        for made in Path(aside).glob("fontlist-v*.json"):
            os.replace(made, folder / made.name)
