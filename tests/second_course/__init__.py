"""What an author writes for a second course; build.py makes the course with the authors' commands.

exercises/ and solutions/ hold what is filled into the skeletons.
"""
