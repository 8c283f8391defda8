# ruff: noqa: E501 - an attack keeps the lines that it has in its notebook
"""Attacks on time, memory, disk and patience; and the many ways for a process to end."""

from tests.hostile.attack import TARGET, Attack, function


def hog(name: str, tries: str, cell: str, keeps: bool = True) -> Attack:
    return Attack(name, tries, "end", cell, keeps=keeps)


def call(name: str, tries: str, body: str, ends: str = "") -> Attack:
    return Attack(name, tries, "end", answers=function(body), ends={TARGET: ends} if ends else {})


LOOPS = (
    hog("endless_cell", "loops in a cell", "while True: pass"),
    hog("ignores_signals", "loops, with every signal ignored",
        "import signal\nfor number in signal.valid_signals():\n"
        "    try: signal.signal(number, signal.SIG_IGN)\n    except OSError: pass\n"
        "signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())\n"
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass"),
    hog("endless_native", "computes in native code that never looks up", "9 ** 9 ** 9"),
    hog("endless_end", "loops in `__del__`",
        "class Ghost:\n    def __del__(self):\n        while True: pass\nGhost()"),
    hog("stops_itself", "stops its own process",
        "import signal\nsignal.raise_signal(signal.SIGSTOP)"),
    call("endless_function", "loops in a function", "while True: pass", "timed_out"),
    call("endless_value", "returns a value whose `__del__` loops",
        "class Ghost:\n    def __del__(self):\n        while True: pass\nreturn Ghost()"),
    call("sleeping_thread", "loops in a thread that holds the process",
        "import threading\ndef loop():\n    while True: pass\n"
        "threading.Thread(target=loop).start()\nreturn 0.0"),
    Attack("endless_everywhere", "loops in all functions that are not asked to be honest", "end",
        answers={name: f"def {name}(*arguments):\n    while True: pass"
            for name in ("forward", TARGET, "loss_gradients", "train_step")}, keeps=False),
)  # fmt: skip

MEMORY = (
    hog("one_allocation", "asks for a terabyte at once", "a = np.ones(2**37)"),
    hog("many_allocations", "asks for memory, bit by bit",
        "kept = []\nwhile True: kept.append(np.ones(2**22))"),
    call("function_memory", "asks for memory in a function",
        "kept = []\nwhile True: kept.append(bytearray(2**24))"),
    hog("picture_memory", "draws a figure of 40,000 by 40,000 points",
        "import matplotlib.pyplot as plt\nplt.figure(figsize=(400, 400), dpi=100)\n"
        "plt.plot([1])\nplt.show()"),
    hog("mapped_memory", "maps shared memory without end",
        "import mmap\nkept = []\nwhile True:\n    kept.append(mmap.mmap(-1, 2**26))\n"
        "    kept[-1][:] = b'x' * 2**26"),
    hog("many_small_files", "fills the disk with many small files",
        "n = 0\nwhile True:\n    n += 1\n    with open(f'file{n}', 'wb') as file: file.write(b'x')"),
    hog("few_large_files", "fills the disk with large files",
        "n = 0\nwhile True:\n    n += 1\n"
        "    with open(f'file{n}', 'wb') as file: file.write(bytes(2**25))"),
    hog("hidden_files", "fills the disk with files that it removes while they are open",
        "import os\nkept = []\nwhile True:\n    kept.append(open('file', 'wb'))\n"
        "    os.unlink('file')\n    kept[-1].write(bytes(2**22))"),
    hog("many_folders", "makes folders and links without end",
        "import os\nn = 0\nwhile True:\n    n += 1\n    os.mkdir(f'd{n}')\n    os.symlink('a', f'l{n}')"),
    hog("deep_recursion", "recurses without end", "def f(): f()\nf()"),
    hog("unlimited_recursion", "recurses past the end of the stack",
        "import sys\nsys.setrecursionlimit(10**9)\ndef f(): f()\nf()"),
)  # fmt: skip

OUTPUT = (
    hog("one_long_line", "prints a line of 100 MB", "print('x' * 10**8)"),
    hog("many_lines", "prints a million lines", "for n in range(10**6): print(n)"),
    hog("native_output", "writes past Python to its standard output",
        "import os\nfor fd in (1, 2):\n    for _ in range(1000): os.write(fd, b'x' * 2**16)"),
    hog("long_display", "displays ten megabytes of HTML",
        "from IPython.display import HTML, display\ndisplay(HTML('x' * 10**7))"),
    hog("many_displays", "displays 10,000 things",
        "from IPython.display import display\nfor n in range(10**4): display(n)"),
    hog("long_message", "raises with a message of 100 MB", "raise ValueError('x' * 10**8)"),
    call("long_value", "returns 800 MB", "return np.zeros(10**8)"),
    call("many_parts", "returns a million parts", "return [[1.0]] * 10**6"),
    call("endless_iterator", "returns an iterator without end",
        "import itertools\nreturn itertools.count()"),
)  # fmt: skip

ENDINGS = (
    hog("exit_cell", "leaves by sys.exit in a cell", "import sys\nsys.exit(0)"),
    call("exit_function", "leaves by sys.exit in a function", "import sys\nsys.exit(0)", "raised"),
    hog("hard_exit_cell", "leaves by os._exit in a cell", "import os\nos._exit(0)"),
    call("hard_exit_function", "leaves by os._exit in a function", "import os\nos._exit(0)",
        "raised"),
    hog("abort", "aborts", "import os\nos.abort()"),
    call("segmentation_fault", "reads address 0", "import ctypes\nctypes.string_at(0)", "raised"),
    hog("interrupt", "interrupts itself", "raise KeyboardInterrupt"),
    hog("base_exception", "raises an exception whose text raises",
        "class Odd(BaseException):\n    def __str__(self): raise Odd\nraise Odd"),
    hog("asks_the_user", "waits for somebody to type",
        "input('password?')\nimport pdb\npdb.set_trace()\nbreakpoint()"),
    hog("wipes_modules", "wipes all modules and builtins",
        "import builtins, sys\nsys.modules.clear()\nbuiltins.__dict__.clear()", keeps=False),
    hog("wipes_everything", "clears every dict that there is",
        "import gc\nfor one in gc.get_objects():\n    if type(one) is dict: one.clear()",
        keeps=False),
)  # fmt: skip

SCRIPT = '<script>window.hostile = 1</script><img src="x" onerror="window.hostile = 1">'
PAGES = (
    Attack("html_display", "displays HTML with scripts", "pages",
        "from IPython.display import HTML, Javascript, SVG, display\n"
        f"display(HTML({SCRIPT!r}), Javascript('window.hostile = 1'))\n"
        "display(SVG('<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"window.hostile=1\"/>'))"),
    Attack("html_error", "puts scripts into an error", "pages", f"raise ValueError({SCRIPT!r})"),
    Attack("html_names", "puts scripts into names", "pages",
        f"raise type({SCRIPT!r}, (Exception,), {{}})"),
    Attack("html_print", "prints scripts, terminal codes and half characters", "pages",
        f"print({SCRIPT!r}, '\\x1b]0;title\\x07 \\ud800 \\x00')"),
    Attack("html_value", "puts scripts into a value's type", "pages",
        answers=function(f"return type({SCRIPT!r}, (), {{}})()")),
    Attack("html_source", "puts scripts into comments of cells", "pages", f"# {SCRIPT}\n1"),
    Attack("html_words", "puts scripts, links and frames into the answer by hand", "pages",
        words=f"{SCRIPT}\n\n[a](javascript:window.hostile=1)\n\n<iframe srcdoc='{SCRIPT}'>\n\n"
        "[a](javascript&colon;window.hostile=1) [a](javascript&amp;#58;window.hostile=1)\n\n"
        "[a](java\\&Tab;script:window.hostile=1) ![a](javascript&colon;window.hostile=1)\n\n"
        "$\\newcommand{\\y}[1]{\\href{java#1:window.hostile=1}{x}}\\y{script}$\n\n"
        "$\\href{javascript:window.hostile=1}{x}$ <svg onload='window.hostile=1'></svg>"),
)  # fmt: skip

HOGGING = (*LOOPS, *MEMORY, *OUTPUT, *ENDINGS, *PAGES)
