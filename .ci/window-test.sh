#!/usr/bin/env bash
# Starts the real program on a virtual display and drives it. Arguments go to
# go test. Screenshots stay in build/window-test.

. "$(dirname "$0")/env.sh"
. .ci/display.sh
.ci/packages.sh build window display test
.ci/build.sh
virtual_display
export BACKTOBAR_PROGRAM="$PWD/build/backtobar"
export BACKTOBAR_SHOTS="$PWD/build/window-test"
mkdir -p "$BACKTOBAR_SHOTS"
# -count=1: the program is not among the files that go test knows, so a kept
# result would hide a change.
go test -count=1 -run '^TestWindow' "$@" .
