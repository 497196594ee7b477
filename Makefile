# make demo: install, then a whole quarter on sample data · make test: install, then the tests
VENV ?= .venv
BIN := $(VENV)/bin
PYTHON ?= python3
SMOKE := $(addprefix tests/,command_line/test_config.py forms/test_definition.py test_fiscal.py reading/test_rules.py)

.PHONY: install demo test smoke check format fuzz agreement torture mutation bench templates pictures holidays catalogue lock audit licences clean

install: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

demo: install
	$(BIN)/plantrack demo

test: install
	$(BIN)/python -m pytest -n logical

# Another Python in a short while, with what users install: make smoke PYTHON=python3.13 VENV=.venv-3.13
smoke:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e . hypothesis pytest pytest-xdist
	folder=$$(mktemp -d) && $(BIN)/plantrack demo "$$folder/demo" >/dev/null && rm -r "$$folder"
	$(BIN)/python -m pytest -n 2 -p no:cacheprovider $(SMOKE)

check: install
	$(BIN)/ruff format --check src tests tools bench
	$(BIN)/ruff check src tests tools bench
	$(BIN)/mypy
	$(BIN)/mypy --platform win32 src  # what is POSIX alone is not there
	$(BIN)/lint-imports --no-logo

format: install
	$(BIN)/ruff format src tests tools bench
	$(BIN)/ruff check --fix src tests tools bench

# 100,000 inputs within an hour: cells, mails and packages guided by what they come to run (atheris, on Linux), then batches of
# mutated workbooks through the whole program. What fails lies in tests/fuzzing/found from then on.
fuzz: install
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[fuzz]'
	$(BIN)/python -m tests.fuzzing cell --inputs 60000 --seconds 1200
	$(BIN)/python -m tests.fuzzing mail --inputs 25000 --seconds 600
	$(BIN)/python -m tests.fuzzing package --inputs 15000 --seconds 1200
	FUZZ=$(or $(FUZZ),20) $(BIN)/python -m pytest -n auto tests/reading/test_fuzz.py

# Hundreds of forms filled well and badly: whether what they say of themselves is what ingest finds. FORMS=1000 make agreement
agreement: install
	FORMS=$(or $(FORMS),300) $(BIN)/python -m pytest -s -n 0 tests/forms/test_live_checks.py

# Every file and database operation of the commands fails once, stops half-way, and is once the last; 1,000 kills at any
# moment; libfiu, where fiu-utils is installed. TORTURE=50 draws so many of each command's. A run that was cut off goes on
# where it stopped, by the log: see docs/safety.md.
torture: install
	TORTURE=$(or $(TORTURE),all) TORTURE_LOG=$(or $(TORTURE_LOG),.torture/played) KILLS=$(or $(KILLS),1000) FIU=$(or $(FIU),100) \
		$(BIN)/python -m pytest -s -n 0 tests/test_faults.py tests/mail/test_faults_of_mail.py

# Small bugs put in by a seed, each held against the tests that cover it: docs/mutation.md. Takes hours.
mutation: install
	$(BIN)/python -m tools.mutation cover -m "not office and not browser" tests
	$(BIN)/python -m tools.mutation play --mutants $(or $(MUTANTS),600) --seed $(or $(SEED),22)

# Each speed claim against its yardstick, side by side in one run. UNITS=100 for a quick look.
bench: install
	$(BIN)/python -m bench $(if $(UNITS),--units $(UNITS))
	$(BIN)/python -m bench.corpus

# The form template anew from the form's definition; the Word templates anew as first designed.
templates: install
	$(BIN)/python -m tools.make_form_template
	$(BIN)/python -m tools.make_report_template
	$(BIN)/python -m tools.make_letter_templates
	$(BIN)/python -m tools.make_unit_page

# The form's pictures in the unit's page anew, after its look has changed; needs LibreOffice and poppler. Then: make templates
pictures: install
	$(BIN)/python -m tools.make_form_pictures

# Thailand's holidays anew, from the library that keeps them.
holidays: install
	$(BIN)/python -m tools.make_holidays

# After a message has changed: take up the new ones, translate them in the .po, then run this again.
catalogue: install
	$(BIN)/python -m tools.make_catalogue
	$(BIN)/python -m tools.make_findings_page
	$(BIN)/python -m tools.make_reference_pages

# The licence of everything that is locked, from what the packages say; fails where one is to be looked at.
licences: install
	$(BIN)/python -m tools.licences

clean:
	rm -rf $(VENV) .venv-3.* .torture demo dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis

# The tested versions with the digests of their files, for all systems. Needs uv.
lock:
	uv pip compile pyproject.toml --all-extras -c constraints.txt --generate-hashes --no-emit-index-url --no-header \
		--no-annotate --universal --python-version 3.11 --quiet -o requirements.lock

# Known vulnerabilities of what is locked. Needs pip-audit, and its database within reach: what that doesn't answer for
# fails, which pip-audit would else pass over.
audit:
	pip-audit --strict -r requirements.lock --disable-pip --no-deps
