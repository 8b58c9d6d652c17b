//! The acts with their cues and contents: `lexicon/en/acts.toml`.

use super::Act;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// The table of acts, indexed by first words.
#[derive(Debug)]
pub struct ActWords {
    entries: Vec<Entry>,
    cues: HashMap<String, Vec<Phrase>>,
    contents: HashMap<String, Vec<Phrase>>,
    builds: Vec<(Build, usize)>,
    thoughts: HashSet<String>,
    feelings: HashSet<String>,
    disapproving: HashSet<String>,
    approving: HashSet<String>,
    falsehoods: HashSet<String>,
    codes: HashMap<Act, Codes>,
}

/// What an act is in two codings of political events; nothing where it is no event there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codes {
    /// PLOVER's event type (Open Event Data Alliance 2023).
    pub plover: Option<String>,
    /// Root or code of CAMEO (Schrodt 2012).
    pub cameo: Option<String>,
}

/// One entry: words for one act, with sentences for which it holds and for which it does not.
#[derive(Debug)]
pub struct Entry {
    /// The act.
    pub act: Act,
    /// For a negated cue only.
    pub negated: bool,
    /// Whether words of a content decide as a cue does.
    pub sure: bool,
    /// Whether the subject of a content's clause has to be the speaker.
    pub own: bool,
    /// What has to follow; nothing in particular if empty.
    pub then: Vec<Then>,
    /// Sentences that do the act.
    pub yes: Vec<String>,
    /// Sentences that do not.
    pub no: Vec<String>,
}

/// Words in order that belong to an entry.
#[derive(Debug)]
pub(crate) struct Phrase {
    /// After the first, which is the key.
    pub(crate) rest: Vec<String>,
    /// Index of the entry.
    pub(crate) entry: usize,
}

/// What has to follow a cue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Then {
    /// This word.
    Word(String),
    /// This word, among the first of the content.
    Among(String),
    /// "to" with a verb.
    To,
    /// A question word.
    Wh,
    /// A quoted question.
    Quote,
    /// Words of disapproval.
    Ill,
    /// Words for what is not true.
    False,
    /// Words of approval, and none of disapproval.
    Good,
    /// Somebody, then "to" with a verb.
    ObjectTo,
}

/// What is looked for in the build of a content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Build {
    /// "he would", "we will": the speaker will.
    OwnFuture,
    /// Others will, may, could.
    Future,
    /// "if you ..., we will".
    Threat,
    /// A predicate of disapproval.
    Ill,
    /// A predicate of approval.
    Good,
    /// Others should.
    Should,
    /// Others must.
    Must,
    /// "Close the port."
    Imperative,
    /// "Has there been an answer?"
    Question,
}

#[derive(Deserialize)]
struct File {
    thought: String,
    feeling: String,
    disapproving: String,
    approving: String,
    falsehood: String,
    act: Vec<ActTable>,
}

#[derive(Deserialize)]
struct ActTable {
    id: Act,
    #[serde(rename = "meaning")]
    _meaning: String,
    plover: Option<String>,
    cameo: Option<String>,
    #[serde(default)]
    cue: Vec<CueTable>,
    #[serde(default)]
    content: Vec<ContentTable>,
}

#[derive(Deserialize)]
struct CueTable {
    words: String,
    #[serde(default)]
    then: String,
    #[serde(default)]
    negated: bool,
    yes: Vec<String>,
    no: Vec<String>,
}

#[derive(Deserialize)]
struct ContentTable {
    words: Vec<String>,
    #[serde(default)]
    sure: bool,
    #[serde(default)]
    own: bool,
    yes: Vec<String>,
    no: Vec<String>,
}

impl ActWords {
    pub(super) fn load() -> Self {
        let file: File =
            toml::from_str(include_str!("../../lexicon/en/acts.toml")).expect("acts.toml fits its type");
        let mut all = Self {
            entries: Vec::new(),
            cues: HashMap::new(),
            contents: HashMap::new(),
            builds: Vec::new(),
            thoughts: set(&file.thought),
            feelings: set(&file.feeling),
            disapproving: set(&file.disapproving),
            approving: set(&file.approving),
            falsehoods: set(&file.falsehood),
            codes: HashMap::new(),
        };
        for table in file.act {
            all.codes.insert(table.id, Codes { plover: table.plover, cameo: table.cameo });
            for cue in table.cue {
                let then = cue.then.split_whitespace().map(Then::of).collect();
                let entry = all.enter(Entry {
                    act: table.id,
                    negated: cue.negated,
                    sure: false,
                    own: false,
                    then,
                    yes: cue.yes,
                    no: cue.no,
                });
                for phrase in cue.words.split_whitespace() {
                    put(&mut all.cues, phrase.split('|'), entry);
                }
            }
            for content in table.content {
                let entry = all.enter(Entry {
                    act: table.id,
                    negated: false,
                    sure: content.sure,
                    own: content.own,
                    then: Vec::new(),
                    yes: content.yes,
                    no: content.no,
                });
                for phrase in &content.words {
                    match Build::of(phrase) {
                        Some(build) => all.builds.push((build, entry)),
                        None => put(&mut all.contents, phrase.split_whitespace(), entry),
                    }
                }
            }
        }
        all
    }

    fn enter(&mut self, entry: Entry) -> usize {
        self.entries.push(entry);
        self.entries.len() - 1
    }

    /// Every entry, in the order of the file.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What an act is in codings of political events; nothing for one that was not done. "did not endorse"
    #[must_use]
    pub fn codes(&self, act: Act, negated: bool) -> Option<&Codes> {
        // "would not say", "has never recognised": the negation is the act
        let stands = !negated || matches!(act, Act::Decline | Act::Refuse);
        self.codes.get(&act).filter(|_| stands)
    }

    /// Cues that start with a lemma.
    pub(crate) fn cues(&self, lemma: &str) -> &[Phrase] {
        self.cues.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Contents that start with a lemma.
    pub(crate) fn contents(&self, lemma: &str) -> &[Phrase] {
        self.contents.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Builds of contents with the entries they belong to.
    pub(crate) fn builds(&self) -> &[(Build, usize)] {
        &self.builds
    }

    /// Whether a verb or noun attributes a thought.
    #[must_use]
    pub fn is_thought(&self, lemma: &str) -> bool {
        self.thoughts.contains(lemma)
    }

    /// Whether a verb or adjective says what somebody feels.
    #[must_use]
    pub fn is_feeling(&self, lemma: &str) -> bool {
        self.feelings.contains(lemma)
    }

    /// Whether a word disapproves.
    #[must_use]
    pub fn disapproves(&self, lemma: &str) -> bool {
        self.disapproving.contains(lemma)
    }

    /// Whether a word says that something is not true.
    #[must_use]
    pub fn is_falsehood(&self, lemma: &str) -> bool {
        self.falsehoods.contains(lemma)
    }

    /// Whether a word approves.
    #[must_use]
    pub fn approves(&self, lemma: &str) -> bool {
        self.approving.contains(lemma)
    }
}

impl Then {
    fn of(word: &str) -> Self {
        match word {
            "TO" => Self::To,
            "WH" => Self::Wh,
            "QUOTE" => Self::Quote,
            "ILL" => Self::Ill,
            "FALSE" => Self::False,
            "GOOD" => Self::Good,
            "NP_TO" => Self::ObjectTo,
            word => match word.strip_prefix('~') {
                Some(word) => Self::Among(word.to_owned()),
                None => Self::Word(word.to_owned()),
            },
        }
    }
}

impl Build {
    fn of(phrase: &str) -> Option<Self> {
        match phrase {
            "OWN_FUTURE" => Some(Self::OwnFuture),
            "FUTURE" => Some(Self::Future),
            "THREAT" => Some(Self::Threat),
            "ILL" => Some(Self::Ill),
            "GOOD" => Some(Self::Good),
            "SHOULD" => Some(Self::Should),
            "MUST" => Some(Self::Must),
            "IMPERATIVE" => Some(Self::Imperative),
            "QUESTION" => Some(Self::Question),
            _ => None,
        }
    }
}

fn set(list: &str) -> HashSet<String> {
    list.split_whitespace().map(str::to_owned).collect()
}

fn put<'a>(map: &mut HashMap<String, Vec<Phrase>>, mut words: impl Iterator<Item = &'a str>, entry: usize) {
    let Some(first) = words.next() else { return };
    let rest = words.map(str::to_owned).collect();
    map.entry(first.to_lowercase()).or_default().push(Phrase { rest, entry });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon;

    #[test]
    fn codes_are_of_what_was_done() {
        let plover =
            |act, negated| lexicon::acts().codes(act, negated).and_then(|codes| codes.plover.as_deref());
        assert_eq!(plover(Act::Endorse, false), Some("SUPPORT"));
        assert_eq!(plover(Act::Endorse, true), None);
        assert_eq!(plover(Act::Refuse, true), Some("REJECT"));
        assert_eq!(plover(Act::Vow, false), None);
        let cameo = lexicon::acts().codes(Act::Deny, false).and_then(|codes| codes.cameo.as_deref());
        assert_eq!(cameo, Some("016"));
    }
}
