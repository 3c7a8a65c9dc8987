#!/usr/bin/env bash
# Writes the list of page files that become part of the program. Run it after adding or removing one; a test compares.
set -euo pipefail
cd "$(dirname "$0")/.."
web=Sources/Host/Web
out=Sources/CWebAssets/web_assets.c
{
    echo '// Written by Scripts/embed-web.sh: the page files, as bytes.'
    echo '#include "web_assets.h"'
    echo
    echo '#pragma clang diagnostic ignored "-Wc23-extensions"'
    echo
    index=0
    table=''
    while IFS= read -r file; do
        path=${file#"$web/"}
        printf 'static const unsigned char file_%d[] = {\n#embed "../Host/Web/%s"\n};\n' "$index" "$path"
        table+="    {\"$path\", file_$index, sizeof file_$index},"$'\n'
        index=$((index + 1))
    done < <(find "$web" -type f \( -name '*.js' -o -name '*.css' -o -name '*.svg' -o -name '*.wav' \
        -o -name '*.mustache' -o -path '*/landing/*.json' -o -path '*/schemas/*.json' \
        -o -path '*/locales/*.json' \) -not -path '*/tests/*' | LC_ALL=C sort)
    printf '\nstatic const web_asset_file files[] = {\n%s};\n\n' "$table"
    echo 'size_t web_assets_count(void) { return sizeof files / sizeof files[0]; }'
    echo
    echo 'web_asset_file web_asset(size_t index) { return files[index]; }'
} >"$out"
