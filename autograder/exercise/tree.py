"""Plain data, as the grader's rooms know it; defined where the sandbox sees it, too."""

from autograder.sandbox.inside.tree import Foreign, Named, Tree

__all__ = ["Foreign", "Named", "Tree"]
