#!/usr/bin/env bash
# Unpacks an archive of `make dist` into a folder of its own, starts what is in it with nothing in the environment, and
# asks it whether it is well. Takes the archive; the tools of a bare Debian are all it needs. What it started it stops.
set -euo pipefail

place=$(mktemp -d)
server=
cleanup() {
    [ -z "$server" ] || kill -KILL "$server" 2>/dev/null || true
    rm -rf "$place"
}
trap cleanup EXIT

fail() {
    echo "dist: $1" >&2
    [ ! -f "$place/log" ] || tail -n 20 "$place/log" >&2
    exit 1
}

tar --extract --gzip --file "$1" --directory "$place" --strip-components 1
mkdir -m 700 "$place/data"
cd "$place"

env -i ./streamvibes doctor --data-dir data >doctor || fail "doctor finds a problem: $(cat doctor)"
grep -q '^ok  *sandbox: every layer stands' doctor || fail "cells do not start: $(grep sandbox: doctor)"

env -i ./streamvibes serve --demo --port 0 --data-dir data >log 2>&1 &
server=$!
port=
for _ in $(seq 300); do
    port=$(sed -n 's|^Dashboard: http://127.0.0.1:\([0-9]*\)/.*|\1|p' log)
    [ -z "$port" ] || break
    kill -0 "$server" 2>/dev/null || fail "the host has ended"
    sleep 0.2
done
[ -n "$port" ] || fail "the host did not say where its dashboard is"

# The status of an answer.
ask() {
    exec 3<>"/dev/tcp/127.0.0.1/$port" || return
    printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$1" "$port" >&3
    read -r -t 30 _ status _ <&3 && echo "$status"
}
for path in /health / /twitch/demo/overlay; do
    answer=$(ask "$path") || fail "$path was not answered"
    [ "$answer" = 200 ] || fail "$path was answered with $answer, 200 wanted"
done

kill -TERM "$server"
for _ in $(seq 300); do
    kill -0 "$server" 2>/dev/null || break
    sleep 0.2
done
! kill -0 "$server" 2>/dev/null || fail "the host has not ended after a minute"
wait "$server" || fail "the host did not end as it should: status $?"
server=
echo "It starts, answers and ends."
