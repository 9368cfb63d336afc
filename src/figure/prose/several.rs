//! Nouns that have one number between them, none of which it counts: 发布公告、政策解读等信息
//! 1423条, 规章、规范性文件及解读130项.

use std::ops::Range;

use super::zone::has_content;
use super::{Reader, Sentence};
use crate::figure::label::Label;

const JOINS: [char; 4] = ['及', '和', '与', '、'];

/// Most characters of a word that belongs to a noun behind it.
const WORD: usize = 4;

/// Whether what `label` names is one of several nouns before a number; `left` are the words
/// before it. Ways are joined to their whole elsewhere.
pub(super) fn is_one_of(
    reader: &Reader,
    sentence: &Sentence,
    left: &Range<usize>,
    label: &Label,
) -> bool {
    let text = sentence.text;
    let indicator = reader.lexicon.indicator(label.indicator);
    let whole = indicator.key == "disclosure.total" || indicator.key.contains(".channel.");
    let before = text.get(left.start..label.range.start).unwrap_or_default();
    if whole || !text[left.clone()].contains(JOINS) {
        return false;
    }
    // 政策解读、在线访谈等活动: the last of them, perhaps with a word before it.
    let last = before.rfind('、').map(|at| &before[at + '、'.len_utf8()..]);
    let is_item = last.is_some_and(|word| word.chars().count() <= WORD);
    let tail = text.get(label.range.end..left.end).unwrap_or_default();
    let end = |said: &str| {
        said.find('等')
            .filter(|at| !said[*at..].starts_with("等级"))
    };
    // 发布工作动态、政策解读等520条: the list stands within the label.
    let spans = tail.starts_with('等') && text[label.range.clone()].contains('、');
    let listed = spans
        || end(tail).is_some_and(|at| is_item || tail[..at].contains('、'))
        || end(&text[label.range.clone()]).is_some() && is_item;
    if listed {
        return true;
    }
    // 法律法规规章34个 counts them all.
    if indicator.group == "documents" && before.ends_with("法规") {
        return true;
    }
    let documents = matches!(&*indicator.group, "documents" | "response")
        || indicator.key == "disclosure.normative_new";
    let behind = || tail.strip_prefix(JOINS).is_some_and(has_content);
    let in_front = || {
        let other = before
            .strip_suffix(JOINS)
            .map_or(0, |b| left.start + b.len());
        let others = sentence.words.all(&(left.start..label.range.start));
        others.iter().any(|l| {
            let group = reader.lexicon.indicator(l.indicator).group.as_str();
            l.range.end == other && matches!(group, "documents" | "response")
        })
    };
    documents && (behind() || in_front())
}
