//! The body that a clause says has counted: 某某镇收到, 县直各部门公开, 国土、规划两部门答复, and
//! whom a case was brought against (以某某镇政府为被告).

use super::unit::{is_government, is_plausible};
use super::{Own, Who, words};
use crate::text::fold::is_han;
use crate::text::numeral::is_han_numeral;

/// Most characters of the words for one body, or for several.
const LONGEST: usize = 34;
/// Most characters of a body in a list that does not end as bodies do (国土、规划两部门).
const SHORT: usize = 6;

/// Whom a clause speaks of; nobody where its words are not those of a body that counts.
/// `divides`: what it counts is a part of what was counted before.
pub(super) fn of_clause(clause: &str, own: &Own, divides: bool) -> Option<Who> {
    if clause.contains('被')
        && let Some(who) = respondent(clause, own)
    {
        return Some(who);
    }
    let counts = &words().counting;
    counts.next(clause, 0)?;
    let said = without_lead_in(clause);
    let mut from = 0;
    // 信息公开办收到: the first word that counts may be part of the name.
    while let Some((at, place)) = counts.next(said, from) {
        let (head, verb) = (&said[..at], counts.words()[place].as_str());
        from = at + verb.len();
        if head.is_empty() {
            return None;
        }
        let is_name = words().counted_names.beginning(&said[at..]).is_some();
        if !is_name && let Some(who) = named(before_phrase(head)?, verb, own, divides) {
            return Some(who);
        }
    }
    None
}

/// Several bodies together that a list has as an item: 其中市本级40件,镇(街道)316件.
pub(super) fn item(head: &str) -> Option<String> {
    // 16个部门25个系统: what a number counts is no item of its own.
    if !head.starts_with([',', '、', ';', ':', '(']) && !head.starts_with("其中") {
        return None;
    }
    let head = without_lead_in(head);
    let group = Group::of(head)?;
    let bare = ["单位", "机关"].contains(&head);
    (!bare && group.rest.is_empty()).then(|| head.to_owned())
}

/// Whether a number is that of the bodies not named yet: 其余均在10件以下.
pub(super) fn is_rest(between: &str) -> bool {
    let said = between.trim_start_matches([',', ';', '、', ' ']);
    let rest = words().remaining.beginning(said);
    let rest = rest.map(|word| &said[word.len()..]);
    rest.is_some_and(|r| r.is_empty() || r.starts_with(['均', '都', '各', '在', '的', '有', '为']))
}

/// The body that a piece of a paired list is: 财政局 of 财政局、教育局分别收到3件、5件.
pub(super) fn alone(piece: &str, own: &Own) -> Option<String> {
    (!own.is_unknown && is_body(piece) && !own.is(piece)).then(|| piece.to_owned())
}

/// What stands before the body: 2016年,其中,督促.
fn without_lead_in(clause: &str) -> &str {
    let mut said = clause.trim_start_matches([',', '、', ';', ':', ' ']);
    // 四、, (二): the number of a heading.
    let bare = said.trim_start_matches('(');
    let rest = bare.trim_start_matches(|c: char| c.is_ascii_digit() || is_han_numeral(c));
    if rest.len() < bare.len()
        && let Some(title) = rest.strip_prefix(['、', ')', '.', '是'])
    {
        said = title;
    }
    said = said.trim_start_matches('(');
    loop {
        let digits = said.trim_start_matches(|c: char| c.is_ascii_digit());
        let rest = match words().lead_ins.beginning(said) {
            Some(word) => &said[word.len()..],
            None => match digits.strip_prefix('年') {
                Some(rest) if said.len() - digits.len() == 4 => rest.trim_start_matches('度'),
                _ => return said,
            },
        };
        said = rest.trim_start_matches([',', ':', ' ']);
    }
}

/// The words before a phrase on how or where (各镇通过网站), without 共 and 累计; none where
/// such a phrase opens them.
fn before_phrase(head: &str) -> Option<&str> {
    let head = match words().phrases.first(head) {
        Some((0, _)) => return None,
        Some((at, _)) => &head[..at],
        None => head,
    };
    let mut head = head.trim_end_matches([' ', ',']);
    loop {
        let bare = head.trim_end_matches('度');
        let bare = bare.strip_suffix('年').unwrap_or(bare);
        let digits = bare.trim_end_matches(|c: char| c.is_ascii_digit());
        let rest = match words().adverbs.ending(head) {
            Some(word) => &head[..head.len() - word.len()],
            None if bare.len() - digits.len() == 4 && bare.len() < head.len() => digits,
            None => return Some(head),
        };
        head = rest;
    }
}

/// Who `head` names, before the word `verb` that counts.
fn named(head: &str, verb: &str, own: &Own, divides: bool) -> Option<Who> {
    let letters = |c: char| is_han(c) || matches!(c, '(' | ')' | '、');
    if head.chars().nth(LONGEST).is_some() || !head.chars().all(letters) {
        return None;
    }
    if let Some(above) = own.above.iter().find(|w| head.starts_with(**w)) {
        return Some(Who::Other((*above).to_owned()));
    }
    let level = head.ends_with("本级") && head.len() > "本级".len();
    if level && divides && words().own.ending(head) == Some("本级") {
        return Some(Who::Other(head.to_owned()));
    }
    // 市政府办公室代表市政府受理
    if words().own.is_in(head) || head.contains("代表") {
        return Some(Who::Own);
    }
    if own.is_government(head) {
        return Some(Who::Own);
    }
    // 市政府公开网, of a bureau's report: where it publishes.
    if head.ends_with("政府") && matches!(verb, "公开" | "主动公开" | "发布" | "公布") {
        let group = Group::of(head).is_some_and(|g| g.is_of_places && g.rest.is_empty());
        return group.then(|| Who::Other(head.to_owned()));
    }
    several(head, own, divides)
}

/// One body, several of a kind, or a list of them.
fn several(head: &str, own: &Own, divides: bool) -> Option<Who> {
    let head = match head.strip_prefix("所属") {
        Some(rest) if rest.starts_with('各') => rest,
        _ => head,
    };
    let other = || Some(Who::Other(head.to_owned()));
    if let Some(group) = Group::of(head)
        && group.rest.is_empty()
    {
        // 街道, of a street's report.
        if !group.is_marked && group.is_of_places && own.is_one_of(head) {
            return Some(Who::Own);
        }
        return match group.is_marked || group.is_of_places || divides {
            true => other(),
            false => None,
        };
    }
    if is_body(head) {
        if own.is_unknown {
            return None;
        }
        let name = head.trim_end_matches("办事处");
        return match own.is(name) || own.is_spoken_of(name, false) {
            true => Some(Who::Own),
            false => other(),
        };
    }
    let parts: Vec<&str> = parts(head);
    let (last, before) = parts
        .split_last()
        .filter(|(_, before)| !before.is_empty())?;
    // 市政府及其部门: the government with all that is under it.
    let of_own = |part: &&str| own.is_government(part) || part.starts_with('其');
    if is_government(head) || parts.iter().all(of_own) {
        return match divides {
            true => other(),
            false => Some(Who::Own),
        };
    }
    let ends = |part: &str| is_body(part) || Group::of(part).is_some_and(|g| g.rest.is_empty());
    let counted = last
        .strip_suffix("部门")
        .or_else(|| last.strip_suffix("单位"))
        .map(|l| l.trim_end_matches(['个', '家']));
    // 国土、规划、住建三部门; 财政局、教育局等部门
    let counted = counted.is_some_and(|l| l.ends_with(is_han_numeral) || l.ends_with('等'));
    let short = |part: &&str| {
        ends(part) || !part.is_empty() && part.chars().count() <= SHORT && is_clean(part)
    };
    ((ends(last) || counted) && before.iter().all(short)).then(other)?
}

/// What 、 and 和 join outside brackets.
fn parts(head: &str) -> Vec<&str> {
    let (mut parts, mut from, mut depth) = (Vec::new(), 0, 0usize);
    for (at, c) in head.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '、' | '和' | '及' | '与' if depth == 0 => {
                parts.push(&head[from..at]);
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&head[from..]);
    parts
}

/// Whether a name ends as those of bodies do, and is no piece of a sentence.
fn is_body(name: &str) -> bool {
    if name.contains('、') {
        return false;
    }
    let name = match name.strip_suffix(')').and_then(|n| n.rfind('(')) {
        Some(open) => &name[..open],
        None => name,
    };
    let ends = words().bodies.ending(name);
    ends.is_some_and(|e| e.len() < name.len()) && is_plausible(name) || name.ends_with("派出所")
}

/// Whether nothing in a piece is a sentence's.
fn is_clean(part: &str) -> bool {
    words().no_beginning.beginning(part).is_none() && !words().no_part.is_in(part)
}

/// Bodies of one kind that are spoken of together: 各镇街道, 县直部门, 其他单位.
struct Group<'a> {
    /// Something says which of them: 县直, 其他.
    is_marked: bool,
    /// Towns, streets, counties; else departments.
    is_of_places: bool,
    /// What stands behind.
    rest: &'a str,
}

impl<'a> Group<'a> {
    fn of(head: &'a str) -> Option<Self> {
        let mut said = head;
        let mut is_marked = false;
        while let Some(mark) = words().marks.beginning(said) {
            // 各部门, of the body itself: all that it has.
            is_marked |= mark != "各" && mark != "其";
            said = said[mark.len()..].trim_start_matches(['、', '和', '及']);
        }
        let number = said.trim_start_matches(is_han_numeral);
        let number = number.trim_start_matches('个');
        let departments = words().departments.beginning(number);
        let noun = departments.or_else(|| words().places.beginning(said))?;
        // 各县, but no 县 alone.
        if said.len() == head.len() && matches!(noun, "市" | "县" | "区" | "镇" | "乡") {
            return None;
        }
        let said = if departments.is_some() { number } else { said };
        let rest = &said[noun.len()..];
        let level = ["一级", "层面", "人民政府", "政府", "办事处"];
        let rest = level.iter().find_map(|w| rest.strip_prefix(w));
        let rest = rest.unwrap_or(&said[noun.len()..]);
        let rest = match rest.strip_prefix("(街道") {
            Some(inside) => inside.split_once(')').map_or(rest, |(_, rest)| rest),
            None => rest,
        };
        Some(Self {
            is_marked,
            is_of_places: departments.is_none(),
            rest,
        })
    }
}

/// 以市政府为被告的案件3件: whom a case was brought against.
fn respondent(clause: &str, own: &Own) -> Option<Who> {
    if !clause.contains("为被") {
        return None;
    }
    let ends = ["作为被告", "为被告", "作为被申请人", "为被申请人"];
    let end = ends.iter().filter_map(|w| clause.find(w)).min()?;
    let head = without_lead_in(&clause[..end]);
    let head = head.rfind('以').map_or(head, |at| &head[at + "以".len()..]);
    let level = head.ends_with("本级");
    if own.is_government(head) || words().own.is_in(head) || level {
        return Some(Who::Own);
    }
    several(head, own, true)
}
