"""The three-arm spiral: a small made-up data set that no straight line can separate."""

import numpy as np


def three_arm_spiral(rng, points=100, noise=0.2):
    """Draw three arms with `points` points each.

    Along an arm the radius grows from 0 to 1 and the angle by 4 radians; each arm starts 4 radians
    after the one before. `noise` is the standard deviation of the angle, in radians.
    Returns X (3·points, 2), one point a row, and the labels y (3·points,): 0, 1 or 2.
    """
    y = np.repeat(np.arange(3), points)
    radius = np.tile(np.linspace(0, 1, points), 3)
    angle = 4 * (y + radius) + noise * rng.normal(size=y.size)
    return np.column_stack([radius * np.sin(angle), radius * np.cos(angle)]), y
