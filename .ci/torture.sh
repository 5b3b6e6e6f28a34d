#!/usr/bin/env bash
# The heavy tests of the store: kills in the middle of a save, power cuts, and
# the driver's own tests on the encrypting VFS. An ordinary run does a sample of
# each. It takes about half an hour.
#
#   .ci/torture.sh [KILLS] [CUTS]     1000 and 3000 when not given

. "$(dirname "$0")/env.sh"
need_go
.ci/packages.sh build
export BACKTOBAR_KILLS=${1:-1000} BACKTOBAR_POWERCUTS=${2:-3000}
go test -count=1 -timeout=0 -v ./domain/store/sqlite -run 'TestKilledWhileSaving' | grep -E '^(---|ok|FAIL| )'
go test -count=1 -timeout=0 -v ./domain/store/pagevfs -run 'PowerCut|EveryCall|FlippedBit' | grep -E '^(---|ok|FAIL| )'
.ci/driver-suite.sh
