//! Nouns and verbs that name an occasion or a kind of writing.

use super::frame::Frames;
use crate::lexicon::{self, Setting};
use crate::syntax::TokenId;
use sayso_model::{Dep, Pos};

/// The setting that a noun names, by the longest name that ends in it: "press release".
pub(super) fn at(frames: &Frames, noun: TokenId) -> Option<&'static Setting> {
    let page = frames.page;
    let lexicon = lexicon::via();
    if !matches!(page.token(noun).pos, Pos::Noun | Pos::Propn | Pos::Verb | Pos::Adj) {
        return None;
    }
    // "the Brezna Post"
    if page.is_capital(noun) && !page.is_first(noun) && page.token(noun).pos == Pos::Propn {
        return None;
    }
    let [sentence, _] = page.sentence(noun);
    let word = page.word(noun).to_lowercase();
    let stem = word.strip_suffix('s').unwrap_or(&word).to_owned();
    let names = [page.lemma(noun), stem].into_iter().flat_map(|key| lexicon.nouns(&key));
    let found = names
        .filter(|(before, _)| {
            let length = before.len() as TokenId;
            noun >= sentence + length
                && before
                    .iter()
                    .zip(noun - length..noun)
                    .all(|(word, at)| page.word(at).eq_ignore_ascii_case(word))
        })
        .max_by_key(|(before, _)| before.len())?;
    let setting = lexicon.settings().get(found.1)?;
    // "an e-mail": the article hangs on the first part
    let joined = found.0.iter().any(|word| word == "-");
    let coming =
        (page.left_edge(noun)..noun).any(|at| lexicon.lists.coming.contains(&page.word(at).to_lowercase()));
    (!coming && (setting.bare || joined || stands_alone(frames, noun))).then_some(setting)
}

/// Whether a noun is one thing that is spoken of: "in a statement", "his statement", "reports"; not "in order", "the report card".
fn stands_alone(frames: &Frames, noun: TokenId) -> bool {
    let page = frames.page;
    let token = page.token(noun);
    let is_first_of_compound = matches!(token.dep, Dep::Compound | Dep::Amod);
    let many = page.word(noun).ends_with('s');
    !is_first_of_compound && (many || page.left_edge(noun) < noun || token.dep == Dep::Nsubj)
}

/// The setting that a cue implies: "tweeted".
pub(super) fn of_cue(frames: &Frames, attribution: usize) -> Option<(&'static Setting, TokenId)> {
    let cue = frames.tokens(&frames.attributions[attribution].cue);
    cue.iter().find_map(|at| {
        let setting = lexicon::via().verb(&frames.page.lemma(*at))?;
        // "ruled out a recount"
        let is_verb = frames.page.token(*at).pos == Pos::Verb && frames.page.word(at + 1) != "out";
        is_verb.then_some((setting, *at))
    })
}
