#!/usr/bin/env bash
# CSV to lake beside the engine's own typed COPY and ORDER BY, and the features of a lake of the same size beside the bare
# scan of the columns that they read, an SQL aggregate of the same features and one of a hundred counts. Beside them
# pandas and polars: reading the same CSV typed, sorting it by contact and time, writing it out; and a hundred counts a
# contact of that. Every part runs in a process of its own, with two threads where it has threads.
#
#   ingest.sh [--traces N] [--contacts M] [--rounds R] [--peers "pandas polars"]
#   ingest.sh --growth "1000000:40000 10000000:400000 50000000:2000000" [--rounds R] [--peers ...]
#
# Prints a table, and as its last line one JSON object with the medians over the rounds; with --growth a table a size and
# an array of these objects. Above 10M traces the peers, which hold a table whole, do not fit this machine: there they
# are left out unless --peers names them.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
readonly here=$PWD/tests/Benchmarks/peers python=/usr/bin/python3
rounds=1 traces=1000000 contacts=40000 peers= growth=
while (($#)); do
  case $1 in
    --rounds) rounds=$2 ;;
    --traces) traces=$2 ;;
    --contacts) contacts=$2 ;;
    --peers) peers=$2 ;;
    --growth) growth=$2 ;;
    *)
      echo "ingest.sh: $1 is no option; expected --traces, --contacts, --rounds, --peers or --growth" >&2
      exit 2
      ;;
  esac
  shift 2
done

work=$(mktemp -d)
readonly work
trap 'rm -rf "$work"' EXIT

if [[ -n $growth ]]; then
  for size in $growth; do
    bash "$here/ingest.sh" --traces "${size%:*}" --contacts "${size#*:}" --rounds "$rounds" \
      ${peers:+--peers "$peers"} | tee -a "$work/growth.txt"
  done
  echo "[$(grep '^{' "$work/growth.txt" | paste -sd,)]"
  exit
fi
if [[ -z $peers ]] && ((traces <= 10000000)); then peers="pandas polars"; fi

install_peer() {
  case $1 in
    pandas)
      if "$python" -c "import pandas" 2>/dev/null; then return; fi
      if [[ $(id -u) -ne 0 ]] || ! command -v apt-get >/dev/null; then
        echo "ingest.sh: python3-pandas is missing; install it: apt-get install python3-pandas" >&2
        exit 2
      fi
      export DEBIAN_FRONTEND=noninteractive
      apt-get update -qq >&2
      apt-get install -y -qq --no-install-recommends python3-pandas >&2
      ;;
    polars)
      mkdir -p "$work/npm"
      echo '{"private":true}' >"$work/npm/package.json"
      (cd "$work/npm" && npm install --ignore-scripts --no-audit --no-fund --silent \
        nodejs-polars@0.26.1 nodejs-polars-linux-x64-gnu@0.26.1 >&2)
      ;;
    *)
      echo "ingest.sh: $1 is no peer; expected pandas or polars" >&2
      exit 2
      ;;
  esac
}

peer() {
  case $1 in
    pandas) "$python" "$here/traces.py" "$2" "$3" "$work" ;;
    polars) (cd "$work/npm" && POLARS_MAX_THREADS=2 node "$here/traces.mjs" "$2" "$3" "$work") ;;
  esac
}

for name in $peers; do install_peer "$name"; done
dotnet build -c Release tests/Benchmarks -v q -nologo >&2
readonly program=artifacts/bin/Benchmarks/release/LeadScoring.Benchmarks.dll
for ((round = 1; round <= rounds; round++)); do
  home=$work/home-$round
  dotnet "$program" ingest --traces "$traces" --contacts "$contacts" --home "$home" >"$work/ingest-$round.json"
  rm -rf "$home/lake" "$home/copy"
  for name in $peers; do
    for part in ingest counts; do
      peer "$name" "$part" "$home/inbox/web_analytics/events-1.csv" >"$work/$name-$part-$round.json"
    done
    rm -f "$work/$name".*
  done
  rm -rf "$home"
  dotnet "$program" features --traces "$traces" --contacts "$contacts" --sql >"$work/features-$round.json"
done
"$python" "$here/traces-table.py" "$work" "$rounds" $peers
