# ruff: noqa: E501 - an attack keeps the lines that it has in its notebook
"""Attacks on secrets: answers, gradebook, other students, the grader's memory and surroundings.

COURSE is the course's folder; every secret that is planted there holds the canary.
"""

from tests.hostile.attack import Attack, function

HIDDEN = """
import glob, os
HIDDEN = [COURSE + "/" + name for name in (
    "course_secret", "gradebook.db", "solutions/worked_example.py", "nbgrader_config.py",
    "source/ps2_worked_example/ps2_worked_example.ipynb", "release",
    "submitted/zoe/ps2_worked_example/notes.txt")]
"""
PROCESSES = "PIDS = [1, 2, 3, os.getppid(), *range(GRADER - 20, GRADER + 60)]\n"


def read(name: str, tries: str, cell: str) -> Attack:
    return Attack(name, tries, "secrets", HIDDEN + PROCESSES + cell)


READING = (
    read("open_files", "opens answers, gradebook, secret, source and another's file",
        "for path in HIDDEN: attempt('open', lambda: open(path, 'rb').read())"),
    read("list_folders", "lists the course's folders, and those above",
        "for path in (COURSE, os.path.dirname(COURSE), COURSE + '/submitted', '/var/log', '/etc/ssl'):\n"
        "    attempt('list', lambda: os.listdir(path)[0])\n"
        "attempt('glob', lambda: glob.glob(COURSE + '/*')[0])"),
    read("native_reads", "reads through numpy, mmap, sqlite, the codecs and matplotlib",
        "import mmap, codecs, linecache, matplotlib.pyplot as plt\n"
        "for path in HIDDEN:\n"
        "    attempt('fromfile', lambda: np.fromfile(path, np.uint8).tobytes())\n"
        "    attempt('codecs', lambda: codecs.open(path, 'r', 'latin-1').read())\n"
        "    attempt('linecache', lambda: linecache.getlines(path)[0])\n"
        "    attempt('genfromtxt', lambda: np.genfromtxt(path, dtype=str))\n"
        "    attempt('imread', lambda: plt.imread(path))\n"
        "def database():\n    import sqlite3\n"
        "    return sqlite3.connect(HIDDEN[1]).execute('select * from student').fetchall()\n"
        "attempt('sqlite', database)"),
    read("links", "reads through symbolic and hard links in its own folder",
        "for n, path in enumerate(HIDDEN):\n    attempt('link', lambda: os.link(path, f'hard{n}'))\n"
        "    os.symlink(path, f'soft{n}')\n"
        "    attempt('soft', lambda: open(f'soft{n}', 'rb').read())"),
    read("proc_roots", "goes round by /proc, /dev/fd and `..`",
        "for path in HIDDEN:\n    for start in ('/proc/self/root', '/proc/1/root', '/proc/1/cwd',\n"
        "            '/proc/self/cwd/../../..', '/dev/fd/3/../..', '../' * 20):\n"
        "        attempt('round', lambda: open(start + path, 'rb').read())"),
    read("magics", "loads and runs files with magics and shell commands",
        "for path in HIDDEN:\n"
        "    attempt('run', lambda: print(get_ipython().getoutput('cat ' + path)) or 1 / 0)\n"
        "    for magic in ('run', 'load', 'pfile', 'loadpy', 'cat', 'more'):\n"
        "        try: get_ipython().run_line_magic(magic, path)\n        except Exception: pass"),
    read("import_answers", "imports the answers by their path",
        "from importlib.util import module_from_spec, spec_from_file_location\n"
        "def load():\n    spec = spec_from_file_location('answers', HIDDEN[2])\n"
        "    spec.loader.exec_module(module_from_spec(spec))\n"
        "    return 'answers'\nattempt('import', load)"),
    read("import_grader", "imports an installed autograder, solutions or nbgrader",
        "import importlib, sys\nsys.path += [COURSE, *glob.glob('/usr/*/lib/python*/site-packages'),\n"
        "    *glob.glob('/**/site-packages')]\n"
        "for name in ('autograder', 'autograder.exercise.load', 'solutions', 'nbgrader', 'tests'):\n"
        "    attempt('import', lambda: importlib.import_module(name).__name__)"),
    read("environment", "reads environments: its own, and those of processes",
        "import ctypes\nprint(dict(os.environ))\n"
        "for name in ('CANARY_VARIABLE', 'AUTOGRADER_COURSE'):\n"
        "    attempt('getenv', lambda: ctypes.CDLL(None).getenv(name.encode()) or 1 / 0)\n"
        "for pid in ['self', *PIDS]:\n"
        "    attempt('environ', lambda: open(f'/proc/{pid}/environ').read())"),
    read("proc_files", "reads command lines, maps and memory of processes",
        "for pid in ['self', *PIDS]:\n"
        "    for part in ('cmdline', 'maps', 'mem', 'stat', 'mountinfo', 'status'):\n"
        "        attempt(part, lambda: open(f'/proc/{pid}/{part}', 'rb').read(64))"),
    read("other_memory", "reads the memory of processes with process_vm_readv",
        "import ctypes\nlibc = ctypes.CDLL(None)\nclass Vector(ctypes.Structure):\n"
        "    _fields_ = (('base', ctypes.c_void_p), ('length', ctypes.c_size_t))\n"
        "own = ctypes.create_string_buffer(64)\n"
        "def peek():\n    here = Vector(ctypes.addressof(own), 64)\n"
        "    args = ctypes.byref(here), 1, ctypes.byref(here), 1, 0\n"
        "    return libc.process_vm_readv(pid, *args) > 0 or 1 / 0\n"
        "for pid in PIDS: attempt('memory', peek)"),
    read("open_descriptors", "looks for descriptors that were left open",
        "def look():\n    path = os.readlink(f'/proc/self/fd/{fd}')\n"
        "    return 1 / 0 if path.startswith('pipe:') else path\n"
        "def seek():\n    return os.lseek(fd, 0, 0) or os.read(fd, 100) or 1 / 0\n"
        "for fd in range(3, 300):\n    attempt('link', look)\n    attempt('read', seek)"),
    read("own_memory", "searches its own memory for answers and secrets",
        "import gc, sys\nfor one in gc.get_objects():\n"
        "    if type(one) is dict and 'hidden_error_term' in one and one is not globals():\n"
        "        attempt('names', lambda: str(one)[:100] if '__doc__' in one and\n"
        "            'answers' in str(one['__doc__']) else 1 / 0)\n"
        "attempt('modules', lambda: [m for m in sys.modules if 'solution' in m\n"
        "    or 'exercises' in m][0])"),
    read("shared_memory", "attaches shared memory, queues and semaphores",
        "import ctypes\nfrom multiprocessing import shared_memory\nlibc = ctypes.CDLL(None)\n"
        "attempt('posix', lambda: shared_memory.SharedMemory('x', create=True, size=9))\n"
        "for number in range(64):\n"
        "    attempt('sysv', lambda: 1 / (libc.shmget(number, 1, 0o1600) >= 0))\n"
        "    attempt('queue', lambda: 1 / (libc.msgget(number, 0o1600) >= 0))\n"
        "attempt('shm', lambda: os.listdir('/dev/shm')[0])"),
    read("residue", "looks for what earlier submissions left",
        "import sys, tempfile\nfor folder in ('.', '/tmp', '/dev/shm', '/config', '/scratch',\n"
        "        '/var/tmp', tempfile.gettempdir(), os.environ['MPLCONFIGDIR']):\n"
        "    for name in glob.glob(folder + '/**/left-behind*', recursive=True):\n"
        "        attempt('residue', lambda: open(name).read())\n"
        "import builtins\nattempt('builtins', lambda: builtins.left_behind)\n"
        "attempt('environ', lambda: os.environ['left_behind'])\n"
        "attempt('numpy', lambda: np.left_behind)"),
    Attack("leaves_residue", "leaves notes for later submissions wherever it can", "others",
        "import builtins, os, tempfile\nbuiltins.left_behind = np.left_behind = 1\n"
        "os.environ['left_behind'] = '1'\ndef leave():\n"
        "    with open(os.path.join(folder, 'left-behind'), 'w') as file: file.write('a')\n"
        "for folder in ('.', '/tmp', '/dev/shm', '/var/tmp', os.environ['MPLCONFIGDIR']):\n"
        "    try: leave()\n    except OSError: pass"),
    Attack("tells_inputs", "tells the hidden inputs in its error message", "secrets",
        answers=function("raise ValueError(' '.join(map(repr, arguments)))")),
    Attack("warns_of_inputs", "tells the hidden inputs in a warning", "secrets",
        answers=function("import warnings\nwarnings.warn(' '.join(map(repr, arguments)))\n"
        "return 0.0")),
    Attack("prints_inputs", "prints the hidden inputs, and draws them", "secrets",
        answers=function("import matplotlib.pyplot as plt\nprint(*arguments)\n"
        "plt.title(str(arguments))\nplt.show()\nopen('inputs', 'w').write(str(arguments))\n"
        "return 0.0")),
)  # fmt: skip
