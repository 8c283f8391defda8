"""The admissions data: reading, preparing, and how the shipped file was made.

`gre_admissions.csv` has one applicant a row: admit (0 or 1), gre (a score from 220 to 800),
gpa (0 to 4) and rank (of the applicant's school: 1 is the most selective, 4 the least).
The shipped file is generated, by `generate` with SEED. A real file with the same header works
unchanged: put it in the place of `gre_admissions.csv`.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_name("gre_admissions.csv")
COLUMNS = ("admit", "gre", "gpa", "rank")
RANKS = (1, 2, 3, 4)
SEED = 20


@dataclass(frozen=True)
class Admissions:
    """A table: four columns of N numbers."""

    admit: np.ndarray
    gre: np.ndarray
    gpa: np.ndarray
    rank: np.ndarray


@dataclass(frozen=True)
class Scale:
    """Mean and (population) standard deviation of gre and of gpa, each (2,)."""

    mean: np.ndarray
    std: np.ndarray


@dataclass(frozen=True)
class Prepared:
    """What a network learns from: features (N, 6) and targets (N,), a tenth kept for testing."""

    features: np.ndarray
    targets: np.ndarray
    test_features: np.ndarray
    test_targets: np.ndarray
    scale: Scale


def read(path=FILE):
    """Read a CSV file with the columns admit, gre, gpa, rank."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    return Admissions(*(np.array([float(row[name]) for row in rows]) for name in COLUMNS))


def prepare(admissions, rng):
    """Hold out a tenth of the records, chosen by `rng`, and turn all of them into features.

    The scale is taken from the training records: the test records are not looked at.
    """
    order = rng.permutation(len(admissions.admit))
    test, train = np.split(order, [len(order) // 10])
    scores = np.column_stack([admissions.gre, admissions.gpa])
    scale = Scale(scores[train].mean(axis=0), scores[train].std(axis=0))
    features = encode(admissions.gre, admissions.gpa, admissions.rank, scale)
    targets = admissions.admit
    return Prepared(features[train], targets[train], features[test], targets[test], scale)


def encode(gre, gpa, rank, scale):
    """Return features (N, 6): gre and gpa standardised, then four columns for the four ranks."""
    scores = (np.column_stack([gre, gpa]) - scale.mean) / scale.std
    one_hot = np.asarray(rank)[:, None] == np.array(RANKS)
    return np.column_stack([scores, one_hot.astype(float)])


def generate(rng, records=400):
    """Draw applicants who look like real ones; no row belongs to a person.

    Talent is a hidden number behind both scores, which therefore go together. Admission is a
    coin, weighted by the scores and by the rank of the school.
    """
    talent, luck, diligence = rng.normal(size=(3, records))
    gre = np.clip(20 * np.round((588 + 115 * (0.6 * talent + 0.8 * luck)) / 20), 220, 800)
    gpa = np.clip(np.round(3.4 + 0.4 * (0.6 * talent + 0.8 * diligence), 2), 2.0, 4.0)
    rank = rng.choice(RANKS, size=records, p=[0.15, 0.38, 0.3, 0.17])
    chance = (gre - 588) / 115 + (gpa - 3.4) / 0.4 + 1.2 * (2.2 - rank) - 0.8
    admit = rng.random(records) < 1 / (1 + np.exp(-chance))
    return Admissions(admit.astype(int), gre.astype(int), gpa, rank)


def write(admissions, path):
    """Write a table as a CSV file."""
    columns = (getattr(admissions, name).tolist() for name in COLUMNS)
    with open(path, "w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(COLUMNS)
        lines.writerows(zip(*columns, strict=True))


if __name__ == "__main__":
    write(generate(np.random.default_rng(SEED)), FILE)
