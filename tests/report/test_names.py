"""A student's name is data, in file names, on terminals and in tables."""

import csv
import io
import os
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from autograder.extract.collect import student_name
from autograder.report.files import result_files
from autograder.report.names import file_name, harmless, printable

ANY = st.text(st.characters(), max_size=300)
"""Every character that Python knows, halves of characters too."""
RAW = st.binary(min_size=1, max_size=255).map(os.fsdecode)
"""What a Linux file system gives for any bytes."""
CLOSE = st.text(st.sampled_from("aAäÄ\u0308ßsS\u1e9eiIıİ.~_ "), max_size=4)
"""Names that are easily taken for each other."""
NAMES = ANY | RAW | CLOSE
FOLDED = [str.casefold, str.upper, str.lower, *(
    lambda text, form=form: unicodedata.normalize(form, text).casefold()
    for form in ("NFC", "NFD", "NFKC", "NFKD")
)]  # fmt: skip
"""How file systems take names for the same."""
ATTACKS = (
    "漢" * 80 + "!",
    "x\udcff\udcfe",
    "_O_Brien-e6e62496",
    "../../etc/passwd",
    "..",
    "",
    ".hidden",
    "con.txt",
    "a/b",
    "a\0b",
    "\x1b]0;owned\x07",
    "\n=HYPERLINK(1)",
    "\uff1d1+1",
    "x;=1+1",
    "\u202egnp.exe",
    "a\u200bb",
)


def every(test):
    """With any names, and always with those that did harm."""
    test = given(one=NAMES, other=NAMES)(settings(max_examples=200, deadline=None)(test))
    for name in ATTACKS:
        test = example(one=name, other=name.upper())(test)
    return example(one="O'Brien", other="_O_Brien-e6e62496")(test)


@every
def test_different_students_have_different_files_on_every_file_system(one, other):
    """Also where capitals, or composed letters, make no difference."""
    if one != other:
        for fold in FOLDED:
            assert fold(file_name(one)) != fold(file_name(other))


@every
def test_a_file_stays_in_its_folder_and_can_be_made(tmp_path_factory, one, other):
    """255 bytes with the suffix; no separators; not hidden; nothing that Windows strips."""
    folder = tmp_path_factory.getbasetemp()
    for path in result_files(folder, one):
        assert len(os.fsencode(path.name)) <= 255
        assert path.name not in ("", ".", "..")
        assert not path.name.startswith(".")
        assert path.resolve().is_relative_to(folder.resolve())
        path.parent.mkdir(exist_ok=True)
        path.write_text(other, errors="replace")
        assert path.is_file()
        path.unlink()


def test_ordinary_names_are_file_names_as_they_are():
    for name in ("ada", "ben@uni.example", "s123456", "ada_l-2 (1)"):
        assert file_name(name) == name
    assert file_name("Zoë Ångström").startswith("Zoë Ångström~")


@every
def test_what_is_printed_moves_no_cursor_and_can_be_encoded(one, other):
    """Nothing but what is seen: no control characters, no reversed text, no half characters."""
    shown = printable(one)
    assert shown.isprintable()
    shown.encode("utf-8")
    assert printable(shown) == shown
    if one.isprintable():
        assert shown == one


@every
def test_a_cell_is_one_line_and_never_a_formula(one, other):
    """However a spreadsheet parts cells and folds letters."""
    text = io.StringIO()
    csv.writer(text).writerow([harmless(one), harmless(other)])
    line = text.getvalue().rstrip("\r\n")
    assert len(line.splitlines()) <= 1
    for cell in (*next(csv.reader([line])), *line.split(";"), *line.replace(",", ";").split(";")):
        first = unicodedata.normalize("NFKC", cell.strip(' "'))[:1]
        assert first not in ("=", "+", "-", "@", "|")


def test_ordinary_cells_stay_as_they_are():
    for cell in ("ada", "1.5", "forward: sign; missing: 3", "Lovelace, Ada", ""):
        assert harmless(cell) == cell
    assert harmless("=cmd()") == "'=cmd()"


@every
def test_a_file_s_name_becomes_text_and_no_two_become_one(one, other):
    student_name(one).encode("utf-8")
    if not any("\ud800" <= character <= "\udfff" for character in one):
        assert student_name(one) == one
    if one != other:
        assert student_name(one) != student_name(other)


@pytest.mark.parametrize("name", ["漢" * 84, "a" * 255, "ß" * 127])
def test_the_longest_names_there_are_keep_a_readable_part(name):
    assert name[:20] in file_name(name)
