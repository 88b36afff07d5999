//! Told: what a quoted finding says of the data, by which the words around it are read.

use super::quote::Number;
use crate::analysis::Edition;
use crate::expression::{self, Edge, Expr, Item, Kind, Names, Operator, Path};
use crate::finding::{Amount, Class, Code, FindingId, Key, Part, Period, Series, SeriesId, Unit, VALUE, Value};
use crate::language::Sense;
use crate::language::proof::{Taken, Told};

/// What the members of methods that are p-values end in.
const P_VALUE: &str = "_p";

/// Above it a p-value is not called significant.
const CHANCE: f64 = 0.05;

/// How deep named findings may speak of others.
const DEEPEST: usize = 8;

/// Says of which places and measures an expression asks, where it names them.
pub(super) fn beside(expr: &Expr, edition: &Edition) -> Told {
    let mut paths = Vec::new();
    read(expr, edition, 0, &mut paths);
    let mut places = places(&paths, edition);
    equal_to(expr, edition, &mut places);
    Told { around: around(&places, edition), measures: measures(&paths, edition), ..Told::default() }
}

/// Lists the measures that paths read; none where one of them is of several.
fn measures(paths: &[Path], edition: &Edition) -> Vec<SeriesId> {
    let of = |path: &Path| edition.measure_of(&path.name, path.member.as_deref().unwrap_or(VALUE));
    paths.iter().map(of).collect::<Option<_>>().unwrap_or_default()
}

/// Gathers the territories that something is asked to be: `argmax(list) == 'KZ-61'`.
fn equal_to(expr: &Expr, edition: &Edition, found: &mut Vec<Code>) {
    let code = |side: &Expr| match &side.kind {
        Kind::Key(Part::Category(word)) => edition.territory(word),
        Kind::Key(key) => key.territory().cloned(),
        _ => None,
    };
    if let Kind::Binary(operator, left, right) = &expr.kind {
        match operator {
            Operator::Equal => {
                found.extend([left, right].into_iter().filter_map(|side| code(side)).map(|code| code.plain()))
            }
            _ => {
                equal_to(left, edition, found);
                equal_to(right, edition, found);
            }
        }
    }
}

/// Says what a number says of the data.
pub(super) fn of(number: &Number, id: &FindingId, edition: &Edition) -> Told {
    let is_bare = number.printed.ends_with(|c: char| c.is_ascii_digit());
    let has_unit = !matches!(number.unit, Unit::None | Unit::Count | Unit::Year | Unit::Times | Unit::Index);
    let mut told = Told {
        unit: (is_bare && has_unit).then_some(number.unit),
        value: exact(&number.value).filter(|_| has_unit),
        is_gain: number.is_signed && sign(&number.value) == Some(Sense::More),
        is_part_of_one: number.unit == Unit::Times && exact(&number.value).is_some_and(|own| own < Amount::Integer(1)),
        ..Told::default()
    };
    match id {
        FindingId::Cell(series, key) => {
            told.places = of_key(key);
            told.measures = edition.measure_of(&series.name, &series.member).into_iter().collect();
            told.read = key.period().map(|period| [period, period]);
            told.edge = edition.series(&series.name, &series.member).and_then(|own| edge(&own, key));
            told.is_stock = edition.is_stock(&series.name);
            told.periods = key.period().map(|period| said_of(period, &series.name, edition)).unwrap_or_default();
            let class = edition.series(&series.name, &series.member).map(|own| own.unit_at(key).1);
            if class == Some(Class::Signed) && id.rises().is_none() {
                told.sign = sign(&number.value);
            }
            told.is_unsigned = matches!(class, Some(Class::Level | Class::Flow)) && id.rises().is_none();
            told.is_chance = is_p_value(&series.member) && is_above_chance(&number.value);
        }
        FindingId::Expression(expr) => of_expression(number, &whole(expr, edition), edition, &mut told),
    }
    told.around = around(&told.places, edition);
    told
}

/// Says whether a key is of the first period of its series, or of the last.
fn edge(series: &Series, key: &Key) -> Option<Sense> {
    let (at, part) = key.0.iter().enumerate().find(|(_, part)| part.period().is_some())?;
    let all = series.members_along(at).filter(|all| all.len() > 1)?;
    match (all.first() == Some(part), all.last() == Some(part)) {
        (true, false) => Some(Sense::Less),
        (false, true) => Some(Sense::More),
        _ => None,
    }
}

/// Lists territories with those of which they are parts.
fn around(places: &[Code], edition: &Edition) -> Vec<Code> {
    let mut found = places.to_vec();
    let mut at = 0;
    while let Some(code) = found.get(at) {
        let whole = edition.territories().whole_of(code).map(Code::plain);
        found.extend(whole.filter(|whole| !found.contains(whole)));
        at += 1;
    }
    found
}

fn of_expression(number: &Number, expr: &Expr, edition: &Edition, told: &mut Told) {
    let mut paths = Vec::new();
    read(expr, edition, 0, &mut paths);
    told.periods = one_period(&paths, edition);
    told.places = places(&paths, edition);
    told.measures = measures(&paths, edition);
    told.read = span(&paths);
    told.is_stock = paths.iter().any(|path| edition.is_stock(&path.name));
    let is_p =
        paths.len() == 1 && matches!(expr.kind, Kind::Path(_)) && paths[0].member.as_deref().is_some_and(is_p_value);
    told.is_chance = is_p && is_above_chance(&number.value);
    told.counts = counted(expr);
    let Kind::Call(name, arguments) = &expr.kind else { return };
    told.taken = Taken::by(name).filter(|taken| *taken == Taken::Sum || arguments.len() == 1);
    told.order = match name.as_str() {
        "keys" => arguments.first().and_then(order),
        _ => order(expr),
    };
    if let ("first" | "last", Part::Period(period)) = (name.as_str(), Part::parse(&number.value)) {
        told.keys = vec![Part::Period(period)];
    }
    let end = match name.as_str() {
        "max" | "argmax" => Sense::More,
        "min" | "argmin" => Sense::Less,
        "ratio" => {
            told.is_largest_by_smallest = is_span(arguments, edition);
            told.ratio = ratio(arguments, edition);
            return;
        }
        _ => return,
    };
    let [list] = arguments.as_slice() else { return };
    told.end = Some(end);
    let asked = |name: &str| {
        let call = Expr { kind: Kind::Call(name.to_owned(), vec![list.clone()]), span: expr.span.clone() };
        expression::evaluate(&call, edition as &dyn expression::Material<Amount>).ok()
    };
    told.lies = asked(if end == Sense::More { "argmax" } else { "argmin" })
        .map(|own| keys(&own.cell.value))
        .unwrap_or_default();
    told.is_signed = asked("max").is_some_and(|own| own.class == Class::Signed);
    if name.starts_with("arg") {
        told.keys = told.lies.clone();
    } else if told.is_signed {
        told.sign = sign(&number.value);
    }
}

/// Returns the place above the line of a ratio and the one below, where each is one and they differ.
fn ratio(arguments: &[Expr], edition: &Edition) -> Option<[Code; 2]> {
    let place = |expr: &Expr| {
        let mut paths = Vec::new();
        read(expr, edition, 0, &mut paths);
        <[Code; 1]>::try_from(places(&paths, edition)).ok().map(|[one]| one.plain())
    };
    let [above, below] = arguments else { return None };
    Some([place(above)?, place(below)?]).filter(|[above, below]| above != below)
}

/// Says whether a ratio is of the largest of a list to its smallest.
fn is_span(arguments: &[Expr], edition: &Edition) -> bool {
    let of = |expr: &Expr, own: &str| match whole(expr, edition).kind {
        Kind::Call(name, list) if name == own => list.first().cloned(),
        _ => None,
    };
    match arguments {
        [above, below] => of(above, "max").zip(of(below, "min")).is_some_and(|(one, other)| one == other),
        _ => false,
    }
}

/// Returns what a named finding stands for.
pub(super) fn whole(expr: &Expr, edition: &Edition) -> Expr {
    let mut own = expr.clone();
    for _ in 0..DEEPEST {
        let named = match &own.kind {
            Kind::Path(path) if path.is_bare() => edition.named(&path.name),
            _ => None,
        };
        let Some(named) = named else { break };
        own = resolved(named, edition);
    }
    own
}

/// Returns an expression with `last` and the like as the periods that they are.
pub(super) fn resolved(expr: &Expr, edition: &Edition) -> Expr {
    match expression::identify(expr, edition as &dyn expression::Material<Amount>) {
        FindingId::Expression(own) => own.as_ref().clone(),
        FindingId::Cell(..) => expr.clone(),
    }
}

/// Gathers the paths that an expression reads, through named findings.
fn read(expr: &Expr, edition: &Edition, depth: usize, found: &mut Vec<Path>) {
    for path in expr.paths() {
        match edition.named(&path.name).filter(|_| path.is_bare() && depth < DEEPEST) {
            Some(named) => read(&resolved(named, edition), edition, depth + 1, found),
            None => found.push(path.clone()),
        }
    }
}

/// Returns the one period that all paths select, with what may be said of it instead; none where they select more.
fn one_period(paths: &[Path], edition: &Edition) -> Vec<Period> {
    let mut one: Option<(Period, &str)> = None;
    for path in paths {
        for item in path.selectors.iter().flatten().flatten() {
            let period = match item {
                Item::Part(Part::Period(period)) => *period,
                Item::Word(word) => match Part::parse(word) {
                    Part::Period(period) => period,
                    _ => continue,
                },
                Item::Span(Edge::At(from), Edge::At(to)) if from == to => *from,
                Item::Span(..) | Item::First | Item::Last => return Vec::new(),
                Item::Part(_) | Item::All => continue,
            };
            if one.is_some_and(|(own, _)| own != period) {
                return Vec::new();
            }
            one = Some((period, &path.name));
        }
        // What names no period may be of any.
        let has = path.selectors.iter().flatten().flatten().any(|item| matches!(item, Item::Part(Part::Period(_))));
        if !has {
            return Vec::new();
        }
    }
    one.map(|(period, name)| said_of(period, name, edition)).unwrap_or_default()
}

/// Lists the periods that may be said of a figure: what holds on the first day of one ends the one before it.
fn said_of(period: Period, name: &str, edition: &Edition) -> Vec<Period> {
    if edition.is_stock(name) { vec![period, period.previous()] } else { vec![period] }
}

/// Reads an exact value as a number prints it: `-26`, `2/3`.
fn exact(value: &str) -> Option<Amount> {
    match value.split_once('/') {
        Some((above, below)) => Amount::parse(above)?.divided_by(&Amount::parse(below)?),
        None => Amount::parse(value),
    }
}

/// Says which way a list goes whose order says something: the largest first, or the smallest.
fn order(expr: &Expr) -> Option<Sense> {
    let Kind::Call(name, _) = &expr.kind else { return None };
    match name.as_str() {
        "top" => Some(Sense::More),
        "bottom" => Some(Sense::Less),
        _ => None,
    }
}

fn of_key(key: &Key) -> Vec<Code> {
    key.0.iter().filter_map(|part| part.territory().map(Code::plain)).collect()
}

/// Lists the territories whose figures the paths read; none where one of them may read others.
fn places(paths: &[Path], edition: &Edition) -> Vec<Code> {
    let mut found = Vec::new();
    for path in paths {
        let before = found.len();
        for item in path.selectors.iter().flatten().flatten() {
            match item {
                Item::Part(Part::Territory(code)) => found.push(code.plain()),
                Item::Word(word) if edition.sets.contains_key(&**word) => return Vec::new(),
                Item::Word(word) => found.extend(edition.territory(word).map(|code| code.plain())),
                Item::All => return Vec::new(),
                Item::Part(_) | Item::Span(..) | Item::First | Item::Last => {}
            }
        }
        if found.len() == before {
            return Vec::new();
        }
    }
    found
}

/// Returns the first and the last period that the paths read, where all name theirs.
fn span(paths: &[Path]) -> Option<[Period; 2]> {
    let mut found: Option<[Period; 2]> = None;
    for path in paths {
        let mut own = Vec::new();
        for item in path.selectors.iter().flatten().flatten() {
            match item {
                Item::Part(Part::Period(period)) => own.push(*period),
                Item::Word(word) => own.extend(match Part::parse(word) {
                    Part::Period(period) => Some(period),
                    _ => None,
                }),
                Item::Span(Edge::At(from), Edge::At(to)) => own.extend([*from, *to]),
                Item::Span(..) | Item::First | Item::Last => return None,
                Item::Part(_) | Item::All => {}
            }
        }
        let (first, last) =
            (own.iter().min_by_key(|one| one.first_day())?, own.iter().max_by_key(|one| one.last_day())?);
        found = Some(match found {
            None => [*first, *last],
            Some([from, to]) => [
                if first.first_day() < from.first_day() { *first } else { from },
                if last.last_day() > to.last_day() { *last } else { to },
            ],
        });
    }
    found
}

fn is_p_value(member: &str) -> bool {
    member.ends_with(P_VALUE)
}

fn is_above_chance(value: &str) -> bool {
    let (above, below) = value.split_once('/').unwrap_or((value, "1"));
    above.parse::<f64>().ok().zip(below.parse::<f64>().ok()).is_some_and(|(above, below)| above / below > CHANCE)
}

fn sign(value: &str) -> Option<Sense> {
    match value.strip_prefix('-') {
        Some(_) => Some(Sense::Less),
        None if value == "0" => None,
        None => Some(Sense::More),
    }
}

fn keys(value: &Value) -> Vec<Part> {
    match value {
        Value::Key(part) => vec![part.clone()],
        Value::List(items) => items.iter().flat_map(|(_, cell)| keys(&cell.value)).collect(),
        _ => Vec::new(),
    }
}

/// Says which side of zero an expression counts or lists.
fn counted(expr: &Expr) -> Option<Sense> {
    match &expr.kind {
        Kind::Call(name, arguments) if name == "count" || name == "keys" => side(arguments.first()?),
        _ => None,
    }
}

/// Says on which side of zero a comparison asks whether something lies; of an index, of a hundred.
pub(super) fn side(expr: &Expr) -> Option<Sense> {
    let Kind::Binary(operator, _, right) = &expr.kind else { return None };
    let is_middle =
        matches!(&right.kind, Kind::Number(own) if *own == Amount::Integer(0) || *own == Amount::Integer(100));
    match operator {
        Operator::More if is_middle => Some(Sense::More),
        Operator::Less if is_middle => Some(Sense::Less),
        _ => None,
    }
}
