//! In what a table of no form counts: its heads, its labels and its caption say so.

use crate::figure::grammar::Grammar;

/// What a head says that its column counts in: 数量(条), 件数, 占比.
pub(super) fn of_head(head: &str) -> Option<String> {
    if let Some(unit) = in_brackets(head) {
        return Some(unit);
    }
    let bare = head.split('(').next().unwrap_or(head).trim();
    if bare.ends_with('率') || ["占比", "比例", "比重"].iter().any(|w| bare.ends_with(w)) {
        return Some("%".to_owned());
    }
    if bare.ends_with("人次") {
        return Some("人次".to_owned());
    }
    let stem = bare.strip_suffix('数')?;
    let last = stem.char_indices().next_back()?.0;
    is_unit(&stem[last..]).then(|| stem[last..].to_owned())
}

/// 数量(条), 金额(单位:万元)
pub(super) fn in_brackets(said: &str) -> Option<String> {
    let (_, rest) = said.rsplit_once('(')?;
    let inside = rest.split(')').next()?;
    let unit = inside
        .trim_start_matches("单位")
        .trim_start_matches(':')
        .trim();
    is_unit(unit).then(|| unit.to_owned())
}

/// 工作机构数, 收到申请量: what is counted says how.
pub(super) fn of_thing(head: &str, around: &str) -> Option<String> {
    let bare = head.split('(').next().unwrap_or(head).trim();
    if !bare.ends_with(['数', '量']) {
        return None;
    }
    let units = &Grammar::embedded().tabled.units;
    let last = |said: &str| {
        let found = units.iter().filter_map(|u| Some((said.rfind(&u.of)?, u)));
        found.max_by_key(|(at, u)| at + u.of.len())
    };
    let (_, found) = last(bare).or_else(|| last(around))?;
    Some(found.unit.clone())
}

/// 收费情况(单位:元): what a caption says that all of a table counts in.
pub(super) fn of_caption(caption: &str) -> Option<String> {
    let (_, rest) = caption.rsplit_once("单位:")?;
    let unit = rest
        .trim_start()
        .split([')', ',', '。', ' ', ';'])
        .next()?
        .trim();
    is_unit(unit).then(|| unit.to_owned())
}

/// Whether words are a unit and nothing else.
pub(super) fn is_unit(words: &str) -> bool {
    matches!(words, "万元" | "亿元")
        || Grammar::embedded()
            .unit(words)
            .is_some_and(|(len, _)| len == words.len())
}
