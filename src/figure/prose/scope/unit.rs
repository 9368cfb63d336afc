//! Single sub-units by the way their names are made: 市档案馆, 县行政服务中心, 某某分局.

use std::sync::LazyLock;

use regex::Regex;

use super::{Own, Who, words};
use crate::figure::grammar::WordList;

/// A sub-unit as the subject of a sentence or clause, behind a time or 其中.
static SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
    let (bureaus, offices) = (any(&words().bureaus), any(&words().offices));
    let pattern = [
        r"^(?:[一二三四五六七八九十]是|\([一二三四五六七八九十0-9]+\)|[0-9]+[、.])?",
        r"(?:20[0-9]{2}年度?,?|全年,?|今年,?|截[至止][^,]{0,14},|目前,?|其中,?:?|同时,|另外,|此外,)*",
        r"(?:督促|要求|组织|指导|推动)*",
        r"((?:[省市县区州旗]|\p{Han}{2,5}[省市县区州旗])?\p{Han}{2,9}?(?:",
        &bureaus,
        r")|[省市县区州旗]\p{Han}{2,6}?(?:",
        &offices,
        r")|[省市县区州旗](?:人民)?(?:政府)?本级)(.{0,12})",
    ];
    Regex::new(&pattern.concat()).expect("words make a pattern")
});
/// Most characters of a name that [`SUBJECT`] finds, and the first ones of what it lets stand
/// before a name.
const LONGEST: usize = 19;
const OPENERS: &str = "一二三四五六七八九十(0123456789全今截目其同另此督要组指推";

/// A sub-unit at the end of the words before a number.
static AT_END: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = [
        r"(?:^|[、,;:(是为有中和])(?:其中[,:]?)?",
        r"((?:[省市县区州旗]|\p{Han}{2,5}[省市县区州旗])?\p{Han}{2,9}?(?:",
        &any(&words().ends),
        r"))$",
    ];
    Regex::new(&pattern.concat()).expect("words make a pattern")
});

/// A pattern for any of `list`.
fn any(list: &WordList) -> String {
    list.words().join("|")
}

/// The sub-unit that the words before a number end with.
pub(super) fn at_end(head: &str, own: &Own) -> Option<String> {
    words().ends.ending(head)?;
    let found = AT_END.captures(head)?;
    let unit = &found[1];
    (!own.is(unit) && is_plausible(unit)).then(|| unit.to_owned())
}

/// The bureau that is the subject of a clause, whatever it does.
pub(super) fn subject(clause: &str, own: &Own) -> Option<Who> {
    let clause = clause.trim_start_matches([',', ' ']);
    let near = match clause.starts_with(|c: char| OPENERS.contains(c)) {
        true => clause,
        false => clause
            .char_indices()
            .nth(LONGEST)
            .map_or(clause, |(end, _)| &clause[..end]),
    };
    if own.is_unknown || !words().unit.is_in(near) {
        return None;
    }
    let found = SUBJECT.captures(clause)?;
    let (unit, rest) = (&found[1], &found[2]);
    if !is_plausible(unit) {
        return None;
    }
    // 全国海关系统: all that are of the body's own kind, unless they are a place's above.
    if unit.starts_with('全') && rest.starts_with("系统") && !own.is_above(unit) {
        return None;
    }
    // 市长热线办理: a verb that a name seems to end with.
    if words().verbs.words().iter().any(|v| {
        let cut = v.char_indices().nth(1).map_or(0, |(at, _)| at);
        unit.ends_with(&v[..cut]) && rest.starts_with(&v[cut..])
    }) {
        return None;
    }
    // 市档案馆网站, 市工商局等: not the subject, or not one alone.
    if words().object.beginning(rest).is_some() {
        return None;
    }
    if own.is(unit) {
        return Some(Who::Own);
    }
    // 区政府办公室配备2名工作人员: the government has them.
    if words().office.ending(unit).is_some() {
        let rest =
            rest.trim_start_matches(|c: char| c.is_ascii_digit() || "全年度内共累计".contains(c));
        words().counting.beginning(rest)?;
    }
    Some(Who::Other(unit.to_owned()))
}

/// 县政府及县政府办公室: the government itself, with the office that acts for it.
pub(super) fn is_government(units: &str) -> bool {
    let joins = ['及', '、', '和'];
    let own = |part: &str| part.ends_with("政府") || words().office.ending(part).is_some();
    units.contains(joins) && units.split(joins).all(own)
}

/// Whether a name is one of a sub-unit, and not a piece of a sentence.
pub(super) fn is_plausible(unit: &str) -> bool {
    unit.chars().count() >= 3
        && !is_government(unit)
        && words().no_ending.ending(&bare(unit)).is_none()
        && words().no_beginning.beginning(unit).is_none()
        && !words().no_part.is_in(&bare(unit))
}

/// A name without words that are no sentence's in it: 县政府公开办.
fn bare(unit: &str) -> String {
    unit.replace("公开办", "办")
}
