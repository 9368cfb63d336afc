//! Which body reports: told by the title; else weighed from what the portal printed and
//! from every place that the text names, by what stands around it. What is only weighed
//! is `inferred`, and the reason is given. Nothing is guessed: places that contradict each
//! other give no region.

mod clues;
mod context;
mod town;

use self::clues::Clues;
use self::town::our_town;
use super::body;
use super::place::Gazetteer;
use super::title;
use super::{Basis, Level, Metadata, Region};
use crate::source::{Block, Hints};
use crate::text::fold::fold;

/// How many blocks from the beginning, and from the end, are looked through for places.
const HEAD: usize = 40;
const TAIL: usize = 8;
/// A place of this weight needs no others that agree.
const STRONG: u32 = 5;

/// The reporting body.
#[derive(Debug, Default)]
pub struct Who {
    /// Where it is.
    pub region: Option<Region>,
    /// Its department, without the region's name.
    pub agency: Option<String>,
    /// How it was inferred, one English sentence.
    pub reason: Option<String>,
}

/// What the title says of the body when it does not say where it is.
#[derive(Debug, Default)]
struct Own {
    town: Option<String>,
    zone: Option<String>,
    agency: Option<String>,
    /// 省, 市, 县, 区: what kind of unit the department is of.
    rank: Option<char>,
}

/// Reads region and department; `title` is folded.
pub fn read(
    title: &str,
    metadata: &Metadata,
    hints: &Hints,
    blocks: &[Block],
    year: Option<i32>,
) -> Who {
    let gazetteer = Gazetteer::embedded();
    let name = title::body(title);
    if let Some(who) = from_name(&name, year, Basis::Title) {
        return who;
    }
    let body = gazetteer.body(&name, year, Basis::Title);
    let own = Own::of(if body.candidates.is_empty() {
        &name
    } else {
        &body.rest
    });
    // 区教育局: the portal says of what rank the department is, where the title is silent.
    let issuer = metadata.issuer.as_deref().map(Own::of);
    let own = match issuer {
        Some(issuer) if own.is_unknown() && issuer.rank.is_some() => issuer,
        _ => own,
    };
    let mut clues = Clues::default();
    clues.of_metadata(metadata, hints, year);
    clues.of_text(blocks, year);
    clues.of_central(blocks, year);
    if !body.candidates.is_empty() {
        return told_apart(&body.candidates, &body.rest, &clues, year);
    }
    clues.settle_doubts(year);
    clues.weigh_by(&own);
    clues.choose(&own, blocks)
}

/// Region and department from a body's whole name, when it says where the body is.
fn from_name(name: &str, year: Option<i32>, basis: Basis) -> Option<Who> {
    let gazetteer = Gazetteer::embedded();
    let bare = body::agency(name).unwrap_or_else(|| name.to_owned());
    if let Some((central, "")) = body::central(&bare) {
        let country = gazetteer.by_code("000000", year)?;
        return Some(Who {
            region: Some(gazetteer.region(country, year, basis)),
            agency: Some(central.to_owned()),
            reason: None,
        });
    }
    let local = body::vertical(name).map(|rest| gazetteer.body(rest, year, basis));
    let body = local
        .filter(|b| b.region.is_some())
        .unwrap_or_else(|| gazetteer.body(name, year, basis));
    let region = body.region?;
    Some(Who {
        region: Some(region),
        agency: body::agency(&body.rest).map(|a| body::of_whom(name, body::without_rank(&a).1)),
        reason: None,
    })
}

/// Which of several places of one name is meant, by the places around them that the
/// text names.
fn told_apart(codes: &[String], rest: &str, clues: &Clues, year: Option<i32>) -> Who {
    let gazetteer = Gazetteer::embedded();
    let agency = body::agency(rest).map(|a| body::without_rank(&a).1.to_owned());
    let Some(code) = clues.nearest(codes) else {
        return Who {
            region: None,
            agency,
            reason: None,
        };
    };
    let Some(unit) = gazetteer.by_code(code, year) else {
        return Who::default();
    };
    let path = gazetteer.path(unit, year).concat();
    let body = gazetteer.body(&format!("{}{rest}", fold(&path)), year, Basis::Inferred);
    Who {
        reason: Some(format!(
            "region inferred: of {} places called {}, the text speaks of {path}",
            codes.len(),
            unit.name
        )),
        agency: body::agency(&body.rest)
            .map(|a| body::without_rank(&a).1.to_owned())
            .or(agency),
        region: body.region,
    }
}

impl Own {
    fn of(name: &str) -> Self {
        let name = name.trim_start_matches(['我', '本', '全']);
        if let Some((town, len)) = body::township(name) {
            return Self {
                town: Some(town),
                agency: body::agency(&name[len..]),
                ..Self::default()
            };
        }
        if let Some(len) = body::zone(name) {
            return Self {
                zone: Some(name[..len].to_owned()),
                agency: body::agency(&name[len..]),
                ..Self::default()
            };
        }
        let Some(agency) = body::agency(name).filter(|a| a.chars().count() >= 3) else {
            let mut chars = name.chars();
            let rank = chars.next().filter(|c| "省市县区州盟旗".contains(*c));
            return Self {
                rank: rank.filter(|_| matches!(chars.as_str(), "" | "政府" | "人民政府")),
                ..Self::default()
            };
        };
        let (rank, agency) = body::without_rank(&agency);
        Self {
            agency: Some(agency.to_owned()),
            rank,
            ..Self::default()
        }
    }

    fn is_unknown(&self) -> bool {
        self.town.is_none() && self.zone.is_none() && self.agency.is_none() && self.rank.is_none()
    }

    /// Whether a department of rank 市, 县, 区 … can be one of `region`'s.
    fn can_be_in(&self, region: &Region) -> bool {
        let unit = match region.level {
            Level::Township => region.path.iter().rev().nth(1).unwrap_or(&region.name),
            _ => &region.name,
        };
        match self.rank {
            None => true,
            Some('省') => region.level == Level::Province,
            Some(rank) => unit.ends_with(rank) || region.name.ends_with(rank),
        }
    }
}

impl Clues {
    /// Gives weight to what agrees with the title, and takes it from what cannot be.
    fn weigh_by(&mut self, own: &Own) {
        for clue in &mut self.certain {
            let region = &mut clue.region;
            if let Some(town) = &own.town {
                if region.level == Level::Township && region.name == *town {
                    clue.weight += 20;
                } else if region.level == Level::County {
                    place_in(region, town, Level::Township);
                } else {
                    // A prefecture is no place for a town, unless it has no counties.
                    clue.weight = u32::from(region.level == Level::Prefecture);
                }
                clue.agency = None;
            } else if let Some(zone) = &own.zone {
                if region.name.ends_with(zone.as_str()) {
                    clue.weight += 20;
                } else {
                    // Another zone of that county, or a town of it, says where this one is.
                    if region.level == Level::Township && region.path.len() > 1 {
                        region.path.pop();
                        region.name = region.path.last().cloned().unwrap_or_default();
                        region.level = Level::County;
                    }
                    let level = if region.level == Level::County {
                        Level::Township
                    } else {
                        Level::County
                    };
                    place_in(region, zone, level);
                }
            }
            if let (Some(own), Some(agency)) = (&own.agency, &clue.agency)
                && body::canonical(own) == body::canonical(agency)
            {
                clue.weight += 12;
            }
            if !own.can_be_in(&clue.region) {
                clue.weight = 0;
            }
        }
        self.certain.retain(|c| c.weight > 0);
    }

    /// The region that weighs most, unless others weigh against it.
    fn choose(self, own: &Own, blocks: &[Block]) -> Who {
        let mut sums: Vec<(u32, &Region)> = Vec::new();
        for clue in &self.certain {
            match sums.iter_mut().find(|(_, r)| r.path == clue.region.path) {
                Some((sum, region)) => {
                    *sum += clue.weight;
                    if region.basis == Basis::Inferred {
                        *region = &clue.region;
                    }
                }
                None => sums.push((clue.weight, &clue.region)),
            }
        }
        let best = sums
            .iter()
            .max_by_key(|(sum, r)| (*sum, r.path.len()))
            .copied();
        let agency = own.agency.clone();
        let Some((sum, best)) = best else {
            return Who {
                region: None,
                agency,
                reason: None,
            };
        };
        let rival = sums
            .iter()
            .filter(|(_, r)| !r.path.starts_with(&best.path) && !best.path.starts_with(&r.path))
            .filter(|(_, r)| !self.is_another_name(r, best))
            .map(|(sum, _)| *sum)
            .max()
            .unwrap_or(0);
        // A province or city that stands only in the names of documents made the documents.
        let of_laws = best.level <= Level::Prefecture
            && self
                .certain
                .iter()
                .filter(|c| c.region.path.starts_with(&best.path))
                .all(|c| c.is_quoted);
        if of_laws || rival * 2 > sum || (rival > 0 && sum < STRONG) {
            return Who {
                region: None,
                agency,
                reason: None,
            };
        }
        let agency = agency.or_else(|| self.agency_in(best, own));
        let mut region = best.clone();
        // A report that speaks of 我镇 is not its county's.
        if agency.is_none()
            && region.level == Level::County
            && let Some(town) = our_town(blocks, &region)
        {
            place_in(&mut region, &town, Level::Township);
        }
        if own.town.is_some() || own.zone.is_some() {
            region.basis = Basis::Inferred;
        }
        let reason = (region.basis == Basis::Inferred).then(|| {
            format!(
                "region inferred: {} is what the text speaks of",
                region.path.concat()
            )
        });
        Who {
            region: Some(region),
            agency,
            reason,
        }
    }

    /// Whether `other` is a zone beside the zone `best` that only documents are named after:
    /// 《某市开发区简报》 is that of 某市经济技术开发区.
    fn is_another_name(&self, other: &Region, best: &Region) -> bool {
        let is_zone = |r: &Region| body::zone(&r.name) == Some(r.name.len());
        let above = |r: &Region| r.path[..r.path.len().saturating_sub(1)].to_vec();
        is_zone(other)
            && is_zone(best)
            && above(other) == above(best)
            && self
                .certain
                .iter()
                .filter(|c| c.region.path == other.path)
                .all(|c| c.is_quoted)
    }

    /// The department that the text speaks of most in `region`.
    fn agency_in(&self, region: &Region, own: &Own) -> Option<String> {
        if own.town.is_some() {
            return None;
        }
        let mut sums: Vec<(u32, Option<&String>)> = Vec::new();
        let here = self.certain.iter().filter(|c| c.region.path == region.path);
        for clue in here {
            let same = |a: Option<&String>| {
                a.map(|a| body::canonical(a)) == clue.agency.as_ref().map(|a| body::canonical(a))
            };
            match sums.iter_mut().find(|(_, a)| same(*a)) {
                Some((sum, _)) => *sum += clue.weight,
                None => sums.push((clue.weight, clue.agency.as_ref())),
            }
        }
        // 办公室 alone is the government's own.
        let (_, agency) = sums
            .into_iter()
            .max_by_key(|(sum, a)| (*sum, a.is_some()))?;
        agency
            .map(|a| body::without_rank(a).1.to_owned())
            .filter(|a| a != "办公室")
    }
}

fn place_in(region: &mut Region, name: &str, level: Level) {
    if region.level == Level::Township {
        return;
    }
    region.path.push(name.to_owned());
    region.name = name.to_owned();
    region.level = level;
}

#[cfg(test)]
mod tests;
