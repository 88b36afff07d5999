//! Proposed: a file of claims as text, with what is proposed under them, so that one is taken over and all else stays as written.

/// What stands before a proposal in a file.
const MARK: &str = "    # basis: ";

/// What stands before a claim.
const CLAIM: &str = "  - {id: ";

/// A file of claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    lines: Vec<String>,
    /// How many proposals were taken over.
    pub taken: usize,
}

impl Proposed {
    /// Reads a file.
    pub fn read(text: &str) -> Proposed {
        Proposed { lines: text.lines().map(str::to_owned).collect(), taken: 0 }
    }

    /// Returns the file as it now is.
    pub fn text(&self) -> String {
        self.lines.join("\n") + "\n"
    }

    /// Lists the claims that have proposals, and derive from nothing yet.
    pub fn ids(&self) -> Vec<String> {
        let has = |at: &usize| self.lines.get(at + 1).is_some_and(|line| line.starts_with(MARK));
        (0..self.lines.len()).filter(has).filter_map(|at| self.id(at)).map(str::to_owned).collect()
    }

    /// Returns how many claims have proposals left.
    pub fn open(&self) -> usize {
        self.ids().len()
    }

    fn id(&self, at: usize) -> Option<&str> {
        self.lines[at].strip_prefix(CLAIM)?.split([',', '}']).next()
    }

    /// Shows a claim with its proposals, numbered.
    pub fn shown(&self, id: &str) -> String {
        let Some(at) = self.place(id) else { return String::new() };
        let mut out = format!("\n{}\n", self.lines[at].trim());
        for (number, line) in self.proposals(at).enumerate() {
            out.push_str(&format!("  {}. {}\n", number + 1, line.trim().trim_start_matches("# ")));
        }
        out
    }

    fn place(&self, id: &str) -> Option<usize> {
        (0..self.lines.len()).find(|at| self.id(*at) == Some(id))
    }

    fn proposals(&self, at: usize) -> impl Iterator<Item = &String> {
        self.lines[at + 1..].iter().take_while(|line| line.starts_with(MARK))
    }

    /// Takes over a proposal, counted from 0, and drops the others; says why it cannot be.
    pub fn take(&mut self, id: &str, which: usize) -> Result<(), String> {
        let at = self.place(id).ok_or_else(|| format!("there is no claim `{id}` on a line of its own"))?;
        let count = self.proposals(at).count();
        let proposal = self.proposals(at).nth(which).ok_or_else(|| match count {
            0 => format!("nothing is proposed under `{id}`"),
            _ => format!("`{id}` has {count} proposals"),
        })?;
        // `# basis: agency, expr: "…" – why`
        let taken = proposal.trim_start_matches(MARK);
        let (basis, rest) = taken
            .split_once(", expr: ")
            .ok_or_else(|| format!("the proposal under `{id}` is not as it was written"))?;
        let end = rest[1..].match_indices('"').map(|(i, _)| i + 1).find(|i| !rest[..*i].ends_with('\\'));
        let expr = end.map(|end| &rest[..=end]).filter(|expr| expr.starts_with('"'));
        let expr = expr.ok_or_else(|| format!("the proposal under `{id}` is not as it was written"))?;
        let line = &self.lines[at];
        let close = line.rfind('}').ok_or_else(|| format!("`{id}` does not stand on one line"))?;
        if line.contains(", expr: ") {
            return Err(format!("`{id}` is derived already"));
        }
        let line = format!("{}, basis: {basis}, expr: {expr}{}", &line[..close], &line[close..]);
        self.lines[at] = line;
        self.lines.drain(at + 1..at + 1 + count);
        self.taken += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "claims:\n  - {id: n001, where: line 1, printed: \"5\"} # unsure\n    # basis: agency, expr: \"a.value[x, 2021]\" – as published; given\n    # basis: agency, expr: \"b\" – sum\n  - {id: n002, where: line 2, printed: \"6\"}\n";

    #[test]
    fn one_proposal_is_taken_over_and_all_else_stays() {
        let mut file = Proposed::read(FILE);
        assert_eq!(file.ids(), ["n001"]);
        assert_eq!(file.take("n002", 0), Err("nothing is proposed under `n002`".to_owned()));
        assert_eq!(file.take("n001", 2), Err("`n001` has 2 proposals".to_owned()));
        assert_eq!(file.take("n001", 0), Ok(()));
        let line =
            "  - {id: n001, where: line 1, printed: \"5\", basis: agency, expr: \"a.value[x, 2021]\"} # unsure\n";
        assert_eq!(file.text(), format!("claims:\n{line}  - {{id: n002, where: line 2, printed: \"6\"}}\n"));
        assert_eq!(file.open(), 0);
    }
}
