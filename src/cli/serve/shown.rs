//! Shown: what the server answers from: the last sound report, in memory, and what was wrong since.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;

use super::edited::{self, Edit, Edited};
use crate::build::Work;
use crate::cli::watch::{Round, Told};
use crate::diagnostic::{Diagnostic, Problems, Severity};
use crate::expression;
use crate::files::{Files, Kept};
use crate::output;
use crate::page::{self, Branch, Page};

/// What is shown, shared by the builder and all who ask.
#[derive(Default)]
pub(super) struct Shown {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    sound: Option<Arc<Sound>>,
    /// The whole report, where its pictures are drawn.
    report: Option<Arc<Files>>,
    edited: Vec<Edit>,
    list: Vec<Diagnostic>,
    is_building: bool,
    /// How many times something was to be told.
    count: u64,
}

/// What a page is told of a round.
#[derive(Serialize)]
pub(super) struct Event {
    #[serde(flatten)]
    problems: Problems,
    version: Option<String>,
    broken: bool,
    edited: Vec<Edited>,
}

/// Where a sentence of a page is from, and the conditions on which it stands there.
#[derive(Serialize)]
pub(super) struct Origin {
    file: String,
    line: usize,
    column: usize,
    text: String,
    groups: Vec<Vec<Chosen>>,
}

/// One of several texts, of which a condition chooses.
#[derive(Serialize)]
struct Chosen {
    line: usize,
    condition: Option<String>,
    holds: Option<bool>,
    chosen: bool,
    values: Vec<(String, String)>,
    text: String,
}

/// A report that was built without an error.
pub(super) struct Sound {
    /// The hash of its inputs.
    pub version: String,
    files: Arc<Files>,
    work: Arc<Work>,
    /// Its pages with anchors, as far as they were asked for.
    placed: Mutex<BTreeMap<String, Arc<str>>>,
}

impl Shown {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.state();
        change(&mut state);
        state.count += 1;
        self.changed.notify_all();
    }

    /// Tells that nothing is known before the first report.
    pub(super) fn begin(&self) {
        let mut state = self.state();
        state.is_building = state.sound.is_none();
    }

    /// Shows what a round has come to; where something is wrong, the report before stays.
    pub(super) fn show(&self, round: &Round) {
        let sound = round.work.as_ref().map(|work| Sound {
            version: round.inputs.clone(),
            files: Arc::clone(&round.files),
            work: Arc::clone(work),
            placed: Mutex::default(),
        });
        self.change(|state| {
            state.is_building = false;
            state.list = round.diagnostics.sorted();
            let Some(sound) = sound else { return };
            let before = state.sound.as_ref();
            if before.is_none_or(|before| before.version != sound.version) {
                state.edited = before.map(|before| edited::between(&before.files, &sound.files)).unwrap_or_default();
                state.sound = Some(Arc::new(sound));
                state.report = None;
            }
        });
    }

    /// Takes in the report with its pictures, and what was wrong in writing it.
    pub(super) fn finish(&self, told: Told) {
        self.change(|state| {
            state.report = told.report.map(Arc::new).or_else(|| state.report.take());
            state.list = told.list;
        });
    }

    /// Returns the sound report.
    pub(super) fn sound(&self) -> Option<Arc<Sound>> {
        self.state().sound.clone()
    }

    /// Returns a file of the report; a picture that is not drawn yet is waited for.
    pub(super) fn file(&self, path: &str) -> Option<Vec<u8>> {
        let sound = self.sound()?;
        if let Some(bytes) = sound.work.report.get(path) {
            return Some(bytes.to_vec());
        }
        let is_due = path.ends_with(".png") && sound.work.report.get(&path.replace(".png", ".svg")).is_some();
        let state = self.state();
        let unfinished = |state: &mut State| is_due && state.report.is_none();
        let waited = self.changed.wait_timeout_while(state, Duration::from_secs(30), unfinished);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        Some(state.report.as_ref()?.get(path)?.to_vec())
    }

    /// Waits until there is more to tell than `told` times, no longer than `patience`.
    pub(super) fn next(&self, told: u64, patience: Duration) -> Option<(u64, Event)> {
        let waited = self.changed.wait_timeout_while(self.state(), patience, |state| state.count == told);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        (state.count != told).then(|| (state.count, state.event()))
    }
}

impl State {
    /// Writes what a page is told.
    fn event(&self) -> Event {
        Event {
            problems: Problems::of(&self.list),
            version: self.sound.as_ref().map(|sound| sound.version.clone()),
            broken: self.list.iter().any(|one| one.severity == Severity::Error),
            edited: self.edited.iter().map(Edit::told).collect(),
        }
    }
}

impl Sound {
    /// Returns a page with an anchor before each sentence; `None` where the path names no page of prose.
    pub(super) fn placed(&self, path: &str) -> Option<Arc<str>> {
        let mut placed = self.placed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(page) = placed.get(path) {
            return Some(Arc::clone(page));
        }
        let (at, page) = self.page(path)?;
        let (material, built) = (&self.work.material, self.work.built.get(at)?);
        let page = page::compose_placed(
            &material.prose,
            &material.study,
            (&built.edition, &built.exhibits),
            page,
            &Kept::default(),
        )?;
        let text = output::placed(built, &page, self.work.drawings.get(at)?, material).ok()?;
        let text: Arc<str> = text.into();
        placed.insert(path.to_owned(), Arc::clone(&text));
        Some(text)
    }

    /// Finds the page of prose that a path names, with the index of its edition.
    fn page(&self, path: &str) -> Option<(usize, &Page)> {
        let mut all = self
            .work
            .built
            .iter()
            .enumerate()
            .flat_map(|(at, built)| built.pages.iter().chain(&built.selections).map(move |page| (at, page)));
        let name = |page: &Page| format!("{}/{}/{}.html", page.edition, page.lang.code(), page.stem("index"));
        all.find(|(_, page)| name(page) == path)
    }

    /// Tells where a sentence of a page is from, and why it stands there.
    pub(super) fn passage(&self, path: &str, anchor: &str) -> Option<Origin> {
        let (at, page) = self.page(path)?;
        let edition = &self.work.built.get(at)?.edition;
        let passage = self.work.material.prose.passage(anchor)?;
        let told = |branch: &Branch| {
            let asked = branch.asks.as_ref();
            let values = asked.map(|(_, expression, _)| expression::operands(expression, &**edition));
            let holds = asked.and_then(|(_, expression, line)| {
                let own = |asked: &&page::Asked| {
                    asked.template == passage.template && asked.line == *line && asked.expression == *expression
                };
                page.asked.iter().find(own)?.holds
            });
            Chosen {
                line: branch.line,
                condition: branch.condition.clone(),
                holds,
                chosen: branch.is_own,
                values: values.unwrap_or_default(),
                text: branch.text.clone(),
            }
        };
        let groups = passage.groups.iter().map(|group| group.iter().map(told).collect()).collect();
        let (file, text) = (passage.file.clone(), passage.text.clone());
        Some(Origin { file, line: passage.line, column: passage.column, text, groups })
    }
}
