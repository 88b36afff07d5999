//! Readme: what a reviewer reads first, in the order of the template of the social-science data editors.

use super::super::{Material, PROGRAM};
use super::{Packing, Passed, file_of};
use crate::catalog::entry::ResourceEntry;
use crate::document::plain;
use crate::files::Files;
use crate::language::{ExhibitKind, Lang, texts};
use crate::page::Page;

/// Writes it in English and in each language of the study.
pub(super) fn files(given: &Packing, size: usize) -> Files {
    let mut files = Files::default();
    let own = given.material.prose.languages.iter().filter(|lang| **lang != Lang::En);
    for lang in own.copied().chain([Lang::En]) {
        let name = if lang == Lang::En { "README.md".to_owned() } else { format!("README.{}.md", lang.code()) };
        files.insert(name, Readme { given, lang, size }.text());
    }
    files
}

struct Readme<'a> {
    given: &'a Packing<'a>,
    lang: Lang,
    size: usize,
}

/// Writes a text into a cell or a line.
fn line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().replace('|', "\\|")
}

fn row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

fn table(heads: &[String], rows: impl Iterator<Item = Vec<String>>) -> String {
    let rule = format!("|{}\n", "---|".repeat(heads.len()));
    row(heads) + &rule + &rows.map(|cells| row(&cells)).collect::<String>() + "\n"
}

impl Readme<'_> {
    fn material(&self) -> &Material {
        self.given.material
    }

    /// Says something of the program's; in a language that it does not speak, in English.
    fn word(&self, key: &str) -> String {
        let key = format!("pack.{key}");
        texts::own(self.lang.code(), &key).or_else(|| texts::own(Lang::En.code(), &key)).unwrap_or_default().to_owned()
    }

    fn said(&self, key: &str) -> String {
        let size = self.size.div_ceil(1 << 20).to_string();
        let time = match self.given.minutes {
            0 | 1 => self.word("under-minute"),
            minutes => self.word("minutes").replace("[[count]]", &minutes.to_string()),
        };
        let text = self.word(key).replace("[[version]]", PROGRAM);
        text.replace("[[size]]", &size).replace("[[time]]", &time)
    }

    fn part(&self, head: &str, body: &str) -> String {
        format!("## {}\n\n{}\n\n", self.word(head), body.trim_end())
    }

    fn text(&self) -> String {
        let titles = &self.material().study.title;
        let title = titles.get(self.lang.code()).or_else(|| titles.values().next()).map(String::as_str);
        let folders = [("study/", "folder-study"), ("numbers/", "folder-numbers"), ("program/", "folder-program")];
        let folders: String = folders.iter().map(|(path, key)| format!("- `{path}`: {}\n", self.word(key))).collect();
        let needs: String = ["software", "randomness", "hardware", "runtime"]
            .iter()
            .map(|key| format!("- {}\n", self.said(key)))
            .collect();
        let steps = match self.left().next() {
            Some(_) => format!("{}\n\n{}", self.said("replicate-steps"), self.word("replicate-open")),
            None => self.said("replicate-steps"),
        };
        [
            format!("# {}\n\n", line(title.unwrap_or_default())),
            self.part("overview", &self.said("about")),
            self.part("contents", &folders),
            self.part("availability", &(self.word("rights") + "\n\n" + &self.snapshots())),
            self.part("left-out", &self.left_out()),
            self.part("requirements", &needs),
            self.part("replicate", &steps),
            self.part("exhibits", &self.exhibits()),
            self.part("citation", &self.word("cite-see")),
        ]
        .concat()
        .trim_end()
        .to_owned()
            + "\n"
    }

    fn resources(&self) -> impl Iterator<Item = (&ResourceEntry, Passed)> {
        let all = self.material().catalog.resources.iter();
        all.map(|resource| (resource, Passed::of(resource, self.given.included)))
    }

    fn left(&self) -> impl Iterator<Item = (&ResourceEntry, Passed)> {
        self.resources().filter(|(_, passed)| !passed.is_in())
    }

    fn terms(&self, resource: &ResourceEntry) -> String {
        let one = |terms: &crate::catalog::entry::LicenseEntry| {
            let name = terms.name.iter().filter(|name| !terms.title.contains(name.as_str()));
            let parts = [terms.title.clone()].into_iter().chain(name.cloned()).chain(terms.path.clone());
            parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
        };
        match resource.licenses.as_slice() {
            [] => self.word("none-stated"),
            terms => terms.iter().map(one).collect::<Vec<_>>().join("; "),
        }
    }

    fn snapshots(&self) -> String {
        let heads = ["snapshot", "publisher", "retrieved", "terms", "state"].map(|key| self.word(key));
        let heads = [heads.as_slice(), &["SHA-256".to_owned()]].concat();
        let rows = self.resources().map(|(resource, passed)| {
            let state = match passed {
                Passed::Allowed => self.word("given"),
                Passed::Included => self.word("by-author"),
                Passed::Forbidden | Passed::Silent => self.word("left"),
            };
            let hash = resource.hash.trim_start_matches("sha256:");
            vec![
                format!("`{}`", line(&file_of(resource))),
                line(&resource.esep.publisher),
                line(&resource.esep.retrieved),
                line(&self.terms(resource)),
                state,
                format!("`{hash}`"),
            ]
        });
        table(&heads, rows)
    }

    fn left_out(&self) -> String {
        let one = |(resource, passed): (&ResourceEntry, Passed)| {
            let reason = if passed == Passed::Silent { "none-stated" } else { "not-allowed" };
            let had = resource.sources.iter().map(|source| {
                let how = source.retrieved.as_ref().and_then(|had| had.how.clone());
                [Some(source.title.clone()), source.path.clone(), how]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(", ")
            });
            let had: Vec<String> = had.collect();
            let ways = if had.is_empty() { resource.esep.publisher.clone() } else { had.join("; ") };
            format!(
                "- `{}`: {} ({}); {}: {}\n",
                line(&file_of(resource)),
                self.word(reason),
                line(&self.terms(resource)),
                self.word("how-had"),
                line(&ways)
            )
        };
        match self.left().map(one).collect::<String>() {
            none if none.is_empty() => self.word("all-given"),
            list => [list.as_str(), "\n", &self.word("put-back"), "\n\n", &self.word("sheets-without")].concat(),
        }
    }

    /// The page of an edition in the language, or in the first of the study.
    fn page<'p>(&self, pages: &'p [Page]) -> Option<&'p Page> {
        pages.iter().find(|page| page.lang == self.lang).or_else(|| pages.first())
    }

    fn exhibits(&self) -> String {
        let heads = ["edition", "exhibit", "made-by", "files"].map(|key| self.word(key));
        let mut rows = Vec::new();
        for built in self.given.built {
            let Some(page) = self.page(&built.pages) else { continue };
            let Some(language) = self.material().language(page.lang) else { continue };
            for (id, kind, number) in &page.exhibits {
                let Some(caption) = page.captions.get(id) else { continue };
                let (map, folder) = match kind {
                    ExhibitKind::Table => ("tables", "tables"),
                    ExhibitKind::Figure => ("figures", "figures"),
                };
                let place = self.material().study.place(&[map, id]);
                let at = place.line.map(|line| format!(":{line}")).unwrap_or_default();
                let (name, code) = (&built.edition.name, page.lang.code());
                let mut files = format!("`study/report/{name}/{folder}/{id}.csv`");
                if *kind == ExhibitKind::Figure {
                    files.push_str(&format!(", `study/report/{name}/figures/{id}.{code}.svg`"));
                }
                let title = format!("{} – {}", language.caption_label(*kind, *number), plain(&caption.title));
                rows.push(vec![name.clone(), line(&title), format!("`study/study.yaml{at}` (`{map}.{id}`)"), files]);
            }
        }
        table(&heads, rows.into_iter())
    }
}
