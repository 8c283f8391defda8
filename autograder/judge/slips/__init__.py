"""Slips: wrong programs made from a reference by one edit, and known again by their values.

`python -m tests.mutants` proves with some of them that every small change costs points; the bank
(bank.py) looks a student's values up among all of them.
"""
