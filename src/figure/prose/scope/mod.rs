//! Whose figures these are: the report's own body, or a sub-unit that a sentence names as
//! its subject (市档案馆全年接待…) or before a bracket (市规划局（114件）).

mod others;
mod own;

use std::sync::LazyLock;

use regex::Regex;

use super::zone::has_content;
use super::{Sentence, depth};
use crate::figure::grammar::{Grammar, Whose};
use crate::figure::quantity::Quantity;
pub(super) use own::Own;

/// A sub-unit as the subject of a sentence or clause, behind a time or 其中.
static SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:[一二三四五六七八九十]是|\([一二三四五六七八九十0-9]+\)|[0-9]+[、.])?",
        r"(?:20[0-9]{2}年度?,?|全年,?|今年,?|截[至止][^,]{0,14},|目前,?|其中,?:?|同时,|另外,|此外,)*",
        r"(?:督促|要求|组织|指导|推动)*",
        r"((?:[省市县区州旗]|\p{Han}{2,5}[省市县区州旗])?\p{Han}{2,9}?(?:分局|局|委员会|档案馆|图书馆|文化馆|馆|服务中心|政务中心|中心|大厅|管委会|总队|支队|大队|公司|大学|医院|海关)|[省市县区州旗]\p{Han}{2,6}?(?:办公厅|办公室|委员会|办|委|院|站|所)|[省市县区州旗](?:人民)?(?:政府)?本级)",
        r"(.{0,12})",
    ))
    .expect("valid")
});
/// Most characters of a name that [`SUBJECT`] finds, and the first ones of what it lets stand
/// before a name.
const LONGEST: usize = 19;
const OPENERS: &str = "一二三四五六七八九十(0123456789全今截目其同另此督要组指推";

/// Sub-units spoken of together (各乡镇, 县直各部门, 区管委会及区直各单位), as the subject of the
/// clause that has the number.
static GROUP: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:^|[,;:]|年度?|其中,?:?|督促|要求|组织|指导|推动|所属)",
        r"((?:[省市县区州旗]\p{Han}{2,8}?[、及和])?",
        r"(?:[省市县区州旗]直(?:[、和及][省市县区州旗]直)?各?(?:部门|单位|机关)",
        r"|(?:乡镇街道|乡镇|镇街|镇乡|街镇|县区|区县|县市区)|[所下局]属(?:各)?(?:事业)?单位",
        r"|各(?:乡镇街道|镇乡街道|镇街|镇乡|乡镇|街镇|街道|乡|镇|县市区|县区|区县|市州|县\([市、区]+\)区?|市\([州县、区]+\)|乡\(镇[、街道]*\)|乡镇\(街道\))(?:(?:人民)?政府)?",
        r"|[省市县区州旗]\p{Han}{2,6}?(?:办公室|办|局|委|院)))",
        r"(?:20[0-9]{2}年度?|全年|年内|共|累计|在[^,]{0,16}|通过[^,]{0,16})*(?:主动公开|公开|发布|收到|受理|答复|接待|报送|共计?)",
    ))
    .expect("valid")
});
/// A sub-unit at the end of the words before a number.
static AT_END: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[、,;:(是为有中和])(?:其中[,:]?)?((?:[省市县区州旗]|\p{Han}{2,5}[省市县区州旗])?\p{Han}{2,9}?(?:分局|局|委员会|委|馆|中心|大厅|管委会|街道|镇|乡|厅|公司|总队|支队|大队|办公室|办公厅|办|院|所|站|处))$")
        .expect("valid")
});

/// How the units that [`AT_END`] knows end.
const UNIT_ENDS: [char; 17] = [
    '局', '会', '委', '馆', '心', '厅', '道', '镇', '乡', '司', '队', '室', '办', '院', '所', '站',
    '处',
];

/// A government with all that is under it (市政府及其部门): a part where more was spoken of before.
static WITH_OFFICES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:^|[,;:]|其中,?:?)((?:[省市县区州旗]+(?:、[省市县区州旗]+)*(?:\([市区县、]+\))?|乡镇)(?:人民)?政府",
        r"(?:\(街道(?:办事处|办)?\)|及其(?:组成|所属|工作|各)?(?:部门|单位|机构)(?:[、和及]\p{Han}{2,8}?政府)?))",
        r"(?:20[0-9]{2}年度?|全年|年内|共|累计|通过[^,]{0,16})*(?:主动公开|公开|发布|收到|受理|答复|办结|共计?)",
    ))
    .expect("valid")
});

/// Words whose first character names of bodies end with.
const VERBS: [&str; 11] = [
    "办理", "办结", "办事", "办好", "办法", "委托", "委派", "委员", "所有", "所属", "站在",
];

/// The scope within a sentence, which brackets may change.
pub(super) struct Scope<'a> {
    sentence: Option<String>,
    /// A sub-unit named before a bracket, and how deep the bracket is.
    bracket: Option<(String, usize)>,
    /// One named in a list (区图书馆1个、镇街24个) holds until the next item.
    item: Option<String>,
    /// How many sub-units the sentence has spoken of since the last sum.
    units: usize,
    /// Whether it has counted something of the body itself before.
    whole_counted: bool,
    /// What follows is a part of what has been spoken of.
    divides: bool,
    own: &'a Own<'a>,
}

/// The sub-unit that a whole paragraph speaks of: the subject of its first sentence.
pub(super) fn of_block(text: &str, own: &Own) -> Option<String> {
    let first = text.split('。').next().unwrap_or(text);
    subject(first, own)
}

/// Whether a sentence speaks of a whole place, of which its government is a part.
pub(super) fn speaks_of_all(sentence: &str) -> bool {
    words().everywhere.is_in(sentence)
}

/// The scope at the beginning of a sentence, whose words before its first quantity are `text`.
/// `everywhere`: the paragraph has spoken of the whole place before.
pub(super) fn of_sentence<'a>(
    text: &str,
    own: &'a Own<'a>,
    block: Option<&str>,
    everywhere: bool,
) -> Scope<'a> {
    let named = text
        .split([',', ';'])
        .find_map(|clause| subject(clause, own));
    let whole = words().own.is_in(text);
    let last = text.rsplit([',', ';']).next();
    let group = last.and_then(group);
    let divides = text.starts_with("其中") || everywhere;
    let group = group.or_else(|| last.filter(|_| divides).and_then(with_offices));
    let higher = text
        .split([',', ';'])
        .find_map(|clause| others::higher(clause, own));
    let street = || last.and_then(|clause| others::street(clause, own));
    let group = higher.or(group).or_else(street);
    let sentence = match named.or(group) {
        Some(unit) => Some(unit),
        None if whole => None,
        None => block.map(str::to_owned),
    };
    Scope {
        units: usize::from(sentence.is_some()),
        whole_counted: false,
        sentence,
        bracket: None,
        item: None,
        divides,
        own,
    }
}

/// 市政府及其部门, as the subject of the clause that has the number.
fn with_offices(clause: &str) -> Option<String> {
    if !clause.contains("政府") {
        return None;
    }
    Some(WITH_OFFICES.captures(clause)?[1].to_owned())
}

impl Scope<'_> {
    /// Takes in what stands between the previous quantity and this one.
    pub fn advance(&mut self, sentence: &Sentence, quantity: &Quantity, before: usize) {
        let text = sentence.text;
        let here = depth(text, sentence.range.start, quantity.range.start);
        let between = &text[before..quantity.range.start];
        // 图书馆接待120人次，档案馆接待60人次，共180人次: the whole is that of all of them.
        let sum =
            ["共", "共计", "合计", "总计", "共有"].contains(&between.trim_matches([',', ' ']));
        let several = self.units > 1 || self.units == 1 && self.whole_counted;
        if sum && several && here == 0 {
            (self.sentence, self.item, self.units) = (None, None, 0);
            return;
        }
        // 全市86个单位、12个镇街共公开: all of those counted together.
        let counted = |q: &&Quantity| q.range.end == before && matches!(&*q.unit, "个" | "家");
        let joins = ['、', '和', '及', '与'];
        let together = |q: &Quantity| text[..q.range.start].ends_with(joins);
        if here == 0
            && sentence
                .quantities
                .iter()
                .find(counted)
                .is_some_and(together)
        {
            return;
        }
        let unit = self.at_end();
        self.whole_counted |= before > sentence.range.start && unit.is_none();
        self.turn(between, here);
        self.units += usize::from(self.at_end().is_some() && self.at_end() != unit);
    }

    /// Follows the words `between` two quantities, the second so deep in brackets.
    fn turn(&mut self, between: &str, here: usize) {
        if self.bracket.as_ref().is_some_and(|(_, deep)| here < *deep) {
            self.bracket = None;
        }
        // …、其他部门8件;行政复议3件: the list is over.
        if between.starts_with('、') && has_content(between) || here == 0 && between.contains(';')
        {
            self.item = None;
        }
        let (head, inside) = match between.strip_suffix('(') {
            Some(head) => (head, true),
            None => (
                between.trim_end_matches(['有', '为', '的', ',', '共']),
                false,
            ),
        };
        if head.ends_with(UNIT_ENDS)
            && let Some(found) = AT_END.captures(head)
            && !self.own.is(&found[1])
            && is_plausible(&found[1])
        {
            self.bracket = Some((
                found[1].to_owned(),
                if inside {
                    here
                } else {
                    here + usize::from(here == 0)
                },
            ));
            if !inside && here == 0 {
                // No bracket ends it: it holds until another subject comes.
                self.bracket = None;
                self.item = Some(found[1].to_owned());
            }
        } else if let Some(unit) = others::item(head) {
            match here {
                0 => self.item = Some(unit),
                _ => self.bracket = Some((unit, here)),
            }
        } else if let Some(unit) = between
            .split([',', ';'])
            .skip(1)
            .find_map(|c| subject(c, self.own))
        {
            (self.sentence, self.item) = (Some(unit), None);
        } else if let Some(unit) = between.rsplit([',', ';']).next().and_then(|clause| {
            let offices = || Some(clause).filter(|_| self.divides).and_then(with_offices);
            others::higher(clause, self.own)
                .or_else(|| group(clause))
                .or_else(offices)
                .or_else(|| others::departments(clause))
                .or_else(|| others::street(clause, self.own))
        }) {
            (self.sentence, self.item) = (Some(unit), None);
        } else if words().own.is_in(between) {
            (self.sentence, self.item) = (None, None);
        }
    }

    /// The scope of a quantity.
    pub fn current(&self, sentence: &Sentence, quantity: &Quantity) -> Option<String> {
        let here = depth(sentence.text, sentence.range.start, quantity.range.start);
        match &self.bracket {
            Some((unit, deep)) if here >= *deep => Some(unit.clone()),
            _ => self.at_end(),
        }
    }

    /// The scope behind the last quantity.
    pub fn at_end(&self) -> Option<String> {
        self.item.as_ref().or(self.sentence.as_ref()).cloned()
    }
}

/// The sub-units that are together the subject of a clause.
fn group(clause: &str) -> Option<String> {
    let several = clause.contains(['各', '直', '乡', '镇', '属'])
        || clause.contains("区县")
        || clause.contains("县区")
        || clause.contains(['及', '、']) && clause.contains(['办', '局', '委', '院']);
    if !several || !clause.contains(['公', '发', '收', '受', '共', '报', '接', '答']) {
        return None;
    }
    let found = GROUP.captures(clause)?;
    let units = &found[1];
    let office = units.ends_with(['办', '局', '委', '院', '室']);
    let several = !office || units.contains(['及', '、', '和']);
    if is_government(units) {
        return None;
    }
    (several && !words().no_part.is_in(&bare(units))).then(|| units.to_owned())
}

/// The sub-unit that is the subject of a clause.
fn subject(clause: &str, own: &Own) -> Option<String> {
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
    if unit.is_empty() || own.is(unit) || !is_plausible(unit) {
        return None;
    }
    // 全国海关系统: all that are of the body's own kind, unless they are a place's above.
    if unit.starts_with('全') && rest.starts_with("系统") && !own.is_above(unit) {
        return None;
    }
    // 市长热线办理: a verb that a name seems to end with.
    if VERBS.iter().any(|v| {
        let cut = v.char_indices().nth(1).map_or(0, |(at, _)| at);
        unit.ends_with(&v[..cut]) && rest.starts_with(&v[cut..])
    }) {
        return None;
    }
    // 市档案馆网站, 市工商局等: not the subject, or not one alone.
    if words().object.beginning(rest).is_some() {
        return None;
    }
    // 区政府办公室配备2名工作人员: the government has them.
    if words().office.ending(unit).is_some() {
        let rest =
            rest.trim_start_matches(|c: char| c.is_ascii_digit() || "全年度内共累计".contains(c));
        words().counting.beginning(rest)?;
    }
    Some(unit.to_owned())
}

/// 县政府及县政府办公室: the government itself, with the office that acts for it.
fn is_government(units: &str) -> bool {
    let joins = ['及', '、', '和'];
    let own = |part: &str| part.ends_with("政府") || words().office.ending(part).is_some();
    units.contains(joins) && units.split(joins).all(own)
}

/// Whether a name is one of a sub-unit, and not a piece of a sentence.
fn is_plausible(unit: &str) -> bool {
    // 实际举办3期: a verb.
    let verb = [
        "举办", "主办", "承办", "开办", "督办", "交办", "转办", "经办", "协办", "查办",
    ];
    // 律师事务所2家 have applied.
    unit.chars().count() >= 3
        && !is_government(unit)
        && !unit.ends_with("事务所")
        && !verb.iter().any(|w| unit.ends_with(w))
        && words().no_beginning.beginning(unit).is_none()
        && !words().no_part.is_in(&bare(unit))
}

/// A name without words that are no sentence's in it: 县政府公开办.
fn bare(unit: &str) -> String {
    unit.replace("公开办", "办")
}

fn words() -> &'static Whose {
    &Grammar::embedded().whose
}
