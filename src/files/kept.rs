//! Kept: what earlier builds made, by a hash of all that it was made of.
//!
//! Whether something is kept, stale or lost changes no byte of a report: whatever is taken from here was made by the same
//! step of the same inputs. What was made where something is wrong is not kept.

use std::any::Any;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::sha256;
use crate::diagnostic::{self, Diagnostics};

/// Finds what an earlier run left under a name, whole and unaltered.
type Find = Box<dyn Fn(&str) -> Option<Vec<u8>> + Send + Sync>;

/// What is kept of builds.
#[derive(Default)]
pub struct Kept {
    entries: Mutex<BTreeMap<String, Entry>>,
    find: Option<Find>,
}

/// Writes what another run is given, once it is asked for: all of it stands in the report as well.
pub type Lasting = Arc<dyn Fn() -> Option<Vec<u8>> + Send + Sync>;

struct Entry {
    value: Arc<dyn Any + Send + Sync>,
    diagnostics: Diagnostics,
    /// What another run is given of it.
    lasting: Option<Lasting>,
    /// How many builds ago it was used.
    age: usize,
    /// Whether nothing was wrong with the build that made it.
    is_settled: bool,
}

/// After so many builds without use something is let go: a mistake and its mending are two.
const OLD: usize = 3;

impl Kept {
    /// Begins with what earlier runs left.
    pub fn over(find: impl Fn(&str) -> Option<Vec<u8>> + Send + Sync + 'static) -> Kept {
        Kept { find: Some(Box::new(find)), ..Kept::default() }
    }

    fn entries(&self) -> MutexGuard<'_, BTreeMap<String, Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns what a step makes of its parts: what was made of the same, or what is made now. The problems that the step
    /// found are told either way.
    pub fn made<T: Send + Sync + 'static>(
        &self,
        step: &str,
        parts: &[&str],
        diagnostics: &mut Diagnostics,
        make: impl FnOnce(&mut Diagnostics) -> T,
    ) -> Arc<T> {
        let name = name(step, parts);
        let known = self.known(&name, diagnostics);
        known.unwrap_or_else(|| self.make(name, diagnostics, make, |_, _| None))
    }

    /// Returns what [`Kept::made`] does, and keeps it for other runs.
    pub fn lasting<T: Serialize + DeserializeOwned + Send + Sync + 'static>(
        &self,
        step: &str,
        parts: &[&str],
        diagnostics: &mut Diagnostics,
        make: impl FnOnce(&mut Diagnostics) -> T,
    ) -> Arc<T> {
        let name = name(step, parts);
        if let Some(known) = self.known(&name, diagnostics) {
            return known;
        }
        if let Some((value, own)) = self.found::<T>(&name) {
            let value = Arc::new(value);
            let lasting = Some(lasting(&value, &own));
            let entry = Entry { value: value.clone(), diagnostics: own.clone(), lasting, age: 0, is_settled: true };
            self.entries().insert(name, entry);
            diagnostics.extend(own);
            return value;
        }
        self.make(name, diagnostics, make, |value, own| Some(lasting(value, own)))
    }

    /// Says that a build rests on what a step made of its parts, though something made of it was known.
    pub fn used(&self, step: &str, parts: &[&str]) {
        self.entries().entry(name(step, parts)).and_modify(|entry| entry.age = 0);
    }

    fn known<T: Send + Sync + 'static>(&self, name: &str, diagnostics: &mut Diagnostics) -> Option<Arc<T>> {
        let mut entries = self.entries();
        let entry = entries.get_mut(name)?;
        let value = Arc::clone(&entry.value).downcast().ok()?;
        entry.age = 0;
        diagnostics.extend(entry.diagnostics.clone());
        Some(value)
    }

    fn found<T: DeserializeOwned>(&self, name: &str) -> Option<(T, Diagnostics)> {
        let bytes = self.find.as_ref()?(name)?;
        let (told, value): (serde_json::Value, T) = serde_json::from_slice(&bytes).ok()?;
        let mut own = Diagnostics::default();
        diagnostic::told(&told)?.into_iter().for_each(|one| own.push(one));
        Some((value, own))
    }

    fn make<T: Send + Sync + 'static>(
        &self,
        name: String,
        diagnostics: &mut Diagnostics,
        make: impl FnOnce(&mut Diagnostics) -> T,
        lasting: impl FnOnce(&Arc<T>, &Diagnostics) -> Option<Lasting>,
    ) -> Arc<T> {
        // What is made where something is wrong may rest on it.
        if diagnostics.verdict().is_err() {
            return Arc::new(make(diagnostics));
        }
        let mut own = Diagnostics::default();
        let value = Arc::new(make(&mut own));
        if own.verdict().is_ok() {
            let lasting = lasting(&value, &own);
            let entry = Entry { value: value.clone(), diagnostics: own.clone(), lasting, age: 0, is_settled: false };
            self.entries().insert(name, entry);
        }
        diagnostics.extend(own);
        value
    }

    /// Lists what is kept by the names of the steps that made it: `html-…`.
    pub fn names(&self) -> Vec<String> {
        self.entries().keys().cloned().collect()
    }

    /// Begins a build: what was not used for long is let go, and what was made where a build failed, which may lack what
    /// only the end of a build finds wrong.
    pub fn begin(&self) {
        self.entries().retain(|_, entry| {
            entry.age += 1;
            entry.is_settled && entry.age <= OLD
        });
    }

    /// Ends a build with which nothing is wrong.
    pub fn settle(&self) {
        self.entries().values_mut().filter(|entry| entry.age == 0).for_each(|entry| entry.is_settled = true);
    }

    /// Lists what the build that was settled last used and another run may be given, by name.
    pub fn left(&self) -> Vec<(String, Lasting)> {
        let entries = self.entries();
        let used = entries.iter().filter(|(_, entry)| entry.age == 0 && entry.is_settled);
        used.filter_map(|(name, entry)| Some((name.clone(), entry.lasting.clone()?))).collect()
    }
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.names()).finish()
    }
}

fn lasting<T: Serialize + Send + Sync + 'static>(value: &Arc<T>, diagnostics: &Diagnostics) -> Lasting {
    let (value, own) = (Arc::clone(value), diagnostics.clone());
    Arc::new(move || serde_json::to_vec(&(diagnostic::json(&own.sorted()), &*value)).ok())
}

/// Names what a step makes of its parts.
fn name(step: &str, parts: &[&str]) -> String {
    let parted: String = parts.iter().map(|part| format!("{} {part}\n", part.len())).collect();
    format!("{step}-{}", sha256(parted.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostic, Place, code};

    fn problem(warns: bool) -> Diagnostic {
        let make = if warns { Diagnostic::warning } else { Diagnostic::error };
        make(code::STUDY_VALUE, Place::line("study.yaml", 3, 1), "something").hint("mend it")
    }

    #[test]
    fn what_is_kept_tells_its_warnings_again_and_what_is_wrong_is_made_again() {
        let kept = Kept::default();
        let run = |value: usize, part: &str, problem: Option<Diagnostic>| {
            let mut diagnostics = Diagnostics::default();
            let made = kept.lasting("step", &[part], &mut diagnostics, |own| {
                problem.into_iter().for_each(|problem| own.push(problem));
                value
            });
            (*made, diagnostics.sorted())
        };
        assert_eq!(run(1, "a", Some(problem(true))), (1, vec![problem(true)]));
        assert_eq!(run(2, "a", None), (1, vec![problem(true)]));
        assert_eq!(run(3, "b", Some(problem(false))), (3, vec![problem(false)]));
        assert_eq!(run(4, "b", None), (4, vec![]));
        // Another run is given the same, and what cannot be read is made again.
        assert!(kept.left().is_empty());
        kept.settle();
        let left: BTreeMap<String, Lasting> = kept.left().into_iter().collect();
        let other = Kept::over(move |name| left.get(name)?());
        let mut diagnostics = Diagnostics::default();
        assert_eq!(*other.lasting("step", &["a"], &mut diagnostics, |_| 9_usize), 1);
        assert_eq!(diagnostics.sorted(), [problem(true)]);
        let torn = Kept::over(|_| Some(b"[{\"diagnostics\": [{}]}, 7]".to_vec()));
        assert_eq!(*torn.lasting("step", &["a"], &mut Diagnostics::default(), |_| 9_usize), 9);
        // What nothing uses is let go.
        (0..=OLD).for_each(|_| kept.begin());
        assert_eq!(run(5, "a", None), (5, vec![]));
        // Nor is what a failed build made.
        kept.begin();
        assert_eq!(run(6, "a", None), (6, vec![]));
    }
}
