//! Observed: what a publisher says of an observation, after the code list CL_OBS_STATUS of SDMX.

use super::Reason;

/// What is said of one observation. A figure of which nothing is said, or that it is final, has none of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Observed {
    /// Not final: operative, preliminary.
    Provisional,
    /// Worked out by the publisher from less than was to be counted.
    Estimated,
    /// Not as it was published first. SDMX has no code for it; agencies write `r`.
    Revised,
    /// The series before it was made otherwise.
    Break,
    /// Defined otherwise than its neighbours.
    Definition,
    /// Put in for an answer that was not given.
    Imputed,
    /// Of a time to come.
    Forecast,
    /// Of low reliability.
    Unreliable,
}

impl Observed {
    /// All, in the order in which tables mark them.
    pub const ALL: [Observed; 8] = [
        Observed::Provisional,
        Observed::Estimated,
        Observed::Revised,
        Observed::Break,
        Observed::Definition,
        Observed::Imputed,
        Observed::Forecast,
        Observed::Unreliable,
    ];

    /// Returns the stable name used in the catalogue and the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Observed::Provisional => "provisional",
            Observed::Estimated => "estimated",
            Observed::Revised => "revised",
            Observed::Break => "break",
            Observed::Definition => "definition",
            Observed::Imputed => "imputed",
            Observed::Forecast => "forecast",
            Observed::Unreliable => "unreliable",
        }
    }

    /// Returns the code of SDMX; `R` is that of agencies.
    pub fn code(self) -> &'static str {
        match self {
            Observed::Provisional => "P",
            Observed::Estimated => "E",
            Observed::Revised => "R",
            Observed::Break => "B",
            Observed::Definition => "D",
            Observed::Imputed => "I",
            Observed::Forecast => "F",
            Observed::Unreliable => "U",
        }
    }

    /// Returns the word for a table of which it is said of most figures.
    pub fn most(self) -> &'static str {
        match self {
            Observed::Provisional => "observed-most-provisional",
            Observed::Estimated => "observed-most-estimated",
            Observed::Revised => "observed-most-revised",
            Observed::Break => "observed-most-break",
            Observed::Definition => "observed-most-definition",
            Observed::Imputed => "observed-most-imputed",
            Observed::Forecast => "observed-most-forecast",
            Observed::Unreliable => "observed-most-unreliable",
        }
    }

    /// Returns the word for a figure of which it is not said, where it is said of most.
    pub fn turned(self) -> &'static str {
        match self {
            Observed::Provisional => "observed-not-provisional",
            Observed::Estimated => "observed-not-estimated",
            Observed::Revised => "observed-not-revised",
            Observed::Break => "observed-not-break",
            Observed::Definition => "observed-not-definition",
            Observed::Imputed => "observed-not-imputed",
            Observed::Forecast => "observed-not-forecast",
            Observed::Unreliable => "observed-not-unreliable",
        }
    }

    /// Returns the word under which tables and pages say it.
    pub fn word(self) -> &'static str {
        match self {
            Observed::Provisional => "observed-provisional",
            Observed::Estimated => "observed-estimated",
            Observed::Revised => "observed-revised",
            Observed::Break => "observed-break",
            Observed::Definition => "observed-definition",
            Observed::Imputed => "observed-imputed",
            Observed::Forecast => "observed-forecast",
            Observed::Unreliable => "observed-unreliable",
        }
    }
}

/// What is said of the observations behind a value: any of [`Observed`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Observations(u8);

impl Observations {
    /// Returns what is said here and there.
    pub fn and(self, other: Observations) -> Observations {
        Observations(self.0 | other.0)
    }

    /// Returns true where nothing is said, or that the figure is final.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns true where this is said.
    pub fn has(self, one: Observed) -> bool {
        self.0 & 1 << one as u8 != 0
    }

    /// Walks what is said, in the order of [`Observed::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Observed> {
        Observed::ALL.into_iter().filter(move |one| self.has(*one))
    }
}

impl From<Observed> for Observations {
    fn from(one: Observed) -> Observations {
        Observations(1 << one as u8)
    }
}

/// What a mark of status says: of a figure, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Of a figure.
    Figure(Observations),
    /// Why there is none.
    Nothing(Reason),
}

impl Said {
    /// Reads a status by its name, by the code of SDMX, or by the code of a reason.
    pub fn parse(text: &str) -> Option<Said> {
        let is = |one: &Observed| text == one.name() || text == one.code();
        if let Some(one) = Observed::ALL.into_iter().find(is) {
            return Some(Said::Figure(one.into()));
        }
        Some(match text {
            "final" | "normal" | "A" => Said::Figure(Observations::default()),
            // How agencies here call what is not final.
            "operative" => Said::Figure(Observed::Provisional.into()),
            // Missing: not to be had, lost to a strike or a holiday, not collected; cannot exist; withheld.
            "O" | "H" | "S" | "L" => Said::Nothing(Reason::Missing),
            "M" => Said::Nothing(Reason::NotApplicable),
            "Q" => Said::Nothing(Reason::Suppressed),
            code => Said::Nothing(Reason::ALL.into_iter().find(|reason| reason.code() == code)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_read_by_name_and_code() {
        for one in Observed::ALL {
            assert_eq!(Said::parse(one.name()), Some(Said::Figure(one.into())));
            assert_eq!(Said::parse(one.code()), Some(Said::Figure(one.into())));
            assert!(Observations::from(one).has(one));
        }
        let both = Observations::from(Observed::Revised).and(Observed::Provisional.into());
        assert_eq!(both.iter().map(Observed::code).collect::<String>(), "PR");
        assert_eq!(Said::parse("A"), Some(Said::Figure(Observations::default())));
        assert_eq!(Said::parse("operative"), Said::parse("P"));
        assert_eq!(Said::parse("Q"), Some(Said::Nothing(Reason::Suppressed)));
        assert_eq!(Said::parse("suppressed"), Some(Said::Nothing(Reason::Suppressed)));
        assert_eq!(Said::parse("published"), None);
    }
}
