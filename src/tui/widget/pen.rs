//! A pen that writes graphemes into a buffer.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use crate::config::theme::Role;
use crate::text::width;
use crate::tui::geometry::Area;
use crate::tui::style::Skin;

/// A buffer, what it looks like, and where the terminal's cursor should stand.
#[derive(Debug)]
pub struct Pen<'a> {
    buffer: &'a mut Buffer,
    /// Looks.
    pub skin: &'a Skin,
    /// Where the terminal's cursor stands: the caret of the field that is typed into.
    pub caret: Option<(u16, u16)>,
}

impl<'a> Pen<'a> {
    /// A pen for a buffer.
    pub fn new(buffer: &'a mut Buffer, skin: &'a Skin) -> Self {
        Self {
            buffer,
            skin,
            caret: None,
        }
    }

    /// How a role looks.
    pub fn style(&self, role: Role) -> Style {
        self.skin.style(role)
    }

    /// The part of an area that there is.
    fn clip(&self, area: Area) -> Area {
        let all = self.buffer.area;
        let x = area.x.min(all.width);
        let y = area.y.min(all.height);
        Area::new(x, y, area.w.min(all.width - x), area.h.min(all.height - y))
    }

    /// Writes at column `x` of row `y` of an area (both counted from its corner) and returns
    /// the column after it. What does not fit is left out; half a character becomes a blank.
    pub fn put(&mut self, area: Area, x: u16, y: u16, text: &str, style: Style) -> u16 {
        let area = self.clip(area);
        if y >= area.h {
            return x;
        }
        let row = area.y + y;
        let mut at = x;
        for grapheme in text.graphemes(true) {
            let w = u16::try_from(width::grapheme_cells(grapheme)).unwrap_or(u16::MAX);
            if w == 0 {
                continue;
            }
            if at.saturating_add(w) > area.w {
                for rest in at..area.w {
                    self.set(area.x + rest, row, " ", 1, style);
                }
                return area.w.max(at);
            }
            self.set(area.x + at, row, grapheme, w, style);
            at += w;
        }
        at
    }

    /// As [`Self::put`], but what begins left of the area shows only the part that is in it.
    pub fn slide(&mut self, area: Area, x: i32, y: u16, text: &str, style: Style) -> i32 {
        let mut from = x;
        let mut rest = text;
        while from < 0 {
            let Some(grapheme) = rest.graphemes(true).next() else {
                return from;
            };
            from += i32::try_from(width::grapheme_cells(grapheme)).unwrap_or(0);
            rest = &rest[grapheme.len()..];
        }
        let at = u16::try_from(from).unwrap_or(u16::MAX);
        if at >= area.w {
            return i32::from(u16::MAX);
        }
        i32::from(self.put(area, at, y, rest, style))
    }

    /// Writes one grapheme; a wide one under either of its ends loses its other half.
    fn set(&mut self, x: u16, y: u16, grapheme: &str, w: u16, style: Style) {
        self.sever(x, y);
        let last = x + w - 1;
        if let Some(cell) = self.buffer.cell_mut((x, y)) {
            cell.set_symbol(grapheme).set_style(style);
            let natural = unicode_width::UnicodeWidthStr::width(grapheme);
            let option = match NonZeroU16::new(w) {
                Some(forced) if natural != usize::from(w) => CellDiffOption::ForcedWidth(forced),
                _ => CellDiffOption::None,
            };
            cell.set_diff_option(option);
        }
        for rest in x + 1..=last {
            if let Some(cell) = self.buffer.cell_mut((rest, y)) {
                // The style tells the next frame that this half had a background too.
                cell.reset();
                cell.set_style(style);
            }
        }
    }

    /// A wide character that begins left of `x` and reaches over it becomes a blank.
    fn sever(&mut self, x: u16, y: u16) {
        let Some(before) = x.checked_sub(1) else {
            return;
        };
        if let Some(cell) = self.buffer.cell_mut((before, y))
            && width::grapheme_cells(cell.symbol()) > 1
        {
            cell.set_symbol(" ").set_diff_option(CellDiffOption::None);
        }
    }

    /// Writes a text cut to fit `limit` cells.
    pub fn cut(&mut self, area: Area, x: u16, y: u16, limit: u16, text: &str, style: Style) -> u16 {
        let cut = width::truncate(text, usize::from(limit));
        self.put(area, x, y, &cut, style)
    }

    /// Writes a text that ends before column `end`.
    pub fn put_right(&mut self, area: Area, end: u16, y: u16, text: &str, style: Style) -> u16 {
        let cut = width::truncate(text, usize::from(end));
        let w = u16::try_from(width::cells(&cut)).unwrap_or(u16::MAX);
        let x = end.saturating_sub(w);
        self.put(area, x, y, &cut, style);
        x
    }

    /// Gives a whole area a style; what is written there later is drawn over it.
    pub fn fill(&mut self, area: Area, style: Style) {
        let area = self.clip(area);
        for y in area.y..area.y + area.h {
            for x in area.x..area.x + area.w {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.set_style(style);
                }
            }
        }
    }

    /// Blanks an area, and the other half of every wide character cut at its edges.
    pub fn clear(&mut self, area: Area) {
        let area = self.clip(area);
        for y in area.y..area.y + area.h {
            if area.w > 0 {
                self.sever(area.x, y);
            }
            for x in area.x..area.x + area.w {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.reset();
                }
            }
        }
    }

    /// A rule from top to bottom.
    pub fn upright(&mut self, x: u16, y: u16, h: u16) {
        let style = self.style(Role::Border);
        let glyph = self.skin.glyphs.upright;
        for row in 0..h {
            self.put(Area::new(x, y, 1, h), 0, row, glyph, style);
        }
    }

    /// A rule from left to right.
    pub fn level(&mut self, area: Area, y: u16) {
        let style = self.style(Role::Border);
        let line = self.skin.glyphs.level.repeat(usize::from(area.w));
        self.put(area, 0, y, &line, style);
    }

    /// A frame with a title; returns what is inside.
    pub fn frame(&mut self, area: Area, title: &str) -> Area {
        self.clear(area);
        if area.w < 4 || area.h < 3 {
            return area;
        }
        let border = self.style(Role::Border);
        let [a, b, c, d] = self.skin.glyphs.corners;
        let line = self.skin.glyphs.level.repeat(usize::from(area.w - 2));
        self.put(area, 0, 0, &format!("{a}{line}{b}"), border);
        self.put(area, 0, area.h - 1, &format!("{c}{line}{d}"), border);
        for x in [area.x, area.x + area.w - 1] {
            self.upright(x, area.y + 1, area.h - 2);
        }
        if !title.is_empty() {
            let cut = width::truncate(title, usize::from(area.w.saturating_sub(6))).into_owned();
            let style = self.style(Role::Title);
            self.put(area, 2, 0, &format!(" {cut} "), style);
        }
        area.inset(1, 1)
    }

    /// A scroll bar at the right edge of an area, when there is something to scroll.
    pub fn scroll_bar(&mut self, area: Area, top: usize, len: usize) {
        let h = usize::from(area.h);
        if len <= h || h == 0 || area.w == 0 {
            return;
        }
        let size = (h * h / len).max(1);
        let from = (top * (h - size)).div_ceil(len - h).min(h - size);
        let style = self.style(Role::Border);
        let glyph = self.skin.glyphs.thumb;
        for y in from..from + size {
            let y = u16::try_from(y).unwrap_or(u16::MAX);
            self.put(area, area.w - 1, y, glyph, style);
        }
    }

    /// A bar of `part` of `w` cells.
    pub fn bar(&mut self, area: Area, x: u16, y: u16, w: u16, part: f64, style: Style) {
        let eighths = (part.clamp(0.0, 1.0) * f64::from(w) * 8.0).round();
        // At most 8 × 65535.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let eighths = eighths as usize;
        let mut text = self.skin.glyphs.full.repeat(eighths / 8);
        if let Some(i) = (eighths % 8).checked_sub(1) {
            text.push_str(self.skin.glyphs.eighths[i]);
        }
        self.put(area, x, y, &text, style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::theme::Theme;
    use crate::tui::screen::tests::screen_text;
    use ratatui::layout::Rect;

    #[test]
    fn a_popup_leaves_no_half_of_a_character() {
        let skin = Skin::new(Theme::embedded().remove(0));
        for x in 0..6 {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
            let mut pen = Pen::new(&mut buffer, &skin);
            let all = Area::new(0, 0, 12, 1);
            pen.put(all, 0, 0, "政府信息公开", Style::default());
            pen.clear(Area::new(x, 0, 3, 1));
            pen.put(all, x, 0, "abc", Style::default());
            let text = screen_text(&buffer);
            assert_eq!(width::cells(text.trim_end_matches('\n')), 12, "{text}");
            assert!(text.contains("abc"), "{text}");
        }
    }

    #[test]
    fn what_does_not_fit_is_left_out() {
        let skin = Skin::new(Theme::embedded().remove(0));
        let mut buffer = Buffer::empty(Rect::new(0, 0, 5, 1));
        let mut pen = Pen::new(&mut buffer, &skin);
        let area = Area::new(0, 0, 5, 3);
        assert_eq!(pen.put(area, 0, 0, "政府信", Style::default()), 5);
        pen.put(area, 0, 2, "outside", Style::default());
        assert_eq!(screen_text(&buffer), "政府 \n");
    }
}
