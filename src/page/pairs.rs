//! Pairs: which sentence of one language stands for which of another, and whether somebody has said that they agree.
//!
//! A study keeps the pairs that somebody has read side by side in `templates/pairs.txt`, one a line, by the hashes of
//! both: whoever changes one version alone, changes a hash, and the pair is no longer there. Behind them stands what was
//! read of the study's named findings, each with a hash of all that it says: a finding that is altered names its
//! sentences. What stands where is never kept, so that sentences may move. Without the file nothing is claimed.

use std::collections::{BTreeMap, BTreeSet};

use super::sentence::{Sentence, beginning, sentences};
use super::spots::Spots;
use super::template::{Template, without_space};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::expression;
use crate::files::{Files, sha256};
use crate::language::Lang;
use crate::study::Text;

/// The file of pairs that somebody has read side by side.
pub const PAIRS: &str = "templates/pairs.txt";

const HEAD: &str = "# Sentences of two languages that somebody has read side by side, by their hashes; \
     `esep build --accept-pairs` writes this file.\n";

/// Two versions of one sentence; of a paragraph or a page whose versions are parted otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    page: String,
    sides: [Side; 2],
    /// The named findings that both ask for, with hashes of what they say.
    reads: BTreeMap<String, String>,
}

/// One version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The language.
    pub lang: Lang,
    /// Where its words begin.
    pub place: Place,
    /// Its first words.
    pub words: String,
    hash: String,
    /// The sentences that a paragraph or a page holds.
    parts: Vec<One>,
    /// The paragraph and the page around a sentence.
    around: Vec<String>,
}

/// A sentence of several.
#[derive(Clone, Debug, PartialEq, Eq)]
struct One {
    hash: String,
    place: Place,
    words: String,
}

impl Pair {
    /// Returns both versions, that of the first language before the other.
    pub fn sides(&self) -> &[Side; 2] {
        &self.sides
    }

    fn line(&self) -> String {
        let [left, right] = &self.sides;
        let pair = format!("{} {} {} {} {}", self.page, left.lang.code(), left.hash, right.lang.code(), right.hash);
        let reads: Vec<String> = self.reads.iter().map(|(name, hash)| format!("{name}={hash}")).collect();
        [pair, reads.join(",")].join(" ").trim_end().to_owned()
    }
}

/// What somebody has said to agree: the hashes of each two languages.
#[derive(Debug, Default)]
struct Accepted {
    /// What the findings said then that were read, by name; none where nobody kept it.
    pairs: BTreeMap<(Lang, String, Lang, String), BTreeMap<String, String>>,
    /// The lines as they are.
    lines: BTreeMap<(Lang, String, Lang, String), String>,
    /// Each version by itself, beside which other language it was read.
    known: BTreeSet<(Lang, String, Lang)>,
}

/// Pairs the versions of all pages, those of the first language with each other.
pub(super) fn all(
    languages: &[Lang],
    abstracts: &[Lang],
    templates: &BTreeMap<String, Template>,
    findings: &BTreeMap<String, Text>,
) -> Vec<Pair> {
    let Some(first) = languages.first() else { return Vec::new() };
    let others = languages[1..].iter().chain(abstracts.iter().filter(|lang| !languages.contains(lang)));
    let mut found = Vec::new();
    for other in others {
        for (path, left) in templates {
            let Some(rest) = path.strip_prefix(&format!("templates/{}/", first.code())) else { continue };
            let Some(right) = templates.get(&format!("templates/{}/{rest}", other.code())) else { continue };
            if !left.broken && !right.broken {
                let page = rest.split(['.', ':']).next().unwrap_or(rest);
                pair(page, (*first, left), (*other, right), findings, &mut found);
            }
        }
    }
    found
}

/// Names the pairs of which one version was changed alone, and counts those that are new on both sides.
pub(super) fn check(pairs: &[Pair], files: &Files, diagnostics: &mut Diagnostics) {
    let Some(text) = files.text(PAIRS) else { return };
    let accepted = read(text, diagnostics);
    let mut new = Vec::new();
    for (pair, name) in pairs.iter().filter_map(|pair| Some((pair, accepted.altered(pair)?))) {
        diagnostics.push(altered(pair, name));
    }
    for pair in pairs.iter().filter(|pair| !accepted.holds(pair)) {
        match pair.sides.each_ref().map(|side| accepted.knows(side, pair)) {
            [false, false] => new.push(pair),
            [false, true] => diagnostics.push(stale(&pair.sides[1], &pair.sides[0])),
            [true, false] => diagnostics.push(stale(&pair.sides[0], &pair.sides[1])),
            [true, true] => diagnostics.push(parted(pair)),
        }
    }
    if let Some(first) = new.first() {
        let [left, right] = first.sides.each_ref().map(|side| accepted.changed(side, first));
        let message = format!(
            "{} pairs of sentences are new or were changed in both versions, and nobody has said that they agree: the first is `{}` beside {}, `{}`",
            new.len(),
            right.1,
            spot(left.0),
            left.1
        );
        let hint = "read them side by side, then say so: `esep build --accept-pairs`";
        diagnostics.push(Diagnostic::warning(code::PAGE_PAIR, right.0.clone(), message).hint(hint));
    }
}

fn altered(pair: &Pair, name: &str) -> Diagnostic {
    let [left, right] = &pair.sides;
    let message = format!(
        "`{name}` was altered in study.yaml since somebody read `{}` beside {}, `{}`",
        left.words,
        spot(&right.place),
        right.words
    );
    told(left, message)
}

fn stale(left_alone: &Side, changed: &Side) -> Diagnostic {
    let message = format!(
        "`{}` was left as it was, where {} was changed: `{}`",
        left_alone.words,
        spot(&changed.place),
        changed.words
    );
    told(left_alone, message)
}

fn parted(pair: &Pair) -> Diagnostic {
    let [left, right] = &pair.sides;
    let message = format!(
        "`{}` stands beside {}, `{}`, and somebody has read each beside another only",
        right.words,
        spot(&left.place),
        left.words
    );
    told(right, message)
}

fn told(side: &Side, message: String) -> Diagnostic {
    let hint =
        format!("mend it; or, where the two still agree, say so: `esep build --accept-pairs={}`", spot(&side.place));
    Diagnostic::warning(code::PAGE_STALE, side.place.clone(), message).hint(hint)
}

/// Writes a place as `--accept-pairs` takes it.
fn spot(place: &Place) -> String {
    let parts = [place.line, place.column].map(|part| part.map(|part| format!(":{part}")).unwrap_or_default());
    format!("{}{}", place.file, parts.concat())
}

/// What accepting came to.
#[derive(Debug)]
pub struct Acceptance<'a> {
    /// The file as it is to be written.
    pub text: String,
    /// The pairs that nobody had accepted before.
    pub new: Vec<&'a Pair>,
    /// How many pairs it holds.
    pub count: usize,
    /// How many lines of pairs that there are no more were left out.
    pub gone: usize,
}

/// Accepts the pairs at a place (`templates/kk/labour.md`, `templates/kk/labour.md:5`), or all; none where nothing stands there.
pub fn accept<'a>(pairs: &'a [Pair], files: &Files, at: &str, diagnostics: &mut Diagnostics) -> Option<Acceptance<'a>> {
    let accepted = read(files.text(PAIRS).unwrap_or_default(), diagnostics);
    let is_meant = |side: &Side| {
        let spot = spot(&side.place);
        at.is_empty() || spot.strip_prefix(at).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
    };
    let meant = |pair: &&Pair| pair.sides.iter().any(is_meant);
    pairs.iter().find(meant)?;
    // Who accepts a part says nothing of the findings that others read.
    let line = |pair: &Pair| if meant(&pair) { Some(pair.line()) } else { accepted.line(pair).cloned() };
    let mut lines: BTreeSet<String> = pairs.iter().filter_map(line).collect();
    let before: BTreeSet<&str> = lines_of(files.text(PAIRS).unwrap_or_default()).map(|(_, line)| line).collect();
    let pair_of = |line: &str| line.split_whitespace().take(5).collect::<Vec<_>>().join(" ");
    let known: BTreeSet<String> = lines.iter().map(|line| pair_of(line)).collect();
    let lost: Vec<&str> = before.iter().filter(|line| !known.contains(&pair_of(line))).copied().collect();
    let gone = if at.is_empty() { lost.len() } else { 0 };
    // Who accepts a part says nothing of the others.
    if !at.is_empty() {
        lines.extend(lost.into_iter().map(str::to_owned));
    }
    let text = lines.iter().fold(HEAD.to_owned(), |text, line| text + line + "\n");
    // The same sentence may stand in several places.
    let mut seen = BTreeSet::new();
    let is_told = |pair: &Pair| accepted.holds(pair) && accepted.altered(pair).is_none();
    let is_new = |pair: &&Pair| meant(pair) && !is_told(pair) && seen.insert(pair.line());
    let new = pairs.iter().filter(is_new).collect();
    Some(Acceptance { text, new, count: lines.len(), gone })
}

fn lines_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

fn read(text: &str, diagnostics: &mut Diagnostics) -> Accepted {
    let mut accepted = Accepted::default();
    for (at, line) in lines_of(text) {
        let parts: Vec<&str> = line.split_whitespace().collect();
        let langs = |a: &str, b: &str| Some((Lang::parse(a)?, Lang::parse(b)?));
        match parts.as_slice() {
            [_, a, left, b, right, reads @ ..] if langs(a, b).is_some() && reads.len() < 2 => {
                let Some((a, b)) = langs(a, b) else { continue };
                let reads = reads.iter().flat_map(|reads| reads.split(',')).filter_map(|read| read.split_once('='));
                let reads = reads.map(|(name, hash)| (name.to_owned(), hash.to_owned())).collect();
                let key = (a, (*left).to_owned(), b, (*right).to_owned());
                accepted.lines.insert(key.clone(), line.to_owned());
                accepted.known.insert((a, (*left).to_owned(), b));
                accepted.known.insert((b, (*right).to_owned(), a));
                accepted.pairs.insert(key, reads);
            }
            _ => {
                let message = "is no pair: one is a page, a language, a hash, a language, a hash";
                let hint = "where two branches met, keep the lines of both and strike out the marks between them";
                diagnostics.push(Diagnostic::error(code::PAGE_PAIRS, Place::line(PAIRS, at, 1), message).hint(hint));
            }
        }
    }
    accepted
}

impl Accepted {
    fn holds(&self, pair: &Pair) -> bool {
        self.pairs.contains_key(&key(pair))
    }

    fn line(&self, pair: &Pair) -> Option<&String> {
        self.lines.get(&key(pair))
    }

    /// Returns a finding of a pair that says otherwise than when somebody read it.
    fn altered<'a>(&self, pair: &'a Pair) -> Option<&'a str> {
        let then = self.pairs.get(&key(pair))?;
        let is_other = |(name, hash): &(&String, &String)| then.get(*name).is_some_and(|own| own != *hash);
        pair.reads.iter().find(is_other).map(|(name, _)| name.as_str())
    }

    /// Returns where a version was changed: in its first sentence that nobody has read, else at its beginning.
    fn changed<'a>(&self, side: &'a Side, pair: &Pair) -> (&'a Place, &'a str) {
        let other = pair.sides.iter().find(|other| other.lang != side.lang).unwrap_or(side).lang;
        let is_new = |part: &&One| !self.known.contains(&(side.lang, part.hash.clone(), other));
        // Where nothing of a version was read before, no sentence of it is newer than the others.
        let part = side.parts.iter().find(is_new).filter(|_| !side.parts.iter().all(|part| is_new(&part)));
        part.map_or((&side.place, side.words.as_str()), |part| (&part.place, part.words.as_str()))
    }

    /// Says whether a version is as somebody has read it: by itself, by all its parts, or by what is around it.
    fn knows(&self, side: &Side, pair: &Pair) -> bool {
        let [left, right] = &pair.sides;
        let other = if side.lang == left.lang { right.lang } else { left.lang };
        let known = |hash: &String| self.known.contains(&(side.lang, hash.clone(), other));
        let all = !side.parts.is_empty() && side.parts.iter().all(|part| known(&part.hash));
        known(&side.hash) || all || side.around.iter().any(known)
    }
}

fn key(pair: &Pair) -> (Lang, String, Lang, String) {
    let [left, right] = &pair.sides;
    (left.lang, left.hash.clone(), right.lang, right.hash.clone())
}

/// Lists the named findings that sentences ask for, each with a hash of what it and all that it names say.
fn reads(sentences: &[&Sentence], findings: &BTreeMap<String, Text>) -> BTreeMap<String, String> {
    let asked = sentences.iter().flat_map(|sentence| &sentence.asks).filter_map(|ask| ask.split_once('('));
    let names = asked.flat_map(|(_, text)| named(text.trim_end_matches(')'), findings));
    let said = |name: String| {
        let mut all = BTreeSet::new();
        gather(&name, findings, &mut all);
        let text: Vec<String> = all.iter().filter_map(|name| Some(without_space(&findings.get(name)?.value))).collect();
        (name, sha256(text.join("\n").as_bytes()).chars().take(8).collect())
    };
    names.map(said).collect()
}

/// Lists the named findings that a text names.
fn named(text: &str, findings: &BTreeMap<String, Text>) -> BTreeSet<String> {
    let Ok(expr) = expression::parse(text) else { return BTreeSet::new() };
    let names = expr.paths().into_iter().map(|path| path.name.clone());
    names.filter(|name| findings.contains_key(name)).collect()
}

fn gather(name: &str, findings: &BTreeMap<String, Text>, all: &mut BTreeSet<String>) {
    let Some(text) = findings.get(name).filter(|_| all.insert(name.to_owned())) else { return };
    named(&text.value, findings).iter().for_each(|name| gather(name, findings, all));
}

/// A stretch of a template between empty lines.
struct Paragraph {
    sentences: Vec<Sentence>,
}

impl Paragraph {
    fn hash(&self) -> String {
        hash(self.sentences.iter())
    }
}

fn hash<'a>(sentences: impl Iterator<Item = &'a Sentence>) -> String {
    let text: Vec<&str> = sentences.map(|sentence| sentence.text.as_str()).collect();
    sha256(text.join("\n").as_bytes()).chars().take(16).collect()
}

fn paragraphs(template: &Template) -> Vec<Paragraph> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    let (mut at, mut open) = (0, false);
    // Lines of passages that are exempt are not empty there.
    for line in template.prose.split_inclusive('\n') {
        let end = at + line.len();
        match (line.trim().is_empty(), open, spans.last_mut()) {
            (true, ..) => open = false,
            (false, true, Some(last)) => last.1 = end,
            _ => {
                spans.push((at, end));
                open = true;
            }
        }
        at = end;
    }
    let source = template.source.as_str();
    let read = |(from, to): (usize, usize)| Paragraph { sentences: sentences(source, from..to) };
    spans.into_iter().map(read).collect()
}

/// Pairs two versions of a page: sentence by sentence, but for stretches that are parted otherwise, which are one pair.
fn pair(
    page: &str,
    (a, left): (Lang, &Template),
    (b, right): (Lang, &Template),
    findings: &BTreeMap<String, Text>,
    found: &mut Vec<Pair>,
) {
    let (ours, theirs) = (paragraphs(left), paragraphs(right));
    let pages = [&ours, &theirs].map(|own| hash(own.iter().flat_map(|paragraph| &paragraph.sentences)));
    let spots = [left, right].map(|template| Spots::of(&template.source));
    let mut push = |ours: &[&Sentence], theirs: &[&Sentence], around: [Vec<String>; 2]| {
        let [before, behind] = around;
        if let (Some(left), Some(right)) =
            (side(a, (left, &spots[0]), ours, before), side(b, (right, &spots[1]), theirs, behind))
        {
            found.push(Pair { page: page.to_owned(), sides: [left, right], reads: reads(ours, findings) });
        }
    };
    let one_is_silent = |(own, other): (&Paragraph, &Paragraph)| own.sentences.is_empty() != other.sentences.is_empty();
    if ours.len() != theirs.len() || ours.iter().zip(&theirs).any(one_is_silent) {
        let [ours, theirs] = [&ours, &theirs].map(|own| own.iter().flat_map(|p| &p.sentences).collect::<Vec<_>>());
        return push(&ours, &theirs, [Vec::new(), Vec::new()]);
    }
    for (own, other) in ours.iter().zip(&theirs) {
        let paragraphs = [own.hash(), other.hash()];
        for (ours, theirs) in stretches(&own.sentences, &other.sentences) {
            let whole = [(&paragraphs[0], &ours, &pages[0]), (&paragraphs[1], &theirs, &pages[1])];
            let around = whole
                .map(|(paragraph, stretch, page)| vec![hash(stretch.iter().copied()), paragraph.clone(), page.clone()]);
            if ours.len() == theirs.len() && ours.iter().zip(&theirs).all(|(one, two)| one.asks == two.asks) {
                ours.iter().zip(&theirs).for_each(|(one, two)| push(&[*one], &[*two], around.clone()));
            } else {
                push(&ours, &theirs, around.map(|mut around| around.split_off(1)));
            }
        }
    }
}

fn side(
    lang: Lang,
    (template, spots): (&Template, &Spots<'_>),
    all: &[&Sentence],
    around: Vec<String>,
) -> Option<Side> {
    let first = all.first()?;
    let placed = |one: &Sentence| {
        let (line, column) = spots.at(one.at);
        (template.place(line, column), beginning(&template.source[one.at..]))
    };
    let part = |one: &&Sentence| {
        let (place, words) = placed(one);
        One { hash: hash(std::iter::once(*one)), place, words }
    };
    let parts = if all.len() > 1 { all.iter().map(part).collect() } else { Vec::new() };
    let (place, words) = placed(first);
    Some(Side { lang, place, words, hash: hash(all.iter().copied()), parts, around })
}

/// Two stretches that say the same.
type Stretches<'a> = (Vec<&'a Sentence>, Vec<&'a Sentence>);

/// What sentences have asked so far, in any order: how many times, and the sum of the hashes of all that was asked.
type Asked = (usize, u128);

/// Lists the sentences behind which something has been asked, each with all that was.
fn asked(sentences: &[Sentence]) -> Vec<(usize, Asked)> {
    let (mut so_far, mut behind): (Asked, Vec<(usize, Asked)>) = ((0, 0), Vec::new());
    for (at, sentence) in sentences.iter().enumerate().filter(|(_, sentence)| !sentence.asks.is_empty()) {
        for ask in &sentence.asks {
            let hash = u128::from_str_radix(&sha256(ask.as_bytes())[..32], 16).unwrap_or_default();
            so_far = (so_far.0 + 1, so_far.1.wrapping_add(hash));
        }
        behind.push((at + 1, so_far));
    }
    behind
}

/// Parts two paragraphs behind the sentences by which both have asked the same: what stands between is one stretch.
fn stretches<'a>(ours: &'a [Sentence], theirs: &'a [Sentence]) -> Vec<Stretches<'a>> {
    let others: BTreeMap<Asked, usize> = asked(theirs).into_iter().map(|(at, so_far)| (so_far, at)).collect();
    let mut cuts = vec![(0, 0)];
    for (at, so_far) in asked(ours) {
        cuts.extend(others.get(&so_far).map(|other| (at, *other)));
    }
    // What only one version says behind them belongs to the stretch before.
    while cuts.len() > 1 && cuts.last().is_some_and(|(a, b)| (*a == ours.len()) != (*b == theirs.len())) {
        cuts.pop();
    }
    cuts.push((ours.len(), theirs.len()));
    let stretch = |pair: &[(usize, usize)]| match pair {
        [(a, b), (c, d)] => (ours[*a..*c].iter().collect(), theirs[*b..*d].iter().collect()),
        _ => (Vec::new(), Vec::new()),
    };
    cuts.windows(2).map(stretch).filter(|(ours, theirs): &Stretches| !ours.is_empty() || !theirs.is_empty()).collect()
}
