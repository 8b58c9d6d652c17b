//! Where the library is.

use std::ffi::OsString;
use std::path::PathBuf;

/// The variable that names the library's file.
pub(crate) const VARIABLE: &str = "SAYSO_LIBRARY";

/// What `--library` says, else `$SAYSO_LIBRARY`, else `sayso/library.db` in the folder for data.
///
/// # Errors
/// A sentence that says what was expected.
pub(crate) fn path(
    given: Option<PathBuf>,
    variable: impl Fn(&str) -> Option<OsString>,
) -> Result<PathBuf, String> {
    let folder = |name: &str| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    // the specification of these folders takes whole paths only
    let data = || folder("XDG_DATA_HOME").filter(|path| path.is_absolute());
    let home = || folder("HOME").or_else(|| folder("USERPROFILE")).map(|home| home.join(".local/share"));
    given
        .or_else(|| folder(VARIABLE))
        .or_else(|| data().or_else(home).map(|data| data.join("sayso/library.db")))
        .ok_or_else(|| format!("no folder for the library is known; expected --library FILE or {VARIABLE}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_says_where_it_is() {
        let known = [(VARIABLE, "/v/l.db"), ("XDG_DATA_HOME", "/data"), ("HOME", "/home/maron")];
        let found = |given: Option<&str>, from: usize| {
            path(given.map(PathBuf::from), |name| {
                let known = known[from..].iter().find(|(other, _)| *other == name);
                known.map(|(_, value)| OsString::from(value))
            })
        };
        for (given, from, expected) in [
            (Some("a.db"), 0, "a.db"),
            (None, 0, "/v/l.db"),
            (None, 1, "/data/sayso/library.db"),
            (None, 2, "/home/maron/.local/share/sayso/library.db"),
        ] {
            assert_eq!(found(given, from), Ok(PathBuf::from(expected)));
        }
        assert!(found(None, 3).is_err_and(|why| why.contains("--library")));
    }
}
