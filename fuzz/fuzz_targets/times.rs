//! Expressions of time slice any text, in order and without overlap, whatever the day of publication is said to be.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sayso::time::recognise;

fuzz_target!(|input: (&str, Option<&str>)| {
    let (text, published) = input;
    let mut end = 0;
    for timex in recognise(text, published) {
        assert!(end <= timex.span.start() && timex.span.start() < timex.span.end());
        assert!(text.get(timex.span.range()).is_some_and(|words| words.trim() == words));
        assert!(!timex.value.is_empty());
        end = timex.span.end();
    }
});
