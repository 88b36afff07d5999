//! Buishand: statistics of a break in the level of a series, from its cumulative deviations.

use num_bigint::BigInt;
use num_rational::BigRational;

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Role, Takes};
use crate::finding::{Amount, Reason};

use super::cusum::Path;

/// The method.
pub const METHOD: Method = Method {
    name: "buishand",
    group: Group::Retrospective,
    title: Bilingual {
        ru: "Статистики однородности Буишанда", kk: "Буишандтың біртектілік статистикалары"
    },
    along: Along::Time,
    roles: &[Role::required("value", Takes::Signed, "уровни ряда", "қатардың деңгейлері")],
    params: &[],
    outputs: &[
        Output::whole("buishand_range", "размах Буишанда", "Буишанд құлашы", "R = (max S(k) − min S(k)) / (σ · √n)")
            .flow(),
        Output::whole("buishand_q", "статистика Q Буишанда", "Буишандтың Q статистикасы", "Q = max |S(k)| / (σ · √n)")
            .flow(),
        Output::whole(
            "buishand_u",
            "статистика U Буишанда",
            "Буишандтың U статистикасы",
            "U = Σ(k<n) (S(k) / σ)² / (n(n + 1))",
        )
        .flow(),
        Output::whole(
            "buishand_v",
            "отношение правдоподобия Буишанда",
            "Буишандтың шындыққа ұқсастық қатынасы",
            "V = max |S(k)| / (σ · √(k(n − k)))",
        )
        .flow(),
        Output::whole(
            "buishand_period",
            "последний период перед переломом",
            "үзіліс алдындағы соңғы кезең",
            "arg max |S(k)|",
        ),
    ],
    convention: Bilingual {
        ru: "Нужно не менее трёх наблюдений. S – накопленные отклонения от среднего, σ – стандартное отклонение генеральной совокупности (делитель n), как у автора; с выборочным отклонением R и Q умножаются на √((n − 1)/n). Назван последний период первого отрезка, при нескольких максимумах – первый из них; p-значения требуют имитационного моделирования и не приводятся.",
        kk: "Кемінде үш бақылау қажет. S – орташадан жинақталған ауытқулар, σ – автордағыдай бас жиынтықтың стандартты ауытқуы (бөлгіші n); іріктеменің стандартты ауытқуы алынса, R мен Q √((n − 1)/n) шамасына көбейтіледі. Бірінші кесіндінің соңғы кезеңі аталады, максимум бірнешеу болса – олардың біріншісі; p-мәндер имитациялық модельдеуді қажет етеді және берілмейді.",
    },
    literature: "Buishand T. A. (1982) Some methods for testing the homogeneity of rainfall records. Journal of Hydrology 58",
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.complete("value")?;
    if values.len() < 3 {
        return Err(Reason::TooFew);
    }
    let path = Path::of(&values);
    if path.squares == BigInt::ZERO {
        return Err(Reason::ZeroVariance);
    }
    let n = path.whole.count();
    // σ² is Σd²/n, so that with S and d brought to the same scale S²/σ² is n·S²/Σd².
    let root = |numerator: BigInt, denominator: BigInt| {
        path.whole.ratio(numerator, denominator).map(|square| square.to_f64().sqrt()).ok_or(Reason::ZeroVariance)
    };
    let (high, low) = path.extremes().ok_or(Reason::TooFew)?;
    let range = high - low;
    let (row, greatest) = path.greatest(|_, sum| sum * sum).ok_or(Reason::TooFew)?;
    let weighted = |row: usize, sum: &BigInt| {
        let k = BigInt::from(row + 1);
        BigRational::new(sum * sum, &k * (&n - &k))
    };
    let (_, likelihood) = path.greatest(weighted).ok_or(Reason::TooFew)?;
    let squares: BigInt = path.sums.iter().map(|sum| sum * sum).sum();
    let u: Option<Amount> = path.whole.ratio(squares, (&n + 1) * &path.squares);
    Ok(vec![
        Outcome::whole("buishand_range", root(&range * &range, path.squares.clone())),
        Outcome::whole("buishand_q", root(greatest, path.squares.clone())),
        Outcome::whole("buishand_u", u.ok_or(Reason::ZeroVariance)),
        Outcome::whole("buishand_v", root(&n * likelihood.numer(), &path.squares * likelihood.denom())),
        Outcome::whole("buishand_period", frame.part(row)),
    ])
}
