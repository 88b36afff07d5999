//! Session: the template engine with findings in it: renders templates, asks the rest, and has all of it proof-read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior};

use super::calls::{filters, functions};
use super::context::{Context, Numbering, Record};
use super::quote::Number;
use super::rendered::Rendered;
use super::template::{Mode, Template};
use super::terms::Terms;
use super::{branches, lint, passage, periods, told};
use crate::analysis::Edition;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, code};
use crate::document::Inline;
use crate::expression;
use crate::finding::{FindingId, Unit};
use crate::language::Language;
use crate::language::proof::Measures;

/// A language version under way.
pub(super) struct Session {
    context: Arc<Context>,
    environment: Environment<'static>,
    /// The term base of the proof-reading; none where texts are not proof-read.
    terms: Option<Arc<Terms>>,
    /// Whether anchors tell where sentences stand.
    is_placed: bool,
    /// Whether what there is to say of the texts was said before.
    is_known: bool,
}

impl Session {
    /// Starts a session.
    pub(super) fn new(
        edition: Option<Arc<Edition>>,
        language: Arc<Language>,
        numbering: Arc<Numbering>,
        works: Arc<Vec<String>>,
        templates: Arc<BTreeMap<String, Template>>,
    ) -> Session {
        let context = Arc::new(Context { edition, language, numbering, works, templates, record: Mutex::default() });
        let mut environment = environment();
        functions(&mut environment, &context);
        filters(&mut environment, &context);
        let formatter = Arc::clone(&context);
        environment.set_formatter(move |out, state, value| {
            out.write_str(&formatter.printed(state, value)).map_err(Error::from)
        });
        Session { context, environment, terms: None, is_placed: false, is_known: false }
    }

    /// Has everything that is rendered proof-read.
    pub(super) fn proofread_by(mut self, terms: &Arc<Terms>) -> Session {
        self.terms = Some(Arc::clone(terms));
        self
    }

    /// Has anchors tell where sentences stand.
    pub(super) fn placed(mut self) -> Session {
        self.is_placed = true;
        self
    }

    /// Has nothing said of the texts, as it was said before.
    pub(super) fn known(mut self) -> Session {
        self.is_known = true;
        self
    }

    /// Renders a template that was read before; one in which something was refused is left out.
    pub(super) fn render(&mut self, path: &str) -> Rendered {
        let Some(template) = self.context.templates.get(path) else { return Rendered::default() };
        self.context.record().rendered.push(path.to_owned());
        if template.broken {
            return Rendered::default();
        }
        let before = self.context.record().diagnostics.len();
        self.context.record().unanswered.clear();
        let text = match &self.terms {
            Some(_) => self.environment.render_named_str(path, &lint::lined(&template.text), ()),
            None if self.is_placed => self.environment.render_named_str(path, &passage::marked(template), ()),
            None => self.environment.render_named_str(path, &template.text, ()),
        };
        let mut record = self.context.record();
        let pieces = std::mem::take(&mut record.pieces);
        let text = match text {
            Ok(text) => text,
            Err(error) => {
                record.diagnostics.push(refusal(template, &error));
                return Rendered::default();
            }
        };
        let is_prose = template.is_prose();
        let marked = Rendered { text, pieces }.once_pointed().begun(&self.context.language, is_prose);
        if let Some(terms) = self.terms.as_ref().filter(|_| !template.bare && !self.is_known) {
            // A gap that something refused has left is no mistake of its own.
            let refused = record.diagnostics.since(before).filter(|own| own.severity == Severity::Error);
            let places = refused.map(|own| &own.place).chain(&record.unanswered);
            let gaps: BTreeSet<usize> = places.filter_map(|own| own.line).collect();
            // Of a text within another file nobody knows the line of a gap.
            let found = match gaps.is_empty() || template.is_file() {
                true => proofread(&self.context, template, &marked, (&record.numbers, &gaps), terms),
                false => Diagnostics::default(),
            };
            record.diagnostics.extend(found);
        }
        let bare = Rendered { text: lint::unlined(&marked.text), ..marked };
        if self.is_placed { passage::anchored(template, bare) } else { bare }
    }

    /// Proof-reads what a template rendered to.
    pub(super) fn proofread(&self, path: &str, rendered: &Rendered, terms: &Terms) {
        let Some(template) = self.context.templates.get(path) else { return };
        let mut record = self.context.record();
        let found = proofread(&self.context, template, rendered, (&record.numbers, &BTreeSet::new()), terms);
        record.diagnostics.extend(found);
    }

    /// Asks what no rendering asked, in branches not taken and in templates left out, so that one run names all
    /// problems. A key that this edition does not hold may be what the branch is for.
    fn ask_the_rest(&self) {
        let (rendered, reached) = {
            let mut record = self.context.record();
            (std::mem::take(&mut record.rendered), std::mem::take(&mut record.reached))
        };
        for template in rendered.iter().filter_map(|path| self.context.templates.get(path)) {
            for (at, call) in template.calls.iter().enumerate() {
                let asks = matches!(call.function.as_str(), "q" | "holds" | "undecided");
                if !asks || reached.contains(&(template.path.clone(), at)) {
                    continue;
                }
                if let Some(edition) = &self.context.edition
                    && let Err(problem) = expression::ask(&call.argument, &**edition)
                    && problem.code != code::EXPRESSION_KEY
                {
                    self.context.wrong(template.place_in(call, &problem.span), &problem);
                }
            }
        }
    }

    /// Warns of sentences that pair different periods under one word, and of branches that say the contrary of their conditions.
    fn pair_periods(&self) {
        let Some(edition) = &self.context.edition else { return };
        let (rendered, reached) = {
            let record = self.context.record();
            (record.rendered.clone(), record.reached.clone())
        };
        let mut found = Diagnostics::default();
        for template in rendered.iter().filter_map(|path| self.context.templates.get(path)) {
            if template.mode == Mode::Page && !template.broken && !template.bare {
                periods::sentences(template, &reached, edition, &mut found);
                branches::read(template, edition, &self.context.language, &mut found);
            }
        }
        self.context.record().diagnostics.extend(found);
    }

    /// Returns how many problems there are so far.
    pub(super) fn complaints(&self) -> usize {
        self.context.record().diagnostics.len()
    }

    /// Cites a work.
    pub(super) fn cite(&self, work: &str) -> Option<Inline> {
        self.context.cite(work, None)
    }

    /// Ends the session: groups of alternatives of which none was true become warnings.
    pub(super) fn finish(self) -> Record {
        if !self.is_known {
            self.pair_periods();
            self.ask_the_rest();
        }
        let mut record = std::mem::take(&mut *self.context.record());
        for ((path, chain), answers) in &record.chains {
            let Some(template) = self.context.templates.get(path) else { continue };
            let Some(chain) = template.chains.get(*chain).filter(|chain| !chain.covered) else { continue };
            if answers.iter().any(|answer| answer.settled) {
                continue;
            }
            let asked: Vec<String> = answers
                .iter()
                .map(|answer| [answer.asked.as_str(), &self.context.values(&answer.asked)].concat())
                .collect();
            let message =
                format!("none of these holds in edition {}: {}", self.context.edition_name(), asked.join("; "));
            let hint = "the page is marked there; add an alternative that is true then: {% else %} …";
            let warning =
                Diagnostic::warning(code::TEMPLATE_HOLDS, template.place(chain.line, chain.column), message).hint(hint);
            record.diagnostics.push(warning);
        }
        record
    }
}

/// Checks the syntax of a template, whose blocks are in order, as the engine sees it.
pub(super) fn syntax(template: &Template) -> Option<Diagnostic> {
    let environment = environment();
    let error = environment.template_from_named_str(&template.path, &template.text).err()?;
    Some(refusal(template, &error))
}

/// Describes why the engine refuses a template.
fn refusal(template: &Template, error: &Error) -> Diagnostic {
    let mut place = template.place(error.line().unwrap_or(1), 1);
    place.column = None;
    let message = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    let code = match error.kind() {
        ErrorKind::SyntaxError => code::TEMPLATE_SYNTAX,
        _ => code::TEMPLATE_CALL,
    };
    Diagnostic::error(code, place, message)
}

/// Makes the engine without anything that a template could call.
fn environment() -> Environment<'static> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(1_000_000));
    // `{#regions}` is the id of a heading here and no comment.
    if let Ok(syntax) = SyntaxConfig::builder().comment_delimiters("{##", "##}").build() {
        environment.set_syntax(syntax);
    }
    environment
}

/// Proof-reads a rendered text, whose numbers say which way they went, but for paragraphs with gaps.
fn proofread(
    context: &Context,
    template: &Template,
    marked: &Rendered,
    (numbers, gaps): (&[Number], &BTreeSet<usize>),
    terms: &Terms,
) -> Diagnostics {
    let sign = |index: usize| numbers.get(index).map_or_else(lint::Sign::default, |own| sign_of(own, context));
    let mut found = Diagnostics::default();
    let lang = context.language.lang().code();
    let measures = context.edition.as_deref().map(|edition| Arc::new(Measures::of(&edition.titles, lang)));
    let beside = (terms, &measures.unwrap_or_default());
    lint::proofread(template, &marked.clone().kept_together(), (&sign, gaps), &context.language, beside, &mut found);
    found
}

fn sign_of(number: &Number, context: &Context) -> lint::Sign {
    let negative = number.value.starts_with('-');
    let is_still = number.value.trim_start_matches('-') == "0";
    let told = context.edition.as_ref().zip(number.finding.as_ref());
    lint::Sign {
        negative,
        rises: number.finding.as_ref().and_then(FindingId::rises).filter(|_| !is_still).map(|up| up != negative),
        plain: number.finding.is_some() && !matches!(number.unit, Unit::ThousandTenge | Unit::Own(_)),
        told: told.map(|(edition, id)| told::of(number, id, edition)).unwrap_or_default(),
    }
}
