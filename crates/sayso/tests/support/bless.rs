//! Writes the `FIXME` blocks of a specification anew.

use std::collections::BTreeMap;

/// The specification with a block `FIXME` after what is expected of each case that comes out wrong, and no others.
///
/// `wrong` holds what comes out, by the line of the case's heading, counted from 1.
pub(crate) fn with_known_wrong(markdown: &str, expected: &str, wrong: &BTreeMap<usize, String>) -> String {
    let mut lines: Vec<&str> = Vec::new();
    let (mut case, mut fence) = (0, None);
    for (at, line) in markdown.lines().enumerate() {
        match (fence, line.strip_prefix("```")) {
            (None, Some(info)) => {
                fence = Some(info.trim());
                if info.trim() == "FIXME" {
                    // the blank line before it goes with it
                    lines.pop();
                    continue;
                }
            }
            (Some("FIXME"), closing) => {
                fence = fence.filter(|_| closing.is_none());
                continue;
            }
            (Some(info), Some("")) => {
                fence = None;
                if let (true, Some(found)) = (info == expected, wrong.get(&case)) {
                    lines.extend(["```", "", "```FIXME"]);
                    lines.extend(found.lines());
                }
            }
            (Some(_), _) => {}
            (None, None) if line.starts_with("## ") => case = at + 1,
            (None, None) => {}
        }
        lines.push(line);
    }
    lines.join("\n") + "\n"
}

#[test]
fn blocks_come_and_go() {
    let plain = "# All\n\n## One\n\n```text\na\n```\n\n```want\nb\n```\n\n## Two\n\n```want\n```\n";
    let wrong = BTreeMap::from([(3, "c\nd".to_owned())]);
    let marked = with_known_wrong(plain, "want", &wrong);
    assert_eq!(marked, plain.replace("b\n```\n", "b\n```\n\n```FIXME\nc\nd\n```\n"));
    assert_eq!(with_known_wrong(&marked, "want", &wrong), marked);
    assert_eq!(with_known_wrong(&marked, "want", &BTreeMap::new()), plain);
}
