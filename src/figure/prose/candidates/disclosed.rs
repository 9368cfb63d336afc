//! Labels for all that was made public, or made public in some way, that count something more
//! special: one kind of information, what a column of a website holds, issues; and labels for
//! decisions where those made public are counted.

use std::ops::Range;

use super::super::zone::strip_filler;
use super::super::{Reader, Sentence};
use crate::figure::grammar::{Grammar, Naming};
use crate::figure::label::Label;
use crate::figure::quantity::Quantity;
use crate::report::Part;

/// Whether what `label` names before a number is less than it says; `left` are the words
/// before the number.
pub(super) fn is_special(
    reader: &Reader,
    sentence: &Sentence,
    quantity: &Quantity,
    left: &Range<usize>,
    label: &Label,
) -> bool {
    let key = &*reader.lexicon.indicator(label.indicator).key;
    match key.strip_prefix("disclosure.") {
        Some("total" | "new" | "total_stock") => is_kind(reader, sentence, left, label),
        Some(way) if way.starts_with("channel.") => {
            let said = &sentence.text[label.range.start..left.end];
            let tail = &sentence.text[label.range.end..left.end];
            let followed = sentence.text[quantity.range.end..].starts_with('、');
            // 推送微信189期、713条: in what they were published, and how many.
            quantity.unit == "期" && counted_too(sentence, quantity)
                || is_other_thing(reader, way, said, tail, followed)
                || is_column(reader, sentence, left, label)
        }
        _ => key.starts_with("actions.") && is_publication(reader, sentence, label),
    }
}

/// 2016年，我区公开信息820条: whether a sentence begins so where nothing else has been spoken
/// of; `left` are the words before its first number.
pub(super) fn is_told_plainly(sentence: &Sentence, left: &Range<usize>) -> bool {
    if !sentence.topics.is_empty() || !matches!(sentence.part, None | Some(Part::Overview)) {
        return false;
    }
    let said = &sentence.text[sentence.range.start..left.end];
    let clause = strip_filler(&said[said.rfind(',').map_or(0, |at| at + 1)..]);
    let year = |c: char| c.is_ascii_digit() || matches!(c, '年' | '度' | ',');
    let bare = |s: &'_ str| -> bool {
        let rest = s.trim_start_matches(year).trim_end_matches(',');
        let own = &Grammar::embedded().whose.own;
        rest.is_empty() || own.beginning(rest) == Some(rest)
    };
    let verbs = ["主动公开", "公开信息", "主动公开信息", "发布信息"];
    let verb = verbs
        .iter()
        .filter_map(|v| clause.strip_suffix(v))
        .min_by_key(|s| s.len());
    let before = said.rfind(',').map_or("", |at| &said[..at]);
    verb.is_some_and(|subject| bare(strip_filler(subject))) && bare(strip_filler(before))
}

/// 公开行政许可决定120件，行政处罚决定30件: decisions that were made public, not those made.
fn is_publication(reader: &Reader, sentence: &Sentence, label: &Label) -> bool {
    let made = ["作出", "做出", "办理", "实施", "处理决定", "办结"];
    let said = &sentence.text[sentence.range.start..label.range.end];
    let published = reader.grammar.naming.publishing.last(said);
    let made = made.iter().filter_map(|w| said.rfind(w)).max();
    published.is_some_and(|(at, _)| made.is_none_or(|made| made < at))
}

/// Whether the words between a label and a number only enumerate: 发布甲、乙、丙等.
pub(super) fn is_enumeration(tail: &str) -> bool {
    tail.ends_with('等') && tail.contains('、')
}

/// 网站发布市政府文件13条 counts documents, not all that the website published.
/// `followed`: more of a list follows.
fn is_other_thing(reader: &Reader, way: &str, said: &str, tail: &str, followed: bool) -> bool {
    let naming = &reader.grammar.naming;
    // 公众号发布报道、科普、预告等520条: what is enumerated is all that it published.
    if is_enumeration(tail) {
        return false;
    }
    let what = strip_filler(tail.trim_end_matches('等')).trim_end_matches('总');
    let thing = !what.is_empty() && naming.generic.ending(what).is_none();
    // 信用网公示处罚信息38条 counts a kind.
    let kind = || {
        let verb = naming.publishing.last(said);
        let object = verb.map_or("", |(at, w)| {
            &said[at + naming.publishing.words()[w].len()..]
        });
        // 公众号发布工作动态104条, 通过网站发布工作信息412条: that is what they publish.
        let through = || naming.through.is_in(said) && !followed;
        let posts = way.ends_with("chat") || way.ends_with("weibo") || through();
        let kind = reader.lexicon.kind(object).filter(|kind| {
            let key = &reader.lexicon.indicator(*kind).key;
            !(posts && key == "disclosure.kind.business")
        });
        let several = object.contains(['、', '等', '和']);
        !several && kind.is_some()
    };
    // 网站归集信用信息2万条: nothing is said to have been published.
    let unpublished = || {
        let bare = naming.generic.beginning(what) == Some(what);
        !what.is_empty() && !bare && !naming.publishing.is_in(said)
    };
    thing || kind() || unpublished()
}

/// 主动公开政府采购信息189条 counts a kind, 主动公开环境监测信息36条 one that has no name, and
/// 村务公开信息30条 the affairs of others.
fn is_kind(reader: &Reader, sentence: &Sentence, left: &Range<usize>, label: &Label) -> bool {
    let naming = &reader.grammar.naming;
    let said = &sentence.text[label.range.clone()];
    let before = &sentence.text[left.start..label.range.start.max(left.start)];
    // 重点领域134条。其中主动公开环境核查、环境公报等信息9条: those enumerated are one topic.
    let so_far = &sentence.text[sentence.range.start..label.range.start.max(sentence.range.start)];
    let opens = || {
        let clause = so_far.rsplit([',', ';', ':']).next().unwrap_or(so_far);
        so_far.contains("其中") && clause.trim_start_matches("其中").is_empty()
    };
    let topic = said.contains("等信息") && opens();
    let all = said.contains('等') || naming.all_kinds.is_in(said);
    topic
        || !all && (reader.lexicon.kind(said).is_some() || is_of_one_kind(naming, said))
        || naming.affairs.ending(before).is_some()
}

/// Whether `said` names information of one kind: 主动公开环境监测信息, 主动公开党务信息.
fn is_of_one_kind(naming: &Naming, said: &str) -> bool {
    let inside = said.rsplit_once("公开").map_or("", |(_, what)| what);
    let inside = inside.strip_suffix("信息").unwrap_or_default();
    let classed = inside.ends_with('类') && !inside.ends_with(['各', '分']);
    let long = inside.chars().count() > 3;
    (classed || long) && naming.general.ending(inside).is_none()
        || naming.affairs.ending(inside).is_some()
}

/// 网站通知公告栏发布信息194条 counts what one column holds; so does 公示栏发布68条 where what
/// the website published is divided.
fn is_column(reader: &Reader, sentence: &Sentence, left: &Range<usize>, label: &Label) -> bool {
    let said = &sentence.text[label.range.clone()];
    let Some((before, _)) = said.split_once('栏') else {
        return false;
    };
    let naming = &reader.grammar.naming;
    let general = |c: char| "政府务信息公开专的\"()".contains(c);
    if reader.lexicon.indicator(label.indicator).key == "disclosure.channel.other" {
        let text = &sentence.text[sentence.range.start..label.range.end];
        let clause = text
            .rfind("其中")
            .map(|at| text[..at].trim_end_matches([',', ';']));
        let clause = clause.and_then(|c| c.rsplit([',', ';', '。']).next());
        // 市政府网站政府信息公开栏公开90条: a column of the website.
        let before = &sentence.text[left.start..label.range.start.max(left.start)];
        let site = naming.sites.last(before);
        let name = site.map(|(at, w)| &before[at + naming.sites.words()[w].len()..]);
        let of_site = name.is_some_and(|n| n.trim_matches(general).is_empty());
        return of_site
            || naming
                .web_columns
                .is_in(&sentence.text[left.start..label.range.end])
            || clause.is_some_and(|clause| naming.sites.is_in(clause));
    }
    // 网站、公示栏发布: two ways; 网站政府信息公开专栏: all that it discloses.
    let site = naming.sites.last(before);
    let name = site.map(|(at, w)| &before[at + naming.sites.words()[w].len()..]);
    let several = |c: char| c.is_ascii_digit() || "各多等".contains(c);
    !before.contains(['、', '和', '及', '与', '或'])
        && name.is_some_and(|n| !n.trim_matches(general).is_empty() && !n.contains(several))
}

/// Whether the number right behind `quantity` counts pieces of information.
fn counted_too(sentence: &Sentence, quantity: &Quantity) -> bool {
    let mut behind = sentence.quantities.iter();
    let next = behind.find(|q| q.range.start >= quantity.range.end);
    next.is_some_and(|next| {
        let between = &sentence.text[quantity.range.end..next.range.start];
        matches!(next.unit.as_str(), "条" | "篇") && strip_filler(between).is_empty()
    })
}
