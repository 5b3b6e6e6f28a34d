#!/usr/bin/env bash
# Builds the program and opens its window. Arguments go to the program.
#
# Without a display it starts a virtual one, takes a picture of the window, and
# runs until Ctrl-C, or for RUN_SECONDS when that is set.

. "$(dirname "$0")/env.sh"
. .ci/display.sh

virtual=
# The Linux build speaks X11; a Wayland session offers that too, as DISPLAY.
if [ -z "${DISPLAY:-}" ] && [ "$(uname -s)" = Linux ]; then
	virtual=display
fi
.ci/packages.sh build window $virtual
.ci/build.sh
if [ -z "$virtual" ]; then
	say "Opening the window."
	exec build/backtobar "$@"
fi

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
	kill -0 $app 2>/dev/null || fail "The program ended by itself."
	exit 0
fi
say "Press Ctrl-C to close it."
wait $app
