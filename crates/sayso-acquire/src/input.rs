//! Files and streams, never more of them than is read at once.

use crate::AcquireError;
use sayso::text::MAX_TEXT_BYTES;
use std::fs::File;
use std::io::{Error, ErrorKind, Read};
use std::path::Path;

/// The bytes of a file.
///
/// # Errors
/// [`AcquireError::Io`], or [`AcquireError::TooLarge`] by the size that the file system gives, before anything is read.
pub fn read_file(path: &Path, id: &str) -> Result<Vec<u8>, AcquireError> {
    let failed = |source| AcquireError::Io { id: id.to_owned(), source };
    let file = File::open(path).map_err(failed)?;
    let about = file.metadata().map_err(failed)?;
    if about.is_dir() {
        return Err(failed(Error::new(ErrorKind::IsADirectory, "a directory")));
    }
    if about.len() > MAX_TEXT_BYTES as u64 {
        let found = format!("{} MB", about.len() >> 20);
        return Err(AcquireError::TooLarge { id: id.to_owned(), found });
    }
    read_stream(file, id)
}

/// The bytes of a stream.
///
/// # Errors
/// [`AcquireError::Io`], or [`AcquireError::TooLarge`] as soon as more has come than is read at once.
pub fn read_stream(stream: impl Read, id: &str) -> Result<Vec<u8>, AcquireError> {
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
