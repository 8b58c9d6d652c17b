//! Words of calendar and clock: `lexicon/en/times.toml`, read once.

use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// A span of time that is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// What is known about a word.
#[derive(Clone, Debug, Default)]
pub(super) struct Word {
    pub(super) month: Option<i8>,
    /// 1 is Monday.
    pub(super) weekday: Option<i8>,
    /// Whether the same letters are another word: "may", "sun".
    pub(super) is_ambiguous: bool,
    /// Counted in, and how many of them: a fortnight is two weeks.
    pub(super) unit: Option<(Unit, u32)>,
    pub(super) is_plural: bool,
    pub(super) part: Option<&'static str>,
    pub(super) season: Option<&'static str>,
    pub(super) offset: Option<i32>,
    pub(super) reference: Option<&'static str>,
    pub(super) set: Option<&'static str>,
    pub(super) cardinal: Option<u32>,
    pub(super) ordinal: Option<u32>,
    pub(super) decade: Option<i16>,
    pub(super) is_vague: bool,
    pub(super) is_zone: bool,
    pub(super) is_feast: bool,
    pub(super) is_occasion: bool,
    pub(super) is_event: bool,
    /// Which sort of writing it is, by the place of its row.
    pub(super) writing: Option<u32>,
    pub(super) is_scholar: bool,
    pub(super) is_publishing: bool,
    pub(super) is_appearing: bool,
}

/// The lists, by lower-case word.
pub(super) struct Lexicon {
    words: HashMap<&'static str, Word>,
    /// Words of a feast with its month and day.
    pub(super) feasts: Vec<(Vec<&'static str>, i8, i8)>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(load);
static FILE: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(include_str!("../../lexicon/en/times.toml")).expect("times.toml is valid")
});
static UNKNOWN: LazyLock<Word> = LazyLock::new(Word::default);

/// What is known about a word in lower case.
pub(super) fn word(lower: &str) -> &'static Word {
    LEXICON.words.get(lower).unwrap_or(&UNKNOWN)
}

/// Feasts on fixed days.
pub(super) fn feasts() -> &'static [(Vec<&'static str>, i8, i8)] {
    &LEXICON.feasts
}

#[derive(Deserialize)]
struct File {
    months: String,
    weekdays: String,
    ambiguous: String,
    units: String,
    parts: String,
    seasons: String,
    offsets: String,
    past: String,
    present: String,
    future: String,
    sets: String,
    cardinals: String,
    ordinals: String,
    decades: String,
    vague: String,
    zones: String,
    feasts: String,
    feast_weekdays: String,
    occasions: String,
    events: String,
    writings: String,
    scholars: String,
    publishing: String,
    appearing: String,
}

fn load() -> Lexicon {
    let file: &'static File = &FILE;
    let mut words: HashMap<&'static str, Word> = HashMap::new();
    let mut put = |list: &'static str, set: &dyn Fn(&mut Word)| {
        list.split_whitespace().for_each(|word| set(words.entry(word).or_default()));
    };
    for (row, n) in rows(&file.months).zip(1..) {
        put(row, &|word| word.month = Some(n));
    }
    for (row, n) in rows(&file.weekdays).zip(1..) {
        put(row, &|word| word.weekday = Some(n));
    }
    put(&file.ambiguous, &|word| word.is_ambiguous = true);
    for row in rows(&file.units) {
        let forms: HashSet<&str> = row.split_whitespace().collect();
        for form in row.split_whitespace() {
            let unit = unit(row.split_whitespace().next().unwrap_or_default());
            let is_plural =
                form.ends_with('s') && forms.contains(&form[..form.len() - 1]) || form == "centuries";
            put(form, &|word| (word.unit, word.is_plural) = (unit, is_plural));
        }
    }
    for (code, row) in keyed(&file.parts) {
        put(row, &|word| word.part = Some(code));
    }
    for (code, row) in keyed(&file.seasons) {
        put(row, &|word| word.season = Some(code));
    }
    for (days, row) in keyed(&file.offsets) {
        put(row, &|word| word.offset = days.parse().ok());
    }
    for (list, value) in
        [(&file.past, "PAST_REF"), (&file.present, "PRESENT_REF"), (&file.future, "FUTURE_REF")]
    {
        put(list, &|word| word.reference = Some(value));
    }
    for (value, row) in keyed(&file.sets) {
        put(row, &|word| word.set = Some(value));
    }
    for (number, row) in keyed(&file.cardinals) {
        put(row, &|word| word.cardinal = number.parse().ok());
    }
    for (number, row) in keyed(&file.ordinals) {
        put(row, &|word| word.ordinal = number.parse().ok());
    }
    for (number, row) in keyed(&file.decades) {
        put(row, &|word| word.decade = number.parse().ok());
    }
    put(&file.vague, &|word| word.is_vague = true);
    put(&file.feast_weekdays, &|word| word.is_feast = true);
    put(&file.zones, &|word| word.is_zone = true);
    put(&file.occasions, &|word| word.is_occasion = true);
    put(&file.events, &|word| word.is_event = true);
    for (row, n) in rows(&file.writings).zip(0..) {
        put(row, &|word| word.writing = Some(n));
    }
    put(&file.scholars, &|word| word.is_scholar = true);
    put(&file.publishing, &|word| word.is_publishing = true);
    put(&file.appearing, &|word| word.is_appearing = true);
    let feasts = keyed(&file.feasts).filter_map(|(day, row)| {
        let (month, day) = day.split_once('-')?;
        Some((row.split_whitespace().collect(), month.parse().ok()?, day.parse().ok()?))
    });
    Lexicon { feasts: feasts.collect(), words }
}

fn unit(name: &str) -> Option<(Unit, u32)> {
    Some(match name {
        "second" => (Unit::Second, 1),
        "minute" => (Unit::Minute, 1),
        "hour" => (Unit::Hour, 1),
        "day" => (Unit::Day, 1),
        "week" => (Unit::Week, 1),
        "fortnight" => (Unit::Week, 2),
        "month" => (Unit::Month, 1),
        "quarter" => (Unit::Quarter, 1),
        "year" => (Unit::Year, 1),
        "decade" => (Unit::Decade, 1),
        "century" => (Unit::Century, 1),
        _ => return None,
    })
}

fn rows(list: &str) -> impl Iterator<Item = &str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty())
}

fn keyed(list: &str) -> impl Iterator<Item = (&str, &str)> {
    rows(list).filter_map(|row| row.split_once(' '))
}
