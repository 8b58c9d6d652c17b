//! What spaCy was recorded to say: the tables under `expected/`, written by `record.py`, which explains their columns.

use sayso_model::{Dep, Pos, Tag};

/// A text with spaCy's analysis of it.
pub(crate) struct Recorded {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) words: Vec<Word>,
}

/// A token as spaCy sees it.
pub(crate) struct Word {
    pub(crate) form: String,
    pub(crate) space_after: bool,
    pub(crate) tag: Tag,
    /// The tag before the attribute ruler.
    pub(crate) raw_tag: Tag,
    pub(crate) pos: Pos,
    pub(crate) lemma: String,
    /// The index of its head; its own for a root.
    pub(crate) head: usize,
    pub(crate) dep: Dep,
    /// The label before the attribute ruler.
    pub(crate) raw_dep: Dep,
    pub(crate) starts_sentence: bool,
    /// `B-KIND`, `I-KIND` or nothing.
    pub(crate) entity: String,
}

/// The three hundred sentences, then the whole texts.
pub(crate) fn all() -> Vec<Recorded> {
    let mut records = read(include_str!("expected/sentences.tsv"));
    records.extend(read(include_str!("expected/texts.tsv")));
    records
}

fn read(table: &str) -> Vec<Recorded> {
    let mut records: Vec<Recorded> = Vec::new();
    for line in table.split_terminator('\n') {
        if let Some(name) = line.strip_prefix("= ") {
            records.push(Recorded { name: name.to_owned(), text: String::new(), words: Vec::new() });
            continue;
        }
        let record = records.last_mut().expect("a record starts with its name");
        if line.contains('\t') {
            let word = Word::read(line, record.words.len());
            record.text.push_str(&word.form);
            record.text.push_str(if word.space_after { " " } else { "" });
            record.words.push(word);
        }
    }
    records
}

impl Word {
    fn read(line: &str, at: usize) -> Self {
        let columns: Vec<&str> = line.split('\t').collect();
        let [form, space, tag, pos, lemma, distance, dep, start, entity] = columns[..] else {
            panic!("nine columns expected: {line:?}");
        };
        let (raw_tag, tag) = tag.split_once('>').unwrap_or((tag, tag));
        let (raw_dep, dep) = dep.split_once('>').unwrap_or((dep, dep));
        let form = unescape(form);
        let distance: isize = distance.parse().expect("the distance to the head is a number");
        Self {
            lemma: if lemma.is_empty() { form.clone() } else { unescape(lemma) },
            form,
            space_after: !space.is_empty(),
            tag: Tag::from_label(tag).expect("tags are the model's"),
            raw_tag: Tag::from_label(raw_tag).expect("tags are the model's"),
            pos: Pos::from_label(pos).expect("parts of speech are the model's"),
            head: at.checked_add_signed(distance).expect("heads lie in the text"),
            dep: Dep::from_label(dep).expect("labels are the model's"),
            raw_dep: Dep::from_label(raw_dep).expect("labels are the model's"),
            starts_sentence: start == "^",
            entity: entity.to_owned(),
        }
    }
}

/// `\n`, `\t`, `\r`, `\\` and `\u{...}`.
fn unescape(field: &str) -> String {
    let (mut plain, mut rest) = (String::with_capacity(field.len()), field);
    while let Some(at) = rest.find('\\') {
        plain.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some((code, after)) = rest.strip_prefix("u{").and_then(|rest| rest.split_once('}')) {
            let code = u32::from_str_radix(code, 16).expect("escapes hold code points");
            plain.push(char::from_u32(code).expect("escapes hold code points"));
            rest = after;
            continue;
        }
        let kind = rest.chars().next().expect("a character follows a backslash");
        plain.push(match kind {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            other => other,
        });
        rest = &rest[kind.len_utf8()..];
    }
    plain + rest
}
