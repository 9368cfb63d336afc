//! Figures out of what a sentence says: of a number with its name, of words for none, of
//! words for all.

use std::ops::Range;

use rust_decimal::Decimal;

use super::label::Name;
use super::{Carried, Reader, Sentence, all, basis, subset, year, zero};
use crate::figure::catalogue::Indicator;
use crate::figure::quantity::Quantity;
use crate::figure::{Basis, Figure, MAX_QUOTE, Period, Qualifier, Semantics};

impl Reader<'_> {
    pub(super) fn figure(
        &self,
        sentence: &Sentence,
        quantity: &Quantity,
        name: &Name,
        scope: Option<String>,
        carried: &mut Carried,
        before: usize,
    ) -> Figure {
        let at = quantity.range.start;
        // 2017年1-3月收到11件
        let period = match name.year.is_some() && sentence.times.is_part_of_other(at) {
            true => Period::Partial,
            false => sentence.times.period(at, &mut carried.partial),
        };
        let (indicator, basis) = self.counted(sentence, quantity, name, carried.in_year, before);
        let key = indicator
            .map(|i| basis::key_of(i.key.as_str(), basis))
            .map(str::to_owned);
        let year = name.year;
        let range = self.quote(sentence, name, quantity);
        let unit = match (quantity.unit.as_str(), indicator) {
            ("", Some(indicator)) => indicator.unit.clone(),
            (unit, _) => unit.to_owned(),
        };
        Figure {
            id: String::new(),
            indicator: key.filter(|_| year.is_none()),
            applicant: name.applicant,
            cell: None,
            label: sentence
                .block
                .folded
                .source(whole_words(sentence.text, name.label.clone())),
            value: Some(quantity.value),
            unit,
            semantics: if quantity.value.is_zero() {
                Semantics::Zero
            } else {
                Semantics::Number
            },
            qualifier: quantity.qualifier,
            period,
            basis,
            year,
            scope,
            principal: false,
            section: self.section(range.start),
            range,
            number: sentence.block.folded.source(quantity.number.clone()),
        }
    }

    /// What a number counts, and whether what the year brought or all there is by now.
    fn counted(
        &self,
        sentence: &Sentence,
        quantity: &Quantity,
        name: &Name,
        in_year: bool,
        before: usize,
    ) -> (Option<&'static Indicator>, Basis) {
        let indicator = name.indicator.map(|i| self.lexicon.indicator(i));
        let key = indicator.map(|i| i.key.as_str());
        let at = quantity.range.start;
        let clause = &sentence.text[name.zone.start.min(before)..at];
        let so_far = &sentence.text[sentence.range.start..at];
        let since = sentence.times.since(at);
        let year = self.year();
        // 主动公开92条，…，累计公开831项: the year's own is told already.
        let told = |f: &Figure| {
            let key = f.indicator.as_deref();
            key.is_some_and(|k| k == "disclosure.total" || k.starts_with("disclosure.channel."))
        };
        // 主动公开1952件，累计公开8479件: the second is more, and of all years.
        let fewer = |f: &Figure| f.indicator.as_deref() == key && f.value < Some(quantity.value);
        let adds_up = || {
            let own = clause.rsplit([',', ';']).next().unwrap_or(clause);
            let rest = own.strip_prefix("累计");
            rest.is_some_and(|r| !self.grammar.stock.flow.is_in(r))
                && self.figures[sentence.from..].iter().any(fewer)
        };
        let all_there_is = match key {
            Some("disclosure.total_stock") => self.figures[sentence.from..].iter().any(told),
            Some("disclosure.total") => adds_up(),
            _ => false,
        };
        let basis = if name.is_change || quantity.unit == "%" {
            Basis::Flow
        } else if all_there_is {
            Basis::Stock
        } else {
            // 网站累计访问量 counts all visits so far, whatever stands before it.
            let counted = |f: &Figure| key.is_some() && f.indicator.as_deref() == key;
            let in_year = in_year
                && !key.is_some_and(|k| k.starts_with("access."))
                && !self.figures[sentence.from..].iter().any(counted);
            basis::of(
                so_far,
                clause,
                indicator,
                since,
                year,
                in_year,
                self.grammar,
            )
        };
        // 网站累计发布18300条: ways are counted by the year; 网站累计公开信息18300条 is all that
        // has been made public.
        let is_way = key.is_some_and(|k| k.starts_with("disclosure.channel."));
        if is_way && basis == Basis::Stock && clause.contains("累计") {
            let made_public = ["累计公开", "累计主动公开"];
            let stock = self.lexicon.place("disclosure.total_stock");
            let stock = stock.filter(|_| made_public.iter().any(|w| clause.contains(w)));
            return (stock.map(|i| self.lexicon.indicator(i)), Basis::Stock);
        }
        match key {
            Some(key) if basis::counts_all_years(so_far, key, since, year, self.grammar) => {
                (None, Basis::Stock)
            }
            _ => (indicator, basis),
        }
    }

    pub(super) fn zeros(
        &mut self,
        sentence: &mut Sentence,
        zone: Range<usize>,
        scope: &Option<String>,
        carried: &mut Carried,
    ) {
        for (clause, label, indicator) in zero::find(self, sentence, zone) {
            if subset::none_of_these(self, sentence, &clause, &label, indicator) {
                continue;
            }
            let said = clause.start..label.end.max(clause.start);
            self.zero(sentence, said, label, indicator, scope.clone(), carried);
        }
    }

    /// A zero in words; `said` are they, with the noun.
    fn zero(
        &mut self,
        sentence: &mut Sentence,
        said: Range<usize>,
        label: Range<usize>,
        indicator: usize,
        scope: Option<String>,
        carried: &mut Carried,
    ) {
        // 力争实现零投诉
        if sentence.later.iter().any(|l| l.contains(&said.start)) {
            return;
        }
        let indicator = self.lexicon.indicator(indicator);
        let said_at = said.start;
        let period = sentence.times.period(said_at, &mut carried.partial);
        let label = sentence.block.folded.source(label);
        let range = sentence.block.folded.source(said);
        let range = if range.len() > MAX_QUOTE {
            label.clone()
        } else {
            range
        };
        sentence.turn_to(&indicator.group);
        let year = self.year_of_zero(sentence, said_at, &indicator.key);
        self.figures.push(Figure {
            id: String::new(),
            indicator: Some(indicator.key.clone()).filter(|_| year.is_none()),
            applicant: None,
            cell: None,
            label,
            value: Some(Decimal::ZERO),
            unit: indicator.unit.clone(),
            semantics: Semantics::Zero,
            qualifier: Qualifier::Exact,
            period,
            basis: Basis::Flow,
            year,
            scope,
            principal: false,
            section: self.section(range.start),
            number: range.clone(),
            range,
        });
    }

    /// The other year of which words for none at byte `at` tell; what was carried in counts
    /// for this year whatever it names.
    fn year_of_zero(&self, sentence: &Sentence, at: usize, key: &str) -> Option<i32> {
        let own = self.year()?;
        if sentence.later.iter().any(|l| l.contains(&at)) {
            return Some(own + 1);
        }
        let told = || {
            year::told_of(
                &sentence.text[sentence.range.start..],
                at - sentence.range.start,
                own,
            )
        };
        (key != "requests.received.carried_in").then(told)?
    }

    /// 行政复议、行政诉讼均为0件, 各1件: one figure for each noun. Whether there were any.
    pub(super) fn zero_of_each(
        &mut self,
        sentence: &mut Sentence,
        quantity: &Quantity,
        before: usize,
        carried: &mut Carried,
    ) -> bool {
        let nouns = zero::of_each(self, sentence, before..quantity.range.start);
        let disputes =
            |(_, i): &(Range<usize>, usize)| self.lexicon.indicator(*i).group == "disputes";
        if !quantity.value.is_zero() && !nouns.iter().all(disputes) {
            return false;
        }
        for (label, indicator) in &nouns {
            let zone = label.start..quantity.range.end;
            self.zero(sentence, zone, label.clone(), *indicator, None, carried);
            // 行政复议、行政诉讼各1件: as many of each.
            if let Some(figure) = self
                .figures
                .last_mut()
                .filter(|_| !quantity.value.is_zero())
            {
                figure.value = Some(quantity.value);
                figure.semantics = Semantics::Number;
                figure.qualifier = quantity.qualifier;
                figure.unit.clone_from(&quantity.unit);
                figure.number = sentence.block.folded.source(quantity.number.clone());
            }
        }
        !nouns.is_empty()
    }

    /// 均为网上申请: all that the last number counts.
    pub(super) fn all(&mut self, sentence: &Sentence, zone: Range<usize>, carried: &Carried) {
        let Some(last) = carried.last else {
            return;
        };
        for all in all::find(self, sentence, zone, &self.figures[last]) {
            let whole = self.figures[last].clone();
            let range = sentence.block.folded.source(all.range);
            self.figures.push(Figure {
                indicator: Some(self.lexicon.indicator(all.indicator).key.clone()),
                applicant: all.applicant,
                label: range.clone(),
                number: range.clone(),
                section: self.section(range.start),
                range,
                ..whole
            });
        }
    }

    /// From the words that name the quantity to its unit, or as much of it as a quote may hold.
    fn quote(&self, sentence: &Sentence, name: &Name, quantity: &Quantity) -> Range<usize> {
        let folded = &sentence.block.folded;
        let start = name.label.start.min(quantity.range.start);
        let end = name.label.end.max(quantity.range.end);
        let whole = folded.source(start..end);
        if !name.label.is_empty() && whole.len() <= MAX_QUOTE {
            return whole;
        }
        folded.source(quantity.range.clone())
    }

    fn section(&self, at: usize) -> String {
        self.report
            .section_at(at)
            .map(|s| s.id.clone())
            .unwrap_or_default()
    }
}

/// A label without the preposition before it, and with all of its last word: 县政府网站 of
/// 在县政府网站公开.
fn whole_words(text: &str, label: Range<usize>) -> Range<usize> {
    let said = &text[label.clone()];
    let bare = ["在", "通过"].iter().find_map(|w| said.strip_prefix(w));
    let start = label.end - bare.unwrap_or(said).len();
    let cut = said.ends_with('网') && text[label.end..].starts_with('站');
    start..label.end + if cut { "站".len() } else { 0 }
}
