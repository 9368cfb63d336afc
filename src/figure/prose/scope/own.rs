//! The report's own body, for telling sub-units and others from it.

use std::cell::OnceCell;
use std::ops::Range;

use crate::report::{Basis, Level, Region, Report};
use crate::text::numeral;

/// Whose report it is, for telling sub-units from the body itself.
pub(in crate::figure::prose) struct Own<'a> {
    agency: Option<&'a str>,
    /// A zone's administration, whose region is the zone.
    is_zone: bool,
    region: &'a str,
    /// Where nothing says whose report it is: what its first lines speak of.
    opening: Option<String>,
    title: String,
    /// Nothing tells a subject from the body itself.
    pub(super) is_unknown: bool,
    /// What a body without a known name calls itself: 局 of 我局. Looked for where a unit
    /// might be that body.
    kind: OnceCell<Option<char>>,
    report: &'a Report,
    /// Words for places above its own.
    pub(super) above: &'static [&'static str],
}

/// Words for the whole of a place above one of `region`'s rank.
fn above(region: &Region) -> &'static [&'static str] {
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
        let opening =
            (agency.is_none() && !told).then(|| opening(report).collect::<Vec<_>>().join("\n"));
        let place = region.map(|r| r.name.as_str()).unwrap_or_default();
        let government = opening.as_ref().is_some_and(|o| o.contains("人民政府"));
        Self {
            is_unknown: opening.is_some() && !government && region.is_none_or(|r| !named(r)),
            agency,
            is_zone: ["管理委员会", "管委会"].iter().any(|w| title.contains(w)),
            region: place,
            opening,
            title,
            kind: OnceCell::new(),
            report,
            above: region.filter(|r| named(r)).map_or(&[], above),
        }
    }

    /// Whether a name begins with words for a place above the body's own.
    pub(super) fn is_above(&self, unit: &str) -> bool {
        self.above.iter().any(|w| unit.starts_with(w))
    }

    /// Whether a name is that of the government whose report it is: 市政府, of a city's.
    pub(super) fn is_government(&self, name: &str) -> bool {
        let Some(place) = name.strip_suffix("政府") else {
            return false;
        };
        let place = place.strip_suffix("人民").unwrap_or(place);
        self.agency.is_none_or(|own| own.contains("政府"))
            && match place.chars().next_back() {
                Some(kind) => self.region.is_empty() || self.region.ends_with(kind),
                None => true,
            }
            && (place.chars().nth(1).is_none() || self.region.ends_with(place))
    }

    pub(super) fn is(&self, unit: &str) -> bool {
        // 高新区城市管理局, where 某高新技术产业开发区管委会城市管理局 opens the report.
        let bare = || {
            let name = match unit.split_once(is_place) {
                Some((_, name)) if name.chars().count() >= 4 => name,
                _ => unit.trim_start_matches(is_place),
            };
            name.trim_end_matches("管委会")
        };
        // 区政府本级, of the report of a government's office.
        let level = || unit.strip_suffix("本级");
        self.region.ends_with(unit)
            || self.title.contains(unit)
            || self.agency.is_some() && level().is_some_and(|of| self.is_government(of))
            || self.agency.is_some_and(|own| is_same(unit, own))
            || self.is_zone && (unit.ends_with("管委会") || unit.ends_with("管理委员会"))
            || unit.ends_with(KINDS) && self.kind().is_some_and(|kind| unit.ends_with(kind))
            || self.opening.as_ref().is_some_and(|o| o.contains(bare()))
    }

    /// Whether the first lines of the report speak of a body, and not of what it counted: it
    /// is the report's own. `name` may be what such bodies are called (街道); then it must open
    /// a clause.
    pub(super) fn is_spoken_of(&self, name: &str, is_kind: bool) -> bool {
        let speaks = |clause: &str| match is_kind {
            true => clause.starts_with(name),
            false => clause.contains(name),
        };
        let clauses = opening(self.report).flat_map(|t| t.split([',', '。', ';', ':', '\n']));
        clauses.filter(|c| speaks(c)).any(|clause| {
            // 由某某街道编制的2011年度报告
            let years = numeral::years(clause).count() * "2011".len();
            clause.bytes().filter(u8::is_ascii_digit).count() == years
        })
    }

    /// Whether the report is that of one of them, by what they are called: 街道, of a street's.
    pub(super) fn is_one_of(&self, kind: &str) -> bool {
        self.title.contains(kind) || self.region.ends_with(kind) || self.is_spoken_of(kind, true)
    }

    fn kind(&self) -> Option<char> {
        let found = || {
            self.agency
                .is_none()
                .then(|| own_kind(&self.report.text))
                .flatten()
        };
        *self.kind.get_or_init(found)
    }
}

/// What the first lines of a report say.
fn opening(report: &Report) -> impl Iterator<Item = &str> {
    report.blocks.iter().take(OPENING.0).map(|b| {
        let text = b.folded.text();
        &text[..text.floor_char_boundary(OPENING.1)]
    })
}

/// How the names of offices end.
const KINDS: [char; 3] = ['局', '委', '厅'];

/// What an office calls itself in `text`: 局, where it says 我局.
fn own_kind(text: &str) -> Option<char> {
    // 我县, 我镇: a government speaks.
    let place = [
        "县", "市", "区", "镇", "乡", "街道", "省", "州", "旗", "縣", "區", "鎮", "鄉",
    ];
    let behind = |we: char| {
        text.match_indices(we)
            .map(|(at, we)| &text[at + we.len()..])
    };
    if behind('我').any(|rest| place.iter().any(|p| rest.starts_with(p))) {
        return None;
    }
    let said = |kind: &char| {
        ['我', '本']
            .iter()
            .any(|we| behind(*we).any(|rest| rest.starts_with(*kind)))
    };
    KINDS.into_iter().find(said)
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
    known >= 3 && rest.is_none_or(is_place) || is_fuller(unit, own)
}

fn is_place(c: char) -> bool {
    matches!(c, '省' | '市' | '县' | '区' | '州' | '旗')
}

/// Whether a name says all that the body's own does, and a little more between its ends
/// (文化和旅游体育局 for 文化旅游局).
fn is_fuller(unit: &str, own: &str) -> bool {
    let (Some(first), length) = (own.chars().next(), own.chars().count()) else {
        return false;
    };
    let holds = |at: usize| {
        let (place, name) = unit.split_at(at);
        let mut rest = name.chars();
        let all = own.chars().all(|c| rest.any(|n| n == c));
        all && rest.next().is_none() && place.chars().next_back().is_none_or(is_place)
    };
    length >= 5 && unit.match_indices(first).any(|(at, _)| holds(at))
}
