//! What portals print around a report: index number, issuer, dates (`assets/metadata.toml`);
//! and the same told by the text itself: 由…编制, signature and date.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use super::Metadata;
use crate::source::{Block, Shape};
use crate::text::numeral;
use crate::text::words::WordList;

/// How many blocks at either end of a text metadata is looked for in.
const REACH: usize = 40;

#[derive(Deserialize)]
struct Data {
    field: Vec<Field>,
    ends: Ends,
}

#[derive(Deserialize)]
struct Field {
    name: String,
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Ends {
    words: Vec<String>,
}

struct Labels {
    words: WordList,
    /// Of each word: the field's name and the word's rank in it; none for a mere end.
    meaning: Vec<Option<(String, usize)>>,
}

static LABELS: LazyLock<Labels> = LazyLock::new(|| {
    let data: Data = toml::from_str(include_str!("../../assets/metadata.toml"))
        .expect("assets/metadata.toml is checked by a test");
    let (mut words, mut meaning) = (Vec::new(), Vec::new());
    for field in &data.field {
        for (rank, word) in field.words.iter().enumerate() {
            words.push(word.clone());
            meaning.push(Some((field.name.clone(), rank)));
        }
    }
    for word in data.ends.words {
        words.push(word);
        meaning.push(None);
    }
    Labels {
        words: words.into(),
        meaning,
    }
});

static MADE_BY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"由([^,。;:、由]{3,40}?)(?:负责|组织|牵头)?(?:编制|编写|撰写)").expect("valid")
});
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"([0-9]{4}|[二][0-9〇零○一二三四五六七八九]{3})[-年/.]([0-9]{1,2}|[一二三四五六七八九十]{1,3})[-月/.]([0-9]{1,2}|[一二三四五六七八九十]{1,3})日?")
        .expect("valid")
});

/// What was found, and which blocks hold nothing else.
#[derive(Debug, Default)]
pub struct Found {
    /// The values.
    pub metadata: Metadata,
    /// The title that the portal printed, folded, with the block it stands in.
    pub title: Option<(String, Range<usize>)>,
    /// Blocks that are metadata, a date or a signature.
    pub blocks: Vec<usize>,
}

/// Reads the metadata of a text.
pub fn read(blocks: &[Block]) -> Found {
    let mut found = Found::default();
    let mut ranks: Vec<(&str, usize)> = Vec::new();
    for (i, block) in blocks.iter().enumerate().take(REACH) {
        let mut pairs = match &block.shape {
            Shape::Row(_) => pairs_of_row(block),
            _ => pairs_of_line(block),
        };
        // The label on a line of its own, its value on the next.
        if let (Some(field), Some(next)) = (field_of(block.folded.text()), blocks.get(i + 1))
            && pairs.iter().all(|(_, _, value, _)| value.is_empty())
            && place_of(next.folded.text()).is_none()
            && next.folded.text().chars().count() <= 60
            && next.folded.text().trim_end_matches(':') == next.folded.text()
        {
            pairs = vec![(
                field.0,
                field.1,
                next.folded.text().to_owned(),
                0..next.folded.text().len(),
            )];
            found.blocks.push(i + 1);
        }
        if pairs.is_empty() {
            continue;
        }
        found.blocks.push(i);
        for (field, rank, value, at) in pairs {
            let known = ranks.iter().position(|(f, _)| *f == field);
            if known.is_some_and(|k| ranks[k].1 <= rank) {
                continue;
            }
            if !set(&mut found, block, field, &value, at) {
                continue;
            }
            match known {
                Some(k) => ranks[k].1 = rank,
                None => ranks.push((field, rank)),
            }
        }
    }
    told_by_the_text(blocks, &mut found);
    found
}

/// Field and rank of a label that is the whole of `folded`.
fn field_of(folded: &str) -> Option<(&'static str, usize)> {
    meaning(place_of(folded)?)
}

/// The word that is the whole of `folded`, but for the marks around it: [发布机构]:
fn place_of(folded: &str) -> Option<usize> {
    let bare = folded.trim_matches(|c| matches!(c, ':' | '[' | ']' | '【' | '】'));
    let place = LABELS.words.place_at_beginning(bare)?;
    (LABELS.words.words()[place].len() == bare.len()).then_some(place)
}

/// Field and rank of a word; none for a mere end.
fn meaning(place: usize) -> Option<(&'static str, usize)> {
    let (field, rank) = LABELS.meaning[place].as_ref()?;
    Some((field, *rank))
}

/// The words of labels in `folded` that stand as labels do: bytes and place of each.
fn labels(folded: &str) -> Vec<(Range<usize>, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some((at, place)) = LABELS.words.next(folded, from) {
        from = at + LABELS.words.words()[place].len();
        let rest = &folded[from..];
        let before = folded[..at].chars().next_back();
        let opens = before.is_none_or(|c| !crate::text::fold::is_han(c) || rest.starts_with(':'));
        if opens && (rest.starts_with([':', '【', ']', '】']) || meaning(place).is_none()) {
            found.push((at..from, place));
        }
    }
    found
}

/// Field, rank of its word, value and the value's bytes in the fold.
type Pair = (&'static str, usize, String, Range<usize>);

fn pairs_of_line(block: &Block) -> Vec<Pair> {
    let folded = block.folded.text();
    // A sentence that happens to hold such a word is no metadata.
    if folded.chars().count() > 160 || folded.contains('。') {
        return Vec::new();
    }
    let mut labels = labels(folded);
    if labels.iter().all(|(_, place)| meaning(*place).is_none()) {
        labels = spaced_labels(block);
    }
    let mut pairs = Vec::new();
    for (i, (label, place)) in labels.iter().enumerate() {
        let Some((field, rank)) = meaning(*place) else {
            continue;
        };
        let end = labels
            .get(i + 1)
            .map_or(folded.len(), |(next, _)| next.start);
        let raw = folded[label.end..end].trim_end_matches('【');
        let skipped = raw.len() - raw.trim_start_matches([':', '】', ']', ' ']).len();
        let value = raw[skipped..].trim_end_matches([';', '【', '[', ' ', '|', '(', '-', '•', '·']);
        let start = label.end + skipped;
        pairs.push((field, rank, value.to_owned(), start..start + value.len()));
    }
    pairs
}

/// The labels of a line that has no colons, only white space: `索引号 0001 发文字号 发布机构
/// 某局`. The line begins with one, and holds another.
fn spaced_labels(block: &Block) -> Vec<(Range<usize>, usize)> {
    let folded = block.folded.text();
    let begins = LABELS.words.place_at_beginning(folded).is_some();
    if !begins {
        return Vec::new();
    }
    let is_gap = |at: usize| {
        let (before, after) = folded.split_at(at);
        let (Some(last), Some(next)) = (before.chars().next_back(), after.chars().next()) else {
            return true;
        };
        let last = block.folded.source(at - last.len_utf8()..at);
        last.end < block.folded.source(at..at + next.len_utf8()).start
    };
    let mut found = Vec::new();
    let mut from = 0;
    while let Some((at, place)) = LABELS.words.next(folded, from) {
        from = at + LABELS.words.words()[place].len();
        if is_gap(at) && is_gap(from) {
            found.push((at..from, place));
        }
    }
    let fields = found.iter().filter(|(_, p)| meaning(*p).is_some()).count();
    if fields >= 2 && found[0].0.start == 0 {
        found
    } else {
        Vec::new()
    }
}

/// `| 索引号 | 0001 | 发布机构 | 某局 |`; a label may span several columns.
fn pairs_of_row(block: &Block) -> Vec<Pair> {
    let Shape::Row(cells) = &block.shape else {
        return Vec::new();
    };
    let folded = block.folded.text();
    let mut cells = cells.clone();
    cells.dedup_by(|a, b| a == b && a.start < a.end);
    let cell = |i: usize| block.folded.folded(cells[i].clone());
    let mut pairs = Vec::new();
    for i in 0..cells.len().saturating_sub(1) {
        let value = &folded[cell(i + 1)];
        if let Some((field, rank)) = field_of(&folded[cell(i)])
            && place_of(value).is_none()
        {
            pairs.push((field, rank, value.to_owned(), cell(i + 1)));
        }
    }
    pairs
}

fn set(found: &mut Found, block: &Block, field: &str, value: &str, at: Range<usize>) -> bool {
    if value.is_empty() {
        return false;
    }
    let metadata = &mut found.metadata;
    let words = Some(value.to_owned());
    match field {
        "title" => {
            found.title = Some((value.to_owned(), block.folded.source(at)));
        }
        "index_number" => metadata.index_number = words.map(|w| w.to_uppercase()),
        "issuer" => metadata.issuer = words,
        "subject" => metadata.subject = words,
        "doc_number" => metadata.doc_number = words,
        "status" => metadata.status = words,
        "source" => metadata.source = words,
        "written_on" | "published_on" => {
            let Some(date) = date(value) else {
                return false;
            };
            if field == "written_on" {
                metadata.written_on = Some(date);
            } else {
                metadata.published_on = Some(date);
            }
        }
        "keywords" => {
            metadata.keywords = value
                .split([' ', ';', ',', '、', '|'])
                .filter(|w| !w.is_empty())
                .map(str::to_owned)
                .collect();
        }
        _ => return false,
    }
    true
}

/// Issuer and dates that no portal printed but the report itself tells.
fn told_by_the_text(blocks: &[Block], found: &mut Found) {
    let mut maker = None;
    let mut signer = None;
    let mut signed = None;
    for (i, block) in blocks.iter().enumerate() {
        let folded = block.folded.text();
        let near_end = i + 8 >= blocks.len();
        if i < REACH && maker.is_none() && folded.contains("编") {
            maker = MADE_BY
                .captures(folded)
                .map(|c| c[1].to_owned())
                .filter(|m| is_body(m));
        }
        if folded.len() > 120 || !(i < REACH || near_end) || !folded.contains(['年', '-', '/', '.'])
        {
            continue;
        }
        let bare = folded.trim_matches(|c| matches!(c, '(' | ')' | '-' | '—'));
        let Some(m) = DATE.find(bare) else { continue };
        let around = [&bare[..m.start()], &bare[m.end()..]];
        if around[0].is_empty() && around[1].is_empty() {
            // A date on a line of its own; the name above it signs.
            found.blocks.push(i);
            signed = date(bare).or(signed);
            if let Some(above) = i.checked_sub(1).map(|a| blocks[a].folded.text())
                && is_body(above)
            {
                signer = Some(above.to_owned());
                found.blocks.push(i - 1);
            }
        } else if is_body(around[0]) && matches!(around[1], "" | "印发" | "印" | "发布") {
            found.blocks.push(i);
            signer = Some(around[0].to_owned());
            if around[1] == "印发" {
                found.metadata.published_on = found.metadata.published_on.take().or(date(bare));
            }
            signed = signed.or(date(bare));
        }
    }
    let metadata = &mut found.metadata;
    metadata.issuer = metadata.issuer.take().or(maker).or(signer);
    metadata.written_on = metadata.written_on.take().or(signed);
}

/// Whether a line can be a body's name and nothing else.
fn is_body(folded: &str) -> bool {
    let length = folded.chars().count();
    (3..=32).contains(&length)
        && folded
            .chars()
            .all(|c| crate::text::fold::is_han(c) || matches!(c, '、' | '(' | ')' | '"'))
        && (super::body::is_organ(folded)
            || folded.ends_with("政府")
            || folded.ends_with('县')
            || folded.ends_with('市'))
}

/// The first date in a folded text, as ISO 8601.
pub fn date(folded: &str) -> Option<String> {
    let found = DATE.captures(folded)?;
    let number =
        |i: usize| numeral::value(&found[i]).and_then(|v| u32::try_from(v.mantissa()).ok());
    let (year, month, day) = (number(1)?, number(2)?, number(3)?);
    ((1980..=2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day))
        .then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Format, plain};

    fn metadata(text: &str) -> Metadata {
        read(&plain::blocks(text, Format::Txt)).metadata
    }

    #[test]
    fn portals_print_it_in_many_ways() {
        let m = metadata(
            "• 標    題:某市2012年報告\n• 索 引 號:0082-4/2012-06301\n• 發文機關:某市人民政府\n• 成文日期:2013-03-20\n• 發佈日期:2013年3月31日\n• 主題分類:綜合政務;\n• 發文字號:\n",
        );
        assert_eq!(m.index_number.as_deref(), Some("0082-4/2012-06301"));
        assert_eq!(m.issuer.as_deref(), Some("某市人民政府"));
        assert_eq!(m.written_on.as_deref(), Some("2013-03-20"));
        assert_eq!(m.published_on.as_deref(), Some("2013-03-31"));
        assert_eq!(m.subject.as_deref(), Some("综合政务"));
        assert_eq!(m.doc_number, None);

        let m = metadata("来源:县政务办??发布时间:2013-03-24?? 字号【大 中 小】\n");
        assert_eq!(m.source.as_deref(), Some("县政务办"));
        assert_eq!(m.published_on.as_deref(), Some("2013-03-24"));

        let m = metadata("| 索引号 | A01 | 发布机构 | 某局 |\n");
        assert_eq!(
            (m.index_number.as_deref(), m.issuer.as_deref()),
            (Some("A01"), Some("某局"))
        );
    }

    #[test]
    fn labels_need_no_colons() {
        let m = metadata(
            "索引号 a01/2013-1  发文字号   成文日期 2013-01-18 发布日期 2013-01-20\n发布机构 某县政府办公室 公文时效 有效\n",
        );
        assert_eq!(m.index_number.as_deref(), Some("A01/2013-1"));
        assert_eq!(m.doc_number, None);
        assert_eq!(m.written_on.as_deref(), Some("2013-01-18"));
        assert_eq!(m.published_on.as_deref(), Some("2013-01-20"));
        assert_eq!(m.issuer.as_deref(), Some("某县政府办公室"));
        assert_eq!(m.status.as_deref(), Some("有效"));
        let m = metadata("[ 发布机构 ]\n某县某局\n[ 文 号 ]\n[ 公开日期 ]\n2013-01-20\n");
        assert_eq!(m.issuer.as_deref(), Some("某县某局"));
        assert_eq!(m.published_on.as_deref(), Some("2013-01-20"));
        assert_eq!(m.doc_number, None);
        let m = metadata("来源 广泛，关键词 很多\n");
        assert_eq!(m.source, None);
    }

    #[test]
    fn a_label_may_span_columns() {
        let page = "<table id=a><tr><td colspan=2>索引号</td><td colspan=2>A01</td><td colspan=2>发布机构</td><td>某县某局</td></tr><tr><td colspan=2>文号</td><td colspan=2></td><td colspan=2>公开日期</td><td>2013-01-20</td></tr></table><div id=zoom><p>一、概述</p><p>全年公开信息12条，收到申请3件，都答复了。</p></div>";
        let m = read(&crate::source::html::read(page).blocks).metadata;
        assert_eq!(m.index_number.as_deref(), Some("A01"));
        assert_eq!(m.issuer.as_deref(), Some("某县某局"));
        assert_eq!(m.published_on.as_deref(), Some("2013-01-20"));
        assert_eq!(m.doc_number, None);
    }

    #[test]
    fn the_text_tells_who_made_it_and_when() {
        let m = metadata(
            "本报告由某县政务公开办公室编制，全文如下。\n一、概述\n某县政务公开办\n二〇一三年三月二日\n",
        );
        assert_eq!(m.issuer.as_deref(), Some("某县政务公开办公室"));
        assert_eq!(m.written_on.as_deref(), Some("2013-03-02"));
    }
}
