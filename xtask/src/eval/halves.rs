//! Halves of a corpus, by the hash of a text or a name: one for development, one that is only counted and never printed.

use sha2::{Digest, Sha256};
use std::fmt::{self, Display};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Half {
    Development,
    Check,
}

impl Half {
    pub(super) const ALL: [Self; 2] = [Self::Development, Self::Check];

    /// The half to which a key belongs, always.
    pub(super) fn of(key: &str) -> Self {
        let is_check = Sha256::digest(key).first().is_some_and(|byte| byte % 2 == 1);
        if is_check { Self::Check } else { Self::Development }
    }
}

impl Display for Half {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Development => "dev",
            Self::Check => "check",
        })
    }
}
