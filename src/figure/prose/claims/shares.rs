//! 占75%: which part of which whole a share speaks of. Where words and place leave it open,
//! the numbers decide; what they do not bear out either is our guess, not the text's claim.

use std::collections::VecDeque;

use rust_decimal::Decimal;

use super::family::{family_of, implied_whole, name_share};
use super::list::{sum, without_brackets};
use super::{List, Lists, label_of};
use crate::figure::prose::label::Name;
use crate::figure::prose::zone::{has_content, strip_filler};
use crate::figure::prose::{Reader, Sentence, depth};
use crate::figure::quantity::{Quantity, compatible};
use crate::figure::{Claim, Qualifier};

/// Shares of a sentence that wait for what they are of.
#[derive(Debug, Default)]
pub(super) struct Shares {
    /// Those whose whole is not said.
    open: Vec<Share>,
    /// 网上申请占75%（30件）: the part comes next.
    before: Option<Share>,
    /// 分别占75%和25%: what those to come are of.
    paired: VecDeque<Share>,
    /// How many counts stood before the last one.
    counts: usize,
}

/// A share, and what it is of.
#[derive(Debug, Clone, Copy)]
struct Share {
    share: usize,
    part: usize,
    whole: Option<usize>,
    /// The words say that it is of this whole.
    sure: bool,
    /// 占总数的: no whole of its own is named.
    plain: bool,
}

impl Lists {
    /// The share at place `i` of the sentence has been read, figure `at`; `from`: where the
    /// words before it begin.
    pub fn share(
        &mut self,
        reader: &mut Reader,
        sentence: &Sentence,
        (i, at): (usize, usize),
        from: usize,
        name: &Name,
    ) {
        let counts = std::mem::replace(&mut self.shares.counts, self.counts.len());
        if let Some(paired) = self.shares.paired.pop_front() {
            self.claim(
                reader,
                Share {
                    share: at,
                    ..paired
                },
            );
            return;
        }
        let quantity = &sentence.quantities[i];
        let so_far = &sentence.text[..from];
        let text = &sentence.text[from..quantity.range.start];
        let opening = text.trim_start_matches(' ') == "(";
        let says_share = reader.grammar.cues.share.is_in(text) || opening;
        // 占比分别为38.0%、11.1%: which is whose would be a guess.
        let bare = text.starts_with(['、', '和']) && so_far.ends_with('%') && !has_content(text);
        if !says_share || bare || name.is_change || reader.grammar.cues.together.is_in(text) {
            return;
        }
        let run = run(sentence, i);
        if run > 1 || text.contains("分别") {
            self.pair(reader, text, run, at);
            return;
        }
        // 市工商局受理20032件，涉及档案查询的业务占99%以上 speaks of a part without a count.
        let exact = reader.figures[at].qualifier == Qualifier::Exact;
        let subject = text.split('占').next().unwrap_or_default();
        let subject = subject.trim_start_matches([',', ' ', '(', ')', '、', ';']);
        if !exact && subject.chars().count() > 4 {
            return;
        }
        // 其中业务动态类最多，占52.4%: the words before name a part given earlier; or one whose
        // count comes later (业务动态类占52.4%,共83条).
        // 政策法规类7条(资金管理办法等),占0.94%: what brackets hold names no other.
        let words = without_brackets(text);
        let kind = words
            .split("占")
            .next()
            .and_then(|w| reader.lexicon.kind(w));
        let key = kind.map(|k| reader.lexicon.indicator(k).key.as_str());
        let named = key.and_then(|k| reader.with_key(k)).filter(|f| *f < at);
        let plain = names_no_whole(text);
        if let (Some(key), None) = (key, named) {
            reader.figures[at].indicator = reader.lexicon.share_of(key);
        }
        let share = |part: usize, whole: Option<usize>| Share {
            share: at,
            part,
            whole,
            sure: true,
            plain,
        };
        if named.is_none() && comes_next(sentence, i) {
            self.shares.before = Some(share(at + 1, None));
            return;
        }
        if key.is_some() && named.is_none() {
            return;
        }
        let here = depth(sentence.text, sentence.range.start, quantity.range.start);
        let last = self.head(here);
        // 专职5名、兼职15名，专职占25%
        let said = strip_filler(subject);
        let own = self.with_label(reader, said);
        let plain = plain && (own.or(named).is_some() || !has_content(subject));
        let share = |part: usize, whole: Option<usize>| Share {
            plain,
            ..share(part, whole)
        };
        let Some(part) = named.or(own).or(last) else {
            return;
        };
        // 政策法规类30条，其中规章10条，占总体的3%: the share is that of the head of the inner
        // list, and of the whole that was divided first.
        let of_all = named.is_none() && reader.grammar.cues.of_all.is_in(text);
        let is_inner = |l: &&List| of_all && l.whole > 0 && l.parts.contains(&part);
        let head = self.open.last().filter(is_inner).map(|l| l.whole);
        let of_kind = |i: usize| {
            let key = reader.figures[i].indicator.as_deref();
            key.is_some_and(|k| k.starts_with("disclosure.kind."))
        };
        if let Some(head) = head.filter(|h| of_kind(*h)) {
            let whole = self.whole_of(head).or(self.referred);
            self.claim(reader, share(head, whole.filter(|all| *all < head)));
            return;
        }
        let told = reader.claims.iter().rev().find_map(|c| match c {
            Claim::Sum { whole, parts, .. } if named.is_some() && parts.contains(&part) => {
                Some(*whole)
            }
            _ => None,
        });
        let whole = told
            .or(self.whole_of(part))
            .or(self.referred)
            .filter(|w| *w != part);
        let since = self.counts.get(counts..).unwrap_or_default();
        if whole.is_some_and(|whole| self.is_of_all(reader, since, whole, at)) {
            return;
        }
        let (part, whole) = match whole {
            Some(whole) => self.borne_out(reader, part, whole, at),
            None => (part, None),
        };
        self.claim(reader, share(part, whole));
    }

    /// A count has been read: what a share just before it was waiting for, if any.
    pub(super) fn part_of_share(&mut self, reader: &mut Reader, at: usize) {
        let before = self.shares.before.take();
        if let Some(share) = before.filter(|s| s.part == at) {
            let whole = self.whole_of(at).filter(|w| *w != at);
            self.claim(reader, Share { whole, ..share });
        }
    }

    /// Names a share and claims what it is of; where words name a whole of their own, only what
    /// the numbers bear out.
    fn claim(&mut self, reader: &mut Reader, said: Share) {
        let Share { share, part, .. } = said;
        name_share(reader, part, share);
        let Some(whole) = said.whole else {
            self.shares.open.push(said);
            return;
        };
        if said.plain || is_share(reader, part, whole, share, Decimal::ONE) {
            self.done.push(Claim::Share {
                part,
                whole,
                share,
                certain: said.sure && said.plain,
            });
        }
    }

    /// The last count that is not within brackets deeper than `depth`.
    pub(super) fn head(&self, depth: usize) -> Option<usize> {
        let mut heads = self.heads.iter().rev();
        heads.find(|h| h.1 <= depth).map(|h| h.0)
    }

    /// The last count that bears this very name.
    fn with_label(&self, reader: &Reader, name: &str) -> Option<usize> {
        let mut counts = self.counts.iter().rev().copied();
        let named = !name.is_empty();
        named
            .then(|| counts.find(|c| label_of(reader, *c).is_some_and(|l| l == name)))
            .flatten()
    }

    /// What the list divides that a figure is a part of.
    fn whole_of(&self, part: usize) -> Option<usize> {
        let mut open = self.open.iter().rev();
        let list = open.find(|l| l.parts.contains(&part)).map(|l| l.whole);
        let mut done = self.done.iter().rev();
        let done = || {
            done.find_map(|c| match c {
                Claim::Sum { whole, parts, .. } if parts.contains(&part) => Some(*whole),
                _ => None,
            })
        };
        list.or_else(done)
    }

    /// Part and whole as they stand there or, where the share is not theirs, as it is: 政策类
    /// 31条,其中文件16条,占总体的1% is of the last item or of what that divides, 收到40件，其中同
    /// 意20件，占答复总数的60% of another count of the sentence.
    fn borne_out(
        &self,
        reader: &Reader,
        part: usize,
        whole: usize,
        share: usize,
    ) -> (usize, Option<usize>) {
        if is_share(reader, part, whole, share, Decimal::ONE) {
            return (part, Some(whole));
        }
        let outer = self.whole_of(whole).or(self.referred);
        let outer = outer
            .or(self.loose.first().copied())
            .filter(|o| *o != whole);
        let nested = outer.map(|o| (whole, o)).filter(|_| whole != part);
        let of_outer = outer.map(|o| (part, o)).filter(|r| r.1 != part);
        let near = [nested, of_outer].into_iter().flatten();
        let mut near = near.filter(|r| is_share(reader, r.0, r.1, share, Decimal::ONE));
        if let Some((part, whole)) = near.next() {
            return (part, Some(whole));
        }
        let unit = |i: usize| reader.figures[i].unit.as_str();
        let mut others = self.counts.iter().copied();
        let other = others.find(|o| {
            *o != part
                && compatible(unit(*o), unit(part))
                && is_share(reader, part, *o, share, half_of_last_digit(reader, share))
        });
        (part, other.or(Some(whole)))
    }

    /// 规划类4条，人事类5条，占总数的9%: the share of all parts since the last share, and not of
    /// the last of them.
    fn is_of_all(&self, reader: &Reader, parts: &[usize], whole: usize, share: usize) -> bool {
        let of_list = |p: &usize| self.whole_of(*p) == Some(whole);
        let holds = |part: Decimal| {
            let value = |i: usize| reader.figures[i].value;
            is_so_much(
                part,
                value(whole),
                value(share),
                half_of_last_digit(reader, share),
            )
        };
        let parts: Vec<usize> = parts.iter().copied().filter(of_list).collect();
        parts.len() >= 2 && sum(reader, &parts).is_some_and(holds)
    }

    /// 网络30件、信函10件，分别占75%和25%: the counts just before, in their order.
    fn pair(&mut self, reader: &mut Reader, text: &str, run: usize, at: usize) {
        let Some(first) = self.counts.len().checked_sub(run) else {
            return;
        };
        let subject = text.split('占').next().unwrap_or_default();
        let subject = subject.replace("分别", "");
        let parts = &self.counts[first..];
        let unit = |i: usize| reader.figures[i].unit.as_str();
        let alike = parts.iter().all(|p| unit(*p) == unit(parts[0]));
        let follow = parts.windows(2).all(|p| p[1] == p[0] + 1) && parts[run - 1] + 1 == at;
        if run < 2 || !alike || !follow || has_content(&subject) || !names_no_whole(text) {
            return;
        }
        let list = self.whole_of(parts[0]);
        let one_list = list.filter(|_| parts.iter().all(|p| self.whole_of(*p) == list));
        // 收到45件，主要是征地和规划，分别有20件、15件: the count before them may be the whole.
        let before = || {
            let before = *self.counts[..first].last()?;
            let value = |i: usize| reader.figures[i].value;
            let holds = parts.iter().all(|p| value(*p) <= value(before));
            (compatible(unit(before), unit(parts[0])) && holds).then_some(before)
        };
        let whole = one_list.or_else(before);
        let shares = parts.iter().map(|part| Share {
            share: at,
            part: *part,
            whole,
            sure: one_list.is_some(),
            plain: true,
        });
        self.shares.paired = shares.collect();
        if let Some(first) = self.shares.paired.pop_front() {
            self.claim(reader, first);
        }
    }

    /// Shares whose whole no words name are of what the family of their part divides.
    pub(super) fn imply_shares(&mut self, reader: &Reader) {
        for Share {
            share, part, plain, ..
        } in std::mem::take(&mut self.shares.open)
        {
            let whole = implied_whole(reader, part).filter(|w| *w != part);
            let borne = |w: &usize| plain || is_share(reader, part, *w, share, Decimal::ONE);
            let Some(whole) = whole.filter(borne) else {
                continue;
            };
            self.done.push(Claim::Share {
                part,
                whole,
                share,
                certain: plain && self.is_only_whole(reader, part, whole),
            });
        }
    }

    /// 收到申请40件，网上30件，占75%: the sentence begins with what the family of the part divides
    /// and counts nothing else.
    fn is_only_whole(&self, reader: &Reader, part: usize, whole: usize) -> bool {
        let family = |i: usize| family_of(reader, i).map(|f| &f.name);
        let so_far = self.counts.iter().take_while(|c| **c <= part);
        let mut others = so_far.skip(1);
        self.counts.first() == Some(&whole)
            && label_of(reader, part).is_some_and(|l| !l.is_empty())
            && others.all(|c| family(*c) == family(part))
    }
}

/// How many shares follow one another from the one at place `first`, with nothing but a
/// comma between them.
fn run(sentence: &Sentence, first: usize) -> usize {
    let joined = |pair: &[Quantity]| {
        let between = sentence.text[pair[0].range.end..pair[1].range.start].trim();
        pair[1].unit == "%" && ["、", "和", ",", "及", "与", "以及"].contains(&between)
    };
    let pairs = sentence.quantities[first..].windows(2);
    1 + pairs.take_while(|pair| joined(pair)).count()
}

/// Whether the count that a share is of stands right behind it: 占75%（30件）, 占75%,共30件.
fn comes_next(sentence: &Sentence, i: usize) -> bool {
    let Some(next) = sentence.quantities.get(i + 1).filter(|n| n.unit != "%") else {
        return false;
    };
    let between = sentence.text[sentence.quantities[i].range.end..next.range.start].trim();
    ["(", "(共", "(计", "(有", "(即", ",共", ",计", ",为", ",有"].contains(&between)
}

/// Characters of words that name no whole of their own: 占申请总数的, 占主动公开信息总量.
const OF_ALL: &str = "占总全部所有体数量件条比例重率为达到了约近超过的本年度申请答复办结受理收到主动公开政府信息依各类项其之分别是在中, (";

/// Whether the words behind 占 leave it at the whole that is at hand: 占全市网上申请的 does not.
fn names_no_whole(text: &str) -> bool {
    let said = text.rsplit('占').next().unwrap_or_default();
    said.chars().all(|c| OF_ALL.contains(c))
}

/// Whether a share says how much of a whole a part is, to `room` per cent.
fn is_share(reader: &Reader, part: usize, whole: usize, share: usize, room: Decimal) -> bool {
    let value = |i: usize| reader.figures[i].value;
    value(part).is_some_and(|part| is_so_much(part, value(whole), value(share), room))
}

/// The same of a part without a place.
fn is_so_much(
    part: Decimal,
    whole: Option<Decimal>,
    share: Option<Decimal>,
    room: Decimal,
) -> bool {
    let (Some(whole), Some(share)) = (whole, share) else {
        return false;
    };
    let actual = part.checked_mul(Decimal::ONE_HUNDRED);
    let actual = actual.and_then(|p| p.checked_div(whole));
    actual.is_some_and(|a| (a - share).abs() <= room)
}

/// What a share may be off by, as it is printed.
fn half_of_last_digit(reader: &Reader, share: usize) -> Decimal {
    let digits = reader.figures[share].value.map_or(0, |v| v.scale());
    Decimal::new(5, digits + 1)
}
