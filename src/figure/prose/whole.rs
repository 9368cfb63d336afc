//! What a part says of the whole before it: 受理78件(含上年结转3件) counts more than what was
//! received in the year, 行政复议56件，其中涉及信息公开3件 more than what is ours, 累计15件(2015年
//! 7件，2016年8件) more than one year.

use rust_decimal::Decimal;

use super::label::Name;
use super::zone::strip_filler;
use super::{Reader, Sentence};
use crate::figure::{Basis, Figure};
use crate::text::fold::fold;

const NEW: &str = "requests.received.new";
const CARRIED_IN: &str = "requests.received.carried_in";
const HANDLED: &str = "requests.handled.total";
const CLOSED: &str = "requests.closed.total";
const ANSWERED: &str = "requests.answered.total";

/// Words for disclosure, by which a part of all disputes and requests is ours.
const OURS: [&str; 3] = ["信息公开", "政府信息", "依申请公开"];
/// What opens parts, and what makes none of them.
const OPENS: [&str; 4] = ["其中", "含", "包括", "("];
const LEAVES_OUT: [&str; 4] = ["不含", "不包括", "未含", "不包含"];
/// Words for requests of the year itself.
const NEWLY: [&str; 7] = ["新收", "新增", "新接收", "新受理", "新接", "当年", "新提交"];

/// Gives figures read before and `name`, the name of a number `value`, the names that both
/// have together.
pub(super) fn reconsider(
    reader: &mut Reader,
    sentence: &Sentence,
    name: &mut Name,
    value: Decimal,
    words: std::ops::Range<usize>,
) {
    if reader.figures.len() == sentence.from || name.applicant.is_some() {
        return;
    }
    carried_in(reader, sentence, name, value);
    newly_received(reader, sentence, name, value);
    ours(reader, sentence, name, value, words);
    of_years(reader, sentence, name, value);
}

fn key_of<'a>(reader: &Reader<'a>, name: &Name) -> Option<&'a str> {
    name.indicator
        .map(|i| reader.lexicon.indicator(i).key.as_str())
}

/// The bytes of the sentence's text at which a figure of it ends; none of an earlier sentence.
fn end_in(sentence: &Sentence, figure: &Figure) -> Option<usize> {
    let source = |at: usize| sentence.block.folded.source(at..sentence.range.end).start;
    if figure.range.start < source(sentence.range.start) {
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
    let divides = OPENS.iter().any(|w| words.contains(w))
        && !LEAVES_OUT.iter().any(|w| words.contains(w))
        && !words.contains(';');
    let more = figure.value.is_some_and(|v| v > value);
    (divides && more && figure.year.is_none()).then_some(at)
}

/// Whether the words of a figure say that those of the year before are not in it.
fn says_new(reader: &Reader, figure: &Figure) -> bool {
    let words = reader.report.text.get(figure.range.clone());
    words.is_some_and(|w| {
        let folded = fold(w);
        NEWLY.iter().any(|n| folded.contains(n))
    })
}

/// 受理78件(含上年结转3件): all that was to be handled.
fn carried_in(reader: &mut Reader, sentence: &Sentence, name: &Name, value: Decimal) {
    if key_of(reader, name) != Some(CARRIED_IN) {
        return;
    }
    // 办结16件(含上年结转1件) divides those closed.
    let at = whole(reader, sentence, &[NEW, ANSWERED, CLOSED], name, value);
    if let Some(at) = at
        && reader.figures[at].indicator.as_deref() == Some(NEW)
        && !says_new(reader, &reader.figures[at])
    {
        reader.figures[at].indicator = Some(HANDLED.to_owned());
    }
}

/// 受理45件，其中本年新收40件: what was received is the part.
fn newly_received(reader: &mut Reader, sentence: &Sentence, name: &mut Name, value: Decimal) {
    let key = key_of(reader, name);
    let zone = &sentence.text[name.zone.clone()];
    if key != Some(NEW) || !NEWLY.iter().any(|w| zone.contains(w)) {
        return;
    }
    let Some(at) = whole(reader, sentence, &[NEW, CLOSED, ANSWERED], name, value) else {
        return;
    };
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

/// 行政复议56件，其中涉及信息公开3件: of all disputes of the body, these are ours; and of all
/// requests (各类申请1200件，其中政府信息公开申请35件).
fn ours(
    reader: &mut Reader,
    sentence: &Sentence,
    name: &mut Name,
    value: Decimal,
    words: std::ops::Range<usize>,
) {
    let said = &sentence.text[words];
    if !OURS.iter().any(|w| said.contains(w)) {
        return;
    }
    let so_far = &sentence.text[..name.zone.start];
    let indicator = name.indicator.map(|i| reader.lexicon.indicator(i));
    let part_of = |figure: &Figure| {
        let key = figure.indicator.as_deref()?;
        let place = reader.lexicon.place(key)?;
        let group = reader.lexicon.indicator(place).group.as_str();
        let fits = match indicator {
            None => group == "disputes",
            Some(named) if group == "disputes" => named.group == group,
            Some(named) => key == NEW && named.key == key && said.contains("公开申请"),
        };
        let is_total = key == NEW || key.ends_with(".total");
        let more = figure.value.is_some_and(|v| v > value);
        (fits && is_total && more && figure.scope.is_none() && figure.applicant.is_none())
            .then_some(place)
    };
    let from = sentence.from;
    let divides = ["其中", "涉及", "属于", "("].iter().any(|w| {
        let last = so_far.rfind(['。', ';']).unwrap_or(0);
        so_far[last..].contains(w) || said.contains(w)
    });
    let whole = (from..reader.figures.len())
        .rev()
        .find_map(|i| Some((i, part_of(&reader.figures[i])?)));
    let Some((at, place)) = whole.filter(|_| divides) else {
        return;
    };
    // The words before the whole say that it is about disclosure itself.
    let figure = &reader.figures[at];
    let start = sentence.range.start;
    let before = match end_in(sentence, figure) {
        Some(end) => &sentence.text[start..end.max(start)],
        None if !sentence.text[start..]
            .trim_start_matches([',', ' '])
            .starts_with("其中") =>
        {
            return;
        }
        None => {
            let earlier = sentence.text[..start].trim_end_matches('。');
            earlier.rsplit('。').next().unwrap_or(earlier)
        }
    };
    if OURS.iter().any(|w| before.contains(w)) || before.contains("申请公开") {
        return;
    }
    let group = reader.lexicon.indicator(place).group.as_str();
    for figure in &mut reader.figures[from..] {
        let key = figure.indicator.as_deref();
        let key = key.and_then(|k| reader.lexicon.place(k));
        let same = key.is_some_and(|k| reader.lexicon.indicator(k).group == group);
        if same && (group == "disputes" || key == Some(place)) {
            figure.indicator = None;
        }
    }
    if name.indicator.is_none() {
        name.indicator = Some(place);
        name.gap = 0;
    }
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
    let figure = &mut reader.figures[at];
    if figure.value.is_none_or(|v| v <= value) {
        return;
    }
    let key = figure.indicator.as_deref();
    name.indicator = match key {
        Some("disclosure.total_stock") => reader.lexicon.place("disclosure.total"),
        key => key.and_then(|k| reader.lexicon.place(k)),
    };
    figure.basis = Basis::Stock;
    figure.indicator = match key {
        Some("disclosure.total" | "disclosure.total_stock") => {
            Some("disclosure.total_stock".to_owned())
        }
        _ => None,
    };
}
