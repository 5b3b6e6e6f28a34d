#!/usr/bin/env bash
# Runs staticcheck at the one version that the project is checked with. Exit
# status 75 says that it could not be fetched, so nothing was checked.

. "$(dirname "$0")/env.sh"
version=v0.7.0
tool=build/bin/staticcheck-$version/staticcheck
if [ ! -x "$tool" ]; then
	if ! GOFLAGS= GOBIN="$PWD/build/bin/staticcheck-$version" go install "honnef.co/go/tools/cmd/staticcheck@$version" 2>/dev/null; then
		say "Not checked: staticcheck $version could not be downloaded."
		exit 75
	fi
fi
"$tool" ./...
