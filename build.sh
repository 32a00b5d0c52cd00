#!/usr/bin/env bash
# Starts the build program: ./build.sh TASK (./build.sh --help lists the tasks).
set -eu
cd "$(dirname "$0")"
if ! command -v dotnet >/dev/null 2>&1 || ! dotnet --list-sdks 2>/dev/null | grep -q '^1[0-9]\.'; then
  echo "Fovea needs the .NET 10 SDK (or newer) and found none on PATH: https://dotnet.microsoft.com/download" >&2
  exit 1
fi
exec dotnet run build.cs -- "$@"
