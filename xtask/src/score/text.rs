//! A document as the scorer sees it: word tokens, and which of them stand inside double quotation marks.

use std::collections::BTreeSet;

/// Indices of tokens.
pub(crate) type Indices = BTreeSet<usize>;

/// From this share of quoted words a content is direct.
const DIRECT_SHARE: f64 = 0.8;

const DETERMINERS: [&str; 9] = ["a", "an", "the", "this", "that", "these", "those", "some", "any"];

/// How much of a content stands inside quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Direct,
    Mixed,
    Indirect,
}

/// Whether tokens without a letter, digit or underscore count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Punctuation {
    Ignored,
    Counted,
}

/// A span reaches beyond the text or ends before it starts.
#[derive(Debug, thiserror::Error)]
#[error("span {start}-{end} does not lie inside a text of {length} code points")]
pub(crate) struct BadSpan {
    start: usize,
    end: usize,
    length: usize,
}

struct Token {
    lower: String,
    is_word: bool,
    is_quoted: bool,
}

/// The tokens of one text. Offsets are code points.
pub(crate) struct ScoredText {
    tokens: Vec<Token>,
    /// The token of each code point.
    token_at: Vec<Option<usize>>,
}

impl ScoredText {
    pub(crate) fn new(text: &str, punctuation: Punctuation) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let mut tokens = Vec::new();
        let mut token_at = vec![None; chars.len()];
        let mut at = 0;
        while at < chars.len() {
            let end = token_end(&chars, at);
            let is_word = is_word_char(chars[at]);
            if is_word || (punctuation == Punctuation::Counted && !is_space(chars[at])) {
                token_at[at..end].fill(Some(tokens.len()));
                let lower = chars[at..end].iter().collect::<String>().to_lowercase();
                tokens.push(Token { lower, is_word, is_quoted: false });
            }
            at = end;
        }
        let mut text = Self { tokens, token_at };
        text.mark_quoted(&chars);
        text
    }

    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The tokens that share a character with any of the spans.
    pub(crate) fn indices(&self, spans: &[[usize; 2]]) -> Result<Indices, BadSpan> {
        let mut found = Indices::new();
        for &[start, end] in spans {
            let length = self.token_at.len();
            let covered = self.token_at.get(start..end).ok_or(BadSpan { start, end, length })?;
            found.extend(covered.iter().flatten());
        }
        Ok(found)
    }

    pub(crate) fn kind(&self, content: &Indices) -> Kind {
        let words: Vec<&Token> = content.iter().map(|&i| &self.tokens[i]).filter(|t| t.is_word).collect();
        let quoted = words.iter().filter(|t| t.is_quoted).count();
        let share = if words.is_empty() { 0.0 } else { quoted as f64 / words.len() as f64 };
        match share {
            s if s >= DIRECT_SHARE => Kind::Direct,
            s if s > 0.0 => Kind::Mixed,
            _ => Kind::Indirect,
        }
    }

    /// Source tokens without determiners; all of them if nothing would be left.
    pub(crate) fn bare(&self, indices: &Indices) -> Indices {
        let is_bare =
            |i: &usize| self.tokens[*i].is_word && !DETERMINERS.contains(&self.tokens[*i].lower.as_str());
        let rest: Indices = indices.iter().copied().filter(is_bare).collect();
        if rest.is_empty() { indices.clone() } else { rest }
    }

    /// A quotation ends at its closing mark or at the end of its line, so that an unbalanced mark does not
    /// reach the next paragraph. The typewriter pairs count as one mark.
    fn mark_quoted(&mut self, chars: &[char]) {
        let mut inside = false;
        for (at, &c) in chars.iter().enumerate() {
            let is_pair = chars.get(at + 1) == Some(&c);
            let follows_same = at > 0 && chars[at - 1] == c;
            match c {
                '\n' => inside = false,
                '`' if is_pair => inside = true,
                '\'' if is_pair && !follows_same => inside = !inside,
                '\u{201c}' | '\u{201e}' | '\u{ab}' => inside = true,
                '\u{201d}' | '\u{bb}' => inside = false,
                '"' => inside = !inside,
                _ => {
                    if let (true, Some(token)) = (inside, self.token_at[at]) {
                        self.tokens[token].is_quoted = true;
                    }
                }
            }
        }
    }
}

/// The end of `\w+(?:['’]\w+)*` or of one character of another kind.
fn token_end(chars: &[char], start: usize) -> usize {
    if !is_word_char(chars[start]) {
        return start + 1;
    }
    let mut end = start;
    loop {
        while chars.get(end).copied().is_some_and(is_word_char) {
            end += 1;
        }
        let is_joined = matches!(chars.get(end), Some('\'' | '\u{2019}'))
            && chars.get(end + 1).copied().is_some_and(is_word_char);
        if !is_joined {
            return end;
        }
        end += 1;
    }
}

fn is_word_char(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

/// White space with the four information separators, which the reference counts as such.
fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unbalanced_mark_does_not_quote_the_next_paragraph() {
        let text = ScoredText::new("He said \"no\nYes indeed", Punctuation::Ignored);
        let kind = |span| text.kind(&text.indices(&[span]).expect("span inside the text"));
        assert_eq!(kind([12, 22]), Kind::Indirect);
        assert_eq!(kind([9, 11]), Kind::Direct);
    }

    #[test]
    fn words_keep_their_apostrophes_and_other_characters_stand_alone() {
        let text = ScoredText::new("O’Dea's 'x' a--b", Punctuation::Counted);
        let words: Vec<&str> = text.tokens.iter().map(|t| t.lower.as_str()).collect();
        assert_eq!(words, ["o’dea's", "'", "x", "'", "a", "-", "-", "b"]);
        assert_eq!(ScoredText::new("O’Dea's 'x' a--b", Punctuation::Ignored).len(), 4);
    }

    #[test]
    fn spans_outside_the_text_are_refused() {
        let text = ScoredText::new("one two", Punctuation::Ignored);
        assert!(text.indices(&[[0, 8]]).is_err());
        assert!(text.indices(&[[5, 3]]).is_err());
        assert_eq!(text.indices(&[[2, 5]]).expect("span inside the text").len(), 2);
    }
}
