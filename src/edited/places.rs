//! Places: where in the templates of each language a sentence of the document is said.

use super::Check;
use super::findings::TemplatePlace;
use crate::language::Lang;
use crate::output::docx::names::short;
use crate::page::Placed;

impl Check<'_> {
    /// Lists where a sentence is said: in the template of its own language first, then in those of the others.
    pub(super) fn template(&self, key: Option<&str>) -> Vec<TemplatePlace> {
        let Some(own) = key.and_then(|key| self.placed.get(key)) else { return Vec::new() };
        let others = self.languages().into_iter().filter_map(|lang| Some((lang, self.counterpart(own, lang)?)));
        let first = lang_of(&own.passage.template).map(|lang| (lang, own));
        let place = |(lang, placed): (Lang, &Placed)| TemplatePlace {
            lang: lang.code().to_owned(),
            file: placed.passage.file.clone(),
            line: placed.passage.line,
            text: placed.passage.text.clone(),
        };
        first.into_iter().chain(others).map(place).collect()
    }

    fn languages(&self) -> Vec<Lang> {
        let more = self.prose.abstracts.iter().filter(|lang| !self.prose.languages.contains(lang));
        self.prose.languages.iter().chain(more).copied().collect()
    }

    /// Finds the sentence that says in another language what one says: in the same paragraph, of the same findings, or
    /// else the one that stands in the same place of it.
    fn counterpart(&self, own: &Placed, lang: Lang) -> Option<&Placed> {
        let mine = lang_of(&own.passage.template).filter(|mine| *mine != lang)?;
        let rest = own.passage.template.strip_prefix(&format!("templates/{}/", mine.code()))?;
        let path = format!("templates/{}/{rest}", lang.code());
        let row = |template: &str| {
            let mut row: Vec<&Placed> = self
                .placed
                .values()
                .filter(|placed| placed.passage.template == template && placed.paragraph == own.paragraph)
                .collect();
            row.sort_by_key(|placed| (placed.passage.line, placed.passage.column));
            row
        };
        let (ours, theirs) = (row(&own.passage.template), row(&path));
        let alike: Vec<&&Placed> =
            theirs.iter().filter(|other| other.calls == own.calls && branches(other) == branches(own)).collect();
        let at = ours.iter().position(|placed| placed.key == own.key);
        match alike.as_slice() {
            [one] => Some(one),
            _ if ours.len() == theirs.len() => theirs.get(at?).copied(),
            [first, ..] => Some(first),
            [] => theirs.get(at?.min(theirs.len().checked_sub(1)?)).copied(),
        }
    }

    /// Lists where the words of an exhibit, given in short, are said.
    pub(super) fn exhibit(&self, exhibit: Option<&str>) -> Vec<TemplatePlace> {
        let known = self.page.exhibits.iter().find(|(id, ..)| Some(short(id).as_str()) == exhibit);
        let Some((id, ..)) = known else { return Vec::new() };
        let own = std::iter::once(self.page.lang);
        let all = own.chain(self.prose.languages.iter().copied().filter(|lang| *lang != self.page.lang));
        let place = |lang: Lang| {
            let words = self.prose.exhibits.get(&lang)?.get(id)?;
            Some(TemplatePlace {
                lang: lang.code().to_owned(),
                file: crate::page::words::exhibits_path(lang),
                line: words.title.referenced.line() as usize,
                text: String::new(),
            })
        };
        all.filter_map(place).collect()
    }
}

/// Which alternatives a sentence stands in, from the innermost outwards: what each asks, and which of them it is.
fn branches(placed: &Placed) -> Vec<(Option<&str>, Option<usize>)> {
    let groups = placed.passage.groups.iter();
    groups
        .map(|group| {
            let own = group.iter().position(|branch| branch.is_own);
            let asks = own.and_then(|at| group[at].asks.as_ref()).map(|(_, expression, _)| expression.as_str());
            (asks, own)
        })
        .collect()
}

fn lang_of(template: &str) -> Option<Lang> {
    Lang::parse(template.strip_prefix("templates/")?.split('/').next()?)
}
