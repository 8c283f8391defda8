"""Pages in the one headless Chromium of all tests (tests/conftest.py starts it)."""

import pytest

from tests.browser.pages import Watched


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
