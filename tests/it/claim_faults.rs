//! Claim faults: false statements planted among claims, each with how it is caught, or why nothing can tell it; and what
//! the two articles print, printed otherwise.
//!
//! They stand in `tests/material/claims/planted.yaml`; what of a claim and its phrase is altered once, in `altered.yaml`.

use std::collections::BTreeMap;

use esep::analysis::Edition;
use esep::build;
use esep::claim::{self, Claim, Judged, Stake, Verdict};
use esep::claim::{Paper, Says, Verified};
use esep::diagnostic::{Diagnostics, Severity};
use serde::Deserialize;

use crate::study::material;
use crate::support::study;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Campaign {
    paper: String,
    planted: Vec<Fault>,
    altered: Vec<(String, String, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fault {
    name: String,
    claim: String,
    /// A verdict, the code of an error, or `unfalsifiable`.
    #[serde(default)]
    how: Option<String>,
    #[serde(default)]
    out_of_reach: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Altered {
    altered: Vec<Alteration>,
}

/// One part of one claim, written otherwise.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Alteration {
    paper: String,
    id: String,
    key: String,
    from: String,
    to: String,
    #[serde(default)]
    out_of_reach: Option<String>,
}

impl Alteration {
    fn name(&self) -> String {
        format!("{} {}: `{}` for `{}`", self.id, self.key, self.to, self.from)
    }

    /// Alters the claim.
    fn of(&self, claim: &Claim) -> Claim {
        let mut claim = claim.clone();
        let other = |text: &str| {
            assert!(text.contains(&self.from), "{} in `{text}`", self.name());
            text.replacen(&self.from, &self.to, 1)
        };
        let optional = |text: &Option<String>| Some(other(text.as_deref().unwrap_or_default()));
        match self.key.as_str() {
            "phrase" => claim.phrase = optional(&claim.phrase),
            "printed" => claim.printed = other(&claim.printed),
            "unit" => claim.unit = other(&claim.unit),
            "period" => claim.period = optional(&claim.period),
            "population" => claim.population = optional(&claim.population),
            "expr" => claim.expr = optional(&claim.expr),
            "says" => claim.says = Says::Exact,
            other => panic!("nothing alters `{other}`"),
        }
        claim
    }
}

/// Judges and checks a paper of which one claim is another; says whether anything is named.
fn is_named(verified: &Verified, claim: Claim) -> bool {
    let mut paper: Paper = verified.paper.clone();
    let at = paper.claims.iter().position(|one| one.id == claim.id).expect("a claim");
    paper.claims[at] = claim;
    let bench = claim::bench::lay(&paper, &verified.bench);
    let judged = claim::judge(&paper, &paper.claims[at], &bench);
    let problem = judged.verdict.is_problem() && judged.accepted().is_none();
    let mut diagnostics = Diagnostics::default();
    claim::check(&paper, &bench, &[judged], &mut diagnostics);
    problem || diagnostics.sorted().iter().any(|one| one.severity == Severity::Error)
}

/// Says how a claim is caught; `None` where it passes as true.
fn caught(judged: &Judged, errors: &BTreeMap<String, String>) -> Option<String> {
    let verdict = || match judged.verdict {
        Verdict::Contradicted | Verdict::Inconsistent => Some(judged.verdict.name().to_owned()),
        Verdict::Confirmed | Verdict::Rounding | Verdict::Unresolved => None,
    };
    let weak = matches!(judged.stake, Stake::Endless | Stake::Far).then(|| judged.stake.name().map(str::to_owned));
    errors.get(&judged.claim.id).cloned().or_else(verdict).or(weak.flatten())
}

#[test]
fn claims_that_are_false_are_caught_or_named_as_out_of_reach() {
    let text = std::fs::read_to_string(material().join("claims/planted.yaml")).expect("the campaign");
    let campaign: Campaign = serde_yaml::from_str(&text).expect("the campaign");
    let mut files = study();
    let claims = campaign.planted.iter().enumerate().map(|(at, fault)| {
        let id = format!("p{at:02}");
        format!("  - {{where: x, id: {id}, {}}}\n", fault.claim.replace("ID", &id))
    });
    files.insert("data/claims/planted.yaml", campaign.paper.clone() + &claims.collect::<String>());
    let mut diagnostics = Diagnostics::default();
    let material = build::material(&files, &mut diagnostics).expect("the study is sound");
    let names: Vec<String> = material.study.editions.keys().cloned().collect();
    let edition =
        |name: &String| build::edition(&material, Some(name), &mut Diagnostics::default()).expect("it computes");
    let editions: Vec<Edition> = names.iter().map(edition).collect();
    let all: Vec<&Edition> = editions.iter().collect();
    let verified = claim::verify(&material.papers, &all, &mut diagnostics).expect("the editions are there");
    let of = |paper: &str| verified.iter().find(|one| one.paper.id == paper).expect("a paper");

    let mut errors: BTreeMap<String, String> = BTreeMap::new();
    for one in diagnostics.sorted().into_iter().filter(|one| one.severity == Severity::Error) {
        errors.entry(one.place.within.clone().unwrap_or_default()).or_insert(one.code.to_string());
    }
    let (mut wrong, mut unseen) = (Vec::new(), 0);
    for (at, fault) in campaign.planted.iter().enumerate() {
        let judged = of("planted").judged.iter().find(|one| one.claim.id == format!("p{at:02}")).expect("a claim");
        let how = caught(judged, &errors);
        assert!(fault.how.is_some() != fault.out_of_reach.is_some(), "{}", fault.name);
        unseen += usize::from(how.is_none());
        if how != fault.how {
            wrong.push(format!("{}: {how:?} for {:?}, {}", fault.name, fault.how, judged.verdict.name()));
        }
    }
    for (paper, id, printed) in &campaign.altered {
        let verified = of(paper);
        let own = verified.judged.iter().find(|one| one.claim.id == *id).expect("a claim");
        assert!(!errors.contains_key(id), "{id}: {}", errors[id]);
        assert_eq!(own.verdict, Verdict::Confirmed, "{id} is altered and must have held");
        let other = Claim { printed: printed.clone(), ..own.claim.clone() };
        let judged = claim::judge(verified.paper, &other, &verified.bench);
        if judged.unheld.is_none() && !judged.verdict.is_problem() {
            wrong.push(format!("{id} with `{printed}`: {}", judged.verdict.name()));
        }
    }
    let text = std::fs::read_to_string(crate::study::material().join("claims/altered.yaml")).expect("the alterations");
    let Altered { altered } = serde_yaml::from_str(&text).expect("the alterations");
    for one in &altered {
        let verified = of(&one.paper);
        let own = verified.judged.iter().find(|judged| judged.claim.id == one.id).expect("a claim");
        if is_named(verified, one.of(own.claim)) == one.out_of_reach.is_some() {
            wrong.push(format!("{}: {:?}", one.name(), one.out_of_reach));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let beyond = altered.iter().filter(|one| one.out_of_reach.is_some()).count();
    assert_eq!((altered.len(), beyond), (175, 27));
    for ring in ["ring_a", "ring_b"] {
        assert_eq!(errors.get(ring).map(String::as_str), Some("claim/cannot-fail"));
    }
    assert_eq!((campaign.planted.len(), unseen, campaign.altered.len()), (112, 3, 37));
}
