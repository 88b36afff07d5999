"""How often the modified tests of trend see one where there is none: simulated first-order autoregressions.

Prints, for each length and first autocorrelation, the share of series in per cent that pass the level of 5 %; the convention of the
method quotes it. `python modified_mann_kendall.py [SERIES]`, PCG64, seed 20260101; numpy and scipy alone.
"""
import sys

import numpy as np
from scipy.stats import norm, rankdata

rng = np.random.default_rng(20260101)
REACH = norm.ppf(0.975)


def series(n, phi, count):
    noise = rng.standard_normal((count, n + 60))
    x = np.empty_like(noise)
    x[:, 0] = noise[:, 0] / np.sqrt(1 - phi * phi)
    for t in range(1, n + 60):
        x[:, t] = phi * x[:, t - 1] + noise[:, t]
    return x[:, 60:]


def autocorrelations(x):
    off = x - x.mean(1, keepdims=True)
    whole = (off * off).sum(1)
    return np.stack([(off[:, :-k] * off[:, k:]).sum(1) / whole for k in range(1, x.shape[1])], 1)


def passed(n, phi, count):
    x = series(n, phi, count)
    i, j = np.triu_indices(n, 1)
    score = np.sign(x[:, j] - x[:, i]).sum(1)
    variance = n * (n - 1) * (2 * n + 5) / 18
    slope = np.median((x[:, j] - x[:, i]) / (j - i), axis=1)
    rest = x - slope[:, None] * np.arange(n)
    of_ranks, of_values = autocorrelations(rankdata(rest, axis=1)), autocorrelations(rest)
    k = np.arange(1, n)
    counted = of_ranks * (np.abs(of_ranks) > REACH / np.sqrt(n))

    def share(correction):
        corrected = variance * correction
        z = np.where(corrected > 0, (score - np.sign(score)) / np.sqrt(np.where(corrected > 0, corrected, 1)), 0)
        return 100 * (np.abs(z) > REACH).mean()

    found = {"usual": share(np.ones(count))}
    for lags in (1, 3, n - 1):
        hamed_rao = 1 + 2 / (n * (n - 1) * (n - 2)) * ((n - k) * (n - k - 1) * (n - k - 2) * counted)[:, :lags].sum(1)
        yue_wang = 1 + 2 * ((1 - k / n) * of_values)[:, :lags].sum(1)
        name = "all" if lags == n - 1 else str(lags)
        found[f"hamed_rao/{name}"], found[f"yue_wang/{name}"] = share(hamed_rao), share(yue_wang)
    found["yue_wang_ar"] = share(1 + 2 * ((1 - k / n) * of_values[:, :1] ** k).sum(1))
    return found


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20000
    for n in (10, 20, 30, 50, 100):
        for phi in (0, 0.4, 0.8):
            found = {}
            for _ in range(count // 2000):
                for name, share in passed(n, phi, 2000).items():
                    found.setdefault(name, []).append(share)
            print(n, phi, *(f"{name} {np.mean(shares):.1f}" for name, shares in found.items()), flush=True)
