//! Floors: the least and the most that a figure may be (`eval/floors.toml`).

use super::figures::Figures;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// Bounds of one figure.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bounds {
    #[serde(default = "lowest")]
    least: f64,
    #[serde(default = "highest")]
    most: f64,
}

fn lowest() -> f64 {
    f64::NEG_INFINITY
}

fn highest() -> f64 {
    f64::INFINITY
}

/// Whether a corpus keeps its floors; says on stderr which one it does not keep.
///
/// # Errors
/// When the file cannot be read, or bounds a figure that does not exist.
pub(crate) fn hold(root: &Path, corpus: &str, figures: &Figures) -> Result<bool> {
    let path = root.join("eval/floors.toml");
    let file = std::fs::read_to_string(&path).with_context(|| format!("read {}", path.display()))?;
    let broken = broken(&file, corpus, figures).with_context(|| path.display().to_string())?;
    broken.iter().for_each(|line| eprintln!("{line}"));
    Ok(broken.is_empty())
}

fn broken(file: &str, corpus: &str, figures: &Figures) -> Result<Vec<String>> {
    let floors: BTreeMap<String, BTreeMap<String, Bounds>> = toml::from_str(file)?;
    let mut broken = Vec::new();
    for (name, bounds) in floors.get(corpus).into_iter().flatten() {
        let &value = figures.0.get(name).with_context(|| format!("{corpus} has no figure {name}"))?;
        if value < bounds.least {
            broken.push(format!("{corpus}: {name} is {value}, below its floor of {}", bounds.least));
        }
        if value > bounds.most {
            broken.push(format!("{corpus}: {name} is {value}, above its ceiling of {}", bounds.most));
        }
    }
    Ok(broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures() -> Figures {
        Figures(BTreeMap::from([("recall".to_owned(), 70.0), ("wrong".to_owned(), 2.0)]))
    }

    #[test]
    fn a_figure_beyond_its_bound_is_named() {
        let file = "[own]\nrecall = { least = 71 }\nwrong = { most = 1 }\n";
        let broken = broken(file, "own", &figures()).expect("the file is well formed");
        assert_eq!(
            broken,
            ["own: recall is 70, below its floor of 71", "own: wrong is 2, above its ceiling of 1"]
        );
    }

    #[test]
    fn a_figure_at_its_bound_holds_and_other_corpora_are_left_alone() {
        let file = "[own]\nrecall = { least = 70 }\nwrong = { most = 2 }\n[other]\nrecall = { least = 99 }\n";
        assert!(broken(file, "own", &figures()).expect("the file is well formed").is_empty());
    }

    #[test]
    fn a_misspelt_figure_or_bound_is_an_error() {
        assert!(broken("[own]\nrecal = { least = 1 }", "own", &figures()).is_err());
        assert!(broken("[own]\nrecall = { lest = 1 }", "own", &figures()).is_err());
    }
}
