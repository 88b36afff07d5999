//! Change: a sentence's verb, direction and amounts for the change between two findings.

use minijinja::Value as Jinja;
use minijinja::value::Kwargs;

use super::quote::{Manner, Number, Quote, Unprintable};
use crate::analysis::Edition;
use crate::diagnostic::did_you_mean;
use crate::exhibit::{Print, number_id};
use crate::expression::{self, kind_name};
use crate::finding::{Class, Finding, Unit, Value};
use crate::language::{
    Balance, ChangeKind, ChangeSpec, Gender, Language, LanguageError, NumberForm, Piece, Role, Scale, Suffix,
};

/// Prints the change from one quote to another, every number in it marked.
pub(super) fn change(
    language: &Language,
    edition: Option<&Edition>,
    from_quote: &Quote,
    to_quote: &Quote,
    kwargs: &Kwargs,
    mark: &dyn Fn(Number, &str) -> String,
) -> Result<Jinja, Unprintable> {
    let (from, to) = (&from_quote.finding, &to_quote.finding);
    if from.unit != to.unit {
        let message = format!("change() needs one unit, not {} and {}", from.unit, to.unit);
        return Err(Unprintable::Unfit(message, None));
    }
    let (Value::Amount(before), Value::Amount(after)) = (&from.cell.value, &to.cell.value) else {
        return Err(match (&from.cell.value, &to.cell.value) {
            (Value::Missing(reason), _) | (_, Value::Missing(reason)) => Unprintable::Missing(*reason),
            (a, b) => {
                let message = format!("change() needs two numbers, not {} and {}", kind_name(a), kind_name(b));
                Unprintable::Unfit(message, None)
            }
        });
    };
    let spec = spec(from_quote, to_quote, kwargs).map_err(Unprintable::Call)?;
    let refuse = |error: LanguageError| Unprintable::Language(error.message, Some(error.hint));
    let phrase = language.change(before, after, &spec).map_err(refuse)?;
    let difference = match edition.filter(|_| from_quote.literal.is_none()) {
        Some(edition) => expression::ask(&format!("({}) - ({})", to.id, from.id), edition)
            .map_err(|problem| Unprintable::Unfit(problem.message, problem.hint))?,
        None => Quote::of_literal(Value::Amount(after.minus(before)), 0).finding,
    };
    let text = phrase
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) => text,
            Piece::Number { role, text } => {
                let finding = match role {
                    Role::From => from,
                    Role::To => to,
                    Role::Difference => &difference,
                };
                mark(number(finding, &spec.form, &text), &text)
            }
        })
        .collect();
    Ok(Jinja::from_safe_string(text))
}

/// The arguments that change() takes by name.
const ARGUMENTS: [&str; 5] = ["decimals", "scale", "kind", "gender", "balance"];

fn spec(from: &Quote, to: &Quote, kwargs: &Kwargs) -> Result<ChangeSpec, String> {
    let finding = &from.finding;
    // The reader of templates adds `at` to a call whose first argument is a text.
    if let Some(unknown) = kwargs.args().find(|name| !ARGUMENTS.contains(name) && *name != "at") {
        let near = did_you_mean(unknown, ARGUMENTS).unwrap_or_else(|| format!("it takes: {}", ARGUMENTS.join(", ")));
        return Err(format!("change() has no argument `{unknown}`; {near}"));
    }
    let word = |name: &str| kwargs.get::<Option<String>>(name).map_err(|error| error.to_string());
    // A filter on the first value says how both are printed.
    let shaped = if let Manner::Number(form) = &from.manner { Some(form.clone()) } else { None };
    let kept = from.literal.max(to.literal).unwrap_or(0);
    let own = shaped.as_ref().map_or(kept, |form| form.decimals.max(kept));
    let decimals = kwargs.get::<Option<usize>>("decimals").map_err(|error| error.to_string())?.unwrap_or(own);
    let scale = word("scale")?
        .map_or(Some(shaped.as_ref().map_or(Scale::One, |form| form.scale)), |name| Scale::parse(&name))
        .ok_or("`scale` is one, thousands, millions, billions or trillions")?;
    let kind = word("kind")?.map_or(Some(ChangeKind::default()), |name| ChangeKind::parse(&name));
    let gender = word("gender")?.map_or(Some(Gender::default()), |name| Gender::parse(&name));
    let balance = match word("balance")?.as_deref() {
        None | Some("migration") => Balance::Migration,
        Some("natural") => Balance::Natural,
        Some(other) => return Err(format!("`balance` is migration or natural, not `{other}`")),
    };
    let suffix = match (shaped, finding.unit) {
        (Some(form), _) => form.suffix,
        (None, Unit::Index) => Suffix::Bare,
        (None, unit) => Suffix::of(unit),
    };
    // A literal is a balance where one of the two is below zero.
    let class = if from.literal.is_some() { from.finding.class.max(to.finding.class) } else { finding.class };
    Ok(ChangeSpec {
        unit: finding.unit,
        class,
        kind: kind.ok_or("`kind` is count, share or flow")?,
        gender: gender.ok_or("`gender` is m, f, n or pl")?,
        balance,
        form: NumberForm { decimals, scale, suffix, ..NumberForm::default() },
    })
}

fn number(finding: &Finding, form: &NumberForm, printed: &str) -> Number {
    let thousands = match form.scale {
        Scale::One => 0,
        Scale::Thousand => 1,
        Scale::Million => 2,
        Scale::Billion => 3,
        Scale::Trillion => 4,
    };
    Number {
        id: number_id(&finding.id, Print { thousands, decimals: form.decimals }, true),
        finding: Some(finding.id.clone()),
        value: finding.cell.value.to_string(),
        unit: finding.unit,
        is_signed: finding.class == Class::Signed,
        decimals: Some(form.decimals),
        printed: printed.to_owned(),
        cited: None,
        observed: finding.cell.vintages.observed(),
        call: None,
    }
}
