//! What a part says of the whole before it: 受理78件(含上年结转3件) counts more than what was
//! received in the year, 累计15件(2015年7件，2016年8件) more than one year.

use std::ops::Range;

use rust_decimal::Decimal;

use super::label::Name;
use super::zone::strip_filler;
use super::{Reader, Sentence, year};
use crate::figure::{Basis, Figure, Qualifier};
use crate::text::fold::fold;

const NEW: &str = "requests.received.new";
const CARRIED_IN: &str = "requests.received.carried_in";
const HANDLED: &str = "requests.handled.total";
const CLOSED: &str = "requests.closed.total";
const ANSWERED: &str = "requests.answered.total";

/// What opens parts, and what makes none of them.
const OPENS: [&str; 4] = ["其中", "含", "包括", "("];
const LEAVES_OUT: [&str; 4] = ["不含", "不包括", "未含", "不包含"];
/// Words for requests of the year itself.
const NEWLY: [&str; 7] = ["新收", "新增", "新接收", "新受理", "新接", "当年", "新提交"];

/// Gives figures read before and `name`, the name of a number `value` with its clause `words`,
/// the names that both have together.
pub(super) fn reconsider(
    reader: &mut Reader,
    sentence: &Sentence,
    name: &mut Name,
    value: Decimal,
    words: Range<usize>,
) {
    if reader.figures.len() == sentence.from || name.applicant.is_some() {
        return;
    }
    carried_beside(reader, sentence, name);
    carried_in(reader, sentence, name, value);
    newly_received(reader, sentence, name, value, words);
    dealt_with(reader, sentence, name, value);
    of_years(reader, sentence, name, value);
    documents(reader, sentence, name, value);
    so_far(reader, sentence, name, value);
    of_this_year(reader, sentence, name, value);
    exactly(reader, sentence, name, value);
    visits(reader, sentence, name);
}

fn key_of<'a>(reader: &Reader<'a>, name: &Name) -> Option<&'a str> {
    name.indicator
        .map(|i| reader.lexicon.indicator(i).key.as_str())
}

/// The bytes of the sentence's text at which a figure of it ends; none of an earlier sentence.
pub(super) fn end_in(sentence: &Sentence, figure: &Figure) -> Option<usize> {
    let source = |at: usize| sentence.block.folded.source(at..sentence.range.end).start;
    if figure.range.start < sentence.source {
        return None;
    }
    let ends = sentence.quantities.iter().map(|q| q.range.end);
    ends.filter(|end| source(*end) <= figure.range.end.max(figure.number.end))
        .max()
}

/// The newest figure of the sentence with one of `keys` that divides into parts here, and is
/// greater than `value`.
fn whole(
    reader: &Reader,
    sentence: &Sentence,
    keys: &[&str],
    name: &Name,
    value: Decimal,
) -> Option<usize> {
    let from = sentence.from;
    let at = (from..reader.figures.len()).rev().find(|i| {
        let figure = &reader.figures[*i];
        let key = figure.indicator.as_deref();
        key.is_some_and(|k| keys.contains(&k)) && figure.applicant.is_none()
    })?;
    let figure = &reader.figures[at];
    let words = sentence
        .text
        .get(end_in(sentence, figure)?..name.zone.end)?;
    // 收到44件(其中网上42件)，上年结转3件: what the brackets divide is over.
    let opened = OPENS.iter().filter_map(|w| words.rfind(w)).max();
    let divides = opened.is_some_and(|at| !leaves_brackets(&words[at..]))
        && !LEAVES_OUT.iter().any(|w| words.contains(w))
        && !words.contains(';');
    let more = figure.value.is_some_and(|v| v > value);
    (divides && more && figure.year.is_none()).then_some(at)
}

/// Whether brackets that are open where `words` begin, or open there, have closed before
/// their end.
fn leaves_brackets(words: &str) -> bool {
    let mut depth = 0;
    words.chars().any(|c| {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        depth < 0 || depth == 0 && c == ')' && words.starts_with('(')
    })
}

/// 主动公开1883条，依申请公开2条，不予公开信息31条: all information by how it may be had.
fn not_public(reader: &Reader, sentence: &Sentence, name: &mut Name) {
    let zone = strip_filler(&sentence.text[name.zone.clone()]);
    let noun = zone
        .strip_prefix("不予公开")
        .or(zone.strip_prefix("免予公开"));
    let information = ["信息", "政府信息", "文件", "公文"];
    let mut before = reader.figures[sentence.from..].iter().rev();
    let on_request = before.next().and_then(|f| f.indicator.as_deref());
    if noun.is_some_and(|n| information.contains(&n)) && on_request == Some("catalogue.on_request")
    {
        name.indicator = reader.lexicon.place("disclosure.not_public_documents");
        name.gap = 0;
    }
}

/// Whether the words of a figure say that those of the year before are not in it.
fn says_new(reader: &Reader, figure: &Figure) -> bool {
    let words = reader.report.text.get(figure.range.clone());
    words.is_some_and(|w| {
        let folded = fold(w);
        NEWLY.iter().any(|n| folded.contains(n))
    })
}

/// Whether a figure's words say that requests were worked on, and not that it came to an end.
fn says_worked_on(reader: &Reader, figure: &Figure) -> bool {
    let words = reader.report.text.get(figure.range.clone());
    words.is_some_and(|w| {
        let folded = fold(w);
        let any = |words: &[&str]| words.iter().any(|w| folded.contains(w));
        any(&["办理", "处理"]) && !any(&["办结", "办毕", "完成", "答复", "完毕"])
    })
}

/// 受理78件(含上年结转3件): all that was to be handled.
fn carried_in(reader: &mut Reader, sentence: &Sentence, name: &Name, value: Decimal) {
    if value.is_zero() || key_of(reader, name) != Some(CARRIED_IN) {
        return;
    }
    let Some(at) = whole(reader, sentence, &[NEW, ANSWERED, CLOSED], name, value) else {
        return;
    };
    let figure = &reader.figures[at];
    let to_be_handled = match figure.indicator.as_deref() {
        Some(NEW) => !says_new(reader, figure),
        // 办结16件(含上年结转1件) divides those closed.
        Some(CLOSED) => says_worked_on(reader, figure),
        _ => false,
    };
    if to_be_handled {
        reader.figures[at].indicator = Some(HANDLED.to_owned());
    }
}

/// 受理45件，其中本年新收40件: what was received is the part.
fn newly_received(
    reader: &mut Reader,
    sentence: &Sentence,
    name: &mut Name,
    value: Decimal,
    words: Range<usize>,
) {
    let key = key_of(reader, name);
    let zone = &sentence.text[name.zone.clone()];
    // 其中本年20件、上年结转10件
    let bare = zone
        .trim_start_matches([',', '(', ' '])
        .trim_start_matches("其中");
    let bare = bare.trim_end_matches('度');
    // 其中9件属于当年新增，7件为上年结转
    let behind = &sentence.text[words.start.max(name.zone.end)..words.end];
    let behind_new = || NEWLY.iter().any(|w| behind.contains(w));
    let this_year = key.is_none()
        && (["本年", "今年", "当年"].contains(&bare) || behind_new())
        && sentence.text[name.zone.end..sentence.range.end].contains("结转");
    if !this_year && (key != Some(NEW) || !NEWLY.iter().any(|w| zone.contains(w))) {
        return;
    }
    let Some(at) = whole(reader, sentence, &[NEW, CLOSED, ANSWERED], name, value) else {
        return;
    };
    if this_year {
        name.indicator = reader.lexicon.place(NEW);
    }
    // 收到16件，办结16件(其中上年结转1件，本年新收15件): those received are the same.
    let divided = &reader.figures[at];
    let same = (sentence.from..=at).rev().find(|i| {
        let figure = &reader.figures[*i];
        figure.indicator.as_deref() == Some(NEW)
            && figure.value == divided.value
            && figure.applicant.is_none()
    });
    if let Some(received) = same
        && !says_new(reader, &reader.figures[received])
    {
        reader.figures[received].indicator = Some(HANDLED.to_owned());
    }
}

/// 新收35件，上年结转2件，共办理37件，办结36件: all that was to be handled, and what was.
fn dealt_with(reader: &mut Reader, sentence: &Sentence, name: &Name, value: Decimal) {
    if key_of(reader, name) != Some(CLOSED) {
        return;
    }
    let figures = &reader.figures[sentence.from..];
    let of = |key: &str| {
        let mut found = figures
            .iter()
            .filter(|f| f.indicator.as_deref() == Some(key));
        found.find(|f| f.applicant.is_none())
    };
    let sum = of(NEW)
        .and_then(|f| f.value)
        .zip(of(CARRIED_IN).and_then(|f| f.value));
    let sum = sum.and_then(|(new, carried)| new.checked_add(carried));
    let Some(closed) = of(CLOSED).filter(|f| f.value == sum && sum > Some(value)) else {
        return;
    };
    let at = reader.figures.iter().rposition(|f| f.range == closed.range);
    if let Some(figure) = at.map(|at| &mut reader.figures[at]) {
        figure.indicator = Some(HANDLED.to_owned());
    }
}

/// 45件(新收40件、结转5件): carried in, beside those newly received; 受理50件，其中结转2023年3件，
/// 2024年申请47件: each by its year.
fn carried_beside(reader: &Reader, sentence: &Sentence, name: &mut Name) {
    let said = &sentence.text[name.zone.clone()];
    if name.indicator.is_some() || !said.contains("结转") && !said.contains("申请") {
        return;
    }
    let zone = strip_filler(said);
    let last = reader.figures[sentence.from..].last();
    let last = last.and_then(|f| f.indicator.as_deref().map(|key| (f, key)));
    let of_year = |said: &str, back: i32| {
        let year = said.trim_end_matches('度').strip_suffix('年');
        year.is_some_and(|y| {
            reader
                .year()
                .is_some_and(|own| y == (own - back).to_string())
        })
    };
    let key = match (zone.strip_prefix("结转"), last) {
        (Some(""), Some((new, NEW))) if says_new(reader, new) => CARRIED_IN,
        (Some(year), _) if of_year(year, 1) => CARRIED_IN,
        (None, Some((_, CARRIED_IN))) if of_year(zone.trim_end_matches("申请"), 0) => NEW,
        _ => return,
    };
    name.indicator = reader.lexicon.place(key);
    (name.gap, name.year) = (0, None);
}

/// 共15件(2014年2件，2015年5件，2016年8件): the whole counts several years, and what stands
/// behind the report's own year is the year's.
fn of_years(reader: &mut Reader, sentence: &Sentence, name: &mut Name, value: Decimal) {
    let Some(year) = reader.year().filter(|_| name.indicator.is_none()) else {
        return;
    };
    let zone = strip_filler(&sentence.text[name.zone.clone()]).trim_end_matches('度');
    if zone.strip_suffix('年') != Some(year.to_string().as_str()) {
        return;
    }
    let figures = &reader.figures[sentence.from..];
    let others = figures
        .iter()
        .rev()
        .take_while(|f| f.year.is_some())
        .count();
    let Some(at) = reader.figures.len().checked_sub(others + 1) else {
        return;
    };
    if others == 0 || at < sentence.from || end_in(sentence, &reader.figures[at]).is_none() {
        return;
    }
    let would_be = named_by_words(reader, &reader.figures[at]);
    let figure = &mut reader.figures[at];
    if figure.value.is_none_or(|v| v <= value) {
        return;
    }
    let key = figure.indicator.as_deref();
    name.indicator = match key {
        Some("disclosure.total_stock") => reader.lexicon.place("disclosure.total"),
        Some(key) => reader.lexicon.place(key),
        // 近三年受理申请92件: what its words would name, were it of one year.
        None => would_be,
    };
    figure.basis = Basis::Stock;
    figure.indicator = match key {
        Some("disclosure.total" | "disclosure.total_stock") => {
            Some("disclosure.total_stock".to_owned())
        }
        _ => None,
    };
}

/// Whether a number of which nothing but the year is told goes on with what the one before
/// counts, of another year: 2015年受理35件，2016年40件; 前年3件，去年5件，今年8件.
pub(super) fn goes_on(reader: &Reader, sentence: &Sentence, name: &Name) -> bool {
    let (Some(own), Some(last)) = (reader.year(), reader.figures[sentence.from..].last()) else {
        return false;
    };
    let unnamed = name.indicator.is_none() && name.would_be.is_none();
    let zone = &sentence.text[name.zone.clone()];
    unnamed && last.year.is_some() && year::is_year(zone, own) && end_in(sentence, last).is_some()
}

/// What the words of a figure that counts several years name.
fn named_by_words(reader: &Reader, figure: &Figure) -> Option<usize> {
    let words = fold(reader.report.text.get(figure.label.clone())?);
    let labels = reader.lexicon.words(&words, None);
    let labels = labels.labels(&(0..words.len()), &figure.unit, |_, _| false);
    let best = labels.iter().max_by_key(|l| l.weight)?;
    (figure.basis == Basis::Stock).then_some(best.indicator)
}

/// 公文类信息560件，其中主动公开430件: those made, and those of them made public.
fn documents(reader: &mut Reader, sentence: &Sentence, name: &mut Name, value: Decimal) {
    not_public(reader, sentence, name);
    const MADE: &str = "disclosure.documents_made";
    const PUBLIC: &str = "disclosure.official_documents";
    let key = key_of(reader, name);
    let bare = strip_filler(&sentence.text[name.zone.clone()]) == "主动公开";
    if !bare || key.is_some_and(|k| k != PUBLIC && k != "disclosure.total") {
        return;
    }
    if let Some(at) = whole(reader, sentence, &[PUBLIC], name, value)
        && at + 1 == reader.figures.len()
    {
        reader.figures[at].indicator = Some(MADE.to_owned());
        name.indicator = reader.lexicon.place(PUBLIC);
        name.gap = 0;
    }
}

/// 主动公开信息1203条，累计达8900条: with those of all years before.
fn so_far(reader: &Reader, sentence: &Sentence, name: &mut Name, value: Decimal) {
    const YEAR: [&str; 2] = ["disclosure.new", "disclosure.total"];
    let zone = sentence.text[name.zone.clone()].trim_start_matches([',', ';', ' ']);
    let bare = ["累计", "历年累计", "累计总数", "累计总量"];
    // 截至年底累计
    let zone = match zone.starts_with('截') {
        true => zone.rfind("累计").map_or(zone, |at| &zone[at..]),
        false => zone,
    };
    if name.indicator.is_some() || !bare.contains(&zone.trim_end_matches(['已', '达', '到', '为']))
    {
        return;
    }
    let Some(last) = reader.figures.last() else {
        return;
    };
    let year = last.indicator.as_deref().is_some_and(|k| YEAR.contains(&k));
    let same = end_in(sentence, last).is_some() && last.value.is_some_and(|v| v < value);
    if year && same && last.basis == Basis::Flow {
        name.indicator = reader.lexicon.place("disclosure.total_stock");
        name.gap = 0;
    }
}

/// 主动公开信息突破万条大关，达10235条: the exact number, of which the round one was a bound.
fn exactly(reader: &mut Reader, sentence: &Sentence, name: &mut Name, value: Decimal) {
    let zone = &sentence.text[name.zone.clone()];
    let reached = zone
        .trim_end_matches('到')
        .strip_suffix('达')
        .is_some_and(|rest| matches!(strip_filler(rest), "" | "大关"));
    if name.indicator.is_some() || !reached {
        return;
    }
    let Some(bound) = reader.figures.last().filter(|f| f.year.is_none()) else {
        return;
    };
    let below = bound.qualifier == Qualifier::AtLeast && bound.value.is_some_and(|v| v <= value);
    let key = bound
        .indicator
        .as_deref()
        .and_then(|k| reader.lexicon.place(k));
    if !below || key.is_none() || end_in(sentence, bound).is_none() {
        return;
    }
    name.indicator = key;
    name.gap = 0;
    if let Some(bound) = reader.figures.last_mut() {
        bound.indicator = None;
    }
}

/// 累计公开信息812条，其中2010年公开215条: those of the year.
fn of_this_year(reader: &Reader, sentence: &Sentence, name: &mut Name, value: Decimal) {
    let Some(last) = reader.figures.last().filter(|_| name.indicator.is_none()) else {
        return;
    };
    let of_all = last.indicator.as_deref() == Some("disclosure.total_stock");
    if !of_all || end_in(sentence, last).is_none() || last.value.is_none_or(|v| v <= value) {
        return;
    }
    let zone = sentence.text[name.zone.clone()].trim_start_matches([',', '(', ' ', ':']);
    let zone = zone.trim_start_matches("其中").trim_start_matches(',');
    let said = reader
        .year()
        .and_then(|y| zone.strip_prefix(format!("{y}年").as_str()));
    let made_public = [
        "公开",
        "主动公开",
        "发布",
        "公开信息",
        "公开政府信息",
        "发布信息",
    ];
    if said
        .is_some_and(|s| made_public.contains(&s.trim_start_matches('度').trim_start_matches('共')))
    {
        name.indicator = reader.lexicon.place("disclosure.total");
        name.gap = 0;
    }
}

/// 网站访问量累计1.2亿次，全年新增访问量3000万次: visits of the same place; 网站访问量1256万次，
/// 总点击量达8652万次: of the year or of all years, who knows.
fn visits(reader: &Reader, sentence: &Sentence, name: &mut Name) {
    let short = name.is_short && key_of(reader, name) == Some("access.column_visits");
    let mut before = reader.figures[sentence.from..].iter().rev();
    let counts = |f: &&Figure| f.unit != "%" && f.indicator.is_some();
    let Some(last) = before.find(counts).filter(|_| short) else {
        return;
    };
    let key = last.indicator.as_deref();
    let of_site = key.is_some_and(|k| k.starts_with("access.site_visits"));
    let column = sentence.text[name.zone.clone()].contains(['栏', '台']);
    if of_site && !column && end_in(sentence, last).is_some() {
        let all = sentence.text[name.zone.clone()].contains('总');
        name.indicator = reader.lexicon.place("access.site_visits").filter(|_| !all);
    }
}
