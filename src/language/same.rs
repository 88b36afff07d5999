//! Same: nouns of several languages that name one thing, by which language versions are compared.

use super::Lang;

/// The languages of the table, by their codes.
const COLUMNS: [&str; 3] = ["ru", "kk", "en"];

/// What is counted, in Russian, Kazakh and English; nouns that share a row name one thing.
const SAME_NOUNS: &str = "человек адам person; регион,область,район өңір,аймақ,облыс,аудан region; область облыс region; город қала city,town; \
     район аудан district; округ округ district; село ауыл village; страна ел country; территория аумақ territory; место орын place; \
     год жыл year; месяц ай month; день күн day; период кезең period; квартал тоқсан quarter; раз рет,есе time; \
     процент пайыз percent; пункт тармақ point; тысяча мың thousand; миллион миллион million; миллиард миллиард billion; \
     житель,человек тұрғын,адам person; мигрант мигрант,адам migrant; иммигрант иммигрант migrant; эмигрант эмигрант migrant; \
     кандас қандас kandas; специалист маман specialist; переселенец қоныс_аударушы migrant; семья отбасы family; \
     домохозяйство үй_шаруашылығы household; поток ағын flow; показатель көрсеткіш,сан indicator; значение мән,сан value; \
     наблюдение бақылау observation; расхождение айырмашылық difference; заявление өтініш application; рождение туу birth; \
     утверждение тұжырым,сан claim; число сан number; случай жағдай case; источник дереккөз source; файл файл file; \
     ряд қатар series; метод әдіс method; балл балл point; доллар доллар dollar; строка жол,қатар row; ячейка ұяшық cell; \
     проверка тексеру check; поправка түзету correction; позиция орын,жол,сан position; категория санат category; \
     публикация жарияланым publication; раздел бөлім section; этап кезең stage; тенге теңге tenge; рисунок сурет figure; \
     таблица кесте table; посёлок кент,ауыл settlement; аул ауыл village; край өлке,аймақ territory; врач дәрігер doctor; \
     работник жұмыскер,қызметкер worker; учитель мұғалім teacher; ученик оқушы pupil; студент студент student; \
     женщина әйел woman; мужчина ер_адам,еркек man; ребёнок бала child; школа мектеп school; колледж колледж college; больница аурухана hospital; \
     предприятие кәсіпорын enterprise; организация ұйым organisation; учреждение мекеме institution; гектар гектар hectare; \
     тонна тонна tonne; километр шақырым,километр kilometre; группа топ group; отрасль сала branch; причина себеп reason; \
     рубль рубль rouble; евро еуро euro; неделя апта week; час сағат hour; страница бет page; доля үлес share; \
     триллион триллион trillion; населённый_пункт елді_мекен settlement; процентный_пункт пайыздық_тармақ point";

/// Returns true where two nouns of two languages may count the same thing.
pub fn same_noun((left, noun): (Lang, &str), (right, other): (Lang, &str)) -> bool {
    let column = |lang: Lang| COLUMNS.iter().position(|code| *code == lang.code());
    let (Some(left), Some(right)) = (column(left), column(right)) else { return true };
    let plain = |word: &str| word.replace([' ', '_'], "");
    let (noun, other) = (plain(noun), plain(other));
    let has = |row: &str, column: usize, word: &str| {
        row.split_whitespace().nth(column).is_some_and(|cell| cell.split(',').any(|own| plain(own) == word))
    };
    let rows = || SAME_NOUNS.split("; ");
    // A noun that is in no row is refused elsewhere, or has no match here.
    let known = rows().any(|row| has(row, left, &noun)) && rows().any(|row| has(row, right, &other));
    !known || rows().any(|row| has(row, left, &noun) && has(row, right, &other))
}
