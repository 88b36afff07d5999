//! Entry: one number explained: what it is, its value, how it comes out, of what, and what rests on it.

use std::collections::{BTreeMap, VecDeque};

use super::super::Material;
use super::super::element::{Html, classed, said, tag};
use super::super::ledger::Line;
use super::super::mathml;
use super::super::setting::capital;
use super::super::trace::{Known, Ways};
use super::claimed::Claimed;
use super::math::{self, Inputs};
use super::names::{Name, Namer};
use super::origins::{Origins, of_column, row_of};
use super::verdicts::Verdicts;
use crate::analysis::{Edition, MERGED, METHODS};
use crate::claim::words;
use crate::finding::{Amount, Cell, CellRef, FindingId, Input, Lineage, Unit, Value};
use crate::language::{Language, Scale};

/// More rows of inputs than this are for the ledger.
const MOST_ROWS: usize = 60;

/// What all pages of a language version share.
pub(super) struct Common<'a> {
    /// The language.
    pub language: &'a Language,
    /// The edition.
    pub edition: &'a Edition,
    /// The other editions, for revisions.
    pub others: &'a [&'a Edition],
    /// What claims rest on.
    pub verdicts: &'a Verdicts<'a>,
    /// The study.
    pub material: &'a Material,
    /// Where printed findings are explained: page and place.
    pub printed: BTreeMap<FindingId, String>,
}

/// A page under way.
pub(super) struct Writer<'a, 'w, 'e> {
    pub(super) common: &'w Common<'a>,
    pub(super) namer: &'w mut Namer<'a>,
    pub(super) ways: &'w mut Ways<'e>,
    /// The findings on the way that are printed nowhere, with where each is explained.
    steps: &'w mut BTreeMap<FindingId, String>,
    file: String,
    open: VecDeque<FindingId>,
    /// Tables of inputs that stand on this page, with their places.
    lists: BTreeMap<Vec<Input>, String>,
    /// The formulas of methods that the page uses.
    methods: BTreeMap<String, Html>,
    pub(super) claimed: Claimed,
    pub(super) origins: Origins,
}

/// A number explained; its formula in words may be told for several together.
pub(super) struct Section {
    id: String,
    /// Its value, its name, and what it is.
    first: Html,
    /// The formula in words.
    words: Html,
    /// The formula with the numbers, and all that follows.
    rest: Html,
}

impl Section {
    /// Returns true where the numbers of a group come out by the same words.
    pub(super) fn is_like(&self, group: &[Section]) -> bool {
        let words = self.words.as_str();
        !words.is_empty() && group.first().is_some_and(|first| first.words.as_str() == words)
    }

    fn html(&self, words: Html) -> Html {
        let html = classed("section", "number").with("id", &self.id).put(self.first.clone());
        let mut html = Html::from(html.put(words).put(self.rest.clone()));
        html.line();
        html
    }
}

/// Writes numbers that come out by the same words, which are told once.
pub(super) fn alike(group: &[Section]) -> Html {
    match group {
        [] => Html::default(),
        [one] => one.html(one.words.clone()),
        [first, ..] => {
            let mut html = Html::from(
                tag("div")
                    .with("class", "alike")
                    .put(first.words.clone())
                    .all(group.iter().map(|one| one.html(Html::default()))),
            );
            html.line();
            html
        }
    }
}

/// A finding that went into a number.
struct Row {
    name: Name,
    value: Html,
    from: Option<CellRef>,
}

/// Shorter tables of inputs are repeated where they are needed again.
const SHORT: usize = 4;

/// A formula of more letters than this is no heading.
const LONG: usize = 160;

/// Returns what all are, where they are the same.
fn shared<T: PartialEq>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}

/// Makes the id of a finding that is printed nowhere: no white space stands in one.
fn id_of(finding: &FindingId) -> String {
    finding.to_string().replace(' ', "")
}

impl<'a, 'w, 'e> Writer<'a, 'w, 'e> {
    /// Begins a page.
    pub(super) fn new(
        common: &'w Common<'a>,
        namer: &'w mut Namer<'a>,
        ways: &'w mut Ways<'e>,
        steps: &'w mut BTreeMap<FindingId, String>,
        file: &str,
    ) -> Writer<'a, 'w, 'e> {
        let (open, lists) = (VecDeque::new(), BTreeMap::new());
        Writer {
            common,
            namer,
            ways,
            steps,
            file: file.to_owned(),
            open,
            lists,
            methods: BTreeMap::new(),
            claimed: Claimed::default(),
            origins: Origins::default(),
        }
    }

    pub(super) fn word(&self, key: &'static str) -> &'a str {
        self.common.language.word(key).unwrap_or(key)
    }

    /// Explains a printed number.
    pub(super) fn number(&mut self, id: &str, line: &Line, unit: Option<Unit>, place: &str) -> Option<Section> {
        let printed = line.printed.get(self.common.language.lang().code()).map(String::as_str).unwrap_or_default();
        line.finding.as_ref().map(|finding| self.section(id, printed, finding, unit, Some(place)))
    }

    /// Explains the findings on the way that this page is the first to need.
    pub(super) fn between(&mut self) -> Html {
        let mut groups: Vec<Vec<Section>> = Vec::new();
        while let Some(finding) = self.open.pop_front() {
            let section = self.section(&id_of(&finding), "", &finding, None, None);
            match groups.iter_mut().find(|group| section.is_like(group)) {
                Some(group) => group.push(section),
                None => groups.push(vec![section]),
            }
        }
        groups.iter().map(|group| alike(group)).collect()
    }

    /// Tells of the files that the page named.
    pub(super) fn origins(&self) -> Html {
        self.origins.html(self.common.language, self.common.material)
    }

    fn section(
        &mut self,
        id: &str,
        printed: &str,
        finding: &FindingId,
        unit: Option<Unit>,
        place: Option<&str>,
    ) -> Section {
        let known = self.ways.known(finding);
        let name = self.namer.name(finding);
        let value = known.cell.as_ref().map(|cell| &cell.value);
        let shown = if printed.is_empty() {
            value.map(|value| self.short(value)).unwrap_or_default()
        } else {
            printed.to_owned()
        };
        let measure = if name.measure.chars().count() > LONG { self.word("worked-out") } else { &name.measure };
        let number: Html = match place {
            Some(place) => tag("a").with("href", place).text(&shown).into(),
            None => said("b", &shown),
        };
        let head = tag("h3").put(number).text(" ").text(&capital(measure));
        let mut first = Html::from(head);
        first.put(self.about(&name, unit.unwrap_or(known.unit), known.cell.as_ref(), &shown));
        let (words, numbers) = self.formula(finding, &known);
        let mut rest = numbers;
        rest.put(self.inputs(&known));
        rest.put(self.revisions(finding, value));
        rest.put(self.claims(finding, false));
        Section { id: id.to_owned(), first, words, rest }
    }

    /// The territory, period, unit, edition, the exact value where the heading has another, and what publishers say of it.
    fn about(&self, name: &Name, unit: Unit, cell: Option<&Cell>, shown: &str) -> Html {
        let mut lines: Vec<String> = Vec::new();
        lines.extend([&name.territories, &name.periods, &name.categories].into_iter().flatten().cloned());
        let unit = self.common.language.unit_in_caption(unit, Scale::One);
        lines.extend(Some(unit).filter(|unit| !unit.is_empty()));
        lines.extend(
            cell.map(|cell| self.exact(&cell.value))
                .filter(|exact| exact != shown)
                .map(|exact| format!("{}: {exact}", self.word("exact-value").to_lowercase())),
        );
        let observed = cell.map(|cell| cell.vintages.observed()).unwrap_or_default();
        lines.extend(observed.iter().map(|one| self.word(one.word()).to_owned()));
        classed("p", "what").text(&capital(&lines.join("; "))).into()
    }

    /// A value in a few letters.
    fn short(&self, value: &Value) -> String {
        match value {
            Value::Amount(amount) => self.namer.number(amount),
            Value::Key(part) => self.namer.part(part),
            Value::Truth(truth) => self.word(if *truth { "yes" } else { "no" }).to_owned(),
            Value::Text(text) => text.clone(),
            Value::List(items) => self.word("values-of-list").replace("{count}", &items.len().to_string()),
            Value::Missing(reason) => self.common.language.missing(*reason).to_owned(),
        }
    }

    /// A value in full: a fraction with a decimal beside it, a list with its members.
    pub(super) fn exact(&self, value: &Value) -> String {
        match value {
            Value::Amount(amount) => self.number_in_full(amount),
            Value::List(items) if items.len() <= MOST_ROWS => {
                let item = |(key, cell): &(crate::finding::Key, crate::finding::Cell)| match &cell.value {
                    Value::Key(part) => self.namer.part(part),
                    value => {
                        let key: Vec<String> = key.0.iter().map(|part| self.namer.part(part)).collect();
                        format!("{} – {}", key.join(", "), self.short(value))
                    }
                };
                items.iter().map(item).collect::<Vec<_>>().join("; ")
            }
            value => self.short(value),
        }
    }

    fn number_in_full(&self, amount: &Amount) -> String {
        let short = self.namer.number(amount);
        let exact = amount.to_string();
        match (exact.contains('/'), amount.round(4).to_amount() == *amount) {
            (true, _) => format!("{} ≈ {short}", exact.replace('-', "\u{2212}")),
            (false, true) => short,
            (false, false) => format!("≈ {short} ({exact})"),
        }
    }

    /// The formula in words, and as mathematics with the numbers.
    fn formula(&mut self, finding: &FindingId, known: &Known) -> (Html, Html) {
        let edition = self.common.edition;
        let series = match finding {
            FindingId::Cell(series, _) => edition.findings.get(series).cloned(),
            FindingId::Expression(_) => None,
        };
        let inputs = self.values(known);
        let all = Inputs { all: &inputs };
        let (said_in_words, letters, numbers) = match (finding, series.as_ref().map(|series| &series.lineage)) {
            (FindingId::Expression(expr), _) => {
                let whole = self.named(expr);
                (self.said(&whole, finding), None, math::expression(&whole, &all, self.namer))
            }
            (_, Some(Lineage::Expression(expr))) => {
                (self.said(expr, finding), None, math::expression(expr, &all, self.namer))
            }
            (FindingId::Cell(id, key), Some(Lineage::Method(_))) => {
                let formula = known.derivation.formula.as_str();
                let numbers = math::method(formula, Some(key), &all, self.namer);
                (String::new(), self.method(&id.member, formula), numbers)
            }
            (_, Some(Lineage::Sums(..))) if known.derivation.inputs.len() > 1 => {
                let amounts: Option<Vec<&Amount>> = inputs.iter().map(|(_, value)| value.as_ref()?.amount()).collect();
                let words = match known.derivation.formula.as_str() {
                    MERGED => self.common.language.said(words::FORMULA_MERGED.key()),
                    _ => self.word("formula-summed"),
                };
                (words.to_owned(), None, amounts.map(|amounts| math::sum(&amounts, self.namer)))
            }
            _ => return (Html::default(), Html::default()),
        };
        let (mut told, mut out) = (Html::default(), Html::default());
        // What the heading says is not said again.
        if !said_in_words.is_empty() || letters.is_some() {
            let mut line = tag("p").text(&format!("{}: {said_in_words}", self.word("formula")));
            if let Some(letters) = letters {
                line = line.put(letters);
            }
            told.put(line);
        }
        let value = known.cell.as_ref().and_then(|cell| cell.value.amount());
        if let Some((numbers, value)) = numbers.zip(value) {
            out.put(classed("p", "math").put(math::equals(numbers, value, self.namer)));
        }
        (told, out)
    }

    /// Names the result of a method, as a link to its formula.
    fn method(&mut self, member: &str, formula: &str) -> Option<Html> {
        let (method, output) = METHODS
            .iter()
            .find_map(|method| Some((method, method.outputs.iter().find(|output| output.name == member)?)))?;
        let title = self.common.language.said(&method.key(&format!("results.{}", output.name)));
        let place = format!("method-{}", output.name);
        self.methods.entry(place.clone()).or_insert_with(|| {
            let about = self.common.language.said(&method.key("title"));
            let mut html = Html::default();
            html.put(said("h3", &capital(title)));
            html.put(said("p", about));
            html.put(classed("p", "math").put(mathml::formula(formula)));
            html
        });
        Some(tag("a").with("href", &format!("#{place}")).text(title).into())
    }

    /// Tells of the formulas that the page used.
    pub(super) fn methods(&self) -> Html {
        let section = |(id, html): (&String, &Html)| classed("section", "number").with("id", id).put(html.clone());
        self.methods.iter().map(section).collect()
    }

    /// Says an expression in words where the heading does not.
    fn said(&mut self, expr: &crate::expression::Expr, finding: &FindingId) -> String {
        let words = match finding {
            FindingId::Cell(..) => self.namer.of_series(expr),
            FindingId::Expression(_) => self.namer.words(expr, 0),
        };
        let is_news = self.namer.has_own(finding) || words.chars().count() > LONG;
        if is_news { words } else { String::new() }
    }

    /// Puts what a name of the study stands for in its place.
    fn named(&self, expr: &crate::expression::Expr) -> crate::expression::Expr {
        use crate::expression::{Kind, Names as _};
        match &expr.kind {
            Kind::Path(path) if path.is_bare() => {
                self.common.edition.named(&path.name).cloned().unwrap_or_else(|| expr.clone())
            }
            _ => expr.clone(),
        }
    }

    /// The findings that went in with their values, lists taken apart.
    fn values(&mut self, known: &Known) -> Vec<(FindingId, Option<Value>)> {
        let mut out = Vec::new();
        for input in &known.derivation.inputs {
            let (Input::Finding(id) | Input::Cell(_, id)) = input;
            let own = self.ways.known(id);
            let value = own.cell.as_ref().map(|cell| cell.value.clone());
            match (&value, input) {
                (Some(Value::List(_)), Input::Finding(_)) if !own.derivation.inputs.is_empty() => {
                    out.extend(self.values(&own));
                }
                _ => out.push((id.clone(), value)),
            }
        }
        out
    }

    /// The table of inputs; a list that stands on the page already is linked.
    fn inputs(&mut self, known: &Known) -> Html {
        let mut out = Html::default();
        let cells = known.derivation.inputs.iter().all(|input| matches!(input, Input::Cell(..)));
        if let ([Input::Cell(cell, _)], true) = (known.derivation.inputs.as_slice(), cells) {
            let from = self.origins.cell(cell, self.common.language, self.common.material);
            return tag("p").text(&format!("{}: ", self.word("taken-from"))).put(from).into();
        }
        let mut own: Vec<Input> = Vec::new();
        for input in &known.derivation.inputs {
            match input {
                Input::Finding(id) if self.is_list(id) => {
                    let members = self.ways.known(id);
                    out.put(self.listed(&members.derivation.inputs));
                }
                input => own.push(input.clone()),
            }
        }
        if !own.is_empty() {
            out.put(self.listed(&own));
        }
        out
    }

    /// A table of findings; one that stands on the page already is linked.
    fn listed(&mut self, inputs: &[Input]) -> Html {
        if let Some(place) = self.lists.get(inputs) {
            let count = self.word("values-of-list").replace("{count}", &inputs.len().to_string());
            let link = tag("a").with("href", &format!("#{place}")).text(&count);
            return tag("p").text(&format!("{}: ", self.word("inputs"))).put(link).into();
        }
        let rows: Vec<Row> = inputs.iter().map(|input| self.row(input)).collect();
        if inputs.len() < SHORT {
            return self.table(rows, None);
        }
        let place = format!("list-{}", self.lists.len() + 1);
        self.lists.insert(inputs.to_vec(), place.clone());
        self.table(rows, Some(&place))
    }

    fn is_list(&mut self, id: &FindingId) -> bool {
        let known = self.ways.known(id);
        let is_list = known.cell.as_ref().is_some_and(|cell| matches!(cell.value, Value::List(_)));
        // A list that the study names is a step of its own.
        let path = matches!(id, FindingId::Expression(expr) if matches!(&expr.kind, crate::expression::Kind::Path(path) if !path.is_bare()));
        is_list && path
    }

    fn row(&mut self, input: &Input) -> Row {
        let (Input::Finding(id) | Input::Cell(_, id)) = input;
        let known = self.ways.known(id);
        let value = known.cell.as_ref().map(|cell| self.short(&cell.value)).unwrap_or_default();
        let (place, from) = match (input, known.derivation.inputs.as_slice()) {
            // A cell of a file says all itself.
            (Input::Cell(cell, _), _) | (_, [Input::Cell(cell, _)]) => (None, Some(cell.clone())),
            _ => (Some(self.place(id)), None),
        };
        let mut shown = Html::default();
        match place {
            Some(place) => shown.put(self.link(&place, &value)),
            None => shown.text(&value),
        }
        Row { name: self.namer.name(id), value: shown, from }
    }

    fn link(&self, place: &str, text: &str) -> Html {
        let own = place.strip_prefix(&self.file).filter(|rest| rest.starts_with('#'));
        let text = if text.is_empty() { self.word("number-trace") } else { text };
        tag("a").with("href", own.unwrap_or(place)).text(text).into()
    }

    /// Where a finding is explained; one that is printed nowhere, on the first page that needs it.
    fn place(&mut self, id: &FindingId) -> String {
        if let Some(place) = self.common.printed.get(id).or_else(|| self.steps.get(id)) {
            return place.clone();
        }
        let place = format!("{}#{}", self.file, id_of(id));
        self.steps.insert(id.clone(), place.clone());
        self.open.push_back(id.clone());
        place
    }

    /// What all rows share stands in the caption: the measure, the file and its column.
    fn table(&mut self, rows: Vec<Row>, id: Option<&str>) -> Html {
        let (language, material) = (self.common.language, self.common.material);
        let measure = shared(rows.iter().map(|row| &row.name.measure)).map(|measure| capital(measure));
        let column = |row: &Row| row.from.as_ref().map(|cell| (cell.file().to_owned(), of_column(cell, language)));
        let file = shared(rows.iter().map(column)).flatten();
        let mut head = measure.clone().unwrap_or_else(|| self.word("inputs").to_owned());
        // A territory that all rows are of is said once.
        let territory = shared(rows.iter().map(|row| row.name.territories.clone())).filter(|_| rows.len() > 1);
        let dated = rows.iter().all(|row| !row.name.periods.is_empty());
        let territory = territory.filter(|own| measure.is_some() && dated && !own.is_empty());
        if let Some(territory) = &territory {
            head.push_str(&format!(": {}", territory.join(", ")));
        }
        let mut caption = tag("caption").text(&head);
        if let (Some((_, column)), Some(cell)) = (&file, rows.first().and_then(|row| row.from.as_ref())) {
            caption = caption
                .text("; ")
                .put(self.origins.file(cell, material))
                .text(&format!(", {column}, {}", self.word("row-beside")));
        }
        let count = rows.len();
        let sources = rows.iter().any(|row| row.from.is_some());
        let mut body = tag("tbody");
        for mut row in rows.into_iter().take(MOST_ROWS) {
            if territory.is_some() {
                row.name.territories.clear();
            }
            let parts = row.name.parts();
            let head = if measure.is_some() && !parts.is_empty() { parts } else { capital(&row.name.whole()) };
            let mut line = tag("tr").put(tag("th").with("scope", "row").text(&head)).put(tag("td").put(row.value));
            if let Some(cell) = &row.from {
                line = line.put(match &file {
                    Some(_) => said("td", &row_of(cell, language)),
                    None => tag("td").put(self.origins.cell(cell, language, material)).into(),
                });
            } else if sources {
                line = line.put(tag("td"));
            }
            body = body.put(line);
        }
        let mut out = Html::from(tag("table").maybe("id", id).put(caption).put(body));
        if count > MOST_ROWS {
            let rest = self.word("more-inputs").replace("{count}", &(count - MOST_ROWS).to_string());
            let whole = tag("a").with("href", "../numbers.json").text("numbers.json");
            out.put(tag("p").text(&rest).text(" ").put(whole));
        }
        out
    }

    /// What the same finding came to in other editions.
    pub(super) fn revisions(&self, finding: &FindingId, value: Option<&Value>) -> Html {
        let FindingId::Cell(..) = finding else { return Html::default() };
        let said_by = |other: &&Edition| {
            let cell = other.findings.cell(finding).filter(|cell| Some(&cell.value) != value)?;
            let named = self.word("edition-named").replace("{name}", &other.name);
            Some(format!("{named} – {}", self.exact(&cell.value)))
        };
        let told: Vec<String> = self.common.others.iter().filter_map(said_by).collect();
        if told.is_empty() {
            return Html::default();
        }
        tag("p").text(&format!("{}: {}", self.word("revisions"), told.join("; "))).into()
    }
}
