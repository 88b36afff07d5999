//! Moran's I: are neighbours alike.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::Signed;

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::permutation::permute;
use crate::analysis::numeric::random::Random;
use crate::analysis::numeric::whole::Whole;
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
        Output::whole("moran_p_normal", "p = 2 · [1 − Φ(|z|)]").p(),
        Output::whole("moran_p", "n ≤ 8: #{π: |I(π) − E| ≥ |I − E|} / n!; (#{…} + 1) / (B + 1)").p(),
        Output::whole("moran_p_exact", "p = #{π: |I(π) − E| ≥ |I − E|} / n!").p(),
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
    /// n(x − x̄) as whole numbers over one denominator.
    pub whole: Vec<BigInt>,
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
        let off: Vec<Amount> = units.values().map(|(_, value)| value.times(&count).minus(&total)).collect();
        let whole = Whole::of(&off.iter().collect::<Vec<_>>()).numbers;
        let off: Vec<f64> = off.iter().map(Amount::to_f64).collect();
        if off.iter().all(|off| *off == 0.0) {
            return Err(Reason::ZeroVariance);
        }
        if neighbours.iter().all(Vec::is_empty) {
            return Err(Reason::NoPhenomenon);
        }
        Ok(Map { rows: units.values().map(|(row, _)| *row).collect(), off, whole, neighbours, one_sided })
    }

    /// Returns the weight of each neighbour of a unit.
    pub(super) fn weight(&self, unit: usize, by_row: bool) -> f64 {
        if by_row { 1.0 / self.neighbours[unit].len().max(1) as f64 } else { 1.0 }
    }

    /// ΣΣw(ij)z(i)z(j) where the unit at each place has the value of the one that the order names.
    fn cross(&self, order: &[usize], by_row: bool) -> f64 {
        let of = |unit: usize| {
            let lag: f64 = self.neighbours[unit].iter().map(|other| self.off[order[*other]]).sum();
            self.off[order[unit]] * lag * self.weight(unit, by_row)
        };
        (0..order.len()).map(of).sum()
    }
}

/// How far I of an order of the values is from what is expected.
struct Distance<'a> {
    map: &'a Map,
    by_row: bool,
    /// n/ΣΣw / Σz², and −1/(n − 1).
    per_cross: f64,
    expected: f64,
    /// What I is found to be off by, and by how much floats may be wrong about it.
    found: f64,
    doubt: f64,
    /// The same times a common denominator, exactly.
    exact: BigInt,
    /// What whole numbers of neighbours are multiplied by, so that weights are whole.
    common: u64,
    /// n(n − 1), and the same denominator's share of the expected value.
    pairs: BigInt,
    offset: BigInt,
}

impl<'a> Distance<'a> {
    fn of(map: &'a Map, by_row: bool, per_cross: f64, expected: f64, s0: usize) -> Distance<'a> {
        let n = map.off.len();
        let degrees = map.neighbours.iter().map(|of| of.len().max(1) as u64);
        let common = if by_row { degrees.fold(1, |lcm, degree| lcm.lcm(&degree)) } else { 1 };
        let squares: BigInt = map.whole.iter().map(|z| z * z).sum();
        let most = map.neighbours.iter().map(Vec::len).max().unwrap_or(0) as f64;
        let own: Vec<usize> = (0..n).collect();
        let mut distance = Distance {
            map,
            by_row,
            per_cross,
            expected,
            found: (map.cross(&own, by_row) * per_cross - expected).abs(),
            doubt: f64::EPSILON * 2.0 * (n as f64 + most + 16.0) * (n as f64 / s0 as f64 * most + 1.0),
            exact: BigInt::ZERO,
            common,
            pairs: BigInt::from(n * (n - 1)),
            offset: squares * common * s0,
        };
        distance.exact = distance.exactly(&own);
        distance
    }

    /// Returns true where an order takes I as far as it is found. Floats decide unless they may be wrong.
    fn reached(&self, order: &[usize]) -> bool {
        let off = (self.map.cross(order, self.by_row) * self.per_cross - self.expected).abs();
        if (off - self.found).abs() > self.doubt { off > self.found } else { self.exactly(order) >= self.exact }
    }

    fn exactly(&self, order: &[usize]) -> BigInt {
        let whole = &self.map.whole;
        let of = |unit: usize| -> BigInt {
            let neighbours = &self.map.neighbours[unit];
            let weight = if self.by_row { self.common / neighbours.len().max(1) as u64 } else { 1 };
            neighbours.iter().map(|other| &whole[order[*other]]).sum::<BigInt>() * &whole[order[unit]] * weight
        };
        ((0..order.len()).map(of).sum::<BigInt>() * &self.pairs + &self.offset).abs()
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
    let i = map.cross(&(0..n).collect::<Vec<_>>(), by_row) * per_cross;
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
        // What is left of far greater numbers is their rounding.
        let variance = (first - second) / below - expected * expected;
        if variance > 1e-13 * first.abs() / below { Ok(variance) } else { Err(Reason::Undefined) }
    };
    let z = variance.and_then(|v| if v > 0.0 { Ok((i - expected) / v.sqrt()) } else { Err(Reason::Undefined) });
    let distance = Distance::of(&map, by_row, per_cross, expected, s0.round() as usize);
    let mut order: Vec<usize> = (0..n).collect();
    let (exact, p) = if n <= ALL {
        let (mut count, mut all) = (0_i64, 0_i64);
        permute(&mut order, 0, &mut |order| {
            all += 1;
            count += i64::from(distance.reached(order));
        });
        let p = Amount::ratio(count, all).ok_or(Reason::Undefined);
        (p.clone(), p)
    } else {
        let draws = frame.count("draws");
        let mut random = Random::new(frame.count("seed") as u64);
        let count = (0..draws).filter(|_| {
            random.shuffle(&mut order, n);
            distance.reached(&order)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::frame::Column;

    /// Six units in a ring, of which one outweighs the others by fourteen orders of magnitude.
    fn ring(values: [i64; 6]) -> Frame {
        let names = ["a", "b", "c", "d", "e", "f"];
        let of = |at: usize| format!("{}, {}", names[(at + 5) % 6], names[(at + 1) % 6]);
        let mut frame = Frame { rows: 6, ..Frame::default() };
        let values = values.map(|value| Ok(Amount::Integer(value))).to_vec();
        frame.numbers.insert("value", vec![Column::new("value", Unit::Persons, values)]);
        frame.labels.insert("unit", names.map(str::to_owned).to_vec());
        frame.labels.insert("neighbours", (0..6).map(of).collect());
        frame.set(&METHOD, &BTreeMap::new()).expect("defaults");
        frame
    }

    #[test]
    fn orders_are_told_apart_however_much_one_value_outweighs() {
        let p = |values: [i64; 6]| {
            let found = run(&ring(values)).expect("results");
            let p = found.into_iter().find(|outcome| outcome.name == "moran_p").expect("p");
            p.value.to_string()
        };
        // All turns and mirror images of the ring are alike, and of the other orders some come as far.
        let counted = |values: [i64; 6]| {
            let cross = |order: &[i64]| -> i128 {
                let sum: i128 = order.iter().map(|x| i128::from(*x)).sum();
                let z: Vec<i128> = order.iter().map(|x| 6 * i128::from(*x) - sum).collect();
                (0..6).map(|at| z[at] * z[(at + 1) % 6]).sum()
            };
            // I − E I is Σz(i)z(i+1)/Σz² + 1/5.
            let sum: i128 = values.iter().map(|x| i128::from(*x)).sum();
            let squares: i128 = values.iter().map(|x| (6 * i128::from(*x) - sum).pow(2)).sum();
            let far = |order: &[i64]| (5 * cross(order) + squares).abs();
            let (found, mut count) = (far(&values), 0);
            permute(&mut values.to_vec(), 0, &mut |order| count += i64::from(far(order) >= found));
            Amount::ratio(count, 720).expect("orders").to_string()
        };
        for values in [[1_000_000_000_000_000, 1, 2, 5, 3, 9], [1, 2, 4, 3, 6, 5], [7, 7, 1, 1, 7, 1]] {
            assert_eq!(p(values), counted(values), "{values:?}");
        }
    }
}
