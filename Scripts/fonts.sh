#!/usr/bin/env bash
# Makes the fonts of the pages from Debian's packages, as small as their letters allow, with their copyright files.
# Without them pages use the system's own font, so what is missing is said and not refused.
set -euo pipefail
cd "$(dirname "$0")/.."

out=${1:-.build/fonts}
# Latin with accents, punctuation, currencies, arrows, the minus sign.
letters=U+0000-024F,U+2000-206F,U+20A0-20BF,U+2122,U+2190-2193,U+2212

# name, family, weights, package, file
fonts=(
    'inter|Inter|100 900|fonts-inter-variable|/Inter-roman\.var\.'
    'jetbrains-mono|JetBrains Mono|400|fonts-jetbrains-mono|/JetBrainsMono-Regular\.'
)
# What themes may wear, regular and bold: family, package, file without its weight
while IFS='|' read -r family package file; do
    name=${package#fonts-}
    fonts+=("$name|$family|400|$package|/$file-Regular\." "$name-bold|$family|700|$package|/$file-Bold\.")
done <<'FAMILIES'
Bebas Neue|fonts-bebas-neue|BebasNeue
Cabin|fonts-cabin|Cabin
Comfortaa|fonts-comfortaa|Comfortaa
EB Garamond|fonts-ebgaramond|EBGaramond12
Karla|fonts-karla|Karla
Lato|fonts-lato|Lato
League Spartan|fonts-league-spartan|LeagueSpartan
Manrope|fonts-manrope|Manrope
Open Sans|fonts-open-sans|OpenSans
Play|fonts-play|Play
Quicksand|fonts-quicksand|Quicksand
Roboto Slab|fonts-roboto-slab|RobotoSlab
Sora|fonts-sora|Sora
Vollkorn|fonts-vollkorn|Vollkorn
FAMILIES

[ "${FORCE:-}" ] || [ ! "$out/fonts.css" -nt "$0" ] || exit 0
# Debian's own Python has what Debian's packages bring.
python=/usr/bin/python3
if ! $python -c 'import fontTools.subset, brotli' 2>/dev/null; then
    echo "No fonts for the pages: python3-fonttools and python3-brotli are missing" >&2
    exit 0
fi

mkdir -p "$out.new"
: >"$out.new/fonts.css"
for font in "${fonts[@]}"; do
    IFS='|' read -r name family weights package patterns <<<"$font"
    file=$(dpkg -L "$package" 2>/dev/null | grep -E "${patterns}" | grep -E '\.(ttf|otf)$' | head -n 1 || true)
    if [ -z "$file" ]; then
        echo "No font $family for the pages: $package is missing" >&2
        continue
    fi
    # It warns of tables that nobody needs; what it says counts only when it fails.
    if ! $python -m fontTools.subset "$file" --unicodes="$letters" --flavor=woff2 --no-recalc-timestamp \
        --layout-features=kern,liga,calt,tnum,cv05,cv08,ss03 --output-file="$out.new/$name.woff2" 2>"$out.new/log"
    then
        cat "$out.new/log" >&2
        exit 1
    fi
    cp "/usr/share/doc/$package/copyright" "$out.new/${name%-bold}.copyright.txt"
    cat >>"$out.new/fonts.css" <<CSS
@font-face {
  font-family: "$family";
  font-weight: $weights;
  font-display: swap;
  src: url("$name.woff2") format("woff2");
}
CSS
done
rm -rf "$out" "$out.new/log"
mv "$out.new" "$out"
