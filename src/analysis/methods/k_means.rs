//! k-means: units in classes about their means, from many starts that are drawn, and how far the starts agree.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::random::Random;
use crate::analysis::numeric::{spread, sum};
use crate::finding::{Amount, Part, Reason, Unit};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "k_means",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[Role::many("feature", Takes::Signed)],
    params: &[
        Param::new("classes", ParamKind::Count(2, 50), "4"),
        Param::new("scale", ParamKind::Choice(&["population", "none"]), "population"),
        Param::new("starts", ParamKind::Count(1, 1000), "100"),
        Param::new("seed", ParamKind::Count(0, 1_000_000), "1"),
    ],
    outputs: &[
        Output::row("k_means_class", "arg min(c) Σ(x − m(c))²").unit(Unit::Count).level(),
        Output::member("k_means_size", "n(c)").unit(Unit::Count).flow(),
        Output::whole("k_means_within", "W = ΣΣ(x − m(c))²").flow(),
        Output::whole("k_means_explained", "1 − W / ΣΣ(x − m)²").flow(),
        Output::whole("k_means_reached", "#{W(s) = min W} / s").flow(),
        Output::whole("k_means_agreement", "ARI(s, ŝ)"),
    ],
    run,
};

/// Beyond this the starts take too long.
const MOST: usize = 2000;

/// Steps after which a start is left as it stands.
const STEPS: usize = 100;

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let wanted = frame.count("classes") as usize;
    if frame.rows < wanted {
        return Err(Reason::TooFew);
    }
    if frame.rows > MOST {
        return Err(Reason::TooMany);
    }
    let mut columns: Vec<Vec<&Amount>> = Vec::new();
    let mut points = vec![Vec::new(); frame.rows];
    for column in frame.columns("feature") {
        let values: Vec<&Amount> =
            column.values.iter().map(|value| value.as_ref().map_err(|reason| *reason)).collect::<Result<_, _>>()?;
        let variance = spread::variance(values.iter().copied()).map_or(0.0, |variance| variance.to_f64());
        let middle = spread::mean(values.iter().copied()).ok_or(Reason::TooFew)?;
        if variance == 0.0 {
            return Err(Reason::ZeroVariance);
        }
        let by = if frame.choice("scale") == "none" { 1.0 } else { variance.sqrt() };
        points.iter_mut().zip(&values).for_each(|(point, value)| point.push(value.minus(&middle).to_f64() / by));
        columns.push(values);
    }
    // Starts are drawn from the units in the order of their features, so that the order of rows does not matter.
    let mut order: Vec<usize> = (0..frame.rows).collect();
    order.sort_by(|a, b| {
        columns.iter().map(|column| column[*a].cmp(column[*b])).find(|o| o.is_ne()).unwrap_or(a.cmp(b))
    });
    let sorted: Vec<Vec<f64>> = order.iter().map(|row| points[*row].clone()).collect();
    let mut different = sorted.clone();
    different.dedup();
    if different.len() < wanted {
        return Err(Reason::Ties);
    }
    let mut random = Random::new(frame.count("seed") as u64);
    let starts: Vec<(f64, Vec<usize>)> =
        (0..frame.count("starts")).map(|_| settled(&sorted, seeds(&sorted, wanted, &mut random))).collect();
    let best = starts.iter().reduce(|best, next| if next.0 < best.0 { next } else { best }).ok_or(Reason::TooFew)?;
    let classes = ranked(&sorted, &best.1, wanted);
    let reached = starts.iter().filter(|start| ranked(&sorted, &start.1, wanted) == classes).count();
    let rand: Vec<f64> = starts.iter().map(|start| adjusted_rand(&start.1, &best.1, wanted)).collect();
    let all = sum(sorted.iter().flatten().map(|x| x * x));
    let mut found = vec![
        Outcome::whole("k_means_within", best.0),
        Outcome::whole("k_means_explained", 1.0 - best.0 / all),
        Outcome::whole("k_means_reached", Amount::ratio(reached as i64, starts.len() as i64).ok_or(Reason::TooFew)),
        Outcome::whole("k_means_agreement", sum(rand.iter().copied()) / rand.len() as f64),
    ];
    for class in 1..=wanted {
        let size = classes.iter().filter(|of| **of == class).count();
        found.push(Outcome::member("k_means_size", Part::Category(class.to_string().into()), size));
    }
    for (row, class) in order.iter().zip(&classes) {
        found.push(Outcome::row("k_means_class", *row, *class));
    }
    Ok(found)
}

fn apart(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum()
}

/// Draws the first means: each next one with a chance in proportion to the square of its distance from those drawn
/// (Arthur and Vassilvitskii 2007).
fn seeds(points: &[Vec<f64>], wanted: usize, random: &mut Random) -> Vec<Vec<f64>> {
    let mut means = vec![points[random.below(points.len())].clone()];
    while means.len() < wanted {
        let nearest = |point: &Vec<f64>| means.iter().map(|mean| apart(point, mean)).fold(f64::INFINITY, f64::min);
        let weights: Vec<f64> = points.iter().map(nearest).collect();
        let mut left = random.share() * weights.iter().sum::<f64>();
        let at = weights.iter().position(|weight| {
            left -= weight;
            left < 0.0 && *weight > 0.0
        });
        let last = weights.iter().rposition(|weight| *weight > 0.0).unwrap_or(0);
        means.push(points[at.unwrap_or(last)].clone());
    }
    means
}

/// Moves units to the nearest mean and means to their units until nothing moves (Lloyd); a class that has lost all its
/// units keeps its mean.
fn settled(points: &[Vec<f64>], mut means: Vec<Vec<f64>>) -> (f64, Vec<usize>) {
    let mut classes = vec![usize::MAX; points.len()];
    for _ in 0..STEPS {
        let nearest = |point: &Vec<f64>| {
            let distances = means.iter().map(|mean| apart(point, mean)).enumerate();
            distances.reduce(|best, next| if next.1 < best.1 { next } else { best }).map_or(0, |(class, _)| class)
        };
        let next: Vec<usize> = points.iter().map(nearest).collect();
        if next == classes {
            break;
        }
        classes = next;
        for (class, mean) in means.iter_mut().enumerate() {
            let own: Vec<&Vec<f64>> =
                points.iter().zip(&classes).filter(|(_, of)| **of == class).map(|(p, _)| p).collect();
            if !own.is_empty() {
                let count = own.len() as f64;
                mean.iter_mut()
                    .enumerate()
                    .for_each(|(at, mean)| *mean = own.iter().map(|p| p[at]).sum::<f64>() / count);
            }
        }
    }
    (sum(points.iter().zip(&classes).map(|(point, class)| apart(point, &means[*class]))), classes)
}

/// Numbers the classes from one on, in the order of their means, feature by feature; empty ones come last.
fn ranked(points: &[Vec<f64>], classes: &[usize], wanted: usize) -> Vec<usize> {
    let mean = |class: usize| -> Vec<f64> {
        let own: Vec<&Vec<f64>> = points.iter().zip(classes).filter(|(_, of)| **of == class).map(|(p, _)| p).collect();
        let features = points.first().map_or(0, Vec::len);
        if own.is_empty() {
            return vec![f64::INFINITY; features];
        }
        (0..features).map(|at| own.iter().map(|p| p[at]).sum::<f64>() / own.len() as f64).collect()
    };
    let means: Vec<Vec<f64>> = (0..wanted).map(mean).collect();
    let mut order: Vec<usize> = (0..wanted).collect();
    order.sort_by(|a, b| {
        let pairs = means[*a].iter().zip(&means[*b]);
        pairs.map(|(a, b)| a.total_cmp(b)).find(|o| o.is_ne()).unwrap_or(a.cmp(b))
    });
    let place = |class: &usize| order.iter().position(|of| of == class).map_or(0, |place| place + 1);
    classes.iter().map(place).collect()
}

/// The index of Rand corrected for chance (Hubert and Arabie 1985): 1 where two partitions are the same.
fn adjusted_rand(a: &[usize], b: &[usize], wanted: usize) -> f64 {
    let pairs = |count: usize| (count * count.saturating_sub(1) / 2) as f64;
    let both = |x: usize, y: usize| a.iter().zip(b).filter(|(a, b)| **a == x && **b == y).count();
    let table: Vec<Vec<usize>> = (0..wanted).map(|x| (0..wanted).map(|y| both(x, y)).collect()).collect();
    let joint: f64 = table.iter().flatten().map(|count| pairs(*count)).sum();
    let of_a: f64 = table.iter().map(|row| pairs(row.iter().sum())).sum();
    let of_b: f64 = (0..wanted).map(|y| pairs(table.iter().map(|row| row[y]).sum())).sum();
    let chance = of_a * of_b / pairs(a.len());
    let most = f64::midpoint(of_a, of_b);
    if most == chance { 1.0 } else { (joint - chance) / (most - chance) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreement_knows_no_names() {
        assert_eq!(adjusted_rand(&[0, 0, 1, 1], &[1, 1, 0, 0], 2), 1.0);
        assert!((adjusted_rand(&[0, 0, 1, 1], &[0, 1, 0, 1], 2) + 0.5).abs() < 1e-15);
        let points: Vec<Vec<f64>> = [1.0, 1.1, 5.0, 5.2].iter().map(|x| vec![*x]).collect();
        let (_, classes) = settled(&points, vec![vec![5.0], vec![1.0]]);
        assert_eq!(ranked(&points, &classes, 2), [1, 1, 2, 2]);
    }
}
