"""No notebook gives an answer away: a function's formula appears below its ✓, and not before."""

import ast
import inspect
import re
import textwrap

import nbformat
import pytest

from autograder.exercise.load import assignment_names, load_assignment
from tests.course import ROOT

SETS = assignment_names()
TRANSLATED = frozenset(
    [
        "sigmoid",
        "linear_unit_update",
        "forward",
        "binary_cross_entropy",
        "softmax",
        "cross_entropy",
        "testnet_loss",
        "deep_forward",
        "deep_loss",
        "run_program",
        "standardize",
    ]
)
"""Functions whose formula the text gives on purpose, in another form: it is to be made code."""
SOLUTION = re.compile(r"[ \t]*### BEGIN (SOLUTION|HIDDEN TESTS).*?### END \1", re.S)
PYTHON = re.compile(
    r"\bnp\.|\bdef \w|(?<!\\)\blambda\b|\breturn\b|\bimport\b|```"
    r"|\w @ \w|\w\.T\b|\w\*\*\d|\w\.\w+\(|axis="
)
BREAK = "|"
"""In the place of everything that is neither a name, a number nor an operator."""
SAME = {"·": "*", "−": "-", "–": "-", "²": "^2", "³": "^3", "ŷ": "y_hat", "½": "1/2", "ᵀ": "^T"}
"""Signs of prose that mean what others mean in code."""
WORDS = {"η": "eta", "σ": "sigmoid", "sigma": "sigmoid", "δ": "delta", "λ": "reg", "lambda": "reg"}
SILENT = (
    r"\\(?:left|right|bigl?|bigr|Bigl?|Bigr|cdot|odot|times|mathbf|mathrm|text|quad|qquad|[,;!:])"
)
TOKEN = re.compile(r"[A-Za-zσδληΣ][A-Za-z0-9]*|\d+(?:\.\d+)?|[-+/^<>]|.", re.S)


def reduced(text):
    """The names, numbers and operators of a formula in code, prose or LaTeX; × is silent."""
    for sign, same in SAME.items():
        text = text.replace(sign, same)
    text = re.sub(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"(\1)/(\2)", text)
    text = re.sub(r"\\hat\s*\{?\s*(\w)\}?", r"\1hat", text).replace("_hat", "hat")
    text = text.replace("learning_rate", "eta")
    text = re.sub(r"\bnp\.|" + SILENT, " ", text).replace("**", "^").replace(".T", "^T")
    text = re.sub(r"[\s(){}\[\]*@⊙_\\]+", " ", text)
    tokens = [token for token in TOKEN.findall(text) if token != " "]
    return [WORDS.get(t, t) if re.match(r"[\w\-+/^<>]", t) else BREAK for t in tokens]


def within(needle, text):
    """Whether the tokens stand somewhere in a row; the last is not a side of a comparison."""
    size, ends = len(needle), [*text, BREAK]
    places = [i for i in range(len(text) - size + 1) if text[i : i + size] == needle]
    return any(ends[i + size] not in ("<", ">") for i in places)


def answers_of(function):
    """The expressions with an operator that a function returns, part by part."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assigned = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                assigned.setdefault(ast.unparse(target), node.value)
    for node in ast.walk(tree):
        if isinstance(node, ast.Return) and node.value is not None:
            for part in parts_of(node.value):
                whole = assigned.get(part.id, part) if isinstance(part, ast.Name) else part
                if any(isinstance(inner, ast.BinOp) for inner in ast.walk(whole)):
                    yield ast.unparse(whole)


def parts_of(value):
    if isinstance(value, ast.Tuple | ast.List):
        return value.elts
    return value.values if isinstance(value, ast.Dict) else [value]


def shown(name):
    """(cell, what a student can read in it): Markdown with its alt texts, and given code."""
    notebook = nbformat.read(ROOT / "source" / name / f"{name}.ipynb", as_version=4)
    for cell in notebook.cells:
        if not cell.metadata.get("nbgrader", {}).get("grade") or cell.cell_type == "code":
            yield cell.get("id"), SOLUTION.sub("", cell.source)
    for picture in sorted((ROOT / "source" / name).glob("*.svg")):
        yield picture.name, " ".join(re.findall(r">([^<]+)<", picture.read_text()))


@pytest.mark.parametrize("name", SETS)
def test_no_text_picture_or_given_code_holds_an_answer(name):
    texts = [(cell, reduced(text)) for cell, text in shown(name)]
    found = [
        f"{exercise.name}: {formula!r} stands in {cell}"
        for exercise in load_assignment(name).graded
        if exercise.name not in TRANSLATED and exercise.starts_from is None
        for formula in answers_of(exercise.reference)
        for cell, text in texts
        if len(reduced(formula)) > 1 and within(reduced(formula), text)
    ]
    assert found == []


@pytest.mark.parametrize("name", SETS)
def test_each_function_has_a_note_and_it_holds_no_python(name):
    for exercise in load_assignment(name).graded:
        assert exercise.reveal.strip(), f"{exercise.name} has no note for after ✓."
        words = re.sub(r"<svg.*?</svg>", "", exercise.reveal, flags=re.S)
        assert not (found := PYTHON.search(words)), f"{exercise.name}: {found and found[0]!r}"


@pytest.mark.parametrize(
    ("code", "prose"),
    [
        ("a * (1 - a)", r"$\sigma'(z) = a\,(1 - a)$, for each element"),
        ("dout * y", "so dx = dout · y, and"),
        ("-1 / x ** 2", r"the slope is $-\frac{1}{x^2}$."),
        ("dZ @ A.T / N", r"$dW = \frac{dZ A^T}{N}$"),
        ("(y_hat - y) * x", r"$\nabla_w L = (\hat y - y)\, x$"),
        ("w - learning_rate * g", r"$w \leftarrow w - \eta\, g$"),
        ("X.T @ d / len(X)", "X.T @ d / len(X)"),
    ],
)
def test_a_formula_is_recognised_in_code_and_in_latex(code, prose):
    assert within(reduced(code), reduced(prose))


@pytest.mark.parametrize(
    ("code", "prose"),
    [
        ("dout * y", "it sends dout yonder"),
        ("dout * y", "dout * (y >= x)"),
        ("a * (1 - a)", "a neuron, from 1 to a"),
        ("x - y", "x − 2y"),
        ("dZ @ A.T / N", "dZ, A and N"),
    ],
)
def test_other_words_are_not_taken_for_it(code, prose):
    assert not within(reduced(code), reduced(prose))
