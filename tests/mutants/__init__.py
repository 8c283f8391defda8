"""Proof by mutation: every small change of a right answer must cost points.

`python -m tests.mutants` (`make mutants`) changes each reference in one place, in every way that
edits.py and statements.py know, and grades the changed functions on all case sets.
"""
