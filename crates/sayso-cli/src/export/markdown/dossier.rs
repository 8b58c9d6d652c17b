//! The dossier's own parts, and how they are written.

use super::super::words::{self, count};
use super::escape::{link, words as escaped};
use jiff::civil::Date;
use sayso::ledger::{Review, Source};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write;

/// All that goes into it.
#[derive(Default)]
pub(in super::super) struct Dossier {
    /// What was asked of the library, in words.
    pub(super) asked: Option<String>,
    pub(super) articles: Vec<Article>,
    pub(super) entries: Vec<Entry>,
    /// What is known of speakers, by what they are called, then by article and source.
    pub(super) speakers: BTreeMap<String, BTreeMap<(usize, String), Speaker>>,
    pub(super) rejected: usize,
    /// How many more reviewers rejected, which are not in the ledgers.
    pub(super) rejected_before: usize,
}

/// An article, without its text.
pub(super) struct Article {
    pub(super) number: String,
    pub(super) id: String,
    pub(super) title: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) published: Option<String>,
    pub(super) url: Option<String>,
    pub(super) archive_url: Option<String>,
    pub(super) captured: Option<String>,
    pub(super) sha256: String,
    pub(super) read_by: String,
    pub(super) notes: Vec<String>,
}

/// Somebody who speaks in an article.
#[derive(PartialEq, Eq)]
pub(super) struct Speaker {
    about: String,
    roles: BTreeSet<String>,
    spellings: BTreeSet<String>,
}

impl Speaker {
    pub(super) fn of(source: &Source) -> Self {
        let spellings = source.names.iter().filter(|name| **name != source.name);
        Self {
            about: words::about(source),
            roles: source.roles.iter().map(|role| role.text.clone()).collect(),
            spellings: spellings.cloned().collect(),
        }
    }

    /// In a line; nothing where no more is known than the name.
    fn line(&self) -> Option<String> {
        let all =
            |words: &BTreeSet<String>| words.iter().map(|word| escaped(word)).collect::<Vec<_>>().join("; ");
        let parts =
            [("", escaped(&self.about)), ("role: ", all(&self.roles)), ("also: ", all(&self.spellings))];
        let parts = parts.into_iter().filter(|(_, words)| !words.is_empty());
        let parts: Vec<String> = parts.map(|(label, words)| format!("{label}{words}")).collect();
        (!parts.is_empty()).then(|| parts.join(" · "))
    }
}

/// A statement.
pub(super) struct Entry {
    /// Its article's place in the list.
    pub(super) article: usize,
    pub(super) speaker: Option<String>,
    /// Who speaks with the speaker.
    pub(super) with: Vec<String>,
    pub(super) act: String,
    pub(super) target: Option<String>,
    pub(super) quote: String,
    pub(super) said_on: Option<String>,
    /// The day that it is sorted by.
    pub(super) order: Option<Date>,
    /// The day of the saying, else that of the article.
    pub(super) day: Option<String>,
    pub(super) facts: Vec<String>,
    pub(super) details: Vec<(&'static str, String)>,
    pub(super) places: Vec<String>,
    pub(super) confidence: f64,
    pub(super) review: Option<Review>,
    pub(super) id: String,
}

/// More of the words stand where the statement itself does.
const SHORT: usize = 120;

const CAUTION: &str = "\
**Reported is not true.** What follows is what articles report somebody to have said. That it stands here does not make it true, nor sure that it was \
said so: a program read the articles, and only where it says so has a person looked. Before you quote, compare with the article.\n";

impl Dossier {
    pub(super) fn written(&self) -> String {
        let mut out = String::new();
        self.head(&mut out);
        if !self.entries.is_empty() {
            let numbers = self.by_speaker(&mut out);
            self.by_day(&mut out, &numbers);
            self.by_claim(&mut out, &numbers);
        }
        self.list(&mut out);
        out
    }

    fn head(&self, out: &mut String) {
        let (statements, articles) =
            (count(self.entries.len(), "statement"), count(self.articles.len(), "article"));
        line(out, &format!("# {statements} of {articles}"));
        line(out, CAUTION.trim_end());
        let asked = self.asked.as_deref().map(|asked| format!("What was asked for: {}.", escaped(asked)));
        let speakers: HashSet<&String> =
            self.entries.iter().filter_map(|entry| entry.speaker.as_ref()).collect();
        let unknown = self.entries.iter().filter(|entry| entry.speaker.is_none()).count();
        let reviewed = self.entries.iter().filter(|entry| entry.review.is_some()).count();
        let rejected = self.rejected + self.rejected_before;
        let rejected = (rejected > 0)
            .then(|| format!("{} that a person rejected left out.", count(rejected, "statement")));
        let facts = [
            asked,
            Some(format!(
                "{statements} of {articles} by speakers of {}, {unknown} by nobody who is named.",
                count(speakers.len(), "name")
            )),
            Some(format!("A person has looked at {reviewed} of {statements}.")),
            rejected,
        ];
        line(out, &facts.into_iter().flatten().collect::<Vec<_>>().join(" "));
    }

    /// Each statement, whole; where each stands comes back.
    fn by_speaker(&self, out: &mut String) -> Vec<usize> {
        line(out, "## By speaker");
        let mut order: Vec<usize> = (0..self.entries.len()).collect();
        let key = |entry: &Entry| {
            let name = entry.speaker.as_ref();
            (
                name.is_none(),
                name.map(|name| name.to_lowercase()),
                name.cloned(),
                entry.order.is_none(),
                entry.order,
            )
        };
        order.sort_by_cached_key(|at| key(&self.entries[*at]));
        let mut numbers = vec![0; order.len()];
        let mut with: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (before, at) in order.iter().enumerate() {
            numbers[*at] = before + 1;
            for name in &self.entries[*at].with {
                with.entry(name).or_default().push(before + 1);
            }
        }
        let mut last: Option<&Option<String>> = None;
        for at in order {
            let entry = &self.entries[at];
            if last != Some(&entry.speaker) {
                match entry.speaker.as_deref() {
                    Some(name) => self.speaker(out, name, &with.remove(name).unwrap_or_default()),
                    None => line(out, "### Nobody is named"),
                }
                last = Some(&entry.speaker);
            }
            self.entry(out, numbers[at], entry);
        }
        // who speaks with others only
        for (name, numbers) in with {
            self.speaker(out, name, &numbers);
        }
        numbers
    }

    /// A heading, what is known, and the statements that stand under somebody else.
    fn speaker(&self, out: &mut String, name: &str, with: &[usize]) {
        line(out, &format!("### {}", named(name)));
        let known: Vec<_> = self.speakers.get(name).into_iter().flatten().collect();
        let articles: BTreeSet<usize> = known.iter().map(|((article, _), _)| *article).collect();
        if let [(_, only)] = &known[..] {
            only.line().into_iter().for_each(|about| line(out, &about));
        } else if !known.is_empty() {
            let whose = match articles.len() {
                1 => "two of one article".to_owned(),
                count => format!("in {count} articles"),
            };
            line(out, &format!("The same name {whose}; whether it is one person nobody has checked."));
            for ((article, _), one) in known {
                let number = &self.articles[*article].number;
                let about = one.line().unwrap_or_else(|| "no more is known".to_owned());
                writeln!(out, "- article {number}: {about}").expect("a string grows");
            }
            out.push('\n');
        }
        if !with.is_empty() {
            let numbers: Vec<String> = with.iter().map(|number| format!("No. {number}")).collect();
            line(out, &format!("also spoke: {}", numbers.join(", ")));
        }
    }

    fn entry(&self, out: &mut String, number: usize, entry: &Entry) {
        let article = &self.articles[entry.article];
        let about =
            entry.target.as_ref().map(|target| format!(" about {}", named(target))).unwrap_or_default();
        let details = entry.details.iter().map(|(term, says)| format!(" · {term}: {}", escaped(says)));
        line(
            out,
            &format!(
                "**No. {number}** · {} · **{}**{about} · {}{}",
                escaped(&entry.when()),
                escaped(&entry.act),
                entry.facts.join(", "),
                details.collect::<String>()
            ),
        );
        line(out, &format!("> {}", escaped(&entry.quote)));
        let mut facts = vec![article.link()];
        facts.extend(article.archive());
        facts.push(format!("article {}, characters {}", article.number, either(&entry.places)));
        facts.push(format!("confidence {}", entry.confidence));
        facts.push(entry.review.as_ref().map_or_else(
            || "no person has looked at it".to_owned(),
            |review| {
                let day = review.at.split('T').next().unwrap_or_default();
                let fields = escaped(&review.fields.join(", "));
                let fields = if fields.is_empty() { fields } else { format!(" ({fields})") };
                format!(
                    "{} by {} on {}{fields}",
                    words::verdict(review.verdict),
                    escaped(&review.by),
                    escaped(day)
                )
            },
        ));
        facts.push(format!("statement {}", escaped(&entry.id)));
        line(out, &facts.join(" · "));
    }

    fn by_day(&self, out: &mut String, numbers: &[usize]) {
        line(out, "## By day");
        let mut order: Vec<usize> = (0..self.entries.len()).collect();
        order.sort_by_key(|at| {
            let entry = &self.entries[*at];
            (entry.order.is_none(), entry.order, entry.said_on.is_none(), entry.day.clone(), numbers[*at])
        });
        let mut last = None;
        for at in order {
            let entry = &self.entries[at];
            let day = match (&entry.said_on, &entry.day) {
                (Some(day), _) => escaped(day),
                (None, Some(day)) => format!("by {}, when the article appeared", escaped(day)),
                (None, None) => "No day".to_owned(),
            };
            heading(out, &mut last, day);
            let about =
                entry.target.as_ref().map(|target| format!(" about {}", named(target))).unwrap_or_default();
            let what = format!("{} {}{about}", self.who(entry), escaped(&entry.act));
            self.item(out, numbers[at], entry, &what);
        }
        out.push('\n');
    }

    fn by_claim(&self, out: &mut String, numbers: &[usize]) {
        line(out, "## By claim");
        let mut order: Vec<usize> = (0..self.entries.len()).collect();
        order.sort_by_cached_key(|at| {
            let entry = &self.entries[*at];
            (
                entry.act.clone(),
                entry.target.is_some(),
                entry.target.clone(),
                entry.order.is_none(),
                entry.order,
                numbers[*at],
            )
        });
        let mut last = None;
        for at in order {
            let entry = &self.entries[at];
            let about =
                entry.target.as_ref().map(|target| format!(": {}", named(target))).unwrap_or_default();
            heading(out, &mut last, format!("{}{about}", escaped(&entry.act)));
            let what = format!("{}, {}", self.who(entry), escaped(&entry.when()));
            self.item(out, numbers[at], entry, &what);
        }
        out.push('\n');
    }

    fn who(&self, entry: &Entry) -> String {
        entry.speaker.as_deref().map_or_else(|| "An unknown speaker".to_owned(), named)
    }

    /// A statement in one line, which its number leads back from.
    fn item(&self, out: &mut String, number: usize, entry: &Entry, what: &str) {
        let article = &self.articles[entry.article];
        let outlet = article.outlet.as_deref().unwrap_or(&article.id);
        let mut quote: String = entry.quote.chars().take(SHORT).collect();
        if quote.len() < entry.quote.len() {
            quote.push('…');
        }
        let item = format!("- **No. {number}** {what}: {} ({})", escaped(&quote), escaped(outlet));
        writeln!(out, "{item}").expect("a string grows");
    }

    fn list(&self, out: &mut String) {
        line(out, "## Articles");
        let touched: HashSet<usize> = self.entries.iter().map(|entry| entry.article).collect();
        for (at, article) in self.articles.iter().enumerate() {
            let mut facts = vec![format!("**Article {}** {}", article.number, article.link())];
            facts.extend(article.outlet.as_deref().map(escaped));
            facts.extend(article.published.as_deref().map(|day| format!("published {}", escaped(day))));
            facts.extend(article.archive());
            facts.extend(article.captured.as_deref().map(|day| format!("fetched {}", escaped(day))));
            facts.push(format!("read from {} by {}", escaped(&article.id), escaped(&article.read_by)));
            facts.push(format!("SHA-256 of its text {}", escaped(&article.sha256)));
            facts.extend((!touched.contains(&at)).then(|| "no statement of it is here".to_owned()));
            facts.extend(article.notes.iter().map(|note| format!("note: {}", escaped(note))));
            writeln!(out, "- {}", facts.join(" · ")).expect("a string grows");
        }
    }
}

impl Entry {
    fn when(&self) -> String {
        match (&self.said_on, &self.day) {
            (Some(day), _) => format!("said {day}"),
            (None, Some(day)) => format!("by {day}"),
            (None, None) => "no day".to_owned(),
        }
    }
}

impl Article {
    /// Headline and outlet, leading to the article.
    fn link(&self) -> String {
        let title = self.title.as_deref().filter(|title| !title.trim().is_empty()).unwrap_or(&self.id);
        let label =
            self.outlet.as_ref().map_or_else(|| title.to_owned(), |outlet| format!("{title}, {outlet}"));
        link(&label, self.url.as_deref())
    }

    fn archive(&self) -> Option<String> {
        self.archive_url.as_deref().map(|address| link("archived copy", Some(address)))
    }
}

/// A name, which a page may have left empty.
fn named(name: &str) -> String {
    let name = escaped(name);
    if name.trim().is_empty() { "(no name)".to_owned() } else { name }
}

/// "12–21 and 40–48"
fn either(places: &[String]) -> String {
    match places {
        [] => "unknown".to_owned(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// A paragraph or heading of one line.
fn line(out: &mut String, words: &str) {
    out.push_str(words);
    out.push_str("\n\n");
}

/// A heading where another one is due.
fn heading(out: &mut String, last: &mut Option<String>, words: String) {
    if last.as_ref() != Some(&words) {
        if last.is_some() {
            out.push('\n');
        }
        line(out, &format!("### {words}"));
        *last = Some(words);
    }
}
