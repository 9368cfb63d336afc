//! Two reports' texts: the list of their sections, and the sentences of one pair.

use super::name;
use crate::query::texts::{Sentence, sentences};
use crate::text::clean::clean_line;
use crate::tui::action::{Spot, TextPair};
use crate::tui::state::State;
use crate::tui::state::layer::{Card, CardLine, Item, Pick, Target};
use crate::tui::text;
use crate::tui::update::layer;

/// Lists the sections with what each pair has in common.
pub fn list(state: &mut State, pair: TextPair) {
    let l = state.language;
    let [a, b] = &pair.docs;
    let heading = |doc: &crate::tui::action::Doc, at| text::heading(&doc.reading.report, at, l);
    let level = |doc: &crate::tui::action::Doc, at: usize| {
        let section = doc.reading.report.sections.get(at);
        section.map_or(0, |s| s.level.saturating_sub(1))
    };
    let whole = pair.texts.common.to_string();
    let mut items = vec![Item {
        label: l.fill("texts.whole", &[("common", &whole)]),
        detail: String::new(),
        aside: String::new(),
        depth: 0,
        chosen: false,
        pick: Pick::Texts(usize::MAX),
    }];
    for (at, p) in pair.texts.pairs.iter().enumerate() {
        let (sign, aside, label, depth) = match (p.a, p.b) {
            (Some(i), Some(_)) if p.common == 100 => (
                "=",
                l.text("texts.same").to_owned(),
                heading(a, i),
                level(a, i),
            ),
            (Some(i), Some(_)) => {
                let common = p.common.to_string();
                let aside = l.fill("texts.common", &[("common", &common)]);
                ("≈", aside, heading(a, i), level(a, i))
            }
            (Some(i), None) => (
                "-",
                l.text("texts.only_a").to_owned(),
                heading(a, i),
                level(a, i),
            ),
            (None, Some(j)) => (
                "+",
                l.text("texts.only_b").to_owned(),
                heading(b, j),
                level(b, j),
            ),
            (None, None) => continue,
        };
        items.push(Item {
            label: format!("{sign} {label}"),
            detail: String::new(),
            aside,
            depth,
            chosen: false,
            pick: Pick::Texts(at),
        });
    }
    state.compare.texts = Some(pair);
    layer::pick(state, "texts.pick", items, false);
}

/// The sentences of a pair of sections; of the whole texts for a number beyond the pairs.
pub fn sections(state: &mut State, at: usize) {
    let Some(pair) = state.compare.texts.clone() else {
        return;
    };
    let [a, b] = &pair.docs;
    let p = pair.texts.pairs.get(at);
    let of = |doc: &crate::tui::action::Doc, at: Option<usize>| {
        let report = &doc.reading.report;
        let range = match p {
            None => 0..report.text.len(),
            Some(_) => at.map_or(0..0, |i| report.sections[i].own.clone()),
        };
        (
            report
                .text
                .get(range.clone())
                .unwrap_or_default()
                .to_owned(),
            range,
        )
    };
    let (left, from) = of(a, p.and_then(|p| p.a));
    let (right, to) = of(b, p.and_then(|p| p.b));
    let mut lines = Vec::new();
    let mut links = Vec::new();
    for (letter, doc, range) in [("A", a, from), ("B", b, to)] {
        if !range.is_empty() {
            let sign = if letter == "A" { "-" } else { "+" };
            lines.push(CardLine::Link(
                links.len(),
                format!("{sign} {letter}"),
                name(doc),
            ));
            links.push(Target::Spot(Spot {
                id: doc.id.clone(),
                range: range.start..range.start + 1,
            }));
        }
    }
    lines.push(CardLine::Blank);
    for sentence in sentences(&left, &right) {
        let (side, words) = match sentence {
            Sentence::Both(s) => (0, s),
            Sentence::OnlyA(s) => (-1, s),
            Sentence::OnlyB(s) => (1, s),
        };
        lines.push(CardLine::Sentence(side, clean_line(words).into_owned()));
    }
    let title = match p.and_then(|p| Some((p.a.or(p.b)?, p.a.is_some()))) {
        Some((i, in_a)) => {
            let doc = if in_a { a } else { b };
            text::heading(&doc.reading.report, i, state.language)
        }
        None => state.language.text("texts.pick").to_owned(),
    };
    layer::read(
        state,
        Card {
            links,
            ..Card::new(title, lines)
        },
    );
}
