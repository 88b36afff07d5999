//! Twofold: arithmetic in twice the precision of a float, for powers whose exponents are large.

/// A number as the sum of two floats, the second below half a unit in the last place of the first (Dekker 1971).
#[derive(Clone, Copy)]
pub(super) struct Twofold {
    /// The number to the precision of a float.
    pub high: f64,
    /// What that leaves.
    pub low: f64,
}

impl Twofold {
    /// Takes a float as it is.
    pub(super) fn from(value: f64) -> Twofold {
        Twofold { high: value, low: 0.0 }
    }

    /// The exact sum.
    pub(super) fn sum(a: f64, b: f64) -> Twofold {
        let high = a + b;
        let of_b = high - a;
        Twofold { high, low: (a - (high - of_b)) + (b - of_b) }
    }

    /// The exact product, by splitting: a fused operation is not needed.
    pub(super) fn product(a: f64, b: f64) -> Twofold {
        let split = |x: f64| {
            let scaled = 134_217_729.0 * x;
            let high = scaled - (scaled - x);
            (high, x - high)
        };
        let high = a * b;
        let ((a1, a2), (b1, b2)) = (split(a), split(b));
        let low = ((a1 * b1 - high) + a1 * b2 + a2 * b1) + a2 * b2;
        // Near the end of the range the split overflows.
        Twofold { high, low: if low.is_finite() { low } else { 0.0 } }
    }

    /// The sum with a float.
    pub(super) fn plus(self, other: f64) -> Twofold {
        let sum = Twofold::sum(self.high, other);
        Twofold::sum(sum.high, sum.low + self.low)
    }

    /// The difference.
    pub(super) fn minus(self, other: Twofold) -> Twofold {
        let sum = Twofold::sum(self.high, -other.high);
        Twofold::sum(sum.high, sum.low + (self.low - other.low))
    }

    /// The product.
    pub(super) fn times(self, other: Twofold) -> Twofold {
        let product = Twofold::product(self.high, other.high);
        Twofold::sum(product.high, product.low + (self.high * other.low + self.low * other.high))
    }

    /// The quotient.
    pub(super) fn over(self, other: Twofold) -> Twofold {
        let first = self.high / other.high;
        let back = Twofold::from(first).times(other);
        let rest = ((self.high - back.high) - back.low + self.low) / other.high;
        Twofold::sum(first, rest)
    }
}
