//! What stands around a place's name in a text, and what that says of who reports.

use crate::report::wording::wording;
use crate::text::chars;

/// What stands around a place's name.
#[derive(Default)]
pub(super) struct Context {
    pub(super) is_quoted: bool,
    pub(super) is_address: bool,
    /// 由…, 现公布…
    pub(super) is_announced: bool,
    /// Begins a sentence, or stands behind the year that begins it.
    pub(super) is_subject: bool,
    /// …编制, …政府信息公开年度报告
    pub(super) makes_it: bool,
    /// 由…编制
    pub(super) is_maker: bool,
    /// …联系
    pub(super) is_contact: bool,
    /// …网站
    pub(super) is_site: bool,
}

impl Context {
    pub(super) fn of(before: &str, after: &str) -> Self {
        let near = chars::last(before, 16);
        let near = near
            .rfind(['。', ';', ','])
            .filter(|_| !near.ends_with("年,") && !near.ends_with("年度,"))
            .map_or(near, |at| &near[at..]);
        let first = chars::first(after, 26);
        let soon = chars::first(after, 12);
        let words = &wording().around;
        Self {
            is_quoted: before.matches('《').count() > before.matches('》').count(),
            is_address: words.address.is_in(chars::last(before, 8)),
            is_announced: words.announced.is_in(near),
            is_subject: before.is_empty()
                || before.ends_with(['。', ';'])
                || before.ends_with("年,")
                || before.ends_with("年度,")
                || before.ends_with('年'),
            makes_it: words.made.is_in(soon)
                || first.contains("信息公开") && words.report.is_in(first)
                || soon.starts_with("政府信息公开工作"),
            is_maker: before.ends_with('由') && words.made.is_in(soon),
            is_contact: words.contact.is_in(soon),
            is_site: words.site.is_in(soon),
        }
    }

    pub(super) fn is_said(&self) -> bool {
        !self.is_quoted && self.makes_it
    }

    pub(super) fn weight(&self, has_organ: bool) -> u32 {
        if self.is_quoted {
            return 1;
        }
        if self.is_address {
            return 2;
        }
        1 + u32::from(self.is_announced) * 4
            + u32::from(self.is_subject) * 3
            + u32::from(self.makes_it) * 4
            + u32::from(self.is_maker) * 12
            + u32::from(self.is_contact) * 3
            + u32::from(self.is_site)
            + u32::from(has_organ) * 2
    }
}

/// `text` up to the end of a clause.
pub(super) fn clause(text: &str) -> &str {
    let text = chars::first(text, 60);
    &text[..text
        .find(|c: char| "，,。;:!?()《》\"“”、 ".contains(c))
        .unwrap_or(text.len())]
}
