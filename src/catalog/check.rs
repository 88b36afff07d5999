//! Check: what the catalogue declares must hold, with its accepted exceptions.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};

use crate::finding::Amount;

/// An exact decimal of the catalogue: `-3`, `0.55`, or between quotes.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema)]
#[schemars(with = "f64")]
pub struct Exact(pub Amount);

impl Default for Exact {
    fn default() -> Exact {
        Exact(Amount::ZERO)
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Exact, D::Error> {
        struct Read;
        impl Visitor<'_> for Read {
            type Value = Exact;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a plain decimal")
            }
            fn visit_i64<E: Error>(self, value: i64) -> Result<Exact, E> {
                Ok(Exact(Amount::Integer(value)))
            }
            fn visit_u64<E: Error>(self, value: u64) -> Result<Exact, E> {
                self.visit_str(&value.to_string())
            }
            // A float is what its shortest decimal says, which is what the author typed.
            fn visit_f64<E: Error>(self, value: f64) -> Result<Exact, E> {
                self.visit_str(&value.to_string())
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Exact, E> {
                Amount::parse(text).map(Exact).ok_or_else(|| E::custom(format!("`{text}` is not a plain decimal")))
            }
        }
        deserializer.deserialize_any(Read)
    }
}

/// An exception that the author accepts: this residual under this key, for this reason.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The key: `KZ,2008`.
    pub key: String,
    /// The measure, where a check covers several.
    #[serde(default)]
    pub measure: Option<String>,
    /// Found less expected.
    pub residual: Exact,
    /// Why it is accepted.
    pub reason: String,
}

/// Which territories a check is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Each territory that has a row.
    #[default]
    All,
    /// The country, summed from its regions where it has no row of its own.
    Nation,
    /// The regions.
    Regions,
}

impl Scope {
    /// Returns the name as the catalogue spells it.
    pub fn name(self) -> &'static str {
        match self {
            Scope::All => "all",
            Scope::Nation => "nation",
            Scope::Regions => "regions",
        }
    }
}

/// One declared check. Residuals are found less expected.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(tag = "check", rename_all = "snake_case", deny_unknown_fields)]
pub enum CheckEntry {
    /// Parts add up to the whole, row by row.
    Parts {
        /// The whole.
        whole: String,
        /// Its parts.
        parts: Vec<String>,
        /// Accepted exceptions.
        #[serde(default)]
        accept: Vec<Exception>,
    },
    /// Regions add up to the country, period by period.
    Regions {
        /// The measures.
        measures: Vec<String>,
        /// First year.
        #[serde(default)]
        from: Option<i32>,
        /// Last year.
        #[serde(default)]
        until: Option<i32>,
        /// Why it holds by construction, where it does.
        #[serde(default)]
        by_construction: Option<String>,
        /// Accepted exceptions.
        #[serde(default)]
        accept: Vec<Exception>,
    },
    /// Months add up to the year that another table gives.
    Months {
        /// The monthly measure.
        measure: String,
        /// The table of years.
        year_table: String,
        /// Its measure.
        year_measure: String,
        /// Its vintage; what the editions prefer where left out.
        #[serde(default)]
        year_vintage: Option<String>,
        /// Accepted exceptions.
        #[serde(default)]
        accept: Vec<Exception>,
    },
    /// P(t+1) − P(t) − (births − deaths) − net migration = 0.
    Balance {
        /// The country or the regions.
        scope: Scope,
        /// `table.measure` of the population on 1 January.
        population: String,
        /// `table.measure` of births.
        births: String,
        /// `table.measure` of deaths.
        deaths: String,
        /// `table.measure` of net migration.
        migration: String,
        /// The vintage of all four; what the editions prefer where left out.
        #[serde(default)]
        vintage: Option<String>,
        /// First year.
        #[serde(default)]
        from: Option<i32>,
        /// Accepted exceptions.
        #[serde(default)]
        accept: Vec<Exception>,
    },
    /// Arrivals from within the country equal departures within it.
    EqualFlows {
        /// Arrivals.
        arrivals: String,
        /// Departures.
        departures: String,
        /// Accepted exceptions.
        #[serde(default)]
        accept: Vec<Exception>,
    },
    /// The same quantity stands in two places.
    Same {
        /// The measure of this table.
        measure: String,
        /// Its vintage, where it has several.
        #[serde(default)]
        vintage: Option<String>,
        /// Categories to pick.
        #[serde(default, rename = "where")]
        filter: BTreeMap<String, String>,
        /// Dimensions to add up.
        #[serde(default)]
        sum_over: Vec<String>,
        /// Which territories.
        #[serde(default)]
        scope: Scope,
        /// First year.
        #[serde(default)]
        from: Option<i32>,
        /// `table.measure` of the other place.
        #[serde(rename = "as")]
        other: String,
        /// The other place's vintage; what the editions prefer where left out.
        #[serde(default)]
        as_vintage: Option<String>,
        /// This table's key → the other's, where they are keyed otherwise.
        #[serde(default)]
        cells: BTreeMap<String, String>,
        /// By how much they may differ, where one of them is rounded.
        #[serde(default)]
        tolerance: Exact,
        /// Accepted exceptions.
        #[serde(default)]
        accept: Vec<Exception>,
    },
    /// In- less outflow of an origin–destination matrix equals the net of published flows.
    NetOfMatrix {
        /// The matrix.
        matrix: String,
        /// `table.arrivals - table.departures`.
        net: String,
        /// Accepted exceptions.
        #[serde(default)]
        accept: Vec<Exception>,
    },
    /// Each value lies between two ends, or its ratio to another measure does.
    Range {
        /// The measure.
        measure: String,
        /// The measure of which it is a part: then the ends are of their ratio.
        #[serde(default)]
        of: Option<String>,
        /// The least that is believed.
        #[serde(default)]
        min: Option<Exact>,
        /// The most that is believed.
        #[serde(default)]
        max: Option<Exact>,
        /// The territories meant, by code or by the name of a group; all where empty.
        #[serde(default)]
        territories: Vec<String>,
        /// Categories to pick.
        #[serde(default, rename = "where")]
        filter: BTreeMap<String, String>,
        /// Accepted exceptions.
        #[serde(default)]
        accept: Vec<Exception>,
    },
    /// The members of a category add up to the one that is declared their total.
    Total {
        /// The dimension that declares it.
        dimension: String,
        /// The measures.
        measures: Vec<String>,
        /// By how much they may differ, where the numbers are rounded.
        #[serde(default)]
        tolerance: Exact,
        /// Accepted exceptions.
        #[serde(default)]
        accept: Vec<Exception>,
    },
    /// No value leaps out of the history of its own series.
    Jump {
        /// The measures.
        measures: Vec<String>,
        /// The least that is called a jump: a factor (1.3), or for measures with a sign an amount.
        least: Exact,
        /// How many usual changes a jump is.
        #[serde(default = "usual_spread")]
        spread: u32,
        /// Accepted exceptions.
        #[serde(default)]
        accept: Vec<Exception>,
    },
    /// No period is missing within a series, no territory that existed lacks its row, and none has one that did not.
    Complete {
        /// The measures.
        measures: Vec<String>,
        /// The first year that must be there.
        #[serde(default)]
        from: Option<i32>,
        /// The last.
        #[serde(default)]
        until: Option<i32>,
        /// Of which territories.
        #[serde(default)]
        scope: Scope,
        /// Accepted exceptions; a key may be the beginning of several.
        #[serde(default)]
        accept: Vec<Exception>,
    },
}

fn usual_spread() -> u32 {
    6
}

/// The checks as the reference shows them: the name with what it takes, and what must hold.
pub const CHECKS: [(&str, &str, &str); 11] = [
    ("parts", "whole, parts", "the parts add up to the whole, row by row"),
    (
        "regions",
        "measures, from, until, by_construction",
        "the territories of a whole add up to it, period by period; whose part each is, `data/territories.yaml` says",
    ),
    ("months", "measure, year_table, year_measure, year_vintage", "twelve months add up to the year of another table"),
    (
        "balance",
        "scope, population, births, deaths, migration, vintage, from",
        "P(t+1) − P(t) − (births − deaths) − net migration is zero",
    ),
    ("equal_flows", "arrivals, departures", "arrivals from within the country equal departures within it"),
    (
        "same",
        "measure, vintage, where, sum_over, scope, from, as, as_vintage, cells, tolerance",
        "one quantity is the same in two places",
    ),
    ("net_of_matrix", "matrix, net", "in- less outflow of a matrix equals the net of published flows"),
    (
        "range",
        "measure, of, min, max, territories, where",
        "each value lies between the ends; with `of`, its ratio to that measure does (the residual is then in units of the measure)",
    ),
    (
        "total",
        "dimension, measures, tolerance",
        "the members of a category add up to the one that the dimension declares as `total`; made of itself for counts where it is not declared",
    ),
    (
        "jump",
        "measures, least, spread",
        "no change is more than `spread` usual changes of its own series and more than `least` (a factor; an amount for measures with a sign); a short series of factors is held against the others of its period; where borders changed, nothing is compared (the residual is the change)",
    ),
    (
        "complete",
        "measures, from, until, scope",
        "no gap in a series, no row missing of a territory that existed, none of one that did not (residual −1 and 1)",
    ),
];

impl CheckEntry {
    /// Returns the name of the check as the catalogue spells it.
    pub fn name(&self) -> &'static str {
        match self {
            CheckEntry::Parts { .. } => "parts",
            CheckEntry::Regions { .. } => "regions",
            CheckEntry::Months { .. } => "months",
            CheckEntry::Balance { .. } => "balance",
            CheckEntry::EqualFlows { .. } => "equal_flows",
            CheckEntry::Same { .. } => "same",
            CheckEntry::NetOfMatrix { .. } => "net_of_matrix",
            CheckEntry::Range { .. } => "range",
            CheckEntry::Total { .. } => "total",
            CheckEntry::Jump { .. } => "jump",
            CheckEntry::Complete { .. } => "complete",
        }
    }

    /// Says what is compared, in the catalogue's names.
    pub fn detail(&self) -> String {
        match self {
            CheckEntry::Parts { whole, parts, .. } => format!("{} = {whole}", parts.join(" + ")),
            CheckEntry::Regions { measures, .. } => measures.join(", "),
            CheckEntry::Months { measure, year_table, year_measure, .. } => {
                format!("{measure} = {year_table}.{year_measure}")
            }
            CheckEntry::Balance { population, scope, .. } => format!("{population}, {}", scope.name()),
            CheckEntry::EqualFlows { arrivals, departures, .. } => format!("{arrivals} = {departures}"),
            CheckEntry::Same { measure, filter, other, .. } => {
                let filter: Vec<&str> = filter.values().map(String::as_str).collect();
                let measure = std::iter::once(measure.as_str()).chain(filter).collect::<Vec<_>>().join(" ");
                format!("{measure} = {other}")
            }
            CheckEntry::NetOfMatrix { matrix, net, .. } => format!("{matrix} = {net}"),
            CheckEntry::Range { measure, of, min, max, filter, .. } => {
                let of = of.as_ref().map_or(String::new(), |of| format!(" / {of}"));
                let low = min.as_ref().map_or(String::new(), |min| format!("{} ≤ ", min.0));
                let high = max.as_ref().map_or(String::new(), |max| format!(" ≤ {}", max.0));
                let filter: String = filter.values().map(|member| format!(" {member}")).collect();
                format!("{low}{measure}{filter}{of}{high}")
            }
            CheckEntry::Total { dimension, measures, .. } => format!("{dimension}: {}", measures.join(", ")),
            CheckEntry::Jump { measures, .. } | CheckEntry::Complete { measures, .. } => measures.join(", "),
        }
    }

    /// Lists the measures that it reads beside a table, as table and measure.
    pub fn reads<'a>(&'a self, table: &'a str) -> Vec<(&'a str, &'a str)> {
        let own = |measure: &'a String| (table, measure.as_str());
        let split = |name: &'a String| name.trim().split_once('.').unwrap_or((name, ""));
        match self {
            CheckEntry::Parts { whole, parts, .. } => std::iter::once(whole).chain(parts).map(own).collect(),
            CheckEntry::Regions { measures, .. }
            | CheckEntry::Total { measures, .. }
            | CheckEntry::Jump { measures, .. }
            | CheckEntry::Complete { measures, .. } => measures.iter().map(own).collect(),
            CheckEntry::Months { measure, year_table, year_measure, .. } => {
                vec![own(measure), (year_table, year_measure)]
            }
            CheckEntry::Balance { population, births, deaths, migration, .. } => {
                [population, births, deaths, migration].map(split).into()
            }
            CheckEntry::EqualFlows { arrivals, departures, .. } => vec![own(arrivals), own(departures)],
            CheckEntry::Same { measure, other, .. } => vec![own(measure), split(other)],
            CheckEntry::NetOfMatrix { matrix, net, .. } => {
                let flows = net.split(" - ").map(|name| name.trim().split_once('.').unwrap_or((name, "")));
                std::iter::once(own(matrix)).chain(flows).collect()
            }
            CheckEntry::Range { measure, of, .. } => std::iter::once(measure).chain(of).map(own).collect(),
        }
    }

    /// Returns true for a check of sums and equalities, false for one that only tells what is plausible.
    pub fn closes(&self) -> bool {
        !matches!(self, CheckEntry::Range { .. } | CheckEntry::Jump { .. } | CheckEntry::Complete { .. })
    }

    /// Returns the accepted exceptions.
    pub fn accepted(&self) -> &[Exception] {
        match self {
            CheckEntry::Parts { accept, .. }
            | CheckEntry::Regions { accept, .. }
            | CheckEntry::Months { accept, .. }
            | CheckEntry::Balance { accept, .. }
            | CheckEntry::EqualFlows { accept, .. }
            | CheckEntry::Same { accept, .. }
            | CheckEntry::NetOfMatrix { accept, .. }
            | CheckEntry::Range { accept, .. }
            | CheckEntry::Total { accept, .. }
            | CheckEntry::Jump { accept, .. }
            | CheckEntry::Complete { accept, .. } => accept,
        }
    }
}
