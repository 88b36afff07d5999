//! Session: the template engine with findings in it, and a record of everything that it printed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Object, Rest};
use minijinja::{Environment, Error, ErrorKind, State, UndefinedBehavior, Value as Jinja};

use super::quote::{Manner, Number, Quote, Unprintable};
use super::template::Template;
use crate::analysis::Edition;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::expression;
use crate::finding::{Finding, Value};
use crate::language::{Case, ExhibitKind, Language, NumberForm, Scale, Suffix};

/// The mark before the index of a number in rendered text; private-use characters, which no prose holds.
pub const OPEN: char = '\u{e000}';
/// The mark between the index of a number and its text.
pub const MIDDLE: char = '\u{e001}';
/// The mark behind the text of a number.
pub const CLOSE: char = '\u{e002}';
/// The marks around the name of a block that the output fills in.
pub const BLOCK: (char, char) = ('\u{e003}', '\u{e004}');

/// Which exhibits there are and what numbers they bear.
pub type Numbering = BTreeMap<String, (ExhibitKind, usize)>;

/// One `holds` that was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The template.
    pub template: String,
    /// The line.
    pub line: usize,
    /// The expression.
    pub expression: String,
    /// The answer.
    pub holds: bool,
}

/// Everything that a language version printed.
#[derive(Debug, Default)]
pub struct Record {
    /// Numbers in the order of print; a mark holds the index.
    pub numbers: Vec<Number>,
    /// Works cited, in the order of first citation.
    pub cited: Vec<String>,
    /// Exhibits placed, in order.
    pub placed: Vec<String>,
    /// What was asked of the data.
    pub asked: Vec<Asked>,
    /// Problems.
    pub diagnostics: Diagnostics,
    chains: BTreeMap<(String, usize), Vec<(String, bool)>>,
}

/// What the functions of a template need.
struct Context {
    edition: Arc<Edition>,
    language: Arc<Language>,
    numbering: Arc<Numbering>,
    works: Arc<Vec<String>>,
    templates: Arc<BTreeMap<String, Template>>,
    record: Mutex<Record>,
}

/// A language version under way.
pub struct Session {
    context: Arc<Context>,
    environment: Environment<'static>,
}

impl Object for Quote {}

impl Session {
    /// Starts a session.
    pub fn new(
        edition: Arc<Edition>,
        language: Arc<Language>,
        numbering: Arc<Numbering>,
        works: Arc<Vec<String>>,
        templates: Arc<BTreeMap<String, Template>>,
    ) -> Session {
        let context = Arc::new(Context { edition, language, numbering, works, templates, record: Mutex::default() });
        let mut environment = Environment::empty();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(1_000_000));
        // `{#regions}` is the id of a heading here and no comment.
        if let Ok(syntax) = SyntaxConfig::builder().comment_delimiters("{##", "##}").build() {
            environment.set_syntax(syntax);
        }
        functions(&mut environment, &context);
        filters(&mut environment, &context);
        let formatter = Arc::clone(&context);
        environment.set_formatter(move |out, state, value| {
            out.write_str(&formatter.printed(state, value)).map_err(Error::from)
        });
        Session { context, environment }
    }

    /// Renders a template that was read before.
    pub fn render(&mut self, path: &str) -> String {
        let Some(template) = self.context.templates.get(path) else { return String::new() };
        let rendered = self.environment.render_named_str(path, &template.text, ());
        rendered.unwrap_or_else(|error| {
            let place = Place::line(path, error.line().unwrap_or(1), 1);
            let message = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
            let code = if error.kind() == ErrorKind::SyntaxError { code::TEMPLATE_SYNTAX } else { code::TEMPLATE_NAME };
            self.context.record().diagnostics.push(Diagnostic::error(code, place, message));
            String::new()
        })
    }

    /// Registers a number that stands outside the prose, and returns its marked text.
    pub fn mark(&self, number: Number, text: &str) -> String {
        self.context.mark(number, text)
    }

    /// Cites a work and returns its number.
    pub fn cite(&self, work: &str) -> Option<usize> {
        self.context.cite(work)
    }

    /// Ends the session: groups of alternatives of which none was true become warnings.
    pub fn finish(self) -> Record {
        let mut record = std::mem::take(&mut *self.context.record());
        for ((path, chain), answers) in &record.chains {
            let covered = self.context.templates.get(path).and_then(|t| t.chains.get(*chain));
            if answers.iter().any(|(_, holds)| *holds) || covered.is_none_or(|chain| chain.covered) {
                continue;
            }
            let line = covered.map_or(1, |chain| chain.line);
            let asked: Vec<&str> = answers.iter().map(|(expression, _)| expression.as_str()).collect();
            let message = format!("none of these holds in edition {}: {}", self.context.edition.name, asked.join("; "));
            let hint = "add an alternative that is true then: {% else %} …";
            let warning = Diagnostic::warning(code::TEMPLATE_HOLDS, Place::line(path, line, 1), message).hint(hint);
            record.diagnostics.push(warning);
        }
        record
    }
}

impl Context {
    fn record(&self) -> MutexGuard<'_, Record> {
        // A poisoned lock means a panic elsewhere, which the record itself survives.
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn place(&self, state: &State, at: Option<usize>) -> Place {
        let call = at.and_then(|at| self.templates.get(state.name())?.calls.get(at));
        call.map_or_else(|| Place::file(state.name()), |call| Place::line(state.name(), call.line, call.column))
    }

    /// Names the call that asked: template, line, expression.
    fn call(&self, state: &State, at: Option<usize>) -> Option<(String, usize, String)> {
        let call = at.and_then(|at| self.templates.get(state.name())?.calls.get(at))?;
        Some((state.name().to_owned(), call.line, call.argument.clone()))
    }

    fn refuse(&self, state: &State, at: Option<usize>, code: &'static str, message: String, hint: Option<String>) {
        let diagnostic = Diagnostic::error(code, self.place(state, at), message).maybe_hint(hint);
        self.record().diagnostics.push(diagnostic);
    }

    fn ask(&self, state: &State, text: &str, at: Option<usize>) -> Option<Finding> {
        match expression::ask(text, &*self.edition) {
            Ok(finding) => Some(finding),
            Err(problem) => {
                let mut place = self.place(state, at);
                place.column = place.column.map(|c| c + 1 + text[..problem.span.start.min(text.len())].chars().count());
                let diagnostic = Diagnostic::error(problem.code, place, problem.message).maybe_hint(problem.hint);
                self.record().diagnostics.push(diagnostic);
                None
            }
        }
    }

    fn mark(&self, number: Number, text: &str) -> String {
        let mut record = self.record();
        record.numbers.push(number);
        format!("{OPEN}{}{MIDDLE}{text}{CLOSE}", record.numbers.len() - 1)
    }

    fn cite(&self, work: &str) -> Option<usize> {
        if !self.works.iter().any(|known| known == work) {
            return None;
        }
        let mut record = self.record();
        if let Some(at) = record.cited.iter().position(|cited| cited == work) {
            return Some(at + 1);
        }
        record.cited.push(work.to_owned());
        Some(record.cited.len())
    }

    /// Prints a value: a quote in its form; text without digits as it is; anything else is refused.
    fn printed(&self, state: &State, value: &Jinja) -> String {
        if let Some(quote) = value.downcast_object_ref::<Quote>() {
            return match quote.print(&self.language) {
                Ok((text, number)) => self.mark(Number { call: self.call(state, quote.at), ..number }, &text),
                Err(problem) => {
                    self.unprintable(state, quote, &problem);
                    String::new()
                }
            };
        }
        if let Some(linked) = value.downcast_object_ref::<Linked>() {
            return anchor(&linked.text, &linked.reference);
        }
        let text = value.to_string();
        if !value.is_safe() && (value.is_number() || text.contains(|c: char| c.is_ascii_digit())) {
            let message = format!("`{text}` is printed without a finding");
            self.refuse(state, None, code::TEMPLATE_BARE, message, None);
        }
        text
    }

    fn unprintable(&self, state: &State, quote: &Quote, problem: &Unprintable) {
        let (code, message, hint) = match problem {
            Unprintable::Open => (
                code::TEMPLATE_BARE,
                format!("`{}` is printed without saying how", quote.finding.id),
                Some("add a filter: persons, percent, number, region …".to_owned()),
            ),
            Unprintable::Missing(reason) => (
                code::TEMPLATE_MISSING,
                format!("`{}` is missing: {reason}", quote.finding.id),
                Some("guard the sentence with holds(\"not missing(…)\")".to_owned()),
            ),
            Unprintable::Unfit(message) => (code::EXPRESSION_TYPE, message.clone(), None),
            Unprintable::Language(message, hint) => (code::LANGUAGE_FORM, message.clone(), hint.clone()),
        };
        self.refuse(state, quote.at, code, message, hint);
    }

    /// Asks whether something holds and keeps the answer with its group of alternatives.
    fn holds(&self, state: &State, text: &str, at: Option<usize>) -> bool {
        let Some(finding) = self.ask(state, text, at) else { return false };
        let holds = match finding.cell.value {
            Value::Truth(truth) => truth,
            // What is missing is not known to hold.
            Value::Missing(_) => false,
            other => {
                let message = format!("holds() needs a truth, not `{other}`");
                self.refuse(state, at, code::EXPRESSION_TYPE, message, None);
                false
            }
        };
        let call = at.and_then(|at| self.templates.get(state.name())?.calls.get(at));
        let mut record = self.record();
        if let Some(call) = call {
            let template = state.name().to_owned();
            record.asked.push(Asked { template, line: call.line, expression: text.to_owned(), holds });
            if let Some(chain) = call.chain {
                record.chains.entry((state.name().to_owned(), chain)).or_default().push((text.to_owned(), holds));
            }
        }
        holds
    }
}

fn nothing() -> Jinja {
    Jinja::from_safe_string(String::new())
}

fn block(name: &str) -> Jinja {
    Jinja::from_safe_string(format!("{}{name}{}", BLOCK.0, BLOCK.1))
}

fn at_of(kwargs: &Kwargs) -> Result<Option<usize>, Error> {
    kwargs.get::<Option<usize>>("at")
}

fn functions(environment: &mut Environment<'static>, context: &Arc<Context>) {
    let c = Arc::clone(context);
    environment.add_function("q", move |state: &mut State, text: &str, kwargs: Kwargs| -> Result<Jinja, Error> {
        let at = at_of(&kwargs)?;
        kwargs.assert_all_used()?;
        Ok(c.ask(state, text, at).map_or_else(nothing, |finding| Jinja::from_object(Quote::new(finding, at))))
    });
    let c = Arc::clone(context);
    environment.add_function("holds", move |state: &mut State, text: &str, kwargs: Kwargs| -> Result<Jinja, Error> {
        let at = at_of(&kwargs)?;
        let caller: Option<Jinja> = kwargs.get("caller")?;
        kwargs.assert_all_used()?;
        let holds = c.holds(state, text, at);
        match caller {
            None => Ok(Jinja::from(holds)),
            Some(caller) if holds => caller.call(state, &[]),
            Some(_) => Ok(nothing()),
        }
    });
    environment.add_function("exempt", |state: &mut State, _reason: &str, kwargs: Kwargs| -> Result<Jinja, Error> {
        kwargs.get::<Jinja>("caller")?.call(state, &[])
    });
    let c = Arc::clone(context);
    environment.add_function(
        "cite",
        move |state: &mut State, work: &str, rest: Rest<String>, kwargs: Kwargs| -> Result<Jinja, Error> {
            let at = at_of(&kwargs)?;
            let Some(number) = c.cite(work) else {
                c.refuse(
                    state,
                    at,
                    code::TEMPLATE_REFERENCE,
                    format!("data/references.yaml has no work `{work}`"),
                    crate::diagnostic::did_you_mean(work, c.works.iter().map(String::as_str)),
                );
                return Ok(nothing());
            };
            let page = rest.first().map_or(String::new(), |page| format!(", {page}"));
            Ok(Jinja::from_safe_string(format!("[[{number}{page}]](#ref-{work})")))
        },
    );
    let c = Arc::clone(context);
    environment.add_function(
        "cited",
        move |state: &mut State, text: &str, work: &str, page: &str, kwargs: Kwargs| -> Result<Jinja, Error> {
            let at = at_of(&kwargs)?;
            if c.cite(work).is_none() {
                c.refuse(
                    state,
                    at,
                    code::TEMPLATE_REFERENCE,
                    format!("data/references.yaml has no work `{work}`"),
                    None,
                );
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
                let hint = crate::diagnostic::did_you_mean(id, c.numbering.keys().map(String::as_str));
                c.refuse(state, at, code::TEMPLATE_REFERENCE, format!("study.yaml has no {name} `{id}`"), hint);
                return Ok(nothing());
            }
            c.record().placed.push(id.to_owned());
            Ok(block(&format!("exhibit:{id}")))
        });
    }
    references(environment, context);
    for name in
        ["references", "exhibits_list", "methods_appendix", "sources_table", "glossary", "colophon", "checks_table"]
    {
        environment.add_function(name, move || block(name));
    }
    let c = Arc::clone(context);
    environment.add_function(
        "change",
        move |state: &mut State, from: Jinja, to: Jinja, kwargs: Kwargs| -> Result<Jinja, Error> {
            super::change::change(&c.language, &c.edition, &from, &to, &kwargs, &|number, text| c.mark(number, text))
                .or_else(|problem| {
                    let at = from.downcast_object_ref::<Quote>().and_then(|quote| quote.at);
                    c.refuse(state, at, code::LANGUAGE_FORM, problem, None);
                    Ok(nothing())
                })
        },
    );
}

/// A reference to an exhibit, whose number is a link and takes a case.
#[derive(Debug)]
struct Reference {
    id: String,
    kind: ExhibitKind,
    number: usize,
}

impl Object for Reference {}

fn references(environment: &mut Environment<'static>, context: &Arc<Context>) {
    let c = Arc::clone(context);
    environment.add_function("ref", move |state: &mut State, id: &str, kwargs: Kwargs| -> Result<Jinja, Error> {
        let at = at_of(&kwargs)?;
        match c.numbering.get(id) {
            Some((kind, number)) if *number > 0 => link(&c.language, id, *kind, *number, None),
            _ => {
                let hint = crate::diagnostic::did_you_mean(id, c.numbering.keys().map(String::as_str));
                c.refuse(state, at, code::TEMPLATE_REFERENCE, format!("no figure or table `{id}` is placed"), hint);
                Ok(nothing())
            }
        }
    });
}

fn link(language: &Language, id: &str, kind: ExhibitKind, number: usize, case: Option<Case>) -> Result<Jinja, Error> {
    let text =
        language.exhibit_ref(kind, number, case).map_err(|e| Error::new(ErrorKind::InvalidOperation, e.message))?;
    let reference = Reference { id: id.to_owned(), kind, number };
    // Without a case the link is final; `case` looks the reference up again by its anchor.
    Ok(if case.is_some() {
        Jinja::from_safe_string(anchor(&text, &reference))
    } else {
        Jinja::from_object(Linked { text, reference })
    })
}

/// A reference printed in the nominative unless a case follows.
#[derive(Debug)]
struct Linked {
    text: String,
    reference: Reference,
}

impl Object for Linked {
    fn render(self: &Arc<Self>, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&anchor(&self.text, &self.reference))
    }
}

fn anchor(text: &str, reference: &Reference) -> String {
    format!("[{}](#{})", text.replace(' ', "\u{a0}"), reference.id)
}

fn filters(environment: &mut Environment<'static>, context: &Arc<Context>) {
    type Decimals = Option<usize>;
    let numeric: [(&'static str, Suffix, Scale, usize); 10] = [
        ("number", Suffix::Bare, Scale::One, 0),
        ("persons", Suffix::Persons, Scale::One, 0),
        ("thousands", Suffix::Persons, Scale::Thousand, 1),
        ("millions", Suffix::Persons, Scale::Million, 2),
        ("percent", Suffix::Percent, Scale::One, 1),
        ("points", Suffix::Points, Scale::One, 1),
        ("per_mille", Suffix::PerMille, Scale::One, 1),
        ("times", Suffix::Times, Scale::One, 1),
        ("index", Suffix::Bare, Scale::One, 1),
        ("year", Suffix::Year, Scale::One, 0),
    ];
    for (name, suffix, scale, default) in numeric {
        let c = Arc::clone(context);
        environment.add_filter(name, move |state: &mut State, value: Jinja, decimals: Decimals| {
            let form = NumberForm {
                decimals: decimals.unwrap_or(default),
                scale,
                suffix: suffix.clone(),
                ..NumberForm::default()
            };
            c.shaped(state, &value, |quote| quote.number(name, form))
        });
    }
    let c = Arc::clone(context);
    environment.add_filter("unit", move |state: &mut State, value: Jinja, decimals: Decimals| {
        c.shaped(state, &value, |quote| {
            let suffix = Suffix::of(quote.finding.unit);
            quote.number("unit", NumberForm { decimals: decimals.unwrap_or(0), suffix, ..NumberForm::default() })
        })
    });
    let c = Arc::clone(context);
    environment.add_filter("noun", move |state: &mut State, value: Jinja, noun: String, decimals: Decimals| {
        let form = NumberForm { suffix: Suffix::Noun(noun), decimals: decimals.unwrap_or(0), ..NumberForm::default() };
        c.shaped(state, &value, |quote| quote.number("noun", form))
    });
    for (name, manner) in [("region", Manner::Regions), ("month", Manner::Months), ("list", Manner::Periods)] {
        let c = Arc::clone(context);
        environment.add_filter(name, move |state: &mut State, value: Jinja| {
            c.shaped(state, &value, |quote| Ok(Quote { manner: manner.clone(), ..quote }))
        });
    }
    let c = Arc::clone(context);
    environment.add_filter("absolute", move |state: &mut State, value: Jinja| {
        c.shaped(state, &value, |quote| Ok(Quote { absolute: true, ..quote }))
    });
    let c = Arc::clone(context);
    environment.add_filter("plus", move |state: &mut State, value: Jinja| {
        c.shaped(state, &value, |quote| Ok(Quote { plus: true, ..quote }))
    });
    let c = Arc::clone(context);
    environment.add_filter("case", move |state: &mut State, value: Jinja, name: String| -> Result<Jinja, Error> {
        let Some(case) = Case::parse(&name) else {
            let message = format!("there is no case `{name}`");
            c.refuse(state, None, code::LANGUAGE_FORM, message, Some("gen, dat, acc, loc, abl, ins, prep".to_owned()));
            return Ok(value);
        };
        if let Some(linked) = value.downcast_object_ref::<Linked>() {
            let reference = &linked.reference;
            return link(&c.language, &reference.id, reference.kind, reference.number, Some(case));
        }
        Ok(c.shaped(state, &value, |quote| Ok(Quote { case: Some(case), ..quote })))
    });
}

impl Context {
    /// Changes the form of a quote; what is not one was refused before and stays silent.
    fn shaped(&self, state: &State, value: &Jinja, change: impl FnOnce(Quote) -> Result<Quote, Unprintable>) -> Jinja {
        let Some(quote) = value.downcast_object_ref::<Quote>() else {
            if !value.is_safe() {
                self.refuse(state, None, code::TEMPLATE_BARE, format!("`{value}` is not a finding"), None);
            }
            return nothing();
        };
        match change(quote.clone()) {
            Ok(quote) => Jinja::from_object(quote),
            Err(problem) => {
                self.unprintable(state, quote, &problem);
                nothing()
            }
        }
    }
}
