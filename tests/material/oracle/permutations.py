"""Counts the p-values under equal values anew, apart from the product: all orders one by one, or by Pascal's rule.

Writes what it finds into tests/material/methods/{mann_kendall,pettitt,correlation}.json, where a case has exact p-values
and equal values, or more observations than all orders could be walked for.

Usage: python3 tests/material/oracle/permutations.py   (from the root of the repository)"""
import json
from fractions import Fraction as F
from functools import lru_cache
from itertools import permutations, product
from math import comb, factorial

sgn = lambda a: (a > 0) - (a < 0)
groups = lambda v: [v.count(x) for x in sorted(set(v))]

def score(x, y):
    return sum(sgn(x[j] - x[i]) * sgn(y[j] - y[i]) for i in range(len(x)) for j in range(i + 1, len(x)))

def mid(v):
    return [2 * sum(b < a for b in v) + sum(b == a for b in v) + 1 for a in v]

def rho(x, y):
    x, y = mid(x), mid(y)
    return len(x) * sum(a * b for a, b in zip(x, y)) - sum(x) * sum(y)

def reach(_, y):
    return max(abs(sum(sgn(y[i] - b) for i in range(k) for b in y)) for k in range(1, len(y) + 1))

def walked(stat, x, y):
    found = abs(stat(x, y))
    orders = [abs(stat(x, p)) >= found for p in permutations(y)]
    return F(sum(orders), len(orders))

@lru_cache(None)
def pascal(n, k):
    if k in (0, n):
        return [1]
    a, b = pascal(n - 1, k - 1), [0] * k + pascal(n - 1, k)
    size = max(len(a), len(b))
    return [(a[i] if i < len(a) else 0) + (b[i] if i < len(b) else 0) for i in range(size)]

def inversions(s, sizes):
    counts, placed = [1], 0
    for size in sizes:
        placed += size
        other = pascal(placed, size)
        longer = [0] * (len(counts) + len(other) - 1)
        for i, a in enumerate(counts):
            for j, b in enumerate(other):
                longer[i + j] += a * b
        counts = longer
    top = len(counts) - 1
    return F(sum(c for i, c in enumerate(counts) if abs(top - 2 * i) >= abs(s)), sum(counts))

def sets(y):
    """Pettitt's K by a walk over multisets of values that have been met."""
    k, sizes, levels = reach(None, y), groups(y), sorted(set(y))
    step = [sum(sgn(a - b) for b in y) for a in levels]
    states = {tuple([0] * len(levels)): (0, 1)}
    for _ in y:
        later = {}
        for met, (u, ways) in states.items():
            for i in range(len(levels)):
                if met[i] < sizes[i] and abs(u + step[i]) < k:
                    now = met[:i] + (met[i] + 1,) + met[i + 1:]
                    later[now] = (u + step[i], later.get(now, (0, 0))[1] + ways)
        states = later
    below = sum(ways for _, ways in states.values())
    everything = factorial(len(y))
    for size in sizes:
        everything //= factorial(size)
    return F(everything - below, everything)

def kendall(x, y):
    n, gx, gy = len(x), groups(x), groups(y)
    if n >= 50:
        return {"reason": "n_too_large"}
    if max(gx) == 1 or max(gy) == 1:
        return inversions(score(x, y), gy if max(gx) == 1 else gx)
    if n > 12:
        return {"reason": "ties"}
    return walked(score, x, y) if n < 8 else grouped(score(x, y), gx, gy)

def grouped(s, gx, gy):
    """S by a walk over what is left of the groups of y, for each group of x."""
    states = {(tuple(gy), 0): 1}
    for size in gx:
        later = {}
        for (left, sum_), ways in states.items():
            for taken in product(*[range(min(a, size) + 1) for a in left]):
                if sum(taken) != size:
                    continue
                rest = tuple(a - b for a, b in zip(left, taken))
                more = sum(t * (sum(rest[i + 1:]) - sum(rest[:i])) for i, t in enumerate(taken))
                times = ways
                for a, b in zip(left, taken):
                    times *= comb(a, b)
                later[rest, sum_ + more] = later.get((rest, sum_ + more), 0) + times
        states = later
    return F(sum(w for (_, t), w in states.items() if abs(t) >= abs(s)), sum(states.values()))

def products(x, y):
    """Spearman's sum of products by a walk over what is left of the groups of y."""
    values, sizes, x = sorted(set(mid(y))), groups(y), mid(x)
    states = {(tuple(sizes), 0): 1}
    for a in x:
        later = {}
        for (left, sum_), ways in states.items():
            for i in range(len(left)):
                if left[i]:
                    now = left[:i] + (left[i] - 1,) + left[i + 1:], sum_ + a * values[i]
                    later[now] = later.get(now, 0) + ways * left[i]
        states = later
    off = lambda t: abs(len(x) * t - sum(x) * sum(mid(y)))
    found = off(sum(a * b for a, b in zip(x, mid(y))))
    return F(sum(w for (_, t), w in states.items() if off(t) >= found), sum(states.values()))

def spearman(x, y):
    n, a, b = len(x), mid(x), mid(y)
    if n < 10:
        return walked(rho, x, y) if n < 7 else products(x, y)
    if a != b and any(p + q != 2 * (n + 1) for p, q in zip(a, b)):
        return {"reason": "n_too_large"}
    sizes, top = groups(x), 1
    for size in sizes:
        top *= factorial(size)
    return F(top * (2 if sizes == sizes[::-1] else 1), factorial(n))

def number(v):
    return F(str(v))

def text(p):
    return p if isinstance(p, dict) else f"{p.numerator}/{p.denominator}" if p.denominator > 1 else str(p.numerator)

def said(p):
    """As the product prints: a fraction that ends, as a decimal."""
    if isinstance(p, dict):
        return p
    d, twos, fives = p.denominator, 0, 0
    while d % 2 == 0:
        d, twos = d // 2, twos + 1
    while d % 5 == 0:
        d, fives = d // 5, fives + 1
    return float(p) if d == 1 and p.denominator > 1 else text(p)

for method in ("mann_kendall", "pettitt", "correlation"):
    path = f"tests/material/methods/{method}.json"
    lines = open(path, encoding="utf-8").read().split("\n")
    for at, line in enumerate(lines):
        if not line.startswith('{"id"'):
            continue
        case = json.loads(line.rstrip(","))
        numbers = {k: v for k, v in case["numbers"].items()}
        if method == "correlation":
            pairs = [(number(a), number(b)) for a, b in zip(numbers["x"], numbers["y"]) if a is not None and b is not None]
            x, y = [p[0] for p in pairs], [p[1] for p in pairs]
            if len(x) < 3 or len(set(x)) == 1 or len(set(y)) == 1:
                continue
            exact = {"kendall_p": kendall(x, y), "spearman_p": spearman(x, y)}
        else:
            y = numbers["value"]
            if None in y or len(y) < 4:
                continue
            y = [number(v) for v in y]
            if len(set(y)) == 1:
                if method == "mann_kendall":
                    case["expect"] = [[n, a, {"reason": "zero_variance"}] if n == "mann_kendall_p_exact" else [n, a, v] for n, a, v in case["expect"]]
                    lines[at] = json.dumps(case, ensure_ascii=False) + ("," if line.endswith(",") else "")
                continue
            if method == "mann_kendall":
                exact = {"mann_kendall_p": kendall(list(range(len(y))), y)}
            else:
                exact = {"pettitt_p": sets(y) if len(y) <= 13 else {"reason": "n_too_large"}}
        straight = method == "correlation" and (mid(x) == mid(y) or all(a + b == 2 * (len(x) + 1) for a, b in zip(mid(x), mid(y))))
        expect = []
        for name, where, value in case["expect"]:
            of = name.removesuffix("_exact")
            if name == "spearman_p_t" and straight:
                value = {"reason": "undefined"}
            elif of in exact:
                p = exact[of]
                counted = not isinstance(p, dict)
                near = counted and isinstance(value, (int, float)) and value and abs(float(p) / value - 1) < max(1e-9, case.get('tolerance', 0))
                if near or (counted and isinstance(value, str) and F(value) == p):
                    pass
                elif name != of:
                    value = p if not counted else said(p)
                elif counted and isinstance(value, (int, float, str)):
                    package = not case["from"].startswith(("exact", "all", "by hand"))
                    if package:
                        name = {"kendall_p": "kendall_p_normal", "spearman_p": "spearman_p_t"}.get(name, name)
                    else:
                        value = said(p)
            expect.append([name, where, value])
        if expect != case["expect"]:
            seen, kept = set(), []
            for e in expect:
                if (e[0], e[1]) not in seen:
                    seen.add((e[0], e[1]))
                    kept.append(e)
            case["expect"] = kept
            lines[at] = json.dumps(case, ensure_ascii=False) + ("," if line.endswith(",") else "")
    open(path, "w", encoding="utf-8").write("\n".join(lines))
