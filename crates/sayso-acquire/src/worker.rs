//! Web pages taken apart in processes of their own, which can be stopped whatever they are at.
//!
//! A thread cannot be stopped; a parser that somebody else wrote may hang, run out of memory or out of stack. In a process of its own it takes nothing with it.
//! Whoever has a program that calls [`serve`] gives its command to [`Workers`]; the process lives on from page to page.
//!
//! Requests and answers are JSON behind its length in bytes (four, the highest first); a request's page follows its JSON in the same way.

use crate::format::html;
use crate::{AcquireError, Document, Here, Options, Pages};
use sayso::article::{Article, Block, BlockRole, Origin};
use sayso::text::Text;
use serde::{Deserialize, Serialize};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How long a page may take.
const LONGEST: Duration = Duration::from_secs(20);
/// Bytes of a message.
const MOST_BYTES: u32 = 512 << 20;

/// What a worker is asked for.
#[derive(Serialize, Deserialize)]
struct Request {
    id: String,
    url: Option<String>,
}

/// What it made of a page.
#[derive(Serialize, Deserialize)]
enum Answer {
    Article(Box<Parts>),
    NoArticle(String),
}

#[derive(Serialize, Deserialize)]
struct Parts {
    text: String,
    blocks: Vec<(BlockRole, usize, usize, Option<[usize; 2]>)>,
    origin: Origin,
    notes: Vec<String>,
}

/// Processes that take pages apart, as many as are asked at the same time; started when the first page comes.
pub struct Workers {
    command: Box<dyn Fn() -> Command + Send + Sync>,
    longest: Duration,
    idle: Mutex<Vec<Worker>>,
}

struct Worker {
    child: Child,
    requests: SyncSender<(Vec<u8>, Vec<u8>)>,
    answers: Receiver<io::Result<Vec<u8>>>,
}

impl Workers {
    /// `command` starts a program that calls [`serve`] on its standard input and output.
    #[must_use]
    pub fn new(command: impl Fn() -> Command + Send + Sync + 'static) -> Self {
        Self::with_limit(command, LONGEST)
    }

    /// The same with another limit of time for a page.
    #[must_use]
    pub fn with_limit(command: impl Fn() -> Command + Send + Sync + 'static, longest: Duration) -> Self {
        Self { command: Box::new(command), longest, idle: Mutex::default() }
    }

    /// Reads a document; its page is taken apart in one of the processes.
    ///
    /// # Errors
    /// As [`Document::article`]; a process that does not answer in time, or ends, costs its page.
    pub fn article(&self, document: &Document) -> Result<Article, AcquireError> {
        document.read(self)
    }

    /// One that waits, or a new one.
    fn worker(&self) -> io::Result<Worker> {
        loop {
            let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let Some(mut worker) = idle else { return Worker::start((self.command)()) };
            // one that ended while it waited costs nobody a page
            if matches!(worker.child.try_wait(), Ok(None)) {
                return Ok(worker);
            }
        }
    }

    fn ask(&self, worker: Worker, html: String, options: &Options) -> Result<Answer, String> {
        let request = Request { id: options.id.clone(), url: options.url.clone() };
        let request = serde_json::to_vec(&request).map_err(|error| error.to_string())?;
        let answer = worker.ask(request, html.into_bytes(), self.longest)?;
        let answer = serde_json::from_slice(&answer);
        let answer = answer.map_err(|error| format!("the extraction answers what it should not: {error}"))?;
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        Ok(answer)
    }
}

impl Pages for Workers {
    fn take(&self, html: String, options: &Options) -> Result<Article, AcquireError> {
        let no_article = |why: String| AcquireError::NoArticle { id: options.id.clone(), why };
        html::refuse(&html).map_err(no_article)?;
        // where no process can be started, this one has to do
        let worker = match self.worker() {
            Ok(worker) => worker,
            Err(error) => {
                let mut article = Here.take(html, options)?;
                article.notes.push(format!("read without a process of its own, as none starts ({error})"));
                return Ok(article);
            }
        };
        match self.ask(worker, html, options).map_err(no_article)? {
            Answer::NoArticle(why) => Err(no_article(why)),
            Answer::Article(parts) => {
                parts.article().ok_or_else(|| no_article("no such place in the text".to_owned()))
            }
        }
    }
}

impl Parts {
    fn of(article: Article) -> Self {
        let block = |block: &Block| (block.role, block.span.start(), block.span.end(), block.bytes);
        Self {
            blocks: article.blocks.iter().map(block).collect(),
            text: article.text.as_str().to_owned(),
            origin: article.origin,
            notes: article.notes,
        }
    }

    fn article(self) -> Option<Article> {
        let text = Text::new(self.text).ok()?;
        let block =
            |(role, start, end, bytes)| Some(Block { bytes, ..Block::new(role, text.span_at(start, end)?) });
        let blocks = self.blocks.into_iter().map(block).collect::<Option<_>>()?;
        Some(Article { text, blocks, origin: self.origin, notes: self.notes })
    }
}

impl Worker {
    fn start(mut command: Command) -> io::Result<Self> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let (Some(input), Some(output)) = (input, output) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (requests, asked) = sync_channel::<(Vec<u8>, Vec<u8>)>(1);
        let (answer, answers) = sync_channel(1);
        // from here on whatever goes wrong ends the process
        let worker = Self { child, requests, answers };
        // its pipes may block, and this waits on a channel with a limit instead
        std::thread::Builder::new().name("pages".to_owned()).spawn(move || {
            let (mut input, mut output) = (BufWriter::new(input), BufReader::new(output));
            for (request, page) in asked {
                let sent = send(&mut input, &request)
                    .and_then(|()| send(&mut input, &page))
                    .and_then(|()| input.flush());
                let received = sent.and_then(|()| receive(&mut output));
                let received =
                    received.and_then(|message| message.ok_or_else(|| io::ErrorKind::UnexpectedEof.into()));
                if answer.send(received).is_err() {
                    return;
                }
            }
        })?;
        Ok(worker)
    }

    fn ask(&self, request: Vec<u8>, page: Vec<u8>, longest: Duration) -> Result<Vec<u8>, String> {
        let broke_off = "the extraction broke off";
        self.requests.send((request, page)).map_err(|_| broke_off.to_owned())?;
        match self.answers.recv_timeout(longest) {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Err(broke_off.to_owned()),
            Err(RecvTimeoutError::Timeout) => Err(format!("not done after {longest:?}")),
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// Takes pages apart as they are asked for, until the input ends.
///
/// # Errors
/// What the input or the output say.
pub fn serve(input: impl Read + Send + 'static, output: impl Write + Send + 'static) -> io::Result<()> {
    // pages are deep, and the stack of a process's first thread is what its caller left it
    let work = || {
        let (mut input, mut output) = (BufReader::new(input), BufWriter::new(output));
        while let Some(request) = receive(&mut input)? {
            let request: Request = serde_json::from_slice(&request)?;
            let page = receive(&mut input)?.ok_or(io::ErrorKind::UnexpectedEof)?;
            let options = Options { id: request.id, url: request.url, ..Options::default() };
            let html = String::from_utf8(page).map_err(|_| io::ErrorKind::InvalidData)?;
            let answer = match html::take(html, &options) {
                Ok(article) => Answer::Article(Box::new(Parts::of(article))),
                Err(AcquireError::NoArticle { why, .. }) => Answer::NoArticle(why),
                Err(error) => Answer::NoArticle(error.to_string()),
            };
            send(&mut output, &serde_json::to_vec(&answer)?)?;
            output.flush()?;
        }
        Ok(())
    };
    let thread = std::thread::Builder::new().stack_size(html::STACK_BYTES).spawn(work)?;
    thread.join().unwrap_or_else(|_| Err(io::Error::other("the extraction broke off")))
}

fn send(output: &mut impl Write, message: &[u8]) -> io::Result<()> {
    let length = u32::try_from(message.len()).ok().filter(|length| *length <= MOST_BYTES);
    output.write_all(&length.ok_or(io::ErrorKind::InvalidInput)?.to_be_bytes())?;
    output.write_all(message)
}

/// The next message, or nothing at the end.
fn receive(input: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    let mut read = 0;
    while read < length.len() {
        match input.read(&mut length[read..]) {
            Ok(0) if read == 0 => return Ok(None),
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(more) => read += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let length = u32::from_be_bytes(length);
    if length > MOST_BYTES {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut message = Vec::new();
    let received = input.take(u64::from(length)).read_to_end(&mut message)?;
    if received < length as usize { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(Some(message)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(id: &str) -> Document {
        let bytes = b"<!DOCTYPE html><h1>Dry</h1><p>Kell said that the well was dry.</p>".to_vec();
        let options = Options { id: id.to_owned(), ..Options::default() };
        Document { bytes, is_page: None, options, notes: Vec::new(), is_original: true }
    }

    #[test]
    fn a_worker_answers_as_this_process_does() {
        let mut requests = Vec::new();
        for id in ["a", "b"] {
            let request = Request { id: id.to_owned(), url: None };
            send(&mut requests, &serde_json::to_vec(&request).expect("it is JSON")).expect("memory takes it");
            send(&mut requests, &page(id).bytes).expect("memory takes it");
        }
        let (reader, writer) = io::pipe().expect("there are pipes");
        serve(io::Cursor::new(requests), writer).expect("it ends with its input");
        let mut answers = BufReader::new(reader);
        for id in ["a", "b"] {
            let answer = receive(&mut answers).expect("it answers").expect("it answers each");
            let Answer::Article(parts) = serde_json::from_slice(&answer).expect("an answer") else {
                panic!("an article")
            };
            let (own, other) =
                (page(id).article().expect("an article"), parts.article().expect("places in its text"));
            assert_eq!(own.text.as_str(), other.text.as_str());
            assert_eq!(own.blocks, other.blocks);
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_hangs_or_dies_costs_its_page() {
        for (command, why) in
            [("exec sleep 1000", "not done after"), ("exit 1", "broke off"), ("echo 0000", "broke off")]
        {
            let shell = move || {
                let mut shell = Command::new("sh");
                shell.args(["-c", command]);
                shell
            };
            let workers = Workers::with_limit(shell, Duration::from_millis(300));
            for _ in 0..2 {
                let error = workers.article(&page("a")).expect_err("nobody answers").to_string();
                assert!(error.contains(why), "{command}: {error}");
            }
        }
    }
}
