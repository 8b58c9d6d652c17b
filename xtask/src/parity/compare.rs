//! Agreements counted, differences kept to be shown.

use super::spacy::Analysis;
use sayso_model::Parsed;

/// How many words around a difference are shown.
const AROUND: usize = 4;

/// How many differences of a stage are kept.
const KEPT: usize = 1000;

#[derive(Default)]
pub(super) struct Comparison {
    texts: usize,
    sentences: usize,
    tokens: Stage,
    tags: Stage,
    pos: Stage,
    links: Stage,
    starts: Stage,
    lemmas: Stage,
    entities: Stage,
}

#[derive(Default)]
struct Stage {
    equal: usize,
    all: usize,
    differences: Vec<String>,
}

impl Comparison {
    /// Compares one text. Where its tokens differ, nothing else of it agrees.
    pub(super) fn add(&mut self, text: &str, ours: &Parsed, theirs: &Analysis) {
        let count = theirs.forms.len();
        self.texts += 1;
        self.sentences += theirs.starts.iter().filter(|starts| **starts).count();
        let found: Vec<(&str, bool)> = ours
            .tokens
            .iter()
            .map(|token| (&text[token.start as usize..token.end as usize], token.space_after))
            .collect();
        let wanted: Vec<(&str, bool)> =
            theirs.forms.iter().map(String::as_str).zip(theirs.spaces.iter().copied()).collect();
        if found != wanted {
            let same = found.iter().zip(&wanted).take_while(|(found, wanted)| found == wanted).count();
            let show = |tokens: &[(&str, bool)]| {
                let some: Vec<&str> =
                    tokens[same.saturating_sub(1)..].iter().take(2 * AROUND).map(|token| token.0).collect();
                some.join(" ")
            };
            self.tokens.differ(count, || format!("{}, spaCy {}", show(&found), show(&wanted)));
            let stages = [&mut self.tags, &mut self.pos, &mut self.links, &mut self.starts, &mut self.lemmas];
            stages.into_iter().for_each(|stage| stage.all += count);
            self.entities.all += theirs.entities.len() + ours.entities.len();
            return;
        }
        self.tokens.agree(count);
        for at in 0..count {
            let place = || {
                let words = |from: usize, to: usize| theirs.forms[from..to.min(count)].join(" ");
                let (before, after) = (words(at.saturating_sub(AROUND), at), words(at + 1, at + 1 + AROUND));
                format!("{before} [{}] {after}", theirs.forms[at])
            };
            let name = |at: u32| &theirs.forms[at as usize];
            let mut compare = |stage: fn(&mut Self) -> &mut Stage, found: &str, wanted: &str| {
                stage(self).compare(found == wanted, || format!("{}: {found}, spaCy {wanted}", place()));
            };
            compare(|c| &mut c.tags, ours.tags[at].as_str(), &theirs.tags[at]);
            compare(|c| &mut c.pos, ours.pos[at].as_str(), &theirs.pos[at]);
            compare(|c| &mut c.lemmas, &ours.lemmas[at], &theirs.lemmas[at]);
            let (found, wanted) =
                ((ours.heads[at], ours.deps[at].as_str()), (theirs.heads[at], &*theirs.deps[at]));
            self.links.compare(found == wanted, || {
                let [ours, theirs] = [found, wanted].map(|(head, dep)| format!("{dep} of {}", name(head)));
                format!("{}: {ours}, spaCy {theirs}", place())
            });
            let (found, wanted) = (ours.sentence_starts[at], theirs.starts[at]);
            self.starts.compare(found == wanted, || format!("{}: {found}, spaCy {wanted}", place()));
        }
        let entities = |first: u32, end: u32| theirs.forms[first as usize..end as usize].join(" ");
        let ours: Vec<(u32, u32, &str)> =
            ours.entities.iter().map(|&(first, end, kind)| (first, end, kind.as_str())).collect();
        let theirs: Vec<(u32, u32, &str)> =
            theirs.entities.iter().map(|(first, end, kind)| (*first, *end, &**kind)).collect();
        for (some, others, whose) in [(&ours, &theirs, "ours alone"), (&theirs, &ours, "spaCy's alone")] {
            for one in some {
                let (first, end, kind) = *one;
                let describe = || format!("{} [{kind}]: {whose}", entities(first, end));
                self.entities.compare(others.contains(one), describe);
            }
        }
    }

    pub(super) fn print(&self, show: usize) {
        println!("{} texts, {} sentences, {} tokens", self.texts, self.sentences, self.tokens.all);
        let stages = [
            ("tokens", &self.tokens),
            ("tags", &self.tags),
            ("parts of speech", &self.pos),
            ("heads with labels", &self.links),
            ("sentence starts", &self.starts),
            ("lemmas", &self.lemmas),
            ("entities (both sides)", &self.entities),
        ];
        for (name, stage) in stages {
            let percent = 100.0 * stage.equal as f64 / stage.all.max(1) as f64;
            println!("{name:<24} {percent:>9.3}%  {} of {}", stage.equal, stage.all);
        }
        for (name, stage) in stages {
            if !stage.differences.is_empty() && show > 0 {
                println!("\n{name}");
            }
            stage.differences.iter().take(show).for_each(|difference| println!("  {difference}"));
        }
    }
}

impl Stage {
    fn agree(&mut self, count: usize) {
        self.equal += count;
        self.all += count;
    }

    fn differ(&mut self, count: usize, describe: impl FnOnce() -> String) {
        self.all += count;
        if self.differences.len() < KEPT {
            self.differences.push(describe());
        }
    }

    fn compare(&mut self, equal: bool, describe: impl FnOnce() -> String) {
        if equal { self.agree(1) } else { self.differ(1, describe) }
    }
}
