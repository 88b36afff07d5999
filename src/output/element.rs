//! Element: HTML in which every text and every value of an attribute is escaped as it is written.
//!
//! Names of elements and attributes are the program's own (`&'static str`), so no data can become markup.

/// A finished piece of HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Html(String);

/// An element under way.
#[derive(Clone, Debug)]
pub(super) struct Element {
    name: &'static str,
    tag: String,
    body: Html,
}

/// Begins an element.
pub(super) fn tag(name: &'static str) -> Element {
    Element { name, tag: format!("<{name}"), body: Html::default() }
}

/// Begins an element of a class.
pub(super) fn classed(name: &'static str, class: &str) -> Element {
    tag(name).with("class", class)
}

/// Writes an element with nothing but a text in it.
pub(super) fn said(name: &'static str, text: &str) -> Html {
    tag(name).text(text).into()
}

impl Element {
    /// Adds an attribute.
    pub(super) fn with(mut self, key: &'static str, value: &str) -> Element {
        self.tag.push_str(&format!(" {key}=\""));
        push_escaped(&mut self.tag, value, true);
        self.tag.push('"');
        self
    }

    /// Adds an attribute where there is something to say.
    pub(super) fn maybe(self, key: &'static str, value: Option<&str>) -> Element {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// Adds an attribute that has no value.
    pub(super) fn set(mut self, key: &'static str) -> Element {
        self.tag.push_str(&format!(" {key}"));
        self
    }

    /// Adds a text.
    pub(super) fn text(mut self, text: &str) -> Element {
        self.body.text(text);
        self
    }

    /// Adds what is finished.
    pub(super) fn put(mut self, inner: impl Into<Html>) -> Element {
        self.body.put(inner);
        self
    }

    /// Adds each of a row of finished pieces.
    pub(super) fn all<T: Into<Html>>(mut self, inner: impl IntoIterator<Item = T>) -> Element {
        inner.into_iter().for_each(|piece| self.body.put(piece));
        self
    }

    /// Writes one that holds nothing and has no end.
    pub(super) fn void(self) -> Html {
        Html(self.tag + ">")
    }
}

impl From<Element> for Html {
    fn from(element: Element) -> Html {
        Html(format!("{}>{}</{}>", element.tag, element.body.0, element.name))
    }
}

impl Html {
    /// Adds a text.
    pub(super) fn text(&mut self, text: &str) {
        push_escaped(&mut self.0, text, false);
    }

    /// Adds what is finished.
    pub(super) fn put(&mut self, inner: impl Into<Html>) {
        self.0.push_str(&inner.into().0);
    }

    /// Ends the line.
    pub(super) fn line(&mut self) {
        self.0.push('\n');
    }

    /// Ends the line where something stands on it.
    pub(super) fn fresh_line(&mut self) {
        if !self.0.is_empty() && !self.0.ends_with('\n') {
            self.0.push('\n');
        }
    }

    /// Rewrites what is finished: its tags, never its texts.
    pub(super) fn changed(self, change: impl FnOnce(&str) -> String) -> Html {
        Html(change(&self.0))
    }

    /// Takes in elements that the program has written elsewhere, escaped there.
    pub(super) fn trusted(&mut self, elements: &str) {
        self.0.push_str(elements);
    }

    /// Returns it as text of a file.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Html {
    /// Writes data that a script of the page reads: JSON in which no `<` stands.
    pub(super) fn data(id: &'static str, json: &str) -> Html {
        Html(format!("<script type=\"application/json\" id=\"{id}\">\n{}\n</script>\n", json.replace('<', "\\u003c")))
    }
}

impl<T: Into<Html>> FromIterator<T> for Html {
    fn from_iter<I: IntoIterator<Item = T>>(pieces: I) -> Html {
        let mut html = Html::default();
        pieces.into_iter().for_each(|piece| html.put(piece));
        html
    }
}

fn push_escaped(out: &mut String, text: &str, within_quotes: bool) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if within_quotes => out.push_str("&quot;"),
            _ => out.push(letter),
        }
    }
}

/// Keeps words with a hyphen on one line: a title that breaks within one reads as two.
pub(super) fn unbroken(html: &Html) -> Html {
    /// A longer word may not fit a line of a phone.
    const LONGEST: usize = 24;
    let mut out = String::new();
    let word = |word: &str, out: &mut String| {
        let joins = word.split('-').filter(|part| part.starts_with(char::is_alphabetic)).count() > 1;
        match joins && word.chars().count() <= LONGEST && !word.starts_with('-') {
            true => out.push_str(&format!("<span class=\"word\">{word}</span>")),
            false => out.push_str(word),
        }
    };
    let (mut from, mut within) = (0, false);
    for (at, letter) in html.as_str().char_indices() {
        if within || letter.is_whitespace() || letter == '<' {
            if !within {
                word(&html.as_str()[from..at], &mut out);
                within = letter == '<';
            } else if letter == '>' {
                within = false;
            }
            out.push(letter);
            from = at + letter.len_utf8();
        }
    }
    word(&html.as_str()[from..], &mut out);
    Html::default().changed(|_| out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_and_no_value_becomes_markup() {
        let hostile = "\"><script>a()</script>&amp;";
        let html: Html = tag("p").with("title", hostile).text(hostile).put(said("b", "<")).into();
        assert_eq!(
            html.as_str(),
            "<p title=\"&quot;&gt;&lt;script&gt;a()&lt;/script&gt;&amp;amp;\">\"&gt;&lt;script&gt;a()&lt;/script&gt;&amp;amp;<b>&lt;</b></p>"
        );
    }
}
