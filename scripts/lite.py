"""Make a site that runs the student course in the browser, of what `autograder publish` wrote.

JupyterLite serves the files and Pyodide runs Python in the reader's browser: docs/jupyterlite.md.
Run it with the Python that holds JupyterLite, as `make lite` does.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

JUPYTER = Path(sys.executable).with_name("jupyter")
CONSTRAINTS = Path(__file__).parents[1] / "constraints.txt"
START = "START.ipynb"
LEFT_OUT = (r"^/[^/]*\.zip$", r"^/requirements\.txt$", r"^/README\.md$")
"""What a site has no use for: files are unpacked, libraries come with Pyodide, START is read."""
NOT_IN_PYODIDE = "comm"
"""The kernel needs it, and would fetch it from a package index each time."""
SETTINGS = {
    "jupyter-lite-schema-version": 0,
    "jupyter-config-data": {
        "appName": "Backpropagation",
        "litePluginSettings": {
            # %pip finds no stranger's package: all that the notebooks import is here.
            "@jupyterlite/pyodide-kernel-extension:kernel": {"disablePyPIFallback": True}
        },
    },
}
ENTRANCE = f"""\
<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Backpropagation</title>
<script id="jupyter-config-data" type="application/json" data-jupyter-lite-root=".">{{}}</script>
<meta http-equiv="refresh" content="0; url=lab/index.html?path={START}">
<a href="lab/index.html?path={START}">To the notebooks</a>
</html>
"""
"""JupyterLab reads the script of the site's first page; the line after it opens the start page."""


def main(course: Path, out: Path, pyodide: Path | None) -> None:
    """Build the site in the place of what `out` held."""
    if not (course / START).is_file():
        sys.exit(f"{course} holds no {START}. Run `autograder publish` first.")
    if out.exists() and not (out / "jupyter-lite.json").is_file() and any(out.iterdir()):
        sys.exit(f"{out} holds other files. Name a folder that is empty or does not exist.")
    shutil.rmtree(out, ignore_errors=True)
    with tempfile.TemporaryDirectory() as name:
        build(course.resolve(), out.resolve(), lay_out(Path(name), pyodide))
    (out / "index.html").write_text(ENTRANCE, encoding="utf-8")
    print(f"written: {out}\nTry it: python3 -m http.server --directory {out}")


def lay_out(lite: Path, pyodide: Path | None) -> Path:
    """The folder that JupyterLite builds from: settings, a wheel, and Pyodide where it is given."""
    (lite / "jupyter-lite.json").write_text(json.dumps(SETTINGS), encoding="utf-8")
    wanted = ("--no-deps", "-c", CONSTRAINTS, "-d", lite / "pypi", NOT_IN_PYODIDE)
    run(sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", *wanted)
    if pyodide:
        shutil.copytree(pyodide, lite / "static" / "pyodide")
    return lite


def build(course: Path, out: Path, lite: Path) -> None:
    """Let JupyterLite write the site: JupyterLab, the kernel, and the course's files."""
    left_out = [f"--extra-ignore-contents={pattern}" for pattern in LEFT_OUT]
    run(
        *(JUPYTER, "lite", "build", "--lite-dir", lite, "--output-dir", out),
        *("--contents", course, *left_out),
        *("--apps", "lab", "--no-sourcemaps", "--no-unused-shared-packages", "--no-libarchive"),
        cwd=lite,
    )


def run(*command: str | Path, cwd: Path | None = None) -> None:
    """Run a command; what it says is shown only where it fails."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Build the student course as a JupyterLite site.")
    parser.add_argument("--course", type=Path, default=Path("dist/course"), help="%(default)s")
    parser.add_argument("--out", type=Path, default=Path("dist/lite"), help="%(default)s")
    parser.add_argument("--pyodide", type=Path, help="an unpacked Pyodide, to be served as well")
    given = parser.parse_args()
    main(given.course, given.out, given.pyodide)
