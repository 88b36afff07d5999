//! Stems of Kazakh: what a word may have been made of, ending by ending, where a dictionary lists few of its forms.

use super::suffix_kk::{Sound, chains, is_loan, voiceless, would_change};

/// Endings that make words of verbs and nouns, of back vowels and of front ones.
const MADE: [(&str, &str); 46] = [
    // Voices.
    ("ыл", "іл"),
    ("л", "л"),
    ("ын", "ін"),
    ("н", "н"),
    ("тыр", "тір"),
    ("дыр", "дір"),
    ("т", "т"),
    ("ғыз", "гіз"),
    ("қыз", "кіз"),
    ("ыс", "іс"),
    // Not.
    ("ма", "ме"),
    ("ба", "бе"),
    ("па", "пе"),
    // Times, participles, names of actions.
    ("ған", "ген"),
    ("қан", "кен"),
    ("ды", "ді"),
    ("ты", "ті"),
    ("ады", "еді"),
    ("йды", "йді"),
    ("атын", "етін"),
    ("йтын", "йтін"),
    ("са", "се"),
    ("сақ", "сек"),
    ("ып", "іп"),
    ("п", "п"),
    ("у", "у"),
    ("а", "е"),
    ("й", "й"),
    ("ар", "ер"),
    ("мақ", "мек"),
    ("ушы", "уші"),
    // Verbs of nouns.
    ("лас", "лес"),
    ("лан", "лен"),
    // Nouns and adjectives.
    ("сыз", "сіз"),
    ("лық", "лік"),
    ("дық", "дік"),
    ("тық", "тік"),
    ("лы", "лі"),
    ("ғы", "гі"),
    ("қы", "кі"),
    ("рақ", "рек"),
    ("ырақ", "ірек"),
    ("ша", "ше"),
    ("дай", "дей"),
    ("тай", "тей"),
    ("шы", "ші"),
];

/// How many endings stand behind one another at most, those of a noun counted as one.
const DEPTH: usize = 5;

/// Says whether a word is made of one that is known.
pub(super) fn is_made(word: &str, known: &dyn Fn(&str) -> bool) -> bool {
    // «азаяды» is «азай» and «ады».
    let apart = ["а", "ұ", "о", "ы"].iter().fold(word.to_owned(), |word, vowel| {
        word.replace(&format!("{vowel}я"), &format!("{vowel}йа")).replace(&format!("{vowel}ю"), &format!("{vowel}йу"))
    });
    // «тасиды» is «тасы», «й» and «ды».
    let apart = apart.replace("иды", "ыйды").replace("иді", "ійді").replace("итын", "ыйтын").replace("итін", "ійтін");
    made(word, DEPTH, known) || apart != word && made(&apart, DEPTH, known)
}

fn made(word: &str, depth: usize, known: &dyn Fn(&str) -> bool) -> bool {
    let step = |stem: &str, ending: &str| {
        let whole = std::iter::once(stem.to_owned())
            .chain(voiceless(stem, ending))
            .chain(softened(stem, ending))
            .chain(doubled(stem));
        whole.into_iter().any(|stem| known(&stem) || depth > 1 && made(&stem, depth - 1, known))
    };
    let starts: Vec<usize> = word.char_indices().map(|(at, _)| at).skip(2).collect();
    let noun = starts.iter().any(|at| {
        let (stem, ending) = word.split_at(*at);
        chains().contains(ending)
            && !would_change(stem, ending)
            && (Sound::chains_of(stem).contains(ending) || voiceless(stem, ending).is_some() || is_loan(stem))
            && step(stem, ending)
    });
    // «ауылдікі»: what belongs to somebody, of front vowels whatever the word.
    let belongs = ["дікі", "тікі", "нікі"]
        .iter()
        .filter_map(|end| word.strip_suffix(end))
        .any(|stem| stem.chars().count() > 1 && (known(stem) || depth > 1 && made(stem, depth - 1, known)));
    noun || belongs
        || MADE.iter().flat_map(|(back, front)| [(*back, false), (*front, true)]).any(|(ending, front)| {
            let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.chars().count() > 1) else { return false };
            let fits = (Sound::of(stem).is_front() == front || is_loan(stem)) && joins(stem, ending);
            fits && !would_change(stem, ending) && step(stem, ending)
        })
}

/// Returns a stem with the sign that it loses before a vowel: «моделі» of «модель».
fn softened(stem: &str, ending: &str) -> Option<String> {
    (ending.starts_with(['ы', 'і']) && stem.ends_with('л')).then(|| [stem, "ь"].concat())
}

/// Returns a stem with the second of two consonants, which it loses before an ending: «металы» of «металл».
fn doubled(stem: &str) -> Option<String> {
    let last = stem.chars().next_back().filter(|last| "лмнстфкпрг".contains(*last))?;
    (stem.chars().count() > 3).then(|| format!("{stem}{last}"))
}

/// Says whether the sounds of a stem and of its ending meet.
fn joins(stem: &str, ending: &str) -> bool {
    let is_vowel = |c: Option<char>| c.is_some_and(|c| "аәеоөұүыіуи".contains(c));
    let last = stem.chars().next_back();
    let is_voiceless = last.is_some_and(|c| "пфкқтсшщчцхһбвгд".contains(c));
    match ending.chars().next() {
        Some('қ' | 'к') => is_voiceless,
        Some('т' | 'п') if ending.chars().count() > 1 => is_voiceless,
        Some('ғ' | 'г' | 'д' | 'б') => !is_voiceless,
        Some('т' | 'п' | 'л' | 'н' | 'й' | 'р') if ending.chars().count() < 4 => {
            is_vowel(last) || matches!(ending, "т" | "лы" | "лі" | "лық" | "лік" | "лас" | "лес" | "лан" | "лен")
        }
        // «қу» + «а», «жау» + «а», but «зерттеу» is no stem of a verb.
        Some('а' | 'е') if last == Some('у') => {
            let letters = stem.chars().count();
            letters < 3 || letters == 3 && stem.ends_with("ау")
        }
        // «жаса» + «у», but «кел» + «іп».
        Some('а' | 'е' | 'ы' | 'і') => !is_vowel(last) || last == Some('у'),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_made_of_known_ones_by_their_sounds() {
        let known = |word: &str| {
            ["көрсет", "ажырат", "мамандық", "көш", "сана", "аз", "тез", "облыс", "ет", "қолдан", "күшей"]
                .contains(&word)
        };
        for word in [
            "көрсетпейді",
            "көрсетілмеген",
            "ажыратпайтын",
            "мамандығы",
            "көшкендердің",
            "санасақ",
            "тезірек",
            "облыстарсыз",
            "етпейді",
            "қолданылмайды",
            "күшейгенін",
        ] {
            assert!(is_made(word, &known), "{word}");
        }
        for word in
            ["көрсетпайды", "көрсетген", "ажыратпейтін", "көшгендер", "облысрак", "көрс", "қолданқан", "тезырақ"]
        {
            assert!(!is_made(word, &known), "{word}");
        }
    }
}
