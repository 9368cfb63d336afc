//! One of something is no plural: `{count} region[s]` in a text of the interface.

use std::borrow::Cow;

/// The mark behind a word that agrees with the blank before it.
const MARK: &str = "[s]";

/// A pattern whose marked words agree with their numbers: `{count} region[s]` becomes
/// `{count} region` where `value("count")` is `1`, else `{count} regions`.
pub fn agree<'t, 'v>(pattern: &'t str, value: impl Fn(&str) -> Option<&'v str>) -> Cow<'t, str> {
    if !pattern.contains(MARK) {
        return Cow::Borrowed(pattern);
    }
    let mut out = String::with_capacity(pattern.len());
    let mut pieces = pattern.split(MARK).peekable();
    while let Some(piece) = pieces.next() {
        out.push_str(piece);
        if pieces.peek().is_none() {
            break;
        }
        let name = out.rsplit_once('{').and_then(|(_, n)| n.split_once('}'));
        if name.and_then(|(name, _)| value(name)) != Some("1") {
            out.push('s');
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_agree_with_the_number_before_them() {
        let of = |n: &'static str, m: &'static str| {
            let value = |name: &str| Some(if name == "n" { n } else { m });
            agree("{n} report[s], {m} check[s]: done", value).into_owned()
        };
        assert_eq!(of("1", "21"), "{n} report, {m} checks: done");
        assert_eq!(of("0", "1"), "{n} reports, {m} check: done");
        assert_eq!(agree("{n} 份报告", |_| Some("1")), "{n} 份报告");
    }
}
