//! Change: a sentence's verb, direction and amounts for the change between two findings.

use minijinja::Value as Jinja;
use minijinja::value::Kwargs;

use super::quote::{Number, Quote};
use crate::analysis::Edition;
use crate::exhibit::{Print, number_id};
use crate::expression;
use crate::finding::{Finding, Unit, Value};
use crate::language::{Balance, ChangeKind, ChangeSpec, Gender, Language, NumberForm, Piece, Role, Scale, Suffix};

/// Prints the change from one quote to another, every number in it marked.
pub fn change(
    language: &Language,
    edition: &Edition,
    from: &Jinja,
    to: &Jinja,
    kwargs: &Kwargs,
    mark: &dyn Fn(Number, &str) -> String,
) -> Result<Jinja, String> {
    let quoted = |value: &Jinja| value.downcast_object_ref::<Quote>().map(|quote| quote.finding.clone());
    let (Some(from), Some(to)) = (quoted(from), quoted(to)) else {
        return Ok(Jinja::from_safe_string(String::new()));
    };
    if from.unit != to.unit {
        return Err(format!("change() needs one unit, not {} and {}", from.unit, to.unit));
    }
    let (Value::Amount(before), Value::Amount(after)) = (&from.cell.value, &to.cell.value) else {
        return Err(format!("change() needs two numbers; one of `{}` and `{}` is missing", from.id, to.id));
    };
    let spec = spec(&from, kwargs)?;
    let phrase = language.change(before, after, &spec).map_err(|error| error.message)?;
    let difference =
        expression::ask(&format!("({}) - ({})", to.id, from.id), edition).map_err(|problem| problem.message)?;
    let text = phrase
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) => text,
            Piece::Number { role, text } => {
                let finding = match role {
                    Role::From => &from,
                    Role::To => &to,
                    Role::Difference => &difference,
                };
                mark(number(finding, &spec.form, &text), &text)
            }
        })
        .collect();
    Ok(Jinja::from_safe_string(text))
}

fn spec(finding: &Finding, kwargs: &Kwargs) -> Result<ChangeSpec, String> {
    let word = |name: &str| kwargs.get::<Option<String>>(name).map_err(|error| error.to_string());
    let decimals = kwargs.get::<Option<usize>>("decimals").map_err(|error| error.to_string())?.unwrap_or(0);
    let scale = word("scale")?.map_or(Some(Scale::One), |name| Scale::parse(&name)).ok_or("there is no such scale")?;
    let kind = word("kind")?.map_or(Some(ChangeKind::default()), |name| ChangeKind::parse(&name));
    let gender = word("gender")?.map_or(Some(Gender::default()), |name| Gender::parse(&name));
    let balance = match word("balance")?.as_deref() {
        None | Some("migration") => Balance::Migration,
        Some("natural") => Balance::Natural,
        Some(other) => return Err(format!("there is no balance `{other}`")),
    };
    kwargs.assert_all_used().map_err(|error| error.to_string())?;
    let suffix = match finding.unit {
        Unit::Index => Suffix::Bare,
        unit => Suffix::of(unit),
    };
    Ok(ChangeSpec {
        unit: finding.unit,
        class: finding.class,
        kind: kind.ok_or("there is no such kind of change")?,
        gender: gender.ok_or("there is no such gender")?,
        balance,
        form: NumberForm { decimals, scale, suffix, plus: false, absolute: false },
    })
}

fn number(finding: &Finding, form: &NumberForm, printed: &str) -> Number {
    let thousands = match form.scale {
        Scale::One => 0,
        Scale::Thousand => 1,
        Scale::Million => 2,
        Scale::Billion => 3,
    };
    Number {
        id: number_id(&finding.id, Print { thousands, decimals: form.decimals }, true),
        finding: finding.id.clone(),
        value: finding.cell.value.to_string(),
        unit: finding.unit,
        decimals: Some(form.decimals),
        printed: printed.to_owned(),
        cited: None,
        call: None,
    }
}
