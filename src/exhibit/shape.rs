//! Shape: what every chart tells of the marks that it shows.

use super::{Figure, Table};
use crate::finding::{Period, Unit};

/// What a chart tells of its marks, whatever it is drawn as.
pub trait Shape {
    /// Lays its data out as a table: rows × series.
    fn table(&self, figure: &Figure) -> Table;

    /// Returns the numbers that stand beside the data, a table each.
    fn beside(&self, _: &Figure) -> Vec<Table> {
        Vec::new()
    }

    /// Returns the periods that what precedes is not comparable with.
    fn breaks(&self) -> &[Period] {
        &[]
    }

    /// Returns the unit of all numbers with the powers of a thousand that they are printed in; none where there are several.
    fn unit(&self, figure: &Figure) -> Option<(Unit, u8)> {
        Some((figure.unit, figure.thousands))
    }

    /// Returns true where the last column of its data is the sum of the others.
    fn has_total(&self) -> bool {
        false
    }

    /// Returns the words of its axes that the program has: the key of the figure, the key of the program.
    fn axis_words(&self) -> &[(&str, &str)] {
        &[]
    }
}
