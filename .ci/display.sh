# Functions for a virtual display; read after env.sh.

# virtual_display starts Xvfb on a free number with a window manager, sets
# DISPLAY, and stops both when the script ends.
virtual_display() {
	local number_file tries=0
	number_file=$(mktemp)
	# 1366x768 is the smallest screen the windows are drawn for.
	Xvfb -displayfd 3 -screen 0 1366x768x24 +extension GLX -nolisten tcp 3>"$number_file" 2>/dev/null &
	display_pids=($!)
	trap stop_display EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM
	until [ -s "$number_file" ]; do
		tries=$((tries + 1))
		[ $tries -lt 100 ] || fail "The virtual display did not start within 10 seconds."
		sleep 0.1
	done
	export DISPLAY=":$(cat "$number_file")"
	rm -f "$number_file"
	unset WAYLAND_DISPLAY
	export LIBGL_ALWAYS_SOFTWARE=1
	openbox >/dev/null 2>&1 &
	display_pids+=($!)
}

# stop_display ends what virtual_display and the caller put in display_pids,
# newest first.
stop_display() {
	local i
	for ((i = ${#display_pids[@]} - 1; i >= 0; i--)); do
		kill "${display_pids[i]}" 2>/dev/null || continue
		for _ in 1 2 3 4 5 6 7 8 9 10; do
			kill -0 "${display_pids[i]}" 2>/dev/null || break
			sleep 0.1
		done
		kill -9 "${display_pids[i]}" 2>/dev/null || true
	done
	wait 2>/dev/null || true
}

# wait_for_window PID SECONDS waits until the program's window is on the screen.
# False when the program ends or the time is up.
wait_for_window() {
	local tenths=$(($2 * 10))
	while [ $tenths -gt 0 ]; do
		if xwininfo -root -tree 2>/dev/null | grep '"Back to Bar' >/dev/null; then
			return 0
		fi
		kill -0 "$1" 2>/dev/null || return 1
		sleep 0.1
		tenths=$((tenths - 1))
	done
	return 1
}
