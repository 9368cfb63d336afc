//! The library: tree, list, preview.

use crate::config::theme::Role;
use crate::query::{ReportRow, SortKey};
use crate::report::{Kind, Level};
use crate::text::clean::clean_line;
use crate::text::width::cells;
use crate::tui::geometry::{self, Area};
use crate::tui::state::search::level_key;
use crate::tui::state::{Focus, State};
use crate::tui::text;
use crate::tui::widget::Pen;

/// Cells of a column of numbers.
const COLUMN: u16 = 12;

/// Draws the library.
pub fn draw(state: &State, pen: &mut Pen<'_>) {
    let library = &state.library;
    let body = state.shell().body;
    let panes = geometry::library(body, library.focus, library.preview);
    tree(state, pen, panes.tree);
    if panes.tree.w > 0 && panes.tree.w < body.w {
        pen.upright(panes.tree.x + panes.tree.w, body.y, body.h);
    }
    crumb(state, pen, panes.crumb);
    let plan = plan(state, panes.list.w);
    head(state, pen, panes.head, &plan);
    list(state, pen, panes.list, &plan);
    totals(state, pen, panes.totals, &plan);
    if panes.preview.h > 0 && panes.preview.w > 0 {
        super::preview::draw(state, pen, panes.preview);
    }
}

fn tree(state: &State, pen: &mut Pen<'_>, area: Area) {
    if area.h == 0 || area.w == 0 {
        return;
    }
    let library = &state.library;
    let branches = library.branches();
    let focused = library.focus == Focus::Side;
    let glyphs = pen.skin.glyphs;
    for y in 0..area.h {
        let at = library.tree.top + usize::from(y);
        if at > branches.len() {
            break;
        }
        let style = row_style(pen, area, y, at == library.tree.at, focused);
        let dim = pen.style(Role::Dim).patch(style);
        let (label, count, depth, sign) = match at.checked_sub(1).map(|i| branches[i]) {
            None => {
                let name = state.language.text(text::grouping_key(library.grouping));
                let all = state.language.fill("library.all", &[("by", name)]);
                let nodes = library.nodes.iter().filter(|n| n.depth == 0);
                (all, nodes.map(|n| n.count).sum(), 0, "")
            }
            Some(branch) => {
                let node = &library.nodes[branch.node];
                let sign = match branch.open {
                    Some(true) => glyphs.open,
                    Some(false) => glyphs.closed,
                    None => "",
                };
                (node_label(state, &node.label), node.count, node.depth, sign)
            }
        };
        let count = count.to_string();
        let end = area.w.saturating_sub(1);
        let x = 2 + u16::from(depth) * 2;
        pen.put(area, x, y, sign, dim);
        let room = end.saturating_sub(x + 3 + count.len() as u16);
        pen.cut(area, x + 2, y, room, &label, style);
        pen.put_right(area, end, y, &count, dim);
    }
    pen.scroll_bar(area, library.tree.top, branches.len() + 1);
}

/// What a node is called: levels have names in the language of the interface.
fn node_label(state: &State, label: &str) -> String {
    if label.is_empty() {
        return state.language.text("library.unknown").to_owned();
    }
    let key = format!("level.{label}");
    let text = state.language.text(&key);
    let text = if text == key { label } else { text };
    clean_line(text).into_owned()
}

/// The look of a line, with the bar before it when it is selected.
fn row_style(
    pen: &mut Pen<'_>,
    area: Area,
    y: u16,
    selected: bool,
    focused: bool,
) -> ratatui::style::Style {
    if !selected {
        return pen.style(Role::Text);
    }
    let role = if focused {
        Role::Selected
    } else {
        Role::Resting
    };
    let style = pen.style(role);
    pen.fill(Area::new(area.x, area.y + y, area.w, 1), style);
    let bar = if focused {
        pen.style(Role::Cursor)
    } else {
        pen.style(Role::Dim)
    };
    let glyph = pen.skin.glyphs.cursor;
    pen.put(area, 0, y, glyph, bar.patch(style));
    style
}

/// Which part of the tree is listed, which words and which year: when the tree is hidden,
/// or when there is something that narrows the list.
fn crumb(state: &State, pen: &mut Pen<'_>, area: Area) {
    if area.h == 0 {
        return;
    }
    let style = pen.style(Role::Dim);
    let x = filter_field(state, pen, area);
    if x == 0 {
        let name = crumb_text(state);
        pen.cut(area, 2, 0, area.w.saturating_sub(2), &name, style);
    }
}

fn crumb_text(state: &State) -> String {
    let library = &state.library;
    let l = state.language;
    let mut words = vec![l.text(text::grouping_key(library.grouping)).to_owned()];
    if library.part_name.is_empty() {
        words.push(l.text("library.everything").to_owned());
    } else {
        words.extend(library.part_name.split(" › ").map(|p| node_label(state, p)));
    }
    let mut line = words.join(" › ");
    if let Some(year) = library.year {
        line += &format!("  {year}");
    }
    if let Some(kind) = library.kind {
        line += &format!("  {}", l.text(kind_key(kind)));
    }
    if library.copies {
        line += &format!("  {}", l.text("library.with_copies"));
    }
    line += &format!("  ({})", library.total);
    line
}

/// The words for a list of one kind of files only.
fn kind_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Report => "library.only_reports",
        Kind::Other => "library.only_others",
    }
}

/// The field to filter by, when it is in use; returns the column after it.
fn filter_field(state: &State, pen: &mut Pen<'_>, area: Area) -> u16 {
    let library = &state.library;
    let typing = library.focus == Focus::Input;
    if !typing && library.filter.is_empty() {
        return 0;
    }
    let label = state.language.text("library.filter");
    let style = pen.style(Role::Accent);
    let x = pen.put(area, 2, 0, label, style);
    let style = pen.style(Role::Input);
    let end = pen.put(area, x + 1, 0, library.filter.text(), style);
    if typing {
        let column = u16::try_from(library.filter.column()).unwrap_or(u16::MAX);
        let x = (x + 1).saturating_add(column).min(area.w.saturating_sub(1));
        pen.caret = Some((area.x + x, area.y));
    }
    end
}

/// What a line of the list shows, and where.
struct Plan {
    name: u16,
    level: u16,
    columns: usize,
    findings: u16,
}

fn plan(state: &State, w: u16) -> Plan {
    let l = state.language;
    // Cursor, mark, year.
    let fixed: u16 = 10;
    let mut plan = Plan {
        name: 0,
        level: 0,
        columns: 0,
        findings: if w >= 34 { 7 } else { 0 },
    };
    let mut rest = w.saturating_sub(fixed + plan.findings);
    let least = 20;
    while plan.columns < state.library.columns.len() && rest >= least + COLUMN {
        rest -= COLUMN;
        plan.columns += 1;
    }
    if rest >= least + 14 {
        let names = Level::ALL.map(|level| cells(l.text(&format!("level.{}", level_key(level)))));
        let widest = names.into_iter().max().unwrap_or_default();
        plan.level = u16::try_from(widest + 1).unwrap_or(8);
        rest -= plan.level;
    }
    plan.name = rest;
    plan
}

fn head(state: &State, pen: &mut Pen<'_>, area: Area, plan: &Plan) {
    if area.h == 0 {
        return;
    }
    let l = state.language;
    let library = &state.library;
    let style = pen.style(Role::Dim);
    let sorted = pen.style(Role::Accent);
    let arrow = if library.sort.descending {
        "↓"
    } else {
        "↑"
    };
    let look = |key: &SortKey| {
        if *key == library.sort.key {
            sorted
        } else {
            style
        }
    };
    let sign = |key: &SortKey| if *key == library.sort.key { arrow } else { "" };
    let year = format!("{}{}", l.text("library.year"), sign(&SortKey::Year));
    pen.cut(area, 4, 0, 6, &year, look(&SortKey::Year));
    let narrowed = library.focus == Focus::Input || !library.filter.is_empty();
    let wide = area.w < state.shell().body.w;
    if narrowed && wide {
        let field = Area::new(area.x + 8, area.y, plan.name + plan.level, 1);
        filter_field(state, pen, field);
    } else {
        let name = match &library.sort.key {
            SortKey::Title => SortKey::Title,
            SortKey::Path => SortKey::Path,
            _ => SortKey::Region,
        };
        let mut words = format!("{}{}", l.text("library.report"), sign(&name));
        if wide && let Some(year) = library.year {
            words += &format!("  {} {year}", l.text("library.only"));
        }
        if wide && let Some(kind) = library.kind {
            words += &format!("  {}", l.text(kind_key(kind)));
        }
        pen.cut(area, 10, 0, plan.name + plan.level, &words, look(&name));
    }
    let mut end = 10 + plan.name + plan.level;
    for key in library.columns.iter().take(plan.columns) {
        end += COLUMN;
        let sort = SortKey::Indicator(key.clone());
        let words = format!("{}{}", text::column(key, l), sign(&sort));
        let words = crate::text::width::truncate(&words, usize::from(COLUMN) - 1).into_owned();
        pen.put_right(area, end, 0, &words, look(&sort));
    }
    if plan.findings > 0 {
        let words = format!("{}{}", l.text("library.findings"), sign(&SortKey::Findings));
        pen.put_right(
            area,
            area.w.saturating_sub(1),
            0,
            &words,
            look(&SortKey::Findings),
        );
    }
}

fn list(state: &State, pen: &mut Pen<'_>, area: Area, plan: &Plan) {
    let library = &state.library;
    if library.total == 0 {
        empty(state, pen, area);
        return;
    }
    let focused = library.focus != Focus::Side;
    for y in 0..area.h {
        let at = library.list.top + usize::from(y);
        if at >= library.total {
            break;
        }
        let selected = at == library.list.at;
        let style = row_style(pen, area, y, selected, focused);
        match library.row(at) {
            Some(row) => line(state, pen, area, y, row, plan, style),
            None => {
                let dim = pen.style(Role::Missing).patch(style);
                pen.put(area, 4, y, "…", dim);
            }
        }
    }
    pen.scroll_bar(area, library.list.top, library.total);
}

fn line(
    state: &State,
    pen: &mut Pen<'_>,
    area: Area,
    y: u16,
    row: &ReportRow,
    plan: &Plan,
    style: ratatui::style::Style,
) {
    let dim = pen.style(Role::Dim).patch(style);
    if let Some(mark) = state.mark_of(&row.id) {
        let side = if mark == 'A' {
            Role::SideA
        } else {
            Role::SideB
        };
        let side = pen.style(side).patch(style);
        pen.put(area, 2, y, &mark.to_string(), side);
    }
    let year = row.year.map_or_else(|| "—".to_owned(), |y| y.to_string());
    pen.put(area, 4, y, &year, dim);
    let other = row.kind == Kind::Other;
    let name_style = if other { dim } else { style };
    // Other files of the same body and year stand behind this one.
    let behind = match (row.others, row.versions) {
        _ if row.is_copy && row.differing.is_some() => " ≠".to_owned(),
        _ if row.is_copy => " =".to_owned(),
        (0, _) => String::new(),
        (others, 0) => format!(" +{others}"),
        (_, versions) => {
            let count = (versions + 1).to_string();
            let words = state.language.fill("version.short", &[("count", &count)]);
            format!(" {words}")
        }
    };
    let room = plan.name.saturating_sub(1);
    let room = room.saturating_sub(u16::try_from(cells(&behind)).unwrap_or(0));
    let end = pen.cut(area, 10, y, room, &name(row), name_style);
    pen.put(area, end, y, &behind, dim);
    let mut x = 10 + plan.name;
    if plan.level > 0 {
        let key = row.level.map(|l| format!("level.{}", level_key(l)));
        let words = key.as_deref().map_or("", |key| state.language.text(key));
        pen.cut(area, x, y, plan.level - 1, words, dim);
        x += plan.level;
    }
    for value in row.values.iter().take(plan.columns) {
        x += COLUMN;
        match value {
            Some(v) => pen.put_right(area, x, y, &text::number(*v), style),
            None => {
                let missing = pen.style(Role::Missing).patch(style);
                pen.put_right(area, x, y, "—", missing)
            }
        };
    }
    if plan.findings > 0 {
        let (words, role) = findings(row);
        let flag = pen.style(role).patch(style);
        pen.put_right(area, area.w.saturating_sub(1), y, &words, flag);
    }
}

/// Sums over the whole list: of the reports that state a figure.
fn totals(state: &State, pen: &mut Pen<'_>, area: Area, plan: &Plan) {
    let library = &state.library;
    if area.h == 0 || library.total < 2 || plan.columns == 0 {
        return;
    }
    let style = pen.style(Role::Dim);
    let count = library.total.to_string();
    let words = state.language.fill("library.totals", &[("count", &count)]);
    pen.cut(area, 10, 0, plan.name.saturating_sub(1), &words, style);
    let mut x = 10 + plan.name + plan.level;
    for total in library.totals.iter().take(plan.columns) {
        x += COLUMN;
        if let Some(total) = total {
            pen.put_right(area, x, 0, &text::number(*total), style);
        }
    }
}

fn findings(row: &ReportRow) -> (String, Role) {
    match (row.fails, row.warns, row.passes) {
        (0, 0, 0) => (String::new(), Role::Dim),
        (0, 0, _) => ("✓".to_owned(), Role::Pass),
        (0, warns, _) => (format!("!{warns}"), Role::Warn),
        (fails, 0, _) => (format!("✗{fails}"), Role::Fail),
        (fails, warns, _) => (format!("✗{fails} !{warns}"), Role::Fail),
    }
}

/// Where the report is from: prefecture and county, department; else its title.
fn name(row: &ReportRow) -> String {
    if row.kind == Kind::Other || row.region_path.is_empty() && row.agency.is_none() {
        let title = if row.title.is_empty() {
            &row.path
        } else {
            &row.title
        };
        return clean_line(title).into_owned();
    }
    let from = row.region_path.len().saturating_sub(2);
    let mut name = row.region_path[from..].concat();
    if let [above, own] = &row.region_path[from..] {
        // 长春经济技术开发区 says itself where it is, and so does a city.
        let stem = above.trim_end_matches(['市', '县', '区', '省']);
        if own.starts_with(stem) || row.region_path.len() == 2 && own.ends_with('市') {
            name.clone_from(own);
        }
    }
    // Central bodies are known by their names.
    if row.level == Some(Level::National) && row.agency.is_some() {
        name.clear();
    }
    if let Some(agency) = &row.agency {
        name += agency;
    }
    clean_line(&name).into_owned()
}

/// Nothing to list: why, and what to do.
fn empty(state: &State, pen: &mut Pen<'_>, area: Area) {
    let library = &state.library;
    let narrowed = !library.filter.is_empty()
        || library.year.is_some()
        || library.kind.is_some()
        || library.tree.at > 0;
    let busy = state.progress.is_none_or(|p| !p.finished);
    let key = match (library.known, narrowed, busy) {
        (true, true, _) => "library.nothing_left",
        (_, _, true) => "library.reading",
        _ => "library.nothing",
    };
    let style = pen.style(Role::Dim);
    let words = state.language.text(key);
    let lines = crate::text::wrap::lines(words, usize::from(area.w.saturating_sub(6)).max(2));
    for (y, r) in lines.into_iter().enumerate() {
        let y = u16::try_from(y + 1).unwrap_or(u16::MAX);
        pen.put(area, 4, y, words[r].trim_end(), style);
    }
}
