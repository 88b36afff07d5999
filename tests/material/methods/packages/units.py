"""Computes the cases of methods over units, flows and ages by named packages, or in exact fractions.

Usage: python3 tests/material/methods/packages/units.py   (from the root; numpy, scipy, statsmodels, scikit-learn, libpysal,
esda, ipfn; R with spdep, sandwich, epitools)"""
import math
import warnings
from fractions import Fraction as F
from itertools import combinations, permutations, product

import numpy as np
from scipy import stats
from sklearn.cluster import KMeans
import statsmodels.api as sm

from common import *

warnings.simplefilter("ignore")
SCIPY, STATS = package("scipy"), package("statsmodels")
said = lambda f: str(f.numerator) if f.denominator == 1 else None
RNG = np.random.Generator(np.random.PCG64(11))

def mid(v): return [2 * sum(b < a for b in v) + sum(b == a for b in v) + 1 for a in v]

def number(fraction): return float(fraction)

def rank_tests():
    two, several = [], []
    sets = {
        "small": ([1.5, 2.5, 8, 3, 9, 12], "abbaab"), "ties": ([3, 3, 5, 7, 7, 7, 2, 9], "aabbabab"),
        "net": (NATION, "aaaaabbbbb"), "Nile": (NILE[:45], "a" * 28 + "b" * 17), "long": (NILE, "a" * 28 + "b" * 72),
    }
    for name, (y, labels) in sets.items():
        a, b = ([v for v, l in zip(y, labels) if l == key] for key in "ab")
        u = stats.mannwhitneyu(a, b, use_continuity=True, method="asymptotic")
        expect = [("mann_whitney_u", "", u.statistic), ("mann_whitney_p_normal", "", u.pvalue), ("mann_whitney_first", "", "a"), ("mann_whitney_n1", "", len(a)), ("mann_whitney_n2", "", len(b)), ("mann_whitney_effect", "", 2 * u.statistic / len(a) / len(b) - 1)]
        source = f"{SCIPY} (mannwhitneyu)"
        if len(y) <= 10:
            r, n1 = mid(y), len(a)
            own = sum(x for x, l in zip(r, labels) if l == "a") * len(y) - sum(r) * n1
            all_ = [abs(sum(c) * len(y) - sum(r) * n1) >= abs(own) for c in combinations(r, n1)]
            expect += [("mann_whitney_p_exact", "", number(F(sum(all_), len(all_)))), ("mann_whitney_p", "", number(F(sum(all_), len(all_))))]
            source += "; all choices one by one"
        elif len(set(y)) == len(y):
            e = stats.mannwhitneyu(a, b, method="exact").pvalue
            expect += [("mann_whitney_p_exact", "", e)]
        else:
            expect += [("mann_whitney_p_exact", "", {"reason": "n_too_large"})] if len(y) > 50 else []
        two.append(case(name, source, {"value": y}, expect, labels={"group": list(labels)}))
    # Without equal values the package counts exactly too.
    y = [F(k * 37 % 101) for k in range(1, 31)]
    labels = "ab" * 10 + "a" * 10
    a, b = ([float(v) for v, l in zip(y, labels) if l == key] for key in "ab")
    two.append(case("exact", f"{SCIPY} (mannwhitneyu, exact)", {"value": [float(v) for v in y]}, [("mann_whitney_p_exact", "", stats.mannwhitneyu(a, b, method="exact").pvalue)], labels={"group": list(labels)}))
    write("mann_whitney", two)
    sets = {"small": ([2.9, 3.0, 2.5, 2.6, 3.2, 3.8, 2.7, 4.0, 2.4, 2.8], "aaabbbcccc"), "ties": ([1, 1, 2, 3, 3, 3, 5, 4], "abcabcab"), "long": (HURON, ("a" * 30 + "b" * 33 + "c" * 35))}
    for name, (y, labels) in sets.items():
        groups = [[v for v, l in zip(y, labels) if l == key] for key in "abc"]
        k = stats.kruskal(*groups)
        r = mid(y)
        expect = [("kruskal_wallis_h", "", k.statistic), ("kruskal_wallis_p_chi_squared", "", k.pvalue), ("kruskal_wallis_epsilon", "", k.statistic / (len(y) - 1))]
        for key, group in zip("abc", groups):
            expect += [("kruskal_wallis_n", key, len(group)), ("kruskal_wallis_mean_rank", key, sum(x for x, l in zip(r, labels) if l == key) / 2 / len(group))]
        source = f"{SCIPY} (kruskal)"
        if len(y) <= 10:
            sizes = [len(g) for g in groups]
            weigh = lambda of: sum(F(sum(g)) ** 2 / len(g) for g in of)
            own = weigh([[x for x, l in zip(r, labels) if l == key] for key in "abc"])
            far = all_ = 0
            places = set(range(len(y)))
            for one in combinations(sorted(places), sizes[0]):
                for other in combinations(sorted(places - set(one)), sizes[1]):
                    rest = places - set(one) - set(other)
                    all_ += 1
                    far += weigh([[r[i] for i in s] for s in (one, other, rest)]) >= own
            expect += [("kruskal_wallis_p_exact", "", number(F(far, all_))), ("kruskal_wallis_p", "", number(F(far, all_)))]
            source += "; all ways one by one"
        else:
            expect.append(("kruskal_wallis_p", "", k.pvalue))
        several.append(case(name, source, {"value": y}, expect, labels={"group": list(labels)}, tolerance=1e-10))
    write("kruskal_wallis", several)

def tables():
    cases = []
    for name, table in {"2x2": [[8, 2], [1, 5]], "large 2x2": [[120, 80], [90, 110]], "3x4": [[10, 20, 30, 5], [6, 9, 12, 21], [16, 4, 8, 7]]}.items():
        t = np.array(table)
        c = stats.chi2_contingency(t, correction=False)
        expect = [("chi_squared_statistic", "", c.statistic), ("chi_squared_p", "", c.pvalue), ("chi_squared_freedom", "", c.dof), ("chi_squared_least_expected", "", c.expected_freq.min()), ("cramer_v", "", stats.contingency.association(t, "cramer"))]
        expect += [("chi_squared_contribution", i + 1, v) for i, v in enumerate(((t - c.expected_freq) ** 2 / c.expected_freq).sum(axis=1))]
        if t.shape == (2, 2): expect.append(("fisher_exact_p", "", stats.fisher_exact(t).pvalue))
        cases.append(case(name, f"{SCIPY} (chi2_contingency, fisher_exact)", {"count": [[int(v) for v in column] for column in t.T]}, expect, tolerance=1e-10))
    o, e = [18, 22, 30, 30], [1, 1, 2, 2]
    c = stats.chisquare(o, np.array(e) / 6 * 100)
    cases.append(case("fit", f"{SCIPY} (chisquare)", {"count": [o], "expected": e}, [("chi_squared_statistic", "", c.statistic), ("chi_squared_p", "", c.pvalue), ("chi_squared_freedom", "", 3)]))
    cases.append(case("parts of persons", "by definition", {"count": [[1.5, 2], [3, 4]]}, [("chi_squared_p", "", {"reason": "undefined"})]))
    write("chi_squared", cases)

def concordance():
    cases = []
    sets = {"three": [[1, 2, 3, 4], [2, 1, 3, 4], [1, 3, 2, 4]], "ties": [[1, 2, 2, 4], [3, 3, 5, 6], [1, 1, 1, 2], [4, 3, 2, 1]], "long": [[5, 3, 8, 1, 9, 2, 7], [6, 2, 9, 3, 8, 1, 7], [4, 4, 7, 2, 9, 3, 6]], "agreed": [[1, 2, 3], [4, 5, 9], [1, 5, 8]]}
    for name, columns in sets.items():
        m, n = len(columns), len(columns[0])
        friedman = stats.friedmanchisquare(*zip(*columns)) if n > 2 else None
        ranks = [mid(c) for c in columns]
        expect = [("concordance_chi_squared", "", friedman.statistic), ("concordance_p_chi_squared", "", friedman.pvalue), ("concordance_w", "", friedman.statistic / m / (n - 1)), ("concordance_raters", "", m)]
        expect += [("concordance_mean_rank", i + 1, sum(r[i] for r in ranks) / 2 / m) for i in range(n)]
        source = f"{SCIPY} (friedmanchisquare)"
        if n <= 4:
            weigh = lambda rows: sum(sum(r[i] for r in rows) ** 2 for i in range(n))
            own, far, all_ = weigh(ranks), 0, 0
            for rows in product(*[list(permutations(r)) for r in ranks[1:]]):
                all_ += 1
                far += weigh([ranks[0], *rows]) >= own
            expect += [("concordance_p_exact", "", number(F(far, all_))), ("concordance_p", "", number(F(far, all_)))]
            source += "; all orders one by one"
        cases.append(case(name, source, {"rating": columns}, expect, tolerance=1e-11))
    write("concordance", cases)

def regression():
    cases = []
    longley = sm.datasets.longley.load_pandas()
    stack = sm.datasets.stackloss.load_pandas()
    for name, data in {"longley": longley, "stackloss": stack}.items():
        y, x = data.endog.values, data.exog.values
        fit = sm.OLS(y, sm.add_constant(x)).fit()
        inf = fit.get_influence().hat_matrix_diag
        terms = ["constant"] + [str(k + 1) for k in range(x.shape[1])]
        ci = fit.conf_int()
        n, q = len(y), x.shape[1] + 1
        expect = [("regression_n", "", n), ("regression_r_squared", "", fit.rsquared), ("regression_adjusted_r_squared", "", fit.rsquared_adj), ("regression_f", "", fit.fvalue), ("regression_f_p", "", fit.f_pvalue), ("regression_residual_error", "", math.sqrt(fit.scale)), ("regression_aic", "", fit.aic + 2), ("regression_bic", "", fit.bic + math.log(n))]
        robust = {h: fit.get_robustcov_results(h, use_t=True) for h in ("HC0", "HC1", "HC2", "HC3")}
        from statsmodels.stats.outliers_influence import variance_inflation_factor as vif
        for k, term in enumerate(terms):
            expect += [("regression_coefficient", term, fit.params[k]), ("regression_standard_error", term, fit.bse[k]), ("regression_t", term, fit.tvalues[k]), ("regression_p", term, fit.pvalues[k]), ("regression_low", term, ci[k][0]), ("regression_high", term, ci[k][1]), ("regression_p_hc3", term, robust["HC3"].pvalues[k])]
            expect += [(f"regression_error_{h.lower()}", term, r.bse[k]) for h, r in robust.items()]
            if k: expect.append(("regression_vif", term, vif(sm.add_constant(x), k)))
        expect += [("regression_fitted", i + 1, v) for i, v in enumerate(fit.fittedvalues)] + [("regression_residual", i + 1, v) for i, v in enumerate(fit.resid)] + [("regression_leverage", i + 1, v) for i, v in enumerate(inf)]
        # Longley's matrix costs doubles eight digits; NIST's certified coefficients stand beside.
        cases.append(case(name, f"{STATS} (OLS, HC0–HC3; AIC and BIC with the variance counted)", {"y": list(y), "x": [list(c) for c in x.T]}, expect, tolerance=2e-6 if name == "longley" else 1e-9))
    certified = [-3482258.63459582, 15.0618722713733, -0.358191792925910e-01, -2.02022980381683, -1.03322686717359, -0.511041056535807e-01, 1829.15146461355]
    errors = [890420.383607373, 84.9149257747669, 0.334910077722432e-01, 0.488399681651699, 0.214274163161675, 0.226073200069370, 455.478499142212]
    terms = ["constant"] + [str(k + 1) for k in range(6)]
    cases.append(case("longley certified", "NIST StRD, certified values", {"y": list(longley.endog.values), "x": [list(c) for c in longley.exog.values.T]}, [("regression_coefficient", t, v) for t, v in zip(terms, certified)] + [("regression_standard_error", t, v) for t, v in zip(terms, errors)], tolerance=1e-13))
    write("regression", cases)

def k_means():
    cases = []
    features = [[1.0, 1.2, 0.8, 5.0, 5.3, 4.9, 9.0, 9.4, 8.8, 9.1], [10, 11, 9.5, 3, 2, 3.5, 20, 21, 19, 22]]
    x = np.array(features).T
    for scale in ("none", "population"):
        for k in (2, 3, 4):
            z = (x - x.mean(axis=0)) / (x.std(axis=0) if scale == "population" else 1)
            fit = KMeans(n_clusters=k, n_init=200, random_state=0).fit(z)
            order = sorted(range(k), key=lambda c: tuple(fit.cluster_centers_[c]))
            place = {c: at + 1 for at, c in enumerate(order)}
            expect = [("k_means_within", "", fit.inertia_), ("k_means_explained", "", 1 - fit.inertia_ / (z * z).sum())]
            expect += [("k_means_class", i + 1, place[c]) for i, c in enumerate(fit.labels_)]
            expect += [("k_means_size", at, int(sum(place[c] == at for c in fit.labels_))) for at in range(1, k + 1)]
            if k == 3: expect += [("k_means_reached", "", 1)] if False else []
            cases.append(case(f"{scale}/{k}", f"{package('scikit-learn')} (KMeans, 200 starts)", {"feature": features}, expect, {"classes": str(k), "scale": scale}, tolerance=1e-9))
    write("k_means", cases)

REGIONS = {"A": "B,C", "B": "A,C,D", "C": "A,B,D,E", "D": "B,C,E,F", "E": "C,D,F,G", "F": "D,E,G,H", "G": "E,F,H", "H": "F,G"}
VALUES = [3.1, 4.2, 2.8, 7.5, 8.1, 9.9, 12.0, 6.4]

def moran():
    cases, local = [], []
    grid, names = {}, {}
    side = 5
    for i in range(side):
        for j in range(side):
            near = [(i + a, j + b) for a, b in ((0, 1), (1, 0), (0, -1), (-1, 0)) if 0 <= i + a < side and 0 <= j + b < side]
            grid[f"{i}{j}"] = ",".join(f"{a}{b}" for a, b in near)
    field = [round(float(v), 3) for v in np.add.outer(np.arange(side), np.arange(side)).ravel() + RNG.standard_normal(side * side)]
    for name, (regions, values) in {"eight": (REGIONS, VALUES), "grid": (grid, field)}.items():
        labels = list(regions)
        n = len(labels)
        w = np.array([[1.0 * (b in regions[a].split(",")) for b in labels] for a in labels])
        card = ",".join(str(int(v)) for v in w.ravel())
        for weights, style in (("row", "W"), ("pair", "B")):
            i, e, v, z = r(f"m<-matrix(c({card}),{n},byrow=TRUE);l<-mat2listw(m,style='{style}');t<-moran.test({vector(values)},l,randomisation=TRUE,alternative='two.sided');for(x in t$estimate)say(x);say(t$statistic)", ["spdep"])
            expect = [("moran_i", "", i[0]), ("moran_expected", "", e[0]), ("moran_variance", "", v[0]), ("moran_z", "", z[0]), ("moran_p_normal", "", 2 * stats.norm.sf(abs(z[0]))), ("moran_pairs", "", int(w.sum() / 2)), ("moran_one_sided", "", 0), ("moran_without_neighbours", "", 0)]
            source = f"R 4.2.2, spdep {r_version('spdep')} (moran.test, randomisation)"
            x = np.array(values) - np.mean(values)
            ww = w / w.sum(axis=1, keepdims=True) if weights == "row" else w
            stat = lambda x: n / ww.sum() * (x @ ww @ x) / (x @ x)
            if n <= 8:
                ex = -1 / (n - 1)
                far = [abs(stat(np.array(p)) - ex) >= abs(stat(x) - ex) * (1 - 1e-10) - 1e-14 for p in permutations(x)]
                expect += [("moran_p_exact", "", number(F(sum(far), len(far)))), ("moran_p", "", number(F(sum(far), len(far))))]
                source += "; all orders one by one (numpy)"
            cases.append(case(f"{weights}/{name}", source, {"value": values}, expect, {"weights": weights}, labels={"unit": labels, "neighbours": [regions[a] for a in labels]}, tolerance=1e-10))
            if n > 8:
                rng = np.random.Generator(np.random.MT19937(3)); ex = -1 / (n - 1); own = abs(stat(x) - ex); hits = 0
                draws = 40000
                for _ in range(draws): hits += abs(stat(rng.permutation(x)) - ex) >= own
                cases.append(case(f"drawn {weights}/{name}", f"{package('numpy')}: 40 000 orders of another generator (MT19937)", {"value": values}, [("moran_p", "", (hits + 1) / (draws + 1))], {"weights": weights, "draws": "99999"}, labels={"unit": labels, "neighbours": [regions[a] for a in labels]}, tolerance=1.5 if hits < 20 else 0.25))
        out = r(f"m<-matrix(c({card}),{n},byrow=TRUE);l<-mat2listw(m,style='W');say(localmoran({vector(values)},l)[,1]);say(lag.listw(l,{vector(values)}))", ["spdep"])
        x = np.array(values) - np.mean(values)
        expect = []
        for k, (i, lag) in enumerate(zip(*out)):
            around = [labels.index(a) for a in regions[labels[k]].split(",")]
            others = [x[j] for j in range(n) if j != k]
            ex = -x[k] * len(around) / (n - 1)
            own = abs(sum(x[j] for j in around) - ex)
            far = [abs(sum(c) - ex) >= own - 1e-9 for c in combinations(others, len(around))]
            expect += [("local_moran_i", k + 1, i), ("local_moran_lag", k + 1, lag), ("local_moran_p_exact", k + 1, number(F(sum(far), len(far)))), ("local_moran_p", k + 1, number(F(sum(far), len(far)))), ("local_moran_case", k + 1, ("high" if x[k] >= 0 else "low") + "-" + ("high" if lag >= np.mean(values) else "low")), ("local_moran_neighbours", k + 1, len(around))]
        local.append(case(name, f"R 4.2.2, spdep {r_version('spdep')} (localmoran); all choices of neighbours one by one (numpy)", {"value": values}, expect, labels={"unit": labels, "neighbours": [regions[a] for a in labels]}, tolerance=1e-10))
    cases.append(case("one side", "by definition", {"value": [1, 2, 4, 7]}, [("moran_one_sided", "", 1), ("moran_pairs", "", 1), ("moran_without_neighbours", "", 2)], labels={"unit": ["A", "B", "C", "D"], "neighbours": ["B; C", "A", "", ""]}))
    write("moran", cases); write("local_moran", local)

def rates():
    direct, indirect = [], []
    d, p, s = [3, 8, 40, 120, 6], [12000, 9000, 7500, 4000, 150], [100, 90, 60, 30, 20]
    for name, (d, p, s) in {"five": (d, p, s), "few": ([0, 1, 2, 0], [500, 800, 300, 90], [3, 4, 2, 1])}.items():
        crude, adj, low, high = r(f"a<-ageadjust.direct({vector(d)},{vector(p)},stdpop={vector(s)});for(x in a)say(x*1000)", ["epitools"])
        w = [F(x, sum(s)) for x in s]
        v = sum(w_ ** 2 * F(x, n) / n for w_, x, n in zip(w, d, p))
        expect = [("direct_crude_rate", "", crude[0]), ("direct_rate", "", adj[0]), ("direct_rate_low", "", low[0]), ("direct_rate_high", "", high[0]), ("direct_rate_standard_error", "", 1000 * math.sqrt(v))]
        expect += [("direct_contribution", i + 1, float(1000 * w_ * F(x, n))) for i, (w_, x, n) in enumerate(zip(w, d, p))]
        direct.append(case(name, f"R 4.2.2, epitools {r_version('epitools')} (ageadjust.direct); exact fractions", {"events": d, "population": p, "standard": s}, expect, tolerance=1e-9))
        rates_ = [0.0005, 0.001, 0.004, 0.02, 0.05][: len(d)]
        E = sum(F(str(m)) * n for m, n in zip(rates_, p)); D = sum(d)
        low = stats.chi2.ppf(0.025, 2 * D) / 2 / float(E); high = stats.chi2.isf(0.025, 2 * D + 2) / 2 / float(E)
        std = sum(F(str(m)) * n for m, n in zip(rates_, s)) / sum(s)
        expect = [("expected_events", "", float(E)), ("smr", "", float(D / E)), ("smr_low", "", low), ("smr_high", "", high), ("indirect_rate", "", float(1000 * D / E * std))]
        expect += [("expected_contribution", i + 1, float(F(str(m)) * n)) for i, (m, n) in enumerate(zip(rates_, p))]
        indirect.append(case(name, f"exact fractions; {SCIPY} (chi2, limits after Garwood)", {"events": d, "population": p, "standard_rate": rates_, "standard_population": s}, expect, tolerance=1e-9))
    write("direct_standardisation", direct); write("indirect_standardisation", indirect)

def shapley():
    cases = []
    for name, (base, current) in {"three": ([[2, 5, -3], [10, 4, 6], [7, 8, 9]], [[3, -1, 2], [12, 5, 4], [7, 6, 11]]), "four": ([[1, 2], [3, 4], [5, 6], [7, 8]], [[2, 1], [4, 4], [-6, 5], [9, 7]])}.items():
        m, rows = len(base), len(base[0])
        total = lambda on: sum(math.prod((current if f in on else base)[f][i] for f in range(m)) for i in range(rows))
        orders = list(permutations(range(m)))
        share = [sum(F(total(set(o[: o.index(f) + 1])) - total(set(o[: o.index(f)]))) for o in orders) / len(orders) for f in range(m)]
        expect = [("shapley_total_change", "", total(set(range(m))) - total(set()))] + [("shapley_contribution", f + 1, float(v)) for f, v in enumerate(share)]
        expect += [("shapley_row_change", i + 1, math.prod(c[i] for c in current) - math.prod(b[i] for b in base)) for i in range(rows)]
        cases.append(case(name, "exact fractions: the mean over all orders one by one", {"factor0": base, "factor1": current}, expect))
    write("shapley", cases)

def flows():
    from ipfn import ipfn as ipf
    places = ["A", "B", "C", "D", "E"]
    people = {"A": 1200, "B": 800, "C": 450, "D": 300, "E": 2100}
    rows, x = [], []
    for a in places:
        for b in places:
            if a != b:
                dist = 50 + 37 * abs(places.index(a) - places.index(b)) + 11 * (places.index(a) + places.index(b))
                flow = round(0.002 * people[a] ** 0.9 * people[b] ** 0.7 / dist ** 0.8 * 50 * (0.6 + 0.8 * RNG.random()))
                rows.append((a, b, flow, dist))
    y = np.array([r_[2] for r_ in rows]); x = np.array([[1, math.log(people[a]), math.log(people[b]), math.log(d)] for a, b, _, d in rows])
    fit = sm.GLM(y, x, family=sm.families.Poisson()).fit(tol=1e-14, maxiter=200, tol_criterion="params")
    hc = sm.GLM(y, x, family=sm.families.Poisson()).fit(tol=1e-14, maxiter=200, tol_criterion="params", cov_type="HC0")
    terms = ["constant", "origin", "destination", "distance"]
    expect = [("gravity_deviance", "", fit.deviance), ("gravity_r_squared", "", float(np.corrcoef(y, fit.mu)[0, 1] ** 2))]
    for k, t in enumerate(terms): expect += [("gravity_coefficient", t, fit.params[k]), ("gravity_standard_error", t, hc.bse[k]), ("gravity_p", t, hc.pvalues[k])]
    expect += [("gravity_fitted", i + 1, v) for i, v in enumerate(fit.mu)]
    numbers = {"flow": [int(v) for v in y], "population": [people[r_[0]] for r_ in rows], "distance": [r_[3] for r_ in rows]}
    labels = {"origin": [r_[0] for r_ in rows], "destination": [r_[1] for r_ in rows]}
    write("gravity", [case("five places", f"{STATS} (GLM, Poisson, HC0)", numbers, expect, labels=labels, tolerance=1e-9),
                      case("a step that converged", "by definition", numbers, [("gravity_last_step", "", 0)], labels=labels, tolerance=1e-10)])
    seed = np.array([[40.0, 30, 20, 10], [35, 50, 100, 75], [30, 80, 70, 120], [20, 30, 40, 50]])
    o, d = [150, 300, 400, 150], [200, 300, 400, 100]
    done = ipf.ipfn(seed.copy(), [np.array(o, float), np.array(d, float)], [[0], [1]], convergence_rate=1e-15, rate_tolerance=0, max_iteration=5000).iteration()
    names = ["A", "B", "C", "D"]
    numbers = {"flow": [float(v) for v in seed.ravel()], "origin_total": [o[i] for i in range(4) for j in range(4)], "destination_total": [d[j] for i in range(4) for j in range(4)]}
    labels = {"origin": [names[i] for i in range(4) for j in range(4)], "destination": [names[j] for i in range(4) for j in range(4)]}
    expect = [("fitted_flow", k + 1, v) for k, v in enumerate(done.ravel())] + [("fitting_margins", "", 0)]
    wrong = dict(numbers, destination_total=[d[j] + (j == 0) for i in range(4) for j in range(4)])
    write("proportional_fitting", [case("four places", package("ipfn"), numbers, expect, labels=labels, tolerance=1e-9), case("margins apart", "by definition", wrong, [("fitting_margins", "", -1), ("fitted_flow", 1, {"reason": "undefined"}), ("fitting_steps", "", 0), ("fitting_error", "", {"reason": "undefined"})], labels=labels)])

def ages():
    # Preston, Heuveline and Guillot (2001), Box 3.1: males, Austria 1992.
    age = [0, 1] + list(range(5, 90, 5))
    pop = [47925, 189127, 234793, 238790, 254996, 326831, 355086, 324222, 269963, 261971, 238011, 261612, 181385, 187962, 153832, 105169, 73694, 57512, 32248]
    dead = [419, 70, 36, 46, 249, 420, 403, 441, 508, 769, 1154, 1866, 2043, 3496, 4366, 4337, 5279, 6460, 6146]
    cases = []
    for sex in ("male", "female", "both"):
        m = [F(d, p) for d, p in zip(dead, pop)]
        a0 = {"male": F("0.045") + F("2.684") * m[0], "female": F("0.053") + F("2.8") * m[0]}
        a1 = {"male": F("1.651") - F("2.816") * m[0], "female": F("1.522") - F("1.518") * m[0]}
        for t in (a0, a1): t["both"] = (t["male"] + t["female"]) / 2
        n = [b - a for a, b in zip(age, age[1:])]
        a = [a0[sex], a1[sex]] + [F(5, 2)] * 16 + [1 / m[-1]]
        q = [k * r_ / (1 + (k - x) * r_) for k, r_, x in zip(n, m, a)] + [F(1)]
        l = [F(100000)]
        for x in q[:-1]: l.append(l[-1] * (1 - x))
        d = [x * y for x, y in zip(l, q)]
        L = [n[i] * l[i + 1] + a[i] * d[i] for i in range(18)] + [l[-1] / m[-1]]
        T = [sum(L[i:]) for i in range(19)]
        e = [t / x for t, x in zip(T, l)]
        v = sum((l[i] * (n[i] - a[i] + e[i + 1])) ** 2 * q[i] ** 2 * (1 - q[i]) / dead[i] for i in range(18)) / l[0] ** 2
        expect = [("life_expectancy_at_first_age", "", float(e[0])), ("life_expectancy_standard_error", "", math.sqrt(v))]
        for i in range(19):
            for name, column in (("death_rate", m), ("years_lived_by_the_dying", a), ("death_probability", q), ("survivors", l), ("table_deaths", d), ("years_lived", L), ("years_left", T), ("life_expectancy", e)):
                expect.append((name, i + 1, float(column[i])))
        cases.append(case(f"Austria 1992/{sex}", "exact fractions; data of Preston et al. (2001), Box 3.1", {"deaths": dead, "population": pop, "age": age}, expect, {"sex": sex}))
    cases.append(case("Austria 1992, printed", "Preston et al. (2001), Box 3.1: e(0) = 72.889 with graduated a(x)", {"deaths": dead, "population": pop, "age": age}, [("life_expectancy_at_first_age", "", 72.889)], {"sex": "male"}, tolerance=1e-3))
    write("life_table", cases)
    age, births, women = [15, 20, 25, 30, 35, 40, 45], [1800, 9500, 12100, 8800, 4100, 900, 40], [61000, 66000, 71000, 69000, 64000, 58000, 52000]
    f = [F(b, w) for b, w in zip(births, women)]
    total = 5 * sum(f)
    expect = [("age_rates_total", "", float(total)), ("age_rates_mean_age", "", float(sum((a + F(5, 2)) * x for a, x in zip(age, f)) / sum(f))), ("age_rates_peak_age", "", 25)]
    for i, x in enumerate(f): expect += [("age_rate", i + 1, float(1000 * x)), ("age_rates_share", i + 1, float(100 * 5 * x / total))]
    write("age_rates", [case("births", "exact fractions", {"events": births, "population": women, "age": age}, expect)])
    y, w, o = [250, 300, 90], [600, 500, 310], [120, 200, 0]
    expect = []
    for i in range(3):
        expect += [("ageing_index", i + 1, float(F(100 * o[i], y[i]))), ("support_ratio", i + 1, {"reason": "zero_base"} if o[i] == 0 else float(F(w[i], o[i])))]
    write("dependency", [case("ageing index", "exact fractions", {"young": y, "working": w, "old": o}, expect)])

if __name__ == "__main__":
    for part in (rank_tests, tables, concordance, regression, k_means, moran, rates, shapley, flows, ages): part()
