//! Tests of the room: invented figures of every kind, in both languages and at both widths.

use std::collections::{BTreeMap, BTreeSet};

use super::font::Weight;
use super::*;
use crate::exhibit::{Arrangement, Label, Mark, Series, charts};
use crate::finding::{Amount, Code, Period, Reason, Status, Unit};
use crate::language::{Lang, Names, Style, texts};

/// Long names of both languages, the country first.
const NAMES: [(&str, &str, &str); 8] = [
    ("KZ", "Республика Казахстан", "Қазақстан Республикасы"),
    ("KZ-27", "Западно-Казахстанская", "Батыс Қазақстан"),
    ("KZ-59", "Северо-Казахстанская", "Солтүстік Қазақстан"),
    ("KZ-63", "Восточно-Казахстанская", "Шығыс Қазақстан"),
    ("KZ-33", "область Жетісу", "Жетісу"),
    ("KZ-43", "Кызылординская", "Қызылорда"),
    ("KZ-47", "Мангистауская", "Маңғыстау"),
    ("KZ-75", "г. Алматы", "Алматы қаласы"),
];

fn language(lang: Lang) -> Language {
    let of_figures = texts::keys(lang.code()).filter(|key| key.starts_with("alt-") || key.starts_with("chart-"));
    let mut words: BTreeMap<String, String> = of_figures.map(|key| (key.clone(), format!("{key}."))).collect();
    words.insert("alt-extremes".into(), "{max} ({max-place}), {min} ({min-place}).".into());
    words.insert("alt-missing".into(), "пусто: {count}.".into());
    words.insert("chart-break".into(), "деректердің салыстырмалылық шегі".into());
    words.insert("chart-inferred".into(), "отнесено предположительно".into());
    let names = NAMES.iter().map(|(code, ru, kk)| {
        let table = if lang == Lang::Ru { *ru } else { *kk }.to_owned();
        (territory(code), Names { name: table.clone(), table, ..Names::default() })
    });
    Language::new(lang, Style::default(), words, names.collect())
}

fn words() -> FigureWords {
    let words = [
        ("series.0", "городское население"),
        ("series.1", "ауылдық жерлердің халқы"),
        ("series.2", "всё население"),
        ("series.3", "өзге"),
        ("axis.rows", "откуда"),
        ("axis.columns", "куда"),
    ];
    let words = words.map(|(key, word)| (key.to_owned(), word.to_owned()));
    FigureWords {
        title: "Сальдо <и> \"доля\"".into(), words: BTreeMap::from(words), ..FigureWords::default()
    }
}

fn territory(code: &str) -> Code {
    Code::parse(code).expect("a code")
}

/// Invented values of both signs, some of them large, without a pattern that the eye could follow.
fn value(row: usize, place: usize) -> i64 {
    let spread = (row * 7919 + place * 104_729 + row * place * 31) % 2000;
    if (row, place) == (1, 2) {
        return 0;
    }
    (spread as i64 - 900) * if place.is_multiple_of(5) { 40 } else { 9 }
}

fn mark(row: usize, place: usize) -> Mark {
    let missing = (row + 2 * place).is_multiple_of(11);
    Mark {
        number: format!("invented.{row}.{place}"),
        finding: None,
        value: if missing { Err(Reason::Missing) } else { Ok(Amount::Integer(value(row, place))) },
        class: crate::finding::Class::Signed,
        status: if place.is_multiple_of(4) { Status::Inferred } else { Status::Published },
        fallback: false,
        observed: Default::default(),
    }
}

fn series(row: usize, places: usize) -> Series {
    let marks = (0..places).map(|place| mark(row, place)).collect();
    Series { label: Label::Word(format!("series.{row}")), marks }
}

fn figure(id: &str, chart: Chart) -> Figure {
    Figure {
        id: id.into(),
        chart,
        unit: Unit::Persons,
        thousands: 1,
        decimals: 1,
        rounded: false,
        width: Width::Double,
        colours: crate::exhibit::Colours::new(),
        notion: None,
    }
}

fn years(count: usize) -> Vec<Period> {
    (0..count).map(|i| Period::of_year(2000 + i as i32)).collect()
}

fn months(count: usize) -> Vec<Period> {
    (0..count).map(|i| Period::of_month(2019 + (i / 12) as i32, (i % 12 + 1) as u8)).collect()
}

fn territories(count: usize) -> Vec<Label> {
    let label = |i: usize| match i % NAMES.len() {
        0 => Label::Country(territory(NAMES[0].0)),
        i => Label::Territory(territory(NAMES[i].0)),
    };
    (0..count).map(label).collect()
}

fn lines(periods: Vec<Period>, count: usize) -> Chart {
    let series = (0..count).map(|row| series(row, periods.len())).collect();
    Chart::Lines(charts::Lines { breaks: vec![periods[periods.len() / 2]], periods, series })
}

fn columns(periods: Vec<Period>, count: usize, arrangement: Arrangement, total: bool) -> Chart {
    let series_of = |row| series(row, periods.len());
    let total = total.then(|| series_of(2));
    Chart::Columns(charts::Columns {
        series: (0..count).map(series_of).collect(),
        arrangement,
        total,
        breaks: vec![],
        periods,
    })
}

fn bars(count: usize, rows: usize, arrangement: Arrangement) -> Chart {
    let reference = Some((Label::Territory(territory("KZ")), mark(1, 3)));
    Chart::Bars(charts::Bars {
        rows: territories(rows),
        series: (0..count).map(|row| series(row, rows)).collect(),
        arrangement,
        reference,
    })
}

fn crossing(rows: usize, columns: Vec<Label>) -> Chart {
    let cells = (0..rows).map(|row| (0..columns.len()).map(|place| mark(row, place)).collect()).collect();
    Chart::HeatMap(charts::HeatMap { rows: territories(rows), columns, cells })
}

fn figures() -> Vec<Figure> {
    let of_months = months(12).into_iter().map(Label::Period).collect();
    let of_years = years(10).into_iter().map(Label::Period).collect();
    vec![
        figure("line", lines(years(25), 1)),
        figure("lines", lines(years(25), 3)),
        figure("lines-of-months", lines(months(12), 2)),
        figure("lines-of-many-months", lines(months(60), 4)),
        figure("columns", columns(years(8), 1, Arrangement::Grouped, false)),
        figure("columns-grouped", columns(years(9), 3, Arrangement::Grouped, false)),
        figure("columns-stacked", columns(years(24), 2, Arrangement::Stacked, true)),
        figure("bars", bars(1, 8, Arrangement::Grouped)),
        figure("bars-grouped", bars(3, 8, Arrangement::Grouped)),
        figure("bars-stacked", bars(2, 8, Arrangement::Stacked)),
        figure("heat-map-of-months", crossing(20, of_months)),
        figure("heat-map-of-years", crossing(17, of_years)),
        figure("matrix", crossing(20, territories(20))),
    ]
}

/// Returns the numbers in an attribute of the elements of a kind that show a mark, with the id of the mark.
fn shapes<'a>(svg: &'a str, element: &str, names: [&str; 2]) -> Vec<(&'a str, [f64; 2])> {
    let text = |line: &'a str, name: &str| {
        let (_, rest) = line.split_once(&format!(" {name}=\""))?;
        rest.split('"').next()
    };
    let number = |line: &'a str, name: &str| text(line, name)?.parse().ok();
    svg.lines()
        .filter(|line| line.starts_with(&format!("<{element} ")))
        .filter_map(|line| Some((text(line, "data-number")?, [number(line, names[0])?, number(line, names[1])?])))
        .collect()
}

/// Returns the value, in the scale of the figure, that an invented id stands for.
fn expected(id: &str) -> f64 {
    let mut parts = id.split('.').skip(1).map(|part| part.parse::<usize>().expect("a number"));
    let (row, place) = (parts.next().expect("a row"), parts.next().expect("a place"));
    value(row, place) as f64 / 1000.0
}

#[test]
fn texts_neither_collide_nor_leave_the_canvas() {
    for lang in [Lang::Ru, Lang::Kk] {
        let language = language(lang);
        for (figure, width) in figures().iter().flat_map(|figure| [(figure, DOUBLE), (figure, SINGLE)]) {
            let layout = layout(figure, &language, &words(), width).expect("the figure can be drawn");
            assert_eq!(layout.collisions(), Vec::<String>::new(), "{} in {lang:?} at {width}", figure.id);
            assert!(layout.texts.len() > 5, "{}", figure.id);
        }
    }
}

#[test]
fn the_scale_gives_back_every_value_within_half_a_unit() {
    let language = language(Lang::Ru);
    let mut checked = 0;
    for figure in figures() {
        let layout = layout(&figure, &language, &words(), DOUBLE).expect("the figure can be drawn");
        let Some(axis) = layout.axes.first() else { continue };
        let svg = layout.svg(Type::OfPage).expect("an SVG");
        let length = if axis.upright { "height" } else { "width" };
        for (id, [length, _]) in shapes(&svg, "rect", [length, "y"]) {
            assert!((length - expected(id).abs() * axis.step.abs()).abs() <= 0.5, "{}: {id}", figure.id);
            checked += 1;
        }
        for (id, [place, _]) in shapes(&svg, "circle", ["cy", "r"]) {
            let value = axis.value_at(place);
            assert!((value - expected(id)).abs() * axis.step.abs() <= 0.5, "{}: {id}: {value}", figure.id);
            checked += 1;
        }
    }
    assert!(checked > 200, "{checked}");
}

#[test]
fn every_value_is_drawn_and_every_gap_stays_empty() {
    let (language, words) = (language(Lang::Kk), words());
    let svg = layout(&figure("map", crossing(5, territories(9))), &language, &words, DOUBLE).expect("a map");
    let svg = svg.svg(Type::OfPage).expect("an SVG");
    assert_eq!(shapes(&svg, "rect", ["x", "y"]).len(), 45);
    let columns = layout(&figure("c", columns(years(20), 2, Arrangement::Stacked, false)), &language, &words, DOUBLE);
    let svg = columns.expect("columns").svg(Type::OfPage).expect("an SVG");
    let marks = (0..2).flat_map(|row| (0..20).map(move |place| mark(row, place)));
    let present: Vec<Mark> = marks.filter(|mark| mark.value.is_ok()).collect();
    assert_eq!(shapes(&svg, "rect", ["x", "y"]).len(), present.len());
    // One more in the legend.
    let hatched = present.iter().filter(|mark| mark.status == Status::Inferred).count() + 1;
    assert_eq!(svg.matches("url(#c-hatch-").count(), hatched);
}

#[test]
fn the_same_figure_gives_the_same_bytes() {
    let language = language(Lang::Kk);
    for figure in figures().into_iter().step_by(3) {
        let twice = [0, 1].map(|_| svg(&figure, &language, &words()).expect("an SVG"));
        assert_eq!(twice[0], twice[1]);
        let pictures = twice.map(|svg| png(&svg).expect("a PNG"));
        assert!(pictures[0] == pictures[1]);
        assert!(pictures[0].windows(13).any(|part| part == b"pHYs\0\0\x2e\x23\0\0\x2e\x23\x01"), "300 dots an inch");
    }
}

#[test]
fn an_svg_says_what_it_shows_and_carries_its_font() {
    let svg = svg(&figures()[1], &language(Lang::Kk), &words()).expect("an SVG");
    for part in [
        "role=\"img\"",
        "xml:lang=\"kk\"",
        "<title id=\"lines-title\">Сальдо &lt;и&gt; &quot;доля&quot;</title>",
        "<desc",
    ] {
        assert!(svg.contains(part), "{part}");
    }
    assert!(svg.contains("@font-face") && svg.contains(">городское население</text>"));
    assert!(!svg.contains("clip-path") && !svg.contains("NaN"));
}

#[test]
fn both_weights_have_every_letter_and_sign() {
    let letters = "ӘәҒғҚқҢңӨөҰұҮүҺһІіАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя\
                   0123456789−+–—…·%‰№«»„“()[]/,.:;\u{a0}\u{202f}≤≥→";
    for weight in [Weight::Regular, Weight::Bold] {
        assert_eq!(letters.chars().find(|letter| weight.glyph(*letter).is_none()), None);
    }
}

/// All words that a figure of the flagship can print stand in these files.
#[test]
fn both_weights_have_every_character_of_the_words_and_names() {
    let files = [
        ("ru", include_str!("../../languages/ru/words.yaml")),
        ("ru", include_str!("../../templates/ru/exhibits.yaml")),
        ("kk", include_str!("../../languages/kk/words.yaml")),
        ("kk", include_str!("../../templates/kk/exhibits.yaml")),
        ("en", include_str!("../../languages/en/words.yaml")),
        ("names", include_str!("../../data/territories.yaml")),
        ("short names", include_str!("../../data/tiles.yaml")),
        ("numbers", "−0123456789 \u{a0}\u{202f},.–—‰%№«»„“…хx*≤≥→+()/:;·"),
    ];
    for (name, text) in files {
        for weight in [Weight::Regular, Weight::Bold] {
            let missing: BTreeSet<char> =
                text.chars().filter(|letter| *letter != '\n' && weight.glyph(*letter).is_none()).collect();
            assert_eq!(missing, BTreeSet::new(), "{name} in {weight:?}");
        }
    }
    assert!(files[2].1.contains('ә') && files[2].1.contains('ң') && files[0].1.contains('‰'));
}

#[test]
fn what_cannot_be_drawn_is_an_error() {
    let language = language(Lang::Ru);
    let mut strange = words();
    strange.words.insert("series.0".into(), "城市".into());
    let drawn = layout(&figures()[1], &language, &strange, DOUBLE).map(|_| ());
    assert_eq!(drawn, Err(DrawingError::Glyph('城', "城市".into())));
    let drawn = layout(&figures()[1], &language, &FigureWords::default(), DOUBLE).map(|_| ());
    assert_eq!(drawn, Err(DrawingError::Word("series.0".into())));
    let mut uneven = series(0, 5);
    uneven.marks.pop();
    let chart = Chart::Lines(charts::Lines { periods: years(5), series: vec![uneven], breaks: vec![] });
    assert!(matches!(layout(&figure("uneven", chart), &language, &words(), DOUBLE), Err(DrawingError::Shape(_))));
}

#[test]
fn what_would_be_lost_in_the_picture_is_an_error() {
    let picture = |font: &str, text: &str| {
        png(&format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='30' font-family=\"{font}\">\
             <text x='5' y='20'>{text}</text></svg>"
        ))
    };
    assert!(picture("'Noto Sans'", "Өңір").is_ok());
    assert!(matches!(picture("'Nowhere Sans'", "Өңір"), Err(DrawingError::Raster(_))));
    assert!(matches!(picture("'Noto Sans'", "城"), Err(DrawingError::Raster(_))));
    assert!(matches!(
        picture("'Noto Sans'", "</text><rect width='0' height='1'/><text>"),
        Err(DrawingError::Raster(_))
    ));
}

#[test]
fn a_description_names_the_extremes_without_the_country() {
    let mark = |value: i64| Mark { value: Ok(Amount::Integer(value)), ..mark(0, 1) };
    let chart = Chart::Bars(charts::Bars {
        rows: territories(4),
        series: vec![Series {
            label: Label::Word("unnamed".into()),
            marks: [-90_000, 2_400, -15_400, 300].map(mark).to_vec(),
        }],
        arrangement: Arrangement::Grouped,
        reference: None,
    });
    let layout = layout(&figure("bars", chart), &language(Lang::Ru), &words(), DOUBLE).expect("a figure");
    let text = describe::plain(&layout.description);
    assert!(text.contains("2,4 (Западно-Казахстанская), −15,4 (Северо-Казахстанская)."), "{text}");
    assert!(!text.contains("пусто"), "{text}");
}
