//! Class breaks: classes of equal number and classes of equal width.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::order;
use crate::finding::{Amount, Part, Reason, Unit};

/// The method.
pub const METHOD: Method = Method {
    name: "class_breaks",
    group: Group::Comparative,
    title: Bilingual {
        ru: "Классы: квантильные и равноинтервальные", kk: "Кластар: квантильдік және тең аралықты"
    },
    along: Along::Units,
    roles: &[Role::required("value", Takes::Signed, "значения по территориям", "аумақтар бойынша мәндер")],
    params: &[Param::new("classes", ParamKind::Count(2, 9), "5", "число классов", "кластар саны")],
    outputs: &[
        Output::row("quantile_class", "квантильный класс", "квантильдік класс", "Q(k − 1) < x ≤ Q(k)")
            .unit(Unit::Count)
            .level(),
        Output::member(
            "quantile_class_upper",
            "верхняя граница квантильного класса",
            "квантильдік кластың жоғарғы шекарасы",
            "Q(k) = x(h), h = 1 + (n − 1)·k/K",
        )
        .unit_of("value"),
        Output::member(
            "quantile_class_count",
            "число единиц в квантильном классе",
            "квантильдік кластағы бірліктер саны",
            "n(k)",
        )
        .unit(Unit::Count)
        .flow(),
        Output::row("equal_interval_class", "равноинтервальный класс", "тең аралықты класс", "B(k − 1) < x ≤ B(k)")
            .unit(Unit::Count)
            .level(),
        Output::member(
            "equal_interval_upper",
            "верхняя граница равноинтервального класса",
            "тең аралықты кластың жоғарғы шекарасы",
            "B(k) = min + k·(max − min)/K",
        )
        .unit_of("value"),
        Output::member(
            "equal_interval_count",
            "число единиц в равноинтервальном классе",
            "тең аралықты кластағы бірліктер саны",
            "n(k)",
        )
        .unit(Unit::Count)
        .flow(),
    ],
    convention: Bilingual {
        ru: "Верхняя граница входит в класс, нижняя – нет; классы считаются от наименьших значений, и наименьшее всегда в первом. Квантили находятся линейной интерполяцией (тип 7); при повторяющихся значениях границы могут совпасть, тогда верхний из таких классов пуст. Если все значения равны, равные интервалы не определены.",
        kk: "Жоғарғы шекара класқа кіреді, төменгісі кірмейді; кластар ең кіші мәндерден бастап саналады, ең кіші мән әрқашан бірінші класта. Квантильдер сызықтық интерполяциямен табылады (7-тип); мәндер қайталанса, шекаралар беттесуі мүмкін, онда осындай кластардың жоғарғысы бос болады. Барлық мән тең болса, тең аралықтар анықталмаған.",
    },
    literature: "Slocum T. A., McMaster R. B., Kessler F. C., Howard H. H. (2009) Thematic cartography and geovisualization",
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let values = frame.complete("value")?;
    let mut sorted: Vec<Amount> = values.iter().copied().cloned().collect();
    sorted.sort();
    let (Some(low), Some(high)) = (sorted.first(), sorted.last()) else { return Err(Reason::TooFew) };
    let classes = frame.count("classes");
    let share = |class: i64| Amount::ratio(class, classes).unwrap_or(Amount::ZERO);
    let quantile = |class| order::quantile(&sorted, &share(class)).ok_or(Reason::TooFew);
    let equal = |class| match high.minus(low) {
        range if range.is_zero() => Err(Reason::ZeroVariance),
        range => Ok(low.plus(&range.times(&share(class)))),
    };
    let mut found = Vec::new();
    let quantiles = ["quantile_class", "quantile_class_upper", "quantile_class_count"];
    let intervals = ["equal_interval_class", "equal_interval_upper", "equal_interval_count"];
    classify(&mut found, quantiles, &values, (1..=classes).map(quantile).collect());
    classify(&mut found, intervals, &values, (1..=classes).map(equal).collect());
    Ok(found)
}

fn classify(
    found: &mut Vec<Outcome>,
    names: [&'static str; 3],
    values: &[&Amount],
    uppers: Vec<Result<Amount, Reason>>,
) {
    let [class, upper, count] = names;
    let of = |value: &Amount| {
        let mut below = 0;
        for upper in &uppers {
            below += usize::from(upper.as_ref().map_err(|reason| *reason)? < value);
        }
        Ok(below as i64 + 1)
    };
    let classes: Vec<Result<i64, Reason>> = values.iter().map(|value| of(value)).collect();
    for (row, number) in classes.iter().enumerate() {
        found.push(Outcome::row(class, row, number.map(Amount::Integer)));
    }
    for (number, bound) in (1..).zip(&uppers) {
        let part = || Part::Category(number.to_string().into());
        let units = classes.iter().filter(|class| **class == Ok(number)).count() as i64;
        found.push(Outcome::member(upper, part(), bound.clone()));
        found.push(Outcome::member(
            count,
            part(),
            bound.as_ref().map(|_| Amount::Integer(units)).map_err(|reason| *reason),
        ));
    }
}
