//! Raffinetti Gini: the normalised Gini coefficient for data of both signs.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::spread;
use crate::finding::{Amount, Reason};

/// The method.
pub const METHOD: Method = Method {
    name: "raffinetti_gini",
    group: Group::Comparative,
    title: Bilingual {
        ru: "Нормированный коэффициент Джини для данных разного знака",
        kk: "Таңбасы әртүрлі деректерге арналған нормаланған Джини коэффициенті",
    },
    along: Along::Units,
    roles: &[Role::required("value", Takes::Signed, "значения по территориям", "аумақтар бойынша мәндер")],
    params: &[],
    outputs: &[Output::whole(
        "raffinetti_gini",
        "нормированный коэффициент Джини",
        "нормаланған Джини коэффициенті",
        "G = ΣΣ |x(i) − x(j)| / (2(n − 1)·Σ|x|)",
    )
    .flow()],
    convention: Bilingual {
        ru: "Определён при любых знаках и лежит между нулём и единицей: вместо среднего в знаменателе стоит сумма модулей. Для неотрицательных данных совпадает с коэффициентом Джини с поправкой на число единиц; нужны хотя бы две единицы.",
        kk: "Кез келген таңбада анықталған және нөл мен бірдің арасында жатады: бөлімінде орташаның орнына модульдердің қосындысы тұрады. Теріс емес деректерде бірліктер санына түзетілген Джини коэффициентімен бірдей; кемінде екі бірлік керек.",
    },
    literature: "Raffinetti E., Siletti E., Vernizzi A. (2015) On the Gini coefficient normalization when attributes with negative values are considered. Statistical Methods & Applications",
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let mut values = frame.complete("value")?;
    let n = values.len() as i64;
    if n < 2 {
        return Err(Reason::TooFew);
    }
    values.sort();
    let spread = |(row, value): (usize, &&Amount)| value.times(&Amount::Integer(2 * row as i64 + 1 - n));
    let spreads: Vec<Amount> = values.iter().enumerate().map(spread).collect();
    let sizes: Vec<Amount> = values.iter().map(|value| value.magnitude()).collect();
    let most = spread::total(&sizes).times(&Amount::Integer(n - 1));
    let gini = spread::total(&spreads).divided_by(&most).ok_or(Reason::ZeroTotal)?;
    Ok(vec![Outcome::whole("raffinetti_gini", gini)])
}
