#!/usr/bin/env bash
# A synthetic world, our training on it, and XGBoost's on the same table and split; the last line is one JSON object.
#   bash tests/Benchmarks/peers/world.sh [--contacts N] [--seed S] [--end yyyy-mm-dd]
# Needs python3-xgboost and python3-numpy of Debian; as root they are installed when missing.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
python=/usr/bin/python3
if ! "$python" -c 'import numpy, xgboost' 2>/dev/null; then
    apt-get install -y --no-install-recommends python3-numpy python3-xgboost >&2
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet run -c Release --project "$here/.." -- world "$@" --json --export "$work" >"$work/ours.txt"
"$python" "$here/world.py" "$work" >"$work/peer.txt"
"$python" - "$work" <<'PYTHON'
import json
import sys

ours, peer = (json.loads(open(f"{sys.argv[1]}/{name}.txt", encoding="utf-8").readlines()[-1]) for name in ("ours", "peer"))
print(f"contacts {ours['contacts']}, seed {ours['seed']}, test rows' rate {ours['testRate']}, foreseen {ours['foreseenRate']:.6f}")
print(f"ours     AUC {ours['auc']:.4f}, {ours['trees']} trees of {ours['leaves']} leaves, ECE {ours['ece']:.4f}")
print(f"XGBoost  AUC {peer['xgboostAuc']:.4f}, {peer['trees']} trees of {peer['max_leaves']} leaves")
print(f"90 % intervals held {ours['coverage']:.1%} of {ours['bins']} groups")
print(json.dumps({
    "auc": ours["auc"],
    "xgboostAuc": peer["xgboostAuc"],
    "ece": ours["ece"],
    "coverage": ours["coverage"],
    "bins": ours["bins"],
    "below": ours["below"],
    "above": ours["above"],
    "testRate": ours["testRate"],
    "foreseenRate": round(ours["foreseenRate"], 6),
    "oracleAuc": round(ours["oracle"], 6),
}))
PYTHON
