"""The same results by torch autograd in float64, one module per assignment."""
