//! Verify text: verdicts for a terminal: what a paper comes to, what does not hold by weight, all claims in a table.

use std::cmp::Reverse;

use crate::claim::{Judged, Speaker, Stake, Summary, Verdict, Verified};
use crate::language::Language;

/// Writes the verdicts on papers, explained in a language or else in each paper's own.
pub(super) fn text(verified: &[Verified], languages: &[&Language], lang: Option<&str>, problems: bool) -> String {
    let mut out = String::new();
    for one in verified {
        let wanted = lang.unwrap_or_else(|| one.paper.language());
        let language = languages.iter().find(|language| language.lang().code() == wanted).or(languages.first());
        let speaker = language.map(|language| Speaker { language, edition: &one.bench });
        summary(&mut out, one);
        let mut wrong: Vec<&Judged> = one.judged.iter().filter(|judged| judged.verdict.is_problem()).collect();
        wrong.sort_by_key(|judged| Reverse(judged.weight()));
        section(&mut out, "does not hold, by weight", &wrong, speaker.as_ref());
        let contested: Vec<&Judged> = one.judged.iter().filter(|judged| judged.is_contested()).collect();
        section(&mut out, "holds, but not on another basis", &contested, speaker.as_ref());
        let is_unread = |judged: &&Judged| judged.verdict == Verdict::Unresolved && judged.claim.unjudged.is_some();
        let unread: Vec<&Judged> = one.judged.iter().filter(is_unread).collect();
        if !problems {
            section(&mut out, "not judged, and why", &unread, speaker.as_ref());
            out.push_str("\nall claims\n");
            one.judged.iter().for_each(|judged| out.push_str(&line(judged)));
        }
        out.push('\n');
    }
    out
}

/// Says what a paper comes to.
fn summary(out: &mut String, one: &Verified) {
    let Summary {
        text,
        cells,
        checks,
        open,
        contested,
        repeated,
        rounding,
        class,
        unfalsifiable,
        undated,
        swappable,
        ..
    } = &one.summary;
    let (id, edition) = (&one.paper.id, &one.bench.name);
    out.push_str(&format!("{id} on edition {edition}: {}; {open} not accepted; {contested} contested\n", class.name()));
    out.push_str(&format!("  {:<14} {}\n", "text", counted(text)));
    if *repeated > 0 {
        out.push_str(&format!("  {:<14} {repeated} of these repeat a check, as they give one another\n", ""));
    }
    if cells.iter().sum::<usize>() > 0 {
        out.push_str(&format!("  {:<14} {}\n", "table cells", counted(cells)));
        out.push_str(&format!("  {:<14} {}\n", "table checks", counted(checks)));
    }
    if *unfalsifiable > 0 {
        let endless = one.judged.iter().filter(|judged| judged.stake == Stake::Endless);
        let ids: Vec<&str> = endless.map(|judged| judged.claim.id.as_str()).collect();
        out.push_str(&format!(
            "  {:<14} {unfalsifiable} without an end on one side: {}\n",
            "unfalsifiable",
            ids.join(", ")
        ));
    }
    if !swappable.is_empty() {
        let tables = swappable.join(", ");
        out.push_str(&format!(
            "  {:<14} rows of {tables} are held to their total alone: exchanged, they add up as well\n",
            "swappable"
        ));
    }
    if !undated.is_empty() {
        let (count, ids) = (undated.len(), undated.join(", "));
        out.push_str(&format!("  {:<14} {count} name no time, which nothing compares: {ids}\n", "undated"));
    }
    let far: Vec<&str> = one.judged.iter().filter(|j| j.stake == Stake::Far).map(|j| j.claim.id.as_str()).collect();
    if !far.is_empty() {
        out.push_str(&format!(
            "  {:<14} {} true by far, so that they say little: {}\n",
            "weak",
            far.len(),
            far.join(", ")
        ));
    }
    if let Some(rounding) = rounding {
        let (mode, fits, of, others) = (rounding.mode.name(), rounding.fits, rounding.of, rounding.outliers.len());
        out.push_str(&format!("  {:<14} {mode}: {fits} of {of} numbers; {others} need another way\n", "rounds"));
        for (id, mode) in &rounding.outliers {
            out.push_str(&format!("  {:<14}   {id}: {}\n", "", mode.name()));
        }
    }
}

fn counted(counts: &[usize; 5]) -> String {
    let pairs = Verdict::ALL.iter().zip(counts).map(|(verdict, count)| format!("{count} {}", verdict.name()));
    format!("{}: {}", counts.iter().sum::<usize>(), pairs.collect::<Vec<_>>().join(", "))
}

/// Lists claims with their explanations.
fn section(out: &mut String, title: &str, judged: &[&Judged], speaker: Option<&Speaker>) {
    if judged.is_empty() {
        return;
    }
    out.push_str(&format!("\n{title}: {}\n", judged.len()));
    for one in judged {
        out.push_str(&line(one));
        let Some(speaker) = speaker else { continue };
        let known = if one.accepted().is_some() { " (accepted with a reason)" } else { "" };
        let headline = if one.claim.headline { " (headline)" } else { "" };
        let place = speaker.place(one.paper, one.claim);
        let phrase = one.claim.phrase.as_ref().map(|phrase| format!(", «{phrase}»")).unwrap_or_default();
        out.push_str(&format!("    {place}{phrase}{headline}{known}\n"));
        let said = [speaker.explain(one)].into_iter().chain(speaker.more(one));
        said.for_each(|sentence| out.push_str(&format!("    {sentence}\n")));
    }
}

/// Writes the verdict on a claim in a line: basis, id, printed and derived number, what is left open, distance.
fn line(judged: &Judged) -> String {
    let claim = judged.claim;
    let decimals = claim.number().map_or(0, |printed| printed.decimals as usize) + 2;
    let number = |amount: &crate::finding::Amount| match amount.to_i64() {
        Some(_) => amount.to_string(),
        None => amount.round(decimals).to_string(),
    };
    let first = judged.first();
    let derived = match first {
        Some(reading) => match &reading.derived {
            Some(amount) => number(amount),
            None => reading.value.to_string().chars().take(12).collect(),
        },
        None => "–".to_owned(),
    };
    let mut out = format!(
        "{:<12} {:<6} {:<34} printed {:>12}  derived {derived}",
        judged.verdict.name(),
        judged.basis().map_or("–", |basis| basis.name()),
        claim.id,
        claim.printed
    );
    if let Some(range) = first.and_then(|reading| reading.interval.as_ref()).filter(|range| range.low < range.high) {
        out.push_str(&format!(" [{}..{}]", number(&range.low), number(&range.high)));
    }
    if let Some(distance) = first.and_then(|reading| reading.distance.as_ref()).filter(|_| judged.verdict.is_problem())
    {
        let plus = if distance.signum() > 0 { "+" } else { "" };
        out.push_str(&format!("  off by {plus}{}", number(distance)));
    }
    out.push('\n');
    out
}
