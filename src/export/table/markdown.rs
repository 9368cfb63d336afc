//! A [`Comparison`] as Markdown.

use std::io::{self, Write};

use super::{Remarks, derived_line, heading, line, pick, versions};
use crate::config::language::Language;
use crate::query::compare::{Comparison, Row, letter};
use crate::text::clean::clean_line;

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
        if let Some(versions) = versions(column, language) {
            writeln!(out, "  - {versions}")?;
        }
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
        let line = derived_line(row, language, &mut remarks);
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
