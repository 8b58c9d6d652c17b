//! Files, folders, standard input and addresses as documents.

use crate::progress::Taken;
use jiff::{Timestamp, tz::TimeZone};
use sayso_acquire::{AcquireError, Document, Documents, Fetcher, Options, Published};
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// How much of an input tells its format.
const HEAD_BYTES: usize = 64 << 10;

/// Where articles are read from.
#[derive(Clone, Debug)]
pub(crate) enum Input {
    /// `-`
    Stdin,
    File(PathBuf),
    /// `https://...`, with what fetches it, which nobody has who was not given `--fetch`.
    Url {
        address: String,
        fetcher: Arc<Fetcher>,
    },
}

impl Input {
    /// The name of the input.
    pub(crate) fn id(&self) -> String {
        match self {
            Self::Stdin => "standard input".to_owned(),
            Self::File(path) => path.display().to_string(),
            Self::Url { address, .. } => address.clone(),
        }
    }

    pub(crate) fn is_folder(&self) -> bool {
        matches!(self, Self::File(path) if path.is_dir())
    }

    /// How many bytes it has; nothing where that is not known before they are read.
    pub(crate) fn size_bytes(&self) -> Option<u64> {
        match self {
            Self::Stdin | Self::Url { .. } => None,
            Self::File(path) if path.is_dir() => {
                let paths = paths(path).ok()?;
                paths.into_iter().flatten().map(|path| Self::File(path).size_bytes()).sum()
            }
            // what cannot be read is said when it is its turn
            Self::File(path) => match std::fs::metadata(path) {
                Ok(about) => about.is_file().then_some(about.len()),
                Err(_) => Some(0),
            },
        }
    }

    /// The documents of this input, in order; what is read of files is counted.
    pub(crate) fn documents(&self, published: Option<&Published>, taken: &Taken) -> Documents {
        let options = Options { id: self.id(), published: published.cloned(), ..Options::default() };
        match self {
            Self::Stdin => {
                let stdin = BufReader::with_capacity(HEAD_BYTES, io::stdin());
                sayso_acquire::documents(Box::new(stdin), options)
            }
            Self::File(path) if path.is_dir() => folder(path, published, taken),
            Self::File(path) => match File::open(path) {
                Ok(file) => {
                    let file = BufReader::with_capacity(HEAD_BYTES, Counted { file, taken: taken.clone() });
                    sayso_acquire::documents(Box::new(file), options)
                }
                Err(source) => Box::new(std::iter::once(Err(AcquireError::Io { id: self.id(), source }))),
            },
            Self::Url { address, fetcher } => fetched(address, fetcher, options),
        }
    }

    /// The only document of this input.
    pub(crate) fn only(&self) -> Result<Document, AcquireError> {
        let mut documents = self.documents(None, &Taken::default());
        let first = documents.next().unwrap_or_else(|| Err(AcquireError::Empty { id: self.id() }))?;
        match documents.next() {
            Some(_) => Err(AcquireError::Record { id: self.id(), why: "more than one article".to_owned() }),
            None => Ok(first),
        }
    }
}

/// What an address holds, as of today.
fn fetched(address: &str, fetcher: &Fetcher, options: Options) -> Documents {
    match fetcher.fetch(address) {
        Ok(page) => {
            let captured = today();
            let options = Options { url: Some(page.url), captured, charset: page.charset, ..options };
            sayso_acquire::documents(Box::new(Cursor::new(page.bytes)), options)
        }
        Err(error) => Box::new(std::iter::once(Err(error))),
    }
}

/// The day on which something is fetched.
pub(crate) fn today() -> Option<String> {
    day(SystemTime::now())
}

/// This second, in UTC, for what the library keeps of when something was added.
pub(crate) fn now() -> String {
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    let time = i64::try_from(seconds).ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    time.unwrap_or_default().to_string()
}

/// The day of a point in time, in UTC and EDTF. Only what is fetched is asked for the day of the calendar, and nowhere but here.
fn day(time: SystemTime) -> Option<String> {
    let time = Timestamp::try_from(time).ok()?;
    Some(TimeZone::UTC.to_datetime(time).date().to_string())
}

/// A file whose bytes are counted as they are read.
struct Counted {
    file: File,
    taken: Taken,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.taken.add(read as u64);
        Ok(read)
    }
}

/// The documents of the files of a folder, by name.
fn folder(path: &Path, published: Option<&Published>, taken: &Taken) -> Documents {
    let id = path.display().to_string();
    let paths = match paths(path) {
        Ok(paths) => paths,
        Err(source) => return Box::new(std::iter::once(Err(AcquireError::Io { id, source }))),
    };
    let (published, taken) = (published.cloned(), taken.clone());
    Box::new(paths.into_iter().flat_map(move |path| match path {
        Ok(path) => Input::File(path).documents(published.as_ref(), &taken),
        Err(source) => Box::new(std::iter::once(Err(AcquireError::Io { id: id.clone(), source }))),
    }))
}

/// What is in a folder, by name, behind what cannot be said; what starts with a dot is left out.
fn paths(folder: &Path) -> io::Result<Vec<io::Result<PathBuf>>> {
    let (mut paths, mut unread) = (Vec::new(), Vec::new());
    for entry in std::fs::read_dir(folder)? {
        match entry {
            Ok(entry) => paths.push(entry.path()),
            Err(error) => unread.push(Err(error)),
        }
    }
    let is_hidden =
        |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    // a link may lead back to a folder around it
    paths.retain(|path| !(is_hidden(path) || path.is_symlink() && path.is_dir()));
    paths.sort();
    unread.extend(paths.into_iter().map(Ok));
    Ok(unread)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_acquire::{Limits, Reach};
    use std::io::Write;
    use std::net::{Ipv4Addr, TcpListener};
    use std::time::Duration;

    #[test]
    fn days_are_of_the_calendar() {
        for (seconds, expected) in
            [(0, "1970-01-01"), (1_636_415_999, "2021-11-08"), (1_636_416_000, "2021-11-09")]
        {
            assert_eq!(day(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)).as_deref(), Some(expected));
        }
    }

    #[test]
    fn an_address_says_where_it_led_and_when() {
        let server = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
        let at = format!("http://{}", server.local_addr().expect("it has an address"));
        std::thread::spawn(move || {
            for stream in server.incoming() {
                let mut stream = stream.expect("somebody connects");
                let mut request = [0; 4096];
                let length = stream.read(&mut request).expect("a request comes");
                let answer = match request[..length].split(|byte| *byte == b' ').nth(1) {
                    Some(b"/a") => "302 Found\r\nLocation: /b",
                    Some(b"/b") => "200 OK\r\nContent-Type: text/plain; charset=iso-8859-2",
                    _ => "404 Not Found",
                };
                write!(
                    stream,
                    "HTTP/1.1 {answer}\r\nContent-Length: 13\r\nConnection: close\r\n\r\nKell said no."
                )
                .expect("somebody reads");
            }
        });
        let limits = Limits { pause: Duration::ZERO, ..Limits::default() };
        let fetcher = Arc::new(Fetcher::with_limits(Reach::Anywhere, limits));
        let address = format!("{at}/a");
        let published = Published::parse("2021-11-09").expect("a date");
        let before = day(SystemTime::now());
        let documents: Vec<_> = Input::Url { address: address.clone(), fetcher }
            .documents(Some(&published), &Taken::default())
            .collect();
        let [Ok(document)] = &documents[..] else { panic!("{documents:?}") };
        let options = &document.options;
        assert_eq!((&options.id, options.url.as_deref()), (&address, Some(&*format!("{at}/b"))));
        assert_eq!(options.published.as_ref(), Some(&published));
        assert_eq!(options.charset.as_deref(), Some("iso-8859-2"));
        assert!(before.is_some() && before <= options.captured && options.captured <= day(SystemTime::now()));
        assert_eq!(document.bytes, b"Kell said no.");
    }
}
