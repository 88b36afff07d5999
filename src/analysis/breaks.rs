//! Breaks: the years before which an analysis is not comparable: its own, or those of what it is computed from.

use std::collections::{BTreeMap, BTreeSet};

use crate::expression;
use crate::study::Study;

/// Returns the breaks of each analysis that has any.
pub(super) fn of(study: &Study) -> BTreeMap<String, BTreeSet<i32>> {
    let own = |name: &String| (name.clone(), of_one(name, study, &mut BTreeSet::new()));
    study.analyses.keys().map(own).filter(|(_, breaks)| !breaks.is_empty()).collect()
}

fn of_one(name: &str, study: &Study, seen: &mut BTreeSet<String>) -> BTreeSet<i32> {
    let Some(analysis) = study.analyses.get(name).filter(|_| seen.insert(name.to_owned())) else {
        return BTreeSet::new();
    };
    let analysis = &analysis.value;
    let text = analysis.expr.as_ref().filter(|_| analysis.breaks.is_empty());
    match text.and_then(|text| expression::parse(&text.value).ok()) {
        Some(expr) => expr.paths().iter().flat_map(|path| of_one(&path.name, study, seen)).collect(),
        None => analysis.breaks.iter().copied().collect(),
    }
}
