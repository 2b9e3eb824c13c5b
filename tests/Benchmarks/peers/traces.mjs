// polars on the benchmark's CSV of web events, one part a process; prints one JSON object. See traces.py for the parts.
//
//   POLARS_MAX_THREADS=2 node traces.mjs ingest|counts CSV FOLDER
//
// nodejs-polars is found in the folder node_modules of the folder where it is run.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const pl = createRequire(join(process.cwd(), "package.json"))("nodejs-polars");
const [part, csv, folder] = process.argv.slice(2);
const table = join(folder, "polars.parquet");

const levels = {
  event_name: ["page_view", "scroll", "search", "file_download"],
  content_group: ["housing", "jobs", "school", "nature", "winter", "travel"],
  traffic_medium: ["organic", "cpc", "social", "email", "referral", "(none)"],
  municipality: [2580, 2581, 2584, 2523],
};
const windows = [16, 8, 4, 2, 1];

function ingest() {
  const schema = {
    event_id: pl.Utf8,
    event_timestamp: pl.Int64,
    event_name: pl.Utf8,
    user_pseudo_id: pl.Utf8,
    user_id: pl.Utf8,
    page_path: pl.Utf8,
    content_group: pl.Utf8,
    municipality: pl.Int32,
    traffic_medium: pl.Utf8,
    device_category: pl.Utf8,
    engagement_time_msec: pl.Float64,
  };
  const frame = pl
    .readCSV(csv, { schema })
    .withColumns(pl.col("event_timestamp").cast(pl.Datetime("us")))
    .sort(["user_id", "user_pseudo_id", "event_timestamp"]);
  frame.writeParquet(table, { compression: "zstd" });
  return { rows: frame.height };
}

function counts() {
  const known = pl.scanParquet(table).filter(pl.col("user_id").isNotNull());
  // Microseconds fit a double; what this binding gives back of 64-bit integers is cut to 32.
  const at = pl.col("event_timestamp").cast(pl.Int64).cast(pl.Float64);
  const span = known.select(at.min().alias("begin"), at.max().alias("end")).collectSync();
  const [begin, end] = [span.getColumn("begin").get(0), span.getColumn("end").get(0)];
  const sums = windows.flatMap((part) =>
    Object.entries(levels).flatMap(([column, words]) =>
      words.map((word) =>
        pl
          .col(column)
          .eq(pl.lit(word))
          .and(at.gtEq(pl.lit(end - Math.floor((end - begin) / part))))
          .sum()
          .alias(`${column} ${word} ${part}`),
      ),
    ),
  );
  const wide = known
    .groupBy("user_id")
    .agg(...sums)
    .collectSync();
  const names = wide.columns.filter((name) => name !== "user_id");
  const sum = names.reduce((all, name) => all + Number(wide.getColumn(name).sum()), 0);
  return { rows: wide.height, columns: names.length, sum };
}

const [used, begin] = [process.cpuUsage(), process.hrtime.bigint()];
const answer = { ingest, counts }[part]();
const { user, system } = process.cpuUsage(used);
const wall = Number(process.hrtime.bigint() - begin) / 1e9;
const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]) / 1024;
const rounded = (number) => Math.round(number * 100) / 100;
console.log(
  JSON.stringify({ cpu: rounded((user + system) / 1e6), wall: rounded(wall), peakMiB: Math.round(peak), ...answer }),
);
