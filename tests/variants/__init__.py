"""Right answers in other styles, one module per assignment."""
