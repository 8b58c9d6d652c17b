//! Heads, dependencies and names, sentence by sentence, the tree drawn beside the words.

use super::{Stage, caption, columns};
use crate::shown::{self, Look};
use sayso::Layers;
use sayso::article::Article;
use sayso::syntax::{Syntax, Token};

pub(super) const STAGE: Stage = Stage { name: "syntax", about: "heads, dependencies and names", chart };

/// A tree that is deeper is indented no further.
const DEEPEST: usize = 12;

fn chart(article: &Article, layers: &Layers, look: &Look) -> String {
    let syntax = &layers.syntax;
    let mut out = String::new();
    for (n, [first, end]) in (1..).zip(&syntax.sentences) {
        let tokens = &syntax.tokens[*first as usize..*end as usize];
        let rows: Vec<[String; 5]> = (*first..)
            .zip(tokens)
            .map(|(id, token)| {
                let indent = "· ".repeat(depth(syntax, id));
                let head = syntax.tokens.get(token.head as usize);
                let head = head.filter(|_| token.head != id);
                [
                    (id - first + 1).to_string(),
                    format!("{indent}{}", form(article, token)),
                    format!("{:?}", token.dep),
                    head.map_or("root".to_owned(), |head| {
                        format!("{} {}", token.head.saturating_sub(*first) + 1, form(article, head))
                    }),
                    entity(syntax, id),
                ]
            })
            .collect();
        out += &caption(look, &format!("sentence {n}"));
        out += &columns(look, ["", "form", "dep", "head", "name"], [5, 34, 10, 20, 14], &rows);
        out.push('\n');
    }
    out
}

fn form(article: &Article, token: &Token) -> String {
    shown::line(article.text.slice(token.span))
}

/// Arcs up to the root; a circle ends at the bound.
fn depth(syntax: &Syntax, id: u32) -> usize {
    let mut at = id;
    for depth in 0..DEEPEST {
        match syntax.tokens.get(at as usize) {
            Some(token) if token.head != at => at = token.head,
            _ => return depth,
        }
    }
    DEEPEST
}

/// The name that a token is part of: its kind at the first token, a dash at the others.
fn entity(syntax: &Syntax, id: u32) -> String {
    let after = syntax.entities.partition_point(|entity| entity.first <= id);
    let entity = after.checked_sub(1).map(|at| &syntax.entities[at]).filter(|entity| id < entity.end);
    entity.map_or(String::new(), |entity| {
        if entity.first == id { format!("{:?}", entity.kind) } else { "│".to_owned() }
    })
}
