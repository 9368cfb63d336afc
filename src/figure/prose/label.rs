//! What a quantity is called: label, applicant, kind of information, or nothing.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{Reader, Sentence, depth};
use crate::figure::Applicant;
use crate::figure::grammar::WordList;
use crate::figure::label::Label;
use crate::figure::quantity::Quantity;

/// Most characters between a label and the number behind it.
const REACH: usize = 16;
/// Most characters of a zone that are read for a label.
const ZONE: usize = 44;

static OTHER_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:比|较|与|同|对比|由|从|^|[,(])(?:20([0-9]{2})年度?|(上一?年度?|去年|上一年)(?:同期)?|(同期))").expect("valid")
});

/// A quantity's name. Ranges are bytes of the block's folded text.
#[derive(Debug, Default)]
pub(super) struct Name {
    /// Place in the catalogue.
    pub indicator: Option<usize>,
    /// Who applied.
    pub applicant: Option<Applicant>,
    /// The words that name it; may be empty.
    pub label: Range<usize>,
    /// The clause before the number.
    pub zone: Range<usize>,
    /// The other year spoken of.
    pub year: Option<i32>,
    /// It speaks of growth or decline.
    pub is_change: bool,
    /// It is called what the quantity before it was (由上年的16个增加到21个).
    pub follows_previous: bool,
    /// The place in the catalogue that words of comparison took from it.
    pub would_be: Option<usize>,
    /// It refers to a figure given before (在7743件申请中).
    pub reference: bool,
    /// Its label counts only within its topic.
    is_short: bool,
    /// Characters between the label and the number.
    gap: usize,
}

impl Name {
    /// Whether the name is good enough to make a count of a doubtful number.
    pub fn is_certain(&self) -> bool {
        self.indicator.is_some() && self.gap <= 6
    }
}

/// Names `quantity`; `before` is where the previous quantity ended, `next` where the next begins.
pub(super) fn name(
    reader: &Reader,
    sentence: &Sentence,
    quantity: &Quantity,
    before: usize,
    next: usize,
) -> Name {
    let text = sentence.text;
    let left = left_zone(text, before, quantity.range.start);
    let right = right_zone(text, quantity.range.end, next, sentence);
    let words_before = &text[left.clone()];
    let mut name = Name {
        zone: left.clone(),
        label: left.clone(),
        ..Name::default()
    };
    name.label = nearest(text, trim_filler(text, &left));
    if let Some(year) = other_year(reader, text, &left, before) {
        name.year = Some(year);
    }
    name.is_change = is_change(reader, words_before);
    let unit = quantity.unit.as_str();
    let best = best(reader, sentence, quantity, &left, &right);
    if let Some((label, gap)) = &best {
        // 上年结转3件 counts this year's, though it names another.
        if reader.lexicon.indicator(label.indicator).key == "requests.received.carried_in" {
            name.year = None;
        }
        name.indicator = Some(label.indicator);
        name.label = label.range.clone();
        name.is_short = label.short;
        name.gap = *gap;
    }
    if best.is_none() && RISEN_TO.ending(words_before).is_some() {
        name.follows_previous = true;
    }
    if unit == "%" {
        let named = best.is_some_and(|(label, gap)| !label.short && gap <= 4);
        if !named || reader.grammar.cues.share.is_in(words_before) || name.is_change {
            name.indicator = None;
            name.label = trim_filler(text, &left);
        }
        return name;
    }
    if name.is_change && !name.follows_previous || name.year.is_some() {
        name.would_be = name.indicator.take();
        name.is_change |= name.year.is_some();
        return name;
    }
    if let Some(joint) = joint(reader, sentence, quantity, &left, &right) {
        name.indicator = Some(joint.0);
        name.label = joint.1;
        name.gap = 0;
    }
    if let Some(applicant) = applicant(reader, sentence, &left, &name) {
        name.applicant = Some(applicant.1);
        name.indicator = Some(applicant.2);
        name.label = applicant.0..left.end;
    }
    if let Some(kind) = kind(reader, sentence, quantity, &left, &name) {
        name.indicator = Some(kind.0);
        name.label = kind.1;
        name.gap = 0;
    }
    let opening = text[..quantity.range.start].trim_end_matches(['的', '有', '这']);
    let in_whole = opening.ends_with('在')
        || opening.ends_with("对") && text[quantity.range.end..].starts_with("申请");
    if in_whole
        && reader
            .figures
            .iter()
            .any(|f| f.value == Some(quantity.value))
        && !is_named_before(&best, quantity)
    {
        name.reference = true;
    }
    name
}

fn is_named_before(best: &Option<(Label, usize)>, quantity: &Quantity) -> bool {
    best.as_ref()
        .is_some_and(|(label, _)| label.range.end <= quantity.range.start)
}

/// From N (of last year) to M: M is called what N was.
static RISEN_TO: LazyLock<WordList> = LazyLock::new(|| {
    [
        "增加到",
        "增至",
        "增加至",
        "上升到",
        "上升至",
        "提高到",
        "减少到",
        "降到",
        "扩大到",
        "减至",
    ]
    .into_iter()
    .collect()
});

/// The clause before a number: back to a comma, colon or semicolon, but on to the clause
/// before while there is nothing in it that could name something.
fn left_zone(text: &str, before: usize, start: usize) -> Range<usize> {
    let mut end = start;
    let slice = &text[before..start];
    // 其他类信息（含人事、采购）20187条: the name stands before the brackets.
    if slice.ends_with(')')
        && let Some(open) = slice.rfind('(')
        && open > 0
    {
        end = before + open;
    }
    let mut from = before;
    for (at, c) in text[before..end].char_indices().rev() {
        if matches!(c, ',' | ';' | ':' | '(') {
            let after = before + at + c.len_utf8();
            if has_content(&text[after..end]) {
                from = after;
                break;
            }
        }
    }
    let excess = text[from..end].chars().count().saturating_sub(ZONE);
    let from = text[from..end]
        .char_indices()
        .nth(excess)
        .map_or(from, |(i, _)| from + i);
    from..end
}

/// What follows a number, up to the end of the clause or to the next number's own words.
fn right_zone(text: &str, end: usize, next: usize, sentence: &Sentence) -> Range<usize> {
    let slice = &text[end..next.max(end)];
    let mut to = slice.find([',', ';', ':', ')']).unwrap_or(slice.len());
    // 全职、兼职)工作人员
    if let Some(inside) = slice.strip_prefix('(')
        && let Some(close) = inside.find(')')
    {
        let rest = &slice[close + 2..];
        to = close + 2 + rest.find([',', ';', ':', ')']).unwrap_or(rest.len());
    }
    let ends_at_number = to == slice.len() && next < sentence.range.end;
    if ends_at_number && let Some(comma) = slice.find('、') {
        to = to.min(comma);
    }
    let to = slice[..to].char_indices().nth(28).map_or(to, |(i, _)| i);
    end..end + to
}

/// Whether a piece of a clause has words that could name something.
fn has_content(piece: &str) -> bool {
    let bare = strip_filler(piece);
    bare.chars()
        .filter(|c| crate::text::fold::is_han(*c))
        .count()
        >= 2
}

/// Words that name nothing, at either end of a clause.
static FILLER: LazyLock<WordList> = LazyLock::new(|| {
    [
        "其中",
        "共计",
        "总计",
        "合计",
        "一共",
        "分别",
        "全年",
        "另有",
        "还有",
        "共有",
        "约为",
        "达到",
        "共",
        "有",
        "的",
        "为",
        "是",
        "达",
        "约",
        "计",
        "了",
        "另",
        "和",
        "及",
        "与",
        "本年度",
        "年度",
        "本年",
        "今年",
        "累计",
        "分为",
        "已",
        "均",
        "数",
    ]
    .into_iter()
    .collect()
});

fn strip_filler(piece: &str) -> &str {
    let mut piece =
        piece.trim_matches(|c: char| !crate::text::fold::is_han(c) && !c.is_ascii_alphanumeric());
    loop {
        let before = piece;
        if FILLER.beginning(piece).is_some() || FILLER.ending(piece).is_some() {
            for word in FILLER.words() {
                piece = piece.strip_prefix(word.as_str()).unwrap_or(piece);
                piece = piece.strip_suffix(word.as_str()).unwrap_or(piece);
            }
        }
        piece = piece
            .trim_matches(|c: char| matches!(c, ' ' | '"' | ',' | ':' | '(' | ')' | '、' | '。'));
        if piece == before {
            return piece;
        }
    }
}

/// A zone without the filler at its beginning.
fn trim_filler(text: &str, zone: &Range<usize>) -> Range<usize> {
    let slice = &text[zone.clone()];
    let piece = strip_filler(slice);
    let at = match piece {
        "" => 0,
        // A part of the slice: how far behind its beginning.
        piece => piece.as_ptr() as usize - slice.as_ptr() as usize,
    };
    zone.start + at..zone.end.max(zone.start + at)
}

/// Between a label and its number these make the number one of topics.
static TOPIC_WORDS: LazyLock<WordList> = LazyLock::new(|| {
    ["涉及", "内容", "主要", "关于", "集中"]
        .into_iter()
        .collect()
});

/// The end of a zone that names nothing: as much as a reader needs.
fn nearest(text: &str, zone: Range<usize>) -> Range<usize> {
    let excess = text[zone.clone()].chars().count().saturating_sub(18);
    let start = text[zone.clone()]
        .char_indices()
        .nth(excess)
        .map_or(zone.start, |(i, _)| zone.start + i);
    start..zone.end
}

/// The label that fits best, with its distance in characters.
fn best(
    reader: &Reader,
    sentence: &Sentence,
    quantity: &Quantity,
    left: &Range<usize>,
    right: &Range<usize>,
) -> Option<(Label, usize)> {
    let text = sentence.text;
    let topic = |i: &crate::figure::catalogue::Indicator| sentence.is_about(&i.group);
    let chars = |range: Range<usize>| text.get(range).map_or(0, |s| s.chars().count());
    let mut found: Vec<(i64, Label, usize)> = Vec::new();
    for label in sentence.words.labels(left, &quantity.unit, topic) {
        let gap = chars(label.range.end..left.end);
        let tail = &text[label.range.end..left.end];
        // 申请涉及房屋拆迁5件 counts what was asked about, not what was received.
        let about = || TOPIC_WORDS.is_in(tail);
        if gap <= REACH && !about() && (!label.short || strip_filler(tail).chars().count() <= 1) {
            let score = label.weight as i64 * 4 - gap as i64 - i64::from(label.short) * 3;
            found.push((score, label, gap));
        }
    }
    let adjacent = found.iter().any(|(_, l, gap)| *gap <= 3 && !l.short);
    if !adjacent && !right.is_empty() {
        let reach = match quantity.unit.as_str() {
            "人" | "名" | "位" | "人次" => 12,
            "起" | "件" | "宗" | "例" => 12,
            "" => 10,
            _ => 2,
        };
        for label in sentence.words.labels(right, &quantity.unit, topic) {
            let gap = chars(right.start..label.range.start);
            let far = gap > 3
                && !quantity.unit.is_empty()
                && !matches!(quantity.unit.as_str(), "人" | "名" | "位" | "人次")
                && reader.lexicon.indicator(label.indicator).group != "disputes";
            if gap <= reach && !far && !label.short {
                let score = label.weight as i64 * 4 - 4 - gap as i64;
                found.push((score, label, gap));
            }
        }
        // 另有3件正在征求意见，结转下一年度办理
        if found.is_empty()
            && sentence
                .quantities
                .last()
                .is_some_and(|q| q.range.end <= right.start)
        {
            let end = text[right.start..sentence.range.end]
                .char_indices()
                .nth(40)
                .map_or(sentence.range.end, |(i, _)| right.start + i);
            for label in sentence
                .words
                .labels(&(right.start..end), &quantity.unit, |_| false)
            {
                if reader.lexicon.indicator(label.indicator).key == "requests.carried_out"
                    && sentence.is_about("requests")
                {
                    found.push((0, label, 0));
                }
            }
        }
        let around = left.start..right.end;
        for label in sentence.words.labels(&around, &quantity.unit, topic) {
            let spans =
                label.range.start < quantity.range.start && label.range.end > quantity.range.end;
            let gap = chars(quantity.range.end..label.range.end);
            if spans && gap <= 14 && !label.short {
                let score = label.weight as i64 * 4 - 3 - gap as i64 / 2;
                found.push((score, label, 0));
            }
        }
    }
    let best = found
        .iter()
        .max_by_key(|(score, label, _)| (*score, std::cmp::Reverse(label.indicator)))
        .map(|(_, label, gap)| (label.clone(), *gap))?;
    // 因涉及商业秘密不予公开1件: the reason says more than the result.
    let key = &reader.lexicon.indicator(best.0.indicator).key;
    if key == "requests.outcome.denied" {
        let child = found.iter().find(|(_, label, _)| {
            !label.short
                && reader
                    .lexicon
                    .indicator(label.indicator)
                    .key
                    .starts_with("requests.outcome.denied.")
        });
        if let Some((_, label, _)) = child {
            let range = label.range.start.min(best.0.range.start)..best.0.range.end;
            return Some((
                Label {
                    range,
                    ..label.clone()
                },
                best.1,
            ));
        }
    }
    Some(best)
}

/// 行政复议和行政诉讼0次: one number for two nouns.
fn joint(
    reader: &Reader,
    sentence: &Sentence,
    quantity: &Quantity,
    left: &Range<usize>,
    right: &Range<usize>,
) -> Option<(usize, Range<usize>)> {
    let place = reader.lexicon.place("disputes.total")?;
    let indicator = reader.lexicon.indicator(place);
    if !indicator.units.contains(&quantity.unit) {
        return None;
    }
    for zone in [left, right] {
        let text = &sentence.text[zone.clone()];
        let at: Option<Vec<usize>> = indicator
            .joint
            .iter()
            .map(|w| text.rfind(w.as_str()))
            .collect();
        let each = || ["均", "都", "各", "分别"].iter().any(|w| text.contains(w));
        let Some(at) = at.filter(|_| !each()) else {
            continue;
        };
        let (first, last) = (at.iter().min()?, at.iter().max()?);
        let between = &text[*first..*last];
        let joined = ['、', '和', '及', '与', '或']
            .iter()
            .any(|c| between.contains(*c));
        let outcome = [
            "维持",
            "纠正",
            "纠错",
            "撤销",
            "审结",
            "败诉",
            "驳回",
            "经复议",
        ]
        .iter()
        .any(|w| text.contains(w));
        if joined && !outcome {
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
fn applicant(
    reader: &Reader,
    sentence: &Sentence,
    left: &Range<usize>,
    name: &Name,
) -> Option<(usize, Applicant, usize)> {
    let about = sentence
        .topics
        .last()
        .is_some_and(|t| matches!(*t, "requests" | "outcome"));
    if !about && sentence.part != Some(crate::report::Part::Requests) {
        return None;
    }
    let (at, who) = reader.grammar.applicant(&sentence.text[left.clone()])?;
    let received = reader.lexicon.place("requests.received.new")?;
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
    // 企业改制3件 is about enterprises, 企业申请3件 by them.
    let by = BY_APPLICANT.is_match(rest) && rest.chars().count() <= 24;
    by.then_some((left.start + at, who, received))
}

static BY_APPLICANT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:自然人|公民|个人|法人|企业|商业企业|科研机构|社会公益组织|社会组织|法律服务机构|律师事务所|或者|其他组织|其它组织|组织|或|和|及|、|提出|提交|申请|的|公开|政府信息|信息|共|有|为|:|数|是|计|数量|占)*$").expect("valid")
});

static CLASSED: LazyLock<WordList> = LazyLock::new(|| {
    [
        "类信息",
        "类的信息",
        "类政府信息",
        "类资讯",
        "类文件",
        "类政务信息",
    ]
    .into_iter()
    .collect()
});

/// The kind of information that a list of disclosures counts.
fn kind(
    reader: &Reader,
    sentence: &Sentence,
    quantity: &Quantity,
    left: &Range<usize>,
    name: &Name,
) -> Option<(usize, Range<usize>)> {
    if !matches!(quantity.unit.as_str(), "条" | "件" | "篇" | "份" | "项") {
        return None;
    }
    let named = name.indicator.map(|i| reader.lexicon.indicator(i));
    let strong = named.is_some_and(|i| !name.is_short && name.gap <= 8 && !i.labels.is_empty());
    let text = &sentence.text[left.clone()];
    let disclosing = sentence.topics.last().is_some_and(|t| *t == "disclosure")
        || sentence.part == Some(crate::report::Part::Disclosure) && sentence.topics.is_empty();
    if !disclosing {
        return None;
    }
    let classed =
        text.contains('类') && (CLASSED.is_in(text) || strip_filler(text).ends_with('类'));
    if strong && !classed || text.contains("申请") {
        return None;
    }
    let listed = classed
        || sentence.text[..quantity.range.start].contains("其中")
        || sentence.text[..quantity.range.start].contains("分别")
        || text.ends_with("信息")
        || depth(sentence.text, sentence.range.start, quantity.range.start) > 0;
    let label = trim_filler(sentence.text, left);
    if !listed {
        return None;
    }
    reader
        .lexicon
        .kind(&sentence.text[label.clone()])
        .map(|kind| (kind, label))
}

fn is_change(reader: &Reader, before: &str) -> bool {
    let bare = before.trim_end_matches(['了', '约', '近', '达', '幅', '度', '为', '比']);
    match reader.grammar.cues.change.ending(bare) {
        Some("增") | Some("减") => !bare.ends_with("新增") && !bare.ends_with("递增"),
        Some("增加") => !before.ends_with("增加至"),
        Some(_) => true,
        None => false,
    }
}

/// The year that a comparing clause speaks of, when it is not the report's.
fn other_year(reader: &Reader, text: &str, left: &Range<usize>, before: usize) -> Option<i32> {
    let own = reader.report.year?.value;
    if !text[before..left.end].contains(['年', '期']) {
        return None;
    }
    let clause = &text[left.start..left.end];
    let from = text[before..left.start]
        .rfind([',', ';'])
        .map_or(before, |i| before + i);
    let wide = &text[from.max(before)..left.end];
    let haystack = if clause.chars().count() < 4 {
        wide
    } else {
        clause
    };
    let found = OTHER_YEAR.captures_iter(haystack).last()?;
    let tail = &haystack[found.get(0)?.end()..];
    if ["以来", "起", "制定", "结转"]
        .iter()
        .any(|w| tail.contains(w))
    {
        return None;
    }
    match found.get(1) {
        Some(year) => {
            let year = 2000 + year.as_str().parse::<i32>().ok()?;
            let compares = found
                .get(0)?
                .as_str()
                .starts_with(['比', '较', '与', '同', '对', '由', '从']);
            (year != own && (compares || year < own)).then_some(year)
        }
        None => Some(own - 1),
    }
}
