//! Which rules and regions are asked for.

use crate::audit::{Finding, Status, rules};
use crate::report::Region;

/// What parts the rules asked for.
const COMMAS: [char; 3] = [',', '，', '、'];

/// Whether a finding that is only good to know (R-H1, R-X5) is of a rule asked for by name.
pub(super) fn is_named(finding: &Finding, asked: Option<&str>) -> bool {
    let mut names = asked.into_iter().flat_map(|a| a.split(COMMAS));
    matches!(finding.status, Status::Fail | Status::Warn)
        && names.any(|n| n.trim().eq_ignore_ascii_case(finding.rule))
}

/// The first of the rules asked for that there is none of: a slip must not look like a
/// corpus without findings.
pub(super) fn unknown_rule(asked: &str) -> Option<&str> {
    let is_known = |one: &str| rules().iter().any(|rule| is_rule(&rule.id, one));
    asked
        .split(COMMAS)
        .map(str::trim)
        .find(|one| !is_known(one))
}

/// Whether `id` is the rule asked for: `R-T3a`, `T3a`, or the beginning of several, `R-T*`.
pub(super) fn is_rule(id: &str, asked: &str) -> bool {
    asked.split(COMMAS).any(|asked| {
        let asked = asked.trim();
        let asked = asked
            .strip_prefix("R-")
            .or(asked.strip_prefix("r-"))
            .unwrap_or(asked);
        let id = id.strip_prefix("R-").unwrap_or(id);
        match asked.strip_suffix('*') {
            Some(stem) => id
                .get(..stem.len())
                .is_some_and(|i| i.eq_ignore_ascii_case(stem)),
            None => id.eq_ignore_ascii_case(asked),
        }
    })
}

/// Whether a report's region is `asked` or lies in it: by name, or by code.
pub(super) fn lies_in(region: Option<&Region>, asked: &str) -> bool {
    region.is_some_and(|r| {
        let code = asked.trim_end_matches('0');
        let by_code = asked.len() == 6
            && asked.bytes().all(|b| b.is_ascii_digit())
            && r.code.starts_with(if code.len() % 2 == 1 {
                &asked[..code.len() + 1]
            } else {
                code
            });
        by_code || r.path.iter().any(|p| p.contains(asked))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_asked_for_by_name_or_beginning() {
        assert!(is_rule("R-T3a", "R-T3a") && is_rule("R-T3a", "t3a"));
        assert!(is_rule("R-T3a", "R-T*") && is_rule("R-P5", "R-T*,R-P5"));
        assert!(!is_rule("R-T3a", "R-T3") && !is_rule("R-T3a", "R-P*"));
    }
}
