//! What there is to pick in the library: order, columns, years, kinds, other files.

use super::super::layer::pick;
use super::item;
use crate::figure::catalogue::Catalogue;
use crate::query::{ReportRow, SortKey};
use crate::report::Kind;
use crate::text::clean::clean_line;
use crate::tui::command::Command;
use crate::tui::state::layer::{Item, Pick};
use crate::tui::state::{Place, State};
use crate::tui::text;

/// Orders of the list.
pub fn sorts(state: &mut State) {
    let language = state.language;
    let now = state.library.sort.key.clone();
    let mut items: Vec<Item> = [
        (SortKey::Region, "sort.region"),
        (SortKey::Year, "sort.year"),
        (SortKey::Title, "sort.title"),
        (SortKey::Path, "sort.path"),
        (SortKey::Findings, "sort.findings"),
    ]
    .into_iter()
    .map(|(key, name)| Item {
        chosen: key == now,
        ..item(language.text(name), Pick::Sort(key))
    })
    .collect();
    let shown = state.library.columns.clone();
    let catalogue = Catalogue::current();
    let (first, rest): (Vec<_>, Vec<_>) = catalogue
        .indicators
        .iter()
        .partition(|i| shown.contains(&i.key));
    for indicator in first.into_iter().chain(rest) {
        let key = SortKey::Indicator(indicator.key.clone());
        items.push(Item {
            chosen: key == now,
            detail: format!(
                "{} {}",
                text::other_label(indicator, language),
                indicator.key
            ),
            aside: indicator.unit.clone(),
            ..item(text::label(indicator, language), Pick::Sort(key))
        });
    }
    pick(state, "sort.pick", items, false);
}

/// Years there are reports of.
pub fn years(state: &mut State) {
    let now = match state.place {
        Place::Analysis => state.analysis.year,
        _ => state.library.year,
    };
    let mut items = vec![Item {
        chosen: now.is_none(),
        ..item(state.language.text("year.all"), Pick::Year(None))
    }];
    if let Some((first, last)) = state.counts.years {
        items.extend((first..=last).rev().map(|y| Item {
            chosen: now == Some(y),
            ..item(y.to_string(), Pick::Year(Some(y)))
        }));
    }
    pick(state, "year.pick", items, false);
}

/// Reports, other documents, and what could not be read.
pub fn kinds(state: &mut State) {
    let l = state.language;
    let now = state.library.kind;
    let counts = &state.counts;
    let mut items: Vec<Item> = [
        (None, "show.all", counts.reports + counts.others),
        (Some(Kind::Report), "show.reports", counts.reports),
        (Some(Kind::Other), "show.others", counts.others),
    ]
    .into_iter()
    .map(|(kind, name, count)| Item {
        chosen: kind == now,
        aside: count.to_string(),
        ..item(l.text(name), Pick::Kind(kind))
    })
    .collect();
    if counts.copies > 0 {
        items.push(Item {
            aside: counts.copies.to_string(),
            chosen: state.library.copies,
            ..item(l.text("show.copies"), Pick::Copies(!state.library.copies))
        });
    }
    items.push(Item {
        aside: counts.failures.to_string(),
        ..item(l.text("show.failures"), Pick::Command(Command::Failures))
    });
    pick(state, "show.pick", items, false);
}

/// The other files of one body and year.
pub fn copies(state: &mut State, rows: &[ReportRow]) {
    let l = state.language;
    if rows.is_empty() {
        let words = l.text("copies.none").to_owned();
        state.tell(crate::tui::action::Tone::Good, words);
        return;
    }
    let items = rows.iter().map(|row| {
        let form = l.text(&format!("form.short_{:?}", row.form)).to_owned();
        let stands = match (row.is_copy, row.differing) {
            (false, _) => l.text("copies.taken").to_owned(),
            (true, None) => l.text("copies.same").to_owned(),
            (true, Some(0)) => l.text("copies.words").to_owned(),
            (true, Some(n)) => l.fill("copies.differing", &[("count", &n.to_string())]),
        };
        let figures = l.fill("copies.figures", &[("count", &row.figures.to_string())]);
        Item {
            detail: clean_line(&row.title).into_owned(),
            aside: format!("{stands} · {form} · {figures}"),
            ..item(clean_line(&row.path), Pick::Report(row.id.clone()))
        }
    });
    let items = items.collect();
    pick(state, "copies.pick", items, false);
}

/// Indicators to show beside the reports.
pub fn columns(state: &mut State) {
    let language = state.language;
    let shown = &state.library.columns;
    let mut indicators: Vec<_> = Catalogue::current().indicators.iter().collect();
    let place = |key: &String| shown.iter().position(|c| c == key).unwrap_or(usize::MAX);
    indicators.sort_by_key(|i| place(&i.key));
    let items = indicators.into_iter().map(|i| Item {
        detail: format!("{} {}", text::other_label(i, language), i.key),
        aside: i.unit.clone(),
        chosen: shown.contains(&i.key),
        ..item(text::label(i, language), Pick::Column(i.key.clone()))
    });
    let items = items.collect();
    pick(state, "columns.pick", items, true);
}
