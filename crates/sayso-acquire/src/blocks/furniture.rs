//! What web pages hang around an article: links, forms, notices.

use super::shape;

/// Whole lines, in lower case, without what stands after their last letter or digit.
const LINES: &[&str] = &[
    "about us", "ad", "add a comment", "add comment", "add your comment", "advertisement", "all rights reserved",
    "also read", "also on this topic", "audio", "back to top", "back to top button", "be the first to comment",
    "breaking news", "close", "comments", "comments are closed", "contact us", "contact", "continue reading", "cookie policy",
    "copy link", "don't miss", "don’t miss", "download", "editor's picks", "editors' picks", "editor’s picks",
    "email", "email address", "facebook", "featured", "follow us", "home", "instagram", "join the conversation",
    "keep reading", "latest", "latest news", "latest stories", "leave a comment", "leave a reply", "leave your comment",
    "linkedin", "listen to this article", "load more", "log in", "login", "main menu", "menu", "more from this section", "more news",
    "more on this story", "more on this topic", "more stories", "most popular", "most read", "most viewed", "name", "news",
    "newsletter", "newsletters", "next", "next article", "next post", "next story", "next up", "our newsletter", "pinterest",
    "popular", "post a comment", "post comment", "previous", "previous article", "previous post", "previous story", "print",
    "privacy", "privacy policy", "promoted", "read also", "read more", "read next", "read the full story", "recent posts", "recommended",
    "recommended for you", "reddit", "register", "related", "related articles", "related content", "related coverage",
    "related links", "related news", "related posts", "related stories", "related topics", "related video", "reply",
    "save", "search", "see also", "see more", "share", "share article", "share on facebook", "share on twitter",
    "share on x", "share story", "share this", "share this article", "share this page", "share this post", "share this story", "show comments",
    "show more", "sign in", "sign up", "sitemap", "skip advertisement", "skip to content", "skip to main content", "sponsored",
    "sponsored content", "submit", "subscribe", "subscribe now", "support us", "tags", "terms and conditions", "terms of service",
    "terms of use", "top stories", "topics", "trending", "trending now", "tweet", "twitter", "up next", "view all", "view comments",
    "view more", "watch now", "website", "whatsapp", "what to read next", "write a comment", "you may also like", "you might also like",
    "you may have missed", "your comment", "your name", "youtube", "telegram",
];

/// Lines after which links to other articles follow.
const POINTERS: &[&str] = &[
    "also read", "editor's picks", "editors' picks", "editor’s picks", "keep reading", "latest news", "latest stories", "more from this section",
    "more news", "more on this story", "more on this topic", "more stories", "most popular", "most read", "next article", "next post", "next story",
    "previous article", "previous post", "previous story", "read also", "read more", "read next", "recent posts", "recommended",
    "recommended for you", "related", "related articles", "related content", "related coverage", "related links", "related news",
    "related posts", "related stories", "related topics", "related video", "see also", "top stories", "trending", "trending now",
    "up next", "what to read next", "you may also like", "you may have missed", "you might also like", "don't miss", "don’t miss",
];

/// How such lines start, in lower case.
const STARTS: &[&str] = &[
    "a confirmation email", "already a subscriber", "also read:", "back to top", "by clicking", "by continuing to use", "by signing up", "by subscribing",
    "click here to", "click to share", "comments are closed", "comments have been closed", "copyright ©", "copyright (c)", "(c) ", "© ", "currently you have javascript",
    "download our app", "download the app", "enter your email", "filed under:", "follow us on", "for more stories", "for more news", "get our newsletter", "get the latest",
    "get unlimited access", "have your say", "join our newsletter", "join our telegram", "join our whatsapp", "leave a comment", "leave a reply", "log in to", "more from ",
    "more on this:", "notify me of", "posted in:", "posted in ", "previous:", "next:", "read also:", "read more:", "read next:", "related:", "related articles:", "related stories:",
    "required fields are marked", "save my name, email", "see also:", "share on:", "share this:", "share this article", "sign up for", "sign up to", "skip to ",
    "subscribe to", "subscribe for", "support our journalism", "support independent journalism", "tags:", "tagged:", "the comments below have not been moderated",
    "this material may not be published", "this site is protected by recaptcha", "this site uses akismet", "this site uses cookies", "this website uses cookies",
    "to comment, please", "topics:", "we use cookies", "we value your privacy", "want more stories", "want to read more", "you have reached your limit", "you have successfully subscribed", "you must be logged in", "you need to be logged in",
    "your comment is awaiting", "your email address will not be", "your subscription could not",
];

/// Words that stand in nothing else.
const ANYWHERE: &[&str] = &[
    "all rights reserved", "email address will not be published", "terms of use and privacy", "privacy policy and terms", "unsubscribe at any time",
    "redistributed without permission", "may not be reproduced without",
];

/// A notice longer than this is a paragraph about something.
const MOST_WORDS: usize = 45;

/// What a line is in the page around the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Furniture {
    /// A notice, a form, a button.
    Notice,
    /// The heading of a list of links.
    Pointer,
}

/// What a line is in the page around the article, if it is that.
pub(super) fn of(text: &str) -> Option<Furniture> {
    if text.len() > MOST_WORDS * 12 || shape::is_turn(text) && shape::quotes(text) {
        return None;
    }
    let lower = text.to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    if POINTERS.contains(&bare) {
        return Some(Furniture::Pointer);
    }
    if LINES.contains(&bare) || is_count(bare) {
        return Some(Furniture::Notice);
    }
    let known = STARTS.iter().any(|start| lower.starts_with(start))
        || ANYWHERE.iter().any(|words| lower.contains(words))
        || is_breadcrumb(text);
    (known && !shape::quotes(text) && shape::words(text) <= MOST_WORDS).then_some(Furniture::Notice)
}

/// "12 comments", "3 shares", "5 min read"
fn is_count(bare: &str) -> bool {
    let mut words = bare.split_whitespace();
    let counted = words.next().is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()));
    let rest: Vec<&str> = words.collect();
    counted
        && matches!(rest[..], ["comment" | "comments" | "share" | "shares" | "views" | "likes"] | ["min" | "minute" | "mins", "read"])
}

/// "Home > World > Elections", "Share | Tweet | Print"
fn is_breadcrumb(text: &str) -> bool {
    [" > ", " » ", " › ", " | ", " · "].iter().any(|between| {
        let parts: Vec<&str> = text.split(between).collect();
        parts.len() > 2 && parts.iter().all(|part| shape::words(part) <= 4) && !shape::ends_sentence(text)
    })
}
