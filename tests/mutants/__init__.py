"""Proof by mutation: every small change of a right answer must cost points.

`python -m tests.mutants` (`make mutants`) changes each reference in one place, in every way that
expressions.py and statements.py of autograder/judge/slips/ know, and grades the changed functions
on all case sets.
"""
