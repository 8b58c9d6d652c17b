//! Who reviews: the argument that says so, and what it means.

use clap::{Arg, ArgMatches};
use std::ffi::OsString;

/// The variable that names the reviewer.
const VARIABLE: &str = "SAYSO_REVIEWER";

pub(crate) fn argument() -> Arg {
    Arg::new("reviewer")
        .long("reviewer")
        .value_name("NAME")
        .help("Who says so; else $SAYSO_REVIEWER, else $USER")
}

/// The reviewer's name.
///
/// # Errors
/// A sentence that says what was expected.
pub(crate) fn of(matches: &ArgMatches) -> Result<String, String> {
    name(matches.get_one::<String>("reviewer").cloned(), |name| std::env::var_os(name))
}

fn name(given: Option<String>, variable: impl Fn(&str) -> Option<OsString>) -> Result<String, String> {
    let usual = |name: &str| variable(name).and_then(|value| value.into_string().ok());
    let known = [given, usual(VARIABLE), usual("USER")].into_iter().flatten();
    let name = known.map(|name| name.trim().to_owned()).find(|name| !name.is_empty());
    let name =
        name.ok_or_else(|| format!("nobody is known to review; expected --reviewer NAME or {VARIABLE}"))?;
    if name.chars().any(char::is_control) {
        return Err(format!("--reviewer {name:?}: expected a name on one line"));
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_says_who_reviews() {
        let known = [(VARIABLE, "Vera"), ("USER", "ann")];
        let found = |given: Option<&str>, from: usize| {
            name(given.map(str::to_owned), |name| {
                let known = known[from..].iter().find(|(other, _)| *other == name);
                known.map(|(_, value)| OsString::from(value))
            })
        };
        assert_eq!(found(Some(" Jonas "), 0).as_deref(), Ok("Jonas"));
        assert_eq!(found(Some(" "), 0).as_deref(), Ok("Vera"));
        assert_eq!(found(None, 1).as_deref(), Ok("ann"));
        assert!(found(None, 2).is_err_and(|why| why.contains("--reviewer")));
        assert!(found(Some("a\u{1b}b"), 0).is_err());
    }
}
