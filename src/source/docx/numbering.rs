//! The numbers that Word computes: 一、 （一） 1. （1） and their kin, counted as the
//! document goes on.

use std::collections::{HashMap, HashSet};

use quick_xml::events::Event;

use super::{numerals, xml};

const LEVELS: usize = 9;

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
                label.push_str(&numerals::write(values[at], format));
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
}
