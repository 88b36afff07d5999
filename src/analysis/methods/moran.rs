//! Moran's I: are neighbours alike.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::permutation::permute;
use crate::analysis::numeric::random::Random;
use crate::analysis::numeric::{distribution, sum};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "moran",
    group: Group::Comparative,
    along: Along::Units,
    roles: ROLES,
    params: &[WEIGHTS, DRAWS, SEED],
    outputs: &[
        Output::whole("moran_i", "I = n/ΣΣw · ΣΣw(ij)z(i)z(j) / Σz², z = x − x̄"),
        Output::whole("moran_expected", "E I = −1 / (n − 1)"),
        Output::whole(
            "moran_variance",
            "Var I = (n[(n² − 3n + 3)S₁ − nS₂ + 3S₀²] − k[(n² − n)S₁ − 2nS₂ + 6S₀²]) / ((n − 1)(n − 2)(n − 3)S₀²) − (E I)²",
        )
        .flow(),
        Output::whole("moran_z", "z = (I − E I) / √Var I"),
        Output::whole("moran_p_normal", "p = 2 · [1 − Φ(|z|)]").flow(),
        Output::whole("moran_p", "n ≤ 8: #{π: |I(π) − E| ≥ |I − E|} / n!; (#{…} + 1) / (B + 1)").flow(),
        Output::whole("moran_p_exact", "p = #{π: |I(π) − E| ≥ |I − E|} / n!").flow(),
        Output::whole("moran_pairs", "#{i~j}").unit(Unit::Count).flow(),
        Output::whole("moran_one_sided", "#{i→j, j↛i}").unit(Unit::Count).flow(),
        Output::whole("moran_without_neighbours", "#{i: Σw(ij) = 0}").unit(Unit::Count).flow(),
    ],
    run,
};

/// Values of units with lists of their neighbours.
pub(super) const ROLES: &[Role] = &[
    Role::required("value", Takes::Signed),
    Role::required("unit", Takes::Label),
    Role::required("neighbours", Takes::Label),
];

/// Whether each unit weighs the same, or each pair.
pub(super) const WEIGHTS: Param = Param::new("weights", ParamKind::Choice(&["row", "pair"]), "row");

/// How many orders are drawn where not all are walked, and from which seed.
pub(super) const DRAWS: Param = Param::new("draws", ParamKind::Count(99, 99_999), "9999");
/// The seed.
pub(super) const SEED: Param = Param::new("seed", ParamKind::Count(0, 1_000_000), "1");

/// Up to so many units all orders are walked.
const ALL: usize = 8;

/// Beyond this the orders take too long.
const MOST: usize = 2000;

/// Units in the order of their labels, each with its deviation times n, which is whole where the values are, and its
/// neighbours.
pub(super) struct Map {
    /// The row of each unit.
    pub rows: Vec<usize>,
    /// n(x − x̄).
    pub off: Vec<f64>,
    /// The places of the neighbours of each unit.
    pub neighbours: Vec<Vec<usize>>,
    /// How many are named by one side only; they are no neighbours.
    pub one_sided: usize,
}

impl Map {
    /// Reads a frame: a unit without a value, or that did not exist, is left out.
    pub(super) fn of(frame: &Frame) -> Result<Map, Reason> {
        let labels = frame.labels("unit");
        let lists = frame.labels("neighbours");
        let mut units: BTreeMap<&str, (usize, &Amount)> = BTreeMap::new();
        for (row, value) in frame.existing("value")? {
            let (Some(label), Some(_)) = (labels.get(row), lists.get(row)) else { return Err(Reason::Missing) };
            if units.insert(label.trim(), (row, value)).is_some() {
                return Err(Reason::Ties);
            }
        }
        let n = units.len();
        if n < 3 {
            return Err(Reason::TooFew);
        }
        if n > MOST {
            return Err(Reason::TooMany);
        }
        let place: BTreeMap<&str, usize> = units.keys().enumerate().map(|(place, label)| (*label, place)).collect();
        let named: Vec<BTreeSet<usize>> = units
            .iter()
            .map(|(label, (row, _))| {
                let names = lists[*row].split([',', ';', '|']).map(str::trim);
                names.filter(|name| name != label).filter_map(|name| place.get(name).copied()).collect()
            })
            .collect();
        let mutual = |i: usize| -> Vec<usize> { named[i].iter().copied().filter(|j| named[*j].contains(&i)).collect() };
        let neighbours: Vec<Vec<usize>> = (0..n).map(mutual).collect();
        let one_sided = named.iter().map(BTreeSet::len).sum::<usize>() - neighbours.iter().map(Vec::len).sum::<usize>();
        let total = crate::analysis::numeric::exact::total(units.values().map(|(_, value)| *value));
        let count = Amount::Integer(n as i64);
        let off: Vec<f64> = units.values().map(|(_, value)| value.times(&count).minus(&total).to_f64()).collect();
        if off.iter().all(|off| *off == 0.0) {
            return Err(Reason::ZeroVariance);
        }
        if neighbours.iter().all(Vec::is_empty) {
            return Err(Reason::NoPhenomenon);
        }
        Ok(Map { rows: units.values().map(|(row, _)| *row).collect(), off, neighbours, one_sided })
    }

    /// Returns the weight of each neighbour of a unit.
    pub(super) fn weight(&self, unit: usize, by_row: bool) -> f64 {
        if by_row { 1.0 / self.neighbours[unit].len().max(1) as f64 } else { 1.0 }
    }

    fn cross(&self, off: &[f64], by_row: bool) -> f64 {
        let of = |unit: usize| {
            let lag: f64 = self.neighbours[unit].iter().map(|other| off[*other]).sum();
            off[unit] * lag * self.weight(unit, by_row)
        };
        (0..off.len()).map(of).sum()
    }
}

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let map = Map::of(frame)?;
    let by_row = frame.choice("weights") == "row";
    let n = map.off.len();
    let size = n as f64;
    let weights = |i: usize, j: usize| if map.neighbours[i].contains(&j) { map.weight(i, by_row) } else { 0.0 };
    let s0 = sum((0..n).map(|i| map.weight(i, by_row) * map.neighbours[i].len() as f64));
    let squares = sum(map.off.iter().map(|off| off * off));
    let per_cross = size / s0 / squares;
    let expected = -1.0 / (size - 1.0);
    let i = map.cross(&map.off, by_row) * per_cross;
    let s1 = sum((0..n).flat_map(|a| map.neighbours[a].iter().map(move |b| (a, *b))).map(|(a, b)| {
        let both = weights(a, b) + weights(b, a);
        both * both / 2.0
    }));
    let s2 = sum((0..n).map(|a| {
        let row = map.weight(a, by_row) * map.neighbours[a].len() as f64;
        let column = sum(map.neighbours[a].iter().map(|b| weights(*b, a)));
        (row + column) * (row + column)
    }));
    let variance = if n < 4 {
        Err(Reason::TooFew)
    } else {
        let fourth = sum(map.off.iter().map(|off| off * off * off * off));
        let k = size * fourth / (squares * squares);
        let (n2, w2) = (size * size, s0 * s0);
        let first = size * ((n2 - 3.0 * size + 3.0) * s1 - size * s2 + 3.0 * w2);
        let second = k * ((n2 - size) * s1 - 2.0 * size * s2 + 6.0 * w2);
        let below = (size - 1.0) * (size - 2.0) * (size - 3.0) * w2;
        Ok((first - second) / below - expected * expected)
    };
    let z = variance.and_then(|v| if v > 0.0 { Ok((i - expected) / v.sqrt()) } else { Err(Reason::ZeroVariance) });
    // Orders that differ by the rounding of their sums are alike.
    let far = (i - expected).abs() * (1.0 - 1e-10) - 1e-14;
    let reaches = |off: &[f64]| (map.cross(off, by_row) * per_cross - expected).abs() >= far;
    let (exact, p) = if n <= ALL {
        let (mut count, mut all) = (0_i64, 0_i64);
        permute(&mut map.off.clone(), 0, &mut |off| {
            all += 1;
            count += i64::from(reaches(off));
        });
        let p = Amount::ratio(count, all).ok_or(Reason::Undefined);
        (p.clone(), p)
    } else {
        let draws = frame.count("draws");
        let mut random = Random::new(frame.count("seed") as u64);
        let mut off = map.off.clone();
        let count = (0..draws).filter(|_| {
            random.shuffle(&mut off, n);
            reaches(&off)
        });
        let count = count.count() as i64;
        (Err(Reason::TooMany), Amount::ratio(count + 1, draws + 1).ok_or(Reason::Undefined))
    };
    Ok(vec![
        Outcome::whole("moran_i", i),
        Outcome::whole("moran_expected", Amount::ratio(-1, n as i64 - 1).ok_or(Reason::TooFew)),
        Outcome::whole("moran_variance", variance),
        Outcome::whole("moran_z", z),
        Outcome::whole("moran_p_normal", z.map(distribution::normal_two_sided)),
        Outcome::whole("moran_p", p),
        Outcome::whole("moran_p_exact", exact),
        Outcome::whole("moran_pairs", map.neighbours.iter().map(Vec::len).sum::<usize>() / 2),
        Outcome::whole("moran_one_sided", map.one_sided),
        Outcome::whole("moran_without_neighbours", map.neighbours.iter().filter(|of| of.is_empty()).count()),
    ])
}
