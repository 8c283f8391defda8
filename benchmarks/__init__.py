"""Benchmarks: against stock nbgrader, and against a bare fork that only runs the code."""
