"""A very large class: everybody gets a result, and the grader stays as small as it was."""

import os

import pytest

from benchmarks.large import lay_out, watched


@pytest.mark.nightly
def test_ten_thousand_submissions_take_no_more_memory_than_five_hundred(tmp_path, monkeypatch):
    """`watched` sees that each run gives every student a row, and all runs the same scores."""
    monkeypatch.setitem(os.environ, "AUTOGRADER_COURSE", "")  # put back after the test
    texts = lay_out(tmp_path)
    few, many = (watched(tmp_path, texts, count, "local") for count in (500, 10_000))
    assert many.megabytes < 1.1 * few.megabytes
