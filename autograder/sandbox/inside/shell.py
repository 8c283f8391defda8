"""The IPython shell that runs the student's cells: no history, no shell commands, no exit."""

import ast
import builtins
import os
import re
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType, FunctionType
from typing import Any, NoReturn

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.text import SList
from matplotlib.figure import Figure
from traitlets.config import Config

from . import backend, failures
from .outputs import Output, Outputs, Stream

NO_COMMANDS = "(Shell commands are not run while grading: {})\n"
NO_INPUT = "input() cannot be answered while grading. Write the value into the notebook."
ASYNCHRONOUS = re.compile(r"\b(await|async)\b")
CALL = re.compile(r"([^\W\d]\w*)\(")
Codes = tuple[CodeType, CodeType | None]
"""A cell's statements, and the expression that it ends with."""
LINE_MAGICS = "pip conda mamba micromamba uv cd pushd popd sx system sc bookmark"
CELL_MAGICS = "bash sh script perl ruby pypy python python2 python3 sx system ! cmd"


class Hook(DisplayHook):  # type: ignore[misc]
    """The value of a cell's last expression."""

    def __call__(self, result: Any = None) -> None:
        """Remember the value as `_`; format it only where somebody will see it."""
        if result is None:
            return
        self.update_user_ns(result)
        if self.shell.outputs.wanted and not self.semicolon_at_end_of_expression(self.shell.source):
            data, _ = self.shell.display_formatter.format(result)
            self.shell.outputs.show(data, self.shell.execution_count)


class Publisher(DisplayPublisher):  # type: ignore[misc]
    """What `display` shows."""

    def publish(self, data: dict[str, Any], metadata: Any = None, **_: Any) -> None:
        """Add a display to the cell's outputs."""
        self.shell.outputs.show(data)

    def clear_output(self, wait: bool = False) -> None:
        """Forget the cell's outputs."""
        self.shell.outputs.clear()


class Shell(InteractiveShell):  # type: ignore[misc]
    """One notebook's interpreter."""

    outputs: Outputs
    source = ""
    customised = False
    """Has a cell named IPython? It may have changed how cells are run."""

    def system(self, cmd: str) -> None:
        """`!command`: print a note and go on."""
        print(NO_COMMANDS.format(cmd.strip()[:80]), end="")

    system_piped = system_raw = system

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> Any:
        """`files = !command`: print a note, give nothing."""
        self.system(cmd)
        return SList() if split else ""

    def enable_matplotlib(self, gui: str | None = None) -> tuple[str, str]:
        """`%matplotlib inline`: figures are always inline here."""
        return "inline", "inline"

    def enable_gui(self, gui: str | None = None) -> None:
        """`%gui`: there is no screen."""

    def ask_exit(self) -> NoReturn:
        """`exit` ends the cell."""
        raise SystemExit

    def showtraceback(self, *_: Any, **__: Any) -> None:
        """The exception travels as a failure instead."""

    showsyntaxerror = showindentationerror = showtraceback

    def transform_cell(self, raw_cell: str) -> str:
        """Plain Python of several lines is what it is: IPython's search for magics costs most."""
        if "\n" in raw_cell.strip() and _is_python(raw_cell):
            return _with_end(raw_cell)
        transformed: str = super().transform_cell(raw_cell)
        return transformed

    def should_run_async(self, raw_cell: str, **options: Any) -> bool:
        """Only a cell that says so: the full answer takes another compilation."""
        says_so = "await" in raw_cell or "async" in raw_cell
        return says_so and bool(super().should_run_async(raw_cell, **options))

    def compiled(self, source: str) -> Codes | None:
        """The cell for `run_plainly`; None where only IPython knows what it means."""
        self.customised = self.customised or "ipython" in source.lower()
        if self.customised or ASYNCHRONOUS.search(source):
            return None
        if "\n" not in source.strip() and not self._calls_a_function(source):
            return None
        source = _with_end(source)
        name = self.compile.cache(source, self.execution_count)
        try:
            module = self.compile.ast_parse(source, name)
            *body, last = module.body
            if not isinstance(last, ast.Expr):
                return self.compile(module, name, "exec"), None
            code = self.compile(ast.Module(body, []), name, "exec")
            return code, self.compile(ast.Expression(last.value), name, "eval")
        except (SyntaxError, ValueError, MemoryError, RecursionError):
            return None

    def _calls_a_function(self, line: str) -> bool:
        """`check(f)`: of a single line, IPython asks whether it begins with the name of a magic."""
        found = CALL.match(line)
        return found is not None and type(self.user_ns.get(found[1])) is FunctionType

    def run_plainly(self, body: CodeType, last: CodeType | None) -> None:
        """Run a cell as IPython would, without its book-keeping: that costs half of a fork."""
        with self.builtin_trap, self.display_trap:
            exec(body, self.user_ns)
            if last is not None:
                self.displayhook(eval(last, self.user_ns))

    @contextmanager
    def _tee(self, channel: str) -> Iterator[None]:
        """Outputs are not copied into a history that nobody reads."""
        yield


def _with_end(source: str) -> str:
    return source if source.endswith("\n") else source + "\n"


def _is_python(source: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # running the cell gives its warnings
        try:
            compile(source, "<cell>", "exec", dont_inherit=True)
        except (SyntaxError, ValueError, MemoryError, RecursionError):
            return False
    return True


def build_shell(outputs: Outputs) -> Shell:
    """Make the one shell of this process."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.cache_size = 100
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        shell: Shell = Shell.instance(
            config=config, displayhook_class=Hook, display_pub_class=Publisher
        )
    shell.outputs = outputs
    shell.display_formatter.ipython_display_formatter.enabled = True
    formatters = shell.display_formatter.formatters
    formatters["image/png"].for_type(Figure, lambda f: backend.picture(f)["image/png"])
    _refuse_commands(shell)
    _answer_builtins()
    return shell


def run_cell(
    shell: Shell, source: str, wanted: bool, owns: failures.Owns
) -> tuple[str, failures.Told | None, list[Output]]:
    """Run one cell: ("ran" or "raised", the failure, its outputs)."""
    shell.execution_count += 1
    shell.source = source
    shell.outputs.begin(wanted)
    sys.stdout, sys.stderr = Stream("stdout", shell.outputs), Stream("stderr", shell.outputs)
    codes = shell.compiled(source)
    if codes:
        problem = _problem_of(lambda: shell.run_plainly(*codes))
    else:
        problem = _problem_of(lambda: shell.run_cell(source, store_history=False))
    problem = problem or _problem_of(backend.show_figures)
    if problem is None or isinstance(problem, SystemExit):
        return "ran", None, shell.outputs.take()
    told = failures.tell(problem, owns)
    shell.outputs.fail(told[0], told[1], [*told[2], f"{told[0]}: {told[1]}"])
    return "raised", told, shell.outputs.take()


def _problem_of(step: Callable[[], Any]) -> BaseException | None:
    try:
        result = step()
    except BaseException as problem:
        return problem
    if result is None:
        return None
    found: BaseException | None = result.error_before_exec or result.error_in_exec
    return found


def _refuse_commands(shell: Shell) -> None:
    def note(line: str, cell: str | None = None) -> None:
        shell.system(line if cell is None else cell)

    for name in LINE_MAGICS.split():
        shell.register_magic_function(note, "line", name)
    for name in CELL_MAGICS.split():
        shell.register_magic_function(note, "cell", name)


def _answer_builtins() -> None:
    def no_input(prompt: object = "") -> NoReturn:
        raise RuntimeError(NO_INPUT)

    def leave(code: object = None) -> NoReturn:
        raise SystemExit(code)

    builtins.input = no_input
    for name in ("exit", "quit"):
        setattr(builtins, name, leave)
        InteractiveShell.instance().user_ns.pop(name, None)
    os.environ["PYTHONBREAKPOINT"] = "0"
