//! Whose figures these are: the report's own body, or a sub-unit that a sentence names as
//! its subject (市档案馆全年接待…) or before a bracket (市规划局（114件）).

mod others;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::zone::has_content;
use super::{Sentence, depth};
use crate::figure::grammar::{Grammar, Whose};
use crate::figure::quantity::Quantity;
use crate::report::{Basis, Region, Report};

/// A sub-unit as the subject of a sentence or clause, behind a time or 其中.
static SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:[一二三四五六七八九十]是|\([一二三四五六七八九十0-9]+\)|[0-9]+[、.])?",
        r"(?:20[0-9]{2}年度?,?|全年,?|今年,?|截[至止][^,]{0,14},|目前,|其中,?:?|同时,|另外,|此外,)*",
        r"(?:督促|要求|组织|指导|推动)*",
        r"((?:[省市县区州旗]|\p{Han}{2,5}[省市县区州旗])?\p{Han}{2,9}?(?:分局|局|委员会|档案馆|图书馆|文化馆|馆|服务中心|政务中心|中心|大厅|管委会|总队|支队|大队|公司|大学|医院|海关)|[省市县区州旗]\p{Han}{2,6}?(?:办公厅|办公室|委员会|办|委|院|站|所)|[省市县区州旗](?:人民)?(?:政府)?本级)",
        r"(.{0,12})",
    ))
    .expect("valid")
});
/// Sub-units spoken of together (各乡镇, 县直各部门, 区管委会及区直各单位), as the subject of the
/// clause that has the number.
static GROUP: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:^|[,;:]|年度?|其中,?:?|督促|要求|组织|指导|推动|所属)",
        r"((?:[省市县区州旗]\p{Han}{2,8}?[、及和])?",
        r"(?:[省市县区州旗]直(?:[、和及][省市县区州旗]直)?各?(?:部门|单位|机关)",
        r"|(?:乡镇街道|乡镇|镇街|镇乡|街镇|县区|区县|县市区)|[所下局]属(?:各)?(?:事业)?单位",
        r"|各(?:乡镇街道|镇乡街道|镇街|镇乡|乡镇|街镇|街道|乡|镇|县市区|县区|区县|市州|县\([市、区]+\)区?|市\([州县、区]+\)|乡\(镇[、街道]*\)|乡镇\(街道\))",
        r"|[省市县区州旗]\p{Han}{2,6}?(?:办公室|办|局|委|院)))",
        r"(?:20[0-9]{2}年度?|全年|年内|共|累计|在[^,]{0,16}|通过[^,]{0,16})*(?:主动公开|公开|发布|收到|受理|答复|接待|报送|共计?)",
    ))
    .expect("valid")
});
static AT_END: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[、,;:(是为有中和])(?:其中[,:]?)?((?:[省市县区州旗]|\p{Han}{2,5}[省市县区州旗])?\p{Han}{2,9}?(?:分局|局|委员会|委|馆|中心|大厅|管委会|街道|镇|乡|厅|公司|总队|支队|大队|办公室|办公厅|办|院|所|站|处))$")
        .expect("valid")
});

/// A government with all that is under it (市政府及其部门): a part where more was spoken of before.
static WITH_OFFICES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:^|[,;:]|其中,?:?)((?:[省市县区州旗]+(?:、[省市县区州旗]+)*(?:\([市区县、]+\))?|乡镇)(?:人民)?政府",
        r"(?:\(街道(?:办事处|办)?\)|及其(?:组成|所属|工作|各)?(?:部门|单位|机构)(?:[、和及]\p{Han}{2,8}?政府)?))",
        r"(?:20[0-9]{2}年度?|全年|年内|共|累计|通过[^,]{0,16})*(?:主动公开|公开|发布|收到|受理|答复|办结|共计?)",
    ))
    .expect("valid")
});

/// Whose report it is, for telling sub-units from the body itself.
pub(super) struct Own<'a> {
    agency: Option<&'a str>,
    /// A zone's administration, whose region is the zone.
    is_zone: bool,
    region: &'a str,
    /// Where nothing says whose report it is: what its first lines speak of.
    opening: Option<String>,
    /// What a body without a known name calls itself: 局 of 我局.
    kind: Option<&'static str>,
    /// Words for places above its own.
    above: &'static [&'static str],
}

/// Most blocks, and most bytes of each, that may say whose report it is.
const OPENING: (usize, usize) = (5, 400);

impl<'a> Own<'a> {
    /// The body that `report` is of.
    pub fn of(report: &'a Report) -> Self {
        let agency = report.agency.as_deref();
        let region = report.region.as_ref();
        let named = |r: &Region| !matches!(r.basis, Basis::Inferred | Basis::Body);
        let title = crate::text::fold::fold(&report.title);
        // 某某区2016年…: a place alone stands for its government.
        let place = title.split(|c: char| c.is_ascii_digit()).next();
        let place = place
            .is_some_and(|p| p.ends_with(['省', '市', '县', '区', '州', '旗', '乡', '镇', '盟']));
        let told = region.is_some_and(named) || place || title.contains("人民政府");
        let opening = || {
            let blocks = report.blocks.iter().take(OPENING.0);
            let texts = blocks.map(|b| {
                let text = b.folded.text();
                &text[..text.floor_char_boundary(OPENING.1)]
            });
            texts.collect::<Vec<_>>().join("\n")
        };
        Self {
            agency,
            is_zone: ["管理委员会", "管委会"].iter().any(|w| title.contains(w)),
            region: region.map(|r| r.name.as_str()).unwrap_or_default(),
            opening: (agency.is_none() && !told).then(opening),
            kind: agency.is_none().then(|| own_kind(&report.text)).flatten(),
            above: region.filter(|r| named(r)).map_or(&[], others::above),
        }
    }

    /// Nothing tells a subject from the body itself.
    fn is_unknown(&self) -> bool {
        let government = |o: &String| o.contains("人民政府");
        self.region.is_empty() && self.opening.as_ref().is_some_and(|o| !government(o))
    }

    fn is(&self, unit: &str) -> bool {
        let bare = || {
            let name = unit.trim_start_matches(['省', '市', '县', '区', '州', '旗']);
            name.trim_end_matches("管委会")
        };
        self.region.ends_with(unit)
            || self.agency.is_some_and(|own| is_same(unit, own))
            || self.is_zone && (unit.ends_with("管委会") || unit.ends_with("管理委员会"))
            || self.kind.is_some_and(|kind| unit.ends_with(kind))
            || self.opening.as_ref().is_some_and(|o| o.contains(bare()))
    }
}

/// What an office calls itself in `text`: 局, where it says 我局.
fn own_kind(text: &str) -> Option<&'static str> {
    let said = |kind: &&str| {
        ["我", "本"]
            .iter()
            .any(|we| text.contains(&format!("{we}{kind}")))
    };
    // 我县, 我镇: a government speaks.
    let place = [
        "县", "市", "区", "镇", "乡", "街道", "省", "州", "旗", "縣", "區", "鎮", "鄉",
    ];
    let governs = place.iter().any(|p| text.contains(&format!("我{p}")));
    ["局", "委", "厅"]
        .into_iter()
        .find(said)
        .filter(|_| !governs)
}

/// Most bytes before a figure's words that say whose website it is.
const OWNER: usize = 60;

impl Own<'_> {
    /// Whether the website that `range` of `text` speaks of is another body's
    /// (在省政府门户网站公布, of the report of a bureau).
    pub fn is_site_of_other(&self, text: &str, range: Range<usize>) -> bool {
        let from = text.floor_char_boundary(range.start.saturating_sub(OWNER));
        let (Some(said), Some(agency)) = (text.get(from..range.end), self.agency) else {
            return false;
        };
        let said = crate::text::fold::fold(said);
        let site = ["网站", "门户网", "官网"].iter();
        let Some(at) = site.filter_map(|w| said.rfind(w)).max() else {
            return false;
        };
        let words = said[..at].trim_end_matches("门户").trim_end_matches("官方");
        let before = ["在", "通过", "利用", "依托", "于", "及", "和", "、", "。"];
        let start = before
            .iter()
            .filter_map(|w| Some(words.rfind(w)? + w.len()))
            .chain(words.rfind([',', ';', ':', '\n']).map(|at| at + 1))
            .max();
        let owner = start.and_then(|at| words.get(at..)).unwrap_or(words);
        if ["我", "本", "单位", "机关"]
            .iter()
            .any(|w| owner.contains(w))
        {
            return false;
        }
        let government = owner.ends_with("政府") && owner.chars().count() > 2;
        let of_government = agency.contains("政府") || agency.ends_with('办');
        let body = owner.ends_with(['局', '厅', '部', '署', '委']) && !self.is(owner);
        government && !of_government || body
    }
}

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
    sentence.contains(['全', '级']) && words().everywhere.is_in(sentence)
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
        if let Some(found) = AT_END.captures(head)
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
    (several && !words().no_part.is_in(&bare(units))).then(|| units.to_owned())
}

/// The sub-unit that is the subject of a clause.
fn subject(clause: &str, own: &Own) -> Option<String> {
    if !words().unit.is_in(clause) {
        return None;
    }
    let found = SUBJECT.captures(clause.trim_start_matches([',', ' ']))?;
    let (unit, rest) = (&found[1], &found[2]);
    if unit.is_empty() || own.is(unit) || own.is_unknown() || !is_plausible(unit) {
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

/// Whether a name, perhaps a short one (嘉兴市市场监管局), is that of the body `own`
/// (市场监督管理局): its last characters stand in the full name in their order.
fn is_same(unit: &str, own: &str) -> bool {
    if own.ends_with(unit) || unit.ends_with(own) {
        return true;
    }
    let mut full = own.chars().rev();
    let known = unit
        .chars()
        .rev()
        .take_while(|c| full.any(|f| f == *c))
        .count();
    let rest = unit.chars().rev().nth(known);
    // What is left is where it is: 嘉兴市.
    known >= 3 && rest.is_none_or(|c| matches!(c, '省' | '市' | '县' | '区' | '州' | '旗'))
}

/// Whether a name is one of a sub-unit, and not a piece of a sentence.
fn is_plausible(unit: &str) -> bool {
    // 实际举办3期: a verb.
    let verb = [
        "举办", "主办", "承办", "开办", "督办", "交办", "转办", "经办", "协办", "查办",
    ];
    // 律师事务所2家 have applied.
    unit.chars().count() >= 3
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
