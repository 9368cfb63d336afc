//! One reading → its documents: the report, and behind it its sections in reading order.

use std::ops::Range;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use tantivy::TantivyDocument;
use tantivy::schema::OwnedValue;

use super::schema::{
    FAILURE, Facts, Fields, REPORT, SCALE, StoredReport, StoredSection, Tally, Twin, figure_key,
    part_code,
};
use crate::audit::Status;
use crate::audit::corpus::{Sketch, plain_text};
use crate::corpus::{Entry, Failure};
use crate::figure::{Figure, Semantics};
use crate::reading::Reading;
use crate::report::{Report, Section};
use crate::text::fold::{Folded, fold};

/// The documents of one file: the report first.
pub fn documents(
    fields: &Fields,
    entry: &Entry,
    stamp: u64,
    reading: &Reading,
) -> Vec<TantivyDocument> {
    let mut all = Vec::with_capacity(reading.report.sections.len() + 1);
    all.push(report_document(fields, entry, stamp, reading));
    for section in &reading.report.sections {
        all.push(section_document(
            fields,
            &entry.id,
            &reading.report,
            section,
        ));
    }
    all
}

fn report_document(
    fields: &Fields,
    entry: &Entry,
    stamp: u64,
    reading: &Reading,
) -> TantivyDocument {
    let report = &reading.report;
    let place = report.region.as_ref().map(|r| r.path.clone());
    let facts = Facts {
        region: report.region.as_ref().and_then(|r| r.code.parse().ok()),
        year: report.year.map(|y| y.value),
        agency: report.agency.is_some(),
        level: report.region.as_ref().map(|r| r.level),
        kind: report.kind,
        form: report.form,
        script: report.script,
    };
    let count = |status: &[Status]| {
        // What is only good to know is neither a failure nor a doubt.
        let with = |f: &&crate::audit::Finding| {
            let known = matches!(f.status, Status::Fail | Status::Warn) && !f.is_open();
            status.contains(&f.status) && !known
        };
        reading.findings.iter().filter(with).count() as u32
    };
    let tally = Tally {
        figures: reading.figures.len() as u32,
        fails: count(&[Status::Fail]),
        warns: count(&[Status::Warn]),
        passes: count(&[Status::Pass, Status::PassIfBlankZero, Status::Implied]),
    };
    let twin = Twin {
        said: report.principal,
        text: Sketch::of(&plain_text(report)).bits(),
    };
    let card = StoredReport {
        id: entry.id.clone(),
        path: entry.path.clone(),
        title: report.title.clone(),
        place: place.clone().unwrap_or_default(),
        agency: report.agency.clone(),
    };
    let mut doc = TantivyDocument::new();
    doc.add_u64(fields.sort, REPORT);
    doc.add_text(fields.id, &entry.id);
    doc.add_u64(fields.key, key(&entry.id));
    doc.add_u64(fields.stamp, stamp);
    doc.add_u64(fields.facts, facts.pack());
    doc.add_u64(fields.tally, tally.pack());
    doc.add_u64(fields.twin, twin.pack());
    doc.add_u64(fields.same, whole(report));
    doc.add_text(fields.path, &entry.path);
    doc.add_text(fields.title, fold(&report.title));
    if let Some(place) = place {
        doc.add_text(fields.place, place.join("/"));
    }
    if let Some(agency) = &report.agency {
        doc.add_text(fields.agency, agency);
    }
    let figures: Vec<(String, OwnedValue)> = reading.figures.iter().filter_map(cell).collect();
    if !figures.is_empty() {
        doc.add_field_value(fields.figures, &OwnedValue::Object(figures));
    }
    if let Ok(card) = serde_json::to_string(&card) {
        doc.add_text(fields.card, card);
    }
    doc
}

/// Fewest characters of a text that is told from another by its words alone.
const LEAST_TEXT: usize = 40;

/// The whole folded text, numbers and tables included, as one number; 0 for a short one.
fn whole(report: &Report) -> u64 {
    let mut hasher = blake3::Hasher::new();
    let mut length = 0;
    for block in &report.blocks {
        // How a format breaks its lines is not part of the text.
        for word in block.folded.text().split_whitespace() {
            length += word.chars().count();
            hasher.update(word.as_bytes());
        }
    }
    if length < LEAST_TEXT {
        return 0;
    }
    let mut eight = [0; 8];
    eight.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    u64::from_le_bytes(eight)
}

/// Column and value of a figure that lists may show.
fn cell(figure: &Figure) -> Option<(String, OwnedValue)> {
    let indicator = figure.indicator.as_ref().filter(|_| figure.principal)?;
    if !matches!(figure.semantics, Semantics::Number | Semantics::Zero) || figure.scope.is_some() {
        return None;
    }
    let scaled = figure
        .value?
        .checked_mul(Decimal::from(10_i64.pow(SCALE)))?;
    let key = match figure.applicant {
        None => figure_key(indicator),
        Some(who) => {
            let who = serde_json::to_value(who).ok()?;
            format!("{}/{}", figure_key(indicator), who.as_str()?)
        }
    };
    Some((key, OwnedValue::I64(scaled.round().to_i64()?)))
}

fn section_document(
    fields: &Fields,
    id: &str,
    report: &Report,
    section: &Section,
) -> TantivyDocument {
    let pieces = pieces(report, &section.own);
    let mut words = String::with_capacity(section.own.len());
    let mut odd = 0;
    for piece in &pieces {
        if !words.is_empty() {
            words.push('\n');
        }
        let text = &report.text[piece.range()];
        words.push_str(piece.folded().text());
        odd |= piece.folded().odd();
        if piece.folded().len() != text.chars().count() {
            odd |= GAPS;
        }
    }
    let base = section.own.start;
    let title = if section.marker.is_empty() {
        section.title.clone()
    } else {
        format!("{}{}", section.marker, section.title)
    };
    let mut heading = fold(&title);
    if !report.title_range.is_empty() && section.own.contains(&report.title_range.start) {
        heading.push('\n');
        heading.push_str(&fold(&report.title));
    }
    let ranges = pieces
        .iter()
        .map(|p| p.range())
        .map(|r| ((r.start - base) as u32, (r.end - base) as u32))
        .collect();
    let card = StoredSection(section.id.clone(), title, base, ranges);
    let mut doc = TantivyDocument::new();
    doc.add_text(fields.id, id);
    doc.add_text(fields.words, words);
    if !heading.is_empty() {
        doc.add_text(fields.heading, heading);
    }
    doc.add_text(fields.body, &report.text[section.own.clone()]);
    doc.add_u64(fields.part, part_code(section.part));
    doc.add_u64(fields.variants, odd);
    if let Ok(card) = serde_json::to_string(&card) {
        doc.add_text(fields.card, card);
    }
    doc
}

/// The document of a file that could not be read.
pub fn failure_document(
    fields: &Fields,
    id: &str,
    stamp: u64,
    failure: &Failure,
) -> TantivyDocument {
    let mut doc = TantivyDocument::new();
    doc.add_u64(fields.sort, FAILURE);
    doc.add_text(fields.id, id);
    doc.add_u64(fields.key, key(id));
    doc.add_u64(fields.stamp, stamp);
    if let Ok(card) = serde_json::to_string(failure) {
        doc.add_text(fields.card, card);
    }
    doc
}

/// An id as a number.
pub fn key(id: &str) -> u64 {
    u64::from_str_radix(id, 16).unwrap_or(0)
}

/// A piece of a section: a whole block, or the part of one that the section holds.
enum Piece<'a> {
    Whole(&'a crate::source::Block),
    Part(Range<usize>, Folded),
}

impl Piece<'_> {
    fn range(&self) -> Range<usize> {
        match self {
            Self::Whole(block) => block.range.clone(),
            Self::Part(range, _) => range.clone(),
        }
    }

    fn folded(&self) -> &Folded {
        match self {
            Self::Whole(block) => &block.folded,
            Self::Part(_, folded) => folded,
        }
    }
}

/// The pieces of the blocks that lie in `own`, each folded by itself.
fn pieces<'a>(report: &'a Report, own: &Range<usize>) -> Vec<Piece<'a>> {
    let first = report.blocks.partition_point(|b| b.range.end <= own.start);
    let mut all = Vec::new();
    for block in &report.blocks[first..] {
        if block.range.start >= own.end {
            break;
        }
        if own.start <= block.range.start && block.range.end <= own.end {
            all.push(Piece::Whole(block));
        } else {
            let range = block.range.start.max(own.start)..block.range.end.min(own.end);
            let folded = Folded::new(&report.text[range.clone()], range.start);
            all.push(Piece::Part(range, folded));
        }
    }
    all
}

/// The bit beside those of [`Folded::odd`] that says that the fold left something out, white space or noise.
pub const GAPS: u64 = 1 << 63;
