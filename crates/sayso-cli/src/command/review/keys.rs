//! What a reviewer says: single keys on a terminal, lines where there is none.
//!
//! What holds: on a terminal a key counts only if it was pressed after the card was shown. What was typed ahead, pasted, or sent by a key that
//! sends several characters (an arrow) is dropped, so that none of it accepts anything.

use crate::shown;
use std::io::{self, BufRead, IsTerminal, Write};

/// What a key means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Accept,
    Reject,
    Speaker,
    Act,
    Date,
    Target,
    Words,
    Undo,
    Pass,
    Quit,
    Other(String),
}

pub(super) enum Keys {
    #[cfg(unix)]
    Terminal,
    Lines,
}

impl Key {
    fn of(key: &str) -> Self {
        match key.to_ascii_lowercase().as_str() {
            "a" => Self::Accept,
            "r" => Self::Reject,
            "s" => Self::Speaker,
            "c" => Self::Act,
            "d" => Self::Date,
            "t" => Self::Target,
            "w" => Self::Words,
            "u" => Self::Undo,
            "?" => Self::Pass,
            "q" => Self::Quit,
            _ => Self::Other(shown::line(key)),
        }
    }
}

impl Keys {
    pub(super) fn new() -> Self {
        #[cfg(unix)]
        if io::stdin().is_terminal() && io::stdout().is_terminal() {
            return Self::Terminal;
        }
        Self::Lines
    }

    /// The next key, with what was typed behind it on its line; nothing at the end.
    pub(super) fn next(&self) -> io::Result<Option<(Key, Option<String>)>> {
        match self {
            #[cfg(unix)]
            Self::Terminal => Ok(terminal::key()?.map(|key| (Key::of(&key), None))),
            Self::Lines => loop {
                let Some(line) = line()? else { return Ok(None) };
                let line = line.trim();
                if line.is_empty() {
                    continue;
                }
                let (key, typed) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
                // `s` alone asks for nothing, since nobody is there to answer
                return Ok(Some((Key::of(key), Some(typed.trim().to_owned()))));
            },
        }
    }

    /// What a person types when asked.
    pub(super) fn ask(&self, what: &str) -> io::Result<String> {
        let mut out = io::stdout().lock();
        write!(out, "{what}\n> ")?;
        out.flush()?;
        drop(out);
        Ok(line()?.unwrap_or_default())
    }

    /// What may be typed, numbered.
    pub(super) fn list<'a>(&self, names: impl Iterator<Item = &'a str>) -> io::Result<()> {
        let mut out = io::stdout().lock();
        for (at, name) in names.enumerate() {
            writeln!(out, "{:>4}  {}", at + 1, shown::line(name))?;
        }
        out.flush()
    }
}

fn line() -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let read = io::stdin().lock().read_until(b'\n', &mut bytes)?;
    Ok((read > 0).then(|| String::from_utf8_lossy(&bytes).into_owned()))
}

/// Keys without Enter.
#[cfg(unix)]
mod terminal {
    use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};
    use std::io::{self, BufRead, Write};

    /// Ctrl-C and Ctrl-D, which are keys as long as one is waited for.
    const ENDS: [u8; 2] = [3, 4];

    /// The terminal as it is while a key is waited for; dropped, it is as it was.
    struct Raw {
        before: Termios,
    }

    impl Raw {
        fn new() -> io::Result<Self> {
            let stdin = io::stdin();
            let before = tcgetattr(&stdin)?;
            let mut raw = before.clone();
            raw.local_modes.remove(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG);
            raw.special_codes[SpecialCodeIndex::VMIN] = 1;
            raw.special_codes[SpecialCodeIndex::VTIME] = 0;
            // what was typed ahead is dropped
            tcsetattr(&stdin, OptionalActions::Flush, &raw)?;
            Ok(Self { before })
        }
    }

    impl Drop for Raw {
        fn drop(&mut self) {
            // a terminal that is gone needs nothing
            let _gone = tcsetattr(io::stdin(), OptionalActions::Flush, &self.before);
        }
    }

    /// The next key; nothing when the reviewer or the terminal is gone.
    pub(super) fn key() -> io::Result<Option<String>> {
        loop {
            let raw = Raw::new()?;
            // shown once keys count
            let mut out = io::stdout().lock();
            out.write_all(b"\r> ")?;
            out.flush()?;
            drop(out);
            let mut stdin = io::stdin().lock();
            let bytes = stdin.fill_buf()?.to_vec();
            stdin.consume(bytes.len());
            drop(stdin);
            drop(raw);
            match bytes.as_slice() {
                [] => return Ok(None),
                [end] if ENDS.contains(end) => return Ok(None),
                [key] if key.is_ascii_graphic() => {
                    let key = char::from(*key).to_string();
                    writeln!(io::stdout().lock(), "{key}")?;
                    return Ok(Some(key));
                }
                // an arrow, something pasted, a letter that is no key
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_one_in_either_case() {
        for (typed, key) in [("a", Key::Accept), ("A", Key::Accept), ("?", Key::Pass), ("W", Key::Words)] {
            assert_eq!(Key::of(typed), key);
        }
        assert_eq!(Key::of("accept"), Key::Other("accept".to_owned()));
    }
}
