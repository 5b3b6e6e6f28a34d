#!/usr/bin/env bash
# Breaks the rules on purpose, one small change at a time, runs the tests of the
# changed package, and counts the changes that no test notices. docs/proof.md
# holds the last result and explains each survivor. Nice and one at a time: it
# takes about an hour.
#
#   .ci/mutate.sh [PACKAGE ...]     all of domain/screen, domain/measure and the rules
#                                   of domain/clinic when not given
#   .ci/mutate.sh -list             prints the changes and runs nothing
#   .ci/mutate.sh -only EXPRESSION  only changes whose description matches
#   .ci/mutate.sh -part 0/10        every tenth change
#   .ci/mutate.sh -again LOG        the survivors of an earlier run

. "$(dirname "$0")/env.sh"
need_go
mkdir -p build
# The random sample is smaller here: the tables notice first.
export BACKTOBAR_PROOF_CASES=${BACKTOBAR_PROOF_CASES:-1500} GOMAXPROCS=1
go build -o build/bin/mutate ./.ci/mutate
nice -n 15 build/bin/mutate "$@"
