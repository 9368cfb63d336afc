//! The parts of a body's name behind its region (`assets/bodies.toml`): a department, a
//! development zone, a street or township; and the central bodies, which have no region.

use std::collections::HashMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;

use crate::text::fold::is_han;
use crate::text::words::WordList;

#[derive(Deserialize)]
struct Data {
    central: Vec<String>,
    prefixes: Vec<String>,
    organs: Vec<String>,
    in_town: Vec<String>,
    no_town: Vec<String>,
    nameless: Vec<String>,
    certain: Vec<String>,
    zones: Vec<String>,
    zone: HashMap<String, String>,
    short: HashMap<String, String>,
    tails: Vec<String>,
    governments: Vec<String>,
    kinds: WordList,
    not_ranks: WordList,
    not_departments: WordList,
    not_zones: WordList,
    townships: WordList,
    behind_township: WordList,
}

static DATA: LazyLock<Data> = LazyLock::new(|| {
    let mut data: Data = toml::from_str(include_str!("../../assets/bodies.toml"))
        .expect("assets/bodies.toml is checked by a test");
    let longest_first = |a: &String, b: &String| b.len().cmp(&a.len());
    data.central.sort_by(longest_first);
    data.zones.sort_by(longest_first);
    data.certain.sort_by(longest_first);
    data
});

/// Longest name of a department, in characters.
const LONGEST: usize = 20;

/// Whether a folded name ends as the names of departments do.
pub fn is_organ(folded: &str) -> bool {
    folded.chars().count() >= 2 && DATA.organs.iter().any(|end| folded.ends_with(end.as_str()))
}

/// The department in what is left of a body's name behind its region; none for a
/// government itself, or for the offices through which a government, a street or a zone
/// speaks. A government's own office keeps the word government in its name.
pub fn agency(rest: &str) -> Option<String> {
    let edge = |c: char| {
        matches!(
            c,
            '(' | ')' | '"' | ',' | '、' | ' ' | '-' | '—' | ':' | '|'
        )
    };
    let mut rest = rest.trim_matches(edge);
    for tail in &DATA.tails {
        rest = rest
            .strip_suffix(tail.as_str())
            .unwrap_or(rest)
            .trim_matches(edge);
    }
    // 某区人民政府及办公室 is the government.
    if let Some(at) = rest.find("人民政府及") {
        rest = &rest[..at];
    }
    if DATA.governments.iter().any(|g| g == rest) || !is_organ(rest) {
        return None;
    }
    Some(rest.to_owned())
}

/// 市教育局 → 教育局, and the rank taken off.
pub fn without_rank(agency: &str) -> (Option<char>, &str) {
    let Some(rank) = agency
        .chars()
        .next()
        .filter(|c| matches!(c, '省' | '市' | '县' | '区' | '州' | '盟' | '旗'))
    else {
        return (None, agency);
    };
    let rest = &agency[rank.len_utf8()..];
    // 市场监督管理局, 区域合作办公室 and 州际 … are no ranks.
    let is_word = DATA.not_ranks.beginning(agency).is_some();
    if !is_word && is_organ(rest) && rest.chars().count() >= 2 {
        (Some(rank), rest)
    } else {
        (None, agency)
    }
}

/// The department at the beginning of a sentence's rest (发展和改革局编制的… ): how many
/// bytes its name takes.
pub fn leading(rest: &str) -> Option<usize> {
    let reach: Vec<(usize, char)> = rest
        .char_indices()
        .take(LONGEST)
        .take_while(|(_, c)| is_han(*c) || *c == '、')
        .collect();
    for &(i, _) in &reach {
        let Some(end) = DATA
            .certain
            .iter()
            .find(|e| rest[i..].starts_with(e.as_str()))
        else {
            continue;
        };
        let len = i + end.len();
        let name = &rest[..len];
        let chars = name.chars().count();
        // 我局, 本委, 各局 and 有关的局 name nobody.
        let names = (3..=LONGEST).contains(&chars) && !DATA.not_departments.is_in(name);
        return names.then_some(len);
    }
    None
}

/// One name for the usual forms of a department's name: 发改委 and 发展和改革局 are one.
pub fn canonical(agency: &str) -> String {
    let (_, name) = without_rank(agency);
    let stem = DATA.kinds.ending(name);
    let stem = stem.map_or(name, |end| &name[..name.len() - end.len()]);
    DATA.short
        .get(stem)
        .cloned()
        .unwrap_or_else(|| stem.to_owned())
}

/// The central body whose name `name` begins with, and what is left behind it.
pub fn central(name: &str) -> Option<(&'static str, &str)> {
    let plain = name.strip_prefix("中华人民共和国").unwrap_or(name);
    DATA.central
        .iter()
        .find_map(|c| Some((c.as_str(), plain.strip_prefix(c.as_str())?)))
}

/// The central bodies that a folded text names, each with where it begins.
pub fn centrals(folded: &str) -> impl Iterator<Item = (usize, &'static str)> {
    static NAMES: LazyLock<AhoCorasick> = LazyLock::new(|| {
        AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&DATA.central)
            .expect("names are few")
    });
    NAMES
        .find_iter(folded)
        .map(|m| (m.start(), DATA.central[m.pattern()].as_str()))
}

/// `name` without what stands before the place in the name of a vertical organ
/// (国家税务总局烟台市税务局, 中华人民共和国大连海关).
pub fn vertical(name: &str) -> Option<&str> {
    central(name)
        .map(|(_, rest)| rest)
        .or_else(|| {
            let mut prefixes = DATA.prefixes.iter();
            prefixes.find_map(|p| name.strip_prefix(p.as_str()))
        })
        .filter(|rest| !rest.is_empty())
}

/// The local organ `agency` of the body called `name`, with the central body before it where
/// its own name does not say whose it is.
pub fn of_whom(name: &str, agency: &str) -> String {
    match central(name) {
        Some((whose, _)) if DATA.nameless.iter().any(|n| n == agency) => {
            format!("{whose}{agency}")
        }
        _ => agency.to_owned(),
    }
}

/// A development zone at the beginning of `rest`: how many bytes its name takes.
pub fn zone(rest: &str) -> Option<usize> {
    let reach = rest
        .char_indices()
        .take(14)
        .take_while(|(_, c)| is_han(*c))
        .map(|(i, _)| i);
    for i in reach {
        let Some(end) = DATA
            .zones
            .iter()
            .find(|z| rest[i..].starts_with(z.as_str()))
        else {
            continue;
        };
        let len = i + end.len();
        let named = !DATA.not_zones.is_in(&rest[..i]);
        // 开发区 stands behind what kind of zone it is, 高新区 may stand alone.
        let alone = rest[..len].chars().count() >= 3;
        return (named && alone).then_some(len);
    }
    None
}

/// Where a zone lies whose name does not say so: the code of the unit around it.
pub fn known_zone(name: &str) -> Option<&'static str> {
    DATA.zone.get(name).map(String::as_str)
}

/// The zones of [`known_zone`].
pub fn known_zones() -> impl Iterator<Item = &'static String> {
    DATA.zone.keys()
}

/// A street, town or township at the beginning of `rest` (解放街道办事处): its name and
/// how many bytes it takes.
pub fn township(rest: &str) -> Option<(String, usize)> {
    let (at, end) = DATA.townships.first(rest)?;
    let end = &rest[at..at + end];
    let chars = rest[..at].chars().count();
    if !(1..=8).contains(&chars) || !rest[..at].chars().all(is_han) {
        return None;
    }
    let mut len = at + end.len();
    // 乡镇企业局, 镇村建设办 and the like are departments.
    let after = &rest[len..];
    let settled = after.is_empty()
        || !after.starts_with(is_han)
        || lies_in_town(&rest[..at], after)
        || DATA.behind_township.beginning(after).is_some();
    let name = rest[..len].trim_end_matches("办事处");
    if end == "街办" {
        len = at + "街".len();
        return settled.then(|| (format!("{}街道", &rest[..at]), len));
    }
    settled.then(|| (name.to_owned(), len))
}

/// Whether the whole of `body` is the name of one that lies in the town called `stem`.
fn lies_in_town(stem: &str, body: &str) -> bool {
    DATA.in_town.iter().any(|end| body.ends_with(end.as_str()))
        && (2..=14).contains(&body.chars().count())
        && body.chars().all(is_han)
        && !DATA.no_town.iter().any(|word| word == stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_government_itself_is_no_department() {
        for rest in [
            "人民政府",
            "市政",
            "管委会",
            "人民政府及办公室",
            "办事处筹备处",
            "人民政府(本级)",
        ] {
            assert_eq!(agency(rest), None, "{rest}");
        }
        assert_eq!(
            agency("经济和信息化委员会").as_deref(),
            Some("经济和信息化委员会")
        );
        assert_eq!(agency("人民政府办公厅").as_deref(), Some("人民政府办公厅"));
        assert_eq!(agency("海关关区").as_deref(), Some("海关"));
    }

    #[test]
    fn ranks_are_no_part_of_a_departments_name() {
        assert_eq!(without_rank("市教育局"), (Some('市'), "教育局"));
        assert_eq!(without_rank("市场监督管理局").1, "市场监督管理局");
        assert_eq!(without_rank("区市场监管局").1, "市场监管局");
    }

    #[test]
    fn departments_are_found_at_the_head_of_a_sentence() {
        let name = |rest: &'static str| leading(rest).map(|len| &rest[..len]);
        assert_eq!(name("发展和改革局编制的报告"), Some("发展和改革局"));
        assert_eq!(name("卫生健康委员会按照要求"), Some("卫生健康委员会"));
        assert_eq!(name("信访办编制"), Some("信访办"));
        assert_eq!(name("高度重视,我局"), None);
    }

    #[test]
    fn short_names_and_full_ones_are_one_body() {
        assert_eq!(canonical("市发改委"), canonical("发展和改革局"));
        assert_eq!(canonical("区人社局"), canonical("人力资源和社会保障局"));
        assert_ne!(canonical("教育局"), canonical("教育和体育局"));
    }

    #[test]
    fn central_bodies_and_their_local_organs_are_told_apart() {
        assert_eq!(central("国家税务总局"), Some(("国家税务总局", "")));
        assert_eq!(vertical("国家税务总局某市税务局"), Some("某市税务局"));
        assert_eq!(vertical("中华人民共和国大连海关"), Some("大连海关"));
        assert_eq!(central("某市财政局"), None);
        let branch = of_whom("中国人民银行某市中心支行", "中心支行");
        assert_eq!(branch, "中国人民银行中心支行");
        assert_eq!(of_whom("国家税务总局某市税务局", "税务局"), "税务局");
    }

    #[test]
    fn zones_and_townships_are_seen() {
        let name = |rest: &'static str| zone(rest).map(|len| &rest[..len]);
        assert_eq!(
            name("高新技术产业开发区管理委员会"),
            Some("高新技术产业开发区")
        );
        assert_eq!(name("高新区卫生健康局"), Some("高新区"));
        assert_eq!(name("教育局"), None);
        assert_eq!(
            township("解放街道办事处").map(|(t, _)| t).as_deref(),
            Some("解放街道")
        );
        assert_eq!(township("乡镇企业局"), None);
    }
}
