//! What there is to pick and to read in layers: made from the command table, the catalogue
//! and the report at hand.

use super::layer::{pick, read};
use super::review;
use crate::figure::catalogue::Catalogue;
use crate::figure::rates;
use crate::query::{ReportRow, SortKey};
use crate::report::{Kind, Part};
use crate::text::clean::clean_line;
use crate::tui::command::{Command, Context, Keymap};
use crate::tui::state::compare::DERIVED;
use crate::tui::state::layer::{Card, CardLine, Export, Item, Pick};
use crate::tui::state::{Place, State};
use crate::tui::text;

/// The canonical parts, in the order in which reports have them.
const PARTS: [Part; 10] = [
    Part::Overview,
    Part::Disclosure,
    Part::Requests,
    Part::Consult,
    Part::Disputes,
    Part::Fees,
    Part::Staff,
    Part::Problems,
    Part::Other,
    Part::Appendix,
];

/// Key of a part's name in the language files.
pub fn part_key(part: Part) -> &'static str {
    match part {
        Part::Overview => "part.overview",
        Part::Disclosure => "part.disclosure",
        Part::Requests => "part.requests",
        Part::Consult => "part.consult",
        Part::Disputes => "part.disputes",
        Part::Fees => "part.fees",
        Part::Staff => "part.staff",
        Part::Problems => "part.problems",
        Part::Other => "part.other",
        Part::Appendix => "part.appendix",
    }
}

fn item(label: impl Into<String>, pick: Pick) -> Item {
    Item {
        label: label.into(),
        detail: String::new(),
        aside: String::new(),
        depth: 0,
        chosen: false,
        pick,
    }
}

/// Every command that can be asked for here, by name in both languages and by key.
pub fn palette(state: &mut State) {
    use crate::config::language::Language;
    let here = state.place.context();
    let mut items = Vec::new();
    for &command in Command::ALL {
        if command == Command::Palette || (command.is_motion() && command != Command::Open) {
            continue;
        }
        let Some(&context) = command
            .contexts()
            .iter()
            .find(|c| matches!(c, Context::Global | Context::Move) || **c == here)
        else {
            continue;
        };
        let label = command.label(
            if context == Context::Move {
                here
            } else {
                context
            },
            state.language,
        );
        let other = match state.language {
            Language::Zh => Language::En,
            Language::En => Language::Zh,
        };
        let key = state.keymap.key(here, command);
        items.push(Item {
            detail: format!("{}  {}", command.label(here, other), command.name()),
            aside: key.map(|k| k.to_string()).unwrap_or_default(),
            ..item(label, Pick::Command(command))
        });
    }
    pick(state, "palette.title", items, false);
}

/// What the keys do here, generated from the table; and what is wrong with the key file.
pub fn help(state: &mut State) {
    let here = state.place.context();
    let language = state.language;
    let mut lines = Vec::new();
    if state.place == crate::tui::state::Place::Search {
        lines.push(CardLine::Heading(
            language.text("search.help_title").to_owned(),
        ));
        for row in language.text("search.help").lines() {
            let (left, right) = row.split_once('|').unwrap_or((row, ""));
            lines.push(CardLine::Pair(
                left.trim().to_owned(),
                right.trim().to_owned(),
            ));
        }
        lines.push(CardLine::Blank);
    }
    for context in [here, Context::Move, Context::Global] {
        let title = format!("help.{}", context.name());
        lines.push(CardLine::Heading(language.text(&title).to_owned()));
        for &command in Command::ALL {
            let keys = state.keymap.keys(context, command);
            if !command.contexts().contains(&context) || keys.is_empty() {
                continue;
            }
            let names: Vec<String> = keys.iter().map(ToString::to_string).collect();
            let label_in = if context == Context::Move {
                here
            } else {
                context
            };
            let label = command.label(label_in, language);
            lines.push(CardLine::Pair(names.join(" "), label));
        }
        lines.push(CardLine::Blank);
    }
    let problems = state.keymap.problems.iter();
    let problems: Vec<String> = problems.map(|p| Keymap::explain(p, language)).collect();
    if !problems.is_empty() {
        lines.push(CardLine::Heading(language.text("help.problems").to_owned()));
        lines.extend(problems.into_iter().map(CardLine::Note));
    }
    let title = language.text("help.title").to_owned();
    read(state, Card::new(title, lines));
}

/// What could not be read, and why.
pub fn failures(state: &mut State) {
    let language = state.language;
    let mut lines = Vec::new();
    if state.failures.is_empty() {
        lines.push(CardLine::Note(language.text("failures.none").to_owned()));
    }
    for failure in &state.failures {
        let reason = language.sentence(&failure.reason);
        let (path, reason) = (clean_line(&failure.path), clean_line(&reason));
        lines.push(CardLine::Pair(path.into_owned(), reason.into_owned()));
    }
    let count = state.failures.len().to_string();
    let title = language.fill("failures.title", &[("count", &count)]);
    read(state, Card::new(title, lines));
}

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
        let figures = l.fill("copies.figures", &[("count", &row.figures.to_string())]);
        Item {
            detail: clean_line(&row.title).into_owned(),
            aside: format!("{form} · {figures}"),
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

/// The report's own headings, then the canonical parts.
pub fn outline(state: &mut State) {
    // The report still on the screen is not the one that was opened.
    if state.reader.wanted.is_some() {
        state.reader.wanted_outline = true;
        return;
    }
    let Some(doc) = state.reader.doc.clone() else {
        return;
    };
    let language = state.language;
    let report = &doc.reading.report;
    let here = state.reader.section();
    let mut items = Vec::new();
    for (at, section) in report.sections.iter().enumerate() {
        let part = section.part.map(|p| language.text(part_key(p)).to_owned());
        items.push(Item {
            detail: part.clone().unwrap_or_default(),
            aside: part.filter(|_| section.level <= 1).unwrap_or_default(),
            depth: section.level.saturating_sub(1),
            chosen: here == Some(at),
            ..item(text::heading(report, at, language), Pick::Section(at))
        });
    }
    for part in PARTS {
        if report.sections.iter().any(|s| s.part == Some(part)) {
            items.push(Item {
                aside: language.text("outline.part").to_owned(),
                ..item(
                    format!("→ {}", language.text(part_key(part))),
                    Pick::Part(part),
                )
            });
        }
    }
    pick(state, "outline.title", items, false);
}

/// What was checked, the gravest first.
pub fn findings(state: &mut State) {
    let Some(doc) = state.reader.doc.clone() else {
        return;
    };
    let mut order: Vec<usize> = (0..doc.reading.findings.len()).collect();
    let standing = |i: usize| text::standing(&doc.reading.findings[i], &state.reviews);
    order.sort_by_key(|&i| text::gravity(standing(i)));
    let items = order.into_iter().map(|i| {
        let finding = &doc.reading.findings[i];
        let mut words = clean_line(text::message(&finding.message, state.language)).into_owned();
        if let Some(said) = review::said(state, finding) {
            words = format!("[{said}] {words}");
        }
        Item {
            // Most messages hold the formula already.
            detail: if words.contains(&finding.formula) {
                String::new()
            } else {
                finding.formula.clone()
            },
            aside: finding.rule.to_owned(),
            ..item(
                format!("{} {words}", text::status_mark(standing(i))),
                Pick::Finding(i),
            )
        }
    });
    let items: Vec<Item> = items.collect();
    if items.is_empty() {
        let words = state.language.text("findings.none").to_owned();
        state.tell(crate::tui::action::Tone::Good, words);
        return;
    }
    pick(state, "findings.title", items, false);
}

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
    use crate::report::Level as L;
    let l = state.language;
    let now = state.analysis.level;
    let all = [
        L::National,
        L::Province,
        L::Prefecture,
        L::County,
        L::Township,
    ];
    let mut items = vec![Item {
        chosen: now.is_none(),
        ..item(l.text("analysis.all_levels"), Pick::Level(None))
    }];
    items.extend(all.map(|level| {
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
