//! From what the stages found to the record.
//!
//! In: an article, its attributions, who speaks in them and what they do. Out: a [`Ledger`]. What holds: offsets are code points, every
//! quote equals its spans, ids depend on nothing but the document's text and the words' place.

use super::{
    Because, BlockRecord, Document, Ledger, Link, SCHEMA, SaidOn, Source, Spans, Statement, Target, Via,
    Words,
};
use crate::act::{Judgement, gravity};
use crate::article::Article;
use crate::attribution::{Attribution, Reason};
use crate::identity::{Identities, Identity, Speaker};
use crate::offsets::CodePoints;
use crate::text::Span;
use crate::time::When;
use crate::via::{Route, Step};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// How many hexadecimal digits of a hash name a statement or a source.
const ID_DIGITS: usize = 12;

/// What the stages found: parallel lists, one entry an attribution, but for `identities.sources`.
pub(crate) struct Findings<'a> {
    pub(crate) attributions: &'a [Attribution],
    pub(crate) identities: &'a Identities,
    pub(crate) judgements: &'a [Judgement],
    pub(crate) routes: &'a [Route],
    pub(crate) times: &'a [When],
}

/// What was found about one attribution.
struct Finding<'a> {
    attribution: &'a Attribution,
    speaker: &'a Speaker,
    judgement: &'a Judgement,
    route: &'a Route,
    when: &'a When,
}

impl<'a> Findings<'a> {
    fn each(&self) -> impl Iterator<Item = Finding<'a>> {
        let who = self.attributions.iter().zip(&self.identities.speakers);
        let how = self.judgements.iter().zip(self.routes).zip(self.times);
        who.zip(how).map(|((attribution, speaker), ((judgement, route), when))| Finding {
            attribution,
            speaker,
            judgement,
            route,
            when,
        })
    }
}

/// Writes the record.
#[must_use]
pub(crate) fn ledger(article: &Article, found: &Findings) -> Ledger {
    let hash = hexadecimal(&Sha256::digest(article.text.as_str().as_bytes()));
    let build = Build { article, points: CodePoints::new(&article.text), hash, identities: found.identities };
    let ids: Vec<String> = found.attributions.iter().map(|one| build.statement_id(one)).collect();
    let sources = found.identities.sources.iter().enumerate();
    Ledger {
        schema: SCHEMA.to_owned(),
        offset_unit: "codepoint".to_owned(),
        document: Document::with(article, &build.points, build.hash.clone()),
        sources: sources.map(|(at, source)| build.source(at, source)).collect(),
        statements: found
            .each()
            .enumerate()
            .map(|(at, finding)| build.statement(&ids, at, &finding))
            .collect(),
        notes: article.notes.clone(),
    }
}

struct Build<'a> {
    article: &'a Article,
    points: CodePoints<'a>,
    /// Of the text.
    hash: String,
    identities: &'a Identities,
}

impl Document {
    /// What a record says of its article.
    #[must_use]
    pub fn of(article: &Article) -> Self {
        let points = CodePoints::new(&article.text);
        let sha256 = hexadecimal(&Sha256::digest(article.text.as_str().as_bytes()));
        Self::with(article, &points, sha256)
    }

    fn with(article: &Article, points: &CodePoints, sha256: String) -> Self {
        let origin = article.origin.clone();
        let blocks = article.blocks.iter().map(|block| {
            let [start, end] = points.pair(block.span);
            BlockRecord {
                role: block.role,
                start,
                end,
                bytes: block.bytes,
                language: block.language.map(str::to_owned),
            }
        });
        Self {
            id: origin.id,
            sha256,
            url: origin.url,
            archive_url: origin.archive_url,
            captured: origin.captured,
            title: origin.title,
            byline: origin.byline,
            outlet: origin.outlet,
            published: origin.published,
            published_from: origin.published_from,
            modified: origin.modified,
            language: origin.language,
            agency: origin.agency,
            section: origin.section,
            because: origin.because,
            bytes_sha256: origin.bytes_sha256,
            text: article.text.as_str().to_owned(),
            blocks: blocks.collect(),
        }
    }
}

impl Build<'_> {
    fn source(&self, at: usize, identity: &Identity) -> Source {
        Source {
            id: self.source_id(at),
            name: identity.name.clone(),
            kind: identity.kind,
            status: identity.status,
            roles: identity.roles.iter().map(|role| self.words(*role)).collect(),
            affiliation: identity.affiliation.clone(),
            names: identity.names.clone(),
            mentions: self.pairs(&identity.mentions),
        }
    }

    fn statement(&self, ids: &[String], at: usize, finding: &Finding) -> Statement {
        let Finding { attribution, judgement, route, when, .. } = finding;
        let withheld = self.withheld(finding);
        let speaker = withheld.as_ref().unwrap_or(finding.speaker);
        let named = |source: &usize| self.source_id(*source);
        let link = |step: &Step| Link {
            from: step.from.clone(),
            to: step.to.clone(),
            how: step.how.name().to_owned(),
        };
        let scores = [("content", attribution.score), ("speaker", speaker.score)];
        let dated = when.said_on.as_ref().map(|_| ("said_on", when.score));
        let scores = scores.iter().chain(&judgement.scores).chain(&route.scores).chain(&dated);
        let because = attribution.because.iter().chain(&speaker.because).chain(&judgement.because);
        let because = because.chain(&route.because).chain(&when.because);
        Statement {
            id: ids[at].clone(),
            speaker: speaker.source.as_ref().map(named),
            speaker_name: speaker.name.clone(),
            why_unknown: speaker.why_unknown.clone(),
            kind: judgement.kind,
            act: judgement.act,
            negated: judgement.negated,
            mode: judgement.mode,
            quote: attribution
                .content
                .iter()
                .map(|span| self.article.text.slice(*span))
                .collect::<Vec<_>>()
                .join(" "),
            verbatim: self.pairs(&judgement.verbatim),
            spans: Spans {
                source: self.pairs(&attribution.source),
                cue: self.pairs(&attribution.cue),
                content: self.pairs(&attribution.content),
            },
            co_speakers: speaker.co_speakers.iter().map(named).collect(),
            candidates: speaker.candidates.iter().map(named).collect(),
            addressee: route.addressee.clone(),
            via: Via { outlet: route.outlet.clone(), setting: route.setting.clone() },
            chain: route.chain.iter().map(link).collect(),
            said_on: when.said_on.as_ref().map(|day| {
                let [start, end] = self.points.pair(day.span);
                SaidOn { edtf: day.edtf.clone(), from: day.from.to_owned(), start, end }
            }),
            target: judgement.target.as_ref().map(|target| {
                let [start, end] = self.points.pair(target.span);
                let source = target.source.as_ref().map(named);
                Target { name: target.name.clone(), source, start, end }
            }),
            certainty: Some(judgement.certainty),
            inside: attribution.inside.map(|outer| ids[outer].clone()),
            confidence: rounded(confidence(attribution, speaker)),
            scores: scores
                .map(|(name, score)| ((*name).to_owned(), rounded(*score)))
                .collect::<BTreeMap<_, _>>(),
            because: because.map(|reason| self.because(reason)).collect(),
            review: None,
        }
    }

    /// The speaker as nobody where it is too unsure that this person accuses or admits.
    fn withheld(&self, finding: &Finding) -> Option<Speaker> {
        let Finding { attribution, speaker, judgement, .. } = finding;
        let who = speaker.source?;
        let named = gravity::named_person(attribution, speaker, self.identities);
        let act = judgement.scores.iter().find(|(field, _)| *field == "act").map_or(1.0, |(_, score)| *score);
        (act < gravity::by_named_person(judgement.act, named)).then(|| Speaker {
            source: None,
            name: None,
            why_unknown: Some(format!("too unsure to let a named person {}", judgement.act.name())),
            co_speakers: Vec::new(),
            candidates: std::iter::once(who).chain(speaker.co_speakers.iter().copied()).collect(),
            ..(*speaker).clone()
        })
    }

    fn because(&self, reason: &Reason) -> Because {
        let [start, end] = self.points.pair(reason.span);
        Because { field: reason.field.to_owned(), rule: reason.rule.to_owned(), start, end }
    }

    fn words(&self, span: Span) -> Words {
        let [start, end] = self.points.pair(span);
        Words { text: self.article.text.slice(span).to_owned(), start, end }
    }

    fn pairs(&self, spans: &[Span]) -> Vec<[usize; 2]> {
        spans.iter().map(|span| self.points.pair(*span)).collect()
    }

    fn statement_id(&self, attribution: &Attribution) -> String {
        let mut hash = Sha256::new_with_prefix(self.hash.as_bytes());
        for (role, spans) in [("cue", &attribution.cue), ("content", &attribution.content)] {
            hash.update(role);
            for pair in self.pairs(spans) {
                hash.update(format!(" {}-{}", pair[0], pair[1]));
            }
        }
        hexadecimal(&hash.finalize())[..ID_DIGITS].to_owned()
    }

    fn source_id(&self, at: usize) -> String {
        let source = &self.identities.sources[at];
        let first = source.mentions.first().map_or(0, |span| self.points.code_point(span.start()));
        source_id(&self.hash, &source.name, first)
    }
}

/// The id of a source in a text of this hash, by its name and the code point at which it is mentioned first.
#[must_use]
pub fn source_id(sha256: &str, name: &str, first_mention: usize) -> String {
    let hash = Sha256::digest(format!("{sha256} source {name} {first_mention}"));
    hexadecimal(&hash)[..ID_DIGITS].to_owned()
}

/// Of statements that name no source so many are right where others of the same score all are; counted on our own articles and on
/// documents that the network was not trained on.
const WITHOUT_SOURCE: f32 = 0.85;

/// How sure it is that these words are said, and by this speaker if one is named.
fn confidence(attribution: &Attribution, speaker: &Speaker) -> f32 {
    attribution.score
        * match (&speaker.source, attribution.source.is_empty()) {
            (Some(_), _) => speaker.score,
            (None, false) => 1.0,
            (None, true) => WITHOUT_SOURCE,
        }
}

/// Three decimals: kernels of different processors may differ in the last bits.
fn rounded(score: f32) -> f64 {
    (f64::from(score.clamp(0.0, 1.0)) * 1e3).round() / 1e3
}

/// Bytes as a record writes a hash: two digits each, in small letters.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).expect("four bits are one digit");
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
