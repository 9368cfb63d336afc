//! A body's name → its region and what is left behind it: the names of places, short names,
//! zones and townships at its beginning.

use rustc_hash::FxHashMap;

use super::Gazetteer;
use crate::report::body::{self, township, zone};
use crate::report::{Basis, Level, Region};
use crate::text::fold::is_han;

/// A name found in a text: the units it may mean and how many bytes it takes.
struct Found {
    units: Vec<usize>,
    len: usize,
    /// Not the official name.
    is_short: bool,
}

/// A body's name taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// The region named, when it is named without doubt.
    pub region: Option<Region>,
    /// What is left of the name behind it, folded.
    pub rest: String,
    /// The name fits several regions: their codes.
    pub candidates: Vec<String>,
}

impl Gazetteer {
    /// Takes apart the name of a body, such as 广州市荔湾区人民政府 (folded).
    pub fn body(&self, name: &str, year: Option<i32>, basis: Basis) -> Body {
        let by_itself = self.zone_by_itself(name, year, basis);
        if by_itself.region.is_some() {
            return by_itself;
        }
        let mut at = 0;
        let mut chain: Vec<usize> = Vec::new();
        // Where the name of a zone begins that is called by its place: 黔江高新区.
        let mut zone_at = None;
        while let Some(found) = self.at(&name[at..], chain.is_empty()) {
            let candidates = self.fitting(&found, chain.last().copied(), year);
            match candidates.as_slice() {
                [] => break,
                [one] => {
                    chain.push(*one);
                    zone_at = found.is_short.then_some(at);
                }
                several => {
                    // The next name may tell which: 朝阳区 is in doubt, 吉林市船营区 is not.
                    let rest = &name[at + found.len..];
                    let next = self.at(rest, false);
                    let holds = |u: &usize| {
                        next.as_ref().is_some_and(|n| {
                            let mut inner = n.units.iter();
                            inner.any(|v| self.units[*v].is_within(&self.units[*u]))
                        })
                    };
                    let told: Vec<usize> = several.iter().copied().filter(holds).collect();
                    let [one] = told.as_slice() else {
                        let mut codes: Vec<String> = several
                            .iter()
                            .map(|u| self.units[*u].code.clone())
                            .collect();
                        codes.dedup();
                        return Body {
                            region: None,
                            rest: rest.to_owned(),
                            candidates: codes,
                        };
                    };
                    chain.push(*one);
                }
            }
            at += found.len;
        }
        let mut rest = &name[at..];
        let Some(unit) = chain.last().map(|u| &self.units[*u]) else {
            return by_itself;
        };
        let region = self.region(unit, year, basis);
        // 徐汇区人民政府徐家汇街道办事处: the office is the district government's.
        for government in ["人民政府", "政府"] {
            if let Some(office) = rest.strip_prefix(government)
                && (township(office).is_some() || zone(office).is_some())
            {
                rest = office;
                break;
            }
        }
        if region.level >= Level::Prefecture
            && let Some((town, len)) = township(rest)
        {
            return Body {
                region: Some(below(region, town, Level::Township)),
                rest: rest[len..].to_owned(),
                candidates: Vec::new(),
            };
        }
        if let Some(len) = zone(rest).filter(|_| region.level != Level::National) {
            let end = name.len() - rest.len() + len;
            let start = zone_at.unwrap_or(name.len() - rest.len());
            return Body {
                region: Some(in_zone(region, &name[start..end])),
                rest: behind_zone(&name[end..]).to_owned(),
                candidates: Vec::new(),
            };
        }
        Body {
            region: Some(region),
            rest: rest.to_owned(),
            candidates: Vec::new(),
        }
    }

    /// The units that a name found below `above` may mean in `year`.
    fn fitting(&self, found: &Found, above: Option<usize>, year: Option<i32>) -> Vec<usize> {
        let lies_within =
            |u: &usize| above.is_none_or(|a| self.units[*u].is_within(&self.units[a]));
        let within: Vec<usize> = found.units.iter().copied().filter(lies_within).collect();
        let fits = |u: &usize| self.units[*u].fits(year);
        let fitting: Vec<usize> = within.iter().copied().filter(fits).collect();
        let mut candidates = if fitting.is_empty() { within } else { fitting };
        self.keep_exact(&mut candidates, year);
        candidates
    }

    /// A zone whose name does not begin with a place: 东湖高新区卫生健康局.
    fn zone_by_itself(&self, name: &str, year: Option<i32>, basis: Basis) -> Body {
        let nothing = Body {
            region: None,
            rest: name.to_owned(),
            candidates: Vec::new(),
        };
        let Some(len) = zone(name) else {
            return nothing;
        };
        let Some(unit) = body::known_zone(&name[..len]).and_then(|code| self.by_code(code, year))
        else {
            return nothing;
        };
        Body {
            region: Some(in_zone(self.region(unit, year, basis), &name[..len])),
            rest: behind_zone(&name[len..]).to_owned(),
            candidates: Vec::new(),
        }
    }

    /// Where several names of one code fit, those whose years hold the report's; where a
    /// county and its prefecture bear one name, the greater.
    fn keep_exact(&self, candidates: &mut Vec<usize>, year: Option<i32>) {
        if candidates.len() > 1
            && let Some(y) = year
        {
            let exact = |u: &usize| self.units[*u].first <= y && y <= self.units[*u].last;
            if candidates.iter().any(exact) {
                candidates.retain(exact);
            }
        }
        if candidates.len() > 1
            && candidates
                .iter()
                .all(|u| self.units[*u].code == self.units[candidates[0]].code)
        {
            candidates.truncate(1);
        }
    }

    /// The longest name that `text` begins with: a full one, else (at the beginning of a
    /// body's name, before more characters) a short one.
    fn at(&self, text: &str, shorts: bool) -> Option<Found> {
        let ends: Vec<usize> = text
            .char_indices()
            .take(self.longest)
            .take_while(|(_, c)| is_han(*c))
            .map(|(i, c)| i + c.len_utf8())
            .collect();
        let longest = |table: &FxHashMap<String, Vec<usize>>, least: usize, is_short: bool| {
            ends.iter()
                .rev()
                .filter(|end| **end >= least)
                .find_map(|end| {
                    let units = table.get(&text[..*end])?.clone();
                    Some(Found {
                        units,
                        len: *end,
                        is_short,
                    })
                })
        };
        let full = longest(&self.names, 0, false);
        // 合肥高新区, 黔江高新区: a zone is called by the short name of its place.
        let called = || {
            let found = longest(&self.shorts, 6, true).or_else(|| longest(&self.stems, 6, true))?;
            let len = zone(&text[found.len..])?;
            let name = &text[found.len..found.len + len];
            // 建设交通强国山东示范区: a model of something, and no zone of that name.
            let model = ["示范区", "试验区", "合作区", "集聚区"].contains(&name)
                && body::known_zone(&text[..found.len + len]).is_none();
            (!model && len <= "高新技术产业开发区".len() + 12).then_some(found)
        };
        full.or_else(called).or_else(|| {
            let found = longest(&self.shorts, 6, false).filter(|_| shorts)?;
            let rest = &text[found.len..];
            // A short name needs a body behind it: 长沙市公安局, 恩施州人民政府.
            let settled = rest.is_empty()
                || ["市", "县", "区", "省", "州", "人民", "政府", "海关", "海事"]
                    .iter()
                    .any(|w| rest.starts_with(w))
                || text[..found.len].ends_with(['州', '盟']) && body::leading(rest).is_some()
                || body::is_organ(rest);
            settled.then_some(found)
        })
    }
}

/// A place below `region` that has no code of its own.
fn below(region: Region, name: String, level: Level) -> Region {
    let mut path = region.path;
    path.push(name.clone());
    Region {
        name,
        level,
        path,
        ..region
    }
}

/// A development zone: of the rank below that of the unit around it.
fn in_zone(region: Region, name: &str) -> Region {
    let level = match region.level {
        Level::National | Level::Province | Level::Prefecture => Level::County,
        Level::County | Level::Township => Level::Township,
    };
    below(region, name.to_owned(), level)
}

/// What follows the name of a zone without the committee that governs it.
fn behind_zone(rest: &str) -> &str {
    ["管理委员会", "管委会"]
        .iter()
        .find_map(|w| rest.strip_prefix(w))
        .filter(|rest| body::is_organ(rest) && !matches!(*rest, "办公室" | "党政办公室"))
        .unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;

    fn code(name: &str, year: i32) -> Option<String> {
        Gazetteer::embedded()
            .body(&fold(name), Some(year), Basis::Title)
            .region
            .map(|r| r.code)
    }

    #[test]
    fn bodies_are_placed_by_their_names() {
        for (name, year, want) in [
            ("廣州市荔灣區人民政府", 2011, Some("440103")),
            ("三亞市", 2011, Some("460200")),
            ("内蒙古自治区人民政府", 2015, Some("150000")),
            ("烏海市經濟和信息化委員會", 2011, Some("150300")),
            ("宣武区人民政府", 2008, Some("110104")),
            ("襄樊市", 2009, Some("420600")),
            ("上海市闸北区", 2010, Some("310108")),
            ("四平市铁东区", 2012, Some("220303")),
            ("恩施州人民政府", 2012, Some("422800")),
            ("朝阳区人民政府", 2012, None),
            ("乾县人民政府", 2012, Some("610424")),
            ("巢湖市人民政府", 2009, Some("341400")),
            ("县退役军人事务局", 2020, None),
        ] {
            assert_eq!(code(name, year).as_deref(), want, "{name}");
        }
    }

    #[test]
    fn townships_keep_their_name_and_their_countys_code() {
        let body =
            Gazetteer::embedded().body("四平市铁东区解放街道办事处", Some(2012), Basis::Title);
        let region = body.region.expect("a region");
        assert_eq!(
            (region.code.as_str(), region.level),
            ("220303", Level::Township)
        );
        assert_eq!(region.path.last().map(String::as_str), Some("解放街道"));
        assert_eq!(body.rest, "办事处");
        let body = Gazetteer::embedded().body(
            "四平市铁东区人民政府解放街道办事处",
            Some(2012),
            Basis::Title,
        );
        assert_eq!(body.region.map(|r| r.name).as_deref(), Some("解放街道"));
    }
}
