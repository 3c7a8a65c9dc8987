#!/usr/bin/env bash
# Runs every fuzz target, or those that are named, under libFuzzer for FUZZ_SECONDS each, from the corpus in the
# repository. What it finds and what it learns stay in .build/fuzz; the status is 1 when there is a finding.
set -euo pipefail
cd "$(dirname "$0")/.."

# libFuzzer tells of a trap itself.
export SWIFT_BACKTRACE=enable=no
seconds=${FUZZ_SECONDS:-600}
build=.build/fuzz
targets=("$@")
[ $# -gt 0 ] || targets=(frame view manifest package chat eventSub kick kickChat tip)

STREAMVIBES_FUZZ=1 swift build --quiet -c release --scratch-path "$build" --product Fuzz \
    -Xswiftc -sanitize=fuzzer -Xswiftc -enable-testing -Xswiftc -use-ld=lld

findings=()
for target in "${targets[@]}"; do
    learnt=$build/corpus/$target
    mkdir -p "$learnt" "$build/findings"
    echo "== $target, $seconds s"
    # The first folder is where new inputs go; the others are only read.
    "$build/release/Fuzz" "$target" "$learnt" "Tests/HostTests/Fuzzing/Corpus/$target" \
        -max_total_time="$seconds" -max_len=16384 -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 \
        -artifact_prefix="$build/findings/$target-" >"$build/$target.log" 2>&1 || findings+=("$target (status $?)")
    grep -aE '^Done |^stat::|not true|^SUMMARY|Test unit written' "$build/$target.log" || true
done

[ ${#findings[@]} -eq 0 ] || {
    # 72 is a run that somebody has interrupted; every other status is a finding.
    echo "Not clean: ${findings[*]}; the whole of it is in $build/TARGET.log, the bytes in $build/findings"
    exit 1
}
