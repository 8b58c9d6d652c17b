//! Texts of the articles that gold annotates: files of the repository, and documents of corpora beside it.

use super::record::TextOf;
use crate::documents;
use anyhow::{Context, Result};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::cell::OnceCell;
use std::path::{Path, PathBuf};

/// Reads texts; every corpus file once.
pub(crate) struct Corpora {
    root: PathBuf,
    wikinews: OnceCell<Vec<WikinewsArticle>>,
    briefings: OnceCell<Vec<Briefing>>,
    re3d: OnceCell<Vec<Re3dDocument>>,
    meantime: OnceCell<Vec<MeantimeArticle>>,
}

#[derive(Deserialize)]
pub(crate) struct WikinewsArticle {
    pub(crate) url: String,
    pub(crate) date: String,
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) event_group: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Briefing {
    pub(crate) id: String,
    pub(crate) paragraphs: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Re3dDocument {
    pub(crate) id: String,
    pub(crate) source: String,
    pub(crate) title: String,
    pub(crate) text: String,
}

#[derive(Deserialize)]
pub(crate) struct MeantimeArticle {
    pub(crate) id: String,
    tokens: Vec<String>,
    sent: Vec<usize>,
}

impl Corpora {
    /// Corpora beside a repository.
    pub(crate) fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            wikinews: OnceCell::new(),
            briefings: OnceCell::new(),
            re3d: OnceCell::new(),
            meantime: OnceCell::new(),
        }
    }

    /// Whether the file that holds a text is there.
    pub(crate) fn have(&self, text: &TextOf) -> bool {
        match text {
            TextOf::File { path } => self.root.join(path).exists(),
            TextOf::Wikinews { .. } => self.data(WIKINEWS).exists(),
            TextOf::WhBriefings { .. } => self.data(BRIEFINGS).exists(),
            TextOf::Re3d { .. } => self.data(RE3D).exists(),
            TextOf::Meantime { .. } => self.data(MEANTIME).exists(),
        }
    }

    /// An article's text.
    ///
    /// # Errors
    /// When its corpus cannot be read or has no such document.
    pub(crate) fn text(&self, text: &TextOf) -> Result<String> {
        let found = match text {
            TextOf::File { path } => {
                let path = self.root.join(path);
                Some(std::fs::read_to_string(&path).with_context(|| format!("read {}", path.display()))?)
            }
            TextOf::Wikinews { url } => {
                self.wikinews()?.iter().find(|a| a.url == *url).map(|a| a.text.clone())
            }
            TextOf::WhBriefings { id, paragraphs: [from, to] } => {
                let briefing = self.briefings()?.iter().find(|b| b.id == *id);
                briefing.and_then(|b| b.paragraphs.get(*from..*to)).map(|p| p.join("\n\n"))
            }
            TextOf::Re3d { id } => self.re3d()?.iter().find(|d| d.id == *id).map(|d| d.text.clone()),
            TextOf::Meantime { id } => {
                self.meantime()?.iter().find(|a| a.id == *id).map(MeantimeArticle::text)
            }
        };
        found.with_context(|| format!("no such document: {text:?}"))
    }

    pub(crate) fn wikinews(&self) -> Result<&[WikinewsArticle]> {
        self.once(&self.wikinews, WIKINEWS)
    }

    pub(crate) fn briefings(&self) -> Result<&[Briefing]> {
        self.once(&self.briefings, BRIEFINGS)
    }

    pub(crate) fn re3d(&self) -> Result<&[Re3dDocument]> {
        self.once(&self.re3d, RE3D)
    }

    pub(crate) fn meantime(&self) -> Result<&[MeantimeArticle]> {
        self.once(&self.meantime, MEANTIME)
    }

    fn data(&self, file: &str) -> PathBuf {
        self.root.join("../shared/data").join(file)
    }

    fn once<'a, T: for<'de> Deserialize<'de>>(
        &self,
        cell: &'a OnceCell<Vec<T>>,
        file: &str,
    ) -> Result<&'a [T]> {
        if let Some(rows) = cell.get() {
            return Ok(rows);
        }
        let rows = documents::rows(&self.data(file))?;
        Ok(cell.get_or_init(|| rows))
    }
}

const WIKINEWS: &str = "wikinews/wikinews_2019_2020.jsonl";
const BRIEFINGS: &str = "wh_briefings/wh_briefings.jsonl";
const RE3D: &str = "re3d/re3d.jsonl";
const MEANTIME: &str = "meantime/meantime_dev.jsonl";

impl MeantimeArticle {
    /// The tokens as running text: headline, date, then paragraphs of at least three sentences that break no
    /// quotation; no space before closing and after opening marks.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        let (mut sentence, mut glued, mut open, mut sentences) = (None, true, false, 0);
        for (token, &here) in self.tokens.iter().zip(&self.sent) {
            if sentence.is_some_and(|before| before != here) {
                sentences += 1;
                if sentences <= 2 || (sentences - 2) % 3 == 0 && !open {
                    text.push_str("\n\n");
                    glued = true;
                }
            }
            sentence = Some(here);
            let token = token.as_str();
            let closes = CLOSING.contains(&token) || token.starts_with('\'') && token.len() > 1;
            if !(glued || closes || token == "n't" || token == "\"" && open) {
                text.push(' ');
            }
            text.push_str(token);
            let opens = OPENING.contains(&token) || token.len() > 1 && token.ends_with('\'') && token != "''";
            glued = opens || token == "\"" && !open;
            match token {
                "``" | "“" => open = true,
                "''" | "”" => open = false,
                "\"" => open = !open,
                _ => {}
            }
        }
        text
    }
}

const CLOSING: [&str; 13] = [",", ".", ";", ":", "!", "?", ")", "]", "%", "”", "'", "/", "..."];
const OPENING: [&str; 10] = ["(", "[", "$", "US$", "£", "€", "#", "“", "``", "/"];

/// SHA-256 of a text in lower-case hexadecimal.
pub(crate) fn sha256(text: &str) -> String {
    sayso::ledger::hexadecimal(&Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_become_running_text() {
        let article = MeantimeArticle {
            id: "1".to_owned(),
            tokens:
                "Boat lost May 1 , 2008 The crew 's boat ( $ 4 ) sank . \" We do n't know , \" said O' Dea ."
                    .split(' ')
                    .map(str::to_owned)
                    .collect(),
            sent: [vec![0; 2], vec![1; 4], vec![2; 10], vec![3; 12]].concat(),
        };
        assert_eq!(
            article.text(),
            "Boat lost\n\nMay 1, 2008\n\nThe crew's boat ($4) sank. \"We don't know,\" said O'Dea."
        );
    }
}
