"""The reference's side of `./rapport bench mining`: makes the data, then times scikit-learn and friends on them.

    reference.py make FOLDER            writes the data as little-endian doubles, column by column
    reference.py time FOLDER TASK...    prints one line per task: name, median wall seconds, median CPU seconds, a figure to compare
"""
import os
import sys
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")
REPEATS = 5


def make(folder):
    rng = np.random.default_rng(1)

    def save(name, matrix):
        np.asarray(matrix, dtype="<f8").T.tofile(os.path.join(folder, name + ".bin"))

    centres = rng.normal(0, 4, (8, 8))
    save("groups", centres[rng.integers(0, 8, 1_000_000)] + rng.normal(0, 2.0, (1_000_000, 8)))
    # neighbours correlate and units differ, as the columns of a customer table do
    x = rng.normal(0, 1, (200_000, 30))
    for j in range(1, 30):
        x[:, j] = 0.8 * x[:, j - 1] + 0.6 * x[:, j]
    y = (x @ rng.normal(0, 0.4, 30) + rng.logistic(0, 1, 200_000) > 0).astype(float)
    x *= np.geomspace(0.2, 5, 30)
    save("logistic", np.column_stack([x, y]))
    # independent columns of one unit, where the reference needs few steps
    x = rng.normal(0, 1, (200_000, 30))
    y = (x @ rng.normal(0, 0.4, 30) + rng.logistic(0, 1, 200_000) > 0).astype(float)
    save("plain", np.column_stack([x, y]))
    x = rng.normal(0, 1, (1_000_000, 10))
    save("linear", np.column_stack([x, x @ rng.normal(0, 1, 10) + rng.normal(0, 1, 1_000_000)]))
    x = rng.normal(0, 1, (160_000, 20)).astype("f4").astype("f8")
    y = ((x[:, 0] * x[:, 1] + np.sin(2 * x[:, 2]) + x[:, 3] > 0.2) ^ (rng.random(160_000) < 0.1)).astype(float)
    save("trees", np.column_stack([x, y]))
    t = rng.random(50_000) * 2 * np.pi
    ring = np.column_stack([np.cos(t), np.sin(t)]) * rng.integers(1, 5, 50_000)[:, None]
    points = ring + rng.normal(0, 0.08, ring.shape)
    points[::9] = rng.uniform(-5, 5, points[::9].shape)
    save("points", points)


def load(folder, name, width):
    return np.fromfile(os.path.join(folder, name + ".bin"), dtype="<f8").reshape(width, -1).T.copy(order="C")


def tasks(folder):
    from sklearn import cluster, ensemble, linear_model, metrics, naive_bayes, neural_network, svm, tree

    def split(name, width):
        data = load(folder, name, width)
        return np.ascontiguousarray(data[:, :-1]), data[:, -1].copy()

    def kmeans():
        x = load(folder, "groups", 8)
        return lambda: cluster.KMeans(8, init=x[:8], n_init=1, max_iter=300, tol=0, algorithm="lloyd").fit(x).inertia_

    def logistic(name="logistic"):
        x, y = split(name, 31)
        return lambda: linear_model.LogisticRegression().fit(x, y).coef_[0, 0]

    def linear():
        x, y = split("linear", 11)
        return lambda: linear_model.LinearRegression().fit(x, y).coef_[0]

    def lasso():
        x, y = split("linear", 11)
        return lambda: linear_model.Lasso(alpha=0.1).fit(x, y).coef_[0]

    def cart(depth):
        x, y = split("trees", 21)
        return lambda: tree.DecisionTreeClassifier(max_depth=depth, min_samples_leaf=20, random_state=0).fit(x, y).get_n_leaves()

    def forest():
        x, y = split("trees", 21)
        x, y = x[:50_000], y[:50_000]
        return lambda: ensemble.RandomForestClassifier(50, n_jobs=2, random_state=0).fit(x, y).n_features_in_

    def boosting():
        x, y = split("trees", 21)
        return lambda: ensemble.HistGradientBoostingClassifier(max_iter=100, early_stopping=False).fit(x, y).score(x[:20000], y[:20000])

    def dbscan():
        x = load(folder, "points", 2)
        return lambda: (cluster.DBSCAN(eps=0.1, min_samples=20, n_jobs=2).fit(x).labels_ < 0).sum()

    def perceptron():
        x, y = split("trees", 21)
        return lambda: neural_network.MLPClassifier((32,), max_iter=10, random_state=0).fit(x, y).score(x[:20000], y[:20000])

    def svc():
        x, y = split("trees", 21)
        x, y = x[:5000], y[:5000]
        x = (x - x.mean(0)) / x.std(0)
        return lambda: svm.SVC(probability=True, random_state=0).fit(x, y).n_support_.sum()

    def bayes():
        x, y = split("logistic", 31)
        return lambda: naive_bayes.GaussianNB().fit(x, y).predict_proba(x)[:, 1].mean()

    def softmax():
        x, y = split("trees", 21)
        y = y[:50_000] + (x[:50_000, 5] > 1)
        x = x[:50_000]
        return lambda: linear_model.LogisticRegression(multi_class="multinomial", max_iter=500).fit(x, y).coef_[0, 0]

    def silhouette():
        x = load(folder, "groups", 8)[:10_000]
        labels = cluster.KMeans(8, init=x[:8], n_init=1).fit(x).labels_
        return lambda: metrics.silhouette_score(x, labels)

    def optics():
        x = load(folder, "points", 2)[:5_000]
        return lambda: np.isfinite(cluster.OPTICS(min_samples=20, max_eps=1).fit(x).reachability_).sum()

    def arima():
        from statsmodels.tsa.statespace.sarimax import SARIMAX
        path = os.path.join(os.environ.get("REALDATA", ""), "forecast", "airline-passengers.csv")
        y = np.log(np.genfromtxt(path, delimiter=",", skip_header=1, usecols=1))
        return lambda: SARIMAX(y, order=(0, 1, 1), seasonal_order=(0, 1, 1, 12), simple_differencing=True).fit(disp=0).llf

    def ets():
        from statsmodels.tsa.exponential_smoothing.ets import ETSModel
        path = os.path.join(os.environ.get("REALDATA", ""), "forecast", "airline-passengers.csv")
        y = np.genfromtxt(path, delimiter=",", skip_header=1, usecols=1)
        return lambda: ETSModel(y, error="mul", trend="add", seasonal="mul", damped_trend=True, seasonal_periods=12).fit(disp=0).llf

    def words():
        import jieba
        jieba.initialize()
        texts = comments()
        return lambda: sum(len(jieba.lcut(text, HMM=False)) for text in texts)

    def tfidf():
        from sklearn.feature_extraction.text import TfidfVectorizer
        path = os.path.join(os.environ.get("REALDATA", ""), "banking77", "train.csv")
        import csv
        with open(path, encoding="utf-8") as file:
            texts = [row["text"] for row in csv.DictReader(file)] * 6
        return lambda: TfidfVectorizer(stop_words=None, token_pattern=r"(?u)\b\w\w+\b").fit_transform(texts).nnz

    return {"kmeans": kmeans, "logistic": logistic, "plain": lambda: logistic("plain"), "linear": linear, "lasso": lasso, "cart6": lambda: cart(6),
            "cart12": lambda: cart(12), "forest": forest, "boosting": boosting, "dbscan": dbscan, "perceptron": perceptron,
            "svm": svc, "bayes": bayes, "softmax": softmax, "silhouette": silhouette, "optics": optics, "arima": arima,
            "ets": ets, "words": words, "tfidf": tfidf}


def comments():
    import csv
    texts = []
    for name in ("zh_hotel/ChnSentiCorp_htl_all.csv", "zh_waimai/waimai_10k.csv"):
        with open(os.path.join(os.environ["REALDATA"], name), encoding="utf-8-sig") as file:
            texts += [row["review"] for row in csv.DictReader(file)]
    return texts


def main():
    folder = sys.argv[2]
    if sys.argv[1] == "make":
        make(folder)
        return
    known = tasks(folder)
    for name in sys.argv[3:]:
        work = known[name]()
        walls, cpus, figure = [], [], None
        for i in range(REPEATS + 1):
            wall, cpu = time.perf_counter(), time.process_time()
            figure = work()
            if i > 0:
                walls.append(time.perf_counter() - wall)
                cpus.append(time.process_time() - cpu)
        print(name, sorted(walls)[REPEATS // 2], sorted(cpus)[REPEATS // 2], figure, flush=True)


main()
