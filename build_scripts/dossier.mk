# A dossier as one dependency graph: facts and chapters -> site, EPUB, PDFs. Included by the Makefile of the
# builder, which keeps its libraries in .venv, and by that of a dossier elsewhere, for which the builder is installed.

# Values that make would run as commands when it expands them are refused before anything does.
DOSSIER ?= .
BUILD ?= $(DOSSIER)/build
PORT ?= 8000
# What the PDFs of the book and its parts are printed for: a4 or letter (as data/edition.yaml says if empty),
# standard or large-print
PAPER ?=
EDITION ?= standard
plain = $(subst /,,$(subst $$(DOSSIER),,$(value $(1))))
$(foreach name,DOSSIER BUILD PORT PAPER EDITION,$(if $(findstring $$,$(call plain,$(name))),\
  $(error $(name) has a dollar sign, which make takes for a command of its own; give it a plain name)))
$(if $(strip $(DOSSIER)),,$(error DOSSIER is empty; it names a folder with data/ and book/))
$(if $(strip $(BUILD)),,$(error BUILD is empty; it names the folder for what is made))
$(if $(filter-out a4 letter,$(PAPER)),$(error PAPER is a4 or letter, not '$(PAPER)'))
$(if $(filter standard large-print,$(EDITION)),,$(error EDITION is standard or large-print, not '$(EDITION)'))
$(if $(filter-out 0% 1% 2% 3% 4% 5% 6% 7% 8% 9%,$(PORT))$(word 2,$(PORT)),$(error PORT is a number, not '$(PORT)'))

# How make itself behaves (GNU Make 4.2 or newer)
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
ASKED := $(findstring q,$(firstword -$(MAKEFLAGS)))
MAKEFLAGS += --no-builtin-rules --warn-undefined-variables
# As many steps at once as there are processors, unless the caller says otherwise.
ifeq ($(findstring -j,$(MAKEFLAGS)),)
MAKEFLAGS += --jobs=$(shell nproc 2>/dev/null || echo 2)
endif
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:

# What to build, and where
PRESS := $(if $(PAPER),--paper $(PAPER) )--edition $(EDITION)
override DOSSIER := $(or $(patsubst %/,%,$(patsubst ~/%,$(value HOME)/%,$(DOSSIER))),/)
override BUILD := $(patsubst %/,%,$(patsubst ~/%,$(value HOME)/%,$(BUILD)))

# The Python that has the builder, and what must be there before it is run
DOSSIER_PYTHON ?= $(shell dossier rules --python)
DOSSIER_READY ?=
DOSSIER_JUDGES ?=
NO_DOSSIER ?=
override DOSSIER_PYTHON := $(DOSSIER_PYTHON)
RUN := PYTHONSAFEPATH=1 PYTHONUTF8=1 PYTHONHASHSEED=0 $(DOSSIER_PYTHON) -m
STEP := $(RUN) build_scripts
AT := --dossier '$(DOSSIER)' --build '$(BUILD)'
# Typefaces for scripts that the dossier has, from a lock of their own; if they cannot be had, the check says so.
fetch = lock=$$(mktemp); $(STEP) scripts $(AT) > $$lock || true; \
  test ! -s $$lock || { echo 'Fetching typefaces for the scripts of this dossier'; \
    $(RUN) pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $$lock || \
    echo 'They could not be fetched; going on without' >&2; }; rm -f $$lock

# What make or the shell would take apart, wherever it stands in a name
ODD := $(strip $(foreach sign,: % \ ; & ( ) < > | * ? [ ] { } ' " ` $$,$(findstring $(sign),$(DOSSIER)$(BUILD))))
$(if $(word 2,$(DOSSIER))$(word 2,$(BUILD)),$(error a space in '$(DOSSIER)' or '$(BUILD)' is too much for make;\
  go there instead: make -C '$(DOSSIER)' -f $(abspath $(firstword $(MAKEFILE_LIST)))))
$(if $(ODD),$(error '$(DOSSIER)' or '$(BUILD)' has a sign that make reads otherwise: $(ODD); give it a plain name))

# Sources, but for the targets that need none; an empty list is a mistake, never a quiet no-op
ifneq ($(filter-out help new $(NO_DOSSIER),$(or $(MAKECMDGOALS),all)),)
$(if $(wildcard $(DOSSIER)/.),,$(error there is no folder '$(DOSSIER)'; DOSSIER names a folder with data/ and book/))
$(if $(wildcard $(DOSSIER)/data/*.yaml),,\
  $(error no data in '$(DOSSIER)/data': DOSSIER names a folder with data/ and book/))
$(if $(wildcard $(DOSSIER)/book/*),,$(error no chapters in '$(DOSSIER)/book': DOSSIER names a folder with data/ and book/))
$(if $(filter $(DOSSIER) $(DOSSIER)/data $(DOSSIER)/data/% $(DOSSIER)/book $(DOSSIER)/book/%,$(BUILD)),\
  $(error '$(BUILD)' holds the dossier's own files; BUILD names a folder apart from them))
# The mark by which a folder is known to hold nothing but what was built; see its rule.
$(if $(wildcard $(BUILD)/*),$(if $(filter *,$(file <$(BUILD)/.gitignore)),,\
  $(error '$(BUILD)' has files that no build made; BUILD names a new folder)))
# The digest of all sources, and the steps whose products are made from just these: contents decide, not dates.
KEYS := $(shell $(RUN) build_scripts.keys '$(DOSSIER)' '$(BUILD)' 2>/dev/null)
export DOSSIER_SOURCES := $(firstword $(KEYS))
endif
unless = $(if $(filter $(1),$(KEYS)),,.changed)

# Products
PLANNED := $(wildcard $(DOSSIER)/data/floor_plan.yaml)
PARTS := chronology biographies $(if $(PLANNED),floor_plan)
HTML := $(BUILD)/html/index.html
EPUB := $(BUILD)/epub/dossier.epub
PLAN := $(if $(PLANNED),$(BUILD)/pdf/plan-poster.pdf)
PDF := $(BUILD)/pdf/dossier.pdf $(PARTS:%=$(BUILD)/pdf/%.pdf)
HANDOUTS := $(BUILD)/keys/handouts-a4 $(BUILD)/keys/handouts-letter
ARCHIVE := $(BUILD)/archive/dossier-a3a.pdf
BAG := $(BUILD)/archive/bag/bagit.txt
# What was made of a plan that is no longer there
LEFT := $(if $(PLANNED),,$(wildcard $(BUILD)/plan $(BUILD)/pdf/plan-poster.pdf $(BUILD)/pdf/floor_plan.pdf))

##@ Build
.PHONY: all html epub pdf plan handouts archive
all: html epub pdf plan handouts archive ## everything below
# Whether anything is to do is asked without doing anything.
ifeq ($(ASKED),)
	@echo "Built in $(BUILD): html/index.html (the site), epub/dossier.epub, pdf/ (the book and its parts),"
	@echo "  handouts/,$(if $(PLANNED), plan/,) archive/ (the PDF with its data inside, and bag/, the deposit package)"
endif
html: $(HTML)                   ## the web site
epub: $(EPUB)                   ## the EPUB
pdf: $(PDF)                     ## the PDFs: the book and its parts
plan: $(PLAN) $(if $(LEFT),.tidy)  ## the plan as a poster, in sheets to glue, and for CAD and map programs
handouts: $(HANDOUTS)           ## sheets to print and give away, for both papers
archive: $(ARCHIVE) $(BAG)      ## the PDF with its data inside, and the deposit package

##@ Write
.PHONY: validate serve schema new
validate: $(DOSSIER_READY)         ## check data and chapters, every problem with its line
	@$(fetch)
	$(STEP) validate $(AT)
serve: $(DOSSIER_READY)            ## show the site and build it anew at every change (PORT=8000)
	@$(fetch)
	$(STEP) serve $(AT) --port $(PORT)
schema: $(DOSSIER_READY) | $(BUILD)/.gitignore ## JSON Schemas of the data files, for editors, into build/schema/
	$(STEP) schema '$(BUILD)/schema'
new: $(DOSSIER_READY)              ## lay out a small dossier of your own (DOSSIER=a new folder)
	$(STEP) new '$(DOSSIER)'

##@ Check
.PHONY: verify
verify: all $(DOSSIER_JUDGES)   ## what was built, before every judge that is installed
	$(STEP) verify $(AT)

##@ Keep house
.PHONY: clean help
clean:                          ## delete what was built
	rm -rf '$(BUILD)'
help:                           ## this list
	@awk 'BEGIN { FS = ":[^#]*## " } \
	  /^##@/ { print "\n" substr($$0, 5) } \
	  /^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 } \
  /^#: / { print "  " substr($$0, 4) }' $(filter %.mk,$(MAKEFILE_LIST)) $(filter-out %.mk,$(MAKEFILE_LIST))

##@ Variables
#: DOSSIER=folder   a dossier with data/ and book/ (this folder)
#: BUILD=folder     where everything goes that is made (build/ in the dossier)
#: PAPER=letter     the paper of the PDFs, a4 or letter (the first that data/edition.yaml names)
#: EDITION=name     the size of the type in the PDFs, standard or large-print (standard)
#: PORT=8000        where serve shows the site

# --- Rules. Data that do not hold stop everything, but a good check rebuilds nothing. ---
# A step notes in keys/ what its products were made from; `unless` names the target below that is never there.
.PHONY: .changed .tidy
.changed: ;

$(BUILD)/keys/validate: $(call unless,validate) | $(BUILD)/.gitignore $(DOSSIER_READY)
	@$(fetch)
	$(STEP) validate $(AT)

$(BUILD)/citations.json: $(call unless,citations) | $(BUILD)/keys/validate
	$(STEP) citations $(AT)

$(BUILD)/keys/fonts: $(call unless,fonts) | $(BUILD)/keys/validate
	$(STEP) fonts $(AT)

$(HTML): $(call unless,book-html) | $(BUILD)/citations.json $(BUILD)/keys/fonts $(BUILD)/keys/validate
	$(STEP) book html $(AT)

# What was printed for another paper or edition is printed anew.
$(BUILD)/press: $(if $(subst [$(PRESS)],,[$(strip $(file <$(BUILD)/press))]),.changed) | $(BUILD)/.gitignore
	echo '$(PRESS)' > $@

# One run also makes pages.json, by which the EPUB marks the pages of the printed book.
$(BUILD)/pdf/dossier.pdf: $(call unless,book-pdf) $(BUILD)/press | $(BUILD)/citations.json $(BUILD)/keys/validate
	$(STEP) book pdf $(AT) $(PRESS)

$(EPUB): $(call unless,book-epub) $(BUILD)/pdf/dossier.pdf | $(BUILD)/keys/fonts
	$(STEP) book epub $(AT)

define part
$(BUILD)/pdf/$(1).pdf: $(call unless,part-$(1)) $(BUILD)/press | $(BUILD)/citations.json $(BUILD)/keys/validate
	$(STEP) part $(1) $(AT) $(PRESS)
endef
$(foreach name,$(PARTS),$(eval $(call part,$(name))))

# One run also makes the folder plan/ with everything else that is made of the plan.
$(PLAN): $(call unless,plan) | $(BUILD)/citations.json $(BUILD)/keys/validate
	$(STEP) plan $(AT)

.tidy:
	rm -rf $(LEFT)

define handouts
$(BUILD)/keys/handouts-$(1): $(call unless,handouts-$(1)) | $(BUILD)/citations.json $(BUILD)/keys/validate
	$(STEP) handouts $(1) $(AT)
endef
$(foreach paper,a4 letter,$(eval $(call handouts,$(paper))))

$(ARCHIVE): $(call unless,archive) $(BUILD)/pdf/dossier.pdf
	$(STEP) archive $(AT)

$(BAG): $(call unless,bag) $(HTML) $(EPUB) $(PDF) $(PLAN) $(HANDOUTS) $(ARCHIVE)
	$(STEP) bag $(AT)

$(BUILD)/.gitignore:
	mkdir -p $(@D)
	echo '*' > $@
