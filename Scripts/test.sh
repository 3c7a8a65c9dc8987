#!/usr/bin/env bash
# Runs the built tests: first those that compute, then those that wait for processes, each kind at the width at which
# none is late for want of a turn. Where some fail, what they said is said again at the end, in short: thousands of
# lines lie in between. The whole of it is in .build/test.log.
set -euo pipefail
cd "$(dirname "$0")/.."

log=.build/test.log
status=0

# Takes the options that choose the tests.
run() {
    swift test --skip-build "$@" 2>&1 | tee -a "$log" || status=$?
}

# They take turns on threads of their own: Tests/HostTests/Support/ProcessThread.swift.
threaded=$(find Tests -name '*.swift' -print0 | xargs -0 perl -0777 -ne '
    while (/\@Suite(\((?:[^()]|(?1))*\))\s*struct (\w+)/g) {
        my ($traits, $name) = ($1, $2);
        print "$name\n" if $traits =~ /\.(withProcesses|reckoning|ownThread)\b/;
    }' | paste -sd '|')
[ -n "$threaded" ] || {
    echo "There is no suite on a thread of its own any more: $0 looks for them in vain." >&2
    exit 1
}
: >"$log"
# Were all begun at once, the next step of each would stand behind a thousand others.
SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=16 run --skip "\.($threaded)/"
run --filter "\.($threaded)/"

[ "$status" -eq 0 ] || {
    echo "What failed (the whole of it is in $log):"
    # The beginning of each complaint, and of a story's the line that failed and why.
    awk '/^✘ .* recorded an issue/ { inside = 1; print; next }
        /^(◇|✔|✘)/ { inside = 0 }
        inside && /^↳ |^  (FAIL|ERROR):|Tests\/Stories\/|^  [A-Za-z.]*Error: / ' "$log" |
        cut -c 1-240 | tail -n 16
    grep '^✘ Test run ' "$log" || true
}
exit "$status"
