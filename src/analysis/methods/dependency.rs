//! Dependency: the young and the old per thousand of working age.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::per;
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub const METHOD: Method = Method {
    name: "dependency",
    group: Group::Demography,
    title: Bilingual {
        ru: "Демографическая нагрузка и старение населения",
        kk: "Демографиялық жүктеме және халықтың қартаюы",
    },
    along: Along::Rows,
    roles: &[
        Role::required(
            "young",
            Takes::NonNegative,
            "население моложе трудоспособного возраста",
            "еңбекке қабілетті жастан кіші халық",
        ),
        Role::required(
            "working",
            Takes::NonNegative,
            "население в трудоспособном возрасте",
            "еңбекке қабілетті жастағы халық",
        ),
        Role::required(
            "old",
            Takes::NonNegative,
            "население старше трудоспособного возраста",
            "еңбекке қабілетті жастан үлкен халық",
        ),
    ],
    params: &[],
    outputs: &[
        Output::row(
            "dependency_ratio",
            "коэффициент демографической нагрузки на 1000 человек трудоспособного возраста",
            "еңбекке қабілетті жастағы 1000 адамға шаққандағы демографиялық жүктеме коэффициенті",
            "1000 · (Y + O) / W",
        )
        .unit(Unit::PerMille)
        .flow(),
        Output::row(
            "young_ratio",
            "нагрузка детьми на 1000 человек трудоспособного возраста",
            "еңбекке қабілетті жастағы 1000 адамға шаққандағы балалар жүктемесі",
            "1000 · Y / W",
        )
        .unit(Unit::PerMille)
        .flow(),
        Output::row(
            "old_ratio",
            "нагрузка пожилыми на 1000 человек трудоспособного возраста",
            "еңбекке қабілетті жастағы 1000 адамға шаққандағы егде жастағылар жүктемесі",
            "1000 · O / W",
        )
        .unit(Unit::PerMille)
        .flow(),
        Output::row(
            "ageing_share",
            "доля пожилых во всём населении",
            "бүкіл халықтағы егде жастағылардың үлесі",
            "100 · O / (Y + W + O)",
        )
        .unit(Unit::Percent)
        .flow(),
    ],
    convention: Bilingual {
        ru: "Границы трудоспособного возраста – те, по которым составлены данные; они менялись, поэтому годы с разными границами несравнимы. Если населения трудоспособного возраста нет, нагрузка не определяется.",
        kk: "Еңбекке қабілетті жастың шекаралары – деректер жинақталғанда қолданылған шекаралар; олар өзгеріп отырған, сондықтан шекаралары әртүрлі жылдар салыстырылмайды. Еңбекке қабілетті жастағы халық болмаса, жүктеме анықталмайды.",
    },
    literature: "Борисов В. А. Демография; Shryock H. S., Siegel J. S. (1976) The Methods and Materials of Demography",
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let row = |row| {
        let [young, working, old] = ["young", "working", "old"].map(|role| frame.unsigned(role, row));
        let sum = |a: Result<&Amount, Reason>, b: Result<&Amount, Reason>| Ok(a?.plus(b?));
        let load = |part: Result<Amount, Reason>| per(1000, &part?, working?, Reason::ZeroBase);
        let all = sum(young, working).and_then(|sum| Ok(sum.plus(old?)));
        let ageing = all.and_then(|all| per(100, old?, &all, Reason::ZeroTotal));
        [
            Outcome::each("dependency_ratio", row, load(sum(young, old))),
            Outcome::each("young_ratio", row, load(young.cloned())),
            Outcome::each("old_ratio", row, load(old.cloned())),
            Outcome::each("ageing_share", row, ageing),
        ]
    };
    Ok((0..frame.rows).flat_map(row).collect())
}
