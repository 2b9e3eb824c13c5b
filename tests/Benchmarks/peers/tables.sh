#!/usr/bin/env bash
# `leads table train` against XGBoost on two public tables, on the same later rows; see docs/benchmarks.md.
#
#   tables.sh [FOLDER]      or  LEADS_PUBLIC_TABLES=FOLDER tables.sh
#
# FOLDER holds what the repository may not: olist/olist_marketing_qualified_leads_dataset.csv and
# olist/olist_closed_deals_dataset.csv (Olist, CC BY-NC-SA), bank/bank-additional-full.csv.gz (UCI Bank Marketing,
# CC BY). The last line is one JSON object of AUCs {"olist":{"auc":…,"sameBudget":…,"oneHot":…,"best":…},…}: ours,
# XGBoost with our budget (same columns, and one-hot), and the best of 24 settings of its own; tables.py says how.
# olist1 to olist4 look at earlier days of Olist alone, each judged on about a month before the test rows begin.
set -euo pipefail

folder=${1:-${LEADS_PUBLIC_TABLES:-}}
if [[ -n $folder ]]; then folder=$(realpath -m "$folder"); fi
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
readonly python=/usr/bin/python3 peer=tests/Benchmarks/peers/tables.py
readonly needed=(
  olist/olist_marketing_qualified_leads_dataset.csv
  olist/olist_closed_deals_dataset.csv
  bank/bank-additional-full.csv.gz
)

if [[ -z $folder ]]; then
  echo "tables.sh: no folder of public tables named; give it as the argument or in LEADS_PUBLIC_TABLES" >&2
  exit 2
fi
missing=
for file in "${needed[@]}"; do
  if [[ ! -f $folder/$file ]]; then
    echo "tables.sh: $folder/$file is not there; this script's head says where it comes from" >&2
    missing=yes
  fi
done
if [[ -n $missing ]]; then exit 2; fi

if ! "$python" -c 'import pandas, sklearn, xgboost' 2>/dev/null; then
  if [[ $(id -u) -ne 0 ]] || ! command -v apt-get >/dev/null; then
    echo "tables.sh: install python3-xgboost, python3-sklearn and python3-pandas first" >&2
    exit 2
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >&2
  apt-get install -y -qq --no-install-recommends python3-xgboost python3-sklearn python3-pandas >&2
fi
unset OPENBLAS_CORETYPE

dotnet build -c Release src/Worker -v q -nologo >&2
work=$(mktemp -d)
readonly work
trap 'rm -rf "$work"' EXIT

# Value of a key of a JSON object on standard input, its path given by dots.
value() { "$python" -c 'import functools, json, sys; print(functools.reduce(lambda o, k: o[k], sys.argv[1].split("."), json.load(sys.stdin)))' "$1"; }

# compare NAME FILE "options of leads" "options of XGBoost"
compare() {
  local name=$1 file=$2 home=$work/$1 answer report theirs rows
  mkdir -p "$home"
  # shellcheck disable=SC2086 # the options are several words
  answer=$(artifacts/bin/Worker/release/leads table train "$file" --home "$home" --json $3)
  report=$(value report <<<"$answer")
  rows=$(value test.rows <"$(dirname "$report")/evaluation.json")
  # shellcheck disable=SC2086
  theirs=$("$python" $peer xgboost "$file" "$rows" --settings "$(dirname "$report")/model.json" $4)
  echo "$name: the last $rows rows are the test; ours $(value model.auc <<<"$answer")" \
    "($(value model.aucLow <<<"$answer") to $(value model.aucHigh <<<"$answer")), XGBoost $theirs"
  printf '"%s":{"auc":%s,"sameBudget":%s,"oneHot":%s,"best":%s}\n' "$name" "$(value model.auc <<<"$answer")" \
    "$(value sameBudget <<<"$theirs")" "$(value oneHot <<<"$theirs")" "$(value best <<<"$theirs")" >>"$work/pairs"
}

"$python" $peer olist "$folder/olist" "$work/olist.csv"
compare olist "$work/olist.csv" \
  "--label won --id mql_id --time first_contact_date --test-from 2018-04-05" \
  "--label won --id mql_id --time first_contact_date"
number=0
for days in 2018-01-15:2018-02-15 2018-02-05:2018-03-05 2018-02-20:2018-03-20 2018-03-05:2018-04-05; do
  number=$((number + 1))
  "$python" $peer until "$work/olist.csv" first_contact_date "${days#*:}" "$work/olist$number.csv"
  compare "olist$number" "$work/olist$number.csv" \
    "--label won --id mql_id --time first_contact_date --test-from ${days%:*}" \
    "--label won --id mql_id --time first_contact_date"
done
compare bank "$folder/bank/bank-additional-full.csv.gz" \
  "--label y --drop duration --file-order" "--label y --drop duration"
echo "{$(paste -sd, "$work/pairs")}"
