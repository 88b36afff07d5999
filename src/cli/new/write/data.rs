//! Data: what the catalogue and the list of territories of a new study say of its table.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Draft, own, text};
use crate::cli::new::facts::Theme;
use crate::cli::new::guessed::{Axis, Beside, Sections};
use crate::cli::new::totals::summed;
use crate::files::sha256;
use crate::reshape::draft::STATUSES;

impl Draft<'_> {
    pub(super) fn territories(&self, theme: &Theme) -> String {
        let mut out = String::from(
            "# The territories of the table. `kind` is a word of your own; a group names several for expressions: value[places, last].\n\
             # Where prose needs other cases: names: {ru: {name: …, gen: …, prep: …}}. Dates of reforms and borders may be added.\nterritories:\n",
        );
        // The whole stands before its parts, wherever the table has it.
        let mut places: Vec<_> = self.guess.places.iter().enumerate().collect();
        places.sort_by_key(|(at, _)| self.guess.whole != Some(*at));
        for (at, place) in places {
            let kind = if self.guess.whole == Some(at) { "country" } else { "place" };
            let names: Vec<String> = self
                .langs
                .iter()
                .map(|lang| format!("{}: {{name: {}}}", lang.code(), text(&self.place(*lang, place))))
                .collect();
            let _ = writeln!(out, "  - {{code: {}, kind: {kind}, names: {{{}}}}}", text(&place.code), names.join(", "));
        }
        let members: Vec<String> = match theme.is_all {
            true => vec!["place".to_owned()],
            false => theme.items.iter().map(|item| text(&item.written)).collect(),
        };
        let _ = writeln!(out, "groups: {{places: [{}]}}", members.join(", "));
        out
    }

    pub(super) fn package(&self) -> String {
        let guess = self.guess;
        let mut out = String::from(
            "# The catalogue: what the table means, and how its file is read. What is marked as a guess is for you to look at.\n\
             name: data\nesep:\n  tables:\n    data:\n",
        );
        let first = |lang| self.first().map(|measure| self.measure(lang, measure)).unwrap_or_default();
        let title = match guess.measures.len() {
            1 => self.each(first),
            _ => self.each(|lang| own(lang, "table").to_owned()),
        };
        let _ = write!(out, "      title: {title}\n      dimensions:\n");
        if guess.place.is_some() {
            out.push_str("        - {name: territory, role: territory}\n");
        }
        // A total that some measure does not keep is told by the build, and declared by nobody.
        let is_closed = guess.places.is_empty() && summed(guess).len() == guess.measures.len();
        for (at, category) in guess.categories.iter().enumerate() {
            let members: Vec<String> = category.members.iter().map(|member| text(member)).collect();
            let whole = guess.whole.filter(|_| at == 0 && is_closed).and_then(|whole| members.get(whole));
            let (total, why) = match whole {
                Some(member) => (format!(", total: {member}"), "a guess: its numbers are the sums of the others"),
                None => (String::new(), "a `total` among them is named: total: …"),
            };
            let _ = writeln!(
                out,
                "        - {{name: {}, role: category, members: [{}]{total}}}   # {why}",
                category.name,
                members.join(", ")
            );
        }
        if guess.period.is_some() {
            out.push_str("        - {name: period, role: period}\n");
        }
        let time = match &guess.at_end {
            Some(why) => format!("stock   # a guess, {why}"),
            None => "flow   # a guess: `stock` where the numbers hold on the first day of their period".to_owned(),
        };
        let _ = write!(out, "      time: {time}\n      measures:\n");
        for measure in &guess.measures {
            let _ = writeln!(
                out,
                "        {}: {{unit: {}, class: {}, title: {}}}   # a guess: `esep list units`",
                measure.name,
                measure.unit,
                measure.class,
                self.each(|lang| self.measure(lang, measure))
            );
        }
        let closed = summed(guess);
        let by_place = !guess.places.is_empty() && self.has("regions");
        if by_place && !closed.is_empty() {
            let _ = writeln!(
                out,
                "      # What must hold is checked in every build: here, that the parts add up to the whole. `esep list checks` shows all.\n      \
                 checks:\n        - {{check: regions, measures: [{}]}}",
                closed.join(", ")
            );
        } else {
            out.push_str("      # What must hold is checked in every build: `esep list checks` shows what can be.\n      checks: []\n");
        }
        let encoding =
            self.encoding.map(|one| format!("    encoding: {}\n", one.name().to_lowercase())).unwrap_or_default();
        let _ = write!(
            out,
            "resources:\n  - name: data.first\n    path: {}\n    type: table\n    bytes: {}\n    hash: sha256:{}\n{encoding}    esep:\n      \
             table: data\n      vintage: first\n      publisher: own\n      retrieved: unknown\n      status: published\n{}      \
             # Which cells are what; `esep data inspect` shows the file.\n      layout:\n{}",
            text(&self.path()),
            self.file.1.len(),
            sha256(self.file.1),
            match guess.beside {
                Some(Beside::Whole(year)) =>
                    format!("      constants: {{period: {}}}   # a guess\n", text(&year.to_string())),
                Some(Beside::Column(_)) | None => String::new(),
            },
            self.layout()
        );
        out
    }

    fn layout(&self) -> String {
        let guess = self.guess;
        let mut out = String::new();
        if !guess.other_sheets.is_empty() {
            let _ = writeln!(out, "        sheets: {{{}: {{}}}}", text(&guess.sheet));
            let others: Vec<String> =
                guess.other_sheets.iter().map(|name| format!("{}: \"TODO: why not\"", text(name))).collect();
            let _ = writeln!(out, "        leave_sheets: {{{}}}", others.join(", "));
        }
        let rows: Vec<String> = guess.header.iter().map(u32::to_string).collect();
        let _ = writeln!(out, "        header: [{}]", rows.join(", "));
        if !guess.levels.is_empty() {
            let _ = writeln!(out, "        levels: [{}]", guess.levels.join(", "));
        }
        guess.fill_right.iter().for_each(|row| out.push_str(&format!("        fill_right: [{row}]\n")));
        let letters = crate::workbook::letters;
        let mut labels: Vec<String> = guess.place.iter().map(|at| format!("{}: territory", letters(*at))).collect();
        labels
            .extend(guess.categories.iter().filter_map(|own| Some(format!("{}: {}", letters(own.column?), own.name))));
        match guess.period {
            Some(Axis::Column(at)) => labels.push(format!("{}: period", letters(at))),
            Some(Axis::Header | Axis::Whole(_)) | None => {}
        }
        if let Some(Beside::Column(at)) = guess.beside {
            labels.push(format!("{}: period", letters(at)));
        }
        if let Some(Sections { column, name, .. }) = &guess.sections {
            let own = format!("{}: ", letters(*column));
            labels
                .iter_mut()
                .filter_map(|label| label.strip_prefix(&own).map(str::to_owned).map(|inner| (label, inner)))
                .for_each(|(label, inner)| *label = format!("{own}[{name}, {inner}]"));
        }
        labels.extend(guess.indicator.iter().map(|at| format!("{}: measure", letters(*at))));
        labels.extend(guess.unit.iter().map(|at| format!("{}: unit", letters(*at))));
        let _ = writeln!(out, "        labels: {{{}}}", labels.join(", "));
        let mut units: BTreeMap<String, (String, i64)> = guess.scales.rows.clone();
        let mut columns: Vec<String> = Vec::new();
        for (measure, at) in guess.measures.iter().filter_map(|measure| Some((measure, measure.column?))) {
            let own = guess.scales.columns.get(&at).map(|scale| (format!("{} {scale}", measure.unit), *scale));
            columns.push(match own {
                Some((unit, scale)) => {
                    let said = format!("{}: {{measure: {}, unit: {}}}", letters(at), measure.name, text(&unit));
                    units.insert(unit, (measure.unit.clone(), scale));
                    said
                }
                None => format!("{}: {}", letters(at), measure.name),
            });
        }
        if !columns.is_empty() {
            let _ = writeln!(out, "        columns: {{{}}}", columns.join(", "));
        }
        if !guess.left.is_empty() {
            let left: Vec<String> = guess.left.iter().map(|(column, why)| format!("{column}: {}", text(why))).collect();
            let _ = writeln!(out, "        leave_columns: {{{}}}", left.join(", "));
        }
        if !guess.left_rows.is_empty() {
            let left: Vec<String> = guess
                .left_rows
                .iter()
                .map(|(row, why)| format!("{{rows: \"{row}\", reason: {}}}", text(why)))
                .collect();
            let _ = writeln!(out, "        leave_rows: [{}]", left.join(", "));
        }
        let renamed = guess.places.iter().filter(|place| place.said != place.code);
        let names: Vec<String> = renamed.map(|place| format!("{}: {}", text(&place.said), text(&place.code))).collect();
        if !names.is_empty() {
            let _ = writeln!(out, "        names: {{{}}}", names.join(", "));
        }
        if !guess.marks.is_empty() {
            let marks: Vec<String> =
                guess.marks.iter().map(|(mark, reason)| format!("{}: {reason}", text(mark))).collect();
            let _ = writeln!(out, "        missing: {{{}}}", marks.join(", "));
        }
        let flags = STATUSES.iter().filter(|(flag, _)| guess.flags.contains(flag));
        let flags: Vec<String> = flags.map(|(flag, status)| format!("{flag}: {status}")).collect();
        if !flags.is_empty() {
            let _ = writeln!(out, "        statuses: {{{}}}   # a guess", flags.join(", "));
        }
        if guess.indicator.is_some() {
            let words = guess.measures.iter().map(|measure| format!("{}: {}", text(&measure.heading), measure.name));
            let _ = writeln!(out, "        words: {{measure: {{{}}}}}", words.collect::<Vec<_>>().join(", "));
        }
        let units: Vec<String> = (units.iter())
            .map(|(name, (unit, scale))| format!("{}: {{unit: {unit}, scale: {scale}}}", text(name)))
            .collect();
        if !units.is_empty() {
            let _ = writeln!(out, "        units: {{{}}}   # a guess", units.join(", "));
        }
        if let Some((scale, why)) = &guess.scales.whole {
            let _ = writeln!(out, "        scale: {scale}   # a guess, {why}");
        }
        for said in &guess.scales.open {
            let _ = writeln!(out, "        # TODO `scale` or `units`: how many units one printed unit is, by {said}");
        }
        let mut otherwise: Vec<String> = Vec::new();
        if let Some(from) = &guess.period_from {
            let _ = writeln!(out, "        from: {{period: {from}}}   # a guess");
        } else if let Some(Axis::Whole(period)) = guess.period {
            otherwise.push(format!("period: {}", text(&period.to_string())));
        }
        let above = guess.sections.iter().filter(|own| own.has_rows_above);
        otherwise.extend(above.map(|own| format!("{}: {}", own.name, Sections::ABOVE)));
        if !otherwise.is_empty() {
            let _ = writeln!(out, "        otherwise: {{{}}}   # a guess", otherwise.join(", "));
        }
        if let Some(why) = &guess.at_end {
            let _ = writeln!(out, "        at_end: true   # a guess, {why}");
        }
        if let Some(decimal) = self.stated.decimal {
            let _ = writeln!(out, "        decimal: {}", text(&decimal.to_string()));
        }
        if let Some(brackets) = self.stated.brackets {
            let _ = writeln!(out, "        brackets: {}", brackets.name());
        }
        if guess.is_dressed {
            let _ = writeln!(out, "        bare_number: false   # signs stand in the cells");
        }
        out
    }
}
