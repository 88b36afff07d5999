//! Formula: findings as formulas of a spreadsheet over source cells, as far as its functions can say them.
//!
//! What is worked out on the way has a row of its own on the sheet of steps; lists stand there in one piece, so that a
//! function takes them as a range.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::functions::{is_of_range, of_pair, of_range};
use super::symbol::{Symbol, Symbols, Tree};
use crate::analysis::Edition;
use crate::expression::{Expr, Kind, Names, Operator, evaluate, identify};
use crate::finding::{Amount, Basis, CellRef, FindingId, Key, Lineage, Reason, Series, SeriesId, Value};
use crate::output::trace::Ways;

/// A formula longer than this is none for a spreadsheet.
const LONGEST: usize = 8000;

/// More arguments than this no function takes.
const MOST: usize = 250;

/// The rows above the first one of a sheet of steps or of source cells.
pub(super) const HEAD: u32 = 3;

/// The name of the sheet of steps.
pub(super) const STEPS: &str = "steps";

/// What stands in a row of a sheet.
#[derive(Clone, Debug)]
pub(super) enum Content {
    /// A formula with what it comes to.
    Formula(String, Value),
    /// A value.
    Value(Value),
}

/// A row of the sheet of steps or of one of source cells.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// What it is: a finding, a key, a place in a file.
    pub name: String,
    /// What it holds.
    pub content: Content,
}

/// Rows of the sheet of steps in one piece, from the first to the last.
#[derive(Clone, Debug)]
pub(super) struct Block {
    first: u32,
    last: u32,
    /// True where its keys have several parts.
    is_crossed: bool,
}

impl Block {
    fn column(&self, column: char) -> String {
        format!("{STEPS}!${column}${}:${column}${}", self.first, self.last)
    }

    fn values(&self) -> String {
        self.column('B')
    }

    fn keys(&self) -> String {
        self.column('A')
    }
}

/// Formulas under way.
pub(super) struct Formulas<'a, 'w> {
    pub(super) edition: &'a Edition,
    ways: &'w mut Ways<'a>,
    /// Whether the cells of a file may stand in the workbook.
    shows: &'w dyn Fn(&str) -> bool,
    /// The source cells by file, in the order of their use. Rows of a file that are told apart by more than their key
    /// have several values under one name.
    pub(super) sources: Vec<(String, Vec<Row>)>,
    source_at: BTreeMap<(CellRef, Amount), String>,
    /// What is worked out on the way.
    pub(super) steps: Vec<Row>,
    known: BTreeMap<FindingId, Option<String>>,
    lists: BTreeMap<Expr, Option<Block>>,
    derived: BTreeMap<SeriesId, Rc<BTreeMap<Key, Symbol>>>,
    /// The rows that methods were given, by their series and keys.
    given: BTreeMap<(SeriesId, Vec<Key>), Block>,
}

impl<'a, 'w> Formulas<'a, 'w> {
    /// Begins with nothing worked out.
    pub(super) fn new(
        edition: &'a Edition,
        ways: &'w mut Ways<'a>,
        shows: &'w dyn Fn(&str) -> bool,
    ) -> Formulas<'a, 'w> {
        Formulas {
            edition,
            ways,
            shows,
            sources: Vec::new(),
            source_at: BTreeMap::new(),
            steps: Vec::new(),
            known: BTreeMap::new(),
            lists: BTreeMap::new(),
            derived: BTreeMap::new(),
            given: BTreeMap::new(),
        }
    }

    /// Returns what a finding says.
    pub(super) fn value(&mut self, id: &FindingId) -> Option<Value> {
        self.ways.known(id).cell.as_ref().map(|cell| cell.value.clone())
    }

    /// Says a finding as a formula; none where no function of a spreadsheet says it.
    pub(super) fn formula(&mut self, id: &FindingId) -> Option<String> {
        let formula = match id {
            FindingId::Expression(expr) => self.expression(expr),
            FindingId::Cell(name, key) => {
                let series = self.edition.findings.get(name).cloned()?;
                self.cell(&series, key)
            }
        };
        formula.filter(|formula| formula.len() <= LONGEST)
    }

    fn cell(&mut self, series: &Arc<Series>, key: &Key) -> Option<String> {
        let Value::Amount(amount) = &series.cells.get(key)?.value else {
            return match &series.lineage {
                Lineage::Method(_) => self.method(series, key),
                _ => None,
            };
        };
        match &series.lineage {
            Lineage::Files(cells) => self.source(cells.get(key)?, amount),
            Lineage::Sums(source, keys) => {
                let (source, keys) = (Arc::clone(source), keys.get(key)?.clone());
                self.total(&source, &keys)
            }
            Lineage::Method(_) => self.method(series, key),
            Lineage::Expression(expr) => {
                let (expr, id) = (Arc::clone(expr), series.id.clone());
                let symbol = self.derived(&id, &expr).get(key)?.clone();
                self.said(&symbol.tree)
            }
        }
    }

    fn total(&mut self, source: &Series, keys: &[Key]) -> Option<String> {
        let mut places = Vec::new();
        for key in keys {
            match source.cells.get(key).map(|cell| &cell.value) {
                // What did not exist then adds nothing.
                None | Some(Value::Missing(Reason::NotApplicable)) => {}
                Some(_) => places.push(self.place(&source.finding(key))?),
            }
        }
        sum(&places)
    }

    /// Works out a derived series as symbols.
    fn derived(&mut self, id: &SeriesId, expr: &Expr) -> Rc<BTreeMap<Key, Symbol>> {
        if let Some(known) = self.derived.get(id) {
            return Rc::clone(known);
        }
        let term = evaluate(expr, &Symbols(self.edition)).ok();
        let own = |(key, cell): &(Key, crate::finding::Cell<Symbol>)| Some((key.clone(), cell.value.amount()?.clone()));
        let items = term.as_ref().and_then(|term| term.items()).unwrap_or_default();
        let found = Rc::new(items.iter().filter_map(own).collect());
        self.derived.insert(id.clone(), Rc::clone(&found));
        found
    }

    /// Returns where a finding stands that is a number; it is worked out there where it does not yet.
    pub(super) fn place(&mut self, id: &FindingId) -> Option<String> {
        if let Some(known) = self.known.get(id) {
            return known.clone();
        }
        // What would rest on itself stands nowhere.
        self.known.insert(id.clone(), None);
        let place = self.placed(id);
        self.known.insert(id.clone(), place.clone());
        place
    }

    fn placed(&mut self, id: &FindingId) -> Option<String> {
        let value = self.value(id)?;
        let formula = self.formula(id)?;
        // A cell of a file stands on the sheet of that file.
        if is_place(&formula) {
            return Some(formula);
        }
        Some(self.step(Row { name: id.to_string(), content: Content::Formula(formula, value) }))
    }

    fn step(&mut self, row: Row) -> String {
        self.steps.push(row);
        format!("{STEPS}!$B${}", self.steps.len() as u32 + HEAD)
    }

    /// Returns where a cell of a file stands; nowhere where its terms keep the file out of the workbook.
    fn source(&mut self, cell: &CellRef, amount: &Amount) -> Option<String> {
        let known = (cell.clone(), amount.clone());
        if let Some(place) = self.source_at.get(&known) {
            return Some(place.clone());
        }
        let file = cell.file();
        if !(self.shows)(file) {
            return None;
        }
        let at = self.sources.iter().position(|(own, _)| own == file).unwrap_or_else(|| {
            self.sources.push((file.to_owned(), Vec::new()));
            self.sources.len() - 1
        });
        let name = cell.to_string();
        let name = name.split_once('#').map_or(name.as_str(), |(_, place)| place).to_owned();
        let rows = &mut self.sources[at].1;
        rows.push(Row { name, content: Content::Value(Value::Amount(amount.clone())) });
        let place = format!("{}!$B${}", source_sheet(at), rows.len() as u32 + HEAD);
        self.source_at.insert(known, place.clone());
        Some(place)
    }

    /// Says a tree.
    fn said(&mut self, tree: &Tree) -> Option<String> {
        Some(match tree {
            Tree::Finding(id) => self.place(id)?,
            Tree::Exact(amount) => exact(amount),
            Tree::Plus(..) => {
                let mut places = Vec::new();
                self.terms(tree, &mut places)?;
                if places.iter().all(|term| !term.starts_with('-')) && places.len() > 3 {
                    sum(&places)?
                } else {
                    format!("({})", places.join("+").replace("+-", "-"))
                }
            }
            Tree::Times(a, b) => format!("({}*{})", self.said(a)?, self.said(b)?),
            Tree::Over(a, b) => format!("({}/({}))", self.said(a)?, self.said(b)?),
            Tree::Negated(a) => format!("-{}", self.said(a)?),
            Tree::Magnitude(a) => format!("ABS({})", self.said(a)?),
        })
    }

    fn terms(&mut self, tree: &Tree, out: &mut Vec<String>) -> Option<()> {
        match tree {
            Tree::Plus(a, b) => {
                self.terms(a, out)?;
                self.terms(b, out)
            }
            tree => {
                out.push(self.said(tree)?);
                Some(())
            }
        }
    }

    /// Says an expression that comes to one value.
    fn expression(&mut self, expr: &Expr) -> Option<String> {
        match &expr.kind {
            Kind::Number(amount) => Some(exact(amount)),
            Kind::Key(_) => None,
            Kind::Path(path) => match self.edition.named(&path.name).filter(|_| path.is_bare()).cloned() {
                Some(named) => self.place_of(&named),
                None => self.place_of(expr),
            },
            Kind::Unary(Operator::Minus, inner) => Some(format!("-({})", self.expression(inner)?)),
            Kind::Binary(operator, a, b)
                if matches!(operator, Operator::Plus | Operator::Minus | Operator::Times | Operator::Over) =>
            {
                Some(format!("({}{}{})", self.expression(a)?, operator.sign(), self.expression(b)?))
            }
            Kind::Call(name, arguments) => self.call(name, arguments).or_else(|| self.worked_out(expr)),
            Kind::Unary(..) | Kind::Binary(..) => None,
        }
    }

    /// Returns where what an expression asks for stands; a list stands nowhere.
    fn place_of(&mut self, expr: &Expr) -> Option<String> {
        match identify::<Amount>(expr, self.edition) {
            id @ FindingId::Cell(..) => self.place(&id),
            FindingId::Expression(own) if matches!(&own.kind, Kind::Path(path) if !path.is_bare()) => None,
            FindingId::Expression(own) => self.place(&FindingId::Expression(own)),
        }
    }

    /// Works an expression out by its numbers: which of them it takes does not change with them.
    fn worked_out(&mut self, expr: &Expr) -> Option<String> {
        let term = evaluate(expr, &Symbols(self.edition)).ok()?;
        let symbol = term.cell.value.amount()?.clone();
        match &*symbol.tree {
            // A bare number was counted, and would not count again.
            Tree::Exact(_) => None,
            tree => self.said(tree),
        }
    }

    fn call(&mut self, name: &str, arguments: &[Expr]) -> Option<String> {
        let (first, second) = (arguments.first()?, arguments.get(1));
        match (name, second) {
            ("abs", None) => Some(format!("ABS({})", self.expression(first)?)),
            ("share", Some(whole)) => self.pair("(100*{a}/{b})", first, whole),
            ("ratio", Some(base)) => self.pair("({a}/{b})", first, base),
            ("index", Some(base)) => self.pair("(100*{a}/{b})", first, base),
            ("per_mille", Some(base)) => self.pair("(1000*{a}/{b})", first, base),
            ("growth", Some(to)) => self.pair("(100*{b}/{a}-100)", first, to),
            ("points", Some(to)) => self.pair("({b}-{a})", first, to),
            ("sum", None) => self.sum(first),
            ("count", None) => self.count(first),
            (_, None) => {
                let list = self.list(first)?;
                let (values, keys) = (list.values(), list.keys());
                Some(match name {
                    "mean" => format!("AVERAGE({values})"),
                    "median" => format!("MEDIAN({values})"),
                    "min" => format!("MIN({values})"),
                    "max" => format!("MAX({values})"),
                    "length" => format!("ROWS({values})"),
                    "argmax" => format!("INDEX({keys},MATCH(MAX({values}),{values},0))"),
                    "argmin" => format!("INDEX({keys},MATCH(MIN({values}),{values},0))"),
                    // Of keys of several parts the periods alone are meant.
                    "first" if !list.is_crossed => format!("INDEX({keys},1)"),
                    "last" if !list.is_crossed => format!("INDEX({keys},ROWS({keys}))"),
                    _ => return None,
                })
            }
            ("min" | "max", Some(_)) => {
                let values: Option<Vec<String>> = arguments.iter().map(|one| self.expression(one)).collect();
                Some(format!("{}({})", name.to_uppercase(), values?.join(",")))
            }
            ("rank" | "rank_low", Some(Expr { kind: Kind::Key(part), .. })) => {
                let list = self.list(first)?;
                let sign = if name == "rank" { ">" } else { "<" };
                let (values, keys) = (list.values(), list.keys());
                Some(format!("(1+COUNTIF({values},\"{sign}\"&INDEX({values},MATCH(\"{part}\",{keys},0))))"))
            }
            _ => None,
        }
    }

    fn pair(&mut self, pattern: &str, a: &Expr, b: &Expr) -> Option<String> {
        let (a, b) = (self.expression(a)?, self.expression(b)?);
        Some(pattern.replace("{a}", &a).replace("{b}", &b))
    }

    fn sum(&mut self, list: &Expr) -> Option<String> {
        if let Kind::Call(name, arguments) = &list.kind
            && let Some(sign) = [("positive", ">0"), ("negative", "<0")].iter().find(|(own, _)| own == name)
        {
            let values = self.list(arguments.first()?)?.values();
            return Some(format!("SUMIF({values},\"{}\")", sign.1));
        }
        Some(format!("SUM({})", self.list(list)?.values()))
    }

    /// Counts numbers, or those that compare so with a number.
    fn count(&mut self, list: &Expr) -> Option<String> {
        let Kind::Binary(operator, of, with) = &list.kind else {
            return Some(format!("COUNT({})", self.list(list)?.values()));
        };
        if !operator.compares() {
            return Some(format!("COUNT({})", self.list(list)?.values()));
        }
        let number = match &with.kind {
            Kind::Number(amount) => amount.to_string(),
            Kind::Unary(Operator::Minus, inner) => match &inner.kind {
                Kind::Number(amount) => format!("-{amount}"),
                _ => return None,
            },
            _ => return None,
        };
        // A condition holds no quotient.
        if number.contains('/') {
            return None;
        }
        let values = self.list(of)?.values();
        Some(match operator {
            Operator::Equal => format!("COUNTIF({values},{number})"),
            // Words in the list are no numbers.
            Operator::Unequal => format!("(COUNT({values})-COUNTIF({values},{number}))"),
            operator => format!("COUNTIF({values},\"{}{number}\")", operator.sign()),
        })
    }

    /// Writes a list of numbers in one piece; none where it holds anything else.
    fn list(&mut self, expr: &Expr) -> Option<Block> {
        if let Some(known) = self.lists.get(expr) {
            return known.clone();
        }
        let block = self.listed(expr);
        self.lists.insert(expr.clone(), block.clone());
        block
    }

    fn listed(&mut self, expr: &Expr) -> Option<Block> {
        let term = evaluate(expr, &Symbols(self.edition)).ok()?;
        let mut rows = Vec::new();
        for (key, cell) in term.items()? {
            let content = match &cell.value {
                Value::Amount(symbol) => {
                    let formula = self.said(&symbol.tree).filter(|formula| formula.len() <= LONGEST)?;
                    Content::Formula(formula, Value::Amount(crate::expression::Domain::middle(symbol)))
                }
                Value::Missing(reason @ (Reason::NotApplicable | Reason::NoPhenomenon)) => {
                    Content::Value(Value::Missing(*reason))
                }
                _ => return None,
            };
            rows.push(Row { name: key.to_string(), content });
        }
        let block = self.block(expr.to_string(), rows)?;
        Some(Block { is_crossed: term.dimensions.len() != 1, ..block })
    }

    /// Writes rows in one piece under a heading.
    pub(super) fn block(&mut self, head: String, rows: Vec<Row>) -> Option<Block> {
        if rows.is_empty() {
            return None;
        }
        self.steps.push(Row { name: head, content: Content::Value(Value::Text(String::new())) });
        let first = self.steps.len() as u32 + HEAD + 1;
        let last = first + rows.len() as u32 - 1;
        self.steps.extend(rows);
        Some(Block { first, last, is_crossed: false })
    }

    /// Says a result of a method, where a function of a spreadsheet does.
    fn method(&mut self, series: &Arc<Series>, key: &Key) -> Option<String> {
        let Lineage::Method(given) = &series.lineage else { return None };
        let (given, basis) = given.get(key)?;
        let [(source, rows)] = given.columns.as_slice() else { return None };
        let (source, member) = (Arc::clone(source), series.id.member.to_string());
        let row = |at: &usize| rows.get(*at)?.clone();
        if let Basis::Pair(a, b) = basis {
            let (a, b) = (self.place(&source.finding(&row(a)?))?, self.place(&source.finding(&row(b)?))?);
            return of_pair(&member, &a, &b);
        }
        let keys: Vec<Key> = match basis {
            Basis::All => rows.iter().flatten().cloned().collect(),
            Basis::Rows(from, to) => rows.get(*from..*to)?.iter().flatten().cloned().collect(),
            Basis::Pair(..) => return None,
        };
        let rank = [("rank", '>'), ("rank_low", '<')].into_iter().find(|(own, _)| *own == member);
        if !is_of_range(&member) && rank.is_none() {
            return None;
        }
        let own_place = match rank {
            Some(_) => Some(self.place(&source.finding(key))?),
            None => None,
        };
        let mut own = Vec::new();
        for key in &keys {
            let id = source.finding(key);
            let content = match source.cells.get(key).map(|cell| cell.value.clone()) {
                Some(value @ Value::Amount(_)) => Content::Formula(self.place(&id)?, value),
                Some(Value::Missing(reason @ Reason::NotApplicable)) => Content::Value(Value::Missing(reason)),
                _ => return None,
            };
            own.push(Row { name: varying(key, &keys), content });
        }
        let block = self.rows_of((source.id.clone(), keys), own)?;
        if let (Some((_, sign)), Some(place)) = (rank, own_place) {
            return Some(format!("(1+COUNTIF({},\"{sign}\"&{place}))", block.values()));
        }
        of_range(&member, &block.values(), &block.keys())
    }
}

impl Formulas<'_, '_> {
    /// Writes rows that a method was given; the same rows are written once.
    fn rows_of(&mut self, given: (SeriesId, Vec<Key>), rows: Vec<Row>) -> Option<Block> {
        if let Some(block) = self.given.get(&given) {
            return Some(block.clone());
        }
        let block = self.block(given.0.to_string(), rows)?;
        self.given.insert(given, block.clone());
        Some(block)
    }
}

/// Names a key by the one part in which keys differ.
fn varying(key: &Key, keys: &[Key]) -> String {
    let differs = |at: &usize| keys.iter().any(|other| other.0.get(*at) != key.0.get(*at));
    let parts: Vec<usize> = (0..key.0.len()).filter(differs).collect();
    match parts.as_slice() {
        [at] => key.0[*at].to_string(),
        _ => key.to_string(),
    }
}

/// Names the sheet of a source file.
pub(super) fn source_sheet(at: usize) -> String {
    format!("source{}", at + 1)
}

fn is_place(formula: &str) -> bool {
    let cell = formula.split_once("!$B$").map(|(_, row)| row);
    cell.is_some_and(|row| !row.is_empty() && row.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Writes an exact number; a fraction as a quotient.
fn exact(amount: &Amount) -> String {
    let text = amount.to_string();
    if text.contains('/') || text.starts_with('-') { format!("({text})") } else { text }
}

fn sum(places: &[String]) -> Option<String> {
    match places {
        [] => None,
        [one] => Some(one.clone()),
        many => {
            let parts: Vec<String> = many.chunks(MOST).map(|part| format!("SUM({})", part.join(","))).collect();
            Some(if parts.len() == 1 { parts.concat() } else { format!("({})", parts.join("+")) })
        }
    }
}
