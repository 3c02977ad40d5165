#!/bin/sh
# The programs that some tests need beside Python's packages: Chromium and PostgreSQL.
# Installed by the system's package manager where it may; else says which tests will be skipped.
set -eu

has_chromium() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    return 1
}
has_postgresql() {
    command -v initdb >/dev/null 2>&1 && return 0
    for program in /usr/lib/postgresql/*/bin/initdb /usr/local/opt/postgresql*/bin/initdb /opt/homebrew/opt/postgresql*/bin/initdb; do
        [ -x "$program" ] && return 0
    done
    return 1
}

missing=""
has_chromium || missing="chromium"
has_postgresql || missing="$missing postgresql"
[ -n "$missing" ] || exit 0

as_root=""
if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then
        as_root="env"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root="sudo -n env"
    fi
fi
if [ -n "$as_root" ]; then
    echo "Installing for the tests: $missing"
    $as_root DEBIAN_FRONTEND=noninteractive apt-get update -qq || true
    for package in $missing; do
        $as_root DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null || true
    done
fi
has_chromium || echo "Skipped: tests in a browser, because Chromium is not installed and cannot be installed here."
has_postgresql || echo "Skipped: tests of the shared store, because PostgreSQL is not installed and cannot be installed here."
