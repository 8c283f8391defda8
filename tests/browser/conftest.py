"""One headless Chromium for all browser tests; where there is none, they are skipped."""

import shutil

import pytest

from tests.browser.pages import Watched, launch

MISSING = "no chromium on this machine: `apt install chromium` (make test does it as root)"


@pytest.fixture(scope="session")
def chromium():
    """The browser."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip(MISSING)
    with launch(program) as browser:
        yield browser


@pytest.fixture
def watched(chromium):
    """Opens pages that are watched for scripts, errors and requests."""
    contexts = []

    def open_page(**settings) -> Watched:
        context = chromium.new_context(**settings)
        contexts.append(context)
        return Watched(context)

    yield open_page
    for context in contexts:
        context.close()
