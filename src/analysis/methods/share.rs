//! Share: the part of each territory in the country.

use std::sync::Arc;

use crate::analysis::method::{Bilingual, Member, Method, same_period, value};
use crate::finding::{Amount, Class, Code, Key, Part, Reason, Role, Series, Unit, Value};

/// The method.
pub const METHOD: Method = Method {
    name: "share",
    title: Bilingual {
        ru: "Доля в итоге по стране", kk: "Ел бойынша қорытындыдағы үлес"
    },
    members: &[("share_of_country", "d(i) = 100 · y(i) / y(KZ), %")],
    convention: Bilingual {
        ru: "Только для показателей, не бывающих отрицательными: доля в сальдо не имеет смысла.",
        kk: "Теріс болмайтын көрсеткіштер үшін ғана: сальдодағы үлестің мәні жоқ.",
    },
    literature: "Елисеева И. И., Юзбашев М. М. Общая теория статистики",
    run,
};

fn run(series: &Arc<Series>) -> Result<Vec<Series>, String> {
    if series.class == Class::Signed {
        return Err(format!("`{}` is a signed measure: shares of a balance mean nothing", series.path));
    }
    let at = series.position(Role::Territory).ok_or("needs a series over territories")?;
    let country = Code::parse("KZ").ok_or("no country")?;
    let (name, formula) = METHOD.members[0];
    let mut member = Member::new(series, name, formula, Unit::Percent, Class::Level, same_period);
    for (key, cell) in &series.cells {
        let mut whole = key.clone();
        whole.0[at] = Part::Territory(country.clone());
        let Some(total) = series.cells.get(&Key(whole.0)) else { continue };
        let share = match (&cell.value, &total.value) {
            (Value::Amount(part), Value::Amount(total)) => {
                value(part.times(&Amount::Integer(100)).divided_by(total), Reason::ZeroTotal)
            }
            (Value::Missing(reason), _) | (_, Value::Missing(reason)) => Value::Missing(*reason),
            _ => Value::Missing(Reason::Missing),
        };
        member.put(key.clone(), share, [cell, total]);
    }
    Ok(vec![member.done()])
}
