"""The sample submissions: what real students hand in, one builder each.

`python -m tests.samples` writes them to tests/submissions/<set>/<name>/ with the expected report
beside the notebook (all but seconds); read the difference by eye before you commit it. With names
of sets behind it, only those.
"""

import copy
import json
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests import program_samples
from tests.notebooks import answers_to, cell_of, hand_in, insert_after, solved, submission

PS1, PS2, PS8 = "ps1_derivatives", "ps2_worked_example", "ps8_autodiff"
FOLDER = Path(__file__).parent / "submissions"
Builder = Callable[[], Any]

OTHER_STYLE_1 = {
    "sigmoid": """
def sigmoid(z):
    return 0.5 * (1 + np.tanh(np.asarray(z) / 2))
""",
    "sigmoid_prime": """
def sigmoid_prime(pre):
    return sigmoid(pre) * sigmoid(-np.asarray(pre))
""",
    "local_gradients": """
def local_gradients(values):
    result = {"add": [], "scale": [], "reciprocal": [], "exp": []}
    for value in values:
        result["add"].append(1.0)
        result["scale"].append(3.0)
        result["reciprocal"].append(-1.0 / (value * value))
        result["exp"].append(np.exp(value))
    return {name: np.array(numbers) for name, numbers in result.items()}
""",
    "max_backward": """
def max_backward(x, y, dout):
    dx, dy = np.zeros(x.shape), np.zeros(y.shape)
    for i in np.ndindex(x.shape):
        if x[i] > y[i]:
            dx[i] = dout[i]
        else:
            dy[i] = dout[i]
    return dx, dy
""",
    "neuron_backward": """
def neuron_backward(w, x):
    total = w[0]
    for weight, value in zip(w[1:], x):
        total += weight * value
    slope = sigmoid_prime_from_output(sigmoid(total))
    return [slope * part for part in (1.0, x[0], x[1])], [slope * w[1], slope * w[2]]
""",
    "numerical_gradient": """
def numerical_gradient(f, x, h=1e-5):
    flat = x.copy().reshape(-1)
    result = np.empty(flat.size)
    for i in range(flat.size):
        kept = flat[i]
        flat[i] = kept + h
        above = f(flat.reshape(x.shape))
        flat[i] = kept - h
        below = f(flat.reshape(x.shape))
        flat[i] = kept
        result[i] = (above - below) / h / 2
    return result.reshape(x.shape)
""",
}

OTHER_STYLE_2 = {
    "worked_example": """
def worked_example():
    return {"delta_o": 0.122, "delta_h": 0.003, "step_out": 0.0302, "step_W": [0.00015, 0.00045]}
""",
    "slope_chain": """
def slope_chain(x, y, W, w_out, i):
    h, a, out, y_hat = forward(x, W, w_out)
    return [-(y - y_hat), y_hat - y_hat**2, w_out, a - a**2, x[i]]
""",
    "my_numbers": """
def my_numbers():
    # h = 1.08 + 1.12 = 2.2, a = 0.9002, out = 1.3504, y_hat = 0.7942
    return {
        "x1": 1.2, "x2": -0.8, "W1": 0.9, "W2": -1.4, "w_out": 1.5, "y": 0, "eta": 0.25,
        "delta_o": -0.130, "delta_h": -0.0175,
        "step_out": -0.0292, "step_W1": -0.00525, "step_W2": 0.0035,
    }
""",
    "forward": """
def forward(x, W, w_out):
    h = 0.0
    for i in range(len(x)):
        h += x[i] * W[i]
    a = sigmoid(h)
    return h, a, a * w_out, sigmoid(a * w_out)
""",
    "hidden_error_term": """
def hidden_error_term(w_out, delta_o, a):
    back = delta_o * w_out
    return back * (a - a**2)
""",
    "input_weight_steps": """
def input_weight_steps(learning_rate, delta_h, x):
    return np.array([learning_rate * delta_h * value for value in x])
""",
    "loss_gradients": """
def loss_gradients(x, y, W, w_out):
    h, a, out, y_hat = forward(x, W, w_out)
    dout = (y_hat - y) * y_hat * (1 - y_hat)
    dh = dout * w_out * a * (1 - a)
    return np.multiply(dh, x), dout * a
""",
}

MISTAKES_1 = {
    "sigmoid_prime": "def sigmoid_prime(z):\n    return z * (1 - z)",
    "local_gradients": """
def local_gradients(x):
    return {
        "add": np.ones_like(x), "scale": 3 * x, "reciprocal": -1 / x**2, "exp": np.exp(x)
    }
""",
    "multiply_backward": "def multiply_backward(x, y, dout):\n    return dout * x, dout * y",
    "max_backward": "def max_backward(x, y, dout):\n    return 1.0 * (x > y), 1.0 * (y > x)",
    "linear_unit_gradient": "def linear_unit_gradient(w, x, y):\n    return (y - w @ x) * x",
    "numerical_gradient": """
def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = h
        gradient[index] = (f(x + step) - f(x)) / h
    return gradient
""",
}

MISTAKES_2 = {
    "worked_example": """
def worked_example():
    return {"delta_o": -0.122, "delta_h": 0.003, "step_out": 0.0603, "step_W": (0.0002, 0.0005)}
""",
    "slope_chain": """
def slope_chain(x, y, W, w_out, i):
    h, a, out, y_hat = forward(x, W, w_out)
    return y - y_hat, y_hat * (1 - y_hat), w_out, sigmoid(a) * (1 - sigmoid(a)), x[i]
""",
    "output_error_term": "def output_error_term(y, y_hat):\n    return y - y_hat",
    "hidden_error_term": "def hidden_error_term(w_out, delta_o, a):\n    return w_out * delta_o",
    "output_weight_step": (
        "def output_weight_step(learning_rate, delta_o, a):\n    return delta_o * a"
    ),
    "train_step": """
def train_step(x, y, W, w_out, learning_rate):
    h, a, out, y_hat = forward(x, W, w_out)
    delta_o = (y - y_hat) * y_hat * (1 - y_hat)
    w_out = w_out + learning_rate * delta_o * a
    delta_h = w_out * delta_o * a * (1 - a)
    return W + learning_rate * delta_h * x, w_out
""",
}

CONSTANTS_2 = {
    "output_error_term": "def output_error_term(y, y_hat):\n    return 0.122",
    "hidden_error_term": "def hidden_error_term(w_out, delta_o, a):\n    return 0.003",
    "output_weight_step": "def output_weight_step(learning_rate, delta_o, a):\n    return 0.0302",
    "input_weight_steps": (
        "def input_weight_steps(learning_rate, delta_h, x):\n"
        "    return np.array([0.00015, 0.00045])"
    ),
}

ROUNDED_2 = {
    "output_error_term": (
        "def output_error_term(y, y_hat):\n    return round((y - y_hat) * y_hat * (1 - y_hat), 3)"
    ),
}

SYNTAX_ERROR = "def max_backward(x, y, dout)\n    return dout * (x > y), dout * (y > x)"
ENDLESS = "def hidden_error_term(w_out, delta_o, a):\n    while True:\n        a = a * 0.5"


def half_right(assignment: str):
    """The first half of the answers; the rest as handed out."""
    answers = answers_to(assignment)
    return submission(assignment, dict(list(answers.items())[: len(answers) // 2]))


def renamed_cell():
    """An answer cell that lost its nbgrader id: cut and pasted into a new cell."""
    notebook = solved(PS2)
    cell = cell_of(notebook, "hidden_error_term")
    insert_after(notebook, "hidden_error_term", cell.source)
    notebook.cells.remove(cell)
    return notebook


def split_cell():
    """A helper split off into a cell of its own, before the answer."""
    notebook = solved(
        PS2,
        hidden_error_term=(
            "def hidden_error_term(w_out, delta_o, a):\n    return w_out * delta_o * slope(a)"
        ),
    )
    insert_after(notebook, "output_error_term", "def slope(a):\n    return a * (1 - a)")
    return notebook


def copied_cell():
    """A first attempt and its corrected copy, both with the same id."""
    notebook = solved(PS2)
    good = cell_of(notebook, "output_weight_step")
    first = copy.deepcopy(good)
    first.id += "-copy"
    first.source = MISTAKES_2["output_weight_step"]
    notebook.cells.insert(notebook.cells.index(good), first)
    return notebook


def deleted_test():
    """A test cell deleted by accident."""
    notebook = solved(PS1)
    notebook.cells.remove(cell_of(notebook, "test_sigmoid_prime"))
    return notebook


SAMPLES: dict[str, dict[str, Builder]] = {
    PS1: {
        "ada_all_right": lambda: solved(PS1),
        "ben_other_style": lambda: solved(PS1, **OTHER_STYLE_1),
        "cem_half_done": lambda: half_right(PS1),
        "dia_deleted_test": deleted_test,
        "eli_common_mistakes": lambda: solved(PS1, **MISTAKES_1),
        "fay_blank": lambda: submission(PS1),
        "gus_syntax_error": lambda: solved(PS1, max_backward=SYNTAX_ERROR),
    },
    PS2: {
        "ada_all_right": lambda: solved(PS2),
        "ben_other_style": lambda: solved(PS2, **OTHER_STYLE_2),
        "cem_half_done": lambda: half_right(PS2),
        "dia_renamed_cell": renamed_cell,
        "eli_common_mistakes": lambda: solved(PS2, **MISTAKES_2),
        "fay_blank": lambda: submission(PS2),
        "gus_split_cell": split_cell,
        "hana_copied_cell": copied_cell,
        "ivo_constants": lambda: solved(PS2, **CONSTANTS_2),
        "jun_rounded": lambda: solved(PS2, **ROUNDED_2),
        "kim_endless_loop": lambda: solved(PS2, hidden_error_term=ENDLESS),
    },
    PS8: {
        "ada_all_right": lambda: solved(PS8),
        "ben_other_style": lambda: solved(PS8, **program_samples.OTHER_STYLE),
        "cem_half_done": lambda: half_right(PS8),
        "dia_assigned": lambda: solved(PS8, gradients=program_samples.ASSIGNED),
        "eli_common_mistakes": lambda: solved(PS8, **program_samples.MISTAKES),
        "fay_blank": lambda: submission(PS8),
        "gus_recursion": lambda: solved(PS8, backward_order=program_samples.RECURSION),
    },
}
NOT_JSON = "Dear professor, my notebook would not open, so here is a letter."


def expected(report: dict[str, Any]) -> dict[str, Any]:
    """The part of a JSON report that must be the same on every machine."""
    machine = ("seconds", "isolation", "key")
    return {name: value for name, value in report.items() if name not in machine}


def write(assignments: Sequence[str]) -> None:
    """Write the samples of some sets, or of all, and the reports that they get now."""
    from autograder.extract.extract import read_submission
    from autograder.pipeline import Grader
    from autograder.report.results import as_json

    for assignment in assignments or SAMPLES:
        folder, builders = FOLDER / assignment, SAMPLES[assignment]
        shutil.rmtree(folder, ignore_errors=True)
        for name, build in builders.items():
            hand_in(build(), folder / name / f"{assignment}.ipynb")
        letter = folder / "lou_not_a_notebook" / f"{assignment}.ipynb"
        letter.parent.mkdir(parents=True)
        letter.write_text(NOT_JSON)
        with Grader(assignment) as grader:
            for path in sorted(folder.glob("*/*.ipynb")):
                found = read_submission(path, student=path.parent.name, release=grader.release)
                text = json.dumps(
                    expected(json.loads(as_json(grader.grade(found)))), indent=1, ensure_ascii=False
                )
                (path.parent / "expected.json").write_text(text + "\n")


if __name__ == "__main__":
    from tests.course import fixed_course

    with fixed_course():
        write(sys.argv[1:])
