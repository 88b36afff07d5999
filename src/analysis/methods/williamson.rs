//! Williamson: the variation of regional levels weighted by population.

use super::gini::{non_negative, weights};
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::spread;
use crate::finding::{Amount, Reason};

/// The method.
pub const METHOD: Method = Method {
    name: "williamson",
    group: Group::Comparative,
    title: Bilingual { ru: "Индекс Уильямсона", kk: "Уильямсон индексі" },
    along: Along::Units,
    roles: &[
        Role::required("value", Takes::NonNegative, "душевые значения", "жан басына шаққандағы мәндер"),
        Role::optional("weight", Takes::NonNegative, "веса: численность населения", "салмақтар: халық саны"),
    ],
    params: &[],
    outputs: &[
        Output::whole(
            "williamson",
            "взвешенный коэффициент вариации Уильямсона",
            "Уильямсонның салмақталған вариация коэффициенті",
            "V(w) = √(Σ (y(i) − ȳ)²·p(i)/P) / ȳ, ȳ = Σ y·p / P",
        )
        .flow(),
        Output::whole(
            "coulter",
            "коэффициент Коултера",
            "Коултер коэффициенті",
            "CC = √(½ Σ (y(i)·p(i)/Σ y·p − p(i)/P)²)",
        )
        .flow(),
    ],
    convention: Bilingual {
        ru: "Среднее взвешено населением, то есть равно душевому значению по стране; без весов все единицы равноправны, и индекс Уильямсона совпадает с коэффициентом вариации генеральной совокупности. Отрицательные значения не допускаются.",
        kk: "Орташа халық санымен салмақталған, яғни ел бойынша жан басына шаққандағы мәнге тең; салмақ берілмесе, барлық бірлік тең құқылы, ал Уильямсон индексі бас жиынтықтың вариация коэффициентіне тең. Теріс мәндерге жол берілмейді.",
    },
    literature: "Williamson J. G. (1965) Regional inequality and the process of national development. Economic Development and Cultural Change; Coulter P. B. (1989) Measuring inequality",
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = non_negative(frame, "value")?;
    let weights = weights(frame, "weight")?;
    let held: Vec<Amount> = values.iter().zip(&weights).map(|(value, weight)| value.times(weight)).collect();
    let (whole, people) = (spread::total(&held), spread::total(&weights));
    let apart = values.iter().map(|value| value.times(&people).minus(&whole));
    let squares: Vec<Amount> =
        apart.zip(&weights).map(|(apart, weight)| spread::square(&apart).times(weight)).collect();
    let variance = spread::total(&squares).divided_by(&spread::square(&whole).times(&people));
    let gap = |(part, weight): (&Amount, &Amount)| spread::square(&part.times(&people).minus(&weight.times(&whole)));
    let gaps: Vec<Amount> = held.iter().zip(&weights).map(gap).collect();
    let most = spread::square(&whole.times(&people)).times(&Amount::Integer(2));
    let root = |squared: Option<Amount>| squared.map(|squared| squared.to_f64().sqrt()).ok_or(Reason::ZeroTotal);
    Ok(vec![
        Outcome::whole("williamson", root(variance)),
        Outcome::whole("coulter", root(spread::total(&gaps).divided_by(&most))),
    ])
}
