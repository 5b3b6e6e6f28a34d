# The one place for build flags. Every script in this folder reads it, and the
# Makefile only calls scripts, so that all of them share one build cache: a
# changed tag or flag costs minutes of recompiling.
#
#   migrated_fynedo            the program keeps Fyne's rule that only the main
#                              goroutine touches the window; without the tag Fyne
#                              takes extra locks and warns at start
#   sqlite_fts5                full-text search in the embedded store
#   sqlite_omit_load_extension the store never loads foreign code
#   no_animations              a caret that stands still: the library repaints the
#                              whole window 60 times a second to make it blink,
#                              which without a graphics card takes a third of a
#                              processor while nobody does anything
#   x11, gles (Linux only)     X11 without Wayland and OpenGL ES without desktop
#                              OpenGL: the generated binding for desktop OpenGL
#                              alone takes two and a half minutes to compile
#
# Usage: . "$(dirname "$0")/env.sh"   (bash; leaves the shell in the project)

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export PATH="$PATH:/usr/local/go/bin"
export HOME="${HOME:-/root}"

BUILD_TAGS=migrated_fynedo,sqlite_fts5,sqlite_omit_load_extension,no_animations
if [ "$(uname -s)" = Linux ]; then
	BUILD_TAGS=$BUILD_TAGS,x11,gles
fi
# -buildvcs=false: a clone owned by somebody else, or a machine without git,
# builds the same.
export GOFLAGS="-buildvcs=false -tags=$BUILD_TAGS"

# say prints a line of progress; fail prints the reason and stops.
say() { printf '%s\n' "$*"; }
fail() {
	printf '%s\n' "$*" >&2
	exit 1
}

# need_go stops with a sentence when Go is missing or too old.
need_go() {
	local want have
	want=$(sed -n 's/^go //p' go.mod)
	command -v go >/dev/null ||
		fail "Go is not installed. Install Go $want or newer from https://go.dev/dl and run this again."
	if ! go list -m >/dev/null 2>&1; then
		have=$(cd / && GOTOOLCHAIN=local go env GOVERSION)
		fail "This program needs Go $want or newer; this machine has ${have#go}. Install a newer one from https://go.dev/dl and run this again."
	fi
}
