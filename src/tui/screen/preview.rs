//! What the selected report says, in a few lines: who, how it was read, its main figures
//! and its headings.

use crate::config::theme::Role;
use crate::figure::Figure;
use crate::text::clean::clean_line;
use crate::text::width::cells;
use crate::tui::action::Doc;
use crate::tui::geometry::Area;
use crate::tui::state::State;
use crate::tui::state::search::level_key;
use crate::tui::text;
use crate::tui::widget::Pen;

/// Draws the preview.
pub fn draw(state: &State, pen: &mut Pen<'_>, area: Area) {
    let body = state.shell().body;
    let inner = if area.y > body.y {
        pen.level(area, 0);
        area.top(1).1
    } else {
        pen.upright(area.x, area.y, area.h);
        area.left(1).1
    };
    let inner = inner.left(2).1.right(1).0;
    let selected = state.library.selected().map(|r| r.id.as_str());
    match &state.library.previewed {
        Some(Ok(doc)) if Some(doc.id.as_str()) == selected => report(state, pen, inner, doc),
        Some(Err(why)) if selected.is_some() => {
            let style = pen.style(Role::Warn);
            let why = format!("! {}", clean_line(why));
            pen.cut(inner, 0, 0, inner.w, &why, style);
        }
        // The one before, dimmed by being absent: nothing flickers for a few milliseconds.
        _ => {}
    }
}

fn report(state: &State, pen: &mut Pen<'_>, area: Area, doc: &Doc) {
    let l = state.language;
    let report = &doc.reading.report;
    let title = pen.style(Role::Title);
    pen.cut(area, 0, 0, area.w, &clean_line(&report.title), title);
    let mut facts = Vec::new();
    if let Some(region) = &report.region {
        facts.push(region.path.join(" › "));
        facts.push(
            l.text(&format!("level.{}", level_key(region.level)))
                .to_owned(),
        );
    }
    if let Some(year) = report.year {
        facts.push(year.value.to_string());
    }
    facts.push(l.text(&format!("form.{:?}", report.form)).to_owned());
    let count = doc.reading.figures.len().to_string();
    facts.push(l.fill("preview.figures", &[("count", &count)]));
    let dim = pen.style(Role::Dim);
    let dot = format!(" {} ", pen.skin.glyphs.dot);
    pen.cut(area, 0, 1, area.w, &clean_line(&facts.join(&dot)), dim);
    pen.cut(area, 0, 2, area.w, &clean_line(&doc.path), dim);
    let rest = area.top(4).1;
    if area.h < 6 {
        return;
    }
    // Figures beside the headings where there is room, below one another where not.
    let (outline, figures) = if area.w >= 64 {
        let (left, right) = rest.left(area.w / 2);
        (left.right(2).0, right)
    } else {
        let named = doc.reading.figures.iter().filter(|f| is_main(f)).count();
        let need = u16::try_from(named).unwrap_or(u16::MAX).saturating_add(1);
        let (upper, lower) = rest.top(need.min(rest.h / 2));
        (lower, upper.bottom(1).0)
    };
    headings(state, pen, outline, doc);
    main_figures(state, pen, figures, doc);
}

fn headings(state: &State, pen: &mut Pen<'_>, area: Area, doc: &Doc) {
    let report = &doc.reading.report;
    let all = report.sections.iter().enumerate();
    let outer: Vec<_> = all.filter(|(_, s)| s.level <= 2 && s.id != "0").collect();
    let fits = outer.len() <= usize::from(area.h);
    let shown = outer.iter().filter(|(_, s)| fits || s.level <= 1);
    for (y, (at, section)) in shown.take(usize::from(area.h)).enumerate() {
        let role = if section.level <= 1 {
            Role::Text
        } else {
            Role::Dim
        };
        let style = pen.style(role);
        let x = u16::from(section.level.saturating_sub(1)) * 2;
        let words = text::heading(report, *at, state.language);
        let y = u16::try_from(y).unwrap_or(u16::MAX);
        pen.cut(area, x, y, area.w.saturating_sub(x), &words, style);
    }
}

/// Figures that speak for the whole body.
fn is_main(f: &Figure) -> bool {
    f.indicator.is_some() && f.principal && f.scope.is_none() && f.applicant.is_none()
}

fn main_figures(state: &State, pen: &mut Pen<'_>, area: Area, doc: &Doc) {
    let l = state.language;
    let mut figures: Vec<&Figure> = doc.reading.figures.iter().filter(|f| is_main(f)).collect();
    let catalogue = crate::figure::catalogue::Catalogue::current();
    let columns = &state.library.columns;
    let rank = |f: &Figure| {
        let key = f.indicator.as_deref().unwrap_or_default();
        let column = columns.iter().position(|c| c == key);
        let part = catalogue.get(key).is_some_and(|i| i.parent.is_some());
        (column.unwrap_or(usize::MAX), part, catalogue.position(key))
    };
    figures.sort_by_key(|f| rank(f));
    let (style, dim) = (pen.style(Role::Text), pen.style(Role::Dim));
    for (y, figure) in figures.iter().take(usize::from(area.h)).enumerate() {
        let y = u16::try_from(y).unwrap_or(u16::MAX);
        let value = text::value(figure, l);
        let room = usize::from(area.w).saturating_sub(cells(&value) + 2);
        let label = text::figure_label(&doc.reading.report, figure, l);
        pen.cut(area, 0, y, u16::try_from(room).unwrap_or(0), &label, dim);
        pen.put_right(area, area.w, y, &value, style);
    }
}
