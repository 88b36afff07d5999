//! Circles: files of one room that know each other round. A file may know what stands under it and what it stands under.

use std::collections::{BTreeMap, BTreeSet};

use crate::tidy::sources;

/// A module by its path: `claim`, `scan`, `form`.
type Module = Vec<String>;

/// The circles that stand, each as it is told; one that is broken is taken out here.
const KNOWN: &[&str] = &[
    "catalog/entry catalog/reading",
    "claim/asked claim/bench claim/paper claim/probe claim/range claim/rule claim/rule/truth claim/said claim/single claim/speaks claim/verdict \
     claim/words claim/worlds",
    "claim/docx claim/html claim/pdf claim/source",
    "cli/diff/side cli/diff/told",
    "cli/verify cli/verify_alone cli/verify_set",
    "drawing/axis drawing/voice",
    "drawing/describe drawing/observe",
    "exhibit/geometry exhibit/kinds exhibit/shape",
    "expression/evaluate expression/functions",
    "language/aside language/dates/ru language/lang language/noun_ru language/numerals language/own language/plain language/quantity \
     language/ru",
    "language/dates/kk language/kk language/noun_kk language/owned_kk language/spoken/kk language/stem_kk language/suffix_kk",
    "output/bar output/explanation output/html output/html_table output/html_walk output/panel",
    "page/order page/periods page/selection",
    "page/reader page/sentence page/template",
];

/// The files with their modules, the code of each without comments and tests, and what its `use` lines name.
struct House {
    code: BTreeMap<Module, String>,
    uses: BTreeMap<Module, Vec<Module>>,
}

impl House {
    fn read() -> House {
        let mut house = House { code: BTreeMap::new(), uses: BTreeMap::new() };
        for (path, text) in sources() {
            let own = path.trim_end_matches(".rs");
            let own = own.strip_suffix("/mod").unwrap_or(own);
            if ["lib", "main"].contains(&own) || own.ends_with("tests") {
                continue;
            }
            let shipped = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
            let lines = shipped.lines().filter(|line| !line.trim_start().starts_with("//"));
            house.code.insert(own.split('/').map(str::to_owned).collect(), lines.collect::<Vec<_>>().join("\n"));
        }
        for (module, code) in &house.code {
            let named = used(code).into_iter().filter_map(|path| house.absolute(module, &path)).collect();
            house.uses.insert(module.clone(), named);
        }
        house
    }

    /// Writes a path from the root of the crate; none for a path of another crate.
    fn absolute(&self, from: &Module, path: &str) -> Option<Module> {
        let mut parts: Vec<&str> = path.split("::").collect();
        let mut base = from.clone();
        match parts[0] {
            "crate" => return Some(parts[1..].iter().map(|part| (*part).to_owned()).collect()),
            "self" => drop(parts.remove(0)),
            "super" => {
                while parts.first() == Some(&"super") {
                    parts.remove(0);
                    base.pop();
                }
            }
            first => {
                let child = [base.clone(), vec![first.to_owned()]].concat();
                self.code.get(&child)?;
            }
        }
        base.extend(parts.into_iter().map(str::to_owned));
        Some(base)
    }

    /// Finds the file in which what a path names is written, through what files on the way hand on.
    fn home(&self, path: &Module, depth: usize) -> Option<Module> {
        let length = (1..=path.len()).rev().find(|length| self.code.contains_key(&path[..*length]))?;
        let (module, rest) = (path[..length].to_vec(), &path[length..]);
        let handed = rest.first().and_then(|name| {
            let own = self.uses[&module].iter().filter(|used| used.last() == Some(name) && used[0] == module[0]);
            own.filter_map(|used| self.home(used, depth.checked_sub(1)?)).find(|home| *home != module)
        });
        Some(handed.unwrap_or(module))
    }

    /// Lists the files of its room that a file knows, beside those under and over it.
    fn known(&self, module: &Module) -> BTreeSet<Module> {
        let mentioned = mentions(&self.code[module]);
        let paths = mentioned.iter().filter_map(|path| self.absolute(module, path));
        let homes = paths.chain(self.uses[module].iter().cloned()).filter_map(|path| self.home(&path, 6));
        homes.filter(|home| home[0] == module[0] && !home.starts_with(module) && !module.starts_with(home)).collect()
    }
}

/// Lists the paths that the `use` lines of a file name.
fn used(code: &str) -> Vec<String> {
    let statements = code.split(';').filter_map(|part| {
        let at = part.rfind("use ").filter(|at| part[..*at].ends_with(['\n', ' ', '\t']) || *at == 0)?;
        let first = part[..at].lines().last().unwrap_or_default().trim();
        (first.is_empty() || first.starts_with("pub")).then(|| part[at + "use ".len()..].to_owned())
    });
    statements.flat_map(|statement| expanded(&statement.split_whitespace().collect::<Vec<_>>().join(" "))).collect()
}

/// Writes out what stands in braces.
fn expanded(path: &str) -> Vec<String> {
    let path = path.trim();
    let Some((before, inner)) = path.split_once('{') else {
        return vec![path.split(" as ").next().unwrap_or_default().trim().to_owned()];
    };
    let inner = inner.strip_suffix('}').unwrap_or(inner);
    let (mut parts, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, sign) in inner.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&inner[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inner[start..]);
    let whole = parts.into_iter().map(str::trim).filter(|part| !part.is_empty());
    whole.flat_map(|part| expanded(&format!("{before}{part}"))).collect()
}

/// Lists the paths that stand in code.
fn mentions(code: &str) -> BTreeSet<String> {
    let words = code.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
    words.map(|word| word.trim_matches(':').to_owned()).filter(|word| word.contains("::")).collect()
}

/// Returns what can be reached from a file.
fn reached<'a>(edges: &'a BTreeMap<Module, BTreeSet<Module>>, from: &'a Module) -> BTreeSet<&'a Module> {
    let (mut found, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(next) = open.pop() {
        let fresh = edges.get(next).into_iter().flatten();
        open.extend(fresh.filter(|module| found.insert(*module)));
    }
    found
}

#[test]
fn files_of_a_room_know_each_other_one_way() {
    let house = House::read();
    let edges: BTreeMap<Module, BTreeSet<Module>> =
        house.code.keys().map(|module| (module.clone(), house.known(module))).collect();
    assert!(edges.values().map(BTreeSet::len).sum::<usize>() > 500, "the reader of `use` lines reads them");
    let reach: BTreeMap<&Module, BTreeSet<&Module>> =
        edges.keys().map(|module| (module, reached(&edges, module))).collect();
    let round = |module: &Module| -> String {
        let back = reach[module].iter().filter(|other| reach[**other].contains(module));
        back.map(|other| other.join("/")).collect::<Vec<_>>().join(" ")
    };
    let circles: BTreeSet<String> = edges.keys().map(round).filter(|circle| !circle.is_empty()).collect();
    let known: BTreeSet<String> = KNOWN.iter().map(|circle| (*circle).to_owned()).collect();
    let new: Vec<&String> = circles.difference(&known).collect();
    let gone: Vec<&String> = known.difference(&circles).collect();
    assert!(
        new.is_empty(),
        "files know each other round:\n{}",
        new.iter().map(|c| c.as_str()).collect::<Vec<_>>().join("\n")
    );
    assert!(gone.is_empty(), "no circles any more: {gone:?}");
}
