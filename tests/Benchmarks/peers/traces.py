"""pandas on the benchmark's CSV of web events, one part a process; prints one JSON object.

    traces.py ingest CSV FOLDER   reads it typed, sorts it by contact and time, writes it to FOLDER
    traces.py counts CSV FOLDER   a hundred counts a contact, of the table that `ingest` wrote

Without pyarrow pandas writes no Parquet: the sorted table is pickled, which costs it least. Imports are not counted.
"""

import json
import os
import resource
import sys
import time

import pandas

WORDS = ["event_name", "content_group", "traffic_medium", "device_category"]
LEVELS = {
    "event_name": ["page_view", "scroll", "search", "file_download"],
    "content_group": ["housing", "jobs", "school", "nature", "winter", "travel"],
    "traffic_medium": ["organic", "cpc", "social", "email", "referral", "(none)"],
    "municipality": [2580, 2581, 2584, 2523],
}
WINDOWS = [16, 8, 4, 2, 1]


def ingest(csv, table):
    types = {"event_id": str, "user_pseudo_id": str, "user_id": str, "page_path": str, "municipality": "Int32"}
    types |= {name: "category" for name in WORDS} | {"event_timestamp": "int64", "engagement_time_msec": float}
    frame = pandas.read_csv(csv, dtype=types)
    frame["event_timestamp"] = pandas.to_datetime(frame["event_timestamp"], unit="us")
    frame = frame.sort_values(["user_id", "user_pseudo_id", "event_timestamp"], na_position="first", ignore_index=True)
    frame.to_pickle(table)
    return {"rows": len(frame)}


def counts(_, table):
    """Of each level within each window: the last sixteenth, eighth, quarter and half of the time, and all of it."""
    frame = pandas.read_pickle(table)
    frame = frame[frame["user_id"].notna()]
    begin, end = frame["event_timestamp"].min(), frame["event_timestamp"].max()
    columns = {}
    for part in WINDOWS:
        recent = frame[frame["event_timestamp"] >= end - (end - begin) // part]
        for column, levels in LEVELS.items():
            found = recent.groupby(["user_id", column], observed=True, sort=False).size().unstack(fill_value=0)
            columns |= {(column, level, part): found[level] for level in levels if level in found}
    wide = pandas.DataFrame(columns).fillna(0)
    return {"rows": len(wide), "columns": len(wide.columns), "sum": int(wide.to_numpy().sum())}


def peak():
    with open("/proc/self/status", encoding="utf-8") as file:
        return next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmHWM:"))


def main(part, csv, folder):
    used, begin = resource.getrusage(resource.RUSAGE_SELF), time.monotonic()
    answer = {"ingest": ingest, "counts": counts}[part](csv, os.path.join(folder, "pandas.pickle"))
    after, wall = resource.getrusage(resource.RUSAGE_SELF), time.monotonic() - begin
    cpu = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    print(json.dumps({"cpu": round(cpu, 2), "wall": round(wall, 2), "peakMiB": round(peak()), **answer}))


main(*sys.argv[1:])
