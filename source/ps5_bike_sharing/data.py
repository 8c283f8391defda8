"""The bike data: reading, preparing, and how the shipped file was made.

`bike_sharing_hour.csv` has one hour a row, with the columns of the UCI bike sharing data: hr is
the hour (0 to 23), temp the temperature (0 at −8 °C, 1 at 39 °C), hum the humidity from 0 to 1,
cnt the number of bikes rented in that hour. The shipped file is generated, by `generate` with
SEED. The real file has the same header and works unchanged: put it in the place of
`bike_sharing_hour.csv`.
"""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_name("bike_sharing_hour.csv")
COLUMNS = (
    *("instant", "dteday", "season", "yr", "mnth", "hr", "holiday", "weekday", "workingday"),
    *("weathersit", "temp", "atemp", "hum", "windspeed", "casual", "registered", "cnt"),
)
SEED = 7
FIRST_DAY = date(2011, 4, 25)
HOLIDAYS = (date(2011, 5, 30), date(2011, 7, 4))
SEASONS = ((12, 21, 1), (9, 23, 4), (6, 21, 3), (3, 21, 2), (1, 1, 1))
"""(month, day, season that begins), latest first."""


@dataclass(frozen=True)
class Prepared:
    """What a network learns from. Inputs are (N, 3), targets (N, 1), in the order of time.

    A target is a count minus `mean`, divided by `std`: both are those of the training counts.
    """

    X: np.ndarray
    y: np.ndarray
    X_valid: np.ndarray
    y_valid: np.ndarray
    mean: float
    std: float

    def counts(self, y):
        """Turn standardised targets or predictions back into numbers of bikes."""
        return self.mean + self.std * y


def read(path=FILE):
    """Read a CSV file; returns the columns hr, temp and cnt, each (N,)."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    return tuple(np.array([float(row[name]) for row in rows]) for name in ("hr", "temp", "cnt"))


def prepare(hr, temp, cnt):
    """Make three inputs of each hour, and keep the last quarter of the hours for validation.

    Inputs: the temperature, and the two coordinates of the hour hand on a clock of 24 hours,
    so that 23 o'clock is next to 0 o'clock. All are between −1 and 1 as they are.
    """
    angle = 2 * np.pi * hr / 24
    X = np.column_stack([temp, np.sin(angle), np.cos(angle)])
    train = 3 * len(cnt) // 4
    mean, std = float(cnt[:train].mean()), float(cnt[:train].std())
    y = ((cnt - mean) / std)[:, None]
    return Prepared(X[:train], y[:train], X[train:], y[train:], mean, std)


def generate(rng, days=72):
    """Draw hours that look like a spring and early summer in a city: a list of rows.

    People ride to work and back on working days and around three in the afternoon on others,
    more when it is warm and less in the rain; what remains is chance.
    """
    weather = _weather(rng, days)
    rows = []
    for number in range(24 * days):
        today, hour = FIRST_DAY + timedelta(days=number // 24), number % 24
        calendar = _calendar(today)
        casual, registered = _riders(rng, hour, calendar["workingday"], weather[number])
        rows.append(
            {
                **calendar,
                **weather[number],
                "instant": number + 1,
                "hr": hour,
                "casual": casual,
                "registered": registered,
                "cnt": casual + registered,
            }
        )
    return rows


def write(rows, path):
    """Write rows as a CSV file."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        lines = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        lines.writeheader()
        lines.writerows(rows)


def _calendar(today):
    """What the calendar says of a day; weekday 0 is Sunday."""
    weekday = today.isoweekday() % 7
    holiday = today in HOLIDAYS
    season = next(s for month, day, s in SEASONS if (today.month, today.day) >= (month, day))
    return {
        "dteday": today.isoformat(),
        "season": season,
        "yr": today.year - 2011,
        "mnth": today.month,
        "holiday": int(holiday),
        "weekday": weekday,
        "workingday": int(weekday not in (0, 6) and not holiday),
    }


def _weather(rng, days):
    """Return one dict an hour: a mood of the day, a warm afternoon, and a trend to summer."""
    rows = []
    mood = 0.0
    for day in range(days):
        mood = 0.6 * mood + 0.8 * rng.normal()  # today's weather resembles yesterday's
        for hour in range(24):
            noon = np.cos(2 * np.pi * (hour - 15) / 24)
            temp = 0.5 + 0.2 * day / days + 0.1 * noon + 0.06 * mood + 0.015 * rng.normal()
            hum = 0.62 - 0.16 * noon - 0.1 * mood + 0.05 * rng.normal()
            wet = hum - 0.5 + 0.15 * rng.normal()
            wind = abs(0.18 + 0.09 * rng.normal())
            rows.append(
                {
                    "weathersit": 1 if wet < 0.2 else 2 if wet < 0.45 else 3,
                    "temp": _rounded(temp, 0.02, 2),
                    "atemp": _rounded(0.95 * temp - 0.03 * wind, 0.0152, 4),
                    "hum": _rounded(hum, 0.01, 2),
                    "windspeed": _rounded(wind, 0.0299, 4),
                }
            )
    return rows


def _rounded(value, grid, digits):
    """Round to a multiple of `grid`, as instruments do, between 0 and 1."""
    return round(float(np.clip(grid * np.round(value / grid), 0, 1)), digits)


def _riders(rng, hour, workingday, weather):
    """Draw how many casual and registered riders rent a bike in this hour."""
    morning, midday, evening = (
        np.exp(-0.5 * ((hour - at) / width) ** 2)
        for at, width in ((8, 1.2), (14.5, 3.8), (17.5, 2.2))
    )
    late = 0.25 * np.exp(-0.5 * ((hour - 21) / 2.5) ** 2)
    commute = 0.75 * morning + 0.5 * midday + evening if workingday else 0.9 * midday
    mood = (0.2 + 1.3 * weather["temp"]) * (1.1, 0.9, 0.5)[weather["weathersit"] - 1]
    chance = np.exp(0.15 * rng.normal(size=2))
    casual = rng.poisson(chance[0] * mood * (45 if workingday else 110) * (midday + 0.3 * late))
    registered = rng.poisson(chance[1] * mood * (4 + 290 * (commute + late)))
    return int(casual), int(registered)


if __name__ == "__main__":
    write(generate(np.random.default_rng(SEED)), FILE)
