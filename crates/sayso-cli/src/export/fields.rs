//! What a row can say of a statement: the columns of the table, and what a codebook takes its columns from.

use super::view::View;
use super::{Provenance, days, words};
use sayso::ledger::{Pair, Source, Statement};
use sayso::lexicon;

/// Something that is known of a statement.
pub(crate) struct Field {
    /// What it is called.
    pub(crate) name: &'static str,
    /// What it is, in one line.
    pub(crate) about: &'static str,
    /// All that it can say, if that is a list.
    pub(crate) words: &'static [&'static str],
    /// Whether the usual table has it.
    pub(crate) is_usual: bool,
    value: fn(&Row) -> Value,
}

/// What a cell is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Text(String),
    /// As the record has it (EDTF).
    Date(String),
    List(Vec<String>),
}

/// A statement with all that is known of it.
pub(super) struct Row<'r> {
    view: &'r View<'r>,
    at: usize,
    record: &'r Statement,
    source: Option<&'r Source>,
    from: &'r Provenance,
}

impl<'r> Row<'r> {
    pub(super) fn of(view: &'r View<'r>, at: usize, from: &'r Provenance) -> Self {
        let record = view.statement(at);
        Self { view, at, record, source: record.speaker.as_deref().and_then(|id| view.source(id)), from }
    }

    pub(super) fn value(&self, field: &Field) -> Value {
        (field.value)(self)
    }

    fn document(&self) -> &sayso::ledger::Document {
        &self.view.ledger.document
    }

    /// The day of the saying, else that of the article.
    fn day(&self) -> Option<&str> {
        let said = self.record.said_on.as_ref().map(|said| said.edtf.as_str());
        said.or(self.document().published.as_deref())
    }

    fn words(&self, pairs: &[Pair]) -> Vec<String> {
        pairs.iter().map(|pair| self.view.words(*pair).to_owned()).collect()
    }
}

const ACTS: &[&str] = &[
    "state", "announce", "confirm", "admit", "deny", "dispute", "refuse", "decline", "accuse", "condemn",
    "call_for", "demand", "vow", "warn", "predict", "endorse", "ask", "retract",
];
const KINDS: &[&str] = &["speech", "thought"];
const MODES: &[&str] = &["direct", "indirect", "mixed"];
const CERTAINTIES: &[&str] = &["certain", "probable", "possible", "unknown"];
const SOURCE_KINDS: &[&str] = &["person", "group", "organisation", "government", "document", "unknown"];
const STATUSES: &[&str] = &["named", "by role only", "unnamed", "collective"];
const VERDICTS: &[&str] = &["accepted", "edited", "rejected"];
const PRECISIONS: &[&str] = &["day", "month", "year", "range"];

/// In the order of the usual table, then what a codebook can take besides.
pub(crate) static FIELDS: &[Field] = &[
    usual("document", "the article's name: its path or address", |row| text(&row.document().id)),
    usual("title", "its headline", |row| some(row.document().title.as_ref())),
    usual("outlet", "where it appeared", |row| some(row.document().outlet.as_ref())),
    usual("published", "when it appeared", |row| date(row.document().published.as_deref())),
    usual("statement", "the statement's id", |row| text(&row.record.id)),
    usual("speaker", "the id of the source who speaks", |row| some(row.record.speaker.as_ref())),
    usual("speaker_name", "who speaks", |row| text(row.view.speaker(row.record).unwrap_or_default())),
    listed("speaker_kind", "what the speaker is", SOURCE_KINDS, |row| {
        text(row.source.map_or("", |source| words::source_kind(source.kind)))
    }),
    listed("speaker_status", "how the speaker is identified", STATUSES, |row| {
        text(row.source.map_or("", |source| words::status(source.status)))
    }),
    usual("speaker_roles", "titles and offices of the speaker (list)", |row| {
        let roles = row.source.iter().flat_map(|source| &source.roles);
        Value::List(roles.map(|role| role.text.clone()).collect())
    }),
    usual("why_unknown", "why nobody is named", |row| some(row.record.why_unknown.as_ref())),
    usual("candidates", "who it may have been instead (list)", |row| {
        names(row.view.names(&row.record.candidates))
    }),
    listed("act", "what the statement does", ACTS, |row| text(row.record.act.name())),
    listed("negated", "whether the words that attribute are negated", &["true", "false"], |row| {
        text(row.record.negated.to_string())
    }),
    listed("kind", "said, or believed and intended", KINDS, |row| text(words::kind(row.record.kind))),
    listed("mode", "how much stands between quotation marks", MODES, |row| {
        text(words::mode(row.record.mode))
    }),
    usual("quote", "the words that are attributed", |row| text(&row.record.quote)),
    usual("target", "whom it is about", |row| some(row.record.target.as_ref().map(|target| &target.name))),
    usual("addressee", "to whom it was said", |row| some(row.record.addressee.as_ref())),
    usual("via_outlet", "the outlet that it was said to", |row| some(row.record.via.outlet.as_ref())),
    usual("said_on", "the day of the saying", |row| {
        date(row.record.said_on.as_ref().map(|said| said.edtf.as_str()))
    }),
    listed("certainty", "how sure the speaker is", CERTAINTIES, |row| {
        text(row.record.certainty.map_or("", words::certainty))
    }),
    usual("inside", "the statement that it stands in", |row| some(row.record.inside.as_ref())),
    usual("confidence", "how likely the record is right, 0 to 1", |row| {
        text(row.record.confidence.to_string())
    }),
    usual("content_spans", "where the words stand: code points of the article's text, 12-40;55-71", |row| {
        text(spans(&row.record.spans.content))
    }),
    usual("via_setting", "the occasion", |row| some(row.record.via.setting.as_ref())),
    usual("plover", "PLOVER's event type, where the act has one", |row| code(row, |codes| &codes.plover)),
    usual("cameo", "CAMEO's code, where the act has one", |row| code(row, |codes| &codes.cameo)),
    usual("document_sha256", "the hash of the article's text", |row| text(&row.document().sha256)),
    usual("url", "the article's address", |row| some(row.document().url.as_ref())),
    usual("archive_url", "where an archive has it", |row| some(row.document().archive_url.as_ref())),
    usual("captured", "when it was fetched", |row| date(row.document().captured.as_deref())),
    usual("article", "the article's number in the library", |row| {
        text(row.from.article.map(|number| number.to_string()).unwrap_or_default())
    }),
    usual("version", "the version of sayso that read it", |row| text(&row.from.version)),
    usual("weights", "the weights that it read with", |row| text(&row.from.weights)),
    listed("review", "what a person decided", VERDICTS, |row| {
        text(row.record.review.as_ref().map_or("", |review| words::verdict(review.verdict)))
    }),
    usual("reviewed_by", "who did", |row| some(row.record.review.as_ref().map(|review| &review.by))),
    usual("reviewed_at", "when", |row| date(row.record.review.as_ref().map(|review| review.at.as_str()))),
    usual("reported_by", "who says that it was said, the nearest first (list)", |row| {
        names(row.view.reporters(row.at))
    }),
    more("reviewed_fields", "what they changed (list)", &[], |row| {
        Value::List(row.record.review.as_ref().map(|review| review.fields.clone()).unwrap_or_default())
    }),
    more("act_words", "the act in words: accuses, denies, disputes (negated cue)", &[], |row| {
        text(words::act(row.record))
    }),
    more("day", "the day of the saying, else that of the article", &[], |row| date(row.day())),
    more("day_of", "which of both it is", &["saying", "article"], |row| {
        text(match (&row.record.said_on, &row.document().published) {
            (Some(_), _) => "saying",
            (None, Some(_)) => "article",
            (None, None) => "",
        })
    }),
    more("day_precision", "how exact it is", PRECISIONS, |row| {
        text(row.day().and_then(days::precision).unwrap_or_default())
    }),
    more("first_day", "the first day that it may be", &[], |row| bound(row, 0)),
    more("last_day", "the last day that it may be", &[], |row| bound(row, 1)),
    more("year", "its year", &[], |row| {
        let bounds = row.day().and_then(days::bounds).filter(|[first, last]| first.year() == last.year());
        text(bounds.map(|[first, _]| first.year().to_string()).unwrap_or_default())
    }),
    more("speaker_spellings", "all spellings of the speaker's name (list)", &[], |row| {
        Value::List(row.source.map(|source| source.names.clone()).unwrap_or_default())
    }),
    more("speaker_affiliation", "what the speaker belongs to", &[], |row| {
        some(row.source.and_then(|source| source.affiliation.as_ref()))
    }),
    more("co_speakers", "who speaks with them (list)", &[], |row| {
        names(row.view.names(&row.record.co_speakers))
    }),
    more("source_words", "the words that name the speaker (list)", &[], |row| {
        Value::List(row.words(&row.record.spans.source))
    }),
    more("cue_words", "the words that attribute (list)", &[], |row| {
        Value::List(row.words(&row.record.spans.cue))
    }),
    more("verbatim", "what stands between quotation marks (list)", &[], |row| {
        Value::List(row.words(&row.record.verbatim))
    }),
    more("paragraph", "the paragraph in which it stands", &[], |row| {
        let first = row.record.spans.content.first().map(|span| span[0]);
        let blocks = &row.document().blocks;
        let block = first.and_then(|at| blocks.iter().find(|block| block.start <= at && at < block.end));
        text(block.map_or("", |block| row.view.words([block.start, block.end])))
    }),
    more("chain", "the way from the speaker to the article (list)", &[], |row| {
        let steps = row.record.chain.iter();
        Value::List(steps.map(|step| format!("{} → {} ({})", step.from, step.to, step.how)).collect())
    }),
    more("byline", "who wrote the article (list)", &[], |row| Value::List(row.document().byline.clone())),
    more("agency", "the news agency that it is from", &[], |row| some(row.document().agency.as_ref())),
    more("section", "the outlet's section", &[], |row| some(row.document().section.as_ref())),
    more("language", "the article's language", &[], |row| some(row.document().language.as_ref())),
    more("modified", "when it was changed", &[], |row| date(row.document().modified.as_deref())),
    more("bytes_sha256", "the hash of the bytes that it was read from", &[], |row| {
        some(row.document().bytes_sha256.as_ref())
    }),
];

const fn usual(name: &'static str, about: &'static str, value: fn(&Row) -> Value) -> Field {
    Field { name, about, words: &[], is_usual: true, value }
}

const fn listed(
    name: &'static str,
    about: &'static str,
    words: &'static [&'static str],
    value: fn(&Row) -> Value,
) -> Field {
    Field { name, about, words, is_usual: true, value }
}

const fn more(
    name: &'static str,
    about: &'static str,
    words: &'static [&'static str],
    value: fn(&Row) -> Value,
) -> Field {
    Field { name, about, words, is_usual: false, value }
}

fn text(words: impl Into<String>) -> Value {
    Value::Text(words.into())
}

fn some(words: Option<&String>) -> Value {
    Value::Text(words.cloned().unwrap_or_default())
}

fn date(edtf: Option<&str>) -> Value {
    Value::Date(edtf.unwrap_or_default().to_owned())
}

fn names(names: Vec<&str>) -> Value {
    Value::List(names.into_iter().map(str::to_owned).collect())
}

fn code(row: &Row, scheme: fn(&lexicon::Codes) -> &Option<String>) -> Value {
    let codes = lexicon::acts().codes(row.record.act, row.record.negated);
    text(codes.and_then(|codes| scheme(codes).clone()).unwrap_or_default())
}

fn bound(row: &Row, at: usize) -> Value {
    let bounds = row.day().and_then(days::bounds);
    date(bounds.map(|days| days[at].to_string()).as_deref())
}

/// `12-40;55-71`, in code points.
pub(super) fn spans(pairs: &[Pair]) -> String {
    pairs.iter().map(|[start, end]| format!("{start}-{end}")).collect::<Vec<_>>().join(";")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::invented;
    use sayso::lexicon::Act;
    use std::collections::HashSet;

    #[test]
    fn names_are_given_once_and_lists_of_words_are_whole() {
        assert_eq!(ACTS, Act::ALL.map(Act::name));
        let names: HashSet<&str> = FIELDS.iter().map(|field| field.name).collect();
        assert_eq!(names.len(), FIELDS.len());
        let (ledger, from) = (invented::lake(), invented::provenance());
        let view = View::new(&ledger);
        for field in FIELDS.iter().filter(|field| !field.words.is_empty()) {
            for at in 0..ledger.statements.len() {
                let Value::Text(word) = Row::of(&view, at, &from).value(field) else {
                    panic!("{}", field.name)
                };
                assert!(word.is_empty() || field.words.contains(&word.as_str()), "{}: {word}", field.name);
            }
        }
    }

    #[test]
    fn the_documentation_has_every_field() {
        let docs = include_str!("../../../../docs/export.md");
        for field in FIELDS {
            let row = format!("| `{}` | {} |", field.name, field.about);
            assert!(docs.contains(&row), "docs/export.md lacks the line\n{row}");
        }
    }
}
