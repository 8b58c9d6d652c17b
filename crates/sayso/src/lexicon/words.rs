//! Word lists about people and bodies: titles, head nouns, given names, pronouns.

use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// What a head noun stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NounClass {
    /// A person by function: "the minister".
    Office,
    /// A person by trade or situation: "a resident".
    Person,
    /// A body: "the council".
    Organisation,
    /// The state and its arms: "the ministry".
    Government,
    /// What is written: "the report".
    Document,
    /// Many at once: "the crowd".
    Group,
}

impl NounClass {
    /// Whether it stands for one human being.
    #[must_use]
    pub fn is_human(self) -> bool {
        match self {
            Self::Office | Self::Person => true,
            Self::Organisation | Self::Government | Self::Document | Self::Group => false,
        }
    }
}

/// What a pronoun can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PronounKind {
    /// "he", "his".
    Male,
    /// "she", "her".
    Female,
    /// "it", "its".
    Thing,
    /// "they", "their", "both".
    Many,
    /// "I", "we", "our".
    First,
    /// "you".
    Second,
    /// "who", "which", "that".
    Relative,
}

/// How a person is spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    /// "he".
    Male,
    /// "she".
    Female,
}

/// What a title says of its bearer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// The noun by which the bearer is later called, if the title is an office or rank.
    pub office: Option<String>,
    /// How the bearer is spoken of, if the title says it.
    pub gender: Option<Gender>,
}

/// The lists, by lower-case word.
#[derive(Debug)]
pub struct Words {
    titles: HashMap<String, Title>,
    nouns: HashMap<String, NounClass>,
    unnamed: HashSet<String>,
    somebody: HashSet<String>,
    unit: HashSet<String>,
    firm: HashSet<String>,
    circumstance: HashSet<String>,
    relations: HashSet<String>,
    other_office: HashSet<String>,
    in_names: HashSet<String>,
    after_firm: HashSet<String>,
    media: HashSet<String>,
    inverse: HashMap<String, Vec<String>>,
    given: HashMap<String, Gender>,
    pronouns: HashMap<String, PronounKind>,
}

#[derive(Deserialize)]
struct TitleFile {
    title: Vec<TitleEntry>,
}

#[derive(Deserialize)]
struct TitleEntry {
    forms: Vec<String>,
    office: Option<String>,
    gender: Option<Gender>,
}

#[derive(Deserialize)]
struct NounFile {
    office: String,
    person: String,
    organisation: String,
    government: String,
    document: String,
    group: String,
    unnamed: String,
    somebody: String,
    unit: String,
    firm: String,
    circumstance: String,
    relation: String,
    other_office: String,
    in_names: String,
    after_firm: String,
    media: String,
    inverse: HashMap<String, String>,
}

#[derive(Deserialize)]
struct NameFile {
    male: String,
    female: String,
}

#[derive(Deserialize)]
struct PronounFile {
    male: String,
    female: String,
    thing: String,
    many: String,
    first: String,
    second: String,
    relative: String,
}

impl Words {
    pub(super) fn load() -> Self {
        let file = |text| toml::from_str::<TitleFile>(text);
        let titles = file(include_str!("../../lexicon/en/titles.toml")).expect("titles.toml fits its type");
        let nouns: NounFile =
            toml::from_str(include_str!("../../lexicon/en/nouns.toml")).expect("nouns.toml fits its type");
        let names: NameFile =
            toml::from_str(include_str!("../../lexicon/en/names.toml")).expect("names.toml fits its type");
        let pronouns: PronounFile = toml::from_str(include_str!("../../lexicon/en/pronouns.toml"))
            .expect("pronouns.toml fits its type");
        Self {
            titles: titles_by_form(titles),
            nouns: [
                (NounClass::Group, &nouns.group),
                (NounClass::Document, &nouns.document),
                (NounClass::Organisation, &nouns.organisation),
                (NounClass::Government, &nouns.government),
                (NounClass::Person, &nouns.person),
                (NounClass::Office, &nouns.office),
            ]
            .into_iter()
            .flat_map(|(class, list)| list.split_whitespace().map(move |word| (word.to_owned(), class)))
            .collect(),
            unnamed: set(&nouns.unnamed),
            somebody: set(&nouns.somebody),
            unit: set(&nouns.unit),
            firm: set(&nouns.firm),
            circumstance: set(&nouns.circumstance),
            relations: set(&nouns.relation),
            other_office: set(&nouns.other_office),
            in_names: set(&nouns.in_names),
            after_firm: set(&nouns.after_firm),
            media: set(&nouns.media),
            inverse: nouns
                .inverse
                .iter()
                .map(|(word, others)| (word.clone(), others.split_whitespace().map(str::to_owned).collect()))
                .collect(),
            given: [(Gender::Female, &names.female), (Gender::Male, &names.male)]
                .into_iter()
                .flat_map(|(gender, list)| list.split_whitespace().map(move |name| (name.to_owned(), gender)))
                .collect(),
            pronouns: [
                (PronounKind::Male, &pronouns.male),
                (PronounKind::Female, &pronouns.female),
                (PronounKind::Thing, &pronouns.thing),
                (PronounKind::Many, &pronouns.many),
                (PronounKind::First, &pronouns.first),
                (PronounKind::Second, &pronouns.second),
                (PronounKind::Relative, &pronouns.relative),
            ]
            .into_iter()
            .flat_map(|(kind, list)| list.split_whitespace().map(move |word| (word.to_owned(), kind)))
            .collect(),
        }
    }

    /// The title of a form such as "Gen." or "Captain", in any case.
    #[must_use]
    pub fn title(&self, form: &str) -> Option<&Title> {
        self.titles.get(form.trim_end_matches('.').to_lowercase().as_str())
    }

    /// What two nouns together stand for: "coast-guard".
    #[must_use]
    pub fn compound(&self, joined: &str) -> Option<NounClass> {
        self.nouns.get(joined).copied()
    }

    /// What a head noun stands for, by the lists or by its ending.
    #[must_use]
    pub fn noun(&self, lemma: &str) -> Option<NounClass> {
        self.nouns.get(lemma).copied().or_else(|| by_ending(lemma))
    }

    /// Whether a noun stands for a business: "company", "airline".
    #[must_use]
    pub fn is_firm(&self, lemma: &str) -> bool {
        self.firm.contains(lemma)
    }

    /// Whether a noun says where somebody was or belongs and no function: "witness", "resident".
    #[must_use]
    pub fn is_circumstance(&self, lemma: &str) -> bool {
        self.circumstance.contains(lemma)
    }

    /// Whether such people are kept unnamed: "sources", "officials".
    #[must_use]
    pub fn is_unnamed(&self, lemma: &str) -> bool {
        self.unnamed.contains(lemma)
    }

    /// Whether a word stands for one person without saying who: "someone", "another".
    #[must_use]
    pub fn is_somebody(&self, word: &str) -> bool {
        self.somebody.contains(word)
    }

    /// Whether a noun for many means one definite group that speaks as one: "the opposition".
    #[must_use]
    pub fn is_unit(&self, lemma: &str) -> bool {
        self.unit.contains(lemma)
    }

    /// Whether the noun ties a person to another and is no function: "colleague", "wife".
    #[must_use]
    pub fn is_relation(&self, lemma: &str) -> bool {
        self.relations.contains(lemma)
    }

    /// Whether the word makes another office of the noun after it: "deputy minister".
    #[must_use]
    pub fn is_other_office(&self, word: &str) -> bool {
        self.other_office.contains(word)
    }

    /// Whether the word in a name says that it is an organisation's.
    #[must_use]
    pub fn is_in_names(&self, word: &str) -> bool {
        self.in_names.contains(word)
    }

    /// Whether the word ends a firm's name that is often left out: "Oil" of "Corriden Oil".
    #[must_use]
    pub fn is_after_firm(&self, word: &str) -> bool {
        self.after_firm.contains(word)
    }

    /// Whether the word in a name says that it is a medium's.
    #[must_use]
    pub fn is_medium(&self, word: &str) -> bool {
        self.media.contains(word)
    }

    /// The nouns of those who speak for the one that this noun names: "client" for "lawyer".
    #[must_use]
    pub fn inverse(&self, lemma: &str) -> &[String] {
        self.inverse.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// What a given name says of its bearer.
    #[must_use]
    pub fn gender_of(&self, given: &str) -> Option<Gender> {
        self.given.get(given).copied()
    }

    /// What a pronoun can stand for.
    #[must_use]
    pub fn pronoun(&self, word: &str) -> Option<PronounKind> {
        self.pronouns.get(word).copied()
    }
}

fn titles_by_form(file: TitleFile) -> HashMap<String, Title> {
    let mut titles = HashMap::new();
    for entry in file.title {
        for form in &entry.forms {
            let form = form.to_lowercase();
            let office = entry.office.as_ref().map(|office| match office.as_str() {
                "itself" => form.clone(),
                office => office.to_owned(),
            });
            titles.insert(form, Title { office, gender: entry.gender });
        }
    }
    titles
}

fn set(list: &str) -> HashSet<String> {
    list.split_whitespace().map(str::to_owned).collect()
}

/// "spokesman" and "tribesman" without a list; "human" and "woman" have their own entries or none.
fn by_ending(lemma: &str) -> Option<NounClass> {
    let endings = ["sman", "swoman", "sperson", "ologist", "ographer"];
    endings
        .iter()
        .any(|ending| lemma.len() > ending.len() + 1 && lemma.ends_with(ending))
        .then_some(NounClass::Person)
}
