//! Choropleth: territories within their boundaries, coloured by class.

use std::collections::{BTreeMap, BTreeSet};

use super::{Kind, Request, choice};
use crate::analysis::{At, Column, Frame, METHODS};
use crate::exhibit::data::{column as column_of, of_each};
use crate::exhibit::figure::by_territory;
use crate::exhibit::figure::word;
use crate::exhibit::overlap::refuse_rows;
use crate::exhibit::{Chart, Mark, Misfit, absent};
use crate::exhibit::{Figure, Label, Shape, Table};
use crate::finding::{Amount, Code, Key, Part, Reason, Unit, Value};

/// Territories within boundaries.
pub(super) const CHOROPLETH: Kind = Kind {
    name: "choropleth",
    shows: "territories within their boundaries, coloured by class",
    takes: "one series over territories",
    options: &[
        choice("boundaries", "path", "", "the GeoJSON file of the boundaries in degrees, within data/"),
        choice("property", "name", "code", "the property of its features that holds the code of the territory"),
        choice("classes", "2 to 7", "5", "how many classes with natural breaks (Fisher – Jenks)"),
        choice("class_breaks", "numbers", "", "the upper ends of all classes but the last, instead of natural breaks"),
        choice(
            "parallel",
            "degrees",
            "the middle",
            "the parallel along which the equirectangular map is true to scale",
        ),
    ],
    make: choropleth,
};

fn choropleth(request: &Request<'_>) -> Result<Chart, Misfit> {
    let (rows, columns) = by_territory(request)?;
    refuse_rows(request, &rows, &columns)?;
    let [(_, marks)] = columns.as_slice() else {
        return Err(Misfit::Shape("a map shows one value of each territory".to_owned()));
    };
    let path = request.entry.boundaries.as_ref().ok_or_else(|| Misfit::Shape("a map needs `boundaries`".to_owned()))?;
    let property = request.entry.property.as_deref().unwrap_or("code");
    if !request.maps.has(&path.value) {
        return Err(Misfit::Said);
    }
    let outlines = request.maps.outlines(&path.value, property).map_err(Misfit::Shape)?;
    let latitudes = || outlines.values().flatten().flatten().map(|(_, latitude)| *latitude);
    let middle = (latitudes().fold(f64::INFINITY, f64::min) + latitudes().fold(f64::NEG_INFINITY, f64::max)) / 2.0;
    let parallel = request.entry.parallel.unwrap_or(middle);
    // The sign and size of a parallel near the poles would turn the map inside out.
    if !(-85.0..=85.0).contains(&parallel) {
        return Err(Misfit::Shape(format!("no map is true to scale along {parallel}°")));
    }
    let shrink = pxfm::f_cos(parallel * std::f64::consts::PI / 180.0);
    let mut areas = Vec::new();
    for (part, mark) in marks {
        let code = part.territory().map(|code| code.as_str().to_owned()).unwrap_or_default();
        let rings = outlines.get(&code).ok_or_else(|| {
            Misfit::Shape(format!("`{code}` has no boundaries in `{}` (property `{property}`)", path.value))
        })?;
        let plane = |ring: &Vec<(f64, f64)>| ring.iter().map(|(east, north)| (east * shrink, *north)).collect();
        let short = request.maps.short(part);
        let rings = rings.iter().map(plane).collect();
        areas.push(Area { label: request.label(part), short, mark: mark.clone(), rings });
    }
    // What the file encloses and no finding is of stays on the map, as a place without data.
    for (code, rings) in &outlines {
        let Some(territory) = Code::parse(code) else {
            return Err(Misfit::Shape(format!("`{code}` in `{}` is no code of a territory", path.value)));
        };
        if request.edition.territories().get(&territory).is_none() {
            return Err(Misfit::Shape(format!("`{code}` in `{}` is no territory of the study", path.value)));
        }
        let part = Part::Territory(territory);
        if !marks.contains_key(&part) {
            let mark = beyond(request, &part);
            let plane = |ring: &Vec<(f64, f64)>| ring.iter().map(|(east, north)| (east * shrink, *north)).collect();
            let (short, rings) = (request.maps.short(&part), rings.iter().map(plane).collect());
            areas.push(Area { label: request.label(&part), short, mark, rings });
        }
    }
    let values: Vec<Amount> = areas.iter().filter_map(|area| area.mark.value.as_ref().ok().cloned()).collect();
    Ok(Chart::Choropleth(Choropleth { areas, breaks: breaks(request, values)? }))
}

/// Returns the mark of a territory that the findings leave out: it did not exist then, or was not asked for.
fn beyond(request: &Request<'_>, part: &Part) -> Mark {
    let cells = request.sources.iter().flat_map(|(_, source)| &source.cells);
    let period = cells.flat_map(|(key, _)| &key.0).find(|part| part.period().is_some());
    let mark = absent(request.edition, &Key(std::iter::once(part).chain(period).cloned().collect()));
    match mark.value {
        Err(Reason::NotApplicable) => mark,
        Ok(_) | Err(_) => Mark { value: Err(Reason::OutOfScope), ..mark },
    }
}

/// Returns the upper ends of all classes but the last.
fn breaks(request: &Request<'_>, values: Vec<Amount>) -> Result<Vec<Amount>, Misfit> {
    let given = &request.entry.class_breaks;
    if !given.is_empty() {
        let breaks: Vec<Amount> = given.iter().filter_map(|value| Amount::parse(&value.to_string())).collect();
        let rising = breaks.windows(2).all(|pair| pair[0] < pair[1]);
        return match (breaks.len() == given.len() && rising, request.entry.classes) {
            (_, Some(_)) => Err(Misfit::Shape("has either `classes` or `class_breaks`".to_owned())),
            (false, None) => Err(Misfit::Shape("`class_breaks` must rise".to_owned())),
            (true, None) if breaks.len() > 6 => {
                Err(Misfit::Shape("more than seven classes cannot be told apart".to_owned()))
            }
            (true, None) => Ok(breaks),
        };
    }
    let distinct = values.iter().collect::<BTreeSet<_>>().len();
    let classes = request.entry.classes.unwrap_or(5.min(distinct));
    if !(2..=7).contains(&classes) && distinct > 1 {
        return Err(Misfit::Shape("a map has two to seven classes".to_owned()));
    }
    let mut frame = Frame { rows: values.len(), ..Frame::default() };
    frame.numbers.insert("value", vec![Column::new("value", Unit::None, values.into_iter().map(Ok).collect())]);
    let method = METHODS.iter().find(|method| method.name == "jenks");
    let found = method.and_then(|method| {
        frame.set(method, &BTreeMap::from([("classes".to_owned(), classes.to_string())])).ok()?;
        Some((method.run)(&frame))
    });
    let Some(found) = found else { return Ok(Vec::new()) };
    let found =
        found.map_err(|reason| Misfit::Shape(format!("{classes} classes cannot be made: {}", reason.meaning())))?;
    let mut uppers: Vec<Amount> = found
        .into_iter()
        .filter_map(|outcome| match (outcome.name, outcome.at, outcome.value) {
            ("jenks_upper", At::Member(_), Value::Amount(upper)) => Some(upper),
            _ => None,
        })
        .collect();
    uppers.sort();
    uppers.pop();
    Ok(uppers)
}

/// A territory within its boundaries.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// The territory.
    pub label: Label,
    /// Its short name by language, where the whole has no room.
    pub short: BTreeMap<String, String>,
    /// Its value.
    pub mark: Mark,
    /// Its rings in the plane of the map: to the east, to the north.
    pub rings: Vec<Vec<(f64, f64)>>,
}

/// Territories within their boundaries, coloured by class.
#[derive(Clone, Debug, PartialEq)]
pub struct Choropleth {
    /// The territories.
    pub areas: Vec<Area>,
    /// The upper ends of all classes but the last.
    pub breaks: Vec<Amount>,
}

impl Shape for Choropleth {
    fn table(&self, figure: &Figure) -> Table {
        let column = column_of(figure, &word("value"));
        of_each(figure, vec![column], self.areas.iter().map(|area| (&area.label, vec![&area.mark])))
    }
}
