//! Why a number may not bear the name that the words nearest to it give: a part under the
//! name of its whole, so many each, an answer to something else.

use std::ops::Range;

use super::label::Name;
use super::stages::is_of_other_stage;
use super::zone::{has_content, strip_filler};
use super::{Reader, Sentence};
use crate::figure::quantity::Quantity;
use crate::figure::{Figure, Period};
use crate::report::Part;

/// Most characters of a sentence that is a title.
const TITLE: usize = 14;

/// Whether a sentence leaves open what its number at place `at` counts, whatever its name.
/// `scope`: whose number it is.
pub(super) fn leave_open(
    reader: &Reader,
    sentence: &Sentence,
    name: &Name,
    at: usize,
    scope: Option<&str>,
) -> bool {
    let Some(place) = name.indicator else {
        return false;
    };
    let key = reader.lexicon.indicator(place).key.as_str();
    let said = Said {
        reader,
        sentence,
        name,
        at,
        key,
        scope,
    };
    said.is_said_already()
        || said.is_of_accounts()
        || said.is_average()
        || said.is_of_other_way()
        || said.is_of_one_applicant()
        || said.is_of_topic()
        || said.is_of_documents()
        || said.is_for_others()
        || said.is_of_others()
        || said.is_attended()
        || said.is_delivered()
        || said.is_of_hearing()
        || said.is_no_kind()
        || said.is_of_permits()
        || said.answers_other_matter()
        || said.is_of_column()
        || is_of_other_stage(reader, sentence, name, said.quantity(), key)
}

/// A number with the name it would have.
struct Said<'a> {
    reader: &'a Reader<'a>,
    sentence: &'a Sentence<'a>,
    name: &'a Name,
    at: usize,
    key: &'a str,
    scope: Option<&'a str>,
}

impl<'a> Said<'a> {
    fn quantity(&self) -> &'a Quantity {
        &self.sentence.quantities[self.at]
    }

    /// The words before the number that may name it.
    fn zone(&self) -> &'a str {
        let start = self.quantity().range.start;
        &self.sentence.text[self.name.zone.start.min(start)..start]
    }

    fn so_far(&self) -> &'a str {
        &self.sentence.text[self.sentence.range.start..self.quantity().range.start]
    }

    /// Figures of the sentence before this number, newest first.
    fn before(&self) -> impl Iterator<Item = &'a Figure> {
        let start = self.sentence.source;
        let figures = self.reader.figures.iter().rev();
        figures.take_while(move |f| f.range.start >= start)
    }

    fn source(&self, range: Range<usize>) -> usize {
        self.sentence.block.folded.source(range).start
    }

    /// Whether a whole stands already in the sentence: 主动公开信息314条，其中局机关发布信息64条
    /// counts a part, and a part is never its whole.
    fn is_said_already(&self) -> bool {
        if self.name.applicant.is_some() {
            return false;
        }
        // 全省收到1200件，我市收到23件; 各部门受理112件，各镇受理83件: what others counted is no
        // whole of this.
        let of_others = |f: &Figure| f.scope.is_some() && f.scope.as_deref() != self.scope;
        // 收到申请5件，受理4件: the first are all that came in.
        let same = |f: &&Figure| {
            f.indicator.as_deref() == Some(self.key) && f.applicant.is_none() && !of_others(f)
        };
        let more = |f: &Figure| f.value.is_some_and(|v| v > self.quantity().value);
        if self.key == "requests.received.new"
            && self.name.is_short
            && self
                .before()
                .any(|f| same(&f) && more(f) && f.period == Period::Annual)
        {
            return true;
        }
        let start = self.sentence.range.start;
        let total = self.key == "disclosure.total";
        // 网站公开500条，其中本局网站公开214条: both are what their words say.
        let parts = || {
            let divides = self.so_far().contains("其中") && !self.key.contains(".channel.");
            let at = divides.then(|| self.so_far().rfind("其中")).flatten()?;
            Some(self.source(start + at..self.quantity().range.start))
        };
        let (from, until) = match total {
            true => (self.sentence.block.range.start, usize::MAX),
            false => match parts() {
                Some(parts) => (self.sentence.source, parts),
                None => return false,
            },
        };
        let figures = self.reader.figures.iter().rev();
        let before = figures.take_while(|f| f.range.start >= from);
        let mut wholes = before.filter(same).filter(|f| f.range.end <= until);
        wholes.any(more)
    }

    /// Whether a number is so many each, a day, or on the average: 各1人, 日均2300人次.
    fn is_average(&self) -> bool {
        self.zone().ends_with('各')
            || self.reader.grammar.naming.each_one.is_in(self.zone())
            || self.reader.grammar.naming.average.is_in(self.zone())
    }

    /// Whether a total is that of accounts named before: 微博29个，共发布信息1992条.
    fn is_of_accounts(&self) -> bool {
        let text = self.sentence.text;
        let before = self.at.checked_sub(1);
        let Some(before) = before.map(|i| &self.sentence.quantities[i]) else {
            return false;
        };
        let start = text[..before.range.start].rfind([';', '。']);
        let clause = start.unwrap_or(self.sentence.range.start)..before.range.start;
        self.key == "disclosure.total"
            && before.unit == "个"
            && text
                .get(before.range.end..self.name.zone.end)
                .is_some_and(|between| !between.contains(';'))
            && self.reader.grammar.naming.media.is_in(&text[clause])
    }

    /// 网站发布2213条，新闻报道发布信息717条: in a list of ways, what another way published;
    /// “公开平台”作为子栏目，公开信息248条: what a column did.
    fn is_of_other_way(&self) -> bool {
        if self.key != "disclosure.total" {
            return false;
        }
        let naming = &self.reader.grammar.naming;
        let zone = self.zone();
        let of_way = |f: &Figure| {
            let key = f.indicator.as_deref();
            key.is_some_and(|k| k.starts_with("disclosure.channel."))
        };
        let way = || {
            let label = self.name.label.start.checked_sub(self.name.zone.start);
            let subject = label.and_then(|at| zone.get(..at)).unwrap_or_default();
            let subject = strip_filler(subject);
            has_content(subject)
                && !super::names_whole(zone)
                && !self.reader.grammar.whose.own.is_in(subject)
        };
        // 1.政府网站。发布信息1200条 counts what the website published.
        let titled = || self.name.is_short && self.titles().any(|t| naming.sites.is_in(t));
        let delivers = || {
            let label = self.name.label.start.checked_sub(self.name.zone.start);
            let before = label.and_then(|at| zone.get(..at)).unwrap_or_default();
            naming.delivering.is_in(before)
        };
        // 46个部门公开1300条，12个街道公开300条: parts, unless words say that they are all.
        let of_units = || {
            let before = self.at.checked_sub(1).map(|i| &self.sentence.quantities[i]);
            let so_far = self.so_far();
            let clause = so_far.rsplit([',', ';', ':']).next().unwrap_or(so_far);
            before.is_some_and(|q| {
                let behind = &self.sentence.text[q.range.end..self.quantity().range.start];
                naming.units.beginning(behind).is_some() && !behind.contains([',', ';', ':'])
            }) && !super::names_whole(clause)
                && !self.reader.grammar.whose.own.is_in(clause)
        };
        let clause_before = || {
            let before = &self.sentence.text[self.sentence.range.start..self.name.zone.start];
            let clause = before.strip_suffix(',').unwrap_or_default();
            clause.rsplit([',', ';', ':']).next().unwrap_or_default()
        };
        // 动态在新闻媒体上发布，发布信息54条: where it was published stands before.
        let placed = || {
            let clause = clause_before();
            // 对采购项目实施情况全过程公开，共公开121件: so many of these.
            let object = || {
                let object = ["对", "将", "把"]
                    .iter()
                    .filter_map(|w| clause.find(w))
                    .min();
                object.is_some_and(|at| !clause[at..].contains("信息"))
            };
            // 建议提案答复公开更加全面，共公开45件
            let proposals = || self.name.is_short && naming.proposals.is_in(clause);
            self.name.is_short
                && naming.publishing.ending(clause).is_some()
                && (naming.posted.is_in(clause) || object())
                || proposals()
        };
        let column = || {
            let clause = clause_before();
            !clause.is_empty() && clause.contains("作为") && naming.columns.is_in(clause)
        };
        let through = |said: &str| naming.through.is_in(said);
        let listed = || {
            let before = &self.sentence.text[self.sentence.range.start..self.name.zone.start];
            let earlier = self.at > 0 && through(before) && naming.publishing.is_in(before);
            earlier && through(zone) && !super::names_whole(zone)
        };
        self.before().next().is_some_and(of_way) && way()
            || column()
            || listed()
            || delivers()
            || of_units()
            || placed()
            || titled()
    }

    /// What stands over the sentence as a title: that of its section, a short sentence before.
    fn titles(&self) -> impl Iterator<Item = &str> {
        let before = self.sentence.text[..self.sentence.range.start].trim_end_matches('。');
        let last = before.rsplit('。').next().unwrap_or_default();
        let short = !last.is_empty() && last.chars().count() <= TITLE;
        let section = self
            .reader
            .report
            .section_at(self.sentence.block.range.start);
        let section = section.map(|s| s.title.as_str());
        section.into_iter().chain(short.then_some(last))
    }

    /// 主动公开41件，依申请公开3件，不予公开125件: of documents or of requests, who knows.
    fn is_of_documents(&self) -> bool {
        let so_far = self.so_far();
        let classes = ["主动公开", "依申请公开"];
        let requests = ["收到", "受理", "答复", "办结", "办理", "接到", "同意"];
        self.key == "requests.outcome.denied"
            && classes.iter().all(|w| so_far.contains(w))
            && !requests.iter().any(|w| so_far.contains(w))
    }

    /// 同一申请人提出申请12件, 其中1人提出申请20件: a part of the requests.
    fn is_of_one_applicant(&self) -> bool {
        if self.key != "requests.received.new" || self.name.applicant.is_some() {
            return false;
        }
        let text = self.sentence.text;
        let person = |q: &Quantity| {
            let between = &text[q.range.end..self.quantity().range.start];
            let few = q.value <= rust_decimal::Decimal::ONE || self.so_far().contains("其中");
            matches!(&*q.unit, "人" | "名" | "位") && few && !between.contains([',', ';'])
        };
        let before = self.at.checked_sub(1);
        self.reader.grammar.naming.single.is_in(self.zone())
            || before.is_some_and(|i| person(&self.sentence.quantities[i]))
    }

    /// 涉及征地的申请12件, 城建类申请8件: requests about one thing among others.
    fn is_of_topic(&self) -> bool {
        if self.key != "requests.received.new" {
            return false;
        }
        let zone = self.zone();
        let Some(end) = zone.rfind("申请") else {
            return false;
        };
        let before = zone[..end].trim_end_matches('的');
        let about = |word: &str| {
            let what = before.rfind(word).map(|at| &before[at + word.len()..]);
            what.is_some_and(|w| has_content(w) && !w.contains("公开"))
        };
        before.ends_with('类') && !before.ends_with("各类")
            || before.ends_with("方面") && !before.contains("公开")
            || ["涉及", "关于"].iter().any(|w| about(w))
    }

    /// 转办申请3件, 协助市局办理申请3件: requests to others.
    fn is_for_others(&self) -> bool {
        let requests = self.key.starts_with("requests.") && self.name.applicant.is_none();
        requests && self.reader.grammar.naming.assisting.is_in(self.zone())
    }

    /// 热线受理诉求1120件，办结1118件: what was dealt with is what came in, and no request.
    fn answers_other_matter(&self) -> bool {
        let short = self.name.is_short
            && [
                "requests.closed.",
                "requests.answered.",
                "requests.outcome.",
            ]
            .iter()
            .any(|k| self.key.starts_with(k));
        let other = |f: &Figure| {
            let words = &self.reader.report.text[f.range.clone()];
            let words = crate::text::fold::fold(words);
            f.indicator.is_none()
                && f.year.is_none()
                && f.unit == self.quantity().unit
                && self.reader.grammar.naming.handled.is_in(&words)
                && !words.contains("申请")
        };
        // 复议申请5件（其中上年结转1件），已办结5件: of the reviews.
        let dealt_with = [
            "requests.closed.",
            "requests.answered.",
            "requests.carried_",
            "requests.received.carried_",
        ];
        let of_dispute = |f: &Figure| {
            let key = f.indicator.as_deref().unwrap_or_default();
            (key.starts_with("review.") || key.starts_with("litigation."))
                && !self.zone().contains("申请")
        };
        short && self.before().next().is_some_and(other)
            || dealt_with.iter().any(|k| self.key.starts_with(k))
                && self
                    .before()
                    .find(|f| f.indicator.is_some())
                    .is_some_and(of_dispute)
    }

    /// 复议机关共受理18件，其中不予受理2件，维持10件: what became of reviews and lawsuits.
    fn is_of_hearing(&self) -> bool {
        if !self.key.starts_with("requests.outcome.") {
            return false;
        }
        let clause = self.so_far().rsplit(';').next().unwrap_or_default();
        let heard = self.reader.grammar.naming.hearing.last(clause);
        heard.is_some_and(|(at, _)| {
            let behind = &clause[at..];
            !behind.contains("公开") && !behind.replace("复议申请", "").contains("申请")
        })
    }

    /// 归集处罚信息168条, 其他政策文件35件, and 其他类38件 where no information has been counted.
    fn is_no_kind(&self) -> bool {
        let Some(kind) = self.key.strip_prefix("disclosure.kind.") else {
            return false;
        };
        let clause = self.so_far().rsplit(';').next().unwrap_or_default();
        let rest = ["其他", "其它"]
            .iter()
            .filter_map(|w| self.zone().split(w).nth(1))
            .next();
        let lexicon = self.reader.lexicon;
        let other = lexicon.place(self.key);
        let special = rest.is_some_and(|r| lexicon.kind(r).is_some_and(|k| Some(k) != other));
        let disclosed = |f: &Figure| {
            let key = f.indicator.as_deref();
            key.is_some_and(|k| k.starts_with("disclosure.") || k.starts_with("documents."))
        };
        let figures = self
            .reader
            .figures
            .get(self.sentence.from..)
            .unwrap_or_default();
        let elsewhere = self.sentence.part != Some(Part::Disclosure);
        let alone = self.at > 0 && elsewhere && !figures.iter().any(disclosed);
        self.reader.grammar.naming.delivering.is_in(clause) || kind == "other" && (special || alone)
    }

    /// 行政审批事项已网上办理，收到申请4364件: requests for permits.
    fn is_of_permits(&self) -> bool {
        let came = [
            "requests.received.",
            "requests.channel.",
            "requests.closed.",
            "requests.answered.",
        ];
        if !came.iter().any(|k| self.key.starts_with(k)) {
            return false;
        }
        let so_far = self.so_far();
        let permits = self
            .reader
            .grammar
            .naming
            .permits
            .last(so_far)
            .map(|(at, _)| at);
        permits.is_some_and(|at| !so_far[at..].contains("公开"))
    }

    /// 参加市里的培训2次，共6人次: what others held; 培训纳税人1200人次: whom a body serves.
    fn is_attended(&self) -> bool {
        if !self.key.starts_with("training.") {
            return false;
        }
        let clause = self.so_far().rsplit(';').next().unwrap_or_default();
        let naming = &self.reader.grammar.naming;
        let disclosure = || clause.contains("公开");
        naming.attending.is_in(clause) || naming.public.is_in(clause) && !disclosure()
    }

    /// 向档案馆移交公文35件: what is given to others is not thereby made public.
    fn is_delivered(&self) -> bool {
        let documents = [
            "disclosure.official_documents",
            "disclosure.normative_new",
            "disclosure.service_info",
        ];
        documents.contains(&self.key) && self.reader.grammar.naming.delivering.is_in(self.zone())
    }

    /// 局网站发布825条，其中网站公告栏194条、公示栏68条: what stands in its columns.
    fn is_of_column(&self) -> bool {
        const SITE: &str = "disclosure.channel.website";
        let other = matches!(
            self.key,
            "disclosure.channel.other" | "disclosure.channel.media"
        );
        if !other && (self.key != SITE || !self.zone().contains('栏')) {
            return false;
        }
        let Some(at) = self.so_far().rfind("其中") else {
            return false;
        };
        let parts = self.sentence.range.start + at;
        let whole = self.source(parts..self.quantity().range.start);
        let whole = self.before().find(|f| f.range.end <= whole);
        whole.is_some_and(|f| f.indicator.as_deref() == Some(SITE))
    }

    /// 县政府网站公开120条，各部门网站公开310条: the sites of others.
    fn is_of_others(&self) -> bool {
        let zone = self.zone();
        let same = |f: &Figure| f.indicator.as_deref() == Some(self.key);
        let several = || {
            let rest = zone.split_once('各').map(|(_, rest)| rest);
            rest.is_some_and(|r| self.reader.grammar.naming.units.beginning(r).is_some())
        };
        self.key.starts_with("disclosure.channel.") && several() && self.before().any(same)
    }
}
