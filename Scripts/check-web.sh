#!/usr/bin/env bash
# Types, style and tests of the pages' modules (deno.json); nothing is asked of the network.
set -euo pipefail
cd "$(dirname "$0")/.."

export DENO_NO_UPDATE_CHECK=1 DENO_DIR=.build/deno/cache
deno=.build/deno/bin/deno
web=Sources/Host/Web
mapfile -t modules < <(find "$web" -name '*.js' | LC_ALL=C sort)
"$deno" check --quiet --config deno.json "${modules[@]}"
"$deno" lint --quiet --config deno.json "${modules[@]}"
"$deno" fmt --quiet --check --config deno.json "${modules[@]}" "$web"/locales/*.json
node --test --test-reporter=dot "$web"/tests/*.test.js
