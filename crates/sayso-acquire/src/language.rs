//! Which language a text is in.
//!
//! sayso reads English. What looks like another language is said in a note and in
//! `origin.language`; nothing is guessed about who speaks in it.

use sayso::article::Article;
use whatlang::{Lang, Script};

/// How much text decides.
const SAMPLE_CHARS: usize = 6000;
/// Fewer letters than this are no evidence against English in Latin script.
const FEWEST_LETTERS: usize = 100;
/// In another script, as many are evidence enough.
const FEWEST_FOREIGN: usize = 12;

/// Whether statements are looked for in a text of this language (a BCP 47 tag): English, and what is not known.
#[must_use]
pub fn is_read(language: Option<&str>) -> bool {
    language
        .is_none_or(|tag| tag.split(['-', '_']).next().is_some_and(|main| main.eq_ignore_ascii_case("en")))
}

/// Fills `origin.language`, with a note where that is not English.
pub(crate) fn note(article: &mut Article) {
    let mut sample = String::new();
    let read = article.blocks.iter().filter(|block| block.is_read());
    for block in read {
        let left = SAMPLE_CHARS.saturating_sub(sample.len());
        if left == 0 {
            break;
        }
        let words = article.text.slice(block.span);
        let end = words.char_indices().map(|(at, _)| at).nth(left).unwrap_or(words.len());
        sample.push_str(&words[..end]);
        sample.push('\n');
    }
    let language = detect(&sample);
    if language.is_none_or(|(tag, _)| tag == "en") {
        foreign_blocks(article);
    }
    let Some((tag, name)) = language else { return };
    article.origin.language = Some(tag.to_owned());
    if tag != "en" {
        article
            .notes
            .push(format!("text looks like {name}; sayso reads English, so no statements were looked for"));
    }
}

/// Marks the blocks of an English text that are in another language, with a note.
fn foreign_blocks(article: &mut Article) {
    let mut names: Vec<&str> = Vec::new();
    let mut count = 0;
    for block in article.blocks.iter_mut().filter(|block| block.role.is_read()) {
        let words = article.text.slice(block.span);
        // most blocks are plainly English, and telling languages apart takes long
        if !may_be_foreign(words) {
            continue;
        }
        // names and addresses in a list are no language
        let is_clear =
            whatlang::detect(words).is_some_and(|info| info.script() != Script::Latin || info.is_reliable());
        let Some((tag, name)) = detect(words).filter(|(tag, _)| is_clear && *tag != "en") else { continue };
        block.language = Some(tag);
        count += 1;
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if count > 0 {
        let (are, look) = if count == 1 { ("", "looks") } else { ("s", "look") };
        let names = names.join(", ");
        article.notes.push(format!("{count} paragraph{are} {look} like {names}; sayso reads English, so no statements were looked for there"));
    }
}

/// Whether a block has next to no English words, or hardly a Latin letter.
fn may_be_foreign(words: &str) -> bool {
    let (mut letters, mut latin) = (0, 0);
    for letter in words.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        // up to Latin Extended Additional, but for Greek, Cyrillic and what lies behind them
        latin += usize::from(matches!(letter, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}'));
    }
    if latin * 2 < letters {
        letters >= FEWEST_FOREIGN
    } else {
        letters >= FEWEST_LETTERS && small_words(words) < 0.02
    }
}

/// The tag and English name of the language, if the text is long and clear enough to tell.
fn detect(text: &str) -> Option<(&'static str, &'static str)> {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let info = whatlang::detect(text)?;
    if info.script() != Script::Latin {
        // Whichever language of another script it is, it is not English.
        return (letters >= FEWEST_FOREIGN).then(|| (tag(info.lang()), info.lang().eng_name()));
    }
    let small = small_words(text);
    match info.lang() {
        _ if letters < FEWEST_LETTERS => None,
        _ if small >= 0.12 => Some(("en", "English")),
        Lang::Eng => (small >= 0.04).then_some(("en", "English")),
        lang => (small < 0.04 || info.is_reliable()).then(|| (tag(lang), lang.eng_name())),
    }
}

/// The share of words that no English goes without and other languages hardly have. Names and
/// loanwords mislead the trigrams of a short text; these do not.
fn small_words(text: &str) -> f32 {
    const SMALL: &[&str] = &[
        "the", "of", "and", "to", "that", "was", "is", "he", "she", "it", "for", "with", "on", "by", "his",
        "her", "they", "from", "which", "this", "have", "has", "had", "not", "said", "were", "are", "be",
        "who", "its", "their", "would", "will",
    ];
    let (mut all, mut small) = (0usize, 0usize);
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        all += 1;
        small += usize::from(SMALL.iter().any(|s| s.eq_ignore_ascii_case(word)));
    }
    small as f32 / all.max(1) as f32
}

/// ISO 639-1 where there is one, as BCP 47 wants.
fn tag(language: Lang) -> &'static str {
    const SHORT: &[(&str, &str)] = &[
        ("eng", "en"),
        ("ara", "ar"),
        ("deu", "de"),
        ("fra", "fr"),
        ("spa", "es"),
        ("rus", "ru"),
        ("por", "pt"),
        ("ita", "it"),
        ("tur", "tr"),
        ("heb", "he"),
        ("pes", "fa"),
        ("cmn", "zh"),
        ("jpn", "ja"),
        ("kor", "ko"),
        ("ukr", "uk"),
        ("pol", "pl"),
        ("nld", "nl"),
        ("ces", "cs"),
        ("ell", "el"),
        ("bul", "bg"),
        ("srp", "sr"),
        ("hrv", "hr"),
        ("hun", "hu"),
        ("ron", "ro"),
        ("swe", "sv"),
        ("dan", "da"),
        ("nob", "nb"),
        ("fin", "fi"),
        ("hin", "hi"),
        ("ben", "bn"),
        ("urd", "ur"),
        ("vie", "vi"),
        ("tha", "th"),
        ("ind", "id"),
        ("bel", "be"),
        ("kat", "ka"),
        ("hye", "hy"),
        ("aze", "az"),
        ("lit", "lt"),
        ("lav", "lv"),
        ("est", "et"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("cat", "ca"),
        ("mkd", "mk"),
        ("afr", "af"),
        ("epo", "eo"),
        ("lat", "la"),
        ("yid", "yi"),
    ];
    SHORT.iter().find(|(long, _)| *long == language.code()).map_or(language.code(), |(_, short)| short)
}

#[test]
fn languages_are_told_apart() {
    let tag = |text: &str| detect(text).map(|(tag, _)| tag);
    let german = "Der Minister sagte am Freitag, dass die Brücke geschlossen bleibt. „Wir wissen nicht, wann sie wieder geöffnet wird“, erklärte er.";
    let french = "Le ministre a déclaré vendredi que le pont resterait fermé jusqu'à nouvel ordre, et que personne ne savait quand il rouvrirait.";
    assert_eq!(tag(german), Some("de"));
    assert_eq!(tag(french), Some("fr"));
    assert_eq!(tag("قال الوزير يوم الجمعة إن الجسر سيبقى مغلقا"), Some("ar"));
    let names = "Käthe Grün-Østergård told Göteborgs-Posten that Łukasz Żółć had met Jörg Müller and Šárka Dvořáková in Kraków on Friday for talks.";
    assert_eq!(tag(names), Some("en"));
    assert_eq!(tag("Ja, sagte er."), None);
}
