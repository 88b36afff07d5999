//! Write: the files of a study that shows a table, in the words of its languages.

mod data;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::columns::currency;
use super::facts::Theme;
use super::guessed::{Guess, Measure, Place};
use crate::files::Files;
use crate::language::{Lang, texts};
use crate::table::number::NumberSyntax;

/// The sentences of a page, in their order: those of one line through time, and those that compare rows.
const SENTENCES: [&str; 20] = [
    "span",
    "line-now",
    "line-then",
    "line-whole",
    "line-growth",
    "line-step",
    "line-max",
    "line-min",
    "line-mean",
    "line-median",
    "line-spread",
    "length",
    "max",
    "min",
    "ratio",
    "spread",
    "mean",
    "median",
    "above",
    "rises",
];

/// How many sentences with numbers stand on the page of a study at most.
const MOST_SENTENCES: usize = 12;

/// How many measures of a table have a series in a study that is begun.
const MOST_SERIES: usize = 20;

/// The part of a study that computes changes from one period to the next.
pub(super) const CHANGES: &str = "changes";

/// What a study is made of.
pub(super) struct Draft<'a> {
    /// What its table seems to be.
    pub guess: &'a Guess,
    /// Its languages.
    pub langs: &'a [Lang],
    /// The name of the file in the study, and what it holds.
    pub file: (&'a str, &'a [u8]),
    /// Whether the table is the program's own example, whose words are known.
    pub is_made_up: bool,
    /// How numbers are written, as far as it was stated.
    pub stated: NumberSyntax,
    /// The encoding, where it was stated.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// Sentences and exhibits that the table does not bear.
    pub without: BTreeSet<String>,
}

/// The line of a page on which each sentence stands, for what is said of it.
pub(super) type Lines = BTreeMap<(String, usize), String>;

fn own(lang: Lang, key: &str) -> &'static str {
    texts::own(lang.code(), &format!("start.{key}")).unwrap_or_default()
}

/// Writes a text as YAML does in every place.
fn text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn put(template: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(template.to_owned(), |text, (name, value)| text.replace(&format!("[[{name}]]"), value))
}

impl Draft<'_> {
    /// Writes the files.
    pub(super) fn files(&self) -> (Files, Lines) {
        let theme = Theme::of(self.guess);
        let mut files = Files::default();
        let mut lines = Lines::new();
        files.insert("study.yaml", self.study(&theme));
        files.insert("data/datapackage.yaml", self.package());
        files.insert(format!("data/{}", self.path()), self.file.1);
        if !self.guess.places.is_empty() {
            files.insert("data/territories.yaml", self.territories(&theme));
        }
        for lang in self.langs {
            let folder = format!("templates/{}", lang.code());
            files.insert(
                format!("{folder}/main.md"),
                self.page(*lang, &theme, &format!("{folder}/main.md"), &mut lines),
            );
            files.insert(format!("{folder}/exhibits.yaml"), self.exhibits(*lang, &theme));
        }
        (files, lines)
    }

    fn path(&self) -> String {
        format!("raw/own/first/{}", self.file.0)
    }

    fn first(&self) -> Option<&Measure> {
        self.guess.measures.first()
    }

    /// Says in which language the words of the table are.
    fn spoken(&self) -> Lang {
        let names = self.guess.places.iter().filter_map(|place| place.name.as_deref());
        let heads = self.guess.measures.iter().map(|measure| measure.heading.as_str());
        let heads = heads.chain(self.guess.categories.iter().map(|category| category.heading.as_str()));
        Lang::guessed_among(&names.chain(heads).collect::<String>(), self.langs)
    }

    fn known(&self, lang: Lang, word: &str) -> Option<&'static str> {
        let key = format!("start.made-up.{word}");
        texts::own(lang.code(), &key).filter(|_| self.is_made_up)
    }

    /// Names a measure; a word of another language is not known.
    fn measure(&self, lang: Lang, measure: &Measure) -> String {
        let heading = measure.heading.split([',', '(', '%', '‰', '{', '[']).next().unwrap_or_default().trim();
        let is_plain =
            heading.chars().all(|c| c.is_alphabetic() || " -–".contains(c)) && heading.contains(char::is_alphabetic);
        match self.known(lang, &measure.name) {
            Some(known) => known.to_owned(),
            None if is_plain && self.spoken() == lang => {
                let mut letters = heading.chars();
                letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
            }
            None if self.guess.measures.len() > 1 && measure.name.chars().all(|c| c.is_ascii_lowercase()) => {
                format!("{} {}", own(lang, "measure"), measure.name)
            }
            None => own(lang, "measure").to_owned(),
        }
    }

    fn place(&self, lang: Lang, place: &Place) -> String {
        let said = place.name.as_ref().unwrap_or(&place.said);
        match self.known(lang, &place.code) {
            Some(known) => known.to_owned(),
            None if place.name.is_some() && self.spoken() == lang => said.clone(),
            None => format!("TODO {said}"),
        }
    }

    /// Writes a text in each language: `{ru: "…", kk: "…"}`.
    fn each(&self, say: impl Fn(Lang) -> String) -> String {
        let texts: Vec<String> =
            self.langs.iter().map(|lang| format!("{}: {}", lang.code(), text(&say(*lang)))).collect();
        format!("{{{}}}", texts.join(", "))
    }

    fn has(&self, part: &str) -> bool {
        !self.without.contains(part)
    }

    /// Says whether the study computes changes from one period to the next.
    fn follows(&self) -> bool {
        self.guess.is_over_time() && self.has(CHANGES)
    }

    fn shows_series(&self, theme: &Theme) -> bool {
        self.guess.is_over_time() && theme.last.is_some() && self.has("over_time")
    }

    fn shows_ranking(&self, theme: &Theme) -> bool {
        self.has("ranking") && (theme.items.len() > 1 || theme.items.is_empty() && theme.last.is_some())
    }

    fn study(&self, theme: &Theme) -> String {
        let Some(measure) = self.first() else { return String::new() };
        let (name, decimals, unit) = (&measure.name, measure.decimals, &measure.unit);
        let title = self.each(|lang| own(lang, if self.is_made_up { "made-up-title" } else { "title" }).to_owned());
        let codes: Vec<&str> = self.langs.iter().map(|lang| lang.code()).collect();
        let mut out = format!(
            "# What is computed, shown and printed. What does not stand here has a default: `esep eject` writes one to edit.\n\
             esep: 1\ntitle: {title}\nlanguages: [{}]\n\n\
             # A series for each measure of the table; methods add more beside it ({name}.change_chain). `esep list methods` shows all.\n\
             # A formula over other series is one too: {{expr: \"ratio(one.value, other.value)\"}}.\nanalyses:\n",
            codes.join(", ")
        );
        let filter: Vec<String> =
            theme.picked.iter().map(|(name, member)| format!("{name}: {}", text(member))).collect();
        let filter = if filter.is_empty() { String::new() } else { format!(", where: {{{}}}", filter.join(", ")) };
        let methods = if self.follows() { ", methods: [change]" } else { "" };
        for measure in self.guess.measures.iter().take(MOST_SERIES) {
            let _ = writeln!(out, "  {}: {{table: data, measure: {}{filter}{methods}}}", measure.name, measure.name);
        }
        let more = self.guess.measures.len().saturating_sub(MOST_SERIES);
        if more > 0 {
            let _ = writeln!(
                out,
                "  # {more} more measures of the table stand in data/datapackage.yaml: a line like these for each that is wanted."
            );
        }
        let codes: BTreeSet<&str> = self.guess.measures.iter().filter_map(|own| currency(&own.heading)).collect();
        if !codes.is_empty() {
            out.push_str("\n# Units of your own. With a noun prose counts in words: byn: {en: {label: BYN, noun: rouble}}.\nunits:\n");
        }
        for code in codes {
            let _ = writeln!(out, "  {}: {}", code.to_lowercase(), self.each(|_| code.to_owned()));
        }
        let (series, ranking) = (self.shows_series(theme), self.shows_ranking(theme));
        if series || ranking {
            out.push_str("\n# Their words stand in templates/<language>/exhibits.yaml. `esep list kinds` shows what can be drawn.\nfigures:\n");
        }
        let print = format!("unit: {unit}, decimals: {decimals}");
        if series {
            let lines: Vec<&str> = theme.lines.iter().map(|item| item.written.as_str()).collect();
            let of = if lines.is_empty() {
                format!("{name}.value[all]")
            } else {
                format!("{name}.value[{}, all]", lines.join("|"))
            };
            let _ = writeln!(out, "  over_time: {{kind: lines, of: {}, {print}}}", text(&of));
        }
        if ranking {
            let of = self.now(theme).unwrap_or_default();
            let kind = if theme.items.is_empty() { "columns" } else { "ranked-bars" };
            let of = if theme.items.is_empty() { self.recent(theme) } else { of };
            let _ = writeln!(out, "  ranking: {{kind: {kind}, of: {}, {print}}}", text(&of));
        }
        let _ = write!(out, "\ntables:\n  numbers: {}\n", self.table(theme, decimals));
        out.push_str("\n# Chapters in their order: templates/<language>/<page>.md.\npages: [main]\n");
        out
    }

    fn table(&self, theme: &Theme, decimals: u32) -> String {
        let row = if self.guess.places.is_empty() {
            self.guess.categories.first().map(|category| category.name.clone())
        } else {
            Some("territory".to_owned())
        };
        match row {
            Some(row) if theme.recent.is_some() => {
                format!("{{rows: {row}, columns: period, of: {}, decimals: {decimals}}}", text(&self.recent(theme)))
            }
            Some(row) => {
                let of = self.now(theme).unwrap_or_default();
                format!("{{rows: {row}, columns: {{value: {{of: {}, decimals: {decimals}}}}}}}", text(&of))
            }
            None => {
                let of = text(&self.all(theme));
                format!("{{rows: period, columns: {{value: {{of: {of}, decimals: {decimals}}}}}}}")
            }
        }
    }

    fn name(&self) -> &str {
        self.first().map_or("", |measure| measure.name.as_str())
    }

    /// Writes the rows that are compared, as an expression picks them.
    fn items(&self, theme: &Theme) -> String {
        match self.guess.places.is_empty() {
            false => "places".to_owned(),
            true => theme.items.iter().map(|item| item.written.as_str()).collect::<Vec<_>>().join("|"),
        }
    }

    fn picked(&self, selectors: &[&str]) -> String {
        format!("{}.value[{}]", self.name(), selectors.join(", "))
    }

    fn all(&self, theme: &Theme) -> String {
        if theme.items.is_empty() { self.picked(&["all"]) } else { self.picked(&["all", "all"]) }
    }

    /// The rows of a table in its last periods.
    fn recent(&self, theme: &Theme) -> String {
        let span = theme.recent.as_ref().map_or_else(|| "all".to_owned(), |from| format!("{from}..last"));
        if theme.items.is_empty() { self.picked(&[&span]) } else { self.picked(&["all", &span]) }
    }

    /// The rows that are compared, in the last period.
    fn now(&self, theme: &Theme) -> Option<String> {
        if theme.items.is_empty() {
            return None;
        }
        let items = self.items(theme);
        Some(match &theme.last {
            Some(last) => self.picked(&[&items, last]),
            None => self.picked(&[&items]),
        })
    }

    /// The value of the line that is followed at a time.
    fn at(&self, theme: &Theme, time: &str) -> Option<String> {
        match (&theme.line, theme.items.is_empty()) {
            (Some(line), _) => Some(self.picked(&[&line.written, time])),
            (None, true) => Some(self.picked(&[time])),
            (None, false) => None,
        }
    }

    fn page(&self, lang: Lang, theme: &Theme, path: &str, lines: &mut Lines) -> String {
        let now = self.now(theme);
        let mut values: Vec<(&str, String)> = Vec::new();
        let decimals = self.first().map_or(0, |measure| measure.decimals);
        values.push(("decimals", decimals.to_string()));
        // A mean has one more decimal, but cents have no parts.
        values.push(("finer", if decimals < 2 { decimals + 1 } else { decimals }.to_string()));
        values.push(("item", if self.guess.places.is_empty() { "list" } else { "region" }.to_owned()));
        let mut give = |name, value: Option<String>| values.extend(value.map(|value| (name, value)));
        if self.guess.is_over_time() && theme.last.is_some() {
            give("line", self.at(theme, "all"));
            give("line-now", self.at(theme, "last"));
            give("line-then", self.at(theme, "first"));
            let steps = self.follows() && theme.has_before && theme.last.as_deref() == Some("last");
            let change = |of: &String| of.replacen(".value[", ".change_chain[", 1);
            // What it compares with is the period before the last, whichever the last is by then.
            give("line-change", self.at(theme, "last").filter(|_| steps).as_ref().map(change));
            give("rises", now.as_ref().filter(|_| steps).map(change));
        }
        give("now", now.clone());
        let shown = now.or_else(|| self.at(theme, "all")).unwrap_or_default();
        let comment = own(lang, "comment-page").replace("[[now]]", &shown);
        let mut out = format!(
            "## {} {{#main}}\n\n{{## {} ##}}\n\n",
            own(lang, "heading"),
            comment.trim().replace('\n', "\n    ")
        );
        let _ = write!(out, "{}\n\n", own(lang, if self.is_made_up { "made-up-intro" } else { "intro" }));
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let mut said = 0;
        let mut of_line = None;
        for key in SENTENCES.iter().filter(|key| self.has(key)) {
            let sentence = put(own(lang, &format!("sentence.{key}")), &values);
            if sentence.is_empty() || sentence.contains("[[") || said == MOST_SENTENCES {
                continue;
            }
            // Of several lines the one that is meant is named; where the rows are compared, half of the sentences are of it.
            let line = key.starts_with("line-");
            if line && !theme.items.is_empty() && said >= MOST_SENTENCES / 2 {
                continue;
            }
            if of_line == Some(true) && !line {
                out.push('\n');
            }
            if line && of_line != Some(true) && !theme.items.is_empty() {
                let lead = format!("**{}.**", self.lead(lang, theme));
                // A digit of a name is no number, and a name that waits is in no language of the page, which the build is told.
                let _ = match lead.contains(|c: char| c.is_ascii_digit()) || lead.contains("TODO") {
                    true => write!(out, "\n{{% call exempt(\"name\") %}}{lead}{{% endcall %}}\n"),
                    false => write!(out, "\n{lead}\n"),
                };
            }
            of_line = Some(line);
            said += 1;
            lines.insert((path.to_owned(), out.lines().count() + 1), (*key).to_owned());
            out.push_str(&sentence);
            out.push('\n');
        }
        let _ = write!(out, "\n{{## {} ##}}\n", own(lang, "comment-figures"));
        let parts = [
            ("shown-series", "over_time", "figure", self.shows_series(theme)),
            (
                if theme.items.is_empty() { "shown-columns" } else { "shown-ranking" },
                "ranking",
                "figure",
                self.shows_ranking(theme),
            ),
            ("shown-crossing", "numbers", "table", true),
        ];
        for (key, id, kind, _) in parts.into_iter().filter(|(.., shown)| *shown) {
            let _ = write!(out, "\n{}\n\n{{{{ {kind}(\"{id}\") }}}}\n", own(lang, key).replace("[[id]]", id));
        }
        out
    }

    /// Names the line that is followed.
    fn lead(&self, lang: Lang, theme: &Theme) -> String {
        let Some(line) = &theme.line else { return String::new() };
        match self.guess.places.get(line.at) {
            Some(place) => self.place(lang, place),
            None => line.written.trim_matches('\'').to_owned(),
        }
    }

    /// Names what is shown: the measure, and the members that are picked where a table has others too.
    fn shown(&self, lang: Lang, theme: &Theme) -> String {
        let measure = self.first().map(|measure| self.measure(lang, measure)).unwrap_or_default();
        let picked = theme.picked.iter().map(|(_, member)| member.as_str());
        // A digit of a name is no number, which the build is told.
        let told = picked.map(|member| match member.contains(|c: char| c.is_ascii_digit()) {
            true => format!("{{% call exempt(\"name\") %}}{member}{{% endcall %}}"),
            false => member.to_owned(),
        });
        std::iter::once(measure).chain(told).collect::<Vec<_>>().join(", ")
    }

    /// Names the rows of a table of categories as the table does, where that is in this language.
    fn stub(&self, lang: Lang) -> String {
        let category = self.guess.categories.first().filter(|_| self.guess.places.is_empty());
        let Some(category) = category else { return String::new() };
        // Of a digit a page would have to say whose it is.
        let is_plain = |text: &&str| !text.is_empty() && !text.contains(char::is_numeric);
        let heading = Some(category.heading.as_str()).filter(|text| is_plain(text) && self.spoken() == lang);
        format!(", stub: {}", text(heading.unwrap_or(own(lang, "stub"))))
    }

    fn exhibits(&self, lang: Lang, theme: &Theme) -> String {
        let measure = self.shown(lang, theme);
        let title = |key: &str| text(&own(lang, key).replace("[[measure]]", &measure));
        let series = format!(", series: {{value: {}}}", text(own(lang, "value")));
        let single = if theme.items.is_empty() { series.as_str() } else { "" };
        let mut out = String::new();
        if self.shows_series(theme) {
            let _ = writeln!(out, "over_time: {{title: {}, source: redrawn{single}}}", title("series"));
        }
        if self.shows_ranking(theme) {
            let key = if theme.items.is_empty() { "columns" } else { "ranking" };
            let _ = writeln!(out, "ranking: {{title: {}, source: redrawn{series}}}", title(key));
        }
        let columns = match theme.items.is_empty() || theme.recent.is_none() {
            true => format!(", columns: {{value: {}}}", text(own(lang, "value"))),
            false => String::new(),
        };
        let stub = self.stub(lang);
        let _ = writeln!(out, "numbers: {{title: {}, source: redrawn{columns}{stub}}}", title("crossing"));
        out
    }
}
