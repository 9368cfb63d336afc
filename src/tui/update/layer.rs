//! Layers: lists to pick from and cards to read; how they are made and what keys do there.

use super::{compare, library, reader, run, step};
use crate::config::keymap::{Code, Key};
use crate::figure::catalogue::Catalogue;
use crate::query::SortKey;
use crate::report::Part;
use crate::text::clean::clean_line;
use crate::tui::action::{Job, Spot};
use crate::tui::command::{Command, Context, Keymap};
use crate::tui::fuzzy::Matcher;
use crate::tui::geometry;
use crate::tui::state::layer::{Card, CardLine, Item, Pick, Picker};
use crate::tui::state::{Cursor, Input, Layer, State};
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

/// Rows and columns a picker or card wants.
pub const PICKER: (u16, u16) = (76, 22);
/// Rows and columns a picker or card wants.
pub const CARD: (u16, u16) = (92, 30);

/// Rows of a picker's list on a screen of this size.
fn rows(size: (u16, u16)) -> usize {
    let area = geometry::layer(size.0, size.1, PICKER.0, PICKER.1);
    usize::from(area.h.saturating_sub(4)).max(1)
}

/// Keeps a layer's cursor on the screen.
pub fn fit(layer: &mut Layer, size: (u16, u16)) {
    if let Layer::Picker(p) = layer {
        p.cursor.fit(p.left.len(), rows(size));
    }
}

/// Puts a picker on top, on the item that is chosen now.
fn pick(state: &mut State, title: &'static str, items: Vec<Item>, several: bool) {
    let mut picker = Picker {
        title,
        items,
        input: Input::default(),
        left: Vec::new(),
        cursor: Cursor::default(),
        several,
    };
    narrow(&mut picker);
    let chosen = picker.items.iter().position(|i| i.chosen && !several);
    let len = picker.left.len();
    picker
        .cursor
        .select(chosen.unwrap_or(0), len, rows(state.size));
    state.layers.push(Layer::Picker(picker));
}

/// Puts a card on top.
pub fn read(state: &mut State, card: Card) {
    state.layers.push(Layer::Card(card));
}

/// The items that match what was typed, the best first.
pub fn narrow(picker: &mut Picker) {
    let query = picker.input.text();
    let matcher = Matcher::new(query);
    let mut left: Vec<_> = picker
        .items
        .iter()
        .enumerate()
        .filter_map(|(i, item)| {
            let detail = format!("{} {}", item.detail, item.aside);
            matcher.score(&item.label, &detail).map(|(s, m)| (s, i, m))
        })
        .collect();
    left.sort_by_key(|l| (l.0, l.1));
    picker.left = left.into_iter().map(|(_, i, m)| (i, m)).collect();
    picker.cursor = Cursor::default();
}

/// A key while a layer is on top.
pub fn press(state: &mut State, key: Key) -> Vec<Job> {
    let contexts = [Context::Move, Context::Global];
    let size = state.size;
    let command = state.keymap.command(key, &contexts);
    match state.layers.last_mut() {
        Some(Layer::Picker(picker)) => {
            let plain = matches!(key.code, Code::Char(_)) && !key.ctrl && !key.alt;
            let mark = picker.several && (key.code == Code::Tab || key == Key::char(' '));
            if mark {
                if let Some((i, _)) = picker.left.get(picker.cursor.at) {
                    let item = &mut picker.items[*i];
                    item.chosen = !item.chosen;
                }
                let len = picker.left.len();
                picker
                    .cursor
                    .step(crate::tui::state::Step::By(1), len, rows(size));
                return Vec::new();
            }
            let home = matches!(key.code, Code::Home | Code::End) && picker.input.is_empty();
            let paging = key.ctrl && matches!(key.code, Code::Char('f' | 'b' | 'd'));
            if !home
                && !paging
                && (plain || command != Some(Command::Close))
                && picker.input.key(key)
            {
                narrow(picker);
                return Vec::new();
            }
            match command {
                Some(Command::Open) => return take(state),
                Some(Command::Close | Command::Palette | Command::Help | Command::Quit) => {
                    state.layers.pop();
                }
                Some(Command::Next) => return press(state, Key::plain(Code::Down)),
                Some(Command::Previous) => return press(state, Key::plain(Code::Up)),
                Some(command) => {
                    if let Some(step) = step(command) {
                        let len = picker.left.len();
                        picker.cursor.step(step, len, rows(size));
                    }
                }
                None => {}
            }
        }
        Some(Layer::Card(card)) => match command {
            Some(Command::Open) if card.target.is_some() => {
                let target = card.target.clone();
                state.layers.clear();
                if let Some((id, at)) = target {
                    super::leave(state);
                    return reader::open(
                        state,
                        Spot {
                            id,
                            range: at..at + 1,
                        },
                        "",
                    );
                }
            }
            Some(Command::Open | Command::Close | Command::Quit | Command::Help) => {
                state.layers.pop();
            }
            Some(Command::Next | Command::Previous) => {
                state.layers.pop();
                if let Some(command) = command {
                    let jobs = run(state, command);
                    if state.place == crate::tui::state::Place::Reader {
                        super::card::figure(state);
                    }
                    return jobs;
                }
            }
            Some(Command::Palette) => palette(state),
            Some(command) => {
                if let Some(step) = step(command) {
                    scroll(card, step, size);
                }
            }
            None if key == Key::char('y') => return super::card::copy(state),
            None => {}
        },
        None => {}
    }
    Vec::new()
}

/// Scrolls a card.
pub fn scroll(card: &mut Card, step: crate::tui::state::Step, size: (u16, u16)) {
    use crate::tui::state::Step;
    let area = geometry::layer(size.0, size.1, CARD.0, CARD.1).inset(2, 1);
    let len = text::card_lines(card, usize::from(area.w)).len();
    let height = usize::from(area.h).max(1);
    let page = isize::try_from(height.saturating_sub(1).max(1)).unwrap_or(1);
    let top = match step {
        Step::By(n) => card.top.saturating_add_signed(n),
        Step::Page(n) => card.top.saturating_add_signed(n * page),
        Step::First => 0,
        Step::Last => len,
    };
    card.top = top.min(len.saturating_sub(height));
}

/// Takes what is under the cursor of the picker.
pub fn take(state: &mut State) -> Vec<Job> {
    let Some(Layer::Picker(picker)) = state.layers.pop() else {
        return Vec::new();
    };
    if picker.several {
        let mut chosen: Vec<Pick> = Vec::new();
        for item in picker.items.iter().filter(|i| i.chosen) {
            chosen.push(item.pick.clone());
        }
        let columns = chosen.into_iter().filter_map(|p| match p {
            Pick::Column(key) => Some(key),
            _ => None,
        });
        return library::columns(state, columns.collect());
    }
    let Some((at, _)) = picker.left.get(picker.cursor.at) else {
        return Vec::new();
    };
    match picker.items[*at].pick.clone() {
        Pick::Command(command) => return run(state, command),
        Pick::Sort(key) => return library::sort(state, key),
        Pick::Year(year) => return library::year(state, year),
        Pick::Section(at) => reader::to_section(state, at),
        Pick::Part(part) => reader::to_part(state, part),
        Pick::Finding(at) => super::card::finding(state, at),
        Pick::Indicators(group) => compare::only(state, group),
        Pick::Column(_) => {}
    }
    Vec::new()
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
    read(
        state,
        Card {
            title,
            lines,
            top: 0,
            target: None,
        },
    );
}

/// What could not be read, and why.
pub fn failures(state: &mut State) {
    let language = state.language;
    let mut lines = Vec::new();
    if state.failures.is_empty() {
        lines.push(CardLine::Note(language.text("failures.none").to_owned()));
    }
    for failure in &state.failures {
        let (path, reason) = (clean_line(&failure.path), clean_line(&failure.reason));
        lines.push(CardLine::Pair(path.into_owned(), reason.into_owned()));
    }
    let count = state.failures.len().to_string();
    let title = language.fill("failures.title", &[("count", &count)]);
    read(
        state,
        Card {
            title,
            lines,
            top: 0,
            target: None,
        },
    );
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
    let catalogue = Catalogue::embedded();
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
    let now = state.library.year;
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

/// Indicators to show beside the reports.
pub fn columns(state: &mut State) {
    let language = state.language;
    let shown = &state.library.columns;
    let mut indicators: Vec<_> = Catalogue::embedded().indicators.iter().collect();
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
    order.sort_by_key(|&i| text::gravity(doc.reading.findings[i].status));
    let items = order.into_iter().map(|i| {
        let finding = &doc.reading.findings[i];
        let words = clean_line(text::message(&finding.message, state.language)).into_owned();
        Item {
            detail: finding.formula.clone(),
            aside: finding.rule.to_owned(),
            ..item(
                format!("{} {words}", text::status_mark(finding.status)),
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

/// Groups of indicators to compare.
pub fn indicators(state: &mut State) {
    let language = state.language;
    let now = state.compare.only.clone();
    let mut items = vec![Item {
        chosen: now.is_none(),
        ..item(language.text("indicators.all"), Pick::Indicators(None))
    }];
    items.extend(Catalogue::embedded().groups.iter().map(|g| Item {
        chosen: now.as_ref() == Some(&g.name),
        ..item(
            text::pick_language(language, &g.zh, &g.en),
            Pick::Indicators(Some(g.name.clone())),
        )
    }));
    pick(state, "indicators.pick", items, false);
}
