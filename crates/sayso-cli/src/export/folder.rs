//! A folder with a file for each article.

use super::spared::Spared;
use super::unnamed::Unnamed;
use super::{Beside, Exporter};
use std::collections::{HashMap, HashSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(crate) struct Folder {
    path: PathBuf,
    taken: HashSet<String>,
    /// How often each name was asked for.
    asked: HashMap<String, usize>,
    /// What is not written over.
    spared: Arc<Spared>,
}

impl Folder {
    /// Makes it if it is not there.
    ///
    /// # Errors
    /// What the file system says.
    pub(crate) fn new(path: &Path, spared: Arc<Spared>) -> io::Result<Self> {
        std::fs::create_dir_all(path)?;
        Ok(Self { path: path.to_owned(), taken: HashSet::new(), asked: HashMap::new(), spared })
    }

    /// Writes a ledger under the name of its input; inputs of the same name are numbered.
    ///
    /// # Errors
    /// What the file system says, and that the command reads a file of that name.
    pub(crate) fn write(
        &mut self,
        exporter: &Exporter,
        id: &str,
        bytes: &[u8],
        text: &str,
    ) -> io::Result<()> {
        let name = self.name(id);
        // readers of such files take CR LF for one character, which would move all places behind it
        let text = text.replace('\r', " ");
        let mut files = vec![(self.path.join(format!("{name}.{}", exporter.extension)), bytes)];
        if exporter.beside == Beside::Text {
            files.insert(0, (self.path.join(format!("{name}.txt")), text.as_bytes()));
        }
        for (path, _) in &files {
            let refused = |why| io::Error::new(io::ErrorKind::InvalidInput, why);
            self.spared.check_file(path).map_err(refused)?;
        }
        files.into_iter().try_for_each(|(path, bytes)| {
            let mut file = Unnamed::new(&path)?;
            file.write_all(bytes)?;
            file.name()
        })
    }

    /// What is there if not all articles are written.
    pub(crate) fn left(&self) -> String {
        format!("{}: the articles before it are written", self.path.display())
    }

    /// The last part of a path or an address without its ending, of letters and digits only; names that were given are numbered.
    fn name(&mut self, id: &str) -> String {
        const LONGEST: usize = 80;
        let last =
            Path::new(id).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        // "articles.jsonl#12"
        let (name, row) = last.rsplit_once('#').map_or((&*last, None), |(name, row)| (name, Some(row)));
        let stem =
            Path::new(name).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let stem = row.map_or_else(|| stem.clone(), |row| format!("{stem}-{row}"));
        let plain = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' };
        let stem: String = stem.chars().map(plain).take(LONGEST).collect();
        let stem = match stem.trim_matches(['-', '.']) {
            "" => "article".to_owned(),
            stem => stem.to_owned(),
        };
        let count = self.asked.entry(stem.to_lowercase()).or_insert(0);
        loop {
            *count += 1;
            let name = if *count == 1 { stem.clone() } else { format!("{stem}-{count}") };
            // "News" and "news" are one file on some systems
            if self.taken.insert(name.to_lowercase()) {
                return name;
            }
        }
    }
}

#[test]
fn names_are_of_letters_and_given_once() {
    let (taken, asked, spared) = (HashSet::new(), HashMap::new(), Arc::default());
    let mut folder = Folder { path: PathBuf::new(), taken, asked, spared };
    let mut name = |id: &str| folder.name(id);
    assert_eq!(name("texts/lake sarrow.txt"), "lake-sarrow");
    assert_eq!(name("a/rows.jsonl#12"), "rows-12");
    assert_eq!(name("https://x.example/#/news/1"), "1");
    assert_eq!(name("https://x.example/index.html?page=../../2"), "2");
    assert_eq!(name("https://x.example/"), "x");
    assert_eq!([name("b.txt"), name("b-2.txt"), name("b.html")], ["b", "b-2", "b-3"]);
    assert_eq!([name("News.txt"), name("news.txt"), name("NEWS-2.txt")], ["News", "news-2", "NEWS-2-2"]);
    assert_eq!(name("\u{0}"), "article");
    assert_eq!(name(&"x".repeat(500)).len(), 80);
}

#[test]
fn a_text_beside_its_marks_has_no_line_break_of_two_characters() {
    let path = std::env::temp_dir().join(format!("sayso-folder-{}", std::process::id()));
    let mut folder = Folder::new(&path, Arc::default()).expect("a new folder");
    let brat = super::EXPORTERS.iter().find(|exporter| exporter.name == "brat").expect("a format");
    let written = folder
        .write(brat, "a.txt", b"", "Kell said\r\nno.\r")
        .and_then(|()| std::fs::read_to_string(path.join("a.txt")));
    // what cannot be removed is the system's to clear
    let _left = std::fs::remove_dir_all(&path);
    assert_eq!(written.expect("it is written"), "Kell said \nno. ");
}
