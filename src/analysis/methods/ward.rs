//! Ward: hierarchical clustering of units by several features.

use crate::analysis::frame::{Column, Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::{self, spread};
use crate::finding::{Amount, Part, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "ward",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[Role::many("feature", Takes::Signed)],
    params: &[
        Param::new("classes", ParamKind::Count(2, 50), "4"),
        Param::new("scale", ParamKind::Choice(&["population", "sample", "none"]), "population"),
        Param::new("linkage", ParamKind::Choice(&["ward", "average", "complete", "single"]), "ward"),
    ],
    outputs: &[
        Output::row("ward_class", "i ∈ k").unit(Unit::Count).level(),
        Output::member("ward_height", "h(1) ≤ … ≤ h(n − 1)").flow(),
        Output::member("ward_merge_first", "−i; +k"),
        Output::member("ward_merge_second", "−j; +k"),
        Output::whole("cophenetic_correlation", "r(d(i,j), h(i,j))"),
        Output::whole("silhouette_mean", "s(i) = (b(i) − a(i)) / max(a(i), b(i))"),
    ],
    run,
};

/// Beyond this the pairs take too long.
const MOST: usize = 1000;

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    if frame.rows < 2 {
        return Err(Reason::TooFew);
    }
    if frame.rows > MOST {
        return Err(Reason::TooMany);
    }
    let squares = distances(frame.columns("feature"), frame.choice("scale"), frame.rows)?;
    let roots: Vec<Vec<f64>> = squares.iter().map(|row| row.iter().map(|square| square.sqrt()).collect()).collect();
    let linkage = frame.choice("linkage");
    let merges = merge(if linkage == "ward" { squares } else { roots.clone() }, linkage);
    let wanted = usize::try_from(frame.count("classes")).map_err(|_| Reason::Undefined)?;
    let classes = if wanted > frame.rows { Err(Reason::TooFew) } else { Ok(cut(&merges, frame.rows, wanted)) };

    let mut found = Vec::new();
    for row in 0..frame.rows {
        let class = classes.as_ref().map_err(|reason| *reason).map(|classes| Amount::Integer(classes[row] as i64));
        found.push(Outcome::row("ward_class", row, class));
    }
    for (step, (merge, [first, second])) in merges.iter().zip(numbered(&merges, frame.rows)).enumerate() {
        let part = || Part::Category((step + 1).to_string().into());
        found.push(Outcome::member("ward_height", part(), merge.height));
        found.push(Outcome::member("ward_merge_first", part(), first));
        found.push(Outcome::member("ward_merge_second", part(), second));
    }
    let silhouette = classes.and_then(|classes| silhouette(&roots, &classes, wanted));
    found.push(Outcome::whole("cophenetic_correlation", cophenetic(&roots, &merges)));
    found.push(Outcome::whole("silhouette_mean", silhouette));
    Ok(found)
}

/// Returns the squared distance of each pair. Differences are exact, so equal pairs are equally far.
fn distances(features: &[Column], scale: &str, rows: usize) -> Result<Vec<Vec<f64>>, Reason> {
    let mut columns = Vec::new();
    for feature in features {
        let values = feature.values.iter().map(|value| value.as_ref().map_err(|reason| *reason));
        let values = values.collect::<Result<Vec<&Amount>, Reason>>()?;
        let variance = spread::variance(values.iter().copied()).map_or(0.0, |variance| variance.to_f64());
        if scale != "none" && variance == 0.0 {
            return Err(Reason::ZeroVariance);
        }
        let n = rows as f64;
        let by = match scale {
            "none" => 1.0,
            "sample" => variance * n / (n - 1.0),
            _ => variance,
        };
        columns.push((values, by));
    }
    let square = |i: usize, j: usize| {
        numeric::sum(columns.iter().map(|(values, by)| {
            let apart = values[i].minus(values[j]).to_f64();
            apart * apart / by
        }))
    };
    Ok((0..rows).map(|i| (0..rows).map(|j| square(i, j)).collect()).collect())
}

/// One step: two classes, each under its first row, become one under the lower of them.
struct Merge {
    low: usize,
    high: usize,
    height: f64,
}

/// Joins the nearest two until one is left (Lance and Williams 1967).
fn merge(mut apart: Vec<Vec<f64>>, linkage: &str) -> Vec<Merge> {
    let mut alive: Vec<usize> = (0..apart.len()).collect();
    let mut size = vec![1.0; apart.len()];
    let mut merges = Vec::new();
    while alive.len() > 1 {
        let (mut low, mut high, mut least) = (0, 0, f64::INFINITY);
        for (place, i) in alive.iter().enumerate() {
            for j in &alive[place + 1..] {
                if apart[*i][*j] < least {
                    (low, high, least) = (*i, *j, apart[*i][*j]);
                }
            }
        }
        alive.retain(|row| *row != high);
        let (a, b) = (size[low], size[high]);
        for k in alive.iter().copied().filter(|k| *k != low) {
            let (to_a, to_b) = (apart[low][k], apart[high][k]);
            let joined = match linkage {
                "single" => to_a.min(to_b),
                "complete" => to_a.max(to_b),
                "average" => (a * to_a + b * to_b) / (a + b),
                _ => ((a + size[k]) * to_a + (b + size[k]) * to_b - size[k] * least) / (a + b + size[k]),
            };
            (apart[low][k], apart[k][low]) = (joined, joined);
        }
        size[low] += b;
        merges.push(Merge { low, high, height: if linkage == "ward" { least.sqrt() } else { least } });
    }
    merges
}

/// Writes each step as a pair of parts: a row as −1, −2, …, an earlier step as 1, 2, …; rows first.
fn numbered(merges: &[Merge], rows: usize) -> Vec<[i64; 2]> {
    let mut name: Vec<i64> = (1..=rows as i64).map(|row| -row).collect();
    let step = |(step, merge): (usize, &Merge)| {
        let (a, b) = (name[merge.low], name[merge.high]);
        name[merge.low] = step as i64 + 1;
        let swap = if a < 0 && b < 0 { a < b } else { a > b };
        if swap { [b, a] } else { [a, b] }
    };
    merges.iter().enumerate().map(step).collect()
}

/// Returns the class of each row when so many classes are left, numbered in the order of their first rows.
fn cut(merges: &[Merge], rows: usize, classes: usize) -> Vec<usize> {
    let mut first: Vec<usize> = (0..rows).collect();
    for merge in &merges[..rows - classes] {
        first.iter_mut().filter(|first| **first == merge.high).for_each(|first| *first = merge.low);
    }
    let mut firsts = first.clone();
    firsts.sort_unstable();
    firsts.dedup();
    first.iter().map(|own| firsts.partition_point(|first| first <= own)).collect()
}

/// Returns the correlation of the distances with the heights at which the pairs are joined.
fn cophenetic(apart: &[Vec<f64>], merges: &[Merge]) -> Result<f64, Reason> {
    let mut members: Vec<Vec<usize>> = (0..apart.len()).map(|row| vec![row]).collect();
    let (mut x, mut y) = (Vec::new(), Vec::new());
    for merge in merges {
        let joined = std::mem::take(&mut members[merge.high]);
        for i in &members[merge.low] {
            for j in &joined {
                x.push(apart[*i][*j]);
                y.push(merge.height);
            }
        }
        members[merge.low].extend(joined);
    }
    if x.len() < 2 {
        return Err(Reason::TooFew);
    }
    if x.iter().all(|d| *d == x[0]) || y.iter().all(|h| *h == y[0]) {
        return Err(Reason::ZeroVariance);
    }
    let (mean_x, mean_y) = (numeric::mean(&x).ok_or(Reason::TooFew)?, numeric::mean(&y).ok_or(Reason::TooFew)?);
    let both = numeric::sum(x.iter().zip(&y).map(|(x, y)| (x - mean_x) * (y - mean_y)));
    Ok(both / (numeric::squared_deviations(&x) * numeric::squared_deviations(&y)).sqrt())
}

/// Returns the mean silhouette (Rousseeuw 1987).
fn silhouette(apart: &[Vec<f64>], classes: &[usize], count: usize) -> Result<f64, Reason> {
    if count >= classes.len() {
        return Err(Reason::TooFew);
    }
    let of_row = |row: usize| {
        let to_class = |class: usize| {
            let members = (0..classes.len()).filter(|other| classes[*other] == class && *other != row);
            numeric::mean(&members.map(|other| apart[row][other]).collect::<Vec<f64>>())
        };
        let others = (1..=count).filter(|class| *class != classes[row]);
        let next = others.filter_map(to_class).fold(f64::INFINITY, f64::min);
        let Some(own) = to_class(classes[row]) else { return 0.0 };
        if own == next { 0.0 } else { (next - own) / own.max(next) }
    };
    let silhouettes: Vec<f64> = (0..classes.len()).map(of_row).collect();
    numeric::mean(&silhouettes).ok_or(Reason::TooFew)
}

#[cfg(test)]
mod tests {
    use super::super::gini::tests::{frame, whole};
    use super::*;

    #[test]
    fn equal_distances_join_the_first_rows() {
        let merges = merge(
            distances(&frame(&METHOD, &[("feature", &[1, 2, 3, 4])]).numbers["feature"], "none", 4).expect("distances"),
            "ward",
        );
        let pairs: Vec<(usize, usize)> = merges.iter().map(|merge| (merge.low, merge.high)).collect();
        assert_eq!(pairs, [(0, 1), (2, 3), (0, 2)]);
    }

    #[test]
    fn knows_no_order_without_ties() {
        let silhouette =
            |values: &[i64]| whole(&METHOD, &frame(&METHOD, &[("feature", values)]), "silhouette_mean").to_f64();
        assert!((silhouette(&[1, 2, 9, 14, 30, 47]) - silhouette(&[30, 9, 14, 1, 47, 2])).abs() < 1e-15);
    }
}
