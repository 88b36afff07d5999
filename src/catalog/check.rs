//! Check: what the catalogue declares must hold, with its accepted exceptions.

use std::collections::BTreeMap;

use serde::Deserialize;

/// An exception that the author accepts: this residual under this key, for this reason.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The key: `KZ,2008`.
    pub key: String,
    /// The measure, where a check covers several.
    #[serde(default)]
    pub measure: Option<String>,
    /// Found less expected.
    pub residual: i64,
    /// Why it is accepted.
    pub reason: String,
}

/// Which territories a check is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
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
#[derive(Clone, Debug, Deserialize)]
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
        /// Its vintage.
        year_vintage: String,
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
        /// The vintage of all four.
        vintage: String,
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
        /// The other place's vintage.
        #[serde(default)]
        as_vintage: Option<String>,
        /// This table's key → the other's, where they are keyed otherwise.
        #[serde(default)]
        cells: BTreeMap<String, String>,
        /// By how much they may differ, where one of them is rounded.
        #[serde(default)]
        tolerance: i64,
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
}

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
        }
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
            | CheckEntry::NetOfMatrix { accept, .. } => accept,
        }
    }
}
