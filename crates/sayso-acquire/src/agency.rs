//! The news agency that is credited with a text.
//!
//! Read off the byline, the dateline of the first paragraphs, and the credits of the article; agencies that are credited with a picture, or cited in
//! the text, are not meant.

use crate::evidence;
use sayso::article::{Article, BlockRole};

/// How agencies sign, and the names they are known by; longer forms first.
const AGENCIES: &[(&str, &[&str])] = &[
    ("Reuters", &["Thomson Reuters", "Reuters"]),
    ("Associated Press", &["The Associated Press", "Associated Press", "AP"]),
    ("Agence France-Presse", &["Agence France-Presse", "Agence France Presse", "AFP"]),
    ("Deutsche Presse-Agentur", &["Deutsche Presse-Agentur", "dpa", "DPA"]),
    ("PA Media", &["PA Media", "Press Association", "PA news agency", "PA"]),
    ("EFE", &["Agencia EFE", "EFE"]),
    ("ANSA", &["ANSA"]),
    ("TASS", &["ITAR-TASS", "TASS"]),
    ("Interfax", &["Interfax-Ukraine", "Interfax"]),
    ("Ukrinform", &["Ukrinform"]),
    ("Xinhua", &["Xinhua News Agency", "Xinhua"]),
    ("Kyodo", &["Kyodo News", "Kyodo"]),
    ("Yonhap", &["Yonhap News Agency", "Yonhap"]),
    ("Anadolu Agency", &["Anadolu Agency", "Anadolu", "AA"]),
    ("Press Trust of India", &["Press Trust of India", "PTI"]),
    ("Asian News International", &["Asian News International", "ANI"]),
    ("Indo-Asian News Service", &["Indo-Asian News Service", "IANS"]),
    ("United Press International", &["United Press International", "UPI"]),
    ("The Canadian Press", &["The Canadian Press", "Canadian Press"]),
    ("Australian Associated Press", &["Australian Associated Press", "AAP"]),
    ("Inter Press Service", &["Inter Press Service", "IPS"]),
    ("News Agency of Nigeria", &["News Agency of Nigeria", "NAN"]),
    ("Ghana News Agency", &["Ghana News Agency", "GNA"]),
    ("Antara", &["Antara News", "ANTARA", "Antara"]),
    ("Bernama", &["BERNAMA", "Bernama"]),
    ("IRNA", &["IRNA"]),
    ("SANA", &["SANA"]),
    ("WAFA", &["WAFA"]),
    ("MENA", &["MENA"]),
    ("Belga", &["Belga"]),
    ("APA", &["APA"]),
    ("NTB", &["NTB"]),
    ("Ritzau", &["Ritzau"]),
    ("TT", &["TT"]),
    ("ANP", &["ANP"]),
    ("PAP", &["PAP"]),
    ("CNA", &["CNA"]),
    ("Bloomberg", &["Bloomberg News", "Bloomberg"]),
];

/// Short forms that mean nothing else behind a name; "PA" may be a physician's.
const CLEAR: &[&str] = &["AP", "AFP", "dpa", "DPA", "PTI", "ANI", "UPI"];

/// How a line about rights starts.
const RIGHTS: &[&str] = &["copyright", "©", "(c)"];
/// Paragraphs that may start with a dateline.
const DATELINES: usize = 2;
/// Characters before the dash of a dateline.
const LONGEST_DATELINE: usize = 80;
/// Bytes of a byline that is looked through.
const LONGEST_BYLINE: usize = 200;

/// Whether a name in a byline is an agency's, and no person's.
pub(crate) fn is_one(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    let name = ["the ", ""].iter().find_map(|start| name.strip_prefix(start)).unwrap_or(&name);
    let name = [" staff", " news", ""].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    let forms = AGENCIES.iter().flat_map(|(_, forms)| forms.iter());
    forms.filter(|form| form.len() > 3 || CLEAR.contains(form)).any(|form| {
        let form = form.to_lowercase();
        form.strip_prefix("the ").unwrap_or(&form) == name
    })
}

/// "Ada Kell" of "Ada Kell (Reuters)", "Ada Kell – AFP", "Ada Kell with AP".
pub(crate) fn without(name: &str) -> &str {
    let starts = [" (", " – ", " — ", " - ", " with "];
    let cut = starts.iter().filter_map(|start| {
        let (name, behind) = name.rsplit_once(start)?;
        is_one(behind.trim_end_matches(')')).then_some(name.trim_end())
    });
    cut.min_by_key(|name| name.len()).unwrap_or(name)
}

/// Fills in the agency; `bylines` are those that are not in its text.
pub(crate) fn note(article: &mut Article, bylines: &[String]) {
    let Some((agency, from)) = of(article, bylines) else { return };
    article.origin.agency = Some(agency.to_owned());
    article.origin.because.push(evidence::of("agency", from));
}

/// The agency of an article, and what says so.
fn of(article: &Article, bylines: &[String]) -> Option<(&'static str, &'static str)> {
    let text = |role: fn(BlockRole) -> bool| {
        article
            .blocks
            .iter()
            .filter(move |block| role(block.role))
            .map(|block| article.text.slice(block.span))
    };
    let byline = bylines.iter().map(String::as_str).find_map(in_byline);
    let rights = || {
        // further up they are a picture's
        let end = article.blocks.iter().rposition(|block| block.is_read()).map_or(0, |last| last + 1);
        let behind = article.blocks[end..].iter().filter(|block| block.role == BlockRole::Boilerplate);
        let is_rights = |line: &&str| RIGHTS.iter().any(|start| line.to_lowercase().starts_with(start));
        behind.map(|block| article.text.slice(block.span)).filter(is_rights).find_map(in_credit)
    };
    let credit = || text(|role| role == BlockRole::Credit).find_map(in_credit).or_else(rights);
    let dateline = || {
        let prose = |role| matches!(role, BlockRole::Paragraph | BlockRole::Standfirst);
        text(prose).take(DATELINES).find_map(in_dateline)
    };
    let told =
        byline.map(|agency| (agency, "byline")).or_else(|| dateline().map(|agency| (agency, "dateline")));
    told.or_else(|| credit().map(|agency| (agency, "credit")))
}

/// An agency that is named as a whole in a stretch of words: "Reuters in Brezna", "Mira Orn, AP".
fn named(words: &str, may_be_short: bool) -> Option<&'static str> {
    let parts = || {
        let parts = words.split([',', ';', '/', '|', '(', ')', '–', '—', '·', '•', '&', ':']);
        parts.flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" with ")).map(str::trim)
    };
    let is = |part: &str, form: &str| {
        let rest = part.strip_prefix(form);
        rest.is_some_and(|rest| {
            rest.is_empty()
                || rest.starts_with(" in ")
                || [" staff", " Staff", " News"].iter().any(|more| {
                    rest.strip_prefix(more).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
                })
        })
    };
    let may_be = |form: &&&str| may_be_short || form.len() > 3 || CLEAR.contains(form);
    let names = |forms: &[&str]| forms.iter().filter(may_be).any(|form| parts().any(|part| is(part, form)));
    let found = AGENCIES.iter().find(|(_, forms)| names(forms));
    found.map(|(name, _)| *name)
}

/// "By Ada Kell and Leon Orr, Reuters in Brezna", "Associated Press"
fn in_byline(byline: &str) -> Option<&'static str> {
    let byline = byline.trim();
    let lower = byline.get(..3).unwrap_or_default().to_lowercase();
    let byline = if lower == "by " { &byline[3..] } else { byline };
    (byline.len() <= LONGEST_BYLINE).then(|| named(byline, false)).flatten()
}

/// "BREZNA (Reuters) - ", "BREZNA, Nov 9 (AP) —", "(AFP) – "
fn in_dateline(paragraph: &str) -> Option<&'static str> {
    let head: String = paragraph.chars().take(LONGEST_DATELINE).collect();
    let dash = [" - ", " – ", " — ", "—", "–", " -- "].iter().filter_map(|dash| head.find(dash)).min()?;
    let (before, open) = head[..dash].rsplit_once('(').map(|(before, open)| (before, open.trim_end()))?;
    let is_place = before
        .split_whitespace()
        .all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    let agency = open.strip_suffix(')').filter(|_| is_place)?;
    named(agency, true)
}

/// "Reporting by Ada Kell; Editing by Leon Orr" is Reuters' own; "Source: ANI", "(With inputs from PTI)", "© 2021 AFP", "Associated Press"
fn in_credit(credit: &str) -> Option<&'static str> {
    let bare = credit.trim_matches(|c: char| !c.is_alphanumeric() && c != '©');
    let lower = bare.to_lowercase();
    let is_picture = ["photo", "image", "picture", "video", "getty", "illustration", "graphic"]
        .iter()
        .any(|word| lower.contains(word));
    if is_picture {
        return None;
    }
    if lower.starts_with("reporting by") && lower.contains("editing by") {
        return Some("Reuters");
    }
    let starts = ["source:", "with inputs from ", "with agency inputs", "agencies:", "by "];
    let start = starts.iter().chain(RIGHTS).find(|start| lower.starts_with(**start));
    let words = start.map_or(bare, |start| bare.get(start.len()..).unwrap_or_default());
    let words = words.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ' || c == '©' || c == ':');
    named(words.trim_end_matches('.'), start.is_some_and(|start| *start != "by "))
}

#[test]
fn who_is_credited() {
    assert_eq!(in_byline("By Ada Kell and Leon Orr, Reuters in Brezna"), Some("Reuters"));
    assert_eq!(in_byline("The Associated Press"), Some("Associated Press"));
    assert_eq!(in_byline("Ada Kell, PA"), None);
    assert_eq!(in_byline("Ada Kell, Apia"), None);
    assert!(["REUTERS", "The Associated Press", "Reuters Staff", "afp"].into_iter().all(is_one));
    assert!(!["Antara Stafford", "Tass Kell", "PA"].into_iter().any(is_one));
    assert_eq!(without("Ada Kell (Reuters)"), "Ada Kell");
    assert_eq!(without("Ada Kell – AFP"), "Ada Kell");
    assert_eq!(without("Ada Kell with AP"), "Ada Kell");
    assert_eq!(without("Ada Kell - Orr"), "Ada Kell - Orr");
    assert_eq!(in_dateline("BREZNA (Reuters) - The well is dry."), Some("Reuters"));
    assert_eq!(in_dateline("BREZNA, Nov 9 (AP) — The well is dry."), Some("Associated Press"));
    assert_eq!(in_dateline("The minister told journalists (AFP was there) - and left."), None);
    assert_eq!(in_credit("(Reporting by Ada Kell; Editing by Leon Orr)"), Some("Reuters"));
    assert_eq!(in_credit("(With inputs from PTI)"), Some("Press Trust of India"));
    assert_eq!(in_credit("© 2021 AFP"), Some("Agence France-Presse"));
    assert_eq!(in_credit("Photo: AFP"), None);
}
