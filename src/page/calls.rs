//! Calls: the functions and filters that templates may use, as the engine calls them.

use std::sync::Arc;

use minijinja::value::{Kwargs, Rest, ValueKind};
use minijinja::{Environment, Error, State, Value as Jinja};

use super::context::{Context, nothing};
use super::link::Link;
use super::quote::{Manner, Number, Quote, Unprintable};
use super::rendered::EXEMPT;
use crate::diagnostic::{code, did_you_mean};
use crate::document::slots::Piece;
use crate::document::{Block, Matter};
use crate::language::{Case, DateForm, ExhibitKind, ExhibitNumber, NumberForm, Scale, Suffix};

/// How many decimals a p-value has unless told.
const P_DECIMALS: usize = 3;

/// How many decimals a filter may ask for.
const MOST_DECIMALS: usize = 9;

/// Returns where a call stands, which the program puts in, and refuses what an author adds that the function does not know.
fn at_of(kwargs: &Kwargs) -> Result<Option<usize>, Error> {
    let at = kwargs.get::<Option<usize>>("at")?;
    kwargs.assert_all_used()?;
    Ok(at)
}

/// Gives the engine the functions.
pub(super) fn functions(environment: &mut Environment<'static>, context: &Arc<Context>) {
    let c = Arc::clone(context);
    environment.add_function("q", move |state: &mut State, text: &str, kwargs: Kwargs| -> Result<Jinja, Error> {
        let at = at_of(&kwargs)?;
        Ok(c.ask(state, text, at).map_or_else(nothing, |finding| Jinja::from_object(Quote::new(finding, at))))
    });
    let c = Arc::clone(context);
    environment.add_function("holds", move |state: &mut State, text: &str, kwargs: Kwargs| -> Result<Jinja, Error> {
        let caller: Option<Jinja> = kwargs.get("caller")?;
        let at = at_of(&kwargs)?;
        let holds = c.holds(state, text, at);
        match caller {
            None => Ok(Jinja::from(holds)),
            Some(caller) if holds => caller.call(state, &[]),
            Some(_) => Ok(c.untold()),
        }
    });
    let c = Arc::clone(context);
    environment.add_function(
        "undecided",
        move |state: &mut State, text: &str, kwargs: Kwargs| -> Result<Jinja, Error> {
            let at = at_of(&kwargs)?;
            Ok(Jinja::from(c.undecided(state, text, at)))
        },
    );
    // What a group of alternatives without `else` prints where none of them holds; no author can call it.
    let c = Arc::clone(context);
    environment.add_function("untold", move || c.untold());
    environment.add_function("exempt", |state: &mut State, _reason: &str, kwargs: Kwargs| -> Result<Jinja, Error> {
        let said = kwargs.get::<Jinja>("caller")?.call(state, &[])?;
        Ok(Jinja::from_safe_string(format!("{}{said}{}", EXEMPT.0, EXEMPT.1)))
    });
    let c = Arc::clone(context);
    environment.add_function(
        "cite",
        move |state: &mut State, work: &str, rest: Rest<String>, kwargs: Kwargs| -> Result<Jinja, Error> {
            let page = kwargs.get::<Option<Jinja>>("page")?.map(|page| page.to_string());
            let at = at_of(&kwargs)?;
            let Some(cite) = c.cite(work, rest.first().cloned().or(page)) else {
                c.no_work(state, at, work);
                return Ok(nothing());
            };
            Ok(c.hold(Piece::Inline(cite)))
        },
    );
    let c = Arc::clone(context);
    environment.add_function(
        "cited",
        move |state: &mut State, text: &str, work: &str, page: &str, kwargs: Kwargs| -> Result<Jinja, Error> {
            let at = at_of(&kwargs)?;
            if c.cite(work, None).is_none() {
                c.no_work(state, at, work);
            }
            match c.language.print_literal(text, &NumberForm::default(), None) {
                Ok(printed) => Ok(Jinja::from_safe_string(c.mark(Number::cited(text, work, page, &printed), &printed))),
                Err(error) => {
                    c.refuse(state, at, code::LANGUAGE_FORM, error.message, Some(error.hint));
                    Ok(nothing())
                }
            }
        },
    );
    for (name, kind) in [("figure", ExhibitKind::Figure), ("table", ExhibitKind::Table)] {
        let c = Arc::clone(context);
        environment.add_function(name, move |state: &mut State, id: &str, kwargs: Kwargs| -> Result<Jinja, Error> {
            let at = at_of(&kwargs)?;
            if c.numbering.get(id).is_none_or(|(known, _)| *known != kind) {
                let hint = did_you_mean(id, c.numbering.keys().map(String::as_str));
                c.refuse(state, at, code::TEMPLATE_REFERENCE, format!("study.yaml has no {name} `{id}`"), hint);
                return Ok(nothing());
            }
            c.record().placed.push(id.to_owned());
            Ok(c.hold(Piece::Block(Block::Exhibit(id.to_owned()))))
        });
    }
    references(environment, context);
    for (name, matter) in Matter::ALL {
        let c = Arc::clone(context);
        environment.add_function(name, move || c.hold(Piece::Block(Block::Generated(matter))));
    }
    let c = Arc::clone(context);
    environment.add_function(
        "change",
        move |state: &mut State, from: Jinja, to: Jinja, kwargs: Kwargs| -> Result<Jinja, Error> {
            let (Some(from), Some(to)) = (c.quote(state, &from), c.quote(state, &to)) else { return Ok(nothing()) };
            let mark = |number, text: &str| c.mark(number, text);
            super::change::change(&c.language, c.edition.as_deref(), &from, &to, &kwargs, &mark).or_else(|problem| {
                c.unprintable(state, &from, &problem);
                Ok(nothing())
            })
        },
    );
}

fn references(environment: &mut Environment<'static>, context: &Arc<Context>) {
    let c = Arc::clone(context);
    environment.add_function("ref", move |state: &mut State, id: &str, kwargs: Kwargs| -> Result<Jinja, Error> {
        let at = at_of(&kwargs)?;
        let (message, hint) = match c.numbering.get(id) {
            Some((kind, number)) if *number != ExhibitNumber::Own(0) => {
                return Ok(c.link(state, (id, *kind, *number), None, at));
            }
            Some(_) => (format!("no page places `{id}`, so it has no number"), None),
            None => {
                let hint = did_you_mean(id, c.numbering.keys().map(String::as_str));
                (format!("study.yaml has no figure or table `{id}`"), hint)
            }
        };
        c.refuse(state, at, code::TEMPLATE_REFERENCE, message, hint);
        Ok(nothing())
    });
}

/// Gives the engine the filters.
pub(super) fn filters(environment: &mut Environment<'static>, context: &Arc<Context>) {
    let numeric: [(&'static str, Suffix, Scale, usize); 11] = [
        ("number", Suffix::Bare, Scale::One, 0),
        ("persons", Suffix::Persons, Scale::One, 0),
        ("thousands", Suffix::Persons, Scale::Thousand, 1),
        ("millions", Suffix::Persons, Scale::Million, 2),
        ("billions", Suffix::Persons, Scale::Billion, 2),
        ("percent", Suffix::Percent, Scale::One, 1),
        ("points", Suffix::Points, Scale::One, 1),
        ("per_mille", Suffix::PerMille, Scale::One, 1),
        ("times", Suffix::Times, Scale::One, 1),
        ("index", Suffix::Bare, Scale::One, 1),
        ("year", Suffix::Year, Scale::One, 0),
    ];
    for (name, suffix, scale, default) in numeric {
        let c = Arc::clone(context);
        environment.add_filter(name, move |state: &mut State, value: Jinja, given: Rest<Jinja>, named: Kwargs| {
            c.shaped(state, &value, |quote| {
                let form = form(name, (&given, &named), &quote, (suffix.clone(), scale), default)?;
                quote.number(name, form)
            })
        });
    }
    let c = Arc::clone(context);
    environment.add_filter("unit", move |state: &mut State, value: Jinja, given: Rest<Jinja>, named: Kwargs| {
        c.shaped(state, &value, |quote| {
            let form = form("unit", (&given, &named), &quote, (Suffix::of(quote.finding.unit), Scale::One), 0)?;
            quote.number("unit", form)
        })
    });
    let c = Arc::clone(context);
    environment.add_filter("noun", move |state: &mut State, value: Jinja, given: Rest<Jinja>, named: Kwargs| {
        c.shaped(state, &value, |quote| {
            let lacks = || Unprintable::Call("`noun` lacks its noun: noun(\"…\")".to_owned());
            let noun = given.first().and_then(Jinja::as_str).ok_or_else(lacks)?;
            let form = form("noun", (&given[1..], &named), &quote, (Suffix::Noun(noun.to_owned()), Scale::One), 0)?;
            quote.number("noun", form)
        })
    });
    let c = Arc::clone(context);
    environment.add_filter("date", move |state: &mut State, value: Jinja, name: Option<String>| {
        c.shaped(state, &value, |quote| {
            let form = match name.as_deref() {
                None | Some("prose") => DateForm::Prose,
                Some("long") => DateForm::Long,
                Some("short") => DateForm::Short,
                Some(other) => {
                    return Err(Unprintable::Call(format!("`date` is prose, long or short, not `{other}`")));
                }
            };
            quote.manned("date", Manner::Date(form))
        })
    });
    let c = Arc::clone(context);
    environment.add_filter("ordinal", move |state: &mut State, value: Jinja, noun: Option<String>| {
        // The engine reads 3.10 as 3.1.
        let parted = value.kind() == ValueKind::Number && !value.is_integer();
        c.shaped(state, &value, |quote| match parted {
            true => Err(Unprintable::Call("what has several parts is given as a text: \"3.10\"".to_owned())),
            false => quote.manned("ordinal", Manner::Ordinal(noun)),
        })
    });
    let c = Arc::clone(context);
    environment.add_filter("range", move |state: &mut State, value: Jinja, end: Option<Jinja>| {
        let until = end.as_ref().and_then(|end| c.quote(state, end));
        c.shaped(state, &value, |quote| {
            let lacks = || Unprintable::Call("`range` lacks its other end: range(q(\"…\"))".to_owned());
            let until = until.ok_or_else(lacks)?.finding;
            quote.once("range", |quote| quote.until.replace(until).is_some())
        })
    });
    let c = Arc::clone(context);
    environment.add_filter("list", move |state: &mut State, value: Jinja| {
        c.shaped(state, &value, |quote| {
            let form = if let Manner::Number(form) = &quote.manner { Some(form.clone()) } else { None };
            quote.manned("list", Manner::List(form))
        })
    });
    let c = Arc::clone(context);
    environment.add_filter("verb", move |state: &mut State, value: Jinja, verb: Option<String>| {
        c.shaped(state, &value, |quote| {
            let lacks = || Unprintable::Call("`verb` lacks its verb: verb(\"…\")".to_owned());
            let verb = verb.ok_or_else(lacks)?;
            let Manner::Number(form) = quote.manner.clone() else {
                let message = "`verb` follows the filter that prints the number: persons, noun …".to_owned();
                return Err(Unprintable::Call(message));
            };
            quote.manned("verb", Manner::Verb(form, verb))
        })
    });
    for (name, at) in [("possessive", 0), ("collective", 1), ("words", 2), ("plural", 3)] {
        let c = Arc::clone(context);
        environment.add_filter(name, move |state: &mut State, value: Jinja| {
            c.shaped(state, &value, |quote| {
                quote.once(name, |quote| {
                    let flags = [&mut quote.possessive, &mut quote.collective, &mut quote.words, &mut quote.plural];
                    let flag = flags.into_iter().nth(at);
                    flag.is_some_and(|flag| std::mem::replace(flag, true))
                })
            })
        });
    }
    let c = Arc::clone(context);
    environment.add_filter("region", move |state: &mut State, value: Jinja, form: Option<String>| {
        c.shaped(state, &value, |quote| quote.manned("region", Manner::Regions(form)))
    });
    let c = Arc::clone(context);
    environment.add_filter("p_value", move |state: &mut State, value: Jinja, decimals: Option<usize>| {
        c.shaped(state, &value, |quote| match decimals.unwrap_or(P_DECIMALS) {
            decimals @ 1..=MOST_DECIMALS => quote.manned("p_value", Manner::PValue(decimals)),
            _ => Err(Unprintable::Call(format!("`p_value` takes from 1 to {MOST_DECIMALS} decimals"))),
        })
    });
    let kinds = [("month", Manner::Months), ("quarter", Manner::Quarter), ("half_year", Manner::HalfYear)];
    for (name, manner) in kinds {
        let c = Arc::clone(context);
        environment.add_filter(name, move |state: &mut State, value: Jinja| {
            c.shaped(state, &value, |quote| quote.manned(name, manner.clone()))
        });
    }
    let c = Arc::clone(context);
    environment.add_filter("absolute", move |state: &mut State, value: Jinja| {
        c.shaped(state, &value, |quote| quote.once("absolute", |quote| std::mem::replace(&mut quote.absolute, true)))
    });
    let c = Arc::clone(context);
    environment.add_filter("plus", move |state: &mut State, value: Jinja| {
        c.shaped(state, &value, |quote| quote.once("plus", |quote| std::mem::replace(&mut quote.plus, true)))
    });
    let c = Arc::clone(context);
    environment.add_filter(
        "case",
        move |state: &mut State, value: Jinja, name: Option<String>| -> Result<Jinja, Error> {
            let name = name.unwrap_or_default();
            let (quote, link) = (c.quote(state, &value), value.downcast_object_ref::<Link>());
            let Some(case) = Case::parse(&name) else {
                let at = quote.as_ref().and_then(|quote| quote.at).or(link.and_then(|link| link.at));
                let message = format!("there is no case `{name}`");
                // Names of cases in full begin as the short ones do.
                let near = CASES.into_iter().find(|case| name.to_lowercase().starts_with(case));
                let near = near.map(|case| format!("did you mean `{case}`? "));
                let hint = format!("{}there are: {}", near.unwrap_or_default(), CASES.join(", "));
                c.refuse(state, at, code::LANGUAGE_FORM, message, Some(hint));
                return Ok(value);
            };
            if let Some(link) = link {
                return Ok(c.link(state, (&link.id, link.kind, link.number), Some(case), link.at));
            }
            Ok(c.shaped(state, &value, |quote| quote.once("case", |quote| quote.case.replace(case).is_some())))
        },
    );
}

/// The cases that may be asked for.
const CASES: [&str; 7] = ["gen", "dat", "acc", "loc", "abl", "ins", "prep"];

fn shown(plain: &[Jinja]) -> String {
    plain.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// Reads the arguments of a filter that prints numbers: decimals, and by name a scale.
fn form(
    name: &str,
    (plain, named): (&[Jinja], &Kwargs),
    quote: &Quote,
    (suffix, scale): (Suffix, Scale),
    default: usize,
) -> Result<NumberForm, Unprintable> {
    let call = |message: String| Err(Unprintable::Call(message));
    let mut form = NumberForm { scale, suffix, ..NumberForm::default() };
    for argument in named.args() {
        let word = named.get::<String>(argument).unwrap_or_default();
        match (argument, Scale::parse(&word)) {
            ("scale", Some(asked)) if scale == Scale::One && form.suffix.takes_scale() => form.scale = asked,
            ("scale", Some(_)) => return call(format!("`{name}` takes no scale")),
            ("scale", None) => {
                return call(format!(
                    "`{name}`: a scale is `one`, `thousands`, `millions`, `billions` or `trillions`, not `{word}`"
                ));
            }
            (other, _) => return call(format!("`{name}` has no argument `{other}`")),
        }
    }
    // A literal keeps its decimals; one that is divided by a scale has lost them.
    let kept = quote.literal.filter(|_| form.scale == Scale::One);
    form.decimals = match plain {
        [_, ..] if form.suffix == Suffix::Year => {
            return call(format!("`{name}` takes no arguments, as `{}`: a year has no decimals", shown(plain)));
        }
        [] => kept.unwrap_or(default),
        [given] => {
            usize::try_from(given.clone()).ok().filter(|decimals| *decimals <= MOST_DECIMALS).ok_or_else(|| {
                let message = format!("`{name}` takes decimals, a whole number up to {MOST_DECIMALS}, not `{given}`");
                Unprintable::Call(message)
            })?
        }
        [..] => return call(format!("`{name}` takes no more than its decimals")),
    };
    Ok(form)
}
