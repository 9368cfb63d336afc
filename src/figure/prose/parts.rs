//! Names that a quantity has from what is divided: two nouns with one number, who applied.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::label::Name;
use super::whole::end_in;
use super::zone::{has_content, strip_filler};
use super::{Reader, Sentence};
use crate::figure::quantity::Quantity;
use crate::figure::{Applicant, Figure};

/// 行政复议和行政诉讼0次: one number for two nouns.
pub(super) fn joint(
    reader: &Reader,
    sentence: &Sentence,
    quantity: &Quantity,
    left: &Range<usize>,
    right: &Range<usize>,
) -> Option<(usize, Range<usize>)> {
    let place = reader.lexicon.place("disputes.total")?;
    let indicator = reader.lexicon.indicator(place);
    if quantity.weak || !indicator.units.contains(&quantity.unit) {
        return None;
    }
    for zone in [left, right] {
        let text = &sentence.text[zone.clone()];
        let at: Option<Vec<usize>> = indicator
            .joint
            .iter()
            .map(|w| text.rfind(w.as_str()))
            .collect();
        let each = || reader.grammar.naming.each.is_in(text);
        let Some(at) = at.filter(|_| !each()) else {
            continue;
        };
        let (first, last) = (at.iter().min()?, at.iter().max()?);
        let between = &text[*first..*last];
        // 复议诉讼案件7件
        let bare = between.trim_end_matches("行政");
        let adjacent = indicator.joint.iter().any(|w| w == bare);
        // 复议、诉讼和申诉情况 我局收到行政复议1件: the heading stands on the line of its text.
        // 无行政复议、有行政诉讼1件: what there was none of is no part of it.
        let joined = adjacent
            || between.contains(['、', '和', '及', '与', '或'])
                && !between.contains("情况")
                && !between.contains("、有");
        if joined && !reader.grammar.naming.verdicts.is_in(text) {
            let start = zone.start
                + text[..*first]
                    .rfind("行政")
                    .filter(|i| first - i <= 6)
                    .unwrap_or(*first);
            let end = if zone == right {
                zone.start + last + "诉讼".len()
            } else {
                zone.end
            };
            return Some((place, start..end));
        }
    }
    None
}

/// Who applied: start of the words, applicant, indicator.
pub(super) fn applicant(
    reader: &Reader,
    sentence: &Sentence,
    quantity: &Quantity,
    left: &Range<usize>,
    right: &Range<usize>,
    name: &Name,
) -> Option<(Range<usize>, Option<Applicant>, usize)> {
    let about = sentence
        .topics
        .last()
        .is_some_and(|t| matches!(*t, "requests" | "outcome"));
    // 自然人申请60件、商业企业申请12件: whoever applies as a natural person asks for information.
    let persons = [
        "自然人申请",
        "公民申请",
        "公民个人申请",
        "自然人提出申请",
        "公民提出申请",
    ];
    let zone = &sentence.text[left.clone()];
    let named = || zone.contains("公开申请") || persons.iter().any(|w| zone.contains(w));
    if !about && !named() && sentence.part != Some(crate::report::Part::Requests) {
        return None;
    }
    if reader
        .grammar
        .naming
        .everyone
        .is_in(&sentence.text[left.clone()])
    {
        return None;
    }
    let said = &sentence.text[left.clone()];
    let (at, who) = match reader.grammar.applicant(said) {
        Some(found) => found,
        None if name.indicator.is_none() && !has_content(said) => {
            return behind(reader, sentence, right);
        }
        None => rest_of_applicants(reader, said)?,
    };
    // 收到公民申请0件: whoever it might have been, unless others are counted beside them.
    let anyone = || {
        let person = reader.grammar.zero.anyone.beginning(&said[at..]).is_some();
        let listed = |f: &&Figure| f.applicant.is_some();
        let beside = || {
            reader
                .grammar
                .applicant(&sentence.text[right.start..sentence.range.end])
        };
        let before = || reader.figures[sentence.from..].iter().next_back();
        person && before().filter(listed).is_none() && beside().is_none()
    };
    let who = Some(who).filter(|_| !(quantity.value.is_zero() && anyone()));
    let received = reader.lexicon.place("requests.received.new")?;
    // 公民或社会组织提出2条: neither of the two.
    let before = said[..at].strip_suffix(['或', '和', '及', '与', '、']);
    let joined = |b: &str| {
        reader
            .grammar
            .applicant(b)
            .is_some_and(|(at, _)| !b[at..].contains(','))
    };
    if before.is_some_and(joined) {
        return None;
    }
    // A label of its own between applicant and number: 公民申请公开的信息不存在3件.
    if name.indicator.is_some_and(|i| {
        i != received
            && !reader
                .lexicon
                .indicator(i)
                .key
                .starts_with("requests.received")
    }) {
        return None;
    }
    let rest = &sentence.text[left.start + at..left.end];
    // 涉及企业的4件 is about them too; 涉及自然人4件 tells who applied.
    let about = ["涉及", "关于", "针对", "有关"];
    if rest.ends_with('的') && about.iter().any(|w| said[..at].ends_with(w)) {
        return None;
    }
    // 企业改制3件 is about enterprises, 企业申请3件 by them.
    let by = BY_APPLICANT.is_match(rest) && rest.chars().count() <= 24;
    let counted = divided_by_applicant(reader, sentence, left.start + at).unwrap_or(received);
    by.then_some((left.start + at..left.end, who, counted))
}

/// 予以公开97件(自然人88件,商业企业9件): the outcome that a list of applicants divides, in
/// brackets or behind 其中; `at`: where the word for one of them begins.
fn divided_by_applicant(reader: &Reader, sentence: &Sentence, at: usize) -> Option<usize> {
    let figures = reader.figures[sentence.from..].iter().rev();
    let whole = figures
        .filter(|f| f.unit != "%")
        .find(|f| f.applicant.is_none())?;
    let key = whole.indicator.as_deref()?;
    if !key.starts_with("requests.outcome.") && !key.starts_with("requests.closed.") {
        return None;
    }
    let between = sentence.text.get(end_in(sentence, whole)?..at)?;
    let list = ["(其中", "(", ",其中"]
        .iter()
        .find_map(|w| between.strip_prefix(w))?;
    (!list.contains([')', ';'])).then(|| reader.lexicon.place(key))?
}

/// 2件为自然人提出: who applied, behind the number.
fn behind(
    reader: &Reader,
    sentence: &Sentence,
    right: &Range<usize>,
) -> Option<(Range<usize>, Option<Applicant>, usize)> {
    let said = &sentence.text[right.clone()];
    let rest = ["申请为", "为", "系", "是", "由", "来自"]
        .iter()
        .find_map(|w| said.strip_prefix(w))?;
    let (at, who) = reader.grammar.applicant(rest)?;
    let by = at == 0 && BY_APPLICANT.is_match(rest);
    let received = reader.lexicon.place("requests.received.new")?;
    let start = right.end - rest.len();
    by.then_some((start..right.end, Some(who), received))
}

/// 法律服务机构2件,其他0件: the rest of those who applied.
fn rest_of_applicants(reader: &Reader, said: &str) -> Option<(usize, Applicant)> {
    let last = reader.figures.last()?;
    let listed = last.applicant.is_some_and(|a| a != Applicant::LegalAll);
    let rest = matches!(strip_filler(said).trim_end_matches("申请"), "其他" | "其它");
    let at = said.find('其')?;
    (listed && rest).then_some((at, Applicant::OtherOrg))
}

static BY_APPLICANT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:自然人|公民|个人|法人|企业|商业企业|科研机构|社会公益组织|社会组织|社会团体|市民|法律服务机构|律师事务所|或者|其他组织|其它组织|组织|或|和|及|、|提出|提交|申请|的|公开|政府信息|信息|共|有|为|:|数|是|计|数量|占|其他|其它)*$").expect("valid")
});

/// 收到并办结申请10件: what was received too, where the words for both have one number.
pub(super) fn received_too(reader: &Reader, sentence: &Sentence, name: &Name) -> Option<usize> {
    let key = reader.lexicon.indicator(name.indicator?).key.as_str();
    let dealt_with = matches!(key, "requests.closed.total" | "requests.answered.total");
    let both = dealt_with && RECEIVED_AND.is_match(&sentence.text[name.zone.clone()]);
    both.then(|| reader.lexicon.place("requests.received.new"))?
}

static RECEIVED_AND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:收到|接到|受理|接收)(?:并|且|、|和|与)(?:全部|按时|按期|已|均|依法)*(?:办结|答复|办理|回复|处理)")
        .expect("valid")
});
