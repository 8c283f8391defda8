"""Patches are for the code that was read: where it is another, nbgrader keeps its own."""

import logging

import nbconvert
import nbgrader.apps.autogradeapp
import nbgrader.preprocessors.saveautogrades as saving
import pytest
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.nbgrader_plugin import patches
from autograder.nbgrader_plugin.converter import CourseAutograde
from autograder.nbgrader_plugin.feedback_exporter import FeedbackExporter
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
    assert nbgrader.__version__ == patches.READ_AGAINST["nbgrader"]
    assert nbconvert.__version__ == patches.READ_AGAINST["nbconvert"]
    c = Config()
    patches.install(c)
    assert saving.Gradebook is Ledger
    assert nbgrader.apps.autogradeapp.Autograde is SwiftAutograde
    assert c.GenerateFeedback.exporter_class is FeedbackExporter


@pytest.mark.parametrize(
    ("package", "file"), [(p, f) for p in patches.READ for f in patches.READ[p]]
)
def test_changed_code_keeps_its_own_ways(monkeypatch, caplog, package, file):
    """With one line that says so; the other package's part is as swift as before."""
    monkeypatch.setitem(patches.READ[package], file, "another")
    c = Config()
    with caplog.at_level(logging.WARNING):
        patches.install(c)
        patches.install(c)
    swift = {"nbgrader", "nbconvert"} - {package}
    assert saving.Gradebook is (Ledger if "nbgrader" in swift else Gradebook)
    course_autograde = SwiftAutograde if "nbgrader" in swift else CourseAutograde
    assert nbgrader.apps.autogradeapp.Autograde is course_autograde
    assert ("exporter_class" in c.GenerateFeedback) == ("nbconvert" in swift)
    assert [record.getMessage().count(file) for record in caplog.records] == [1]
