"""What is made of a report: words, files, pages. Formats only, judges nothing."""
