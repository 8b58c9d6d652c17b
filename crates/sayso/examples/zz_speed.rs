//! tmp
use sayso::article::*;
use sayso::text::Text;
use std::time::Instant;
fn main() {
    let m = sayso_model::SyntaxModel::load();
    let mut w = 0;
    let mut t = [0f64; 2];
    let mut n = 0;
    let show = std::env::args().nth(2);
    for l in std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap().lines() {
        let v: serde_json::Value = serde_json::from_str(l).unwrap();
        let s = v["text"].as_str().unwrap().to_owned();
        let text = Text::new(s).unwrap();
        let mut blocks = vec![];
        let mut st = 0;
        for line in text.as_str().split_inclusive('\n') {
            let sp = text.trim(text.span_at(st, st + line.len()).unwrap());
            st += line.len();
            if !sp.is_empty() {
                blocks.push(Block { role: BlockRole::Paragraph, span: sp });
            }
        }
        let a = Article { text, blocks, origin: Origin::default(), notes: vec![] };
        let q = sayso::quotations::find(&a);
        let x = sayso::syntax::parse(&a, &m);
        let at = sayso::attribution::rules::find(&a, &x, &q);
        w += a.text.as_str().split_whitespace().count();
        let s0 = Instant::now();
        let f = sayso::identity::resolve(&a, &x, &q, &at);
        t[0] += s0.elapsed().as_secs_f64();
        let s0 = Instant::now();
        let j = sayso::act::judge(&a, &x, &q, &at);
        t[1] += s0.elapsed().as_secs_f64();
        n += j.len();
        if let Some(mode) = &show {
            let sl =
                |v: &[sayso::text::Span]| v.iter().map(|s| a.text.slice(*s)).collect::<Vec<_>>().join(" // ");
            if mode == "names" {
                for s in &f.sources {
                    if s.names.len() > 1 {
                        println!("{:?}", s.names);
                    }
                }
            } else {
                println!("#### {}", v["title"].as_str().or(v["id"].as_str()).unwrap_or(""));
                for i in 0..at.len() {
                    println!(
                        "{} | {} || {:?} [{}] {:?} || {} | {}",
                        sl(&at[i].source),
                        sl(&at[i].cue),
                        f.speakers[i].name.as_deref().unwrap_or("-"),
                        f.speakers[i]
                            .candidates
                            .iter()
                            .map(|c| f.sources[*c].name.clone())
                            .collect::<Vec<_>>()
                            .join(";"),
                        j[i].act,
                        sl(&at[i].content),
                        a.text
                            .slice(
                                at[i]
                                    .because
                                    .first()
                                    .map_or(at[i].content.first().copied().unwrap_or(a.text.span()), |r| r
                                        .span)
                            )
                            .len()
                    );
                }
            }
        }
    }
    eprintln!(
        "{w} words, {n} attributions: identity {:.2} us/word, act {:.2} us/word",
        t[0] * 1e6 / w as f64,
        t[1] * 1e6 / w as f64
    );
}
