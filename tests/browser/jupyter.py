"""A JupyterLab server in a folder, as `jupyter lab` starts it, and a notebook opened in it."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 120
SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false"},
    "notebook-extension/tracker": {"windowingMode": "none"},  # all cells stay on the page
}


@contextmanager
def jupyter_lab(folder: Path, home: Path) -> Iterator[str]:
    """The server's address; its settings are in `home`, and it ends with the block."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    log = home / "jupyter.log"
    _write_settings(home / "config" / "lab" / "user-settings" / "@jupyterlab")
    with log.open("w") as file:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root"),
                *("--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"),
                *("--IdentityProvider.token=", "--ServerApp.password="),
                "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
                "--LabApp.expose_app_in_browser=True",
            ],
            cwd=folder,
            env=environment(home),
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(f"{address}/api", server, log)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def run_notebook(page, address: str, name: str) -> None:
    """Open a notebook of the server's folder, and run all its cells."""
    page.goto(f"{address}/doc/tree/{name}")
    kernel_ready(page)
    choose(page, "Run", "Run All Cells")
    page.wait_for_function(ALL_RAN)


def kernel_ready(page) -> None:
    """Wait until the notebook in front has its kernel, and that has nothing to do."""
    page.wait_for_function(KERNEL_READY)


def choose(page, menu: str, item: str) -> None:
    """Take an item of a menu; the first one whose words contain these."""
    page.get_by_role("menuitem", name=menu, exact=True).click()
    page.locator(".lm-Menu-itemLabel", has_text=item).first.click()


KERNEL_READY = """() => {
  const session = window.jupyterapp?.shell.currentWidget?.sessionContext;
  return session?.isReady && session.session?.kernel?.status === "idle";
}"""
"""Cells that are run earlier are dropped without a word."""
NUMBERED = re.compile(r"\d")
ALL_RAN = """() => {
  const shown = Array.from(document.querySelectorAll(".jp-CodeCell .jp-InputPrompt"));
  const prompts = shown.filter(prompt => prompt.offsetParent);
  return prompts.length && prompts.every(prompt => /\\d/.test(prompt.textContent));
}"""
"""Every code cell of the notebook in front has run; those of other tabs are not shown."""


def cell_with(page, source: str):
    """The code cell whose source contains this text."""
    return page.locator(".jp-CodeCell").filter(
        has=page.locator(".jp-InputArea-editor", has_text=source)
    )


def run_cell(page, source: str):
    """Run the cell whose source contains this text, as Shift + Enter does; returns the cell."""
    cell = cell_with(page, source)
    prompt = cell.locator(".jp-InputPrompt")
    before = prompt.inner_text()
    cell.locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    prompt.filter(has_text=NUMBERED, has_not_text=before).wait_for()
    kernel_ready(page)
    return cell


def retype(page, cell, source: str) -> None:
    """Put these lines in the place of those of a cell."""
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(source)


def _write_settings(folder: Path) -> None:
    for name, settings in SETTINGS.items():
        path = folder / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(settings))


def environment(home: Path) -> dict[str, str]:
    """Settings, data and kernels of nobody else."""
    bin_folder = str(Path(sys.executable).parent)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    return {
        **kept,
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "IPYTHONDIR": str(home / "ipython"),
        "PATH": os.pathsep.join([bin_folder, os.environ["PATH"]]),
        "AUTOGRADER_COURSE": "",
    }


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, server: subprocess.Popen, log: Path) -> None:
    """Wait until the server answers; fails with its log."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"JupyterLab did not start:\n{log.read_text()}")
