"""Draws the pictures of README.md from what Tour.java wrote: plots.py FOLDER. Needs Debian's python3-matplotlib."""
import csv
import os
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

folder = sys.argv[1]
here = os.path.dirname(os.path.abspath(__file__))
plt.rcParams.update({"font.size": 9, "axes.spines.top": False, "axes.spines.right": False, "svg.hashsalt": "rapport"})


def rows(name):
    with open(os.path.join(folder, name + ".csv")) as file:
        return list(csv.DictReader(file))


figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.2))
groups = rows("groups")
for group in sorted({row["group"] for row in groups}):
    own = [row for row in groups if row["group"] == group]
    left.scatter([float(r["recency"]) for r in own], [float(r["spent"]) for r in own], s=5, alpha=0.5, label=f"Group {int(group) + 1}")
left.set(xlabel="days since order", ylabel="spent", title="Groups of customers")
left.legend(frameon=False, markerscale=3)
choice = rows("choice")
right.plot([int(r["k"]) for r in choice], [float(r["silhouette"]) for r in choice], marker="o")
right.set(xlabel="groups tried", ylabel="silhouette", title="How many groups there are", ylim=(0, 0.8))
figure.tight_layout()
figure.savefig(os.path.join(here, "groups.png"), dpi=110)

figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.2))
churn = rows("churn")
left.plot([float(r["x"]) for r in churn if r["kind"] == "roc"], [float(r["y"]) for r in churn if r["kind"] == "roc"])
left.plot([0, 1], [0, 1], color="grey", lw=0.7, ls="--")
left.set(xlabel="loyal customers wrongly named", ylabel="leaving customers found", title="Who will leave (ROC, out of fold)")
points = [r for r in churn if r["kind"] == "calibration"]
right.plot([float(r["x"]) for r in points], [float(r["y"]) for r in points], marker="o")
right.plot([0, 1], [0, 1], color="grey", lw=0.7, ls="--")
right.set(xlabel="probability given", ylabel="share that left", title="Probabilities mean what they say")
figure.tight_layout()
figure.savefig(os.path.join(here, "churn.png"), dpi=110)

figure, axis = plt.subplots(figsize=(9, 3))
forecast = rows("forecast")
past = [r for r in forecast if not r["low80"]]
ahead = [r for r in forecast if r["low80"]]
axis.plot(range(len(past)), [float(r["value"]) for r in past], color="#3b6fd4")
x = range(len(past), len(forecast))
axis.fill_between(x, [float(r["low95"]) for r in ahead], [float(r["high95"]) for r in ahead], alpha=0.15, color="#d4763b", label="95 %")
axis.fill_between(x, [float(r["low80"]) for r in ahead], [float(r["high80"]) for r in ahead], alpha=0.3, color="#d4763b", label="80 %")
axis.plot(x, [float(r["value"]) for r in ahead], color="#d4763b")
axis.set_xticks(range(2, len(forecast), 12), [forecast[i]["date"][:4] for i in range(2, len(forecast), 12)])
axis.set(title="Sales per month, and what to expect", ylabel="sales")
axis.legend(frameon=False, loc="upper left")
figure.tight_layout()
figure.savefig(os.path.join(here, "forecast.png"), dpi=110)
