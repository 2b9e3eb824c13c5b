"""Sums up runs of the trees benchmark, one JSON object a line on standard input.

`compare` prints the medians of each name and, last, ours over XGBoost's; `busy` the runs beside busy loops over the
quiet ones; `growth` how training's cost grows with the table, with slopes of log cost over log size.
"""

import json
import math
import statistics
import sys


def median(runs, *path):
    values = []
    for run in runs:
        for key in path:
            run = None if run is None else run[key]
        values.append(run)
    return None if None in values else statistics.median(values)


def per_second(runs, rows, spent, clock="cpu"):
    values = [run[rows] / run[spent][clock] for run in runs if run[spent]]
    return statistics.median(values) if values else None


def cell(value, form):
    return "-" if value is None else format(value, form)


def compare(runs):
    names = list(dict.fromkeys(run["name"] for run in runs))
    of = {name: [run for run in runs if run["name"] == name] for name in names}
    rows = [
        ("training, CPU s", lambda r: median(r, "training", "cpu"), ".2f"),
        ("training, wall s", lambda r: median(r, "training", "wall"), ".2f"),
        ("of which binning, CPU s", lambda r: median(r, "binning", "cpu"), ".2f"),
        ("of which boosting, CPU s", lambda r: median(r, "boosting", "cpu"), ".2f"),
        ("peak memory in training, MB", lambda r: median(r, "peakMegabytes"), ",.0f"),
        ("scoring, rows a CPU s", lambda r: per_second(r, "scoredRows", "scoring"), ",.0f"),
        ("scoring, rows a wall s", lambda r: per_second(r, "scoredRows", "scoring", "wall"), ",.0f"),
        ("reasons, rows a CPU s", lambda r: per_second(r, "reasonRows", "reasons"), ",.0f"),
        ("reasons, rows a wall s", lambda r: per_second(r, "reasonRows", "reasons", "wall"), ",.0f"),
        ("AUC", lambda r: median(r, "auc"), ".5f"),
        ("log loss", lambda r: median(r, "logLoss"), ".6f"),
    ]
    first = runs[0]
    print(
        f"{first['rows']:,} rows x {first['features']} features, {first['trees']} trees x {first['leaves']} leaves, "
        f"{first['threads']} thread(s); medians of {len(of[names[0]])} round(s); oracle AUC {first['oracleAuc']:.5f}; "
        f"ours warmed up for {first['warmUpCpu']:.1f} CPU s that are not counted"
    )
    print("| | " + " | ".join(names) + " |")
    print("|---" * (len(names) + 1) + "|")
    for title, value, form in rows:
        print(f"| {title} | " + " | ".join(cell(value(of[name]), form) for name in names) + " |")
    ours, theirs = of["ours"], of["xgboost"]
    print(
        json.dumps(
            {
                "trainCpu": round(median(ours, "training", "cpu") / median(theirs, "training", "cpu"), 4),
                "scoreRows": round(
                    per_second(ours, "scoredRows", "scoring") / per_second(theirs, "scoredRows", "scoring"), 3
                ),
                "reasonsRows": round(
                    per_second(ours, "reasonRows", "reasons") / per_second(theirs, "reasonRows", "reasons"), 2
                ),
                "aucDelta": round(median(ours, "auc") - median(theirs, "auc"), 6),
                "peakMemory": round(median(ours, "peakMegabytes") / median(theirs, "peakMegabytes"), 4),
            }
        )
    )


def busy(runs):
    """Runs come in turn: one quiet, one beside the busy loops."""
    quiet, loaded = runs[0::2], runs[1::2]
    walls = median(quiet, "training", "wall"), median(loaded, "training", "wall")
    print("| training | quiet | beside two busy loops |")
    print("|---|---|---|")
    print(f"| wall s | {walls[0]:.2f} | {walls[1]:.2f} |")
    cpu = median(quiet, "training", "cpu"), median(loaded, "training", "cpu")
    print(f"| CPU s | {cpu[0]:.2f} | {cpu[1]:.2f} |")
    print(json.dumps({"quietWall": walls[0], "busyWall": walls[1], "busyOverQuiet": round(walls[1] / walls[0], 3)}))


def slope(points):
    """Least squares of log cost over log size: 1 is linear."""
    logs = [(math.log(size), math.log(cost)) for size, cost in points]
    x, y = (statistics.fmean(values) for values in zip(*logs))
    return sum((a - x) * (b - y) for a, b in logs) / sum((a - x) ** 2 for a, _ in logs)


def growth(runs):
    slopes = {}
    for size, fixed in (("rows", "features"), ("features", "rows")):
        usual = statistics.mode(run[fixed] for run in runs)
        line = sorted((run for run in runs if run[fixed] == usual), key=lambda run: run[size])
        line = list({run[size]: run for run in line}.values())
        print(f"\n{usual:,} {fixed}, {line[0]['trees']} trees x {line[0]['leaves']} leaves")
        print(f"| {size} | training, CPU s | CPU s a million cells and tree | peak MB |")
        print("|---|---|---|---|")
        for run in line:
            cells = run["rows"] * run["features"] * run["trees"] / 1e6
            cost = run["training"]["cpu"]
            print(f"| {run[size]:,} | {cost:.2f} | {cost / cells:.5f} | {run['peakMegabytes']:,.0f} |")
        if len(line) > 1:
            points = [(run[size], run["training"]["cpu"]) for run in line]
            slopes[size + "Slope"] = round(slope(points), 3)
            slopes[size + "SlopeOfLastTwo"] = round(slope(points[-2:]), 3)
    print(json.dumps(slopes))


{"compare": compare, "busy": busy, "growth": growth}[sys.argv[1]]([json.loads(line) for line in sys.stdin])
