//! What belongs to a list of parts: which whole it divides, where it begins, what goes on
//! with it.

use std::borrow::Cow;
use std::ops::Range;

use rust_decimal::Decimal;

use super::super::candidates::is_below;
use super::super::{Reader, Sentence, depth};
use super::List;
use super::family::{family_of, stem_of};
use crate::figure::quantity::compatible;
use crate::figure::{Claim, Figure};

/// Most characters of the name of what is divided anew.
const TOPIC: usize = 14;

/// What a part named after 其中 divides: 复议5件、诉讼3件，其中复议维持4件 divides the reviews.
pub(super) fn whole_of(reader: &Reader, part: usize, last: usize) -> usize {
    let stem = |i: usize| stem_of(&reader.figures[i]);
    match stem(part) {
        Some(dispute @ ("review" | "litigation")) if stem(last) != Some(dispute) => {
            let whole = reader.with_key(&format!("{dispute}.total"));
            whole.filter(|w| *w < part).unwrap_or(last)
        }
        _ => last,
    }
}

/// Whether the words behind a count make it what the rest of the sentence divides: 在答复的51件
/// 申请中：同意公开42件.
pub(super) fn frames(reader: &Reader, between: &str) -> bool {
    let Some((frame, _)) = between.split_once([',', ':']) else {
        return false;
    };
    frame == "中"
        || reader
            .grammar
            .naming
            .frames
            .ending(frame)
            .is_some_and(|f| f == frame)
}

/// Whether a clause before 其中 speaks of all that was counted: 网络2件、信函2件，已全部答复，其中…
pub(super) fn of_all(between: &str) -> bool {
    let opened = between.rfind("其中").map(|at| &between[..at]);
    let clauses = opened.unwrap_or_default().split([',', ';']);
    let mut said = clauses.filter(|c| !c.is_empty());
    let all = |c: &str| ["全部", "均", "都"].iter().any(|w| c.contains(w));
    said.any(all)
}

/// Whether the words before a count make it the total of those before it: 共计60件.
pub(super) fn is_total(between: &str) -> bool {
    let said = between.trim_matches([',', ';', '、', ' ']);
    [
        "共",
        "共计",
        "合计",
        "总计",
        "总共",
        "一共",
        "共有",
        "合计为",
        "总计为",
    ]
    .contains(&said)
}

/// Whether words between two counts open a list of parts. 包含教育动态、招生信息等信息；通过
/// 微博公开445条 lists in words, and what follows is another thing.
pub(super) fn opens_parts(reader: &Reader, between: &str) -> bool {
    let Some((at, _)) = reader.grammar.cues.parts.first(between) else {
        return false;
    };
    let behind = &between[at..];
    let in_words = behind
        .find(',')
        .is_some_and(|comma| behind[..comma].contains('等'));
    !behind.contains(';') && !in_words
}

/// The least depth in brackets within `between`.
pub(super) fn shallowest(sentence: &Sentence, between: &Range<usize>) -> usize {
    let mut here = depth(sentence.text, sentence.range.start, between.start);
    let mut least = here;
    for c in sentence.text[between.clone()].chars() {
        match c {
            '(' => here += 1,
            ')' => here = here.saturating_sub(1),
            _ => {}
        }
        least = least.min(here);
    }
    least
}

/// The words outside brackets that both open and close within `text`.
pub(super) fn without_brackets(text: &str) -> Cow<'_, str> {
    if !text.contains('(') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut open: Vec<usize> = Vec::new();
    for c in text.chars() {
        match c {
            '(' => {
                open.push(out.len());
                out.push(c);
            }
            ')' => match open.pop() {
                Some(at) => out.truncate(at),
                None => out.push(c),
            },
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Whether a figure counts what its whole counts: documents, people, or events. Those who
/// ask for advice are counted as 次 and as 人次.
pub(super) fn same_kind(reader: &Reader, whole: usize, at: usize) -> bool {
    let kind = |f: &Figure| match f.unit.as_str() {
        "人" | "名" | "位" | "人次" => 1,
        "次" | "期" | "场" | "批" | "届" | "班" | "轮" => 2,
        _ => 0,
    };
    let figures = [&reader.figures[whole], &reader.figures[at]];
    let visits = figures.iter().any(|f| {
        let key = f.indicator.as_deref();
        key.is_some_and(|k| k.starts_with("consult.") || k.starts_with("access."))
    });
    visits || kind(figures[0]) == kind(figures[1])
}

/// What the parts of a list make so far.
pub(super) fn sum(reader: &Reader, parts: &[usize]) -> Option<Decimal> {
    let values = parts.iter().map(|p| reader.figures[*p].value);
    values
        .into_iter()
        .try_fold(Decimal::ZERO, |s, v| s.checked_add(v?))
}

/// Whether a figure that does not seem to go on with a list is just what it lacks: 45件，其中
/// 30件予以公开，13件不予公开，2件正在办理.
pub(super) fn completes(reader: &Reader, list: &List, at: usize, between: &str) -> bool {
    let figure = &reader.figures[at];
    let ends = between.contains(';') && !list.semicolons;
    list.parts.len() >= 2
        && !ends
        && between.chars().count() <= 24
        && compatible(&reader.figures[list.whole].unit, &figure.unit)
        && fills_up(reader, list, figure)
}

/// Whether a figure is just what the parts of a list lack of their whole.
fn fills_up(reader: &Reader, list: &List, figure: &Figure) -> bool {
    let rest = sum(reader, &list.parts)
        .zip(reader.figures[list.whole].value)
        .and_then(|(sum, whole)| whole.checked_sub(sum));
    figure.value.is_some_and(|v| !v.is_zero()) && figure.value == rest
}

/// Whether one figure is no more than another.
pub(super) fn is_less(reader: &Reader, part: usize, whole: usize) -> bool {
    reader.figures[part].value <= reader.figures[whole].value
}

/// Whether two figures may tell parts of one division: both ways of applying, both applicants.
pub(super) fn of_one_kind(reader: &Reader, a: usize, b: usize) -> bool {
    // What has no name may be a part of anything.
    let (a, b) = (stem_of(&reader.figures[a]), stem_of(&reader.figures[b]));
    a.is_none() || b.is_none() || a == b
}

/// Whether a figure goes on with a list; with one inside another only as far as it has room.
pub(super) fn goes_on(reader: &Reader, list: &List, at: usize, between: &str) -> bool {
    let fits = || {
        let so_far = sum(reader, &list.parts).unwrap_or_default();
        let with = reader.figures[at].value.and_then(|v| v.checked_add(so_far));
        let has_room = with <= reader.figures[list.whole].value;
        !between.contains(';') && (has_room || !between.contains(','))
    };
    if !list.inner || list.parts.is_empty() {
        return is_part(reader, list, at, between);
    }
    // 网络54件，包括电子邮件51件、网上平台3件: the last is called what the whole is.
    let fills = || {
        let (whole, figure) = (&reader.figures[list.whole], &reader.figures[at]);
        !between.contains(';')
            && compatible(&whole.unit, &figure.unit)
            && fills_up(reader, list, figure)
    };
    fits() && is_part(reader, list, at, between) || fills()
}

/// 政务要闻4条、公告8条；政务要闻中，人事2条: what is divided by words of its own behind a
/// semicolon.
pub(super) fn divided_anew(between: &str) -> Option<&str> {
    let (_, tail) = between.rsplit_once(';')?;
    let (topic, _) = tail.split_once("中,").or_else(|| tail.split_once("中:"))?;
    let topic = topic.trim_start_matches(['在', '从', ' ']);
    (2..=TOPIC)
        .contains(&topic.chars().count())
        .then_some(topic)
}

/// Whether a figure goes on with a list.
fn is_part(reader: &Reader, list: &List, at: usize, between: &str) -> bool {
    let (whole, figure) = (&reader.figures[list.whole], &reader.figures[at]);
    // 其中公民15件，法人1件；办结15件: a list between commas ends at the semicolon, unless
    // what follows is of one family with its parts.
    let family = |i: &usize| stem_of(&reader.figures[*i]);
    let alike = family(&at).is_some() && list.parts.first().and_then(family) == family(&at);
    if list.parts.len() >= 2 && !list.semicolons && between.contains(';') && !alike {
        return false;
    }
    // 300条，其中规范性文件30条；业务动态类700条 tells of what is beside the 300.
    if !list.parts.is_empty() && between.contains(';') && figure.value > whole.value {
        return false;
    }
    if counts_other_disputes(reader, whole, figure) {
        return false;
    }
    // 其中原创800条，转发400条，评论回复230条: 1200 are complete with the second.
    let complete = || sum(reader, &list.parts) == whole.value && whole.value.is_some();
    let is_zero = figure.value.is_some_and(|v| v.is_zero());
    if list.parts.len() >= 2 && figure.indicator.is_none() && !is_zero && complete() {
        return false;
    }
    if !compatible(&whole.unit, &figure.unit)
        || figure.period != whole.period && whole.period == crate::figure::Period::Annual
    {
        return false;
    }
    let Some(first) = list.parts.first().map(|p| &reader.figures[*p]) else {
        return true;
    };
    // 其中受理25件，办结25件: stages that the same requests go through.
    let received = whole.indicator.as_deref() == Some("requests.received.new");
    if received && is_stage(reader, figure) {
        return false;
    }
    // 机构类25条，内有机构职能15条、机构概况10条: a kind is divided into its own.
    if figure.indicator.is_some()
        && figure.indicator == whole.indicator
        && figure.applicant == whole.applicant
        && first.indicator != whole.indicator
    {
        return false;
    }
    let (stem, of_first) = (stem_of(figure), stem_of(first));
    // 行政申诉4件 after the parts of 行政诉讼 is a whole of its own, 复议后起诉1件 after those of
    // 直接起诉 too.
    let key = figure.indicator.as_deref();
    let total = key.filter(|k| k.ends_with(".total") && figure.applicant.is_none());
    let parent = total.and_then(|k| reader.lexicon.place(k));
    let parent = parent.and_then(|p| reader.lexicon.indicator(p).parent.as_deref());
    let family = |i: usize| family_of(reader, i).map(|f| &f.name);
    let of_one = || family(at).is_some() && family(at) == family(list.parts[0]);
    let divides = parent == whole.indicator.as_deref();
    if total.is_some() && whole.indicator.is_some() && !divides && !of_one() {
        return false;
    }
    // 告知其他途径3件 has no parent either, but is a result like those before it.
    let another = || stem != of_first && figure.applicant.is_none();
    if key
        .and_then(|k| reader.lexicon.place(k))
        .is_some_and(|p| reader.lexicon.indicator(p).parent.is_none() && another())
    {
        return false;
    }
    let kinds = |s: Option<&str>| s.is_some_and(|s| s.starts_with("disclosure."));
    match (of_first, stem) {
        (Some(a), Some(b)) => a == b && !is_whole_of_disputes(first),
        // Kinds of information, and results, without a name stand among named ones.
        (Some(a), None) => {
            let results = ["requests.outcome", "review", "litigation"].contains(&a);
            let goes_on = kinds(Some(a)) || results && !is_whole_of_disputes(first);
            goes_on && between.chars().count() <= 24
        }
        // 予以公开及部分公开208件,不予公开20件: two results in one have no name.
        (None, Some("requests.outcome")) if first_of_results(reader, list) => true,
        (None, Some(b)) => between.chars().count() <= 24 && (kinds(Some(b)) || list.closed),
        (None, None) => between.chars().count() <= 24,
    }
}

/// Whether a figure counts lawsuits beside reviews, or reviews beside lawsuits: 复议16件，诉讼4件，
/// 其中3件复议、2件诉讼尚未审结.
fn counts_other_disputes(reader: &Reader, whole: &Figure, figure: &Figure) -> bool {
    let words = || {
        let said = reader.report.text.get(figure.range.clone());
        said.map(crate::text::fold::fold).unwrap_or_default()
    };
    match stem_of(whole) {
        Some("review") => words().contains("诉讼"),
        Some("litigation") => words().contains("行政复议"),
        _ => false,
    }
}

/// 其中涉及信息公开的5件，维持30件: what those are that were counted first is told of them all.
fn is_whole_of_disputes(figure: &Figure) -> bool {
    let key = figure.indicator.as_deref();
    key.is_some_and(|k| matches!(k, "review.total" | "litigation.total"))
}

/// Whether a figure counts those that have been accepted, closed or answered.
fn is_stage(reader: &Reader, figure: &Figure) -> bool {
    let Some(label) = reader.report.text.get(figure.label.clone()) else {
        return false;
    };
    let label = crate::text::fold::fold(label);
    let stage = ["受理", "办结", "答复"].iter().any(|w| label.ends_with(w));
    stage && !["不", "未", "尚"].iter().any(|w| label.contains(w))
}

/// Whether a part named `label` says that a list is complete: 分为, or 其他 at its end. 其他文件
/// in the middle is a kind like any other.
pub(super) fn closes(reader: &Reader, label: &str, last: bool) -> bool {
    let cues = &reader.grammar.cues;
    if cues.closed.is_in(label) {
        return true;
    }
    let Some((at, length)) = cues.rest.first(label) else {
        return false;
    };
    let general = |c: char| GENERAL.contains(c) || !c.is_alphanumeric();
    last || label[at + length..].chars().all(general)
}

/// Characters of words that say nothing of what is meant: 类, 政府信息, 方面的内容 …
const GENERAL: &str = "类各政府信息方面的内容事项公开情况";

/// Whether a part is a result of requests.
pub(super) fn is_of_results(part: &Figure) -> bool {
    stem_of(part) == Some("requests.outcome")
}

/// Whether a list divides what was answered and begins with results that have no name.
fn first_of_results(reader: &Reader, list: &List) -> bool {
    let whole = reader.figures[list.whole].indicator.as_deref();
    let answered = matches!(
        whole,
        Some("requests.closed.total" | "requests.answered.total")
    );
    let label = list.parts.first().map(|p| reader.figures[*p].label.clone());
    let label = label.and_then(|l| reader.report.text.get(l));
    answered && label.is_some_and(|l| l.contains('开') || l.contains('開'))
}

/// What 其中 at the beginning of a sentence divides: the count before it.
pub(super) fn divided(reader: &Reader, last: Option<usize>) -> Option<usize> {
    let last = last?;
    let own = |f: &Figure| f.scope.is_none();
    if own(&reader.figures[last]) {
        return Some(last);
    }
    (last.saturating_sub(3)..last)
        .rev()
        .find(|i| own(&reader.figures[*i]) && reader.figures[*i].indicator.is_some())
}

/// 答复1453件，包括上年结转30件。其中，予以公开966件: what is more than the last count divides one
/// before it.
pub(super) fn larger(reader: &Reader, part: usize, last: usize) -> Option<usize> {
    let unit = &reader.figures[part].unit;
    let holds = |i: &usize| {
        let figure = &reader.figures[*i];
        compatible(&figure.unit, unit) && figure.scope.is_none() && is_less(reader, part, *i)
    };
    match is_less(reader, part, last) {
        true => None,
        false => (last.saturating_sub(3)..last).rev().find(holds),
    }
}

/// What a part named after 其中 in a new sentence divides: 受理21件，包括信函2件、网上19件。其中
/// 予以公开10件 goes on with the whole of the list before, and not with its last part; but
/// 同意5件、不予公开15件。其中涉及国家秘密3件 with that part.
pub(super) fn divided_by(reader: &Reader, part: usize, last: usize) -> usize {
    let key = |i: usize| reader.figures[i].indicator.as_deref();
    let (Some(named), Some(own)) = (key(part).and_then(|k| reader.lexicon.place(k)), key(last))
    else {
        return last;
    };
    if is_below(reader, named, own) {
        return last;
    }
    let told = reader.claims.iter().rev().find_map(|claim| match claim {
        Claim::Sum { whole, parts, .. } if parts.contains(&last) => Some(*whole),
        _ => None,
    });
    told.unwrap_or(last)
}
