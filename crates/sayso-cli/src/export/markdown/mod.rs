//! A dossier to hand to an editor: by speaker, with the exact words; by day; by claim; and the articles with their links.
//!
//! What is held until the end is the statements, not the texts. What a reviewer rejected is left out and counted.

mod dossier;
mod escape;

use super::view::View;
use super::{Beside, Exporter, Inputs, Print, Provenance, days, words};
use dossier::{Article, Dossier, Entry, Speaker};
use sayso::ledger::{Ledger, Pair, Source, SourceStatus};

pub(super) const EXPORTER: Exporter = Exporter {
    name: "markdown",
    about: "a dossier for an editor: by speaker, by day, by claim, with links",
    extension: "md",
    inputs: Inputs::Many,
    between: "",
    beside: Beside::Nothing,
    begin: |manner| {
        let (asked, rejected_before) = (manner.asked.clone(), manner.rejected);
        Box::new(Dossier { asked, rejected_before, ..Dossier::default() })
    },
};

impl Print for Dossier {
    fn one(&mut self, ledger: &Ledger, from: &Provenance) -> Vec<u8> {
        let view = View::new(ledger);
        let number =
            from.article.map_or_else(|| (self.articles.len() + 1).to_string(), |number| number.to_string());
        let document = &ledger.document;
        let article = self.articles.len();
        for (at, statement) in ledger.statements.iter().enumerate() {
            if statement.is_rejected() {
                self.rejected += 1;
                continue;
            }
            let source = statement.speaker.as_deref().and_then(|id| view.source(id));
            let speaker = match source {
                Some(source) => Some(called(source, &number)),
                None => view.speaker(statement).map(str::to_owned),
            };
            let with = statement.co_speakers.iter().filter_map(|id| view.source(id));
            for source in source.into_iter().chain(with.clone()) {
                let known = self.speakers.entry(called(source, &number)).or_default();
                known.entry((article, source.id.clone())).or_insert_with(|| Speaker::of(source));
            }
            let said = statement.said_on.as_ref().map(|said| said.edtf.clone());
            let day = said.as_deref().or(document.published.as_deref());
            self.entries.push(Entry {
                article,
                speaker,
                with: with.map(|source| called(source, &number)).collect(),
                act: words::act(statement),
                target: statement.target.as_ref().map(|target| target.name.clone()),
                quote: view.quote(statement),
                said_on: said.clone(),
                order: day.and_then(days::bounds).map(|[_, last]| last),
                day: day.map(str::to_owned),
                facts: [words::mode(statement.mode)]
                    .into_iter()
                    .chain(statement.certainty.map(words::certainty))
                    .map(str::to_owned)
                    .collect(),
                details: details(&view, at),
                places: statement.spans.content.iter().map(place).collect(),
                confidence: statement.confidence,
                review: statement.review.clone(),
                id: statement.id.clone(),
            });
        }
        self.articles.push(Article {
            number,
            id: document.id.clone(),
            title: document.title.clone(),
            outlet: document.outlet.clone(),
            published: document.published.clone(),
            url: document.url.clone(),
            archive_url: document.archive_url.clone(),
            captured: document.captured.clone(),
            sha256: document.sha256.clone(),
            read_by: format!("sayso {}, weights {}", from.version, from.weights),
            notes: ledger.notes.clone(),
        });
        Vec::new()
    }

    fn end(&mut self) -> Vec<u8> {
        self.written().into_bytes()
    }

    fn left_out(&self) -> Option<String> {
        let rejected = words::count(self.rejected, "statement");
        (self.rejected > 0).then(|| format!("left out: {rejected} that a reviewer rejected"))
    }
}

/// What a source is called: whom no name tells from others of the kind, the article and the place do.
fn called(source: &Source, article: &str) -> String {
    match (source.status, source.mentions.first()) {
        (SourceStatus::Named, _) => source.name.clone(),
        (_, Some([first, _])) => format!("{} (article {article}, first at character {first})", source.name),
        (_, None) => format!("{} (article {article})", source.name),
    }
}

/// What else is known: "with: …", "via: …", but for whom it is about, which stands elsewhere.
fn details(view: &View, at: usize) -> Vec<(&'static str, String)> {
    let statement = view.statement(at);
    let mut details = words::details(view, statement);
    details.retain(|(term, _)| !["about", "reported by"].contains(term));
    let reporters = view.reporters(at);
    details.extend((!reporters.is_empty()).then(|| ("reported by", reporters.join(", "))));
    details
}

fn place([start, end]: &Pair) -> String {
    format!("{start}–{end}")
}

#[cfg(test)]
mod tests {
    use crate::export::Manner;
    use crate::export::tests::{invented, printed};
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    /// What a reader of Markdown with all extensions finds; `hostile` is what no dossier has.
    #[derive(Default)]
    struct Seen {
        headings: Vec<(u8, String)>,
        links: Vec<String>,
        quotes: Vec<String>,
        hostile: Vec<String>,
    }

    fn seen(markdown: &str) -> Seen {
        let (mut seen, mut text, mut in_quote) = (Seen::default(), String::new(), false);
        for event in Parser::new_ext(markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
            match event {
                Event::Start(Tag::Heading { .. }) => text.clear(),
                Event::Start(Tag::BlockQuote(None)) => (in_quote, text) = (true, String::new()),
                Event::Start(Tag::Link { dest_url, .. }) => seen.links.push(dest_url.into_string()),
                Event::Start(Tag::Paragraph | Tag::List(None) | Tag::Item | Tag::Strong) => {}
                Event::End(TagEnd::Heading(level)) => {
                    seen.headings.push((level as u8, std::mem::take(&mut text)))
                }
                Event::End(TagEnd::BlockQuote(None)) => {
                    in_quote = false;
                    seen.quotes.push(std::mem::take(&mut text));
                }
                Event::End(_) => {}
                Event::Text(words) => text += &words,
                Event::SoftBreak if !in_quote => {}
                other => seen.hostile.push(format!("{other:?}")),
            }
        }
        seen
    }

    #[test]
    fn a_dossier_has_everybody_every_day_and_every_claim() {
        let manner = Manner { asked: Some("statements with “sank”".to_owned()), ..invented::manner() };
        let mut ledger = invented::sourced();
        ledger.statements[0].said_on = Some(sayso::ledger::SaidOn {
            edtf: "2024-05-17".to_owned(),
            from: String::new(),
            start: 0,
            end: 1,
        });
        let text = printed("markdown", std::slice::from_ref(&ledger), &manner);
        let seen = seen(&text);
        assert_eq!(seen.hostile, Vec::<String>::new(), "{text}");
        let headings: Vec<(u8, &str)> =
            seen.headings.iter().map(|(level, text)| (*level, text.as_str())).collect();
        assert_eq!(
            headings,
            [
                (1, "3 statements of 1 article"),
                (2, "By speaker"),
                (3, "Oru"),
                (3, "The 🚢X"),
                (3, "Nobody is named"),
                (2, "By day"),
                (3, "2024-05-17"),
                (3, "by 2024-05-18, when the article appeared"),
                (2, "By claim"),
                (3, "accuses"),
                (2, "Articles"),
            ],
            "{text}"
        );
        assert_eq!(seen.quotes, ["it sank", "“it sank, […] we heard", "<script>alert(1)</script>"]);
        let url = "https://post.example/lake?a=1&b=2";
        assert!(seen.links.iter().all(|link| link == url || link.starts_with("https://archive.example/")));
        assert!(text.contains("asked for: statements with “sank”"), "{text}");
        assert!(text.contains("article 7, characters 12–21 and 40–48"), "{text}");
        assert!(text.contains("edited by Petra Sulk on 2024-06-01 (act)"), "{text}");
    }

    #[test]
    fn whom_no_name_tells_apart_stands_alone_and_one_name_of_two_articles_is_doubted() {
        let one = invented::sourced();
        let mut other = one.clone();
        other.sources[0].roles[0].text = "thief".to_owned();
        other.statements[2].co_speakers = vec![other.sources[0].id.clone()];
        let ledgers = [one, other];
        let text = printed("markdown", &ledgers, &invented::manner());
        assert_eq!(
            text.matches("### The 🚢X\n\nThe same name in 2 articles; whether it is one person").count(),
            1,
            "{text}"
        );
        assert!(text.contains("role: thief") && text.contains("also spoke: No. "), "{text}");

        let mut ledgers = ledgers;
        for ledger in &mut ledgers {
            ledger.sources[0].status = sayso::ledger::SourceStatus::RoleOnly;
        }
        let text = printed("markdown", &ledgers, &invented::manner());
        assert!(text.contains("### The 🚢X (article 7, first at character 0)\n"), "{text}");
        let mut other = ledgers[0].sources[0].clone();
        other.mentions = vec![[3, 6]];
        assert_ne!(super::called(&other, "7"), super::called(&ledgers[0].sources[0], "7"));
        assert_ne!(super::called(&other, "7"), super::called(&other, "8"));
    }

    #[test]
    fn who_reported_it_is_said_when_their_own_words_are_left_out() {
        for (format, expected) in [
            ("markdown", "reported by: The 🚢X"),
            ("table", "reported by: The 🚢X"),
            ("csv", "The 🚢X"),
            ("jsonld", "reported by: The 🚢X"),
        ] {
            let mut ledger = invented::sourced();
            let inner = ledger.statements[1].id.clone();
            let before = printed(format, std::slice::from_ref(&ledger), &invented::manner());
            ledger.keep_only(&[inner].into());
            let text = printed(format, std::slice::from_ref(&ledger), &invented::manner());
            assert!(text.contains(expected), "{format}: {text}");
            assert!(format == "table" || before.contains(expected), "{format}: {before}");
        }
    }

    const HOSTILE: [&str; 14] = [
        "[click](https://evil.example)",
        "![x](https://evil.example/x.png)",
        "<img src=x onerror=alert(1)>",
        "<https://evil.example>",
        "https://evil.example www.evil.example",
        "# heading\n\n- item\n1. item\n> quote\n---\n***",
        "```\ncode\n```\n    indented",
        "[a]: https://evil.example\n[a]",
        "a\\[b](c)`d` **e** __f__ ~~g~~ $h$ ^i^ [[j]] [^k] | l | m |",
        "=====",
        "+ x",
        "&lt;b&gt; &#60;i&#62;",
        "[ ] task",
        "\\",
    ];

    proptest! {
        #[test]
        fn words_of_other_people_are_words(
            mut ledger in invented::ledger(),
            parts in prop::collection::vec((0..HOSTILE.len(), "[ a-z\\PC]{0,6}"), 6),
        ) {
            let mut parts = parts.into_iter().map(|(at, more)| format!("{}{more}{}", HOSTILE[at], HOSTILE[(at + 5) % HOSTILE.len()]));
            let mut hostile = || parts.next().expect("there are enough");
            let document = &mut ledger.document;
            (document.id, document.title, document.outlet) = (hostile(), Some(hostile()), Some(hostile()));
            document.url = Some(format!("https://post.example/{}", hostile()));
            let word = hostile();
            for source in &mut ledger.sources {
                source.name.clone_from(&word);
            }
            for statement in &mut ledger.statements {
                // words of the text stand for themselves
                statement.spans.content.clear();
                statement.quote = format!("{word} {}", statement.quote);
                statement.why_unknown = Some(word.clone());
            }
            let text = printed("markdown", std::slice::from_ref(&ledger), &Manner { asked: Some(hostile()), ..invented::manner() });
            let seen = seen(&text);
            prop_assert!(seen.hostile.is_empty(), "{:?} in\n{}", seen.hostile, text);
            prop_assert!(seen.links.iter().all(|link| link.starts_with("https://post.example/")), "{:?} in\n{}", seen.links, text);
            prop_assert_eq!(seen.quotes.len(), ledger.statements.len());
            for (quote, statement) in seen.quotes.iter().zip(&ledger.statements) {
                prop_assert!(ledger.statements.iter().any(|one| crate::shown::line(&one.quote) == *quote), "{:?} {:?}", quote, statement.quote);
            }
        }
    }
}
