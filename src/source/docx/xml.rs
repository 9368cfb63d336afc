//! The few things that all parts of a document ask of XML.

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// The text of a part: UTF-8 as nearly always, or UTF-16.
pub fn text(bytes: &[u8]) -> String {
    let units = |from: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..]
            .chunks_exact(2)
            .map(|c| from([c[0], c[1]]))
            .collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xff, 0xfe, ..] => units(u16::from_le_bytes),
        [0xfe, 0xff, ..] => units(u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// A reader that takes XML as it is, however badly its ends match.
pub fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    reader
}

/// The value of an attribute by its name without prefix.
pub fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    tag.attributes()
        .with_checks(false)
        .flatten()
        .find(|a| a.key.local_name().as_ref() == name)
        .map(|a| {
            a.normalized_value(quick_xml::XmlVersion::Implicit1_0)
                .map_or_else(|_| a.value.to_string(), |v| v.into_owned())
        })
}

/// The attribute `val`, which nearly everything in a document is said by.
pub fn val(tag: &BytesStart) -> Option<String> {
    attribute(tag, "val")
}

/// Whether an on/off property is on: its presence says so, unless its value says no.
pub fn on(tag: &BytesStart) -> bool {
    !matches!(val(tag).as_deref(), Some("0" | "false" | "off"))
}

/// What a reference such as `&amp;` or `&#20013;` stands for; entities that a document
/// defines itself stand for nothing.
pub fn reference(name: &quick_xml::events::BytesRef) -> Option<char> {
    if let Ok(Some(c)) = name.resolve_char_ref() {
        return Some(c);
    }
    match name.as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

/// The words of the first element of this name.
pub fn first(text: &str, name: &str) -> Option<String> {
    let mut reader = reader(text);
    let mut inside = false;
    let mut words = String::new();
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) if tag.local_name().as_ref() == name => inside = true,
            Event::End(tag) if inside && tag.local_name().as_ref() == name => break,
            Event::Text(part) if inside => words.push_str(&part.xml10_content()),
            Event::GeneralRef(name) if inside => words.extend(reference(&name)),
            Event::Eof => break,
            _ => {}
        }
    }
    let words = words.trim();
    (!words.is_empty()).then(|| words.to_owned())
}

/// Ids and targets of the relations whose type ends so.
pub fn relations(text: &str, ending: &str) -> Vec<(String, String)> {
    let mut reader = reader(text);
    let mut found = Vec::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) | Event::Empty(tag)
                if attribute(&tag, "Type").is_some_and(|t| t.ends_with(ending)) =>
            {
                let id = attribute(&tag, "Id").unwrap_or_default();
                found.extend(attribute(&tag, "Target").map(|target| (id, target)));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    found
}
