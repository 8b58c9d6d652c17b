//! What a statement claims, as the text that is compared: the words that belong to it, with the speaker's name.

#[path = "support/article.rs"]
mod article;

use sayso::claim::Claims;
use sayso::ledger::Ledger;
use sayso::{Models, Tier};
use std::sync::LazyLock;

static MODELS: LazyLock<Models> = LazyLock::new(|| Models::load(Tier::default()));

fn ledger(text: &str) -> Ledger {
    sayso::analyze(&article::paragraphs(text), &MODELS)
}

fn claims(text: &str) -> Vec<String> {
    let ledger = ledger(text);
    let claims = Claims::new(&ledger.document);
    ledger.statements.iter().map(|statement| claims.of(statement)).collect()
}

#[test]
fn the_verb_belongs_to_it_and_the_speaker_is_named() {
    for (text, expected) in [
        (
            "Ilse Maron runs the harbour office. She denied on Friday that the crane was unsafe.\n",
            "Ilse Maron denied on Friday that the crane was unsafe",
        ),
        (
            "Mayor Dorn of Brezna spoke on Monday. “The café,” he said, “is open.”\n",
            "“The café,” Dorn said, “is open.”",
        ),
        (
            "Residents of Anbry called for the mayor to step down.\n",
            "residents of Anbry called for the mayor to step down",
        ),
    ] {
        let claims = claims(text);
        let plain = |text: &str| text.replace("Mayor ", "").trim_end_matches('.').to_owned();
        assert!(claims.iter().any(|claim| plain(claim) == plain(expected)), "{expected}: {claims:#?}");
    }
}

#[test]
fn places_that_are_not_in_the_text_leave_the_quote() {
    let mut ledger = ledger("Ilse Maron said that the quay stays shut.\n");
    let statement = &mut ledger.statements[0];
    statement.spans.content = vec![[900, 1000]];
    statement.spans.source.clear();
    let quote = statement.quote.clone();
    let claims = Claims::new(&ledger.document);
    assert_eq!(claims.of(&ledger.statements[0]), quote);
    ledger.statements[0].spans.content.clear();
    assert_eq!(Claims::new(&ledger.document).of(&ledger.statements[0]), quote);
}

#[test]
fn a_speaker_who_is_named_far_away_goes_before_the_words() {
    let mut ledger = ledger(&format!(
        "Ilse Maron said that the quay stays shut. {}\n",
        "Boats were counted in Brezna that day. ".repeat(30)
    ));
    let end = ledger.document.text.chars().count();
    let statement = &mut ledger.statements[0];
    statement.spans.content = vec![[end - 38, end - 3]];
    statement.spans.cue.clear();
    let claim = Claims::new(&ledger.document).of(&ledger.statements[0]);
    assert!(claim.starts_with("Ilse Maron: ") && claim.len() < 60, "{claim}");
}

#[test]
fn a_long_claim_is_cut() {
    let text = format!("Ilse Maron said: “{}”\n", "The quay stays shut. ".repeat(500));
    assert!(claims(&text).iter().all(|claim| claim.chars().count() <= 2_000));
}
