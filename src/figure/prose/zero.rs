//! Zeros in words: 未收到…申请, 没有发生…复议、诉讼, 无…; a noun that an indicator is
//! named by must follow.

use std::cell::LazyCell;
use std::ops::Range;
use std::sync::LazyLock;

use super::candidates::is_below;
use super::circumstances;
use super::{Reader, Sentence};
use crate::figure::grammar::{Grammar, WordList};
use crate::figure::label::Label;
use crate::figure::{Applicant, Figure};

/// Longest reach of such words, in characters.
const REACH: usize = 46;

/// Most bytes of a time or a subject before an answer.
const LEAD: usize = 36;

/// All words of [`Grammar::zero`] that say that there was none.
static NONE: LazyLock<WordList> = LazyLock::new(|| {
    let zero = &Grammar::embedded().zero;
    let lists = [&zero.cues, &zero.none, &zero.nought, &zero.after];
    lists.iter().flat_map(|l| l.words()).collect()
});

/// Whether a text may say that there was none of something.
pub(super) fn may_say_none(text: &str) -> bool {
    NONE.is_in(text)
}

/// Zeros within `zone`: where the words begin, the label, the indicator.
pub(super) fn find(
    reader: &Reader,
    sentence: &Sentence,
    zone: Range<usize>,
) -> Vec<(Range<usize>, Range<usize>, usize)> {
    let mut found = Vec::new();
    if !sentence.says_none || !may_say_none(&sentence.text[zone.clone()]) {
        return found;
    }
    let mut at = zone.start;
    let end = zone.end;
    for clause in clauses(&sentence.text[zone], reader.grammar) {
        let range = at..at + clause.len();
        at = range.end;
        // 若无申请，则填零 tells of no year.
        let said = clause.trim_start_matches([' ', '(']);
        if reader.grammar.zero.supposed.beginning(said).is_some() {
            continue;
        }
        // 行政诉讼情况:无
        if clause.ends_with(':')
            && let Some(answer) = answer(&sentence.text[at..end], reader.grammar)
        {
            for label in nouns(reader, sentence, range.start..range.end) {
                let said = label.range.start..at + answer;
                found.push((said.clone(), said, label.indicator));
            }
            continue;
        }
        // 行政复议、行政诉讼均为零: the nouns stand before.
        // 申请均无投诉情况: they stand behind after all.
        let after = reader.grammar.zero.after.first(clause).map(|(at, _)| at);
        let stands_behind = |at: usize| {
            let words = reader.grammar.zero.after.words();
            let said = words
                .iter()
                .filter(|w| clause[at..].starts_with(w.as_str()));
            let len = said.map(String::len).max().unwrap_or(0);
            !sentence
                .words
                .none(&(range.start + at + len..range.end))
                .is_empty()
        };
        if let Some(end) = after.filter(|at| !stands_behind(*at)) {
            for label in nouns(reader, sentence, range.start..range.start + end) {
                found.push((
                    label.range.start..range.end,
                    label.range.start..range.end,
                    label.indicator,
                ));
            }
            continue;
        }
        // 无因信息公开产生行政复议，提起行政诉讼的情况
        let goes_on = !found.is_empty() && said.starts_with("提起");
        let cues: Vec<(usize, usize, bool)> = match cue(clause, reader.grammar) {
            Some((at, len)) => vec![(at, len, false)],
            None if goes_on => vec![(0, 0, false)],
            None => noughts(clause, reader.grammar),
        };
        for (cue, len, adjacent) in cues {
            let start = range.start + cue;
            let reach = sentence.text[start..range.end]
                .char_indices()
                .nth(REACH)
                .map_or(range.end, |(i, _)| start + i);
            if let Some((label, kind)) = kind(reader, sentence.text, start + len, range.end) {
                found.push((start..label.end, label, kind));
                continue;
            }
            let around = LazyCell::new(|| sentence.words.none(&(range.start..reach)));
            for label in nouns(reader, sentence, start..reach) {
                // 信息不存在, 没有现成信息: the words for none are part of the noun.
                if label.range.end <= start + len
                    || label.range.start <= start
                    || adjacent && label.range.start != start + len
                {
                    continue;
                }
                // 主动公开没有收取费用: words before say a part of what words behind say.
                let whole = &reader.lexicon.indicator(label.indicator).key;
                let part = around.iter().find(|l| {
                    let spans = l.range.start < start && l.range.end > start + len;
                    spans && is_below(reader, l.indicator, whole)
                });
                let label = part.cloned().unwrap_or(label);
                // 未受理申请，未有人通过网络等形式申请: the second says no more than the first.
                let requests = reader.lexicon.place("requests.received.new");
                let again = found.iter().any(|(_, _, i)| *i == label.indicator);
                if again && Some(label.indicator) == requests {
                    continue;
                }
                let said = label.range.start.min(start)..range.end;
                if let Some(made) = not_made(reader, sentence, start..start + len, &label) {
                    found.push((said.clone(), label.range.clone(), made));
                }
                found.push((said, label.range, label.indicator));
            }
        }
    }
    found
}

/// The clauses of `said`; 无网上申请、无信函申请 are two.
fn clauses<'a>(said: &'a str, grammar: &'a Grammar) -> impl Iterator<Item = &'a str> {
    let denies = |rest: &str| {
        let words = &grammar.zero;
        words.cues.beginning(rest).is_some() || words.none.beginning(rest).is_some()
    };
    let parts = said.split_inclusive([',', ';', ':']);
    parts.flat_map(move |clause| {
        let mut rest = Some(clause);
        std::iter::from_fn(move || {
            let said = rest?;
            let mut joints = said.match_indices('、').map(|(at, j)| at + j.len());
            let end = joints.find(|at| denies(&said[*at..]));
            rest = end.map(|at| &said[at..]);
            Some(&said[..end.unwrap_or(said.len())])
        })
    })
}

/// 未制发、废止规范性文件: what was not made either, by the words for none that are joined to
/// others before the noun `label`.
fn not_made(
    reader: &Reader,
    sentence: &Sentence,
    cue: Range<usize>,
    label: &Label,
) -> Option<usize> {
    let key = reader.lexicon.indicator(label.indicator).key.as_str();
    let documents = key.strip_suffix(".repealed")?;
    let text = sentence.text;
    let joined = text[cue.end..].starts_with(['、', '或', '和', '及']);
    let made = reader.grammar.zero.making.ending(&text[cue]).is_some();
    (made && joined).then(|| reader.lexicon.place(&format!("{documents}.issued")))?
}

/// 无机构职能类信息: the kind of information of which words for none that end at `from` say
/// that there was none.
fn kind(reader: &Reader, text: &str, from: usize, end: usize) -> Option<(Range<usize>, usize)> {
    let said = text[from..end].trim_end_matches([',', ';', ':', ')']);
    reader.grammar.zero.kinds.ending(said)?;
    let kind = reader.lexicon.kind(said)?;
    Some((from..from + said.len(), kind))
}

/// 行政复议、行政诉讼均为0件: the nouns before `number`, each of which has that zero; none
/// unless there are several.
pub(super) fn of_each(
    reader: &Reader,
    sentence: &Sentence,
    zone: Range<usize>,
) -> Vec<(Range<usize>, usize)> {
    let start = sentence.text[zone.clone()]
        .rfind([',', ';'])
        .map_or(zone.start, |at| zone.start + at + 1);
    let said = &sentence.text[start..zone.end];
    if !reader.grammar.naming.each.is_in(said) {
        return Vec::new();
    }
    let labels = nouns(reader, sentence, start..zone.end);
    if labels.len() < 2 {
        return Vec::new();
    }
    labels.into_iter().map(|l| (l.range, l.indicator)).collect()
}

/// Where the words end that `text` begins with, when they answer a heading: there was none.
fn answer(text: &str, grammar: &Grammar) -> Option<usize> {
    // 情况:2016年度我局没有发生
    let lead = |c: char| c == ' ' || c.is_ascii_digit() || "年度全本我局镇乡委单位均都".contains(c);
    let said = text.trim_start_matches(lead);
    if text.len() - said.len() > LEAD {
        return None;
    }
    let word = grammar.zero.answers.beginning(said)?;
    let rest = said[word.len()..].trim_start_matches(' ');
    let ends = rest.is_empty() || rest.starts_with([',', ';', ')']);
    // The next item of the list: 情况:无 4、收费
    let item = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let listed = item.len() < rest.len() && item.starts_with(['、', '.', ')']);
    (ends || listed).then(|| text.len() - said.len() + word.len())
}

/// Where the words for none begin in a clause.
fn cue(clause: &str, grammar: &Grammar) -> Option<(usize, usize)> {
    // 信息不存在等原因, 不存在、不掌握8件, 没有现成信息: why there was no answer, and not that
    // there was none.
    let reason = |(at, len): (usize, usize)| {
        let behind = &clause[at + len..];
        let joined = || behind.starts_with(['、', '或', '和', '及']);
        &clause[at..at + len] == "不存在"
            && (grammar.zero.reasons.ending(&clause[..at]).is_some() || joined())
            || behind.starts_with("现成")
    };
    if let Some(found) = grammar.zero.cues.first(clause).filter(|c| !reason(*c)) {
        return Some(found);
    }
    grammar.zero.none.words().iter().find_map(|word| {
        clause.match_indices(word.as_str()).find_map(|(at, w)| {
            grammar
                .zero
                .not_after_none
                .beginning(&clause[at + w.len()..])
                .is_none()
                .then_some((at, w.len()))
        })
    })
}

/// 零申请, 未收费: a character that says none only of the noun right behind it; where, how
/// long, and that it must be so.
fn noughts(clause: &str, grammar: &Grammar) -> Vec<(usize, usize, bool)> {
    let mut found = Vec::new();
    grammar.zero.nought.each(clause, |at, _| {
        let len = clause[at..].chars().next().map_or(0, char::len_utf8);
        found.push((at, len, true));
    });
    found
}

/// Whether a noun is only a part of what it would be called: 没有要求更正信息的申请, 未收到申请
/// 的有两个科室, 没有企业提出申请, 未发生规章废止, 无行政复议被纠错, 无复议、有诉讼1件.
fn is_of_some(reader: &Reader, sentence: &Sentence, zone: &Range<usize>, label: &Label) -> bool {
    let words = &reader.grammar.zero;
    let before = &sentence.text[zone.start..label.range.start];
    let all = &sentence.text[zone.start..label.range.end];
    let behind = &sentence.text[label.range.end..zone.end.max(label.range.end)];
    let indicator = reader.lexicon.indicator(label.indicator);
    let begins = |words: &[&str]| words.iter().any(|w| behind.starts_with(w));
    match indicator.key.as_str() {
        "requests.received.new" => {
            let by = reader.grammar.applicant(all).map(|(_, who)| who);
            let everyone =
                by.is_none_or(|who| matches!(who, Applicant::Natural | Applicant::LegalAll));
            let named = || reader.grammar.naming.everyone.is_in(all) || all.contains("公民");
            // 未收到依申请公开的有两个科室
            let noun = behind.strip_prefix("公开").unwrap_or(behind);
            words.qualified.is_in(all)
                || words.others_behind.beginning(noun).is_some()
                || !everyone && !named()
        }
        key if key.starts_with("documents.") => begins(&["废止", "失效", "修改", "清理"]),
        "review.total" | "litigation.total" | "disputes.total" => {
            let lost = ["纠错", "纠正", "败诉", "被撤销", "确认违法"];
            before.contains("、有") || lost.iter().any(|w| behind.contains(w))
        }
        _ => false,
    }
}

/// The nouns counted: labels that do not overlap, the weightiest first.
fn nouns(reader: &Reader, sentence: &Sentence, zone: Range<usize>) -> Vec<Label> {
    let text = &sentence.text[zone.clone()];
    let mut labels = sentence.words.none(&zone);
    // 没有发生申请人不缴费的情况: no request is spoken of.
    labels.retain(|l| {
        let person = sentence.text[l.range.end..].starts_with('人');
        let behind = &sentence.text[l.range.end..zone.end.max(l.range.end)];
        let asks = ["申请", "要求公开", "要求提供"]
            .iter()
            .any(|w| behind.contains(w));
        !(person && !asks && sentence.text[l.range.clone()].ends_with("申请"))
    });
    // 未收取依申请提供信息的费用: money, and no request.
    let charged = text
        .find("收取")
        .is_some_and(|at| text[at..].contains('费'));
    labels.retain(|l| !charged || reader.lexicon.indicator(l.indicator).group != "requests");
    // 没有出现应公开而不予公开的情况 counts no result: what was none stands right behind.
    // 没有现成信息、补正后仍不明确: the first is no noun, but holds the word for none.
    let of_outcome = |l: &&Label| {
        l.range.start > zone.start && reader.lexicon.indicator(l.indicator).group == "outcome"
    };
    let outcomes = labels.iter().filter(of_outcome).map(|l| l.range.end);
    let outcomes: Vec<usize> = outcomes.collect();
    labels.retain(|l| {
        // 无涉及国家秘密、商业秘密的情形: what is joined to a noun stands as near.
        let before = &text[..l.range.start - zone.start];
        let joined = before.ends_with(['、', '和', '或', '及'])
            && outcomes.contains(&(zone.start + before.len() - '、'.len_utf8()));
        let far = before.chars().count() > 6 && !joined;
        // 无"不予公开"的信息: information, and not requests.
        let behind = text[l.range.end - zone.start..].trim_start_matches('"');
        let information = behind.starts_with("的") && behind.contains("信息");
        !(far || information) || reader.lexicon.indicator(l.indicator).group != "outcome"
    });
    labels.retain(|l| !is_of_some(reader, sentence, &zone, l));
    circumstances::leave_out_means(reader, text, zone.start, &mut labels);
    // 无制定规章的权限
    let powers = ["权限", "职权", "制定权", "立法权"]
        .iter()
        .any(|w| text.contains(w));
    labels.retain(|l| !powers || reader.lexicon.indicator(l.indicator).group != "documents");
    labels.sort_by_key(|l| (std::cmp::Reverse(l.weight), l.range.start));
    let mut kept: Vec<Label> = Vec::new();
    for label in labels {
        let overlaps = kept.iter().any(|k| {
            let inside = k.range.start < label.range.end && label.range.start < k.range.end;
            // 收取或减免费用: both, of the one noun behind; 网络、传真或其他形式的申请 too.
            let ways = |l: &Label| {
                let key = reader.lexicon.indicator(l.indicator).key.as_str();
                key.starts_with("requests.channel.")
            };
            let (first, last) = match ways(k) && ways(&label) {
                true => (
                    k.range.start.min(label.range.start),
                    k.range.start.max(label.range.start),
                ),
                false => (k.range.start, label.range.start.max(k.range.start)),
            };
            inside && !sentence.text[first..last].ends_with(['或', '及', '、', '和'])
        });
        let known = kept.iter().any(|k| k.indicator == label.indicator);
        if !overlaps && !known {
            kept.push(label);
        }
    }
    let key = |l: &Label| reader.lexicon.indicator(l.indicator).key.as_str();
    let group = |l: &Label| reader.lexicon.indicator(l.indicator).group.as_str();
    let money = |l: &Label| reader.lexicon.indicator(l.indicator).unit == "元";
    circumstances::leave_out(reader, text, zone.start, &mut kept);
    // 未因申请收取费用 is about money only; 收费、复议、诉讼 are three nouns.
    if let Some(fee) = kept.iter().find(|l| money(l)).cloned() {
        let joined = |l: &Label| {
            let behind = &sentence.text[l.range.end..];
            let behind = behind.trim_start_matches(['数', '量', '情', '况']);
            l.range.end < fee.range.end && behind.starts_with(['、', '和', '及', '与', '或'])
        };
        kept.retain(|l| money(l) || group(l) == "disputes" || joined(l));
    }
    // 未收取检索费、复制费等费用: those enumerated are the whole.
    if let Some(whole) = kept.iter().map(key).find(|k| *k == "fees.total")
        && text.contains('等')
    {
        kept.retain(|l| key(l) == whole || !key(l).starts_with("fees.requests."));
    }
    // 未因申请公开而引发行政复议: the requests are the cause, not what is counted.
    let disputes = |l: &Label| reader.lexicon.indicator(l.indicator).group == "disputes";
    if kept.iter().any(disputes)
        && (text.contains('因')
            || text.contains("引")
            || text.contains("针对")
            || text.contains("有关的")
            || text.contains("提起")
            || text.contains("申请的")
            || text.contains("申请行政复议")
            || text.contains("申请复议"))
    {
        kept.retain(disputes);
    }
    // 未收到书面或其他形式的申请: those enumerated and all others are all.
    let way = |l: &Label| key(l).starts_with("requests.channel.");
    let others = ["其他", "其它"].iter().filter_map(|w| text.find(w));
    let any = others
        .map(|at| &text[..at])
        .any(|before| before.ends_with(['或', '和', '及', '等', '、']));
    // 收到信函1件，无网络、传真或其他形式的申请: of each way, for something did come in.
    let came = |f: &Figure| {
        let requests = f
            .indicator
            .as_deref()
            .is_some_and(|k| k.starts_with("requests."));
        requests && f.value.is_some_and(|v| !v.is_zero())
    };
    let any = any && !reader.figures[sentence.from..].iter().any(came);
    let received = reader.lexicon.place("requests.received.new");
    if any
        && let Some(all) = kept.iter().find(|l| way(l)).cloned()
        && let Some(received) = received
    {
        kept.retain(|l| !way(l) && l.indicator != received);
        kept.push(Label {
            indicator: received,
            ..all
        });
    }
    // 没有收到传真申请 is about one channel only, 没有申请结转到下年 about those carried over.
    let closer = |l: &Label| {
        let key = key(l);
        key.starts_with("requests.channel.") || key.starts_with("requests.carried_")
    };
    if kept.iter().any(closer) {
        kept.retain(|l| closer(l) || key(l) != "requests.received.new");
    }
    kept.sort_by_key(|l| l.range.start);
    kept
}
