//! Context: what the calls of a template ask and print, and the record of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use minijinja::value::{Object, ValueKind};
use minijinja::{State, Value as Jinja};

use super::filters;
use super::link::Link;
use super::literal::{self, Literal};
use super::quote::{Manner, Number, Quote, Unprintable};
use super::template::{Mode, Template, without_space};
use crate::analysis::{Edition, report};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, did_you_mean};
use crate::document::Inline;
use crate::document::slots::{Piece, slot};
use crate::expression::{self, Problem, kind_name};
use crate::finding::{Amount, Finding, FindingId, Reason, Value};
use crate::language::{Case, ExhibitKind, ExhibitNumber, Language};

/// Which exhibits there are and what numbers they bear.
pub type Numbering = BTreeMap<String, (ExhibitKind, ExhibitNumber)>;

/// One `holds` that was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The template.
    pub template: String,
    /// The line.
    pub line: usize,
    /// The expression.
    pub expression: String,
    /// The answer; none where a missing value leaves it undecided.
    pub holds: Option<bool>,
}

/// Everything that a language version printed.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// Numbers in the order of print.
    pub numbers: Vec<Number>,
    /// Works cited, in the order of first citation.
    pub cited: Vec<String>,
    /// Exhibits placed, in order.
    pub placed: Vec<String>,
    /// What was asked of the data.
    pub asked: Vec<Asked>,
    /// Problems.
    pub diagnostics: Diagnostics,
    /// What stands in the slots of the text under way.
    pub(super) pieces: Vec<Piece>,
    pub(super) chains: BTreeMap<(String, usize), Vec<Answer>>,
    /// Where questions had no answer; the reason may be told elsewhere.
    pub(super) unanswered: Vec<Place>,
    /// Templates that were to be rendered, and the calls that rendering reached.
    pub(super) rendered: Vec<String>,
    pub(super) reached: BTreeSet<(String, usize)>,
}

/// The answer to one alternative of a group.
#[derive(Debug)]
pub(super) struct Answer {
    /// The expression.
    pub(super) asked: String,
    /// Whether it is taken, or was refused as undecided: either way nothing else is wrong with the group.
    pub(super) settled: bool,
}

/// How much of a value a message prints.
const LONGEST: usize = 60;

/// What the functions of a template need.
pub(super) struct Context {
    /// What findings are asked of; none where a text is evaluated without a study.
    pub(super) edition: Option<Arc<Edition>>,
    pub(super) language: Arc<Language>,
    pub(super) numbering: Arc<Numbering>,
    pub(super) works: Arc<Vec<String>>,
    pub(super) templates: Arc<BTreeMap<String, Template>>,
    pub(super) record: Mutex<Record>,
}

impl Object for Quote {}

impl Record {
    fn hold(&mut self, piece: Piece) -> String {
        self.pieces.push(piece);
        slot(self.pieces.len() - 1)
    }
}

impl Context {
    pub(super) fn record(&self) -> MutexGuard<'_, Record> {
        // A poisoned lock means a panic elsewhere, which the record itself survives.
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn edition_name(&self) -> &str {
        self.edition.as_ref().map_or("", |edition| edition.name.as_str())
    }

    /// Takes a value as a quote: a finding, or a literal of a text that is evaluated alone.
    pub(super) fn quote(&self, state: &State, value: &Jinja) -> Option<Quote> {
        if let Some(quote) = value.downcast_object_ref::<Quote>() {
            return Some(quote.clone());
        }
        let alone = self.templates.get(state.name()).is_some_and(|template| template.mode != Mode::Page);
        if !alone || value.is_safe() || value.is_undefined() {
            return None;
        }
        let (value, decimals) = literal::literal(&literal_of(value)).ok()?;
        Some(Quote::of_literal(value, decimals))
    }

    fn place(&self, state: &State, at: Option<usize>) -> Place {
        let template = self.templates.get(state.name());
        let call = at.and_then(|at| Some((template?, template?.calls.get(at)?)));
        match (call, template.filter(|template| template.mode != Mode::Page)) {
            (Some((template, call)), _) => template.place_of(call),
            // A text that is evaluated alone is one line.
            (None, Some(template)) => Place { column: None, ..template.place(1, 1) },
            (None, None) => self.beginning(state),
        }
    }

    /// Returns the place of a template of which nothing closer is known.
    fn beginning(&self, state: &State) -> Place {
        self.templates
            .get(state.name())
            .map_or_else(|| Place::line(state.name(), 1, 1), |template| template.place(1, 1))
    }

    /// Names the call that asked: template, line, expression.
    fn call(&self, state: &State, at: Option<usize>) -> Option<(String, usize, String)> {
        let call = at.and_then(|at| self.templates.get(state.name())?.calls.get(at))?;
        Some((state.name().to_owned(), call.line, call.argument.clone()))
    }

    pub(super) fn refuse(
        &self,
        state: &State,
        at: Option<usize>,
        code: &'static str,
        message: String,
        hint: Option<String>,
    ) {
        let diagnostic = Diagnostic::error(code, self.place(state, at), message).maybe_hint(hint);
        self.record().diagnostics.push(diagnostic);
    }

    pub(super) fn ask(&self, state: &State, text: &str, at: Option<usize>) -> Option<Finding> {
        let template = self.templates.get(state.name());
        if let (Some(template), Some(at)) = (template, at) {
            self.record().reached.insert((template.path.clone(), at));
        }
        match expression::ask(text, &**self.edition.as_ref()?) {
            Ok(finding) => Some(finding),
            Err(problem) => {
                let call = at.and_then(|at| Some((template?, template?.calls.get(at)?)));
                let place = call.map(|(template, call)| template.place_in(call, &problem.span));
                let place = place.unwrap_or_else(|| self.beginning(state));
                self.record().unanswered.push(place.clone());
                self.wrong(place, &problem);
                None
            }
        }
    }

    pub(super) fn wrong(&self, place: Place, problem: &Problem) {
        report(problem, place, self.edition_name(), &mut self.record().diagnostics);
    }

    /// Refers to an exhibit, or refuses a case that the language does not have.
    pub(super) fn link(
        &self,
        state: &State,
        exhibit: (&str, ExhibitKind, ExhibitNumber),
        case: Option<Case>,
        at: Option<usize>,
    ) -> Jinja {
        match Link::new(&self.language, exhibit, case, at) {
            Ok(link) => Jinja::from_object(link),
            Err(error) => {
                self.refuse(state, at, code::LANGUAGE_FORM, error.message, Some(error.hint));
                nothing()
            }
        }
    }

    pub(super) fn no_work(&self, state: &State, at: Option<usize>, work: &str) {
        let hint = did_you_mean(work, self.works.iter().map(String::as_str));
        self.refuse(state, at, code::TEMPLATE_REFERENCE, format!("the list of works has no `{work}`"), hint);
    }

    /// Registers a number, and returns the slot that it stands in.
    pub(super) fn mark(&self, number: Number, text: &str) -> String {
        let mut record = self.record();
        record.numbers.push(number);
        let index = record.numbers.len() - 1;
        record.hold(Piece::Inline(Inline::Number { index, text: text.to_owned() }))
    }

    /// Holds a place for a piece of the document.
    pub(super) fn hold(&self, piece: Piece) -> Jinja {
        Jinja::from_safe_string(self.record().hold(piece))
    }

    pub(super) fn cite(&self, work: &str, page: Option<String>) -> Option<Inline> {
        if !self.works.iter().any(|known| known == work) {
            return None;
        }
        let mut record = self.record();
        let at = record.cited.iter().position(|cited| cited == work);
        let number = at.unwrap_or_else(|| {
            record.cited.push(work.to_owned());
            record.cited.len() - 1
        });
        Some(Inline::Cite { work: work.to_owned(), number: number + 1, page })
    }

    /// Marks a place where no alternative holds.
    pub(super) fn untold(&self) -> Jinja {
        self.hold(Piece::Inline(Inline::Untold(self.language.untold().to_owned())))
    }

    /// Prints a value: a quote in its form; text without digits as it is; anything else is refused.
    pub(super) fn printed(&self, state: &State, value: &Jinja) -> String {
        if let Some(quote) = value.downcast_object_ref::<Quote>() {
            if let Some(typed) = quote.at.and_then(|_| self.typed_addend(&quote.finding.id)) {
                let message = format!("`{typed}` in `{}` is a number that belongs to no finding", quote.finding.id);
                self.refuse(state, quote.at, code::TEMPLATE_BARE, message, Some("ask for what was counted".to_owned()));
            }
            // What a template prints as a literal has an owner of another kind.
            if quote.at.is_some() && rests_on_nothing(&quote.finding) {
                let message =
                    format!("`{}` is worked out of typed numbers alone: it rests on no finding", quote.finding.id);
                let hint = "ask for a finding, or quote a source with cited()";
                self.refuse(state, quote.at, code::TEMPLATE_BARE, message, Some(hint.to_owned()));
                return String::new();
            }
            if let Some(until) = &quote.until {
                return self.interval(state, quote, until);
            }
            return match quote.print(&self.language) {
                // A verb that agrees with a number is no number.
                Ok((text, _)) if matches!(quote.manner, Manner::Verb(..)) => text,
                Ok((text, number)) => self.mark(Number { call: self.call(state, quote.at), ..number }, &text),
                Err(problem) => {
                    self.unprintable(state, quote, &problem);
                    String::new()
                }
            };
        }
        if let Some(link) = value.downcast_object_ref::<Link>() {
            return self.record().hold(Piece::Inline(link.inline()));
        }
        let text = value.to_string();
        let known =
            self.templates.get(state.name()).is_some_and(|template| template.bare || template.mode != Mode::Page);
        if !known && !value.is_safe() && (value.is_number() || text.contains(|c: char| c.is_ascii_digit())) {
            let message = format!("`{text}` is printed without a finding");
            self.refuse(state, None, code::TEMPLATE_BARE, message, None);
        }
        text
    }

    fn interval(&self, state: &State, quote: &Quote, until: &Finding) -> String {
        match quote.interval(until, &self.language) {
            Ok(pieces) => pieces
                .into_iter()
                .map(|(text, number)| match number {
                    Some(number) => self.mark(Number { call: self.call(state, quote.at), ..number }, &text),
                    None => text,
                })
                .collect(),
            Err(problem) => {
                self.unprintable(state, quote, &problem);
                String::new()
            }
        }
    }

    pub(super) fn unprintable(&self, state: &State, quote: &Quote, problem: &Unprintable) {
        let asked =
            self.call(state, quote.at).map_or_else(|| quote.finding.id.to_string(), |(_, _, expression)| expression);
        let (code, message, hint) = match problem {
            Unprintable::Open => (
                code::TEMPLATE_BARE,
                format!("`{asked}` is printed without saying how"),
                Some("add a filter: persons, percent, number, region …".to_owned()),
            ),
            Unprintable::Missing(reason) => (
                code::TEMPLATE_MISSING,
                format!(
                    "`{asked}` is missing in edition {}: {}{}",
                    self.edition_name(),
                    reason.meaning(),
                    self.lacking(&quote.finding.id)
                ),
                Some("guard the sentence: {% call holds(\"not missing(…)\") %}…{% endcall %}".to_owned()),
            ),
            Unprintable::Unfit(message, hint) => (code::EXPRESSION_TYPE, message.clone(), hint.clone()),
            Unprintable::Call(message) => (code::TEMPLATE_CALL, message.clone(), filters::usage(message)),
            Unprintable::Language(message, hint) => (code::LANGUAGE_FORM, message.clone(), hint.clone()),
        };
        self.refuse(state, quote.at, code, message, hint);
    }

    /// Writes the values that a condition compared: ` (a = 5, b = 3)`.
    pub(super) fn values(&self, text: &str) -> String {
        let Some(edition) = &self.edition else { return String::new() };
        let said = expression::operands(text, &**edition).into_iter().map(|(own, value)| {
            let short: String = value.chars().take(LONGEST).collect();
            format!("{own} = {short}{}", if short.len() < value.len() { "…" } else { "" })
        });
        let said: Vec<String> = said.collect();
        if said.is_empty() { String::new() } else { format!(" ({})", said.join(", ")) }
    }

    /// What an expression asks for.
    fn asked(&self, text: &str) -> Option<FindingId> {
        expression::ask(text, &**self.edition.as_ref()?).ok().map(|finding| finding.id)
    }

    /// Says which cell leaves a finding without a value, where that is another than it itself.
    fn lacking(&self, id: &FindingId) -> String {
        let lacking = self.edition.as_ref().and_then(|edition| expression::lacking(id, &**edition));
        lacking.filter(|own| own != id).map(|own| format!("; `{own}` has no value")).unwrap_or_default()
    }

    /// Asks whether something holds and keeps the answer with its group of alternatives.
    pub(super) fn holds(&self, state: &State, text: &str, at: Option<usize>) -> bool {
        let Some(answer) = self.condition(state, text, at) else { return false };
        let template = self.templates.get(state.name());
        let call = at.and_then(|at| template?.calls.get(at));
        let chain = call.and_then(|call| template?.chains.get(call.chain?));
        let guarded = chain.is_some_and(|chain| chain.undecided.contains(&without_space(text)));
        let refused = answer.err().filter(|_| !guarded);
        if let Some(reason) = refused {
            let message = format!(
                "`{text}` is undecided in edition {}: {}{}{}",
                self.edition_name(),
                reason.meaning(),
                self.values(text),
                self.asked(text).map(|id| self.lacking(&id)).unwrap_or_default()
            );
            let hint = "say so: {% elif undecided(\"…\") %} with the same expression; or ask of a period that is known";
            self.refuse(state, at, code::PAGE_UNDECIDED, message, Some(hint.to_owned()));
        }
        if let Some(call) = call {
            let (template, line) = (state.name().to_owned(), call.line);
            self.record().asked.push(Asked { template, line, expression: text.to_owned(), holds: answer.ok() });
        }
        let holds = answer == Ok(true);
        self.answered(state, text, at, holds || refused.is_some());
        holds
    }

    /// Asks whether a missing value leaves open whether something holds.
    pub(super) fn undecided(&self, state: &State, text: &str, at: Option<usize>) -> bool {
        let undecided = matches!(self.condition(state, text, at), Some(Err(_)));
        self.answered(state, text, at, undecided);
        undecided
    }

    /// Returns what a condition comes to, or why that is not known.
    fn condition(&self, state: &State, text: &str, at: Option<usize>) -> Option<Result<bool, Reason>> {
        let of_page = self.templates.get(state.name()).is_some_and(|template| template.mode == Mode::Page);
        if of_page && expression::parse(text).is_ok_and(|expr| expr.paths().is_empty()) {
            let message = format!("`{text}` asks of no finding: it comes to the same whatever the data hold");
            let hint = "ask of a finding, or write the sentence without a condition";
            self.refuse(state, at, code::EXPRESSION_TYPE, message, Some(hint.to_owned()));
        }
        match self.ask(state, text, at)?.cell.value {
            Value::Truth(truth) => Some(Ok(truth)),
            Value::Missing(reason) => Some(Err(reason)),
            other => {
                let message = format!("holds() needs a truth, not {}", kind_name(&other));
                let hint = "compare it, or ask all(), any() or count() of a list";
                self.refuse(state, at, code::EXPRESSION_TYPE, message, Some(hint.to_owned()));
                None
            }
        }
    }

    fn answered(&self, state: &State, text: &str, at: Option<usize>, settled: bool) {
        let call = at.and_then(|at| self.templates.get(state.name())?.calls.get(at));
        if let Some(chain) = call.and_then(|call| call.chain) {
            let answer = Answer { asked: text.to_owned(), settled };
            self.record().chains.entry((state.name().to_owned(), chain)).or_default().push(answer);
        }
    }
}

/// Reads a literal as the engine gives it.
fn literal_of(value: &Jinja) -> Literal {
    match value.kind() {
        ValueKind::String | ValueKind::Number => Literal::Text(value.to_string()),
        ValueKind::Seq => Literal::List(value.try_iter().into_iter().flatten().map(|item| literal_of(&item)).collect()),
        _ => Literal::Other(value.to_string()),
    }
}

/// Says whether nothing but numbers went into a finding.
fn rests_on_nothing(finding: &Finding) -> bool {
    matches!(&finding.id, FindingId::Expression(expr) if !expression::asks(expr))
        && finding.cell.value.amount().is_some()
}

impl Context {
    /// Finds a number that is typed into what a finding is worked out of.
    fn typed_addend(&self, id: &FindingId) -> Option<String> {
        let (FindingId::Expression(expr), Some(edition)) = (id, self.edition.as_deref()) else { return None };
        expression::typed_addend(expr, edition as &dyn expression::Material<Amount>)
    }
}

/// Prints nothing.
pub(super) fn nothing() -> Jinja {
    Jinja::from_safe_string(String::new())
}

impl Context {
    /// Changes the form of a quote; what is not one was refused before and stays silent.
    pub(super) fn shaped(
        &self,
        state: &State,
        value: &Jinja,
        change: impl FnOnce(Quote) -> Result<Quote, Unprintable>,
    ) -> Jinja {
        let Some(quote) = self.quote(state, value) else {
            if !value.is_safe() {
                self.refuse(state, None, code::TEMPLATE_BARE, format!("`{value}` is not a finding"), None);
            }
            return nothing();
        };
        match change(quote.clone()) {
            Ok(quote) => Jinja::from_object(quote),
            Err(problem) => {
                self.unprintable(state, &quote, &problem);
                nothing()
            }
        }
    }
}
