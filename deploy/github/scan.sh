#!/usr/bin/env bash
# Scans once and tells it in every place: annotations, the step's summary, SARIF, a comment. A later step exits with the code.
set -euo pipefail

out=$RUNNER_TEMP/probity
mkdir -p "$out"
rm -f "$out"/*

args=(scan --quiet -o "json=$out/scan.json" -o "github-sarif=$out/probity.sarif" -o "github=$out/annotations" -o "github-summary=$out/summary.md" -o "markdown=$out/comment.md")
[[ -z ${PROBITY_FAIL_ON:-} ]] || args+=(--fail-on "$PROBITY_FAIL_ON")
[[ -z ${PROBITY_SINCE:-} ]] || args+=(--since "$PROBITY_SINCE")
[[ -z ${PROBITY_INVENTORY:-} ]] || args+=(--inventory "$PROBITY_INVENTORY")
[[ -z ${PROBITY_BASELINE:-} ]] || args+=(--baseline "$PROBITY_BASELINE")
[[ -z ${PROBITY_CONFIG:-} ]] || args+=(--config "$PROBITY_CONFIG")
while IFS= read -r line; do [[ -z $line ]] || args+=("$line"); done <<<"${PROBITY_ARGS:-}"
args+=(--)
while IFS= read -r line; do [[ -z $line ]] || args+=("$line"); done <<<"${PROBITY_TARGETS:-.}"

# Names of strangers are among what probity says: the runner obeys no command in it.
token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
echo "::stop-commands::$token"
code=0
"$PROBITY" "${args[@]}" || code=$?
echo "::$token::"

echo "exit-code=$code" >>"$GITHUB_OUTPUT"
if [[ -f $out/annotations ]]; then
  cat "$out/annotations"
  cat "$out/summary.md" >>"$GITHUB_STEP_SUMMARY"
  { echo "scan=$out/scan.json"; echo "sarif=$out/probity.sarif"; echo "comment=$out/comment.md"; } >>"$GITHUB_OUTPUT"
else
  echo "::error title=Probity::Nothing was scanned: see the log of this step"
fi
