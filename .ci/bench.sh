#!/usr/bin/env bash
# Every benchmark, without the tests.

. "$(dirname "$0")/env.sh"
need_go
.ci/packages.sh build
go test -run '^$' -bench . -benchmem ./...
