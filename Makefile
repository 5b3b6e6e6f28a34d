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
#   make torture 1000 kills in mid-save, 12,000 power cuts, the driver's own tests

.PHONY: run test build lint cover bench proof mutate torture

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

torture:
	@.ci/torture.sh $(KILLS) $(CUTS)

mutate:
	@.ci/mutate.sh $(ARGS)
