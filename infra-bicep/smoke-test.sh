#!/usr/bin/env bash
# Asks a service whether it works: that it is healthy, that the console is at /, that its doors are locked, and, if a center is named, what it makes of a synthetic study.
set -Eeuo pipefail
usage='smoke-test.sh URL [CENTER]     RADIOMICS_KEY: a function key; CENTER: one whose profile takes any study, e.g. research, at which whoever has
RADIOMICS_TOKEN or RADIOMICS_API_KEY may submit and read'
[ $# -ge 1 ] && [ $# -le 2 ] && [ -n "$1" ] || { echo "$usage" >&2; exit 2; }
url=${1%/} center=${2:-}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# A new app starts cold, and its roles take some minutes until storage knows them.
tries=${RADIOMICS_SMOKE_TRIES:-30} pause=${RADIOMICS_SMOKE_PAUSE:-10}

fail() { echo "$1" >&2; exit 1; }
status() { curl --silent --output /dev/null --write-out '%{http_code}' --max-time 60 "$@" || true; }

for ((try = 1; ; try++)); do
  health=$(status "$url/api/health")
  [ "$health" != 200 ] || break
  [ "$try" -lt "$tries" ] || fail "$url/api/health answers $health, not 200."
  sleep "$pause"
done
echo "healthy"

# The host's own page would be 200, or 204.
home=$(status "$url/")
[ "$home" = 303 ] || fail "The beginning, $url/, answers $home, not 303: it isn't the console's."
page=$(status "$url/signin")
[[ "$page" =~ ^(200|303)$ ]] || fail "$url/signin answers $page: nobody can sign in to the console."
echo "the console is there"

# On this machine doors may be open.
if [[ "$url" == https:* ]]; then
  door=$(status "$url/api/centers/research/models/3.0T")
  [ "$door" = 401 ] || fail "A door answers $door without a key, not 401."
  echo "locked without a key"
  if [ -n "${RADIOMICS_KEY:-}" ]; then
    # By a file, since arguments can be seen by every user of a machine.
    door=$(status --config <(printf 'header = "x-functions-key: %s"\n' "$RADIOMICS_KEY") "$url/api/centers/research/models/3.0T")
    [ "$door" = 401 ] || fail "A door answers $door to somebody with a function key who doesn't say who calls, not 401."
    echo "locked to those who don't say who calls"
  fi
fi

[ -n "$center" ] || exit 0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
radiomics() { if command -v radiomics >/dev/null; then command radiomics "$@"; else dotnet run --project "$here/../shared/Radiomics.Cli" -- "$@"; fi; }
# The same study each time: it is predicted once, and after that found.
radiomics phantom --center A --field 3.0T --iron 12 --seed 7 --out "$work/study" >&2
radiomics submit "$work/study" --center "$center" --url "$url" --json >"$work/prediction.json"
grep -Eq '"status": *"succeeded"' "$work/prediction.json" || fail "The synthetic study did not succeed: $(cat "$work/prediction.json")"
echo "a synthetic study of $center succeeded"
