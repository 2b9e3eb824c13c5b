"""Trains, scores and explains with XGBoost or scikit-learn what `benchmarks trees --export DIR` wrote.

Prints one JSON object with the names that our own benchmark prints. CPU seconds are user and system time of all
threads of this process; peak memory is the most that was resident while training, the mapped table included.
"""

import argparse
import json
import os
import resource
import time

import numpy


def spent():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime, time.monotonic()


def since(begin):
    cpu, wall = spent()
    return {"cpu": cpu - begin[0], "wall": wall - begin[1]}


def together(first, second):
    return {key: first[key] + second[key] for key in first}


def forget_peak():
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")


def peak_megabytes():
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmHWM:"))


def auc(scores, labels):
    """Rank sum over positives, ties counting half (Mann and Whitney 1947)."""
    _, place, count = numpy.unique(scores, return_inverse=True, return_counts=True)
    ranks = (numpy.cumsum(count) - (count - 1) / 2)[place]
    positives = float(labels.sum())
    return float((ranks[labels == 1].sum() - positives * (positives + 1) / 2) / (positives * (len(labels) - positives)))


def log_loss(likelihoods, labels):
    sure = numpy.clip(numpy.where(labels == 1, likelihoods, 1 - likelihoods).astype(float), 1e-15, 1)
    return float(-numpy.log(sure).mean())


def fastest(ways, rows):
    """Repeats each way of scoring for a while; the one with the most rows a CPU second speaks for the peer."""
    best = None
    for way in ways:
        way()
        begin, passes = spent(), 0
        while passes == 0 or since(begin)["cpu"] < 2:
            way()
            passes += 1
        taken = since(begin)
        if best is None or passes / taken["cpu"] > best[1] / best[0]["cpu"]:
            best = taken, passes
    return best[0], best[1] * rows


def xgboost(options, table):
    import xgboost as xgb

    begin = spent()
    kind = xgb.QuantileDMatrix if options.quantile else xgb.DMatrix
    more = {"max_bin": 256} if options.quantile else {}
    matrix = kind(table["train-x"], table["train-y"], nthread=options.threads, **more)
    binning = since(begin)
    budget = {
        "objective": "binary:logistic",
        "tree_method": "hist",
        "grow_policy": "lossguide",
        "max_leaves": options.leaves,
        "max_depth": 0,
        "max_bin": 256,
        "eta": 0.1,
        "lambda": 1,
        "min_child_weight": 1,
        "base_score": float(table["train-y"].mean()),
        "nthread": options.threads,
    }
    begin = spent()
    model = xgb.train(budget, matrix, options.trees)
    boosting, peak = since(begin), peak_megabytes()
    del matrix
    rows = table["test-x"]
    ready = xgb.DMatrix(rows, nthread=options.threads)
    scoring, scored = fastest(
        [
            lambda: model.inplace_predict(rows),
            lambda: model.predict(xgb.DMatrix(rows, nthread=options.threads)),
        ],
        len(rows),
    )
    likelihoods = model.predict(ready)
    sample = xgb.DMatrix(rows[: options.explain], nthread=options.threads)
    begin = spent()
    explained = len(model.predict(sample, pred_contribs=True))
    return binning, boosting, peak, scoring, scored, since(begin), explained, likelihoods


def sklearn(options, table):
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    model = HistGradientBoostingClassifier(
        learning_rate=0.1,
        max_iter=options.trees,
        max_leaf_nodes=options.leaves,
        max_depth=None,
        min_samples_leaf=1,
        l2_regularization=1,
        max_bins=255,
        early_stopping=False,
        random_state=1,
    )
    with threadpool_limits(options.threads):
        begin = spent()
        model.fit(table["train-x"], table["train-y"])
        training, peak = since(begin), peak_megabytes()
        rows = table["test-x"]
        scoring, scored = fastest([lambda: model.decision_function(rows)], len(rows))
        likelihoods = model.predict_proba(rows)[:, 1]
    return None, training, peak, scoring, scored, None, 0, likelihoods


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("peer", choices=["xgboost", "xgboost-quantile", "sklearn"])
    parser.add_argument("folder")
    parser.add_argument("--trees", type=int, default=200)
    parser.add_argument("--leaves", type=int, default=31)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--explain", type=int, default=1000)
    options = parser.parse_args()
    options.quantile = options.peer == "xgboost-quantile"

    names = ["train-x", "train-y", "test-x", "test-y"]
    table = {name: numpy.load(os.path.join(options.folder, name + ".npy"), mmap_mode="r") for name in names}
    forget_peak()
    run = sklearn if options.peer == "sklearn" else xgboost
    binning, boosting, peak, scoring, scored, reasons, explained, likelihoods = run(options, table)
    labels = numpy.asarray(table["test-y"])
    print(
        json.dumps(
            {
                "name": options.peer,
                "rows": len(table["train-y"]),
                "features": table["train-x"].shape[1],
                "trees": options.trees,
                "leaves": options.leaves,
                "threads": options.threads,
                "training": boosting if binning is None else together(binning, boosting),
                "binning": binning,
                "boosting": None if binning is None else boosting,
                "scoring": scoring,
                "scoredRows": scored,
                "reasons": reasons,
                "reasonRows": explained,
                "peakMegabytes": peak,
                "auc": auc(likelihoods, labels),
                "logLoss": log_loss(likelihoods, labels),
            }
        )
    )


main()
