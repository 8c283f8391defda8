"""Programs that were written from the notebooks alone, without a look at the answers or the grader.

They lie beside the project, never in it (`../shared/blind/cases.json`): `python -m tests.blind`
grades them where they are, and says how many mistakes are named.
"""
