//! What tells a kind of information made public from other things that are of kinds.

use crate::figure::grammar::Grammar;

/// Whether what a sentence counts was gathered or handed in, not made public
/// (归集行政处罚信息16683条), or is what a hotline had (投诉举报类3413件,求助类411件).
pub(super) fn of_other_work(so_far: &str) -> bool {
    let naming = &Grammar::embedded().naming;
    let clause = so_far.rsplit(';').next().unwrap_or(so_far);
    let published = naming.publishing.last(clause).map(|(at, _)| at);
    let gathered = naming.gathering.last(clause).map(|(at, _)| at);
    let served = ["热线", "投诉", "诉求"].iter().any(|w| clause.contains(w));
    gathered > published || served && published.is_none()
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
