//! Any text is tiled by its tokens, and the rules make something of every one of them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sayso_model::{AttributeRuler, Dep, Lemmatizer, Tag, Tokenizer, lexeme};
use std::sync::LazyLock;

static RULES: LazyLock<(Tokenizer, AttributeRuler, Lemmatizer)> =
    LazyLock::new(|| (Tokenizer::new(), AttributeRuler::new(), Lemmatizer::new()));

fuzz_target!(|input: (&str, u8, u8)| {
    let (text, tag, dep) = input;
    let (tokenizer, ruler, lemmatizer) = &*RULES;
    let tokens = tokenizer.tokenize(text);
    let mut end = 0;
    for token in &tokens {
        assert_eq!(token.start as usize, end);
        assert!(!token.form(text).is_empty());
        assert!(!token.space_after || text[token.end as usize..].starts_with(' '));
        end = token.end as usize + usize::from(token.space_after);
    }
    assert_eq!(end, text.len());

    let forms: Vec<&str> = tokens.iter().map(|token| token.form(text)).collect();
    let mut tags = vec![Tag::ALL[usize::from(tag) % Tag::ALL.len()]; forms.len()];
    let mut deps = vec![Dep::ALL[usize::from(dep) % Dep::ALL.len()]; forms.len()];
    let attributes = ruler.apply(&forms, &mut tags, &mut deps);
    for (form, found) in forms.iter().zip(attributes) {
        let lemma = lemmatizer.lemma(form, found.pos, found.morph);
        assert!(!lemma.is_empty());
        assert!(form.starts_with(lexeme::prefix(form)) && form.ends_with(lexeme::suffix(form)));
        assert!(!lexeme::shape(form).is_empty());
    }
});
