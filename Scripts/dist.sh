#!/usr/bin/env bash
# Makes .build/dist/streamvibes-VERSION-linux-ARCH.tar.gz: both executables with the Swift runtime linked in, fonts,
# widget packages, the systemd unit, documents for operators, and the licences of everything that is in it.
set -euo pipefail
cd "$(dirname "$0")/.."

# A build of its own: the one for tests and benchmarks links the runtime dynamically.
build=.build/static
out=.build/dist
swift=(swift build -c release --scratch-path "$build" --static-swift-stdlib --disable-local-rpath
    -Xswiftc -no-toolchain-stdlib-rpath)
"${swift[@]}" --product streamvibes
"${swift[@]}" --product streamvibes-cell
built=$("${swift[@]}" --show-bin-path)

version=$("$built/streamvibes" --version)
arch=$(uname -m)
name=streamvibes-$version-linux-$arch
stage=$out/$name
rm -rf "$stage"
mkdir -p "$stage"

# Both must run where nothing of Swift is, and find nothing in a folder of this machine.
for program in streamvibes streamvibes-cell; do
    strip -o "$stage/$program" "$built/$program"
    chmod 755 "$stage/$program"
    needed=$(ldd "$stage/$program")
    if grep -E 'libswift|Foundation|libdispatch|libBlocksRuntime|not found' <<<"$needed" >&2; then
        echo "dist: $program needs what a machine without Swift does not have" >&2
        exit 1
    fi
    if readelf --dynamic "$stage/$program" | grep -E 'R(UN)?PATH.*(\[|:)/' >&2; then
        echo "dist: $program looks for libraries in a folder of the machine it was built on" >&2
        exit 1
    fi
done
# As it will stand there: away from the build, with nothing in the environment.
[ "$(env -i "$stage/streamvibes" --version)" = "$version" ] || {
    echo "dist: streamvibes does not run with an empty environment" >&2
    exit 1
}

Scripts/fonts.sh
[ -f .build/fonts/fonts.css ] || {
    echo "dist: no fonts were made; Scripts/install.sh run installs what they are made from" >&2
    exit 1
}
cp -R .build/fonts "$stage/fonts"
cp -R widgets "$stage/widgets"
cp LICENSE Scripts/dist/README.md Scripts/dist/streamvibes.service "$stage/"
mkdir -p "$stage/docs"
cp -R docs/operators docs/settings.md docs/backup.md docs/monitoring.md docs/threat-model.md \
    docs/sandbox-protocol.md "$stage/docs/"

# The licences of what is linked in: packages of Swift, its runtime, and libraries of Debian.
notices=$stage/notices
for folder in "$build"/checkouts/*/; do
    package=$(basename "$folder")
    case "$package" in
        # It writes documents and is part of no program.
        swift-docc-*) continue ;;
    esac
    mkdir -p "$notices/$package"
    find "$folder" -maxdepth 1 -type f \( -iname 'licen[cs]e*' -o -iname 'notice*' -o -iname 'copying*' \) \
        -exec cp {} "$notices/$package/" \;
    [ -n "$(ls "$notices/$package")" ] || {
        echo "dist: $package has no licence in its folder" >&2
        exit 1
    }
done
toolchain=$(dirname "$(dirname "$(readlink -f "$(command -v swift)")")")
mkdir -p "$notices/swift-runtime"
cp "$toolchain/share/swift/LICENSE.txt" "$notices/swift-runtime/"
for package in liblua5.4-dev libseccomp-dev; do
    mkdir -p "$notices/$package"
    cp "/usr/share/doc/$package/copyright" "$notices/$package/"
done

# The same sources make the same archive: names in order, nobody's user, the commit's time.
moment=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
tar --create --directory "$out" --sort=name --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX \
    --mtime="@$moment" "$name" | gzip --no-name --best >"$out/$name.tar.gz.part"
# Where walls cannot be put up around cells (a container, say) this fails, and nothing can be said of the archive.
Scripts/dist/try.sh "$out/$name.tar.gz.part"
mv "$out/$name.tar.gz.part" "$out/$name.tar.gz"
(cd "$out" && sha256sum "$name.tar.gz" >"$name.tar.gz.sha256")
rm -rf "$stage"
echo "$out/$name.tar.gz"
