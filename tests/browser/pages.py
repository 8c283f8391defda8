"""Headless Chromium, and pages that tell what happened on them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 60_000
"""Milliseconds to wait for anything: machines that test are busy."""
CONTRAST = """element => {
  const light = text => { const [r, g, b] = text.match(/[\\d.]+/g).slice(0, 3).map(value => {
    const c = value / 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const clear = box => getComputedStyle(box).backgroundColor === "rgba(0, 0, 0, 0)";
  let paper = element;
  while (clear(paper)) paper = paper.parentElement;
  const [a, b] = [light(getComputedStyle(element).color),
                  light(getComputedStyle(paper).backgroundColor)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}"""
"""How far the words of an element stand out from the paper below them, by WCAG."""
ENOUGH = 4.5
"""The contrast that WCAG asks for."""


def program() -> str | None:
    """Where Chromium is; None where it is not installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def launch(path: str) -> Iterator:
    """Chromium, for as long as the block runs."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=[*FLAGS])
        yield browser
        browser.close()


class Watched:
    """A page, and whatever it did beyond being read."""

    def __init__(self, context) -> None:
        context.set_default_timeout(PATIENCE)
        self.page = context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", self._dialog)
        self.page.on("request", lambda request: self.asked.append(request.url))

    def open(self, path) -> "Watched":
        """Load a file."""
        self.page.goto(path.as_uri())
        return self

    def asked_elsewhere(self) -> list[str]:
        """What was fetched besides the page itself and the pictures in it."""
        return [url for url in self.asked[1:] if not url.startswith("data:")]

    def _dialog(self, dialog) -> None:
        self.said.append(dialog.message)
        dialog.dismiss()
