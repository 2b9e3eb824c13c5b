#!/usr/bin/env bash
# CSV to lake beside the engine's own typed COPY and ORDER BY, and the features of a lake of the same size beside the bare
# scan of the columns that they read, an SQL aggregate of the same features and one of a hundred counts. Every part runs in
# a process of its own with two threads.
#
#   ingest.sh [--traces N] [--contacts M] [--rounds R]
#
# Prints a table, and as its last line one JSON object with the medians over the rounds.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
rounds=1
sizes=()
while (($#)); do
  case $1 in
    --rounds) rounds=$2 ;;
    --traces | --contacts) sizes+=("$1" "$2") ;;
    *)
      echo "ingest.sh: $1 is no option; expected --traces, --contacts or --rounds" >&2
      exit 2
      ;;
  esac
  shift 2
done
work=$(mktemp -d)
readonly work
trap 'rm -rf "$work"' EXIT
dotnet build -c Release tests/Benchmarks -v q -nologo >&2
for round in $(seq "$rounds"); do
  for part in ingest features; do
    options=()
    [[ $part == features ]] && options=(--sql)
    dotnet artifacts/bin/Benchmarks/release/LeadScoring.Benchmarks.dll "$part" "${sizes[@]}" "${options[@]}" \
      >"$work/$part-$round.json"
  done
done
python3 - "$work" "$rounds" <<'PYTHON'
import json
import statistics
import sys

folder, rounds = sys.argv[1], int(sys.argv[2])
read = {
    part: [json.load(open(f"{folder}/{part}-{number}.json", encoding="utf-8")) for number in range(1, rounds + 1)]
    for part in ("ingest", "features")
}


def median(part, *path):
    def at(answer):
        for name in path:
            answer = answer[name]
        return answer

    return statistics.median(at(answer) for answer in read[part])


one = read["ingest"][0]
print(f"{one['traces']:,} traces of {one['contacts']:,} contacts, {one['megabytes']:,.0f} MB of CSV; medians of {rounds}")
print(f"{'':34}{'CPU s':>9}{'wall s':>9}{'peak MiB':>10}")
for part, name, label in (
    ("ingest", "copy", "engine: typed COPY, then ORDER BY"),
    ("ingest", "ingest", "ingest, all"),
    ("ingest", "increment", "ingest, another 0.5 %"),
    ("features", "scan", "bare scan of the columns read"),
    ("features", "sql", "SQL aggregate, same features"),
    ("features", "sqlCounts", "SQL aggregate, a hundred counts"),
):
    print(f"{label:34}" + f"{median(part, name, 'cpu'):9.2f}{median(part, name, 'wall'):9.2f}{median(part, name, 'peakMiB'):10.0f}")
for step, label in (
    ("features", "features of tonight"),
    ("features again", "features, code compiled"),
    ("register and traces walked, nothing computed", "read and walked, no features"),
    ("catalogue", "catalogue (training only)"),
):
    print(f"{label:34}" + f"{median('features', 'kernel', 'cpuByStep', step):9.2f}{'':9}{median('features', 'kernel', 'peakMiB'):10.0f}")
keys = (
    ("ingest", "ingestCpuVsCopy"),
    ("features", "featuresCpuVsScan"),
    ("features", "featuresCpuVsSql"),
    ("ingest", "ingestPeakMiB"),
    ("features", "featuresPeakMiB"),
    ("ingest", "incrementCpuVsFull"),
)
print(json.dumps({key: median(part, key) for part, key in keys}))
PYTHON
