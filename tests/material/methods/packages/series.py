"""Computes the cases of methods over time by named packages.

Usage: python3 tests/material/methods/packages/series.py   (from the root; numpy, scipy, statsmodels, pymannkendall; R with
strucchange, lmtest, forecast)"""
import math
import warnings

import numpy as np
import pandas as pd
import pymannkendall as mk
from scipy import stats
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from common import *

warnings.simplefilter("ignore")
STRUCCHANGE = f"R 4.2.2, strucchange {r_version('strucchange')}"

def periods_of(rows):
    return ", ".join(str(int(row)) for row in rows)

def far(name, p):
    """A p that the package takes from one: of a small one nothing but the rounding is left."""
    return [(name, "", p)] if p > 1e-6 else []

def breaks():
    chow, sup, bai, cusum = [], [], [], []
    for name, y in SERIES.items():
        n = len(y)
        for model, formula, q in (("level", "y~1", 1), ("trend", "y~t", 2)):
            head = f"y<-{vector(y)};t<-1:{n};"
            cuts = r(head + f"f<-Fstats({formula},from={q + 1},to={n - q - 1});say(f$Fstats)", ["strucchange"])[0]
            expect = []
            for k, f in zip(range(q + 1, n - q), cuts):
                expect += [("chow_f", k, f / q), ("chow_p", k, stats.f.sf(f / q, q, n - 2 * q))]
            chow.append(case(f"{model}/{name}", f"{STRUCCHANGE} (Fstats); {package('scipy')} (p)", {"value": y}, expect, {"model": model}, tolerance=1e-9))
            for trim in (0.15, 0.2, 0.3):
                if math.floor(trim * n) <= q: continue
                st, p, at = r(head + f"f<-Fstats({formula},from={trim},to={1 - trim});s<-sctest(f);say(s$statistic);say(s$p.value);say(which.max(f$Fstats)+floor({trim}*{n})-1)", ["strucchange"])
                sup.append(case(f"{model}/{trim}/{name}", STRUCCHANGE, {"value": y}, [("sup_f_statistic", "", st[0]), ("sup_f_period", "", str(int(at[0])))] + (far("sup_f_p_limit", p[0]) if q == 1 else [("sup_f_p_limit", "", {"reason": "out_of_scope"})]), {"model": model, "trim": str(trim)}, tolerance=1e-9))
            h = max(math.floor(0.15 * n), q + 1)
            m = min(5, n // h - 1)
            out = r(head + f"b<-breakpoints({formula},h={h},breaks={m});s<-summary(b);say(s$RSS['RSS',]);say(s$RSS['BIC',]);for(m in 1:{m})say(breakpoints(b,breaks=m)$breakpoints)", ["strucchange"])
            best = int(np.argmin(out[1]))
            expect = [("breaks_found", "", best)]
            expect += [("break_rss", m, v) for m, v in enumerate(out[0])] + [("break_bic", m, v) for m, v in enumerate(out[1])]
            expect += [("break_periods_of", m + 1, periods_of(rows)) for m, rows in enumerate(out[2:])]
            expect.append(("break_periods", "", {"reason": "no_phenomenon"} if best == 0 else periods_of(out[1 + best])))
            bai.append(case(f"{model}/{name}", STRUCCHANGE, {"value": y}, expect, {"model": model}, tolerance=1e-9))
        out = r(f"y<-{vector(y)};for(k in c('OLS-CUSUM','Rec-CUSUM')){{e<-efp(y~1,type=k);s<-sctest(e);say(e$process[-1]);say(s$statistic);say(s$p.value)}}", ["strucchange"])
        expect = [("ols_cusum", k + 1, v) for k, v in enumerate(out[0][:-1])] + [("ols_cusum_statistic", "", out[1][0])] + far("ols_cusum_p", out[2][0])
        expect += [("recursive_cusum", k + 2, v) for k, v in enumerate(out[3])] + [("recursive_cusum_statistic", "", out[4][0])] + far("recursive_cusum_p", out[5][0])
        cusum.append(case(name, STRUCCHANGE, {"value": y}, expect, tolerance=1e-9))
    write("chow", chow); write("sup_f", sup); write("bai_perron", bai); write("cusum_test", cusum)

def durbin_watson():
    cases = []
    for name, y in SERIES.items():
        n = len(y)
        for model, formula in (("linear", "y~t"), ("parabolic", "y~t+I(t^2)"), ("exponential", "log(y)~t"), ("level", "y~1")):
            if model == "exponential" and min(y) <= 0: continue
            # pan() of lmtest with many nodes; above 100 it would take the normal approximation.
            d, up, down = r(f"y<-{vector(y)};t<-1:{n};a<-dwtest({formula},exact=TRUE,iterations=400);say(a$statistic);say(a$p.value);say(dwtest({formula},exact=TRUE,iterations=400,alternative='less')$p.value)", ["lmtest"])
            expect = [("durbin_watson_statistic", "", d[0]), ("durbin_watson_p_positive", "", up[0]), ("durbin_watson_p_negative", "", down[0]), ("durbin_watson_p", "", 2 * min(up[0], down[0]))]
            cases.append(case(f"{model}/{name}", f"R 4.2.2, lmtest {r_version('lmtest')} (Pan, 400 nodes)", {"value": y}, expect, {"model": model}, tolerance=1e-7))
    write("durbin_watson", cases)

def smoothing():
    simple, holt = [], []
    for name, y in SERIES.items():
        n, y0 = len(y), y[0]
        for alpha in (0.3, 0.8):
            out = r(f"y<-ts({vector(y)});f<-HoltWinters(y,alpha={alpha},beta=FALSE,gamma=FALSE);say(f$fitted[,1]);say(f$coefficients);say(f$SSE)")
            model = ETSModel(pd.Series(y, dtype=float), error="add", trend=None, initialization_method="known", initial_level=float(y0))
            fit = model.smooth([alpha])
            frame = fit.get_prediction(start=n, end=n + 2).summary_frame(alpha=0.05)
            scale = math.sqrt(n / (n - 1))
            mean, low, high = (np.asarray(frame[c]) for c in ("mean", "pi_lower", "pi_upper"))
            expect = [("smoothing_alpha", "", alpha), ("smoothing_level", "", out[1][0]), ("smoothing_error", "", math.sqrt(out[2][0] / (n - 1)))]
            expect += [("smoothed", k + 2, v) for k, v in enumerate(out[0])]
            for h in range(3):
                expect += [("smoothing_forecast", h + 1, mean[h]), ("smoothing_forecast_low", h + 1, mean[h] + (low[h] - mean[h]) * scale), ("smoothing_forecast_high", h + 1, mean[h] + (high[h] - mean[h]) * scale)]
            simple.append(case(f"{alpha}/{name}", f"R 4.2.2, stats (HoltWinters); {package('statsmodels')} (ETSModel, intervals brought from n to n − 1 errors)", {"value": y}, expect, {"alpha": str(alpha)}, tolerance=1e-9))
        out = r(f"y<-{vector(y)};f<-optimize(function(a)HoltWinters(ts(y),alpha=a,beta=FALSE,gamma=FALSE)$SSE,c(0,1),tol=1e-10);say(f$objective)")
        simple.append(case(f"least/{name}", "R 4.2.2, stats (HoltWinters, optimize)", {"value": y}, [("smoothing_error", "", math.sqrt(out[0][0] / (n - 1)))], tolerance=2e-6 if name != "ties" else 2e-2))
        for alpha, beta in ((0.3, 0.2), (0.9, 0.5)):
            out = r(f"y<-ts({vector(y)});f<-HoltWinters(y,alpha={alpha},beta={beta},gamma=FALSE);say(f$fitted[,1]);say(f$coefficients);say(f$SSE)")
            b0 = float(y[1] - y0)
            model = ETSModel(pd.Series(y, dtype=float), error="add", trend="add", initialization_method="known", initial_level=float(y0) - b0, initial_trend=b0)
            fit = model.smooth([alpha, alpha * beta])
            frame = fit.get_prediction(start=n, end=n + 2).summary_frame(alpha=0.05)
            scale = math.sqrt(n / (n - 2))
            mean, low, high = (np.asarray(frame[c]) for c in ("mean", "pi_lower", "pi_upper"))
            expect = [("holt_level", "", out[1][0]), ("holt_slope", "", out[1][1]), ("holt_error", "", math.sqrt(out[2][0] / (n - 2)))]
            expect += [("holt_fitted", k + 3, v) for k, v in enumerate(out[0])]
            for h in range(3):
                expect += [("holt_forecast", h + 1, mean[h]), ("holt_forecast_low", h + 1, mean[h] + (low[h] - mean[h]) * scale), ("holt_forecast_high", h + 1, mean[h] + (high[h] - mean[h]) * scale)]
            holt.append(case(f"{alpha}/{beta}/{name}", f"R 4.2.2, stats (HoltWinters); {package('statsmodels')} (ETSModel, intervals brought from n to n − 2 errors)", {"value": y}, expect, {"alpha": str(alpha), "beta": str(beta)}, tolerance=1e-9))
        sse = lambda p: r_sse(y, *p)
        from scipy.optimize import minimize
        best = min((minimize(sse, start, bounds=[(1e-6, 1), (0, 1)], method="L-BFGS-B", options={"ftol": 1e-15, "gtol": 1e-12}) for start in [(a, b) for a in (0.05, 0.3, 0.6, 0.95) for b in (0.02, 0.3, 0.9)]), key=lambda o: o.fun)
        holt.append(case(f"least/{name}", f"{package('scipy')} (L-BFGS-B from twelve starts)", {"value": y}, [("holt_error", "", math.sqrt(best.fun / (n - 2)))], tolerance=1e-6))
    write("exponential_smoothing", simple); write("holt", holt)

def r_sse(y, alpha, beta):
    level, slope, total = y[1], y[1] - y[0], 0.0
    for value in y[2:]:
        error = value - level - slope
        total += error * error
        level, slope = level + slope + alpha * error, slope + alpha * beta * error
    return total

def autoregressive(name, y):
    """Yue and Wang's correction for a first-order autoregression; the sum of (1 − k/n) r^k in its closed form."""
    from statsmodels.tsa.stattools import acf
    n, x = len(y), np.array(y, float)
    test = mk.original_test(y)
    rest = x - test.slope * np.arange(n)
    r = acf(rest, nlags=1, fft=False)[1]
    correction = 1 + 2 * (r ** (n + 1) - n * r * r + (n - 1) * r) / (n * (r - 1) ** 2)
    z = (test.s - np.sign(test.s)) / math.sqrt(test.var_s * correction)
    expect = [("yue_wang_ar_correction", "", correction), ("yue_wang_ar_z", "", z), ("yue_wang_ar_p", "", 2 * stats.norm.sf(abs(z)))]
    source = f"{package('statsmodels')} (acf); {package('pymannkendall')} (S, Var(S), slope); sum in closed form"
    return case(f"autoregression/{name}", source, {"value": y}, expect, tolerance=1e-9)

def trends():
    modified, siegel, plain, sen = [], [], [], []
    for name, y in SERIES.items():
        n, t = len(y), np.arange(1, len(y) + 1)
        x = np.array(y, float)
        for lag in (0, 1, 3):
            a, b = (f(y, lag=lag or None) for f in (mk.hamed_rao_modification_test, mk.yue_wang_modification_test))
            v = mk.original_test(y).var_s
            expect = []
            for test, key in ((a, "hamed_rao"), (b, "yue_wang")):
                expect.append((f"{key}_correction", "", test.var_s / v))
                if test.var_s > 0: expect += [(f"{key}_z", "", test.z), (f"{key}_p", "", 2 * stats.norm.sf(abs(test.z)))]
                else: expect += [(f"{key}_z", "", {"reason": "undefined"})]
            modified.append(case(f"{lag}/{name}", f"{package('pymannkendall')}; p by the upper tail ({package('scipy')})", {"value": y}, expect, {"lags": str(lag)}, tolerance=1e-9))
        modified.append(autoregressive(name, y))
        h, s = stats.siegelslopes(x, t, method="hierarchical"), stats.siegelslopes(x, t, method="separate")
        siegel.append(case(name, package("scipy"), {"value": y}, [("siegel_slope", "", h[0]), ("siegel_intercept_joint", "", h[1]), ("siegel_intercept", "", s[1])], tolerance=1e-9))
        k = stats.kendalltau(t, x, method="asymptotic")
        plain.append(case(f"uncorrected/{name}", f"{package('scipy')} (kendalltau, asymptotic)", {"value": y}, [("mann_kendall_p_uncorrected", "", k.pvalue), ("mann_kendall_z_uncorrected", "", math.copysign(stats.norm.isf(k.pvalue / 2), k.statistic))], tolerance=1e-9))
        j = stats.theilslopes(x, t, method="joint")
        sen.append(case(f"joint/{name}", f"{package('scipy')} (theilslopes, joint)", {"value": y}, [("sen_intercept_joint", "", j[1])], tolerance=1e-9))
    write("modified_mann_kendall", modified); write("siegel_slope", siegel); write("mann_kendall", plain); write("sen_slope", sen)

def curves():
    line, parabola, curve, ahead = [], [], [], []
    R = "R 4.2.2, stats (lm, confint, predict, AIC, BIC)"
    for name, y in SERIES.items():
        n = len(y)
        head = f"y<-{vector(y)};t<-1:{n};new<-data.frame(t={n}+1:3);"
        a, b = r(head + "f<-lm(y~t);say(AIC(f));say(BIC(f))")
        line.append(case(f"criteria/{name}", R, {"value": y}, [("trend_aic", "", a[0]), ("trend_bic", "", b[0])], tolerance=1e-10))
        out = r(head + "f<-lm(y~t+I(t^2));say(AIC(f));say(BIC(f));k<-confint(f);say(k[,1]);say(k[,2]);say(fitted(f));p<-predict(f,new,interval='prediction');say(p[,1]);say(p[,2]);say(p[,3])")
        expect = [("parabola_aic", "", out[0][0]), ("parabola_bic", "", out[1][0])]
        for k, key in enumerate(("constant", "linear", "quadratic")):
            expect += [(f"parabola_{key}_low", "", out[2][k]), (f"parabola_{key}_high", "", out[3][k])]
        expect += [("parabola_fitted", k + 1, v) for k, v in enumerate(out[4])]
        parabola.append(case(f"intervals/{name}", R, {"value": y}, expect, tolerance=1e-8))
        expect = [(f"extrapolated{end}", h + 1, out[at][h]) for h in range(3) for at, end in ((5, ""), (6, "_low"), (7, "_high"))]
        ahead.append(case(f"parabolic/{name}", R, {"value": y}, expect, {"model": "parabolic"}, tolerance=1e-8))
        if min(y) > 0:
            out = r(head + "f<-lm(log(y)~t);j<-2*sum(log(y));say(AIC(f)+j);say(BIC(f)+j);k<-confint(f);say(exp(k[2,]));say(summary(f)$coefficients[2,2]);say(exp(fitted(f)));p<-exp(predict(f,new,interval='prediction'));say(p[,1]);say(p[,2]);say(p[,3])")
            expect = [("exponential_aic", "", out[0][0]), ("exponential_bic", "", out[1][0]), ("exponential_growth_factor_low", "", out[2][0]), ("exponential_growth_factor_high", "", out[2][1]), ("exponential_slope_standard_error", "", out[3][0])]
            expect += [("exponential_fitted", k + 1, v) for k, v in enumerate(out[4])]
            curve.append(case(f"intervals/{name}", R, {"value": y}, expect + [("exponential_rate_percent_low", "", 100 * (out[2][0] - 1)), ("exponential_rate_percent_high", "", 100 * (out[2][1] - 1))], tolerance=1e-9))
            expect = [(f"extrapolated{end}", h + 1, out[at][h]) for h in range(3) for at, end in ((5, ""), (6, "_low"), (7, "_high"))]
            ahead.append(case(f"exponential/{name}", R, {"value": y}, expect, {"model": "exponential"}, tolerance=1e-9))
    write("trend", line); write("parabolic_trend", parabola); write("exponential_trend", curve); write("extrapolation", ahead)

def homogeneity():
    """p of normal series: U by Imhof's integral in fifty digits' stead (mpmath), the others by R's own simulation."""
    from mpmath import mp, mpf, quad, atan, inf, pi, sin, log, exp
    mp.dps = 30
    cases, tests = [], []
    for name, y in SERIES.items():
        n = len(y)
        d = np.array(y, float) - np.mean(y)
        s = np.cumsum(d)[:-1]
        u = float((s * s).sum() / (d * d).sum() / (n + 1))
        lam = [1 / (4 * sin(pi * k / (2 * n)) ** 2) - mpf(u) * (n + 1) for k in range(1, n)]
        scale = max(abs(l) for l in lam)
        def integrand(x):
            theta = sum(atan(l / scale * x) for l in lam) / 2
            rho = exp(sum(log(1 + (l / scale * x) ** 2) for l in lam) / 4)
            return sin(theta) / (x * rho)
        p = mpf(1) / 2 + quad(integrand, [0, 1, 4, 16, 64, 256, inf]) / pi
        cases.append(case(f"p/{name}", f"{package('mpmath')} (Imhof 1961)", {"value": y}, [("buishand_u_p", "", float(p))], tolerance=1e-8))
        k = np.arange(1, n)
        sigma = math.sqrt((d * d).mean())
        own = [(max(0, s.max()) - min(0, s.min())) / sigma / math.sqrt(n), abs(s).max() / sigma / math.sqrt(n), (abs(s) / np.sqrt(k * (n - k))).max() / sigma]
        rng = np.random.Generator(np.random.MT19937(20))
        z = rng.standard_normal((200000, n)); z -= z.mean(axis=1, keepdims=True)
        sz = np.cumsum(z, axis=1)[:, :-1]; sg = np.sqrt((z * z).mean(axis=1))
        sim = [(np.maximum(sz.max(axis=1), 0) - np.minimum(sz.min(axis=1), 0)) / sg / math.sqrt(n), abs(sz).max(axis=1) / sg / math.sqrt(n), (abs(sz) / np.sqrt(k * (n - k))).max(axis=1) / sg]
        ps = [float((a >= b).mean()) for a, b in zip(sim, own)]
        source = f"{package('numpy')}: 200 000 series of another generator (MT19937)"
        for key, p in zip(("range", "q", "v"), ps):
            if p > 0.002:
                cases.append(case(f"simulated {key}/{name}", source, {"value": y}, [(f"buishand_{key}_p", "", p)], tolerance=max(0.02, 4 * math.sqrt((1 - p) / p / 2e5))))
        if ps[2] > 0.002:
            tests.append(case(f"simulated/{name}", source, {"value": y}, [("snht_p", "", ps[2])], tolerance=max(0.02, 4 * math.sqrt((1 - ps[2]) / ps[2] / 2e5))))
    write("buishand", cases); write("snht", tests)

if __name__ == "__main__":
    for part in (breaks, durbin_watson, smoothing, trends, curves, homogeneity): part()
