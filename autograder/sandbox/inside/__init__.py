"""What runs on the far side of the trust line: plain modules, bound read-only into the sandbox.

They import one another, the standard library, numpy, IPython and matplotlib, and nothing of the
grader. In the sandbox the package is called `inside`.
"""
