"""Simulates how far chance alone drives the greatest of Chow's F over all dates, and writes the table of it.

For each length, series of independent normal numbers are drawn (numpy, MT19937; the seed is 20260000 + q for all lengths of a model of q
coefficients, its three shortest lengths and then LENGTHS, 20270000 + q for the shortest) and F is worked out at every cut, for ranges of cuts that
are the same at both ends. With P the share of series whose greatest F reaches a value, and p that value's tail for one date known beforehand
(Fisher), M = ln(1 − P) / ln(1 − p) says how many independent dates the search is worth. ln M is smoothed over z = −ln p, brought to
the nodes of the table, and never exceeds the logarithm of the number of dates (Bonferroni).

Usage: python3 tests/material/methods/packages/supremum.py   (from the root of the repository; some ten minutes; numpy and scipy).
`supremum.py vectors` writes the vectors of the method sup_f. It prints by how much the table misses the simulated shares, at all lengths, most of which the table does not hold."""
import numpy as np
from scipy.interpolate import PchipInterpolator
from scipy.stats import f as fisher

LENGTHS = [10, 11, 12, 13, 14, 16, 18, 20, 22, 25, 28, 32, 36, 40, 50, 60, 80, 100, 140, 200, 300, 500, 1000]
SHARES = [.95, .9, .8, .7, .6, .5, .4, .3, .2, .15, .1, .07, .05, .035, .025, .015, .01, .005, .0025, .001, .0005, .0002]
TRIMS = [.01, .02, .03, .05, .075, .1, .15, .2, .25, .3, .35, .4, .45, .49]
TAILS = [.05, .3, .7, 1.3, 2.2, 3.5, 5.5, 8, 11]
WIDTHS = [0, .1, .2, .32, .45, .6, .74, .85, .92, .965, .99, 1]
KEPT = [10, 13, 18, 25, 40, 80, 200, 1000]

def squares(x, t, q):
    """The residual sums of squares of the first one, two, … levels about their mean or line."""
    k = np.arange(1, x.shape[1] + 1)
    sy = np.cumsum(x, 1)
    about = np.cumsum(x * x, 1) - sy * sy / k
    if q == 1: return about
    st = np.cumsum(t)
    stt = np.cumsum(t * t) - st * st / k
    sty = np.cumsum(x * t, 1) - sy * st / k
    stt[0] = 1
    return about - sty * sty / stt

def statistics(x, q):
    """F after q + 1, q + 2, … levels."""
    n = x.shape[1]
    t = np.arange(1, n + 1) - (n + 1) / 2
    before, after = squares(x, t, q), squares(x[:, ::-1], -t[::-1], q)[:, ::-1]
    k = np.arange(q + 1, n - q)
    parts = before[:, k - 1] + after[:, k]
    return ((before[:, -1:] - parts) / q) / (parts / (n - 2 * q))

def simulate(q, n, generator):
    draws = 1_000_000 if n <= 40 else 600_000 if n <= 100 else 300_000 if n <= 300 else 150_000
    size = max(200, min(5000, 400_000 // n))
    starts = np.arange(q + 1, n // 2 + 1)
    if len(starts) > 12: starts = np.unique(np.clip(np.round(np.array(TRIMS) * n).astype(int), q + 1, n // 2))
    greatest = [[] for _ in starts]
    for _ in range(draws // size):
        f = statistics(generator.standard_normal((size, n)), q)
        for found, start in zip(greatest, starts): found.append(f[:, start - q - 1:n - start - q].max(1))
    for found, start in zip(greatest, starts):
        values = np.quantile(np.concatenate(found), 1 - np.array(SHARES))
        for share, tail in zip(SHARES, fisher.sf(values, q, n - 2 * q)): yield n, start, share, tail, draws

def smoothed(z, log_m, share, draws):
    error = np.sqrt((1 - share) / (share * draws)) + .002
    t = np.log(z + .3)
    basis = np.polynomial.chebyshev.chebvander((t - t.mean()) / 3, 6)
    c, *_ = np.linalg.lstsq(basis / error[:, None], log_m / error, rcond=None)
    return lambda z: np.polynomial.chebyshev.chebval((np.log(z + .3) - t.mean()) / 3, c)

def nodes(q, n, rows):
    """ln M at the nodes of a length: lines of WIDTHS, from the narrowest range to the widest."""
    tails, starts, lines = np.array(TAILS), sorted({row[1] for row in rows}), []
    for start in starts:
        own = [row for row in rows if row[1] == start]
        share, tail, draws = (np.array([row[i] for row in own]) for i in (2, 3, 4))
        dates = n - 2 * start + 1
        if dates == 1:
            lines.append(np.zeros(len(tails)))
            continue
        z = -np.log(tail)
        line = smoothed(z, np.log(np.log1p(-share) / np.log1p(-tail)), share, draws)
        end = z.max()
        value = line(np.clip(tails, z.min(), end))
        slope = max((line(end) - line(end - 1.5)) / 1.5, 0)
        lines.append(np.minimum(np.where(tails > end, line(end) + slope * (tails - end), value), np.log(dates)))
    width = [np.sqrt(1 - (start - q - 1) / (n / 2 - q - 1)) for start in starts]
    if width[-1] > 0: width.append(0); lines.append(np.zeros(len(tails)))
    width, lines = np.array(width)[::-1], np.array(lines)[::-1]
    way = np.interp if len(width) < 3 else lambda at, x, y: PchipInterpolator(x, y)(at)
    return np.stack([way(np.array(WIDTHS), width, lines[:, j]) for j in range(len(tails))], 1)

def share_of(table, lengths, q, n, start, tail):
    """What the program makes of a tail: the same as src/analysis/numeric/supremum.rs."""
    z, dates = -np.log(tail), n - 2 * start + 1
    width = np.sqrt(1 - (start - q - 1) / (n / 2 - q - 1))
    def at(length):
        j = min(max(np.searchsorted(WIDTHS, width) - 1, 0), len(WIDTHS) - 2)
        i = min(max(np.searchsorted(TAILS, z) - 1, 0), len(TAILS) - 2)
        u, w = max((z - TAILS[i]) / (TAILS[i + 1] - TAILS[i]), 0), (width - WIDTHS[j]) / (WIDTHS[j + 1] - WIDTHS[j])
        line = table[length][j] * (1 - w) + table[length][j + 1] * w
        return line[i] * (1 - u) + line[i + 1] * u
    after = next(length for length in lengths if length >= n)
    log_m = at(after)
    if after != n:
        before = max(length for length in lengths if length < n)
        part = (n ** -.5 - before ** -.5) / (after ** -.5 - before ** -.5)
        log_m = at(before) * (1 - part) + log_m * part
    return -np.expm1(np.exp(min(log_m, np.log(dates))) * np.log1p(-tail))

def rust(value):
    text = f"{value + 0:.3f}"
    return "0.0" if float(text) == 0 else text.rstrip("0") if not text.endswith("000") else text[:-2]

def main():
    tables, kept = [], []
    for q in (1, 2):
        generator = np.random.Generator(np.random.MT19937(20260000 + q))
        rows = [row for n in [2 * q + 4, 2 * q + 5, 2 * q + 6, *LENGTHS] for row in simulate(q, n, generator)]
        rows += simulate(q, 2 * q + 3, np.random.Generator(np.random.MT19937(20270000 + q)))
        lengths = [2 * q + 3, 2 * q + 4, 2 * q + 5, *KEPT]
        table = {n: nodes(q, n, [row for row in rows if row[0] == n]) for n in lengths}
        off = [(share_of(table, lengths, q, n, start, tail) / share - 1, share, n, start) for n, start, share, tail, _ in rows if n > 2 * start - 1 and n != 2 * start and .001 <= share <= .5]
        for low, high in ((.001, .01), (.01, .5)):
            some = np.array([abs(o[0]) for o in off if low <= o[1] <= high])
            print(q, f"P from {low} to {high}: rms {np.sqrt((some ** 2).mean()):.4f}, greatest {some.max():.3f}")
        tables.append([table[n] for n in lengths]); kept.append(lengths)
    out = ["//! How many independent dates a search for the greatest F is worth: written by tests/material/methods/packages/supremum.py.", "#![allow(clippy::approx_constant, reason = \"values near a constant are none\")]", "",
           "/// −ln p of one date known beforehand.", f"pub(super) const TAILS: [f64; {len(TAILS)}] = [{', '.join(map(rust, TAILS))}];", "",
           "/// How wide the search is: 0 for the middle alone, 1 for all dates with enough levels on both sides.", f"pub(super) const WIDTHS: [f64; {len(WIDTHS)}] = [{', '.join(map(rust, WIDTHS))}];", "",
           "/// The lengths of series, for one coefficient and for two.", f"pub(super) const LENGTHS: [[usize; {len(kept[0])}]; 2] = [{', '.join(str(one) for one in kept)}];", "",
           "/// ln M for each number of coefficients, length, width and tail.", f"pub(super) static LOG_WORTH: [[[[f64; {len(TAILS)}]; {len(WIDTHS)}]; {len(kept[0])}]; 2] = ["]
    for one in tables:
        out.append("    [")
        for table in one:
            out.append("        [")
            out += [f"            [{', '.join(map(rust, line))}]," for line in table]
            out.append("        ],")
        out.append("    ],")
    out.append("];")
    with open("src/analysis/numeric/supremum_table.rs", "w", encoding="utf-8") as file: file.write("\n".join(out) + "\n")

def vectors():
    """The vectors of sup_f: shares of series of another generator (PCG64) that reach a statistic, by normal equations."""
    import sys
    sys.path.insert(0, "tests/material/methods/packages")
    from common import case, write
    rng = np.random.Generator(np.random.PCG64(3))
    def greatest(y, q, trim):
        n = y.shape[1]
        t = np.arange(n, dtype=float)
        x = np.stack([np.ones(n), t][:q], 1)
        def rss(rows):
            own = x[rows]
            b = np.linalg.solve(own.T @ own, own.T @ y[:, rows].T)
            return ((y[:, rows].T - own @ b) ** 2).sum(0)
        whole, best = rss(slice(None)), np.zeros(len(y))
        for k in range(max(int(trim * n + 1e-9), q + 1), min(int((1 - trim) * n + 1e-9), n - q - 1) + 1):
            parts = rss(slice(0, k)) + rss(slice(k, None))
            best = np.maximum(best, (whole - parts) / (parts / (n - 2 * q)))
        return best
    cases = []
    for model, q in (("level", 1), ("trend", 2)):
        for n in (9, 11, 15, 24, 50):
            for trim in (0.1, 0.15, 0.3):
                for drift in (0, 1.5):
                    y = np.round(rng.standard_normal(n) * 100 + drift * 100 * (np.arange(n) > n // 2)).astype(int)
                    found = greatest(y[None, :].astype(float), q, trim)[0]
                    chance = np.concatenate([greatest(rng.standard_normal((20000, n)), q, trim) for _ in range(10)])
                    share = (chance >= found).mean()
                    if share < 0.01: continue
                    cases.append(case(f"chance/{model}/{trim}/{n}/{drift}", f"numpy {np.__version__}: 200 000 series of another generator (PCG64), normal equations", {"value": y.tolist()}, [("sup_f_statistic", "", found), ("sup_f_p", "", share)], {"model": model, "trim": str(trim)}, tolerance=0.05))
    write("sup_f", cases)

if __name__ == "__main__":
    import sys
    vectors() if sys.argv[1:] == ["vectors"] else main()
