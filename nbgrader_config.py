"""The course, as nbgrader reads it."""
