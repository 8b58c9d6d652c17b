#[path = "support/gold.rs"]
mod gold;
#[test]
fn dbg() {
    let model = sayso_model::SyntaxModel::load();
    for g in gold::outside("al-kazemi.jsonl").into_iter().chain(gold::own()) {
        let syntax = sayso::syntax::parse(&g.article, &model);
        let q = sayso::quotations::find(&g.article);
        let f = sayso::identity::resolve(&g.article, &syntax, &q, &g.attributions);
        println!("== {}", g.name);
        for s in &f.sources {
            println!(
                "{} | {:?} {:?} | {:?} | roles {:?} | aff {:?} | {} mentions",
                s.name,
                s.kind,
                s.status,
                s.names,
                s.roles.iter().map(|r| g.article.text.slice(*r)).collect::<Vec<_>>(),
                s.affiliation,
                s.mentions.len()
            );
        }
        if std::env::var_os("TOK").is_some() {
            for t in &syntax.tokens {
                println!(
                    "{} {:?} {:?} {:?} ->{} s{}",
                    g.article.text.slice(t.span),
                    t.tag,
                    t.pos,
                    t.dep,
                    g.article.text.slice(syntax.tokens[t.head as usize].span),
                    t.sentence
                );
            }
            for e in &syntax.entities {
                println!(
                    "E {} {:?}",
                    (e.first..e.end)
                        .map(|i| g.article.text.slice(syntax.tokens[i as usize].span))
                        .collect::<Vec<_>>()
                        .join(" "),
                    e.kind
                );
            }
        }
    }
}
