//! For people: a [`Comparison`] in columns, its remarks below.

use std::io::{self, Write};

use super::{Remarks, derived_line, heading, line, mark, pick, value, versions};
use crate::config::language::Language;
use crate::query::compare::{Comparison, Note, letter};
use crate::text::clean::clean_line;
use crate::text::columns::{Align, Columns};
use crate::text::digits::signed;

/// For people: groups, a tree of rows, differences to the first report, notes below.
///
/// # Errors
/// Those of the writer.
pub fn text(comparison: &Comparison, language: Language, out: &mut dyn Write) -> io::Result<()> {
    for (i, column) in comparison.columns.iter().enumerate() {
        let head = format!("{}  {}  ({})", letter(i), heading(column), column.path);
        writeln!(out, "{}", clean_line(&head))?;
        if let Some(versions) = versions(column, language) {
            writeln!(out, "   {versions}")?;
        }
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
        columns.push(derived_line(row, language, &mut remarks));
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
    let mut small = false;
    for group in &comparison.groups {
        columns.plain(pick(&group.label, language));
        for row in &group.rows {
            // No quotient is shown here, and a change has its own mark.
            let mut row = row.clone();
            for versus in &mut row.versus {
                versus
                    .notes
                    .retain(|n| !matches!(n, Note::SmallBase { .. }));
            }
            let mut cells = line(&row, language, &mut remarks).into_iter();
            let label = cells.next().unwrap_or_default();
            let values = row.cells.iter().enumerate().map(|(at, c)| {
                let change = row.changes.get(at).and_then(Option::as_ref);
                let change = change.map(|c| {
                    small |= c.small;
                    format!(
                        " ({}%{})",
                        signed(c.percent),
                        if c.small { " *" } else { "" }
                    )
                });
                value(c.as_ref(), language) + &change.unwrap_or_default()
            });
            let values: Vec<String> = values.collect();
            columns.push(std::iter::once(label).chain(values));
        }
    }
    if !comparison.derived.is_empty() {
        columns.plain(language.text("compare.derived"));
    }
    for row in &comparison.derived {
        small |= row.cells.iter().flatten().any(|c| c.small);
        let line = derived_line(row, language, &mut remarks);
        let values = line[1..]
            .chunks(2)
            .map(|pair| pair.join(" ").trim().to_owned());
        columns.push(std::iter::once(line[0].clone()).chain(values));
    }
    for line in columns.lines() {
        writeln!(out, "{}", clean_line(&line))?;
    }
    if small {
        writeln!(out, "* {}", language.text("compare.small_base"))?;
    }
    for line in &remarks.0 {
        writeln!(out, "{}", clean_line(line))?;
    }
    Ok(())
}
