"""nbgrader stays nbgrader: what nbgrader_config.py puts in place of its execution.

exporter (grades while a notebook is read) · converter (which folders and files are taken) ·
page (the notebook that staff and students see) · outputs · gradebook · warm · preprocessors.
"""
