#!/usr/bin/env bash
# Format, vet, staticcheck, and golangci-lint where it is installed.

. "$(dirname "$0")/env.sh"
need_go
.ci/packages.sh build
unformatted=$(gofmt -l $(find . -name '*.go' -not -path './build/*'))
[ -z "$unformatted" ] || fail "Run gofmt -w on: $unformatted"
go vet ./...
.ci/staticcheck.sh
if command -v golangci-lint >/dev/null; then
	golangci-lint run
else
	say "golangci-lint is not installed; its rules are in .golangci.yml."
fi
