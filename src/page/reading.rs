//! Reading: an article in the order in which it is read: its works numbered by it, what it leads to.

use std::collections::BTreeSet;

use super::Page;
use crate::document::{Block, Inline, each, each_run};

/// Lists the works of a page in the order in which a reader meets them, captions where their exhibits stand.
pub(super) fn renumber(page: &mut Page) {
    let mut met: Vec<String> = Vec::new();
    let mut meet = |inline: &mut Inline| {
        if let Inline::Cite { work, .. } = inline
            && !met.contains(work)
        {
            met.push(work.clone());
        }
    };
    let captions = page.captions.clone();
    each_stretch(&mut page.document, &mut |stretch| match stretch {
        Stretch::Run(run) => each(run, &mut meet),
        Stretch::Exhibit(id) => {
            let Some(mut caption) = captions.get(id).cloned() else { return };
            let runs = [&mut caption.headline, &mut caption.title]
                .into_iter()
                .chain(&mut caption.notes)
                .chain([&mut caption.source]);
            runs.for_each(|run| each(run, &mut meet));
        }
    });
    // Captions of exhibits that do not stand here cite nothing.
    page.cited = met.clone();
    let number = |inline: &mut Inline| {
        if let Inline::Cite { work, number, .. } = inline {
            *number = met.iter().position(|own| own == work).map_or(*number, |at| at + 1);
        }
    };
    each_run(&mut page.document, &mut |run| each(run, &mut |inline| number(inline)));
    for caption in page.captions.values_mut() {
        let runs = caption.notes.iter_mut().chain([&mut caption.headline, &mut caption.title, &mut caption.source]);
        runs.for_each(|run| each(run, &mut |inline| number(inline)));
    }
}

/// Lists the exhibits to which a text leads.
pub(super) fn led_to(blocks: &mut [Block]) -> BTreeSet<String> {
    let mut led = BTreeSet::new();
    each_run(blocks, &mut |run| {
        each(run, &mut |inline| {
            if let Inline::Reference { exhibit, .. } = inline {
                led.insert(exhibit.clone());
            }
        });
    });
    led
}

/// A stretch of a document as it is read.
enum Stretch<'a> {
    Run(&'a mut Vec<Inline>),
    Exhibit(&'a str),
}

/// Goes through a document in the order of reading.
fn each_stretch(blocks: &mut [Block], take: &mut impl FnMut(Stretch)) {
    for block in blocks {
        match block {
            Block::Exhibit(id) => take(Stretch::Exhibit(id)),
            Block::List { items, .. } => items.iter_mut().for_each(|item| each_stretch(item, take)),
            Block::Quote(inner) | Block::Listing(inner) | Block::Version { content: inner, .. } => {
                each_stretch(inner, take);
            }
            other => each_run(std::slice::from_mut(other), &mut |run| take(Stretch::Run(run))),
        }
    }
}
