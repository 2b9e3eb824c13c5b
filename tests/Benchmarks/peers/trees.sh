#!/usr/bin/env bash
# Ours against XGBoost and scikit-learn, from Debian, on one table with one budget; see docs/benchmarks.md.
#
#   trees.sh [--rows N] [--features N] [--threads N] [--rounds N] [--trees N] [--leaves N] [--peers "xgboost sklearn"]
#       each in a process of its own, in turn; the last line is one JSON object of ours over XGBoost's medians
#   trees.sh --busy [...]     ours alone and beside two busy loops, in turn
#   trees.sh --growth [...]   ours over 10k to 4M rows and 10 to 500 features; 50 trees unless --trees says otherwise
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."

rows=1000000 features=60 threads=1 rounds=3 trees= leaves=31 mode=compare
peers="xgboost xgboost-quantile sklearn"
while (($#)); do
  case $1 in
    --rows) rows=$2 && shift ;;
    --features) features=$2 && shift ;;
    --threads) threads=$2 && shift ;;
    --rounds) rounds=$2 && shift ;;
    --trees) trees=$2 && shift ;;
    --leaves) leaves=$2 && shift ;;
    --peers) peers=$2 && shift ;;
    --busy) mode=busy ;;
    --growth) mode=growth ;;
    *)
      echo "trees.sh: found $1, expected one of --rows --features --threads --rounds --trees --leaves --peers --busy --growth" >&2
      exit 2
      ;;
  esac
  shift
done

# Debian's own interpreter, whatever other stands on the path: the packages belong to it.
readonly python=/usr/bin/python3 here=tests/Benchmarks/peers
readonly program=artifacts/bin/Benchmarks/release/LeadScoring.Benchmarks
# A BLAS kernel forced from outside suits no other machine; the peers are to choose theirs.
unset OPENBLAS_CORETYPE
export OMP_NUM_THREADS=$threads OPENBLAS_NUM_THREADS=$threads

install_peers() {
  if "$python" -c "import xgboost, sklearn, threadpoolctl" 2>/dev/null; then return; fi
  if [[ $(id -u) -ne 0 ]] || ! command -v apt-get >/dev/null; then
    echo "trees.sh: python3-xgboost and python3-sklearn are missing; install them: apt-get install python3-xgboost python3-sklearn" >&2
    exit 2
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >&2
  apt-get install -y -qq --no-install-recommends python3-xgboost python3-sklearn >&2
}

ours() { "$program" trees --rows "$rows" --features "$features" --leaves "$leaves" --threads "$threads" --json "$@"; }

dotnet build -c Release tests/Benchmarks -v q -nologo >&2
readonly work=$(mktemp -d)
loops=()
quieten() {
  for loop in "${loops[@]}"; do kill "$loop" 2>/dev/null || true; done
  loops=()
}
trap 'quieten; rm -rf "$work"' EXIT
lines=$work/runs.jsonl

case $mode in
  compare)
    trees=${trees:-200}
    install_peers
    ours --trees 0 --export "$work" >&2
    for ((round = 1; round <= rounds; round++)); do
      echo "round $round of $rounds: ours" >&2
      ours --trees "$trees" >>"$lines"
      for peer in $peers; do
        echo "round $round of $rounds: $peer" >&2
        "$python" $here/trees.py "$peer" "$work" --trees "$trees" --leaves "$leaves" --threads "$threads" >>"$lines"
      done
    done
    ;;
  busy)
    for ((round = 1; round <= rounds; round++)); do
      ours --trees "${trees:-200}" --explain 10 >>"$lines"
      # Each loop ends by itself after ten minutes, should nobody be left to end it.
      for _ in 1 2; do
        timeout 600 bash -c 'while :; do :; done' &
        loops+=($!)
      done
      ours --trees "${trees:-200}" --explain 10 >>"$lines"
      quieten
    done
    ;;
  growth)
    trees=${trees:-50}
    for size in 10000:60 100000:60 1000000:60 4000000:60 100000:10 100000:30 100000:120 100000:250 100000:500; do
      rows=${size%:*} features=${size#*:}
      echo "$rows rows x $features features" >&2
      ours --trees "$trees" --explain 10 >>"$lines"
    done
    ;;
esac
"$python" $here/summary.py "$mode" <"$lines"
