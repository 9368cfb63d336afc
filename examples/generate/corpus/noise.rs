//! What converters and scrapers do to a text.

use fastrand::Rng;

/// Chapters as Markdown headings.
pub fn markdown(text: &str) -> String {
    let chapter = |line: &str| {
        let first = line.chars().next().unwrap_or_default();
        "一二三四五六七八九".contains(first) && line.contains('、') && line.chars().count() < 30
    };
    let mut out = String::with_capacity(text.len() + 200);
    for (i, line) in text.lines().enumerate() {
        match (i, chapter(line)) {
            (0, _) => out.push_str("# "),
            // Rows of the form begin like chapters; they hold tabs or bars.
            (_, true) if !line.contains(['\t', '|']) => out.push_str("## "),
            _ => {}
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// Characters whose reading a scraper puts behind them.
const READINGS: [(char, &str); 6] = [
    ('現', "xiàn"),
    ('行', "xíng"),
    ('重', "zhòng"),
    ('調', "tiáo"),
    ('處', "chǔ"),
    ('應', "yìng"),
];

/// 現(xiàn): about one in six of the characters that this happens to.
pub fn with_pinyin(text: &str, rng: &mut Rng) -> String {
    let mut out = String::with_capacity(text.len() + 100);
    for c in text.chars() {
        out.push(c);
        let reading = READINGS.iter().find(|(han, _)| *han == c);
        if let Some((_, reading)) = reading.filter(|_| rng.u32(..6) == 0) {
            out.push('(');
            out.push_str(reading);
            out.push(')');
        }
    }
    out
}
