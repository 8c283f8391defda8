"""Gradescope: `bundle` makes the zip that is uploaded, `run` is what grades inside of it."""
