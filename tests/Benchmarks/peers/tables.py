"""The public tables: makes the labelled Olist file, and XGBoost's side of the comparison.

    tables.py olist FOLDER FILE              writes FILE: qualified leads and whether each was won
    tables.py until FILE COLUMN DAY EARLIER  writes EARLIER: the rows of FILE before that day
    tables.py xgboost FILE TEST_ROWS ...     prints XGBoost's AUC on the last TEST_ROWS rows, as JSON

XGBoost gets the columns that `leads table train` gets, and is judged twice on the test rows.

With the same budget (--settings MODEL_JSON): as many trees and averaged models, leaves, rate, penalty, bins and shares
of rows and features as our model's card says. XGBoost knows no fewest rows a leaf; the least hessian that so many rows
of the training rate have stands for it. It gets the same columns, and beside it as many columns as there are levels.

With a choice of its own: every setting of a small grid, with categories kept or one-hot, is trained with early stopping
on the last quarter of the training rows; the one with the lowest log loss there is trained again on all training rows.
"""

import argparse
import csv
import itertools
import json
import os
import sys

RATE, MOST_TREES, PATIENCE = 0.05, 600, 50


def olist(folder, out):
    with open(os.path.join(folder, "olist_closed_deals_dataset.csv"), newline="") as file:
        won = {row["mql_id"] for row in csv.DictReader(file)}
    with open(os.path.join(folder, "olist_marketing_qualified_leads_dataset.csv"), newline="") as file:
        leads = list(csv.DictReader(file))
    with open(out, "w", newline="") as file:
        writer = csv.DictWriter(file, [*leads[0], "won"])
        writer.writeheader()
        writer.writerows({**lead, "won": "yes" if lead["mql_id"] in won else "no"} for lead in leads)


def until(file, column, day, earlier):
    with open(file, newline="") as source, open(earlier, "w", newline="") as target:
        rows = csv.DictReader(source)
        writer = csv.DictWriter(target, rows.fieldnames)
        writer.writeheader()
        writer.writerows(row for row in rows if row[column] < day)


def read(options):
    """Columns as features, in the order of time; text becomes a category, empty cells are missing."""
    import pandas

    table = pandas.read_csv(options.file, sep=None, engine="python", na_values=[""], keep_default_na=False)
    if options.time:
        table = table.sort_values(options.time, kind="stable")
    labels = (table[options.label] == options.positive).to_numpy(dtype="float32")
    unused = {options.label, options.time, options.id, *options.drop} - {None}
    table = table.drop(columns=sorted(unused))
    for name in table.columns:
        if table[name].dtype == object:
            table[name] = table[name].astype("category")
    return table, labels


def train(matrix, settings, trees, watched=None):
    import xgboost as xgb

    stopping = {"evals": [(watched, "later")], "early_stopping_rounds": PATIENCE, "verbose_eval": False}
    return xgb.train(settings, matrix, trees, **(stopping if watched else {}))


def same_budget(ours, table, labels, training, threads):
    """Margins of the test rows, averaged over as many models as ours averages."""
    import xgboost as xgb

    rate = float(labels[:training].mean())
    settings = {
        "objective": "binary:logistic",
        "tree_method": "hist",
        "grow_policy": "lossguide",
        "max_depth": 0,
        "max_leaves": ours["leaves"],
        "max_bin": ours["bins"] + 1,
        "eta": ours["learningRate"],
        "lambda": ours["l2"],
        "min_child_weight": max(ours["minimumHessian"], ours["minimumRows"] * rate * (1 - rate)),
        "colsample_bytree": ours["featureShare"],
        "subsample": ours["rowShare"],
        "nthread": threads,
    }
    fit = xgb.DMatrix(table.iloc[:training], labels[:training], enable_categorical=True)
    test = xgb.DMatrix(table.iloc[training:], enable_categorical=True)
    return sum(
        train(fit, {**settings, "seed": seed}, ours["trees"]).predict(test, output_margin=True)
        for seed in range(1, ours["bags"] + 1)
    )


def xgboost(options):
    import pandas
    import xgboost as xgb
    from sklearn.metrics import roc_auc_score

    native, labels = read(options)
    one_hot = pandas.get_dummies(native, dummy_na=True, dtype="float32")
    one_hot.columns = [f"f{place}" for place in range(one_hot.shape[1])]
    encodings = {"native": native, "one-hot": one_hot}
    training = len(labels) - options.test_rows
    fitted = training - training // 4
    with open(options.settings) as file:
        ours = json.load(file)["training"]
    same = {
        name: round(float(roc_auc_score(labels[training:], same_budget(ours, table, labels, training, options.threads))), 4)
        for name, table in encodings.items()
    }
    best = None
    for encoding, (depth, weight, share) in itertools.product(encodings, itertools.product((2, 4, 6), (1, 10), (0.5, 1))):
        table = encodings[encoding]
        settings = {
            "objective": "binary:logistic",
            "eval_metric": "logloss",
            "tree_method": "hist",
            "max_bin": 256,
            "eta": RATE,
            "lambda": 1,
            "max_depth": depth,
            "min_child_weight": weight,
            "colsample_bytree": share,
            "subsample": 0.8,
            "seed": 1,
            "nthread": options.threads,
        }

        def part(begin, end):
            return xgb.DMatrix(table.iloc[begin:end], labels[begin:end], enable_categorical=True)

        model = train(part(0, fitted), settings, MOST_TREES, part(fitted, training))
        if best is None or model.best_score < best[0]:
            chosen = {"encoding": encoding, "depth": depth, "minChildWeight": weight, "featureShare": share}
            best = model.best_score, {**chosen, "trees": model.best_iteration + 1}, settings, part
    _, chosen, settings, part = best
    test = part(training, len(labels))
    auc = roc_auc_score(labels[training:], train(part(0, training), settings, chosen["trees"]).predict(test))
    print(json.dumps({"sameBudget": same["native"], "oneHot": same["one-hot"], "best": round(float(auc), 4), "chosen": chosen}))


def main():
    if sys.argv[1] in ("olist", "until"):
        {"olist": olist, "until": until}[sys.argv[1]](*sys.argv[2:])
        return
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=["xgboost"])
    parser.add_argument("file")
    parser.add_argument("test_rows", type=int)
    parser.add_argument("--label", required=True)
    parser.add_argument("--positive", default="yes")
    parser.add_argument("--id")
    parser.add_argument("--time")
    parser.add_argument("--drop", nargs="*", default=[])
    parser.add_argument("--settings", required=True)
    parser.add_argument("--threads", type=int, default=1)
    xgboost(parser.parse_args())


main()
