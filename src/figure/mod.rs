//! Report → figures: every statistic in the text with the very words it was read from,
//! named from the catalogue where the words say what it is.

pub mod catalogue;
pub mod cells;
pub mod grammar;
mod handled;
pub mod label;
pub mod number;
pub mod prose;
pub mod quantity;
pub mod rates;
mod tables;
pub mod unnamed;

use std::ops::Range;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who applied, for figures that are broken down by applicant.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Applicant {
    /// 自然人
    Natural,
    /// 商业企业
    Enterprise,
    /// 科研机构
    Research,
    /// 社会公益组织
    Nonprofit,
    /// 法律服务机构
    LegalService,
    /// 其他
    OtherOrg,
    /// 法人或其他组织, the five before together
    LegalAll,
}

/// What kind of value the source gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Semantics {
    /// A number other than zero.
    Number,
    /// 0, or words that say so.
    Zero,
    /// A blank cell: unknown, not zero.
    Empty,
    /// `-`, `/`, 不适用: the author says there is no such thing.
    Na,
    /// Words where a number should be.
    Text,
}

/// How exact the source says the value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Qualifier {
    /// Stated without reserve.
    Exact,
    /// 约, 近, 左右
    Approx,
    /// 余, 多, 以上, 超, 突破
    AtLeast,
    /// 不足
    AtMost,
}

/// The span of time a value covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Period {
    /// The year reported on.
    Annual,
    /// A part of it.
    Partial,
    /// The text does not let us say.
    Unknown,
}

/// Whether a value counts what happened in the period or what there is at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// Of the period.
    Flow,
    /// Since the beginning, or in force at the end.
    Stock,
}

/// One statistic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// `f1`, `f2`, … in reading order.
    pub id: String,
    /// Key in the catalogue; none for a quantity without canonical meaning.
    pub indicator: Option<String>,
    /// Who applied; none for all together.
    pub applicant: Option<Applicant>,
    /// Cell of an official form, such as `D/t3/received.new/natural`.
    pub cell: Option<String>,
    /// Where the words that name it stand in the text.
    pub label: Range<usize>,
    /// Exact value in the base unit (件, 元, %).
    pub value: Option<Decimal>,
    /// Base unit, in Simplified characters.
    pub unit: String,
    /// Number, zero, blank, …
    pub semantics: Semantics,
    /// How exact.
    pub qualifier: Qualifier,
    /// Which span of time.
    pub period: Period,
    /// Flow or stock.
    pub basis: Basis,
    /// The year spoken of, when it is not the report's.
    pub year: Option<i32>,
    /// The sub-unit spoken of, when it is not the report's own body.
    pub scope: Option<String>,
    /// Whether lists and comparisons show this one of several with the same key.
    pub principal: bool,
    /// Id of the innermost section it stands in.
    pub section: String,
    /// Bytes of the text from the words that name it to its unit, at most 300.
    pub range: Range<usize>,
    /// Bytes of the number itself.
    pub number: Range<usize>,
}

/// Longest quote of a figure, in bytes.
pub const MAX_QUOTE: usize = 300;

/// What a text says of how its figures belong together; indexes into the figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// `parts` are parts of `whole`.
    Sum {
        /// The total.
        whole: usize,
        /// What it is made of.
        parts: Vec<usize>,
        /// Whether these are all.
        kind: Parts,
    },
    /// `share` per cent of `whole` are `part`.
    Share {
        /// The part.
        part: usize,
        /// The whole.
        whole: usize,
        /// The stated share.
        share: usize,
        /// The text says of what; else it is our guess.
        certain: bool,
    },
}

impl Claim {
    /// Says the same of figures before which `count` others stand now.
    fn behind(&mut self, count: usize) {
        self.refer(|i| i + count);
    }

    /// Says the same of figures that have moved: `place[i]` is where figure `i` is now.
    fn moved(&mut self, place: &[usize]) {
        self.refer(|i| place.get(i).copied().unwrap_or(i));
    }

    fn refer(&mut self, place: impl Fn(usize) -> usize) {
        let refer = |i: &mut usize| *i = place(*i);
        match self {
            Self::Sum { whole, parts, .. } => {
                refer(whole);
                parts.iter_mut().for_each(refer);
            }
            Self::Share {
                part, whole, share, ..
            } => [part, whole, share].into_iter().for_each(refer),
        }
    }
}

/// How much of a whole its listed parts are (domain rule R-P5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parts {
    /// The words say that these are all.
    Closed,
    /// Members of one family that exclude each other, without a remainder.
    Known,
    /// The greatest of them, or some.
    Ranked,
    /// Members of one family; which whole they divide is not said.
    Implied,
}

/// Every figure of a report, in reading order, and what the text claims of them.
pub fn read(report: &crate::report::Report) -> (Vec<Figure>, Vec<Claim>) {
    let (prose, mut claims) = prose::read(report);
    let mut found = prose;
    found.extend(cells::read(report));
    let (tabled, sums) = tables::read(report);
    claims.extend(sums.into_iter().map(|mut claim| {
        claim.behind(found.len());
        claim
    }));
    found.extend(tabled);
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|i| found[*i].range.start);
    // Claims speak of figures by their place among these.
    let mut place = vec![0; found.len()];
    for (at, i) in order.iter().enumerate() {
        place[*i] = at;
    }
    for claim in &mut claims {
        claim.moved(&place);
    }
    let mut found: Vec<Option<Figure>> = found.into_iter().map(Some).collect();
    let mut figures: Vec<Figure> = order.iter().filter_map(|i| found[*i].take()).collect();
    for (i, figure) in figures.iter_mut().enumerate() {
        figure.id = (i + 1).to_string();
        figure.id.insert(0, 'f');
    }
    handled::name(&report.text, &mut figures);
    choose_principals(report, &mut figures);
    (figures, claims)
}

/// Of several figures with one key, the one that a form gives, else one that names the
/// whole year, else the first; of websites first those that are not another body's.
fn choose_principals(report: &crate::report::Report, figures: &mut [Figure]) {
    let mut named: Vec<usize> = (0..figures.len())
        .filter(|i| {
            let figure = &figures[*i];
            let own = figure.scope.is_none() && figure.period != Period::Partial;
            own && figure.indicator.is_some()
        })
        .collect();
    // Those of one name beside one another; which name comes first is of no matter.
    let name = |i: &usize| {
        let indicator = figures[*i].indicator.as_deref().unwrap_or_default();
        (indicator.len(), indicator, figures[*i].applicant)
    };
    named.sort_unstable_by(|a, b| name(a).cmp(&name(b)).then(a.cmp(b)));
    let sites = prose::Sites::of(report);
    let rank = |figure: &Figure| {
        if sites.is_of_other(figure) {
            return -1;
        }
        let clause = report.text.get(figure.range.clone());
        let clause = clause.map(crate::text::fold::fold).unwrap_or_default();
        i32::from(prose::names_whole(&clause))
    };
    let in_form = |i: &&usize| figures[**i].cell.is_some();
    let principals: Vec<usize> = named
        .chunk_by(|a, b| name(a) == name(b))
        .filter_map(|same| match same {
            [one] => Some(*one),
            // The first of the best.
            several => several.iter().find(in_form).copied().or_else(|| {
                let last_first = several.iter().rev().copied();
                last_first.max_by_key(|i| rank(&figures[*i]))
            }),
        })
        .collect();
    for i in principals {
        figures[i].principal = true;
    }
}
