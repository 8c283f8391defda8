"""What a submission can make the grader hold: below 300 MB, whatever it sends."""

import json
import subprocess
import sys

import pytest

from tests.hostile.attack import ASSIGNMENT, HONEST
from tests.notebooks import answers_to, hand_in, insert_after, submission

MOST_MEGABYTES = 300
FRAMES = """
import json, os, time
def frame(header, buffers=b""):
    body = len(header).to_bytes(4, "little") + header + buffers
    rest = memoryview(len(body).to_bytes(8, "little") + body)
    while rest:
        rest = rest[os.write(4, rest):]
def told(value):
    return json.dumps(value).encode()
"""
CELLS = """
size = 7 * 2**20
for n in range(number, 99):
    shown = [["output_type", "stream"], ["name", "stdout"], ["text", {"text": [size, 0]}]]
    frame(told({"tuple": ["cell", n, "ran", None, {"list": [{"dict": shown}]}]}), b"x" * size)
time.sleep(99)
"""
MANY_PARTS = """
shown = b'{"dict":[["output_type","stream"],["name","stdout"],["text",""]]}'
many = b",".join([shown] * 20_000)
for n in range(number, 99):
    frame(b'{"tuple":["cell",%d,"ran",null,{"list":[%b]}]}' % (n, many))
time.sleep(99)
"""
ANSWERS = {
    "bytes": "np.ones(2**23 // 2, bool)",
    "half floats": "np.ones(2**20, np.float16)",
    "lists": "[[]] * 90_000",
    "dicts": "[{'': 0}] * 45_000",
    "numbers": "[0.1] * 90_000",
    "long texts": "'\U0001f600' * 10**6",
}
ROOM = 20 * 2**20 - 200
"""Nearly what is read of a file."""
FILES = {
    "list of files.zip": lambda: unpackable(400_000),
    "marked cells.py": lambda: b"# %%\nx\n" * (ROOM // 7),
    "lines.py": lambda: b"x=1\n" * (ROOM // 4),
    "empty lists.ipynb": lambda: filled(b"[],"),
    "empty dicts.ipynb": lambda: filled(b"{},"),
    "pairs.ipynb": lambda: filled(b'{"":0},'),
    "long numbers.ipynb": lambda: filled(b"0.1,"),
    "keys.ipynb": lambda: filled(b'{"%07d":0},', numbered=True),
    "wide.ipynb": lambda: filled(b"x", '{"source":"\U0001f600', '"},'),
}
"""Files that become many times as large where they are read."""
HEAD = '{"nbformat":4,"cells":[{"cell_type":"code","source":"def sigmoid("},'
PROGRAM = """
import json, sys
from pathlib import Path
from autograder.pipeline import Grader
from autograder.settings import Limits
with Grader({assignment!r}, workers=1, outputs=True) as grader:
    for path in map(Path, sys.argv[1:]):
        report = grader.grade(grader.read(path, path.stem))
        status = Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]
        Path("/proc/self/clear_refs").write_text("5")
        print(json.dumps([path.stem, int(status) // 1024, report.score]), flush=True)
"""


def unpackable(files):
    """A zip that is nothing but the list of its files."""
    listed = b"PK\x01\x02" + bytes([20, 0, 20]) + bytes(21) + b"\x01" + bytes(17)
    ending = b"PK\x05\x06" + bytes(8)
    size = (files * (len(listed) + 1)).to_bytes(4, "little")
    return (listed + b"x") * files + ending + size + bytes(6)


def filled(part, before="", behind="", numbered=False):
    """A notebook with a cell, and with as much of something else as fits."""
    many = ROOM // len(part % 1 if numbered else part)
    parts = b"".join(part % n for n in range(many)) if numbered else part * many
    return (HEAD + before).encode() + parts + (behind + "0]}").encode()


def hostile_notebooks():
    """Each with its honest part, and a flood beside it."""
    right = answers_to(ASSIGNMENT)
    honest = {name: right[name] for name in HONEST}
    yield "nothing", submission(ASSIGNMENT, honest)
    for name, source in (("cells", CELLS), ("parts", MANY_PARTS)):
        made = submission(ASSIGNMENT, honest)
        insert_after(made, "setup", f"{FRAMES}\nnumber = 2\n{source}")
        yield name, made
    for name, value in ANSWERS.items():
        flood = {one: f"def {one}(*arguments):\n    return {value}" for one in right}
        yield name, submission(ASSIGNMENT, {**flood, **honest})


@pytest.mark.nightly
def test_no_submission_makes_the_grader_large(tmp_path):
    """Forged outputs, answers and files of many bytes and parts; the peak after each of them."""
    paths = [
        str(hand_in(notebook, tmp_path / f"{name}.ipynb")) for name, notebook in hostile_notebooks()
    ]
    for name, make in FILES.items():
        (tmp_path / name).write_bytes(make())
        paths.append(str(tmp_path / name))
    program = PROGRAM.format(assignment=ASSIGNMENT)
    done = subprocess.run(
        [sys.executable, "-c", program, *paths], capture_output=True, text=True, check=True
    )
    peaks = {name: (peak, score) for name, peak, score in map(json.loads, done.stdout.splitlines())}
    assert len(peaks) == len(paths)
    assert {name: peak for name, peak in peaks.items() if peak[0] > MOST_MEGABYTES} == {}
    assert peaks["nothing"][1] == len(HONEST)
