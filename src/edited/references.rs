//! References: the numbers of exhibits and works that fields print: each is that of what it leads to.

use std::collections::{BTreeMap, BTreeSet};

use super::Check;
use super::fields::Reference;
use crate::diagnostic::code;

impl Check<'_> {
    /// Names the references that print another number than that of the exhibit or the work to which they lead. Editors number
    /// fields anew by themselves, all of them in one way, which is no fault.
    pub(super) fn references(&mut self) {
        let all = &self.edited.document.references;
        let own: BTreeMap<&str, &str> =
            self.today.document.references.iter().map(|one| (one.target.as_str(), one.text.trim())).collect();
        let labels = &self.edited.document.labels;
        let works: Vec<&Reference> = all.iter().filter(|one| !labels.contains_key(&one.target)).collect();
        let anew = numbered_anew(&works);
        let mut wrong = Vec::new();
        for (at, one) in all.iter().enumerate() {
            let right = match labels.get(&one.target) {
                Some(label) => Some(label.trim()),
                None if anew => None,
                None => own.get(one.target.as_str()).copied(),
            };
            if let Some(right) = right.filter(|right| *right != one.text.trim()) {
                wrong.push((at, right.to_owned()));
            }
        }
        for (at, right) in wrong {
            let Reference { text, paragraph, pending, .. } = self.edited.document.references[at].clone();
            let message =
                format!("a reference prints `{}`, and what it leads to has the number `{right}`", text.trim());
            let key = self.edited.words.get(paragraph).and_then(|words| {
                let word = words.iter().find(|word| word.field && word.text == text.trim());
                word.and_then(|word| self.edited.key(word)).map(str::to_owned)
            });
            let mut finding = self.finding(code::ARTICLE_NUMBER, paragraph, message);
            (finding.printed, finding.right, finding.pending) = (Some(text), Some(right), pending);
            finding.template = self.template(key.as_deref());
            self.findings.push(finding);
        }
    }
}

/// Says whether each work has one number wherever it is referred to, and no two have the same.
fn numbered_anew(works: &[&Reference]) -> bool {
    let mut numbers: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for one in works {
        numbers.entry(one.target.as_str()).or_default().insert(one.text.trim());
    }
    let different: BTreeSet<&&str> = numbers.values().flatten().collect();
    numbers.values().all(|own| own.len() == 1) && different.len() == numbers.len()
}
