//! Placing: names beside points, each as near as there is room, without touching another name or point.

/// A rectangle: left, top, right, bottom.
pub(super) type Box = [f64; 4];

/// Where a name stands: the middle of its left end, and whether a leader joins it to its point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spot {
    /// The left end.
    pub(super) x: f64,
    /// The middle of its height.
    pub(super) y: f64,
    /// True where it stands too far off to be read as the name of its point.
    pub(super) far: bool,
}

/// How high a name is.
pub(super) const TALL: f64 = 12.0;
/// A leader of this length is read at a glance.
const MIDDLING: f64 = 26.0;
/// A leader of this length is hard to follow.
const LONG: f64 = 56.0;
const NEAR: [f64; 2] = [6.0, 9.0];
const FAR: [f64; 7] = [15.0, 21.0, 28.0, 36.0, 46.0, 58.0, 72.0];

/// Places names of given widths beside points within a frame; `None` where one finds no room.
///
/// The points with the nearest neighbours choose first. A line that a name would cross is avoided as long as another
/// place is near; so is the place of what stands there already. Where a place is nobody else's, `is_of` says.
pub(super) fn place(
    points: &[(f64, f64)],
    widths: &[f64],
    frame: Box,
    lines: &[Box],
    taken: &[Box],
    is_of: &dyn Fn(usize, &Spot) -> bool,
) -> Option<Vec<Spot>> {
    let near = |i: usize| {
        let apart = |j: usize| (points[i].0 - points[j].0).abs() + 2.0 * (points[i].1 - points[j].1).abs();
        (0..points.len()).filter(|j| *j != i).map(apart).fold(f64::INFINITY, f64::min)
    };
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by(|a, b| near(*a).total_cmp(&near(*b)).then(a.cmp(b)));
    let mut boxes: Vec<Box> = taken.to_vec();
    let mut spots: Vec<Option<Spot>> = vec![None; points.len()];
    for i in order {
        let free = |spot: &Spot| {
            let own = around(spot, widths[i]);
            let inside = own[0] >= frame[0] && own[1] >= frame[1] && own[2] <= frame[2] && own[3] <= frame[3];
            inside
                && is_of(i, spot)
                && !boxes.iter().any(|other| meet(&own, other))
                && !points.iter().any(|point| meet(&own, &dot(*point)))
        };
        let clear = |spot: &Spot| !lines.iter().any(|line| meet(&around(spot, widths[i]), line));
        // A leader that runs over a name or another point would be read as theirs.
        let clean = |spot: &Spot| {
            let path = leader(points[i], spot, widths[i]);
            let over = |at: &(f64, f64), other: &Box| meet(&[at.0 - 0.5, at.1 - 0.5, at.0 + 0.5, at.1 + 0.5], other);
            let others = (0..points.len()).filter(|j| *j != i).map(|j| dot(points[j]));
            let others: Vec<Box> = others.chain(boxes.iter().copied()).collect();
            !path.iter().any(|at| others.iter().any(|other| over(at, other)))
        };
        let candidates = candidates(points[i], widths[i]);
        let near = || candidates.iter().filter(|spot| !spot.far && free(spot));
        let far = || candidates.iter().filter(|spot| spot.far && free(spot));
        let spot = near()
            .find(|spot| clear(spot))
            .or_else(|| far().find(|spot| clear(spot) && clean(spot) && apart(points[i], spot, widths[i]) <= MIDDLING))
            .or_else(|| near().next())
            .or_else(|| far().find(|spot| clear(spot) && clean(spot)))
            .or_else(|| far().find(|spot| clear(spot)))
            .or_else(|| far().next())?;
        boxes.push(around(spot, widths[i]));
        spots[i] = Some(*spot);
    }
    spots.into_iter().collect()
}

/// Lists the places around a point: right, left, above, below, the corners; then farther.
fn candidates((x, y): (f64, f64), width: f64) -> Vec<Spot> {
    let around = |distance: f64, far: bool| {
        let corner = 0.75 * distance;
        let side = |dx: f64, dy: f64| {
            let left = if dx > 0.0 {
                x + dx
            } else if dx < 0.0 {
                x + dx - width
            } else {
                x - width / 2.0
            };
            Spot { x: left, y: y + dy, far }
        };
        let up = distance + TALL / 2.0 - 2.0;
        [
            side(distance, 0.0),
            side(-distance, 0.0),
            side(0.0, -up),
            side(0.0, up),
            side(corner, -corner - 1.0),
            side(corner, corner + 1.0),
            side(-corner, -corner - 1.0),
            side(-corner, corner + 1.0),
            side(distance * 0.5, -up),
            side(distance * 0.5, up),
            side(-distance * 0.5, -up),
            side(-distance * 0.5, up),
        ]
    };
    let rings = NEAR.iter().flat_map(|d| around(*d, false)).chain(FAR.iter().flat_map(|d| around(*d, true)));
    // In a crowd names stand below each other beside it.
    let beside = (1..=24).flat_map(|step| {
        [12.0, 48.0].into_iter().flat_map(move |out| [(out, -1.0), (out, 1.0), (-out, -1.0), (-out, 1.0)]).map(
            move |(out, way)| {
                let left = if out > 0.0 { x + out } else { x + out - width };
                Spot { x: left, y: y + way * f64::from(step) * TALL, far: true }
            },
        )
    });
    rings.chain(beside).collect()
}

/// Counts the names that are hard to follow: their leader is long, or runs over another name or point.
pub(super) fn strained(points: &[(f64, f64)], widths: &[f64], spots: &[Spot]) -> usize {
    let hard = |i: &usize| {
        let (from, spot) = (points[*i], &spots[*i]);
        let others = (0..points.len()).filter(|j| j != i);
        let others: Vec<Box> = others.flat_map(|j| [dot(points[j]), around(&spots[j], widths[j])]).collect();
        let over = |at: &(f64, f64)| others.iter().any(|other| meet(&[at.0, at.1, at.0 + 0.1, at.1 + 0.1], other));
        spot.far && (apart(from, spot, widths[*i]) > LONG || leader(from, spot, widths[*i]).iter().any(over))
    };
    (0..points.len()).filter(hard).count()
}

/// Returns points along the leader from a point to the nearest edge of its name.
fn leader(from: (f64, f64), spot: &Spot, width: f64) -> Vec<(f64, f64)> {
    let to = spot.end(from, width);
    (1..20).map(|i| f64::from(i) / 20.0).map(|t| (from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * t)).collect()
}

/// Returns how far a name stands from its point, along both axes together.
fn apart(from: (f64, f64), spot: &Spot, width: f64) -> f64 {
    let to = spot.end(from, width);
    (from.0 - to.0).abs() + (from.1 - to.1).abs()
}

impl Spot {
    /// Returns where a leader from a point meets the name.
    pub(super) fn end(&self, (x, y): (f64, f64), width: f64) -> (f64, f64) {
        if (self.y - y).abs() < 6.0 {
            return (if self.x > x { self.x - 2.0 } else { self.x + width + 2.0 }, self.y);
        }
        (x.clamp(self.x, self.x + width), if self.y > y { self.y - 5.0 } else { self.y + 5.0 })
    }
}

fn around(spot: &Spot, width: f64) -> Box {
    [spot.x - 1.0, spot.y - TALL / 2.0, spot.x + width + 1.0, spot.y + TALL / 2.0]
}

fn dot((x, y): (f64, f64)) -> Box {
    [x - 3.5, y - 3.5, x + 3.5, y + 3.5]
}

fn meet(a: &Box, b: &Box) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_a_crowd_keep_apart() {
        let points: Vec<(f64, f64)> =
            (0..12).map(|i| (150.0 + f64::from(i % 4) * 9.0, 150.0 + f64::from(i / 4) * 9.0)).collect();
        let spots = place(&points, &[60.0; 12], [0.0, 0.0, 320.0, 320.0], &[], &[], &|_, _| true).expect("room");
        for (i, a) in spots.iter().enumerate() {
            assert!(spots[i + 1..].iter().all(|b| !meet(&around(a, 60.0), &around(b, 60.0))), "{spots:?}");
        }
        assert_eq!(place(&points, &[60.0; 12], [140.0, 140.0, 200.0, 180.0], &[], &[], &|_, _| true), None);
    }
}
