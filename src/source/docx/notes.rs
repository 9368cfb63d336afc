//! Footnotes and endnotes, which stand in parts of their own.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::body::{self, Beside};
use super::numbering::Numbering;
use super::table::joined;
use super::xml;

/// The footnotes or endnotes of a part by their ids; every note is a small document.
pub fn read(text: &str, kind: &str) -> HashMap<String, String> {
    let mut notes = HashMap::new();
    let mut reader = xml::reader(text);
    while let Ok(event) = reader.read_event() {
        let tag = match event {
            Event::Start(tag) if tag.local_name().as_ref() == kind => tag,
            Event::Eof => break,
            _ => continue,
        };
        let Ok(span) = reader.read_to_end(tag.name()) else {
            break;
        };
        let note = text.get(span.start as usize..span.end as usize);
        let (pieces, _) = body::read(
            note.unwrap_or_default(),
            &Beside::default(),
            Numbering::default(),
        );
        let words = joined(&pieces);
        if let (Some(id), false) = (xml::attribute(&tag, "id"), words.is_empty()) {
            notes.insert(id, words);
        }
    }
    notes
}
