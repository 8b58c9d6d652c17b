//! One self-contained page: the article with its marks, the ledger beside it, each record linked to its
//! words and back. No script, nothing from elsewhere, and a policy that says so to the browser.

mod article;
mod ledger;
mod segments;

use super::view::View;
use super::{Beside, Exporter, Inputs, words};
use crate::shown::Look;
use sayso::article::BlockRole;
use sayso::ledger::Ledger;
use std::fmt::Write;

pub(super) const EXPORTER: Exporter = Exporter {
    name: "html",
    about: "one self-contained page: the article marked, its ledger beside it",
    extension: "html",
    inputs: Inputs::One { instead: "--output FOLDER, or --format table" },
    between: "",
    beside: Beside::Nothing,
    begin: |manner| super::each(manner.look, |ledger, look| page(ledger, look).into_bytes()),
};

const STYLE: &str = include_str!("style.css");
/// Above this, a statement's words do not light up with its record: the page would be style for the most part.
const MOST_LIT: usize = 600;

fn page(ledger: &Ledger, look: &Look) -> String {
    let view = View::new(ledger);
    let document = &ledger.document;
    let title = document.title.as_deref().unwrap_or(&document.id);
    let mut facts = Vec::new();
    // The article shows its headline itself.
    let headline = document.blocks.iter().any(|block| block.role == BlockRole::Title);
    let (class, name) = if headline { ("name", &*document.id) } else { ("headline", title) };
    facts.extend((name != document.id).then(|| escape(&document.id)));
    facts.extend(document.outlet.as_deref().map(escape));
    facts.extend((!document.byline.is_empty()).then(|| escape(&document.byline.join(", "))));
    facts.extend(document.published.as_deref().map(|date| format!("published {}", escape(date))));
    facts.push(words::count(ledger.statements.len(), "statement"));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title} · sayso</title>\n<style>\n{STYLE}{lit}</style>\n</head>\n<body>\n\
         <header>\n<h1 class=\"{class}\" dir=\"auto\">{name}</h1>\n<p class=\"facts\">{facts}</p>\n\
         <nav><a href=\"#article\">Article</a> <a href=\"#ledger\">Ledger</a></nav>\n\
         <p class=\"legend\"><span class=\"source\">source</span> <span class=\"cue\">cue</span> \
         <span class=\"content end\"><span class=\"n\">1</span>words attributed</span></p>\n</header>\n\
         <main>\n{article}{ledger}</main>\n</body>\n</html>\n",
        title = escape(title),
        name = escape(name),
        lit = lit(ledger.statements.len()),
        facts = facts.join(" · "),
        article = article::of(&view),
        ledger = ledger::of(&view, look),
    )
}

/// A record's words light up when it is pointed at or jumped to, and the record with its words.
fn lit(statements: usize) -> String {
    let mut style = String::new();
    for n in 1..=if statements > MOST_LIT { 0 } else { statements } {
        write!(
            style,
            ":root:has(#s{n}:target,#w{n}:target,#s{n}>.head:hover,#s{n}>.head a:focus-visible) .q{n},"
        )
        .expect("a string grows");
    }
    if style.pop().is_some() {
        style.push_str("{background:var(--lit);color:var(--lit-ink)}\n");
    }
    style
}

/// Text that is text wherever it stands, in elements and in attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\r' => safe.push_str("&#13;"),
            '\n' | '\t' => safe.push(c),
            c if c.is_control() => safe.push('\u{fffd}'),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::invented;
    use proptest::prelude::*;

    /// The words that a browser shows in the article, numbers left out.
    fn article_text(page: &str) -> String {
        let start = page.find("<article").expect("an article");
        let mut rest = &page[start..page.find("</article>").expect("its end")];
        let mut text = String::new();
        while let Some(at) = rest.find('<') {
            text.push_str(&rest[..at]);
            let tag = &rest[at..];
            let skipped = if tag.starts_with("<a ") || tag.starts_with("<h2") {
                tag.find("</a>").or(tag.find("</h2>")).expect("its end")
            } else {
                0
            };
            rest = &tag[skipped..];
            rest = &rest[rest.find('>').expect("a tag ends") + 1..];
        }
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&#13;", "\r")
            .replace("&amp;", "&")
    }

    #[test]
    fn nothing_of_the_text_is_markup() {
        let page = page(&invented::lake(), &invented::LOOK);
        assert!(!page.contains("<script") && !page.contains("<b>the lake"), "{page}");
        assert!(page.contains("&lt;script&gt;alert(1)"));
        assert!(page.contains("default-src 'none'"));
    }

    #[test]
    fn every_link_has_its_target() {
        let page = page(&invented::lake(), &invented::LOOK);
        let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let unique: std::collections::HashSet<&&str> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len());
        let links: Vec<&str> =
            page.split(" href=\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(links.len() >= 6 && links.iter().all(|link| ids.contains(link)), "{links:?} {ids:?}");
    }

    proptest! {
        #[test]
        fn the_article_is_the_text(ledger in invented::ledger()) {
            let shown = article_text(&page(&ledger, &invented::LOOK));
            let text = &ledger.document.text;
            let text: String = text.chars().map(|c| if c.is_control() && !"\r\n\t".contains(c) { '\u{fffd}' } else { c }).collect();
            prop_assert_eq!(shown, text);
        }
    }
}
