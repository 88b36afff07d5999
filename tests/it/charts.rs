//! Charts: every kind over invented numbers: its SVG as accepted, no colliding texts at either width, and errors.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use esep::build::{self, Wanted};
use esep::diagnostic::{Diagnostic, Diagnostics};
use esep::drawing::{self, Axis, Layout, Type};
use esep::exhibit::{Chart, Figure, KINDS, Mark, Series, charts};
use esep::files::{Files, sha256};
use esep::output::{Built, Material, figure_words};

use crate::study::{material, read, rehash};
use crate::support::root;

/// Reads the study of charts; names, words and tiles are those of the flagship.
pub(crate) fn charts() -> Files {
    let mut files = Files::default();
    for (path, bytes) in read(&material().join("charts")).iter().filter(|(path, _)| !path.starts_with("drawn/")) {
        files.insert(path, bytes);
    }
    for path in ["data/territories.yaml", "data/tiles.yaml", "templates/layout.html", "templates/style.css"] {
        files.insert(path, fs::read(root().join(path)).expect("a file of the flagship"));
    }
    for lang in ["ru", "kk"] {
        let path = format!("templates/{lang}/strings.yaml");
        files.insert(path.clone(), fs::read(root().join(path)).expect("strings"));
    }
    files.insert("data/terms.yaml", fs::read(material().join("study/data/terms.yaml")).expect("terms"));
    rehash(&mut files);
    files
}

pub(crate) fn built(files: &Files) -> (Material, Vec<Built>) {
    let mut diagnostics = Diagnostics::default();
    let material = build::material(files, &mut diagnostics);
    let material = material.unwrap_or_else(|_| panic!("{:#?}", diagnostics.sorted()));
    let editions = build::editions(&material, &Wanted::default(), &mut diagnostics);
    let editions = editions.unwrap_or_else(|_| panic!("{:#?}", diagnostics.sorted()));
    (material, editions)
}

/// Calls a function with every figure, in every language, at both widths of a journal.
fn each(mut each: impl FnMut(&str, &str, &str, &Figure, &Layout)) -> (Material, Vec<Built>) {
    let (material, editions) = built(&charts());
    for built in &editions {
        for page in &built.pages {
            let (language, code) = (material.language(page.lang).expect("a language"), page.lang.code());
            for (id, figure) in &built.exhibits.figures {
                let words = figure_words(id, figure, page, &material);
                for (width, name) in [(drawing::SINGLE, "single"), (drawing::DOUBLE, "double")] {
                    let layout = drawing::layout(figure, language, &words, width);
                    let layout = layout.unwrap_or_else(|error| panic!("{id} {name} {code}: {error}"));
                    each(id, name, code, figure, &layout);
                }
            }
        }
    }
    (material, editions)
}

#[test]
fn every_kind_is_drawn_as_it_was_accepted_without_collisions() {
    let folder = crate::study::material().join("charts/drawn");
    let mut strange = Vec::new();
    let set = |name: &str| std::env::var_os(name).is_some();
    let (material, _) = each(|id, width, lang, _, layout| {
        if !layout.collisions().is_empty() {
            strange.push(format!("{id} {width} {lang}: {:?}", layout.collisions()));
        }
        // LOOK=1 writes pictures of all, for review by eye.
        if set("LOOK") {
            let png = drawing::png(&layout.svg(Type::Embedded).expect("an SVG")).expect("a PNG");
            let out = root().join("target/charts");
            fs::create_dir_all(&out).expect("a folder");
            fs::write(out.join(format!("{id}.{width}.{lang}.png")), png).expect("a picture");
        }
        if !matches!((width, lang), ("double", "ru") | ("single", "kk")) {
            return;
        }
        let svg = layout.svg(Type::OfPage).expect("an SVG");
        assert!(svg.contains("<title id=") && svg.contains("<desc id=") && !svg.contains("NaN"), "{id}");
        let path = folder.join(format!("{id}.{width}.{lang}.svg"));
        if set("BLESS") {
            fs::create_dir_all(&folder).expect("a folder");
            fs::write(&path, &svg).expect("a golden SVG");
        } else if fs::read_to_string(&path).unwrap_or_default() != svg {
            strange.push(format!("{} is no longer drawn so: look, then `make bless`", path.display()));
        }
    });
    assert!(strange.is_empty(), "{}", strange.join("\n"));
    let asked = material.study.figures.values().map(|entry| format!("{:?}", entry.value.kind));
    assert_eq!(asked.collect::<BTreeSet<_>>().len(), KINDS.len(), "a kind has no figure here");
}

/// A shape of an SVG that stands for a number: its middle and its size.
struct Shape {
    id: String,
    middle: [f64; 2],
    size: [f64; 2],
}

/// Reads the shapes that carry a number; a text says it, but does not show it.
fn shapes(svg: &str) -> Vec<Shape> {
    let text = |line: &str, name: &str| {
        let (_, rest) = line.split_once(&format!(" {name}=\""))?;
        rest.split('"').next().map(str::to_owned)
    };
    let number = |line: &str, name: &str| text(line, name)?.parse::<f64>().ok();
    let shape = |line: &str| {
        let id = text(line, "data-number")?;
        if line.starts_with("<circle ") {
            return Some(Shape { id, middle: [number(line, "cx")?, number(line, "cy")?], size: [0.0; 2] });
        }
        let ([left, right], [top, bottom], corners) = if line.starts_with("<rect ") {
            let (x, y) = (number(line, "x")?, number(line, "y")?);
            ([x, x + number(line, "width")?], [y, y + number(line, "height")?], 4)
        } else if line.starts_with("<path ") {
            let d = text(line, "d")?;
            let numbers: Vec<f64> = d.split(['M', 'L', 'Z', ' ']).filter_map(|part| part.parse().ok()).collect();
            let side = |at: usize| {
                let all = || numbers.iter().copied().skip(at).step_by(2);
                [all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max)]
            };
            (side(0), side(1), numbers.len() / 2)
        } else {
            return None;
        };
        // A triangle's middle is nearer to its foot.
        let down = if corners == 3 { 1.35 / 2.03 } else { 0.5 };
        let middle = [(left + right) / 2.0, top + (bottom - top) * down];
        Some(Shape { id, middle, size: [right - left, bottom - top] })
    };
    svg.lines().filter_map(shape).collect()
}

/// How a number is shown: as a place or a length along one of the figure's scales, or as a surface that exists.
#[derive(Clone, Copy, Debug)]
enum Shown {
    Place(usize),
    Length(usize),
    Surface,
}

/// Lists the numbers that a figure must show, in its own scale.
fn numbers(figure: &Figure, axes: &[Axis]) -> Vec<(String, f64, Shown)> {
    let mut found = Vec::new();
    let mut put = |mark: &Mark, thousands: u8, value: Option<f64>, shown: Shown| {
        let Ok(amount) = &mark.value else { return };
        let own = (0..thousands).fold(amount.to_f64(), |value, _| value / 1000.0);
        found.push((mark.number.clone(), value.unwrap_or(own), shown));
    };
    let k = figure.thousands;
    let mut all = |series: &[&Series], shown: Shown| {
        series.iter().flat_map(|series| &series.marks).for_each(|mark| put(mark, k, None, shown));
    };
    match &figure.chart {
        Chart::Lines(charts::Lines { series, .. }) | Chart::Cumulative(charts::Cumulative { series, .. }) => {
            all(&series.iter().collect::<Vec<_>>(), Shown::Place(0));
        }
        Chart::Columns(charts::Columns { series, total, .. }) => {
            all(&series.iter().collect::<Vec<_>>(), Shown::Length(0));
            all(&total.iter().collect::<Vec<_>>(), Shown::Place(0));
        }
        Chart::Bars(charts::Bars { series, .. }) => all(&series.iter().collect::<Vec<_>>(), Shown::Length(0)),
        Chart::Panels(charts::Panels { panels, .. }) => {
            assert_eq!(axes.len(), panels.len());
            for (i, panel) in panels.iter().enumerate() {
                all(&panel.series.iter().collect::<Vec<_>>(), Shown::Place(i));
            }
        }
        Chart::Slope(charts::Slope { ends, .. }) | Chart::Dumbbell(charts::Dumbbell { ends, .. }) => {
            all(&ends.iter().collect::<Vec<_>>(), Shown::Place(0));
        }
        Chart::Trend(charts::Trend { value, fitted, ahead, band, .. }) => {
            let lines = fitted.iter().chain(ahead).chain(band.iter().flatten());
            all(&std::iter::once(value).chain(lines).collect::<Vec<_>>(), Shown::Place(0));
        }
        Chart::HeatMap(charts::HeatMap { cells, .. }) => {
            cells.iter().flatten().for_each(|mark| put(mark, k, None, Shown::Surface));
        }
        Chart::Pyramid(charts::Pyramid { sides, .. }) => all(&sides.iter().collect::<Vec<_>>(), Shown::Length(0)),
        Chart::FlowMap(charts::FlowMap { flows, .. }) => {
            flows.iter().for_each(|flow| put(&flow.mark, k, None, Shown::Surface));
        }
        Chart::TileMap(charts::TileMap { tiles }) => {
            tiles.iter().for_each(|tile| put(&tile.mark, k, None, Shown::Surface))
        }
        Chart::Choropleth(charts::Choropleth { areas, .. }) => {
            areas.iter().for_each(|area| put(&area.mark, k, None, Shown::Surface))
        }
        Chart::Shares(charts::Shares { series, shares, .. }) => {
            for (row, shares) in shares.iter().enumerate() {
                for (series, share) in series.iter().zip(shares) {
                    let share = share.as_ref().map(|share| share.exact.to_f64());
                    put(&series.marks[row], k, share, Shown::Length(0));
                }
            }
        }
        Chart::Lorenz(charts::Lorenz { points, .. }) => {
            for point in points {
                put(&point.mark, k, Some(point.at.1.to_f64()), Shown::Place(0));
                put(&point.mark, k, Some(point.at.0.to_f64()), Shown::Place(1));
            }
        }
        Chart::Scatter(charts::Scatter { points, x, y, .. }) => {
            for point in points {
                put(&point.marks[1], y.thousands, None, Shown::Place(0));
                put(&point.marks[0], x.thousands, None, Shown::Place(1));
            }
        }
    }
    found
}

#[test]
fn the_scale_of_every_kind_gives_back_each_value_within_half_a_pixel() {
    let (mut lost, mut checked) = (Vec::new(), BTreeMap::<String, usize>::new());
    each(|id, width, lang, figure, layout| {
        let shapes = shapes(&layout.svg(Type::OfPage).expect("an SVG"));
        for (number, value, shown) in numbers(figure, &layout.axes) {
            let fits = |shape: &&Shape| {
                let along = |axis: &Axis| usize::from(axis.upright);
                match shown {
                    Shown::Place(i) => {
                        let axis = &layout.axes[i];
                        (axis.value_at(shape.middle[along(axis)]) - value).abs() * axis.step.abs() <= 0.5
                    }
                    Shown::Length(i) => {
                        let axis = &layout.axes[i];
                        (shape.size[along(axis)] - value.abs() * axis.step.abs()).abs() <= 0.5
                    }
                    Shown::Surface => shape.size[0] > 5.0 && shape.size[1] > 5.0,
                }
            };
            if !shapes.iter().filter(|shape| shape.id == number).any(|shape| fits(&shape)) {
                lost.push(format!("{id} {width} {lang}: {number} = {value} as {shown:?}"));
            }
            *checked.entry(id.to_owned()).or_default() += 1;
        }
    });
    assert!(lost.is_empty(), "{} lost:\n{}", lost.len(), lost[..lost.len().min(20)].join("\n"));
    // Every figure at both widths in both languages; two show few values on purpose, and no other may.
    let least = |id: &str| match id {
        "line_of_one_value" => 4,
        "choropleth_of_some" => 12,
        _ => 20,
    };
    assert!(checked.len() >= KINDS.len() && checked.iter().all(|(id, count)| *count >= least(id)), "{checked:?}");
    assert!(checked.values().sum::<usize>() >= 5000, "{checked:?}");
}

#[test]
fn a_figure_that_its_kind_cannot_show_is_refused_with_its_reason() {
    let cases = [
        (
            "kind: diverging-bars,",
            "kind: diverging-bars, gini: \"population.gini[2024]\",",
            "`gini` says nothing of the kind",
        ),
        (
            "kind: tile-map, of: \"migration_rate.value[regions, 2024]\"",
            "kind: tile-map, of: \"migration_rate.value[all, 2024]\"",
            "has no place in data/tiles.yaml",
        ),
        (
            "series: {x: \"migration_rate.value[regions, 2024]\", y:",
            "series: {z: \"migration_rate.value[regions, 2024]\", y:",
            "has a series `z`",
        ),
        ("kind: stacked-bars,", "kind: stacked-bars-100,", "a part below zero has no share"),
        (
            "of: \"population.value[cities, 2022..2024]\"",
            "of: \"population.value[cities, 2016..2024]\"",
            "more than eight colours cannot be told apart",
        ),
        ("x_line: zero, y_line: zero,", "x_line: zero, y_line: zero, x_scale: thousands,", "one unit and one scale"),
        ("class_breaks: [500000, 1000000, 1500000]", "class_breaks: [1000000, 500000]", "must rise"),
        (
            "boundaries: data/invented.geojson, property: kato, unit",
            "boundaries: data/invented.geojson, unit",
            "has no text in its property `code`",
        ),
        (
            "boundaries: data/invented.geojson, property: kato, unit",
            "boundaries: data/other.geojson, unit",
            "there is no file `data/other.geojson`",
        ),
        (
            "kind: dumbbell, of: \"natural_rate.value[regions, 2015..2024]\"",
            "kind: dumbbell, of: \"natural_rate.value[regions, 2024]\"",
            "needs two series",
        ),
        ("gini: \"population.gini[2024]\"", "gini: \"population.gini[all]\"", "must be a single value"),
    ];
    for (from, to, message) in cases {
        let mut files = charts();
        let study = files.text("study.yaml").expect("a study").to_owned();
        assert!(study.contains(from), "{from}");
        files.insert("study.yaml", study.replacen(from, to, 1));
        let mut diagnostics = Diagnostics::default();
        let made = build::build(&files, &Wanted::default(), &mut diagnostics);
        let said: Vec<String> = diagnostics.sorted().iter().map(|problem| problem.message.clone()).collect();
        assert!(made.is_err() && said.iter().any(|said| said.contains(message)), "{message}: {said:#?}");
    }
}

#[test]
fn boundaries_that_cannot_be_drawn_are_refused_with_their_reason() {
    let polygon = |rings: &str| format!("{{\"type\": \"Polygon\", \"coordinates\": [{rings}]}}");
    let feature = |code: &str, geometry: &str| {
        format!("{{\"type\": \"Feature\", \"properties\": {{\"kato\": {code}}}, \"geometry\": {geometry}}}")
    };
    let square = "[[60, 45], [61, 45], [61, 46], [60, 46], [60, 45]]";
    let cases = [
        (feature("10", &polygon(square)), "has no text in its property `kato`"),
        (feature("\"Astana\"", &polygon(square)), "is no territory of the study"),
        (feature("\"KZ-99\"", &polygon(square)), "is no territory of the study"),
        (feature("\"KZ-10\"", "null"), "neither a polygon nor several"),
        (feature("\"KZ-10\"", "{\"type\": \"Point\", \"coordinates\": [60, 45]}"), "neither a polygon nor several"),
        (feature("\"KZ-10\"", "{\"type\": \"MultiPolygon\", \"coordinates\": []}"), "neither a polygon nor several"),
        (feature("\"KZ-10\"", &polygon("[[60, 45], [61, 45], [60, 45]]")), "neither a polygon nor several"),
        (feature("\"KZ-10\"", &polygon("[[60, 45], [61, 45], [62, 45], [60, 45]]")), "neither a polygon nor several"),
        (feature("\"KZ-10\"", &polygon("[[600, 45], [61, 45], [61, 46], [600, 45]]")), "neither a polygon nor several"),
    ];
    let base = charts();
    let map = base.text("data/invented.geojson").expect("a map").to_owned();
    for (feature, message) in cases {
        let mut files = charts();
        files.insert("data/invented.geojson", map.replacen("\"features\":[", &format!("\"features\":[{feature},"), 1));
        assert!(files.text("data/invented.geojson").is_some_and(|text| text.contains(&feature)), "{feature}");
        let mut diagnostics = Diagnostics::default();
        let made = build::build(&files, &Wanted::default(), &mut diagnostics);
        let said: Vec<String> = diagnostics.sorted().iter().map(|problem| problem.message.clone()).collect();
        assert!(made.is_err() && said.iter().any(|said| said.contains(message)), "{message}: {said:#?}");
    }
}

#[test]
fn a_text_without_room_is_a_warning() {
    let mut files = charts();
    let (path, from) = ("templates/ru/exhibits.yaml", "urban: городское население");
    let words = files.text(path).expect("words").replacen(from, &format!("urban: {}", "длинное".repeat(20)), 1);
    files.insert(path, words);
    let mut diagnostics = Diagnostics::default();
    // This material lacks words that only a whole report needs.
    let _ = build::build(&files, &Wanted::default(), &mut diagnostics);
    let said = diagnostics.sorted();
    let touching = |problem: &&Diagnostic| problem.message.starts_with("texts of the figure touch in `ru`: ");
    let warning = said.iter().find(touching).expect("a warning");
    assert!(warning.place.within.as_deref() == Some("figure `lines`") && warning.hint.is_some(), "{warning:?}");
}

#[test]
fn the_kinds_are_listed_with_their_options() {
    let output =
        std::process::Command::new(env!("CARGO_BIN_EXE_esep")).args(["chart", "list", "--format", "json"]).output();
    let listed: serde_json::Value = serde_json::from_slice(&output.expect("esep runs").stdout).expect("JSON");
    let kinds = listed["kinds"].as_array().expect("kinds");
    assert_eq!(kinds.len(), KINDS.len());
    for kind in kinds {
        assert!(["name", "shows", "takes"].iter().all(|key| kind[key].as_str().is_some_and(|text| !text.is_empty())));
    }
    assert!(listed["shared"].as_array().is_some_and(|shared| shared.iter().any(|option| option["name"] == "width")));
}

/// The pictures take their glyphs from the program: what fonts a system has leaves no trace in them.
#[test]
fn fonts_of_the_system_leave_no_trace_in_the_pictures() {
    let mut pictures = Vec::new();
    for fonts in ["none", "another"] {
        let folder = crate::study::scratch(&format!("fonts-{fonts}"));
        crate::study::write(&folder, &crate::study::dummy());
        let own = folder.join("share/fonts");
        fs::create_dir_all(&own).expect("a folder");
        if fonts == "another" {
            // A bold face that passes for the regular one wherever fonts are looked up by their files.
            fs::write(own.join("NotoSans-Regular.ttf"), notosans::BOLD_TTF).expect("a font");
        }
        let conf = folder.join("fonts.conf");
        fs::write(&conf, format!("<fontconfig><dir>{}</dir></fontconfig>", own.display())).expect("a list of fonts");
        let status = std::process::Command::new(env!("CARGO_BIN_EXE_esep"))
            .args(["build", "--study"])
            .arg(&folder)
            .env("FONTCONFIG_FILE", &conf)
            .env("XDG_DATA_HOME", folder.join("share"))
            .env("HOME", &folder)
            .status();
        assert!(status.expect("esep runs").success());
        let png =
            |lang: &str| fs::read(folder.join(format!("report/2022/figures/rural_lines.{lang}.png"))).expect("a PNG");
        pictures.push(["ru", "kk"].map(|lang| sha256(&png(lang))));
    }
    assert_eq!(pictures[0], pictures[1]);
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml");
    let resvg = manifest.lines().find(|line| line.starts_with("resvg = ")).expect("resvg");
    assert!(resvg.contains("default-features = false") && !resvg.contains("system-fonts"), "{resvg}");
}
