//! Labels that stand joined before one number: several ways are their whole
//! (通过网络、信函等渠道收到23件), two kinds of money neither (复制费、邮寄费共312元).

use std::ops::Range;

use super::candidates::{Candidate, chars, is_below};
use super::{Reader, Sentence};
use crate::figure::grammar::Naming;
use crate::figure::label::Label;

/// Labels of two parts of one whole that stand joined in `zone`, of those that `concern`.
pub(super) fn joined(
    reader: &Reader,
    sentence: &Sentence,
    zone: &Range<usize>,
    concern: impl Fn(usize) -> bool,
) -> Vec<(Label, Label)> {
    let text = sentence.text;
    let joins = |c: char| matches!(c, '、' | '和' | '与' | '及' | '或');
    if !text[zone.clone()].contains(joins) {
        return Vec::new();
    }
    let mut labels = sentence.words.all(zone);
    labels.retain(|l| concern(l.indicator) && l.weight == chars(text, l.range.clone()));
    labels.sort_by_key(|l| l.range.start);
    // 已主动公开: 公开 in it is no label of its own.
    let all = labels.clone();
    let covers = |a: &Label, b: &Label| {
        a.weight > b.weight && a.range.start <= b.range.start && b.range.end <= a.range.end
    };
    labels.retain(|l| !all.iter().any(|o| covers(o, l)));
    let of = |l: &Label| reader.lexicon.indicator(l.indicator);
    // 不予公开、信息不存在的共11件: results are of one kind, wherever they stand below it.
    let related = |a: &Label, b: &Label| {
        let below =
            is_below(reader, a.indicator, &of(b).key) || is_below(reader, b.indicator, &of(a).key);
        of(a).parent == of(b).parent
            || of(a).group == "outcome" && of(b).group == "outcome" && !below
    };
    let are_joined = |a: &Label, b: &Label| {
        let between = text.get(a.range.end..b.range.start).unwrap_or_default();
        a.indicator != b.indicator
            && related(a, b)
            && between.chars().count() <= 4
            && between.contains(joins)
            // 内容不明确、经补正仍不明确: how it came to that.
            && !between.ends_with('经')
    };
    let pairs = labels
        .iter()
        .flat_map(|a| labels.iter().map(move |b| (a, b)));
    pairs
        .filter(|(a, b)| are_joined(a, b))
        .map(|(a, b)| (a.clone(), b.clone()))
        .collect()
}

/// 通过网络、信函等渠道收到23件: several ways together are their whole, and without such words
/// (微信、微博发布3870条) nothing that has a name.
pub(super) fn together(
    reader: &Reader,
    sentence: &Sentence,
    found: &[Candidate],
    left: &Range<usize>,
) -> Option<Option<(Label, usize)>> {
    let text = sentence.text;
    let parent = |i: usize| reader.lexicon.indicator(i).parent.as_deref();
    let is_way = |i: usize| reader.lexicon.indicator(i).key.contains(".channel.");
    let of_ways = |c: &&Candidate| is_way(c.label.indicator);
    let nearest = found.iter().filter(of_ways).max_by_key(|c| c.score)?;
    // 广播、公开栏等其他方式862条: others than those enumerated have a name of their own.
    let behind = |c: &&Candidate| text[left.start..c.label.range.start].ends_with('等');
    if let Some(others) = found.iter().filter(of_ways).find(behind) {
        return Some(Some((others.label.clone(), others.gap)));
    }
    // 网站、邮寄等途径申请12件: the ways of requests, if requests are named too.
    let named = |whole: &str| {
        let place = reader.lexicon.place(whole);
        found.iter().any(|c| Some(c.label.indicator) == place)
    };
    let wholes = found
        .iter()
        .filter(of_ways)
        .filter_map(|c| parent(c.label.indicator));
    let whole = wholes.clone().find(|w| named(w));
    let whole = whole.or(parent(nearest.label.indicator))?;
    let whole_key = whole;
    let is_way = |i: usize| is_way(i) && parent(i) == Some(whole_key);
    let whole = reader.lexicon.place(whole_key)?;
    let naming = &reader.grammar.naming;
    let all = naming.together.first(&text[left.clone()]);
    let others = other_ways(&text[left.clone()]).filter(|_| all.is_none());
    let all = all.or(others);
    // 微博、微信等发布信息: accounts, where no word says that they are ways.
    let accounts = all.is_some_and(|(at, len)| {
        let said = &text[left.start + at..][..len];
        said.contains("媒体") || naming.publishing.ending(said).is_some()
    });
    let enumerated = left.start..all.map_or(left.end, |(at, _)| left.start + at);
    let mut ways = match all {
        // 通过公开网、简报、宣传栏等各类载体: those enumerated, known or not.
        Some(_) => sentence.words.all(&enumerated),
        None => joined(reader, sentence, left, is_way)
            .into_iter()
            .flat_map(|(a, b)| [a, b])
            .collect(),
    };
    let is_noun = |l: &Label| {
        let said = &text[l.range.clone()];
        l.weight == said.chars().count() && !naming.publishes(said)
    };
    ways.retain(|l| is_way(l.indicator) && is_noun(l));
    // 通过网站和查阅场所共公开424条: the other need not be known.
    let with_another = || {
        let behind = |l: &Label| is_joined_to_more(naming, &text[l.range.end..left.end]);
        let mut known = sentence.words.all(left).into_iter();
        known.find(|l| is_way(l.indicator) && is_noun(l) && behind(l))
    };
    let mut unknown = false;
    if ways.is_empty() && all.is_none() {
        ways.extend(with_another());
        unknown = !ways.is_empty();
    }
    let start = ways.iter().map(|l| l.range.start).min()?;
    let end = ways.iter().map(|l| l.range.end).max()?;
    // 查阅点、公开平台等渠道: one of them alone is not where it all was published.
    let other = || {
        let mut pieces = pieces(text, &enumerated);
        pieces.any(|piece| !ways.iter().any(|w| piece.contains(&w.range.start)))
    };
    if ways.iter().all(|l| l.indicator == ways[0].indicator)
        && !text[end..enumerated.end].contains('、')
        && !(unknown || others.is_some() || all.is_some() && other())
    {
        return None;
    }
    // 网站公开政策、动态等各类信息: what is enumerated was published there.
    if all.is_some() && naming.publishes(&text[end..enumerated.end]) {
        return None;
    }
    let mut named = sentence.words.all(&(end..left.end));
    named.retain(|l| l.indicator == whole);
    // 官方微博、官方微信发布信息1500条: posts, and not all that was disclosed.
    let posts = |l: &Label| {
        let key = reader.lexicon.indicator(l.indicator).key.as_str();
        !(key.ends_with(".website") || key.ends_with(".gazette"))
    };
    let only_posts = whole_key == "disclosure.total" && ways.iter().all(posts);
    let vague = only_posts && named.iter().all(|l| l.short);
    let named = named.iter().map(|l| l.range.end).max();
    if all.is_none() && named.is_none() || (all.is_none() || accounts) && vague {
        return Some(None);
    }
    let end = named.map_or(end, |e| e.max(end));
    let label = Label {
        indicator: whole,
        range: start..end,
        ..nearest.label.clone()
    };
    Some(Some((label, chars(text, end..left.end))))
}

/// Where words join other ways than those named, and how long they are (和其他渠道).
fn other_ways(said: &str) -> Option<(usize, usize)> {
    let at = said.find("其他").or_else(|| said.find("其它"))?;
    let joined = said[..at].ends_with(['和', '及', '与', '、']);
    let ways = ["渠道", "方式", "途径", "形式", "载体"];
    let ends = ways
        .iter()
        .filter_map(|w| Some(said[at..].find(w)? + w.len()));
    let len = ends.min().filter(|_| joined)?;
    (said[at..][..len].chars().count() <= 10).then_some((at, len))
}

/// Most characters of a way that is not known.
const LONGEST: usize = 14;

/// Whether the words behind a way join another to it, and then tell what both did together
/// (和查阅场所共公开).
fn is_joined_to_more(naming: &Naming, behind: &str) -> bool {
    let Some(rest) = behind.strip_prefix(['和', '与', '及', '、']) else {
        return false;
    };
    naming.in_all.first(rest).is_some_and(|(at, _)| {
        let other = &rest[..at];
        other.chars().count() <= LONGEST && !other.contains([',', ';']) && !naming.publishes(other)
    })
}

/// What `zone` enumerates behind 通过, 利用 and their like.
fn pieces<'a>(text: &'a str, zone: &Range<usize>) -> impl Iterator<Item = Range<usize>> + 'a {
    let opens = [
        "通过", "利用", "依托", "运用", "借助", "采取", "采用", "以", "在",
    ];
    let ends = opens
        .iter()
        .filter_map(|w| Some(text[zone.clone()].find(w)? + w.len()));
    let mut at = zone.start + ends.min().unwrap_or(0);
    let pieces = text[at..zone.end].split_inclusive(['、', '和', '与', '及']);
    pieces.map(move |piece| {
        let from = at;
        at += piece.len();
        from..at
    })
}
