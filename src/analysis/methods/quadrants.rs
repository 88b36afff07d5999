//! Quadrants: a typology by two indicators.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::{order, spread};
use crate::finding::{Amount, Part, Reason, Unit};

const LINES: ParamKind = ParamKind::Choice(&["mean", "median", "zero"]);

/// The method.
pub(super) const METHOD: Method = Method {
    name: "quadrants",
    group: Group::Comparative,
    along: Along::Units,
    roles: &[Role::required("x", Takes::Signed), Role::required("y", Takes::Signed)],
    params: &[Param::new("x_line", LINES, "mean"), Param::new("y_line", LINES, "mean")],
    outputs: &[
        Output::row("quadrant", "1: x ≥ X, y ≥ Y; 2: x < X, y ≥ Y; 3: x < X, y < Y; 4: x ≥ X, y < Y")
            .unit(Unit::Count)
            .level(),
        Output::member("quadrant_count", "n(1), …, n(4)").unit(Unit::Count).flow(),
        Output::whole("quadrant_x_line", "X").unit_of("x"),
        Output::whole("quadrant_y_line", "Y").unit_of("y"),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let (x, y) = (frame.complete("x")?, frame.complete("y")?);
    let (right, top) = (line(&x, frame.choice("x_line"))?, line(&y, frame.choice("y_line"))?);
    let place = |(x, y): (&&Amount, &&Amount)| match (**x >= right, **y >= top) {
        (true, true) => 1,
        (false, true) => 2,
        (false, false) => 3,
        (true, false) => 4,
    };
    let places: Vec<i64> = x.iter().zip(&y).map(place).collect();
    let mut found: Vec<Outcome> =
        places.iter().enumerate().map(|(row, place)| Outcome::row("quadrant", row, *place)).collect();
    for quadrant in 1..=4 {
        let count = places.iter().filter(|place| **place == quadrant).count();
        found.push(Outcome::member("quadrant_count", Part::Category(quadrant.to_string().into()), count));
    }
    found.push(Outcome::whole("quadrant_x_line", right));
    found.push(Outcome::whole("quadrant_y_line", top));
    Ok(found)
}

fn line(values: &[&Amount], word: &str) -> Result<Amount, Reason> {
    let mut sorted: Vec<Amount> = values.iter().copied().cloned().collect();
    sorted.sort();
    match word {
        _ if sorted.is_empty() => Err(Reason::TooFew),
        "zero" => Ok(Amount::ZERO),
        "median" => order::median(&sorted).ok_or(Reason::TooFew),
        _ => spread::mean(&sorted).ok_or(Reason::TooFew),
    }
}
