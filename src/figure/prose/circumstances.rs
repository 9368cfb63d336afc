//! What stands beside words for none and was not what there was none of: 与诉讼有关的费用支出,
//! 因收费引发的投诉, 没有通过发布会、访谈等形式解读, 没有其他申请.

use super::Reader;
use crate::figure::label::Label;

/// Leaves out of `labels` what only tells how, why or about what. `text`, which begins at byte
/// `from` of its block, are the words for none with what follows.
pub(super) fn leave_out(reader: &Reader, text: &str, from: usize, labels: &mut Vec<Label>) {
    let zero = &reader.grammar.zero;
    let group = |l: &Label| reader.lexicon.indicator(l.indicator).group.as_str();
    let behind = |l: &Label| &text[l.range.end - from..];
    labels.retain(|l| {
        let rest = behind(l).split([',', ';', ':']).next().unwrap_or_default();
        let of_money = zero.money.first(rest).is_some_and(|(at, _)| {
            ["有关", "相关", "收取", "发生"]
                .iter()
                .any(|w| rest[..at].contains(w))
        });
        let fee = group(l) == "fees";
        fee || !of_money
    });
    if let Some(at) = text.find('因')
        && let Some((verb, _)) = zero.causes.first(&text[at..])
    {
        let verb = from + at + verb;
        if labels.iter().any(|l| l.range.start > verb) {
            labels.retain(|l| l.range.start > verb);
        }
    }
    // 与申请公开有关的投诉
    if let Some(with) = text.find('与')
        && let Some(end) = ["有关的", "相关的"]
            .iter()
            .filter_map(|w| text[with..].find(w))
            .min()
    {
        let end = from + with + end;
        labels.retain(|l| l.range.end <= from + with || l.range.end > end);
    }
    labels.retain(|l| {
        let key = reader.lexicon.indicator(l.indicator).key.as_str();
        key != "requests.received.new" || counts_all(reader, text, l.range.end - from)
    });
}

/// Leaves out what only tells how: 没有通过发布会、访谈等形式解读, 未收到以电话、信函等方式提出的
/// 申请. As [`leave_out`], but before labels that overlap are weighed, for those that begin
/// within such words may reach beyond them.
pub(super) fn leave_out_means(reader: &Reader, text: &str, from: usize, labels: &mut Vec<Label>) {
    let opens = ["通过", "采取", "利用", "以"];
    let means = reader.grammar.naming.means.first(text);
    if let Some((end, _)) = means
        && let Some(start) = opens.iter().filter_map(|w| text[..end].find(w)).min()
    {
        labels.retain(|l| l.range.start < from + start || l.range.start >= from + end);
    }
}

/// Whether words for none that end with requests, at byte `end` of `text`, tell of all of them:
/// neither 没有其他申请 nor 未收到涉及国家秘密的申请 nor 无申请人提出异议.
fn counts_all(reader: &Reader, text: &str, end: usize) -> bool {
    let of_whom = text[end..].strip_prefix('人');
    if of_whom.is_some_and(|rest| {
        !["申请", "要求公开", "要求提供"]
            .iter()
            .any(|w| rest.contains(w))
    }) {
        return false;
    }
    let said = text[..end].trim_end_matches("申请");
    let about = said
        .find("涉及")
        .is_some_and(|at| !said[at..].contains("公开"));
    let other = said.trim_end_matches('的');
    let other = ["其他", "其它"].iter().any(|w| other.ends_with(w));
    !about && !other && !reader.grammar.zero.some.is_in(said)
}
