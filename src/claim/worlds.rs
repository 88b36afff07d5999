//! Worlds: whether anything that the data could have been would change what an expression says. A condition that holds
//! whatever the numbers are says nothing of them.

use super::asked;
use super::bench::PRINTED;
use super::probe::{CellName, Probe};
use super::rule::truth::Statement;
use crate::analysis::Edition;
use crate::expression::{self, Expr, Item, Kind, Material};
use crate::finding::{Amount, Cell, Class, Part, Series, Unit, Value};

/// One way in which all numbers could have been otherwise.
#[derive(Clone, Copy, Debug)]
pub(super) struct World {
    /// What makes the numbers of one world others than those of the next.
    seed: u64,
    /// On what a number depends.
    by: By,
    /// How large numbers are: a power of a thousand.
    size: i32,
    /// Which signs those numbers have that may have either.
    sign: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// Each cell is itself.
    Cell,
    /// All cells of one series are alike.
    Series,
    /// All grow with time.
    Rising,
    /// All shrink with time.
    Falling,
    /// One key has the same number in all series.
    Key,
}

/// Lists the worlds that are looked at. A condition that is true of some cells of many needs those where all are alike.
fn worlds() -> impl Iterator<Item = World> {
    let bys = [By::Cell, By::Series, By::Rising, By::Falling, By::Key];
    let sizes = [0, 2, -2];
    (0..24u64).map(move |seed| World {
        seed,
        by: bys[seed as usize % bys.len()],
        size: sizes[seed as usize % sizes.len()],
        sign: [0, 1, -1][seed as usize / 2 % 3],
    })
}

impl World {
    /// Returns the number of a cell.
    pub(super) fn amount(self, (series, key): &CellName, bench: &Edition) -> Amount {
        let known = bench.findings.get(series);
        let (unit, class) = known.map_or((Unit::None, Class::Signed), |known| known.unit_at(key));
        let class = if known.is_some_and(|known| may_turn(known, unit)) { Class::Signed } else { class };
        let (name, place) = (series.to_string(), key.0.iter().map(Part::to_string).collect::<Vec<_>>().join(","));
        // No two numbers are the same by chance, and some are larger than others by far.
        let own = self.drawn(&[&name, &place]);
        let alike = |of: &str| (self.drawn(&[of]) << (self.drawn(&["size", of]) % SIZES)) * APART + own % APART;
        let drawn = match self.by {
            By::Cell => own << (self.drawn(&["size", &name, &place]) % SIZES),
            By::Series => alike(&name),
            By::Key => alike(&place),
            By::Rising | By::Falling => {
                let step = key.period().map_or(0, |period| period.ordinal().rem_euclid(1 << 20));
                let step = if self.by == By::Rising { step } else { (1 << 20) - step };
                self.drawn(&[&name]) + step * DRAWN + own % APART
            }
        };
        // A rate that is always above zero and counted in hundredths is a share.
        let is_share = unit == Unit::Percent && class == Class::Level && *series.name != *PRINTED;
        if is_share {
            return self.share(&[&name, &place]);
        }
        let power = Amount::Integer(1000i64.pow(self.size.unsigned_abs()));
        let size = match self.size {
            0.. => Amount::Integer(drawn).times(&power),
            _ => Amount::Integer(drawn).divided_by(&power).unwrap_or(Amount::ZERO),
        };
        let negative = match self.sign {
            0 => self.drawn(&["sign", &name, &place]) % 2 == 0,
            sign => sign < 0,
        };
        if class == Class::Signed && negative { size.negated() } else { size }
    }

    /// Draws a share in hundredths of what it is a part of.
    fn share(self, of: &[&str]) -> Amount {
        let most = [DRAWN, DRAWN / 100][self.seed as usize / 3 % 2];
        Amount::ratio(self.drawn(of) % most + 1, DRAWN / 100 + 1).unwrap_or(Amount::ZERO)
    }

    /// Draws a number above zero from a name: the same for the same one, on every machine.
    fn drawn(self, of: &[&str]) -> i64 {
        let mut hash = 0xcbf2_9ce4_8422_2325u64 ^ self.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for byte in of.iter().flat_map(|part| part.bytes().chain([0])) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        hash ^= hash >> 29;
        (hash.wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 33) as i64 % DRAWN + 1
    }
}

/// Says whether what a paper prints with one sign it may print with the other: whatever is no count, and any cell of a
/// table that has both.
fn may_turn(series: &Series, unit: Unit) -> bool {
    let counted = matches!(unit, Unit::Count | Unit::Times | Unit::Year);
    let negative = |cell: &Cell| cell.value.amount().is_some_and(|amount| amount.signum() < 0);
    *series.id.name == *PRINTED && !counted || series.cells.values().any(negative)
}

/// Numbers that are alike differ by less than this, as parts of themselves.
const APART: i64 = 1009;

/// How many times a number may be doubled.
const SIZES: i64 = 12;

/// Numbers are drawn up to this.
const DRAWN: i64 = 100_000;

/// Says whether an expression comes to the same in all worlds, or a statement holds in all.
pub(super) fn stands_still(expr: &Expr, statement: Option<&Statement>, value: &Value, bench: &Edition) -> bool {
    if counts_what_is_there(expr, bench) {
        return false;
    }
    let same = |other: &Value| match statement {
        Some(statement) => statement.holds(other) == Some(true),
        None => other == value,
    };
    let still = |draw: &dyn Fn(World) -> Expr| {
        let found = worlds().filter_map(|world| {
            let probe = Probe::in_world(bench, world);
            let material: &dyn Material<Amount> = &probe;
            let value = expression::evaluate(&draw(world), material).ok()?.cell.value;
            (!matches!(value, Value::Missing(_))).then_some(value)
        });
        let mut some = false;
        for value in found {
            if !same(&value) {
                return false;
            }
            some = true;
        }
        some
    };
    // A share is never above the whole, which numbers drawn one by one do not know.
    still(&|_| expr.clone()) || has_shares(expr) && still(&|world| with_shares(expr, world, bench))
}

/// Says whether an expression asks how many cells there are of what it does not list one by one.
fn counts_what_is_there(expr: &Expr, bench: &Edition) -> bool {
    let is_open = |item: &Item| match item {
        Item::Part(_) => false,
        Item::Word(word) => bench.sets.contains_key(&**word),
        Item::Span(..) | Item::First | Item::Last | Item::All => true,
    };
    asked::calls(expr, "length")
        && expr.paths().iter().any(|path| path.selectors.iter().flatten().flatten().any(is_open))
}

fn has_shares(expr: &Expr) -> bool {
    asked::calls(expr, "share")
}

/// Puts drawn shares in the places of those that an expression computes of single numbers.
fn with_shares(expr: &Expr, world: World, bench: &Edition) -> Expr {
    let is_one = |of: &Expr| {
        let material: &dyn Material<Amount> = bench;
        expression::evaluate(of, material).is_ok_and(|term| matches!(term.cell.value, Value::Amount(_)))
    };
    asked::rewritten(expr, &|kind| match kind {
        Kind::Call(name, _) if name == "share" => {
            let whole = Expr { kind: kind.clone(), span: expr.span.clone() };
            is_one(&whole).then(|| Kind::Number(world.share(&[&whole.to_string()])))
        }
        _ => None,
    })
}
