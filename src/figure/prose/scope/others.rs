//! Bodies that are neither the report's own nor bureaus under it: those above (全省), streets
//! and towns (某某街道), departments together (各部门).

use std::sync::LazyLock;

use regex::Regex;

use super::super::zone::has_content;
use super::Own;
use crate::figure::grammar::Grammar;
use crate::report::{Level, Region};

/// Words for the whole of a place above one of `region`'s rank.
pub(super) fn above(region: &Region) -> &'static [&'static str] {
    match region.level {
        Level::National => &[],
        Level::Province => &["全国"],
        Level::Prefecture => &["全国", "全省"],
        // 全市 is a county-level city itself, and a district's city.
        Level::County if region.name.ends_with('市') => &["全国", "全省"],
        Level::County => &["全国", "全省", "全市"],
        Level::Township => &["全国", "全省", "全市", "全县", "全区"],
    }
}

/// The place above that is the subject of a clause: 全省共收到申请12560件.
pub(super) fn higher(clause: &str, own: &Own) -> Option<String> {
    let said = clause.trim_start_matches(|c: char| c.is_ascii_digit() || "年度,其中: ".contains(c));
    if !said.starts_with('全') {
        return None;
    }
    let word = own.above.iter().find(|w| clause.contains(**w))?;
    let rest = said.strip_prefix(*word)?;
    let rest = rest.trim_start_matches(|c: char| "各级行政机关政府系统部门共计累全年".contains(c));
    let counts = &Grammar::embedded().whose.counting;
    counts.beginning(rest).map(|_| (*word).to_owned())
}

static STREET: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:其中,?:?)?(\p{Han}{2,4}(?:街道|镇|乡))(?:办事处)?(?:全年|年内|共|累计)*(?:主动公开|公开|发布|收到|受理|答复|接待)")
        .expect("valid")
});
static DEPARTMENTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:其中,?:?)?((?:[省市县区州旗]?政府)?各(?:工作)?(?:部门|单位|委办局)|其[他它余](?:部门|单位|乡镇|镇街|街道)|街道\(镇\)|镇\(街道\)|乡\(镇\))(?:全年|年内|合计|共计|共|累计)*(?:主动公开|公开|发布|收到|受理|答复|接待)")
        .expect("valid")
});
/// The same as an item of a list: 其中市本级40件,镇(街道)316件.
static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:[,、;:(]|其中)(各?(?:街道\(镇\)|镇\(街道\)|乡\(镇\)|乡镇\(街道\)|镇街|街镇|乡镇|镇乡|街道|部门|委办局)|[省市县区州旗]直(?:各)?(?:部门|单位|机关))$")
        .expect("valid")
});

/// A street or town as the subject of a clause.
pub(super) fn street(clause: &str, own: &Own) -> Option<String> {
    if !clause.contains(['镇', '乡']) && !clause.contains("街道") {
        return None;
    }
    let name = STREET.captures(clause)?[1].to_owned();
    let general = name.contains([
        '我', '全', '本', '各', '年', '辖', '该', '的', '和', '及', '直',
    ]);
    (!general && !own.is(&name) && !own.is_unknown).then_some(name)
}

/// Several bodies together as the subject of a clause, behind what the body itself counted.
pub(super) fn departments(clause: &str) -> Option<String> {
    if !clause.contains(['各', '(']) {
        return None;
    }
    Some(DEPARTMENTS.captures(clause)?[1].to_owned())
}

/// Several bodies together as an item of a list.
pub(super) fn item(head: &str) -> Option<String> {
    if !head.ends_with([')', '街', '镇', '乡', '道', '门', '局']) {
        return None;
    }
    let found = ITEM.captures(head)?;
    // 管委会、委局、街镇共64家: one of several that have the number together.
    let first = !has_content(&head[..found.get(0)?.start()]);
    first.then(|| found[1].to_owned())
}
