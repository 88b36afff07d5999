//! Urbanisation: the shares of urban and rural population.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::per;
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub const METHOD: Method = Method {
    name: "urbanisation",
    group: Group::Demography,
    title: Bilingual { ru: "Уровень урбанизации", kk: "Урбандалу деңгейі" },
    along: Along::Rows,
    roles: &[
        Role::required("urban", Takes::NonNegative, "городское население", "қала халқы"),
        Role::required("rural", Takes::NonNegative, "сельское население", "ауыл халқы"),
    ],
    params: &[],
    outputs: &[
        Output::row("urban_share", "доля городского населения", "қала халқының үлесі", "100 · U / (U + R)")
            .unit(Unit::Percent)
            .flow(),
        Output::row("rural_share", "доля сельского населения", "ауыл халқының үлесі", "100 · R / (U + R)")
            .unit(Unit::Percent)
            .flow(),
        Output::row(
            "urban_rural_ratio",
            "отношение городского населения к сельскому",
            "қала халқының ауыл халқына қатынасы",
            "U / R",
        )
        .unit(Unit::Times)
        .flow(),
    ],
    convention: Bilingual {
        ru: "Доли считаются от суммы городского и сельского населения. Если населения нет, доли не определены; если нет сельского населения, не определено отношение.",
        kk: "Үлестер қала мен ауыл халқының қосындысынан есептеледі. Халық болмаса, үлестер анықталмаған; ауыл халқы болмаса, қатынас анықталмаған.",
    },
    literature: "United Nations (1974) Manual VIII. Methods for Projections of Urban and Rural Population; United Nations (1980) Patterns of Urban and Rural Population Growth",
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let row = |row| {
        let pair: Result<(&Amount, &Amount), Reason> =
            frame.unsigned("urban", row).and_then(|urban| Ok((urban, frame.unsigned("rural", row)?)));
        let urban = pair.and_then(|(urban, rural)| per(100, urban, &urban.plus(rural), Reason::ZeroTotal));
        let rural = pair.and_then(|(urban, rural)| per(100, rural, &urban.plus(rural), Reason::ZeroTotal));
        let ratio = pair.and_then(|(urban, rural)| per(1, urban, rural, Reason::ZeroBase));
        [
            Outcome::each("urban_share", row, urban),
            Outcome::each("rural_share", row, rural),
            Outcome::each("urban_rural_ratio", row, ratio),
        ]
    };
    Ok((0..frame.rows).flat_map(row).collect())
}
