//! Trend: the least-squares line through a series, exact in rational numbers.

use std::sync::Arc;

use crate::analysis::method::{Bilingual, Member, Method, lines, numbers, value, whole_line};
use crate::finding::{Amount, Class, Period, Reason, Series, Unit, Value};

/// The method.
pub const METHOD: Method = Method {
    name: "trend",
    title: Bilingual { ru: "Линейный тренд", kk: "Сызықтық үрдіс" },
    members: &[
        ("slope", "b = Σ(t − t̄)(y − ȳ) / Σ(t − t̄)²"),
        ("intercept", "a = ȳ − b · t̄"),
        ("r_squared", "R² = [Σ(t − t̄)(y − ȳ)]² / (Σ(t − t̄)² · Σ(y − ȳ)²)"),
    ],
    convention: Bilingual {
        ru: "Метод наименьших квадратов, t – календарный год; не менее трёх лет. Наклон описывает ряд и ничего не утверждает о значимости.",
        kk: "Ең кіші квадраттар әдісі, t – күнтізбелік жыл; кемінде үш жыл. Көлбеуі қатарды сипаттайды, маңыздылық туралы ештеңе айтпайды.",
    },
    literature: "Елисеева И. И., Юзбашев М. М. Общая теория статистики",
    run,
};

fn run(series: &Arc<Series>) -> Result<Vec<Series>, String> {
    let (at, lines) = lines(series)?;
    let slope_unit = if series.unit == Unit::Persons { Unit::PersonsPerYear } else { series.unit.of_difference() };
    let member = |i: usize, unit, class| {
        let (name, formula) = METHOD.members[i];
        Member::new(series, name, formula, unit, class, whole_line).without(at)
    };
    let mut members = [
        member(0, slope_unit, Class::Signed),
        member(1, series.unit, Class::Signed),
        member(2, Unit::Times, Class::Flow),
    ];
    for (rest, line) in &lines {
        let values = match numbers(line) {
            Ok(found) => fit(&found),
            Err(reason) => [(); 3].map(|()| Value::Missing(reason)),
        };
        for (member, value) in members.iter_mut().zip(values) {
            member.put(rest.clone(), value, line.iter().map(|(_, cell)| *cell));
        }
    }
    Ok(members.map(Member::done).to_vec())
}

fn fit(points: &[(Period, &Amount)]) -> [Value; 3] {
    if points.len() < 3 {
        return [(); 3].map(|()| Value::Missing(Reason::TooFew));
    }
    let n = Amount::Integer(points.len() as i64);
    let year = |period: &Period| Amount::Integer(i64::from(period.year()));
    let sum = |of: &dyn Fn(&(Period, &Amount)) -> Amount| points.iter().fold(Amount::ZERO, |sum, p| sum.plus(&of(p)));
    let (t, y) = (sum(&|p| year(&p.0)), sum(&|p| p.1.clone()));
    // n·Σxy − Σx·Σy: the centred sums times n, without a division.
    let centred = |product: Amount, a: &Amount, b: &Amount| product.times(&n).minus(&a.times(b));
    let tt = centred(sum(&|p| year(&p.0).times(&year(&p.0))), &t, &t);
    let ty = centred(sum(&|p| year(&p.0).times(p.1)), &t, &y);
    let yy = centred(sum(&|p| p.1.times(p.1)), &y, &y);
    let slope = ty.divided_by(&tt);
    let intercept = slope.as_ref().and_then(|b| y.minus(&b.times(&t)).divided_by(&n));
    let r_squared = ty.times(&ty).divided_by(&tt.times(&yy));
    [value(slope, Reason::ZeroVariance), value(intercept, Reason::ZeroVariance), value(r_squared, Reason::ZeroVariance)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_line_is_found_exactly() {
        let values: Vec<Amount> = [7, 10, 13, 16].map(Amount::Integer).to_vec();
        let points: Vec<(Period, &Amount)> = (2013..).map(Period::of_year).zip(&values).collect();
        let [slope, intercept, r_squared] = fit(&points);
        assert_eq!(slope.amount(), Some(&Amount::Integer(3)));
        assert_eq!(intercept.amount(), Some(&Amount::Integer(7 - 3 * 2013)));
        assert_eq!(r_squared.amount(), Some(&Amount::Integer(1)));
    }
}
