//! Streams, never more of them than is read at once.

use crate::AcquireError;
use sayso::text::MAX_TEXT_BYTES;
use std::io::Read;

/// The bytes of a stream.
///
/// # Errors
/// [`AcquireError::Io`], or [`AcquireError::TooLarge`] as soon as more has come than is read at once.
pub(crate) fn read_stream(stream: impl Read, id: &str) -> Result<Vec<u8>, AcquireError> {
    let mut bytes = Vec::new();
    let most = MAX_TEXT_BYTES as u64 + 1;
    let read = stream.take(most).read_to_end(&mut bytes);
    read.map_err(|source| AcquireError::Io { id: id.to_owned(), source })?;
    if bytes.len() > MAX_TEXT_BYTES {
        let found = format!("more than {} MB", MAX_TEXT_BYTES >> 20);
        return Err(AcquireError::TooLarge { id: id.to_owned(), found });
    }
    Ok(bytes)
}
