"""Inputs that both sections share, of order 1."""


def images_and_filters(rng, n):
    """X (N, C, H, V), W (F, C, P, Q) and b (F,), which is far from 0."""
    X = rng.standard_normal((n["N"], n["C"], n["H"], n["V"]))
    W = rng.standard_normal((n["F"], n["C"], n["P"], n["Q"]))
    return X, W, rng.choice([-1.0, 1.0], n["F"]) * rng.uniform(0.5, 1.5, n["F"])


def error_and_input(rng, n):
    """dZ (N, F, R, S), X and W."""
    X, W, _ = images_and_filters(rng, n)
    return rng.standard_normal((n["N"], n["F"], n["R"], n["S"])), X, W
