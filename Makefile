# A dossier as one dependency graph: facts and chapters -> site, EPUB, PDFs.
# `make` builds everything into build/; `make help` lists the rest; DOSSIER=path builds another dossier.

# How make itself behaves (GNU Make 4.2 or newer)
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-builtin-rules --warn-undefined-variables
# As many steps at once as there are processors, unless the caller says otherwise.
ifeq ($(findstring -j,$(MAKEFLAGS)),)
MAKEFLAGS += --jobs=$(shell nproc 2>/dev/null || echo 2)
endif
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:

# What to build, and where
DOSSIER ?= .
PORT ?= 8000
# What the PDFs of the book and its parts are printed for: a4 or letter (as data/edition.yaml says if empty),
# standard or large-print
PAPER ?=
EDITION ?= standard
$(if $(filter-out a4 letter,$(PAPER)),$(error PAPER is a4 or letter, not '$(PAPER)'))
$(if $(filter standard large-print,$(EDITION)),,$(error EDITION is standard or large-print, not '$(EDITION)'))
PRESS := $(if $(PAPER),--paper $(PAPER) )--edition $(EDITION)
override DOSSIER := $(or $(patsubst %/,%,$(patsubst ~/%,$(HOME)/%,$(DOSSIER))),/)
BUILD ?= $(DOSSIER)/build
override BUILD := $(patsubst %/,%,$(patsubst ~/%,$(HOME)/%,$(BUILD)))

# Programs; everything but Python and make itself comes from the lock file into .venv
PYTHON ?= $(shell command -v python3.11 || command -v python3)
HERE := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))
VENV := $(HERE)/.venv
RUN := PYTHONPATH=$(HERE) PYTHONSAFEPATH=1 PYTHONUTF8=1 PYTHONHASHSEED=0 $(VENV)/bin/python -m
STEP := $(RUN) build_scripts
AT := --dossier '$(DOSSIER)' --build '$(BUILD)'
DEVELOP := cd $(HERE) && PYTHONPATH= PYTHONHASHSEED=0 .venv/bin/python -m

# What make or the shell would take apart, wherever it stands in a name
ODD := $(strip $(foreach sign,: % \ ; & ( ) < > | * ? [ ] { } ' " `,$(findstring $(sign),$(DOSSIER)$(BUILD))))
$(if $(word 2,$(DOSSIER))$(word 2,$(BUILD)),$(error a space in '$(DOSSIER)' or '$(BUILD)' is too much for make;\
  go there instead: make -C '$(DOSSIER)' -f $(abspath $(HERE))/Makefile))
$(if $(ODD),$(error '$(DOSSIER)' or '$(BUILD)' has a sign that make reads otherwise: $(ODD); give it a plain name))

# Sources; an empty list is a mistake, never a quiet no-op
DATA := $(wildcard $(DOSSIER)/data/*.yaml)
TEXT := $(shell find -L '$(DOSSIER)/book' -type f -not -name '.*' 2>/dev/null)
CODE := $(shell find $(HERE)/build_scripts -type f -not -path '*/__pycache__/*')
ifneq ($(filter-out help new test lint bench,$(or $(MAKECMDGOALS),all)),)
$(if $(wildcard $(DOSSIER)/.),,$(error there is no folder '$(DOSSIER)'; DOSSIER names a folder with data/ and book/))
$(if $(DATA),,$(error no data in '$(DOSSIER)/data': DOSSIER names a folder with data/ and book/))
$(if $(TEXT),,$(error no chapters in '$(DOSSIER)/book': DOSSIER names a folder with data/ and book/))
$(if $(filter $(DOSSIER) $(DOSSIER)/data $(DOSSIER)/data/% $(DOSSIER)/book $(DOSSIER)/book/%,$(BUILD)),\
  $(error '$(BUILD)' holds the dossier's own files; BUILD names a folder apart from them))
# The mark by which a folder is known to hold nothing but what was built; see its rule.
$(if $(wildcard $(BUILD)/*),$(if $(filter *,$(file <$(BUILD)/.gitignore)),,\
  $(error '$(BUILD)' has files that no build made; BUILD names a new folder)))
endif

# Products
PARTS := chronology biographies $(if $(wildcard $(DOSSIER)/data/floor_plan.yaml),floor_plan)
HTML := $(BUILD)/html/index.html
EPUB := $(BUILD)/epub/dossier.epub
PLAN := $(if $(wildcard $(DOSSIER)/data/floor_plan.yaml),$(BUILD)/pdf/plan-poster.pdf)
PDF := $(BUILD)/pdf/dossier.pdf $(PARTS:%=$(BUILD)/pdf/%.pdf)
HANDOUTS := $(BUILD)/handouts/a4.ready $(BUILD)/handouts/letter.ready
ARCHIVE := $(BUILD)/archive/dossier-a3a.pdf
BAG := $(BUILD)/archive/bag/bagit.txt

##@ Build
.PHONY: all html epub pdf plan handouts archive
all: html epub pdf plan handouts archive ## everything below
html: $(HTML)                   ## the web site
epub: $(EPUB)                   ## the EPUB
pdf: $(PDF)                     ## the PDFs: the book and its parts
plan: $(PLAN)                   ## the plan as a poster, in sheets to glue, and for CAD and map programs
handouts: $(HANDOUTS)           ## sheets to print and give away, for both papers
archive: $(ARCHIVE) $(BAG)      ## the PDF with its data inside, and the deposit package

##@ Write
.PHONY: validate serve schema new
validate: $(VENV)/ready         ## check data and chapters, every problem with its line
	$(STEP) validate $(AT)
serve: $(VENV)/ready            ## show the site and build it anew at every change (PORT=8000)
	$(STEP) serve $(AT) --port $(PORT)
schema: $(VENV)/ready | $(BUILD)/.gitignore ## JSON Schemas of the data files, for editors, into build/schema/
	$(STEP) schema '$(BUILD)/schema'
new: $(VENV)/ready              ## lay out a small dossier of your own (DOSSIER=a new folder)
	$(STEP) new '$(DOSSIER)'

##@ Check
.PHONY: test lint verify bench
test: $(VENV)/ready             ## the tests, on real outputs
	$(DEVELOP) pytest --numprocesses auto --dist loadfile
verify: all                     ## what was built, before every judge that is installed
	$(STEP) verify $(AT)
bench: $(VENV)/ready            ## speed and memory: a large plan, 1,000 and 10,000 events
	$(DEVELOP) tests.bench.storey
	$(DEVELOP) tests.bench.pdf
lint: $(VENV)/ready             ## the code: ruff and mypy
	$(DEVELOP) ruff check . && .venv/bin/python -m ruff format --check . && .venv/bin/python -m mypy

##@ Keep house
.PHONY: clean help
clean:                          ## delete what was built
	rm -rf '$(BUILD)'
help:                           ## this list
	@awk 'BEGIN { FS = ":[^#]*## " } \
	  /^##@/ { print "\n" substr($$0, 5) } \
	  /^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 } \
  /^#: / { print "  " substr($$0, 4) }' $(HERE)/Makefile

##@ Variables
#: DOSSIER=folder   a dossier with data/ and book/ (this folder)
#: BUILD=folder     where everything goes that is made (build/ in the dossier)
#: PAPER=letter     the paper of the PDFs, a4 or letter (the first that data/edition.yaml names)
#: EDITION=name     the size of the type in the PDFs, standard or large-print (standard)
#: PORT=8000        where serve shows the site

# --- Rules. Data that do not hold stop everything, but a good check rebuilds nothing. ---

$(VENV)/ready: $(HERE)/requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || \
	  { echo "Python 3.11 is required, and '$(PYTHON)' is not that; say where it is: make PYTHON=path" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	touch $@

$(BUILD)/checked: $(DATA) $(TEXT) $(CODE) | $(BUILD)/.gitignore $(VENV)/ready
	$(STEP) validate $(AT)
	touch $@

$(BUILD)/citations.json: $(wildcard $(DOSSIER)/data/references.yaml) $(DOSSIER)/data/edition.yaml $(CODE) | $(BUILD)/checked
	$(STEP) citations $(AT)

$(BUILD)/fonts/ready: $(DATA) $(TEXT) $(CODE) | $(BUILD)/checked
	$(STEP) fonts $(AT)
	touch $@

$(HTML): $(DATA) $(TEXT) $(CODE) $(BUILD)/citations.json $(BUILD)/fonts/ready | $(BUILD)/checked
	$(STEP) book html $(AT)

# What was printed for another paper or edition is printed anew.
$(BUILD)/press: $(if $(subst [$(PRESS)],,[$(strip $(file <$(BUILD)/press))]),reprint) | $(BUILD)/.gitignore
	echo '$(PRESS)' > $@
reprint: ;

# One run also makes pages.json, by which the EPUB marks the pages of the printed book.
$(BUILD)/pdf/dossier.pdf: $(DATA) $(TEXT) $(CODE) $(BUILD)/citations.json $(BUILD)/press | $(BUILD)/checked
	$(STEP) book pdf $(AT) $(PRESS)

$(EPUB): $(BUILD)/pdf/dossier.pdf $(BUILD)/fonts/ready | $(BUILD)/checked
	$(STEP) book epub $(AT)

$(PARTS:%=$(BUILD)/pdf/%.pdf): $(BUILD)/pdf/%.pdf: $(DATA) $(CODE) $(BUILD)/citations.json $(BUILD)/press | $(BUILD)/checked
	$(STEP) part $* $(AT) $(PRESS)

# One run also makes the folder plan/ with everything else that is made of the plan.
$(PLAN): $(DATA) $(CODE) $(BUILD)/citations.json | $(BUILD)/checked
	$(STEP) plan $(AT)

$(HANDOUTS): $(BUILD)/handouts/%.ready: $(DATA) $(CODE) $(BUILD)/citations.json | $(BUILD)/checked
	$(STEP) handouts $* $(AT)
	touch $@

$(ARCHIVE): $(BUILD)/pdf/dossier.pdf $(HERE)/pyproject.toml $(HERE)/requirements.lock
	$(STEP) archive $(AT)

$(BAG): $(HTML) $(EPUB) $(PDF) $(PLAN) $(HANDOUTS) $(ARCHIVE)
	$(STEP) bag $(AT)

$(BUILD)/.gitignore:
	mkdir -p $(@D)
	echo '*' > $@
