//! Survival ratio: net migration between two censuses as the residual of the survivors of each cohort.

use crate::analysis::frame::{Basis, Frame, Outcome};
use crate::analysis::method::{Along, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::per;
use crate::finding::{Amount, Reason};

/// The method.
pub(super) const METHOD: Method = Method {
    name: "survival_ratio",
    group: Group::Demography,
    along: Along::Rows,
    roles: &[
        Role::required("population_end", Takes::NonNegative),
        Role::required("population_start", Takes::NonNegative),
        Role::required("survival", Takes::Positive),
    ],
    params: &[],
    outputs: &[
        Output::row("net_forward", "P(1) − S · P(0)").difference_of("population_end"),
        Output::row("net_reverse", "P(1) / S − P(0)").difference_of("population_end"),
        Output::row("net_average", "(net(f) + net(r)) / 2").difference_of("population_end"),
        Output::whole("net_forward_total", "Σ net(f)").difference_of("population_end"),
        Output::whole("net_reverse_total", "Σ net(r)").difference_of("population_end"),
        Output::whole("net_average_total", "Σ (net(f) + net(r)) / 2").difference_of("population_end"),
    ],
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let ways: [(_, _, Way); 3] = [
        ("net_forward", "net_forward_total", Cohort::forward),
        ("net_reverse", "net_reverse_total", Cohort::reverse),
        ("net_average", "net_average_total", Cohort::average),
    ];
    let mut found = Vec::new();
    for (name, total, net) in ways {
        let nets: Vec<Result<Amount, Reason>> =
            (0..frame.rows).map(|row| Cohort::at(frame, row).and_then(|cohort| net(&cohort))).collect();
        let alive: Vec<_> =
            nets.iter().enumerate().filter(|(row, _)| was_alive(frame, *row)).map(|(_, net)| net).collect();
        let sum = alive.iter().try_fold(Amount::ZERO, |sum, net| match net {
            Ok(net) => Ok(sum.plus(net)),
            Err(reason) => Err(*reason),
        });
        let sum = if alive.is_empty() { Err(Reason::TooFew) } else { sum };
        found.push(Outcome::whole(total, sum).on(Basis::All));
        found.extend(nets.into_iter().enumerate().map(|(row, net)| Outcome::each(name, row, net)));
    }
    Ok(found)
}

fn was_alive(frame: &Frame, row: usize) -> bool {
    let at_start = frame.at("population_start", row);
    !matches!(at_start, Err(Reason::Missing | Reason::NoPhenomenon | Reason::NotApplicable))
}

type Way = fn(&Cohort) -> Result<Amount, Reason>;

struct Cohort {
    start: Amount,
    end: Amount,
    survival: Amount,
}

impl Cohort {
    fn at(frame: &Frame, row: usize) -> Result<Cohort, Reason> {
        let cohort = Cohort {
            start: frame.unsigned("population_start", row)?.clone(),
            end: frame.unsigned("population_end", row)?.clone(),
            survival: frame.at("survival", row)?.clone(),
        };
        if cohort.survival.signum() > 0 { Ok(cohort) } else { Err(Reason::Undefined) }
    }

    fn forward(&self) -> Result<Amount, Reason> {
        Ok(self.end.minus(&self.survival.times(&self.start)))
    }

    fn reverse(&self) -> Result<Amount, Reason> {
        Ok(per(1, &self.end, &self.survival, Reason::Undefined)?.minus(&self.start))
    }

    fn average(&self) -> Result<Amount, Reason> {
        per(1, &self.forward()?.plus(&self.reverse()?), &Amount::Integer(2), Reason::Undefined)
    }
}
