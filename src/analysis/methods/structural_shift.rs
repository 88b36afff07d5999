//! Structural shift: how far two structures lie apart.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Param, ParamKind, Role, Takes};
use crate::analysis::numeric::exact::{dot, half, non_negative, total};
use crate::analysis::numeric::per;
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub const METHOD: Method = Method {
    name: "structural_shift",
    group: Group::Index,
    title: Bilingual {
        ru: "Коэффициенты структурных сдвигов и различий",
        kk: "Құрылымдық ілгерілеулер мен айырмашылықтар коэффициенттері",
    },
    along: Along::TwoPeriods,
    roles: &[
        Role::required(
            "share0",
            Takes::NonNegative,
            "доли или численности групп в базисном периоде",
            "базистік кезеңдегі топтардың үлестері немесе сандары",
        ),
        Role::required(
            "share1",
            Takes::NonNegative,
            "доли или численности групп в текущем периоде",
            "ағымдағы кезеңдегі топтардың үлестері немесе сандары",
        ),
    ],
    params: &[Param::new(
        "normalise",
        ParamKind::Choice(&["yes", "no"]),
        "yes",
        "делить ли значения на их сумму; если нет, это уже доли, сумма которых должна быть равна единице",
        "мәндер олардың қосындысына бөліне ме; бөлінбесе, бұл дайын үлестер, олардың қосындысы бірге тең болуға тиіс",
    )],
    outputs: &[
        coefficient(
            "kazinets_linear",
            "линейный коэффициент абсолютных структурных сдвигов Казинца",
            "Казинецтің абсолюттік құрылымдық ілгерілеулерінің сызықтық коэффициенті",
            "Σ|d₁ − d₀| / n",
        ),
        coefficient(
            "kazinets_quadratic",
            "квадратический коэффициент абсолютных структурных сдвигов Казинца",
            "Казинецтің абсолюттік құрылымдық ілгерілеулерінің квадраттық коэффициенті",
            "√(Σ(d₁ − d₀)² / n)",
        ),
        coefficient(
            "kazinets_relative",
            "квадратический коэффициент относительных структурных сдвигов Казинца",
            "Казинецтің салыстырмалы құрылымдық ілгерілеулерінің квадраттық коэффициенті",
            "√Σ((d₁ − d₀)² / d₀)",
        ),
        coefficient(
            "michaely",
            "индекс Михаэли (полусумма абсолютных сдвигов)",
            "Михаэли индексі (абсолюттік ілгерілеулердің жарты қосындысы)",
            "½Σ|d₁ − d₀|",
        ),
        coefficient(
            "gatev",
            "интегральный коэффициент структурных сдвигов Гатева",
            "Гатевтің құрылымдық ілгерілеулерінің интегралдық коэффициенті",
            "√(Σ(d₁ − d₀)² / (Σd₀² + Σd₁²))",
        ),
        coefficient(
            "ryabtsev",
            "индекс структурных различий Рябцева",
            "Рябцевтің құрылымдық айырмашылықтар индексі",
            "√(Σ(d₁ − d₀)² / Σ(d₁ + d₀)²)",
        ),
        coefficient(
            "salai",
            "индекс структурных различий Салаи",
            "Салаидің құрылымдық айырмашылықтар индексі",
            "√(Σ((d₁ − d₀) / (d₁ + d₀))² / n′)",
        ),
        coefficient(
            "cosine_similarity",
            "косинус угла между структурами",
            "құрылымдар арасындағы бұрыштың косинусы",
            "Σd₀d₁ / √(Σd₀² · Σd₁²)",
        ),
        Output::whole(
            "structural_shift_n",
            "число групп, непустых хотя бы в одном периоде",
            "кемінде бір кезеңде бос емес топтар саны",
            "n′",
        )
        .unit(Unit::Count)
        .flow(),
        Output::whole(
            "ryabtsev_scale",
            "степень различия структур по шкале Рябцева",
            "Рябцев шкаласы бойынша құрылымдар айырмашылығының дәрежесі",
            "≤ 0.03, 0.07, 0.15, 0.3, 0.5, 0.7, 0.9, 1",
        ),
        Output::row("share_shift", "сдвиг доли", "үлестің ілгерілеуі", "100 · (d₁ − d₀)").unit(Unit::PercentagePoints),
    ],
    convention: Bilingual {
        ru: "К отрицательным значениям не применяются. В коэффициентах абсолютных сдвигов Казинца делитель – число всех групп списка, в индексе Салаи – число групп, непустых хотя бы в одном периоде; коэффициент относительных сдвигов Казинца не определён, если группа появилась с нуля. Шкала Рябцева: до 0,03 – тождественность, до 0,07 – весьма низкий уровень различий, до 0,15 – низкий, до 0,3 – существенный, до 0,5 – значительный, до 0,7 – весьма значительный, до 0,9 – противоположный тип структур, выше – полная противоположность.",
        kk: "Теріс мәндерге қолданылмайды. Казинецтің абсолюттік ілгерілеу коэффициенттерінде бөлгіш – тізімдегі барлық топтардың саны, Салаи индексінде – кемінде бір кезеңде бос емес топтардың саны; топ нөлден пайда болса, Казинецтің салыстырмалы ілгерілеу коэффициенті анықталмаған. Рябцев шкаласы: 0,03-ке дейін – бірдейлік, 0,07-ге дейін – айырмашылықтың өте төмен деңгейі, 0,15-ке дейін – төмен, 0,3-ке дейін – елеулі, 0,5-ке дейін – едәуір, 0,7-ге дейін – өте едәуір, 0,9-ға дейін – құрылымдардың қарама-қарсы типі, одан жоғары – толық қарама-қарсылық.",
    },
    literature: "Казинец Л. С. (1981) Темпы роста и структурные сдвиги в экономике; Гатев К. (1979); Рябцев В. М.; Michaely M. (1962) Concentration in International Trade; Шмойлова Р. А. (ред.) Теория статистики",
    run,
};

/// The verbal scale of Ryabtsev: up to which value, in hundredths, each word goes.
const SCALE: [(i64, &str); 7] = [
    (3, "identity"),
    (7, "very_low"),
    (15, "low"),
    (30, "substantial"),
    (50, "considerable"),
    (70, "very_considerable"),
    (90, "opposite_type"),
];

const fn coefficient(name: &'static str, ru: &'static str, kk: &'static str, formula: &'static str) -> Output {
    Output::whole(name, ru, kk, formula).flow()
}

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let (base, current) = (frame.complete("share0")?, frame.complete("share1")?);
    non_negative(&[&base, &current])?;
    if base.is_empty() {
        return Err(Reason::TooFew);
    }
    let (size0, size1) = (total(base.iter().copied()), total(current.iter().copied()));
    if frame.choice("normalise") == "no" && !(is_one(&size0) && is_one(&size1)) {
        return Err(Reason::Undefined);
    }
    if size0.is_zero() || size1.is_zero() {
        return Err(Reason::ZeroTotal);
    }
    // Shares over one denominator: all sums below are then sums of whole numbers where the inputs are whole.
    let d0: Vec<Amount> = base.iter().map(|value| value.times(&size1)).collect();
    let d1: Vec<Amount> = current.iter().map(|value| value.times(&size0)).collect();
    Ok(Structures { d0, d1, one: size0.times(&size1) }.outcomes())
}

fn is_one(sum: &Amount) -> bool {
    sum.minus(&Amount::Integer(1)).to_f64().abs() <= 1e-12
}

/// Two structures: the shares of the groups, times the same number `one`.
struct Structures {
    d0: Vec<Amount>,
    d1: Vec<Amount>,
    one: Amount,
}

impl Structures {
    fn outcomes(&self) -> Vec<Outcome> {
        let shifts: Vec<Amount> = self.pairs().map(|(d0, d1)| d1.minus(d0)).collect();
        let (shifts, d0, d1): (Vec<&Amount>, Vec<&Amount>, Vec<&Amount>) =
            (shifts.iter().collect(), self.d0.iter().collect(), self.d1.iter().collect());
        let sizes: Vec<Amount> = shifts.iter().map(|shift| shift.magnitude()).collect();
        let (absolute, squares) = (total(&sizes), dot(&shifts, &shifts));
        let (squares0, squares1, product) = (dot(&d0, &d0), dot(&d1, &d1), dot(&d0, &d1));
        let n = Amount::Integer(shifts.len() as i64);
        let both = squares0.plus(&squares1);
        let ryabtsev = ratio(&squares, &both.plus(&product).plus(&product));
        let linear = ratio(&absolute, &n.times(&self.one));
        let mut found = vec![
            Outcome::whole("kazinets_linear", linear),
            Outcome::whole("kazinets_quadratic", root(ratio(&squares, &n.times(&self.one).times(&self.one)))),
            Outcome::whole("kazinets_relative", root(self.relative())),
            Outcome::whole("michaely", ratio(&half(&absolute), &self.one)),
            Outcome::whole("gatev", root(ratio(&squares, &both))),
            Outcome::whole("ryabtsev", root(ryabtsev.clone())),
            Outcome::whole("salai", root(self.salai())),
            Outcome::whole("cosine_similarity", root(ratio(&product.times(&product), &squares0.times(&squares1)))),
            Outcome::whole("structural_shift_n", self.present()),
            match ryabtsev {
                Ok(square) => Outcome::whole("ryabtsev_scale", scale(&square)),
                Err(reason) => Outcome::whole("ryabtsev_scale", reason),
            },
        ];
        let shift = |(row, shift): (usize, &&Amount)| {
            Outcome::row("share_shift", row, per(100, shift, &self.one, Reason::ZeroTotal))
        };
        found.extend(shifts.iter().enumerate().map(shift));
        found
    }

    fn pairs(&self) -> impl Iterator<Item = (&Amount, &Amount)> {
        self.d0.iter().zip(&self.d1)
    }

    fn present(&self) -> usize {
        self.pairs().filter(|(d0, d1)| !d0.is_zero() || !d1.is_zero()).count()
    }

    fn relative(&self) -> Result<Amount, Reason> {
        let mut sum = Amount::ZERO;
        for (d0, d1) in self.pairs() {
            let shift = d1.minus(d0);
            if !shift.is_zero() {
                sum = sum.plus(&shift.times(&shift).divided_by(d0).ok_or(Reason::ZeroBase)?);
            }
        }
        ratio(&sum, &self.one)
    }

    fn salai(&self) -> Result<Amount, Reason> {
        let parts = self.pairs().filter_map(|(d0, d1)| d1.minus(d0).divided_by(&d1.plus(d0)));
        let sum = parts.fold(Amount::ZERO, |sum, part| sum.plus(&part.times(&part)));
        ratio(&sum, &Amount::Integer(self.present() as i64))
    }
}

fn ratio(part: &Amount, whole: &Amount) -> Result<Amount, Reason> {
    per(1, part, whole, Reason::ZeroTotal)
}

fn root(square: Result<Amount, Reason>) -> Result<f64, Reason> {
    square.map(|square| square.to_f64().sqrt())
}

/// Finds the word for a squared index of Ryabtsev; a limit belongs to the word below it.
fn scale(square: &Amount) -> &'static str {
    let scaled = square.times(&Amount::Integer(10_000));
    let word = SCALE.iter().find(|(limit, _)| scaled <= Amount::Integer(limit * limit));
    word.map_or("complete_opposite", |(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Value;

    #[test]
    fn the_coefficients_are_tied_by_their_identities() {
        let of = |values: &[i64]| values.iter().map(|value| Amount::Integer(*value)).collect::<Vec<_>>();
        let found = Structures { d0: of(&[50, 30, 20, 0]), d1: of(&[20, 25, 40, 15]), one: Amount::Integer(100) };
        let found = found.outcomes();
        let value = |name: &str| match &found.iter().find(|outcome| outcome.name == name).expect("a value").value {
            Value::Amount(amount) => amount.to_f64(),
            other => panic!("{other:?}"),
        };
        let h = value("gatev") * value("gatev");
        assert!((value("ryabtsev") - (h / (2.0 - h)).sqrt()).abs() < 1e-15);
        // Michaely is Bray and Curtis: one minus what the two structures share.
        assert_eq!(value("michaely"), 1.0 - (0.2 + 0.25 + 0.2));
        assert_eq!(value("kazinets_linear"), 2.0 * value("michaely") / 4.0);
    }

    #[test]
    fn a_limit_of_the_scale_belongs_to_the_word_below() {
        assert_eq!(scale(&Amount::parse("0.0009").expect("a value")), "identity");
        assert_eq!(scale(&Amount::parse("0.00090001").expect("a value")), "very_low");
        assert_eq!(scale(&Amount::Integer(1)), "complete_opposite");
    }
}
