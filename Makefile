# Every target does its own set-up, in a virtual environment of its own.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test nightly mutants bench bench-large lint laws release slips publish lite doctor docs clean

demo: $(VENV)/.course  ## grade the sample submissions through real nbgrader
	@$(BIN)/python scripts/demo.py

test: $(VENV)/.test lint  ## what continuous integration runs
	$(BIN)/python -m pytest -q -n auto --dist loadfile

nightly: $(VENV)/.test $(VENV)/.lite lint  ## the long proofs as well
	$(BIN)/python -m pytest -q -n auto --dist loadfile -m "nightly or not nightly"

mutants: $(VENV)/.test  ## change every reference in every way known, and grade what comes out
	$(BIN)/python -m tests.mutants

bench: $(VENV)/.test  ## against stock nbgrader and a bare fork, in one run
	$(BIN)/python -m benchmarks

bench-large: $(VENV)/.test  ## 10,000 submissions, and two Dask workers beside two local ones
	$(BIN)/python -m benchmarks.large

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

laws: $(VENV)/.course
	$(BIN)/autograder laws

doctor: $(VENV)/.course
	$(BIN)/autograder doctor

docs: $(VENV)/.test  ## the documentation as a site
	$(BIN)/mkdocs build --quiet
	@echo "Open build/site/index.html."

release: $(VENV)/.course  ## student and answer notebooks from source/
	$(BIN)/python scripts/release.py

slips: $(VENV)/.course  ## mistakes that nobody wrote down, for check and for the grader; takes a while
	$(BIN)/autograder slips

publish: $(VENV)/.course  ## what students may see, and nothing else
	$(BIN)/autograder publish

lite: publish $(VENV)/.lite  ## the same as a web site that runs in the browser: nothing to install
	$(VENV)/lite/bin/python scripts/lite.py $(if $(PYODIDE),--pyodide $(PYODIDE))

# pip reads pins from constraints.txt; where they come from is the machine's own setting.
$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 …")'
	@$(PYTHON) -m venv $(VENV) || { echo "python3 -m venv failed: install your system's python3-venv."; exit 1; }

$(VENV)/.course: pyproject.toml constraints.txt scripts/system-packages | $(VENV)/bin/pip
	@scripts/system-packages bubblewrap:bwrap libseccomp2:
	@echo "Installing into $(VENV) …"
	@$(BIN)/pip install -q --disable-pip-version-check -c constraints.txt -e '.[nbgrader]'
	@touch $@

$(VENV)/.test: $(VENV)/.course
	@scripts/system-packages chromium:chromium
	@echo "Installing what the tests need …"
	@$(BIN)/pip install -q --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@

# In an environment of its own: JupyterLab would load the extensions of JupyterLite as well.
$(VENV)/.lite: constraints.txt | $(VENV)/.course
	@$(BIN)/python -m venv $(VENV)/lite
	@echo "Installing JupyterLite …"
	@$(VENV)/lite/bin/pip install -q --disable-pip-version-check -c constraints.txt \
		jupyterlite-core jupyterlite-pyodide-kernel jupyter-server
	@touch $@

clean:
	rm -rf $(VENV) build dist results .mypy_cache .ruff_cache .pytest_cache
