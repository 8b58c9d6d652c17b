//! Reads news about contested events and keeps a verifiable ledger of attributed statements.
//!
//! The whole system is [`analyze`]: an [`Article`](article::Article) in, a
//! [`Ledger`](ledger::Ledger) out. No I/O, clock, environment or threads.

pub mod act;
pub mod article;
pub mod attribution;
pub mod claim;
pub mod identity;
pub mod ledger;
pub mod lexicon;
pub mod names;
pub mod offsets;
mod pipeline;
pub mod quotations;
pub mod sections;
pub mod syntax;
pub mod text;
pub mod time;
pub mod via;
mod weights;

pub use pipeline::{Layers, Models, analyze, inspect};
pub use sayso_model::attribution::Tier;
pub use weights::weights;
