//! Share: the part of each unit in the total.

use super::average::sum;
use super::growth::percent;
use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::exact::non_negative;
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub const METHOD: Method = Method {
    name: "share",
    group: Group::Comparative,
    title: Bilingual { ru: "Доля в итоге", kk: "Қорытындыдағы үлес" },
    along: Along::Units,
    roles: &[
        Role::required("value", Takes::NonNegative, "значения показателя", "көрсеткіштің мәндері"),
        Role::optional("total", Takes::NonNegative, "итог", "қорытынды"),
    ],
    params: &[],
    outputs: &[Output::row(
        "share_of_country",
        "доля (удельный вес) в итоге",
        "қорытындыдағы үлес (үлес салмағы)",
        "d(i) = 100 · y(i) / Y",
    )
    .unit(Unit::Percent)
    .flow()],
    convention: Bilingual {
        ru: "Итог задан отдельно, например по стране, а без него равен сумме всех единиц, кроме ещё не существовавших. Метод применим только к показателям, не бывающим отрицательными: доля в сальдо не имеет смысла.",
        kk: "Қорытынды – бөлек берілген мән, мысалы, ел бойынша, ал ол болмаса – әлі құрылмағандардан басқа барлық бірліктердің қосындысы. Әдіс теріс болмайтын көрсеткіштерге ғана қолданылады: сальдодағы үлестің мағынасы жоқ.",
    },
    literature: "Елисеева И. И., Юзбашев М. М. Общая теория статистики",
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let name = "share_of_country";
    if frame.has("total") {
        let rows = 0..frame.values("value").len();
        let share = |row| {
            let (value, total) = (frame.at("value", row)?, frame.at("total", row)?);
            non_negative(&[&[value, total]])?;
            share(value, total)
        };
        return Ok(rows.map(|row| Outcome::each(name, row, share(row))).collect());
    }
    let shares = of_sum(frame, "value")?;
    Ok(shares.into_iter().enumerate().map(|(row, share)| Outcome::row(name, row, share)).collect())
}

/// Returns the per cent that a part is of a total.
pub(super) fn share(part: &Amount, total: &Amount) -> Result<Amount, Reason> {
    percent(part, total).map_err(|_| Reason::ZeroTotal)
}

/// Returns the share of each row in the sum of those that existed; an error is a reason that holds for all of them.
pub(super) fn of_sum(frame: &Frame, role: &str) -> Result<Vec<Result<Amount, Reason>>, Reason> {
    let existing = frame.existing(role)?;
    non_negative(&[&existing.iter().map(|(_, value)| *value).collect::<Vec<_>>()])?;
    let total = sum(existing.iter().map(|(_, value)| *value));
    Ok((0..frame.values(role).len()).map(|row| share(frame.at(role, row)?, &total)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::frame::Column;

    #[test]
    fn negatives_are_told_apart_from_different_signs() {
        let of = |values: [i64; 3]| {
            let values = values.map(|value| Ok(Amount::Integer(value))).to_vec();
            let mut frame = Frame { rows: 3, ..Frame::default() };
            frame.numbers.insert("value", vec![Column { name: String::new(), unit: Unit::Persons, values }]);
            of_sum(&frame, "value").err()
        };
        assert_eq!(of([-1, -2, -3]), Some(Reason::NegativeBase));
        assert_eq!(of([-1, 0, -3]), Some(Reason::NegativeBase));
        assert_eq!(of([-1, 2, -3]), Some(Reason::MixedSign));
    }

    #[test]
    fn a_territory_that_did_not_exist_is_no_part_of_the_sum() {
        let values = vec![Ok(Amount::Integer(1)), Err(Reason::NotApplicable), Ok(Amount::Integer(3))];
        let mut frame = Frame { rows: 3, ..Frame::default() };
        frame.numbers.insert("value", vec![Column { name: String::new(), unit: Unit::Persons, values }]);
        let shares = of_sum(&frame, "value").expect("a value");
        assert_eq!(shares, [Ok(Amount::Integer(25)), Err(Reason::NotApplicable), Ok(Amount::Integer(75))]);
    }
}
