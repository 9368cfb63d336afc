//! Which way a page is written: text turned by quarters, and vertical writing, whose columns
//! from the right to the left become lines from the top down.

use super::page::{Drawing, Glyph};
use super::path::Rule;

/// Characters by the direction that they run in: right, down, left, up.
pub type Turned = [Vec<Glyph>; 4];

/// The drawing with the characters of the direction that most run in, turned so that they
/// run to the right.
pub fn turned(mut drawing: Drawing, mut turned: Turned) -> Drawing {
    let most = (0..4)
        .max_by_key(|t| (turned[*t].len(), 4 - t))
        .unwrap_or(0);
    let (w, h) = (drawing.width, drawing.height);
    let vertical = most == 0 && is_vertical(&turned[0]);
    let most = if vertical { 1 } else { most };
    let turn = |x: f64, y: f64| match most {
        1 => (y, w - x),
        2 => (w - x, h - y),
        3 => (h - y, x),
        _ => (x, y),
    };
    drawing.glyphs = std::mem::take(&mut turned[most]);
    for glyph in &mut drawing.glyphs {
        (glyph.x, glyph.y) = turn(glyph.x, glyph.y);
    }
    if vertical {
        drawing.glyphs.extend(turned[0].iter().map(|glyph| Glyph {
            // Its upper edge, and the height of a base line through its middle.
            x: glyph.y - glyph.size * 0.88,
            y: w - (glyph.x + glyph.width / 2.0) + glyph.size * 0.38,
            width: glyph.size,
            ..*glyph
        }));
    }
    if most != 0 {
        for rule in &mut drawing.rules {
            let ((ax, ay), (bx, by)) = (turn(rule.x0, rule.y0), turn(rule.x1, rule.y1));
            *rule = Rule {
                x0: ax.min(bx),
                y0: ay.min(by),
                x1: ax.max(bx),
                y1: ay.max(by),
            };
        }
    }
    if most % 2 == 1 {
        (drawing.width, drawing.height) = (h, w);
    }
    drawing
}

/// Whether more characters are drawn each below the one before than beside it.
fn is_vertical(glyphs: &[Glyph]) -> bool {
    let (mut below, mut beside) = (0, 0);
    for pair in glyphs.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let across = (b.x + b.width / 2.0) - (a.x + a.width / 2.0);
        let (across, down) = (across / a.size, (b.y - a.y) / a.size);
        below += usize::from(across.abs() < 0.2 && (0.6..1.4).contains(&down));
        beside += usize::from(down.abs() < 0.2 && (0.2..1.4).contains(&across));
    }
    glyphs.len() > 10 && below > beside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_from_the_right_become_lines_from_the_top() {
        let column = |text: &str, x: f64| -> Vec<Glyph> {
            let place = |(i, c)| Glyph {
                c,
                x,
                y: 100.0 + i as f64 * 12.0,
                width: 12.0,
                size: 12.0,
            };
            text.chars().enumerate().map(place).collect()
        };
        let mut right = column("政府信息公开年度报告", 300.0);
        right.extend(column("全年收到申请共计十二件", 270.0));
        // Figures lie on their side.
        let down = vec![Glyph {
            c: '5',
            x: 273.0,
            y: 222.0,
            width: 6.0,
            size: 12.0,
        }];
        let drawing = Drawing {
            width: 400.0,
            height: 600.0,
            ..Drawing::default()
        };
        let drawing = turned(drawing, [right, down, Vec::new(), Vec::new()]);
        let lines = super::super::lines::lines(drawing.glyphs);
        let texts: Vec<String> = lines.iter().map(|l| l.text()).collect();
        assert_eq!(texts, ["政府信息公开年度报告", "全年收到申请共计十二件5"]);
        assert_eq!((drawing.width, drawing.height), (600.0, 400.0));
    }
}
