# SPDX-License-Identifier: ISC
# GNU make. `make help` lists the targets.

# Every rule stands here; the built-in ones would make the directory lib/rules from lib/rules.c.
MAKEFLAGS += --no-builtin-rules

PREFIX  = /usr/local
BINDIR  = $(PREFIX)/bin
MANDIR  = $(PREFIX)/share/man
DESTDIR =
BUILD   = build

CC      ?= cc
HOSTCC  ?= $(CC)
AR      ?= ar
CFLAGS  ?= -O2
INSTALL ?= install

# Every program of the family; tests/programs has the same names for the contract tests.
PROGRAMS = nsplit nquote nentity ndedupe

VERSION := $(shell sed -n 's/^.define NEWS_VERSION "\(.*\)"/\1/p' lib/news.h)
SYSTEM  := $(shell uname -s)
MODULES  = libsodium libpcre2-8 libutf8proc yajl libxml-2.0 zlib
MODULE_FLAGS = -lsodium -lpcre2-8 -lutf8proc -lyajl -lxml2 -lz

# `make WITH_ZSTD=no` builds programs that refuse zstd input. After a change of it: make clean.
WITH_ZSTD = yes
ifneq ($(WITH_ZSTD),no)
MODULES += libzstd
MODULE_FLAGS += -lzstd
WITH_CFLAGS += -DWITH_ZSTD
endif

PKG_CONFIG ?= pkg-config
MODULE_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(MODULES) 2>/dev/null)
MODULE_LIBS   := $(shell $(PKG_CONFIG) --libs $(MODULES) 2>/dev/null)
ifeq ($(MODULE_LIBS),)
MODULE_LIBS := $(MODULE_FLAGS)
endif
# yajl is included as <yajl/...>, but its module names the directory inside.
ifeq ($(SYSTEM),Darwin)
BREW := $(shell brew --prefix 2>/dev/null || echo /usr/local)
MODULE_CFLAGS := $(MODULE_CFLAGS) -I$(BREW)/include
MODULE_LIBS := -L$(BREW)/lib $(MODULE_LIBS) -liconv
endif
TEST_CFLAGS := $(shell $(PKG_CONFIG) --cflags cmocka 2>/dev/null)
TEST_LIBS   := $(shell $(PKG_CONFIG) --libs cmocka 2>/dev/null)
ifeq ($(TEST_LIBS),)
TEST_LIBS := -lcmocka
endif

# SANITIZE=address,undefined and the like take the place of the hardening flags, which get in their way; use it with a
# BUILD of its own.
SANITIZE =
ifneq ($(SANITIZE),)
HARDEN_CFLAGS = -fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer -g
HARDEN_LDFLAGS = -fsanitize=$(SANITIZE)
else
HARDEN_CFLAGS = -fstack-protector-strong
# glibc refuses to fortify what is not optimised.
ifeq ($(filter -O0,$(CFLAGS)),)
HARDEN_CFLAGS += -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
endif
ifneq ($(SYSTEM),Darwin)
HARDEN_CFLAGS += -fPIE
HARDEN_LDFLAGS = -pie -Wl,-z,relro,-z,now
endif
endif

# gcc optimises the programs across files, which takes a twentieth of their time; `make LTO=` does without. The objects
# hold ordinary code too, and the tests are linked from that.
ifneq ($(SANITIZE)$(filter -O0,$(CFLAGS)),)
LTO =
endif
ifeq ($(origin LTO),undefined)
LTO := $(shell $(CC) -v 2>&1 | grep -q '^gcc version' && echo 'int main(void) { return 0; }' | \
	$(CC) -flto=auto -ffat-lto-objects -x c -o /dev/null - >/dev/null 2>&1 && echo -flto=auto -ffat-lto-objects)
endif

# The user's CFLAGS, CPPFLAGS and LDFLAGS stand last, so that they win.
BASE_CFLAGS = -std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -pthread $(HARDEN_CFLAGS) -Ilib $(MODULE_CFLAGS) $(WITH_CFLAGS)
COMPILE = $(CC) $(BASE_CFLAGS) $(LTO) -MMD -MP $(CPPFLAGS) $(CFLAGS)
LINK    = $(CC) -pthread $(HARDEN_LDFLAGS) $(LTO) $(CFLAGS) $(LDFLAGS)

LISTS        := $(sort $(wildcard lib/lists/*.txt))
RULES        := $(sort $(wildcard lib/rules/*.txt))
MODELS        = lib/models/sentence.txt lib/models/quote.txt
LANGUAGES     = lib/languages/language-words.txt lib/languages/language-names.txt
LIB_OBJECTS  := $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard lib/*.c))) $(BUILD)/lists.o $(BUILD)/rules_data.o \
	$(BUILD)/sentence_weights.o $(BUILD)/quote_model_data.o $(BUILD)/languages.o
CMD_OBJECTS  := $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard cmd/cmd*.c)))
UNIT_TESTS   := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(sort $(wildcard tests/unit/test_*.c)))
PROGRAM_FILES = $(addprefix $(BUILD)/,$(PROGRAMS))
LIBRARY       = $(BUILD)/libnewsutils.a
MAN_PAGES    := $(sort $(wildcard man/*.[1-9]))
C_FILES      := $(sort $(wildcard lib/*.[ch] cmd/*.[ch] scripts/*.c tests/unit/*.[ch]))

all: $(PROGRAM_FILES) ## build the programs into build/

unit: $(UNIT_TESTS)

$(BUILD)/lib/%.o: lib/%.c Makefile
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@ $<

$(BUILD)/cmd/%.o: cmd/%.c Makefile
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@ $<

$(BUILD)/unit/%.o: tests/unit/%.c Makefile
	@mkdir -p $(@D)
	$(COMPILE) $(TEST_CFLAGS) -c -o $@ $<

# tables, of which optimising makes nothing better
$(BUILD)/lists.o $(BUILD)/rules_data.o $(BUILD)/sentence_weights.o $(BUILD)/quote_model_data.o $(BUILD)/languages.o: LTO =
$(BUILD)/lists.o $(BUILD)/rules_data.o $(BUILD)/sentence_weights.o $(BUILD)/quote_model_data.o $(BUILD)/languages.o: $(BUILD)/%.o: $(BUILD)/%.c \
		Makefile
	$(COMPILE) -c -o $@ $<

# The directories are named too, so that a removed file is noticed.
$(BUILD)/lists.c: $(BUILD)/compile-lists $(LISTS) $(RULES) $(LANGUAGES) $(MODELS) lib/lists lib/rules
	$(BUILD)/compile-lists $(LISTS) -- $(RULES) $(LANGUAGES) $(MODELS) >$@.new
	mv $@.new $@

$(BUILD)/languages.c: $(BUILD)/compile-languages $(LANGUAGES)
	$(BUILD)/compile-languages $(LANGUAGES) >$@.new
	mv $@.new $@

$(BUILD)/rules_data.c: scripts/compile-rules $(RULES) lib/rules
	@mkdir -p $(@D)
	scripts/compile-rules $(RULES) >$@.new
	mv $@.new $@

$(BUILD)/sentence_weights.c: scripts/compile-model lib/models/sentence.txt
	@mkdir -p $(@D)
	scripts/compile-model sentence lib/models/sentence.txt >$@.new
	mv $@.new $@

$(BUILD)/quote_model_data.c: scripts/compile-quote-model lib/models/quote.txt
	@mkdir -p $(@D)
	scripts/compile-quote-model lib/models/quote.txt >$@.new
	mv $@.new $@

# These run while building and measuring, so they are compiled for this machine and without the user's flags.
COMPILE_HOST = $(HOSTCC) -std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -O2 -Ilib $(MODULE_CFLAGS) -MMD -MP

$(BUILD)/compile-lists: scripts/compile-lists.c Makefile
	@mkdir -p $(@D)
	$(COMPILE_HOST) -o $@ $< $(MODULE_LIBS)

$(BUILD)/compile-languages: scripts/compile-languages.c Makefile
	@mkdir -p $(@D)
	$(COMPILE_HOST) -o $@ $< $(MODULE_LIBS)

$(BUILD)/measure: scripts/measure.c Makefile
	@mkdir -p $(@D)
	$(COMPILE_HOST) -o $@ $<

# for scripts/train-split
$(BUILD)/dump-places: scripts/dump-places.c $(LIBRARY) Makefile
	$(COMPILE_HOST) -o $@ $< $(LIBRARY) $(MODULE_LIBS)

# for scripts/train-quote
$(BUILD)/learn-quote: scripts/learn-quote.c $(LIBRARY) Makefile
	$(COMPILE_HOST) -ffp-contract=off -o $@ $< $(LIBRARY) $(MODULE_LIBS) -lm

$(LIBRARY): $(LIB_OBJECTS)
	rm -f $@
	$(AR) rcs $@ $(LIB_OBJECTS)

$(PROGRAM_FILES): $(BUILD)/%: $(BUILD)/cmd/%.o $(CMD_OBJECTS) $(LIBRARY)
	$(LINK) -o $@ $< $(CMD_OBJECTS) $(LIBRARY) $(MODULE_LIBS) $(LDLIBS)

$(UNIT_TESTS): $(BUILD)/unit/%: $(BUILD)/unit/%.o $(LIBRARY)
	$(LINK) $(if $(LTO),-fno-lto) -o $@ $< $(LIBRARY) $(TEST_LIBS) $(MODULE_LIBS) $(LDLIBS)

# demo and check are the only targets that install anything, and only what is missing. They build in a make of its own,
# which sees what was installed.
INSTALL_MISSING = CC="$(CC)" WITH_ZSTD=$(WITH_ZSTD) scripts/deps $(if $(filter no,$(DEPS)),-n)

demo: ## install what is missing, build, and show quotations of a sample feed
	@$(INSTALL_MISSING) build
	@$(MAKE) --no-print-directory all
	@echo 'These are the quotations of tests/data/feed.txt, one a line: nsplit tests/data/feed.txt | nquote | LC_ALL=C sort'
	@$(BUILD)/nsplit tests/data/feed.txt | $(BUILD)/nquote | LC_ALL=C sort

check: ## install what is missing, build, and run every test, with sanitizers too
	@$(INSTALL_MISSING) build test
	@$(MAKE) --no-print-directory check-built

# A system without sanitizers (musl) has one run.
SANITIZERS = address,undefined
CAN_SANITIZE = $(shell echo 'int main(void) { return 0; }' | \
	$(CC) -fsanitize=$(SANITIZERS) -x c -o /dev/null - >/dev/null 2>&1 && echo yes)

check-built: all unit
	$(if $(CAN_SANITIZE),@$(MAKE) --no-print-directory BUILD=$(BUILD)-asan SANITIZE=$(SANITIZERS) all unit)
	$(if $(CAN_SANITIZE),,@echo 'No sanitizers here: the tests run once.')
	@scripts/check $(BUILD) $(if $(CAN_SANITIZE),$(BUILD)-asan)

bench: all $(BUILD)/measure ## measure speed and memory on 200 MB of text
	@scripts/bench $(BUILD)

lint: ## check format, scripts, man pages, and warnings of gcc and clang
	@scripts/deps -n build test lint
	@scripts/lint

format: ## lay the C sources out as .clang-format says
	clang-format -i $(C_FILES)

# The files that install puts down and uninstall takes away: source, then destination.
INSTALLED = $(foreach program,$(PROGRAMS),$(BUILD)/$(program) $(BINDIR)/$(program)) \
	$(foreach page,$(MAN_PAGES),$(page) $(MANDIR)/man$(patsubst .%,%,$(suffix $(page)))/$(notdir $(page)))

install: all ## install programs and man pages (PREFIX, BINDIR, MANDIR, DESTDIR)
	@set -- $(INSTALLED); while [ $$# -gt 0 ]; do \
		case $$1 in $(BUILD)/*) mode=755 ;; *) mode=644 ;; esac; \
		echo "$(INSTALL) -m $$mode $$1 $(DESTDIR)$$2"; \
		mkdir -p "$(DESTDIR)$${2%/*}" && $(INSTALL) -m $$mode "$$1" "$(DESTDIR)$$2" || exit 1; \
		shift 2; \
	done

uninstall: ## remove what install put down
	@set -- $(INSTALLED); while [ $$# -gt 0 ]; do \
		echo "rm -f $(DESTDIR)$$2"; \
		rm -f "$(DESTDIR)$$2" || exit 1; \
		shift 2; \
	done

TARBALL = newsutils-$(VERSION).tar.gz

dist: ## make a source tarball of the last commit
	git archive --format=tar --prefix=newsutils-$(VERSION)/ HEAD | gzip -n >$(TARBALL).new
	mv $(TARBALL).new $(TARBALL)

# --no-print-directory keeps the last line of `check` the last.
distcheck: dist ## unpack the tarball; build, test, install and uninstall from it
	rm -rf build-dist
	mkdir build-dist
	gzip -dc $(TARBALL) | tar -xf - -C build-dist
	$(MAKE) --no-print-directory -C build-dist/newsutils-$(VERSION) check
	$(MAKE) --no-print-directory -C build-dist/newsutils-$(VERSION) install DESTDIR="$(CURDIR)/build-dist/root"
	$(MAKE) --no-print-directory -C build-dist/newsutils-$(VERSION) uninstall DESTDIR="$(CURDIR)/build-dist/root"
	test -z "$$(find build-dist/root ! -type d)"
	rm -rf build-dist

clean: ## remove everything that was built
	rm -rf build build-* newsutils-*.tar.gz

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' Makefile | while IFS='	' read -r target what; do \
		printf '%-10s %s\n' "$$target" "$$what"; \
	done

.PHONY: all unit demo check check-built bench lint format install uninstall dist distcheck clean help
.DELETE_ON_ERROR:
.SECONDARY:

-include $(wildcard $(BUILD)/*.d $(BUILD)/lib/*.d $(BUILD)/cmd/*.d $(BUILD)/unit/*.d)
