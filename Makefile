# Thin over CMake: the targets people type. `make help` lists them.
BUILD ?= build/release
ASAN ?= build/asan
TSAN ?= build/tsan
PREFIX ?= /usr/local
# The system's own Python: another one may be built without sqlite3's load_extension(), which the benchmark needs.
PYTHON3 ?= $(firstword $(wildcard /usr/bin/python3) python3)
JOBS ?= $(shell nproc 2>/dev/null || sysctl -n hw.ncpu 2>/dev/null || echo 2)
CTEST = ctest --output-on-failure --no-tests=error -j $(JOBS)
MAKEFLAGS += --no-print-directory
SOURCES = $(shell git ls-files --cached --others --exclude-standard 'ext/*.cc' 'ext/*.h' 'tests/*.cc' 'tests/*.h')

.DEFAULT_GOAL := all
.PHONY: all test statements versions migration-tools bindings demo soak coherence cluster fuzz amalgamation binaries packages platforms lint format asan tsan valgrind mutants coverage bench bench-quick bench-publish bench-deps bench-build install uninstall clean help deps

all: deps ## build larder.so
	@cmake --preset release -DLARDER_TESTS=OFF >/dev/null
	@cmake --build $(BUILD) -j $(JOBS) --target larder
	@cp $(BUILD)/larder.* . 2>/dev/null || true

test: deps ## build and run all tests
	@.ci/deps test
	@cmake --preset release -DLARDER_TESTS=ON >/dev/null
	@cmake --build $(BUILD) -j $(JOBS)
	@cd $(BUILD) && $(CTEST)

statements: deps ## write tests/sql/statements.txt, which holds every SQL statement of the extension with its plan
	@cmake --preset release -DLARDER_TESTS=ON >/dev/null
	@cmake --build $(BUILD) -j $(JOBS) --target statements

versions: deps ## run the tests with other versions of SQLite: VERSIONS="3.37.0 newest", or all that tests/versions names
	@.ci/deps versions
	@cmake --preset release -DLARDER_TESTS=ON >/dev/null
	@cmake --build $(BUILD) -j $(JOBS) --target larder
	@JOBS=$(JOBS) tests/versions/run $(BUILD)/larder.so build/versions $(VERSIONS)

migration-tools: deps ## run other migration tools beside Larder: TOOLS="sqlx goose", or all that tests/migrations/tools names
	@.ci/deps migration-tools
	@cmake --preset release -DLARDER_TESTS=ON >/dev/null
	@cmake --build $(BUILD) -j $(JOBS) --target larder
	@LARDER=$(BUILD)/larder.so LARDER_MIGRATION_TOOLS=build/migration-tools $(PYTHON3) tests/migrations/tools/compare.py $(TOOLS)

bindings: deps ## test the bindings of other languages, each with its own package: BINDINGS="perl tcl", or all of tests/bindings
	@.ci/deps bindings $(BINDINGS)
	@cmake --preset release -DLARDER_TESTS=ON >/dev/null
	@cmake --build $(BUILD) -j $(JOBS) --target larder
	@LARDER=$(abspath $(BUILD)/larder.so) $(PYTHON3) tests/bindings/checker/run.py $(BINDINGS)

demo: all ## import 3,376 airports, killed again and again, nothing lost or doubled
	@python3 tests/demo/demo.py $(BUILD)/larder.so

soak: deps ## eight workers share 20,000 items and are killed for a minute, and once more with jumping clocks
	@cmake --preset release -DLARDER_TESTS=ON >/dev/null
	@cmake --build $(BUILD) -j $(JOBS) --target soak

coherence: deps ## eight processes read 10 million answers while they write, checkpoint and are killed: none may be out of date
	@cmake --preset release -DLARDER_TESTS=ON >/dev/null
	@cmake --build $(BUILD) -j $(JOBS) --target coherence

cluster: deps ## three nodes of dqlite whose leader is killed under load, and Litestream, which is killed: nothing is lost or doubled
	@.ci/deps cluster
	@cmake --preset release -DLARDER_TESTS=ON >/dev/null
	@cmake --build $(BUILD) -j $(JOBS) --target cluster

# Without sanitizers in a folder of its own: SANITIZE=
SANITIZE ?= address,undefined
FUZZ_BUILD = build/fuzz$(if $(SANITIZE),,-plain)
fuzz: deps ## look for inputs that break something, each target for SECONDS=60: FUZZ="sql folders", or all of tests/fuzz
	@.ci/deps fuzz
	@cmake --preset fuzz -B $(FUZZ_BUILD) -DLARDER_SANITIZE=$(SANITIZE) >/dev/null
	@cmake --build $(FUZZ_BUILD) -j $(JOBS) --target fuzz
	@tests/fuzz/run $(FUZZ_BUILD) $(or $(SECONDS),60) $(FUZZ)

amalgamation: deps ## write build/amalgamation/larder.cc, which is all of Larder in one file
	@cmake --preset release >/dev/null
	@cmake --build $(BUILD) --target amalgamation

binaries: amalgamation ## compile build/binaries for eight systems, or those in TARGETS="linux-aarch64 ..."
	@.ci/deps binaries
	@$(PYTHON3) ext/packages/binaries/build.py $(TARGETS)

packages: binaries ## build what users install into build/packages, and install each into an empty environment
	@.ci/deps packages
	@$(PYTHON3) ext/packages/build.py
	@cmake --preset release -DLARDER_TESTS=ON >/dev/null
	@cd $(BUILD) && $(CTEST) -C packages -R '^package\.'

PLATFORMS = $(shell sed -n 's/^\([a-z][^ ]*\) [^ ]*$$/\1/p' tests/platforms/platforms.txt)

platforms: amalgamation ## run the SQL tests with other machines' binaries, under qemu and wine: PLATFORMS="windows-x86_64", or all
	@.ci/deps binaries
	@.ci/deps platforms
	@$(PYTHON3) ext/packages/binaries/build.py $(PLATFORMS)
	@JOBS=$(JOBS) tests/platforms/run build/platforms $(PLATFORMS)

lint: deps ## check format and run clang-tidy
	@.ci/deps lint
	@clang-format --dry-run --Werror $(SOURCES)
	@cmake --preset release -B build/lint -DLARDER_UNITY=OFF -DLARDER_TESTS=ON -DLARDER_BENCH=ON >/dev/null
	@sed -n 's/^ *"file": "\(.*\)",*$$/\1/p' build/lint/compile_commands.json | sort -u | xargs -P $(JOBS) -n 2 clang-tidy -p build/lint --quiet --extra-arg=-Wno-unknown-warning-option

format: ## format the sources
	@clang-format -i $(SOURCES)

asan: deps ## build with the address and undefined sanitizers and run all tests
	@cmake --preset asan -DLARDER_TESTS=ON >/dev/null
	@cmake --build $(ASAN) -j $(JOBS)
	@cd $(ASAN) && $(CTEST)

tsan: deps ## build with the thread sanitizer and run the tests that have threads
	@cmake --preset tsan -DLARDER_TESTS=ON >/dev/null
	@cmake --build $(TSAN) -j $(JOBS) --target larder larder_hot_tests larder_coherence
	@cd $(TSAN) && $(CTEST) -R 'coherence|cpp.threads'

valgrind: deps ## run the SQL and close tests under valgrind (slow)
	@command -v valgrind >/dev/null || { echo "Please install valgrind"; exit 1; }
	@cmake --preset debug -DLARDER_TESTS=ON >/dev/null
	@cmake --build build/debug -j $(JOBS)
	@cd build/debug && LARDER_VALGRIND=1 $(CTEST) -L valgrind

mutants: deps ## break ext/ in 140 places, one after the other, and see whether a test notices (hours): MUTANTS="--quick --only cache/"
	@.ci/deps mutants
	@build/mutants/python/bin/python tests/mutants/mutants.py $(MUTANTS)

coverage: deps ## show which lines and branches of ext/ all tests together run
	@.ci/deps test
	@.ci/deps coverage
	@cmake --preset coverage -DLARDER_TESTS=ON >/dev/null
	@cmake --build build/coverage -j $(JOBS)
	@find build/coverage -name '*.gcda' -delete
	@cd build/coverage && $(CTEST)
	@$(PYTHON3) tests/coverage/report.py build/coverage --uncovered build/coverage/uncovered.txt

BENCH = $(PYTHON3) tests/bench/driver/bench.py --build $(BUILD) --json build/bench/results.json --plot build/bench/plot.svg

bench: bench-build ## measure against hand-written SQL and, where installed, other caches
	@$(BENCH) --callgrind

bench-quick: bench-build ## the same with fewer keys and rounds: two or three minutes
	@$(BENCH) --quick

bench-publish: ## bring what tests/bench shows up to date with what `make bench` measured last
	@$(PYTHON3) tests/bench/driver/bench.py --from build/bench/results.json --publish

bench-deps: deps ## install the other caches that bench shows beside Larder
	@.ci/deps peers

bench-build: deps
	@.ci/deps bench
	@cmake --preset release -DLARDER_TESTS=ON -DLARDER_BENCH=ON >/dev/null
	@cmake --build $(BUILD) -j $(JOBS) --target larder larder_bench larder_contention larder_queue larder_opening larder_peers

install: all ## install larder.so under PREFIX (/usr/local)
	@cmake --install $(BUILD) --prefix $(PREFIX)

uninstall: ## remove what install put there
	@rm -fv $(PREFIX)/lib*/sqlite3/larder.so $(PREFIX)/lib/*/sqlite3/larder.so $(PREFIX)/lib/sqlite3/larder.dylib

clean: ## remove what was built
	rm -rf build larder.so larder.dylib

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 17

deps:
	@.ci/deps
