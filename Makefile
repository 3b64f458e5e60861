# The builder in its own folder, with its libraries fetched into .venv by hash. `make` builds everything into build/,
# `make help` lists the rest; how a dossier is built stands in build_scripts/dossier.mk.

HERE := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))
VENV := $(HERE)/.venv
LOCKS := $(HERE)/build_scripts/locks
# Any Python from 3.11 on will do; a .venv that is there keeps the one it was made with.
new_enough = $(shell $(1) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(1))
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,$(call new_enough,$(name))) python3)

override DOSSIER_PYTHON := PYTHONPATH=$(HERE) $(VENV)/bin/python
override DOSSIER_READY := $(VENV)/ready-build
override DOSSIER_JUDGES := $(VENV)/ready-test
override NO_DOSSIER := docs test whole hostile faults fuzz bench lint
include $(HERE)/build_scripts/dossier.mk

DEVELOP := cd $(HERE) && PYTHONPATH= PYTHONHASHSEED=0 .venv/bin/python -m

##@ Work on the builder
.PHONY: docs test whole hostile faults fuzz bench lint
docs: $(VENV)/ready-build       ## the handbook for authors, into build/docs/
	mkdir -p $(HERE)/build && echo '*' > $(HERE)/build/.gitignore
	$(DEVELOP) sphinx -q -W --keep-going -b html -d build/doctrees/docs docs build/docs
test: $(VENV)/ready-test        ## the tests, on real outputs
	$(DEVELOP) pytest --numprocesses auto --dist loadfile -m 'not whole and not hostile and not faults and not fuzz'
whole: $(VENV)/ready-test       ## the long tests: whole builds by make, pages in a browser
	$(DEVELOP) pytest --numprocesses auto --dist loadfile -m whole
hostile: $(VENV)/ready-test     ## dossiers that mean harm: refused in words or built, soon and alone
	$(DEVELOP) pytest --numprocesses auto --dist load -m hostile tests/hostile
faults: $(VENV)/ready-test      ## kills, full disks, odd clocks: what the next make still puts right
	$(DEVELOP) pytest --numprocesses auto --dist load -m faults tests/faults
fuzz: $(VENV)/ready-test        ## odd bytes, invented data and invented chapters
	$(DEVELOP) pytest --numprocesses auto --dist worksteal -m fuzz
bench: $(VENV)/ready-test       ## speed and memory: a large plan, 1,000 and 10,000 events
	$(DEVELOP) tests.bench.storey
	$(DEVELOP) tests.bench.pdf
lint: $(VENV)/ready-lint        ## the code: ruff and mypy
	$(DEVELOP) ruff check . && .venv/bin/python -m ruff format --check . && .venv/bin/python -m mypy

# Each need has a lock of its own, which has what building needs as well; a lock that differs is installed.
stale = $(if $(shell cmp -s $(LOCKS)/$(1).txt $(VENV)/ready-$(1) && echo same),,.changed)
define ready
$(VENV)/ready-$(1): $(call stale,$(1)) | $(2)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCKS)/$(1).txt
	cp $(LOCKS)/$(1).txt $$@
endef
$(eval $(call ready,build,$(VENV)/bin/python))
$(eval $(call ready,test,$(VENV)/ready-build))
# One after the other: two pips in one folder would be in each other's way.
$(eval $(call ready,lint,$(VENV)/ready-build $(if $(filter lint,$(MAKECMDGOALS)),$(if $(filter-out lint,$(MAKECMDGOALS)),$(VENV)/ready-test))))

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is required, and '$(PYTHON)' is not that; say where it is: make PYTHON=path" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
