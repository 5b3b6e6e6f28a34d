#!/usr/bin/env bash
# Every check and test. It prints what `go test` prints. A failure does not stop
# the rest, so that one run shows everything that is wrong; the last lines name
# what failed.

. "$(dirname "$0")/env.sh"
need_go
.ci/packages.sh build window display test

failed=()
step() { # NAME COMMAND...
	local name=$1 started=$SECONDS
	shift
	printf '\n== %s\n' "$name"
	"$@" || failed+=("$name")
	printf '== %s: %s s\n' "$name" $((SECONDS - started))
}

format() {
	local unformatted
	unformatted=$(gofmt -l $(find . -name '*.go' -not -path './build/*'))
	[ -z "$unformatted" ] || {
		printf 'Run gofmt -w on: %s\n' "$unformatted"
		return 1
	}
}

# The packages with parts for Windows alone, which this machine does not build.
vet() {
	go vet ./... || return 1
	GOOS=windows CGO_ENABLED=0 go vet ./gui/display ./domain/outfile ./reports/viewer
}

staticcheck() { .ci/staticcheck.sh || [ $? = 75 ]; }

# Only main imports the part of the window library that needs OpenGL, whose
# binding costs minutes to compile a second time for the race detector; the
# root package holds the layer and house rules and runs without it.
tests() { go test -race $(go list ./... | grep -v '^backtobar$'); }

step "format" format
step "program builds" .ci/build.sh
step "go vet" vet
step "staticcheck" staticcheck
step "tests, with the race detector" tests
# The race detector sees only one of many cases of the screen.
step "every combination of the screen, and random cases" .ci/proof.sh 20000
step "tests of the program and the house rules" go test .
step "the home program, read by other software" .ci/paper.sh
step "window test" .ci/window-test.sh

if [ ${#failed[@]} -gt 0 ]; then
	printf '\nFAILED after %s s:' "$SECONDS"
	printf ' %s;' "${failed[@]}"
	printf '\n'
	exit 1
fi
printf '\nEverything passed in %s s.\n' "$SECONDS"
