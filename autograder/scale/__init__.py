"""Grading on many machines, with Dask distributed: `task` runs on its workers, `cluster` here."""
