#!/usr/bin/env bash
# Holds the screen to its decision tables: every combination of each block, and
# random full cases with what must be true of all of them (docs/proof.md). Uses
# all processors. A failure prints the seed and the smallest case that fails.
# Then random courses of sessions: 200,000, or as many as the cases if fewer.
#
#   .ci/proof.sh [CASES] [SEED]     a million cases from seed 1 when not given

. "$(dirname "$0")/env.sh"
need_go
export BACKTOBAR_PROOF_CASES=${1:-1000000} BACKTOBAR_PROOF_SEED=${2:-1}
go test -count=1 -timeout=0 -v ./domain/screen \
	-run 'TestEveryCombination|TestSafetyQuestionsByOne|TestEveryStatusAtEveryAge|TestEveryLimit|TestOutOfRangeIsRefused$|TestBuiltIsRead|TestRandomCases' |
	grep -Ev '^ *(=== |--- PASS: [A-Za-z]*/|--- PASS: .*/.*/)' |
	awk '/[0-9]+ combinations$/ { n += $2; next } { print } END { print n " combinations" }'
# What a clinic sets never weakens a stop or a hold.
go test -count=1 -timeout=0 ./domain/screen -run 'TestNoEditWeakensAStop|TestStricterIsNeverMorePermissive' \
	-rapid.checks=$((BACKTOBAR_PROOF_CASES / 10))

courses=$((BACKTOBAR_PROOF_CASES < 200000 ? BACKTOBAR_PROOF_CASES : 200000))
BACKTOBAR_PROOF_COURSES=$courses go test -count=1 -timeout=0 -v ./domain/course \
	-run 'TestWorsePainNeverLeadsToMore|TestEveryLoadIsThereAndUnderEveryCap|TestSuccessesAreNeverStuckInSilence|TestOrderOfEntryDoesNotMatter|TestReductionsNeverMultiply|TestScreenIsNeverPassedOver' |
	grep -Ev '^ *=== '

# Whatever a plan holds, the home program has room for it and says what it must,
# in every language, paper and print size.
go test -count=1 -timeout=0 ./reports/handout -run 'TestRandomPlansFit' \
	-rapid.checks=$((BACKTOBAR_PROOF_CASES / 200))
