"""Attacks on the judgement: lies about values, hooks in the shell, forged frames."""

from tests.hostile.attack import Attack, function

FRAMES = """
import json, os
def frame(header, buffers=b"", write=os.write):
    text = json.dumps(header).encode()
    body = len(text).to_bytes(4, "little") + text + buffers
    sent = len(body).to_bytes(8, "little") + body
    while sent:
        sent = sent[write(4, sent):]
def answer(number, value, status="returned", changed=(), buffers=b""):
    places, none = {"tuple": list(changed)}, {"tuple": []}
    frame({"tuple": ["answer", number, status, value, None, places, none]}, buffers)
"""
LIAR = """
class Liar:
    def __eq__(self, other): return True
    def __array__(self, *a, **k): return np.zeros(1)
    def __float__(self): return 0.0
    def __index__(self): return 0
    def __bool__(self): return True
    def __sub__(self, other): return 0.0
    __rsub__ = __abs__ = __le__ = __lt__ = __ge__ = __gt__ = __sub__
    __array_priority__ = 1e9
    def __array_ufunc__(self, *a, **k): return True
    def __array_function__(self, *a, **k): return True
"""
SHELL = "ip = get_ipython()\n"


def lie(name: str, tries: str, value: str) -> Attack:
    return Attack(name, tries, "marks", LIAR, function(f"return {value}"))


LIES = (
    lie("equal_to_all", "returns an object whose `__eq__`, `__float__`, `__array__` lie", "Liar()"),
    lie("liar_array", "returns an object array of such", "np.array([Liar()] * 3)"),
    lie("liars_in_a_list", "returns them in a list", "[Liar(), Liar()]"),
    lie("array_subclass", "returns an ndarray subclass", "np.zeros(()).view(np.matrix)"),
    lie("borrowed_class", "names its class `float`", "type('float', (float,), {})(0.5)"),
    lie("lying_class", "says `__class__` is float",
        "type('T', (), {'__class__': property(lambda s: float)})()"),
    lie("not_a_number", "returns nan, which equals nothing", "float('nan')"),
    lie("everything", "returns infinity", "float('inf')"),
    lie("masked", "returns a masked array", "np.ma.masked_all(())"),
    lie("structured", "returns a structured array", "np.zeros(2, dtype=[('a', 'f8')])"),
    lie("status_as_value", "returns what a passed check looks like",
        "{'status': 'passed', 'score': 100, 'points': 100}"),
    lie("own_container", "returns a dict whose items never end",
        "type('D', (dict,), {'items': lambda s: iter(lambda: ('a', 1), 0)})(a=1)"),
    lie("long_integer", "returns an integer of 100,000 digits", "10**100_000"),
    lie("large_integer", "returns an integer that no float holds", "10**400"),
    lie("holds_itself", "returns a list that holds itself",
        "(lambda x: (x.append(x), x)[1])([])"),
    lie("function_value", "returns a function", "lambda: 1"),
)  # fmt: skip

LINES = "'delta_o', 'delta_h', 'step_out', 'step_W1', 'step_W2'"
OWN_NUMBERS = (
    Attack("own_giants", "names such integers as numbers of its own", "marks",
        answers=function("own = 'x1', 'x2', 'W1', 'W2', 'w_out', 'y', 'eta'\n"
                         f"return dict.fromkeys((*own, {LINES}), 10**400)", "my_numbers")),
    Attack("own_zeros", "names a network for which all that is asked is 0", "marks",
        answers=function("own = dict(x1=1.2, x2=-0.8, W1=0.9, W2=-1.4, w_out=3.3, y=1, eta=0.4)\n"
                         f"return {{**own, **dict.fromkeys(({LINES}), 0.0)}}", "my_numbers")),
)  # fmt: skip

PATCHES = (
    Attack("patched_numpy", "makes every comparison of numpy true", "marks",
        "np.allclose = np.isclose = np.array_equal = lambda *a, **k: True\n"
        "np.abs = np.asarray = np.subtract = lambda *a, **k: np.zeros(1)", keeps=False),
    Attack("patched_builtins", "makes isinstance, abs, float and all say yes", "marks",
        "import builtins\nbuiltins.isinstance = builtins.all = lambda *a: True\n"
        "builtins.abs = builtins.float = lambda *a: 0.0", keeps=False),
    Attack("patched_check", "replaces check and grade, and ends cells with points", "marks",
        "import sys, types\nsys.modules['check'] = types.SimpleNamespace(check=lambda *a: 100.0)\n"
        "grade = check = lambda *a, **k: 100.0\n100.0"),
    Attack("patched_grader", "replaces the code beside it that answers the calls", "marks",
        "import sys\nfor name, module in list(sys.modules.items()):\n"
        "    for word in ('answer_call', 'same', '_changed', 'encode'):\n"
        "        if name.startswith('inside') and hasattr(module, word):\n"
        "            setattr(module, word, lambda *a: ('passed', 100, None, (), ()))", keeps=False),
    Attack("input_transformer", "rewrites every later cell", "marks", SHELL +
        "ip.input_transformers_post.append(lambda lines: ['100.0\\n'])", keeps=False),
    Attack("display_hook", "shows 100 points after every cell", "marks", SHELL +
        "import sys\nsys.displayhook = lambda value: print(100.0)\n"
        "type(ip.displayhook).__call__ = lambda self, value=None: print(100.0)\n100.0"),
    Attack("run_ast_nodes", "does not run later cells", "marks", SHELL +
        "async def nothing(*a, **k): return False\nip.run_ast_nodes = nothing", keeps=False),
    Attack("shell_events", "wipes all names after each cell", "marks", SHELL +
        "ip.events.register('post_run_cell', lambda *a: ip.user_ns.clear())", keeps=False),
    Attack("custom_exceptions", "catches every exception of the shell", "marks", SHELL +
        "ip.set_custom_exc((BaseException,), lambda *a, **k: ['100.0'])\n1 / 0"),
    Attack("trace", "traces every frame, to read the caller's names", "marks",
        "import sys\ndef spy(frame, *rest):\n"
        "    for word in ('wants', 'secret', 'reference'):\n"
        "        if word in frame.f_locals: print('BREACH' + '!', word)\n"
        "    return spy\nsys.settrace(spy)\nsys.setprofile(spy)"),
    Attack("hides_in_exit", "leaves work for exit hooks, audit hooks and weak references", "marks",
        "import atexit, sys, weakref\natexit.register(lambda: print(100.0))\n"
        "sys.addaudithook(lambda *a: None)\nsys.excepthook = sys.unraisablehook = print"),
    Attack("changes_arguments", "overwrites the inputs, hoping that they judge later", "marks",
        answers=function("for part in arguments:\n    if isinstance(part, np.ndarray):\n"
        "        part[...] = 0\nreturn 0.0", "train_step") | function("return 0.0")),
)  # fmt: skip

FORGERIES = (
    Attack("cell_frames", "sends frames that say that cells ran", "marks", FRAMES +
        "for n in range(30): frame({'tuple': ['cell', n, 'ran', None, {'list': []}]})",
        keeps=False),
    Attack("answer_frames", "answers all calls before they are made", "marks", FRAMES +
        "for n in range(40): answer(n, 1.0)", keeps=False),
    Attack("passed_frames", "answers with the status `passed`", "marks", FRAMES,
        function("for n in range(40): answer(n, 100.0, status='passed')\nreturn 0.0"),
        keeps=False),
    Attack("seal_frame", "says that the sandbox is not sealed", "end", FRAMES +
        "frame({'tuple': ['unsealed', 'sorry']})"),
    Attack("answers_twice", "answers each call twice", "marks", FRAMES,
        function("for n in range(40): answer(n, 0.5)\nreturn 0.5"), keeps=False),
    Attack("answers_late", "lets a thread answer the calls that follow", "marks", FRAMES +
        "import threading, time\n",
        function("def late():\n    time.sleep(0.2)\n    for n in range(40): answer(n, 0.5)\n"
        "threading.Thread(target=late, daemon=True).start()\nreturn 0.0"), keeps=False),
    Attack("reads_ahead", "reads the calls that follow, and answers in their places", "marks",
        FRAMES, function("import select\nwhile select.select([3], [], [], 0.1)[0]: os.read(3, 9)\n"
        "for n in range(40): answer(n, 0.5)\nreturn 0.5"), keeps=False),
    Attack("endless_changed", "says that argument number 10**24000 was changed", "end", FRAMES,
        function("answer(0, 1.0, changed=[{'int': '0x1' + '0' * 20000}])\nreturn 1.0"),
        keeps=False),
    Attack("endless_count", "numbers its output 10**24000", "end", FRAMES +
        "frame({'tuple': ['cell', 1, 'ran', None, {'list': [{'dict': [\n"
        "    ['output_type', 'execute_result'], ['data', {'dict': [['text/plain', '1']]}],\n"
        "    ['execution_count', {'int': '0x1' + '0' * 20000}]]}]}]})", keeps=False),
    Attack("multiplied_bytes", "sends one buffer that stands for 3,000 arrays", "end", FRAMES,
        function("part = {'array': ['float64', [2**17], 0]}\n"
        "answer(4, {'list': [part] * 3000}, buffers=bytes(2**20))\nreturn 1.0"), keeps=False),
    Attack("deep_frame", "sends a frame that is 100,000 lists deep", "end", FRAMES,
        function("text = b'[' * 100_000\nbody = len(text).to_bytes(4, 'little') + text\n"
        "os.write(4, len(body).to_bytes(8, 'little') + body)\nreturn 1.0"), keeps=False),
    Attack("endless_frame", "announces a frame of 2**60 bytes", "end", FRAMES,
        function("os.write(4, (2**60).to_bytes(8, 'little'))\nreturn 1.0"), keeps=False),
    Attack("half_a_frame", "announces more than it sends", "end", FRAMES,
        function("os.write(4, (1000).to_bytes(8, 'little') + b'x')\nimport time\ntime.sleep(60)"),
        keeps=False),
    Attack("flooded_descriptors", "floods every descriptor there is", "end",
        "import os\nfor fd in range(256):\n    try:\n        os.set_blocking(fd, False)\n"
        "        for _ in range(100): os.write(fd, bytes(2**16))\n    except OSError: pass",
        keeps=False),
    Attack("closed_descriptors", "closes every descriptor", "end",
        "import os\nos.closerange(0, 4096)", keeps=False),
    Attack("swapped_descriptors", "puts a pipe in the place of the grader's", "end",
        "import os\nr, w = os.pipe()\nos.dup2(r, 3)\nos.dup2(w, 4)", keeps=False),
    Attack("odd_names", "names its exception and its text with half characters", "end",
        answers=function("raise type('\\ud800<script>', (Exception,), {})('\\ud800' * 9)")),
)  # fmt: skip

WRONG = function("return 0.0, 0.0, 0.0, 0.0", "forward", "x, W, w_out")
GRADIENTS = "loss_gradients"


def followed(name: str, tries: str, body: str) -> Attack:
    """A wrong forward, so that loss_gradients is called again with a right one lent to it."""
    return Attack(name, tries, "end", answers=WRONG | function(body, GRADIENTS, "x, y, W, w_out"))


ASKED = (
    followed("asks_for_giants", "has the reference work on arrays of gigabytes",
        "forward(np.ones(2**26), np.ones(2**26), 1.0)\nreturn 0 * W, 0.0"),
    followed("asks_without_end", "asks the reference as often as it can",
        "while True: forward(x, W, w_out)"),
    followed("asks_nonsense", "asks it for text, None, dicts and wrong counts",
        "for odd in ('x', None, {}, [], 10**400, np.zeros((0, 3)), float('nan'), print):\n"
        "    for n in (0, 1, 3, 99):\n        try: forward(*[odd] * n)\n"
        "        except BaseException: pass\nreturn 0 * W, 0.0"),
    followed("asks_too_much", "asks for a broadcast of 2**40 entries",
        "forward(np.ones((2**20, 1)), np.ones((1, 2**20)), 1.0)\nreturn 0 * W, 0.0"),
)  # fmt: skip

KEEPS_A_LENT_ONE = Attack(
    "keeps_a_lent_function", "returns what the lent functions give, for another exercise", "marks",
    answers=WRONG | function(
        "kept.append(forward)\nreturn 0 * W, 0.0", GRADIENTS, "x, y, W, w_out"
    ) | function("return kept[-1](x, W, w_out)", "train_step", "x, y, W, w_out, learning_rate"),
    cell="kept = []",
)  # fmt: skip

CHEATING = (*LIES, *OWN_NUMBERS, *PATCHES, *FORGERIES, *ASKED, KEEPS_A_LENT_ONE)
