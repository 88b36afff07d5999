//! Location quotient: the share of a unit in one total against its share in another.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::exact::{non_negative, total};
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub const METHOD: Method = Method {
    name: "location_quotient",
    group: Group::Comparative,
    title: Bilingual {
        ru: "Коэффициент локализации", kk: "Локализация коэффициенті"
    },
    along: Along::Units,
    roles: &[
        Role::required(
            "value",
            Takes::NonNegative,
            "изучаемое явление по территориям (прибывшие, выбывшие)",
            "аумақтар бойынша зерттелетін құбылыс (келгендер, кеткендер)",
        ),
        Role::required(
            "reference",
            Takes::NonNegative,
            "база сравнения по тем же территориям (население)",
            "сол аумақтар бойынша салыстыру базасы (халық)",
        ),
    ],
    params: &[],
    outputs: &[Output::row(
        "location_quotient",
        "коэффициент локализации",
        "локализация коэффициенті",
        "LQ(i) = (x(i) / Σx) / (p(i) / Σp)",
    )
    .unit(Unit::Times)
    .flow()],
    convention: Bilingual {
        ru: "Единица означает, что доля территории в явлении равна её доле в базе сравнения. К отрицательным значениям (сальдо) не применяется: берут число прибывших, число выбывших или величину убыли. При нулевой базе территории или нулевом итоге значения нет.",
        kk: "Бір саны аумақтың құбылыстағы үлесі оның салыстыру базасындағы үлесіне тең екенін білдіреді. Теріс мәндерге (сальдоға) қолданылмайды: келгендер саны, кеткендер саны немесе кему шамасы алынады. Аумақтың базасы немесе қорытынды нөлге тең болса, мән есептелмейді.",
    },
    literature: "Isard W. (1960) Methods of Regional Analysis; Farhauer O., Kröll A. (2014) Standorttheorien",
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let (values, references) = (frame.complete("value")?, frame.complete("reference")?);
    non_negative(&[&values, &references])?;
    let (whole, whole_reference) = (total(values.iter().copied()), total(references.iter().copied()));
    let quotient = |value: &Amount, reference: &Amount| {
        if whole.is_zero() || whole_reference.is_zero() {
            return Err(Reason::ZeroTotal);
        }
        value.times(&whole_reference).divided_by(&whole.times(reference)).ok_or(Reason::ZeroBase)
    };
    let rows = values.iter().zip(&references).enumerate();
    Ok(rows
        .map(|(row, (value, reference))| Outcome::row("location_quotient", row, quotient(value, reference)))
        .collect())
}
