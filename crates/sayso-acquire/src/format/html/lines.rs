//! The page in lines: what stands between two places where a paragraph may start or end.

use super::scan::Scan;
use std::ops::Range;

pub(super) struct Line {
    pub(super) text: String,
    /// The innermost element around it that does not stand within a line.
    pub(super) element: usize,
    /// Its bytes in the page.
    pub(super) source: Range<usize>,
    /// Its runs.
    pub(super) runs: Range<usize>,
}

pub(super) fn of(scan: &Scan) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for (at, run) in scan.runs.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| &scan.runs[before]);
        let words = run.text.split_whitespace().collect::<Vec<_>>().join(" ");
        match (lines.last_mut(), before) {
            (Some(line), Some(before)) if before.line == run.line => {
                let is_glued = run.is_joined
                    && !run.text.starts_with(char::is_whitespace)
                    && !before.text.ends_with(char::is_whitespace);
                line.text.push_str(if is_glued { "" } else { " " });
                line.text.push_str(&words);
                line.source.end = run.source.end;
                line.runs.end = at + 1;
            }
            _ => {
                let element = scan.around(run.element).find(|at| !scan.elements[*at].is_within);
                lines.push(Line {
                    text: words,
                    element: element.unwrap_or(0),
                    source: run.source.clone(),
                    runs: at..at + 1,
                });
            }
        }
    }
    lines
}

#[test]
fn lines_with_where_they_stand() {
    let html = "<body><h2>The <b>well</b></h2><div>It <i>is</i> <u>dry</u> &amp; lo<em>w</em>.<p>A</p>B</div><script>x</script></body>";
    let scan = super::scan::of(html);
    let shown: Vec<(&str, &str, &str)> = of(&scan)
        .iter()
        .map(|line| {
            (scan.elements[line.element].name, &html[line.source.clone()], &*line.text.to_owned().leak())
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("h2", "The <b>well", "The well"),
            ("div", "It <i>is</i> <u>dry</u> &amp; lo<em>w</em>.", "It is dry & low."),
            ("p", "A", "A"),
            ("div", "B", "B"),
        ]
    );
}
