"""Patches are for the code that was read: where it is another, nbgrader keeps its own."""

import logging

import nbgrader.apps.autogradeapp
import nbgrader.preprocessors.saveautogrades as saving
import pytest
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory

from autograder.nbgrader_plugin import patches
from autograder.nbgrader_plugin.converter import CourseAutograde
from autograder.nbgrader_plugin.ledger import Ledger
from autograder.nbgrader_plugin.swift import SwiftAutograde


@pytest.fixture(autouse=True)
def restored(monkeypatch):
    """Nothing that a test puts in place stays there."""
    for module in (nbgrader.apps.autogradeapp, nbgrader.apps.api):
        monkeypatch.setattr(module, "Autograde", module.Autograde)
    stamps = CourseDirectory.get_existing_timestamp
    monkeypatch.setattr(CourseDirectory, "get_existing_timestamp", stamps)
    for name in patches.BOOKKEEPERS:
        monkeypatch.setattr(f"{name}.Gradebook", Gradebook)
    patches.as_read.cache_clear()
    yield
    patches.as_read.cache_clear()


def test_the_installed_nbgrader_is_the_one_that_was_read():
    """Otherwise everything is slow here, and nobody sees it."""
    assert nbgrader.__version__ == patches.READ_AGAINST
    patches.install()
    assert saving.Gradebook is Ledger
    assert nbgrader.apps.autogradeapp.Autograde is SwiftAutograde


def test_changed_code_keeps_its_own_bookkeeping(monkeypatch, caplog):
    """With one line that says so; every submission still gets its row."""
    monkeypatch.setitem(patches.READ, "api.py", "another")
    with caplog.at_level(logging.WARNING):
        patches.install()
        patches.install()
    assert saving.Gradebook is Gradebook
    assert nbgrader.apps.autogradeapp.Autograde is CourseAutograde
    assert [record.getMessage().count("api.py") for record in caplog.records] == [1]
