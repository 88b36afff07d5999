//! References: the works cited, in order of first citation, and where the journal asks for it the same list in Latin
//! letters; in an anonymous article works of its authors are masked.

use super::styles::List;
use super::walk::Walk;
use super::{Material, Wanted};
use crate::document::Inline;
use crate::finding::LanguageCode;
use crate::language::{Lang, Language, is_cyrillic, romanised};
use crate::page::{Page, Work};

/// What heads the list in Latin letters.
const ROMANISED: &str = "References";

/// Writes the lists.
pub(super) fn write(page: &Page, material: &Material, (language, wanted): (&Language, &Wanted), walk: &mut Walk) {
    let all = &material.prose.references.references;
    let works: Vec<&Work> = page.cited.iter().filter_map(|id| all.iter().find(|work| work.id == *id)).collect();
    if works.is_empty() {
        return;
    }
    let head = language.word("references").unwrap_or("references");
    let is_new = |work: &&Work| latin(work) != work.entry();
    // The same list under the same heading would stand twice.
    let twice = wanted.journal.romanised && (head != ROMANISED || works.iter().any(is_new));
    let is_own = |work: &Work| wanted.anonymous && is_by_author(work, material);
    let masked = |work: &Work, code: &str| {
        let who = crate::language::texts::own(code, "author-masked").unwrap_or("Author(s)");
        let year = work.year.map(|year| format!(", {year}")).unwrap_or_default();
        vec![Inline::text(format!("{who}{year}."))]
    };
    walk.line("Heading1", head);
    let list = walk.list(List::Numbered(1));
    for work in &works {
        let (lang, entry) = match is_own(work) {
            true => (language.lang(), masked(work, language.lang().code())),
            false => (Lang::parse(&work.language).unwrap_or(language.lang()), work.entry()),
        };
        walk.speaking(lang, |walk| walk.reference(list, &work.id, &entry));
    }
    if twice {
        walk.speaking(Lang::En, |walk| {
            walk.line("Heading1", ROMANISED);
            let list = walk.list(List::Numbered(1));
            for work in &works {
                let entry = if is_own(work) { masked(work, Lang::En.code()) } else { latin(work) };
                // A title in Latin letters of its own keeps its language; one that was romanised has none that is spelled so.
                let own = Lang::parse(&work.language).filter(|_| !is_own(work) && !is_cyrillic(&work.title));
                let name = format!("{}#latin", work.id);
                walk.speaking(own.unwrap_or(Lang::En), |walk| walk.reference(list, &name, &entry));
            }
        });
    }
}

/// Says whether an author of the study wrote a work.
fn is_by_author(work: &Work, material: &Material) -> bool {
    let mut authors = material.study.authors.iter().filter(|author| !author.placeholder);
    authors.any(|author| work.authors.iter().any(|own| author.is(own)))
}

/// Writes a work in Latin letters: names and titles letter for letter, the English title in brackets where it is known.
fn latin(work: &Work) -> Vec<Inline> {
    let entry = Work {
        id: work.id.clone(),
        kind: work.kind,
        authors: work.authors.iter().map(|author| romanised(author)).collect(),
        title: match &work.title_en {
            Some(english) if is_cyrillic(&work.title) => format!("{} [{english}]", romanised(&work.title)),
            _ => romanised(&work.title),
        },
        container: work.container.as_deref().map(romanised),
        volume: work.volume.as_deref().map(|volume| romanised(&volume.replace('№', "No."))),
        pages: work.pages.as_deref().map(romanised),
        language: LanguageCode::parse(Lang::En.code()).unwrap_or_default(),
        ..work.clone()
    };
    let mut inlines = entry.entry();
    for inline in &mut inlines {
        if let Inline::Text(text) = inline {
            *text = romanised(text);
        }
    }
    if is_cyrillic(&work.title) {
        inlines.push(Inline::text(format!(" (in {})", english_name(&work.language))));
    }
    inlines
}

fn english_name(code: &str) -> String {
    crate::language::texts::own(code, "english-name").unwrap_or(code).to_owned()
}
