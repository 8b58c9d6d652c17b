//! Occasions and media: `lexicon/en/via.toml`.

use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// How one speaks through a medium.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediumKind {
    /// One is told and prints: newspapers, agencies, journals.
    Press,
    /// One speaks on it: radio, television.
    Broadcast,
    /// One posts on it.
    Platform,
}

/// Settings and media, by their words.
#[derive(Debug)]
pub struct ViaWords {
    /// Words by what they do with media and hearers.
    pub(crate) lists: Lists,
    settings: Vec<Setting>,
    media: Vec<MediumExamples>,
    /// Last words of a setting's name with the words before and the setting.
    nouns: HashMap<String, Vec<(Vec<String>, usize)>>,
    by: HashMap<String, usize>,
    verbs: HashMap<String, usize>,
    generic: HashMap<String, MediumKind>,
    loose: HashMap<String, MediumKind>,
    modifiers: HashSet<String>,
    platforms: HashSet<String>,
    last: HashMap<String, MediumKind>,
    first: HashMap<String, MediumKind>,
    names: HashMap<String, MediumKind>,
    /// The same in capitals.
    shouted: HashMap<String, MediumKind>,
    full: HashMap<String, String>,
}

/// Lemmas by what they do with media and hearers.
#[derive(Debug)]
pub(crate) struct Lists {
    /// Their object is who is told: "told reporters".
    pub(crate) tell: HashSet<String>,
    /// "to", "with" or "for" a medium behind them says who was told.
    pub(crate) speaking: HashSet<String>,
    /// "to" somebody behind them says who was told.
    pub(crate) saying_to: HashSet<String>,
    /// "on" a medium behind them says what it is about.
    pub(crate) topic: HashSet<String>,
    /// "in" what stands behind them says where it was printed.
    pub(crate) publishing: HashSet<String>,
    /// The same, if what stands there is known to be a medium.
    pub(crate) printing: HashSet<String>,
    /// Their object is what was issued.
    pub(crate) issuing: HashSet<String>,
    /// A court that does this rules.
    pub(crate) judging: HashSet<String>,
    /// Writings that go to somebody.
    pub(crate) written: HashSet<String>,
    /// What somebody has on a platform.
    pub(crate) account: HashSet<String>,
    /// Nouns for those who can be told, beside people and bodies.
    pub(crate) hearer: HashSet<String>,
    /// What is told, not who.
    pub(crate) unheard: HashSet<String>,
    /// Who works for a medium.
    pub(crate) journalist: HashSet<String>,
    /// People at one place.
    pub(crate) gathering: HashSet<String>,
    /// Words before an occasion that is still to come.
    pub(crate) coming: HashSet<String>,
}

#[derive(Deserialize)]
struct Lines {
    tell: String,
    speaking: String,
    saying_to: String,
    topic: String,
    publishing: String,
    printing: String,
    issuing: String,
    judging: String,
    written: String,
    account: String,
    hearer: String,
    unheard: String,
    journalist: String,
    gathering: String,
    coming: String,
}

impl From<Lines> for Lists {
    fn from(lines: Lines) -> Self {
        let set = |line: &str| line.split_whitespace().map(str::to_owned).collect();
        Self {
            tell: set(&lines.tell),
            speaking: set(&lines.speaking),
            saying_to: set(&lines.saying_to),
            topic: set(&lines.topic),
            publishing: set(&lines.publishing),
            printing: set(&lines.printing),
            issuing: set(&lines.issuing),
            judging: set(&lines.judging),
            written: set(&lines.written),
            account: set(&lines.account),
            hearer: set(&lines.hearer),
            unheard: set(&lines.unheard),
            journalist: set(&lines.journalist),
            gathering: set(&lines.gathering),
            coming: set(&lines.coming),
        }
    }
}

/// A kind of occasion or writing.
#[derive(Debug, Deserialize)]
pub struct Setting {
    /// The record's word.
    pub id: String,
    nouns: String,
    #[serde(default)]
    by: String,
    #[serde(default)]
    verbs: String,
    /// Whether one is at it: "at a news conference".
    #[serde(default)]
    pub event: bool,
    /// Whether it stands without an article: "in testimony".
    #[serde(default)]
    pub bare: bool,
    /// Sentences with it.
    pub yes: Vec<String>,
    /// Sentences without.
    pub no: Vec<String>,
}

/// Sentences with and without an outlet of one kind.
#[derive(Debug)]
pub struct MediumExamples {
    /// The kind.
    pub kind: MediumKind,
    /// Sentences with one.
    pub yes: Vec<String>,
    /// Sentences without.
    pub no: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    words: Lines,
    modifiers: String,
    setting: Vec<Setting>,
    medium: Vec<MediumTable>,
}

#[derive(Deserialize)]
struct MediumTable {
    kind: MediumKind,
    nouns: String,
    #[serde(default)]
    loose: String,
    #[serde(default)]
    platforms: String,
    words: String,
    first: String,
    names: String,
    yes: Vec<String>,
    no: Vec<String>,
}

impl ViaWords {
    pub(super) fn load() -> Self {
        let file: File =
            toml::from_str(include_str!("../../lexicon/en/via.toml")).expect("via.toml fits its type");
        let mut all = Self {
            lists: file.words.into(),
            settings: file.setting,
            media: Vec::new(),
            nouns: HashMap::new(),
            by: HashMap::new(),
            verbs: HashMap::new(),
            generic: HashMap::new(),
            loose: HashMap::new(),
            modifiers: file.modifiers.split_whitespace().map(str::to_owned).collect(),
            platforms: HashSet::new(),
            last: HashMap::new(),
            first: HashMap::new(),
            names: HashMap::new(),
            shouted: HashMap::new(),
            full: HashMap::new(),
        };
        for (at, setting) in all.settings.iter().enumerate() {
            for name in setting.nouns.split_whitespace() {
                let mut words: Vec<String> = name.split('-').map(str::to_owned).collect();
                // "e-mail" is three words to the tokenizer, or one
                if words.iter().any(|word| word.len() < 3) {
                    all.nouns.entry(name.to_owned()).or_default().push((Vec::new(), at));
                    words.insert(1, "-".to_owned());
                }
                if let Some(last) = words.pop() {
                    all.nouns.entry(last).or_default().push((words, at));
                }
            }
            all.by.extend(setting.by.split_whitespace().map(|word| (word.to_owned(), at)));
            all.verbs.extend(setting.verbs.split_whitespace().map(|word| (word.to_owned(), at)));
        }
        for table in file.medium {
            let kind = table.kind;
            let words = |list: &str| -> Vec<(String, MediumKind)> {
                list.split_whitespace().map(|word| (word.to_owned(), kind)).collect()
            };
            all.generic.extend(words(&table.nouns));
            all.loose.extend(words(&table.loose));
            all.platforms.extend(table.platforms.split_whitespace().map(str::to_owned));
            all.last.extend(words(&table.words));
            all.first.extend(words(&table.first));
            for line in table.names.lines().map(str::trim).filter(|line| !line.is_empty()) {
                let mut forms = line.split(" = ");
                let name = forms.next().unwrap_or(line);
                all.names.insert(name.to_owned(), kind);
                all.shouted.insert(name.to_uppercase(), kind);
                for form in forms {
                    all.names.insert(form.to_owned(), kind);
                    all.full.insert(form.to_owned(), name.to_owned());
                }
            }
            all.media.push(MediumExamples { kind, yes: table.yes, no: table.no });
        }
        all
    }

    /// Every setting, in the order of the file.
    #[must_use]
    pub fn settings(&self) -> &[Setting] {
        &self.settings
    }

    /// The kinds of media with their examples.
    #[must_use]
    pub fn media(&self) -> &[MediumExamples] {
        &self.media
    }

    /// Names of settings that end in a lemma: the words before it, and the setting.
    pub(crate) fn nouns(&self, last: &str) -> &[(Vec<String>, usize)] {
        self.nouns.get(last).map_or(&[], Vec::as_slice)
    }

    /// The setting of "by telephone".
    pub(crate) fn by(&self, word: &str) -> Option<&Setting> {
        self.by.get(word).and_then(|at| self.settings.get(*at))
    }

    /// The setting that a verb of saying implies.
    pub(crate) fn verb(&self, lemma: &str) -> Option<&Setting> {
        self.verbs.get(lemma).and_then(|at| self.settings.get(*at))
    }

    /// The kind of medium that a common noun stands for.
    pub(crate) fn generic(&self, lemma: &str) -> Option<MediumKind> {
        self.generic.get(lemma).copied()
    }

    /// The same for a noun that does so only with a word that says so: "a news agency".
    pub(crate) fn loose(&self, lemma: &str) -> Option<MediumKind> {
        self.loose.get(lemma).copied()
    }

    /// Whether a word before such a noun says that a medium is meant.
    pub(crate) fn is_modifier(&self, word: &str) -> bool {
        self.modifiers.contains(word)
    }

    /// Whether a noun before a name says that it is a platform's: "the forum Driftline".
    pub(crate) fn is_platform_noun(&self, lemma: &str) -> bool {
        self.platforms.contains(lemma)
    }

    /// What the last word of a name says of it.
    pub(crate) fn last_word(&self, word: &str) -> Option<MediumKind> {
        self.last.get(word).copied()
    }

    /// What the first word of a name says of it.
    pub(crate) fn first_word(&self, word: &str) -> Option<MediumKind> {
        self.first.get(word).copied()
    }

    /// The kind of a medium known by name.
    pub(crate) fn name(&self, name: &str) -> Option<MediumKind> {
        let with_article = || self.names.get(&format!("The {name}"));
        // "POLITICO"
        let shouted = || {
            let is_shouted = name.len() > 4 && !name.contains(char::is_lowercase);
            self.shouted.get(name).filter(|_| is_shouted)
        };
        self.names.get(name).or_else(with_article).or_else(shouted).copied()
    }

    /// Full names that have an abbreviation.
    pub(crate) fn full_names(&self) -> impl Iterator<Item = &str> {
        self.full.values().map(String::as_str)
    }

    /// The full name for a known abbreviation.
    pub(crate) fn full_name(&self, name: &str) -> Option<&str> {
        self.full.get(name).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::MediumKind;
    use crate::lexicon;

    #[test]
    fn names_count_with_and_without_their_article_and_in_capitals() {
        let via = lexicon::via();
        assert_eq!(via.name("Reuters"), Some(MediumKind::Press));
        assert_eq!(via.name("Hindu"), via.name("The Hindu"));
        assert_eq!(via.name("POLITICO"), Some(MediumKind::Press));
        assert_eq!(via.name("AP"), Some(MediumKind::Press));
        assert_eq!(via.full_name("AP"), Some("Associated Press"));
        assert_eq!(via.name("Brezna"), None);
    }

    #[test]
    fn settings_of_several_words_are_found_by_their_last() {
        let via = lexicon::via();
        let before: Vec<&[String]> =
            via.nouns("release").iter().map(|(before, _)| before.as_slice()).collect();
        assert!(before.contains(&["press".to_owned()].as_slice()));
        assert!(via.nouns("mail").iter().any(|(before, _)| before == &["e", "-"]));
        assert!(via.nouns("horse").is_empty());
    }
}
