//! The words of a document in reading order: paragraphs, tables with their merged cells,
//! text boxes behind the paragraph that they are anchored in.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use super::numbering::Numbering;
use super::styles::{Numbered, Styles, outline_level};
use super::table::{Merged, Table, join};
use super::{Piece, xml};

/// Tables and text boxes nested deeper than this are read as plain paragraphs.
const MAX_DEPTH: usize = 40;
/// Paragraphs and cells of a document beyond this many are not read.
const MAX_PIECES: usize = 400_000;
/// Columns that one cell may cover.
const MAX_SPAN: usize = 200;

/// Elements that hold nothing a reader sees: what was deleted or moved away, computed
/// fields' instructions, readings beside characters.
const PASSED_OVER: [&str; 9] = [
    "del",
    "moveFrom",
    "instrText",
    "delText",
    "rt",
    "sectPr",
    "pPrChange",
    "rPrChange",
    "tblPrChange",
];

/// What other parts of a document tell of its body.
#[derive(Default)]
pub struct Beside {
    pub styles: Styles,
    pub footnotes: HashMap<String, String>,
    pub endnotes: HashMap<String, String>,
    /// Documents put into this one (`altChunk`), by the ids of their relations.
    pub chunks: HashMap<String, Vec<Piece>>,
}

/// Reads the document part; tells also whether it is whole.
pub fn read(text: &str, beside: &Beside, numbering: Numbering) -> (Vec<Piece>, bool) {
    let mut body = Body {
        beside,
        numbering,
        carried: String::new(),
        alternatives: Vec::new(),
        controls: Vec::new(),
        in_row_properties: false,
        frames: vec![Frame::default()],
        tables: Vec::new(),
        paragraphs: Vec::new(),
        depth: 0,
        in_text: false,
        count: 0,
    };
    let mut reader = xml::reader(text);
    let mut whole = true;
    loop {
        if body.count > MAX_PIECES {
            whole = false;
            break;
        }
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                if body.passes_over(tag.local_name().as_ref()) {
                    whole &= reader.read_to_end(tag.name()).is_ok();
                } else {
                    body.start(&tag);
                }
            }
            Ok(Event::Empty(tag)) => {
                if !body.passes_over(tag.local_name().as_ref()) {
                    body.start(&tag);
                    body.end(tag.local_name().as_ref());
                }
            }
            Ok(Event::End(tag)) => body.end(tag.local_name().as_ref()),
            Ok(Event::Text(part)) => body.words(&part.xml10_content()),
            Ok(Event::CData(part)) => body.words(&part.xml10_content()),
            Ok(Event::GeneralRef(name)) => {
                if let Some(c) = xml::reference(&name) {
                    body.words(c.encode_utf8(&mut [0; 4]));
                }
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(_) => {
                whole = false;
                break;
            }
        }
    }
    whole &= body.frames.len() == 1 && body.tables.is_empty();
    (body.finish(), whole)
}

/// What stands in a cell, a text box or the document itself.
#[derive(Default)]
struct Frame {
    pieces: Vec<Piece>,
}

#[derive(Default)]
struct Paragraph {
    words: String,
    style: Option<String>,
    outline: Option<u8>,
    numbered: Numbered,
    /// Text boxes anchored in it, and footnotes.
    behind: Vec<Piece>,
    /// The run that is being read is hidden.
    hidden: bool,
    in_properties: bool,
    /// Its end was deleted: it goes on with the next paragraph.
    open_ended: bool,
}

struct Body<'a> {
    beside: &'a Beside,
    numbering: Numbering,
    /// Words of a paragraph whose end was deleted, for the next one.
    carried: String,
    /// Whether one of the alternatives that are open has been read.
    alternatives: Vec<bool>,
    /// Whether the content controls that are open hold a table of contents.
    controls: Vec<bool>,
    in_row_properties: bool,
    frames: Vec<Frame>,
    tables: Vec<Table>,
    paragraphs: Vec<Paragraph>,
    /// Elements opened beyond the depth that is followed.
    depth: usize,
    in_text: bool,
    /// Paragraphs and cells so far.
    count: usize,
}

impl Body<'_> {
    /// Whether an element is none of the reader's business, as it begins; marks of deletion
    /// are noted.
    fn passes_over(&mut self, name: &str) -> bool {
        match name {
            "del" | "moveFrom" => {
                self.deleted();
                true
            }
            // Of two drawings of one thing the first is read, the older one without it.
            "Choice" | "Fallback" => {
                let read = self.alternatives.last_mut();
                read.is_some_and(|read| std::mem::replace(read, true))
            }
            name => PASSED_OVER.contains(&name),
        }
    }

    fn start(&mut self, tag: &BytesStart) {
        let number = || xml::val(tag).and_then(|v| v.parse::<u32>().ok());
        match tag.local_name().as_ref() {
            "p" if self.paragraphs.len() < MAX_DEPTH * 2 => {
                self.count += 1;
                let words = std::mem::take(&mut self.carried);
                self.paragraphs.push(Paragraph {
                    words,
                    ..Paragraph::default()
                });
            }
            "AlternateContent" => self.alternatives.push(false),
            "sdt" => self.controls.push(false),
            "docPartGallery" => {
                let contents = xml::val(tag).is_some_and(|v| v == "Table of Contents");
                if let Some(control) = self.controls.last_mut() {
                    *control |= contents;
                }
            }
            "altChunk" => {
                let pieces = xml::attribute(tag, "id")
                    .and_then(|id| self.beside.chunks.get(&id).cloned())
                    .unwrap_or_default();
                self.put_pieces(pieces);
            }
            // Letters bent to a shape: the name at the head of a document, often.
            "textpath" => {
                if let Some(words) = xml::attribute(tag, "string") {
                    self.put(&words);
                }
            }
            "t" => self.in_text = true,
            "tab" | "ptab" => self.put("\t"),
            "br" | "cr" => match xml::attribute(tag, "type").as_deref() {
                Some("page" | "column") => {}
                _ => self.put("\n"),
            },
            "noBreakHyphen" => self.put("-"),
            "r" => {
                if let Some(p) = self.paragraphs.last_mut() {
                    p.hidden = false;
                }
            }
            "vanish" => {
                let hidden = xml::on(tag);
                if let Some(p) = self.paragraphs.last_mut().filter(|p| !p.in_properties) {
                    p.hidden = hidden;
                }
            }
            "pPr" => self.property(|p| p.in_properties = true),
            "pStyle" => {
                let style = xml::val(tag);
                self.property(|p| p.style = style);
            }
            "outlineLvl" => {
                let level = number().map(|n| n.min(9) as u8);
                self.property(|p| p.outline = level);
            }
            "numId" => {
                let list = number();
                self.property(|p| p.numbered.list = list);
            }
            "ilvl" => {
                let level = number().map(|n| n as usize);
                self.property(|p| p.numbered.level = level);
            }
            "footnoteReference" | "endnoteReference" => {
                let notes = match tag.local_name().as_ref() {
                    "endnoteReference" => &self.beside.endnotes,
                    _ => &self.beside.footnotes,
                };
                let words = xml::attribute(tag, "id").and_then(|id| notes.get(&id));
                if let (Some(words), Some(p)) = (words, self.paragraphs.last_mut()) {
                    p.behind.push(Piece::Line(None, words.clone()));
                }
            }
            "txbxContent" => self.open(),
            "tbl" => {
                if self.tables.len() + self.frames.len() < MAX_DEPTH {
                    if let Some(outer) = self.tables.last_mut() {
                        outer.nests = true;
                    }
                    self.tables.push(Table::default());
                } else {
                    self.depth += 1;
                }
            }
            "tr" if self.depth == 0 => {
                self.count += 1;
                if let Some(table) = self.tables.last_mut() {
                    table.rows.push(Vec::new());
                    table.row_deleted = false;
                }
            }
            "trPr" => self.in_row_properties = true,
            "gridBefore" => {
                self.count += 1;
                let columns = number().unwrap_or(1) as usize;
                self.cell(|row| {
                    row.push(Merged {
                        columns: columns.clamp(1, MAX_SPAN),
                        ..Merged::default()
                    });
                });
            }
            "tc" if self.depth == 0 && !self.tables.is_empty() => {
                self.count += 1;
                self.cell(|row| row.push(Merged::default()));
                self.open();
            }
            "gridSpan" => {
                let columns = (number().unwrap_or(1) as usize).clamp(1, MAX_SPAN);
                self.last_cell(|cell| cell.columns = columns);
            }
            "vMerge" => {
                let begins = xml::val(tag).as_deref() == Some("restart");
                self.last_cell(|cell| {
                    cell.begins = begins;
                    cell.continues = !begins;
                });
            }
            "hMerge" => {
                let begins = xml::val(tag).as_deref() == Some("restart");
                self.last_cell(|cell| cell.to_left = !begins);
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => self.end_paragraph(),
            "t" => self.in_text = false,
            "pPr" => self.property(|p| p.in_properties = false),
            "trPr" => self.in_row_properties = false,
            "AlternateContent" => drop(self.alternatives.pop()),
            "sdt" => drop(self.controls.pop()),
            "txbxContent" if self.frames.len() > 1 => {
                if let Some(frame) = self.frames.pop() {
                    match self.paragraphs.last_mut() {
                        Some(p) => p.behind.extend(frame.pieces),
                        None => self.put_pieces(frame.pieces),
                    }
                }
            }
            "tc" if self.depth == 0 && !self.tables.is_empty() && self.frames.len() > 1 => {
                if let Some(frame) = self.frames.pop() {
                    self.last_cell(|cell| cell.pieces = frame.pieces);
                }
            }
            "tr" if self.depth == 0 => {
                if let Some(table) = self.tables.last_mut()
                    && table.row_deleted
                {
                    table.rows.pop();
                }
            }
            "tbl" => {
                if self.depth > 0 {
                    self.depth -= 1;
                } else if let Some(table) = self.tables.pop() {
                    let pieces = table.pieces();
                    self.put_pieces(pieces);
                }
            }
            _ => {}
        }
    }

    fn open(&mut self) {
        if self.frames.len() < MAX_DEPTH * 2 {
            self.frames.push(Frame::default());
        }
    }

    fn property(&mut self, set: impl FnOnce(&mut Paragraph)) {
        if let Some(p) = self.paragraphs.last_mut() {
            set(p);
        }
    }

    fn cell(&mut self, change: impl FnOnce(&mut Vec<Merged>)) {
        if let Some(row) = self.tables.last_mut().and_then(|t| t.rows.last_mut()) {
            change(row);
        }
    }

    fn last_cell(&mut self, change: impl FnOnce(&mut Merged)) {
        self.cell(|row| {
            if let Some(cell) = row.last_mut() {
                change(cell);
            }
        });
    }

    /// A mark of deletion: on a row, or on the end of a paragraph. Around words it deletes
    /// nothing by itself.
    fn deleted(&mut self) {
        if self.in_row_properties {
            if let Some(table) = self.tables.last_mut() {
                table.row_deleted = true;
            }
        } else if let Some(p) = self.paragraphs.last_mut() {
            p.open_ended |= p.in_properties;
        }
    }

    fn words(&mut self, words: &str) {
        if self.in_text {
            self.put(words);
        }
    }

    fn put(&mut self, words: &str) {
        if let Some(p) = self.paragraphs.last_mut()
            && !p.hidden
            && !p.in_properties
        {
            p.words.push_str(words);
        }
    }

    fn put_pieces(&mut self, pieces: Vec<Piece>) {
        if !self.controls.contains(&true)
            && let Some(frame) = self.frames.last_mut()
        {
            frame.pieces.extend(pieces);
        }
    }

    fn end_paragraph(&mut self) {
        let Some(p) = self.paragraphs.pop() else {
            return;
        };
        if p.open_ended {
            self.carried = p.words;
            return self.put_pieces(p.behind);
        }
        let styles = &self.beside.styles;
        let style = p.style.as_deref();
        let of_style = styles.numbered(style);
        let list = p.numbered.list.or(of_style.list).filter(|list| *list > 0);
        let level = p.numbered.level.or(of_style.level).unwrap_or(0);
        let visible = !p.words.trim().is_empty();
        let mut label = String::new();
        if let Some(list) = list {
            label = self.numbering.next(list, level);
        }
        if visible && !styles.is_contents(style) {
            let heading = match p.outline {
                Some(outline) => outline_level(outline),
                None => styles.heading(style),
            };
            let mut pieces = Vec::new();
            match heading {
                // A heading set on two lines is one heading.
                Some(level) => {
                    let words = p.words.split('\n').fold(String::new(), join);
                    pieces.push(Piece::Line(Some(level), label + &words));
                }
                None => {
                    let mut label = Some(label);
                    for line in p.words.split('\n').filter(|l| !l.trim().is_empty()) {
                        let label = label.take().unwrap_or_default();
                        let line = if label.is_empty() {
                            line
                        } else {
                            line.trim_start()
                        };
                        pieces.push(Piece::Line(None, label + line));
                    }
                }
            }
            self.put_pieces(pieces);
        }
        self.put_pieces(p.behind);
    }

    /// Everything, also what a damaged document left open.
    fn finish(mut self) -> Vec<Piece> {
        while !self.paragraphs.is_empty() {
            self.end_paragraph();
        }
        if !self.carried.is_empty() {
            let words = std::mem::take(&mut self.carried);
            self.put_pieces(vec![Piece::Line(None, words)]);
        }
        self.controls.clear();
        while let Some(table) = self.tables.pop() {
            while self.frames.len() > 1 {
                let frame = self.frames.pop().unwrap_or_default();
                self.put_pieces(frame.pieces);
            }
            let pieces = table.pieces();
            self.put_pieces(pieces);
        }
        self.frames.into_iter().flat_map(|f| f.pieces).collect()
    }
}
