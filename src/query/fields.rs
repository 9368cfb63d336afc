//! `name:value` in a query: what may be asked of a report or a section beside its words.

use std::fmt;

use rust_decimal::Decimal;

use super::language::Clause;
use crate::figure::catalogue::Catalogue;
use crate::report::{Form, Kind, Level, Part, Script};
use crate::text::fold::fold;

/// A condition on a report or a section.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Field {
    /// A name in the path of its region, in any spelling, or the digits of its code.
    Region(String),
    /// First and last year.
    Years(i32, i32),
    /// Part of its department's name; empty for governments themselves.
    Agency(String),
    /// Rank of the region.
    Level(Level),
    /// Report or other.
    Kind(Kind),
    /// Form of its tables.
    Form(Form),
    /// Script of its text.
    Script(Script),
    /// A section with these words in its heading, or of this canonical part.
    Section(String, Option<Part>),
    /// An indicator's value.
    Has(String, Test),
    /// A part of its path.
    Path(String),
    /// Something that was not understood: it does not narrow the search.
    Unknown(String),
}

/// How a value is compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Test {
    /// There is a value.
    Present,
    Less(Decimal),
    LessOrEqual(Decimal),
    Equal(Decimal),
    GreaterOrEqual(Decimal),
    Greater(Decimal),
}

impl Field {
    /// Whether two conditions are about the same thing, so that both together mean either.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
            && !matches!(self, Self::Has(..) | Self::Unknown(_))
    }
}

const NAMES: [(&str, &[&str]); 11] = [
    ("region", &["region", "地区", "地域", "区域", "place"]),
    ("year", &["year", "年", "年份", "年度"]),
    ("section", &["section", "章节", "章", "part"]),
    ("level", &["level", "级别", "层级"]),
    ("agency", &["agency", "部门", "机关"]),
    ("has", &["has", "指标", "indicator"]),
    ("kind", &["kind", "类型", "种类"]),
    ("form", &["form", "表式", "表"]),
    ("script", &["script", "字体", "文字"]),
    ("path", &["path", "file", "路径", "文件"]),
    ("title", &["title", "标题"]),
];

/// The condition that `name:value` stands for; none when there is no field of that name
/// (the whole is then searched for as words). An inner none: the value is still to come.
pub(super) fn field(name: &str, value: &str) -> Option<Option<Clause>> {
    let name = fold(name);
    let (name, _) = NAMES
        .iter()
        .find(|(_, names)| names.contains(&name.as_str()))?;
    let written = value.trim();
    let value = fold(written);
    if value.is_empty() && *name != "agency" {
        return Some(None);
    }
    let unknown = || Field::Unknown(format!("{name}:{value}"));
    let found = match *name {
        "region" => Field::Region(value.clone()),
        "year" => years(&value).map_or_else(unknown, |(a, b)| Field::Years(a, b)),
        "section" | "title" => Field::Section(value.clone(), part(&value)),
        "level" => level(&value).map_or_else(unknown, Field::Level),
        "agency" => Field::Agency(value.clone()),
        "has" => return Some(Some(has(&value))),
        "kind" => match value.as_str() {
            "report" | "报告" | "年报" => Field::Kind(Kind::Report),
            "other" | "其他" => Field::Kind(Kind::Other),
            _ => unknown(),
        },
        "form" => match value.as_str() {
            "a" => Field::Form(Form::A),
            "b" => Field::Form(Form::B),
            "c" => Field::Form(Form::C),
            "d" => Field::Form(Form::D),
            "p" | "无" => Field::Form(Form::P),
            _ => unknown(),
        },
        "script" => match value.as_str() {
            "simplified" | "简" | "简体" => Field::Script(Script::Simplified),
            "traditional" | "繁" | "繁体" => Field::Script(Script::Traditional),
            "mixed" | "混" | "混合" => Field::Script(Script::Mixed),
            _ => unknown(),
        },
        _ => Field::Path(value.clone()),
    };
    Some(Some(Clause::Field(found)))
}

/// `2010`, `201` (a decade), `2010..2012`, `2010-2012`, `>=2015`, `<2010`, `2010..`, `2010年`.
fn years(value: &str) -> Option<(i32, i32)> {
    const FIRST: i32 = 0;
    const LAST: i32 = 9999;
    let value = value.replace(['年', ' '], "");
    let (op, rest) = comparison(&value);
    if !op.is_empty() {
        let (a, b) = year(rest)?;
        return Some(match op {
            ">" => (b + 1, LAST),
            ">=" => (a, LAST),
            "<" => (FIRST, a - 1),
            "<=" => (FIRST, b),
            _ => (a, b),
        });
    }
    for between in ["...", "..", "…", "-", "~", "至", "到"] {
        if let Some((a, b)) = value.split_once(between) {
            let first = if a.is_empty() { FIRST } else { year(a)?.0 };
            let last = if b.is_empty() { LAST } else { year(b)?.1 };
            return Some((first, last));
        }
    }
    year(&value)
}

/// One year, or all that begin with the digits typed so far.
fn year(digits: &str) -> Option<(i32, i32)> {
    if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let missing = 10_i32.pow(4 - digits.len() as u32);
    let n: i32 = digits.parse().ok()?;
    Some((n * missing, n * missing + missing - 1))
}

/// The sign of comparison that a value begins with, and the rest.
fn comparison(value: &str) -> (&'static str, &str) {
    const SIGNS: [(&str, &str); 7] = [
        (">=", ">="),
        ("<=", "<="),
        ("≥", ">="),
        ("≤", "<="),
        (">", ">"),
        ("<", "<"),
        ("=", "="),
    ];
    for (typed, sign) in SIGNS {
        if let Some(rest) = value.strip_prefix(typed) {
            return (sign, rest);
        }
    }
    ("", value)
}

/// The rank that a word stands for.
pub(super) fn level(value: &str) -> Option<Level> {
    Some(match value.trim_end_matches('级') {
        "national" | "nation" | "国家" | "中央" | "国" => Level::National,
        "province" | "provincial" | "省" | "自治区" | "直辖市" => Level::Province,
        "prefecture" | "city" | "市" | "地" | "地市" => Level::Prefecture,
        "county" | "district" | "县" | "区县" | "县区" | "区" => Level::County,
        "township" | "town" | "乡" | "镇" | "乡镇" | "街道" => Level::Township,
        _ => return None,
    })
}

/// The canonical part that a word stands for.
fn part(value: &str) -> Option<Part> {
    const WORDS: [(&str, Part); 20] = [
        ("overview", Part::Overview),
        ("概述", Part::Overview),
        ("总体", Part::Overview),
        ("disclosure", Part::Disclosure),
        ("主动公开", Part::Disclosure),
        ("requests", Part::Requests),
        ("依申请", Part::Requests),
        ("consult", Part::Consult),
        ("咨询", Part::Consult),
        ("disputes", Part::Disputes),
        ("复议", Part::Disputes),
        ("诉讼", Part::Disputes),
        ("fees", Part::Fees),
        ("收费", Part::Fees),
        ("staff", Part::Staff),
        ("机构", Part::Staff),
        ("人员", Part::Staff),
        ("problems", Part::Problems),
        ("问题", Part::Problems),
        ("附表", Part::Appendix),
    ];
    let found = WORDS.iter().find(|(word, _)| value.starts_with(word));
    found.map(|(_, part)| *part).or(match value {
        "appendix" | "附件" | "附录" => Some(Part::Appendix),
        "other" | "其他" | "其他事项" => Some(Part::Other),
        _ => None,
    })
}

/// `key`, `key>1000`, `收到申请>=1万`. A label or the beginning of a key stands for every
/// indicator it fits.
fn has(value: &str) -> Clause {
    let at = value.find(['<', '>', '=', '≤', '≥']).unwrap_or(value.len());
    let (name, condition) = value.split_at(at);
    let (sign, number) = comparison(condition);
    let unknown = || Clause::Field(Field::Unknown(format!("has:{value}")));
    let test = match (sign, number_of(number)) {
        ("<", Some(n)) => Test::Less(n),
        ("<=", Some(n)) => Test::LessOrEqual(n),
        ("=", Some(n)) => Test::Equal(n),
        (">=", Some(n)) => Test::GreaterOrEqual(n),
        (">", Some(n)) => Test::Greater(n),
        (_, None) if !number.trim().is_empty() => return unknown(),
        // The number is still to come.
        _ => Test::Present,
    };
    let keys = indicators(name.trim());
    if keys.is_empty() {
        return unknown();
    }
    let mut some: Vec<Clause> = keys
        .into_iter()
        .map(|key| Clause::Field(Field::Has(key, test)))
        .collect();
    match some.len() {
        1 => some.swap_remove(0),
        _ => Clause::Any(some),
    }
}

/// Keys of the indicators that a key, its beginning, or a label stands for.
fn indicators(name: &str) -> Vec<String> {
    let catalogue = &Catalogue::current().indicators;
    let (base, applicant) = match name.split_once('/') {
        Some((base, applicant)) => (base, format!("/{applicant}")),
        None => (name, String::new()),
    };
    if base.is_empty() {
        return Vec::new();
    }
    let with = |test: &dyn Fn(&crate::figure::catalogue::Indicator) -> bool| -> Vec<String> {
        let those = catalogue.iter().filter(|i| test(i));
        those.map(|i| format!("{}{applicant}", i.key)).collect()
    };
    let exact = with(&|i| i.key == base || fold(&i.zh) == base || fold(&i.en) == base);
    if !exact.is_empty() {
        return exact;
    }
    with(&|i| i.key.starts_with(base) || fold(&i.zh).contains(base))
}

/// `1000`, `1,000`, `1.5万`, `2亿`.
fn number_of(text: &str) -> Option<Decimal> {
    let text = text.trim().replace([',', ' '], "");
    let (digits, factor) = if let Some(digits) = text.strip_suffix('万') {
        (digits, 10_000)
    } else if let Some(digits) = text.strip_suffix('亿') {
        (digits, 100_000_000)
    } else {
        (text.as_str(), 1)
    };
    digits
        .parse::<Decimal>()
        .ok()?
        .checked_mul(Decimal::from(factor))
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Region(name) => write!(f, "region:{name}"),
            Self::Years(a, b) if a == b => write!(f, "year:{a}"),
            Self::Years(0, b) => write!(f, "year:<={b}"),
            Self::Years(a, 9999) => write!(f, "year:>={a}"),
            Self::Years(a, b) => write!(f, "year:{a}..{b}"),
            Self::Agency(name) if name.is_empty() => write!(f, "agency:\"\""),
            Self::Agency(name) => write!(f, "agency:{name}"),
            Self::Level(level) => write!(f, "level:{}", super::tree::level_name(*level)),
            Self::Kind(Kind::Report) => write!(f, "kind:report"),
            Self::Kind(Kind::Other) => write!(f, "kind:other"),
            Self::Form(form) => write!(f, "form:{form:?}"),
            Self::Script(Script::Simplified) => write!(f, "script:simplified"),
            Self::Script(Script::Traditional) => write!(f, "script:traditional"),
            Self::Script(Script::Mixed) => write!(f, "script:mixed"),
            Self::Section(words, _) => write!(f, "section:{words}"),
            Self::Has(key, test) => match test {
                Test::Present => write!(f, "has:{key}"),
                Test::Less(n) => write!(f, "has:{key}<{n}"),
                Test::LessOrEqual(n) => write!(f, "has:{key}<={n}"),
                Test::Equal(n) => write!(f, "has:{key}={n}"),
                Test::GreaterOrEqual(n) => write!(f, "has:{key}>={n}"),
                Test::Greater(n) => write!(f, "has:{key}>{n}"),
            },
            Self::Path(part) => write!(f, "path:{part}"),
            Self::Unknown(text) => write!(f, "?{text}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::language::parse;
    use super::*;

    #[test]
    fn fields_in_both_languages_and_widths() {
        let same = [
            ("region:三亚", "region:三亚"),
            ("地区：三亞", "region:三亚"),
            ("year:2010..2012", "year:2010..2012"),
            ("年:2010-2012", "year:2010..2012"),
            ("year:2010年", "year:2010"),
            ("year:>=2015", "year:>=2015"),
            ("year:＜2015", "year:<=2014"),
            ("year:201", "year:2010..2019"),
            ("level:县级", "level:county"),
            ("级别:county", "level:county"),
            ("kind:other", "kind:other"),
            ("form:D", "form:D"),
            ("agency:财政", "agency:财政"),
            ("部门:\"\"", "agency:\"\""),
            ("章节:依申请", "section:依申请"),
            (
                "has:requests.received.new>1000",
                "has:requests.received.new>1000",
            ),
            ("has:requests.received.new=0", "has:requests.received.new=0"),
            (
                "has:requests.received.new>=1.5万",
                "has:requests.received.new>=15000.0",
            ),
            ("has:nonsense", "?has:nonsense"),
            ("region:三亚 region:海口", "region:三亚 | region:海口"),
        ];
        for (typed, understood) in same {
            assert_eq!(parse(typed).understood(), understood, "{typed}");
        }
    }

    #[test]
    fn other_names_before_a_colon_are_words() {
        assert_eq!(
            parse("信息：公开").understood(),
            parse("信息 公开").understood()
        );
    }

    #[test]
    fn sections_are_asked_for_by_canonical_part_too() {
        assert_eq!(part("依申请公开"), Some(Part::Requests));
        assert_eq!(part("requests"), Some(Part::Requests));
        assert_eq!(part("别的"), None);
    }
}
