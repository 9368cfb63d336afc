//! Characters where they stand → lines of text, each in stretches with wide gaps between.

use super::page::Glyph;

/// A stretch of a line without a wide gap.
#[derive(Debug, Clone)]
pub struct Stretch {
    pub x0: f64,
    pub x1: f64,
    pub text: String,
}

/// A line of text.
#[derive(Debug, Clone)]
pub struct Line {
    /// Height of the base line.
    pub y: f64,
    pub x0: f64,
    pub x1: f64,
    /// Size of most of its characters.
    pub size: f64,
    pub stretches: Vec<Stretch>,
    /// The characters that it was made of.
    pub glyphs: Vec<Glyph>,
}

impl Line {
    /// Its words, wide gaps as two blanks.
    pub fn text(&self) -> String {
        let parts: Vec<&str> = self.stretches.iter().map(|s| s.text.as_str()).collect();
        parts.join("  ")
    }
}

/// A gap of so many sizes divides a line.
const WIDE: f64 = 1.6;

/// The lines that characters form, from the top down.
pub fn lines(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    glyphs.retain(|g| !g.c.is_whitespace() && !is_invisible(g.c));
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    let mut lines = Vec::new();
    let mut current: Vec<Glyph> = Vec::new();
    for glyph in glyphs {
        // Characters of a smaller size may stand a little higher or lower.
        let same = current.last().is_some_and(|last| {
            let reach = (last.size.max(glyph.size) * 0.45).max(0.5);
            (glyph.y - current[0].y).abs() < reach
        });
        if !same && !current.is_empty() {
            lines.extend(line(std::mem::take(&mut current)));
        }
        current.push(glyph);
    }
    if !current.is_empty() {
        lines.extend(line(current));
    }
    lines
}

fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{2060}'
        )
}

fn line(mut glyphs: Vec<Glyph>) -> Option<Line> {
    glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut sizes: Vec<f64> = glyphs.iter().map(|g| g.size).collect();
    sizes.sort_by(f64::total_cmp);
    let size = *sizes.get(sizes.len() / 2)?;
    let y = glyphs.iter().map(|g| g.y).sum::<f64>() / glyphs.len() as f64;
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut last: Option<Glyph> = None;
    for glyph in glyphs.iter().copied() {
        if let Some(before) = last {
            // Bold letters made by drawing them twice.
            if before.c == glyph.c && glyph.x - before.x < before.width.max(before.size * 0.3) * 0.4
            {
                continue;
            }
        }
        let gap = last.map_or(f64::MAX, |b| glyph.x - (b.x + b.width));
        let end = glyph.x + glyph.width;
        match stretches.last_mut() {
            Some(stretch) if gap < size * WIDE => {
                let latin = |c: char| c.is_ascii_alphanumeric();
                let both = last.is_some_and(|b| latin(b.c)) && latin(glyph.c);
                if gap > size * if both { 0.2 } else { 0.6 } {
                    stretch.text.push(' ');
                }
                stretch.text.push(glyph.c);
                stretch.x1 = stretch.x1.max(end);
            }
            _ => stretches.push(Stretch {
                x0: glyph.x,
                x1: end,
                text: glyph.c.to_string(),
            }),
        }
        last = Some(glyph);
    }
    let x0 = stretches.first()?.x0;
    let x1 = stretches.iter().map(|s| s.x1).fold(x0, f64::max);
    Some(Line {
        y,
        x0,
        x1,
        size,
        stretches,
        glyphs,
    })
}

/// Lines put on one: Chinese and figures need no blank between them.
pub fn join(mut all: String, next: &str) -> String {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    if letter(all.chars().last()) && letter(next.chars().next()) {
        all.push(' ');
    }
    all.push_str(next);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyphs(text: &str, x: f64, y: f64) -> Vec<Glyph> {
        let place = |(i, c)| Glyph {
            c,
            x: x + i as f64 * 10.0,
            y,
            width: 10.0,
            size: 10.0,
        };
        text.chars().enumerate().map(place).collect()
    }

    #[test]
    fn characters_form_lines_and_gaps_divide_them() {
        let mut all = glyphs("第二行", 20.0, 40.0);
        all.extend(glyphs("收到申请", 20.0, 20.0));
        all.extend(glyphs("35", 120.0, 21.0));
        // Drawn twice for boldness.
        all.extend(glyphs("第二行", 20.4, 40.0));
        let lines = lines(all);
        let texts: Vec<String> = lines.iter().map(Line::text).collect();
        assert_eq!(texts, ["收到申请  35", "第二行"]);
        assert_eq!(lines[0].stretches.len(), 2);
    }
}
