//! `cargo xtask gold`: the annotated articles of `eval/gold`, chosen, written, checked, compared, converted.

mod agree;
mod brat;
mod cases;
mod check;
mod choose;
pub(crate) mod compare;
mod corpus;
pub(crate) mod edtf;
mod ledger;
mod notation;
mod page;
mod record;
mod sample;
mod stats;
#[cfg(test)]
mod tests;

pub(crate) use corpus::Corpora;
pub(crate) use ledger::{from_ledger, to_ledger};
pub(crate) use page::Page;
pub(crate) use record::{Annotation, Pair, Source, Statement, TextOf};

use anyhow::{Context, Result, bail, ensure};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub(crate) const HELP: &str = "\
  gold choose                        write a file for each article that the rule chooses
  gold show DOC                      an article with its rows in it, in the notation of eval/NOTATION.md
  gold compile FILE.mark...          read the notation and write gold files
       --into FOLDER                 there, instead of over the files in eval/gold
  gold check [FOLDER or FILE...]     offsets, hashes, nesting, references, dates, quotation marks
       --doubts                      print what deserves a second look, too
  gold agree A B                     two annotations of the same articles, field by field, with 95% intervals
       --differences                 and every difference
  gold stats [FOLDER...]             what stands in the gold
  gold sample N M [FOLDER...]        N statements and M paragraphs without any, drawn by hash, to be read again
  gold export DOC ledger|brat|corpus as a ledger (JSON), stand-off annotation (.ann), or a line to train on (JSON), to stdout
  gold import DOC FILE               a corrected ledger (.json) or annotation (.ann) of DOC as gold, to stdout";

/// Runs the command.
///
/// # Errors
/// When a file cannot be read or written, or an argument makes no sense.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    let root = crate::root();
    let Some((command, rest)) = arguments.split_first() else { bail!("gold what?\n{HELP}") };
    match command.as_str() {
        "choose" => choose::run(&root).map(|()| ExitCode::SUCCESS),
        "show" => show(&root, rest),
        "compile" => compile(&root, rest),
        "agree" => {
            let (a, b, differences) = agree::arguments(rest)?;
            print!("{}", agree::run(&Corpora::new(&root), &a, &b, differences)?);
            Ok(ExitCode::SUCCESS)
        }
        "stats" => {
            let named: Vec<_> = rest.iter().map(|path| (path.clone(), PathBuf::from(path))).collect();
            let folders = if named.is_empty() { stats::sides(&root) } else { named };
            print!("{}", stats::run(&Corpora::new(&root), &folders)?);
            Ok(ExitCode::SUCCESS)
        }
        "sample" => sample(&root, rest),
        "export" => export(&root, rest),
        "import" => import(&root, rest),
        "check" => check_files(&root, rest),
        other => bail!("gold {other}?\n{HELP}"),
    }
}

/// The folder of all gold, and the sides in it.
fn gold(root: &Path) -> PathBuf {
    root.join("eval/gold")
}

/// Gold files below a folder, in order, or the file itself.
///
/// # Errors
/// When the folder cannot be listed.
pub(crate) fn gold_files(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = std::fs::read_dir(path).with_context(|| format!("list {}", path.display()))?;
    let mut entries: Vec<PathBuf> = entries.map(|e| Ok(e?.path())).collect::<std::io::Result<_>>()?;
    entries.sort();
    let mut found = Vec::new();
    for entry in entries {
        if entry.is_dir() {
            found.extend(gold_files(&entry)?);
        } else if entry.extension().is_some_and(|e| e == "jsonl") {
            found.push(entry);
        }
    }
    Ok(found)
}

/// The gold file of a document, by name or path.
fn file_of(root: &Path, document: &str) -> Result<PathBuf> {
    let path = PathBuf::from(document);
    if path.is_file() {
        return Ok(path);
    }
    let folders = ["gold/own", "gold/train", "gold/dev", "gold/test", ""].map(|f| root.join("eval").join(f));
    let mut named = folders.iter().map(|folder| folder.join(format!("{document}.jsonl")));
    named.find(|path| path.is_file()).with_context(|| format!("no gold file for {document}"))
}

/// An annotation and its article's text, whose hash fits.
///
/// # Errors
/// Says which file does not fit.
pub(crate) fn open(corpora: &Corpora, path: &Path) -> Result<(Annotation, String)> {
    let annotation = Annotation::read(path)?;
    let text = match beside(&annotation.header.text, path) {
        // what `sayso gold export --with-text` writes
        Some(text) if !corpora.have(&annotation.header.text) => {
            std::fs::read_to_string(&text).with_context(|| format!("read {}", text.display()))?
        }
        Some(_) | None => corpora.text(&annotation.header.text)?,
    };
    let found = corpus::sha256(&text);
    ensure!(
        found == annotation.header.sha256,
        "{}: the text's hash is {found}, not {}",
        path.display(),
        annotation.header.sha256
    );
    Ok((annotation, text))
}

/// The text file beside a gold file that has its name.
fn beside(text: &TextOf, gold: &Path) -> Option<PathBuf> {
    match text {
        TextOf::File { path } => Some(gold.parent()?.join(path)).filter(|path| path.is_file()),
        TextOf::Wikinews { .. }
        | TextOf::WhBriefings { .. }
        | TextOf::Re3d { .. }
        | TextOf::Meantime { .. } => None,
    }
}

fn show(root: &Path, arguments: &[String]) -> Result<ExitCode> {
    let corpora = Corpora::new(root);
    ensure!(!arguments.is_empty(), "show which document?");
    for document in arguments {
        let (annotation, text) = open(&corpora, &file_of(root, document)?)?;
        print!("{}", notation::render(&annotation, &Page::new(&text)));
    }
    Ok(ExitCode::SUCCESS)
}

fn compile(root: &Path, arguments: &[String]) -> Result<ExitCode> {
    let corpora = Corpora::new(root);
    let mut into = None;
    let mut marks = Vec::new();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        if argument == "--into" {
            into = Some(PathBuf::from(arguments.next().context("--into needs a folder")?));
        } else {
            marks.push(PathBuf::from(argument));
        }
    }
    ensure!(!marks.is_empty(), "compile which file?");
    let mut is_clean = true;
    for path in &marks {
        let lines = std::fs::read_to_string(path).with_context(|| format!("read {}", path.display()))?;
        let name =
            lines.lines().find_map(|line| line.strip_prefix("# ")).context("no line `# DOCUMENT`")?.trim();
        let gold_file = file_of(root, name)?;
        let (empty, text) = open(&corpora, &gold_file)?;
        let page = Page::new(&text);
        let annotation = match notation::parse(&lines, &page, &empty.header) {
            Ok(annotation) => annotation,
            Err(mistakes) => {
                println!("{}\n  {}", path.display(), mistakes.join("\n  "));
                is_clean = false;
                continue;
            }
        };
        is_clean &= print_findings(&path.display().to_string(), &annotation, &page, true);
        let out = match &into {
            Some(folder) => {
                std::fs::create_dir_all(folder).with_context(|| format!("make {}", folder.display()))?;
                folder.join(format!("{name}.jsonl"))
            }
            None => gold_file,
        };
        std::fs::write(&out, annotation.to_lines()?).with_context(|| format!("write {}", out.display()))?;
    }
    Ok(if is_clean { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn sample(root: &Path, arguments: &[String]) -> Result<ExitCode> {
    let [statements, paragraphs, folders @ ..] = arguments else { bail!("sample N M [FOLDER...]") };
    let mut folders: Vec<PathBuf> = folders.iter().map(PathBuf::from).collect();
    if folders.is_empty() {
        folders.extend(stats::sides(root).into_iter().map(|(_, folder)| folder));
    }
    let (statements, paragraphs) = (statements.parse()?, paragraphs.parse()?);
    print!("{}", sample::run(&Corpora::new(root), &folders, statements, paragraphs)?);
    Ok(ExitCode::SUCCESS)
}

fn export(root: &Path, arguments: &[String]) -> Result<ExitCode> {
    let [document, format] = arguments else { bail!("export DOC ledger|brat|corpus") };
    let (annotation, text) = open(&Corpora::new(root), &file_of(root, document)?)?;
    match format.as_str() {
        "ledger" => println!("{}", serde_json::to_string_pretty(&to_ledger(&annotation, &text)?)?),
        "brat" => print!("{}", brat::write(&annotation, &text)?),
        "corpus" => println!("{}", corpus_line(&annotation, &text)),
        other => bail!("{other} is neither ledger, brat nor corpus"),
    }
    Ok(ExitCode::SUCCESS)
}

/// `id`, `text` and `attributions`, as corpora of attributions have them.
fn corpus_line(annotation: &Annotation, text: &str) -> serde_json::Value {
    let attributions = annotation.statements.iter().map(|s| {
        let optional = s.optional;
        serde_json::json!({ "source": s.source, "cue": s.cue, "content": s.content, "optional": optional })
    });
    let attributions: Vec<serde_json::Value> = attributions.collect();
    serde_json::json!({ "id": annotation.header.document, "text": text, "attributions": attributions })
}

fn import(root: &Path, arguments: &[String]) -> Result<ExitCode> {
    let [document, file] = arguments else { bail!("import DOC FILE") };
    let (gold, text) = open(&Corpora::new(root), &file_of(root, document)?)?;
    let read = std::fs::read_to_string(file).with_context(|| format!("read {file}"))?;
    let annotation = if Path::new(file).extension().is_some_and(|e| e == "ann") {
        brat::read(&read, &gold.header, &text)?
    } else {
        let ledger: sayso::ledger::Ledger = serde_json::from_str(&read).context("no ledger")?;
        ensure!(ledger.document.text == text, "{file} is the ledger of another text");
        from_ledger(&ledger, &gold.header)
    };
    let is_clean = check::check(&annotation, &Page::new(&text)).errors.iter().fold(true, |_, error| {
        eprintln!("{document}: {error}");
        false
    });
    print!("{}", annotation.to_lines()?);
    Ok(if is_clean { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn check_files(root: &Path, arguments: &[String]) -> Result<ExitCode> {
    let corpora = Corpora::new(root);
    let doubts = arguments.iter().any(|a| a == "--doubts");
    let mut paths: Vec<PathBuf> = arguments.iter().filter(|a| *a != "--doubts").map(PathBuf::from).collect();
    if paths.is_empty() {
        paths.push(gold(root));
    }
    let (mut files_checked, mut elsewhere, mut statements, mut is_clean) = (0, 0, 0, true);
    for path in paths {
        for file in gold_files(&path)? {
            let text = Annotation::read(&file)?.header.text;
            if !corpora.have(&text) && beside(&text, &file).is_none() {
                elsewhere += 1;
                continue;
            }
            let (annotation, text) = open(&corpora, &file)?;
            files_checked += 1;
            statements += annotation.statements.len();
            is_clean &= print_findings(&annotation.header.document, &annotation, &Page::new(&text), doubts);
        }
    }
    println!("{files_checked} files, {statements} statements; {elsewhere} files whose articles are not here");
    Ok(if is_clean { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn print_findings(name: &str, annotation: &Annotation, page: &Page, doubts: bool) -> bool {
    let findings = check::check(annotation, page);
    findings.errors.iter().for_each(|error| println!("{name}: error: {error}"));
    if doubts {
        findings.doubts.iter().for_each(|doubt| println!("{name}: look again: {doubt}"));
    }
    findings.errors.is_empty()
}
