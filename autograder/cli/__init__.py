"""The command line: one module per command. Exit 0: done; 1: the grader failed; 2: misuse."""
