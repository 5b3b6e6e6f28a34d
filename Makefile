# Every target is a script in .ci, which also says what it needs and installs it.
#
#   make run     build and open the window          ARGS='--data DIR' goes to the program
#   make test    every check and test, as in CI
#   make build   the program, as build/backtobar
#   make lint    format, vet, staticcheck
#   make cover   coverage by package
#   make bench   benchmarks
#   make proof   a million random cases of the screen   CASES=... SEED=...
#   make mutate  breaks the rules on purpose and counts what the tests notice

.PHONY: run test build lint cover bench proof mutate

run:
	@.ci/open.sh $(ARGS)

test:
	@.ci/test.sh

build:
	@.ci/build.sh

lint:
	@.ci/lint.sh

cover:
	@.ci/cover.sh

bench:
	@.ci/bench.sh

proof:
	@.ci/proof.sh $(CASES) $(SEED)

mutate:
	@.ci/mutate.sh $(ARGS)
