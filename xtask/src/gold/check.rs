//! What has to hold in a gold file, and what deserves a second look.

use super::cases;
use super::edtf;
use super::page::Page;
use super::record::{Annotation, Pair, Statement};
use sayso::ledger::{Mode, SourceStatus};
use sayso::lexicon::Act;

/// What was found in one file.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// Must not be.
    pub(crate) errors: Vec<String>,
    /// May be right, but rarely is.
    pub(crate) doubts: Vec<String>,
}

/// Checks an annotation against its article.
pub(crate) fn check(annotation: &Annotation, page: &Page) -> Findings {
    let mut findings = Findings::default();
    for statement in &annotation.statements {
        let mut own = Findings::default();
        spans(statement, annotation, page, &mut own);
        nesting(statement, annotation, &mut own);
        people(statement, annotation, page, &mut own);
        fields(statement, annotation, page, &mut own);
        mode(statement, page, &mut own);
        let say = |text: String| format!("statement {} ({}): {text}", statement.n, opening(statement, page));
        findings.errors.extend(own.errors.into_iter().map(say));
        findings.doubts.extend(own.doubts.into_iter().map(say));
    }
    sources(annotation, page, &mut findings);
    marks(annotation, page, &mut findings);
    findings
}

/// Where a statement stands, for the reader of a finding.
fn opening(statement: &Statement, page: &Page) -> String {
    let at = statement.content.first().map_or(0, |span| span[0]);
    let words = page.words([at, at + 30]).replace('\n', " ");
    format!("[{}] {words}", page.paragraph_of(at).unwrap_or(0))
}

fn spans(statement: &Statement, annotation: &Annotation, page: &Page, findings: &mut Findings) {
    let roles = [("source", &statement.source), ("cue", &statement.cue), ("content", &statement.content)];
    for (role, spans) in roles {
        let mut last = 0;
        for &[start, end] in spans {
            if start >= end || end > page.len() {
                findings.errors.push(format!("{role} [{start}, {end}] is no place in the text"));
                continue;
            }
            if start < last {
                findings.errors.push(format!("the pieces of {role} are out of order or overlap"));
            }
            last = end;
            let words = page.words([start, end]);
            if words.trim() != words {
                findings.errors.push(format!("{role} begins or ends with a space"));
            }
            if annotation.header.not_read.iter().any(|&other| overlap([start, end], other)) {
                findings.errors.push(format!("{role} stands in a paragraph that is not read"));
            }
        }
    }
    if statement.content.is_empty() {
        findings.errors.push("no content".to_owned());
    }
    for (a, b) in [(0, 1), (0, 2), (1, 2)] {
        if touch(roles[a].1, roles[b].1) {
            findings.errors.push(format!("{} and {} overlap", roles[a].0, roles[b].0));
        }
    }
    for &[start, end] in &statement.content {
        let words = page.words([start, end]);
        if words.ends_with([',', ';', ':']) {
            findings
                .doubts
                .push("content ends with a comma, semicolon or colon outside the marks".to_owned());
        }
    }
}

fn nesting(statement: &Statement, annotation: &Annotation, findings: &mut Findings) {
    if let Some(n) = statement.inside {
        match annotation.statement(n) {
            None => findings.errors.push(format!("stands inside statement {n}, which does not exist")),
            Some(outer) if outer.n >= statement.n => {
                findings.errors.push(format!("stands inside statement {n}, which comes later"));
            }
            Some(outer) if !within(&statement.content, &outer.content) => {
                findings.errors.push(format!("is not within the content of statement {n}"));
            }
            Some(_) => {}
        }
    }
    for other in annotation.statements.iter().filter(|other| other.n != statement.n) {
        let is_within = within(&statement.content, &other.content) && within(&statement.cue, &other.content);
        let is_same = statement.content == other.content;
        if is_within && !is_same && !ancestors(statement, annotation).contains(&other.n) {
            findings.errors.push(format!("stands within statement {} and is not nested in it", other.n));
        }
        // "reported by A as ... and by B of ...": one cue, two speakers with words of their own.
        let is_shared = statement.speaker != other.speaker && statement.content != other.content;
        if other.n < statement.n && !statement.cue.is_empty() && statement.cue == other.cue && !is_shared {
            findings.errors.push(format!("has the cue of statement {}", other.n));
        }
        if other.n < statement.n && is_same && statement.cue.is_empty() == other.cue.is_empty() {
            findings.doubts.push(format!("has the content of statement {}", other.n));
        }
    }
}

fn ancestors(statement: &Statement, annotation: &Annotation) -> Vec<usize> {
    let mut found = Vec::new();
    let mut outer = statement.inside;
    while let Some(n) = outer.filter(|n| !found.contains(n)) {
        found.push(n);
        outer = annotation.statement(n).and_then(|s| s.inside);
    }
    found
}

fn people(statement: &Statement, annotation: &Annotation, page: &Page, findings: &mut Findings) {
    for key in statement.speaker.iter().chain(&statement.co_speakers) {
        if annotation.source(key).is_none() {
            findings.errors.push(format!("there is no source {key}"));
        }
    }
    if statement.speaker.is_none() && !statement.co_speakers.is_empty() {
        findings.errors.push("co-speakers without a speaker".to_owned());
    }
    if statement.speaker.is_none() && !statement.source.is_empty() && statement.why_unknown.is_none() {
        findings.errors.push("source words without a speaker need why:".to_owned());
    }
    let words: Vec<String> = statement.source.iter().map(|&s| page.words(s).to_lowercase()).collect();
    // First and second person are no mentions.
    let in_person =
        words.iter().all(|w| ["i", "we", "you", "my", "our", "your", "me", "us"].contains(&w.as_str()));
    if let Some(speaker) = annotation.speaker(statement)
        && !in_person
        && !touch(&statement.source, &speaker.mentions)
    {
        findings.errors.push(format!("the source's words are no mention of {}", speaker.key));
    }
}

fn fields(statement: &Statement, annotation: &Annotation, page: &Page, findings: &mut Findings) {
    if let Some(target) = &statement.target {
        if !statement.act.has_target() {
            findings.errors.push(format!("{} takes no target", name(statement.act)));
        }
        if target.at.is_some_and(|[start, end]| start >= end || end > page.len()) {
            findings.errors.push("the target's words are no place in the text".to_owned());
        }
        if target.source.is_none() && page.first(&target.name).is_none() {
            findings.errors.push(format!("the target's name stands nowhere in the text: {}", target.name));
        }
        if target.source.as_ref().is_some_and(|key| annotation.source(key).is_none()) {
            findings.errors.push("the target is a source that does not exist".to_owned());
        }
    } else if matches!(statement.act, Act::Accuse | Act::Condemn) && !statement.optional {
        findings.doubts.push(format!("{} without a target", name(statement.act)));
    }
    if statement.or_acts.contains(&statement.act) {
        findings.errors.push("an act is its own alternative".to_owned());
    }
    for case in statement.cases.iter().filter(|case| !cases::ALL.contains(&case.as_str())) {
        findings.errors.push(format!("no hard case is called {case}"));
    }
    if statement.outlet.is_some() != statement.how.is_some() {
        findings.errors.push("an outlet and how it came by the words go together".to_owned());
    }
    if let Some(said_on) = &statement.said_on {
        date(&said_on.edtf, said_on.at, annotation, page, findings);
    }
}

fn date(edtf: &str, at: Pair, annotation: &Annotation, page: &Page, findings: &mut Findings) {
    if at[0] >= at[1] || at[1] > page.len() {
        findings.errors.push("the date's words are no place in the text".to_owned());
    }
    let Some((first, last)) = edtf::range(edtf) else {
        findings.errors.push(format!("{edtf} is no EDTF date"));
        return;
    };
    let words = page.words(at);
    if let Some(weekday) = edtf::weekday(&words)
        && first == last
        && first.weekday() != weekday
    {
        findings.errors.push(format!("{edtf} is a {:?}, not what “{words}” says", first.weekday()));
    }
    let published = annotation.header.published.as_deref().and_then(edtf::range);
    if published.is_some_and(|(_, day)| first > day) {
        findings.errors.push(format!("said on {edtf}, after it was published"));
    }
}

fn name(act: Act) -> String {
    serde_json::to_value(act).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Mode follows from the marks, but for transcripts, block quotations and broken marks.
fn mode(statement: &Statement, page: &Page, findings: &mut Findings) {
    let letters = |spans: &[Pair]| -> usize {
        spans.iter().map(|&s| page.words(s).chars().filter(|c| c.is_alphanumeric()).count()).sum()
    };
    let (all, marked) = (letters(&statement.content), letters(&statement.verbatim));
    let words =
        |spans: &[Pair]| -> usize { spans.iter().map(|&s| page.words(s).split_whitespace().count()).sum() };
    let outside = words(&statement.content).saturating_sub(words(&statement.verbatim));
    let fits = match statement.mode {
        Mode::Direct => {
            marked * 10 >= all * 9 || outside <= 2 && marked > 0 || marked == 0 && statement.cue.is_empty()
        }
        Mode::Mixed => marked > 0 && outside > 0,
        Mode::Indirect => marked == 0 || words(&statement.verbatim) <= 3 || statement.inside.is_some(),
    };
    if !fits && statement.inside.is_none() {
        findings.doubts.push(format!("{:?}, with {marked} of {all} letters in marks", statement.mode));
    }
}

fn sources(annotation: &Annotation, page: &Page, findings: &mut Findings) {
    let mut keys: Vec<&str> = annotation.sources.iter().map(|s| s.key.as_str()).collect();
    keys.sort_unstable();
    if keys.windows(2).any(|two| two[0] == two[1]) {
        findings.errors.push("two sources have one key".to_owned());
    }
    for source in &annotation.sources {
        let mut error = |text: &str| findings.errors.push(format!("source {}: {text}", source.key));
        let speaks = |s: &Statement| s.speaker.iter().chain(&s.co_speakers).any(|key| *key == source.key);
        if !annotation.statements.iter().any(speaks) {
            error("says nothing");
        }
        if source.mentions.is_empty() {
            error("has no mention");
        }
        for &[start, end] in source.mentions.iter().chain(&source.roles) {
            if start >= end || end > page.len() {
                error("a place is outside the text");
            }
        }
        if source.status == SourceStatus::Named && page.first(&source.name).is_none() {
            findings.doubts.push(format!("source {}: the name stands nowhere in the text", source.key));
        }
    }
    for (i, source) in annotation.sources.iter().enumerate() {
        for other in &annotation.sources[..i] {
            if source.mentions.iter().any(|mention| other.mentions.contains(mention)) {
                // "the two", "both": a plural is a mention of each.
                findings.doubts.push(format!("sources {} and {} share a mention", other.key, source.key));
            }
        }
    }
}

/// Every pair of quotation marks is in a statement, excused, or in a paragraph that is not read.
fn marks(annotation: &Annotation, page: &Page, findings: &mut Findings) {
    for quoted in page.quoted() {
        let said =
            annotation.statements.iter().any(|s| touch(&s.content, &[quoted]) || touch(&s.cue, &[quoted]));
        let excused = annotation.header.excused.iter().any(|excuse| overlap(excuse.at, quoted));
        let skipped = annotation.header.not_read.iter().any(|&other| overlap(other, quoted));
        if !(said || excused || skipped) {
            let n = page.paragraph_of(quoted[0]).unwrap_or(0);
            let words: String = page.words(quoted).chars().take(40).collect();
            findings.errors.push(format!("[{n}] marks without statement or excuse: {words}"));
        }
    }
}

fn overlap(a: Pair, b: Pair) -> bool {
    a[0] < b[1] && b[0] < a[1]
}

fn touch(a: &[Pair], b: &[Pair]) -> bool {
    a.iter().any(|&x| b.iter().any(|&y| overlap(x, y)))
}

/// Whether every span of the one lies in a span of the other.
fn within(inner: &[Pair], outer: &[Pair]) -> bool {
    inner.iter().all(|x| outer.iter().any(|y| y[0] <= x[0] && x[1] <= y[1]))
}
