#!/usr/bin/env bash
# Coverage of the rules, the use cases, the paper and the window's models;
# build/cover.html shows it line by line.

. "$(dirname "$0")/env.sh"
need_go
.ci/packages.sh build
mkdir -p build
go test -coverprofile=build/cover.out ./assets/... ./domain/... ./reports/... ./gui/...
go tool cover -func=build/cover.out | tail -n 1
go tool cover -html=build/cover.out -o build/cover.html
say "Line by line: $PWD/build/cover.html"
