#!/usr/bin/env bash
# Builds the program and opens its window. Arguments go to the program.
#
# Without a display it starts a virtual one, takes a picture of the window, and
# runs until Ctrl-C, or for RUN_SECONDS when that is set.

. "$(dirname "$0")/env.sh"
. .ci/display.sh
.ci/packages.sh build window
.ci/build.sh

if [ -n "${DISPLAY:-}" ] || [ "$(uname -s)" != Linux ]; then
	say "Opening the window."
	exec build/backtobar "$@"
fi

.ci/packages.sh display
virtual_display
say "There is no display here, so the window opens on a virtual one ($DISPLAY, 1366x768)."
build/backtobar "$@" &
app=$!
display_pids+=($app)
if ! wait_for_window $app 30; then
	kill -0 $app 2>/dev/null && fail "The window did not appear within 30 seconds."
	wait $app || exit $?
	exit 0
fi
sleep 1.5
picture=build/window.png
import -window root "$picture"
say "The window is open. Screenshot: $PWD/$picture"
if [ -n "${RUN_SECONDS:-}" ]; then
	sleep "$RUN_SECONDS"
	exit 0
fi
say "Press Ctrl-C to close it."
wait $app
