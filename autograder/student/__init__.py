"""What students hold beside their notebook: check.py and examples.json."""
