"""The command line: what it shows, what it says when something cannot be done, how it ends."""

import csv
import io
import os
import pty
import re
import select
import subprocess
import sys

import pytest
from rich.console import Console

from autograder.cli.grade_command import LIMITS, request_of
from autograder.cli.main import main, parser
from autograder.cli.progress import with_progress
from tests.notebooks import hand_in, solved, submission

NAME = "ps2_worked_example"


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory):
    """Three students: one with everything, one with nothing, one with a picture."""
    folder = tmp_path_factory.mktemp("notebooks")
    hand_in(solved(NAME), folder / "ada.ipynb")
    hand_in(submission(NAME), folder / "ben.ipynb")
    (folder / "cem.ipynb").write_bytes(b"\x89PNG\r\n")
    return folder


def on_a_terminal(*arguments):
    """Run the command under a pseudo terminal; returns its exit code and all that it drew."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "autograder.cli.main", *map(str, arguments)]
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"}
    with subprocess.Popen(
        command, stdin=follower, stdout=follower, stderr=follower, env=environment
    ) as process:
        os.close(follower)
        drawn = b"".join(read_all(leader))
    os.close(leader)
    return process.returncode, drawn.decode()


def read_all(leader):
    while select.select([leader], [], [], 60)[0]:
        try:
            chunk = os.read(leader, 2**16)
        except OSError:  # the other side has closed
            return
        yield chunk


def grade(*arguments):
    return main(["grade", *map(str, arguments)])


def said(capsys):
    """Standard error, as one line."""
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def test_a_terminal_sees_a_bar_and_then_the_scores(notebooks, tmp_path):
    out = tmp_path / "results"
    code, drawn = on_a_terminal("grade", notebooks, "--assignment", NAME, "--out", out)
    assert code == 0, drawn
    assert "grading" in drawn
    assert "3/3" in drawn
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", drawn)
    assert re.search(r"ada +(\d+)/\1 +—", plain)
    assert re.search(r"ben +0/\d+ +missing: \d+", plain)
    assert re.search(r"cem +0/\d+ +cem\.ipynb is a picture", plain)
    assert "Traceback" not in plain


def test_the_bar_shows_rate_and_remaining_time():
    text = io.StringIO()
    console = Console(file=text, force_terminal=True, width=100)
    bar = with_progress(iter("abc"), 1, 5, console)
    assert list(bar) == ["a", "b", "c"]
    assert "4/5" in text.getvalue()
    assert "/s" in text.getvalue()
    assert re.search(r"\d:\d\d:\d\d", text.getvalue())


def test_where_nobody_looks_a_line_is_enough():
    text = io.StringIO()
    console = Console(file=text, force_terminal=False)
    assert len(list(with_progress(iter(range(250)), 1, 251, console))) == 250
    assert text.getvalue().splitlines() == [
        "graded 100 of 251",
        "graded 200 of 251",
        "graded 251 of 251",
    ]


def test_quiet_says_nothing(notebooks, tmp_path, capsys):
    out = tmp_path / "results"
    path = notebooks / "ada.ipynb"
    assert grade(path, "--assignment", NAME, "--out", out, "--quiet", "--workers", 1) == 0
    assert capsys.readouterr() == ("", "")
    assert (out / "scores.csv").is_file()


def test_help_has_examples(capsys):
    for command in ("grade", "export", "new-exercise", "report", "gradescope", "laws"):
        with pytest.raises(SystemExit) as ended:
            main([command, "--help"])
        assert ended.value.code == 0
        assert f"autograder {command} " in capsys.readouterr().out.partition("\nexample")[2]


def test_every_limit_can_be_set(tmp_path):
    """As `autograder grade --help` says."""
    options = [f"--{option}=1" for option in LIMITS]
    given = parser().parse_args(["grade", "x", "--assignment=a", f"--out={tmp_path}", *options])
    assert dict(LIMITS.values()) == vars(request_of(given).limits)


def test_an_unknown_assignment_is_misuse_and_the_known_ones_are_named(notebooks, tmp_path, capsys):
    assert grade(notebooks, "--assignment", "ps9_unknown", "--out", tmp_path / "results") == 2
    line = said(capsys)
    assert "'ps9_unknown'" in line
    assert NAME in line
    assert not (tmp_path / "results").exists()


def test_a_missing_folder_is_misuse(tmp_path, capsys):
    nowhere = tmp_path / "nowhere"
    assert grade(nowhere, "--assignment", NAME, "--out", tmp_path / "results") == 2
    assert f"{nowhere} does not exist. Name " in said(capsys)


def test_an_empty_folder_is_misuse(tmp_path, capsys):
    assert grade(tmp_path, "--assignment", NAME, "--out", tmp_path / "results") == 2
    assert "holds no submissions" in said(capsys)


def test_without_bubblewrap_the_line_says_how_to_get_it(notebooks, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    out = tmp_path / "results"
    code = grade(notebooks, "--assignment", NAME, "--out", out, "--isolation", "bubblewrap")
    assert code == 1
    assert "apt install bubblewrap" in said(capsys)


def test_outside_a_course_the_line_says_where_to_go(notebooks, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("AUTOGRADER_COURSE", str(tmp_path))
    assert grade(notebooks, "--assignment", NAME, "--out", tmp_path / "results") == 2
    assert "AUTOGRADER_COURSE" in said(capsys)


HOSTILE_NAMES = {
    "long": "漢" * 80 + "!",
    "bytes": os.fsdecode(b"x\xff\xfe"),
    "taken": "_O_Brien-e6e62496",
    "escapes": "\x1b]0;owned\x07\x1b[31mred",
    "newline": "\n=HYPERLINK(1)",
    "wide": "＝1+1",
    "capitals": "o'brien",
}


def test_no_name_harms_the_others_the_terminal_or_the_tables(tmp_path, capfd):
    """Every row is there, the terminal sees no control character, and no cell is a formula."""
    folder, out = tmp_path / "in", tmp_path / "out"
    hand_in(solved(NAME), folder / "O'Brien.ipynb")
    for name in HOSTILE_NAMES.values():
        (folder / f"{name}.ipynb").write_text("{}")
    (folder / "evil\x1b[2J" / NAME).mkdir(parents=True)
    (folder / "not\x1b[2J.pdf").write_text("")
    assert grade(folder, "--assignment", NAME, "--out", out, "--workers", 1) == 0
    streams = capfd.readouterr()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", streams.out + streams.err)
    assert "left out: not\\x1b[2J.pdf: not a notebook." in streams.err
    rows = list(csv.reader((out / "scores.csv").read_text().splitlines()))
    assert len(rows) == len(HOSTILE_NAMES) + 3
    scores = {row[0]: row[2] for row in rows[1:]}
    assert scores.pop("O'Brien") == rows[1][3]
    assert set(scores.values()) == {"0"}
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "＝", "+", "@", "\n")]
    assert len(list(out.glob("*.json"))) == len(list((out / "feedback").iterdir())) == len(rows) - 1
    assert main(["export", str(out), "--format", "canvas", "--out", str(tmp_path / "c.csv")]) == 0
    assert len((tmp_path / "c.csv").read_text().splitlines()) == len(rows) + 1
    capfd.readouterr()
    assert grade(folder, "--assignment", NAME, "--out", out, "--workers", 1) == 0
    assert f"{len(rows) - 1} of {len(rows) - 1} have not changed" in capfd.readouterr().out
