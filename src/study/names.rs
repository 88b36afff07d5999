//! Names: what a study may call its parts. Each becomes a file, an anchor or a word of expressions, so none leads out of
//! the report, and none is taken twice.

use std::collections::BTreeSet;

use super::{Study, Texts};
use crate::diagnostic::{Diagnostic, Diagnostics, code, did_you_mean};
use crate::language::Lang;

/// The anchors that pages have of their own.
const ANCHORS: [&str; 1] = ["text"];

/// How anchors that pages make themselves begin: of numbers, works, methods, sections, notes.
const OWN: [&str; 5] = ["n-", "ref-", "method-", "section-", "note-"];

/// How the anchor of a figure's description ends.
const ENDING: &str = "-description";

/// What Windows keeps for devices, whatever its ending; with a digit behind the last two.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// The folder of the report that no edition can be called.
const FOLDER: &str = "verification";

const HINT: &str = "a name is made of small Latin letters, digits, `_` and `-`, and begins with a letter";

/// Returns true for small Latin letters, digits, `_` and `-`, a letter first.
pub fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase()) && has_letters_of_names(text)
}

fn has_letters_of_names(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-".contains(c))
}

/// Returns true for an anchor that pages have of their own.
pub fn is_own_anchor(text: &str) -> bool {
    ANCHORS.contains(&text) || OWN.iter().any(|own| text.starts_with(own)) || text.ends_with(ENDING)
}

/// Returns true for a name that no file can have on Windows.
fn is_device(name: &str) -> bool {
    let plain = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = name.len() - plain.len();
    DEVICES.iter().position(|device| *device == plain).is_some_and(|at| if at < 4 { digits == 0 } else { digits == 1 })
}

impl Study {
    /// Refuses names that cannot be, and languages that the study does not have.
    pub(super) fn check_names(&self, diagnostics: &mut Diagnostics) {
        let mut refuse = |path: &[&str], message: String, hint: &str| {
            diagnostics.push(Diagnostic::error(code::STUDY_VALUE, self.place(path), message).hint(hint));
        };
        let maps: [(&str, Vec<&String>); 5] = [
            ("analyses", self.analyses.keys().collect()),
            ("findings", self.findings.keys().collect()),
            ("sets", self.sets.keys().collect()),
            ("figures", self.figures.keys().collect()),
            ("tables", self.tables.keys().collect()),
        ];
        for (map, names) in maps {
            for name in names.into_iter().filter(|name| !is_name(name)) {
                refuse(&[map, name], format!("`{name}` cannot be a name"), HINT);
            }
        }
        for name in self.editions.keys().filter(|name| !has_letters_of_names(name)) {
            let hint = "the name of an edition is made of small Latin letters, digits, `_` and `-`";
            refuse(&["editions", name], format!("`{name}` cannot be a name"), hint);
        }
        for name in self.pages.iter().filter(|name| !is_name(name)) {
            refuse(&["pages"], format!("`{name}` cannot be the name of a page"), HINT);
        }
        let mut known = BTreeSet::new();
        for name in self.pages.iter().filter(|name| !known.insert(name.as_str())).collect::<BTreeSet<_>>() {
            refuse(&["pages"], format!("`{name}` stands here twice"), "a page is printed once: take one away");
        }
        for (edition, entry) in &self.editions {
            for page in entry.pages.iter().filter(|page| !is_name(&page.value)) {
                refuse(&["editions", edition, "pages"], format!("`{}` cannot be the name of a page", page.value), HINT);
            }
        }
        let figures = self.figures.keys().map(|id| ("figures", id));
        let exhibits = figures.chain(self.tables.keys().map(|id| ("tables", id)));
        for (map, id) in exhibits.clone().filter(|(_, id)| is_own_anchor(id)) {
            let hint = format!(
                "taken are `{}`, what begins with {}, and what ends in {ENDING}",
                ANCHORS.join("`, `"),
                OWN.join(" ")
            );
            refuse(&[map, id], format!("`{id}` is an anchor that pages have of their own"), &hint);
        }
        for id in self.tables.keys().filter(|id| self.figures.contains_key(*id)) {
            refuse(&["tables", id], format!("`{id}` is also the name of a figure"), "an exhibit has a name of its own");
        }
        let files = exhibits.chain(self.editions.keys().map(|name| ("editions", name)));
        for (map, name) in files.filter(|(_, name)| is_device(name)) {
            let message = format!("`{name}` cannot be the name of a file everywhere");
            refuse(&[map, name], message, "Windows keeps it for a device: call it otherwise");
        }
        for name in self.editions.keys().filter(|name| *name == FOLDER) {
            refuse(
                &["editions", name],
                format!("`{name}` is a folder that the report has of its own"),
                "call it otherwise",
            );
        }
    }

    /// Refuses languages that are none, or else texts in languages that the study does not have.
    pub(super) fn check_languages(&self, diagnostics: &mut Diagnostics) {
        let lists = [("languages", &self.languages), ("abstracts", &self.abstracts)];
        let all = lists.iter().flat_map(|(key, codes)| codes.iter().map(|code| (*key, code)));
        let wrong: Vec<(&str, &String)> = all.filter(|(_, code)| Lang::parse(code).is_none()).collect();
        for (key, code) in &wrong {
            let near = did_you_mean(code, self.title.keys().map(String::as_str)).map(|near| format!("{near} "));
            let hint = format!(
                "{}there are {}, and any code of ISO 639-1 with the texts of that language in the study",
                near.unwrap_or_default(),
                Lang::ALL.map(Lang::code).join(", ")
            );
            let message = format!("there is no language `{code}`");
            diagnostics.push(Diagnostic::error(code::STUDY_VALUE, self.place(&[key]), message).hint(hint));
        }
        if !wrong.is_empty() {
            return;
        }
        let known = || self.languages.iter().chain(&self.abstracts).map(String::as_str);
        for (path, lang) in self.spoken_of().into_iter().filter(|(_, lang)| known().all(|known| known != lang.as_str()))
        {
            let keys: Vec<&str> = path.iter().map(String::as_str).chain([lang.as_str()]).collect();
            let message = format!("the study has no language `{lang}`");
            let hint = did_you_mean(lang, known())
                .unwrap_or_else(|| "`languages` and `abstracts` name the languages of a study".to_owned());
            diagnostics.push(Diagnostic::error(code::STUDY_VALUE, self.place(&keys), message).hint(hint));
        }
    }

    /// Lists the languages for which something stands in the study, each with the keys that lead to it.
    fn spoken_of(&self) -> Vec<(Vec<String>, &String)> {
        fn listed<'a>(keys: [&str; 2], langs: impl Iterator<Item = &'a String>) -> Vec<(Vec<String>, &'a String)> {
            langs.map(|lang| (keys.map(str::to_owned).to_vec(), lang)).collect()
        }
        let style = &self.style;
        let texts = self.texts();
        let mut all: Vec<(Vec<String>, &String)> =
            texts.iter().flat_map(|(path, texts)| texts.keys().map(move |lang| (path.clone(), lang))).collect();
        for (name, noun) in &self.nouns {
            all.extend(listed(["nouns", name], noun.value.keys()));
        }
        for (name, verb) in &self.verbs {
            all.extend(listed(["verbs", name], verb.value.keys()));
        }
        for (name, unit) in &self.units {
            all.extend(listed(["units", name], unit.value.keys()));
        }
        all.extend(listed(["style", "percent_space"], style.percent_space.languages()));
        all.extend(listed(["style", "group_four_digits"], style.group_four_digits.languages()));
        all.extend(listed(["style", "decimal_mark"], style.decimal_mark.languages()));
        all.extend(listed(["style", "plus_sign"], style.plus_sign.languages()));
        all.extend(listed(["style", "words_up_to"], style.words_up_to.languages()));
        all.extend(listed(["style", "missing"], style.missing.languages()));
        all
    }

    /// Lists the texts that every language version needs, each with the keys that lead to it.
    pub(super) fn texts(&self) -> Vec<(Vec<String>, &Texts)> {
        let path = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<Vec<String>>();
        let mut texts = vec![(path(&["title"]), &self.title)];
        for (i, author) in self.authors.iter().enumerate() {
            let number = i.to_string();
            texts.push((path(&["authors", &number, "name"]), &author.name));
            texts.push((path(&["authors", &number, "affiliation"]), &author.affiliation));
        }
        for (name, selection) in &self.selection {
            texts.push((path(&["selection", name, "title"]), &selection.value.title));
        }
        for (name, edition) in self.editions.iter().filter(|_| !self.has_one_edition()) {
            texts.push((path(&["editions", name, "title"]), &edition.title));
        }
        for (name, edition) in &self.editions {
            let why = edition.across_vintages.iter();
            texts.extend(why.map(|why| (path(&["editions", name, "across_vintages"]), why)));
        }
        for (name, analysis) in &self.analyses {
            let why = analysis.value.across_vintages.iter();
            texts.extend(why.map(|why| (path(&["analyses", name, "across_vintages"]), why)));
        }
        texts
    }
}
