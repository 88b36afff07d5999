//! Hyphens: compounds whose parts stand apart, and particles that a hyphen joins.

use std::ops::Range;

use super::super::rules::Words;
use super::super::{Fault, Finding};
use super::forms;
use super::{beside, listed};
use crate::language::Language;

/// First parts of compounds that stand before no other word, and those that are adverbs before most adjectives.
const PARTS: &str = "северо юго технико историко жилищно торгово лечебно санитарно кредитно денежно природно медико химико физико \
     научно учебно военно общественно производственно";
const ADVERBS: &str = "социально финансово информационно культурно административно материально политико хозяйственно";

/// How the second parts of compounds with those adverbs begin: what says of what kind, and of no degree.
const KINDS: [&str; 20] = [
    "экономическ",
    "демографическ",
    "политическ",
    "культурн",
    "правов",
    "трудов",
    "бытов",
    "психологическ",
    "техническ",
    "территориальн",
    "коммуникационн",
    "аналитическ",
    "кредитн",
    "промышленн",
    "просветительск",
    "массов",
    "хозяйственн",
    "географическ",
    "управленческ",
    "образовательн",
];

/// First words of nouns of two: «пресс служба», «онлайн торговля».
const NOUNS: &str = "пресс вице экс интернет онлайн медиа бизнес топ веб";

/// Words that particles join to themselves, and the particles.
const PRONOUNS: &str = "кто кого кому кем что чего чему какой какая какое какие какого какому каких каким какую какими какому какой \
     чей где куда откуда когда как почему зачем сколько";
const PARTICLES: &str = "либо нибудь";

/// Reads the word at a place.
pub(super) fn read(language: &Language, text: &str, words: &Words, i: usize, found: &mut Vec<Finding>) {
    let Some((span, next)) = words.get(i + 1).filter(|(next, _)| beside(text, &words[i].0, next)) else { return };
    let (first, second) = (words[i].1.to_lowercase(), next.to_lowercase());
    let is_joined = text[..words[i].0.start].ends_with('-') || text[span.end..].starts_with('-');
    let is_adjective = || !forms::of(language, next).adjectives.is_empty();
    let is_compound = listed(PARTS, &first) && is_adjective()
        || listed(ADVERBS, &first) && KINDS.iter().any(|kind| second.starts_with(kind)) && is_adjective();
    let is_side = ["северо", "юго"].contains(&first.as_str())
        && ["восток", "запад", "восточн", "западн"].iter().any(|own| second.starts_with(own));
    let is_noun =
        listed(NOUNS, &first) && !forms::of(language, next).nouns.is_empty() && next.chars().all(char::is_lowercase);
    let is_particle = listed(PRONOUNS, &first) && listed(PARTICLES, &second)
        || listed("из", &first) && ["за", "под"].contains(&second.as_str());
    let is_ordinal =
        ["во первых", "во вторых", "в третьих", "все таки", "всё таки"].contains(&format!("{first} {second}").as_str());
    if !is_joined
        && (is_compound || is_side || is_noun || is_particle || is_ordinal || is_manner(language, text, words, i))
    {
        found.push(told(
            words[i].0.start..span.end,
            &text[words[i].0.start..span.end],
            &format!("{}-{next}", words[i].1),
        ));
    }
}

/// Says whether an adverb of «по» and an adjective stands apart: «по прежнему велик», but not «по прежнему курсу».
fn is_manner(language: &Language, text: &str, words: &Words, i: usize) -> bool {
    let [(_, first), (at, second), ..] = &words[i..] else { return false };
    let ends = |list: &[&str]| list.iter().any(|end| second.ends_with(end));
    let is_fixed = listed("прежнему видимому настоящему", second);
    let is_tongue = ends(&["русски", "казахски", "английски"]);
    if first.to_lowercase() != "по" || !is_fixed && !is_tongue {
        return false;
    }
    // «по новому и старому курсу», «по своему усмотрению».
    let mut behind =
        words[i + 2..].iter().take(4).take_while(|(next, _)| !text[at.end..next.start].contains(['.', ';', ',']));
    let takes = |word: &str| {
        let form = forms::of(language, word);
        form.nouns.iter().any(|form| form.case == 'd' && !form.many)
    };
    is_tongue || language.has_dictionary() && !behind.any(|(_, word)| takes(word))
}

fn told(span: Range<usize>, wrong: &str, right: &str) -> Finding {
    Finding {
        fault: Fault::Spelling,
        span,
        message: format!("`{wrong}` lacks its hyphen"),
        hint: format!("write `{right}`"),
    }
}
