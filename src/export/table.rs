//! A [`Comparison`] as text for people, as JSON, CSV and Markdown for other programs.

use std::io::{self, Write};

use super::csv_cell;
use crate::audit::{Message, Status};
use crate::config::language::Language;
use crate::figure::{Qualifier, Semantics};
use crate::query::compare::{
    Cell, Column, Comparison, DerivedRow, Group, Note, Row, Versus, letter,
};
use crate::text::clean::clean_line;
use crate::text::columns::{Align, Columns};
use crate::text::digits::{grouped, signed, times};

/// What a note says.
pub fn note(note: &Note, language: Language) -> String {
    let blanks = note.blanks(|message| pick(message, language));
    let blanks: Vec<_> = blanks.iter().map(|(n, v)| (*n, v.as_str())).collect();
    language.fill(note.key(), &blanks)
}

/// A message in the language of the interface.
pub fn pick(message: &Message, language: Language) -> &str {
    match language {
        Language::Zh => &message.zh,
        Language::En => &message.en,
    }
}

/// What a column is called: the region and department it speaks of, and the year.
pub fn heading(column: &Column) -> String {
    let region = column.region_path.last().map(String::as_str);
    let agency = column.agency.as_deref();
    let body = match (region, agency) {
        (None, None) => column.title.clone(),
        _ => [region, agency].into_iter().flatten().collect(),
    };
    match column.year {
        Some(year) => format!("{body} {year}"),
        None => body,
    }
}

/// A value as it is shown in a cell: number with unit, or a mark that tells blank, not
/// applicable, words and not stated apart.
pub fn value(cell: Option<&Cell>, language: Language) -> String {
    let Some(cell) = cell else {
        return language.text("compare.cell.missing").to_owned();
    };
    let Some(value) = cell.value else {
        return language
            .text(match cell.semantics {
                Semantics::Na => "compare.cell.not_applicable",
                Semantics::Text => "compare.cell.words",
                _ => "compare.cell.blank",
            })
            .to_owned();
    };
    let mark = match cell.qualifier {
        Qualifier::Exact => "",
        Qualifier::Approx => "≈",
        Qualifier::AtLeast => "≥",
        Qualifier::AtMost => "≤",
    };
    let gap = if cell.unit == "%" { "" } else { " " };
    format!("{mark}{}{gap}{}", grouped(value), cell.unit)
}

/// For people: groups, a tree of rows, differences to the first report, notes below.
///
/// # Errors
/// Those of the writer.
pub fn text(comparison: &Comparison, language: Language, out: &mut dyn Write) -> io::Result<()> {
    for (i, column) in comparison.columns.iter().enumerate() {
        let head = format!("{}  {}  ({})", letter(i), heading(column), column.path);
        writeln!(out, "{}", clean_line(&head))?;
    }
    let others = comparison.columns.len().saturating_sub(1);
    let mut aligns = vec![Align::Left];
    aligns.extend(
        comparison
            .columns
            .iter()
            .flat_map(|_| [Align::Right, Align::Left]),
    );
    aligns.extend((0..others).flat_map(|_| [Align::Right, Align::Right]));
    let mut columns = Columns::new(&aligns);
    let mut head = vec![String::new()];
    for i in 0..comparison.columns.len() {
        head.extend([letter(i), String::new()]);
    }
    for i in 1..comparison.columns.len() {
        head.extend([format!("A−{}", letter(i)), format!("A÷{}", letter(i))]);
    }
    columns.push(head);
    let mut remarks = Remarks::default();
    for group in &comparison.groups {
        columns.plain(pick(&group.label, language));
        for row in &group.rows {
            columns.push(line(row, language, &mut remarks));
        }
    }
    if !comparison.derived.is_empty() {
        columns.plain(language.text("compare.derived"));
    }
    for row in &comparison.derived {
        columns.push(derived_line(row, language));
    }
    for line in columns.lines() {
        writeln!(out, "{}", clean_line(&line))?;
    }
    for flag in &comparison.loose {
        let about = format!("{} {}", letter(flag.column), flag.rule);
        remarks.add(
            mark(flag.status),
            &format!("{about}: {}", pick(&flag.message, language)),
        );
    }
    for line in &remarks.0 {
        writeln!(out, "{}", clean_line(line))?;
    }
    Ok(())
}

/// A rate or a group: no difference is drawn between two of them.
fn derived_line(row: &DerivedRow, language: Language) -> Vec<String> {
    let mut cells = vec![format!("  {}", pick(&row.label, language))];
    for cell in &row.cells {
        let Some(cell) = cell else {
            cells.extend([
                language.text("compare.cell.missing").to_owned(),
                String::new(),
            ]);
            continue;
        };
        let gap = if row.unit == "%" { "" } else { " " };
        let small = if cell.small { " *" } else { "" };
        cells.push(format!("{}{gap}{}{small}", grouped(cell.value), row.unit));
        cells.push(format!("({})", cell.formula));
    }
    cells
}

/// For people: the years of one body, a column for each, notes below.
///
/// # Errors
/// Those of the writer.
pub fn series(comparison: &Comparison, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let mut aligns = vec![Align::Left];
    aligns.extend(comparison.columns.iter().map(|_| Align::Right));
    let mut columns = Columns::new(&aligns);
    // Notes speak of columns by their letters.
    let years = comparison.columns.iter().enumerate().map(|(i, c)| {
        let year = c.year.map(|y| y.to_string()).unwrap_or_default();
        format!("{} {year}", letter(i))
    });
    columns.push(std::iter::once(String::new()).chain(years));
    let mut remarks = Remarks::default();
    for group in &comparison.groups {
        columns.plain(pick(&group.label, language));
        for row in &group.rows {
            let mut cells = line(row, language, &mut remarks).into_iter();
            let label = cells.next().unwrap_or_default();
            let values = row.cells.iter().map(|c| value(c.as_ref(), language));
            columns.push(std::iter::once(label).chain(values));
        }
    }
    for line in columns.lines() {
        writeln!(out, "{}", clean_line(&line))?;
    }
    for line in &remarks.0 {
        writeln!(out, "{}", clean_line(line))?;
    }
    Ok(())
}

/// Footnotes, each once.
#[derive(Default)]
struct Remarks(Vec<String>);

impl Remarks {
    /// The sign that leads to the remark.
    fn add(&mut self, sign: &str, remark: &str) -> String {
        let of = |n: usize| format!("{sign}{n}");
        let known = (1..=self.0.len()).find(|n| self.0[n - 1] == format!("{} {remark}", of(*n)));
        let n = known.unwrap_or_else(|| {
            self.0.push(format!("{} {remark}", of(self.0.len() + 1)));
            self.0.len()
        });
        of(n)
    }
}

fn line(row: &Row, language: Language, remarks: &mut Remarks) -> Vec<String> {
    let indent = "  ".repeat(usize::from(row.depth) + 1);
    let mut label = format!("{indent}{}", pick(&row.label, language));
    for flag in &row.flags {
        let about = format!("{} {}", letter(flag.column), flag.rule);
        let remark = format!("{about}: {}", pick(&flag.message, language));
        label += &format!(" {}", remarks.add(mark(flag.status), &remark));
    }
    let mut signs: Vec<String> = Vec::new();
    for versus in &row.versus {
        for warning in versus.notes.iter().filter(|n| n.is_warning()) {
            let sign = remarks.add("*", &note(warning, language));
            if !signs.contains(&sign) {
                label += &format!(" {sign}");
                signs.push(sign);
            }
        }
    }
    let mut cells = vec![label];
    for cell in &row.cells {
        cells.push(value(cell.as_ref(), language));
        cells.push(share(cell.as_ref(), language));
    }
    for versus in &row.versus {
        cells.push(versus.difference.map_or_else(String::new, signed));
        cells.push(versus.ratio.map_or_else(String::new, times));
    }
    cells
}

fn share(cell: Option<&Cell>, language: Language) -> String {
    let Some(share) = cell.and_then(|c| c.share.as_ref()) else {
        return String::new();
    };
    let values = [
        ("percent", grouped(share.percent)),
        ("base", grouped(share.base)),
    ];
    let values = values.each_ref().map(|(n, v)| (*n, v.as_str()));
    language.fill("compare.cell.share", &values)
}

fn mark(status: Status) -> &'static str {
    match status {
        Status::Fail => "✗",
        Status::Warn => "!",
        _ => "·",
    }
}

/// For programs: everything, as it is.
///
/// # Errors
/// Those of the writer.
pub fn json(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, comparison)?;
    out.write_all(b"\n")
}

/// For spreadsheets: plain numbers, a column for value, unit and share of each report.
///
/// # Errors
/// Those of the writer.
pub fn csv(comparison: &Comparison, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let mut head: Vec<String> = ["group", "indicator", "applicant", "label", "depth"]
        .map(str::to_owned)
        .to_vec();
    for (i, column) in comparison.columns.iter().enumerate() {
        let name = letter(i);
        head.push(csv_cell(&format!("{name} {}", heading(column))));
        for part in ["unit", "state", "share_percent", "share_of"] {
            head.push(format!("{name} {part}"));
        }
    }
    for i in 1..comparison.columns.len() {
        let name = letter(i);
        head.extend([
            format!("A-{name}"),
            format!("A/{name}"),
            format!("A {name} notes"),
        ]);
    }
    head.push("findings".to_owned());
    writer.write_record(&head)?;
    for group in &comparison.groups {
        for row in &group.rows {
            writer.write_record(record(group, row, language))?;
        }
    }
    for row in &comparison.derived {
        writer.write_record(derived_record(row, comparison.columns.len(), language))?;
    }
    writer.flush()
}

/// A rate or a group in the columns of [`record`]; its formula stands where the whole of a
/// share does.
fn derived_record(row: &DerivedRow, columns: usize, language: Language) -> Vec<String> {
    let mut record = vec![
        csv_cell(language.text("compare.derived")),
        csv_cell(&row.key),
        String::new(),
        csv_cell(pick(&row.label, language)),
        "0".to_owned(),
    ];
    for cell in &row.cells {
        let (value, state, formula) = match cell {
            Some(cell) => (
                cell.value.normalize().to_string(),
                "derived",
                cell.formula.as_str(),
            ),
            None => (String::new(), "missing", ""),
        };
        record.extend([
            value,
            csv_cell(row.unit),
            state.to_owned(),
            String::new(),
            csv_cell(formula),
        ]);
    }
    record.extend((1..columns).flat_map(|_| [String::new(), String::new(), String::new()]));
    record.push(String::new());
    record
}

fn record(group: &Group, row: &Row, language: Language) -> Vec<String> {
    let mut record = vec![
        csv_cell(pick(&group.label, language)),
        csv_cell(&row.key),
        row.applicant.map_or_else(String::new, snake),
        csv_cell(pick(&row.label, language)),
        row.depth.to_string(),
    ];
    for cell in &row.cells {
        let share = cell.as_ref().and_then(|c| c.share.as_ref());
        let number = |v: rust_decimal::Decimal| v.normalize().to_string();
        record.extend([
            // A minus before a number is no formula.
            cell.as_ref()
                .and_then(|c| c.value)
                .map_or_else(String::new, number),
            cell.as_ref()
                .map_or_else(String::new, |c| csv_cell(&c.unit)),
            cell.as_ref()
                .map_or_else(|| "missing".to_owned(), |c| snake(c.semantics)),
            share.map_or_else(String::new, |s| number(s.percent)),
            share.map_or_else(String::new, |s| csv_cell(&s.of)),
        ]);
    }
    for versus in &row.versus {
        let plain = |v: rust_decimal::Decimal| v.round_dp(6).normalize().to_string();
        record.extend([
            versus.difference.map_or_else(String::new, plain),
            versus.ratio.map_or_else(String::new, plain),
            csv_cell(&notes(versus, language)),
        ]);
    }
    let findings: Vec<_> = row
        .flags
        .iter()
        .map(|f| {
            format!(
                "{} {}: {}",
                letter(f.column),
                f.rule,
                pick(&f.message, language)
            )
        })
        .collect();
    record.push(csv_cell(&findings.join("; ")));
    record
}

fn notes(versus: &Versus, language: Language) -> String {
    let all: Vec<_> = versus.notes.iter().map(|n| note(n, language)).collect();
    all.join("; ")
}

/// The contract's word for a state.
pub(super) fn snake(state: impl serde::Serialize) -> String {
    match serde_json::to_value(state) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// Markdown: a table for each group.
///
/// # Errors
/// Those of the writer.
pub fn markdown(
    comparison: &Comparison,
    language: Language,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (i, column) in comparison.columns.iter().enumerate() {
        let head = format!(
            "- **{}** {} (`{}`)",
            letter(i),
            heading(column),
            column.path
        );
        writeln!(out, "{}", clean_line(&head))?;
    }
    let mut remarks = Remarks::default();
    for group in &comparison.groups {
        writeln!(out, "\n## {}\n", pick(&group.label, language))?;
        let mut head = vec![language.text("compare.head.indicator").to_owned()];
        head.extend((0..comparison.columns.len()).map(letter));
        for i in 1..comparison.columns.len() {
            head.extend([format!("A−{}", letter(i)), format!("A÷{}", letter(i))]);
        }
        writeln!(out, "| {} |", head.join(" | "))?;
        let rules: Vec<_> = (0..head.len())
            .map(|i| if i == 0 { "---" } else { "---:" })
            .collect();
        writeln!(out, "| {} |", rules.join(" | "))?;
        for row in &group.rows {
            writeln!(
                out,
                "| {} |",
                md_cells(row, language, &mut remarks).join(" | ")
            )?;
        }
    }
    if !comparison.derived.is_empty() {
        writeln!(out, "\n## {}\n", language.text("compare.derived"))?;
        let columns = comparison.columns.len();
        let letters: Vec<_> = (0..columns).map(letter).collect();
        writeln!(
            out,
            "| {} | {} |",
            language.text("compare.head.indicator"),
            letters.join(" | ")
        )?;
        writeln!(out, "| --- |{}", " ---: |".repeat(columns))?;
    }
    for row in &comparison.derived {
        let line = derived_line(row, language);
        let cells: Vec<_> = line[1..]
            .chunks(2)
            .map(|pair| md_cell(pair.join(" ").trim()))
            .collect();
        writeln!(
            out,
            "| {} | {} |",
            md_cell(line[0].trim()),
            cells.join(" | ")
        )?;
    }
    if !remarks.0.is_empty() {
        writeln!(out)?;
    }
    for remark in &remarks.0 {
        writeln!(out, "- {}", md_cell(remark))?;
    }
    Ok(())
}

fn md_cells(row: &Row, language: Language, remarks: &mut Remarks) -> Vec<String> {
    let cells = line(row, language, remarks);
    let mut cells = cells.iter();
    let mut out = Vec::new();
    if let Some(label) = cells.next() {
        let label = md_cell(label.trim_start());
        out.push(format!(
            "{}{label}",
            "&emsp;".repeat(usize::from(row.depth))
        ));
    }
    for _ in &row.cells {
        let pair: Vec<_> = cells.by_ref().take(2).map(|c| md_cell(c)).collect();
        out.push(pair.join(" ").trim_end().to_owned());
    }
    out.extend(cells.map(|c| md_cell(c)));
    out
}

fn md_cell(text: &str) -> String {
    clean_line(text).replace('|', "\\|")
}
