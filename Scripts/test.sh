#!/usr/bin/env bash
# Runs the built tests. Where some fail, what they said is said again at the end, in short: thousands of lines lie in
# between. The whole of it is in .build/test.log.
set -euo pipefail
cd "$(dirname "$0")/.."

log=.build/test.log
status=0
swift test --skip-build 2>&1 | tee "$log" || status=$?
[ "$status" -eq 0 ] || {
    echo "What failed (the whole of it is in $log):"
    # The beginning of each complaint, and of a story's the line that failed and why.
    awk '/^✘ .* recorded an issue/ { inside = 1; print; next }
        /^(◇|✔|✘)/ { inside = 0 }
        inside && /^↳ |^  (FAIL|ERROR):|Tests\/Stories\/|^  [A-Za-z.]*Error: / ' "$log" |
        cut -c 1-240 | tail -n 16
    grep '^✘ Test run ' "$log" | tail -n 1 || true
}
exit "$status"
