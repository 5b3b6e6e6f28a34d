#!/usr/bin/env bash
# Builds the program into build/backtobar.

. "$(dirname "$0")/env.sh"
need_go
.ci/packages.sh build
mkdir -p build
started=$SECONDS
[ -e build/backtobar ] || say "Building. The first time takes one to three minutes."
go build -o build/backtobar .
say "Built build/backtobar in $((SECONDS - started)) s"
