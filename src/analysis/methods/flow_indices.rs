//! Flow indices: intensity, connectivity, inequality and spatial focus of a matrix of origins and destinations.

use std::collections::{BTreeMap, BTreeSet};

use super::system_effectiveness::courgeau;
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::{per, sum};
use crate::finding::{Amount, Part, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "flow_indices",
    group: Group::Demography,
    along: Along::Flows,
    roles: ROLES,
    params: &[ABSENT],
    outputs: &[
        Output::whole("flow_units", "n").unit(Unit::Count).flow(),
        Output::whole("flow_total", "M = ΣΣ M(ij), i ≠ j").unit_of("flow").flow(),
        Output::member("flow_arrivals", "D(j) = Σ M(ij)").unit_of("flow").flow(),
        Output::member("flow_departures", "O(i) = Σ M(ij)").unit_of("flow").flow(),
        Output::member("flow_net", "D(i) − O(i)").difference_of("flow"),
        Output::whole("flow_effectiveness", "100 · Σ|D − O| / Σ(D + O)").unit(Unit::Percent).flow(),
        Output::whole("flow_intensity", "CMI = 100 · M / P").unit(Unit::Percent).flow(),
        Output::whole("flow_aggregate_net_rate", "100 · ½ · Σ|D − O| / P").unit(Unit::Percent).flow(),
        Output::whole("flow_courgeau_k", "k = CMI / ln(n²)").flow(),
        Output::whole("flow_connectivity", "#{M(ij) > 0} / (n(n − 1))").flow(),
        Output::whole("flow_inequality", "½ · ΣΣ|M(ij)/M − 1/(n(n − 1))|").flow(),
        Output::whole("flow_inequality_weighted", "½ · ΣΣ|M(ij) − E(ij)| / M, E(ij) = O(i) · D(j) / (M − D(i))").flow(),
        Output::whole("flow_cv", "σ(M(ij)) / mean(M(ij)), i ≠ j").flow(),
        Output::member("flow_cv_in", "σ(M(·j)) / mean(M(·j))").flow(),
        Output::member("flow_cv_out", "σ(M(i·)) / mean(M(i·))").flow(),
        Output::whole("acv_in", "Σ CV(j) · D(j) / M").flow(),
        Output::whole("acv_out", "Σ CV(i) · O(i) / M").flow(),
        Output::whole("acv", "ACV(in) + ACV(out)").flow(),
        Output::whole("flow_gini_total", "ΣΣ|M(ij) − M(kl)| / (2 · n(n − 1) · M)").flow(),
        Output::whole("flow_gini_total_corrected", "ΣΣ|M(ij) − M(kl)| / (2 · (n(n − 1) − 1) · M)").flow(),
        Output::whole("flow_gini_rows", "ΣΣ|M(ij) − M(ih)| / (2 · n(n − 1) · M)").flow(),
        Output::whole("flow_gini_columns", "ΣΣ|M(ij) − M(gj)| / (2 · n(n − 1) · M)").flow(),
        Output::whole("flow_gini_exchange", "ΣΣ|M(ij) − M(ji)| / (2 · n(n − 1) · M)").flow(),
        Output::whole("flow_gini_rows_standardised", "100 · G(rows) / G(total)").unit(Unit::Percent).flow(),
        Output::whole("flow_gini_columns_standardised", "100 · G(columns) / G(total)").unit(Unit::Percent).flow(),
        Output::whole("flow_gini_exchange_standardised", "100 · G(exchange) / G(total)").unit(Unit::Percent).flow(),
        Output::member("flow_gini_in", "ΣΣ|M(ij) − M(kj)| / (2 · (n − 1) · D(j))").flow(),
        Output::member("flow_gini_out", "ΣΣ|M(ij) − M(il)| / (2 · (n − 1) · O(i))").flow(),
        Output::member("flow_gini_in_corrected", "ΣΣ|M(ij) − M(kj)| / (2 · (n − 2) · D(j))").flow(),
        Output::member("flow_gini_out_corrected", "ΣΣ|M(ij) − M(il)| / (2 · (n − 2) · O(i))").flow(),
        Output::whole("flow_gini_in_weighted", "Σ G(j) · D(j) / M").flow(),
        Output::whole("flow_gini_out_weighted", "Σ G(i) · O(i) / M").flow(),
        Output::whole("flow_gini_mean_weighted", "½ · (MWG(in) + MWG(out))").flow(),
        Output::whole("flow_gini_in_weighted_corrected", "Σ G′(j) · D(j) / M").flow(),
        Output::whole("flow_gini_out_weighted_corrected", "Σ G′(i) · O(i) / M").flow(),
        Output::whole("flow_gini_mean_weighted_corrected", "½ · (MWG′(in) + MWG′(out))").flow(),
    ],
    run,
};

/// The roles of a matrix of flows.
pub(super) const ROLES: &[Role] = &[
    Role::required("flow", Takes::NonNegative),
    Role::required("origin", Takes::Label),
    Role::required("destination", Takes::Label),
    Role::optional("population", Takes::NonNegative),
];

/// The parameter that says what a pair without a row is.
pub(super) const ABSENT: Param = Param::new("absent", ParamKind::Choice(&["zero", "missing"]), "zero");

/// A full matrix of flows between units, which are in the order of their labels; its diagonal is zero.
pub(super) struct Square {
    /// The labels of the units.
    pub units: Vec<String>,
    /// The flows, from each origin to each destination.
    pub flows: Vec<Vec<Amount>>,
    /// The population of each unit.
    pub populations: Vec<Result<Amount, Reason>>,
}

impl Square {
    /// Reads the matrix of a frame.
    pub(super) fn of(frame: &Frame) -> Result<Square, Reason> {
        let (origins, destinations) = (frame.labels("origin"), frame.labels("destination"));
        let units: BTreeSet<&str> = origins.iter().chain(destinations).map(String::as_str).collect();
        let places: BTreeMap<&str, usize> = units.iter().enumerate().map(|(place, unit)| (*unit, place)).collect();
        let size = units.len();
        let mut flows = vec![vec![None::<Amount>; size]; size];
        let mut populations = vec![None; size];
        for (row, (origin, destination)) in origins.iter().zip(destinations).enumerate() {
            let (Some(from), Some(to)) = (places.get(origin.as_str()), places.get(destination.as_str())) else {
                continue;
            };
            let (from, to) = (*from, *to);
            let here = frame.unsigned("population", row).cloned();
            populations[from] = Some(match populations[from].take() {
                Some(known) if known != here => Err(Reason::Undefined),
                _ => here,
            });
            if from != to {
                let flow = frame.unsigned("flow", row)?;
                let so_far = flows[from][to].take().unwrap_or(Amount::ZERO);
                flows[from][to] = Some(so_far.plus(flow));
            }
        }
        let absent = frame.choice("absent") == "missing";
        if absent && (0..size).any(|i| (0..size).any(|j| i != j && flows[i][j].is_none())) {
            return Err(Reason::Missing);
        }
        Ok(Square {
            units: units.into_iter().map(str::to_owned).collect(),
            flows: flows
                .into_iter()
                .map(|row| row.into_iter().map(|flow| flow.unwrap_or(Amount::ZERO)).collect())
                .collect(),
            populations: populations.into_iter().map(|known| known.unwrap_or(Err(Reason::Missing))).collect(),
        })
    }

    /// Returns how many units there are.
    pub(super) fn size(&self) -> usize {
        self.units.len()
    }

    /// Returns the flows out of a unit, without the diagonal.
    pub(super) fn leaving(&self, unit: usize) -> Vec<&Amount> {
        (0..self.size()).filter(|other| *other != unit).map(|other| &self.flows[unit][other]).collect()
    }

    /// Returns the flows into a unit, without the diagonal.
    pub(super) fn arriving(&self, unit: usize) -> Vec<&Amount> {
        (0..self.size()).filter(|other| *other != unit).map(|other| &self.flows[other][unit]).collect()
    }

    /// Returns the population of all units.
    pub(super) fn population(&self) -> Result<Amount, Reason> {
        self.populations.iter().try_fold(Amount::ZERO, |sum, known| match known {
            Ok(population) => Ok(sum.plus(population)),
            Err(reason) => Err(*reason),
        })
    }
}

/// The flows of one unit in one direction.
struct Field {
    total: Amount,
    spread: Amount,
    deviation: f64,
}

impl Field {
    /// `deviation` is √(kΣx² − (Σx)²) of k flows: their population deviation times k.
    fn of(flows: &[&Amount]) -> Field {
        let total = total(flows.iter().copied());
        let squares = flows.iter().fold(Amount::ZERO, |sum, flow| sum.plus(&flow.times(flow)));
        let excess = squares.times(&count(flows.len())).minus(&total.times(&total));
        Field { spread: spread(flows), deviation: excess.to_f64().max(0.0).sqrt(), total }
    }

    fn variation(&self) -> Result<f64, Reason> {
        if self.total.is_zero() { Err(Reason::ZeroTotal) } else { Ok(self.deviation / self.total.to_f64()) }
    }

    fn gini(&self, divisor: usize) -> Result<Amount, Reason> {
        match divisor {
            0 => Err(Reason::TooFew),
            _ => per(1, &self.spread, &self.total.times(&count(2 * divisor)), Reason::ZeroTotal),
        }
    }
}

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let square = Square::of(frame)?;
    let size = square.size();
    if size < 2 {
        return Err(Reason::TooFew);
    }
    let out: Vec<Field> = (0..size).map(|unit| Field::of(&square.leaving(unit))).collect();
    let into: Vec<Field> = (0..size).map(|unit| Field::of(&square.arriving(unit))).collect();
    let mut found = members(&square, &into, &out);
    found.extend(system(&square, &into, &out));
    found.extend(focus(&square, &into, &out));
    Ok(found)
}

fn members(square: &Square, into: &[Field], out: &[Field]) -> Vec<Outcome> {
    let size = square.size();
    let mut found = Vec::new();
    for (label, (into, out)) in square.units.iter().zip(into.iter().zip(out)) {
        let unit = || Part::Category(label.as_str().into());
        found.push(Outcome::member("flow_arrivals", unit(), into.total.clone()));
        found.push(Outcome::member("flow_departures", unit(), out.total.clone()));
        found.push(Outcome::member("flow_net", unit(), into.total.minus(&out.total)));
        found.push(Outcome::member("flow_cv_in", unit(), into.variation()));
        found.push(Outcome::member("flow_cv_out", unit(), out.variation()));
        found.push(Outcome::member("flow_gini_in", unit(), into.gini(size - 1)));
        found.push(Outcome::member("flow_gini_out", unit(), out.gini(size - 1)));
        found.push(Outcome::member("flow_gini_in_corrected", unit(), into.gini(size - 2)));
        found.push(Outcome::member("flow_gini_out_corrected", unit(), out.gini(size - 2)));
    }
    found
}

fn system(square: &Square, into: &[Field], out: &[Field]) -> Vec<Outcome> {
    let moves = total(out.iter().map(|field| &field.total));
    let net =
        into.iter().zip(out).fold(Amount::ZERO, |sum, (into, out)| sum.plus(&into.total.minus(&out.total).magnitude()));
    let population = square.population();
    let rate =
        |times, part: &Amount| per(times, part, population.as_ref().map_err(|reason| *reason)?, Reason::ZeroBase);
    let intensity = rate(100, &moves);
    let aggregate = |fields: &[Field]| match moves.is_zero() {
        true => Err(Reason::ZeroTotal),
        false => Ok(sum(fields.iter().map(|field| field.deviation)) / moves.to_f64()),
    };
    let (acv_in, acv_out) = (aggregate(into), aggregate(out));
    vec![
        Outcome::whole("flow_units", square.size()),
        Outcome::whole("flow_effectiveness", per(50, &net, &moves, Reason::ZeroTotal)),
        Outcome::whole("flow_courgeau_k", courgeau(&intensity, square.size())),
        Outcome::whole("flow_intensity", intensity),
        Outcome::whole("flow_aggregate_net_rate", rate(50, &net)),
        Outcome::whole("flow_total", moves),
        Outcome::whole("acv_in", acv_in),
        Outcome::whole("acv_out", acv_out),
        Outcome::whole("acv", acv_in.and_then(|into| Ok(into + acv_out?))),
    ]
}

fn focus(square: &Square, into: &[Field], out: &[Field]) -> Vec<Outcome> {
    let size = square.size();
    let cells: Vec<&Amount> = (0..size).flat_map(|unit| square.leaving(unit)).collect();
    let (all, pairs) = (Field::of(&cells), cells.len());
    let whole = all.total.times(&count(2 * pairs));
    let gini = |spread: &Amount| per(1, spread, &whole, Reason::ZeroTotal);
    let spreads = |fields: &[Field]| total(fields.iter().map(|field| &field.spread));
    let (rows, columns, exchange) = (spreads(out), spreads(into), exchange(square));
    let standardised = |spread: &Amount| match all.total.is_zero() {
        true => Err(Reason::ZeroTotal),
        false => per(100, spread, &all.spread, Reason::ZeroVariance),
    };
    let even =
        cells.iter().fold(Amount::ZERO, |sum, cell| sum.plus(&cell.times(&count(pairs)).minus(&all.total).magnitude()));
    let used = cells.iter().filter(|cell| !cell.is_zero()).count();
    let mut found = vec![
        Outcome::whole("flow_connectivity", per(1, &count(used), &count(pairs), Reason::TooFew)),
        Outcome::whole("flow_inequality", gini(&even)),
        Outcome::whole("flow_inequality_weighted", weighted_inequality(square, into, out, &all.total)),
        Outcome::whole("flow_cv", all.variation()),
        Outcome::whole("flow_gini_total", gini(&all.spread)),
        Outcome::whole("flow_gini_total_corrected", all.gini(pairs - 1)),
        Outcome::whole("flow_gini_rows", gini(&rows)),
        Outcome::whole("flow_gini_columns", gini(&columns)),
        Outcome::whole("flow_gini_exchange", gini(&exchange)),
        Outcome::whole("flow_gini_rows_standardised", standardised(&rows)),
        Outcome::whole("flow_gini_columns_standardised", standardised(&columns)),
        Outcome::whole("flow_gini_exchange_standardised", standardised(&exchange)),
    ];
    let names = [
        ["flow_gini_in_weighted", "flow_gini_out_weighted", "flow_gini_mean_weighted"],
        ["flow_gini_in_weighted_corrected", "flow_gini_out_weighted_corrected", "flow_gini_mean_weighted_corrected"],
    ];
    for (names, divisor) in names.into_iter().zip([size - 1, size - 2]) {
        // The weights cancel the totals of the units: Σ G(j)·D(j)/M is the sum of the spreads over 2·divisor·M.
        let divisor = all.total.times(&count(2 * divisor));
        let reason = if size == 2 && divisor.is_zero() { Reason::TooFew } else { Reason::ZeroTotal };
        let both = per(1, &rows.plus(&columns), &divisor.times(&count(2)), reason);
        let weighted = [per(1, &columns, &divisor, reason), per(1, &rows, &divisor, reason), both];
        found.extend(names.into_iter().zip(weighted).map(|(name, value)| Outcome::whole(name, value)));
    }
    found
}

/// ½ · ΣΣ|M(ij) − E(ij)| / M, where what leaves a unit goes to the others in proportion to what they receive.
fn weighted_inequality(square: &Square, into: &[Field], out: &[Field], moves: &Amount) -> Result<Amount, Reason> {
    let mut distance = Amount::ZERO;
    for (unit, leaving) in out.iter().enumerate() {
        let received: Vec<&Amount> =
            (0..square.size()).filter(|other| *other != unit).map(|other| &into[other].total).collect();
        let elsewhere = total(received.iter().copied());
        let apart = square.leaving(unit).into_iter().zip(received).fold(Amount::ZERO, |sum, (flow, received)| {
            sum.plus(&flow.times(&elsewhere).minus(&leaving.total.times(received)).magnitude())
        });
        // Where nobody arrives elsewhere, nothing leaves this unit either.
        distance = distance.plus(&apart.divided_by(&elsewhere).unwrap_or(Amount::ZERO));
    }
    per(1, &distance, &moves.times(&count(2)), Reason::ZeroTotal)
}

fn exchange(square: &Square) -> Amount {
    let size = square.size();
    let pairs = (0..size).flat_map(|i| (0..i).map(move |j| (i, j)));
    let sum =
        pairs.fold(Amount::ZERO, |sum, (i, j)| sum.plus(&square.flows[i][j].minus(&square.flows[j][i]).magnitude()));
    sum.times(&count(2))
}

/// Returns the sum of |x − y| over all ordered pairs.
fn spread(values: &[&Amount]) -> Amount {
    let mut sorted = values.to_vec();
    sorted.sort();
    let size = sorted.len() as i64;
    let weighted = sorted.into_iter().zip(0..).fold(Amount::ZERO, |sum, (value, place): (&Amount, i64)| {
        sum.plus(&value.times(&Amount::Integer(2 * place - size + 1)))
    });
    weighted.times(&count(2))
}

fn total<'a>(values: impl IntoIterator<Item = &'a Amount>) -> Amount {
    values.into_iter().fold(Amount::ZERO, |sum, value| sum.plus(value))
}

fn count(number: usize) -> Amount {
    Amount::Integer(number as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::frame::{At, Column};
    use crate::finding::Value;

    fn frame(rows: &[(usize, usize, i64)]) -> Frame {
        let column = |values: Vec<i64>| {
            let values = values.into_iter().map(|value| Ok(Amount::Integer(value))).collect();
            vec![Column { name: String::new(), unit: Unit::Persons, values }]
        };
        let labels = |f: fn(&(usize, usize, i64)) -> usize| rows.iter().map(|row| format!("U{}", f(row))).collect();
        Frame {
            rows: rows.len(),
            numbers: BTreeMap::from([
                ("flow", column(rows.iter().map(|row| row.2).collect())),
                ("population", column(rows.iter().map(|row| 1000 + row.0 as i64).collect())),
            ]),
            labels: BTreeMap::from([("origin", labels(|row| row.0)), ("destination", labels(|row| row.1))]),
            ..Frame::default()
        }
    }

    fn flows(seed: i64) -> Vec<(usize, usize, i64)> {
        let pairs = (0..6_usize).flat_map(|i| (0..6).map(move |j| (i, j)));
        pairs.map(|(i, j)| (i, j, (seed * 7919 + (i * i * 131 + j * 977) as i64) % 613)).collect()
    }

    fn told(found: &[Outcome]) -> Vec<String> {
        let mut told: Vec<String> =
            found.iter().map(|outcome| format!("{} {:?} {}", outcome.name, outcome.at, outcome.value)).collect();
        told.sort();
        told
    }

    #[test]
    fn the_order_of_rows_changes_nothing() {
        for seed in 1..20 {
            let mut rows = flows(seed);
            let straight = told(&run(&frame(&rows)).expect("results"));
            rows.reverse();
            rows.rotate_left(7);
            assert_eq!(told(&run(&frame(&rows)).expect("results")), straight);
        }
    }

    #[test]
    fn the_balances_of_a_closed_system_cancel_out() {
        for seed in 1..20 {
            let found = run(&frame(&flows(seed))).expect("results");
            let net = found.iter().filter(|outcome| outcome.name == "flow_net");
            let sum = net.filter_map(|outcome| outcome.value.amount()).fold(Amount::ZERO, |sum, net| sum.plus(net));
            assert_eq!(sum, Amount::ZERO);
        }
    }

    #[test]
    fn the_net_rate_is_intensity_times_effectiveness() {
        for seed in 1..20 {
            let found = run(&frame(&flows(seed))).expect("results");
            let get = |name| match found.iter().find(|outcome| outcome.name == name && outcome.at == At::Whole) {
                Some(Outcome { value: Value::Amount(amount), .. }) => amount.clone(),
                other => panic!("{name}: {other:?}"),
            };
            let product = get("flow_intensity").times(&get("flow_effectiveness"));
            assert_eq!(product, get("flow_aggregate_net_rate").times(&Amount::Integer(100)));
        }
    }
}
