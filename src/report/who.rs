//! Which body reports: told by the title; else weighed from what the portal printed and
//! from every place that the text names, by what stands around it. What is only weighed
//! is `inferred`, and the reason is given. Nothing is guessed: places that contradict each
//! other give no region.

use super::body;
use super::place::Gazetteer;
use super::title;
use super::{Basis, Level, Metadata, Region};
use crate::source::{Block, Hints, Shape};
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

/// A place named somewhere.
#[derive(Debug)]
struct Clue {
    region: Region,
    agency: Option<String>,
    weight: u32,
}

/// A name that fits several places: their codes, what follows it, its weight.
struct Doubt {
    codes: Vec<String>,
    rest: String,
    weight: u32,
}

#[derive(Default)]
struct Clues {
    certain: Vec<Clue>,
    doubts: Vec<Doubt>,
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
    let mut clues = Clues::default();
    clues.of_metadata(metadata, hints, year);
    clues.of_text(blocks, year);
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
        agency: body::agency(&body.rest).map(|a| body::without_rank(&a).1.to_owned()),
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
    fn of_metadata(&mut self, metadata: &Metadata, hints: &Hints, year: Option<i32>) {
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
                }));
                continue;
            }
            let body = gazetteer.body(&name, year, Basis::Metadata);
            if !body.candidates.is_empty() {
                self.doubts.push(Doubt {
                    codes: body.candidates,
                    rest: body.rest,
                    weight,
                });
            }
        }
    }

    fn of_text(&mut self, blocks: &[Block], year: Option<i32>) {
        let last = blocks.len().saturating_sub(TAIL);
        for (i, block) in blocks.iter().enumerate() {
            if i >= HEAD && i < last || matches!(block.shape, Shape::Row(_)) {
                continue;
            }
            self.of_block(block.folded.text(), i >= last, year);
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
                    });
                }
                None => self.doubts.push(Doubt {
                    codes: body.candidates,
                    rest: rest.to_owned(),
                    weight,
                }),
            }
        }
    }

    /// The one of several places that lies nearest to what is certain.
    fn nearest<'c>(&self, codes: &'c [String]) -> Option<&'c String> {
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

    fn settle_doubts(&mut self, year: Option<i32>) {
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
            }));
        }
    }

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
                } else if region.level <= Level::County {
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
            .map(|(sum, _)| *sum)
            .max()
            .unwrap_or(0);
        if rival * 2 > sum || (rival > 0 && sum < STRONG) {
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

/// What stands around a place's name.
#[derive(Default)]
struct Context {
    is_quoted: bool,
    is_address: bool,
    /// 由…, 现公布…
    is_announced: bool,
    /// Begins a sentence, or stands behind the year that begins it.
    is_subject: bool,
    /// …编制, …政府信息公开年度报告
    makes_it: bool,
    /// …联系
    is_contact: bool,
    /// …网站
    is_site: bool,
}

impl Context {
    fn of(before: &str, after: &str) -> Self {
        let near = last_chars(before, 16);
        let near = near
            .rfind(['。', ';', ','])
            .filter(|_| !near.ends_with("年,") && !near.ends_with("年度,"))
            .map_or(near, |at| &near[at..]);
        let first = first_chars(after, 26);
        let soon = first_chars(after, 12);
        let is = |words: &[&str], text: &str| words.iter().any(|w| text.contains(w));
        Self {
            is_quoted: before.matches('《').count() > before.matches('》').count(),
            is_address: is(&["地址", "位于", "办公地点"], last_chars(before, 8)),
            is_announced: is(&["由", "公布", "现将", "发布", "做好", "汇总"], near),
            is_subject: before.is_empty()
                || before.ends_with(['。', ';'])
                || before.ends_with("年,")
                || before.ends_with("年度,")
                || before.ends_with('年'),
            makes_it: is(&["编制", "编写", "撰写"], soon)
                || first.contains("信息公开") && is(&["年度报告", "年报", "工作报告"], first)
                || soon.starts_with("政府信息公开工作"),
            is_contact: is(&["联系", "电话"], soon),
            is_site: is(&["网站", "门户", "网上"], soon),
        }
    }

    fn is_said(&self) -> bool {
        !self.is_quoted && self.makes_it
    }

    fn weight(&self, has_organ: bool) -> u32 {
        if self.is_quoted {
            return 1;
        }
        if self.is_address {
            return 2;
        }
        1 + u32::from(self.is_announced) * 4
            + u32::from(self.is_subject) * 3
            + u32::from(self.makes_it) * 4
            + u32::from(self.is_contact) * 3
            + u32::from(self.is_site)
            + u32::from(has_organ) * 2
    }
}

/// The most frequent name of a town in a text that calls itself one's.
fn our_town(blocks: &[Block], region: &Region) -> Option<String> {
    let texts = || blocks.iter().take(HEAD).map(|b| b.folded.text());
    let (end, _) = ["镇", "乡", "街道"]
        .into_iter()
        .map(|end| {
            let ours = [format!("我{end}"), format!("本{end}")];
            let count = |t: &str| {
                ours.iter()
                    .map(|o| t.matches(o.as_str()).count())
                    .sum::<usize>()
            };
            let mut all: usize = texts().map(count).sum();
            // 街道 speaks of itself as 街道.
            all += texts()
                .filter(|t| end == "街道" && t.contains("街道共"))
                .count();
            (end, all)
        })
        .max_by_key(|(_, n)| *n)
        .filter(|(_, n)| *n >= 1)?;
    let mut names: Vec<(String, usize)> = Vec::new();
    for text in texts() {
        for (at, _) in text.match_indices(end) {
            let before = last_chars(&text[..at], 5);
            let edge =
                |c: char| "的在为由与向和及是我本各全".contains(c) || !crate::text::fold::is_han(c);
            let start = before
                .char_indices()
                .rev()
                .find(|(_, c)| edge(*c))
                .map_or(0, |(i, c)| i + c.len_utf8());
            let stem = before[start..]
                .trim_start_matches(region.name.as_str())
                .trim_start_matches("区")
                .to_owned();
            let is_name = (2..=4).contains(&stem.chars().count())
                && !["乡", "村", "街道", "政府", "信息", "社区"]
                    .iter()
                    .any(|w| stem.contains(w));
            if !is_name {
                continue;
            }
            match names.iter_mut().find(|(n, _)| *n == stem) {
                Some((_, n)) => *n += 1,
                None => names.push((stem, 1)),
            }
        }
    }
    let (stem, _) = names.into_iter().max_by_key(|(_, n)| *n)?;
    Some(format!("{stem}{end}"))
}

fn place_in(region: &mut Region, name: &str, level: Level) {
    if region.level == Level::Township {
        return;
    }
    region.path.push(name.to_owned());
    region.name = name.to_owned();
    region.level = level;
}

/// `text` up to the end of a clause.
fn clause(text: &str) -> &str {
    let text = first_chars(text, 60);
    &text[..text
        .find(|c: char| "，,。;:!?()《》\"“”、 ".contains(c))
        .unwrap_or(text.len())]
}

fn first_chars(text: &str, n: usize) -> &str {
    text.char_indices().nth(n).map_or(text, |(i, _)| &text[..i])
}

fn last_chars(text: &str, n: usize) -> &str {
    text.char_indices()
        .rev()
        .nth(n.saturating_sub(1))
        .map_or(text, |(i, _)| &text[i..])
}

#[cfg(test)]
mod tests;
