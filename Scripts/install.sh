#!/usr/bin/env bash
# Installs what is missing: `install.sh run` for the program, `test` for all tests, `check` for what a review wants to
# be clean, `bench` for the benchmarks.
set -euo pipefail

packages=(liblua5.4-dev libseccomp-dev libsqlite3-dev zlib1g-dev)
# What the fonts of the pages are made from.
packages+=(
    fonts-bebas-neue fonts-cabin fonts-comfortaa fonts-ebgaramond fonts-inter-variable fonts-jetbrains-mono fonts-karla
    fonts-lato fonts-league-spartan fonts-manrope fonts-open-sans fonts-play fonts-quicksand fonts-roboto-slab
    fonts-sora fonts-vollkorn python3-brotli python3-fonttools
)
case "${1:-run}" in
    test)
        # A real browser, the browser of old OBS versions, and what the tests look into the database with.
        packages+=(chromium python3-pyqt6.qtwebengine python3-venv sqlite3 util-linux)
        command -v node >/dev/null || packages+=(nodejs)
        ;;
    check)
        packages+=(chromium python3-venv)
        command -v node >/dev/null || packages+=(nodejs)
        ;;
    bench)
        packages+=(chromium gcc libssl-dev libuv1 linux-perf python3-venv redis-server strace util-linux)
        ;;
esac

missing=()
for package in "${packages[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    sudo=()
    [ "$(id -u)" -eq 0 ] || sudo=(sudo)
    echo "Installing ${missing[*]}"
    "${sudo[@]}" apt-get update -qq
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

# What asks the API everything that its description allows, in a folder of its own.
folder=.build/schemathesis
if [ "${1:-run}" = test ] && [ ! -x "$folder/bin/schemathesis" ]; then
    echo "Installing schemathesis"
    python3 -m venv "$folder"
    "$folder/bin/pip" install -q schemathesis==4.32.5
fi

# What checks the types and the style of the pages' modules, in another.
folder=.build/deno
case "${1:-run}" in
    test | check)
        if [ ! -x "$folder/bin/deno" ]; then
            echo "Installing deno"
            python3 -m venv "$folder"
            "$folder/bin/pip" install -q deno==2.9.8
        fi
        ;;
esac

# What looks at pages as WCAG does (axe-core), one script out of a package.
folder=.build/axe
if [ "${1:-run}" = test ] && [ ! -f "$folder/axe_playwright_python/axe.min.js" ]; then
    echo "Installing axe-core"
    .build/deno/bin/pip install -q --no-deps --target "$folder" axe-playwright-python==0.1.8
fi

# What tells the stories of the dashboard, with Debian's Chromium.
folder=.build/playwright
if [ "${1:-run}" = test ] && [ ! -x "$folder/bin/playwright" ]; then
    echo "Installing Playwright"
    python3 -m venv "$folder"
    "$folder/bin/pip" install -q playwright==1.65.2
fi

Scripts/fonts.sh
