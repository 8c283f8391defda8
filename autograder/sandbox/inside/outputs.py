"""What a cell prints and shows, gathered as nbformat outputs up to a cap, or discarded."""

import io
from collections.abc import Mapping
from typing import Any

Output = dict[str, Any]
ITEM_COST = 512
"""Bytes that each output counts for, besides its texts."""
CUT = "[The rest of the output is left out: this notebook prints or draws too much.]\n"
MIME_TYPES = (
    "text/plain",
    "text/html",
    "text/latex",
    "text/markdown",
    "image/png",
    "image/jpeg",
    "image/svg+xml",
)


class Outputs:
    """The outputs of the running cell. `wanted` says whether they are kept at all."""

    def __init__(self, max_bytes: int) -> None:
        self.wanted = False
        self._left = max_bytes
        self._items: list[Output] = []

    def begin(self, wanted: bool) -> None:
        """Start a cell."""
        self.wanted = wanted
        self._items = []

    def take(self) -> list[Output]:
        """Everything since `begin`, streams joined."""
        items, self._items = self._items, []
        return [
            {**item, "text": "".join(item["text"])} if item["output_type"] == "stream" else item
            for item in items
        ]

    def write(self, name: str, text: str) -> None:
        """Add to the stream `stdout` or `stderr`."""
        if not self.wanted or not text:
            return
        size = len(text.encode(errors="replace")) + self._opening(name)
        fits = size <= self._left
        self._append(name, text if fits else text[: max(self._left, 0) // 4])
        if fits:
            self._left -= size
        else:
            self._cut()

    def show(self, data: Mapping[str, Any], count: int | None = None) -> None:
        """Add a display, or with a `count` the value of the cell's last expression."""
        if not self.wanted:
            return
        kept = {kind: str(data[kind]) for kind in MIME_TYPES if kind in data}
        size = ITEM_COST + sum(len(value.encode(errors="replace")) for value in kept.values())
        if size > self._left:
            self._cut()
            return
        self._left -= size
        item: Output = {"output_type": "display_data", "data": kept, "metadata": {}}
        if count is not None:
            item |= {"output_type": "execute_result", "execution_count": count}
        self._items.append(item)

    def fail(self, name: str, message: str, traceback: list[str]) -> None:
        """Add the exception that ended the cell."""
        if self.wanted:
            self._left -= ITEM_COST + sum(map(len, traceback))
            item = {"output_type": "error", "ename": name, "evalue": message}
            self._items.append({**item, "traceback": traceback})

    def clear(self) -> None:
        """Forget what the cell has shown so far."""
        self._items = []

    def _append(self, name: str, text: str) -> None:
        if text and self._opening(name):
            self._items.append({"output_type": "stream", "name": name, "text": []})
        if text:
            self._items[-1]["text"].append(text)

    def _opening(self, name: str) -> int:
        """What it costs to begin a stream; nothing where the last output is that stream."""
        last = self._items[-1] if self._items else {}
        return 0 if last.get("name") == name and last["output_type"] == "stream" else ITEM_COST

    def _cut(self) -> None:
        """Say once that something was left out, and keep nothing from here on."""
        if self._left >= 0:
            self._append("stderr", CUT)
        self._left = -1


class Stream(io.TextIOBase):
    """A stand-in for sys.stdout or sys.stderr that writes into `Outputs`."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, name: str, outputs: Outputs) -> None:
        super().__init__()
        self._name = name
        self._outputs = outputs

    @property
    def name(self) -> str:
        """`stdout` or `stderr`."""
        return self._name

    def write(self, text: str) -> int:
        """Add `text`; raises TypeError for anything but a string, as every text stream does."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._outputs.write(self._name, text)
        return len(text)

    def writable(self) -> bool:
        """Yes."""
        return True
