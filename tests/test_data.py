"""The shipped data are what their generators make, and real files work unchanged."""

import importlib.util
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from exercises.ps3_gre_admissions import network as ps3
from solutions import bike_sharing

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT.parent / "shared" / "data"
SMALL = 150_000  # bytes


def load(folder, name):
    """Load a data.py from a folder, as a notebook beside it would."""
    spec = importlib.util.spec_from_file_location(name, folder / "data.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


admissions = load(ROOT / "source" / "ps3_gre_admissions", "admissions_data")
bikes = load(ROOT / "source" / "ps5_bike_sharing", "bikes_data")


def real(name):
    """The path of a real file; the test is skipped where there is none."""
    path = REAL / name
    if not path.is_file():
        pytest.skip(f"{path} is absent")
    return path


@pytest.mark.parametrize("data", [admissions, bikes])
def test_shipped_file_is_what_the_seed_makes(data, tmp_path):
    data.write(data.generate(np.random.default_rng(data.SEED)), tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == data.FILE.read_bytes()


@pytest.mark.parametrize("data", [admissions, bikes])
def test_another_seed_makes_other_data(data, tmp_path):
    data.write(data.generate(np.random.default_rng(data.SEED + 1)), tmp_path / "other.csv")
    assert (tmp_path / "other.csv").read_bytes() != data.FILE.read_bytes()


@pytest.mark.parametrize("data", [admissions, bikes])
def test_shipped_file_is_small(data):
    assert data.FILE.stat().st_size < SMALL


def test_admissions_are_plausible():
    """Everybody has scores in range, and better schools and scores help."""
    table = admissions.read()
    assert len(table.admit) == 400
    assert set(table.admit) == {0, 1}
    assert set(table.rank) == {1, 2, 3, 4}
    assert ((table.gre >= 220) & (table.gre <= 800) & (table.gre % 20 == 0)).all()
    assert ((table.gpa >= 2) & (table.gpa <= 4)).all()
    assert 0.2 < np.corrcoef(table.gre, table.gpa)[0, 1] < 0.6
    assert table.gre[table.admit == 1].mean() > table.gre[table.admit == 0].mean()
    shares = [table.admit[table.rank == rank].mean() for rank in (1, 2, 3, 4)]
    assert shares == sorted(shares, reverse=True)


def test_scores_are_standardised_and_ranks_one_hot():
    """By the training records' mean and population standard deviation."""
    prepared = admissions.prepare(admissions.read(), np.random.default_rng(0))
    assert prepared.features.shape == (360, 6)
    assert prepared.test_features.shape == (40, 6)
    np.testing.assert_allclose(prepared.features[:, :2].mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(prepared.features[:, :2].std(axis=0), 1)
    assert (prepared.features[:, 2:].sum(axis=1) == 1).all()
    assert set(prepared.features[:, 2:].ravel()) == {0, 1}


def test_the_generator_picks_who_is_held_out():
    table = admissions.read()
    one, same, other = (
        admissions.prepare(table, np.random.default_rng(seed)) for seed in (0, 0, 1)
    )
    assert np.array_equal(one.test_features, same.test_features)
    assert not np.array_equal(one.test_features, other.test_features)


def test_no_record_is_both_learnt_from_and_tested():
    """Known by a gre that tells every applicant apart."""
    numbers = np.arange(400.0)
    table = admissions.Admissions(numbers % 2, numbers, numbers, 1 + numbers % 4)
    prepared = admissions.prepare(table, np.random.default_rng(0))
    both = np.concatenate([prepared.features[:, 0], prepared.test_features[:, 0]])
    assert len(set(both.round(9))) == 400


def test_hours_are_plausible():
    """The columns agree with each other, as in the real file."""
    rows = bikes.generate(np.random.default_rng(bikes.SEED))
    assert all(tuple(sorted(row)) == tuple(sorted(bikes.COLUMNS)) for row in rows)
    assert [row["hr"] for row in rows[:25]] == [*range(24), 0]
    assert all(row["cnt"] == row["casual"] + row["registered"] for row in rows)
    assert all(0 <= row[name] <= 1 for row in rows for name in ("temp", "atemp", "hum"))
    assert {row["weathersit"] for row in rows} == {1, 2, 3}
    assert {row["season"] for row in rows} == {2, 3}
    assert not any(row["workingday"] for row in rows if row["holiday"] or row["weekday"] in (0, 6))


def test_bike_inputs_are_bounded_and_split_in_time():
    """Midnight follows 23 o'clock on the clock's circle, and validation comes last."""
    hr, temp, cnt = np.arange(48.0) % 24, np.linspace(0, 1, 48), np.arange(48.0)
    prepared = bikes.prepare(hr, temp, cnt)
    assert prepared.X.shape == (36, 3)
    assert prepared.y_valid.shape == (12, 1)
    assert np.array_equal(prepared.X_valid[:, 0], temp[36:])
    np.testing.assert_allclose(np.hypot(prepared.X[:, 1], prepared.X[:, 2]), 1)
    np.testing.assert_allclose(prepared.counts(prepared.y_valid)[:, 0], cnt[36:])
    np.testing.assert_allclose(prepared.y.std(), 1)


@pytest.mark.parametrize(
    ("folder", "name"),
    [("ps3_gre_admissions", "gre_admissions.csv"), ("ps5_bike_sharing", "bike_sharing_hour.csv")],
)
def test_a_real_file_put_in_place_is_read(folder, name, tmp_path):
    """Only the CSV is replaced; the module beside it stays."""
    shutil.copy(ROOT / "source" / folder / "data.py", tmp_path)
    shutil.copy(real(name), tmp_path / name)
    module = load(tmp_path, f"{folder}_in_place")
    table = module.read()
    columns = table if isinstance(table, tuple) else (table.admit, table.gre, table.rank)
    lines = len((REAL / name).read_text().splitlines())
    assert [len(column) for column in columns] == [lines - 1] * 3


def test_real_admissions_train():
    """Better on the training records than the answer "nobody is admitted"."""
    table = admissions.read(real("gre_admissions.csv"))
    p = admissions.prepare(table, np.random.default_rng(0))
    rng = np.random.default_rng(0)
    weights = rng.normal(scale=6**-0.5, size=(6, 2)), rng.normal(scale=6**-0.5, size=2)
    *trained, losses = ps3.training()(p.features, p.targets, *weights, 2.0, 500)
    right = (ps3.outputs(p.features, *trained) > 0.5) == p.targets
    assert losses[-1] < 0.9 * losses[0]
    assert right.mean() > 1 - p.targets.mean()


@pytest.mark.parametrize("source", ["shipped", "real"])
def test_a_trained_network_beats_a_line_on_bikes(source):
    """The validation loss is below that of the best linear model of the same inputs."""
    path = bikes.FILE if source == "shipped" else real("bike_sharing_hour.csv")
    p = bikes.prepare(*bikes.read(path))
    rng = np.random.default_rng(0)
    weights = [rng.normal(scale=0.6, size=(3, 4)), rng.normal(scale=0.5, size=(4, 1))]
    for _ in range(500):
        gradients = bike_sharing.fixed_backward_rows(p.X, p.y[:, 0], *weights)
        weights = [W - dW for W, dW in zip(weights, gradients, strict=True)]
    found = bike_sharing.forward(p.X_valid, *weights)[1]
    assert bike_sharing.mse_loss(p.y_valid, found) < 0.9 * loss_of_a_line(p)


def loss_of_a_line(p):
    """The validation loss of the best linear model, with a constant, of the training data."""
    X, X_valid = (np.column_stack([inputs, np.ones(len(inputs))]) for inputs in (p.X, p.X_valid))
    best = np.linalg.lstsq(X, p.y, rcond=None)[0]
    return bike_sharing.mse_loss(p.y_valid, X_valid @ best)
