"""Follow-through marks: one mistake costs once.

A function that fails only because it calls the student's own wrong ones is called again with
right ones in their places, and keeps the points that it then earns.
"""
