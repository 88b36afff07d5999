"""Simulates how far chance alone drives the statistics of Buishand and of Alexandersson, and writes the table of it.

For each length n, series of independent normal numbers are drawn (numpy, PCG64 seeded with n); R, Q and V are those of
src/analysis/methods/buishand.rs, with the population deviation. The table holds the values that the share p of the
series reaches.

Usage: python3 tests/material/methods/packages/homogeneity.py   (from the root of the repository; some minutes)"""
import numpy as np

LENGTHS = [*range(4, 21), 22, 25, 30, 35, 40, 50, 60, 80, 100, 150, 200, 300, 500, 1000]
SHARES = [0.99, 0.975, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.6, 0.5, 0.4, 0.3, 0.25, 0.2, 0.15, 0.1, 0.075, 0.05, 0.04, 0.03,
          0.025, 0.02, 0.015, 0.01, 0.0075, 0.005, 0.0025, 0.001, 0.0005, 0.00025, 0.0001]

def simulate(n):
    draws = 4_000_000 if n <= 100 else 1_000_000
    generator, found = np.random.Generator(np.random.PCG64(n)), [[], [], []]
    k = np.arange(1, n)
    weight = 1 / np.sqrt(k * (n - k))
    left = draws
    while left:
        size = min(left, 4_000_000 // n)
        left -= size
        y = generator.standard_normal((size, n))
        y -= y.mean(axis=1, keepdims=True)
        sigma = np.sqrt((y * y).mean(axis=1))
        s = np.cumsum(y, axis=1)[:, :-1]
        high, low = np.maximum(s.max(axis=1), 0), np.minimum(s.min(axis=1), 0)
        np.abs(s, out=s)
        found[0].append((high - low) / sigma / np.sqrt(n))
        found[1].append(s.max(axis=1) / sigma / np.sqrt(n))
        s *= weight
        found[2].append(s.max(axis=1) / sigma)
    return [np.quantile(np.concatenate(one), [1 - p for p in SHARES]) for one in found]

def main():
    tables = [simulate(n) for n in LENGTHS]
    lines = ["//! How far chance alone drives R, Q and V: written by tests/material/methods/packages/homogeneity.py.",
             "#![allow(clippy::approx_constant, reason = \"quantiles near a constant are none\")]", "",
             "/// The lengths of series that were simulated.",
             f"pub const LENGTHS: [usize; {len(LENGTHS)}] = [{', '.join(map(str, LENGTHS))}];", "",
             "/// The shares of all series that reach the values of the tables.",
             f"pub const SHARES: [f64; {len(SHARES)}] = [{', '.join(map(str, SHARES))}];"]
    for name, at in (("RANGE", 0), ("Q", 1), ("V", 2)):
        lines += ["", f"/// The values of {name[0]} for each length and share.",
                  f"pub const {name}: [[f64; {len(SHARES)}]; {len(LENGTHS)}] = ["]
        lines += [f"    [{', '.join(f'{value:.4f}' for value in table[at])}]," for table in tables]
        lines.append("];")
    with open("src/analysis/numeric/homogeneity.rs", "w") as file:
        file.write("\n".join(lines) + "\n")

main()
