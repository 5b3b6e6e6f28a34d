#!/usr/bin/env bash
# Proves `make run` and `make test` on a machine with nothing but Go and make:
# a fresh minimal Debian 12 (bookworm) or Ubuntu 24.04 (noble) in a chroot.
#
#   sudo .ci/fresh-machine.sh bookworm FOLDER
#
# FOLDER, outside the project, keeps the minimal system between runs (about
# 100 MB) and the log of each run. It needs root, debootstrap and the network.
# Only what is committed is tried.

. "$(dirname "$0")/env.sh"
suite=${1:?bookworm or noble} folder=${2:?a folder outside the project}
case $suite in
bookworm) from=(http://deb.debian.org/debian) ;;
noble) from=(http://archive.ubuntu.com/ubuntu /usr/share/debootstrap/scripts/jammy) ;;
*) fail "fresh-machine.sh: bookworm or noble, not $suite" ;;
esac
root=$folder/$suite
kept=$folder/$suite-minbase.tgz
log=$folder/$suite-run.log
mkdir -p "$folder"

unmount() {
	for d in dev/pts dev/shm dev sys proc; do
		mountpoint -q "$root/$d" && umount -l "$root/$d"
	done
	return 0
}
trap unmount EXIT
unmount
rm -rf --one-file-system "$root"
if [ ! -e "$kept" ]; then
	say "Making the minimal $suite system."
	debootstrap --variant=minbase --no-check-gpg --components=main"$([ "$suite" = noble ] && echo ,universe)" \
		"$suite" "$root" "${from[@]}" >"$log" 2>&1 || fail "debootstrap failed; see $log"
	tar -C "$folder" -czf "$kept" "$suite"
else
	tar -C "$folder" -xzf "$kept"
fi
for d in proc sys dev dev/pts dev/shm; do
	mkdir -p "$root/$d"
	mount --bind "/$d" "$root/$d"
done
cp /etc/resolv.conf /etc/hosts "$root/etc/"
# A network that inspects its traffic has certificates of its own; the packages
# themselves are signed and need none.
if [ -d /usr/local/share/ca-certificates ]; then
	mkdir -p "$root/usr/local/share/ca-certificates"
	cp -r /usr/local/share/ca-certificates/. "$root/usr/local/share/ca-certificates/"
fi

# What the machine is given: Go, make, and a clean clone.
mkdir -p "$root/usr/local" "$root/src"
cp -r "$(go env GOROOT)" "$root/usr/local/go"
inside() { chroot "$root" env -i HOME=/root PATH=/usr/local/go/bin:/usr/sbin:/usr/bin:/sbin:/bin GOPROXY="$(go env GOPROXY)" GOSUMDB="$(go env GOSUMDB)" GOTOOLCHAIN=local "$@"; }
inside apt-get update -q >"$log" 2>&1
inside env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends make >>"$log" 2>&1
inside rm -rf /var/lib/apt/lists
rm -rf "$root/src"
git clone -q --no-hardlinks . "$root/src"

attempt() { # WHAT COMMAND...
	local what=$1 started=$SECONDS status=0
	shift
	printf '\n#### %s\n' "$what" >>"$log"
	inside "$@" </dev/null >>"$log" 2>&1 || status=$?
	say "$what: exit status $status, $((SECONDS - started)) s"
	[ $status = 0 ] || {
		tail -n 25 "$log"
		exit 1
	}
}
say "$suite: $(git rev-parse --short HEAD), log $log"
attempt "make run, nothing installed" env RUN_SECONDS=2 make -C /src run
cp "$root/src/build/window.png" "$folder/$suite-window.png"
attempt "make run, again" env RUN_SECONDS=2 make -C /src run
attempt "make test" /src/.ci/run
attempt "make test, again" /src/.ci/run
say "The screenshot of make run: $folder/$suite-window.png"
