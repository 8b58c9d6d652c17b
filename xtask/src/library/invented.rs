//! Articles that nobody wrote: words as frequent as those of English, people, days, acts.

use sayso::article::BlockRole;
use sayso::ledger::{
    Because, BlockRecord, Certainty, Document, Kind, Ledger, Mode, SCHEMA, SaidOn, Source, SourceKind,
    SourceStatus, Spans, Statement, Via, hexadecimal,
};
use sayso::lexicon::Act;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

const VOCABULARY: usize = 60_000;
const PEOPLE: usize = 20_000;
const SPEAKERS_OF_AN_ARTICLE: usize = 6;
const FIRST_YEAR: u64 = 2010;
const YEARS: u64 = 15;
/// So many words of English texts are these few, the first most of all.
const COMMON: [&str; 20] = [
    "the", "of", "and", "to", "a", "in", "that", "is", "was", "for", "it", "with", "as", "he", "on", "be",
    "at", "by", "we", "not",
];

/// Numbers that look like chance and are the same every time (SplitMix64, Steele et al. 2014).
pub(super) struct Draw(u64);

impl Draw {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }

    /// A rank below a bound, each as likely as one divided by it.
    fn rank(&mut self, bound: usize) -> usize {
        let share = self.below(1 << 30) as f64 / f64::from(1 << 30);
        ((bound as f64).powf(share) - 1.0) as usize
    }
}

/// What articles are made of.
pub(super) struct World {
    words: Vec<String>,
    people: Vec<String>,
}

impl World {
    pub(super) fn new() -> Self {
        let mut draw = Draw::new(7);
        let common = COMMON.map(str::to_owned).into_iter();
        let words = common.chain((COMMON.len()..VOCABULARY).map(|_| word(&mut draw))).collect();
        let people = (0..PEOPLE)
            .map(|_| format!("{} {}", capital(&word(&mut draw)), capital(&word(&mut draw))))
            .collect();
        Self { words, people }
    }

    /// Words in a row of some statement.
    pub(super) fn phrase(&self, draw: &mut Draw, words: usize) -> String {
        let quote = self.quote(&mut Draw::new(draw.below(1 << 20)));
        let first = draw.below((quote.len() - words) as u64) as usize;
        quote[first..first + words].join(" ")
    }

    pub(super) fn speaker(&self, draw: &mut Draw) -> String {
        self.people[draw.rank(PEOPLE)].clone()
    }

    /// The first and the last day of a year somewhere.
    pub(super) fn days(&self, draw: &mut Draw) -> [String; 2] {
        let (year, month) = (FIRST_YEAR + draw.below(YEARS - 1), 1 + draw.below(12));
        [format!("{year}-{month:02}"), format!("{}-{month:02}", year + 1)]
    }

    pub(super) fn act(&self, draw: &mut Draw) -> Act {
        Act::ALL[draw.rank(Act::ALL.len())]
    }

    fn quote(&self, draw: &mut Draw) -> Vec<&str> {
        let count = 6 + draw.below(30);
        (0..count).map(|_| self.words[draw.rank(VOCABULARY)].as_str()).collect()
    }

    /// The ledger of an article: so many lines "NAME said that QUOTE."
    pub(super) fn ledger(&self, article: usize, statements: usize) -> Ledger {
        // quotes are drawn by seeds of their own, so that `phrase` finds one that is there
        let mut draw = Draw::new((article as u64) << 20);
        let day = |draw: &mut Draw| {
            format!("{}-{:02}-{:02}", FIRST_YEAR + draw.below(YEARS), 1 + draw.below(12), 1 + draw.below(28))
        };
        let published = day(&mut draw);
        let people: Vec<&String> =
            (0..SPEAKERS_OF_AN_ARTICLE).map(|_| &self.people[draw.rank(PEOPLE)]).collect();
        let mut mentions = vec![Vec::new(); people.len()];
        let (mut text, mut found) = (String::new(), Vec::new());
        for at in 0..statements {
            let who = draw.below(people.len() as u64) as usize;
            let quote = self.quote(&mut Draw::new((article * statements + at) as u64)).join(" ");
            let source = [text.len(), text.len() + people[who].len()];
            mentions[who].push(source);
            let cue = [source[1] + 1, source[1] + 5];
            let content = [cue[1] + 1, cue[1] + 1 + quote.len()];
            text += &format!("{} said {quote}.\n", people[who]);
            let said_on = (draw.below(4) == 0).then(|| day(&mut draw));
            found.push(Statement {
                id: format!("{article:06x}{at:06x}"),
                speaker: Some(format!("{article:06x}s{who:05x}")),
                speaker_name: Some(people[who].clone()),
                why_unknown: None,
                kind: Kind::Speech,
                act: self.act(&mut draw),
                negated: false,
                mode: Mode::Indirect,
                quote,
                verbatim: Vec::new(),
                spans: Spans { source: vec![source], cue: vec![cue], content: vec![content] },
                co_speakers: Vec::new(),
                candidates: Vec::new(),
                addressee: None,
                via: Via::default(),
                chain: Vec::new(),
                said_on: said_on.map(|edtf| SaidOn {
                    edtf,
                    from: "text".to_owned(),
                    start: cue[0],
                    end: cue[1],
                }),
                target: None,
                certainty: Some(Certainty::Certain),
                inside: None,
                confidence: draw.below(1000) as f64 / 1e3,
                scores: ["act", "certainty", "content", "speaker"]
                    .map(|field| (field.to_owned(), 0.9))
                    .into_iter()
                    .collect::<BTreeMap<_, _>>(),
                because: ["cue", "speaker"]
                    .map(|field| Because {
                        field: field.to_owned(),
                        rule: "tagger".to_owned(),
                        start: cue[0],
                        end: cue[1],
                    })
                    .into(),
                review: None,
            });
        }
        let sources = people.iter().zip(mentions).enumerate().map(|(who, (name, mentions))| Source {
            id: format!("{article:06x}s{who:05x}"),
            name: (*name).clone(),
            kind: SourceKind::Person,
            status: SourceStatus::Named,
            roles: Vec::new(),
            affiliation: None,
            names: vec![(*name).clone()],
            mentions,
        });
        let sources = sources.collect();
        Ledger {
            schema: SCHEMA.to_owned(),
            offset_unit: "codepoint".to_owned(),
            document: Document {
                id: format!("invented-{article}.txt"),
                sha256: hexadecimal(&Sha256::digest(text.as_bytes())),
                outlet: Some(format!("The {} Post", capital(&self.words[COMMON.len() + article % 300]))),
                published: Some(published),
                blocks: vec![BlockRecord {
                    role: BlockRole::Paragraph,
                    start: 0,
                    end: text.len(),
                    bytes: None,
                    language: None,
                }],
                text,
                ..Document::default()
            },
            sources,
            statements: found,
            notes: Vec::new(),
        }
    }
}

/// Two to four syllables.
fn word(draw: &mut Draw) -> String {
    const FIRST: &[u8; 16] = b"bdfghklmnprstvwz";
    const SECOND: &[u8; 5] = b"aeiou";
    let syllables = 2 + draw.below(3);
    let letters = (0..syllables).flat_map(|_| {
        [FIRST[draw.below(FIRST.len() as u64) as usize], SECOND[draw.below(SECOND.len() as u64) as usize]]
    });
    letters.map(char::from).collect()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
