//! What holds for the syntax of any text.

use proptest::prelude::*;
use sayso_model::{Dep, Parsed, SyntaxModel};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

static MODEL: LazyLock<SyntaxModel> = LazyLock::new(SyntaxModel::load);

/// Words that link, break sentences and name, among others that make no sense.
fn texts() -> impl Strategy<Value = Vec<String>> {
    let piece = prop_oneof![
        6 => prop::sample::select(vec![
            "He ", "said ", "that ", "the ", "minister ", "of ", "Velmar ", "denied ", "what ", "she ", "wanted ", "to ", "say ", ". ",
            ", ", "? ", "\" ", "“", "”", "and ", "who ", "did ", "n't ", "5,000 ", "Mr. ", "Orlo Tessen", "Friday ", "  ", "\n\n",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "[a-zA-Z]{1,8} ",
    ];
    prop::collection::vec(prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat()), 0..4)
}

fn parse(texts: &[String]) -> Vec<Parsed> {
    MODEL.parse(&texts.iter().map(String::as_str).collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_list_has_one_entry_a_token(texts in texts()) {
        let all = parse(&texts);
        prop_assert_eq!(all.len(), texts.len());
        for parsed in all {
            let count = parsed.tokens.len();
            let lists = [
                parsed.tags.len(), parsed.pos.len(), parsed.lemmas.len(), parsed.heads.len(), parsed.deps.len(),
                parsed.sentence_starts.len(), parsed.vectors.len() / 96,
            ];
            prop_assert_eq!(lists, [count; 7]);
            prop_assert!(parsed.vectors.iter().all(|number| number.is_finite()));
        }
    }

    #[test]
    fn links_are_trees_within_sentences(texts in texts()) {
        for parsed in parse(&texts) {
            let sentences: Vec<usize> = parsed
                .sentence_starts
                .iter()
                .scan(0, |number, starts| { *number += usize::from(*starts); Some(*number) })
                .collect();
            prop_assert!(sentences.first().is_none_or(|first| *first == 1));
            for token in 0..parsed.heads.len() {
                let (mut above, mut steps) = (token, 0);
                while parsed.heads[above] as usize != above {
                    above = parsed.heads[above] as usize;
                    steps += 1;
                    prop_assert!(steps <= parsed.heads.len(), "token {} is below itself", token);
                }
                prop_assert_eq!(sentences[token], sentences[above]);
                prop_assert!(parsed.deps[above] == Dep::Root || parsed.deps[above] == Dep::Dep, "{:?}", parsed.deps[above]);
            }
        }
    }

    #[test]
    fn entities_are_in_order_within_sentences(texts in texts()) {
        for parsed in parse(&texts) {
            let mut last = 0;
            for (first, end, _) in parsed.entities {
                prop_assert!(last <= first && first < end && end as usize <= parsed.tokens.len());
                prop_assert!(parsed.sentence_starts[first as usize + 1..end as usize].iter().all(|starts| !starts));
                last = end;
            }
        }
    }
}

#[test]
fn time_is_linear_in_the_text() {
    for pattern in ["\"", "“ ", "what ", "which of in to with from whom by ", "A. ", "\n", "x"] {
        let text = pattern.repeat(60_000 / pattern.len());
        let start = Instant::now();
        let parsed = MODEL.parse(&[&text]);
        assert!(!parsed[0].tokens.is_empty());
        assert!(start.elapsed() < Duration::from_secs(20), "{pattern:?} took {:?}", start.elapsed());
    }
}

#[test]
fn calls_may_run_at_the_same_time() {
    let texts = ["Orlo Tessen denied it.", "“What did she want to say?” he asked.", ""];
    let alone = format!("{:?}", MODEL.parse(&texts));
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| format!("{:?}", MODEL.parse(&texts)))).collect();
        for thread in threads {
            assert_eq!(thread.join().expect("no call panics"), alone);
        }
    });
}
