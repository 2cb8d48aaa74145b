#!/usr/bin/env bash
# Finds, fetches or builds probity, and names it to later steps as the output probity.
set -euo pipefail

# Where releases lie; another place for those who keep copies.
downloads=${PROBITY_DOWNLOADS:-https://github.com/probity-scan/probity/releases/download}
bin=$RUNNER_TEMP/probity-bin
mkdir -p "$bin"

if [[ -n ${PROBITY_PATH:-} ]]; then
  probity=$(command -v "$PROBITY_PATH") || { echo "probity: the input path names no program" >&2; exit 2; }
elif [[ -n ${PROBITY_VERSION:-} ]]; then
  version=${PROBITY_VERSION#v}
  if [[ ! $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]]; then
    echo "probity: the input version must be a release such as 0.1.0" >&2; exit 2
  fi
  if [[ ! ${PROBITY_SHA256:-} =~ ^[0-9a-f]{64}$ ]]; then
    echo "probity: the input version needs sha256, the checksum of the release's archive" >&2; exit 2
  fi
  os=$(tr '[:upper:]' '[:lower:]' <<<"${RUNNER_OS:-Linux}"); os=${os/macos/darwin}
  case ${RUNNER_ARCH:-X64} in ARM64) arch=arm64 ;; *) arch=amd64 ;; esac
  archive=$bin/probity.tar.gz
  curl --fail --silent --show-error --location --proto '=https,file' --proto-redir '=https' --output "$archive" "$downloads/v$version/probity_${version}_${os}_${arch}.tar.gz"
  if ! sha256sum --check --status <<<"$PROBITY_SHA256  $archive"; then
    rm -f "$archive"
    echo "probity: the archive of $version is not the one that sha256 names" >&2; exit 2
  fi
  program=probity
  [[ $os != windows ]] || program=probity.exe
  tar -xzf "$archive" -C "$bin" "$program"
  probity=$bin/$program
else
  (cd "$GITHUB_ACTION_PATH" && CGO_ENABLED=0 go build -buildvcs=false -o "$bin/probity" ./cmd/probity)
  probity=$bin/probity
fi
echo "probity=$probity" >>"$GITHUB_OUTPUT"
