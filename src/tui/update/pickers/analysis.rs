//! What there is to pick where reports are compared and ranked.

use super::super::layer::pick;
use super::item;
use crate::figure::catalogue::Catalogue;
use crate::figure::rates;
use crate::report::Level;
use crate::text::clean::clean_line;
use crate::tui::state::State;
use crate::tui::state::compare::DERIVED;
use crate::tui::state::layer::{Export, Item, Pick};
use crate::tui::text;

/// Rules, with how many findings of each have been seen.
pub fn rules(state: &mut State) {
    let l = state.language;
    let now = state.analysis.rule.clone();
    let count = |id: &str| {
        let all = state.analysis.audited.iter().flat_map(|a| &a.findings);
        all.filter(|f| f.rule == id).count()
    };
    let mut items = vec![Item {
        chosen: now.is_none(),
        ..item(l.text("analysis.all_rules"), Pick::Rule(None))
    }];
    for rule in crate::audit::rules() {
        let asks = clean_line(text::message(&rule.asks, l)).into_owned();
        let seen = count(&rule.id);
        items.push(Item {
            chosen: now.as_ref() == Some(&rule.id),
            aside: if seen > 0 {
                seen.to_string()
            } else {
                String::new()
            },
            ..item(
                format!("{}  {asks}", rule.id),
                Pick::Rule(Some(rule.id.clone())),
            )
        });
    }
    pick(state, "analysis.pick_rule", items, false);
}

/// Indicators to rank by.
pub fn ranked(state: &mut State) {
    let l = state.language;
    let now = &state.analysis.indicator;
    // What the catalogue has of a rate's key is the rate as a report states it.
    let stated = Catalogue::current().indicators.iter();
    let stated = stated.filter(|i| rates::definition(&i.key).is_none());
    let indicators = stated.map(|i| Item {
        chosen: i.key == *now,
        detail: format!("{} {}", text::other_label(i, l), i.key),
        aside: i.unit.clone(),
        ..item(text::label(i, l), Pick::Rank(i.key.clone()))
    });
    let rates = rates::definitions().map(|d| Item {
        chosen: d.key == *now,
        detail: format!("{} {} {}", d.zh, d.en, d.key),
        aside: d.unit().to_owned(),
        ..item(text::label_of(&d.key, l), Pick::Rank(d.key.clone()))
    });
    let items = indicators.chain(rates).collect();
    pick(state, "analysis.pick_indicator", items, false);
}

/// Levels of regions.
pub fn levels(state: &mut State) {
    let l = state.language;
    let now = state.analysis.level;
    let mut items = vec![Item {
        chosen: now.is_none(),
        ..item(l.text("analysis.all_levels"), Pick::Level(None))
    }];
    items.extend(Level::ALL.map(|level| {
        let key = format!("level.{}", crate::tui::state::search::level_key(level));
        Item {
            chosen: now == Some(level),
            ..item(l.text(&key), Pick::Level(Some(level)))
        }
    }));
    pick(state, "analysis.pick_level", items, false);
}

/// Groups of indicators to compare.
pub fn indicators(state: &mut State) {
    let language = state.language;
    let now = state.compare.only.clone();
    let mut items = vec![Item {
        chosen: now.is_none(),
        ..item(language.text("indicators.all"), Pick::Indicators(None))
    }];
    items.extend(Catalogue::current().groups.iter().map(|g| Item {
        chosen: now.as_ref() == Some(&g.name),
        ..item(
            text::pick_language(language, &g.zh, &g.en),
            Pick::Indicators(Some(g.name.clone())),
        )
    }));
    let compared = state.compare.compared.as_ref();
    if compared.is_some_and(|c| !c.comparison.derived.is_empty()) {
        items.push(Item {
            chosen: now.as_deref() == Some(DERIVED),
            ..item(
                language.text("compare.derived"),
                Pick::Indicators(Some(DERIVED.to_owned())),
            )
        });
    }
    pick(state, "indicators.pick", items, false);
}

/// Formats to write the comparison in.
pub fn exports(state: &mut State) {
    let l = state.language;
    let formats = [
        ("compare.export_md", Export::Markdown),
        ("compare.export_csv", Export::Csv),
        ("compare.export_json", Export::Json),
    ];
    let items = formats.map(|(name, format)| item(l.text(name), Pick::Export(format)));
    pick(state, "compare.export_as", items.to_vec(), false);
}
