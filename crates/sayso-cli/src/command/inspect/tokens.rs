//! Tokens with their tags and lemmas, sentence by sentence.

use super::{Stage, caption, columns};
use crate::shown::{self, Look};
use sayso::Layers;
use sayso::article::Article;

pub(super) const STAGE: Stage = Stage { name: "tokens", about: "tokens with their tags and lemmas", chart };

fn chart(article: &Article, layers: &Layers, look: &Look) -> String {
    let mut out = String::new();
    for (n, [first, end]) in (1..).zip(&layers.syntax.sentences) {
        let tokens = &layers.syntax.tokens[*first as usize..*end as usize];
        let rows: Vec<[String; 6]> = (1..)
            .zip(tokens)
            .map(|(n, token): (usize, _)| {
                [
                    n.to_string(),
                    format!("{}–{}", token.span.start(), token.span.end()),
                    shown::line(article.text.slice(token.span)),
                    format!("{:?}", token.pos),
                    format!("{:?}", token.tag),
                    shown::line(&token.lemma),
                ]
            })
            .collect();
        out += &caption(look, &format!("sentence {n}"));
        out += &columns(look, ["", "bytes", "form", "pos", "tag", "lemma"], [5, 17, 24, 6, 6, 24], &rows);
        out.push('\n');
    }
    out
}
