//! The cue lexicon: which words attribute, and in which constructions.
//!
//! The entries are `lexicon/en/cues.toml`; their examples are read by `tests/attribution.rs` only.

use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A construction in which a verb attributes what stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Frame {
    /// A clause, with “that”, “whether”, “what” or nothing before it.
    Clause,
    /// A quotation before or after it.
    Quote,
    /// An infinitive; an object before it is the one spoken to: “urged Iran to stop”.
    To,
    /// An infinitive whose subject belongs to the content: “expects the rain to stop”.
    SubjectTo,
    /// An object noun: “denied any role”.
    Object,
    /// A gerund: “denied shelling the village”.
    Gerund,
    /// An object and what it is said to be: “described him as a friend”, “called it a lie”.
    As,
    /// An impersonal passive or a raised subject is said by nobody: “is expected to win”.
    Passive,
}

/// A verb that attributes.
#[derive(Debug, Deserialize)]
pub(super) struct Verb {
    pub(super) lemma: String,
    pub(super) frames: Vec<Frame>,
    /// Prepositions that open the content, after an object or without: “accused them of”, “spoke of”.
    #[serde(default)]
    pub(super) prepositions: Vec<String>,
    /// A particle or preposition without which it is no cue: “point out”.
    #[serde(default)]
    pub(super) particle: Option<String>,
    /// The only nouns that it attributes: “stands by the answer”, not “by the river”.
    #[serde(default)]
    pub(super) objects: Vec<String>,
    /// Forms that the lemmatizer takes for those of another verb: “hopes”, which it says is “hop”.
    #[serde(default)]
    pub(super) forms: Vec<String>,
    /// Too common in what people say of others to be a statement there: “they want”, “everybody knows”.
    #[serde(default)]
    pub(super) weak: bool,
}

/// A noun that attributes the clause, infinitive or phrase after it.
#[derive(Debug, Deserialize)]
pub(super) struct Noun {
    pub(super) lemma: String,
    pub(super) frames: Vec<Frame>,
    #[serde(default)]
    pub(super) prepositions: Vec<String>,
}

/// An adverb that marks a whole clause as said by somebody who is not named.
#[derive(Debug, Deserialize)]
pub(super) struct Adverb {
    pub(super) word: String,
}

/// Words that name the speaker after them: “according to the ministry”.
#[derive(Debug, Deserialize)]
pub(super) struct Phrase {
    /// In small letters; the last word governs the source.
    pub(super) words: Vec<String>,
}

/// The file as it is written.
#[derive(Debug, Deserialize)]
struct Entries {
    verb: Vec<Verb>,
    noun: Vec<Noun>,
    adverb: Vec<Adverb>,
    phrase: Vec<Phrase>,
}

/// The cue lexicon by lemma.
pub(super) struct Cues {
    verbs: HashMap<String, Vec<Verb>>,
    forms: HashMap<String, String>,
    nouns: HashMap<String, Noun>,
    adverbs: HashMap<String, Adverb>,
    phrases: Vec<Phrase>,
}

static CUES: LazyLock<Cues> = LazyLock::new(|| {
    Cues::new(
        toml::from_str(include_str!("../../../lexicon/en/cues.toml")).expect("the tests read this very file"),
    )
});

/// The lexicon that is built in.
pub(super) fn cues() -> &'static Cues {
    &CUES
}

impl Cues {
    fn new(entries: Entries) -> Self {
        let mut verbs: HashMap<String, Vec<Verb>> = HashMap::new();
        let mut forms = HashMap::new();
        for verb in entries.verb {
            forms.extend(verb.forms.iter().map(|form| (form.clone(), verb.lemma.clone())));
            verbs.entry(verb.lemma.clone()).or_default().push(verb);
        }
        // “point out” before “point”: the entry that asks for more is tried first
        verbs.values_mut().for_each(|senses| senses.sort_by_key(|verb| verb.particle.is_none()));
        Self {
            verbs,
            forms,
            nouns: entries.noun.into_iter().map(|noun| (noun.lemma.clone(), noun)).collect(),
            adverbs: entries.adverb.into_iter().map(|adverb| (adverb.word.clone(), adverb)).collect(),
            phrases: entries.phrase,
        }
    }

    /// The entries of a verb, those with a particle first.
    pub(super) fn verbs(&self, lemma: &str, word: &str) -> &[Verb] {
        let of_form = || self.verbs.get(self.forms.get(&*word.to_lowercase())?);
        self.verbs.get(lemma).or_else(of_form).map_or(&[], Vec::as_slice)
    }

    /// The entry of a noun's lemma.
    pub(super) fn noun(&self, lemma: &str) -> Option<&Noun> {
        self.nouns.get(lemma)
    }

    /// Whether a word, in small letters, is an adverb that attributes.
    pub(super) fn is_adverb(&self, word: &str) -> bool {
        self.adverbs.contains_key(word)
    }

    /// The phrases that name the speaker after them.
    pub(super) fn phrases(&self) -> &[Phrase] {
        &self.phrases
    }
}

impl Verb {
    pub(super) fn has(&self, frame: Frame) -> bool {
        self.frames.contains(&frame)
    }
}

impl Noun {
    pub(super) fn has(&self, frame: Frame) -> bool {
        self.frames.contains(&frame)
    }
}
