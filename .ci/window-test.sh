#!/usr/bin/env bash
# Drives the real program by keys in a real window on a virtual display, from an
# empty store to the saved handout and through everything that may go wrong on
# the way (gui/windowtest). Arguments go to go test. The pictures of every step
# and the PDF stay in build/screenshots.

. "$(dirname "$0")/env.sh"
. .ci/display.sh
need_go
.ci/packages.sh build window display test
.ci/build.sh
virtual_display
export BACKTOBAR_WINDOW_TEST="$PWD/build/backtobar"
export BACKTOBAR_SCREENSHOTS="$PWD/build/screenshots"
mkdir -p "$BACKTOBAR_SCREENSHOTS"
rm -f "$BACKTOBAR_SCREENSHOTS"/*
# -count=1: the program is not among the files that go test knows, so a kept
# result would hide a change.
go test -count=1 -timeout 10m "$@" ./gui/windowtest
for keys in "$BACKTOBAR_SCREENSHOTS"/*_keys.txt; do
	[ ! -e "$keys" ] || say "$(cat "$keys")"
done
say "The pictures: $BACKTOBAR_SCREENSHOTS"
