"""What came back, judged: compared, named, scored."""
