//! The whole system on one screen: each stage is a function of the layers before it.

use crate::act;
use crate::article::Article;
use crate::attribution::tagger::{self, Tagged};
use crate::attribution::{Attribution, rules};
use crate::identity;
use crate::ledger::build::Findings;
use crate::ledger::{self, Ledger};
use crate::quotations::{self, Quotations};
use crate::sections::Sections;
use crate::syntax::{self, Syntax};
use crate::time;
use crate::via;
use sayso_model::SyntaxModel;
use sayso_model::acts::reader::Reader;
use sayso_model::attribution::{AttributionNet, Tier};

/// Everything that was fitted. Made once; any number of threads may read with it.
#[derive(Debug)]
pub struct Models {
    /// Tokens, tags, trees, names.
    pub syntax: SyntaxModel,
    /// Anchors and roles.
    pub attribution: AttributionNet,
    /// Acts and targets by meaning; the accurate tier has it.
    pub reader: Option<Reader>,
}

/// What the stages before the ledger found.
#[derive(Debug)]
pub struct Layers {
    /// Tokens, heads, entities.
    pub syntax: Syntax,
    /// Quoted stretches.
    pub quotations: Quotations,
    /// Source, cue and content.
    pub attributions: Vec<Attribution>,
}

impl Models {
    /// The models that are part of the program.
    #[must_use]
    pub fn load(tier: Tier) -> Self {
        let reader = match tier {
            Tier::Fast => None,
            Tier::Accurate => Some(Reader::load()),
        };
        Self { syntax: SyntaxModel::load(), attribution: AttributionNet::load(tier), reader }
    }
}

/// An article in, its layers out. Cannot fail.
#[must_use]
pub fn inspect(article: &Article, models: &Models) -> Layers {
    let quotations = quotations::find(article);
    let mut syntax = Syntax::default();
    let mut tagged = Tagged::default();
    for section in Sections::of(article) {
        let mut part = syntax::parse_section(&article.text, &section, &models.syntax);
        tagged.append(tagger::propose(&article.text, &part, &quotations, &models.attribution));
        // vectors are most of the memory, and the tagger is the last to need them
        part.vectors = Vec::new();
        syntax.append(part);
    }
    let attributions = rules::around(article, &syntax, &quotations, tagged);
    Layers { syntax, quotations, attributions }
}

/// An article in, its ledger out. Cannot fail: what is odd becomes a note.
#[must_use]
pub fn analyze(article: &Article, models: &Models) -> Ledger {
    let layers = inspect(article, models);
    let Layers { syntax, quotations, attributions } = &layers;
    let identities = identity::resolve(article, syntax, quotations, attributions);
    let judgements =
        act::judge(article, syntax, quotations, attributions, &identities, models.reader.as_ref());
    let routes = via::trace(article, syntax, quotations, attributions, &identities, &judgements);
    let times = time::date(article, syntax, quotations, attributions, &identities);
    let found = Findings {
        attributions,
        identities: &identities,
        judgements: &judgements,
        routes: &routes,
        times: &times,
    };
    ledger::build::ledger(article, &found)
}
