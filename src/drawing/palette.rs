//! Palette: few colours, told apart by colour-blind readers and in grey print.

/// A colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Colour(pub(super) u8, pub(super) u8, pub(super) u8);

/// How the line, the bars and the name of a series look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Look {
    /// The colour of its line or bars.
    pub(super) colour: Colour,
    /// A darker shade in which its name can be read on white.
    pub(super) ink: Colour,
    /// The dashes of its line.
    pub(super) dash: &'static str,
    /// The shape of its points.
    pub(super) shape: Shape,
}

/// The shape of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A disc.
    Disc,
    /// A square on its side.
    Square,
    /// A square on its corner.
    Diamond,
    /// A triangle.
    Triangle,
}

pub(super) const WHITE: Colour = Colour(255, 255, 255);
pub(super) const INK: Colour = Colour(34, 34, 34);
pub(super) const QUIET: Colour = Colour(90, 90, 90);
pub(super) const AXIS: Colour = Colour(70, 70, 70);
pub(super) const GRID: Colour = Colour(226, 226, 226);
pub(super) const BLANK: Colour = Colour(240, 240, 240);
pub(super) const BAND: Colour = Colour(212, 224, 236);
pub(super) const POSITIVE: Colour = Colour(31, 92, 153);
pub(super) const NEGATIVE: Colour = Colour(224, 133, 58);
pub(super) const MIDDLE: Colour = Colour(247, 247, 245);

/// From the palest to the deepest, on either side of zero; the step in the middle leaves out the shades on which
/// neither black nor white ink reads well.
const BELOW: [Colour; 4] = [MIDDLE, Colour(240, 170, 104), Colour(172, 80, 10), Colour(124, 52, 4)];
const ABOVE: [Colour; 4] = [MIDDLE, Colour(134, 182, 220), Colour(48, 108, 170), Colour(18, 62, 118)];

/// Dark and light alternate, so that neighbours differ in grey as well.
const LOOKS: [Look; 8] = [
    look(Colour(28, 78, 128), Colour(28, 78, 128), "", Shape::Disc),
    look(Colour(224, 133, 58), Colour(158, 78, 8), "", Shape::Square),
    look(Colour(0, 128, 96), Colour(0, 110, 82), "6 2.5", Shape::Diamond),
    look(Colour(110, 178, 225), Colour(27, 107, 163), "", Shape::Triangle),
    look(Colour(122, 44, 90), Colour(122, 44, 90), "6 2 1.5 2", Shape::Disc),
    look(Colour(196, 178, 60), Colour(117, 103, 10), "2 2", Shape::Square),
    look(Colour(84, 84, 84), Colour(84, 84, 84), "9 3", Shape::Diamond),
    look(Colour(214, 138, 176), Colour(158, 60, 108), "3 2", Shape::Triangle),
];

const fn look(colour: Colour, ink: Colour, dash: &'static str, shape: Shape) -> Look {
    Look { colour, ink, dash, shape }
}

/// Returns the look of a series by its place; after the eighth the colours come again with other dashes and shapes.
pub(super) fn series(place: usize) -> Look {
    let (look, round) = (LOOKS[place % LOOKS.len()], place / LOOKS.len());
    let other = LOOKS[(place + 2 * round) % LOOKS.len()];
    Look { dash: other.dash, shape: other.shape, ..look }
}

/// Returns the colour of a bar that stands alone, by its sign.
pub(super) fn signed(value: f64) -> Colour {
    if value < 0.0 { NEGATIVE } else { POSITIVE }
}

/// Returns the colour of a value in a heat map whose largest magnitude is given.
///
/// The square root keeps the many small values apart beside a few large ones.
pub(super) fn heat(value: f64, largest: f64) -> Colour {
    let share = if largest > 0.0 { (value.abs() / largest).min(1.0).sqrt() } else { 0.0 };
    let ramp = if value < 0.0 { BELOW } else { ABOVE };
    let (from, to, share) =
        if share < 0.7 { (ramp[0], ramp[1], share / 0.7) } else { (ramp[2], ramp[3], (share - 0.7) / 0.3) };
    let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
    Colour(mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2))
}

/// Returns the colour of a class: how far it lies from the palest to the deepest, on either side of zero.
pub(super) fn class(share: f64, negative: bool) -> Colour {
    // The square undoes the root, so that the classes stand at even distances.
    let share = 0.25 + 0.75 * share;
    heat(if negative { -1.0 } else { 1.0 } * share * share, 1.0)
}

impl Colour {
    /// Returns black or white ink, whichever reads better on this colour.
    pub(super) fn ink_on(self) -> Colour {
        let light = self.lightness();
        if (light + 0.05) / 0.066 >= 1.05 / (light + 0.05) { INK } else { WHITE }
    }

    /// Returns the relative luminance; a square stands for the exact curve of sRGB.
    pub(super) fn lightness(self) -> f64 {
        let part = |value: u8| f64::from(value) / 255.0 * (f64::from(value) / 255.0);
        0.2126 * part(self.0) + 0.7152 * part(self.1) + 0.0722 * part(self.2)
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contrast(a: Colour, b: Colour) -> f64 {
        let (a, b) = (a.lightness() + 0.05, b.lightness() + 0.05);
        a.max(b) / a.min(b)
    }

    #[test]
    fn names_and_numbers_can_be_read() {
        for place in 0..8 {
            assert!(contrast(series(place).ink, WHITE) >= 4.5, "{place}");
        }
        for step in -100..=100 {
            let colour = heat(f64::from(step), 100.0);
            assert!(contrast(colour, colour.ink_on()) >= 4.5, "{step}: {colour}");
        }
    }

    #[test]
    fn neighbours_differ_in_grey() {
        for place in 0..3 {
            let (a, b) = (series(place).colour, series(place + 1).colour);
            assert!(contrast(a, b) >= 1.4, "{a} {b}: {}", contrast(a, b));
        }
        assert!(contrast(POSITIVE, NEGATIVE) >= 1.8);
    }
}
