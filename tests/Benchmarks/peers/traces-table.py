"""Prints what the rounds of ingest.sh have left in a folder: a table, and as the last line one JSON object of medians.

    traces-table.py FOLDER ROUNDS [PEER ...]
"""

import json
import statistics
import sys

folder, rounds, peers = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
PARTS = ["ingest", "features"] + [f"{peer}-{part}" for peer in peers for part in ("ingest", "counts")]


def answer(part, number):
    with open(f"{folder}/{part}-{number}.json", encoding="utf-8") as file:
        return json.load(file)


read = {part: [answer(part, number) for number in range(1, rounds + 1)] for part in PARTS}


def median(part, *path):
    def at(found):
        for name in path:
            found = found[name]
        return found

    return statistics.median(at(found) for found in read[part])


def line(label, part, *path):
    cells = (median(part, *path, name) for name in ("cpu", "wall", "peakMiB"))
    print(f"{label:44}{next(cells):9.2f}{next(cells):9.2f}{next(cells):10.0f}")


one = read["ingest"][0]
print(f"{one['traces']:,} traces of {one['contacts']:,} contacts, {one['megabytes']:,.0f} MB of CSV; medians of {rounds}")
print(f"{'':44}{'CPU s':>9}{'wall s':>9}{'peak MiB':>10}")
line("engine: typed COPY, then ORDER BY", "ingest", "copy")
for peer in peers:
    for found in read[f"{peer}-ingest"]:
        if found["rows"] != one["traces"]:
            sys.exit(f"{peer} read {found['rows']} rows, expected {one['traces']}")
    line(f"{peer}: read typed, sort, write", f"{peer}-ingest")
line("ingest, all", "ingest", "ingest")
line("ingest, another 0.5 %", "ingest", "increment")
line("bare scan of the columns read", "features", "scan")
line("SQL aggregate, same features", "features", "sql")
line("SQL aggregate, a hundred counts", "features", "sqlCounts")
for peer in peers:
    line(f"{peer}: a hundred counts of its own table", f"{peer}-counts")
for step, label in (
    ("features", "features of tonight"),
    ("features again", "features, code compiled"),
    ("register and traces walked, nothing computed", "read and walked, no features"),
    ("catalogue", "catalogue (training only)"),
):
    spent = median("features", "kernel", "cpuByStep", step)
    print(f"{label:44}{spent:9.2f}{'':9}{median('features', 'kernel', 'peakMiB'):10.0f}")

counted = {tuple(found[key] for key in ("rows", "columns", "sum")) for peer in peers for found in read[f"{peer}-counts"]}
if len(counted) > 1:
    sys.exit(f"the peers count differently (contacts, columns, sum): {sorted(counted)}")

keys = (
    ("ingest", "ingestCpuVsCopy"),
    ("features", "featuresCpuVsScan"),
    ("features", "featuresCpuVsSql"),
    ("ingest", "ingestPeakMiB"),
    ("features", "featuresPeakMiB"),
    ("ingest", "incrementCpuVsFull"),
)
figures = {"traces": one["traces"], "contacts": one["contacts"]} | {key: median(part, key) for part, key in keys}
for peer in peers:
    figures |= {
        f"ingestCpuVs{peer.capitalize()}": round(median("ingest", "ingest", "cpu") / median(f"{peer}-ingest", "cpu"), 3),
        f"featuresCpuVs{peer.capitalize()}": round(
            median("features", "kernel", "cpuByStep", "features") / median(f"{peer}-counts", "cpu"), 3
        ),
    }
print(json.dumps(figures))
