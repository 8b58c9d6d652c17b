//! A card: the words in their paragraphs, the record, and why it is risky.

use crate::export::words;
use crate::shown::{self, ACT, FAINT, Look, NAME, STRONG, WORDS};
use anstyle::Style;
use sayso::article::BlockRole;
use sayso::ledger::{BlockRecord, Pair, Statement, Verdict};
use sayso_store::{Card, Danger, Standing};

/// Columns before the words.
const INDENT: usize = 2;
/// So much of the paragraph before is shown, and of a very long one around the words.
const BEFORE: usize = 240;
const MOST: usize = 2400;

/// Marks round source, cue and content, which do not depend on colours.
const SOURCE: [char; 2] = ['{', '}'];
const CUE: [char; 2] = ['‹', '›'];
const CONTENT: [char; 2] = ['⟦', '⟧'];

/// A card in lines.
pub(super) fn shown(card: &Card, at: usize, total: usize, look: &Look) -> String {
    let width = look.width.saturating_sub(INDENT);
    let document = &card.document;
    let article =
        [document.outlet.as_ref(), document.title.as_ref(), document.published.as_ref(), Some(&document.id)];
    let article: Vec<String> = article.into_iter().flatten().map(|part| shown::line(part)).collect();
    let head = format!("statement {}", card.number);
    let mut lines = vec![
        String::new(),
        format!("{}  {}", look.paint(STRONG, &head), look.paint(FAINT, &format!("{} of {total}", at + 1))),
    ];
    lines.extend(indented(shown::wrap(&article.join(" · "), width), look));
    lines.push(String::new());
    lines.extend(context(card, look, width));
    lines.push(String::new());
    for (term, says, style) in record(card) {
        let says = shown::wrap(&shown::line(&says), width.saturating_sub(10));
        for (at, line) in says.iter().enumerate() {
            let term = if at == 0 { term } else { "" };
            lines.push(format!("{:INDENT$}{term:<8}  {}", "", look.paint(style, line)));
        }
    }
    lines.extend(indented(shown::wrap(&why(&card.danger), width), look));
    let keys = "A accept  R reject  S speaker  C act  D date  T target  W words  U undo  ? pass  Q quit";
    lines.push(String::new());
    lines.extend(indented(shown::wrap(keys, width), look));
    lines.join("\n") + "\n"
}

fn indented(lines: Vec<String>, look: &Look) -> Vec<String> {
    lines.iter().map(|line| format!("{:INDENT$}{}", "", look.paint(FAINT, line))).collect()
}

/// The paragraphs that the statement stands in, with its spans marked, below the end of the one before.
fn context(card: &Card, look: &Look, width: usize) -> Vec<String> {
    let text: Vec<char> = card.document.text.chars().collect();
    let spans = &card.statement.spans;
    let roles = [(&spans.source, SOURCE, NAME), (&spans.cue, CUE, ACT), (&spans.content, CONTENT, STRONG)];
    let mut marked: Vec<(Pair, [char; 2], Style)> = roles
        .into_iter()
        .flat_map(|(spans, marks, style)| spans.iter().map(move |span| (*span, marks, style)))
        .collect();
    marked.sort_unstable_by_key(|(span, _, _)| *span);
    let (Some(first), Some(last)) = (marked.first().map(|one| one.0[0]), marked.last().map(|one| one.0[1]))
    else {
        return Vec::new();
    };
    let is_within =
        |block: &&BlockRecord| marked.iter().any(|(span, _, _)| span[0] < block.end && block.start < span[1]);
    let blocks = &card.document.blocks;
    let mut lines = Vec::new();
    let before = blocks.iter().rfind(|block| block.end <= first && block.role != BlockRole::Boilerplate);
    let is_shown_anyway = |block: &BlockRecord| is_within(&block);
    if let Some(before) = before.filter(|block| !is_shown_anyway(block)) {
        let start = before.start.max(before.end.saturating_sub(BEFORE));
        let words: String = text.get(start..before.end).unwrap_or_default().iter().collect();
        let whole = words.split_once(char::is_whitespace).map_or("", |(_, rest)| rest);
        let (cut, words) = if start > before.start { ("… ", whole) } else { ("", words.as_str()) };
        lines.extend(indented(shown::wrap(&shown::line(&format!("{cut}{words}")), width), look));
    }
    for block in blocks.iter().filter(is_within) {
        let start = block.start.max(first.saturating_sub(MOST / 2).min(block.end));
        let end = block.end.min(last.max(start) + MOST / 2);
        let mut styled = Vec::new();
        if start > block.start {
            styled.extend([('…', FAINT), (' ', WORDS)]);
        }
        for (at, c) in text.iter().enumerate().take(end).skip(start) {
            styled.extend(
                marked
                    .iter()
                    .filter(|(span, _, _)| span[0] == at)
                    .map(|(_, marks, style)| (marks[0], *style)),
            );
            let style = marked.iter().find(|(span, _, _)| (span[0]..span[1]).contains(&at));
            styled.push((*c, style.map_or(WORDS, |(_, _, style)| *style)));
            let closes = marked.iter().filter(|(span, _, _)| span[1] == at + 1);
            styled.extend(closes.map(|(_, marks, style)| (marks[1], *style)));
        }
        if end < block.end {
            styled.extend([(' ', WORDS), ('…', FAINT)]);
        }
        let wrapped = shown::wrap_styled(&styled, width, look);
        lines.extend(wrapped.into_iter().map(|line| format!("{:INDENT$}{line}", "")));
    }
    let legend = format!(
        "{}source{}  {}cue{}  {}words{}",
        SOURCE[0], SOURCE[1], CUE[0], CUE[1], CONTENT[0], CONTENT[1]
    );
    lines.extend(indented(vec![legend], look));
    lines
}

/// The record's fields, with which the reviewer changed.
fn record(card: &Card) -> Vec<(&'static str, String, Style)> {
    let one = &card.statement;
    let source = |id: &Option<String>| card.sources.iter().find(|source| Some(&source.id) == id.as_ref());
    let about = |id: &Option<String>| source(id).map(words::about).filter(|about| !about.is_empty());
    let speaker = match (&one.speaker_name, about(&one.speaker)) {
        (Some(name), Some(about)) => format!("{name} ({about})"),
        (Some(name), None) => name.clone(),
        (None, _) => {
            let why = one.why_unknown.as_deref().unwrap_or("nothing says who");
            let names: Vec<&str> = one
                .candidates
                .iter()
                .filter_map(|id| source(&Some(id.clone())))
                .map(|one| one.name.as_str())
                .collect();
            let perhaps =
                if names.is_empty() { String::new() } else { format!("; perhaps {}", names.join(", ")) };
            format!("unknown: {why}{perhaps}")
        }
    };
    let target = one.target.as_ref().map_or("nobody".to_owned(), |target| match about(&target.source) {
        Some(about) => format!("{} ({about})", target.name),
        None => target.name.clone(),
    });
    let day = one
        .said_on
        .as_ref()
        .map_or("unknown".to_owned(), |said| format!("{} (from {})", said.edtf, said.from));
    let with: Vec<&str> = one
        .co_speakers
        .iter()
        .filter_map(|id| source(&Some(id.clone())))
        .map(|one| one.name.as_str())
        .collect();
    let sure = one.certainty.map(words::certainty);
    let how = [Some(words::kind(one.kind)), Some(words::mode(one.mode)), sure];
    let via: Vec<&str> = one.via.setting.as_deref().into_iter().chain(one.via.outlet.as_deref()).collect();
    let chain: Vec<String> =
        one.chain.iter().map(|link| format!("{} → {} ({})", link.from, link.to, link.how)).collect();
    let more = [
        ("with", with.join(", ")),
        ("to", one.addressee.clone().unwrap_or_default()),
        ("via", via.join(", ")),
        ("chain", chain.join("; ")),
    ];
    let more = more.into_iter().filter(|(_, says)| !says.is_empty());
    let mut fields = vec![("speaker", speaker, NAME)];
    fields.extend(more.map(|(term, says)| (term, says, WORDS)));
    fields.extend([
        ("act", words::act(one), ACT),
        ("how", how.into_iter().flatten().collect::<Vec<_>>().join(", "), WORDS),
        ("target", target, WORDS),
        ("date", day, WORDS),
        ("quote", one.quote.clone(), STRONG),
        ("sure", format!("{:.2}", one.confidence), WORDS),
    ]);
    if let Some(said) = said(one) {
        fields.push(("you", said, WORDS));
    }
    fields
}

fn said(one: &Statement) -> Option<String> {
    let review = one.review.as_ref()?;
    Some(match review.verdict {
        Verdict::Accepted => "accepted it".to_owned(),
        Verdict::Rejected => "rejected it".to_owned(),
        Verdict::Edited => format!("changed {}", review.fields.join(", ")),
    })
}

/// Why a statement is risky, in words.
fn why(danger: &Danger) -> String {
    let who = match danger.speaker.max(danger.target) {
        Standing::Person => "a person is named",
        Standing::Name => "a name is named",
        Standing::Nobody => "nobody is named",
    };
    let act = danger.act.name();
    let (risk, confidence) = (danger.risk(), danger.confidence);
    format!("risk {risk:.2}: {act}, {who}, the program is sure to {confidence:.2}")
}
