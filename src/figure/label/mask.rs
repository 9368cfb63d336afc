//! What a text says apart from what it enumerates and from phrases for everyone.

use crate::figure::grammar::{Grammar, WordList};

/// A text without what it enumerates (甲、乙、丙等) and whose phrases for everyone (公民、法人
/// 和其他组织) say nothing of who applied.
pub(super) struct Masked<'a> {
    text: &'a str,
    plain: Option<String>,
}

impl<'a> Masked<'a> {
    pub fn new(text: &'a str) -> Self {
        let everyone = &Grammar::embedded().naming.everyone;
        let mut plain: Option<String> = None;
        while let Some((at, len)) = everyone.first(plain.as_deref().unwrap_or(text)) {
            plain
                .get_or_insert_with(|| text.to_owned())
                .replace_range(at..at + len, "#");
        }
        let said = plain.as_deref().unwrap_or(text);
        if let (Some(first), Some(last)) = (said.find('、'), said.rfind('等'))
            && first < last
        {
            // 公开公文、年报等信息: the first of them stands behind the verb.
            let verbs = &Grammar::embedded().naming.publishing;
            let verb = verbs.last(&said[..first]);
            let first = verb.map_or(first, |(at, word)| at + verbs.words()[word].len());
            plain = Some(format!("{}{}", &said[..first], &said[last..]));
        }
        Self { text, plain }
    }

    pub fn holds(&self, words: &WordList) -> bool {
        words.is_in(self.plain.as_deref().unwrap_or(self.text))
    }
}
