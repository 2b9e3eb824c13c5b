"""XGBoost on the table that `world --export` wrote: a small grid on the validation rows, one answer on the test rows."""

import json
import sys

import numpy
import xgboost

LEARN, VALIDATE, TEST, NEAR = 1, 2, 3, 4
ROUNDS = 400
PATIENCE = 30
GRID = [
    {"max_leaves": leaves, "learning_rate": rate}
    for leaves, rate in ((4, 0.08), (8, 0.08), (16, 0.08), (32, 0.08), (8, 0.04), (16, 0.04))
]
FIXED = {
    "objective": "binary:logistic",
    "tree_method": "hist",
    "grow_policy": "lossguide",
    "max_depth": 0,
    "max_bin": 255,
    "min_child_weight": 3,
    "reg_lambda": 5,
    "subsample": 0.8,
    "colsample_bytree": 0.5,
    "seed": 1,
}


def table(folder):
    """Numbers as they are; levels of categorical features as one column a level, the 20 most frequent."""
    with open(f"{folder}/table.json", encoding="utf-8") as file:
        described = json.load(file)
    rows = described["rows"]
    flat = numpy.memmap(f"{folder}/columns.f32", "<f4", "r", shape=(len(described["features"]), rows))
    columns = []
    for feature, column in zip(described["features"], flat):
        if not feature["categorical"]:
            columns.append(column)
            continue
        levels, counts = numpy.unique(column[~numpy.isnan(column)], return_counts=True)
        columns += [(column == level).astype("<f4") for level in levels[numpy.argsort(-counts)][:20]]
    labels = numpy.fromfile(f"{folder}/labels.f32", "<f4")
    parts = numpy.fromfile(f"{folder}/parts.u8", "u1")
    return numpy.stack(columns, axis=1), labels, parts


def auc(scores, labels):
    """Share of pairs in order, ties half: by mean ranks (Mann and Whitney)."""
    _, place, counts = numpy.unique(scores, return_inverse=True, return_counts=True)
    ranks = (numpy.cumsum(counts) - (counts - 1) / 2)[place]
    positives = labels.sum()
    return float((ranks[labels == 1].sum() - positives * (positives + 1) / 2) / (positives * (len(labels) - positives)))


def main(folder, threads):
    columns, labels, parts = table(folder)
    fixed = {**FIXED, "nthread": threads}

    def rows(*of):
        which = numpy.isin(parts, of)
        return xgboost.DMatrix(columns[which], labels[which])

    learn, validate, test = rows(LEARN), rows(VALIDATE), rows(TEST)
    tried = []
    for options in GRID:
        model = xgboost.train(
            {**fixed, **options, "eval_metric": ["logloss"]},
            learn,
            ROUNDS,
            [(validate, "validation")],
            early_stopping_rounds=PATIENCE,
            verbose_eval=False,
        )
        tried.append((model.best_score, model.best_iteration + 1, options))
        print(f"{options}: {model.best_iteration + 1} trees, log loss {model.best_score:.5f}", file=sys.stderr)
    _, trees, options = min(tried, key=lambda one: one[0])
    # The options once chosen, the validation rows are learnt from too, as on the other side.
    final = xgboost.train({**fixed, **options}, rows(LEARN, VALIDATE, NEAR), trees)
    print(
        json.dumps({"xgboostAuc": round(auc(final.predict(test), test.get_label()), 6), "trees": trees, **options})
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2)
