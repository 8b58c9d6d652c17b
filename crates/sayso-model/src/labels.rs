//! The label sets of the syntax model, as enums: the program branches on them.
//!
//! Discriminants follow the order of the model's own label lists.

macro_rules! labels {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        #[expect(missing_docs, reason = "the scheme's own names")]
        pub enum $name { $($variant,)+ }

        impl $name {
            /// Every label, in the model's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The scheme's spelling.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }

            /// The label of a spelling.
            #[must_use]
            pub fn from_label(label: &str) -> Option<Self> {
                match label { $($text => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

labels! {
    /// Penn Treebank part-of-speech tags, as extended by OntoNotes 5.
    Tag {
        Currency = "$",
        CloseQuote = "''",
        Comma = ",",
        OpenBracket = "-LRB-",
        CloseBracket = "-RRB-",
        Stop = ".",
        Colon = ":",
        Add = "ADD",
        Afx = "AFX",
        Cc = "CC",
        Cd = "CD",
        Dt = "DT",
        Ex = "EX",
        Fw = "FW",
        Hyph = "HYPH",
        In = "IN",
        Jj = "JJ",
        Jjr = "JJR",
        Jjs = "JJS",
        Ls = "LS",
        Md = "MD",
        Nfp = "NFP",
        Nn = "NN",
        Nnp = "NNP",
        Nnps = "NNPS",
        Nns = "NNS",
        Pdt = "PDT",
        Pos = "POS",
        Prp = "PRP",
        PrpPoss = "PRP$",
        Rb = "RB",
        Rbr = "RBR",
        Rbs = "RBS",
        Rp = "RP",
        Sym = "SYM",
        To = "TO",
        Uh = "UH",
        Vb = "VB",
        Vbd = "VBD",
        Vbg = "VBG",
        Vbn = "VBN",
        Vbp = "VBP",
        Vbz = "VBZ",
        Wdt = "WDT",
        Wp = "WP",
        WpPoss = "WP$",
        Wrb = "WRB",
        Xx = "XX",
        Space = "_SP",
        OpenQuote = "``",
    }
}

labels! {
    /// Universal parts of speech (UD v2), with `SPACE` for white space.
    Pos {
        Adj = "ADJ",
        Adp = "ADP",
        Adv = "ADV",
        Aux = "AUX",
        Cconj = "CCONJ",
        Det = "DET",
        Intj = "INTJ",
        Noun = "NOUN",
        Num = "NUM",
        Part = "PART",
        Pron = "PRON",
        Propn = "PROPN",
        Punct = "PUNCT",
        Sconj = "SCONJ",
        Sym = "SYM",
        Verb = "VERB",
        Other = "X",
        Space = "SPACE",
    }
}

labels! {
    /// Dependency labels of the ClearNLP scheme.
    Dep {
        Root = "ROOT",
        Acl = "acl",
        Acomp = "acomp",
        Advcl = "advcl",
        Advmod = "advmod",
        Agent = "agent",
        Amod = "amod",
        Appos = "appos",
        Attr = "attr",
        Aux = "aux",
        Auxpass = "auxpass",
        Case = "case",
        Cc = "cc",
        Ccomp = "ccomp",
        Compound = "compound",
        Conj = "conj",
        Csubj = "csubj",
        Csubjpass = "csubjpass",
        Dative = "dative",
        Dep = "dep",
        Det = "det",
        Dobj = "dobj",
        Expl = "expl",
        Intj = "intj",
        Mark = "mark",
        Meta = "meta",
        Neg = "neg",
        Nmod = "nmod",
        Npadvmod = "npadvmod",
        Nsubj = "nsubj",
        Nsubjpass = "nsubjpass",
        Nummod = "nummod",
        Oprd = "oprd",
        Parataxis = "parataxis",
        Pcomp = "pcomp",
        Pobj = "pobj",
        Poss = "poss",
        Preconj = "preconj",
        Predet = "predet",
        Prep = "prep",
        Prt = "prt",
        Punct = "punct",
        Quantmod = "quantmod",
        Relcl = "relcl",
        Xcomp = "xcomp",
    }
}

labels! {
    /// Named entity types of OntoNotes 5.
    EntityKind {
        Cardinal = "CARDINAL",
        Date = "DATE",
        Event = "EVENT",
        Fac = "FAC",
        Gpe = "GPE",
        Language = "LANGUAGE",
        Law = "LAW",
        Loc = "LOC",
        Money = "MONEY",
        Norp = "NORP",
        Ordinal = "ORDINAL",
        Org = "ORG",
        Percent = "PERCENT",
        Person = "PERSON",
        Product = "PRODUCT",
        Quantity = "QUANTITY",
        Time = "TIME",
        WorkOfArt = "WORK_OF_ART",
    }
}
