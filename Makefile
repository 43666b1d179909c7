# What a person types. Each rule says in its comment what it does; `make help` prints them.

PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift
# How long each fuzz harness runs, in seconds.
FUZZ_SECONDS ?= 300
export SWIFT FUZZ_SECONDS

.PHONY: help setup build release demo test check-kernel lint bench fuzz fuzz-fields soak install uninstall clean

help: ## lists these rules
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

setup: ## installs the libraries that the build needs, where they are missing
	@Scripts/setup

build: setup ## builds for debugging
	$(SWIFT) build

release: setup ## builds the program as it is meant to be used
	$(SWIFT) build -c release --product zinspect

demo: release ## shows what zinspect does, on a bundled pool
	@Scripts/demo

test: setup ## builds and runs every test
	@Scripts/run-tests

check-kernel: build ## proves in a virtual machine that a real kernel finds repaired pools sound
	@Scripts/check-kernel || [ $$? = 77 ]

lint: setup ## checks the format of the sources and the scripts
	@Scripts/lint

bench: release ## measures speed and memory, as ratios to what the machine can do
	@Scripts/bench

fuzz: setup ## runs every libFuzzer harness for FUZZ_SECONDS seconds
	@Scripts/fuzz

fuzz-fields: setup ## damages every field of every structure in every way; goes on where it stopped
	ZINSPECT_FIELDS=$${ZINSPECT_FIELDS:-.build/fuzz-fields} ZINSPECT_SEED=$${ZINSPECT_SEED:-1} \
		$(SWIFT) test -c release -Xswiftc -enable-testing --scratch-path .build/fields \
		--filter FieldSweepTests/sweep

soak: setup ## runs the tests again and again with new seeds, under the sanitizers
	@Scripts/soak

install: release ## installs the program and its manual under PREFIX
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man7 $(DESTDIR)$(PREFIX)/share/man/man8
	install -m 755 "$$($(SWIFT) build -c release --show-bin-path)/zinspect" $(DESTDIR)$(PREFIX)/bin/
	install -m 644 man/zinspect.8 $(DESTDIR)$(PREFIX)/share/man/man8/
	install -m 644 man/zinspect-problems.7 $(DESTDIR)$(PREFIX)/share/man/man7/

uninstall: ## takes away what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/zinspect $(DESTDIR)$(PREFIX)/share/man/man8/zinspect.8 \
		$(DESTDIR)$(PREFIX)/share/man/man7/zinspect-problems.7

clean: ## takes away what was built
	rm -rf .build
