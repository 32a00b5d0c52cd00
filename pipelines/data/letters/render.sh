#!/bin/sh
# Draws the letter images again: installs the fonts named in fonts.tsv and the drawing library from Debian,
# then runs render.py. The arguments go to render.py (another folder to write to).
set -eu

here=$(cd "$(dirname "$0")" && pwd)
fonts=$(tail -n +2 "$here/fonts.tsv" | cut -f3 | sort -u | tr '\n' ' ')
install="apt-get install -y --no-install-recommends python3-pil $fonts"

missing=$(for package in python3-pil $fonts; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || echo "$package"
done)
if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif command -v sudo >/dev/null; then
        as_root=sudo
    else
        echo "Not installed: $missing" | tr '\n' ' ' >&2
        printf '\nRun this as root, then render.sh again:\n  apt-get update && %s\n' "$install" >&2
        exit 1
    fi
    $as_root apt-get update
    # shellcheck disable=SC2086  # a list of words
    $as_root env DEBIAN_FRONTEND=noninteractive $install
fi

# Debian's python3, which has Debian's python3-pil: another one on PATH does not.
exec /usr/bin/python3 "$here/render.py" "$@"
