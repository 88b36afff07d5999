//! Urban growth components: natural increase, migration and reclassification in the growth of towns.

use crate::analysis::frame::{Frame, Outcome};
use crate::analysis::method::{Along, Bilingual, Group, Method, Output, Role, Takes};
use crate::analysis::numeric::per;
use crate::finding::{Amount, Reason, Unit};

/// The method.
pub const METHOD: Method = Method {
    name: "urban_growth_components",
    group: Group::Demography,
    title: Bilingual {
        ru: "Компоненты роста городского населения", kk: "Қала халқы өсуінің құрамдас бөліктері"
    },
    along: Along::Rows,
    roles: &[
        Role::required(
            "natural",
            Takes::Signed,
            "естественный прирост городского населения",
            "қала халқының табиғи өсімі",
        ),
        Role::required(
            "migration",
            Takes::Signed,
            "миграционный прирост городского населения",
            "қала халқының көші-қон өсімі",
        ),
        Role::optional(
            "reclassification",
            Takes::Signed,
            "прирост от административно-территориальных преобразований",
            "әкімшілік-аумақтық қайта құрудан болған өсім",
        ),
        Role::optional("total", Takes::Signed, "общий прирост городского населения", "қала халқының жалпы өсімі"),
    ],
    params: &[],
    outputs: &[
        Output::row("urban_growth_total", "общий прирост городского населения", "қала халқының жалпы өсімі", "ΔU")
            .difference_of("natural"),
        Output::row(
            "urban_growth_reclassification",
            "административно-территориальные преобразования и прочее",
            "әкімшілік-аумақтық қайта құру және өзгелер",
            "C = ΔU − E − N",
        )
        .difference_of("natural"),
        Output::row(
            "urban_growth_share_natural",
            "доля естественного прироста в росте городского населения",
            "қала халқының өсуіндегі табиғи өсімнің үлесі",
            "100 · E / ΔU",
        )
        .unit(Unit::Percent)
        .flow(),
        Output::row(
            "urban_growth_share_migration",
            "доля миграционного прироста в росте городского населения",
            "қала халқының өсуіндегі көші-қон өсімінің үлесі",
            "100 · N / ΔU",
        )
        .unit(Unit::Percent)
        .flow(),
        Output::row(
            "urban_growth_share_reclassification",
            "доля административно-территориальных преобразований в росте городского населения",
            "қала халқының өсуіндегі әкімшілік-аумақтық қайта құрудың үлесі",
            "100 · C / ΔU",
        )
        .unit(Unit::Percent)
        .flow(),
    ],
    convention: Bilingual {
        ru: "Если общий прирост задан, вклад административно-территориальных преобразований вместе с невязкой находится как остаток; иначе общий прирост – сумма трёх слагаемых. Доли определены, только когда все слагаемые одного знака или равны нулю.",
        kk: "Жалпы өсім берілсе, әкімшілік-аумақтық қайта құрудың қосқан үлесі сәйкессіздікпен бірге қалдық ретінде табылады; әйтпесе жалпы өсім – үш қосылғыштың қосындысы. Үлестер барлық қосылғыштардың таңбасы бірдей не нөл болғанда ғана анықталған.",
    },
    literature: "United Nations (1980) Patterns of Urban and Rural Population Growth",
    run,
};

fn run(frame: &Frame) -> Result<Vec<Outcome>, Reason> {
    let row = |row| {
        let growth = Growth::at(frame, row);
        let growth = growth.as_ref().map_err(|reason| *reason);
        let share = |part: fn(&Growth) -> &Amount| growth.and_then(|growth| growth.share(part(growth)));
        [
            Outcome::each("urban_growth_total", row, growth.map(|growth| growth.total.clone())),
            Outcome::each("urban_growth_reclassification", row, growth.map(|growth| growth.reclassification.clone())),
            Outcome::each("urban_growth_share_natural", row, share(|growth| &growth.natural)),
            Outcome::each("urban_growth_share_migration", row, share(|growth| &growth.migration)),
            Outcome::each("urban_growth_share_reclassification", row, share(|growth| &growth.reclassification)),
        ]
    };
    Ok((0..frame.rows).flat_map(row).collect())
}

struct Growth {
    natural: Amount,
    migration: Amount,
    reclassification: Amount,
    total: Amount,
}

impl Growth {
    fn at(frame: &Frame, row: usize) -> Result<Growth, Reason> {
        let (natural, migration) = (frame.at("natural", row)?.clone(), frame.at("migration", row)?.clone());
        let known = natural.plus(&migration);
        let (reclassification, total) = if frame.has("total") {
            let total = frame.at("total", row)?.clone();
            (total.minus(&known), total)
        } else {
            let reclassification = frame.at("reclassification", row)?.clone();
            (reclassification.clone(), known.plus(&reclassification))
        };
        Ok(Growth { natural, migration, reclassification, total })
    }

    fn share(&self, part: &Amount) -> Result<Amount, Reason> {
        let signs = [&self.natural, &self.migration, &self.reclassification].map(Amount::signum);
        if signs.contains(&1) && signs.contains(&-1) {
            return Err(Reason::MixedSign);
        }
        per(100, part, &self.total, Reason::ZeroTotal)
    }
}
