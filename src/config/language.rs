//! Interface texts (`assets/lang/*.toml`), Chinese and English, by dotted key.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::plural::agree;

/// Language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// 中文
    #[default]
    Zh,
    /// English
    En,
}

type Texts = HashMap<String, String>;

static ZH: LazyLock<Texts> = LazyLock::new(|| load(include_str!("../../assets/lang/zh.toml")));
static EN: LazyLock<Texts> = LazyLock::new(|| load(include_str!("../../assets/lang/en.toml")));

impl Language {
    /// Language of the environment: `LC_ALL`, `LC_MESSAGES`, `LANG`; Chinese unless one
    /// of them names another.
    pub fn of_environment() -> Self {
        let named = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .filter_map(|name| std::env::var(name).ok())
            .find(|value| !value.is_empty());
        match named.as_deref() {
            None | Some("C" | "POSIX" | "C.UTF-8" | "C.utf8") => Self::Zh,
            Some(value) if value.starts_with("zh") => Self::Zh,
            Some(_) => Self::En,
        }
    }

    /// The text named `key`, or the key itself when there is none (a test forbids that).
    pub fn text(self, key: &str) -> &str {
        let texts = match self {
            Self::Zh => &*ZH,
            Self::En => &*EN,
        };
        texts.get(key).map_or(key, String::as_str)
    }

    /// The text named `key` with every `{name}` replaced by its value.
    pub fn fill(self, key: &str, values: &[(&str, &str)]) -> String {
        let number = |name: &str| values.iter().find(|v| v.0 == name).map(|v| v.1);
        let mut text = agree(self.text(key), number).into_owned();
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    /// A sentence that the rooms below the interface write in English, in this language:
    /// why a file could not be read (`reason.*`), what to know of it (`note.*`). What the
    /// language files do not know (the operating system's words) stays as it is.
    pub fn sentence(self, english: &str) -> String {
        let known = |key: &str| key.starts_with("reason.") || key.starts_with("note.");
        EN.iter()
            .filter(|(key, _)| known(key))
            .find_map(|(key, pattern)| {
                let mut values = blanks(pattern, english)?;
                for (_, value) in &mut values {
                    *value = self.kind(value);
                }
                Some(self.fill(key, &values))
            })
            .unwrap_or_else(|| english.to_owned())
    }

    /// What such a sentence calls a kind of file, or a part of one (`kind.*`).
    fn kind(self, english: &str) -> &str {
        let mut kinds = EN.iter().filter(|(key, _)| key.starts_with("kind."));
        let found = kinds.find(|(_, word)| *word == english);
        match (found, self) {
            (Some((key, _)), Self::Zh) => ZH.get(key).map_or(english, String::as_str),
            _ => english,
        }
    }
}

/// What stands in `sentence` where `pattern` has its `{blanks}`, if that is its pattern.
fn blanks<'a>(pattern: &'a str, sentence: &'a str) -> Option<Vec<(&'a str, &'a str)>> {
    let (before, mut pattern) = match pattern.split_once('{') {
        Some(parts) => parts,
        None => return (pattern == sentence).then(Vec::new),
    };
    let mut sentence = sentence.strip_prefix(before)?;
    let mut values = Vec::new();
    loop {
        let (name, rest) = pattern.split_once('}')?;
        let Some((words, next)) = rest.split_once('{') else {
            values.push((name, sentence.strip_suffix(rest)?));
            return Some(values);
        };
        let (value, after) = sentence.split_once(words)?;
        values.push((name, value));
        (pattern, sentence) = (next, after);
    }
}

fn load(toml: &str) -> Texts {
    let mut texts = Texts::new();
    if let Ok(table) = toml.parse::<toml::Table>() {
        flatten("", &table, &mut texts);
    }
    texts
}

fn flatten(prefix: &str, table: &toml::Table, texts: &mut Texts) {
    for (name, value) in table {
        let key = if prefix.is_empty() {
            name.clone()
        } else {
            format!("{prefix}.{name}")
        };
        match value {
            toml::Value::Table(inner) => flatten(&key, inner, texts),
            toml::Value::String(text) => {
                texts.insert(key, text.clone());
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_told_by_their_patterns() {
        let zh = |english| Language::Zh.sentence(english);
        assert_eq!(
            zh("table t2 (C/t3/granted): cells are missing; they are left out"),
            "表 t2（C/t3/granted）：缺少单元格，未采用"
        );
        assert_eq!(
            zh("year inferred: 2012 is what the text speaks of"),
            "年度系推断：正文所言为 2012 年"
        );
        assert_eq!(
            zh("PNG image files are not supported"),
            "不支持的文件：PNG 图像"
        );
        let damaged = "damaged: cannot read its zip directory";
        assert_eq!(zh(damaged), "已损坏，读不出（压缩包目录）");
        assert_eq!(zh("disk on fire"), "disk on fire");
        assert_eq!(
            zh("line 4: staff.total: no unit 斗; known are 元 %"),
            "第 4 行 staff.total：没有单位“斗”，可用的有 元 %"
        );
        let english = "3 characters could not be decoded as GBK";
        assert_eq!(Language::En.sentence(english), english);
    }

    #[test]
    fn both_languages_say_everything_with_the_same_blanks() {
        let blanks = |s: &str| {
            let mut names: Vec<_> = s
                .split('{')
                .skip(1)
                .filter_map(|r| r.split_once('}'))
                .map(|r| r.0.to_owned())
                .collect();
            names.sort();
            names
        };
        for key in ZH.keys().chain(EN.keys()) {
            let (zh, en) = (ZH.get(key), EN.get(key));
            assert!(
                zh.is_some() && en.is_some(),
                "{key} is missing in one language"
            );
            assert_eq!(zh.map(|s| blanks(s)), en.map(|s| blanks(s)), "{key}");
        }
    }
}
