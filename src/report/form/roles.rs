//! Lists with several columns of values (本期, 本年累计, 历年累计): which one is the year's.

use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use super::label::Labels;
use super::token::{Kind, Line, Token};

/// What the columns of a list hold, by its header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The number of the line.
    Code,
    /// Of the year.
    Flow,
    /// Since the beginning.
    Stock,
    /// Of another span of time, or words.
    Dropped,
    /// Of the year, where no other header says so.
    Sum,
}

#[derive(Deserialize)]
struct Heads {
    code: Vec<String>,
    flow: Vec<String>,
    stock: Vec<String>,
    dropped: Vec<String>,
    sum: Vec<String>,
}

static HEADS: LazyLock<Heads> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../assets/forms/columns.toml"))
        .expect("assets/forms is checked by a test")
});

fn role(head: &str) -> Option<Role> {
    let roles = [
        (&HEADS.code, Role::Code),
        (&HEADS.flow, Role::Flow),
        (&HEADS.stock, Role::Stock),
        (&HEADS.dropped, Role::Dropped),
        (&HEADS.sum, Role::Sum),
    ];
    let is_head = |words: &[String]| words.iter().any(|w| w == head);
    let found = roles.into_iter().find(|(words, _)| is_head(words));
    found.map(|(_, role)| role)
}

/// Headers of lists: by the number of columns of a grid row, or (0) of a line of text.
#[derive(Debug, Default)]
pub struct Roles {
    known: Vec<(usize, Vec<(usize, Role)>)>,
    /// Headers of a grid that say nothing of the year: columns, column, its words in the text.
    others: Vec<(usize, usize, Range<usize>)>,
}

impl Roles {
    /// Finds the headers.
    pub fn find(lines: &[Line], labels: &Labels) -> Self {
        let (mut found, mut others) = (Vec::new(), Vec::new());
        let mut loose: Vec<(usize, Role)> = Vec::new();
        for line in lines {
            let roles: Vec<(usize, Role)> = line
                .tokens
                .iter()
                .filter(|t| t.kind == Kind::Words)
                .filter_map(|t| Some((t.column, labels.normal(&t.folded, role)?)))
                .collect();
            if line.columns > 1 && !roles.is_empty() && line.values() == 0 {
                let is_other = |t: &&Token| roles.iter().all(|r| r.0 != t.column);
                let words = line.tokens.iter().filter(|t| t.kind == Kind::Words);
                let rest = words.filter(is_other);
                others.extend(rest.map(|t| (line.columns, t.column, t.range.clone())));
                found.push((line.columns, roles));
            } else if line.columns == 0 && !roles.is_empty() && line.values() == 0 {
                loose.extend(roles);
            }
        }
        if loose.len() > 1 {
            found.push((0, loose));
        }
        for (_, roles) in &mut found {
            let flow = roles.iter().any(|r| r.1 == Role::Flow);
            let of_sum = if flow { Role::Dropped } else { Role::Flow };
            for role in roles.iter_mut().filter(|r| r.1 == Role::Sum) {
                role.1 = of_sum;
            }
            // 本期 alone is all there is of the year.
            if let [(_, role @ Role::Dropped)] = roles.as_mut_slice() {
                *role = Role::Flow;
            }
        }
        Self {
            known: found,
            others,
        }
    }

    /// What the columns of a row of so many hold, each with its place.
    pub fn of(&self, columns: usize) -> Option<&[(usize, Role)]> {
        let found = self.known.iter().find(|(n, _)| *n == columns);
        found.map(|(_, roles)| roles.as_slice())
    }

    /// What another header says of its column, in bytes of the text.
    pub fn head(&self, columns: usize, column: usize) -> Option<Range<usize>> {
        let mut heads = self.others.iter();
        let (_, _, words) = heads.find(|(n, at, _)| (*n, *at) == (columns, column))?;
        Some(words.clone())
    }
}
