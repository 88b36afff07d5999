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
/// The edge of a territory that has no colour of its own.
pub(super) const OUTLINE: Colour = Colour(196, 196, 196);
/// The pale grounds of numbers on hatches.
pub(super) const GROUND: Colour = Colour(214, 214, 214);
pub(super) const TILE: Colour = Colour(224, 224, 224);
pub(super) const BAND: Colour = Colour(212, 224, 236);
pub(super) const POSITIVE: Colour = Colour(31, 92, 153);
pub(super) const NEGATIVE: Colour = Colour(224, 133, 58);
pub(super) const MIDDLE: Colour = Colour(247, 247, 245);

/// From the palest to the deepest, on either side of zero; the step in the middle leaves out the shades on which
/// neither black nor white ink reads well.
const BELOW: [Colour; 4] = [MIDDLE, Colour(240, 170, 104), Colour(172, 80, 10), Colour(124, 52, 4)];
const ABOVE: [Colour; 4] = [MIDDLE, Colour(134, 182, 220), Colour(48, 108, 170), Colour(18, 62, 118)];

/// How many shades a ramp has on either side.
const SHADES: f64 = 20.0;
/// The ground of a page in the dark, and its lightness.
const GROUND_AT_NIGHT: Colour = Colour(20, 23, 28);
const NIGHT: f64 = 0.0087;
/// The contrast in which letters are read.
const LEGIBLE: f64 = 4.5;

/// Dark and light alternate, so that neighbours differ in grey as well.
const LOOKS: [Look; 8] = [
    look(Colour(28, 78, 128), Colour(28, 78, 128), "", Shape::Disc),
    look(Colour(224, 133, 58), Colour(158, 78, 8), "", Shape::Square),
    look(Colour(0, 128, 96), Colour(0, 110, 82), "6 2.5", Shape::Diamond),
    look(Colour(110, 178, 225), Colour(27, 107, 163), "", Shape::Triangle),
    look(Colour(120, 20, 70), Colour(120, 20, 70), "6 2 1.5 2", Shape::Disc),
    look(Colour(232, 206, 84), Colour(117, 103, 10), "2 2", Shape::Square),
    look(Colour(30, 30, 30), Colour(30, 30, 30), "9 3", Shape::Diamond),
    look(Colour(222, 140, 168), Colour(158, 60, 108), "3 2", Shape::Triangle),
];

const fn look(colour: Colour, ink: Colour, dash: &'static str, shape: Shape) -> Look {
    Look { colour, ink, dash, shape }
}

/// Lists all colours with which figures are painted, but for those that a study declares.
pub(super) fn all() -> Vec<Colour> {
    let fixed = [WHITE, INK, QUIET, AXIS, GRID, BLANK, OUTLINE, BAND, POSITIVE, NEGATIVE, MIDDLE, GROUND, TILE];
    let looks = LOOKS.iter().flat_map(|look| [look.colour, look.ink]);
    let steps = (-(SHADES as i32)..=SHADES as i32).map(f64::from);
    let ramps = steps.map(|step| heat(step * step.abs(), SHADES * SHADES));
    let dates = (2..=8).flat_map(|count| (0..count).map(move |place| dated(place, count)));
    let dates = dates.flat_map(|look| [look.colour, look.ink]);
    fixed.into_iter().chain(looks).chain(ramps).chain(dates).collect()
}

/// Lists the colours with which a declared one is painted.
pub(super) fn shades(declared: [u8; 3]) -> [Colour; 2] {
    let look = self::declared(declared, 0);
    [look.colour, look.ink]
}

/// Returns the look of a series by its place; after the eighth the colours come again with other dashes and shapes.
pub(super) fn series(place: usize) -> Look {
    let (look, round) = (LOOKS[place % LOOKS.len()], place / LOOKS.len());
    let other = LOOKS[(place + 2 * round) % LOOKS.len()];
    Look { dash: other.dash, shape: other.shape, ..look }
}

/// Returns the look of a notion whose colour the study declares: its dashes and points stay those of its place.
pub(super) fn declared([red, green, blue]: [u8; 3], place: usize) -> Look {
    let colour = Colour(red, green, blue);
    Look { colour, ink: colour.readable(), ..series(place) }
}

/// Returns the look of a period by its place among several: the later, the darker.
pub(super) fn dated(place: usize, count: usize) -> Look {
    let share = if count > 1 { place as f64 / (count - 1) as f64 } else { 1.0 };
    let part = |pale: u8, deep: u8| (f64::from(pale) + (f64::from(deep) - f64::from(pale)) * share).round() as u8;
    let colour = Colour(part(168, 58), part(178, 66), part(190, 80));
    Look { colour, ink: colour.readable(), ..series(place) }
}

/// Returns the look of a line by its place: a colour too pale for a line gives way to the ink of its name.
pub(super) fn line(place: usize) -> Look {
    strong(series(place))
}

/// Returns the look of a line: a colour too pale for one gives way to the ink of its name.
pub(super) fn strong(look: Look) -> Look {
    let pale = 1.05 / (look.colour.lightness() + 0.05) < 2.0;
    if pale { Look { colour: look.ink, ..look } } else { look }
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
    // Shades that no eye tells apart are one, so that few stand in a file.
    let share = (share * SHADES).round() / SHADES;
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

    /// Returns a shade of this colour in which a name can be read on white.
    fn readable(self) -> Colour {
        let mut shade = self;
        while 1.05 / (shade.lightness() + 0.05) < 4.6 {
            let darker = |part: u8| (f64::from(part) * 0.94) as u8;
            shade = Colour(darker(shade.0), darker(shade.1), darker(shade.2));
        }
        shade
    }

    /// Returns the colour that stands for this one in the dark: as far from a dark ground as this is from white, and a
    /// pale shade of a ramp farther, since an eye parts dark shades less well than pale ones.
    pub(super) fn in_the_dark(self) -> Colour {
        let own = self.lightness();
        let contrast = 1.05 / (own + 0.05);
        let wanted = if self.is_pale_shade() { stretched(contrast) } else { contrast };
        let mut dark = self.lit((NIGHT + 0.05) * wanted - 0.05);
        // The square that stands for the curve of sRGB is too dark by a little, which letters cannot spare.
        let is_ink = 1.05 / (self.luminance() + 0.05) >= LEGIBLE;
        while is_ink && dark.contrast_at_night() < LEGIBLE {
            dark = dark.lit(dark.lightness() * 1.04);
        }
        dark
    }

    /// Returns this colour with another lightness.
    fn lit(self, wanted: f64) -> Colour {
        let (own, wanted) = (self.lightness(), wanted.clamp(0.0, 1.0));
        let linear = [self.0, self.1, self.2].map(|part| (f64::from(part) / 255.0) * (f64::from(part) / 255.0));
        let grey = linear.map(|part| if own > 0.0 { part * wanted / own } else { wanted });
        // What is brighter than the screen is turned towards white until it has its lightness.
        let clipped = grey.map(|part| part.min(1.0));
        let lost = wanted - (0.2126 * clipped[0] + 0.7152 * clipped[1] + 0.0722 * clipped[2]);
        let room = 1.0 - (wanted - lost);
        let share = if room > 0.0 { (lost / room).clamp(0.0, 1.0) } else { 0.0 };
        let [red, green, blue] = clipped.map(|part| ((part + (1.0 - part) * share).sqrt() * 255.0).round() as u8);
        Colour(red, green, blue)
    }

    /// Returns the contrast with the ground of a page in the dark, by the curve of sRGB.
    fn contrast_at_night(self) -> f64 {
        (self.luminance() + 0.05) / (GROUND_AT_NIGHT.luminance() + 0.05)
    }

    /// Returns the relative luminance by the curve of sRGB.
    fn luminance(self) -> f64 {
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { pxfm::f_pow((value + 0.055) / 1.055, 2.4) }
        };
        0.2126 * part(self.0) + 0.7152 * part(self.1) + 0.0722 * part(self.2)
    }

    /// Returns true for a shade of the ramps of heat maps on which dark ink stands.
    fn is_pale_shade(self) -> bool {
        let steps = (1..).map(f64::from).take_while(|step| step / SHADES < 0.7);
        steps.flat_map(|step| [step * step, -step * step]).any(|value| heat(value, SHADES * SHADES) == self)
    }

    /// Reads `#1c4e80`.
    pub(super) fn parse(text: &str) -> Option<Colour> {
        let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6)?;
        let part = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
        Some(Colour(part(0)?, part(2)?, part(4)?))
    }

    /// Returns the relative luminance; a square stands for the exact curve of sRGB.
    pub(super) fn lightness(self) -> f64 {
        let part = |value: u8| f64::from(value) / 255.0 * (f64::from(value) / 255.0);
        0.2126 * part(self.0) + 0.7152 * part(self.1) + 0.0722 * part(self.2)
    }
}

/// A contrast that parts the palest shades most.
fn stretched(contrast: f64) -> f64 {
    1.0 + 2.3 * pxfm::f_pow((contrast - 1.0).max(0.0), 0.6)
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

    type Matrix = [[f64; 3]; 3];
    const NORMAL: Matrix = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    /// Full protanopia and deuteranopia in linear light (Machado, Oliveira and Fernandes 2009).
    const PROTAN: Matrix =
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]];
    const DEUTAN: Matrix =
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]];

    /// CIELAB under D65, as an eye with a given matrix sees it.
    fn lab(colour: Colour, eye: &Matrix) -> [f64; 3] {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { pxfm::f_pow((part + 0.055) / 1.055, 2.4) }
        };
        let seen = [linear(colour.0), linear(colour.1), linear(colour.2)];
        let dot = |row: &[f64; 3], of: &[f64; 3]| row[0] * of[0] + row[1] * of[1] + row[2] * of[2];
        let seen = [0, 1, 2].map(|i| dot(&eye[i], &seen).clamp(0.0, 1.0));
        let xyz: Matrix =
            [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]];
        let white = [0.95047, 1.0, 1.08883];
        let [x, y, z] = [0, 1, 2].map(|i| {
            let t: f64 = dot(&xyz[i], &seen) / white[i];
            if t > 0.008856 { pxfm::f_cbrt(t) } else { 7.787 * t + 16.0 / 116.0 }
        });
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    /// The difference of two colours, CIEDE2000.
    fn difference(a: [f64; 3], b: [f64; 3]) -> f64 {
        let root = |x: f64, y: f64| (x * x + y * y).sqrt();
        let degrees = std::f64::consts::PI / 180.0;
        let (cos, sin) = (|angle: f64| pxfm::f_cos(angle * degrees), |angle: f64| pxfm::f_sin(angle * degrees));
        let chroma = |c: f64| (pxfm::f_pow(c, 7.0) / (pxfm::f_pow(c, 7.0) + pxfm::f_pow(25.0, 7.0))).sqrt();
        let stretch = 1.0 + 0.5 * (1.0 - chroma((root(a[1], a[2]) + root(b[1], b[2])) / 2.0));
        let polar = |of: [f64; 3]| {
            let angle = pxfm::f_atan2(of[2], of[1] * stretch) / degrees;
            (root(of[1] * stretch, of[2]), if angle < 0.0 { angle + 360.0 } else { angle })
        };
        let ((c1, h1), (c2, h2)) = (polar(a), polar(b));
        let (l, c) = ((a[0] + b[0]) / 2.0, (c1 + c2) / 2.0);
        let turn = match h2 - h1 {
            _ if c1 * c2 == 0.0 => 0.0,
            turn if turn > 180.0 => turn - 360.0,
            turn if turn < -180.0 => turn + 360.0,
            turn => turn,
        };
        let hue = if c1 * c2 == 0.0 { h1 + h2 } else { h1 + turn / 2.0 };
        let t = 1.0 - 0.17 * cos(hue - 30.0) + 0.24 * cos(2.0 * hue) + 0.32 * cos(3.0 * hue + 6.0)
            - 0.2 * cos(4.0 * hue - 63.0);
        let far = (l - 50.0) * (l - 50.0);
        let dl = (b[0] - a[0]) / (1.0 + 0.015 * far / (20.0 + far).sqrt());
        let dc = (c2 - c1) / (1.0 + 0.045 * c);
        let dh = 2.0 * (c1 * c2).sqrt() * sin(turn / 2.0) / (1.0 + 0.015 * c * t);
        let place = (if hue < 0.0 { hue + 360.0 } else { hue % 360.0 } - 275.0) / 25.0;
        let rotation = -2.0 * chroma(c) * sin(60.0 * pxfm::f_exp(-place * place));
        (dl * dl + dc * dc + dh * dh + rotation * dc * dh).sqrt()
    }

    #[test]
    fn what_can_be_told_on_white_can_be_told_in_the_dark() {
        let night = GROUND_AT_NIGHT;
        let contrast = |a: f64, b: f64| (a.max(b) + 0.05) / (a.min(b) + 0.05);
        let ramps = (-20..=20).map(|step| heat(f64::from(step), 20.0));
        let looks = (0..LOOKS.len()).flat_map(|place| [series(place).colour, series(place).ink]);
        for colour in ramps.chain(looks).chain([INK, QUIET, AXIS, WHITE]) {
            let (day, dark) =
                (contrast(1.0, colour.lightness()), contrast(night.lightness(), colour.in_the_dark().lightness()));
            // Letters are lifted until they are read.
            let is_lifted = dark > day && colour.in_the_dark().contrast_at_night() < LEGIBLE * 1.06;
            let day = if colour.is_pale_shade() { stretched(day) } else { day };
            let ink = colour.ink_on().in_the_dark().lightness();
            assert!(!colour.is_pale_shade() || contrast(ink, colour.in_the_dark().lightness()) >= 4.5, "{colour}");
            assert!(
                (day - dark).abs() < 0.06 * day + 0.12 || dark > 15.0 || is_lifted,
                "{colour}: {day:.2} by day, {dark:.2} in the dark"
            );
        }
        assert_eq!(Colour::parse("#1c4e80"), Some(Colour(28, 78, 128)));
        assert_eq!(Colour::parse("1c4e80"), None);
    }

    #[test]
    fn every_ink_is_read_on_white_and_in_the_dark() {
        let declared = (0..=255).step_by(51).flat_map(|red| {
            (0..=255).step_by(51).flat_map(move |green| (0..=255).step_by(51).map(move |blue| [red, green, blue]))
        });
        let declared = declared.map(|colour| self::declared(colour.map(|part| part as u8), 0).ink);
        let dates = (2..=8).flat_map(|count| (0..count).map(move |place| dated(place, count).ink));
        let inks = LOOKS.iter().map(|look| look.ink).chain([INK, QUIET, AXIS]);
        for ink in inks.chain(dates).chain(declared) {
            let day = 1.05 / (ink.luminance() + 0.05);
            assert!(day >= LEGIBLE, "{ink} on white: {day:.2}");
            let night = ink.in_the_dark().contrast_at_night();
            assert!(night >= LEGIBLE, "{ink} in the dark: {night:.2}");
        }
    }

    #[test]
    fn the_difference_is_that_of_the_published_pairs() {
        // Sharma, Wu and Dalal 2005, pairs 1, 7, 17 and 25.
        for (a, b, expected) in [
            ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
            ([50.0, 0.0, 0.0], [50.0, -1.0, 2.0], 2.3669),
            ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
            ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
        ] {
            assert!((difference(a, b) - expected).abs() < 1e-4, "{}", difference(a, b));
        }
    }

    /// Twelve is several times what is noticed side by side; small marks in a legend need no less.
    #[test]
    fn colours_are_told_apart_by_every_eye() {
        let mut pairs = vec![(POSITIVE, NEGATIVE), (BELOW[1], ABOVE[1]), (BELOW[2], ABOVE[2]), (BELOW[3], ABOVE[3])];
        for place in 0..LOOKS.len() {
            pairs.extend((0..place).map(|other| (series(other).colour, series(place).colour)));
        }
        for (name, eye) in [("normal", NORMAL), ("protan", PROTAN), ("deutan", DEUTAN)] {
            for (a, b) in &pairs {
                let apart = difference(lab(*a, &eye), lab(*b, &eye));
                assert!(apart >= 12.0, "{a} {b} to a {name} eye: {apart:.1}");
            }
        }
    }

    #[test]
    fn neighbours_differ_in_grey_and_lines_by_more_than_colour() {
        let grey = |a: Colour, b: Colour| (lab(a, &NORMAL)[0] - lab(b, &NORMAL)[0]).abs();
        for place in 0..LOOKS.len() {
            let next = series((place + 1) % LOOKS.len()).colour;
            assert!(grey(series(place).colour, next) >= 15.0, "{place}: {}", grey(series(place).colour, next));
            for other in 0..place {
                let (a, b) = (line(place), line(other));
                assert!(grey(a.colour, b.colour) >= 15.0 || (a.dash, a.shape) != (b.dash, b.shape), "{place} {other}");
            }
        }
        assert!(grey(POSITIVE, NEGATIVE) >= 15.0);
    }
}
