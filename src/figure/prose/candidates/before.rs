//! Labels before a number: 收到申请9件; and why one of them may not be what it counts.

use std::ops::Range;

use super::{Candidate, chars, disclosed, labels};
use crate::figure::catalogue::Indicator;
use crate::figure::label::{Label, Place};
use crate::figure::prose::zone::strip_filler;
use crate::figure::prose::{Reader, Sentence, several};
use crate::figure::quantity::Quantity;
use crate::text::fold::is_han;

/// Most characters between a label and the number behind it.
const REACH: usize = 16;
/// How words end that say what is divided.
const WHOLE: [&str; 5] = ["申请中", "信息中", "案件中", "件中", "条中"];
/// What is held, and not told of: 新闻发布会信息20条 counts news.
const HELD: [&str; 3] = ["response.press", "response.interview", "meetings."];

/// The labels in `left`, the clause before `quantity`, that may name it.
pub(super) fn before_number(
    reader: &Reader,
    sentence: &Sentence,
    quantity: &Quantity,
    left: &Range<usize>,
    context: &impl Fn(&Indicator, Place) -> bool,
) -> Vec<Candidate> {
    let left = &behind_whole(sentence.text, left);
    let of_disputes = sentence.topics.last() == Some(&"disputes")
        && !sentence.text[left.clone()].contains("申请公开");
    let mut found = Vec::new();
    for label in labels(reader, sentence, quantity, left, context) {
        let before = Before {
            reader,
            text: sentence.text,
            left,
            of_disputes,
            indicator: reader.lexicon.indicator(label.indicator),
            tail: &sentence.text[label.range.end..left.end],
            label: &label,
        };
        let gap = before.gap();
        if gap <= REACH
            && !before.is_of_other()
            && before.reaches()
            && !several::is_one_of(reader, sentence, left, &label)
            && !before.is_topic()
            && !disclosed::is_special(reader, sentence, quantity, left, &label)
        {
            let score = label.weight as i64 * 4 - gap as i64 - i64::from(label.short) * 3;
            found.push(Candidate::new(score, label, gap));
        }
    }
    found
}

/// 办结的申请中同意公开9件: what is divided neither names the part nor forbids its name.
fn behind_whole(text: &str, left: &Range<usize>) -> Range<usize> {
    let said = &text[left.clone()];
    if !said.contains('中') {
        return left.clone();
    }
    let ends = WHOLE.iter().filter_map(|w| Some(said.rfind(w)? + w.len()));
    left.start + ends.max().unwrap_or(0)..left.end
}

/// A label before a number.
struct Before<'a> {
    reader: &'a Reader<'a>,
    text: &'a str,
    left: &'a Range<usize>,
    /// The sentence speaks of disputes.
    of_disputes: bool,
    label: &'a Label,
    indicator: &'a Indicator,
    /// What stands between the label and the number.
    tail: &'a str,
}

impl Before<'_> {
    fn is_in(&self, group: &str) -> bool {
        self.indicator.group == group
    }

    /// The words before the label.
    fn head(&self) -> &str {
        &self.text[..self.label.range.start]
    }

    /// Characters to the number.
    fn gap(&self) -> usize {
        // 微信公众号“某某市某某局”发布信息: its name makes it no farther.
        let name = || self.tail.strip_prefix('"').and_then(|rest| rest.find('"'));
        // 微信公众号发布报道、科普、预告等520条: nor does what it enumerates.
        let passed = match self.indicator.key.starts_with("disclosure.channel.") {
            true if disclosed::is_enumeration(self.tail) => self.tail.len(),
            true => name().map_or(0, |len| len + 2),
            false => 0,
        };
        chars(self.text, self.label.range.end + passed..self.left.end)
    }

    /// 发布各类信息内容46条 counts it all.
    fn is_contents(&self) -> bool {
        self.is_in("disclosure") && strip_filler(self.tail) == "内容"
    }

    /// A short label stands right before the number.
    fn reaches(&self) -> bool {
        !self.label.short || self.is_contents() || strip_filler(self.tail).chars().count() <= 1
    }

    /// 申请涉及房屋拆迁5件 counts what was asked about, not what was received.
    fn is_topic(&self) -> bool {
        self.reader.grammar.naming.topics.is_in(self.tail) && !self.is_contents()
    }

    /// Whether the number counts something else than the label does.
    fn is_of_other(&self) -> bool {
        // 行政诉讼4件，其中1件已撤回 is no result of a request.
        let is_verdict = self.of_disputes && self.is_in("outcome");
        is_verdict
            || self.is_whole()
            || self.is_elsewhere()
            || self.is_asked()
            || self.is_denied()
            || self.is_within_name()
            || self.is_of_news()
            || self.has_other_number()
    }

    /// 信息中,其中网站46条
    fn is_whole(&self) -> bool {
        self.tail.contains("其中")
    }

    /// 不予公开的答复说理不足,有2件: another clause says something of its own.
    fn is_elsewhere(&self) -> bool {
        let clause = self.tail.find([',', ';']).map(|at| &self.tail[..at]);
        clause.is_some_and(|said| strip_filler(said).chars().count() > 4)
    }

    /// 转办申请公开1件, 申请信息公开5件 grant nothing; 投诉类8件，申请类5件: matters of a kind,
    /// whatever they ask for.
    fn is_asked(&self) -> bool {
        let asks = || {
            let information = ['政', '府', '务', '信', '息'];
            self.text[self.label.range.clone()].starts_with("公开")
                && self.head().trim_end_matches(information).ends_with("申请")
        };
        self.is_in("outcome") && asks() || self.is_in("requests") && self.tail.starts_with('类')
    }

    /// 未按时答复1件, 不受理1件, 应主动公开30条
    fn is_denied(&self) -> bool {
        let head = self.head();
        let head = head.strip_suffix("主动").unwrap_or(head);
        head.ends_with(['未', '不', '没', '应', '可']) || head.ends_with("没有")
    }

    /// “政策咨询问答库”97条: a word in the middle of a name.
    fn is_within_name(&self) -> bool {
        let quotes = || {
            let said = &self.text[self.left.start..self.label.range.end];
            said.matches('"').count()
        };
        self.is_in("consult") && quotes() % 2 == 1 && !self.tail.starts_with('"')
    }

    fn is_of_news(&self) -> bool {
        let key = &self.indicator.key;
        HELD.iter().any(|k| key.starts_with(k)) && self.tail.ends_with("信息")
    }

    /// 推送信息1363微博发布信息1155条: what stands before another number is that one's.
    fn has_other_number(&self) -> bool {
        let said = &self.text[self.label.range.start..self.left.end];
        passes_number(self.reader, said)
    }
}

/// Whether a number without a unit stands in `said`, before other words.
fn passes_number(reader: &Reader, said: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let mut rest = said;
    while let Some(at) = rest.find(is_digit) {
        let behind = rest[at..].trim_start_matches(is_digit);
        let long = rest[at..].len() - behind.len() >= 2;
        let next = behind.chars().next();
        let date = next.is_some_and(|c| "年月日号时点分".contains(c));
        let before = rest[..at].chars().next_back();
        let counted = reader.grammar.unit(behind).is_some();
        if long && !date && !counted && next.is_some_and(is_han) && before.is_none_or(is_han) {
            return true;
        }
        rest = behind;
    }
    false
}
