//! Paragraph styles: which are headings, of which level, and which bring a number along.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::xml;

/// A number that a paragraph or style asks for: list and level in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Numbered {
    /// Id of the list; 0 takes the number away.
    pub list: Option<u32>,
    /// Level in it, from 0.
    pub level: Option<usize>,
}

#[derive(Debug, Clone, Default)]
struct Style {
    name: String,
    parent: Option<String>,
    outline: Option<u8>,
    numbered: Numbered,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub struct Styles {
    styles: HashMap<String, Style>,
    default: Option<String>,
}

/// Styles may be based on others; beyond this depth it is a circle.
const MAX_DEPTH: usize = 16;

impl Styles {
    /// Reads `styles.xml`; what cannot be read is left out.
    pub fn read(text: &str) -> Self {
        let mut all = Self::default();
        let mut reader = xml::reader(text);
        let mut open: Option<(String, Style)> = None;
        while let Ok(event) = reader.read_event() {
            match event {
                Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                    "style" => {
                        open = None;
                        let kind = xml::attribute(&tag, "type");
                        let id = xml::attribute(&tag, "styleId");
                        if let (Some("paragraph") | None, Some(id)) = (kind.as_deref(), id) {
                            if xml::attribute(&tag, "default")
                                .is_some_and(|v| v == "1" || v == "true")
                            {
                                all.default = Some(id.clone());
                            }
                            open = Some((id, Style::default()));
                        }
                    }
                    name => {
                        let Some((_, style)) = &mut open else {
                            continue;
                        };
                        let value = xml::val(&tag);
                        let number = value.as_deref().and_then(|v| v.parse::<u32>().ok());
                        match name {
                            "name" => style.name = value.unwrap_or_default(),
                            "basedOn" => style.parent = value,
                            "outlineLvl" => style.outline = number.map(|n| n.min(9) as u8),
                            "numId" => style.numbered.list = number,
                            "ilvl" => style.numbered.level = number.map(|n| n as usize),
                            _ => {}
                        }
                    }
                },
                Event::End(tag) if tag.local_name().as_ref() == "style" => {
                    if let Some((id, style)) = open.take() {
                        all.styles.insert(id, style);
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        all
    }

    /// A style and those it is based on, nearest first; without an id the usual one.
    fn chain<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = &'a Style> {
        let mut next = id.or(self.default.as_deref());
        std::iter::from_fn(move || {
            let style = self.styles.get(next?)?;
            next = style.parent.as_deref();
            Some(style)
        })
        .take(MAX_DEPTH)
    }

    /// Level of a heading in this style, from 1; by its name or its level in the outline.
    pub fn heading(&self, id: Option<&str>) -> Option<u8> {
        for style in self.chain(id) {
            if let Some(level) = heading_name(&style.name) {
                return Some(level);
            }
            if let Some(outline) = style.outline {
                return outline_level(outline);
            }
        }
        None
    }

    /// The number that this style brings along.
    pub fn numbered(&self, id: Option<&str>) -> Numbered {
        let mut numbered = Numbered::default();
        for style in self.chain(id) {
            numbered.list = numbered.list.or(style.numbered.list);
            numbered.level = numbered.level.or(style.numbered.level);
        }
        numbered
    }

    /// Whether lines of this style repeat what stands elsewhere: a table of contents.
    pub fn is_contents(&self, id: Option<&str>) -> bool {
        self.chain(id).any(|style| {
            let name = style.name.to_lowercase();
            let rest = ["toc ", "目录 ", "wpsoffice手动目录 "]
                .iter()
                .find_map(|words| name.strip_prefix(words));
            rest.is_some_and(|rest| rest.trim().parse::<u8>().is_ok())
        })
    }
}

/// The level that an outline level from 0 stands for; 9 is body text.
pub fn outline_level(outline: u8) -> Option<u8> {
    (outline < 9).then(|| (outline + 1).min(6))
}

/// `heading 1`, `标题 1`, `標題 1` as Word and WPS name their styles; `Title` and `标题`
/// are of the first level.
fn heading_name(name: &str) -> Option<u8> {
    let name = name.trim().to_lowercase();
    if matches!(name.as_str(), "title" | "标题" | "標題") {
        return Some(1);
    }
    let rest = ["heading", "标题", "標題"]
        .iter()
        .find_map(|word| name.strip_prefix(word))?;
    let level: u8 = rest.trim().parse().ok()?;
    (1..=9).contains(&level).then(|| level.min(6))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_name_outline_and_parent() {
        let styles = Styles::read(
            r#"<w:styles xmlns:w="x">
            <w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
            <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>
            <w:style w:type="paragraph" w:styleId="2"><w:name w:val="标题 2"/></w:style>
            <w:style w:type="paragraph" w:styleId="x"><w:name w:val="我的"/><w:basedOn w:val="2"/></w:style>
            <w:style w:type="paragraph" w:styleId="y"><w:name w:val="样式"/><w:pPr><w:outlineLvl w:val="2"/>
              <w:numPr><w:ilvl w:val="1"/><w:numId w:val="5"/></w:numPr></w:pPr></w:style>
            <w:style w:type="paragraph" w:styleId="z"><w:name w:val="toc 1"/></w:style>
            <w:style w:type="paragraph" w:styleId="l"><w:name w:val="l"/><w:basedOn w:val="l"/></w:style>
            </w:styles>"#,
        );
        let level = |id| styles.heading(Some(id));
        assert_eq!(
            [
                level("1"),
                level("2"),
                level("x"),
                level("y"),
                level("a"),
                level("l")
            ],
            [Some(1), Some(2), Some(2), Some(3), None, None]
        );
        assert_eq!(styles.heading(None), None);
        assert!(styles.is_contents(Some("z")));
        let numbered = styles.numbered(Some("y"));
        assert_eq!((numbered.list, numbered.level), (Some(5), Some(1)));
    }
}
