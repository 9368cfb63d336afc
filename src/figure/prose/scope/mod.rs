//! Whose figures these are: the report's own body, or another that a sentence names as its
//! subject (市档案馆全年接待…, 各镇收到…) or before a bracket (市规划局（114件）).

mod actor;
mod own;
mod unit;

use super::zone::has_content;
use super::{Sentence, depth};
use crate::figure::grammar::{Grammar, Whose};
use crate::figure::quantity::Quantity;
pub(super) use own::Own;
use unit::subject;

/// Whom a clause speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Who {
    /// The report's own body, or all that is under it.
    Own,
    /// Another, by its words.
    Other(String),
}

/// The scope within a sentence, which brackets may change.
pub(super) struct Scope<'a> {
    sentence: Option<String>,
    /// A body named before a bracket or within it, and how deep the bracket is.
    bracket: Option<(String, usize)>,
    /// One named in a list (区图书馆1个、镇街24个) holds until the next item.
    item: Option<String>,
    /// How many bodies the sentence has spoken of since the last sum.
    units: usize,
    /// Whether it has counted something of the body itself before.
    whole_counted: bool,
    /// What follows is a part of what has been spoken of.
    divides: bool,
    own: &'a Own<'a>,
}

/// The sub-unit that a whole paragraph speaks of: the subject of its first sentence.
pub(super) fn of_block(text: &str, own: &Own) -> Option<String> {
    let first = text.split('。').next().unwrap_or(text);
    match subject(first, own)? {
        Who::Other(unit) => Some(unit),
        Who::Own => None,
    }
}

/// Whether a sentence speaks of a whole place, of which its government is a part.
pub(super) fn speaks_of_all(sentence: &str) -> bool {
    words().everywhere.is_in(sentence)
}

/// The scope at the beginning of a sentence, whose words before its first quantity are `text`.
/// `everywhere`: the paragraph has spoken of the whole place before.
pub(super) fn of_sentence<'a>(
    text: &str,
    own: &'a Own<'a>,
    block: Option<&str>,
    everywhere: bool,
) -> Scope<'a> {
    let divides = text.starts_with("其中") || everywhere;
    let sentence = match spoken_of(text.split([',', ';']), own, divides) {
        Some(Who::Other(unit)) => Some(unit),
        Some(Who::Own) => None,
        None => block.map(str::to_owned),
    };
    Scope {
        units: usize::from(sentence.is_some()),
        whole_counted: false,
        sentence,
        bracket: None,
        item: None,
        divides,
        own,
    }
}

/// Whom the last of `clauses` speaks of that speaks of anybody; words for all (全市) anywhere in
/// it do so too.
fn spoken_of<'t>(clauses: impl Iterator<Item = &'t str>, own: &Own, divides: bool) -> Option<Who> {
    let who = |clause| {
        let actor = || actor::of_clause(clause, own, divides);
        let all = || words().own.is_in(clause).then_some(Who::Own);
        subject(clause, own).or_else(actor).or_else(all)
    };
    clauses.filter_map(who).last()
}

impl Scope<'_> {
    /// Takes in what stands between the previous quantity and this one.
    pub fn advance(&mut self, sentence: &Sentence, quantity: &Quantity, before: usize) {
        let text = sentence.text;
        let here = depth(text, sentence.range.start, quantity.range.start);
        let between = &text[before..quantity.range.start];
        // 图书馆接待120人次，档案馆接待60人次，共180人次: the whole is that of all of them.
        let sum =
            ["共", "共计", "合计", "总计", "共有"].contains(&between.trim_matches([',', ' ']));
        let several = self.units > 1 || self.units == 1 && self.whole_counted;
        if sum && several && here == 0 {
            (self.sentence, self.item, self.units) = (None, None, 0);
            return;
        }
        // 全市86个单位、12个镇街共公开: all of those counted together.
        let counted = |q: &&Quantity| q.range.end == before && matches!(&*q.unit, "个" | "家");
        let joins = ['、', '和', '及', '与'];
        let together = |q: &Quantity| text[..q.range.start].ends_with(joins);
        if here == 0
            && sentence
                .quantities
                .iter()
                .find(counted)
                .is_some_and(together)
        {
            return;
        }
        if matches!(&*quantity.unit, "个" | "处" | "家") && between.contains(['、', '和']) {
            let what = text[quantity.range.end..]
                .split([',', ';', '、', '。'])
                .next();
            if what.is_some_and(|what| words().points.is_in(what)) {
                return;
            }
        }
        let unit = self.at_end();
        let is_first = before == sentence.range.start;
        self.whole_counted |= !is_first && unit.is_none();
        self.turn(between, here, is_first);
        self.units += usize::from(self.at_end().is_some() && self.at_end() != unit);
    }

    /// Follows the words `between` two quantities, the second so deep in brackets.
    fn turn(&mut self, between: &str, here: usize, is_first: bool) {
        if self.bracket.as_ref().is_some_and(|(_, deep)| here < *deep) {
            self.bracket = None;
        }
        // …、其他部门8件;行政复议3件: the list is over.
        if between.starts_with('、') && has_content(between) || here == 0 && between.contains(';')
        {
            self.item = None;
        }
        let (head, inside) = match between.strip_suffix('(') {
            Some(head) => (head, true),
            None => (
                between.trim_end_matches(['有', '为', '的', ',', '共']),
                false,
            ),
        };
        if let Some(unit) = unit::at_end(head, self.own) {
            match inside {
                true => self.bracket = Some((unit, here)),
                false if here > 0 => self.bracket = Some((unit, here)),
                // No bracket ends it: it holds until another subject comes.
                false => (self.bracket, self.item) = (None, Some(unit)),
            }
            return;
        }
        if let Some(unit) = actor::item(head) {
            match here {
                0 => self.item = Some(unit),
                _ => self.bracket = Some((unit, here)),
            }
            return;
        }
        // What stands before the first comma goes on with the number before.
        let goes_on = !is_first && !between.starts_with(['、', '(', ':']);
        let clauses = between.split([',', ';']).skip(usize::from(goes_on));
        match spoken_of(clauses, self.own, self.divides || !is_first) {
            Some(Who::Other(unit)) if here > 0 => self.bracket = Some((unit, here)),
            Some(Who::Other(unit)) => (self.sentence, self.item) = (Some(unit), None),
            Some(Who::Own) => (self.sentence, self.item) = (None, None),
            // 其余均在10件以下: of the other bodies.
            None if self.units > 1 && actor::is_rest(between) => {
                self.item = Some("其余".to_owned())
            }
            None if words().own.is_in(between) => (self.sentence, self.item) = (None, None),
            None => {}
        }
    }

    /// The scope of a quantity.
    pub fn current(&self, sentence: &Sentence, quantity: &Quantity) -> Option<String> {
        let here = depth(sentence.text, sentence.range.start, quantity.range.start);
        match &self.bracket {
            Some((unit, deep)) if here >= *deep => Some(unit.clone()),
            _ => self.at_end(),
        }
    }

    /// The body that a piece of a paired list is.
    pub fn of_piece(&self, piece: &str) -> Option<String> {
        actor::alone(piece, self.own)
    }

    /// The scope behind the last quantity.
    pub fn at_end(&self) -> Option<String> {
        self.item.as_ref().or(self.sentence.as_ref()).cloned()
    }
}

fn words() -> &'static Whose {
    &Grammar::embedded().whose
}
