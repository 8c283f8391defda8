"""No notebook gives an answer away: a function's formula appears below its ✓, and not before."""

import ast
import re
from collections import defaultdict

import nbformat
import pytest

from autograder.exercise.load import assignment_names, load_assignment
from tests.course import ROOT
from tests.give_aways import (
    answers_of,
    expressions_in,
    in_other_names,
    lines_of,
    tells,
    with_a_factor_less,
)

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
LISTED = {
    ("testnet_batch_backward", "given-as-noted"): "6.10's program to fix is one example of it",
}
"""Given cells that hold a line of an answer in other names, and why they may."""
GIVEN_SHAPES = {
    "ps3_gre_admissions": {"x", "features", "targets"},
    "ps4_batch_mlp": {"X", "Y"},
    "ps5_bike_sharing": {"X", "y", "W_ih", "W_ho"},
}
"""Arrays whose shapes are told where those of others are asked."""
SHAPE = re.compile(r"(\w+)\W{1,6}(?:(?:is|are|of shape) )?[`$]*\((\w+(?:, ?\w+)*,?)\)")
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
    text = re.sub(r"([<>])=", r"\1", text)  # what happens at a tie does not hide an answer
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


def expressions_of(name):
    """What given code and given trials compute, up to the names: → the cells that do."""
    notebook = nbformat.read(ROOT / "source" / name / f"{name}.ipynb", as_version=4)
    given = defaultdict(set)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            for expression in expressions_in(SOLUTION.sub("", cell.source)):
                given[in_other_names(expression)].add(cell.get("id"))
    return given


@pytest.mark.parametrize("name", SETS)
def test_no_given_code_holds_a_line_of_an_answer_in_other_names(name):
    """Nor one without its 1/N, or a product without one of its factors."""
    given, exercises = expressions_of(name), load_assignment(name).graded
    forward = [e for e in exercises if e.name in TRANSLATED]
    told = {in_other_names(line) for e in forward for line in lines_of(e.reference)}
    found = {
        (exercise.name, cell)
        for exercise in exercises
        if exercise not in forward and exercise.starts_from is None
        for line in lines_of(exercise.reference)
        for form in with_a_factor_less(line)
        if tells(form) and in_other_names(form) not in told
        for cell in given.get(in_other_names(form), ())
    }
    assert found <= LISTED.keys()


def letters(shape):
    return re.sub(r"[ ,]+", ",", shape).strip(",")


@pytest.mark.parametrize("name", GIVEN_SHAPES)
def test_no_text_tells_a_shape_that_is_asked(name):
    """Nor a layer's in general; the shapes of what is given may be told."""
    (shapes,) = (e for e in load_assignment(name).graded if e.name == "shapes")
    sizes = dict(zip((7, 11, 13, 17), shapes.arguments, strict=False))
    asked = shapes.reference(*sizes)
    wanted = {",".join(sizes.get(n, str(n)) for n in shape) for shape in asked.values()}
    found = [
        f"{array} ({shape}) in {cell}"
        for cell, text in shown(name)
        for array, shape in SHAPE.findall(text)
        if array not in GIVEN_SHAPES[name]
        and (letters(shape) in wanted or re.search(r"n_(l|prev)", shape))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("answer", "given"),
    [
        ("hidden.T @ (y_hat - y) / len(y)", "A.T @ (guess - truth)"),
        ("G * A * (1 - A)", "S = sigmoid(Z) * (1 - sigmoid(Z))"),
        ("dout * (x > y) * 2", "return dout * (x >= y) * 2"),
        ("w_out * delta_o * a * (1 - a)", "back = d * s * (1 - s)"),
    ],
)
def test_an_answer_is_recognised_in_other_names(answer, given):
    line = ast.parse(answer, mode="eval").body
    forms = {in_other_names(form) for form in with_a_factor_less(line) if tells(form)}
    assert forms & {in_other_names(expression) for expression in expressions_in(given)}


@pytest.mark.parametrize(
    ("answer", "given"),
    [("W @ x + b", "V @ y + c"), ("dZ @ A.T / N", "X @ W.T"), ("a * (1 - a)", "b * (1 - c)")],
)
def test_what_any_code_computes_is_not_taken_for_it(answer, given):
    line = ast.parse(answer, mode="eval").body
    forms = {in_other_names(form) for form in with_a_factor_less(line) if tells(form)}
    assert not forms & {in_other_names(expression) for expression in expressions_in(given)}


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
