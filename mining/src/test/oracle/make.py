"""Writes the answers of scikit-learn, scipy and statsmodels that ParityTest compares with, so that the tests need none of them.

Debian packages: python3-sklearn python3-statsmodels. Run: /usr/bin/python3 make.py (scikit-learn 1.2.1 made what is checked in).
"""
import os
import numpy as np
from scipy import special, stats
from sklearn.cluster import DBSCAN, KMeans
from sklearn.linear_model import Lasso, LinearRegression, LogisticRegression, Ridge
from sklearn.metrics import (adjusted_rand_score, average_precision_score, brier_score_loss, log_loss, roc_auc_score,
                             silhouette_score)
from sklearn.naive_bayes import GaussianNB
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
import statsmodels.api as sm

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "resources", "oracle")


def write(name, columns):
    keys = list(columns)
    rows = max(len(np.atleast_1d(columns[k])) for k in keys)
    with open(os.path.join(OUT, name + ".csv"), "w") as out:
        out.write(",".join(keys) + "\n")
        for i in range(rows):
            cells = []
            for k in keys:
                column = np.atleast_1d(columns[k])
                cells.append("" if i >= len(column) else str(column[i]) if isinstance(column[i], str) else repr(float(column[i])))
            out.write(",".join(cells) + "\n")


rng = np.random.default_rng(7)

# groups
x = np.vstack([rng.normal(c, 1.0, (150, 3)) for c in ((0, 0, 0), (4, 1, 0), (0, 5, 2), (3, 3, 6))])
rng.shuffle(x)
start = x[[3, 77, 200, 411]]
km = KMeans(4, init=start, n_init=1, max_iter=500, tol=0, algorithm="lloyd").fit(x)
db = DBSCAN(eps=0.9, min_samples=6).fit(x)
x5 = np.hstack([x, rng.normal(0, 0.4, (600, 2))])
db5 = DBSCAN(eps=1.3, min_samples=6).fit(x5)
write("groups", {"a": x[:, 0], "b": x[:, 1], "c": x[:, 2], "d": x5[:, 3], "e": x5[:, 4], "kmeans": km.labels_,
                 "dbscan": db.labels_, "dbscan5": db5.labels_,
                 "inertia": [km.inertia_], "silhouette": [silhouette_score(x, km.labels_)],
                 "rand": [adjusted_rand_score(km.labels_, db.labels_)],
                 "start": start.ravel()})

# two classes
n = 400
x = rng.normal(0, 1, (n, 6)).round(3)
x[:, 3] = x[:, 0] * 0.5 + rng.normal(0, 1, n).round(3)
y = (x @ np.array([1.2, -0.7, 0, 0.4, 0, 0.1]) + 0.3 + rng.logistic(0, 1, n) > 0).astype(float)
lr = LogisticRegression(C=1, solver="newton-cholesky", tol=1e-12, max_iter=1000).fit(x, y)
free = sm.Logit(y, sm.add_constant(x)).fit(disp=0, method="newton", tol=1e-12)
p = lr.predict_proba(x)[:, 1]
nb = GaussianNB().fit(x, y)
z = StandardScaler().fit_transform(x)
svc = SVC(C=1.5, kernel="rbf", gamma="scale", tol=1e-3).fit(z, y)
lin = SVC(C=0.5, kernel="linear", tol=1e-3).fit(z, y)
write("classes", {**{f"x{j}": x[:, j] for j in range(6)}, "y": y, "p": p, "nb": nb.predict_proba(x)[:, 1],
                  "svc": svc.decision_function(z), "linear": lin.decision_function(z),
                  "coefficients": np.append(lr.coef_[0], lr.intercept_),
                  "free": np.append(free.params[1:], free.params[0]), "errors": free.bse[1:], "pvalues": free.pvalues[1:],
                  "vectors": [svc.n_support_.sum(), lin.n_support_.sum()],
                  "scores": [roc_auc_score(y, p.round(2)), average_precision_score(y, p.round(2)), log_loss(y, p),
                             brier_score_loss(y, p)]})

# three classes
x = rng.normal(0, 1, (300, 4)).round(3)
score = x @ rng.normal(0, 1, (4, 3)) + rng.gumbel(0, 1, (300, 3))
y = score.argmax(1)
z = StandardScaler().fit_transform(x)
soft = LogisticRegression(C=1, multi_class="multinomial", tol=1e-10, max_iter=10000).fit(z, y)
proba = soft.predict_proba(z)
write("softmax", {**{f"x{j}": x[:, j] for j in range(4)}, "y": [str("abc"[k]) for k in y],
                  "pa": proba[:, 0], "pb": proba[:, 1], "pc": proba[:, 2]})

# a number
n = 300
x = rng.normal(0, 1, (n, 5)).round(3)
x[:, 4] += 1000
y = (x @ np.array([2, -1, 0.5, 0, 0.02]) + rng.normal(0, 0.7, n)).round(4)
ols = sm.OLS(y, sm.add_constant(x)).fit()
z = StandardScaler().fit_transform(x)
ridge = Ridge(alpha=3).fit(z, y)
lasso = Lasso(alpha=0.1, tol=1e-14, max_iter=100000).fit(z, y)
write("numbers", {**{f"x{j}": x[:, j] for j in range(5)}, "y": y, "ols": ols.params[1:], "errors": ols.bse[1:],
                  "pvalues": ols.pvalues[1:], "low": ols.conf_int()[1:, 0], "intercept": [ols.params[0]],
                  "r2": [ols.rsquared], "ridge": np.append(ridge.coef_, ridge.intercept_),
                  "lasso": np.append(lasso.coef_, lasso.intercept_)})

# trees, on values that single precision holds exactly, as scikit-learn computes with it
n = 800
x = (rng.normal(0, 1, (n, 5)) * 1024).round() / 1024
y = ((x[:, 0] > 0.2) ^ (x[:, 1] * x[:, 2] > 0.1)).astype(float)
y[rng.random(n) < 0.1] = 1 - y[rng.random(n) < 0.1].mean().round()
number = (np.sin(x[:, 0] * 2) * 3 + x[:, 3] + rng.normal(0, 0.3, n)).round(4)


def untied(make, target):
    """A tree that does not depend on the order in which columns are tried, so that equal gains decide nothing."""
    trees = [make(seed).fit(x, target) for seed in range(10)]
    assert all(np.allclose(t.predict(x), trees[0].predict(x)) for t in trees), "tied"
    return trees[0]


tree = untied(lambda seed: DecisionTreeClassifier(max_depth=4, min_samples_leaf=25, random_state=seed), y)
cut = untied(lambda seed: DecisionTreeClassifier(max_depth=8, min_samples_leaf=20, ccp_alpha=0.004, random_state=seed), y)
reg = untied(lambda seed: DecisionTreeRegressor(max_depth=4, min_samples_leaf=30, random_state=seed), number)
write("trees", {**{f"x{j}": x[:, j] for j in range(5)}, "y": y, "number": number, "p": tree.predict_proba(x)[:, 1],
                "pruned": cut.predict_proba(x)[:, 1], "predicted": reg.predict(x),
                "leaves": [tree.get_n_leaves(), cut.get_n_leaves(), reg.get_n_leaves()],
                "importances": tree.feature_importances_})

# functions
cases = [("logGamma", a, 0, 0, 0, special.gammaln(a)) for a in (1e-3, 0.3, 1, 2.5, 17, 1234.5, 1e8)]
cases += [("digamma", a, 0, 0, 0, special.digamma(a)) for a in (1e-2, 0.5, 3, 44.4)]
cases += [("gammaLower", a, b, 0, 0, special.gammainc(a, b)) for a in (0.3, 1, 9, 120) for b in (0.01, 1, 10, 130)]
cases += [("betaLower", a, b, c, 0, special.betainc(a, b, c)) for a in (0.4, 2, 50) for b in (0.7, 5, 80) for c in (0.01, 0.4, 0.93)]
cases += [("normal", a, 0, 0, 0, stats.norm.cdf(a)) for a in (-12, -6, -2, -0.1, 0, 0.7, 3, 8)]
cases += [("normalQuantile", a, 0, 0, 0, stats.norm.ppf(a)) for a in (1e-12, 1e-5, 0.02, 0.5, 0.8, 0.999, 1 - 1e-9)]
cases += [("studentTail", a, b, 0, 0, 2 * stats.t.sf(a, b)) for a in (0.1, 1, 4) for b in (1, 7, 300)]
cases += [("chiSquaredTail", a, b, 0, 0, stats.chi2.sf(a, b)) for a in (0.1, 4, 20) for b in (1, 6)]
cases += [("fisherTail", a, b, c, 0, stats.f.sf(a, b, c)) for a in (0.3, 2, 9) for b in (1, 4) for c in (5, 60)]
cases += [("hypergeometric", a, b, c, d, special.hyp2f1(a, b, c, d)) for a, b, c in ((2.2, 4.4, 5.2), (0.3, 2, 3)) for d in (0.1, 0.5, 0.9)]
write("functions", {"name": [c[0] for c in cases], "a": [c[1] for c in cases], "b": [c[2] for c in cases],
                    "c": [c[3] for c in cases], "d": [c[4] for c in cases], "value": [c[5] for c in cases]})
