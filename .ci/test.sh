#!/usr/bin/env bash
# Every check and test. It prints what `go test` prints; the first failure of
# a step is reported at once and ends the run.

. "$(dirname "$0")/env.sh"
need_go
.ci/packages.sh build window display test

step() { printf '\n== %s (%s s so far)\n' "$1" "$SECONDS"; }

step "format"
unformatted=$(gofmt -l $(find . -name '*.go' -not -path './build/*'))
[ -z "$unformatted" ] || fail "Run gofmt -w on: $unformatted"

step "go vet"
go vet ./...
# The message box of Windows is the one part that this machine does not build.
GOOS=windows CGO_ENABLED=0 go vet ./gui/display

step "staticcheck"
.ci/staticcheck.sh || [ $? = 75 ]

# Only main imports the part of the window library that needs OpenGL, whose
# binding costs minutes to compile a second time for the race detector; the
# root package holds the layer and house rules and runs without it.
step "tests, with the race detector"
go test -race $(go list ./... | grep -v '^backtobar$')

step "tests of the program and the house rules"
go test .

step "window test"
.ci/window-test.sh
printf '\nEverything passed in %s s.\n' "$SECONDS"
