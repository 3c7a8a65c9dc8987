#!/usr/bin/env bash
# Installs the Debian packages that are missing. `install.sh run` for the program, `install.sh test` for all tests.
set -euo pipefail

packages=(libsqlite3-dev zlib1g-dev)
if [ "${1:-run}" = test ]; then
    # A real browser, the browser of old OBS versions, and what the tests look into the database with.
    packages+=(chromium python3-pyqt6.qtwebengine fonts-inter-variable sqlite3 util-linux)
    command -v node >/dev/null || packages+=(nodejs)
fi

missing=()
for package in "${packages[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

sudo=()
[ "$(id -u)" -eq 0 ] || sudo=(sudo)
echo "Installing ${missing[*]}"
"${sudo[@]}" apt-get update -qq
"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
