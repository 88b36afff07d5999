//! Select: which cells of a series a path means.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::{Domain, Edge, Expr, Item, Kind, Material, Path, Problem, Selector};
use crate::diagnostic::{code, did_you_mean};
use crate::finding::{Cell, Dimension, Key, Part, Period, Role, Series, VALUE};

/// What a series without cells holds along a dimension.
pub(super) static NOTHING: BTreeSet<Part> = BTreeSet::new();

/// The cells that a path means: their keys in the series, and which dimensions still vary.
pub(super) struct Selection<'a> {
    /// The cells under their whole keys, in order.
    pub cells: Vec<(&'a Key, &'a Cell)>,
    /// The keys that are meant and have no cell, though their series goes on beyond them.
    pub gaps: Vec<&'a Key>,
    /// The positions of the dimensions that tell them apart.
    pub varying: Vec<usize>,
    /// The only key that can be meant, where no dimension varies; there may be no cell for it.
    pub single: Option<Key>,
}

/// The cells of a plain path with their whole keys, for exhibits.
#[derive(Clone, Debug)]
pub struct Picked {
    /// The series.
    pub series: Arc<Series>,
    /// The positions of the dimensions that tell the cells apart.
    pub varying: Vec<usize>,
    /// The cells, in the order of their keys.
    pub cells: Vec<(Key, Cell)>,
}

/// Picks the cells of a path; `None` where the expression is not a plain path.
pub fn pick<D: Domain>(expr: &Expr, material: &dyn Material<D>) -> Result<Option<Picked>, Problem> {
    let Kind::Path(path) = &expr.kind else { return Ok(None) };
    if path.is_bare() && material.names().named(&path.name).is_some() {
        return Ok(None);
    }
    let series = find_series(path, &expr.span, material)?;
    let selection = select(&series, path, &expr.span, material)
        .map_err(|problem| problem.following(material.names().failed(&path.name)))?;
    let cells = selection.cells.into_iter().map(|(key, cell)| (key.clone(), cell.clone())).collect();
    let varying = selection.varying;
    Ok(Some(Picked { varying, cells, series }))
}

/// Finds the series that a path leads to, where it leads to one and to no finding.
pub(super) fn series_of<D: Domain>(path: &Path, material: &dyn Material<D>) -> Option<Arc<Series>> {
    material.names().series(&path.name, path.member.as_deref().unwrap_or(VALUE))
}

/// Finds the series that a path names, or says what is known.
pub(super) fn find_series<D: Domain>(
    path: &Path,
    span: &Range<usize>,
    material: &dyn Material<D>,
) -> Result<Arc<Series>, Problem> {
    if let Some(series) = series_of(path, material) {
        return Ok(series);
    }
    let member = path.member.as_deref().unwrap_or(VALUE);
    let (members, failed) = (material.names().known(Some(&path.name)), material.names().failed(&path.name));
    // What failed is reported where it did; then nothing like it is sought among all names.
    let names = if failed.is_none() { material.names().known(None) } else { Vec::new() };
    let problem = if !members.is_empty() {
        let message = format!("`{}` has no member `{member}`", path.name);
        let hint = did_you_mean(member, members.iter().map(String::as_str));
        let hint = hint.unwrap_or_else(|| format!("it has: {}", members.join(", ")));
        Problem::new(code::EXPRESSION_NAME, span.clone(), message).about(member).hint(Some(hint))
    } else if names.contains(&path.name) {
        let message = format!("`{}` is a finding: it has neither members nor selectors", path.name);
        Problem::new(code::EXPRESSION_NAME, span.clone(), message)
    } else {
        let message = format!("there is no analysis, table or finding `{}`", path.name);
        let hint = did_you_mean(&path.name, names.iter().map(String::as_str));
        Problem::new(code::EXPRESSION_NAME, span.clone(), message).about(&path.name).hint(hint)
    };
    Err(problem.following(failed))
}

/// Finds the cells that a path means.
pub(super) fn select<'a, D: Domain>(
    series: &'a Series,
    path: &Path,
    span: &Range<usize>,
    material: &dyn Material<D>,
) -> Result<Selection<'a>, Problem> {
    check_names(series, path, span)?;
    let path = &in_order(series, path);
    let selectors = path.selectors.as_deref().unwrap_or_default();
    if selectors.len() > series.dimensions.len() {
        let names: Vec<&str> = series.dimensions.iter().map(|d| d.name.as_str()).collect();
        let message = match names.as_slice() {
            [] => format!("`{}` is a single value and takes no selectors", series.id),
            [only] => format!("`{}` has one dimension, {only}, not {}", series.id, selectors.len()),
            some => {
                format!("`{}` has {} dimensions ({}), not {}", series.id, some.len(), some.join(", "), selectors.len())
            }
        };
        return Err(Problem::new(code::EXPRESSION_TYPE, span.clone(), message));
    }
    let mut picks = Vec::new();
    for (at, dimension) in series.dimensions.iter().enumerate() {
        let parts = series.members_along(at).unwrap_or(&NOTHING);
        let selector = selectors.get(at).map_or(&[Item::All][..], Vec::as_slice);
        picks.push(
            pick_along(dimension, parts, selector, material)
                .map_err(|problem| Problem { span: span.clone(), ..problem })?,
        );
    }
    let single = picks.iter().map(|pick| pick.single.clone()).collect::<Option<Vec<Part>>>().map(Key);
    let varying = (0..picks.len()).filter(|at| picks[*at].single.is_none()).collect();
    if let Some(key) = &single {
        let cells = series.cells.get_key_value(key).into_iter().collect();
        return Ok(Selection { cells, gaps: Vec::new(), varying, single });
    }
    let meant = |(at, part): (usize, &Part)| {
        picks.get(at).is_some_and(|pick| pick.parts.contains(part))
            || part.period().is_some_and(|period| covers(&series.dimensions[at], selectors.get(at), period))
    };
    let gaps = series.gaps().iter().filter(|key| key.0.iter().enumerate().all(meant)).collect();
    Ok(Selection { cells: crossed(&series.cells, &picks), gaps, varying, single })
}

/// Puts selectors that name their dimensions in the order of the series; of one that none names all is meant. Where a
/// name is not of the series, the path stays as it is.
pub(super) fn in_order<'p>(series: &Series, path: &'p Path) -> Cow<'p, Path> {
    let (Some(selectors), false) = (&path.selectors, path.along.is_empty()) else { return Cow::Borrowed(path) };
    if path.along.iter().any(|name| series.dimensions.iter().all(|dimension| dimension.name != *name)) {
        return Cow::Borrowed(path);
    }
    let of = |dimension: &Dimension| {
        let at = path.along.iter().position(|name| *name == dimension.name);
        at.and_then(|at| selectors.get(at)).cloned().unwrap_or_else(|| vec![Item::All])
    };
    let selectors = Some(series.dimensions.iter().map(of).collect());
    Cow::Owned(Path { selectors, along: Vec::new(), ..path.clone() })
}

/// Refuses names that no dimension of the series has.
fn check_names(series: &Series, path: &Path, span: &Range<usize>) -> Result<(), Problem> {
    let names = || series.dimensions.iter().map(|dimension| dimension.name.as_str());
    let Some(wrong) = path.along.iter().find(|name| names().all(|known| known != name.as_str())) else { return Ok(()) };
    let message = format!("`{}` has no dimension `{wrong}`", series.id);
    let known = || format!("its dimensions are, in their order: {}", names().collect::<Vec<_>>().join(", "));
    let hint = did_you_mean(wrong, names()).unwrap_or_else(known);
    Err(Problem::new(code::EXPRESSION_KEY, span.clone(), message).about(wrong).hint(Some(hint)))
}

/// Returns true where a selector means a period, whether it occurs or not; without one all are meant.
fn covers(dimension: &Dimension, selector: Option<&Selector>, period: Period) -> bool {
    let Some(items) = selector else { return true };
    let within = |part: &Part| part.period().is_some_and(|whole| whole.contains(period));
    items.iter().any(|item| match item {
        Item::All => true,
        Item::Span(from, to) => is_within(from, to, period),
        Item::Part(part) => within(part),
        Item::Word(word) => dimension.part(word).is_some_and(|part| within(&part)),
        Item::First | Item::Last => false,
    })
}

/// Finding one cell costs about as much as walking over this many.
const LOOKUP: usize = 8;

/// Returns the cells whose parts are all picked, in order.
fn crossed<'a>(cells: &'a BTreeMap<Key, Cell>, picks: &[Pick]) -> Vec<(&'a Key, &'a Cell)> {
    let product: usize = picks.iter().map(|pick| pick.parts.len()).product();
    if product.saturating_mul(LOOKUP) > cells.len() {
        let keep = |(key, _): &(&Key, &Cell)| key.0.iter().zip(picks).all(|(part, pick)| pick.parts.contains(part));
        return cells.iter().filter(keep).collect();
    }
    let mut keys = vec![Vec::new()];
    for pick in picks {
        let longer = |key: &Vec<Part>, part: &Part| key.iter().chain([part]).cloned().collect();
        keys = keys.iter().flat_map(|key| pick.parts.iter().map(move |part| longer(key, part))).collect();
    }
    keys.into_iter().filter_map(|key| cells.get_key_value(&Key(key))).collect()
}

/// What a selector picks along one dimension.
struct Pick<'a> {
    parts: BTreeSet<&'a Part>,
    /// The one part meant, where the selector can mean only one.
    single: Option<Part>,
}

fn pick_along<'a, D: Domain>(
    dimension: &Dimension,
    parts: &'a BTreeSet<Part>,
    selector: &[Item],
    material: &dyn Material<D>,
) -> Result<Pick<'a>, Problem> {
    let mut picked = BTreeSet::new();
    let mut single = None;
    for item in selector {
        if matches!(item, Item::First | Item::Last | Item::Span(..)) && dimension.role != Role::Period {
            let message = format!("`{item}` picks periods, but stands for dimension `{}`", dimension.name);
            return Err(Problem::new(code::EXPRESSION_TYPE, 0..0, message).about(&item.to_string()));
        }
        let found = match item {
            Item::All => parts.iter().collect(),
            Item::First => only(parts.first(), &mut single),
            Item::Last => only(parts.last(), &mut single),
            Item::Span(from, to) => span_of(dimension, parts, from, to)?,
            Item::Part(part) => only(parts.get(part), &mut single),
            Item::Word(word) => named(dimension, parts, word, material, &mut single)?,
        };
        picked.extend(found);
    }
    Ok(Pick { parts: picked, single: single.filter(|_| selector.len() == 1) })
}

fn only<'a>(part: Option<&'a Part>, single: &mut Option<Part>) -> BTreeSet<&'a Part> {
    *single = part.cloned();
    part.into_iter().collect()
}

fn span_of<'a>(
    dimension: &Dimension,
    parts: &'a BTreeSet<Part>,
    from: &Edge,
    to: &Edge,
) -> Result<BTreeSet<&'a Part>, Problem> {
    let refuse = |message: String, hint: Option<String>| {
        Err(Problem::new(code::EXPRESSION_KEY, 0..0, message).about(&format!("{from}..{to}")).hint(hint))
    };
    if let (Edge::At(first), Edge::At(last)) = (from, to)
        && first.first_day() > last.last_day()
    {
        return refuse(format!("`{from}..{to}` runs backwards"), Some(format!("write `{to}..{from}`")));
    }
    let found: BTreeSet<&Part> =
        parts.iter().filter(|part| part.period().is_some_and(|period| is_within(from, to, period))).collect();
    match (found.is_empty(), parts.first(), parts.last()) {
        (true, Some(first), Some(last)) => {
            let message = format!("`{from}..{to}` holds no period of dimension `{}`", dimension.name);
            refuse(message, Some(format!("it holds {first} … {last}")))
        }
        _ => Ok(found),
    }
}

fn is_within(from: &Edge, to: &Edge, period: Period) -> bool {
    let after = match from {
        Edge::At(first) => period.first_day() >= first.first_day(),
        Edge::First | Edge::Last => true,
    };
    let before = match to {
        Edge::At(last) => period.last_day() <= last.last_day(),
        Edge::First | Edge::Last => true,
    };
    after && before
}

fn named<'a, D: Domain>(
    dimension: &Dimension,
    parts: &'a BTreeSet<Part>,
    word: &str,
    material: &dyn Material<D>,
    single: &mut Option<Part>,
) -> Result<BTreeSet<&'a Part>, Problem> {
    let typed = dimension.part(word);
    if let Some(part) = typed.as_ref().and_then(|part| parts.get(part)) {
        return Ok(only(Some(part), single));
    }
    // A bare code means the territory in whatever borders the series has it.
    if let Some(Part::Territory(code)) = &typed
        && let Some(versioned) = parts.iter().find(|p| p.territory().is_some_and(|c| c.plain() == *code))
    {
        return Ok(only(Some(versioned), single));
    }
    if let (Role::Territory, Some(codes)) = (dimension.role, material.names().set(word)) {
        let in_set = |p: &&Part| p.territory().is_some_and(|code| codes.contains(&code.plain()));
        return Ok(parts.iter().filter(in_set).collect());
    }
    if let Some(Part::Period(period)) = &typed {
        let within: BTreeSet<&Part> =
            parts.iter().filter(|p| p.period().is_some_and(|inner| period.contains(inner))).collect();
        if !within.is_empty() {
            return Ok(within);
        }
    }
    let known: Vec<String> = parts.iter().map(ToString::to_string).collect();
    let listed = match known.as_slice() {
        [] => "it is empty".to_owned(),
        [first, .., last] if known.len() > 8 => format!("it holds {first} … {last}"),
        some => format!("it holds {}", some.join(", ")),
    };
    let message = format!("`{word}` does not occur in dimension `{}`", dimension.name);
    // Codes and periods are near one another by nature: only words are likely to be misspelt.
    let sets = if dimension.role == Role::Territory { material.names().sets() } else { Vec::new() };
    let near = match Part::parse(word) {
        Part::Category(_) => did_you_mean(word, known.iter().map(String::as_str).chain(sets)),
        Part::Territory(_) | Part::Period(_) => None,
    };
    Err(Problem::new(code::EXPRESSION_KEY, 0..0, message).about(word).hint(Some(near.unwrap_or(listed))))
}

/// Puts keys in the places of the words of a selector that mean a single one.
pub(super) fn typed_along<D: Domain>(series: &Series, at: usize, items: &mut [Item], material: &dyn Material<D>) {
    let Some(dimension) = series.dimensions.get(at) else { return };
    let parts = series.members_along(at).unwrap_or(&NOTHING);
    for item in items.iter_mut().filter(|item| matches!(item, Item::Word(_))) {
        if let Ok(Pick { single: Some(part), .. }) = pick_along(dimension, parts, std::slice::from_ref(item), material)
        {
            *item = Item::Part(part);
        }
    }
}

/// Returns selectors with every word that means a single key replaced by that key.
pub(super) fn resolved<D: Domain>(
    series: &Series,
    selectors: &[Selector],
    material: &dyn Material<D>,
) -> Vec<Selector> {
    let resolve = |(at, selector): (usize, &Selector)| -> Selector {
        let Some(dimension) = series.dimensions.get(at) else { return selector.clone() };
        let parts = series.members_along(at).unwrap_or(&NOTHING);
        let ends = |edge: &Edge| match edge {
            Edge::At(period) => Some(*period),
            Edge::First => parts.first().and_then(|p| p.period()),
            Edge::Last => parts.last().and_then(|p| p.period()),
        };
        if let [Item::Span(from, to)] = selector.as_slice()
            && let (Some(from), Some(to)) = (ends(from), ends(to))
        {
            return vec![Item::Span(Edge::At(from), Edge::At(to))];
        }
        match pick_along(dimension, parts, selector, material) {
            Ok(Pick { single: Some(part), .. }) => vec![Item::Part(part)],
            _ => selector.clone(),
        }
    };
    selectors.iter().enumerate().map(resolve).collect()
}
