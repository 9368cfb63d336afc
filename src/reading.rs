//! The pipeline as one call: bytes → source → report → figures → findings.

use crate::audit::{self, Finding};
use crate::corpus::{Entry, Override};
use crate::figure::Figure;
use crate::report::Report;
use crate::source::{self, Format, SourceError};

/// Everything that one file says.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Its words and who wrote them.
    pub report: Report,
    /// Its statistics, in reading order.
    pub figures: Vec<Figure>,
    /// What was checked.
    pub findings: Vec<Finding>,
}

impl Reading {
    /// The words of `text` that a figure was read from.
    pub fn quote(&self, figure: &Figure) -> &str {
        &self.report.text[figure.range.clone()]
    }
}

/// Reads one file. `path` is its path below the corpus root (for fingerprints).
///
/// # Errors
/// [`SourceError`] when no text can be had from the bytes.
pub fn read(bytes: &[u8], path: &str, format: Format) -> Result<Reading, SourceError> {
    read_as(bytes, path, format, &Override::default(), Tells::All)
}

/// Reads a file of a corpus, whose `bytes` these are, with what a person says of it.
///
/// # Errors
/// [`SourceError`] when no text can be had from the bytes.
pub fn read_entry(bytes: &[u8], entry: &Entry) -> Result<Reading, SourceError> {
    let nothing = Override::default();
    let said = entry.said.as_deref().unwrap_or(&nothing);
    read_as(bytes, &entry.path, entry.format, said, Tells::All)
}

/// As [`read_entry`], for those who only count findings: these are without words
/// ([`crate::audit::count`]), and without those that a person has dismissed.
///
/// # Errors
/// [`SourceError`] when no text can be had from the bytes.
pub fn count_entry(bytes: &[u8], entry: &Entry) -> Result<Reading, SourceError> {
    let nothing = Override::default();
    let said = entry.said.as_deref().unwrap_or(&nothing);
    let Some(dismissed) = &entry.dismissed else {
        return read_as(bytes, &entry.path, entry.format, said, Tells::Nothing);
    };
    let mut reading = read_as(bytes, &entry.path, entry.format, said, Tells::Open)?;
    reading
        .findings
        .retain(|f| !dismissed.has(&f.fingerprint, &f.values()));
    Ok(reading)
}

/// As [`read_entry`], for those who look at open findings only: where there are none, what
/// holds is without words.
///
/// # Errors
/// [`SourceError`] when no text can be had from the bytes.
pub fn open_entry(bytes: &[u8], entry: &Entry) -> Result<Reading, SourceError> {
    let nothing = Override::default();
    let said = entry.said.as_deref().unwrap_or(&nothing);
    read_as(bytes, &entry.path, entry.format, said, Tells::Open)
}

/// As far as the report itself, for those who only want its words: without figures and
/// findings.
///
/// # Errors
/// [`SourceError`] when no text can be had from the bytes.
pub fn report_entry(bytes: &[u8], entry: &Entry) -> Result<Report, SourceError> {
    let nothing = Override::default();
    let said = entry.said.as_deref().unwrap_or(&nothing);
    let source = source::read(bytes, entry.format)?;
    Ok(crate::report::read_as(source, said))
}

/// Which findings are told in words: making them costs more than the checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tells {
    All,
    /// None where nothing is open.
    Open,
    Nothing,
}

fn read_as(
    bytes: &[u8],
    path: &str,
    format: Format,
    said: &Override,
    tells: Tells,
) -> Result<Reading, SourceError> {
    let source = source::read(bytes, format)?;
    let report = crate::report::read_as(source, said);
    let (figures, claims) = crate::figure::read(&report);
    let tell = || audit::check(&report, path, &figures, &claims);
    let count = || audit::count(&report, &figures, &claims);
    let findings = match tells {
        Tells::All => tell(),
        Tells::Nothing => count(),
        Tells::Open => {
            let counted = count();
            match counted.iter().any(Finding::is_open) {
                true => tell(),
                false => counted,
            }
        }
    };
    Ok(Reading {
        report,
        figures,
        findings,
    })
}
