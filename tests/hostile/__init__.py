"""Submissions that mean harm, and files that are broken in every way."""
