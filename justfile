# Everything that CI runs
default:
    .ci/run

# An environment for development
setup:
    python3 -m venv .venv
    .venv/bin/python -m pip install -q -e '.[all,test]'

# Fast tests; arguments go to pytest
test *args:
    .venv/bin/python -m pytest -m 'not slow' {{args}}

# Slow tests: browser, cluster, large inputs
slow *args:
    .venv/bin/python -m pytest -m slow {{args}}

# Ten times the examples of CI for every property, each time other ones
explore *args:
    HYPOTHESIS_PROFILE=explore .venv/bin/python -m pytest -m 'slow or not slow' {{args}}

lint:
    .venv/bin/ruff check
    .venv/bin/ruff format --check
    .venv/bin/mypy
    .venv/bin/lint-imports --no-logo

# Write what README and docs take from elsewhere: the output of commands, and the pages about commands, columns and data
readme:
    .venv/bin/python tools/readme.py
    .venv/bin/python tools/reference.py
    .venv/bin/python tools/session.py

# The documentation as a site, in build/site
docs:
    .venv/bin/sphinx-build -q -W --keep-going -c docs . build/site

# JSON Schemas in docs/schemas
schemas:
    .venv/bin/python tools/schemas.py

# Pictures of the report and of the terminal for README and docs
pictures:
    .venv/bin/python tools/pictures.py
