//! The text of a page as somebody gets it who copies all of it: lines, and nothing that says what they are.

use lol_html::html_content::Element;
use lol_html::{HtmlRewriter, Settings, doc_text, element};
use std::cell::RefCell;
use std::rc::Rc;

/// Elements within a line.
const WITHIN: &[&str] = &[
    "a", "abbr", "b", "bdi", "cite", "code", "data", "del", "em", "font", "i", "ins", "label", "mark", "q",
    "s", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "wbr",
];
/// Elements whose text nobody sees.
const HIDDEN: [&str; 6] = ["script", "style", "template", "noscript", "svg", "head"];

#[derive(Default)]
struct State {
    text: String,
    hidden: usize,
}

/// A line for each element that is not within one, blank lines left out.
pub(super) fn text(markup: &str) -> String {
    let state = Rc::new(RefCell::new(State::default()));
    let (elements, texts) = (Rc::clone(&state), Rc::clone(&state));
    let settings = Settings::new()
        .append_element_content_handler(element!("*", move |element: &mut Element| {
            let tag = element.tag_name();
            let breaks = !WITHIN.contains(&tag.as_str());
            let hides = HIDDEN.contains(&tag.as_str());
            let mut state = elements.borrow_mut();
            state.text.push_str(if breaks { "\n" } else { "" });
            let closing = Rc::clone(&elements);
            let Some(handlers) = element.end_tag_handlers() else { return Ok(()) };
            state.hidden += usize::from(hides);
            handlers.push(Box::new(move |_| {
                let mut state = closing.borrow_mut();
                state.hidden -= usize::from(hides);
                state.text.push_str(if breaks { "\n" } else { "" });
                Ok(())
            }));
            Ok(())
        }))
        .append_document_content_handler(doc_text!(move |chunk| {
            let mut state = texts.borrow_mut();
            if state.hidden == 0 {
                state.text.extend(chunk.as_str().chars().map(|c| if c.is_whitespace() { ' ' } else { c }));
            }
            Ok(())
        }));
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    if rewriter.write(markup.as_bytes()).is_ok() {
        let _read = rewriter.end();
    }
    let text = htmlize::unescape(state.borrow().text.as_str()).into_owned();
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[test]
fn lines_of_a_page() {
    let page = "<head><title>x</title></head><h1>The <b>well</b></h1><script>y</script><p>Dry &amp;\nlow.<br>Wet<ul><li>a<li>b</ul>c";
    assert_eq!(text(page), "The well\nDry & low.\nWet\na\nb\nc");
}
