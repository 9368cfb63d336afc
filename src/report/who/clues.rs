//! Every place that the portal's words and the text name, with its weight.

use super::context::{Context, clause};
use super::{HEAD, STRONG, TAIL, from_name};
use crate::report::place::Gazetteer;
use crate::report::{Basis, Level, Metadata, Region, body, title};
use crate::source::{Block, Hints, Shape};
use crate::text::fold::{fold, is_han};

/// A place named somewhere.
#[derive(Debug)]
pub(super) struct Clue {
    pub(super) region: Region,
    pub(super) agency: Option<String>,
    pub(super) weight: u32,
    /// Within the name of a law or a document.
    pub(super) is_quoted: bool,
}

/// A name that fits several places: their codes, what follows it, its weight.
pub(super) struct Doubt {
    pub(super) codes: Vec<String>,
    pub(super) rest: String,
    pub(super) weight: u32,
    pub(super) is_quoted: bool,
}

#[derive(Default)]
pub(super) struct Clues {
    pub(super) certain: Vec<Clue>,
    pub(super) doubts: Vec<Doubt>,
}

impl Clues {
    pub(super) fn of_metadata(&mut self, metadata: &Metadata, hints: &Hints, year: Option<i32>) {
        let title = hints.title.as_deref().map(fold).unwrap_or_default();
        let sources = [
            (metadata.issuer.clone(), 8),
            (Some(title::body(&title)), 8),
            (hints.issuer.as_deref().map(fold), 6),
            (metadata.source.clone(), 5),
            (hints.site.as_deref().map(fold), 3),
        ];
        let gazetteer = Gazetteer::embedded();
        for (name, weight) in sources {
            let Some(name) = name.filter(|n| !n.is_empty()) else {
                continue;
            };
            if let Some(who) = from_name(&name, year, Basis::Metadata) {
                self.certain.extend(who.region.map(|region| Clue {
                    region,
                    agency: who.agency,
                    weight,
                    is_quoted: false,
                }));
                continue;
            }
            let body = gazetteer.body(&name, year, Basis::Metadata);
            if !body.candidates.is_empty() {
                self.doubts.push(Doubt {
                    codes: body.candidates,
                    rest: body.rest,
                    weight,
                    is_quoted: false,
                });
            }
        }
    }

    pub(super) fn of_text(&mut self, blocks: &[Block], year: Option<i32>) {
        let last = blocks.len().saturating_sub(TAIL);
        for (i, block) in blocks.iter().enumerate() {
            if i >= HEAD && i < last || matches!(block.shape, Shape::Row(_)) {
                continue;
            }
            self.of_block(block.folded.text(), i >= last, year);
        }
    }

    /// The central body that a text says it is of: by the one who made it, or whom to ask.
    pub(super) fn of_central(&mut self, blocks: &[Block], year: Option<i32>) {
        let gazetteer = Gazetteer::embedded();
        let Some(country) = gazetteer.by_code("000000", year) else {
            return;
        };
        for block in blocks.iter().take(HEAD) {
            let folded = block.folded.text();
            for (at, name) in body::centrals(folded) {
                let (before, after) = (&folded[..at], &folded[at + name.len()..]);
                let local = gazetteer.body(clause(after), year, Basis::Inferred);
                let context = Context::of(before, after);
                let asked = ["请与", "请联系", "联系"]
                    .iter()
                    .any(|w| before.ends_with(w));
                if local.region.is_some()
                    || !local.candidates.is_empty()
                    || context.is_quoted
                    || !asked && !context.makes_it
                {
                    continue;
                }
                self.certain.push(Clue {
                    region: gazetteer.region(country, year, Basis::Inferred),
                    agency: Some(name.to_owned()),
                    weight: STRONG + 2,
                    is_quoted: false,
                });
            }
        }
    }

    fn of_block(&mut self, folded: &str, is_tail: bool, year: Option<i32>) {
        let gazetteer = Gazetteer::embedded();
        let mut done = 0;
        for at in gazetteer.mentions(folded) {
            if at < done {
                continue;
            }
            let clause = clause(&folded[at..]);
            let body = gazetteer.body(clause, year, Basis::Inferred);
            let rest = body.rest.as_str();
            // 高新区 is not 新区, and 市和县 is not 和县.
            let name = &clause[..clause.len() - rest.len()];
            if name.chars().count() <= 2 && !begins_name(&folded[..at]) {
                continue;
            }
            if body.region.is_none() && body.candidates.is_empty() {
                continue;
            }
            done = at + clause.len() - rest.len();
            let organ = body::leading(rest);
            let context = Context::of(&folded[..at], &folded[done + organ.unwrap_or(0)..]);
            let signs = is_tail && at == 0 && folded.chars().count() <= 30;
            let weight = context.weight(organ.is_some()) + u32::from(signs) * 6;
            match body.region {
                // 《中华人民共和国政府信息公开条例》 places nobody.
                Some(region) if region.level == Level::National => {}
                Some(mut region) => {
                    if context.is_said() || signs {
                        region.basis = Basis::Body;
                    }
                    let organ = organ
                        .filter(|_| !context.is_address)
                        .map(|len| &rest[..len]);
                    let agency = organ
                        .filter(|o| !o.starts_with("人民政府") && !o.starts_with("政府"))
                        .and_then(body::agency);
                    self.certain.push(Clue {
                        region,
                        agency,
                        weight,
                        is_quoted: context.is_quoted,
                    });
                }
                None => self.doubts.push(Doubt {
                    codes: body.candidates,
                    rest: rest.to_owned(),
                    weight,
                    is_quoted: context.is_quoted,
                }),
            }
        }
    }

    /// The one of several places that lies nearest to what is certain.
    pub(super) fn nearest<'c>(&self, codes: &'c [String]) -> Option<&'c String> {
        let near = |code: &str| -> u32 {
            let near = |clue: &Clue| {
                let other = clue.region.code.as_str();
                let step = match other {
                    "000000" => 0,
                    o if o == code => 3,
                    o if o.ends_with("0000") => u32::from(o[..2] == code[..2]),
                    o => 2 * u32::from(o[..4] == code[..4]),
                };
                step * clue.weight
            };
            self.certain.iter().map(near).sum()
        };
        let mut all: Vec<(u32, &String)> = codes.iter().map(|c| (near(c), c)).collect();
        all.sort_by_key(|(near, _)| std::cmp::Reverse(*near));
        match all.as_slice() {
            [(a, code), (b, _), ..] if *a > 0 && *a >= b * 2 => Some(code),
            [(a, code)] if *a > 0 => Some(code),
            _ => None,
        }
    }

    pub(super) fn settle_doubts(&mut self, year: Option<i32>) {
        let gazetteer = Gazetteer::embedded();
        for doubt in std::mem::take(&mut self.doubts) {
            let Some(unit) = self
                .nearest(&doubt.codes)
                .and_then(|code| gazetteer.by_code(code, year))
            else {
                continue;
            };
            let path = fold(&gazetteer.path(unit, year).concat());
            let body = gazetteer.body(&format!("{path}{}", doubt.rest), year, Basis::Inferred);
            let organ = body::leading(&body.rest).map(|len| &body.rest[..len]);
            let agency = organ.and_then(body::agency);
            self.certain.extend(body.region.map(|region| Clue {
                region,
                agency,
                weight: doubt.weight,
                is_quoted: doubt.is_quoted,
            }));
        }
    }
}

/// Whether a name of two characters may begin behind `before`: most such pairs stand
/// inside other words.
fn begins_name(before: &str) -> bool {
    let last = before.chars().next_back();
    last.is_none_or(|c| !is_han(c) || "由在与向为是的对于将据".contains(c))
}
