//! Addends: what a sum is made of, so that nothing is added to its own part.

use std::sync::Arc;

use super::select::{select, series_of};
use super::{Domain, Expr, Kind, Material, Operator, Problem};
use crate::diagnostic::code;
use crate::finding::{Key, Series};

/// More figures of one sum are not compared one by one.
const MOST: usize = 400;

/// The cells that a side of a sum adds up.
type Counted = Vec<(Arc<Series>, Vec<Key>)>;

/// Refuses to add up two figures of one series of which one is counted in the other.
pub(super) fn once_each<D: Domain>(left: &Expr, right: &Expr, material: &dyn Material<D>) -> Result<(), Problem> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    counted(left, material, &mut ours);
    counted(right, material, &mut theirs);
    for (series, keys) in &ours {
        let others = theirs.iter().filter(|(other, _)| other.id == series.id).flat_map(|(_, keys)| keys);
        let others: Vec<&Key> = others.collect();
        if keys.len() * others.len() > MOST * MOST {
            continue;
        }
        for (one, other) in keys.iter().flat_map(|one| others.iter().map(move |other| (one, *other))) {
            if let Some((part, whole)) = overlap(series, one, other, material) {
                let message = format!("`+` would add up {part} and {whole}, of which one is counted in the other");
                let hint = "take the whole alone, or parts that do not overlap".to_owned();
                return Err(Problem::new(code::DATA_OVERLAP, 0..0, message).hint(Some(hint)));
            }
        }
    }
    Ok(())
}

/// Says of two keys that differ along one dimension alone whether one is counted in the other there.
fn overlap<D: Domain>(series: &Series, one: &Key, other: &Key, material: &dyn Material<D>) -> Option<(String, String)> {
    let mut apart = one.0.iter().zip(&other.0).enumerate().filter(|(_, (a, b))| a != b);
    let ((at, (a, b)), None) = (apart.next()?, apart.next()) else { return None };
    let found = series.dimensions.get(at)?.overlap(&[a, b], |codes| material.names().overlap(codes))?;
    Some((found.0.to_string(), found.1.to_string()))
}

/// Gathers the cells that an expression adds up; what it takes otherwise is left out.
fn counted<D: Domain>(expr: &Expr, material: &dyn Material<D>, found: &mut Counted) {
    match &expr.kind {
        Kind::Binary(Operator::Plus, left, right) => {
            counted(left, material, found);
            counted(right, material, found);
        }
        Kind::Call(name, list) if name == "sum" && list.len() == 1 => counted(&list[0], material, found),
        Kind::Path(path) if path.is_bare() && material.names().named(&path.name).is_some() => {}
        Kind::Path(path) => {
            let Some(series) = series_of(path, material) else { return };
            let keys = select(&series, path, &expr.span, material)
                .map(|selection| selection.cells.into_iter().map(|(key, _)| key.clone()).collect::<Vec<Key>>());
            if let Ok(keys) = keys {
                found.push((series, keys));
            }
        }
        _ => {}
    }
}
