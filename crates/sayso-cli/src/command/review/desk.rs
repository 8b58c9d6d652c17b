//! A reviewer at work: a card is shown, a key is pressed, and what it says is written down.

use super::keys::{Key, Keys};
use super::{Session, card};
use crate::shown::Look;
use crate::{complain, inputs, remark};
use sayso::lexicon::Act;
use sayso_store::{Card, Correction, Day, Edit, Speaker, Store, StoreError, What};
use std::io::{self, Write};

/// What became of the cards.
#[derive(Default)]
pub(super) struct Counts {
    pub(super) accepted: usize,
    pub(super) rejected: usize,
    pub(super) edited: usize,
    pub(super) skipped: usize,
}

/// What follows a key.
pub(super) enum Next {
    /// The same card again.
    Stay,
    /// The next one.
    Onward,
    /// The one before.
    Back,
    Quit,
}

/// Why a session ends before its reviewer ends it.
pub(super) enum Failure {
    Store(StoreError),
    Output(io::Error),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// Where the cards are shown.
pub(super) struct Desk<'a> {
    pub(super) session: &'a Session,
    pub(super) store: Store,
    pub(super) look: &'a Look,
    pub(super) keys: Keys,
    pub(super) counts: Counts,
}

impl Desk<'_> {
    /// Shows a card and does what the reviewer says of it.
    pub(super) fn card(&mut self, number: i64, at: usize, total: usize) -> Result<Next, Failure> {
        let Some(card) = self.store.reader().card(number, &self.session.reviewer)? else {
            remark(&format!("statement {number} is not there any more"));
            return Ok(Next::Onward);
        };
        let mut out = io::stdout().lock();
        out.write_all(card::shown(&card, at, total, self.look).as_bytes())?;
        // nothing is accepted that was not shown
        out.flush()?;
        drop(out);
        loop {
            let Some((key, typed)) = self.keys.next()? else { return Ok(Next::Quit) };
            let next = match key {
                Key::Accept => self.say(&card, What::Accept)?,
                Key::Reject => self.say(&card, What::Reject)?,
                Key::Speaker => self.speaker(&card, typed)?,
                Key::Act => self.act(&card, typed)?,
                Key::Date => {
                    let ask = "date in EDTF, then ` | ` and the words that say so if any do; `unknown`";
                    self.edit(&card, typed, ask, |typed| Ok(day(typed)))?
                }
                Key::Target => {
                    let ask = "whom it is about: a source, a name in the article, or `none`";
                    let target = |typed: &str| Ok(Edit { target: Some(typed.to_owned()), ..Edit::default() });
                    self.edit(&card, typed, ask, target)?
                }
                Key::Words => {
                    let ask = "the words that are said, as they stand in the article";
                    let content =
                        |typed: &str| Ok(Edit { content: Some(typed.to_owned()), ..Edit::default() });
                    self.edit(&card, typed, ask, content)?
                }
                Key::Undo => self.undo(&card, at)?,
                Key::Pass => {
                    self.counts.skipped += 1;
                    Some(Next::Onward)
                }
                Key::Quit => Some(Next::Quit),
                Key::Other(what) => {
                    complain(&format!("{what:?} is no key here; expected one of A R S C D T W U ? Q"));
                    None
                }
            };
            if let Some(next) = next {
                return Ok(next);
            }
        }
    }

    /// Nothing to do next if it was refused.
    fn say(&mut self, card: &Card, what: What) -> Result<Option<Next>, Failure> {
        let at = inputs::now();
        let correction = Correction {
            statement: card.number,
            reviewer: &self.session.reviewer,
            at: &at,
            picked: self.session.picked(),
            why: None,
            seen: Some(&card.statement),
            what: &what,
        };
        match self.store.correct(&correction) {
            Ok(_) => {}
            Err(error @ StoreError::Refused { .. }) => {
                complain(&error.to_string());
                return Ok(None);
            }
            Err(error @ StoreError::NoStatement { .. }) => {
                complain(&error.to_string());
                return Ok(Some(Next::Onward));
            }
            Err(error) => return Err(error.into()),
        }
        Ok(Some(match what {
            What::Accept => {
                self.counts.accepted += 1;
                Next::Onward
            }
            What::Reject => {
                self.counts.rejected += 1;
                Next::Onward
            }
            What::Edit(_) => {
                self.counts.edited += 1;
                Next::Stay
            }
            What::Undo => Next::Stay,
        }))
    }

    fn edit(
        &mut self,
        card: &Card,
        typed: Option<String>,
        ask: &str,
        edit: impl Fn(&str) -> Result<Edit, String>,
    ) -> Result<Option<Next>, Failure> {
        let typed = match typed {
            Some(typed) => typed,
            None => self.keys.ask(ask)?,
        };
        if typed.trim().is_empty() {
            return Ok(None);
        }
        match edit(typed.trim()) {
            Ok(edit) => self.say(card, What::Edit(Box::new(edit))),
            Err(why) => {
                complain(&why);
                Ok(None)
            }
        }
    }

    fn speaker(&mut self, card: &Card, typed: Option<String>) -> Result<Option<Next>, Failure> {
        if typed.is_none() {
            let names = card.sources.iter().map(|source| source.name.as_str());
            self.keys.list(names)?;
        }
        let ask = "speaker: a number, a name in the article, or `unknown` and why";
        self.edit(card, typed, ask, |typed| {
            let speaker = match typed.split_once(' ').unwrap_or((typed, "")) {
                ("unknown", "") => Speaker::Unknown(None),
                ("unknown", why) => Speaker::Unknown(Some(why.trim().to_owned())),
                _ => Speaker::Named(
                    listed(typed, card.sources.len())
                        .map_or_else(|| typed.to_owned(), |at| card.sources[at].id.clone()),
                ),
            };
            Ok(Edit { speaker: Some(speaker), ..Edit::default() })
        })
    }

    fn act(&mut self, card: &Card, typed: Option<String>) -> Result<Option<Next>, Failure> {
        if typed.is_none() {
            self.keys.list(Act::ALL.into_iter().map(Act::name))?;
        }
        self.edit(
            card,
            typed,
            "act: a number or a name, and `not` behind it where the cue is negated",
            |typed| {
                let (name, negated) = match typed.strip_suffix(" not") {
                    Some(name) => (name.trim(), true),
                    None => (typed, false),
                };
                let named = || Act::ALL.into_iter().find(|act| act.name() == name);
                let act = listed(name, Act::ALL.len()).map(|at| Act::ALL[at]).or_else(named);
                let names = || Act::ALL.map(Act::name).join(", ");
                let act = act.ok_or_else(|| format!("{name:?} is no act; expected one of {}", names()))?;
                Ok(Edit { act: Some(act), negated: Some(negated), ..Edit::default() })
            },
        )
    }

    /// What the reviewer said of this card, else of the one before.
    fn undo(&mut self, card: &Card, at: usize) -> Result<Option<Next>, Failure> {
        if card.statement.review.is_some() {
            return self.say(card, What::Undo);
        }
        if at == 0 {
            complain(
                "nothing was said that could be undone; expected something said of this card or the one before",
            );
            return Ok(None);
        }
        Ok(Some(Next::Back))
    }
}

fn day(typed: &str) -> Edit {
    let day = match typed.split_once(" | ") {
        _ if typed == "unknown" => Day::Unknown,
        Some((date, words)) => Day::On(date.trim().to_owned(), Some(words.trim().to_owned())),
        None => Day::On(typed.to_owned(), None),
    };
    Edit { said_on: Some(day), ..Edit::default() }
}

/// The place in a list that a number typed means.
fn listed(typed: &str, length: usize) -> Option<usize> {
    let number: usize = typed.parse().ok()?;
    (1..=length).contains(&number).then(|| number - 1)
}
