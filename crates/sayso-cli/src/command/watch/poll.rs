//! The new entries of feeds, one feed after the other, each fetched when it is its turn.

use crate::feeds::{Feed, Feeds};
use crate::inputs::{self, Input};
use sayso_acquire::{AcquireError, Address, Document, Entry, Fetcher, Held, Options, Published, Version};
use sayso_store::feeds::{Polled, State};
use sayso_store::{Batch, Change, Reader, StoreError};
use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Where a document is from.
pub(super) struct Source {
    /// The place of its feed in the file.
    pub(super) feed: usize,
    /// What the feed calls it; nothing where it is the feed itself that failed, or an entry that has no name as it cannot be read.
    pub(super) entry: Option<String>,
    /// When the feed says that it was published.
    pub(super) published: Option<Published>,
}

/// What came of an entry.
pub(super) enum Came {
    New,
    Known,
    Failed { id: String, is_tried_again: bool },
}

impl Came {
    pub(super) fn of(change: Change) -> Self {
        match change {
            Change::New | Change::Revised => Self::New,
            Change::Known => Self::Known,
        }
    }
}

/// What came of a feed.
#[derive(Default)]
pub(super) struct Tally {
    reached: Reached,
    state: State,
    new: usize,
    known: usize,
    failed: Vec<String>,
    /// Whether some of those that failed are tried again.
    is_tried_again: bool,
}

/// How far polling a feed came.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Reached {
    /// It was not its turn before the end, or not all of its entries were taken.
    #[default]
    Nothing,
    Failed,
    Unchanged,
    End,
}

impl Tally {
    pub(super) fn count(&mut self, came: Came) {
        match came {
            Came::New => self.new += 1,
            Came::Known => self.known += 1,
            Came::Failed { id, is_tried_again } => {
                self.failed.push(id);
                self.is_tried_again |= is_tried_again;
            }
        }
    }

    /// Into the library, when all that was taken is there.
    pub(super) fn keep(&self, batch: &mut Batch, feed: &str, at: &str) -> Result<(), StoreError> {
        match self.reached {
            Reached::Nothing => Ok(()),
            Reached::Failed => batch.polled(feed, Polled::Failed, at),
            Reached::Unchanged => batch.polled(feed, Polled::Unchanged, at),
            Reached::End => {
                batch.read_again(feed, &self.failed)?;
                let state = Some(&self.state).filter(|_| !self.is_tried_again);
                batch.polled(feed, Polled::Read(state), at)
            }
        }
    }

    pub(super) fn line(&self) -> String {
        let Self { new, known, .. } = self;
        let failed = self.failed.len();
        match self.reached {
            Reached::Failed => "not read".to_owned(),
            Reached::Unchanged => "unchanged".to_owned(),
            Reached::End => format!("{new} new, {known} known, {failed} failed"),
            Reached::Nothing => format!("{new} new, {known} known, {failed} failed, and not all was taken"),
        }
    }
}

type Read = (Source, Result<Document, AcquireError>);

/// What all polling goes through.
struct Poll<'p> {
    feeds: &'p Feeds,
    fetcher: &'p Arc<Fetcher>,
    reader: &'p Mutex<Reader>,
    tallies: &'p Mutex<Vec<Tally>>,
}

/// The documents of all entries that are wanted, and what could not be read, in the order of the file.
pub(super) fn documents<'p>(
    feeds: &'p Feeds,
    fetcher: &'p Arc<Fetcher>,
    reader: &'p Mutex<Reader>,
    tallies: &'p Mutex<Vec<Tally>>,
) -> impl Iterator<Item = Read> + Send + 'p {
    let poll = Arc::new(Poll { feeds, fetcher, reader, tallies });
    // two feeds of one house point to the same articles
    let taken: Arc<Mutex<HashSet<String>>> = Arc::default();
    feeds.all.iter().enumerate().flat_map(move |(at, feed)| {
        let (entries, reached): (Vec<_>, _) = match poll.entries(at, feed) {
            Ok(Some(entries)) => (entries, Reached::End),
            Ok(None) => (Vec::new(), Reached::Unchanged),
            Err(error) => (vec![Err(error)], Reached::Failed),
        };
        let (this, taken) = (Arc::clone(&poll), Arc::clone(&taken));
        let read = entries.into_iter().filter_map(move |entry| this.read(at, feed, entry, &mut lock(&taken)));
        let this = Arc::clone(&poll);
        read.chain(std::iter::from_fn(move || {
            lock(this.tallies)[at].reached = reached;
            None
        }))
    })
}

impl Poll<'_> {
    /// The entries of a feed; nothing where it is of the state in which all were taken care of.
    fn entries(
        &self,
        at: usize,
        feed: &Feed,
    ) -> Result<Option<Vec<Result<Entry, AcquireError>>>, AcquireError> {
        let state = lock(self.reader).state_of(&feed.url).map_err(|error| unread(&feed.url, &error))?;
        let seen = Version { etag: state.etag, last_modified: state.last_modified };
        let Some((fetched, Version { etag, last_modified })) = self.fetcher.fetch_newer(&feed.url, &seen)?
        else {
            return Ok(None);
        };
        lock(self.tallies)[at].state = State { etag, last_modified };
        let options = Options {
            id: feed.url.clone(),
            url: Some(fetched.url),
            captured: inputs::today(),
            ..Options::default()
        };
        sayso_acquire::entries(&fetched.bytes, &options).map(Some)
    }

    /// The article of an entry, if it is wanted.
    fn read(
        &self,
        at: usize,
        feed: &Feed,
        entry: Result<Entry, AcquireError>,
        taken: &mut HashSet<String>,
    ) -> Option<Read> {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return Some((Source { feed: at, entry: None, published: None }, Err(error))),
        };
        // what a feed holds of another's article is not that article, which is still to be read where it stands
        let is_fetched = self.fetches(&entry);
        let is_the_article = is_fetched || entry.whose == Address::Own;
        let address = entry.url.as_deref().filter(|_| is_the_article);
        let name = address.map_or_else(|| format!("{}#{}", feed.url, entry.key), str::to_owned);
        let wants = lock(self.reader).wants(&feed.url, &entry.key, address);
        let document = match wants {
            Ok(true) if taken.insert(name.clone()) => match address.filter(|_| is_fetched) {
                Some(address) => self.fetched(address).map(Some),
                None => Ok(None),
            },
            Ok(_) => {
                lock(self.tallies)[at].known += 1;
                return None;
            }
            Err(error) => Err(unread(&name, &error)),
        };
        let document = document.and_then(|own| own.map_or(entry.document, Ok));
        Some((Source { feed: at, entry: Some(entry.key), published: entry.published }, document))
    }

    /// Whether what is behind an entry's address is needed, and may be fetched.
    fn fetches(&self, entry: &Entry) -> bool {
        match entry.held {
            Held::Summary | Held::Nothing => self.feeds.articles && entry.url.is_some(),
            Held::Article => false,
        }
    }

    fn fetched(&self, address: &str) -> Result<Document, AcquireError> {
        Input::Url { address: address.to_owned(), fetcher: Arc::clone(self.fetcher) }.only()
    }
}

fn unread(id: &str, error: &StoreError) -> AcquireError {
    AcquireError::Fetch { id: id.to_owned(), why: error.to_string() }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
