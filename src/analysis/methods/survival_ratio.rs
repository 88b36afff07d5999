//! Survival ratio: net migration between two censuses as the residual of the survivors of each cohort.

use crate::analysis::frame::{Basis, Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::per;
use crate::finding::{Amount, Reason};

/// The method.
pub const METHOD: Method = Method {
    name: "survival_ratio",
    group: Group::Demography,
    title: Bilingual {
        ru: "Оценка сальдо миграции по коэффициентам дожития (передвижка возрастов)",
        kk: "Көші-қон сальдосын тірі қалу коэффициенттері бойынша бағалау (жас топтарын жылжыту)",
    },
    along: Along::Rows,
    roles: &[
        Role::required(
            "population_end",
            Takes::NonNegative,
            "численность когорты по последней переписи",
            "когортаның соңғы санақ бойынша саны",
        ),
        Role::required(
            "population_start",
            Takes::NonNegative,
            "численность той же когорты по предыдущей переписи",
            "сол когортаның алдыңғы санақ бойынша саны",
        ),
        Role::required("survival", Takes::Positive, "коэффициент дожития когорты", "когортаның тірі қалу коэффициенті"),
    ],
    params: &[],
    outputs: &[
        Output::row(
            "net_forward",
            "сальдо миграции, оценённое прямым способом",
            "тікелей тәсілмен бағаланған көші-қон сальдосы",
            "P(1) − S · P(0)",
        )
        .difference_of("population_end"),
        Output::row(
            "net_reverse",
            "сальдо миграции, оценённое обратным способом",
            "кері тәсілмен бағаланған көші-қон сальдосы",
            "P(1) / S − P(0)",
        )
        .difference_of("population_end"),
        Output::row(
            "net_average",
            "среднее прямого и обратного способов",
            "тікелей және кері тәсілдердің орташасы",
            "(net(f) + net(r)) / 2",
        )
        .difference_of("population_end"),
        Output::whole(
            "net_forward_total",
            "сальдо миграции, оценённое прямым способом, всего",
            "тікелей тәсілмен бағаланған көші-қон сальдосы, барлығы",
            "Σ net(f)",
        )
        .difference_of("population_end"),
        Output::whole(
            "net_reverse_total",
            "сальдо миграции, оценённое обратным способом, всего",
            "кері тәсілмен бағаланған көші-қон сальдосы, барлығы",
            "Σ net(r)",
        )
        .difference_of("population_end"),
        Output::whole(
            "net_average_total",
            "среднее прямого и обратного способов, всего",
            "тікелей және кері тәсілдердің орташасы, барлығы",
            "Σ (net(f) + net(r)) / 2",
        )
        .difference_of("population_end"),
    ],
    convention: Bilingual {
        ru: "Строка – одна когорта: её численность по двум переписям и её коэффициент дожития между ними; открытая старшая возрастная группа заранее объединяется с той, что в неё перешла. Коэффициент дожития должен быть больше нуля, коэффициенты, вычисленные по переписям, бывают и больше единицы. Итоги складывают когорты, жившие при первой переписи: родившиеся позднее не имеют исходной численности и в итог не входят.",
        kk: "Жол – бір когорта: оның екі санақ бойынша саны және олардың арасындағы тірі қалу коэффициенті; ашық үлкен жас тобы оған өткен топпен алдын ала біріктіріледі. Тірі қалу коэффициенті нөлден үлкен болуы тиіс, санақ бойынша есептелген коэффициенттер бірден де үлкен бола алады. Қорытындыда бірінші санақ кезінде өмір сүрген когорталар қосылады: кейін туғандардың бастапқы саны жоқ, сондықтан олар қорытындыға кірмейді.",
    },
    literature: "United Nations (1970) Manual VI. Methods of Measuring Internal Migration; Bogue D. J., Hinze K., White M. (1982) Techniques of Estimating Net Migration; Shryock H. S., Siegel J. S. (1976) The Methods and Materials of Demography",
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
