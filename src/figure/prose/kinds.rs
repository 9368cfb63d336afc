//! The kind of information that a number counts (政策法规类23条), and what tells it from other
//! things that are of kinds.

use std::ops::Range;

use super::label::Name;
use super::zone::{strip_filler, trim_filler};
use super::{Reader, Sentence, depth, family};
use crate::figure::grammar::Grammar;
use crate::figure::quantity::Quantity;
use crate::report::Part;
use crate::text::fold::is_han;

/// The kind of information that a list of disclosures counts, and the words that name it.
pub(super) fn kind(
    reader: &Reader,
    sentence: &Sentence,
    quantity: &Quantity,
    left: &Range<usize>,
    name: &Name,
) -> Option<(usize, Range<usize>)> {
    let unit = quantity.unit.as_str();
    if !matches!(unit, "条" | "件" | "篇" | "份" | "项" | "个") || quantity.weak && unit == "项"
    {
        return None;
    }
    let text = &sentence.text[left.clone()];
    let naming = &reader.grammar.naming;
    let words = Words {
        reader,
        sentence,
        quantity,
        left,
        text,
        so_far: &sentence.text[sentence.range.start..quantity.range.start],
        classed: text.contains('类')
            && (naming.classed.is_in(text) || strip_filler(text).ends_with('类')),
        published: naming.publishing.is_in(text),
    };
    if text.contains("申请")
        || words.have_a_name(name)
        || words.count_other_things()
        || !words.are_listed()
        || words.are_of_ways(name)
    {
        return None;
    }
    words.kind()
}

/// The words before a number that may name a kind.
struct Words<'a> {
    reader: &'a Reader<'a>,
    sentence: &'a Sentence<'a>,
    quantity: &'a Quantity,
    left: &'a Range<usize>,
    /// Those of `left`.
    text: &'a str,
    /// The sentence up to the number.
    so_far: &'a str,
    /// They speak of a class: 政策法规类信息.
    classed: bool,
    /// 发布业务信息354条: a verb says that it was made public.
    published: bool,
}

impl Words<'_> {
    /// Whether an indicator names the number better than a kind could.
    fn have_a_name(&self, name: &Name) -> bool {
        let Some(named) = name.indicator.map(|i| self.reader.lexicon.indicator(i)) else {
            return false;
        };
        // 规划计划栏目共公开信息6条: the kind stands before.
        let subject = self.sentence.text.get(self.left.start..name.label.start);
        let of_kind = || {
            named.key == "disclosure.total"
                && subject.is_some_and(|s| !is_body(s) && self.reader.lexicon.kind(s).is_some())
        };
        let strong = !name.is_short && name.gap <= 8 && !named.labels.is_empty();
        strong && !self.classed && !of_kind()
    }

    /// 服务类栏目2个, 政务动态和村务公开两项内容, 80件申请中环评类32件
    fn count_other_things(&self) -> bool {
        let text = self.text;
        let other = match self.quantity.unit.as_str() {
            "个" => {
                !self.is_listing() || strip_filler(text).ends_with('栏') || text.ends_with("栏目")
            }
            // 办事服务指引403项 are guides, 服务类信息403项 are of that kind.
            "项" => {
                self.sentence.text[self.quantity.range.end..].starts_with(is_han)
                    || !text.ends_with("信息") && !strip_filler(text).ends_with('类')
            }
            _ => false,
        };
        // 从申请内容看,财政资金类10件: requests are of kinds too.
        let asked = || !self.published && self.reader.grammar.naming.asked.is_in(self.clause());
        other || of_other_work(self.so_far) || asked()
    }

    /// Whether the sentence lists kinds, or makes public what the words name.
    fn are_listed(&self) -> bool {
        let (sentence, text, unit) = (self.sentence, self.text, self.quantity.unit.as_str());
        let naming = &self.reader.grammar.naming;
        let recent = match self.is_listing() {
            true => 2,
            false => 1,
        };
        let mut recent = sentence.topics.iter().rev().take(recent);
        let first = sentence.topics.is_empty();
        let disclosing =
            recent.any(|t| *t == "disclosure") || first && sentence.part == Some(Part::Disclosure);
        let requested = !self.published && sentence.part == Some(Part::Requests);
        // 发布通知公告60条,工作动态210条: the verb of the first is that of all.
        let verb_before = || {
            let verbs = &naming.publishing;
            verbs
                .beginning(strip_filler(behind_year(self.clause())))
                .is_some()
                && !naming.handling.is_in(self.clause())
        };
        let follows = self.follow();
        let goes_on = first && follows && unit == "条" && !requested && verb_before();
        // 政策法规类的信息 is one even where nothing else has been spoken of.
        let named_anew = self.classed && self.published
            || (self.classed || self.published) && first && !requested;
        // 发布公告16条,办理服务热线5件: what is handled is not disclosed.
        let handled = !self.published && !text.ends_with("信息") && naming.handling.is_in(text);
        let joined =
            follows && !handled && (goes_on || sentence.topics.last() == Some(&"disclosure"));
        let item = || {
            self.classed
                || self.is_listing() && !handled
                || joined
                || text.ends_with("信息")
                || unit == "条" && is_object(strip_filler(text))
                || depth(
                    sentence.text,
                    sentence.range.start,
                    self.quantity.range.start,
                ) > 0
        };
        (disclosing || named_anew || goes_on) && item()
    }

    fn is_listing(&self) -> bool {
        self.reader.grammar.naming.listing.is_in(self.so_far)
    }

    /// The sentence from the last semicolon on.
    fn clause(&self) -> &str {
        self.so_far.rsplit(';').next().unwrap_or(self.so_far)
    }

    /// 主动公开公文12件、人事任免文件196件: whether another item stands right before.
    fn follow(&self) -> bool {
        let mut ends = self.sentence.quantities.iter().rev().map(|q| q.range.end);
        let previous = ends.find(|end| *end <= self.left.start);
        let between = previous.map_or("-", |end| &self.sentence.text[end..self.left.start]);
        self.text.starts_with('、') || matches!(between, "," | "、" | ";")
    }

    /// 政务微博87条、其他途径40条: ways among ways.
    fn are_of_ways(&self, name: &Name) -> bool {
        let Some(named) = name.indicator.map(|i| self.reader.lexicon.indicator(i)) else {
            return false;
        };
        let way = |key: &str| key.starts_with("disclosure.channel.");
        let among_ways = || {
            let last = family::of_last(self.reader, self.sentence);
            last.first().is_some_and(|k| way(k))
        };
        named.key == "disclosure.service_info" || way(&named.key) && among_ways()
    }

    fn kind(&self) -> Option<(usize, Range<usize>)> {
        let (lexicon, naming) = (self.reader.lexicon, &self.reader.grammar.naming);
        // 工作动态、政策文件等各类信息 is no kind, but their whole.
        let several = name_of_several(self.text).and_then(|name| lexicon.kind(name));
        let whole = self.text.contains('、') && self.text.contains('等') && several.is_none()
            || naming.all_kinds.is_in(self.text);
        if whole {
            return None;
        }
        let label = trim_filler(self.sentence.text, self.left);
        let said = &self.sentence.text[label.clone()];
        // 县财政局公开80条 is what a bureau made public, and not a kind.
        if is_body(said) {
            return None;
        }
        let verbs = &naming.publishing;
        let verb = verbs.last(said).filter(|_| !said.contains('、'));
        let object = verb.map_or(0, |(at, word)| at + verbs.words()[word].len());
        let subject = verb.map_or("", |(at, _)| &said[..at]);
        let of_all = || {
            let subject = subject.trim_end_matches("主动");
            (!is_body(subject)).then(|| lexicon.kind(said))?
        };
        let kind = several.or_else(|| lexicon.kind(&said[object..]));
        let kind = kind.or_else(of_all)?;
        let key = lexicon.indicator(kind).key.as_str();
        // 其他管理事项的依据、条件、程序9条: others of a topic, and not of all.
        if key == "disclosure.kind.other" && said.contains('、') {
            return None;
        }
        if key != "disclosure.kind.normative" || self.classed {
            return Some((kind, label));
        }
        // 规章、规范性文件及解读130项 counts several things.
        if said.contains(['、', '及', '和', '与']) {
            return None;
        }
        let kind = normative(self.reader, self.sentence, self.quantity, kind)?;
        Some((kind, label))
    }
}

/// What stands behind the year that a clause begins with: 2017年公布政府概况1条.
fn behind_year(clause: &str) -> &str {
    let digits = clause.trim_start_matches(|c: char| c.is_ascii_digit());
    match digits.strip_prefix('年') {
        Some(rest) if clause.len() - digits.len() == 4 => rest.trim_start_matches(['度', ',']),
        _ => clause,
    }
}

/// Whether words end with the name of a body or of a medium: 县财政局, 执法公示平台.
pub(super) fn is_body(said: &str) -> bool {
    let bodies = &Grammar::embedded().naming.bodies;
    bodies.ending(strip_filler(said)).is_some()
}

/// 其中规范性文件5条: a kind among kinds; alone, the documents disclosed; of documents made,
/// no disclosure at all.
fn normative(
    reader: &Reader,
    sentence: &Sentence,
    quantity: &Quantity,
    kind: usize,
) -> Option<usize> {
    // 清理规范性文件32件: nothing was made public.
    let before = &sentence.text[sentence.range.start..quantity.range.start];
    let clause = before.rsplit([',', ';']).next().unwrap_or(before);
    if reader.grammar.naming.reviewing.is_in(clause) {
        return None;
    }
    let last = family::of_last(reader, sentence);
    if last
        .first()
        .is_some_and(|key| *key == "disclosure.documents_made" || key.starts_with("documents."))
    {
        return None;
    }
    if last.iter().any(|key| key.starts_with("disclosure.kind.")) {
        return Some(kind);
    }
    let mut follow = sentence.quantities.iter();
    let next = follow.find(|q| q.range.start >= quantity.range.end && q.unit != "%");
    let words = next.map(|next| quantity.range.end..next.range.start);
    let words = words.map_or("", |zone| &sentence.text[trim_filler(sentence.text, &zone)]);
    // 其中规范性文件6件,废止2件: made, and not only made public.
    if ["废止", "失效", "现行有效"]
        .iter()
        .any(|w| words.contains(w))
    {
        return reader.lexicon.place("documents.normative.issued");
    }
    let of_documents = last.first() == Some(&"disclosure.official_documents");
    match reader.lexicon.kind(words) {
        Some(other) if other != kind && !of_documents => Some(kind),
        _ => reader.lexicon.place("disclosure.normative_new"),
    }
}

/// Whether what a sentence counts was gathered or handed in, not made public
/// (归集行政处罚信息16683条), was explained or taken from others (解读政策文件6件, 转载政策信息7条), or is what a hotline had (投诉举报类3413件,求助类411件).
pub(super) fn of_other_work(so_far: &str) -> bool {
    let naming = &Grammar::embedded().naming;
    let clause = so_far.rsplit(';').next().unwrap_or(so_far);
    let published = naming.publishing.last(clause).map(|(at, _)| at);
    let gathered = naming.gathering.last(clause).map(|(at, _)| at);
    let served = ["热线", "投诉", "诉求"].iter().any(|w| clause.contains(w));
    let own = clause.rsplit([',', '、']).next().unwrap_or(clause);
    let explained = ["解读", "转载", "转发"].iter().any(|w| own.starts_with(w));
    gathered > published || served && published.is_none() || explained
}

/// Whether words are a verb for making public and, right behind it, what was
/// (公开部门预算、三公经费11条).
pub(super) fn is_object(said: &str) -> bool {
    let verbs = ["主动公开", "公开", "发布", "公布"];
    let own = Grammar::embedded().whose.own.beginning(said);
    let said = own.map_or(said, |own| &said[own.len()..]);
    let said = said.trim_start_matches(['共', '已']);
    let mut objects = verbs.iter().filter_map(|v| said.strip_prefix(v));
    objects.any(|object| (2..=10).contains(&object.chars().count()))
}

/// What several things together are called (部门预决算、绩效等财务信息), if it says more
/// than that they are information.
pub(super) fn name_of_several(said: &str) -> Option<&str> {
    let at = said.rfind('等').filter(|at| said[..*at].contains('、'))?;
    let name = said[at + '等'.len_utf8()..].trim_end_matches(['共', '计']);
    let specific =
        name.chars().count() >= 4 && !name.starts_with(['各', '多']) && !name.contains('、');
    specific.then_some(name)
}
