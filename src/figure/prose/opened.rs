//! 开通了官方微博,发布信息360条: what the clause before opened, or counted the visitors of, is
//! where it was published; so is the account that the sentence has spoken of.

use std::ops::Range;

use super::zone::strip_filler;
use super::{Reader, Sentence};
use crate::figure::label::Label;
use crate::figure::quantity::Quantity;

/// The channel opened in the clause before that of `quantity`, if that one begins with a word
/// for publishing and ends with information in general; none where several were opened.
pub(super) fn channel(
    reader: &Reader,
    sentence: &Sentence,
    quantity: &Quantity,
    left: &Range<usize>,
) -> Option<Label> {
    let text = sentence.text;
    let naming = &reader.grammar.naming;
    let year = |c: char| c.is_ascii_digit() || matches!(c, '年' | '度' | '共');
    let said = strip_filler(&text[left.clone()]).trim_start_matches(year);
    let publishes =
        naming.publishing.beginning(said).is_some() && naming.generic.ending(said).is_some();
    let before = &text[sentence.range.start..left.start];
    // 公众号(粉丝1.2万)发布信息320条: what brackets say of it stands between.
    let closes = text[left.clone()].starts_with(')');
    let bracket = closes.then(|| before.rfind('(')).flatten();
    let clause = match bracket {
        Some(open) => &before[..open],
        None => before.strip_suffix(',')?,
    };
    if !publishes {
        return None;
    }
    let start = clause
        .rfind([',', ';', ':'])
        .map_or(sentence.range.start, |at| sentence.range.start + at + 1);
    let end = match bracket {
        Some(_) => left.start,
        None => sentence.range.start + clause.len(),
    };
    let within = |q: &&Quantity| start < q.range.end && q.range.start < end;
    let mut counted = sentence.quantities.iter().filter(within).peekable();
    let uncounted = counted.peek().is_none();
    let opened = naming.opening.is_in(&text[start..end])
        && counted
            .clone()
            .all(|q| q.value == rust_decimal::Decimal::ONE);
    // 公众号粉丝1.2万人,发布信息320条; but 媒体采访12次 tells of no place.
    let place = || naming.media.is_in(&text[start..end]) || naming.sites.is_in(&text[start..end]);
    let visited = counted.peek().is_some()
        && counted.all(|q| matches!(q.unit.as_str(), "人" | "人次" | "次" | "名" | ""))
        && place();
    // 工作动态在新闻媒体上发布,发布信息54条
    let there = naming.publishing.ending(&text[start..end]).is_some();
    let posts = naming.posting.beginning(said).is_some();
    // 依托微信公众号平台,发布工作动态及各类信息360条
    let through = posts && uncounted && place() && naming.through.is_in(&text[start..end]);
    // 市局的官方微博,加强与网民沟通,全年发布信息342条
    let so_far = sentence.range.start..left.start;
    let posted = naming.media.is_in(&text[so_far.clone()])
        && posts
        && !sentence
            .quantities
            .iter()
            .any(|q| q.range.start < left.start);
    let start = match (opened || visited || there || through, posted) {
        (true, _) => start,
        (false, true) => so_far.start,
        (false, false) => return None,
    };
    let labels = sentence.words.all(&(start..left.end));
    let mut channels = labels.into_iter().filter(|l| {
        let indicator = reader.lexicon.indicator(l.indicator);
        let counts = indicator.units.contains(&quantity.unit);
        counts && l.range.start < end && indicator.key.starts_with("disclosure.channel.")
    });
    let first = channels.next()?;
    let one = channels.all(|other| other.indicator == first.indicator);
    one.then_some(Label {
        short: false,
        ..first
    })
}
