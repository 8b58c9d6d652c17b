//! A folder with a file for each article.

use super::{Beside, Exporter};
use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

pub(crate) struct Folder {
    path: PathBuf,
    taken: HashSet<String>,
}

impl Folder {
    /// Makes it if it is not there.
    ///
    /// # Errors
    /// What the file system says.
    pub(crate) fn new(path: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(path)?;
        Ok(Self { path: path.to_owned(), taken: HashSet::new() })
    }

    /// Writes a ledger under the name of its input; inputs of the same name are numbered.
    ///
    /// # Errors
    /// What the file system says.
    pub(crate) fn write(
        &mut self,
        exporter: &Exporter,
        id: &str,
        bytes: &[u8],
        text: &str,
    ) -> io::Result<()> {
        let name = self.name(id);
        if exporter.beside == Beside::Text {
            std::fs::write(self.path.join(format!("{name}.txt")), text)?;
        }
        std::fs::write(self.path.join(format!("{name}.{}", exporter.extension)), bytes)
    }

    /// The last part of a path or an address, without its ending.
    fn name(&mut self, id: &str) -> String {
        let (whole, row) = id.rsplit_once('#').map_or((id, None), |(whole, row)| (whole, Some(row)));
        let whole = whole.split('?').next().unwrap_or(whole).trim_end_matches('/');
        let stem = Path::new(whole).file_stem().unwrap_or_default().to_string_lossy().replace(' ', "-");
        let stem = if stem.is_empty() { "article".to_owned() } else { stem };
        let stem = row.map_or(stem.clone(), |row| format!("{stem}-{row}"));
        let numbered = |n: usize| if n == 1 { stem.clone() } else { format!("{stem}-{n}") };
        let name =
            (1..).map(numbered).find(|name| !self.taken.contains(name)).expect("numbers do not run out");
        self.taken.insert(name.clone());
        name
    }
}
