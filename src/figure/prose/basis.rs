//! What a number counts of time: what the year has brought, or all that there is by now.

use super::year::{own_year, spans_year, speaks_of_year};
use crate::figure::Basis;
use crate::figure::catalogue::Indicator;
use crate::figure::grammar::Grammar;

/// Flow or stock. `in_year`: the paragraph has spoken of the year before, and has not counted
/// the same thing.
pub(super) fn of(
    so_far: &str,
    clause: &str,
    indicator: Option<&Indicator>,
    since: Option<i32>,
    year: Option<i32>,
    in_year: bool,
    grammar: &Grammar,
) -> Basis {
    if let Some(indicator) = indicator {
        if grammar.stock.flow_keys.beginning(&indicator.key).is_some() {
            return Basis::Flow;
        }
        // 2016年,累计公开158条 counts that year, though 累计公开 alone counts all there are.
        let ended = || grammar.stock.ended.is_in(so_far);
        let in_own = || match since {
            Some(from) => Some(from) == year,
            None => year.is_some_and(|y| speaks_of_year(so_far, y) || spans_year(so_far, y)),
        };
        if indicator.key == "disclosure.total_stock" && in_own() && !ended() {
            return Basis::Flow;
        }
        // 依申请公开目录57条 is what there is; 作为依申请公开信息46条 a part of the year's.
        if indicator.stock && (!indicator.key.starts_with("catalogue.") || clause.contains("目录"))
        {
            return Basis::Stock;
        }
        if indicator.unit == "%" {
            return Basis::Flow;
        }
    }
    // 年度公开158条，历年累计公开545条；全年访问12万次，开通以来100万次: each clause for itself.
    let own = clause.rsplit([',', ';']).next().unwrap_or(clause);
    let began = |w: &String| w.ends_with("以来") && own.contains(w.as_str());
    if own.contains("历年")
        || own.contains("以来") && grammar.stock.strong.words().iter().any(began)
    {
        return Basis::Stock;
    }
    if grammar.stock.flow.is_in(clause) {
        return Basis::Flow;
    }
    if grammar.stock.own.is_in(own) {
        return Basis::Stock;
    }
    // 全年新增158条；截至年底累计545条: more than the year's own.
    let earlier = &so_far[..so_far.len().saturating_sub(own.len())];
    if own.contains('截') && own.contains("累计") && grammar.stock.flow.is_in(earlier) {
        return Basis::Stock;
    }
    // 全年累计公开158条，历年累计公开545条
    if clause.contains("历年") {
        return Basis::Stock;
    }
    // 2011年以来 in a report on 2011 is that year.
    if let Some(from) = since {
        return if year.is_some_and(|own| from < own) {
            Basis::Stock
        } else {
            Basis::Flow
        };
    }
    // 近年来不断完善制度,2016年公开820条: the year named last.
    let named = year.and_then(|y| own_year(so_far, y).last().copied());
    let strong = grammar.stock.strong.last(so_far).map(|(at, _)| at);
    if named
        .zip(strong)
        .is_some_and(|(named, strong)| named > strong)
    {
        return Basis::Flow;
    }
    // 2016年累计公开 counts that year; 截至2016年底累计公开 all years.
    let said = [clause, so_far].iter().any(|s| s.contains("累计"));
    if said && year.is_some_and(|y| speaks_of_year(so_far, y) || spans_year(so_far, y)) {
        return Basis::Flow;
    }
    // 2016年公开210条。累计刊发报道12篇 goes on with that year.
    let only_word = || {
        let strong = grammar.stock.strong.words().iter();
        let mut others = strong
            .chain(grammar.stock.weak.words())
            .filter(|w| *w != "累计");
        !others.any(|w| so_far.contains(w.as_str()))
    };
    if said && in_year && only_word() {
        return Basis::Flow;
    }
    if grammar.stock.strong.is_in(clause) && !grammar.stock.flow.is_in(so_far) {
        return Basis::Stock;
    }
    if grammar.stock.strong.is_in(so_far)
        && !grammar.stock.flow.is_in(so_far)
        && (clause.contains('已') || clause.contains("计") || indicator.is_some())
    {
        return Basis::Stock;
    }
    // 截至年底公开 is what was disclosed in the year, 截至年底访问 all visits so far, whatever
    // else the sentence counts of the year.
    let countable = indicator.is_some_and(|i| i.key.starts_with("access."));
    let weak = grammar.stock.weak.is_in(so_far) && (countable || !grammar.stock.flow.is_in(so_far));
    if weak && (countable || clause.contains('已')) {
        Basis::Stock
    } else {
        Basis::Flow
    }
}

/// Whether a number counts all years so far, whatever its indicator: 历年累计收到申请86件.
pub(super) fn counts_all_years(
    so_far: &str,
    key: &str,
    since: Option<i32>,
    year: Option<i32>,
    grammar: &Grammar,
) -> bool {
    let stock = &grammar.stock;
    // 三年来新建查阅点12个 counts those of all three.
    let new = || stock.new.is_in(so_far);
    let present = stock.present_keys.beginning(key).is_some() && !(since.is_some() && new());
    let earlier = since.is_some() && since < year;
    let flow = || stock.flow.is_in(so_far) || year.is_some_and(|y| speaks_of_year(so_far, y));
    // 2010年未收到申请，历年累计收到4件: the clause is nearer than the year.
    let own = so_far.rsplit([',', ';']).next().unwrap_or(so_far);
    !present
        && stock.flow_keys.beginning(key).is_some()
        && (earlier || own.starts_with("历年") || stock.all_years.is_in(so_far) && !flow())
}

/// The key that a flow's indicator has when its value is a stock, and the other way round.
pub(super) fn key_of(key: &str, basis: Basis) -> &str {
    match (key, basis) {
        ("disclosure.total", Basis::Stock) => "disclosure.total_stock",
        ("disclosure.total_stock", Basis::Flow) => "disclosure.total",
        ("access.site_visits", Basis::Stock) => "access.site_visits_stock",
        _ => key,
    }
}
