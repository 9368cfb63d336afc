//! A line of a list (forms A and B, and the lines that provinces add): one value, or one in
//! each column of the header.

use super::record::Record;
use super::roles::{Role, Roles};
use super::token::{Kind, Token};
use super::{FormCell, Problem, Slot};

/// The number that a column of the list prints for the line.
pub fn code(record: &Record, roles: &Roles) -> Option<u32> {
    let roles = roles.of(record.columns)?;
    let is_code =
        |(at, token): &(usize, &Token)| role(record, roles, *at, token) == Some(Role::Code);
    let (_, token) = record.values.iter().enumerate().find(is_code)?;
    token.folded.parse().ok()
}

/// Whether a value of a line is the number of the line.
pub fn is_code(record: &Record, roles: &Roles, at: usize) -> bool {
    let roles = roles.of(record.columns);
    let token = record.values.get(at);
    let role = roles.zip(token).and_then(|(r, t)| role(record, r, at, t));
    role == Some(Role::Code)
}

/// What the column of a value holds.
fn role(record: &Record, roles: &[(usize, Role)], at: usize, token: &Token) -> Option<Role> {
    match record.columns {
        0 if roles.len() == record.values.len() => roles.get(at).map(|r| r.1),
        0 => None,
        _ => roles.iter().find(|r| r.0 == token.column).map(|r| r.1),
    }
}

/// The cells of a line that belongs to `slot`; `unit` is what the form prints beside it.
///
/// # Errors
/// What is wrong when it has no value, or several that no header tells apart.
pub fn cells(
    record: &Record,
    slot: Option<&Slot>,
    unit: &str,
    roles: &Roles,
) -> Result<Vec<FormCell>, Problem> {
    let cell = |slot: Option<Slot>, token: &Token| FormCell {
        unit: record.unit.clone().or(Some(unit.to_owned())),
        ..FormCell::new(slot, record.label.clone(), token)
    };
    let known = roles.of(record.columns);
    if let Some(known) = known.filter(|r| r.len() > 1 || record.values.len() > 1) {
        let values = record.values.iter().enumerate();
        let by_header = values.filter_map(|(at, token)| match role(record, known, at, token) {
            Some(Role::Flow) => Some(cell(slot.cloned(), token)),
            Some(Role::Stock) => Some(FormCell {
                stock: true,
                ..cell(slot.map(stock), token)
            }),
            // It counts for some of those that the whole is of.
            None if record.columns > 0 && token.kind == Kind::Value => {
                let head = roles.head(record.columns, token.column);
                Some(FormCell {
                    head: head.clone(),
                    ..cell(slot.filter(|_| head.is_some()).cloned(), token)
                })
            }
            None | Some(Role::Dropped | Role::Code | Role::Sum) => None,
        });
        let cells: Vec<FormCell> = by_header.collect();
        let placed = |c: &FormCell| c.slot.is_some() && c.head.is_none();
        if cells.iter().any(|c| placed(c) || slot.is_none()) {
            return Ok(cells);
        }
    }
    let filled = record.values.iter().filter(|t| t.kind != Kind::Blank);
    let filled: Vec<&Token> = filled.collect();
    match (&filled[..], record.values.first()) {
        ([], Some(blank)) => Ok(vec![cell(slot.cloned(), blank)]),
        ([one, rest @ ..], _) if rest.iter().all(|t| t.kind == Kind::Words) => {
            Ok(vec![cell(slot.cloned(), one)])
        }
        ([], None) => Err(Problem::Missing),
        _ => Err(Problem::Surplus),
    }
}

/// Where the same line counts since the beginning.
fn stock(slot: &Slot) -> Slot {
    Slot {
        cell: format!("{}/stock", slot.cell),
        indicator: slot.indicator.as_ref().map(|key| format!("{key}_stock")),
        applicant: None,
    }
}
