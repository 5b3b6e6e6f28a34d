#!/usr/bin/env bash
# Format, vet, and golangci-lint with the linters of .golangci.yml, at the one
# version that they are written for. The first run builds the linter, which
# takes two to three minutes.

. "$(dirname "$0")/env.sh"
need_go
.ci/packages.sh build
unformatted=$(gofmt -l $(find . -name '*.go' -not -path './build/*'))
[ -z "$unformatted" ] || fail "Run gofmt -w on: $unformatted"
go vet ./...

version=v2.12.2
tool=build/bin/golangci-lint-$version/golangci-lint
if [ ! -x "$tool" ]; then
	say "Building golangci-lint $version."
	GOFLAGS= GOBIN="$PWD/build/bin/golangci-lint-$version" \
		go install "github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$version" 2>/dev/null ||
		fail "golangci-lint $version could not be built; is there a network?"
fi
"$tool" run ./...
