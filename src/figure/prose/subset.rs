//! Numbers that count only some of what the words around them name, or another thing of the
//! same name: 涉及企业的4件申请全部办结, 不予公开40条 among what was disclosed.

use std::ops::Range;

use super::label::Name;
use super::zone::strip_filler;
use super::{Reader, Sentence};
use crate::figure::quantity::Quantity;

/// Subjects that are not the whole body.
const SOME: [&str; 14] = [
    "少数",
    "个别",
    "部分单位",
    "部分部门",
    "部分镇",
    "部分乡",
    "部分街道",
    "部分地",
    "部分区",
    "部分县",
    "有的",
    "多数",
    "大多",
    "一些",
];
/// What follows a noun that is not the thing there was none of: 申请人, 申请超过时限.
const GOES_ON: [&str; 6] = ["人", "超", "逾期", "延期", "因", "被"];
/// Words that make a wrong of what follows: 违规收费.
const WRONG: [&str; 5] = ["违规", "违法", "违纪", "乱", "不当"];
/// What is done again by others than those who review.
const OTHER_DEEDS: [&str; 4] = ["行政执法", "规范性文件", "备案", "行政行为"];

/// What tells which of them a number counts.
const ABOUT: [&str; 5] = ["涉及", "关于", "有关", "针对", "来自"];

/// Whether `name` is that of a whole of which `quantity` counts a few, or of requests where
/// it counts information.
pub(super) fn is_some_of(
    reader: &Reader,
    sentence: &Sentence,
    name: &Name,
    quantity: &Quantity,
) -> bool {
    let Some(indicator) = name.indicator.map(|i| reader.lexicon.indicator(i)) else {
        return false;
    };
    let before = &sentence.text[name.zone.clone()];
    // 涉及企业的4件申请: the words behind name all requests.
    let behind = name.label.end > quantity.range.end;
    let whole = indicator.parent.is_none() && matches!(&*indicator.group, "requests" | "outcome");
    let some = before
        .strip_suffix('的')
        .is_some_and(|b| ABOUT.iter().any(|w| b.contains(w)));
    if behind && whole && some {
        return true;
    }
    // 未收到申请的单位23个, 收到申请的有23个: these count bodies.
    let tail = sentence.text.get(name.label.end..quantity.range.start);
    let units = &reader.grammar.naming.units;
    let bodies = |tail: &str| {
        let noun = tail.strip_prefix('的').map(strip_filler);
        let none = matches!(quantity.unit.as_str(), "个" | "家");
        noun.is_some_and(|noun| units.ending(noun).is_some() || noun.is_empty() && none)
    };
    // 不予公开文件31条 counts documents.
    let documents = |tail: &str| {
        let noun = tail.trim_start_matches('的');
        indicator.group == "outcome" && (noun.starts_with("文件") || noun.starts_with("公文"))
    };
    // 市长信箱回复来信860封: what citizens write to a mayor is no inquiry about disclosure.
    let to_head = || {
        let boxes = ["长信箱", "书记信箱", "领导信箱"];
        indicator.group == "consult" && boxes.iter().any(|w| before.contains(w))
    };
    // 办理建议提案35件，主动公开率100%: theirs, and not that of documents.
    let of_proposals = || {
        let so_far = &sentence.text[sentence.range.start..quantity.range.start];
        (so_far.contains("提案") || so_far.contains("代表建议")) && !so_far.contains("公文")
    };
    let of_proposals = || indicator.key == "disclosure.open_rate" && of_proposals();
    // 按时办结建议提案7件, 答复来信12件: no requests.
    let of_citizens = || {
        let dealt_with = ["requests.closed.", "requests.answered."];
        dealt_with.iter().any(|k| indicator.key.starts_with(k))
            && !before.contains("申请")
            && reader.grammar.naming.proposals.is_in(before)
    };
    // 答复建议提案23件，其中公开20件，不予公开3件: theirs too.
    let of_answers = || {
        let so_far = &sentence.text[sentence.range.start..quantity.range.start];
        let told = ["提案", "议案", "代表建议"]
            .iter()
            .any(|w| so_far.contains(w));
        indicator.key.starts_with("requests.outcome.") && told && !so_far.contains("申请")
    };
    if of_answers()
        || of_citizens()
        || of_proposals()
        || tail.is_some_and(|t| bodies(t) || documents(t))
        || before.contains("非因")
        || to_head()
    {
        return true;
    }
    // 主动公开3000条，不予公开40条: information, and no requests.
    let so_far = &sentence.text[sentence.range.start..quantity.range.start];
    let about_requests = || {
        let said = so_far.replace("依申请公开", "");
        said.contains("申请") || said.contains("答复")
    };
    let listed = sentence.topics.last() == Some(&"disclosure");
    let key = indicator.key.as_str();
    let closed =
        key.starts_with("requests.outcome.granted") || key.starts_with("requests.outcome.denied");
    closed && listed && quantity.unit == "条" && !about_requests()
}

/// Whether words for none, with the noun `label` in `clause`, do not say that the body had
/// none of it: 少数部门未收到申请, 对没有申请的信息也公开, 没有一件申请超过时限.
pub(super) fn none_of_these(
    reader: &Reader,
    sentence: &Sentence,
    clause: &Range<usize>,
    label: &Range<usize>,
    indicator: usize,
) -> bool {
    let text = sentence.text;
    let start = sentence.range.start;
    let before = &text[start..clause.start.max(start)];
    let before = before.rsplit([',', ';', ':']).next().unwrap_or(before);
    let noun = &text[label.clone()];
    let behind = text[label.end..sentence.range.end].trim_start_matches('"');
    let of_some = SOME.iter().any(|w| before.contains(w));
    // 没有申请的信息, 未收到申请的单位: another noun has the words for an attribute.
    let attribute = behind.strip_prefix('的').is_some_and(|rest| {
        let units = reader.grammar.naming.units.beginning(rest).is_some();
        // 没有引发复议的申请 counts no reviews; 没有提起诉讼的申请 does.
        let said = &text[clause.start..label.end];
        let request = rest.starts_with("申请") && reader.grammar.zero.causes.is_in(said);
        units || request || noun.ends_with("申请") && rest.starts_with("信息")
    });
    // 没有收到申请人要求公开信息的申请 is about requests after all.
    let asks =
        || behind.starts_with('人') && ["要求公开", "提出"].iter().any(|w| behind.contains(w));
    let other = noun.ends_with("申请") && GOES_ON.iter().any(|w| behind.starts_with(w)) && !asks();
    let said = &text[clause.start..label.start.max(clause.start)];
    let wrong = WRONG.iter().any(|w| said.ends_with(w));
    // 规范性文件无一被纠错: reviews alone are corrected in our sense.
    let corrected = reader.lexicon.indicator(indicator).key == "review.corrected" && {
        let said = &text[start..label.end];
        let reviews = said.contains("复议") || sentence.speaks_of("disputes");
        !reviews || OTHER_DEEDS.iter().any(|w| said.contains(w)) && !said.contains("复议")
    };
    of_some || attribute || other || wrong || corrected
}
