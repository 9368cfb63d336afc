//! Kinds of information: 政策法规类, 财政信息, and 其他 where a label joins several.

use super::Lexicon;

impl Lexicon {
    /// The kind of information that `label` names: one, or 其他 where it joins several.
    pub fn kind(&self, label: &str) -> Option<usize> {
        // 其他形式公开80条: other ways, and not other kinds.
        let ways = ["方式", "形式", "途径", "渠道", "载体"];
        if label.starts_with("其") && ways.iter().any(|w| label.contains(w)) {
            return None;
        }
        let found = self.kind_as_written(label);
        if !label.contains('、') {
            return found;
        }
        // 政策、法规类 is one kind written apart.
        let together = label.replace('、', "");
        let apart = together.chars().count() <= 8;
        // 通知公告、政策文件类: neither of the two, and not all that is other.
        if found.is_some() && !together.contains(['其', '各']) && self.joins_unknown(label) {
            return None;
        }
        if apart && (found.is_none() || found == self.place("disclosure.kind.other")) {
            let whole = self.kinds.iter().find(|(word, _)| {
                together.contains(word.as_str()) && !label.contains(word.as_str())
            });
            if let Some((_, kind)) = whole {
                return Some(*kind);
            }
        }
        found
    }

    /// Whether one of the nouns that `label` joins is long enough to be a kind, and none known.
    fn joins_unknown(&self, label: &str) -> bool {
        let noun = |piece: &str| {
            let noun = piece.trim_end_matches("信息").trim_end_matches('类');
            noun.chars().count() >= 4 && !self.kind_words.is_in(noun)
        };
        label.contains('、') && label.split('、').any(noun)
    }

    fn kind_as_written(&self, label: &str) -> Option<usize> {
        // 退役军人事务局: 人事 across the border of two words.
        let anchored = format!("^{}", label.replace("军人事务", "军人"));
        let label = anchored.as_str();
        let mut there: Vec<usize> = Vec::new();
        self.kind_words.each(label, |_, i| there.push(i));
        if there.is_empty() {
            return None;
        }
        there.sort_unstable();
        there.dedup();
        let mut rest = label.to_owned();
        let mut found: Vec<usize> = Vec::new();
        for (word, indicator) in there.iter().map(|i| &self.kinds[*i]) {
            while let Some(at) = rest.find(word.as_str()) {
                let of_body = names_a_body(word, &rest[at + word.len()..]);
                rest.replace_range(at..at + word.len(), "#");
                if !of_body {
                    if !found.contains(indicator) {
                        found.push(*indicator);
                    }
                    break;
                }
            }
        }
        let other = self.place("disclosure.kind.other");
        match found.as_slice() {
            [] => None,
            [one] => Some(*one),
            several if several.iter().any(|i| Some(*i) == other) => {
                // 其他政策文件 are some of a kind, and not all that is other.
                let joins = ['、', '及', '和', '与', '类'];
                other.filter(|_| !label.starts_with("^其") || label.contains(joins))
            }
            several => {
                // 行政许可办事指南类: the word nearest to 类 says what it is; 甲、乙及丙类 joins.
                let joined = ['、', '及', '和', '与'].iter().any(|c| label.contains(*c));
                if joined {
                    other
                } else {
                    several.first().copied()
                }
            }
        }
    }
}

/// Whether a word for a kind, with what stands behind it, is part of the name of a body:
/// 财政局, 应急管理局, 退役军人事务局.
fn names_a_body(word: &str, behind: &str) -> bool {
    let name = behind.chars().take(4);
    let mut name = name.take_while(|c| !matches!(c, '类' | '信' | '、' | '和' | '及'));
    word.ends_with('事') && behind.starts_with('务')
        || name.any(|c| matches!(c, '局' | '厅' | '队'))
}
