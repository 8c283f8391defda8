"""Grade notebooks on backpropagation: fairly, in words, and behind a sandbox."""

__version__ = "0.3.0"
