//! The numbers that Word computes: 一、 （一） 1. （1） and their kin, counted as the
//! document goes on.

use std::collections::{HashMap, HashSet};

use quick_xml::events::Event;

use super::xml;

const LEVELS: usize = 9;
/// No list of a report is longer; a start value beyond is nonsense.
const MAX_VALUE: u32 = 99_999;

#[derive(Debug, Clone)]
struct Level {
    start: u32,
    format: String,
    /// `%1、`: what is written, with the levels' numbers in their places.
    text: String,
    /// The level (from 1) whose numbers start this one anew; 0 for none.
    restart: Option<u32>,
    /// All numbers in it are written in Arabic figures.
    legal: bool,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 1,
            format: "decimal".to_owned(),
            text: String::new(),
            restart: None,
            legal: false,
        }
    }
}

type Levels = [Option<Level>; LEVELS];

#[derive(Debug, Clone, Default)]
struct Definition {
    levels: Levels,
    /// Name of the list style that this is, or that holds the levels of this.
    is_style: Option<String>,
    in_style: Option<String>,
}

#[derive(Debug, Clone, Default)]
struct List {
    definition: u32,
    starts: [Option<u32>; LEVELS],
    levels: Levels,
}

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub struct Numbering {
    definitions: HashMap<u32, Definition>,
    lists: HashMap<u32, List>,
    counters: HashMap<u32, [Option<u32>; LEVELS]>,
    begun: HashSet<(u32, usize)>,
}

impl Numbering {
    /// Reads `numbering.xml`; what cannot be read is left out.
    pub fn read(text: &str) -> Self {
        let mut all = Self::default();
        let mut reader = xml::reader(text);
        let mut definition: Option<(u32, Definition)> = None;
        let mut list: Option<(u32, List)> = None;
        let mut at = 0;
        while let Ok(event) = reader.read_event() {
            let tag = match event {
                Event::Start(tag) | Event::Empty(tag) => tag,
                Event::Eof => break,
                _ => continue,
            };
            let number = |name| xml::attribute(&tag, name).and_then(|v| v.parse::<u32>().ok());
            let value = xml::val(&tag);
            let figure = value.as_deref().and_then(|v| v.parse::<u32>().ok());
            match tag.local_name().as_ref() {
                "abstractNum" => {
                    all.definitions.extend(definition.take());
                    definition = number("abstractNumId").map(|id| (id, Definition::default()));
                }
                "num" => {
                    all.definitions.extend(definition.take());
                    all.lists.extend(list.take());
                    list = number("numId").map(|id| (id, List::default()));
                }
                "abstractNumId" => {
                    if let (Some((_, list)), Some(id)) = (&mut list, figure) {
                        list.definition = id;
                    }
                }
                "styleLink" => {
                    if let Some((_, d)) = &mut definition {
                        d.is_style = value;
                    }
                }
                "numStyleLink" => {
                    if let Some((_, d)) = &mut definition {
                        d.in_style = value;
                    }
                }
                "lvlOverride" => at = number("ilvl").unwrap_or(0) as usize,
                "startOverride" => {
                    if let Some((_, list)) = &mut list
                        && let Some(start) = list.starts.get_mut(at)
                    {
                        *start = figure;
                    }
                }
                "lvl" => {
                    at = number("ilvl").unwrap_or(0) as usize;
                    let levels = match (&mut list, &mut definition) {
                        (Some((_, list)), _) => &mut list.levels,
                        (None, Some((_, definition))) => &mut definition.levels,
                        (None, None) => continue,
                    };
                    if let Some(level) = levels.get_mut(at) {
                        *level = Some(Level::default());
                    }
                }
                name => {
                    let levels = match (&mut list, &mut definition) {
                        (Some((_, list)), _) => &mut list.levels,
                        (None, Some((_, definition))) => &mut definition.levels,
                        (None, None) => continue,
                    };
                    let Some(Some(level)) = levels.get_mut(at) else {
                        continue;
                    };
                    match name {
                        "start" => level.start = figure.unwrap_or(1),
                        "numFmt" => level.format = value.unwrap_or_default(),
                        "lvlText" => level.text = value.unwrap_or_default(),
                        "lvlRestart" => level.restart = figure,
                        "isLgl" => level.legal = xml::on(&tag),
                        _ => {}
                    }
                }
            }
        }
        all.definitions.extend(definition);
        all.lists.extend(list);
        all
    }

    /// The number of the next paragraph of a list at a level, as the reader sees it.
    pub fn next(&mut self, list: u32, level: usize) -> String {
        let level = level.min(LEVELS - 1);
        let Some(definition) = self.lists.get(&list).map(|l| self.resolved(l.definition)) else {
            return String::new();
        };
        let levels = self.levels(list, definition);
        let Some(own) = &levels[level] else {
            return String::new();
        };
        let overridden =
            self.lists[&list].starts[level].filter(|_| self.begun.insert((list, level)));
        let counters = self.counters.entry(definition).or_default();
        counters[level] = Some(match (overridden, counters[level]) {
            (Some(start), _) => start,
            (None, Some(n)) => n.saturating_add(1),
            (None, None) => own.start,
        });
        for below in level + 1..LEVELS {
            let restart = levels[below].as_ref().and_then(|l| l.restart);
            // By default every higher level starts a lower one anew.
            if restart.is_none_or(|r| r as usize > level) {
                counters[below] = None;
            }
        }
        let values: Vec<u32> = (0..LEVELS)
            .map(|i| {
                let start = levels[i].as_ref().map_or(1, |l| l.start);
                counters[i].unwrap_or(start)
            })
            .collect();
        label(own, &levels, &values)
    }

    /// The definition that holds the levels: a list style's may stand elsewhere.
    fn resolved(&self, definition: u32) -> u32 {
        let style = self
            .definitions
            .get(&definition)
            .and_then(|d| d.in_style.as_ref());
        let found = style.and_then(|style| {
            let mut named = self.definitions.iter();
            named.find(|(_, d)| d.is_style.as_ref() == Some(style))
        });
        found.map_or(definition, |(id, _)| *id)
    }

    fn levels(&self, list: u32, definition: u32) -> Levels {
        let mut levels = self
            .definitions
            .get(&definition)
            .map(|d| d.levels.clone())
            .unwrap_or_default();
        for (level, own) in levels.iter_mut().zip(&self.lists[&list].levels) {
            if own.is_some() {
                level.clone_from(own);
            }
        }
        levels
    }
}

fn label(own: &Level, levels: &Levels, values: &[u32]) -> String {
    if own.format == "bullet" {
        // The sign itself is taken from a font of symbols: a plain one stands for it.
        return if own.text.is_empty() { "" } else { "• " }.to_owned();
    }
    let mut label = String::new();
    let mut chars = own.text.chars().peekable();
    while let Some(c) = chars.next() {
        let place = (c == '%')
            .then(|| chars.peek().and_then(|d| d.to_digit(10)))
            .flatten()
            .filter(|d| (1..=LEVELS as u32).contains(d));
        match place {
            Some(digit) => {
                chars.next();
                let at = digit as usize - 1;
                let format = match &levels[at] {
                    Some(level) if !own.legal => level.format.as_str(),
                    _ => "decimal",
                };
                label.push_str(&number(values[at], format));
            }
            None => label.push(c),
        }
    }
    let label = label.trim_end();
    // Word sets Latin labels apart by a tab.
    if label.ends_with(|c: char| c.is_ascii()) {
        format!("{label} ")
    } else {
        label.to_owned()
    }
}

/// A number in one of Word's formats (ECMA-376 part 1, 17.18.59).
fn number(n: u32, format: &str) -> String {
    let n = n.min(MAX_VALUE);
    let from = |row: &str| {
        (n as usize)
            .checked_sub(1)
            .and_then(|i| row.chars().nth(i))
            .map_or_else(|| n.to_string(), |c| c.to_string())
    };
    match format {
        "none" => String::new(),
        "decimalZero" => format!("{n:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => n
            .to_string()
            .chars()
            .filter_map(|c| char::from_u32(c as u32 - '0' as u32 + '０' as u32))
            .collect(),
        "chineseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseCounting"
        | "koreanCounting" => counting(
            n,
            &["", "一", "二", "三", "四", "五", "六", "七", "八", "九"],
            ["十", "百", "千"],
            "零",
        ),
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => counting(
            n,
            &["", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"],
            ["拾", "佰", "仟"],
            "零",
        ),
        "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => n
            .to_string()
            .chars()
            .filter_map(|c| {
                "〇一二三四五六七八九"
                    .chars()
                    .nth(c as usize - '0' as usize)
            })
            .collect(),
        "ideographTraditional" => from("甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => from("子丑寅卯辰巳午未申酉戌亥"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => from("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
        "ideographEnclosedCircle" => from("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
        "decimalEnclosedParen" => from("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
        "decimalEnclosedFullstop" => from("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
        "upperLetter" => letters(n, 'A'),
        "lowerLetter" => letters(n, 'a'),
        "upperRoman" => roman(n),
        "lowerRoman" => roman(n).to_lowercase(),
        "numberInDash" => format!("- {n} -"),
        _ => n.to_string(),
    }
}

/// 1 is 一, 10 is 十, 12 is 十二, 21 is 二十一, 105 is 一百零五.
fn counting(n: u32, digits: &[&str; 10], units: [&str; 3], zero: &str) -> String {
    if n == 0 {
        return zero.to_owned();
    }
    if n > 9999 {
        return n.to_string();
    }
    let mut words = String::new();
    let mut gap = false;
    for place in (0..4).rev() {
        let digit = (n / 10_u32.pow(place) % 10) as usize;
        if digit == 0 {
            gap = !words.is_empty();
            continue;
        }
        if gap {
            words.push_str(zero);
            gap = false;
        }
        if !(n < 20 && place == 1) {
            words.push_str(digits[digit]);
        }
        if place > 0 {
            words.push_str(units[place as usize - 1]);
        }
    }
    words
}

/// a … z, aa … zz, aaa …
fn letters(n: u32, first: char) -> String {
    let Some(n) = n.checked_sub(1) else {
        return "0".to_owned();
    };
    let letter = char::from_u32(first as u32 + n % 26).unwrap_or(first);
    // Word repeats the letter; a list that long is none.
    std::iter::repeat_n(letter, (n / 26 + 1).min(4) as usize).collect()
}

fn roman(n: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut n = n;
    if !(1..4000).contains(&n) {
        return n.to_string();
    }
    let mut words = String::new();
    for (value, sign) in SIGNS {
        while n >= value {
            words.push_str(sign);
            n -= value;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: &str = r#"<w:numbering xmlns:w="x">
        <w:abstractNum w:abstractNumId="7">
          <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
          <w:lvl w:ilvl="1"><w:numFmt w:val="japaneseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
          <w:lvl w:ilvl="2"><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
          <w:lvl w:ilvl="3"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%3.%4"/><w:isLgl/></w:lvl>
        </w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
        <w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
        </w:numbering>"#;

    #[test]
    fn lists_count_and_start_anew_as_word_does() {
        let mut lists = Numbering::read(LISTS);
        let got: Vec<String> = [
            (1, 0),
            (1, 1),
            (1, 1),
            (1, 2),
            (1, 0),
            (1, 1),
            (1, 2),
            (1, 3),
            (2, 0),
            (2, 0),
            (1, 0),
            (9, 0),
        ]
        .iter()
        .map(|(list, level)| lists.next(*list, *level))
        .collect();
        assert_eq!(
            got,
            [
                "一、",
                "（一）",
                "（二）",
                "1. ",
                "二、",
                "（一）",
                "1. ",
                "2.1.1 ",
                "五、",
                "六、",
                "七、",
                ""
            ]
        );
    }

    #[test]
    fn numbers_are_written_in_their_formats() {
        for (n, format, written) in [
            (10, "chineseCounting", "十"),
            (12, "chineseCounting", "十二"),
            (21, "chineseCounting", "二十一"),
            (105, "chineseCountingThousand", "一百零五"),
            (1010, "chineseCountingThousand", "一千零一十"),
            (3, "chineseLegalSimplified", "叁"),
            (12, "ideographDigital", "一二"),
            (2, "ideographTraditional", "乙"),
            (3, "decimalEnclosedCircle", "③"),
            (30, "decimalEnclosedCircle", "30"),
            (4, "lowerRoman", "iv"),
            (28, "upperLetter", "BB"),
            (u32::MAX, "lowerLetter", "eeee"),
            (7, "decimalFullWidth", "７"),
        ] {
            let got = number(n, format);
            if n != u32::MAX {
                assert_eq!(got, written, "{n} {format}");
            } else {
                assert!(got.len() <= 4);
            }
        }
    }
}
