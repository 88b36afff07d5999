//! Known: whether a text of the file is a name, a member or a measure that somebody knows.

use super::super::entry::NameEntry;
use super::super::names::plain;
use super::super::{Match, periods};
use super::notes::marked;
use super::{Given, MEASURE, Text, Walk, shortened};
use crate::finding::{Code, Role};

impl Walk<'_> {
    pub(super) fn role(&self, dimension: &str) -> Option<Role> {
        self.target.dimensions.iter().find(|own| own.name == dimension).map(|own| own.role)
    }

    /// Says whether a label must be known for its row to be data: a period is looked at with what else says it.
    pub(super) fn is_named(&self, dimension: &str) -> bool {
        matches!(self.role(dimension), Some(Role::Territory | Role::Category))
    }

    pub(super) fn leaves_out(&self, given: &Given) -> bool {
        given.iter().any(|(dimension, texts)| texts.iter().any(|text| self.word(dimension, text) == Some(None)))
    }

    /// Returns what the layout's own words say of a text: a member, or nothing for what is left out.
    pub(super) fn word(&self, dimension: &str, text: &Text) -> Option<Option<&str>> {
        let words = self.layout.words.get(dimension)?;
        // A cell may say the same in two languages, one a line.
        let said: Vec<String> = std::iter::once(plain(&text.said)).chain(text.said.lines().map(plain)).collect();
        let found = words.iter().find(|(word, _)| said.contains(&plain(word)));
        found.map(|(_, member)| member.value.as_deref())
    }

    /// Returns what a text says of a period: in the words of the program, where the layout has its own.
    pub(super) fn dated(&self, dimension: &str, text: &Text) -> String {
        let own = self.word(dimension, text).flatten().map(str::to_owned);
        own.unwrap_or_else(|| self.unmarked(&text.said).to_owned())
    }

    pub(super) fn knows(&self, dimension: &str, text: &Text) -> bool {
        if self.word(dimension, text).is_some() {
            return true;
        }
        match self.role(dimension) {
            Some(Role::Territory) => !matches!(self.territory(text), Err(found) if found.is_empty()),
            Some(Role::Category) => self.member(dimension, text).is_some(),
            Some(Role::Period) => periods::of(&[self.unmarked(&text.said).to_owned()]).is_some(),
            None if dimension == MEASURE => self.measure(text).is_some(),
            None => self.layout.units.keys().any(|unit| plain(unit) == plain(&text.said)),
        }
    }

    pub(super) fn unknown(&self, dimension: &str, text: &Text) -> (String, Option<String>) {
        match self.role(dimension) {
            Some(Role::Territory) => {
                let near: Vec<String> = (self.target.names.near(&text.said).into_iter())
                    .map(|(name, code)| format!("{code} ({name})"))
                    .collect();
                let hint = match near.is_empty() {
                    true => {
                        "name it in data/aliases.yaml or under `names`, or leave it out under `leave_rows`".to_owned()
                    }
                    false => format!("name it in data/aliases.yaml or under `names`; it may be {}", near.join(", ")),
                };
                (format!("no territory is called `{}`", shortened(&text.said)), Some(hint))
            }
            _ => {
                let hint = format!("name it under `words: {{{dimension}: …}}` of the layout");
                (format!("`{}` is no member of `{dimension}`", shortened(&text.said)), Some(hint))
            }
        }
    }

    /// Finds the territory of a name, or all that it may be.
    pub(super) fn territory(&self, text: &Text) -> Result<(Code, Match), Vec<Code>> {
        let known = &self.target.names;
        let local = |name: &str| {
            let found = self.layout.names.iter().find(|(own, _)| plain(own) == plain(name));
            found.and_then(|(_, entry)| match &entry.value {
                NameEntry::Code(code) => Code::parse(code),
                NameEntry::Dated(all) => all.first().and_then(|one| Code::parse(&one.code)),
            })
        };
        let mut tried = vec![(text.said.as_str(), false)];
        tried.extend(text.said.lines().filter(|line| line.len() < text.said.len()).map(|line| (line, false)));
        if let Some((name, mark, is_sure)) = marked(&text.said)
            && (is_sure || self.notes.contains_key(&mark))
        {
            tried.push((name, true));
        }
        for (name, is_bare) in tried {
            if let Some(code) = local(name) {
                return Ok((code, Match::Layout));
            }
            let mut codes: Vec<Code> = known.codes(name).into_iter().cloned().collect();
            if codes.len() > 1 && self.layout.nested {
                let parts: Vec<Code> = codes
                    .iter()
                    .filter(|code| self.above.iter().any(|above| known.is_part(code, above)))
                    .cloned()
                    .collect();
                // The innermost territory above decides; a name that is no part of it stands beside it.
                if !parts.is_empty() {
                    codes = parts;
                }
            }
            match codes.len() {
                0 => {}
                1 => return Ok((codes.remove(0), if is_bare { Match::WithoutMark } else { Match::Known })),
                _ => return Err(codes),
            }
        }
        Err(Vec::new())
    }

    /// Returns the territory that a name means in a year, where the layout says that this depends on the year; nothing
    /// inside where it says none for that year.
    pub(super) fn territory_in(&self, text: &Text, year: i32) -> Option<Option<Code>> {
        let mut said = vec![text.said.as_str()];
        said.extend(marked(&text.said).map(|(name, ..)| name));
        let is_own = |name: &String| said.iter().any(|said| plain(said) == plain(name));
        let (_, entry) = self.layout.names.iter().find(|(name, _)| is_own(name))?;
        let NameEntry::Dated(all) = &entry.value else { return None };
        let own = all.iter().find(|one| one.from.is_none_or(|from| year >= from) && one.to.is_none_or(|to| year <= to));
        Some(own.and_then(|own| Code::parse(&own.code)))
    }

    pub(super) fn member(&self, dimension: &str, text: &Text) -> Option<String> {
        let at = self.target.dimensions.iter().position(|own| own.name == dimension)?;
        let members = self.target.members.get(at)?;
        if let Some(Some(member)) = self.word(dimension, text) {
            return Some(member.to_owned());
        }
        let known = |name: &str| {
            let own = members.iter().find(|member| plain(member) == plain(name)).cloned();
            own.or_else(|| self.target.names.member(dimension, name).map(str::to_owned))
        };
        known(&text.said).or_else(|| text.said.lines().find_map(known)).filter(|member| members.contains(member))
    }

    pub(super) fn measure(&self, text: &Text) -> Option<String> {
        if let Some(Some(measure)) = self.word(MEASURE, text) {
            return Some(measure.to_owned());
        }
        let known = |name: &str| {
            let own = self.target.measures.keys().find(|measure| plain(measure) == plain(name));
            own.map(|own| (*own).to_owned()).or_else(|| self.target.names.member(MEASURE, name).map(str::to_owned))
        };
        let found = known(&text.said).or_else(|| text.said.lines().find_map(known));
        found.filter(|measure| self.target.measures.contains_key(measure.as_str()))
    }
}
