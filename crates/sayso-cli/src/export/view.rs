//! A ledger looked at from the side of its readers: statements numbered, grouped by who speaks, nested
//! ones under the ones around them. Whatever refers to nothing is left out, never followed.

use sayso::ledger::{Ledger, Pair, Source, Statement};
use sayso::offsets::CodePoints;
use std::collections::HashMap;
use std::ops::Range;

pub(super) struct View<'l> {
    pub(super) ledger: &'l Ledger,
    points: CodePoints<'l>,
    sources: HashMap<&'l str, &'l Source>,
    numbers: HashMap<&'l str, usize>,
    /// For each statement the ones inside it.
    inner: Vec<Vec<usize>>,
}

/// What one speaker says.
pub(super) struct Group<'l> {
    /// Nobody known if there is none.
    pub(super) source: Option<&'l Source>,
    /// The name to go by.
    pub(super) name: &'l str,
    /// Statements that stand in no other one.
    pub(super) statements: Vec<usize>,
    /// Statements inside another's words.
    pub(super) nested: Vec<usize>,
}

impl<'l> View<'l> {
    pub(super) fn new(ledger: &'l Ledger) -> Self {
        let numbers: HashMap<&str, usize> =
            ledger.statements.iter().enumerate().map(|(at, s)| (s.id.as_str(), at)).collect();
        let mut inner = vec![Vec::new(); ledger.statements.len()];
        for (at, statement) in ledger.statements.iter().enumerate() {
            // Outer before inner: a statement inside a later one (or itself) would be a circle.
            if let Some(&outer) = statement.inside.as_deref().and_then(|id| numbers.get(id))
                && outer < at
            {
                inner[outer].push(at);
            }
        }
        Self {
            ledger,
            points: CodePoints::of_str(&ledger.document.text),
            sources: ledger.sources.iter().map(|source| (source.id.as_str(), source)).collect(),
            numbers,
            inner,
        }
    }

    pub(super) fn statement(&self, at: usize) -> &'l Statement {
        &self.ledger.statements[at]
    }

    /// The statements inside one.
    pub(super) fn inside(&self, at: usize) -> &[usize] {
        &self.inner[at]
    }

    /// The statement around one.
    pub(super) fn outer(&self, at: usize) -> Option<usize> {
        let id = self.statement(at).inside.as_deref()?;
        self.numbers.get(id).copied().filter(|outer| *outer < at)
    }

    /// Who reported that a statement was made: whoever is nearest to it first.
    pub(super) fn reporters(&self, at: usize) -> Vec<&'l str> {
        let mut names: Vec<&str> = self.statement(at).reporters_left_out().collect();
        let mut inner = at;
        while let Some(outer) = self.outer(inner) {
            let statement = self.statement(outer);
            names.push(self.speaker(statement).unwrap_or("an unknown speaker"));
            names.extend(statement.reporters_left_out());
            inner = outer;
        }
        names
    }

    pub(super) fn source(&self, id: &str) -> Option<&'l Source> {
        self.sources.get(id).copied()
    }

    /// The name of whoever makes a statement.
    pub(super) fn speaker(&self, statement: &'l Statement) -> Option<&'l str> {
        let source = statement.speaker.as_deref().and_then(|id| self.source(id));
        statement.speaker_name.as_deref().or(source.map(|source| source.name.as_str()))
    }

    /// Names of sources by their ids; an id that names none stands for itself.
    pub(super) fn names(&self, ids: &'l [String]) -> Vec<&'l str> {
        ids.iter().map(|id| self.source(id).map_or(id.as_str(), |source| source.name.as_str())).collect()
    }

    /// The bytes of a span, if it is one of this text.
    pub(super) fn bytes(&self, [start, end]: Pair) -> Option<Range<usize>> {
        let (start, end) = self.points.byte(start).zip(self.points.byte(end))?;
        (start <= end).then_some(start..end)
    }

    /// The words of a span; empty for one that is not of this text.
    pub(super) fn words(&self, pair: Pair) -> &'l str {
        self.bytes(pair).map_or("", |bytes| &self.ledger.document.text[bytes])
    }

    /// Whether some word of a statement's spans is in the text.
    pub(super) fn is_marked(&self, at: usize) -> bool {
        let spans = &self.statement(at).spans;
        let mut all = spans.content.iter().chain(&spans.cue).chain(&spans.source);
        all.any(|pair| self.bytes(*pair).is_some_and(|bytes| !bytes.is_empty()))
    }

    /// The words attributed, pieces set apart by a mark of omission.
    pub(super) fn quote(&self, statement: &Statement) -> String {
        let pieces: Vec<&str> = statement.spans.content.iter().map(|pair| self.words(*pair)).collect();
        if pieces.is_empty() { statement.quote.clone() } else { pieces.join(" […] ") }
    }

    /// Speakers in the order of their first statement; those that are not known last.
    pub(super) fn groups(&self) -> Vec<Group<'l>> {
        let mut groups: Vec<Group<'l>> = Vec::new();
        let mut known: HashMap<&str, usize> = HashMap::new();
        let mut unknown = Group { source: None, name: "", statements: Vec::new(), nested: Vec::new() };
        for (at, statement) in self.ledger.statements.iter().enumerate() {
            let group = match (statement.speaker.as_deref(), self.speaker(statement)) {
                (None, None) => &mut unknown,
                (id, name) => {
                    let key = id.or(name).unwrap_or_default();
                    let place = *known.entry(key).or_insert(groups.len());
                    if place == groups.len() {
                        let source = id.and_then(|id| self.source(id));
                        let name = source.map(|source| source.name.as_str()).or(name).unwrap_or(key);
                        groups.push(Group { source, name, statements: Vec::new(), nested: Vec::new() });
                    }
                    &mut groups[place]
                }
            };
            let list = if self.outer(at).is_some() { &mut group.nested } else { &mut group.statements };
            list.push(at);
        }
        groups.extend((!unknown.statements.is_empty() || !unknown.nested.is_empty()).then_some(unknown));
        groups
    }
}
