//! Role: what a method takes: columns under roles, and parameters.

/// What a role takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Numbers of any sign.
    Signed,
    /// Numbers that are never negative.
    NonNegative,
    /// Numbers that are always above zero.
    Positive,
    /// Labels.
    Label,
}

/// One input of a method. The first role is the one that the series of an analysis fills.
#[derive(Clone, Copy, Debug)]
pub struct Role {
    /// Its name in `--bind role=column` and in `bind: {role: expression}`.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// Whether the method works without it.
    pub optional: bool,
    /// Whether several columns may be bound to it.
    pub many: bool,
}

/// One parameter of a method.
#[derive(Clone, Copy, Debug)]
pub struct Param {
    /// Its name in `--set name=value` and in `set: {name: value}`.
    pub name: &'static str,
    /// Which values it takes.
    pub kind: ParamKind,
    /// Its value where none is given.
    pub default: &'static str,
}

/// Which values a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ParamKind {
    /// A whole number from the first to the second, both included.
    Count(i64, i64),
    /// A number from the first to the second, both included.
    Number(f64, f64),
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Periods, parted by commas, or none.
    Periods,
}

impl Takes {
    /// Returns the stable name.
    pub fn name(self) -> &'static str {
        match self {
            Takes::Signed => "signed",
            Takes::NonNegative => "non-negative",
            Takes::Positive => "positive",
            Takes::Label => "label",
        }
    }
}

impl Role {
    /// A role that must be bound to one column.
    pub const fn required(name: &'static str, takes: Takes) -> Role {
        Role { name, takes, optional: false, many: false }
    }

    /// A role that may be left out.
    pub const fn optional(name: &'static str, takes: Takes) -> Role {
        Role { optional: true, ..Role::required(name, takes) }
    }

    /// A role that takes one column or several.
    pub const fn many(name: &'static str, takes: Takes) -> Role {
        Role { many: true, ..Role::required(name, takes) }
    }
}

impl Param {
    /// A parameter with its default.
    pub const fn new(name: &'static str, kind: ParamKind, default: &'static str) -> Param {
        Param { name, kind, default }
    }
}

impl std::fmt::Display for ParamKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ParamKind::Count(low, high) => write!(f, "a whole number from {low} to {high}"),
            ParamKind::Number(low, high) => write!(f, "a number from {low} to {high}"),
            ParamKind::Choice(words) => write!(f, "one of {}", words.join(", ")),
            ParamKind::Periods => f.write_str("periods parted by commas, as in 2008,2021-07"),
        }
    }
}
