"""Inputs that the sections of attention share, of order 1."""


def queries_keys_values(rng, n):
    """Q (M, D), K (N, D) and V (N, H)."""
    shapes = (n["M"], n["D"]), (n["N"], n["D"]), (n["N"], n["H"])
    return tuple(rng.standard_normal(shape) for shape in shapes)


def error_and_inputs(rng, n):
    """dY (M, H), and Q, K, V."""
    return rng.standard_normal((n["M"], n["H"])), *queries_keys_values(rng, n)
