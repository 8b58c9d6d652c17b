//! The sources of an article: those that were read in it, and those that people name.

use super::places::Page;
use sayso::ledger::{Document, Source, SourceKind, SourceStatus, source_id};

/// The sources of one reading, with what people added.
pub(crate) struct Cast<'a> {
    document: &'a Document,
    page: &'a Page,
    sources: Vec<Source>,
    /// How many of them were read.
    read: usize,
}

impl<'a> Cast<'a> {
    pub(crate) fn new(document: &'a Document, page: &'a Page, read: &[Source]) -> Self {
        Self { document, page, sources: read.to_vec(), read: read.len() }
    }

    pub(crate) fn document(&self) -> &'a Document {
        self.document
    }

    /// All of them.
    pub(crate) fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Those that people added.
    pub(crate) fn made(&self) -> &[Source] {
        &self.sources[self.read..]
    }

    /// Forgets what was added after the first so many.
    pub(crate) fn truncate(&mut self, length: usize) {
        self.sources.truncate(length.max(self.read));
    }

    /// The source of this id, or else of this name, or else one that is made of the name's places in the text: id and name.
    ///
    /// # Errors
    /// Why nobody is meant for sure, and what was expected.
    pub(crate) fn source(&mut self, id: Option<&str>, name: &str) -> Result<(String, String), String> {
        let name = name.trim();
        let asked = id.unwrap_or(name);
        if let Some(source) = self.sources.iter().find(|source| source.id == asked) {
            return Ok((source.id.clone(), source.name.clone()));
        }
        // whom another reading knows by its id is nobody's alias here
        let ways: &[fn(&Source, &str) -> bool] =
            if id.is_some() { &[is_called] } else { &[is_called, is_also_called] };
        for is_named in ways {
            let named: Vec<&Source> = self.sources.iter().filter(|source| is_named(source, name)).collect();
            match named.as_slice() {
                [] => {}
                [only] => return Ok((only.id.clone(), only.name.clone())),
                several => {
                    let several: Vec<String> =
                        several.iter().map(|one| format!("{} ({})", one.id, one.name)).collect();
                    let several = several.join(", ");
                    return Err(format!(
                        "{name:?} is the name of several sources; expected the id of one: {several}"
                    ));
                }
            }
        }
        let mentions = self.page.mentions(name);
        let Some(first) = mentions.first() else {
            let names: Vec<&str> = self.sources.iter().map(|source| source.name.as_str()).collect();
            let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
            return Err(format!(
                "{name:?} stands nowhere in the article; expected a name that does, or one of its sources: {names}"
            ));
        };
        let holds = |source: &&Source| {
            source.mentions.iter().any(|own| mentions.iter().any(|one| own[0] <= one[0] && one[1] <= own[1]))
        };
        let holding: Vec<&Source> = self.sources.iter().filter(holds).collect();
        if id.is_none() && holding.len() > 1 {
            let several: Vec<String> =
                holding.iter().map(|one| format!("{} ({})", one.id, one.name)).collect();
            let several = several.join(", ");
            return Err(format!(
                "{name:?} is part of the names of several sources; expected the id of one: {several}"
            ));
        }
        let name = self.page.slice(*first).split_whitespace().collect::<Vec<_>>().join(" ");
        let id = source_id(&self.document.sha256, &name, first[0]);
        let is_named = name.split_whitespace().any(|word| word.starts_with(char::is_uppercase));
        let status = if is_named { SourceStatus::Named } else { SourceStatus::RoleOnly };
        // the same name at the same place is the same source, whatever it is called now
        if !self.sources.iter().any(|source| source.id == id) {
            self.sources.push(Source {
                id: id.clone(),
                name: name.clone(),
                kind: SourceKind::Unknown,
                status,
                roles: Vec::new(),
                affiliation: None,
                names: vec![name.clone()],
                mentions,
            });
        }
        Ok((id, name))
    }
}

fn is_called(source: &Source, name: &str) -> bool {
    source.name.to_lowercase() == name.to_lowercase()
}

fn is_also_called(source: &Source, name: &str) -> bool {
    source.names.iter().any(|other| other.to_lowercase() == name.to_lowercase())
}
