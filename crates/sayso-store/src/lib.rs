//! The library: ledgers kept in one SQLite file, each article once, to be searched and checked.
//!
//! In: [`Addition`]s, an article's bytes with the ledger made of them. Out: [`Found`] statements, and [`Fault`]s. What always holds: an
//! article is there whole or not at all, nothing is added twice, a statement keeps its number when its article is read anew, and the audit is
//! only added to. No clock and no network: who adds says when.

mod add;
mod backup;
mod check;
mod corrections;
pub mod days;
mod embed;
mod error;
pub mod feeds;
mod find;
mod kept;
mod known;
mod ledgers;
mod like;
mod open;
mod records;
mod review;
mod schema;
mod words;

pub use add::{Added, Addition, Batch, Change};
pub use backup::{Existing, Restored, backup, restore};
pub use check::{Checked, Fault};
pub use corrections::{
    Corrected, Correction, Day, Edit, Field, Kind as CorrectionKind, Orphan, Picked, Speaker, What,
};
pub use embed::{Claim, Coverage};
pub use error::StoreError;
pub use find::{Found, Query, Reviewed};
pub use kept::Kept;
pub use known::Given;
pub use ledgers::Ledgers;
pub use like::{Like, Near};
pub use open::{DeadLetter, Reader, Store};
pub use review::{Card, Danger, Finished, Judged, Opinion, Order, Standing, score};
pub use schema::{APPLICATION, MIGRATIONS};
