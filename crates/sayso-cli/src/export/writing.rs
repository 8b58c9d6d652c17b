//! Where the output goes: one file of all ledgers, or a folder with a file for each.

use super::folder::Folder;
use super::spared::Spared;
use super::unnamed::Unnamed;
use super::{Exporter, Inputs, Manner, Print, Provenance};
use crate::args;
use crate::failed;
use crate::shown::Colour;
use clap::{Arg, ArgMatches, value_parser};
use sayso::ledger::Ledger;
use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::PathBuf;
use std::sync::Arc;

/// Where the data goes.
pub(crate) enum Output {
    Stdout,
    File(PathBuf),
    /// One file or two for each article.
    Folder {
        path: PathBuf,
        spared: Arc<Spared>,
    },
}

/// How many articles there are going to be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Count {
    One,
    /// More than one, or nobody knows.
    Many,
}

/// The argument that says where.
pub(crate) fn argument() -> Arg {
    Arg::new("output")
        .long("output")
        .short('o')
        .value_name("PATH")
        .value_parser(value_parser!(PathBuf))
        .help("Write to this file, or into this folder for formats that take one article a file")
}

impl Output {
    /// What the argument says for a format; nothing that is spared is written over.
    ///
    /// # Errors
    /// A sentence that says what was expected.
    pub(crate) fn of(
        matches: &ArgMatches,
        exporter: &Exporter,
        count: Count,
        spared: impl FnOnce() -> Spared,
    ) -> Result<Self, String> {
        let Some(path) = matches.get_one::<PathBuf>("output").cloned() else { return Ok(Self::Stdout) };
        let spared = spared();
        let wrong = |why| format!("--output {why}");
        match exporter.inputs {
            Inputs::One { .. } if count == Count::Many || path.is_dir() => {
                spared.check_folder(&path).map_err(wrong)?;
                Ok(Self::Folder { path, spared: Arc::new(spared) })
            }
            Inputs::Many if path.is_dir() => Err(format!(
                "--output {}: a folder; expected a file for --format {}",
                path.display(),
                exporter.name
            )),
            Inputs::One { .. } | Inputs::Many => {
                spared.check_file(&path).map_err(wrong)?;
                Ok(Self::File(path))
            }
        }
    }

    /// No colours but for a terminal.
    pub(crate) fn plain(&self, mut manner: Manner) -> Manner {
        if !matches!(self, Self::Stdout) {
            (manner.look.colour, manner.look.width) = (Colour::Off, args::PIPE_WIDTH);
        }
        manner
    }
}

/// Output on its way.
pub(crate) struct Writing {
    exporter: &'static Exporter,
    manner: Manner,
    place: Place,
}

enum Place {
    File { out: Out, print: Box<dyn Print>, written: usize },
    Folder { folder: Folder, left_out: Vec<String> },
}

enum Out {
    Stdout(BufWriter<StdoutLock<'static>>),
    File(BufWriter<Unnamed>),
}

impl Writing {
    /// Opens the output and writes what stands before the first ledger.
    ///
    /// # Errors
    /// What the file system says.
    pub(crate) fn begin(exporter: &'static Exporter, manner: Manner, output: &Output) -> io::Result<Self> {
        let out = match output {
            Output::Stdout => Out::Stdout(BufWriter::new(io::stdout().lock())),
            Output::File(path) => Out::File(BufWriter::new(Unnamed::new(path)?)),
            Output::Folder { path, spared } => {
                let folder = Folder::new(path, Arc::clone(spared))?;
                let place = Place::Folder { folder, left_out: Vec::new() };
                return Ok(Self { exporter, manner, place });
            }
        };
        let mut print = (exporter.begin)(&manner);
        let start = print.start();
        let mut writing = Self { exporter, manner, place: Place::File { out, print, written: 0 } };
        writing.raw(&start)?;
        Ok(writing)
    }

    /// Writes a ledger.
    ///
    /// # Errors
    /// What the file system says, and that a file of this format holds one article only.
    pub(crate) fn one(&mut self, ledger: &Ledger, from: &Provenance) -> io::Result<()> {
        match &mut self.place {
            Place::File { print, .. } => {
                let bytes = print.one(ledger, from);
                self.next(&bytes)
            }
            Place::Folder { folder, left_out } => {
                let mut print = (self.exporter.begin)(&self.manner);
                let mut bytes = print.start();
                bytes.extend(print.one(ledger, from));
                bytes.extend(print.end());
                left_out.extend(print.left_out());
                let document = &ledger.document;
                folder.write(self.exporter, &document.id, &bytes, &document.text)
            }
        }
    }

    /// Writes what the format has for an input that could not be read.
    ///
    /// # Errors
    /// As [`Writing::one`].
    pub(crate) fn failed(&mut self, id: &str, why: &str) -> io::Result<()> {
        match &mut self.place {
            Place::File { print, .. } => {
                let bytes = print.failed(&failed::ledger(id, why));
                self.next(&bytes)
            }
            Place::Folder { .. } => Ok(()),
        }
    }

    /// Writes what stands after the last ledger, and gives a file its name; what the output leaves out comes back.
    ///
    /// # Errors
    /// What the file system says.
    pub(crate) fn end(mut self) -> io::Result<Vec<String>> {
        let (end, left_out) = match &mut self.place {
            Place::File { print, .. } => (print.end(), print.left_out().into_iter().collect()),
            Place::Folder { left_out, .. } => (Vec::new(), std::mem::take(left_out)),
        };
        self.raw(&end)?;
        match self.place {
            Place::File { out: Out::File(out), .. } => {
                let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
                file.sync()?;
                file.name()?;
            }
            Place::File { out: Out::Stdout(_), .. } | Place::Folder { .. } => {}
        }
        Ok(left_out)
    }

    /// What is under the output's name if this does not come to its end, as far as that needs to be said.
    pub(crate) fn left(&self) -> Option<String> {
        match &self.place {
            Place::File { out: Out::File(out), .. } => out.get_ref().left(),
            Place::File { out: Out::Stdout(_), .. } => None,
            Place::Folder { folder, .. } => Some(folder.left()),
        }
    }

    fn next(&mut self, bytes: &[u8]) -> io::Result<()> {
        if bytes.is_empty() {
            return Ok(());
        }
        if let Place::File { written, .. } = &mut self.place {
            *written += 1;
            if *written > 1 {
                if let Inputs::One { instead } = self.exporter.inputs {
                    let name = self.exporter.name;
                    let why =
                        format!("--format {name} is for one article, but there are more; expected {instead}");
                    return Err(io::Error::new(io::ErrorKind::InvalidInput, why));
                }
                self.raw(self.exporter.between.as_bytes())?;
            }
        }
        self.raw(bytes)
    }

    fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        match &mut self.place {
            Place::File { out: Out::Stdout(out), .. } => out.write_all(bytes).and_then(|()| out.flush()),
            Place::File { out: Out::File(out), .. } => out.write_all(bytes).and_then(|()| out.flush()),
            Place::Folder { .. } => Ok(()),
        }
    }
}
