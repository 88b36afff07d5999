//! Segments: sums of squared residuals of a level or a line fitted to a stretch of a series, built up row by row.
//!
//! Each row adds the square of its recursive residual (Brown, Durbin and Evans 1975), so that a stretch without
//! deviations has none.

/// What is fitted to a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// A constant level.
    Level,
    /// A straight line over time.
    Trend,
}

impl Model {
    /// Reads the value of a parameter.
    pub fn of(text: &str) -> Model {
        if text == "trend" { Model::Trend } else { Model::Level }
    }

    /// Returns how many coefficients it has.
    pub fn coefficients(self) -> usize {
        match self {
            Model::Level => 1,
            Model::Trend => 2,
        }
    }
}

/// A stretch to which rows are added.
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    model: Model,
    rows: f64,
    time: f64,
    level: f64,
    times: f64,
    products: f64,
    squares: f64,
}

impl Stretch {
    /// Starts an empty one.
    pub fn new(model: Model) -> Stretch {
        Stretch { model, rows: 0.0, time: 0.0, level: 0.0, times: 0.0, products: 0.0, squares: 0.0 }
    }

    /// Returns the recursive residual that a row would have: how far it is from what those before foretell, over the
    /// standard error of that but for σ. There is none while all coefficients are not yet fixed.
    pub fn residual(&self, time: f64, value: f64) -> Option<f64> {
        self.foretold(time, value).map(|(off, variance)| off / variance.sqrt())
    }

    /// How far a row is from what those before foretell, and the variance of that over σ².
    fn foretold(&self, time: f64, value: f64) -> Option<(f64, f64)> {
        let (ahead, off) = (time - self.time, value - self.level);
        match self.model {
            Model::Level if self.rows >= 1.0 => Some((off, 1.0 + 1.0 / self.rows)),
            Model::Trend if self.rows >= 2.0 => {
                let variance = 1.0 + 1.0 / self.rows + ahead * ahead / self.times;
                Some((off - self.products / self.times * ahead, variance))
            }
            _ => None,
        }
    }

    /// Adds a row.
    pub fn add(&mut self, time: f64, value: f64) {
        let (off, variance) = self.foretold(time, value).unwrap_or((0.0, 1.0));
        self.squares += off * off / variance;
        self.rows += 1.0;
        let ahead = time - self.time;
        self.level += (value - self.level) / self.rows;
        if self.model == Model::Trend {
            self.time += ahead / self.rows;
            self.times += ahead * (time - self.time);
            self.products += ahead * (value - self.level);
        }
    }

    /// Returns the sum of squared residuals.
    pub fn squares(&self) -> f64 {
        self.squares
    }

    /// Returns the fitted level at a time.
    pub fn fitted(&self, time: f64) -> f64 {
        match self.model {
            Model::Trend if self.times > 0.0 => self.level + self.products / self.times * (time - self.time),
            _ => self.level,
        }
    }
}

/// Returns the sums of squared residuals of the first one, two, … rows.
pub fn growing(model: Model, rows: impl Iterator<Item = (f64, f64)>) -> Vec<f64> {
    let mut stretch = Stretch::new(model);
    rows.map(|(time, value)| {
        stretch.add(time, value);
        stretch.squares()
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn squares_grow_to_those_of_the_fit() {
        let rows = [(1.0, 4.0), (2.0, 9.0), (3.0, 5.0), (5.0, 8.0)];
        // Deviations from 6.5, and from the line by the normal equations.
        let level = growing(Model::Level, rows.into_iter());
        assert!((level[3] - 17.0).abs() < 1e-12 && level[0] == 0.0, "{level:?}");
        let trend = growing(Model::Trend, rows.into_iter());
        let (stt, sty): (f64, f64) = (8.75, 5.5);
        assert!((trend[3] - (17.0 - sty * sty / stt)).abs() < 1e-12 && trend[1] == 0.0, "{trend:?}");
        assert_eq!(growing(Model::Level, [(1.0, 0.1); 5].into_iter()), [0.0; 5]);
    }
}
