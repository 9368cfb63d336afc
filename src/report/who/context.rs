//! What stands around a place's name in a text, and what that says of who reports.

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
        let near = last_chars(before, 16);
        let near = near
            .rfind(['。', ';', ','])
            .filter(|_| !near.ends_with("年,") && !near.ends_with("年度,"))
            .map_or(near, |at| &near[at..]);
        let first = first_chars(after, 26);
        let soon = first_chars(after, 12);
        let is = |words: &[&str], text: &str| words.iter().any(|w| text.contains(w));
        Self {
            is_quoted: before.matches('《').count() > before.matches('》').count(),
            is_address: is(&["地址", "位于", "办公地点"], last_chars(before, 8)),
            is_announced: is(&["由", "公布", "现将", "发布", "做好", "汇总"], near),
            is_subject: before.is_empty()
                || before.ends_with(['。', ';'])
                || before.ends_with("年,")
                || before.ends_with("年度,")
                || before.ends_with('年'),
            makes_it: is(&["编制", "编写", "撰写"], soon)
                || first.contains("信息公开") && is(&["年度报告", "年报", "工作报告"], first)
                || soon.starts_with("政府信息公开工作"),
            is_maker: before.ends_with('由') && is(&["编制", "编写", "撰写"], soon),
            is_contact: is(&["联系", "电话"], soon),
            is_site: is(&["网站", "门户", "网上"], soon),
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
    let text = first_chars(text, 60);
    &text[..text
        .find(|c: char| "，,。;:!?()《》\"“”、 ".contains(c))
        .unwrap_or(text.len())]
}

pub(super) fn first_chars(text: &str, n: usize) -> &str {
    text.char_indices().nth(n).map_or(text, |(i, _)| &text[..i])
}

pub(super) fn last_chars(text: &str, n: usize) -> &str {
    text.char_indices()
        .rev()
        .nth(n.saturating_sub(1))
        .map_or(text, |(i, _)| &text[i..])
}
