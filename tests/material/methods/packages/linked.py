"""Computes the cases of the index over breaks otherwise than the program does: the pieces of the series are laid upon one
another from the newest backwards, in exact fractions, and the index is read off the levels.

Usage: python3 tests/material/methods/packages/linked.py   (from the root; nothing beyond Python)"""
import json
from fractions import Fraction as F

SOURCE = "exact fractions (Python), pieces laid upon one another from the newest backwards"

def levels(y, breaks, old, bridge):
    """Levels as the newest piece counts them; None where nothing can be said."""
    n, out = len(y), [None] * len(y)
    out[n - 1] = y[n - 1]
    for t in range(n - 2, -1, -1):
        step = over(y, breaks, old, bridge, t + 1)
        out[t] = None if out[t + 1] is None or step in (None, 0) else out[t + 1] / step
    return out

def over(y, breaks, old, bridge, t):
    if old and old[t] is not None: return old[t] / y[t - 1]
    if t not in breaks: return y[t] / y[t - 1]
    if bridge == "flat": return F(1)
    near = [s for s in (t - 1, t + 1) if 0 < s < len(y) and (s not in breaks or old and old[s] is not None)]
    return sum(over(y, breaks, old, bridge, s) for s in near) / len(near) if near else None

def text(x):
    d = x.denominator
    while d % 2 == 0: d //= 2
    while d % 5 == 0: d //= 5
    if d > 1: return f"{x.numerator}/{x.denominator}"
    if x.denominator == 1: return str(x.numerator)
    places = next(k for k in range(1, 60) if (x * 10**k).denominator == 1)
    digits = str(abs(int(x * 10**places))).rjust(places + 1, "0")
    return ("-" if x < 0 else "") + digits[:-places] + "." + digits[-places:]

def case(id, y, years, breaks=(), old=None, bridge="flat"):
    y = [F(v) for v in y]
    old = old and [None if v is None else F(v) for v in old]
    linked = levels(y, {years.index(b) for b in breaks if b in years}, old, bridge)
    expect = []
    for t, level in enumerate(linked):
        expect.append(["linked_index", str(t + 1), text(100 * level / linked[0])])
        expect.append(["linked_level", str(t + 1), text(level)])
    numbers = {"value": [text(v) for v in y]}
    if old: numbers["before_break"] = [None if v is None else text(v) for v in old]
    made = {"id": id, "from": SOURCE, "numbers": numbers, "periods": years}
    given = {"breaks": ",".join(breaks)} if breaks else {}
    if bridge != "flat": given["bridge"] = bridge
    if given: made["set"] = given
    return made | {"expect": expect}

URBAN = [8397566, 8413387, 8429288, 8457152, 8518242, 8614651, 8696520, 8833249, 8265935, 8662432]
YEARS = [str(year) for year in range(2001, 2011)]
CASES = [
    case("no break: the base index", URBAN, YEARS),
    case("one recount, left out", URBAN, YEARS, ["2009"]),
    case("two recounts", URBAN, YEARS, ["2004", "2009"]),
    case("one recount, the mean of its neighbours", URBAN, YEARS, ["2009"], bridge="mean"),
    case("two recounts side by side: each looks away from the other", URBAN, YEARS, ["2008", "2009"], bridge="mean"),
    case("a recount at the end has one neighbour", URBAN, YEARS, ["2010"], bridge="mean"),
    case("a recount counted both ways", URBAN, YEARS, ["2009"], [None] * 8 + [8900000, None]),
    case("counted both ways where no break is named", URBAN, YEARS, [], [None] * 8 + [8900000, None]),
    case("a break before the first year and one outside", URBAN, YEARS, ["1999", "2001", "2030"]),
    case("months", [10, 11, 12, 30, 33], ["2020-11", "2020-12", "2021-01", "2021-02", "2021-03"], ["2021-02"]),
]
def by_hand(id, numbers, expect, **more): return {"id": id, "from": "by hand", "numbers": numbers, **more, "expect": expect}
missing, zero = {"reason": "missing"}, {"reason": "zero_base"}
CASES += [
    by_hand("a gap ends the chain", {"value": [100, 110, 121]}, [["linked_index", "2", "110"], ["linked_index", "3", missing], ["linked_level", "1", missing]], periods=["2001", "2002", "2004"]),
    by_hand("a level of zero is no base", {"value": [0, 5]}, [["linked_index", "1", zero], ["linked_index", "2", zero]], periods=["2001", "2002"]),
    by_hand("no neighbour to take a mean of", {"value": [10, 30]}, [["linked_index", "2", {"reason": "n_too_small"}]], periods=["2001", "2002"], set={"breaks": "2002", "bridge": "mean"}),
    by_hand("one period", {"value": [7]}, [["linked_index", "1", "100"], ["linked_level", "1", "7"]], periods=["2001"]),
]
with open("tests/material/methods/linked_index.json", "w", encoding="utf-8") as file:
    file.write('{"method": "linked_index", "cases": [\n' + ",\n".join(json.dumps(case, ensure_ascii=False) for case in CASES) + "\n]}\n")
