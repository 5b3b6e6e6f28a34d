#!/usr/bin/env bash
# Installs the system packages that a task needs, once.
#
#   .ci/packages.sh build|window|display|test ...
#
# What is there already is found by looking for the thing itself (a command, a
# header, a library), so nothing is asked of the network when nothing is
# missing, and a machine that is not Debian's is only told what is missing.

. "$(dirname "$0")/env.sh"

# Each line: the Debian and Ubuntu package, then a check that is true when it
# is there.
table() {
	case $1 in
	build) # compiles SQLite and the window library
		cat <<-'END'
			ca-certificates certificates
			gcc command -v gcc
			libc6-dev test -e /usr/include/stdlib.h
			pkg-config command -v pkg-config
			libgl-dev pkg-config --exists gl
			libx11-dev pkg-config --exists x11
			libxrandr-dev pkg-config --exists xrandr
			libxinerama-dev pkg-config --exists xinerama
			libxcursor-dev pkg-config --exists xcursor
			libxi-dev pkg-config --exists xi
			libxxf86vm-dev pkg-config --exists xxf86vm
		END
		;;
	window) # opened by the window library at run time, not linked
		cat <<-'END'
			libgl1 library libGL.so.1
			libxcursor1 library libXcursor.so.1
			libxi6 library libXi.so.6
			libxinerama1 library libXinerama.so.1
			libxrandr2 library libXrandr.so.2
		END
		;;
	display) # a virtual screen where there is none
		cat <<-'END'
			libgl1-mesa-dri software_opengl
			xvfb command -v Xvfb
			openbox command -v openbox
			x11-utils command -v xwininfo
			imagemagick command -v import
		END
		;;
	test) # drives the window and reads the paper
		cat <<-'END'
			xdotool command -v xdotool
			xclip command -v xclip
			poppler-utils command -v pdftotext
			qpdf command -v qpdf
		END
		;;
	*) fail "packages.sh: unknown group $1" ;;
	esac
}

certificates() {
	test -s /etc/ssl/certs/ca-certificates.crt || test -s /etc/pki/tls/certs/ca-bundle.crt || test -d /etc/ssl/certs/java
}

library() {
	[[ $(/sbin/ldconfig -p 2>/dev/null) == *"$1 "* ]] || any /usr/lib/*/"$1" /usr/lib/"$1" /usr/lib64/"$1"
}

software_opengl() {
	any /usr/lib/*/dri/*swrast_dri.so /usr/lib/dri/*swrast_dri.so /usr/lib64/dri/*swrast_dri.so \
		/usr/lib/*/libgallium-*.so /usr/lib64/libgallium-*.so
}

# any is true when one of the files exists.
any() {
	local file
	for file in "$@"; do
		[ ! -e "$file" ] || return 0
	done
	return 1
}

missing=()
for group in "$@"; do
	while read -r package check; do
		eval "$check" >/dev/null 2>&1 || missing+=("$package")
	done <<<"$(table "$group")"
done
[ ${#missing[@]} -gt 0 ] || exit 0
[ "$(uname -s)" = Linux ] || exit 0

command="apt-get install --no-install-recommends ${missing[*]}"
if ! command -v apt-get >/dev/null; then
	fail "Missing: ${missing[*]}. This machine has no apt-get: install what your system calls these packages, then run this again."
fi
as_root=()
if [ "$(id -u)" != 0 ]; then
	if ! command -v sudo >/dev/null; then
		fail "Missing: ${missing[*]}. Installing needs root, and there is no sudo. Ask an administrator to run: $command"
	fi
	if ! sudo -n true 2>/dev/null && [ ! -t 0 ]; then
		fail "Missing: ${missing[*]}. Installing needs root, and sudo wants a password that cannot be asked for here. Run: sudo $command"
	fi
	as_root=(sudo)
fi

say "Installing: ${missing[*]}"
log=$(mktemp)
install() {
	"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" </dev/null >"$log" 2>&1
}
# The package lists may be empty or old: try, then refresh them once and retry.
if ! install; then
	"${as_root[@]}" apt-get update -q </dev/null >"$log" 2>&1 && install || {
		tail -n 5 "$log" >&2
		rm -f "$log"
		fail "Could not install: ${missing[*]}. Put it right and run this again, or run by hand: $command"
	}
fi
rm -f "$log"
